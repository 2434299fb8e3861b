//! Phrases for when something is due: read, refused, and shown so that they read the same.

use chrono::{NaiveDate, NaiveTime, Weekday};
use domain::{
    calendar::Calendar,
    era::{DateFault, TimeFault},
    occurrence::Moment,
    schedule::{DEFAULT_TIME, EXAMPLES, PHRASE_MAX, ScheduleFault, When, WhenFault},
};
use rstest::rstest;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("the tests name real days")
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time")
}

/// Friday, 20 November 2026, 10:00; Monday is a holiday.
fn now() -> Moment {
    Moment {
        date: day("2026-11-20"),
        time: time(10, 0),
    }
}

fn read(written: &str) -> Result<When, WhenFault> {
    When::read(written, now(), &Calendar::default())
}

/// The schedule as it is stored.
fn repeated(written: &str) -> String {
    match read(written) {
        Ok(When::Repeated(schedule)) => schedule.to_string(),
        other => panic!("{written}: {other:?}"),
    }
}

#[rstest]
#[case("毎日", "0 9 * * *", "毎日 9:00")]
#[case("毎日 8時半", "30 8 * * *", "毎日 8:30")]
#[case("毎日9:00、17:00", "0 9,17 * * *", "毎日 9:00・17:00")]
#[case("毎朝8時", "0 8 * * *", "毎日 8:00")]
#[case("平日 9時", "0 9 B * *", "毎営業日 9:00")]
#[case("毎営業日", "0 9 B * *", "毎営業日 9:00")]
#[case("毎週月曜 9時", "0 9 * * 1", "毎週月曜 9:00")]
#[case(
    "毎週 月・水・金曜日 午後1時",
    "0 13 * * 1,3,5",
    "毎週月・水・金曜 13:00"
)]
#[case("毎週月水金", "0 9 * * 1,3,5", "毎週月・水・金曜 9:00")]
#[case("毎週火曜と木曜の10時に", "0 10 * * 2,4", "毎週火・木曜 10:00")]
#[case("毎週月曜から金曜 9時", "0 9 * * 1-5", "毎週月・火・水・木・金曜 9:00")]
#[case("毎週金〜日曜", "0 9 * * 0,5,6", "毎週金・土・日曜 9:00")]
#[case("毎週日曜日", "0 9 * * 0", "毎週日曜 9:00")]
#[case("毎火曜 14時", "0 14 * * 2", "毎週火曜 14:00")]
#[case("毎週平日", "0 9 B * *", "毎営業日 9:00")]
#[case(
    "毎週月曜 9時（祝日なら翌営業日）",
    "0 9 * * 1 shift=next",
    "毎週月曜 9:00（休みなら翌営業日）"
)]
#[case(
    "隔週火曜 14時",
    "0 14 * * 2 weeks=2 from=2026-11-24",
    "隔週火曜 14:00（令和8年11月24日(火)から）"
)]
#[case(
    "隔週金曜 9時",
    "0 9 * * 5 weeks=2 from=2026-11-27",
    "隔週金曜 9:00（令和8年11月27日(金)から）"
)]
#[case(
    "隔週金曜 14時",
    "0 14 * * 5 weeks=2 from=2026-11-20",
    "隔週金曜 14:00（令和8年11月20日(金)から）"
)]
#[case(
    "2週間ごとの水曜",
    "0 9 * * 3 weeks=2 from=2026-11-25",
    "隔週水曜 9:00（令和8年11月25日(水)から）"
)]
#[case(
    "３週に１回 木曜 14:30",
    "30 14 * * 4 weeks=3 from=2026-11-26",
    "3週ごと木曜 14:30（令和8年11月26日(木)から）"
)]
#[case(
    "隔週火曜 14時（12/8から、土日祝は前の平日）",
    "0 14 * * 2 weeks=2 from=2026-12-08 shift=previous",
    "隔週火曜 14:00（令和8年12月8日(火)から、休みなら前営業日）"
)]
#[case("毎月第2火曜 14時", "0 14 * * 2#2", "毎月第2火曜 14:00")]
#[case("毎月第二火曜日　１４時", "0 14 * * 2#2", "毎月第2火曜 14:00")]
#[case("毎月第1・第3水曜", "0 9 * * 3#1,3#3", "毎月第1水曜・第3水曜 9:00")]
#[case(
    "毎月第2・第4火曜 13時30分",
    "30 13 * * 2#2,2#4",
    "毎月第2火曜・第4火曜 13:30"
)]
#[case(
    "毎月第2・4火曜 13時30分",
    "30 13 * * 2#2,2#4",
    "毎月第2火曜・第4火曜 13:30"
)]
#[case("毎月第2水・金曜", "0 9 * * 3#2,5#2", "毎月第2水曜・第2金曜 9:00")]
#[case("毎月最終金曜 17時", "0 17 * * 5L", "毎月最終金曜 17:00")]
#[case("毎月15日", "0 9 15 * *", "毎月15日 9:00")]
#[case("毎月五日と二十日 午前十時", "0 10 5,20 * *", "毎月5日・20日 10:00")]
#[case("毎月末", "0 9 L * *", "毎月末日 9:00")]
#[case("毎月末日 17時", "0 17 L * *", "毎月末日 17:00")]
#[case("毎月末の平日", "0 9 BL * *", "毎月最終営業日 9:00")]
#[case("月末の平日", "0 9 BL * *", "毎月最終営業日 9:00")]
#[case("月末", "0 9 L * *", "毎月末日 9:00")]
#[case("第1営業日", "0 9 B1 * *", "毎月第1営業日 9:00")]
#[case("毎月最初の営業日 9時", "0 9 B1 * *", "毎月第1営業日 9:00")]
#[case("毎月第3営業日 正午", "0 12 B3 * *", "毎月第3営業日 12:00")]
#[case(
    "毎月25日 9時（休みなら前営業日）",
    "0 9 25 * * shift=previous",
    "毎月25日 9:00（休みなら前営業日）"
)]
#[case(
    "毎月25日（土日の場合は翌平日）",
    "0 9 25 * * shift=next",
    "毎月25日 9:00（休みなら翌営業日）"
)]
#[case(
    "隔月15日",
    "0 9 15 2,4,6,8,10,12 *",
    "毎年2月・4月・6月・8月・10月・12月の15日 9:00"
)]
#[case(
    "3か月ごとの第1営業日",
    "0 9 B1 3,6,9,12 *",
    "毎年3月・6月・9月・12月の第1営業日 9:00"
)]
#[case(
    "奇数月の第2火曜",
    "0 9 * 1,3,5,7,9,11 2#2",
    "毎年1月・3月・5月・7月・9月・11月の第2火曜 9:00"
)]
#[case("毎年4月1日", "0 9 1 4 *", "毎年4月1日 9:00")]
#[case("毎年4月・10月の1日", "0 9 1 4,10 *", "毎年4月・10月の1日 9:00")]
#[case("毎年4月1日と10月1日 9時", "0 9 1 4,10 *", "毎年4月・10月の1日 9:00")]
#[case("毎年3月末", "0 9 L 3 *", "毎年3月の末日 9:00")]
#[case("毎年6月の第2火曜", "0 9 * 6 2#2", "毎年6月の第2火曜 9:00")]
#[case("毎年4月の毎週月曜", "0 9 * 4 1", "毎年4月の毎週月曜 9:00")]
#[case("毎年2月29日", "0 9 29 2 *", "毎年2月29日 9:00")]
#[case("0 9 * * 1-5", "0 9 * * 1-5", "毎週月・火・水・木・金曜 9:00")]
#[case("0 14 8-14 * 2", "0 14 8-14 * 2", "0 14 8-14 * 2")]
#[case(
    "*/5 9 * * *",
    "0,5,10,15,20,25,30,35,40,45,50,55 9 * * *",
    "0,5,10,15,20,25,30,35,40,45,50,55 9 * * *"
)]
#[case("@daily", "0 0 * * *", "毎日 0:00")]
fn what_repeats_is_read_and_shown(
    #[case] written: &str,
    #[case] stored: &str,
    #[case] shown: &str,
) {
    assert_eq!(repeated(written), stored, "{written}");
    let when = read(written).expect(written);
    assert_eq!(when.words(), shown);
    assert_eq!(read(shown), Ok(when));
}

