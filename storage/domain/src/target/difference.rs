//! What a plan table brings that an office does not have yet: made from a table and what is kept, shown
//! to a person, and then stored whole (storage::target::apply).
//!
//! It names what is new by its place in the lists, because that has no number yet.

use super::{goal::Content, number::ItemNumber, record::Record};
use crate::{
    era::FiscalYear,
    id::{RecordId, TargetId},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Most records one table brings.
pub const RECORDS_MAX: usize = 3_000;

/// A target that is kept, or one the table brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetRef {
    /// One that is kept.
    Kept(TargetId),
    /// Its place in [`Difference::targets`].
    New(usize),
}

/// A record that is kept, or one the table brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordRef {
    /// One that is kept.
    Kept(RecordId),
    /// Its place in [`Difference::records`].
    New(usize),
}

/// Everything a table brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Targets there are none of under their area and number.
    pub targets: Vec<NewTarget>,
    /// Targets that are kept and stand with other words or in another place now.
    pub items: Vec<ItemChange>,
    /// Goals that are new or say something else, each as its next version.
    pub goals: Vec<NewGoal>,
    /// Entries of progress that are not kept under their key.
    pub records: Vec<NewRecord>,
    /// Kept records as they are to be from now on, with the revision they were read with: corrected or
    /// withdrawn, because the table says something else now.
    pub corrected: Vec<Record>,
}

/// A target the table brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTarget {
    /// Its area.
    pub area: String,
    /// Its number within the area.
    pub number: ItemNumber,
    /// Its item.
    pub item: String,
    /// Its place in the order of the table.
    pub position: i64,
}

/// Other words or another place of a target that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// Which.
    pub target: TargetId,
    /// The revision it was read with.
    pub revision: i64,
    /// The item.
    pub item: String,
    /// Its place.
    pub position: i64,
}

/// A goal the table brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGoal {
    /// Whose.
    pub target: TargetRef,
    /// For which year.
    pub year: FiscalYear,
    /// The day from which it holds ([`super::goal::day_of`]).
    pub day: NaiveDate,
    /// What it says.
    pub content: Content<TargetRef>,
    /// Why it differs from what was kept, in the office's words.
    pub reason: Option<String>,
}

/// An entry of progress the table brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecord {
    /// The key under which the same line is known again, 1 to [`super::record::KEY_LETTERS_MAX`] letters.
    pub key: String,
    /// When, or as of when.
    pub date: NaiveDate,
    /// In words.
    pub text: Option<String>,
    /// Its figure.
    pub amount: Option<i64>,
    /// The unit of the figure.
    pub unit: Option<String>,
    /// The mark as written.
    pub mark: Option<char>,
    /// What it belongs to.
    pub targets: Vec<TargetRef>,
    /// The record it repeats.
    pub again: Option<RecordRef>,
}

impl Difference {
    /// Whether the table brings nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.targets.is_empty()
            && self.items.is_empty()
            && self.goals.is_empty()
            && self.records.is_empty()
            && self.corrected.is_empty()
    }
}
