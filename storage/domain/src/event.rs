//! Events (イベント): what a session becomes in the server's own list of events, where its audience
//! allows (DESIGN section 4).
//!
//! An event that takes place elsewhere than in a channel is seen by every member of the server, whatever
//! roles they have (Discord, resources/guild-scheduled-event). So only a session of tier 3, which is
//! public, ever becomes one: never one of tier 1, and none of tier 2, whose circle is not the server.
//!
//! An event follows its session and not the other way round. What somebody changes about it in Discord
//! is told to the desk ([`Hand`]), which decides.
//!
//! ```
//! use domain::event::Policy;
//! assert_eq!(Policy::from_code("never"), Some(Policy::Never));
//! assert_eq!(Policy::default(), Policy::Never);
//! ```

use crate::{
    occurrence::Moment,
    server::{Server, permission},
    session::{Session, State},
    tier::Tier,
};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Longest name, in UTF-16 units (Discord, resources/guild-scheduled-event; so are the next two).
pub const NAME_UNITS_MAX: usize = 100;
/// Longest description.
pub const DESCRIPTION_UNITS_MAX: usize = 1_000;
/// Longest place.
pub const PLACE_UNITS_MAX: usize = 100;
/// How long a session lasts of which nobody has said the end, in hours: Discord asks for one.
pub const HOURS_ASSUMED: i64 = 2;
/// An event is made only when it begins this much later: Discord takes none that has begun.
pub const AHEAD_SECONDS_MIN: i64 = 60;

/// Which sessions become events: the setting `session_event`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Those of tier 3, which are public.
    Tier3,
    /// None: until the office says otherwise, because an event is seen by people without any role too.
    #[default]
    Never,
}

crate::codes!(Policy { Tier3 = "tier3", Never = "never" });

/// From when to when an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its beginning.
    pub start: DateTime<Utc>,
    /// Its end, after the beginning.
    pub end: DateTime<Utc>,
}

/// What is to become of the event of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It stands in the server's list.
    Stand(Span),
    /// It was held, or its time is over.
    Complete,
    /// It was called off, and those who wanted to come learn of it.
    Cancel,
    /// Nothing of it stands there: it may not be seen by everybody, or nobody wants it there.
    Remove,
}

/// What somebody did to an event by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// It says something else than the session.
    Changed,
    /// It was deleted, called off or ended before its time.
    Deleted,
}

crate::codes!(Hand { Changed = "changed", Deleted = "deleted" });

/// A part of an event that may differ from its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What it is called.
    Name,
    /// When it begins or ends.
    Time,
    /// Where.
    Place,
    /// What is said of it.
    Description,
}

crate::codes!(Part {
    Name = "name",
    Time = "time",
    Place = "place",
    Description = "description",
});

/// Whether a session may be seen by everybody in the server, and is one that people can still come to
/// as far as its state says.
#[must_use]
pub fn is_announced(session: &Session) -> bool {
    session.tier == Tier::Three
        && session.state == State::Planned
        && !session.retracted
        && session.date.is_some()
}

/// What is to become of a session's event now.
#[must_use]
pub fn course(session: &Session, policy: Policy, zone: Tz, now: DateTime<Utc>) -> Course {
    let public = session.tier == Tier::Three && !session.retracted && policy == Policy::Tier3;
    match (public, session.state, span(session, zone)) {
        (false, ..) | (true, State::Draft, _) | (true, State::Planned, None) => Course::Remove,
        (true, State::Cancelled, _) => Course::Cancel,
        (true, State::Held, _) => Course::Complete,
        (true, State::Planned, Some(span)) if span.end <= now => Course::Complete,
        (true, State::Planned, Some(span)) => Course::Stand(span),
    }
}

/// From when to when a session is, as far as Discord has to know: the whole day where nobody has said a
/// time, [`HOURS_ASSUMED`] where nobody has said the end. `None` without a day.
#[must_use]
pub fn span(session: &Session, zone: Tz) -> Option<Span> {
    let date = session.date?;
    let at = |time| Moment { date, time }.instant(zone);
    let day_end = NaiveTime::from_hms_opt(23, 59, 0).expect("the last minute of a day");
    let (start, end) = match (session.start, session.end) {
        (None, _) => (at(NaiveTime::MIN), at(day_end)),
        (Some(start), None) => (at(start), at(start) + TimeDelta::hours(HOURS_ASSUMED)),
        (Some(start), Some(end)) => (at(start), at(end)),
    };
    // Where a clock change swallows the whole time, it still has a length.
    Some(Span {
        start,
        end: end.max(start + TimeDelta::minutes(1)),
    })
}

