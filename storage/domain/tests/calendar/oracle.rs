//! Schedules against another implementation of cron, `croner`, which shares no code with the crate
//! that is walked here.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::{America::New_York, Europe::Berlin, Tz};
use croner::{
    Cron,
    parser::{CronParser, Seconds, Year},
};
use domain::{
    calendar::Calendar,
    schedule::{Schedule, ScheduleFault},
};
use proptest::prelude::*;

/// How many random expressions are tried where one costs little.
const CASES: u32 = 10_000;

fn oracle(expression: &str) -> Cron {
    CronParser::builder()
        .seconds(Seconds::Optional)
        .year(Year::Disallowed)
        .dom_and_dow(true)
        .build()
        .parse(expression)
        .unwrap_or_else(|fault| panic!("{expression}: {fault}"))
}

/// One field: `*`, a number, a range, a step, a list, or one of `special`.
fn field(least: u32, most: u32, special: Vec<String>) -> BoxedStrategy<String> {
    let single = (least..=most).prop_map(|value| value.to_string());
    let range = (least..=most, least..=most)
        .prop_map(|(one, other)| format!("{}-{}", one.min(other), one.max(other)));
    let stepped = (range.clone(), 1..=6_u32).prop_map(|(range, step)| format!("{range}/{step}"));
    let special = if special.is_empty() {
        vec![least.to_string()]
    } else {
        special
    };
    let item = prop_oneof![
        4 => single,
        2 => range,
        1 => stepped,
        2 => prop::sample::select(special),
    ];
    prop_oneof![
        4 => Just("*".to_owned()),
        1 => (2..=6_u32).prop_map(|step| format!("*/{step}")),
        8 => prop::collection::vec(item, 1..4).prop_map(|items| items.join(",")),
    ]
    .boxed()
}

fn days() -> BoxedStrategy<String> {
    field(1, 31, vec!["L".to_owned()])
}

fn months() -> BoxedStrategy<String> {
    let names = ["JAN", "feb", "Mar", "APR-JUN", "SEP", "DEC"];
    field(1, 12, names.map(str::to_owned).to_vec())
}

fn weekdays() -> BoxedStrategy<String> {
    let special = [
        "7", "SUN", "mon", "TUE-FRI", "FRI-SUN", "5-7", "2#2", "1#1", "THU#3", "4#5", "5L", "SUNL",
    ];
    field(0, 6, special.map(str::to_owned).to_vec())
}

/// Five fields, or six with a second.
fn expression() -> impl Strategy<Value = String> {
    let second = prop::option::weighted(0.2, (0..60_u32).prop_map(|second| second.to_string()));
    let fields = (
        field(0, 59, vec![]),
        field(0, 23, vec![]),
        days(),
        months(),
        weekdays(),
    );
    (second, fields).prop_map(|(second, (minute, hour, day, month, weekday))| {
        let five = format!("{minute} {hour} {day} {month} {weekday}");
        second.map_or(five.clone(), |second| format!("{second} {five}"))
    })
}

/// An expression with one time of day, which `croner` resolves at clock changes as we do.
fn at_one_time() -> impl Strategy<Value = String> {
    (0..60_u32, 0..24_u32, days(), months(), weekdays()).prop_map(
        |(minute, hour, day, month, weekday)| format!("{minute} {hour} {day} {month} {weekday}"),
    )
}

/// An instant from 1990 to 2049, now and then just before a new year or a leap day.
fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    let at = |year: i32, month: u32, day: u32| {
        NaiveDate::from_ymd_opt(year, month, day)
            .and_then(|date| date.and_hms_opt(0, 0, 0))
            .expect("a day")
            .and_utc()
    };
    let any = (0..60 * 365 * 86_400_i64)
        .prop_map(move |seconds| at(1990, 1, 1) + TimeDelta::seconds(seconds));
    let turn = (1990..2050_i32, -90_000..90_000_i64)
        .prop_map(move |(year, seconds)| at(year, 1, 1) + TimeDelta::seconds(seconds));
    let leap = (0..15_i32, -90_000..200_000_i64).prop_map(move |(fours, seconds)| {
        at(1992 + 4 * fours, 2, 29) + TimeDelta::seconds(seconds)
    });
    prop_oneof![4 => any, 1 => turn, 1 => leap]
}

