//! National holidays: the table against the law, every day.

use crate::law;
use chrono::{Datelike, NaiveDate};
use domain::calendar::{NATIONAL_YEARS, national_holiday};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the tests name real days")
}

#[test]
fn every_day_from_2007_to_2050_is_a_holiday_exactly_when_the_law_says_so() {
    assert_eq!(NATIONAL_YEARS, 2007..=2050);
    let (mut looked_at, mut holidays) = (0, 0);
    for year in NATIONAL_YEARS {
        let by_law = law::days_off(year);
        for date in day(year, 1, 1)
            .iter_days()
            .take_while(|date| date.year() == year)
        {
            let found = national_holiday(date);
            assert_eq!(found.is_some(), by_law.contains(&date), "{date}: {found:?}");
            looked_at += 1;
            holidays += usize::from(found.is_some());
        }
    }
    assert_eq!((looked_at, holidays), (16_071, 781));
}

#[test]
fn the_days_that_calculations_often_miss_are_there() {
    for (date, name) in [
        (day(2009, 9, 22), Some("休日")),
        (day(2015, 9, 22), Some("休日")),
        (day(2016, 8, 11), Some("山の日")),
        (day(2018, 12, 24), Some("天皇誕生日 振替休日")),
        (day(2019, 4, 30), Some("休日")),
        (day(2019, 5, 1), Some("休日（祝日扱い）")),
        (day(2019, 10, 22), Some("休日（祝日扱い）")),
        (day(2019, 12, 23), None),
        (day(2020, 7, 24), Some("スポーツの日")),
        (day(2021, 7, 19), None),
        (day(2021, 8, 9), Some("山の日 振替休日")),
        (day(2021, 10, 11), None),
        (day(2026, 5, 6), Some("こどもの日 振替休日")),
        (day(2026, 9, 22), Some("休日")),
        (day(2032, 9, 21), Some("休日")),
    ] {
        assert_eq!(national_holiday(date), name, "{date}");
    }
}

#[test]
fn years_beyond_the_table_have_no_holidays_that_are_known() {
    assert_eq!(national_holiday(day(2006, 1, 1)), None);
    assert_eq!(national_holiday(day(2051, 1, 1)), None);
}
