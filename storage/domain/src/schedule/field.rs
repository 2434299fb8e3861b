//! The fields of a cron expression: from writing to sets of values and back.

use super::ScheduleFault;
use std::fmt;

/// The day-of-month value `L`: the last day, whichever it is.
pub(super) const LAST_DAY: u32 = 32;
/// The day-of-month value `B`: every business day.
pub(super) const BUSINESS_DAY: u32 = 33;
/// The day-of-month value `BL`: the last business day. `B1` to `B15` lie between.
pub(super) const LAST_BUSINESS_DAY: u32 = BUSINESS_DAY + BUSINESS_DAY_NUMBER_MAX + 1;
/// Highest number of a business day in `B1` to `B15`: every month of an office that works has so many.
pub const BUSINESS_DAY_NUMBER_MAX: u32 = 15;

/// A weekday's place in its month, as a multiple of seven above the weekday: the first to the fifth.
pub(super) const PLACE_MAX: u32 = 5;
/// The place of the last weekday of its kind.
pub(super) const LAST_PLACE: u32 = 6;

/// A field of a cron expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Seconds, 0 to 59; only in expressions of six fields.
    Second,
    /// Minutes, 0 to 59.
    Minute,
    /// Hours, 0 to 23.
    Hour,
    /// Days of the month: 1 to 31, `L`, `B`, `B1` to `B15`, `BL`.
    Day,
    /// Months: 1 to 12 or JAN to DEC.
    Month,
    /// Weekdays: 0 to 7, both of which are Sunday, or SUN to SAT; `2#1` the first Tuesday, `2L` the last.
    Weekday,
}

crate::codes!(Field {
    Second = "second",
    Minute = "minute",
    Hour = "hour",
    Day = "day",
    Month = "month",
    Weekday = "weekday",
});

impl fmt::Display for Field {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// The values a field lets pass, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Values(u64);

impl Values {
    pub(super) const NONE: Self = Self(0);

    pub(super) fn one(value: u32) -> Self {
        Self(1 << value)
    }

    pub(super) fn span(first: u32, last: u32) -> Self {
        (first..=last).map(Self::one).collect()
    }

    pub(super) fn has(self, value: u32) -> bool {
        self.0 & (1 << value) != 0
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Lowest first.
    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        (0..u64::BITS).filter(move |value| self.has(*value))
    }
}

impl FromIterator<Self> for Values {
    fn from_iter<I: IntoIterator<Item = Self>>(values: I) -> Self {
        values.into_iter().fold(Self::NONE, Self::or)
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.iter()).finish()
    }
}

impl Field {
    /// Lowest and highest plain value. Sunday is 0; 7 is read as 0.
    pub(super) fn bounds(self) -> (u32, u32) {
        match self {
            Self::Second | Self::Minute => (0, 59),
            Self::Hour => (0, 23),
            Self::Day => (1, 31),
            Self::Month => (1, 12),
            Self::Weekday => (0, 6),
        }
    }

    /// Every plain value.
    pub(super) fn all(self) -> Values {
        let (least, most) = self.bounds();
        Values::span(least, most)
    }

    /// Reads a field written in capitals.
    pub(super) fn read(self, written: &str) -> Result<Values, ScheduleFault> {
        written.split(',').map(|part| self.part(part)).collect()
    }

    fn part(self, part: &str) -> Result<Values, ScheduleFault> {
        if let Some(special) = self.special(part)? {
            return Ok(special);
        }
        let (base, step) = match part.split_once('/') {
            Some((base, step)) => (base, Some(self.step(part, step)?)),
            None => (part, None),
        };
        let (least, most) = self.bounds();
        let (first, last) = match base.split_once('-') {
            Some((first, last)) => (self.value(part, first)?, self.end(part, last)?),
            None if base == "*" || (base == "?" && self.takes_question_mark()) => (least, most),
            None if step.is_some() => (self.value(part, base)? % self.modulus(), most),
            None => {
                let only = self.value(part, base)?;
                (only, only)
            }
        };
        if first > last {
            return Err(ScheduleFault::Backwards(self, part.to_owned()));
        }
        let step = step.unwrap_or(1);
        Ok((first..=last)
            .step_by(usize::try_from(step).unwrap_or(usize::MAX))
            .map(|value| Values::one(value % self.modulus()))
            .collect())
    }

