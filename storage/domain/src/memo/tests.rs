//! Tables of when a memo is said and who may write one.

use super::*;
use crate::{person::Membership, schedule::When};
use chrono_tz::{America::New_York, Asia::Tokyo, Europe::Berlin};

fn at(written: &str) -> DateTime<Utc> {
    written.parse().expect("an instant")
}

fn moment(written: &str) -> Moment {
    let (date, time) = written.split_once(' ').expect("a day and a time");
    Moment {
        date: date.parse().expect("a day"),
        time: time.parse().expect("a time"),
    }
}

fn memo(schedule: Option<&str>) -> Memo {
    let cadence = schedule.map_or(Cadence::Once, |written| {
        Cadence::Repeated(Schedule::parse(written).expect("a schedule"))
    });
    Memo {
        id: MemoId(3),
        revision: 1,
        words: "資料を持ち寄る".to_owned(),
        destination: Destination::Desk,
        cadence,
        next: Some(moment("2026-11-23 09:00:00")),
        turn: 1,
        state: State::Waiting,
        made_by: UserId(21),
        made_at: at("2026-11-20T01:00:00Z"),
        changed_at: at("2026-11-20T01:00:00Z"),
    }
}

#[test]
fn what_was_said_is_planned_again_or_over() {
    for (schedule, zone, said_at, expected) in [
        (None, Tokyo, "2026-11-23T00:00:00Z", None),
        (
            Some("0 9 * * 1"),
            Tokyo,
            "2026-11-23T00:00:00Z",
            Some("2026-11-30 09:00:00"),
        ),
        // Three Mondays away: the next is the one after now, not the one after the first.
        (
            Some("0 9 * * 1"),
            Tokyo,
            "2026-12-10T03:00:00Z",
            Some("2026-12-14 09:00:00"),
        ),
        // Labour Thanksgiving Day moves one Monday, not the week after.
        (
            Some("0 9 * * 1 shift=next"),
            Tokyo,
            "2026-11-20T01:00:00Z",
            Some("2026-11-24 09:00:00"),
        ),
        (
            Some("0 9 * * 1 shift=next"),
            Tokyo,
            "2026-11-24T00:00:00Z",
            Some("2026-11-30 09:00:00"),
        ),
        // A leap day once in four years, the last day of every month.
        (
            Some("0 9 29 2 *"),
            Tokyo,
            "2026-11-20T01:00:00Z",
            Some("2028-02-29 09:00:00"),
        ),
        (
            Some("0 9 L * *"),
            Tokyo,
            "2027-01-31T00:00:00Z",
            Some("2027-02-28 09:00:00"),
        ),
        // The clocks change in between.
        (
            Some("0 9 * * 1"),
            Berlin,
            "2027-03-22T08:00:00Z",
            Some("2027-03-29 09:00:00"),
        ),
        (
            Some("30 1 * * 0"),
            New_York,
            "2026-10-25T05:30:00Z",
            Some("2026-11-01 01:30:00"),
        ),
        (
            Some("30 1 * * 0"),
            New_York,
            "2026-11-01T05:30:00Z",
            Some("2026-11-08 01:30:00"),
        ),
    ] {
        let memo = memo(schedule);
        let next = memo.said(at(said_at), zone, &Calendar::default());
        assert_eq!(next.next, expected.map(moment), "{schedule:?} {said_at}");
        let (state, turn) = match expected {
            Some(_) => (State::Waiting, 2),
            None => (State::Over, 1),
        };
        assert_eq!(
            (next.state, next.turn),
            (state, turn),
            "{schedule:?} {said_at}"
        );
    }
}

