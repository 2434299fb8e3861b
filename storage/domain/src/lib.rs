//! What an office record is, and the law it obeys.
//!
//! Everything here is pure: no input or output, no clock, no knowledge of Discord or of a database.
//! `now` and `today` are arguments, text goes in and decisions with their reasons come out.
//!
//! The words are those of GLOSSARY.md; the rules cite the document they come from
//! (seed 000 is Kamaishi's manual).
//!
//! ```
//! use domain::{issue::Origin, tier::Tier};
//!
//! assert!(Origin::Meeting.is_confidential());
//! assert_eq!(Tier::from_number(2), Some(Tier::Two));
//! ```

pub mod account;
pub mod audience;
pub mod batch;
pub mod calendar;
pub mod category;
pub mod code;
pub mod comparison;
pub mod digest;
pub mod disclosure;
pub mod era;
pub mod event;
pub mod feed;
pub mod feedback;
pub mod form;
pub mod fund;
pub mod handover;
pub mod id;
pub mod import;
pub mod issue;
pub mod key_person;
pub mod matching;
pub mod memo;
pub mod merge;
pub mod notice;
pub mod occurrence;
pub mod office;
pub mod person;
pub mod personal_data;
pub mod profession;
pub mod progress;
pub mod project;
pub mod proof;
pub mod retention;
pub mod review;
pub mod round;
pub mod routing;
pub mod rule;
pub mod schedule;
pub mod search;
pub mod server;
pub mod session;
pub mod setting;
pub mod sheet;
pub mod similarity;
pub mod speaker;
pub mod stoppage;
pub mod survey;
pub mod tally;
pub mod target;
pub mod text;
pub mod tier;
pub mod visibility;
