//! What becomes of a session: who is told, how it moves, when people are reminded.

use super::*;
use crate::{
    audience::Destination, calendar::Calendar, id::CircleId, occurrence::Moment, office::Circle,
    review::Leads,
};
use chrono_tz::Asia::Tokyo;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn at(hour: u32, minute: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// Associations 1 and 2 have a channel, 3 and 4 none; circles of 1, 2, 3 and of 1, 2.
fn channelled() -> Office {
    let mut office = office(AdviserGrant::default());
    for id in [0, 1] {
        office.associations[id].channel = Some(ChannelId(11 + id as u64));
    }
    let circle = |id: i64, of: &[i64]| Circle {
        id: CircleId(id),
        channel: ChannelId(100 + id.unsigned_abs()),
        associations: of.iter().copied().map(AssociationId).collect(),
        fixed: false,
    };
    office.circles = vec![circle(1, &[1, 2, 3]), circle(2, &[1, 2])];
    office
}

#[test]
fn people_are_told_where_they_belong_and_the_desk_where_nobody_does() {
    let one = |id| Destination::Tier1(AssociationId(id));
    let circle = |id| Destination::Tier2(CircleId(id));
    let office = channelled();
    for (tier, of, expected) in [
        (Tier::One, &[1][..], vec![one(1)]),
        (Tier::One, &[2, 1], vec![one(1), one(2)]),
        (Tier::One, &[3], vec![Destination::Desk]),
        (Tier::One, &[3, 1, 4], vec![Destination::Desk, one(1)]),
        (Tier::One, &[9], vec![Destination::Desk]),
        (Tier::One, &[], vec![Destination::Desk]),
        (Tier::Two, &[1, 2], vec![circle(2)]),
        (Tier::Two, &[1], vec![circle(2)]),
        (Tier::Two, &[1, 3], vec![circle(1)]),
        (Tier::Two, &[1, 4], vec![Destination::Desk]),
        (Tier::Two, &[], vec![Destination::Desk]),
        (Tier::Three, &[], vec![Destination::Tier3]),
        (Tier::Three, &[1], vec![Destination::Tier3]),
    ] {
        let found = session(tier, of).destinations(&office);
        assert_eq!(found, expected, "{tier:?} {of:?}");
    }
    let mut without = channelled();
    without.channels.clear();
    assert_eq!(
        session(Tier::Three, &[]).destinations(&without),
        [Destination::Desk]
    );
}

#[test]
fn whoever_reads_the_channel_of_a_circle_is_told_but_not_of_drafts() {
    let office = channelled();
    // The circle of 1, 2, 3 is the narrowest that holds 1 and 3; 2 reads it too.
    let of = session(Tier::Two, &[1, 3]);
    let person = |association: i64| {
        let roles = [role(association, Rank::Member)];
        office.person(UserId(1), &roles, false)
    };
    for (association, told) in [(1, true), (2, true), (3, true), (4, false)] {
        assert_eq!(of.is_told_to(&person(association), &office), told);
    }
    for hidden in [
        Session {
            state: State::Draft,
            ..of.clone()
        },
        Session {
            retracted: true,
            ..of
        },
    ] {
        assert!(!hidden.is_told_to(&person(1), &office));
    }
}

#[test]
fn a_session_moves_with_its_hours_and_counts_its_dates() {
    let today = day("2026-11-20");
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(1);
    let planned = Session {
        start: at(14, 0),
        end: at(15, 30),
        ..session(Tier::One, &[1])
    };
    let go = |of: &Session, date: &str, start| {
        of.moved(
            (day(date), start),
            Some("会場の都合".to_owned()),
            4,
            (today, now),
        )
    };
    let moved = go(&planned, "2026-12-08", None).expect("it moves");
    assert_eq!((moved.start, moved.end), (at(14, 0), at(15, 30)));
    assert_eq!((moved.number, moved.date_revision), (Some(1), 2));
    let former = Former {
        date: day("2026-12-01"),
        start: at(14, 0),
    };
    assert_eq!(moved.moved_from, Some(former));
    assert_eq!(moved.reason.as_deref(), Some("会場の都合"));
    // Later the same day: the end follows, unless that would be the next day.
    let later = go(&planned, "2026-12-01", at(18, 0)).expect("it moves");
    assert_eq!((later.start, later.end), (at(18, 0), at(19, 30)));
    let late = go(&planned, "2026-12-01", at(23, 0)).expect("it moves");
    assert_eq!((late.start, late.end), (at(23, 0), None));
    // Another fiscal year has numbers of its own.
    let year = go(&planned, "2027-04-02", None).expect("it moves");
    assert_eq!(year.number, None);
    assert_eq!(year.fiscal_year, Some(FiscalYear::starting_in(2027)));
    // A day that has passed was the day it was held.
    let past = go(&planned, "2026-11-19", None).expect("it moves");
    assert_eq!(past.state, State::Held);
    assert_eq!(go(&planned, "2026-12-01", None), Err(Standstill::Unmoved));
    assert_eq!(
        go(&planned, "2026-12-01", at(14, 0)),
        Err(Standstill::Unmoved)
    );
    let draft = Session {
        state: State::Draft,
        date: Some(day("2026-12-01")),
        number: None,
        fiscal_year: None,
        ..planned.clone()
    };
    let settled = go(&draft, "2026-12-01", None).expect("a draft is planned by it");
    assert_eq!((settled.state, settled.moved_from), (State::Planned, None));
    for (state, expected) in [
        (State::Held, Standstill::Held),
        (State::Cancelled, Standstill::Cancelled),
    ] {
        let still = Session {
            state,
            ..planned.clone()
        };
        assert_eq!(go(&still, "2026-12-08", None), Err(expected));
        assert_eq!(still.cancelled("なし".to_owned(), now), Err(expected));
    }
}

#[test]
fn only_what_has_come_can_have_been_held() {
    let now = DateTime::UNIX_EPOCH;
    for (state, date, today, expected) in [
        (
            State::Planned,
            Some("2026-12-01"),
            "2026-11-30",
            Err(Standstill::Ahead),
        ),
        (
            State::Planned,
            Some("2026-12-01"),
            "2026-12-01",
            Ok(State::Held),
        ),
        (
            State::Planned,
            Some("2026-12-01"),
            "2027-01-10",
            Ok(State::Held),
        ),
        (State::Planned, None, "2026-12-01", Err(Standstill::Ahead)),
        (
            State::Held,
            Some("2026-12-01"),
            "2026-12-02",
            Ok(State::Held),
        ),
        (
            State::Cancelled,
            Some("2026-12-01"),
            "2026-12-02",
            Err(Standstill::Cancelled),
        ),
        (State::Draft, None, "2026-12-02", Err(Standstill::Draft)),
    ] {
        let of = Session {
            state,
            date: date.map(day),
            ..session(Tier::Three, &[])
        };
        let found = of.held((day(today), now)).map(|held| held.state);
        assert_eq!(found, expected, "{state:?} {date:?} {today}");
    }
}

#[test]
fn only_what_is_still_to_come_is_told() {
    let today = day("2026-12-01");
    for (state, date, retracted, ahead) in [
        (State::Planned, Some("2026-12-01"), false, true),
        (State::Planned, Some("2026-11-30"), false, false),
        (State::Planned, Some("2026-12-02"), true, false),
        (State::Planned, None, false, false),
        (State::Draft, Some("2026-12-02"), false, false),
        (State::Held, Some("2026-12-02"), false, false),
        (State::Cancelled, Some("2026-12-02"), false, false),
    ] {
        let of = Session {
            state,
            date: date.map(day),
            retracted,
            ..session(Tier::Three, &[])
        };
        assert_eq!(of.is_ahead(today), ahead, "{state:?} {date:?} {retracted}");
    }
}

#[test]
fn reminders_come_on_business_days_and_the_desk_asks_on_the_next() {
    let calendar = Calendar::default();
    let leads = Leads::default()
        .with_before("7日前、1日前")
        .expect("good leads");
    let now = "2026-10-20T00:00:00Z".parse().expect("an instant");
    // Wednesday after the holiday of Tuesday the third.
    let of = Session {
        date: Some(day("2026-11-04")),
        ..session(Tier::One, &[1])
    };
    let found: Vec<String> = of
        .reminders(&leads, &calendar, Tokyo, now)
        .iter()
        .map(|(lead, moment)| format!("{lead} {} {}", moment.date, moment.time))
        .collect();
    assert_eq!(found, ["7d 2026-10-28 09:00:00", "1d 2026-11-02 09:00:00"]);
    let nine = at(9, 0).expect("a time");
    for (held_on, asked_on) in [
        ("2026-11-02", "2026-11-04"),
        ("2026-11-04", "2026-11-05"),
        ("2026-11-06", "2026-11-09"),
        ("2026-12-28", "2027-01-04"),
    ] {
        let asked = remembered(day(held_on), nine, &calendar);
        let expected = Moment {
            date: day(asked_on),
            time: nine,
        };
        assert_eq!(asked, Some(expected), "{held_on}");
    }
    let undated = Session { date: None, ..of };
    assert!(undated.reminders(&leads, &calendar, Tokyo, now).is_empty());
}
