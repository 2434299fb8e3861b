//! The rehearsal: the real bot on a fresh SQLite database against the stand-in for Discord, with a
//! small invented city, a story from the manual, and a page where one can be any of its people.
//!
//! It is how a team tries Renkei before inviting it, and how the pictures in the documents are made.
//! Everything stays on this machine and is gone afterwards. Never part of the production binary.
//!
//! ```text
//! cargo run --bin rehearsal               plays the story, then serves the page until Ctrl-C
//! cargo run --bin rehearsal -- --story-only   plays the story and ends
//! ```

pub mod page;
pub mod stage;
pub mod story;
