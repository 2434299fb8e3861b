//! What comes by itself, whatever people do: the desk's digest of the week, the proposal of a council on
//! the first working day of a fiscal year, the reminder to hand over on the first of March, and once a month
//! the drafts of feedback, when somebody has said something. All are said at the desk, each in a post of its
//! own. The progress of a month is due as well, and earlier its preview; without targets there is nothing to
//! say. Nor is there of what was kept long enough, which is looked for once a year.

use crate::{
    day::{WorkingDays, instant, wall},
    expected::{Item, Rules},
    office::nine,
};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Timelike, Utc};
use std::collections::BTreeSet;

/// The fiscal year begins in April.
const YEAR_BEGINS: u32 = 4;
/// What was kept long enough is looked for on the first working day of this month.
const KEEPING_LOOKED_AT: u32 = 5;
/// The drafts of a month come at this hour.
const DRAFTED_AT: u32 = 10;
/// Whoever leaves in April hands over in March.
const HANDED_OVER: u32 = 3;
/// The desk sees a month so many working days before its progress is posted.
const PREVIEW_DAYS: usize = 3;

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
    handover: Next,
    /// The fiscal year that council is of.
    year: i32,
    /// When the preview of a month comes, and when its progress.
    months: [DateTime<Utc>; 2],
    /// When the drafts of a month are laid on the desk.
    feedback: Next,
    /// When it is looked for what was kept long enough, and of which fiscal year; the last that was.
    keeping: (i32, DateTime<Utc>),
    kept: i32,
}

/// The fiscal year of a day.
pub(crate) fn fiscal_year(day: NaiveDate) -> i32 {
    day.year() - i32::from(day.month() < YEAR_BEGINS)
}