    /// What stands for days that depend on the month: `L`, `B3`, `2#1`, `FRIL`.
    fn special(self, part: &str) -> Result<Option<Values>, ScheduleFault> {
        let unreadable = || ScheduleFault::Unreadable(self, part.to_owned());
        match self {
            Self::Day if part == "L" => Ok(Some(Values::one(LAST_DAY))),
            Self::Day if part == "BL" => Ok(Some(Values::one(LAST_BUSINESS_DAY))),
            Self::Day => match part.strip_prefix('B') {
                None => Ok(None),
                Some("") => Ok(Some(Values::one(BUSINESS_DAY))),
                Some(number) => {
                    let number = whole(number).ok_or_else(unreadable)?;
                    if (1..=BUSINESS_DAY_NUMBER_MAX).contains(&number) {
                        Ok(Some(Values::one(BUSINESS_DAY + number)))
                    } else {
                        Err(ScheduleFault::OutOfRange {
                            field: self,
                            value: number,
                            least: 1,
                            most: BUSINESS_DAY_NUMBER_MAX,
                        })
                    }
                }
            },
            Self::Weekday => {
                let (weekday, place) = if let Some((weekday, place)) = part.split_once('#') {
                    (weekday, whole(place).ok_or_else(unreadable)?)
                } else if let Some(weekday) = part.strip_suffix('L') {
                    (weekday, LAST_PLACE)
                } else {
                    return Ok(None);
                };
                let weekday = self.value(part, weekday)? % self.modulus();
                if part.contains('#') && !(1..=PLACE_MAX).contains(&place) {
                    return Err(ScheduleFault::OutOfRange {
                        field: self,
                        value: place,
                        least: 1,
                        most: PLACE_MAX,
                    });
                }
                Ok(Some(Values::one(weekday + 7 * place)))
            }
            _ => Ok(None),
        }
    }

    fn step(self, part: &str, written: &str) -> Result<u32, ScheduleFault> {
        let (least, most) = self.bounds();
        whole(written)
            .filter(|step| (1..=most - least).contains(step))
            .ok_or_else(|| ScheduleFault::Step(self, part.to_owned()))
    }

    /// The end of a range: there Sunday comes after Saturday.
    fn end(self, part: &str, written: &str) -> Result<u32, ScheduleFault> {
        let value = self.value(part, written)?;
        let is_sunday = self == Self::Weekday && value == 0 && written == "SUN";
        Ok(if is_sunday { 7 } else { value })
    }

    fn value(self, part: &str, written: &str) -> Result<u32, ScheduleFault> {
        let named = self.names().iter().position(|name| *name == written);
        if let Some(value) = named.and_then(|at| u32::try_from(at).ok()) {
            return Ok(value + self.bounds().0);
        }
        let value =
            whole(written).ok_or_else(|| ScheduleFault::Unreadable(self, part.to_owned()))?;
        let (least, most) = match self {
            Self::Weekday => (0, 7),
            _ => self.bounds(),
        };
        if (least..=most).contains(&value) {
            Ok(value)
        } else {
            Err(ScheduleFault::OutOfRange {
                field: self,
                value,
                least,
                most,
            })
        }
    }

    /// By which a value is taken, so that 7 is Sunday.
    fn modulus(self) -> u32 {
        match self {
            Self::Weekday => 7,
            _ => 64,
        }
    }

    fn takes_question_mark(self) -> bool {
        matches!(self, Self::Day | Self::Weekday)
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Month => &[
                "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
            ],
            Self::Weekday => &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
            _ => &[],
        }
    }

    /// The shortest plain writing of the values: `*`, `1-5`, `1,15,L`, `2#1`.
    pub(super) fn write(self, values: Values) -> String {
        let plain = values.and(self.all());
        let mut parts = Vec::new();
        if plain == self.all() {
            parts.push("*".to_owned());
        } else {
            runs(plain, &mut parts);
        }
        let (_, most) = self.bounds();
        for value in values.iter().filter(|value| *value > most) {
            parts.push(match (self, value) {
                (Self::Day, LAST_DAY) => "L".to_owned(),
                (Self::Day, BUSINESS_DAY) => "B".to_owned(),
                (Self::Day, LAST_BUSINESS_DAY) => "BL".to_owned(),
                (Self::Day, number) => format!("B{}", number - BUSINESS_DAY),
                (_, value) if value / 7 == LAST_PLACE => format!("{}L", value % 7),
                (_, value) => format!("{}#{}", value % 7, value / 7),
            });
        }
        parts.join(",")
    }
}

/// The place of a weekday's value: `None` for every week, else 1 to [`PLACE_MAX`] or [`LAST_PLACE`].
pub(super) fn place(value: u32) -> Option<u32> {
    let place = value / 7;
    (place > 0).then_some(place)
}

/// Values with spans of three and more drawn together.
fn runs(values: Values, parts: &mut Vec<String>) {
    let values: Vec<u32> = values.iter().collect();
    for run in values.chunk_by(|one, next| one + 1 == *next) {
        match run {
            [first, .., last] if run.len() > 2 => parts.push(format!("{first}-{last}")),
            few => parts.extend(few.iter().map(ToString::to_string)),
        }
    }
}

/// A whole number of one to four digits, without a sign.
fn whole(written: &str) -> Option<u32> {
    let plain = (1..=4).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| written.parse().ok()).flatten()
}
