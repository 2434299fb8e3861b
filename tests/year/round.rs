//! What comes by itself, whatever people do: the desk's digest of the week and the proposal of a council
//! on the first working day of a fiscal year. Both are said at the desk, each in a post of its own.

use crate::{
    day::{instant, wall},
    expected::{Item, Rules},
};
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use std::collections::BTreeSet;

/// The fiscal year begins in April.
const YEAR_BEGINS: u32 = 4;

/// One thing that comes by itself.
#[derive(Clone, Debug)]
struct Next {
    item: Item,
    at: DateTime<Utc>,
}

/// What of it comes next in one office.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    digest: Next,
    council: Next,
    /// The fiscal year that council is of.
    year: i32,
}

/// The fiscal year of a day.
pub(crate) fn fiscal_year(day: NaiveDate) -> i32 {
    day.year() - i32::from(day.month() < YEAR_BEGINS)
}

/// Whether what has this name is said in a post of its own.
pub(crate) fn stands_alone(key: &str) -> bool {
    ["digest:", "council:", "memo:"]
        .iter()
        .any(|noun| key.starts_with(noun))
}

impl Round {
    /// Everything that comes after an instant.
    pub(crate) fn new(rules: &Rules, now: DateTime<Utc>) -> Self {
        let (year, council) = next_council(rules, now, 0);
        Self {
            digest: next_digest(rules, now),
            council,
            year,
        }
    }

    /// The office has set something else: what is due already is still said, the rest is planned anew.
    pub(crate) fn plan_anew(&mut self, rules: &Rules, now: DateTime<Utc>) {
        if self.digest.at > now {
            self.digest = next_digest(rules, now);
        }
        if self.council.at > now {
            // What was proposed for a year is not proposed for it again.
            (self.year, self.council) = next_council(rules, now, self.year);
        }
    }

    /// When the next of it is due.
    pub(crate) fn next(&self) -> DateTime<Utc> {
        self.digest.at.min(self.council.at)
    }

    /// What is due by now, each with its time; what follows is planned. Nothing is proposed for the years
    /// that have a council.
    pub(crate) fn take(
        &mut self,
        rules: &Rules,
        councils: &BTreeSet<i32>,
        now: DateTime<Utc>,
    ) -> Vec<(Option<Item>, DateTime<Utc>)> {
        let mut taken = Vec::new();
        // Whoever looks late says once what was due: what follows is after now.
        if self.digest.at <= now {
            let due = std::mem::replace(&mut self.digest, next_digest(rules, now));
            taken.push((Some(due.item), due.at));
        }
        if self.council.at <= now {
            let wanted = !councils.contains(&self.year);
            let (year, next) = next_council(rules, now, self.year + 1);
            let due = std::mem::replace(&mut self.council, next);
            self.year = year;
            taken.push((wanted.then_some(due.item), due.at));
        }
        taken
    }
}

fn next_digest(rules: &Rules, after: DateTime<Utc>) -> Next {
    let (day, time) = (rules.digest.next(after, &rules.days), rules.digest.at);
    let (number, minute) = (
        day.format("%Y%m%d"),
        time.num_seconds_from_midnight() / 60 + 1,
    );
    named(
        format!("digest:{number}@{minute}:week:0d"),
        instant(day, time),
    )
}

/// The next council to be proposed after an instant, of a year from this one on.
fn next_council(rules: &Rules, after: DateTime<Utc>, from: i32) -> (i32, Next) {
    let (today, _) = wall(after);
    (fiscal_year(today).max(from)..)
        .map(|year| {
            let first = NaiveDate::from_ymd_opt(year, YEAR_BEGINS, 1).expect("a day of every year");
            (year, instant(rules.days.after(first), rules.at))
        })
        .find(|(_, at)| *at > after)
        .map(|(year, at)| (year, named(format!("council:{year}@1:plan:0d"), at)))
        .expect("there always is a next year")
}

fn named(key: String, at: DateTime<Utc>) -> Next {
    Next {
        item: (key, "desk".to_owned()),
        at,
    }
}
