//! What becomes of a session after it was planned: it is moved, cancelled, told to those it concerns, and
//! they are reminded of it. Nothing is kept or sent here.

use super::{Session, State, state_on};
use crate::{
    audience::Destination,
    calendar::Calendar,
    era::FiscalYear,
    occurrence::{Lead, Moment, ON_THE_DAY},
    office::Office,
    person::Person,
    review::{self, Leads, Rung},
    routing,
    tier::Tier,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

/// The date a session had before it was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    /// The day.
    pub date: NaiveDate,
    /// When it was to begin.
    pub start: Option<NaiveTime>,
}

/// Why a session can no longer be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Standstill {
    /// It was held.
    #[error("it was held")]
    Held,
    /// It was cancelled.
    #[error("it was cancelled")]
    Cancelled,
    /// It is on that day at that time already.
    #[error("it is then already")]
    Unmoved,
    /// Its day is still ahead.
    #[error("its day is still ahead")]
    Ahead,
    /// It is only proposed.
    #[error("it is a draft")]
    Draft,
}

crate::codes!(Standstill {
    Held = "held",
    Cancelled = "cancelled",
    Unmoved = "unmoved",
    Ahead = "ahead",
    Draft = "draft",
});

impl Session {
    /// Where people are told of it (seed 000, chapter 2): at tier 1 each association's own channel, at
    /// tier 2 the narrowest circle that holds its associations, at tier 3 the region's; the desk where
    /// there is no such channel. Whether there is something to tell is another matter
    /// ([`Self::is_ahead`]).
    #[must_use]
    pub fn destinations(&self, office: &Office) -> Vec<Destination> {
        let bound = |destination: Destination| match destination.channel(office) {
            Some(_) => destination,
            None => Destination::Desk,
        };
        let mut destinations: Vec<Destination> = match self.tier {
            Tier::One => self
                .associations
                .iter()
                .map(|id| bound(Destination::Tier1(*id)))
                .collect(),
            // A circle that holds nobody in particular would be a guess.
            Tier::Two if self.associations.is_empty() => Vec::new(),
            Tier::Two => {
                let all = self.associations.iter().copied().collect();
                let circle = routing::narrowest(&all, office);
                circle.map(Destination::Tier2).into_iter().collect()
            }
            Tier::Three => vec![bound(Destination::Tier3)],
        };
        if destinations.is_empty() {
            destinations.push(Destination::Desk);
        }
        destinations.sort_unstable();
        destinations.dedup();
        destinations
    }

    /// Whether a person reads of it in a channel: in a circle there may be others than its own
    /// associations.
    #[must_use]
    pub fn is_told_to(&self, person: &Person, office: &Office) -> bool {
        !self.retracted
            && self.was_planned()
            && self
                .destinations(office)
                .iter()
                .any(|destination| destination.is_for(person, office))
    }

    /// Whether it is still to come, so that people are told and reminded of it.
    #[must_use]
    pub fn is_ahead(&self, today: NaiveDate) -> bool {
        !self.retracted
            && self.state == State::Planned
            && self.date.is_some_and(|date| date >= today)
    }

    /// The same session on another day; a draft is planned by it. The beginning stays unless another is
    /// given, and the end keeps its distance from the beginning, within the day. In another fiscal year
    /// it gets another 第n回.
    ///
    /// # Errors
    /// It was held or cancelled, or is then already.
    pub fn moved(
        &self,
        (date, start): (NaiveDate, Option<NaiveTime>),
        reason: Option<String>,
        fiscal_year_start: u32,
        (today, now): (NaiveDate, DateTime<Utc>),
    ) -> Result<Self, Standstill> {
        match self.state {
            State::Held => return Err(Standstill::Held),
            State::Cancelled => return Err(Standstill::Cancelled),
            State::Draft | State::Planned => {}
        }
        let is_draft = self.state == State::Draft;
        let begins = start.or(self.start);
        if !is_draft && self.date == Some(date) && self.start == begins {
            return Err(Standstill::Unmoved);
        }
        let year = FiscalYear::of(date, fiscal_year_start);
        Ok(Self {
            state: state_on(date, today),
            date: Some(date),
            start: begins,
            end: self.ends(begins),
            number: self.number.filter(|_| self.fiscal_year == Some(year)),
            fiscal_year: Some(year),
            date_revision: self.date_revision + 1,
            moved_from: self.date.filter(|_| !is_draft).map(|date| Former {
                date,
                start: self.start,
            }),
            reason,
            changed_at: now,
            ..self.clone()
        })
    }

    /// When it ends if it begins then; none where that would be the next day.
    fn ends(&self, begins: Option<NaiveTime>) -> Option<NaiveTime> {
        let (was, end, begins) = (self.start?, self.end?, begins?);
        let (ends, days) = begins.overflowing_add_signed(end - was);
        (days == 0).then_some(ends)
    }

    /// The same session, cancelled.
    ///
    /// # Errors
    /// It was held or cancelled.
    pub fn cancelled(&self, reason: String, now: DateTime<Utc>) -> Result<Self, Standstill> {
        match self.state {
            State::Held => return Err(Standstill::Held),
            State::Cancelled => return Err(Standstill::Cancelled),
            State::Draft | State::Planned => {}
        }
        Ok(Self {
            state: State::Cancelled,
            reason: Some(reason),
            changed_at: now,
            ..self.clone()
        })
    }

    /// The same session, held.
    ///
    /// # Errors
    /// It is a draft, was cancelled, or its day is still ahead.
    pub fn held(&self, (today, now): (NaiveDate, DateTime<Utc>)) -> Result<Self, Standstill> {
        match self.state {
            State::Draft => return Err(Standstill::Draft),
            State::Cancelled => return Err(Standstill::Cancelled),
            State::Planned if self.date.is_none_or(|date| date > today) => {
                return Err(Standstill::Ahead);
            }
            State::Planned | State::Held => {}
        }
        Ok(Self {
            state: State::Held,
            changed_at: now,
            ..self.clone()
        })
    }

    /// When its people are reminded of it: the office's leads that are still ahead, those before it on
    /// the business day before where they would fall on a day off.
    #[must_use]
    pub fn reminders(
        &self,
        leads: &Leads,
        calendar: &Calendar,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Vec<(Lead, Moment)> {
        let Some(date) = self.date else {
            return Vec::new();
        };
        review::ladder(date, self.start, leads, calendar, zone, now)
            .into_iter()
            .filter_map(|step| match step.rung {
                Rung::Before(lead) => Some((lead, step.moment)),
                Rung::OnTheDay => Some((ON_THE_DAY, step.moment)),
                Rung::Overdue(_) => None,
            })
            .collect()
    }
}

/// When the desk is asked what became of a session of a day: on the next business day, at the time of
/// every reminder.
#[must_use]
pub fn remembered(date: NaiveDate, time: NaiveTime, calendar: &Calendar) -> Option<Moment> {
    let next = date.succ_opt()?;
    Some(Moment {
        date: calendar.shifted(next, crate::calendar::Shift::Next),
        time,
    })
}