#[test]
fn what_was_stopped_goes_on_while_there_is_a_time_left() {
    let calendar = Calendar::default();
    let once = Some(moment("2026-11-23 09:00:00"));
    for (schedule, now, expected) in [
        (None, "2026-11-22T23:59:00Z", Some("2026-11-23 09:00:00")),
        (None, "2026-11-23T00:00:00Z", None),
        (
            Some("0 9 * * 1"),
            "2026-11-25T00:00:00Z",
            Some("2026-11-30 09:00:00"),
        ),
    ] {
        let stopped = memo(schedule).ended(State::Stopped, at("2026-11-20T02:00:00Z"));
        assert_eq!(
            (stopped.next, stopped.state, stopped.turn),
            (None, State::Stopped, 1)
        );
        let resumed = stopped.resumed(once, at(now), Tokyo, &calendar);
        assert_eq!(
            resumed.as_ref().and_then(|memo| memo.next),
            expected.map(moment),
            "{now}"
        );
        if let Some(resumed) = resumed {
            // Another turn: the occurrence that was taken back keeps its key.
            assert_eq!((resumed.state, resumed.turn), (State::Waiting, 2));
        }
    }
}

#[test]
fn a_memo_comes_at_most_once_an_hour_and_at_least_once() {
    let now = at("2026-11-20T01:00:00Z");
    let repeated = |written: &str| When::Repeated(Schedule::parse(written).expect("a schedule"));
    for (when, expected) in [
        (repeated("* * * * *"), Err(Fault::TooOften)),
        (repeated("*/59 9 * * *"), Err(Fault::TooOften)),
        (repeated("0,30 9 1 1 *"), Err(Fault::TooOften)),
        // 23:30 and 0:00 of the next day.
        (repeated("30 23 * * *"), Ok("2026-11-20 23:30:00")),
        (repeated("0 * * * *"), Ok("2026-11-20 11:00:00")),
        (repeated("0 9,15 * * *"), Ok("2026-11-20 15:00:00")),
        (repeated("0 9 29 2 *"), Ok("2028-02-29 09:00:00")),
        (When::Once(moment("2026-11-20 10:00:00")), Err(Fault::Past)),
        (
            When::Once(moment("2026-11-20 10:01:00")),
            Ok("2026-11-20 10:01:00"),
        ),
    ] {
        let found = check(&when, now, Tokyo, &Calendar::default());
        assert_eq!(found, expected.map(moment), "{when:?}");
    }
}

fn person(coordinator: bool, memberships: &[(i64, Rank)]) -> Person {
    Person {
        user: UserId(1),
        coordinator,
        adviser: false,
        observer: false,
        administrator: true,
        memberships: memberships
            .iter()
            .map(|(association, rank)| Membership {
                association: AssociationId(*association),
                rank: *rank,
                contact: *rank == Rank::Contact,
            })
            .collect(),
    }
}

#[test]
fn everybody_writes_for_the_places_that_are_theirs() {
    let own = Destination::Tier1(AssociationId(3));
    let other = Destination::Tier1(AssociationId(4));
    let region = Destination::Tier3;
    for (who, default, writes) in [
        (
            person(true, &[]),
            Some(Destination::Desk),
            [true, true, true],
        ),
        (
            person(true, &[(3, Rank::Officer)]),
            Some(Destination::Desk),
            [true, true, true],
        ),
        (
            person(false, &[(3, Rank::Officer)]),
            Some(own),
            [true, false, false],
        ),
        (
            person(false, &[(3, Rank::Contact)]),
            Some(own),
            [true, false, false],
        ),
        (
            person(false, &[(3, Rank::Member)]),
            None,
            [false, false, false],
        ),
        (
            person(false, &[(4, Rank::Member), (3, Rank::Contact)]),
            Some(own),
            [true, false, false],
        ),
        (
            person(false, &[(3, Rank::Contact), (4, Rank::Officer)]),
            Some(other),
            [true, true, false],
        ),
        (person(false, &[]), None, [false, false, false]),
    ] {
        assert_eq!(default_place(&who), default, "{who:?}");
        assert_eq!(may_write_any(&who), default.is_some(), "{who:?}");
        let found = [own, other, region].map(|place| may_write(&who, place));
        assert_eq!(found, writes, "{who:?}");
    }
}