/// Whether what has this name is said in a post of its own.
pub(crate) fn stands_alone(key: &str) -> bool {
    ["digest:", "council:", "handover:", "feedback:", "memo:"]
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
            handover: next_handover(rules, now),
            year,
            months: [next_preview, next_progress].map(|next| next(&rules.days, now)),
            feedback: next_feedback(&rules.days, now),
            keeping: next_keeping(rules, now, 0),
            kept: 0,
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
        if self.handover.at > now {
            self.handover = next_handover(rules, now);
        }
        for (month, next) in self.months.iter_mut().zip([next_preview, next_progress]) {
            if *month > now {
                *month = next(&rules.days, now);
            }
        }
        if self.feedback.at > now {
            self.feedback = next_feedback(&rules.days, now);
        }
        if self.keeping.1 > now {
            self.keeping = next_keeping(rules, now, self.kept);
        }
    }

    /// What of it comes next, as a handover tells it: the day, its name, and how often it comes.
    pub(crate) fn ahead(&self, rules: &Rules) -> Vec<(DateTime<Utc>, &'static str, String)> {
        let [_, progress] = self.months;
        let often = |words: &str| words.to_owned();
        vec![
            (self.digest.at, "週のまとめ", rules.digest.phrase()),
            (progress, "月次の進捗", often("毎月第1営業日 9:00")),
            (
                self.feedback.at,
                "フィードバックの下書き",
                often("毎月第1営業日 10:00"),
            ),
            (
                self.handover.at,
                "引継ぎの準備",
                often("毎年3月の第1営業日 9:00"),
            ),
            (self.council.at, "協議会の準備", often("年度のはじめ")),
        ]
    }

    /// When the next of it is due.
    pub(crate) fn next(&self) -> DateTime<Utc> {
        let [preview, progress] = self.months;
        self.digest
            .at
            .min(self.council.at)
            .min(self.handover.at)
            .min(preview)
            .min(progress)
            .min(self.feedback.at)
            .min(self.keeping.1)
    }

    /// What is due by now, each with its time; what follows is planned. Nothing is proposed for the years
    /// that have a council; where nobody has said anything (`raised`) there is no draft.
    pub(crate) fn take(
        &mut self,
        rules: &Rules,
        (councils, raised): (&BTreeSet<i32>, bool),
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
        if self.handover.at <= now {
            let due = std::mem::replace(&mut self.handover, next_handover(rules, now));
            taken.push((Some(due.item), due.at));
        }
        // Of months each that was missed comes by itself.
        for (month, next) in self.months.iter_mut().zip([next_preview, next_progress]) {
            while *month <= now {
                taken.push((None, *month));
                *month = next(&rules.days, *month);
            }
        }
        if self.feedback.at <= now {
            let due = std::mem::replace(&mut self.feedback, next_feedback(&rules.days, now));
            taken.push((raised.then_some(due.item), due.at));
        }
        if self.keeping.1 <= now {
            let (year, at) = self.keeping;
            self.kept = year;
            self.keeping = next_keeping(rules, now, year);
            taken.push((None, at));
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

/// The first working day of March at nine.
fn next_handover(rules: &Rules, after: DateTime<Utc>) -> Next {
    let (today, _) = wall(after);
    (today.year()..)
        .map(|year| {
            let first = NaiveDate::from_ymd_opt(year, HANDED_OVER, 1).expect("a day of every year");
            (rules.days.after(first), nine())
        })
        .find(|(day, time)| instant(*day, *time) > after)
        .map(|(day, time)| {
            let minute = time.num_seconds_from_midnight() / 60 + 1;
            let number = day.format("%Y%m%d");
            named(
                format!("handover:{number}@{minute}:make:0d"),
                instant(day, time),
            )
        })
        .expect("March comes every year")
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

/// The first working day of a month at ten, under the name of the month before.
fn next_feedback(days: &WorkingDays, after: DateTime<Utc>) -> Next {
    let ten = NaiveTime::from_hms_opt(DRAFTED_AT, 0, 0).expect("an hour of the day");
    let at = next_month(after, |first| instant(days.after(first), ten));
    let (day, _) = wall(at);
    let before = day - Months::new(1);
    let first = NaiveDate::from_ymd_opt(1, 1, 1).expect("the first day there is");
    let minutes = ((day - first).num_days() + 1) * 24 * 60 + i64::from(DRAFTED_AT) * 60;
    named(
        format!("feedback:{}@{minutes}:month:0d", before.format("%Y%m")),
        at,
    )
}

/// When it is next looked for what was kept long enough, of a fiscal year after the last that was.
fn next_keeping(rules: &Rules, after: DateTime<Utc>, last: i32) -> (i32, DateTime<Utc>) {
    let (today, _) = wall(after);
    (fiscal_year(today).max(last + 1)..)
        .map(|year| {
            let first = NaiveDate::from_ymd_opt(year, KEEPING_LOOKED_AT, 1);
            let first = first.expect("a day of every year");
            (year, instant(rules.days.after(first), rules.at))
        })
        .find(|(_, at)| *at > after)
        .expect("there always is a next year")
}

/// The first working day of a month at nine.
fn next_progress(days: &WorkingDays, after: DateTime<Utc>) -> DateTime<Utc> {
    next_month(after, |first| instant(days.after(first), nine()))
}

/// Some working days before that.
fn next_preview(days: &WorkingDays, after: DateTime<Utc>) -> DateTime<Utc> {
    next_month(after, |first| {
        let posted = days.after(first);
        let day = (0..PREVIEW_DAYS).fold(posted, |day, _| days.before(day - Days::new(1)));
        instant(day, nine())
    })
}

/// The first after an instant of what comes once for every month, by the month's first day.
fn next_month(after: DateTime<Utc>, of: impl Fn(NaiveDate) -> DateTime<Utc>) -> DateTime<Utc> {
    let (today, _) = wall(after);
    let first = today.with_day(1).expect("every month has a first day");
    (0..)
        .map(|months| of(first + Months::new(months)))
        .find(|at| *at > after)
        .expect("there always is a next month")
}

fn named(key: String, at: DateTime<Utc>) -> Next {
    Next {
        item: (key, "desk".to_owned()),
        at,
    }
}
