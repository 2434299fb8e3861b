//! Funds (基金メニュー): the lines of a catalogue by which a prefecture tells what its fund pays for
//! (seed 004), and what an office made of them.
//!
//! A catalogue belongs to one fiscal year. Its lines are items (小項目) with a number, below a large and a
//! middle heading, and sub-items (イロハニ) that are lines of their own. What is doubtful about a line is
//! kept with it ([`Doubt`]), as it stood in the sheet: an office decides about money by it.
//!
//! | module | what |
//! |---|---|
//! | [`catalogue`] | a sheet of cells becomes lines, guesses named |
//! | [`since`] | H27～, R2補正～: since when there is money for it |
//! | [`applicant`] | who may apply, and what is left out, with the words that say so |
//! | [`difference`] | what a sheet brings beside what is kept |
//! | [`find`] | which lines answer a search |
//! | [`suggestion`] | which lines fit an issue or a project, and by which words |

pub mod applicant;
pub mod catalogue;
pub mod difference;
pub mod find;
pub mod since;
pub mod suggestion;

pub use applicant::{Applicant, Condition, Standing};
pub use since::Since;

use crate::{
    era::FiscalYear,
    id::{FundId, ProjectId, UserId},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Most lines of one catalogue; seed 004 has 69.
pub const LINES_MAX: usize = 1_000;
/// Longest heading, large or middle, in UTF-16 units.
pub const HEADING_UNITS_MAX: usize = 100;
/// Longest name of an item, in UTF-16 units.
pub const TITLE_UNITS_MAX: usize = 200;
/// Longest description of what is paid for, in UTF-16 units.
pub const CONTENT_UNITS_MAX: usize = 3_000;
/// Longest words on who answers for it, in UTF-16 units.
pub const DEPARTMENT_UNITS_MAX: usize = 200;
/// Longest words on since when, in UTF-16 units.
pub const SINCE_UNITS_MAX: usize = 100;
/// Highest number of an item.
pub const NUMBER_MAX: i64 = 999;
/// Most projects a fund is linked to, over all years.
pub const USES_MAX: i64 = 200;

/// The letters of sub-items, in their order.
pub const SUBS: &str = "イロハニホヘトチリヌ";

/// What stands in one line of a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The large heading (参入促進).
    pub large: String,
    /// The middle heading (地域のマッチング機能強化); empty where there is none.
    pub middle: String,
    /// The number of the item; none where it was lost and could not be told.
    pub number: Option<i64>,
    /// The letter of a sub-item; none for an item.
    pub sub: Option<char>,
    /// What it is called; a sub-item without a name of its own has its item's.
    pub title: String,
    /// What is paid for; empty for an item whose sub-items say it.
    pub content: String,
    /// Who answers for it, line by line as written.
    pub department: String,
    /// Since when, as written.
    pub since: String,
    /// Words of the row that have no place in it, as written.
    pub stray: String,
    /// What is doubtful, in the order of [`Doubt::ALL`], each once.
    pub doubts: Vec<Doubt>,
}

impl Entry {
    /// 18 ロ, or 18, or nothing where the number was lost.
    #[must_use]
    pub fn label(&self) -> String {
        let number = self.number.map(|number| number.to_string());
        let sub = self.sub.map(String::from);
        [number, sub]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Its number, letter and name in one line.
    #[must_use]
    pub fn name(&self) -> String {
        let label = self.label();
        if label.is_empty() {
            self.title.clone()
        } else {
            format!("{label} {}", self.title)
        }
    }

    /// By what it is known again in a later sheet of the same year: its number and letter, with its name where
    /// the number was lost or stands twice.
    #[must_use]
    pub fn key(&self) -> String {
        let number = self
            .number
            .map_or_else(String::new, |number| number.to_string());
        let sub = self.sub.map(String::from).unwrap_or_default();
        if self.number.is_some() && !self.doubts.contains(&Doubt::NumberTwice) {
            return format!("{number}{sub}");
        }
        format!("{number}{sub}:{}", crate::search::key(&self.title))
    }

    /// Since when, as read.
    #[must_use]
    pub fn since(&self) -> Since {
        Since::read(&self.since)
    }

    /// Notes a doubt, once, in order.
    pub fn doubt(&mut self, doubt: Doubt) {
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
            let place = |doubt: &Doubt| Doubt::ALL.iter().position(|known| known == doubt);
            self.doubts.sort_by_key(place);
        }
    }
}

/// What is doubtful about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// The number was lost; the numbers around it leave only this one.
    NumberGuessed,
    /// The number was lost.
    NumberLost,
    /// The number stands at another item too.
    NumberTwice,
    /// Its letter does not follow the one before, or the number of its item is missing between the numbers
    /// around it: it may belong to another item.
    ItemGuessed,
    /// The cells of the row stand in other columns than the heading says.
    Shifted,
    /// Number, name and description stood in one cell.
    Joined,
    /// The row goes on in another row, mostly after a page.
    Continued,
    /// A heading was cut off or its letters are mixed up.
    HeadingGarbled,
    /// The department was blank: the one above was taken.
    DepartmentAbove,
    /// There is no department.
    DepartmentMissing,
    /// There is no word on since when.
    SinceMissing,
    /// Since when cannot be read.
    SinceUnread,
    /// Since a year in which there was no such fund (H5～).
    SinceBeforeFund,
    /// A year without ～: since then, or in that year only.
    SinceBare,
    /// There is no word on what is paid for.
    ContentMissing,
    /// A cell showed an error (#REF!).
    Faulty,
}

crate::codes!(Doubt {
    NumberGuessed = "number-guessed",
    NumberLost = "number-lost",
    NumberTwice = "number-twice",
    ItemGuessed = "item-guessed",
    Shifted = "shifted",
    Joined = "joined",
    Continued = "continued",
    HeadingGarbled = "heading-garbled",
    DepartmentAbove = "department-above",
    DepartmentMissing = "department-missing",
    SinceMissing = "since-missing",
    SinceUnread = "since-unread",
    SinceBeforeFund = "since-before-fund",
    SinceBare = "since-bare",
    ContentMissing = "content-missing",
    Faulty = "faulty",
});

/// One line of a catalogue as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fund {
    /// The number within the office, by which commands name it.
    pub id: FundId,
    /// Counts its changes; starts at 1.
    pub revision: i64,
    /// The fiscal year of its catalogue.
    pub year: FiscalYear,
    /// Its place in the catalogue, from 0.
    pub position: i64,
    /// What stands in it.
    pub entry: Entry,
    /// A later sheet of the same year does not have it any more, or it was taken back by undo.
    pub withdrawn: bool,
    /// Who imported it (Discord's id).
    pub added_by: UserId,
    /// When it was imported.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
}

/// That a project is paid from a fund in a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The fund.
    pub fund: FundId,
    /// The project.
    pub project: ProjectId,
    /// The fiscal year of the money.
    pub year: FiscalYear,
    /// How much of it, in whole yen; for the desk only.
    pub yen: Option<i64>,
}

#[cfg(test)]
mod tests;