#[rstest]
#[case("12/1 14:00", "2026-12-01", 14, 0)]
#[case("2026-12-01 9:30", "2026-12-01", 9, 30)]
#[case("令和8年12月1日(火) 14:00", "2026-12-01", 14, 0)]
#[case("R8.12.1 午後２時", "2026-12-01", 14, 0)]
#[case("１２月１日１４時", "2026-12-01", 14, 0)]
#[case("令和九年四月一日", "2027-04-01", 9, 0)]
#[case("12月1日(火) 午後2時〜", "2026-12-01", 14, 0)]
#[case("今日 15時", "2026-11-20", 15, 0)]
#[case("明日 午後2時", "2026-11-21", 14, 0)]
#[case("あさって", "2026-11-22", 9, 0)]
#[case("明後日の正午に", "2026-11-22", 12, 0)]
#[case("14時", "2026-11-20", 14, 0)]
#[case("9時半", "2026-11-21", 9, 30)]
#[case("3日後", "2026-11-23", 9, 0)]
#[case("三日後 10時", "2026-11-23", 10, 0)]
#[case("2週間後", "2026-12-04", 9, 0)]
#[case("1か月後", "2026-12-20", 9, 0)]
#[case("3ヶ月後", "2027-02-20", 9, 0)]
#[case("1年後 9時", "2027-11-20", 9, 0)]
#[case("30分後", "2026-11-20", 10, 30)]
#[case("2時間後", "2026-11-20", 12, 0)]
#[case("1時間半後", "2026-11-20", 11, 30)]
#[case("15時間後", "2026-11-21", 1, 0)]
#[case("5営業日後", "2026-11-30", 9, 0)]
#[case("翌営業日", "2026-11-24", 9, 0)]
#[case("来週金曜", "2026-11-27", 9, 0)]
#[case("来週の金曜日 10時", "2026-11-27", 10, 0)]
#[case("今週日曜", "2026-11-22", 9, 0)]
#[case("再来週月曜", "2026-11-30", 9, 0)]
#[case("金曜 14時", "2026-11-20", 14, 0)]
#[case("金曜", "2026-11-27", 9, 0)]
#[case("次の金曜 14時", "2026-11-27", 14, 0)]
#[case("火曜日", "2026-11-24", 9, 0)]
#[case("25日", "2026-11-25", 9, 0)]
#[case("15日 10時", "2026-12-15", 10, 0)]
#[case("明日（休みなら翌営業日）", "2026-11-24", 9, 0)]
#[case("23日 11時（祝日なら前の平日）", "2026-11-20", 11, 0)]
#[case("今月末", "2026-11-30", 9, 0)]
#[case("今月末の平日 17時", "2026-11-30", 17, 0)]
#[case("来月15日", "2026-12-15", 9, 0)]
#[case("来月末", "2026-12-31", 9, 0)]
#[case("来月の第2火曜 14時", "2026-12-08", 14, 0)]
#[case("来月最終営業日", "2026-12-28", 9, 0)]
#[case("再来月の第1営業日", "2027-01-04", 9, 0)]
#[case("12月の第2火曜", "2026-12-08", 9, 0)]
#[case("11月第2火曜", "2027-11-09", 9, 0)]
#[case("3月末", "2027-03-31", 9, 0)]
#[case("来年4月1日", "2027-04-01", 9, 0)]
#[case("来年2月末", "2027-02-28", 9, 0)]
fn one_date_is_read_and_shown(
    #[case] written: &str,
    #[case] date: &str,
    #[case] hour: u32,
    #[case] minute: u32,
) {
    let expected = When::Once(Moment {
        date: day(date),
        time: time(hour, minute),
    });
    assert_eq!(read(written), Ok(expected.clone()), "{written}");
    assert_eq!(read(&expected.words()), Ok(expected));
}

