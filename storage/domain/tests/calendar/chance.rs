//! Phrases and expressions drawn by chance: whatever is read is shown in words that read the same.

use chrono::{NaiveDate, NaiveTime};
use domain::{
    calendar::Calendar,
    occurrence::Moment,
    schedule::{Schedule, When, WhenFault},
};
use proptest::prelude::*;

/// Friday, 20 November 2026, 10:00; Monday is a holiday.
fn now() -> Moment {
    Moment {
        date: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"),
        time: NaiveTime::from_hms_opt(10, 0, 0).expect("a time"),
    }
}

fn read(written: &str) -> Result<When, WhenFault> {
    When::read(written, now(), &Calendar::default())
}

/// Pieces of phrases, put together at random.
fn phrase() -> impl Strategy<Value = String> {
    let rhythm = prop::sample::select(vec![
        "",
        "毎日",
        "平日",
        "毎週",
        "隔週",
        "3週間ごとの",
        "毎月",
        "隔月",
        "4か月ごとの",
        "偶数月の",
        "毎年4月",
        "毎年6月・12月の",
        "来週",
        "来月",
        "再来月の",
        "来年3月",
        "次の",
        "12月の",
        "令和9年",
    ]);
    let place = prop::sample::select(vec![
        "",
        "月曜",
        "火・木曜",
        "金",
        "土日",
        "第2火曜",
        "第1・第3水曜",
        "最終金曜",
        "15日",
        "1日と20日",
        "末",
        "末日",
        "末の平日",
        "第1営業日",
        "第10営業日",
        "最終営業日",
        "4月1日",
        "31日",
        "毎日",
        "3日後",
    ]);
    let time = prop::sample::select(vec![
        "",
        " 9時",
        "14:00",
        " 午後2時半",
        "午前8時15分",
        " 正午",
        " 9:00・15:00",
        "0時",
    ]);
    let remark = prop::sample::select(vec![
        "",
        "（休みなら翌営業日）",
        "（土日祝は前の平日）",
        "（12/1から）",
        "に",
    ]);
    (rhythm, place, time, remark)
        .prop_map(|(rhythm, place, time, remark)| format!("{rhythm}{place}{time}{remark}"))
}

fn field(least: u32, most: u32) -> impl Strategy<Value = String> {
    let few = prop::collection::btree_set(least..=most, 1..4).prop_map(|values| {
        values
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(",")
    });
    prop_oneof![Just("*".to_owned()), few]
}

/// Expressions of all kinds, those with words and those without.
fn expression() -> impl Strategy<Value = String> {
    let day = prop_oneof![
        3 => field(1, 31),
        2 => prop::sample::select(vec!["L", "B", "B1", "B15", "BL", "1,L", "B2,BL", "15,B1"]).prop_map(str::to_owned),
    ];
    let weekday = prop_oneof![
        3 => field(0, 6),
        2 => prop::sample::select(vec!["1#1", "2#2,2#4", "5L", "0#3,6L", "1,3L"]).prop_map(str::to_owned),
    ];
    let option = prop::sample::select(vec![
        "",
        " shift=next",
        " shift=previous",
        " weeks=2 from=2026-11-24",
        " weeks=12 from=1989-01-08 shift=next",
    ]);
    let clock = (
        field(0, 59),
        prop_oneof![3 => (0..24_u32).prop_map(|hour| hour.to_string()), 1 => field(0, 23)],
    );
    let second = prop::sample::select(vec!["", "", "", "30 "]);
    (second, clock, day, field(1, 12), weekday, option).prop_map(
        |(second, (minute, hour), day, month, weekday, option)| {
            format!("{second}{minute} {hour} {day} {month} {weekday}{option}")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn whatever_is_read_is_shown_in_words_that_read_the_same(phrase in phrase()) {
        if let Ok(when) = read(&phrase) {
            prop_assert_eq!(read(&when.words()), Ok(when.clone()), "{} as {}", phrase, when.words());
        }
    }

    #[test]
    fn every_schedule_is_shown_in_words_that_read_the_same(expression in expression()) {
        if let Ok(schedule) = Schedule::parse(&expression) {
            let when = When::Repeated(schedule);
            prop_assert_eq!(read(&when.words()), Ok(when.clone()), "{} as {}", expression, when.words());
        }
    }

    #[test]
    fn every_date_ahead_is_shown_in_words_that_read_the_same(days in 1..3_600_u64, minutes in 0..1_440_u32) {
        let date = now().date + chrono::Days::new(days);
        let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).expect("a time");
        let when = When::Once(Moment { date, time });
        prop_assert_eq!(read(&when.words()), Ok(when.clone()), "{}", when.words());
    }

    #[test]
    fn any_phrase_may_be_typed(
        text in any::<String>(),
        near in "[毎週隔月年日曜火第12末営業平来後から休みなら翌前の時分半午:/ ・、()（）と9０〇十元令和]{0,24}",
    ) {
        for written in [&text, &near] {
            if let Ok(when) = read(written) {
                prop_assert_eq!(read(&when.words()), Ok(when.clone()), "{} as {}", written, when.words());
            }
        }
    }
}
