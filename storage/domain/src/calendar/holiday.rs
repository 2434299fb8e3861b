//! National holidays (国民の祝日) of Japan, from a table.
//!
//! `holiday_jp.csv` holds the days of the years [`NATIONAL_YEARS`] of the data set of the same name,
//! version 2.5.1 of its JavaScript package, whose licence lies beside it. The equinoxes of years that
//! are not announced yet are calculated ones; should the government decide otherwise, or parliament
//! move a day, the override file says so until the table does.

use chrono::NaiveDate;
use std::{collections::BTreeMap, ops::RangeInclusive, sync::LazyLock};

/// The western years whose holidays are known; in others only weekends and closed days are off.
pub const NATIONAL_YEARS: RangeInclusive<i32> = 2007..=2050;

const TABLE: &str = include_str!("holiday_jp.csv");

/// The name of the national holiday on this day, 振替休日 and 休日 between two holidays included.
#[must_use]
pub fn national_holiday(date: NaiveDate) -> Option<&'static str> {
    static DAYS: LazyLock<BTreeMap<NaiveDate, &'static str>> = LazyLock::new(days);
    DAYS.get(&date).copied()
}

fn days() -> BTreeMap<NaiveDate, &'static str> {
    TABLE
        .lines()
        .skip(1)
        .map(|row| {
            let (date, name) = row.split_once(',').expect("a row is DATE,NAME");
            let date = date.parse().expect("a row begins with a date");
            (date, name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike;

    #[test]
    fn the_table_holds_the_years_it_says() {
        let days = days();
        let years: std::collections::BTreeSet<i32> = days.keys().map(Datelike::year).collect();
        assert_eq!(
            years.into_iter().collect::<Vec<_>>(),
            NATIONAL_YEARS.collect::<Vec<_>>()
        );
        assert_eq!(days.len(), TABLE.lines().count() - 1, "a day stands twice");
    }
}