#[rstest]
#[case("", WhenFault::NotUnderstood(String::new()))]
#[case("そのうち", WhenFault::NotUnderstood("そのうち".to_owned()))]
#[case("そのうち 9時", WhenFault::NotUnderstood("そのうち".to_owned()))]
#[case("毎週", WhenFault::NotUnderstood("毎週".to_owned()))]
#[case("毎月ときどき", WhenFault::NotUnderstood("ときどき".to_owned()))]
#[case("毎年4月", WhenFault::NotUnderstood("毎年4月".to_owned()))]
#[case("毎月32日", WhenFault::NoSuchPlace("32日".to_owned()))]
#[case("毎月第6火曜", WhenFault::NoSuchPlace("第6火曜".to_owned()))]
#[case("毎月第16営業日", WhenFault::NoSuchPlace("第16営業日".to_owned()))]
#[case("毎年13月1日", WhenFault::NoSuchPlace("13月1日".to_owned()))]
#[case("毎年2月30日", WhenFault::Schedule(ScheduleFault::Never))]
#[case("毎月15日・第2火曜", WhenFault::SeveralDays)]
#[case("毎年4月1日と10月15日", WhenFault::SeveralDays)]
#[case("5か月ごとの15日", WhenFault::MonthStep(5))]
#[case("毎日9:00・14:30", WhenFault::SeveralTimes)]
#[case("明日 9時と14時", WhenFault::SeveralTimes)]
#[case("12月1日(金)", WhenFault::Date(DateFault::WrongWeekday { date: day("2026-12-01"), written: Weekday::Fri }))]
#[case("2027/2/29", WhenFault::Date(DateFault::NoSuchDay { year: 2027, month: 2, day: 29 }))]
#[case("明日 25時", WhenFault::Time(TimeFault::NoSuchTime))]
#[case("明日 午前12時", WhenFault::Time(TimeFault::NoonOrMidnight))]
#[case("11/19 14:00", WhenFault::Past(Moment { date: day("2026-11-19"), time: time(14, 0) }))]
#[case("今日 10時", WhenFault::Past(Moment { date: day("2026-11-20"), time: time(10, 0) }))]
#[case("今週月曜", WhenFault::Past(Moment { date: day("2026-11-16"), time: DEFAULT_TIME }))]
#[case("11年後", WhenFault::TooFar)]
#[case("9999日後", WhenFault::TooFar)]
#[case("来年2月29日", WhenFault::NotThatMonth)]
#[case("0 9 30 2 *", WhenFault::Schedule(ScheduleFault::Never))]
#[case("明日（12/1から）", WhenFault::NotUnderstood("12/1".to_owned()))]
#[case("毎月15日（12/1から）", WhenFault::NotUnderstood("12/1".to_owned()))]
fn what_is_not_understood_is_refused_with_the_reason(
    #[case] written: &str,
    #[case] expected: WhenFault,
) {
    assert_eq!(read(written), Err(expected), "{written}");
}

#[test]
fn a_phrase_is_not_longer_than_it_may_be() {
    assert_eq!(read(&"毎".repeat(PHRASE_MAX + 1)), Err(WhenFault::TooLong));
}

#[test]
fn what_people_are_told_to_write_is_understood() {
    for example in EXAMPLES {
        let when = read(example).expect(example);
        assert_eq!(read(&when.words()), Ok(when), "{example}");
    }
}

#[test]
fn fortnights_go_on_from_the_day_they_began() {
    let shown = "隔週火曜 14:00（令和8年11月24日(火)から）";
    let first = read(shown);
    let later = Moment {
        date: day("2027-05-01"),
        ..now()
    };
    assert_eq!(When::read(shown, later, &Calendar::default()), first);
}
