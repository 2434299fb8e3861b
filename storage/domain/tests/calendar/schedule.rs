//! Schedules: what is accepted, what is refused, when it is due.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::{America::New_York, Asia::Tokyo, Europe::Berlin, Pacific::Apia, Tz};
use domain::{
    calendar::{Calendar, ClosedDays, Overrides, Shift},
    occurrence::Moment,
    schedule::{Field, SCHEDULE_BYTES_MAX, Schedule, ScheduleFault},
};
use proptest::prelude::*;
use rstest::rstest;

fn instant(written: &str) -> DateTime<Utc> {
    written.parse().expect("the tests name real instants")
}

fn schedule(written: &str) -> Schedule {
    Schedule::parse(written).unwrap_or_else(|fault| panic!("{written}: {fault}"))
}

/// The next firings on the wall of a zone, with the instants they are.
fn due(written: &str, after: &str, zone: Tz, count: usize) -> Vec<String> {
    let (schedule, calendar) = (schedule(written), Calendar::default());
    std::iter::successors(Some(instant(after)), |after| {
        schedule.next(*after, zone, &calendar)
    })
    .skip(1)
    .take(count)
    .map(|due| {
        due.with_timezone(&zone)
            .format("%Y-%m-%d %H:%M %z")
            .to_string()
    })
    .collect()
}

#[rstest]
#[case::nine_in_the_morning("0 9 * * *", &["2026-11-21 09:00 +0900", "2026-11-22 09:00 +0900"])]
#[case::monday("0 9 * * 1", &["2026-11-23 09:00 +0900", "2026-11-30 09:00 +0900"])]
#[case::sunday_is_nought("0 9 * * 0", &["2026-11-22 09:00 +0900", "2026-11-29 09:00 +0900"])]
#[case::sunday_is_seven("0 9 * * 7", &["2026-11-22 09:00 +0900", "2026-11-29 09:00 +0900"])]
#[case::second_tuesday("0 14 8-14 * 2", &["2026-12-08 14:00 +0900", "2027-01-12 14:00 +0900"])]
#[case::second_tuesday_by_place("0 14 * * TUE#2", &["2026-12-08 14:00 +0900", "2027-01-12 14:00 +0900"])]
#[case::last_day("0 17 L * *", &["2026-11-30 17:00 +0900", "2026-12-31 17:00 +0900", "2027-01-31 17:00 +0900", "2027-02-28 17:00 +0900"])]
#[case::last_friday("0 17 * * 5L", &["2026-11-27 17:00 +0900", "2026-12-25 17:00 +0900"])]
#[case::first_business_day("0 9 B1 * *", &["2026-12-01 09:00 +0900", "2027-01-04 09:00 +0900", "2027-02-01 09:00 +0900"])]
#[case::last_business_day("0 9 BL * *", &["2026-11-30 09:00 +0900", "2026-12-28 09:00 +0900", "2027-01-29 09:00 +0900"])]
#[case::every_business_day("0 9 B * *", &["2026-11-24 09:00 +0900", "2026-11-25 09:00 +0900"])]
#[case::other_weeks("0 9 * * 2 weeks=2 from=2026-11-24", &["2026-11-24 09:00 +0900", "2026-12-08 09:00 +0900", "2026-12-22 09:00 +0900", "2027-01-05 09:00 +0900"])]
#[case::weeks_that_began_long_ago("0 9 * * 2,5 weeks=2 from=2026-11-13", &["2026-11-24 09:00 +0900", "2026-11-27 09:00 +0900", "2026-12-08 09:00 +0900"])]
#[case::leap_day("0 9 29 2 *", &["2028-02-29 09:00 +0900", "2032-02-29 09:00 +0900"])]
#[case::leap_day_on_a_monday("0 9 29 2 1", &["2044-02-29 09:00 +0900", "2072-02-29 09:00 +0900"])]
#[case::turn_of_the_year("59 23 31 12 *", &["2026-12-31 23:59 +0900", "2027-12-31 23:59 +0900"])]
#[case::six_fields("30 0 9 * * *", &["2026-11-21 09:00 +0900"])]
#[case::named("@monthly", &["2026-12-01 00:00 +0900", "2027-01-01 00:00 +0900"])]
#[case::in_any_width("０　９　＊　＊　ｍｏｎ", &["2026-11-23 09:00 +0900"])]
fn a_schedule_is_due_when_it_says(#[case] written: &str, #[case] expected: &[&str]) {
    assert_eq!(
        due(written, "2026-11-20T10:00:00Z", Tokyo, expected.len()),
        expected
    );
}

