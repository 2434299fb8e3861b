//! Keeps the records of offices in SQLite or PostgreSQL.
//!
//! Storage knows no Discord library and holds no sentence that people read: it keeps numbers, codes
//! and the words people gave it. Each noun has a file with free functions; those that read take a
//! [`Connection`], those that write take a [`Transaction`], which only [`Store::write`] makes.
//!
//! - [`store`]: opening, reading, the one door for writing ([`Store::write`])
//! - [`office`], [`association`], [`profession`], [`category`], [`circle`]: what an office has set up
//! - [`issue`]: issues, their lists, their speakers under seal
//! - [`matching`], [`issue::link`]: issues whose needs meet, issues that belong together
//! - [`key_person`]: who moves cooperation forward, under seal
//! - [`disclosure`]: what an audience is told about an issue
//! - [`project`]: support projects with their tasks, and their lists
//! - [`session`]: gatherings, and their lists; [`event`]: their place in the server's own list
//! - [`target`]: yearly targets with their goals and records
//! - [`notice`]: what ministry and prefecture issue, with topics and wordings
//! - [`fund`]: lines of fund catalogues and their use; [`rule`]: rules switched on for associations
//! - [`draft`], [`interaction`], [`registration`]: what lies between a person's steps
//! - [`import`]: lists of issues taken from a file
//! - [`outbox`], [`occurrence`], [`reminder`]: what is to be said, what is due later, what came due
//! - [`report`]: the months and years of progress that were posted
//! - [`mod@feed`]: what is watched for new notices
//! - [`stoppage`]: what hinders sending, and what was visible meanwhile
//! - [`retention`]: what was kept long enough, and its deletion; [`petition`]: what persons ask for
//! - [`archive`], [`deletion`], [`departure`], [`erasure`]: a whole office: read, to be deleted, left, gone
//! - [`audit`], [`history`]: what was done, and the states before and after
//!
//! Ids count within an office; every query names its office first, and nothing of one office can
//! refer to another's (composite foreign keys).

pub mod acceptance;
pub mod archive;
pub mod association;
pub mod audit;
mod binding;
pub mod category;
pub mod circle;
mod counter;
pub mod deletion;
pub mod departure;
mod dialect;
pub mod digest;
pub mod disclosure;
mod door;
pub mod draft;
pub mod erasure;
pub mod error;
pub mod event;
pub mod feed;
pub mod feedback;
mod file;
pub mod fund;
pub mod handover;
pub mod history;
pub mod import;
mod instant;
pub mod interaction;
pub mod issue;
pub mod key_person;
mod link;
pub mod matching;
pub mod memo;
pub mod notice;
pub mod occurrence;
pub mod office;
pub mod outbox;
pub mod petition;
pub mod profession;
pub mod project;
pub mod registration;
pub mod reminder;
pub mod report;
pub mod retention;
pub mod review;
pub mod round;
pub mod rule;
mod schema;
pub mod seal;
pub mod session;
pub mod stoppage;
pub mod store;
pub mod subject;
pub mod target;

pub use error::{Conflict, Error, Fault, Result};
pub use link::{Connection, Transaction};
pub use seal::SpeakerKeys;
pub use store::{Options, Store};
pub use subject::{Subject, SubjectKind};
