//! Which days an office works, by a list of holidays that was written down by hand from the Cabinet
//! Office's notices, and by nothing of the product: what is judged here must not judge itself.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Utc, Weekday};
use std::collections::BTreeSet;

/// National holidays as month and day: of the years in which a rule of seed 002 takes effect or a
/// transition ends (with the ten days off of May 2019, and the games of 2020 and 2021), of 2026 and 2027,
/// and of 2028 by the law and the equinoxes the observatory expects, for what is planned beyond the year.
const HOLIDAYS: [(i32, &[(u32, u32)]); 8] = [
    (
        2018,
        &[
            (1, 1),
            (1, 8),
            (2, 11),
            (2, 12),
            (3, 21),
            (4, 29),
            (4, 30),
            (5, 3),
            (5, 4),
            (5, 5),
            (7, 16),
            (8, 11),
            (9, 17),
            (9, 23),
            (9, 24),
            (10, 8),
            (11, 3),
            (11, 23),
            (12, 23),
            (12, 24),
        ],
    ),
    (
        2019,
        &[
            (1, 1),
            (1, 14),
            (2, 11),
            (3, 21),
            (4, 29),
            (4, 30),
            (5, 1),
            (5, 2),
            (5, 3),
            (5, 4),
            (5, 5),
            (5, 6),
            (7, 15),
            (8, 11),
            (8, 12),
            (9, 16),
            (9, 23),
            (10, 14),
            (10, 22),
            (11, 3),
            (11, 4),
            (11, 23),
        ],
    ),
    (
        2020,
        &[
            (1, 1),
            (1, 13),
            (2, 11),
            (2, 23),
            (2, 24),
            (3, 20),
            (4, 29),
            (5, 3),
            (5, 4),
            (5, 5),
            (5, 6),
            (7, 23),
            (7, 24),
            (8, 10),
            (9, 21),
            (9, 22),
            (11, 3),
            (11, 23),
        ],
    ),
    (
        2021,
        &[
            (1, 1),
            (1, 11),
            (2, 11),
            (2, 23),
            (3, 20),
            (4, 29),
            (5, 3),
            (5, 4),
            (5, 5),
            (7, 22),
            (7, 23),
            (8, 8),
            (8, 9),
            (9, 20),
            (9, 23),
            (11, 3),
            (11, 23),
        ],
    ),
    (
        2022,
        &[
            (1, 1),
            (1, 10),
            (2, 11),
            (2, 23),
            (3, 21),
            (4, 29),
            (5, 3),
            (5, 4),
            (5, 5),
            (7, 18),
            (8, 11),
            (9, 19),
            (9, 23),
            (10, 10),
            (11, 3),
            (11, 23),
        ],
    ),
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