#[rstest]
// The monthly post: the first business day, written both ways; the turn of a year.
#[case("0 9 1 * * shift=next", &["2026-12-01 09:00 +0900", "2027-01-04 09:00 +0900", "2027-02-01 09:00 +0900"])]
#[case("0 9 L * * shift=previous", &["2026-11-30 09:00 +0900", "2026-12-28 09:00 +0900", "2027-01-29 09:00 +0900"])]
#[case("0 9 3 5 * shift=next", &["2027-05-06 09:00 +0900"])]
// Saturday, Sunday and Monday the holiday come together on Tuesday, with their times in order.
#[case("0 9,14 21-24 11 * shift=next", &["2026-11-24 09:00 +0900", "2026-11-24 14:00 +0900", "2027-11-22 09:00 +0900"])]
#[case("0 9,14 21-24 11 * shift=previous", &["2026-11-24 09:00 +0900", "2026-11-24 14:00 +0900", "2027-11-19 09:00 +0900"])]
fn what_falls_on_a_day_off_moves(#[case] written: &str, #[case] expected: &[&str]) {
    assert_eq!(
        due(written, "2026-11-20T10:00:00Z", Tokyo, expected.len()),
        expected
    );
}

#[rstest]
// The gap in Berlin from 2 to 3 on 29 March: due once at its end, with what is due there anyway.
#[case("30 2 * * *", Berlin, "2026-03-28T12:00:00Z", &["2026-03-29 03:00 +0200", "2026-03-30 02:30 +0200"])]
#[case("0,15,30 2-3 * * *", Berlin, "2026-03-29T00:30:00Z", &["2026-03-29 03:00 +0200", "2026-03-29 03:15 +0200", "2026-03-29 03:30 +0200"])]
// The doubled hour in Berlin on 25 October: the first time only.
#[case("30 2 * * *", Berlin, "2026-10-24T12:00:00Z", &["2026-10-25 02:30 +0200", "2026-10-26 02:30 +0100"])]
#[case("30 2 * * *", Berlin, "2026-10-25T00:45:00Z", &["2026-10-26 02:30 +0100"])]
#[case("*/30 * * * *", Berlin, "2026-10-25T00:00:00Z", &["2026-10-25 02:30 +0200", "2026-10-25 03:00 +0100"])]
#[case("15 1 * * *", New_York, "2026-11-01T00:00:00Z", &["2026-11-01 01:15 -0400", "2026-11-02 01:15 -0500"])]
#[case("0 2 * * 0", New_York, "2026-03-07T00:00:00Z", &["2026-03-08 03:00 -0400", "2026-03-15 02:00 -0400"])]
// A day that a country left out altogether.
#[case("0 9 * * *", Apia, "2011-12-29T12:00:00Z", &["2011-12-29 09:00 -1000", "2011-12-31 00:00 +1400", "2011-12-31 09:00 +1400"])]
fn a_clock_change_neither_loses_nor_doubles(
    #[case] written: &str,
    #[case] zone: Tz,
    #[case] after: &str,
    #[case] expected: &[&str],
) {
    assert_eq!(due(written, after, zone, expected.len()), expected);
}

