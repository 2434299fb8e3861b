//! Reviews (反省会): what one looks back on and what comes of it ([`Review`]), and on which days it is
//! reminded of (DESIGN section 4).
//!
//! Before it and on the day the association is reminded; while it is overdue, the desk. A reminder
//! before it that would fall on a day off comes on the business day before, an overdue one on the next,
//! that of the day itself on the day. Nothing is kept or sent here: [`crate::occurrence`] knows what is
//! due later.
//!
//! ```
//! use chrono::{DateTime, NaiveTime, Utc};
//! use chrono_tz::Asia::Tokyo;
//! use domain::{calendar::Calendar, review::{Leads, ladder}};
//!
//! // A Saturday after a Friday that is a holiday.
//! let date = "2022-11-05".parse().expect("a date");
//! let now: DateTime<Utc> = "2022-10-24T00:00:00Z".parse().expect("an instant");
//! let office = Calendar::new(
//!     domain::calendar::Overrides::parse("[added]\n2022-11-04 = \"市制記念日\"").expect("a good file"),
//!     domain::calendar::ClosedDays::default(),
//! );
//! let start = NaiveTime::from_hms_opt(18, 30, 0);
//! let days: Vec<String> = ladder(date, start, &Leads::default(), &office, Tokyo, now)
//!     .iter()
//!     .map(|step| step.moment.date.to_string())
//!     .collect();
//! // Thursday the 3rd is a holiday too, so the day before is Wednesday.
//! assert_eq!(days, ["2022-11-02", "2022-11-05", "2022-11-14"]);
//! ```

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use std::fmt;
use thiserror::Error;

use crate::{
    calendar::{Calendar, Shift},
    occurrence::{LEAD_DAYS_MAX, Lead, Moment},
    setting::{says_nothing, split_list},
    text::normalise,
};

mod record;

pub use record::{
    AHEAD_DAYS_MAX, DayFault, NOTE_UNITS_MAX, Next, OUTCOME_UNITS_MAX, Of, Outcome,
    PLACE_UNITS_MAX, PROPOSED_EVERY_DAYS, Review, SNOOZE_DAYS, SUGGESTED_DAYS, State, check_day,
    suggested,
};

/// Most reminders before a review.
pub const BEFORE_MAX: usize = 6;
/// Farthest reminder before a review, in days.
pub const BEFORE_DAYS_MAX: u16 = 90;
/// Fewest and most days from one overdue reminder to the next.
pub const OVERDUE_DAYS: (u16, u16) = (1, 90);

/// Nine in the morning, when offices open.
const NINE: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("nine is a time");

/// How long before and after its date a review is reminded of. An office may choose *never* for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leads {
    /// Before the date, farthest first, each once and at least a day.
    before: Vec<Lead>,
    on_the_day: bool,
    /// Days from one overdue reminder to the next, and from the date to the first.
    overdue: Option<Lead>,
    /// The time of day of every reminder: within office hours.
    time: NaiveTime,
}

/// Why written leads could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LeadsFault {
    /// This part is not written like 14日前, 14, or 当日.
    #[error("{0} is no lead")]
    Unreadable(String),
    /// Not within the first and second number of days.
    #[error("not from {0} to {1} days")]
    NotBetween(u16, u16),
    /// More than [`BEFORE_MAX`].
    #[error("more than {BEFORE_MAX} reminders")]
    TooMany,
}

/// 14 days and 1 day before, on the day, every 7 days when overdue; at nine (DESIGN section 4).
impl Default for Leads {
    fn default() -> Self {
        let days = |days| Lead::days(days).expect("a short lead");
        Self {
            before: vec![days(14), days(1)],
            on_the_day: true,
            overdue: Some(days(7)),
            time: NINE,
        }
    }
}

impl Leads {
    /// A week and a day before, as sessions are reminded of; nothing of them is overdue.
    #[must_use]
    pub fn of_session() -> Self {
        let days = |days| Lead::days(days).expect("a short lead");
        Self {
            before: vec![days(7), days(1)],
            on_the_day: false,
            overdue: None,
            time: NINE,
        }
    }

    /// The same with other reminders before and on the day: 14日前、1日前、当日, or なし.
    ///
    /// # Errors
    /// [`LeadsFault`].
    pub fn with_before(self, written: &str) -> Result<Self, LeadsFault> {
        let even = normalise(written);
        let (mut before, mut on_the_day) = (Vec::new(), false);
        if !says_nothing(&even) {
            for part in split_list(&even) {
                if matches!(part, "当日" | "0" | "0日前") {
                    on_the_day = true;
                } else {
                    before.push(days(part.trim_end_matches("日前"), (1, BEFORE_DAYS_MAX))?);
                }
            }
            if before.is_empty() && !on_the_day {
                return Err(LeadsFault::Unreadable(even.trim().to_owned()));
            }
        }
        before.sort_unstable_by(|one, other| other.cmp(one));
        before.dedup();
        if before.len() > BEFORE_MAX {
            return Err(LeadsFault::TooMany);
        }
        Ok(Self {
            before,
            on_the_day,
            ..self
        })
    }

