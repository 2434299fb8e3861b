//! Memos (登録したリマインダー): what somebody wants people to be reminded of, when and where.
//!
//! A memo is words for one audience and a time: one moment, or a schedule. It belongs to the place where
//! it is said, not to the person who made it: whoever may write a memo for the place may stop it, so
//! that a memo outlives the role of its maker and is never orphaned. The post itself is a reminder.
//!
//! ```
//! use chrono_tz::Asia::Tokyo;
//! use domain::{calendar::Calendar, memo::{Cadence, check}, schedule::{Schedule, When}};
//!
//! let monthly = When::Repeated(Schedule::parse("0 14 * * 2#2")?);
//! let now = "2026-11-20T01:00:00Z".parse().expect("an instant");
//! let first = check(&monthly, now, Tokyo, &Calendar::default()).expect("once a month");
//! assert_eq!(first.date.to_string(), "2026-12-08");
//! assert_eq!(Cadence::from(monthly).written(), Some("0 14 * * 2#2".to_owned()));
//! # Ok::<(), domain::schedule::ScheduleFault>(())
//! ```

use crate::{
    audience::Destination,
    calendar::Calendar,
    id::{AssociationId, MemoId, UserId},
    occurrence::Moment,
    office::Office,
    person::{Person, Rank},
    schedule::{Schedule, When},
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// Longest words of a memo, in UTF-16 units: they stand whole in the post, however many marks they hold.
pub const WORDS_UNITS_MAX: usize = 500;
/// Most memos of one person that are still to come.
pub const PER_PERSON_MAX: i64 = 30;
/// Most memos of one office that are still to come.
pub const PER_OFFICE_MAX: i64 = 300;
/// Fewest minutes from one post of a memo to the next: people would stop reading the channel.
pub const APART_MINUTES_MIN: i64 = 60;
/// How many of the coming posts are looked at for [`APART_MINUTES_MIN`]: more than any day can hold.
const LOOKED_AT: usize = 50;
/// How many of the coming posts people are shown before a memo counts.
pub const SHOWN: usize = 3;

/// How far a memo has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is still to come, once or again and again.
    Waiting,
    /// It was said, and there is no next time.
    Over,
    /// Somebody stopped it.
    Stopped,
    /// The place where it was to be said is no more.
    Dropped,
}

crate::codes!(State {
    Waiting = "waiting",
    Over = "over",
    Stopped = "stopped",
    Dropped = "dropped",
});

/// Whether it is said once or again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// Once.
    Once,
    /// Again and again.
    Repeated(Schedule),
}

impl From<When> for Cadence {
    fn from(when: When) -> Self {
        match when {
            When::Once(_) => Self::Once,
            When::Repeated(schedule) => Self::Repeated(schedule),
        }
    }
}

impl Cadence {
    /// The schedule as it is stored; none for once.
    #[must_use]
    pub fn written(&self) -> Option<String> {
        match self {
            Self::Once => None,
            Self::Repeated(schedule) => Some(schedule.to_string()),
        }
    }

    /// The next time after `after`; none for once, whose only time is told when it is made.
    #[must_use]
    pub fn next(&self, after: DateTime<Utc>, zone: Tz, calendar: &Calendar) -> Option<Moment> {
        match self {
            Self::Once => None,
            Self::Repeated(schedule) => schedule.next_moment(after, zone, calendar),
        }
    }
}

/// One memo as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memo {
    /// Its number in the office.
    pub id: MemoId,
    /// Counts changes of it; from 1.
    pub revision: i64,
    /// What is to be said, for its audience only.
    pub words: String,
    /// Where.
    pub destination: Destination,
    /// Once, or again and again.
    pub cadence: Cadence,
    /// When it is said next, on the office's wall; none when it is over, stopped or dropped.
    pub next: Option<Moment>,
    /// Counts the times it was planned for, for the keys of occurrences; from 1.
    pub turn: i64,
    /// How far it has come.
    pub state: State,
    /// Who made it (Discord's id).
    pub made_by: UserId,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
}

impl Memo {
    /// The memo after it was said: planned for its next time, or over.
    #[must_use]
    pub fn said(&self, now: DateTime<Utc>, zone: Tz, calendar: &Calendar) -> Self {
        self.planned_for(self.cadence.next(now, zone, calendar), State::Over, now)
    }

