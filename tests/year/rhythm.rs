//! What comes again and again, and on which day: looked for day by day, by nothing of the product.

use crate::day::{WorkingDays, instant, wall};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Timelike, Utc, Weekday};
use tests::dice::Dice;

/// No row of days off is longer: a day farther back cannot have moved to today.
const OFF_DAYS_MAX: u64 = 30;
/// Whatever comes again and again comes within so many days.
const AHEAD_DAYS_MAX: u64 = 400;
/// The days offices choose, as people write them.
const WEEKDAYS: [(Weekday, &str); 4] = [
    (Weekday::Mon, "月"),
    (Weekday::Tue, "火"),
    (Weekday::Thu, "木"),
    (Weekday::Fri, "金"),
];

/// What becomes of a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    /// The next working day instead.
    Next,
    /// The working day before.
    Previous,
    /// It stays where it is.
    None,
}

/// Which days it is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pattern {
    /// A day of every week.
    Weekly(Weekday),
    /// The first to fourth such day of every month.
    Monthly(Weekday, u32),
    /// The last working day of every month.
    MonthEnd,
}

/// Days that come again and again, at a time of day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rhythm {
    pub(crate) pattern: Pattern,
    pub(crate) at: NaiveTime,
    pub(crate) shift: Shift,
}

impl Rhythm {
    /// A day of the week, as a digest has.
    pub(crate) fn weekly(dice: &mut Dice) -> Self {
        let (weekday, _) = dice.pick(&WEEKDAYS).expect("some");
        Self::of(Pattern::Weekly(weekday), dice)
    }

    /// Any of them.
    pub(crate) fn any(dice: &mut Dice) -> Self {
        let (weekday, _) = dice.pick(&WEEKDAYS).expect("some");
        let number = 1 + dice.below(4) as u32;
        let patterns = [
            Pattern::Weekly(weekday),
            Pattern::Monthly(weekday, number),
            Pattern::MonthEnd,
        ];
        Self::of(dice.pick(&patterns).expect("some"), dice)
    }

    fn of(pattern: Pattern, dice: &mut Dice) -> Self {
        let (hour, minute) = dice.pick(&[(8, 30), (9, 0), (13, 15)]).expect("some");
        let shift = match pattern {
            Pattern::MonthEnd => Shift::None,
            _ => [Shift::Next, Shift::Previous, Shift::None][dice.below(3)],
        };
        Self {
            pattern,
            at: NaiveTime::from_hms_opt(hour, minute, 0).expect("a time"),
            shift,
        }
    }

    /// The first day after an instant on which it comes.
    pub(crate) fn next(self, after: DateTime<Utc>, days: &WorkingDays) -> NaiveDate {
        let (today, _) = wall(after);
        let plain = (today - Days::new(OFF_DAYS_MAX))
            .iter_days()
            .take((OFF_DAYS_MAX + AHEAD_DAYS_MAX) as usize)
            .filter(|day| self.pattern.holds(*day, days));
        let mut moved = plain.map(|day| match self.shift {
            Shift::Next => days.after(day),
            Shift::Previous => days.before(day),
            Shift::None => day,
        });
        moved
            .find(|day| instant(*day, self.at) > after)
            .expect("no office is closed for a year")
    }

    /// As people write it.
    pub(crate) fn phrase(self) -> String {
        let named = |weekday| {
            let found = WEEKDAYS.iter().find(|(known, _)| *known == weekday);
            found.expect("only these are chosen").1
        };
        let days = match self.pattern {
            Pattern::Weekly(weekday) => format!("毎週{}曜", named(weekday)),
            Pattern::Monthly(weekday, number) => format!("毎月第{number}{}曜", named(weekday)),
            Pattern::MonthEnd => "毎月最終営業日".to_owned(),
        };
        let off = match self.shift {
            Shift::Next => "（休みなら翌営業日）",
            Shift::Previous => "（休みなら前営業日）",
            Shift::None => "",
        };
        format!("{days} {}:{:02}{off}", self.at.hour(), self.at.minute())
    }
}

impl Pattern {
    fn holds(self, day: NaiveDate, days: &WorkingDays) -> bool {
        match self {
            Self::Weekly(weekday) => day.weekday() == weekday,
            Self::Monthly(weekday, number) => {
                day.weekday() == weekday && day.day0() / 7 + 1 == number
            }
            Self::MonthEnd => {
                let mut later = day.iter_days().skip(1);
                days.works(day)
                    && later
                        .find(|later| days.works(*later))
                        .is_some_and(|next| next.month() != day.month())
            }
        }
    }
}
