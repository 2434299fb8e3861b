//! The holidays of Japan calculated from the law (国民の祝日に関する法律 as in force from 2007, with the
//! acts for 2019, 2020 and 2021), written without a look at the table of the calendar.

use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// The days off of one year by the law: holidays, their substitutes and the days between two.
pub(crate) fn days_off(year: i32) -> BTreeSet<NaiveDate> {
    let holidays = holidays(year);
    let mut days = holidays.clone();
    for holiday in &holidays {
        // Article 3, paragraph 2: a holiday on a Sunday gives the next day that is none.
        if holiday.weekday() == Weekday::Sun {
            days.extend(holiday.iter_days().find(|day| !holidays.contains(day)));
        }
        // Article 3, paragraph 3: the day between two holidays.
        let after_next = holiday.iter_days().nth(2).expect("a day");
        if holidays.contains(&after_next) {
            days.extend(holiday.succ_opt());
        }
    }
    days
}

/// Article 2, and the acts that moved or added days.
fn holidays(year: i32) -> BTreeSet<NaiveDate> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day of the law");
    let monday = |month, number| {
        NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, number).expect("a Monday")
    };
    let mut days = BTreeSet::from([
        day(1, 1),
        monday(1, 2),
        day(2, 11),
        day(3, spring_equinox(year)),
        day(4, 29),
        day(5, 3),
        day(5, 4),
        day(5, 5),
        monday(9, 3),
        day(9, autumn_equinox(year)),
        day(11, 3),
        day(11, 23),
    ]);
    // The Emperor's birthday; 2019, between two emperors, had none.
    match year {
        ..=2018 => days.insert(day(12, 23)),
        2019 => days.insert(day(5, 1)) && days.insert(day(10, 22)),
        _ => days.insert(day(2, 23)),
    };
    // Marine Day, Mountain Day (from 2016), Sports Day: moved for the games of 2020 and 2021.
    match year {
        2020 => days.extend([day(7, 23), day(8, 10), day(7, 24)]),
        2021 => days.extend([day(7, 22), day(8, 8), day(7, 23)]),
        _ => {
            days.extend([monday(7, 3), monday(10, 2)]);
            days.extend((year >= 2016).then(|| day(8, 11)));
        }
    }
    days
}

/// The usual approximation for 1980 to 2099: the day in March on which the sun passes the equator.
fn spring_equinox(year: i32) -> u32 {
    equinox(20.8431, year)
}

fn autumn_equinox(year: i32) -> u32 {
    equinox(23.2488, year)
}

fn equinox(in_1980: f64, year: i32) -> u32 {
    let years = year - 1980;
    let drift = in_1980 + 0.242_194 * f64::from(years) - f64::from(years / 4);
    (1..31)
        .rfind(|day| f64::from(*day) <= drift)
        .expect("an equinox lies in its month")
}