#[rstest]
#[case("", ScheduleFault::FieldCount(0))]
#[case("0 9 * *", ScheduleFault::FieldCount(4))]
#[case("0 0 9 * * * 2027", ScheduleFault::FieldCount(7))]
#[case("0 9 30 2 *", ScheduleFault::Never)]
#[case("0 9 31 4,6,9,11 *", ScheduleFault::Never)]
#[case("0 9 1-7 * 5L", ScheduleFault::Never)]
#[case("* 0 9 * * *", ScheduleFault::TooOften)]
#[case("0,30 0 9 * * *", ScheduleFault::TooOften)]
#[case("0 9 B1 * 1", ScheduleFault::BusinessDayAndWeekday)]
#[case("0 24 * * *", ScheduleFault::OutOfRange { field: Field::Hour, value: 24, least: 0, most: 23 })]
#[case("60 9 * * *", ScheduleFault::OutOfRange { field: Field::Minute, value: 60, least: 0, most: 59 })]
#[case("0 9 0 * *", ScheduleFault::OutOfRange { field: Field::Day, value: 0, least: 1, most: 31 })]
#[case("0 9 * 13 *", ScheduleFault::OutOfRange { field: Field::Month, value: 13, least: 1, most: 12 })]
#[case("0 9 * * 8", ScheduleFault::OutOfRange { field: Field::Weekday, value: 8, least: 0, most: 7 })]
#[case("0 9 * * 2#6", ScheduleFault::OutOfRange { field: Field::Weekday, value: 6, least: 1, most: 5 })]
#[case("0 9 B16 * *", ScheduleFault::OutOfRange { field: Field::Day, value: 16, least: 1, most: 15 })]
#[case("0 22-2 * * *", ScheduleFault::Backwards(Field::Hour, "22-2".to_owned()))]
#[case("0 9 * * fri-mon", ScheduleFault::Backwards(Field::Weekday, "FRI-MON".to_owned()))]
#[case("*/0 9 * * *", ScheduleFault::Step(Field::Minute, "*/0".to_owned()))]
#[case("*/90 9 * * *", ScheduleFault::Step(Field::Minute, "*/90".to_owned()))]
#[case("0 9 * * L", ScheduleFault::Unreadable(Field::Weekday, "L".to_owned()))]
#[case("0 9 1, * *", ScheduleFault::Unreadable(Field::Day, String::new()))]
#[case("0 +9 * * *", ScheduleFault::Unreadable(Field::Hour, "+9".to_owned()))]
#[case("? 9 * * *", ScheduleFault::Unreadable(Field::Minute, "?".to_owned()))]
#[case("0 9 * * foo", ScheduleFault::Unreadable(Field::Weekday, "FOO".to_owned()))]
#[case("0 9 * * * shift=up", ScheduleFault::Option("SHIFT=UP".to_owned()))]
#[case("0 9 * * * shift=next shift=next", ScheduleFault::Option("SHIFT=NEXT".to_owned()))]
#[case("0 9 * * * colour=red", ScheduleFault::Option("COLOUR=RED".to_owned()))]
#[case("0 9 * * 2 weeks=1 from=2026-11-24", ScheduleFault::Option("WEEKS=1".to_owned()))]
#[case("0 9 * * 2 weeks=2", ScheduleFault::Weeks)]
#[case("0 9 1 * * weeks=2 from=2026-11-24", ScheduleFault::Weeks)]
#[case("0 9 * * 2 weeks=2 from=2150-11-24", ScheduleFault::Weeks)]
fn what_is_no_schedule_is_refused_with_the_reason(
    #[case] written: &str,
    #[case] expected: ScheduleFault,
) {
    assert_eq!(Schedule::parse(written), Err(expected));
}

#[test]
fn a_schedule_is_not_longer_than_it_may_be() {
    let long = format!("0 9 {} * *", vec!["1"; SCHEDULE_BYTES_MAX].join(","));
    assert_eq!(Schedule::parse(&long), Err(ScheduleFault::TooLong));
}

#[rstest]
#[case("0 9 * * 7", "0 9 * * 0")]
#[case("0 0 9 * * mon-fri", "0 9 * * 1-5")]
#[case("5 0 9 ? JAN,3 fri-sun", "5 0 9 * 1,3 0,5,6")]
#[case("*/15 9-17/4 1-31 * *", "0,15,30,45 9,13,17 * * *")]
#[case("5/15 9 * * *", "5,20,35,50 9 * * *")]
#[case("0 9 1,2,L,BL,B3 * *", "0 9 1,2,L,B3,BL * *")]
#[case("0 9 B,B1,BL * *", "0 9 B * *")]
#[case("0 9 * * 2,2#1,5L", "0 9 * * 2,5L")]
#[case("0 9 * * * SHIFT=None", "0 9 * * *")]
#[case(
    "0 9 * * 2 from=2026-11-24 shift=next weeks=2",
    "0 9 * * 2 weeks=2 from=2026-11-24 shift=next"
)]
fn a_schedule_is_stored_in_one_writing(#[case] written: &str, #[case] stored: &str) {
    assert_eq!(schedule(written).to_string(), stored);
    assert_eq!(schedule(stored), schedule(written));
}

