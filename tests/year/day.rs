//! Which days an office works, by a list of holidays that was written down by hand from the Cabinet
//! Office's notices, and by nothing of the product: what is judged here must not judge itself.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Utc, Weekday};
use std::collections::BTreeSet;

/// National holidays as month and day: of 2026 and 2027, and of 2028 by the law and the equinoxes the
/// observatory expects, for what is planned beyond the year.
const HOLIDAYS: [(i32, &[(u32, u32)]); 3] = [
    (
        2026,
        &[
            (1, 1),
            (1, 12),
            (2, 11),
            (2, 23),
            (3, 20),
            (4, 29),
            (5, 3),
            (5, 4),
            (5, 5),
            (5, 6),
            (7, 20),
            (8, 11),
            (9, 21),
            (9, 22),
            (9, 23),
            (10, 12),
            (11, 3),
            (11, 23),
        ],
    ),
    (
        2027,
        &[
            (1, 1),
            (1, 11),
            (2, 11),
            (2, 23),
            (3, 21),
            (3, 22),
            (4, 29),
            (5, 3),
            (5, 4),
            (5, 5),
            (7, 19),
            (8, 11),
            (9, 20),
            (9, 23),
            (10, 11),
            (11, 3),
            (11, 23),
        ],
    ),
    (
        2028,
        &[
            (1, 1),
            (1, 10),
            (2, 11),
            (2, 23),
            (3, 20),
            (4, 29),
            (5, 3),
            (5, 4),
            (5, 5),
            (7, 17),
            (8, 11),
            (9, 18),
            (9, 22),
            (10, 9),
            (11, 3),
            (11, 23),
        ],
    ),
];

/// The days of one office.
#[derive(Clone, Debug)]
pub(crate) struct WorkingDays {
    /// Days off of its own.
    pub(crate) added: BTreeSet<NaiveDate>,
    /// Days on which it works although others do not.
    pub(crate) opened: BTreeSet<NaiveDate>,
    /// Every year, from a month and day to another, over the turn of the year where that comes first.
    pub(crate) closed: ((u32, u32), (u32, u32)),
}

impl Default for WorkingDays {
    fn default() -> Self {
        Self {
            added: BTreeSet::new(),
            opened: BTreeSet::new(),
            closed: ((12, 29), (1, 3)),
        }
    }
}

impl WorkingDays {
    /// Whether the office works.
    pub(crate) fn works(&self, day: NaiveDate) -> bool {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || self.added.contains(&day) {
            return false;
        }
        self.opened.contains(&day) || !(is_holiday(day) || self.is_closed(day))
    }

    fn is_closed(&self, day: NaiveDate) -> bool {
        let (first, last) = self.closed;
        let day = (day.month(), day.day());
        if first <= last {
            (first..=last).contains(&day)
        } else {
            day >= first || day <= last
        }
    }

    /// The day, or the nearest working day before it.
    pub(crate) fn before(&self, mut day: NaiveDate) -> NaiveDate {
        while !self.works(day) {
            day = day - Days::new(1);
        }
        day
    }

    /// The day, or the nearest working day after it.
    pub(crate) fn after(&self, mut day: NaiveDate) -> NaiveDate {
        while !self.works(day) {
            day = day + Days::new(1);
        }
        day
    }
}

fn is_holiday(day: NaiveDate) -> bool {
    let of_year = HOLIDAYS.iter().find(|(year, _)| *year == day.year());
    let (_, days) = of_year.expect("the list holds every year of the test");
    days.contains(&(day.month(), day.day()))
}

/// Japan's clocks are nine hours ahead, all year.
fn japan() -> FixedOffset {
    FixedOffset::east_opt(9 * 3_600).expect("nine hours")
}

/// The instant of a day and time on a wall in Japan.
pub(crate) fn instant(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = day.and_time(time).and_local_timezone(japan());
    local.single().expect("Japan has no clock changes").to_utc()
}

/// What a wall in Japan shows.
pub(crate) fn wall(at: DateTime<Utc>) -> (NaiveDate, NaiveTime) {
    let local = at.with_timezone(&japan()).naive_local();
    (local.date(), local.time())
}
