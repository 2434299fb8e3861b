//! What comes by itself, whatever people do: the desk's digest of the week and the proposal of a council
//! on the first working day of a fiscal year. Both are said at the desk, each in a post of its own.

use crate::{
    day::{WorkingDays, instant, wall},
    expected::Item,
    rhythm::Rhythm,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};

/// The fiscal year begins in April.
const YEAR_BEGINS: u32 = 4;

/// One thing that comes by itself.
#[derive(Clone, Debug)]
struct Next {
    item: Item,
    at: DateTime<Utc>,
}

/// What of it comes next in one office.
#[derive(Clone, Debug, Default)]
pub(crate) struct Round {
    digest: Option<Next>,
    council: Option<Next>,
}

impl Round {
    /// Both are planned from an instant on; what was planned before is not.
    pub(crate) fn plan(
        &mut self,
        digest: Rhythm,
        reminded: NaiveTime,
        days: &WorkingDays,
        after: DateTime<Utc>,
    ) {
        self.digest = Some(next_digest(digest, days, after));
        self.council = Some(next_council(reminded, days, after));
    }

    /// When the next of it is due.
    pub(crate) fn next(&self) -> Option<DateTime<Utc>> {
        self.planned().map(|next| next.at).min()
    }

    fn planned(&self) -> impl Iterator<Item = &Next> {
        self.digest.iter().chain(&self.council)
    }

    /// What is due by now, each with its time; what follows is planned.
    pub(crate) fn take(
        &mut self,
        digest: Rhythm,
        reminded: NaiveTime,
        days: &WorkingDays,
        now: DateTime<Utc>,
    ) -> Vec<(Item, DateTime<Utc>)> {
        let mut taken = Vec::new();
        // Whoever looks late says what was due once: what follows is after now.
        if let Some(due) = self.digest.take_if(|next| next.at <= now) {
            taken.push((due.item, due.at));
            self.digest = Some(next_digest(digest, days, now));
        }
        if let Some(due) = self.council.take_if(|next| next.at <= now) {
            taken.push((due.item, due.at));
            self.council = Some(next_council(reminded, days, now));
        }
        taken
    }
}

/// Whether what has this name is said in a post of its own.
pub(crate) fn stands_alone(key: &str) -> bool {
    key.starts_with("digest:") || key.starts_with("council:")
}

fn next_digest(digest: Rhythm, days: &WorkingDays, after: DateTime<Utc>) -> Next {
    let day = digest.next(after, days);
    let number = day.format("%Y%m%d");
    named(
        format!("digest:{number}@{}:week:0d", minute(digest.at)),
        instant(day, digest.at),
    )
}

fn next_council(reminded: NaiveTime, days: &WorkingDays, after: DateTime<Utc>) -> Next {
    let (today, _) = wall(after);
    let this = today.year() - i32::from(today.month() < YEAR_BEGINS);
    (this..)
        .map(|year| {
            let first = NaiveDate::from_ymd_opt(year, YEAR_BEGINS, 1).expect("a day of every year");
            (year, instant(days.after(first), reminded))
        })
        .find(|(_, at)| *at > after)
        .map(|(year, at)| named(format!("council:{year}@{}:plan:0d", minute(reminded)), at))
        .expect("there always is a next year")
}

fn named(key: String, at: DateTime<Utc>) -> Next {
    Next {
        item: (key, "desk".to_owned()),
        at,
    }
}

/// By which two of one day are told apart, from 1.
fn minute(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() / 60 + 1
}
