//! Goals (年度目標): what a target wants in one fiscal year. A goal is never overwritten: it may be
//! changed, reduced or withdrawn within the year, and each time a version is added (DESIGN section 5).

use super::{figure, pace::Aim};
use crate::{
    era::FiscalYear,
    id::{TargetId, UserId},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Longest words of a goal, in UTF-16 units.
pub const TEXT_UNITS_MAX: usize = 600;
/// Longest plan for a year, in UTF-16 units.
pub const PLAN_UNITS_MAX: usize = 3_000;
/// Longest reason of a change, in UTF-16 units.
pub const REASON_UNITS_MAX: usize = 300;
/// Longest unit, in UTF-16 units.
pub const UNIT_UNITS_MAX: usize = 20;
/// The highest figure of a goal or a record, in its unit: sums stay far within 64 bits.
pub const AMOUNT_MAX: i64 = 1_000_000_000;
/// Most versions of one goal.
pub const VERSIONS_MAX: i64 = 200;

/// What stands of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it was set.
    Set,
    /// 縮小: less than was set at first.
    Reduced,
    /// 取り下げ: given up for this year.
    Withdrawn,
    /// Written in brackets in the table: not pursued, or not by the office itself.
    Bracketed,
}

crate::codes!(State {
    Set = "set",
    Reduced = "reduced",
    Withdrawn = "withdrawn",
    Bracketed = "bracketed",
});

/// The figure of a goal, for the whole year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// How many, 1 to [`AMOUNT_MAX`].
    pub amount: i64,
    /// Of what: 回, 件, 部 …; empty when nothing is said.
    pub unit: String,
    /// For each of several (各120件): of how many is not said, so the whole is not known.
    pub each: bool,
    /// It was written as a rate (年12回, 月1回), not as a bare number (2,000部).
    pub periodic: bool,
}

impl Quantity {
    /// Reads the figure of a goal: from words that hold one (年12回, 各120件, 月1回), or a figure alone
    /// (12, 12回), which is then meant for the year. `None` when there is none, or several.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let figures = figure::figures(written);
        if let Some(found) = figure::goal(&figures) {
            return Some(Self::from(found));
        }
        let (amount, unit) = super::record::read_amount(written).filter(|_| figures.is_empty())?;
        (amount >= 1).then(|| Self {
            amount,
            unit: unit.unwrap_or_default(),
            each: false,
            periodic: true,
        })
    }
}

impl From<&figure::Figure> for Quantity {
    fn from(read: &figure::Figure) -> Self {
        Self {
            amount: read.amount.min(AMOUNT_MAX),
            unit: read.unit.clone(),
            each: read.each,
            periodic: read.periodic,
        }
    }
}

/// What a version of a goal says. `T` names the target it repeats: by its number once that is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Content<T = TargetId> {
    /// The goal in words; empty where only a plan was written for the year.
    pub text: String,
    /// The plan for the year (計画), line by line, with its marks as written.
    pub plan: Option<String>,
    /// Its figure.
    pub quantity: Option<Quantity>,
    /// What stands of it.
    pub state: State,
    /// 再掲: the target whose goal it repeats, where it is counted.
    pub again: Option<T>,
}

/// One version of the goal of a target for a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Whose goal it is.
    pub target: TargetId,
    /// For which year.
    pub year: FiscalYear,
    /// Counts the versions of a target and year, from 1.
    pub version: i64,
    /// The day from which it holds.
    pub day: NaiveDate,
    /// What it says.
    pub content: Content,
    /// Why it was changed, in the office's words.
    pub reason: Option<String>,
    /// Who set it.
    pub set_by: UserId,
    /// When it was written down.
    pub since: DateTime<Utc>,
    /// Taken back: it never held.
    pub retracted: bool,
}

/// A coordinator's own word on how a goal in words gets on; what follows from records gives way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Whose goal it is about.
    pub target: TargetId,
    /// Of which year.
    pub year: FiscalYear,
    /// Counts the words of a target and year, from 1.
    pub turn: i64,
    /// The day from which it holds.
    pub day: NaiveDate,
    /// 順調, 要確認 or 達成; `None` leaves it to the records again.
    pub state: Option<super::pace::State>,
    /// Who said it.
    pub said_by: UserId,
    /// When it was written down.
    pub said_at: DateTime<Utc>,
}

impl<T> Content<T> {
    /// What pace is to look at. Of a figure for each of several the whole is not known, so it counts as
    /// words.
    #[must_use]
    pub fn aim(&self) -> Aim {
        if matches!(self.state, State::Withdrawn | State::Bracketed) {
            return Aim::Nothing;
        }
        match &self.quantity {
            Some(quantity) if !quantity.each => Aim::Figure(quantity.amount),
            Some(_) => Aim::Words,
            None if self.text.is_empty() => Aim::Nothing,
            None => Aim::Words,
        }
    }

    /// The unit in which it is counted; `None` when it has no figure or the figure no unit.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        let quantity = self.quantity.as_ref()?;
        (!quantity.unit.is_empty()).then_some(quantity.unit.as_str())
    }
}

