//! Dates, times and fiscal years as people write them.

use chrono::{NaiveDate, NaiveTime, Weekday};
use domain::era::{
    DateFault, FiscalYear, FiscalYearFault, TimeFault, fiscal_year, format_date, format_short,
    parse_date, parse_fiscal_year, parse_time, read_date,
};
use proptest::prelude::*;
use rstest::rstest;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the tests name real days")
}

fn today() -> NaiveDate {
    day(2026, 11, 20)
}

#[rstest]
#[case(day(2026, 11, 20), "令和8年11月20日(金)", "R8.11.20")]
#[case(day(2019, 5, 1), "令和元年5月1日(水)", "R1.5.1")]
#[case(day(2019, 4, 30), "平成31年4月30日(火)", "H31.4.30")]
#[case(day(1989, 1, 7), "昭和64年1月7日(土)", "S64.1.7")]
#[case(day(1926, 12, 25), "昭和元年12月25日(土)", "S1.12.25")]
#[case(day(1850, 1, 1), "1850年1月1日(火)", "1850.1.1")]
fn dates_are_shown_in_their_era(#[case] date: NaiveDate, #[case] long: &str, #[case] short: &str) {
    assert_eq!(format_date(date), long);
    assert_eq!(format_short(date), short);
}

#[rstest]
#[case("2026-12-01", day(2026, 12, 1))]
#[case("2026/12/1", day(2026, 12, 1))]
#[case("2026.12.1", day(2026, 12, 1))]
#[case("20261201", day(2026, 12, 1))]
#[case("2026年12月1日", day(2026, 12, 1))]
#[case("令和8年12月1日", day(2026, 12, 1))]
#[case("令和 8 年 12 月 1 日（火）", day(2026, 12, 1))]
#[case("R8.12.1", day(2026, 12, 1))]
#[case("Ｒ８．１２．１", day(2026, 12, 1))]
#[case("r8/12/1", day(2026, 12, 1))]
#[case("8年12月1日", day(2026, 12, 1))]
#[case("令和八年十二月一日", day(2026, 12, 1))]
#[case("二〇二六年十二月二十一日", day(2026, 12, 21))]
#[case("平成30年4月1日", day(2018, 4, 1))]
#[case("H30.4.1", day(2018, 4, 1))]
#[case("昭和63年12月31日", day(1988, 12, 31))]
#[case("大正14年5月6日", day(1925, 5, 6))]
#[case("令和元年5月1日", day(2019, 5, 1))]
#[case("R元.10.1", day(2019, 10, 1))]
#[case("12/1", day(2026, 12, 1))]
#[case("１２／１", day(2026, 12, 1))]
#[case("12月1日火曜日", day(2026, 12, 1))]
#[case("今日", day(2026, 11, 20))]
#[case("明日", day(2026, 11, 21))]
#[case(" 明後日 ", day(2026, 11, 22))]
#[case("昨日", day(2026, 11, 19))]
fn a_written_date_is_read(#[case] written: &str, #[case] expected: NaiveDate) {
    assert_eq!(parse_date(written, today()), Ok(expected));
}

#[rstest]
#[case("11/19", day(2026, 11, 19))]
#[case("9/21", day(2026, 9, 21))]
#[case("9/20", day(2027, 9, 20))]
#[case("4/10", day(2027, 4, 10))]
#[case("1/5", day(2027, 1, 5))]
fn a_day_without_a_year_is_the_next_one_unless_just_past(
    #[case] written: &str,
    #[case] expected: NaiveDate,
) {
    assert_eq!(parse_date(written, today()), Ok(expected));
}

#[test]
fn a_day_without_a_year_reaches_back_over_new_year() {
    assert_eq!(parse_date("12/20", day(2027, 1, 15)), Ok(day(2026, 12, 20)));
    assert_eq!(parse_date("2/1", day(2027, 1, 15)), Ok(day(2027, 2, 1)));
}

#[test]
fn a_date_beyond_its_era_is_accepted_and_marked() {
    let reading = read_date("平成33年3月31日", today()).expect("official texts have this date");
    assert_eq!((reading.date, reading.beyond_era), (day(2021, 3, 31), true));
    let reading = read_date("令和3年3月31日", today()).expect("a plain date");
    assert_eq!(
        (reading.date, reading.beyond_era),
        (day(2021, 3, 31), false)
    );
}