    /// The same with other overdue reminders: 7日ごと, or なし.
    ///
    /// # Errors
    /// [`LeadsFault`].
    pub fn with_overdue(self, written: &str) -> Result<Self, LeadsFault> {
        let even = normalise(written);
        let plain = even.trim();
        let overdue = if says_nothing(plain) {
            None
        } else {
            let number = plain.trim_end_matches("ごと").trim_end_matches('日');
            Some(days(number, OVERDUE_DAYS)?)
        };
        Ok(Self { overdue, ..self })
    }

    /// The same at another time of day.
    #[must_use]
    pub fn at(self, time: NaiveTime) -> Self {
        Self { time, ..self }
    }

    /// The reminders before and on the day as [`Self::with_before`] reads them.
    #[must_use]
    pub fn before(&self) -> String {
        let before = self
            .before
            .iter()
            .map(|lead| format!("{}日前", lead.length()));
        let words: Vec<String> = before
            .chain(self.on_the_day.then(|| "当日".to_owned()))
            .collect();
        if words.is_empty() {
            "なし".to_owned()
        } else {
            words.join("、")
        }
    }

    /// From one overdue reminder to the next; none where nobody is reminded so.
    #[must_use]
    pub fn rhythm(&self) -> Option<Lead> {
        self.overdue
    }

    /// The overdue reminders as [`Self::with_overdue`] reads them.
    #[must_use]
    pub fn overdue(&self) -> String {
        self.overdue.map_or_else(
            || "なし".to_owned(),
            |lead| format!("{}日ごと", lead.length()),
        )
    }
}

/// Which reminder of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// So long before it, for the association.
    Before(Lead),
    /// On the day itself, for the association.
    OnTheDay,
    /// So long after it, for the desk.
    Overdue(Lead),
}

impl Rung {
    /// Whether it goes to the desk only: others are not reminded of what they missed.
    #[must_use]
    pub const fn is_for_desk(self) -> bool {
        matches!(self, Self::Overdue(_))
    }
}

/// `14d before`, `on the day`, `7d overdue`, for logs and tests.
impl fmt::Display for Rung {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(lead) => write!(out, "{lead} before"),
            Self::OnTheDay => out.write_str("on the day"),
            Self::Overdue(lead) => write!(out, "{lead} overdue"),
        }
    }
}

/// One reminder of a review and when it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub rung: Rung,
    /// When, on the wall of the office.
    pub moment: Moment,
}

/// The reminders of a review that are still ahead, in order: those before, that of the day, and the
/// first overdue one; [`next_overdue`] gives those that follow while it is not held.
///
/// `start` is when it begins, where that is known: a reminder that would come at or after it is left
/// out. Of reminders that fall on one moment (two leads before one long weekend) only the nearest stays,
/// so that nobody is told twice.
#[must_use]
pub fn ladder(
    date: NaiveDate,
    start: Option<NaiveTime>,
    leads: &Leads,
    calendar: &Calendar,
    zone: Tz,
    now: DateTime<Utc>,
) -> Vec<Step> {
    let at = |date| Moment {
        date,
        time: leads.time,
    };
    let mut steps: Vec<Step> = Vec::new();
    for lead in &leads.before {
        let Some(day) = date.checked_sub_days(Days::new(u64::from(lead.length()))) else {
            continue;
        };
        let moment = at(calendar.shifted(day, Shift::Previous));
        if steps.last().is_some_and(|before| before.moment == moment) {
            steps.pop();
        }
        steps.push(Step {
            rung: Rung::Before(*lead),
            moment,
        });
    }
    if leads.on_the_day && start.is_none_or(|start| leads.time < start) {
        steps.push(Step {
            rung: Rung::OnTheDay,
            moment: at(date),
        });
    }
    steps.retain(|step| step.moment.instant(zone) >= now);
    steps.extend(next_overdue(date, leads, calendar, zone, now));
    steps
}

/// The first overdue reminder at or after `now` of a review that was due on `date` and is not held;
/// `None` where the office wants none, or after [`LEAD_DAYS_MAX`] days.
#[must_use]
pub fn next_overdue(
    date: NaiveDate,
    leads: &Leads,
    calendar: &Calendar,
    zone: Tz,
    now: DateTime<Utc>,
) -> Option<Step> {
    let every = leads.overdue?.length();
    (every..=LEAD_DAYS_MAX)
        .step_by(usize::from(every))
        .find_map(|days| {
            let day = date.checked_add_days(Days::new(u64::from(days)))?;
            let moment = Moment {
                date: calendar.shifted(day, Shift::Next),
                time: leads.time,
            };
            let rung = Rung::Overdue(Lead::days(days)?);
            (moment.instant(zone) >= now).then_some(Step { rung, moment })
        })
}

fn days(written: &str, (least, most): (u16, u16)) -> Result<Lead, LeadsFault> {
    let written = written.trim();
    let days: u16 = written
        .parse()
        .map_err(|_| LeadsFault::Unreadable(written.to_owned()))?;
    if !(least..=most).contains(&days) {
        return Err(LeadsFault::NotBetween(least, most));
    }
    Lead::days(days).ok_or(LeadsFault::NotBetween(least, most))
}
