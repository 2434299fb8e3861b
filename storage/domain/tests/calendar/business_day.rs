//! Business days of an office.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::calendar::{
    Calendar, ClosedDays, DayOff, Overrides, SHIFT_DAYS_MAX, Shift, first_day_of_month,
    last_day_of_month,
};
use proptest::prelude::*;
use rstest::rstest;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("the tests name real days")
}

fn calendar(overrides: &str, closed: &str) -> Calendar {
    Calendar::new(
        Overrides::parse(overrides).expect("a good file"),
        ClosedDays::parse(closed).expect("good closed days"),
    )
}

#[rstest]
#[case("2026-11-20", None)]
#[case("2026-11-21", Some(DayOff::Weekend))]
#[case("2026-11-22", Some(DayOff::Weekend))]
#[case("2026-11-23", Some(DayOff::Holiday("勤労感謝の日")))]
#[case("2026-12-28", None)]
#[case("2026-12-29", Some(DayOff::Closed))]
#[case("2027-01-01", Some(DayOff::Holiday("元日")))]
#[case("2027-01-03", Some(DayOff::Closed))]
#[case("2027-01-04", None)]
#[case("2027-05-01", Some(DayOff::Weekend))]
fn an_office_says_why_it_does_not_work(#[case] date: &str, #[case] expected: Option<DayOff<'_>>) {
    assert_eq!(Calendar::default().day_off(day(date)), expected);
}

#[rstest]
// A long weekend, the golden week of 2026, the turn of a year, a leap day that is a Thursday.
#[case("2026-11-21", "2026-11-24", "2026-11-20")]
#[case("2026-05-03", "2026-05-07", "2026-05-01")]
#[case("2026-12-31", "2027-01-04", "2026-12-28")]
#[case("2024-02-29", "2024-02-29", "2024-02-29")]
#[case("2026-09-21", "2026-09-24", "2026-09-18")]
fn a_date_on_a_day_off_moves_to_a_business_day(
    #[case] date: &str,
    #[case] next: &str,
    #[case] previous: &str,
) {
    let calendar = Calendar::default();
    assert_eq!(calendar.shifted(day(date), Shift::Next), day(next));
    assert_eq!(calendar.shifted(day(date), Shift::Previous), day(previous));
    assert_eq!(calendar.shifted(day(date), Shift::None), day(date));
}

#[rstest]
#[case("2027-01-15", "2027-01-04", "2027-01-29")]
#[case("2026-05-31", "2026-05-01", "2026-05-29")]
#[case("2026-12-01", "2026-12-01", "2026-12-28")]
#[case("2027-02-28", "2027-02-01", "2027-02-26")]
fn a_month_has_a_first_and_a_last_business_day(
    #[case] date: &str,
    #[case] first: &str,
    #[case] last: &str,
) {
    let calendar = Calendar::default();
    assert_eq!(calendar.first_business_day(day(date)), Some(day(first)));
    assert_eq!(calendar.last_business_day(day(date)), Some(day(last)));
}

#[test]
fn business_days_are_counted_both_ways() {
    let calendar = Calendar::default();
    let first = day("2027-01-04");
    assert_eq!(
        calendar.business_days_from(first, -3),
        Some(day("2026-12-24"))
    );
    assert_eq!(
        calendar.business_days_from(day("2026-12-24"), 3),
        Some(first)
    );
    assert_eq!(calendar.business_days_from(first, 0), Some(first));
    assert_eq!(calendar.business_days_from(first, i32::MIN), None);
    assert_eq!(calendar.business_day_number(day("2027-01-05")), Some(2));
    assert_eq!(calendar.business_day_number(day("2027-01-03")), None);
}

#[test]
fn an_override_file_adds_and_removes_days() {
    let calendar = calendar(
        "[added]\n2027-06-01 = \"市制記念日\"\n2027-01-01 = \"元日\"\n[removed]\n2027-02-11 = \"開所\"\n\
         2026-12-29 = \"開所\"\n2027-02-13 = \"土曜\"\n",
        "12/29-1/3",
    );
    assert_eq!(
        calendar.day_off(day("2027-06-01")),
        Some(DayOff::Holiday("市制記念日"))
    );
    assert!(calendar.is_business_day(day("2027-02-11")));
    assert!(calendar.is_business_day(day("2026-12-29")));
    assert_eq!(calendar.day_off(day("2027-02-13")), Some(DayOff::Weekend));
    assert_eq!(
        calendar.idle_overrides(),
        [day("2027-01-01"), day("2027-02-13")]
    );
}

#[test]
fn an_office_that_closes_for_months_still_gets_its_reminders() {
    let first = day("2027-03-01");
    let away = first
        .iter_days()
        .take(200)
        .fold("[added]\n".to_owned(), |text, date| {
            text + &format!("{date} = \"休所\"\n")
        });
    let calendar = calendar(&away, "なし");
    assert_eq!(calendar.shifted(first, Shift::Next), first);
    assert_eq!(calendar.first_business_day(first), None);
    assert_eq!(calendar.business_days_from(first, 1), None);
}

proptest! {
    #[test]
    fn shifting_finds_the_nearest_business_day(days in 0_u64..20_000, closed in any::<bool>()) {
        let date = day("2000-01-01") + Days::new(days);
        let calendar = calendar("", if closed { "12/29-1/3、8/13-8/16" } else { "なし" });
        let (next, previous) =
            (calendar.shifted(date, Shift::Next), calendar.shifted(date, Shift::Previous));
        prop_assert!(calendar.is_business_day(next) && calendar.is_business_day(previous));
        prop_assert!(previous <= date && date <= next);
        let between = previous.iter_days().take_while(|day| *day <= next).skip(1);
        for day in between.filter(|day| *day < next && *day != date) {
            prop_assert!(!calendar.is_business_day(day));
        }
        let apart = (next - previous).num_days().unsigned_abs();
        prop_assert!(apart <= SHIFT_DAYS_MAX);
        prop_assert_eq!(calendar.is_business_day(date), next == date && previous == date);
    }

    #[test]
    fn the_business_days_of_a_month_are_numbered(days in 0_u64..20_000) {
        let date = day("2000-01-01") + Days::new(days);
        let calendar = Calendar::default();
        let of_month: Vec<NaiveDate> = calendar.business_days_of_month(date).collect();
        prop_assert!(!of_month.is_empty());
        for (index, found) in of_month.iter().enumerate() {
            prop_assert_eq!((found.year(), found.month()), (date.year(), date.month()));
            prop_assert!(!matches!(found.weekday(), Weekday::Sat | Weekday::Sun));
            let number = u32::try_from(index + 1).expect("a month is short");
            prop_assert_eq!(calendar.business_day_number(*found), Some(number));
        }
        prop_assert_eq!(first_day_of_month(date).day(), 1);
        prop_assert_eq!(last_day_of_month(date).succ_opt().map(|next| next.day()), Some(1));
    }
}
