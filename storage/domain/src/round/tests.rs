//! Tables of the yearly round.

use super::*;
use crate::office::Talk;
use chrono_tz::Asia::Tokyo;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn nine() -> NaiveTime {
    NaiveTime::from_hms_opt(9, 0, 0).expect("nine is a time")
}

fn at(written: &str) -> DateTime<Utc> {
    written.parse().expect("an instant")
}

fn association(id: i64) -> Association {
    Association {
        id: AssociationId(id),
        name: format!("団体{id}"),
        professions: Vec::new(),
        scopes: Vec::new(),
        channel: None,
        feedback: None,
        officers: None,
        contacts: None,
        members: None,
        talk: Talk::Officers,
        fixed: false,
    }
}

#[test]
fn the_council_is_proposed_on_the_first_business_day_of_the_year() {
    for (now, start, year, expected) in [
        ("2026-11-20T01:00:00Z", 4, 2027, "2027-04-01"),
        // 1 April 2028 is a Saturday.
        ("2027-04-01T00:00:00Z", 4, 2028, "2028-04-03"),
        ("2028-04-02T23:59:59Z", 4, 2028, "2028-04-03"),
        ("2028-04-03T00:00:00Z", 4, 2029, "2029-04-02"),
        // New Year's holidays: an office whose year begins in January.
        ("2026-11-20T01:00:00Z", 1, 2027, "2027-01-04"),
        ("2027-01-02T01:00:00Z", 1, 2027, "2027-01-04"),
    ] {
        let (found, moment) = next_council(start, nine(), at(now), Tokyo, &Calendar::default());
        assert_eq!(
            (found.western(), moment.date),
            (year, day(expected)),
            "{now} {start}"
        );
        assert_eq!(moment.time, nine());
    }
}

#[test]
fn councils_meet_in_may_and_june() {
    for (start, begins, ends) in [
        (4, "2027-05-01", "2027-06-30"),
        (1, "2027-02-01", "2027-03-31"),
        (11, "2027-12-01", "2028-01-31"),
    ] {
        let found = council_season(FiscalYear::starting_in(2027), start);
        assert_eq!(found, (day(begins), day(ends)), "{start}");
    }
}

#[test]
fn the_adviser_is_asked_for_when_the_interval_has_passed_and_nothing_is_planned() {
    let span = |last: Option<&str>, next: Option<&str>| Span {
        last: last.map(day),
        next: next.map(day),
    };
    let today = day("2026-11-24");
    for (meetings, every, expected) in [
        (span(None, None), Some(3), true),
        (span(None, None), None, false),
        (span(Some("2026-08-24"), None), Some(3), true),
        (span(Some("2026-08-25"), None), Some(3), false),
        (span(Some("2026-08-24"), None), Some(6), false),
        (span(Some("2026-08-24"), None), None, false),
        (span(Some("2020-01-01"), Some("2026-12-01")), Some(3), false),
        // The end of a short month.
        (span(Some("2026-10-31"), None), Some(1), false),
    ] {
        assert_eq!(
            adviser_is_due(meetings, every, today),
            expected,
            "{meetings:?} {every:?}"
        );
    }
}

#[test]
fn who_was_never_met_comes_first_and_at_most_three_are_named() {
    let associations: Vec<Association> = (1..=6).map(association).collect();
    let talks = BTreeMap::from([
        (
            AssociationId(1),
            Span {
                last: Some(day("2026-03-01")),
                next: None,
            },
        ),
        (
            AssociationId(2),
            Span {
                last: Some(day("2024-06-01")),
                next: None,
            },
        ),
        (
            AssociationId(3),
            Span {
                last: None,
                next: Some(day("2027-01-20")),
            },
        ),
        (
            AssociationId(5),
            Span {
                last: Some(day("2023-06-01")),
                next: None,
            },
        ),
    ]);
    let today = day("2026-11-24");
    let named = |associations: &[Association]| -> Vec<(i64, bool)> {
        unmet(associations, &talks, today)
            .iter()
            .map(|unmet| (unmet.association.0, unmet.last.is_none()))
            .collect()
    };
    assert_eq!(named(&associations), [(4, true), (6, true), (5, false)]);
    assert_eq!(named(&associations[..3]), [(2, false)]);
    assert_eq!(named(&[]), []);
    assert_eq!(met_since(&talks, day("2026-04-01")), 1);
    assert_eq!(met_since(&talks, day("2026-03-01")), 2);
}

#[test]
fn each_quarter_has_one_first_moment() {
    let (calendar, zone) = (Calendar::default(), Tokyo);
    for (written, start) in [
        ("0 9 * * 1 shift=next", 4),
        ("0 9 * * 1", 1),
        ("0 9 15 * *", 4),
        ("0 9 * * *", 10),
    ] {
        let schedule = Schedule::parse(written).expect("a schedule");
        let moments = schedule.upcoming(at("2026-12-31T15:00:00Z"), zone, &calendar);
        let first: Vec<NaiveDate> = moments
            .take_while(|moment| moment.date < day("2028-01-01"))
            .filter(|moment| {
                is_first_of_quarter(*moment, moment.date, &schedule, start, zone, &calendar)
            })
            .map(|moment| moment.date)
            .collect();
        assert_eq!(first.len(), 4, "{written} {start}: {first:?}");
    }
    let weekly = Schedule::parse("0 9 * * 1 shift=next").expect("a schedule");
    for (date, said, expected) in [
        ("2027-01-04", "2027-01-04", true),
        ("2027-01-12", "2027-01-12", false),
        ("2027-03-29", "2027-03-29", false),
        ("2027-04-05", "2027-04-05", true),
        // Late: within the quarter, and over the turn of one.
        ("2027-01-12", "2027-02-12", false),
        ("2027-01-18", "2027-04-05", true),
        ("2027-01-18", "2027-06-30", true),
    ] {
        let moment = Moment {
            date: day(date),
            time: nine(),
        };
        assert_eq!(
            is_first_of_quarter(moment, day(said), &weekly, 4, zone, &calendar),
            expected,
            "{date} {said}"
        );
    }
}