#[rstest]
#[case("2/30", DateFault::NoSuchDay { year: 2027, month: 2, day: 30 })]
#[case("令和9年2月29日", DateFault::NoSuchDay { year: 2027, month: 2, day: 29 })]
#[case("2026-13-01", DateFault::NoSuchDay { year: 2026, month: 13, day: 1 })]
#[case("12月1日(金)", DateFault::WrongWeekday { date: day(2026, 12, 1), written: Weekday::Fri })]
#[case("26/12/1", DateFault::NotADate)]
#[case("令和0年1月1日", DateFault::NotADate)]
#[case("来年", DateFault::NotADate)]
#[case("", DateFault::NotADate)]
fn what_is_no_date_is_refused_with_the_reason(#[case] written: &str, #[case] expected: DateFault) {
    assert_eq!(parse_date(written, today()), Err(expected));
}

#[rstest]
#[case("14:00", 14, 0)]
#[case("１４：００", 14, 0)]
#[case("14時", 14, 0)]
#[case("14時30分", 14, 30)]
#[case("午後2時", 14, 0)]
#[case("午後２時", 14, 0)]
#[case("午後2:30", 14, 30)]
#[case("午前9時半", 9, 30)]
#[case("9時半", 9, 30)]
#[case("十四時", 14, 0)]
#[case("正午", 12, 0)]
#[case("午後0時15分", 12, 15)]
#[case("午後12時30分", 12, 30)]
#[case("午前0時", 0, 0)]
#[case("2pm", 14, 0)]
#[case("0930", 9, 30)]
fn a_written_time_is_read(#[case] written: &str, #[case] hour: u32, #[case] minute: u32) {
    assert_eq!(
        parse_time(written),
        Ok(NaiveTime::from_hms_opt(hour, minute, 0).expect("a real time"))
    );
}

#[rstest]
#[case("25:00", TimeFault::NoSuchTime)]
#[case("10:60", TimeFault::NoSuchTime)]
#[case("午後13時", TimeFault::NoSuchTime)]
#[case("午前12時", TimeFault::NoonOrMidnight)]
#[case("14", TimeFault::NotATime)]
#[case("夕方", TimeFault::NotATime)]
fn what_is_no_time_is_refused_with_the_reason(#[case] written: &str, #[case] expected: TimeFault) {
    assert_eq!(parse_time(written), Err(expected));
}

#[rstest]
#[case("令和9年度", 2027)]
#[case("R9", 2027)]
#[case("2027", 2027)]
#[case("２０２７年度", 2027)]
#[case("9", 2027)]
#[case("令和元年度", 2019)]
#[case("平成31年度", 2019)]
#[case("H30年度", 2018)]
#[case("FY2027", 2027)]
fn a_written_fiscal_year_is_read(#[case] written: &str, #[case] western: i32) {
    assert_eq!(
        parse_fiscal_year(written),
        Ok(FiscalYear::starting_in(western))
    );
}

#[rstest]
#[case("0")]
#[case("令和0年度")]
#[case("500")]
#[case("来年度")]
fn what_is_no_fiscal_year_is_refused(#[case] written: &str) {
    assert_eq!(parse_fiscal_year(written), Err(FiscalYearFault));
}

#[test]
fn a_fiscal_year_runs_from_april_to_march() {
    let year = FiscalYear::of(day(2027, 3, 31), FiscalYear::START_MONTH);
    assert_eq!(year.western(), 2026);
    assert_eq!(year.to_string(), "令和8年度");
    assert_eq!(
        (year.first_day(4), year.last_day(4)),
        (day(2026, 4, 1), day(2027, 3, 31))
    );
    assert!(year.contains(day(2026, 4, 1), 4) && !year.contains(day(2027, 4, 1), 4));
    assert_eq!(fiscal_year(day(2019, 4, 15), 4), "令和元年度");
    assert_eq!(FiscalYear::starting_in(2018).to_string(), "平成30年度");
    assert_eq!(
        FiscalYear::of(day(2026, 9, 30), 10),
        FiscalYear::starting_in(2025)
    );
}

proptest! {
    #[test]
    fn every_shown_date_is_read_back(days in 0_i64..90_000) {
        let date = day(1873, 1, 1) + chrono::TimeDelta::days(days);
        prop_assert_eq!(parse_date(&format_date(date), today()), Ok(date));
        prop_assert_eq!(parse_date(&format_short(date), today()), Ok(date));
    }

    #[test]
    fn anything_may_be_typed(text in any::<String>(), near in "[0-9０-９〇一二十百千元年月日時分半午前後/:.RH令和平成()（）金 ]{0,20}") {
        for written in [&text, &near] {
            let _ = (parse_date(written, today()), parse_time(written), parse_fiscal_year(written));
        }
    }
}
