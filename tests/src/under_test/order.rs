//! What the process is told, one line each.

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
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Word => "it is told: now, advance SECONDS, stop",
            Self::Seconds => "advance takes whole seconds, at most ten years",
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
            _ => Err(Unknown::Word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_and_others_are_refused() {
        let advance = |seconds| Ok(Order::Advance(TimeDelta::seconds(seconds)));
        for (line, expected) in [
            ("now", Ok(Order::Now)),
            (" stop\r", Ok(Order::Stop)),
            ("advance 3600", advance(3_600)),
            ("advance  0", advance(0)),
            ("advance -1", Err(Unknown::Seconds)),
            ("advance", Err(Unknown::Seconds)),
            ("advance 1 2", Err(Unknown::Seconds)),
            ("advance 99999999999", Err(Unknown::Seconds)),
            ("Now", Err(Unknown::Word)),
            ("", Err(Unknown::Word)),
        ] {
            assert_eq!(Order::read(line), expected, "{line:?}");
        }
    }
}
