//! What the process is told, one line each.

use ::tests::point::{self, Point};
use chrono::TimeDelta;
use std::fmt;

/// Longest single move of the clock: ten years, more than any plan of an office.
const ADVANCE_SECONDS_MAX: i64 = 10 * 366 * 86_400;

/// One line, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Say what time it is.
    Now,
    /// Move the clock forward, then say what time it is.
    Advance(TimeDelta),
    /// End at once when the point is passed so many times from now.
    Die(Point, u64),
    /// Finish what is in hand and end.
    Stop,
}

/// Why a line is no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// Another word.
    Word,
    /// `advance` without a number of seconds between 0 and [`ADVANCE_SECONDS_MAX`].
    Seconds,
    /// `die` without the name of a point, or with a count that is none.
    Point,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Word => "it is told: now, advance SECONDS, die POINT [N], stop",
            Self::Seconds => "advance takes whole seconds, at most ten years",
            Self::Point => "die takes the name of a point, and a count from 1",
        })
    }
}

impl Order {
    /// Reads a line; blanks around words do not matter.
    pub(crate) fn read(line: &str) -> Result<Self, Unknown> {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["now"] => Ok(Self::Now),
            ["stop"] => Ok(Self::Stop),
            ["advance", seconds] => seconds
                .parse()
                .ok()
                .filter(|seconds| (0..=ADVANCE_SECONDS_MAX).contains(seconds))
                .map(|seconds| Self::Advance(TimeDelta::seconds(seconds)))
                .ok_or(Unknown::Seconds),
            ["advance", ..] => Err(Unknown::Seconds),
            ["die", name] => die(name, "1"),
            ["die", name, count] => die(name, count),
            ["die", ..] => Err(Unknown::Point),
            _ => Err(Unknown::Word),
        }
    }
}

fn die(name: &str, count: &str) -> Result<Order, Unknown> {
    let point = point::named(name).ok_or(Unknown::Point)?;
    let count = count.parse().ok().filter(|count| *count > 0);
    Ok(Order::Die(point, count.ok_or(Unknown::Point)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_and_others_are_refused() {
        let advance = |seconds| Ok(Order::Advance(TimeDelta::seconds(seconds)));
        let after_commit = point::named("after-commit").expect("it is a point");
        for (line, expected) in [
            ("now", Ok(Order::Now)),
            (" stop\r", Ok(Order::Stop)),
            ("advance 3600", advance(3_600)),
            ("advance  0", advance(0)),
            ("advance -1", Err(Unknown::Seconds)),
            ("advance", Err(Unknown::Seconds)),
            ("advance 1 2", Err(Unknown::Seconds)),
            ("advance 99999999999", Err(Unknown::Seconds)),
            ("die after-commit", Ok(Order::Die(after_commit, 1))),
            ("die after-commit 3", Ok(Order::Die(after_commit, 3))),
            ("die after-commit 0", Err(Unknown::Point)),
            ("die sometime", Err(Unknown::Point)),
            ("die", Err(Unknown::Point)),
            ("Now", Err(Unknown::Word)),
            ("", Err(Unknown::Word)),
        ] {
            assert_eq!(Order::read(line), expected, "{line:?}");
        }
    }
}