impl Span {
    /// Whether an event of this span can still be made.
    #[must_use]
    pub fn lies_ahead(self, now: DateTime<Utc>) -> bool {
        self.start >= now + TimeDelta::seconds(AHEAD_SECONDS_MIN)
    }
}

/// Whether the bot may make events in a server: 「イベントを作成」, of the server as a whole.
#[must_use]
pub fn may_announce(server: &Server) -> bool {
    server.own_rights() & permission::CREATE_EVENTS != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{SessionId, UserId};
    use crate::session::{Kind, Role};
    use chrono::{NaiveDate, TimeZone};
    use chrono_tz::{Asia::Tokyo, Europe::Berlin};

    fn time(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).expect("a time")
    }

    fn council() -> Session {
        Session {
            id: SessionId(3),
            revision: 1,
            tier: Tier::Three,
            kind: Kind::Council,
            state: State::Planned,
            title: "推進協議会".to_owned(),
            number: Some(1),
            fiscal_year: None,
            date: NaiveDate::from_ymd_opt(2026, 12, 1),
            start: Some(time(14, 0)),
            end: Some(time(15, 30)),
            purpose: None,
            method: None,
            role: Role::Host,
            place: None,
            people: None,
            date_revision: 1,
            moved_from: None,
            reason: None,
            associations: Vec::new(),
            agenda: Vec::new(),
            planned_by: UserId(22),
            created_at: DateTime::UNIX_EPOCH,
            changed_at: DateTime::UNIX_EPOCH,
            retracted: false,
        }
    }

    fn before() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 20, 1, 0, 0).unwrap()
    }

    #[test]
    fn only_a_public_session_that_is_planned_stands() {
        let of = |change: &dyn Fn(&mut Session), policy| {
            let mut session = council();
            change(&mut session);
            course(&session, policy, Tokyo, before())
        };
        let stands = of(&|_| {}, Policy::Tier3);
        let start = Utc.with_ymd_and_hms(2026, 12, 1, 5, 0, 0).unwrap();
        let end = start + TimeDelta::minutes(90);
        assert_eq!(stands, Course::Stand(Span { start, end }));
        assert_eq!(of(&|_| {}, Policy::Never), Course::Remove);
        for tier in [Tier::One, Tier::Two] {
            for state in [State::Draft, State::Planned, State::Held, State::Cancelled] {
                let change = |session: &mut Session| (session.tier, session.state) = (tier, state);
                assert_eq!(
                    of(&change, Policy::Tier3),
                    Course::Remove,
                    "{tier:?} {state:?}"
                );
            }
        }
        let with = |state| move |session: &mut Session| session.state = state;
        assert_eq!(of(&with(State::Draft), Policy::Tier3), Course::Remove);
        assert_eq!(of(&with(State::Cancelled), Policy::Tier3), Course::Cancel);
        assert_eq!(of(&with(State::Held), Policy::Tier3), Course::Complete);
        assert_eq!(of(&|s| s.retracted = true, Policy::Tier3), Course::Remove);
        assert_eq!(of(&|s| s.date = None, Policy::Tier3), Course::Remove);
    }

    #[test]
    fn what_is_over_is_no_event_any_more() {
        let end = Utc.with_ymd_and_hms(2026, 12, 1, 6, 30, 0).unwrap();
        let at = |now| course(&council(), Policy::Tier3, Tokyo, now);
        assert!(matches!(at(end - TimeDelta::seconds(1)), Course::Stand(_)));
        assert_eq!(at(end), Course::Complete);
    }

    #[test]
    fn what_nobody_said_about_the_time_is_assumed() {
        let of = |start, end, zone| {
            let mut session = council();
            (session.start, session.end) = (start, end);
            let span = span(&session, zone).expect("it has a day");
            (span.end - span.start).num_minutes()
        };
        assert_eq!(of(Some(time(14, 0)), None, Tokyo), 120);
        assert_eq!(of(Some(time(23, 0)), None, Tokyo), 120);
        assert_eq!(of(None, None, Tokyo), 23 * 60 + 59);
        // The night on which the clock is put forward has no hour from two to three.
        let mut night = council();
        night.date = NaiveDate::from_ymd_opt(2027, 3, 28);
        (night.start, night.end) = (Some(time(2, 10)), Some(time(2, 50)));
        let span = span(&night, Berlin).expect("it has a day");
        assert!(span.end > span.start, "{span:?}");
    }

    #[test]
    fn what_has_begun_cannot_be_made() {
        let span = span(&council(), Tokyo).expect("it has a day");
        assert!(span.lies_ahead(before()));
        assert!(span.lies_ahead(span.start - TimeDelta::seconds(AHEAD_SECONDS_MIN)));
        assert!(!span.lies_ahead(span.start - TimeDelta::seconds(AHEAD_SECONDS_MIN - 1)));
    }
}