/// Whether the expression has any day in 28 years, after which weekdays and leap years repeat.
fn has_a_day(expression: &str) -> bool {
    let words: Vec<&str> = expression.split_whitespace().collect();
    let daily = oracle(&format!("0 0 {}", words[words.len() - 3..].join(" ")));
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
    first
        .iter_days()
        .take_while(|day| day.year() < 2028)
        .map(|day| day.and_hms_opt(0, 0, 0).expect("midnight").and_utc())
        .any(|midnight| daily.is_time_matching(&midnight).expect("a matching"))
}

/// The next firings of both in a zone are the same.
fn agree(expression: &str, after: DateTime<Utc>, zone: Tz, count: usize) {
    let schedule = match Schedule::parse(expression) {
        Ok(schedule) => schedule,
        Err(ScheduleFault::Never) => {
            assert!(!has_a_day(expression), "{expression} has a day");
            return;
        }
        Err(fault) => panic!("{expression}: {fault}"),
    };
    let oracle = oracle(expression);
    let calendar = Calendar::default();
    let (mut ours, mut theirs) = (after, after.with_timezone(&zone));
    for _ in 0..count {
        // A leap day on a given weekday comes every 28 years; ours end with the year 2100.
        if ours.year() > 2070 {
            break;
        }
        ours = schedule
            .next(ours, zone, &calendar)
            .expect("it is due before 2100");
        theirs = oracle
            .find_next_occurrence(&theirs, false)
            .unwrap_or_else(|fault| panic!("{expression} after {theirs}: {fault}"));
        assert_eq!(ours, theirs, "{expression} after {after} in {zone}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn the_next_dates_are_those_of_another_implementation(
        expression in expression(), after in instant(),
    ) {
        agree(&expression, after, Tz::UTC, 3);
    }

    #[test]
    fn one_time_a_day_is_due_when_another_implementation_says_through_clock_changes(
        expression in at_one_time(), after in instant(), american in any::<bool>(),
    ) {
        agree(&expression, after, if american { New_York } else { Berlin }, 4);
    }

}

/// The hours around a clock change on which the expressions below are held.
const HOURS_AROUND: i64 = 3;

/// Minutes and hours of the night in which clocks are changed, on most days.
fn at_night() -> impl Strategy<Value = String> {
    let minute = field(0, 59, vec!["0".to_owned(), "30".to_owned()]);
    let hour = field(0, 4, vec!["1".to_owned(), "2".to_owned(), "3".to_owned()]);
    let weekday = prop_oneof![3 => Just("*".to_owned()), 1 => Just("0".to_owned())];
    (minute, hour, weekday)
        .prop_map(|(minute, hour, weekday)| format!("{minute} {hour} * * {weekday}"))
}

/// What is due around an instant, found by watching a clock on the wall minute by minute: whenever it
/// shows a time later than any before, all it has passed since then falls due, together.
fn watched(oracle: &Cron, zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let mut due = Vec::new();
    let mut shown = from.with_timezone(&zone).naive_local();
    let mut now = from;
    while now < to {
        now += TimeDelta::minutes(1);
        let wall = now.with_timezone(&zone).naive_local();
        let mut is_due = false;
        while shown < wall {
            shown += TimeDelta::minutes(1);
            is_due |= oracle
                .is_time_matching(&shown.and_utc())
                .expect("a matching");
        }
        if is_due {
            due.push(now);
        }
    }
    due
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_stored_means_the_same(expression in expression()) {
        if let Ok(schedule) = Schedule::parse(&expression) {
            let stored = schedule.to_string();
            prop_assert_eq!(Schedule::parse(&stored), Ok(schedule), "{} as {}", expression, stored);
        }
    }

    #[test]
    fn whatever_is_due_in_the_night_of_a_clock_change_is_due_once(
        expression in at_night(), change in 0..4_usize,
    ) {
        let (zone, change) = [
            (Berlin, "2026-03-29T01:00:00Z"),
            (Berlin, "2026-10-25T01:00:00Z"),
            (New_York, "2027-03-14T07:00:00Z"),
            (New_York, "2027-11-07T06:00:00Z"),
        ][change];
        let change: DateTime<Utc> = change.parse().expect("an instant");
        let around = TimeDelta::hours(HOURS_AROUND);
        let (from, to) = (change - around, change + around);
        let schedule = Schedule::parse(&expression).expect("a good expression");
        let calendar = Calendar::default();
        let ours: Vec<DateTime<Utc>> =
            std::iter::successors(Some(from), |after| schedule.next(*after, zone, &calendar))
                .skip(1)
                .take_while(|due| *due <= to)
                .collect();
        prop_assert_eq!(ours, watched(&oracle(&expression), zone, from, to), "{}", expression);
    }
}
