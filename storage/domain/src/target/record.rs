//! Records (進捗): entries of progress, and what they come to.
//!
//! A record may belong to several targets and counts for each of them; what repeats another (再掲)
//! counts where it stands first. Sums are made from the records as they are known, so neither the order
//! in which they came nor how often they were corrected or imported again changes them.

use super::goal::{AMOUNT_MAX, UNIT_UNITS_MAX};
use crate::{
    era::FiscalYear,
    id::{RecordId, SessionId, TargetId, UserId},
    text::{normalise, utf16_len},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest words of a record, in UTF-16 units.
pub const TEXT_UNITS_MAX: usize = 1_500;
/// Most targets of one record: a select of Discord holds 25.
pub const TARGETS_MAX: usize = 25;
/// How far back what was done may be written down, in days.
pub const BACK_DAYS_MAX: i64 = 30 * 366;
/// Longest key of an imported record, in letters.
pub const KEY_LETTERS_MAX: usize = 200;

/// One entry of progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The number within the office.
    pub id: RecordId,
    /// Counts every change of it; starts at 1.
    pub revision: i64,
    /// When it was done, or as of when it is told.
    pub date: NaiveDate,
    /// What was done, in words.
    pub text: Option<String>,
    /// How many, 0 to [`super::goal::AMOUNT_MAX`].
    pub amount: Option<i64>,
    /// Of what; `None` is the unit of the goal.
    pub unit: Option<String>,
    /// ●, ○ … as written; what it means is a setting of the office.
    pub mark: Option<char>,
    /// Where it comes from.
    pub source: Source,
    /// 再掲: the record it repeats, where its figure is counted.
    pub again: Option<RecordId>,
    /// What it belongs to, in the order it was named; at least one.
    pub targets: Vec<TargetId>,
    /// Taken back: it counts for nothing.
    pub withdrawn: bool,
    /// Who wrote it down.
    pub recorded_by: UserId,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

/// Where a record comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Written by somebody.
    Hand,
    /// A line of a plan table, by the key under which the same line is known again.
    Import(String),
    /// What a session brought.
    Session(SessionId),
}

/// Reads a figure as people write it: 3, 3回, ２，０００ 部. The unit is `None` when none is written;
/// the whole is `None` when it is no figure, or more than [`super::goal::AMOUNT_MAX`].
#[must_use]
pub fn read_amount(written: &str) -> Option<(i64, Option<String>)> {
    let even = normalise(written);
    let even = even.trim();
    let end = even
        .find(|letter: char| !(letter.is_ascii_digit() || letter == ','))
        .unwrap_or(even.len());
    let (digits, unit) = even.split_at(end);
    let unit = unit.trim();
    let amount: i64 = digits.replace(',', "").parse().ok()?;
    let fits = (0..=AMOUNT_MAX).contains(&amount)
        && !digits.starts_with(',')
        && utf16_len(unit) <= UNIT_UNITS_MAX
        && !unit.contains(|letter: char| letter.is_ascii_digit() || letter.is_control());
    let unit = (!unit.is_empty()).then(|| super::figure::unit(unit));
    fits.then_some((amount, unit))
}

/// What records of one target come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Figures by unit; those without a unit under the empty one.
    pub amounts: BTreeMap<String, i64>,
    /// How many records there are, those in words and those listed again among them.
    pub records: u32,
}

impl Sum {
    /// Counts a record.
    pub fn add(&mut self, record: &Record) {
        self.records = self.records.saturating_add(1);
        if let (Some(amount), None) = (record.amount, record.again) {
            let unit = record.unit.clone().unwrap_or_default();
            let sum = self.amounts.entry(unit).or_default();
            *sum = sum.saturating_add(amount);
        }
    }

    /// What of it counts towards a goal in a unit: the figures in that unit and those without one; all
    /// without one where the goal names none.
    #[must_use]
    pub fn towards(&self, unit: Option<&str>) -> i64 {
        let bare = self.amounts.get("").copied().unwrap_or_default();
        let named = unit.filter(|unit| !unit.is_empty());
        let of_unit = named.and_then(|unit| self.amounts.get(unit).copied());
        bare.saturating_add(of_unit.unwrap_or_default())
    }
}

/// What the records of a year come to on a day, by target. What is withdrawn, of another year or later
/// does not count.
#[must_use]
pub fn sums<'r>(
    records: impl IntoIterator<Item = &'r Record>,
    (year, start_month): (FiscalYear, u32),
    on: NaiveDate,
) -> BTreeMap<TargetId, Sum> {
    let mut sums: BTreeMap<TargetId, Sum> = BTreeMap::new();
    for record in records {
        let counts =
            !record.withdrawn && record.date <= on && year.contains(record.date, start_month);
        for target in record.targets.iter().filter(|_| counts) {
            sums.entry(*target).or_default().add(record);
        }
    }
    sums
}

#[cfg(test)]
mod tests;