/// The version that holds on a day: the newest by its day, and of one day the last written. The order
/// in which they come does not matter.
#[must_use]
pub fn on<'g>(versions: impl IntoIterator<Item = &'g Goal>, day: NaiveDate) -> Option<&'g Goal> {
    versions
        .into_iter()
        .filter(|goal| !goal.retracted && goal.day <= day)
        .max_by_key(|goal| (goal.day, goal.version))
}

/// From which day a version written today holds: the first one for the whole year, a change from today
/// on, but within its year.
#[must_use]
pub fn day_of(
    year: FiscalYear,
    start_month: u32,
    today: NaiveDate,
    latest: Option<&Goal>,
) -> NaiveDate {
    let first = year.first_day(start_month);
    match latest {
        None => first,
        Some(latest) => today
            .clamp(first, year.last_day(start_month).max(first))
            .max(latest.day),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::target) fn day(month: u32, day: u32) -> NaiveDate {
        let year = if month < 4 { 2027 } else { 2026 };
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    pub(in crate::target) fn goal(target: i64, version: i64, from: NaiveDate, amount: i64) -> Goal {
        Goal {
            target: TargetId(target),
            year: FiscalYear::starting_in(2026),
            version,
            day: from,
            content: Content {
                text: format!("年{amount}回"),
                plan: None,
                quantity: Some(Quantity {
                    amount,
                    unit: "回".to_owned(),
                    each: false,
                    periodic: true,
                }),
                state: State::Set,
                again: None,
            },
            reason: None,
            set_by: UserId(1),
            since: DateTime::UNIX_EPOCH,
            retracted: false,
        }
    }

    #[test]
    fn the_newest_version_by_its_day_holds_and_what_was_taken_back_never_did() {
        let mut versions = vec![
            goal(1, 1, day(4, 1), 12),
            goal(1, 2, day(10, 1), 10),
            goal(1, 3, day(10, 1), 8),
            goal(1, 4, day(12, 1), 6),
        ];
        versions[3].retracted = true;
        for _ in 0..2 {
            for (at, expected) in [
                (day(4, 1), Some(1)),
                (day(9, 30), Some(1)),
                (day(10, 1), Some(3)),
                (day(3, 31), Some(3)),
            ] {
                let found = on(&versions, at).map(|goal| goal.version);
                assert_eq!(found, expected, "{at}");
            }
            versions.reverse();
        }
        let before = NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day");
        assert_eq!(on(&versions, before), None);
    }

    #[test]
    fn a_change_holds_from_the_day_it_is_written_but_within_its_year() {
        let year = FiscalYear::starting_in(2026);
        let first = goal(1, 1, day(4, 1), 12);
        let early = NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day");
        let late = NaiveDate::from_ymd_opt(2027, 5, 1).expect("a day");
        for (today, latest, expected) in [
            (day(11, 20), None, day(4, 1)),
            (day(11, 20), Some(&first), day(11, 20)),
            (early, Some(&first), day(4, 1)),
            (late, Some(&first), day(3, 31)),
            (day(5, 1), Some(&goal(1, 2, day(6, 1), 3)), day(6, 1)),
        ] {
            assert_eq!(day_of(year, 4, today, latest), expected, "{today}");
        }
    }

    #[test]
    fn the_figure_of_a_goal_is_read_from_its_words_or_alone() {
        for (written, expected) in [
            ("年12回", Some((12, "回", false))),
            ("2か月に1回開く", Some((6, "回", false))),
            ("各120件", Some((120, "件", true))),
            ("12", Some((12, "", false))),
            ("30か所", Some((30, "か所", false))),
            ("12演題", Some((12, "演題", false))),
            ("講座3回と会議6回", None),
            ("取組み充実", None),
            ("0", None),
        ] {
            let read = Quantity::read(written);
            let read = read
                .as_ref()
                .map(|of| (of.amount, of.unit.as_str(), of.each));
            assert_eq!(read, expected, "{written}");
        }
    }

    #[test]
    fn a_goal_in_brackets_or_withdrawn_is_none_and_one_for_each_of_several_goes_by_words() {
        let whole = goal(1, 1, day(4, 1), 12).content;
        let with = |change: fn(&mut Content)| {
            let mut content = whole.clone();
            change(&mut content);
            content.aim()
        };
        assert_eq!(whole.aim(), Aim::Figure(12));
        assert_eq!(with(|goal| goal.state = State::Reduced), Aim::Figure(12));
        assert_eq!(with(|goal| goal.state = State::Withdrawn), Aim::Nothing);
        assert_eq!(with(|goal| goal.state = State::Bracketed), Aim::Nothing);
        assert_eq!(with(|goal| goal.quantity = None), Aim::Words);
        assert_eq!(
            with(|goal| {
                if let Some(quantity) = &mut goal.quantity {
                    quantity.each = true;
                }
            }),
            Aim::Words
        );
        assert_eq!(
            with(|goal| {
                goal.quantity = None;
                goal.text = String::new();
            }),
            Aim::Nothing,
            "a plan alone is no goal"
        );
    }
}
