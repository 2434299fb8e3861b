//! The yearly round (年間の流れ): what a liaison office does every year whether somebody thinks of it or
//! not (seed 000, chapter 2 (3), chapter 1, chapter 5 Q1 and Q2).
//!
//! The council (協議会) meets in May or June and hears last year's activity, this year's plan and its
//! direction; it is proposed on the first business day of the fiscal year. Meetings with the adviser
//! (アドバイザー会議) come regularly. Of the associations one to three a year are met in a tier 1 talk: not
//! all of them in turn, but nobody is forgotten for years unnoticed.
//!
//! What has been planned already is not asked for again. Nothing is kept or sent here.

use crate::{
    calendar::Calendar, era::FiscalYear, id::AssociationId, occurrence::Moment,
    office::Association, schedule::Schedule,
};
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// How many professions a year an office meets in tier 1 talks (seed 000, chapter 5, Q1).
pub const TALKS_A_YEAR: (usize, usize) = (1, 3);
/// After so many months without a tier 1 talk an association has not been met for long.
pub const UNMET_MONTHS: u32 = 12;
/// Fewest and most months from one adviser meeting to the next.
pub const ADVISER_MONTHS: (u32, u32) = (1, 12);
/// Months of a quarter.
const QUARTER_MONTHS: u32 = 3;

/// The last and the next day of something that comes again and again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The last day up to today.
    pub last: Option<NaiveDate>,
    /// The next day after today.
    pub next: Option<NaiveDate>,
}

/// An association that has not been met for long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The association.
    pub association: AssociationId,
    /// When it was last met in a tier 1 talk; none when it never was.
    pub last: Option<NaiveDate>,
}

/// When the council of a fiscal year is proposed: on the first business day of its first month.
#[must_use]
pub fn council_proposed(
    year: FiscalYear,
    start_month: u32,
    time: NaiveTime,
    calendar: &Calendar,
) -> Moment {
    let first = year.first_day(start_month);
    Moment {
        date: calendar.first_business_day(first).unwrap_or(first),
        time,
    }
}

/// The next moment after `now` at which a council is proposed, with its fiscal year.
#[must_use]
pub fn next_council(
    start_month: u32,
    time: NaiveTime,
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> (FiscalYear, Moment) {
    let today = now.with_timezone(&zone).date_naive();
    let this = FiscalYear::of(today, start_month);
    let moment = council_proposed(this, start_month, time, calendar);
    if moment.instant(zone) > now {
        return (this, moment);
    }
    let next = FiscalYear::starting_in(this.western() + 1);
    (next, council_proposed(next, start_month, time, calendar))
}

/// When councils meet (毎年５～６月頃): the second and third month of a fiscal year, first to last day.
#[must_use]
pub fn council_season(year: FiscalYear, start_month: u32) -> (NaiveDate, NaiveDate) {
    let first = year.first_day(start_month);
    let begins = first + Months::new(1);
    let ends = first + Months::new(3) - chrono::Days::new(1);
    (begins, ends)
}

/// Whether the office should be asked to plan a meeting with its adviser: none is ahead, and the last is
/// so many months ago, or there was none. An office without an interval is never asked.
#[must_use]
pub fn adviser_is_due(meetings: Span, every_months: Option<u32>, today: NaiveDate) -> bool {
    let Some(every) = every_months else {
        return false;
    };
    meetings.next.is_none()
        && meetings
            .last
            .is_none_or(|last| last + Months::new(every) <= today)
}

/// The associations that have not been met for long, those that never were first, then the longest ago;
/// at most as many as are met in a year. Whoever is to be met soon is not among them.
#[must_use]
pub fn unmet(
    associations: &[Association],
    talks: &BTreeMap<AssociationId, Span>,
    today: NaiveDate,
) -> Vec<Unmet> {
    let mut found: Vec<Unmet> = associations
        .iter()
        .map(|association| (association.id, talks.get(&association.id).copied()))
        .map(|(id, span)| (id, span.unwrap_or_default()))
        .filter(|(_, span)| span.next.is_none())
        .filter(|(_, span)| {
            span.last
                .is_none_or(|last| last + Months::new(UNMET_MONTHS) <= today)
        })
        .map(|(association, span)| Unmet {
            association,
            last: span.last,
        })
        .collect();
    // Stable: those of one day stay in the office's order.
    found.sort_by_key(|unmet| unmet.last);
    found.truncate(TALKS_A_YEAR.1);
    found
}

/// How many associations were met in tier 1 talks since a day, or are to be met.
#[must_use]
pub fn met_since(talks: &BTreeMap<AssociationId, Span>, since: NaiveDate) -> usize {
    talks
        .values()
        .filter(|span| span.next.is_some() || span.last.is_some_and(|last| last >= since))
        .count()
}

/// Whether what a schedule gives at a moment is its first in a quarter of the fiscal year. One that was
/// due at the moment and is `said` late stands for all that came between: it is the first of the quarter
/// in which it is said, too.
#[must_use]
pub fn is_first_of_quarter(
    moment: Moment,
    said: NaiveDate,
    schedule: &Schedule,
    start_month: u32,
    zone: Tz,
    calendar: &Calendar,
) -> bool {
    let begins = Moment {
        date: quarter(said, start_month),
        time: NaiveTime::MIN,
    };
    let before = begins.instant(zone) - TimeDelta::seconds(1);
    schedule
        .next_moment(before, zone, calendar)
        .is_none_or(|first| first.date >= moment.date)
}

/// The first day of the quarter that holds a day.
fn quarter(date: NaiveDate, start_month: u32) -> NaiveDate {
    let months = (date.month() + 12 - start_month) % QUARTER_MONTHS;
    let first = date.with_day(1).expect("every month has a first day");
    first - Months::new(months)
}

#[cfg(test)]
mod tests;
