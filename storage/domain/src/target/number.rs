//! The number of an item within its area: 1-①, as the table writes it.

use crate::text::normalise;
use std::fmt;

/// Most levels a number has.
const LEVELS_MAX: usize = 3;
/// Highest number of one level; more is a year or an amount.
const LEVEL_MAX: u32 = 99;
/// Highest number there is a circled digit for.
const CIRCLED_MAX: u32 = 20;

/// The number of an item: one to three levels, each 1 to 99. Ordered as the table is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemNumber(Vec<u32>);

impl ItemNumber {
    /// Reads what stands in a cell: `1-①`, `１－１`, `2.3`, `1-(2)`, `①`. `None` when it is no number.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let even: String = normalise(written)
            .chars()
            .filter(|letter| !letter.is_whitespace() && !"()（）".contains(*letter))
            .collect();
        let levels: Option<Vec<u32>> = even
            .split(['-', 'ー', '‐', '–', '—', '−', '.', '・', '_'])
            .map(|level| {
                let number = level.parse().ok()?;
                let plain = level.chars().all(|digit| digit.is_ascii_digit());
                (plain && (1..=LEVEL_MAX).contains(&number)).then_some(number)
            })
            .collect();
        levels.filter(|levels| levels.len() <= LEVELS_MAX).map(Self)
    }

    /// Whether it has more than one level: alone among other cells only such a number is surely one.
    #[must_use]
    pub fn is_compound(&self) -> bool {
        self.0.len() > 1
    }
}

impl fmt::Display for ItemNumber {
    /// As cities write it: the second level circled.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, level) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("-")?;
            }
            match circled(*level).filter(|_| at == 1) {
                Some(letter) => write!(f, "{letter}")?,
                None => write!(f, "{level}")?,
            }
        }
        Ok(())
    }
}

fn circled(number: u32) -> Option<char> {
    (1..=CIRCLED_MAX)
        .contains(&number)
        .then(|| char::from_u32(u32::from('①') + number - 1))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_written() {
        for (written, shown) in [
            ("1-①", Some("1-①")),
            ("１－①", Some("1-①")),
            ("1ー⑳", Some("1-⑳")),
            ("2-1", Some("2-①")),
            ("1-(2)", Some("1-②")),
            ("3.4", Some("3-④")),
            ("1-2-3", Some("1-②-3")),
            (" 4 - ⑤ ", Some("4-⑤")),
            ("2-21", Some("2-21")),
            ("①", Some("1")),
            ("2018", None),
            ("2018-2020", None),
            ("1-", None),
            ("医療", None),
            ("", None),
            ("1-2-3-4", None),
            ("0-1", None),
            ("+1-2", None),
        ] {
            let read = ItemNumber::read(written).map(|number| number.to_string());
            assert_eq!(read.as_deref(), shown, "{written}");
        }
    }

    #[test]
    fn numbers_follow_each_other_as_in_the_table() {
        let read = |written| ItemNumber::read(written).expect("a number");
        assert!(read("1-②") < read("1-⑩"));
        assert!(read("1-⑩") < read("2-①"));
    }
}
