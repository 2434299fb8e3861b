//! What storage promises, kept by both databases: every statement is tested on SQLite and on
//! PostgreSQL with one body.
//!
//! Run with `tests/run`, or alone with
//! `tests/postgres cargo test --workspace --test storage_conformance`.

#[macro_use]
mod town;

mod acceptance;
mod account;
mod archive;
mod asked;
mod association;
mod category;
mod disclosure;
mod discussion;
mod door;
mod draft;
mod event;
mod feed;
mod feedback;
mod fund;
mod handover;
mod import;
mod issue;
mod key_person;
mod link;
mod listing;
mod matching;
mod memo;
mod merging;
mod notice;
mod occurrence;
mod office;
mod outbox;
mod project;
mod queue;
mod reminder;
mod removal;
mod report;
mod retention;
mod review;
mod round;
mod rule;
mod schema;
mod seal;
mod search;
mod sequence;
mod session;
mod stoppage;
mod tally;
mod target;
mod trace;
mod worker;