    /// The memo brought to a state in which it is not said any more.
    #[must_use]
    pub fn ended(&self, state: State, now: DateTime<Utc>) -> Self {
        self.planned_for(None, state, now)
    }

    /// The memo brought back after it was stopped: a schedule goes on with its next time, what is said
    /// once keeps `once`. `None` when no time is left.
    #[must_use]
    pub fn resumed(
        &self,
        once: Option<Moment>,
        now: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<Self> {
        let next = match &self.cadence {
            Cadence::Once => once.filter(|moment| moment.instant(zone) > now),
            Cadence::Repeated(schedule) => schedule.next_moment(now, zone, calendar),
        };
        next.map(|next| self.planned_for(Some(next), State::Over, now))
    }

    fn planned_for(&self, next: Option<Moment>, otherwise: State, now: DateTime<Utc>) -> Self {
        Self {
            next,
            turn: self.turn + i64::from(next.is_some()),
            state: if next.is_some() {
                State::Waiting
            } else {
                otherwise
            },
            changed_at: now,
            ..self.clone()
        }
    }
}

/// Why something cannot be a memo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Its time has passed.
    #[error("its time has passed")]
    Past,
    /// It would never be said.
    #[error("it is never due")]
    Never,
    /// It would be said again within [`APART_MINUTES_MIN`].
    #[error("its posts are less than {APART_MINUTES_MIN} minutes apart")]
    TooOften,
}

/// Checks when a memo is to be said; the first time.
///
/// # Errors
/// [`Fault`].
pub fn check(
    when: &When,
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> Result<Moment, Fault> {
    let schedule = match when {
        When::Once(moment) if moment.instant(zone) <= now => return Err(Fault::Past),
        When::Once(moment) => return Ok(*moment),
        When::Repeated(schedule) => schedule,
    };
    let coming: Vec<Moment> = schedule
        .upcoming(now, zone, calendar)
        .take(LOOKED_AT)
        .collect();
    let apart = TimeDelta::minutes(APART_MINUTES_MIN);
    let too_often = coming.windows(2).any(|pair| {
        pair[1].date.and_time(pair[1].time) - pair[0].date.and_time(pair[0].time) < apart
    });
    if too_often {
        return Err(Fault::TooOften);
    }
    coming.first().copied().ok_or(Fault::Never)
}

/// Whether a person may make and stop memos for a place: coordinators for every place, officers and
/// contacts for the talk of their own association.
#[must_use]
pub fn may_write(person: &Person, destination: Destination) -> bool {
    person.coordinator
        || matches!(destination, Destination::Tier1(association) if speaks_for(person, association))
}

/// Whether a person may make memos at all.
#[must_use]
pub fn may_write_any(person: &Person) -> bool {
    person.coordinator || !own(person).is_empty()
}

/// The associations a person speaks for as an officer or a contact, in the office's order.
#[must_use]
pub fn own(person: &Person) -> Vec<AssociationId> {
    let speaking = person
        .memberships
        .iter()
        .filter(|membership| membership.rank != Rank::Member);
    speaking.map(|membership| membership.association).collect()
}

fn speaks_for(person: &Person, association: AssociationId) -> bool {
    person
        .rank_in(association)
        .is_some_and(|rank| rank != Rank::Member)
}

/// Where a memo goes when no channel is named: the desk for coordinators, the talk of the association a
/// person speaks for otherwise. `None` where the person may write none.
#[must_use]
pub fn default_place(person: &Person) -> Option<Destination> {
    if person.coordinator {
        return Some(Destination::Desk);
    }
    let first = own(person).first().copied();
    let most = person.association().filter(|id| speaks_for(person, *id));
    most.or(first).map(Destination::Tier1)
}

/// Whether there still is the place a memo is for. One without a channel is still there: it may get one.
#[must_use]
pub fn place_exists(destination: Destination, office: &Office) -> bool {
    match destination {
        Destination::Tier1(id) | Destination::Feedback(id) => office.association(id).is_some(),
        Destination::Tier2(id) => office.circle(id).is_some(),
        Destination::Desk
        | Destination::Tier3
        | Destination::Progress
        | Destination::Notice
        | Destination::Event => true,
    }
}

#[cfg(test)]
mod tests;