#[test]
fn the_next_few_moments_are_a_glance_ahead() {
    let schedule = schedule("0 9 * * 1").shifting(Shift::Next);
    let calendar = Calendar::default();
    let days: Vec<NaiveDate> = schedule
        .upcoming(instant("2026-11-20T10:00:00Z"), Tokyo, &calendar)
        .take(3)
        .map(|moment: Moment| moment.date)
        .collect();
    let day = |written: &str| written.parse::<NaiveDate>().expect("a day");
    assert_eq!(
        days,
        [day("2026-11-24"), day("2026-11-30"), day("2026-12-07")]
    );
    assert_eq!(schedule.shift(), Shift::Next);
}

#[test]
fn a_schedule_ends_with_the_calendar() {
    let schedule = schedule("0 9 1 1 *");
    let calendar = Calendar::default();
    let last = schedule.next(instant("2099-06-01T00:00:00Z"), Tokyo, &calendar);
    assert_eq!(last, Some(instant("2100-01-01T00:00:00Z")));
    for after in [
        instant("2100-01-01T00:00:00Z"),
        DateTime::<Utc>::MAX_UTC - chrono::TimeDelta::days(2),
    ] {
        assert_eq!(schedule.next(after, Tokyo, &calendar), None);
    }
    let first = schedule.next(
        DateTime::<Utc>::MIN_UTC + chrono::TimeDelta::days(2),
        Tokyo,
        &calendar,
    );
    assert_eq!(first, Some(instant("1970-01-01T00:00:00Z")));
}

proptest! {
    /// Shifted by the plain definition: every day of years around, moved, put in order.
    #[test]
    fn shifted_days_are_those_of_the_plain_definition(
        day in 1..=31_u32, weekday in prop::option::of(0..7_u32), next in any::<bool>(),
        offset in 0..4_000_i64, away in prop::collection::btree_set(0..800_u64, 0..20),
    ) {
        let field = weekday.map_or("*".to_owned(), |weekday| weekday.to_string());
        let shift = if next { Shift::Next } else { Shift::Previous };
        let written = format!("0 9 {day} * {field} shift={}", shift.code());
        let Ok(schedule) = Schedule::parse(&written) else { return Ok(()) };
        let start = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day") + chrono::TimeDelta::days(offset);
        let file = away.iter().fold("[added]\n".to_owned(), |text, days| {
            format!("{text}{} = \"休所\"\n", start + chrono::Days::new(*days))
        });
        let overrides = Overrides::parse(&file).expect("a good file");
        let calendar = Calendar::new(overrides, ClosedDays::default());
        let plain = Schedule::parse(&format!("0 9 {day} * {field}")).expect("without a shift");
        let after = start.and_hms_opt(3, 0, 0).expect("a time").and_utc();
        let early = after - chrono::TimeDelta::days(150);
        let expected: std::collections::BTreeSet<NaiveDate> = plain
            .upcoming(early, Tz::UTC, &calendar)
            .take_while(|moment| moment.date < start + chrono::Days::new(4_500))
            .map(|moment| calendar.shifted(moment.date, shift))
            .filter(|date| *date >= start)
            .collect();
        let found: Vec<NaiveDate> =
            schedule.upcoming(after, Tz::UTC, &calendar).take(3).map(|moment| moment.date).collect();
        let expected: Vec<NaiveDate> = expected.into_iter().take(found.len()).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn anything_may_be_written(text in any::<String>(), near in "[0-9*/,\\-LB# a-z=?]{0,40}") {
        for written in [&text, &near] {
            if let Ok(schedule) = Schedule::parse(written) {
                prop_assert_eq!(Schedule::parse(&schedule.to_string()), Ok(schedule));
            }
        }
    }
}
