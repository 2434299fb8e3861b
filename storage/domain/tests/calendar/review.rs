//! When a review is reminded of.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Asia::Tokyo;
use domain::{
    calendar::{Calendar, ClosedDays, Overrides},
    review::{BEFORE_MAX, Leads, LeadsFault, ladder, next_overdue},
};
use rstest::rstest;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("the tests name real days")
}

/// An instant on the wall of the office.
fn at(date: &str, hour: u32, minute: u32) -> DateTime<Utc> {
    day(date)
        .and_hms_opt(hour, minute, 0)
        .and_then(|local| local.and_local_timezone(Tokyo).single())
        .expect("Japan has no clock changes")
        .with_timezone(&Utc)
}

fn evening() -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(18, 30, 0)
}

fn steps(date: &str, leads: &Leads, now: DateTime<Utc>) -> Vec<String> {
    let calendar = Calendar::default();
    ladder(day(date), evening(), leads, &calendar, Tokyo, now)
        .into_iter()
        .map(|step| {
            format!(
                "{} {} {}",
                step.rung,
                step.moment.date.format("%a %m-%d"),
                step.moment.time.format("%H:%M")
            )
        })
        .collect()
}

#[test]
fn a_review_on_saturday_after_a_friday_holiday_is_reminded_of_on_thursday_and_on_the_day() {
    // Friday, 29 April 2022 is 昭和の日; the review is on Saturday evening.
    assert_eq!(
        steps("2022-04-30", &Leads::default(), at("2022-04-01", 9, 0)),
        [
            "14d before Fri 04-15 09:00",
            "1d before Thu 04-28 09:00",
            "on the day Sat 04-30 09:00",
            // Seven days on is a Saturday again, after the golden week.
            "7d overdue Mon 05-09 09:00",
        ]
    );
}

#[rstest]
#[case::before_it_all("2026-11-01", 9, &["14d before Thu 11-12 09:00", "1d before Wed 11-25 09:00", "on the day Thu 11-26 09:00", "7d overdue Thu 12-03 09:00"])]
#[case::at_the_moment_itself("2026-11-12", 9, &["14d before Thu 11-12 09:00", "1d before Wed 11-25 09:00", "on the day Thu 11-26 09:00", "7d overdue Thu 12-03 09:00"])]
#[case::planned_late("2026-11-13", 9, &["1d before Wed 11-25 09:00", "on the day Thu 11-26 09:00", "7d overdue Thu 12-03 09:00"])]
#[case::planned_on_the_day("2026-11-26", 10, &["7d overdue Thu 12-03 09:00"])]
#[case::found_again_weeks_later("2026-12-03", 10, &["14d overdue Thu 12-10 09:00"])]
fn what_has_passed_is_skipped(#[case] today: &str, #[case] hour: u32, #[case] expected: &[&str]) {
    assert_eq!(
        steps("2026-11-26", &Leads::default(), at(today, hour, 0)),
        expected
    );
}

#[test]
fn two_leads_before_one_long_weekend_are_one_reminder() {
    let leads = Leads::default()
        .with_before("3日前、2日前、1日前、当日")
        .expect("good leads");
    assert_eq!(
        steps("2026-11-24", &leads, at("2026-11-02", 9, 0)),
        [
            "1d before Fri 11-20 09:00",
            "on the day Tue 11-24 09:00",
            "7d overdue Tue 12-01 09:00"
        ]
    );
}

#[test]
fn a_review_that_is_not_held_is_asked_for_again_after_seven_days() {
    let (calendar, leads) = (Calendar::default(), Leads::default());
    let mut now = at("2026-12-24", 10, 0);
    let mut days = Vec::new();
    for _ in 0..4 {
        let step =
            next_overdue(day("2026-12-17"), &leads, &calendar, Tokyo, now).expect("it goes on");
        assert!(step.rung.is_for_desk());
        days.push(format!("{} {}", step.rung, step.moment.date));
        now = step.moment.instant(Tokyo) + chrono::TimeDelta::minutes(1);
    }
    assert_eq!(
        days,
        [
            "14d overdue 2027-01-04",
            "21d overdue 2027-01-07",
            "28d overdue 2027-01-14",
            "35d overdue 2027-01-21"
        ]
    );
    let after_years = next_overdue(day("2016-01-01"), &leads, &calendar, Tokyo, now);
    assert_eq!(after_years, None);
}

#[test]
fn a_reminder_of_the_day_never_comes_after_the_start() {
    let early = NaiveTime::from_hms_opt(8, 30, 0);
    let steps = ladder(
        day("2026-11-26"),
        early,
        &Leads::default(),
        &Calendar::default(),
        Tokyo,
        at("2026-11-25", 9, 0),
    );
    let words: Vec<String> = steps.iter().map(|step| step.rung.to_string()).collect();
    assert_eq!(words, ["1d before", "7d overdue"]);
}

#[test]
fn an_office_may_choose_never_and_another_hour() {
    let never = Leads::default()
        .with_before("なし")
        .and_then(|leads| leads.with_overdue("なし"));
    assert_eq!(
        steps(
            "2026-11-26",
            &never.expect("good leads"),
            at("2026-11-01", 9, 0)
        ),
        [""; 0]
    );
    let later = Leads::default().at(NaiveTime::from_hms_opt(13, 0, 0).expect("a time"));
    assert_eq!(
        steps("2026-11-26", &later, at("2026-11-26", 9, 0))[0],
        "on the day Thu 11-26 13:00"
    );
}

#[test]
fn an_office_with_a_day_of_its_own_is_reminded_earlier() {
    let overrides =
        Overrides::parse("[added]\n2026-11-25 = \"市制記念日\"\n").expect("a good file");
    let calendar = Calendar::new(overrides, ClosedDays::default());
    let steps = ladder(
        day("2026-11-26"),
        evening(),
        &Leads::default(),
        &calendar,
        Tokyo,
        at("2026-11-20", 9, 0),
    );
    assert_eq!(steps[0].moment.date, day("2026-11-24"));
}

#[rstest]
#[case("14日前、1日前、当日", "14日前、1日前、当日")]
#[case("１、７、１４", "14日前、7日前、1日前")]
#[case("当日", "当日")]
#[case("3日前、3日前", "3日前")]
#[case("なし", "なし")]
fn leads_are_read_and_written(#[case] written: &str, #[case] expected: &str) {
    let leads = Leads::default().with_before(written).expect(written);
    assert_eq!(leads.before(), expected);
    assert_eq!(Leads::default().with_before(&leads.before()), Ok(leads));
}

#[test]
fn what_are_no_leads_is_refused_with_the_reason() {
    let unreadable = |written: &str| LeadsFault::Unreadable(written.to_owned());
    for (written, expected) in [
        ("", unreadable("")),
        ("前日", unreadable("前日")),
        ("-1", unreadable("-1")),
        ("91日前", LeadsFault::NotBetween(1, 90)),
        ("1、2、3、4、5、6、7", LeadsFault::TooMany),
    ] {
        assert_eq!(
            Leads::default().with_before(written),
            Err(expected),
            "{written}"
        );
    }
    assert_eq!(BEFORE_MAX, 6);
    for (written, expected) in [
        ("毎週", unreadable("毎週")),
        ("0", LeadsFault::NotBetween(1, 90)),
    ] {
        assert_eq!(
            Leads::default().with_overdue(written),
            Err(expected),
            "{written}"
        );
    }
    let leads = Leads::default()
        .with_overdue("１４日ごと")
        .expect("good leads");
    assert_eq!(leads.overdue(), "14日ごと");
}
