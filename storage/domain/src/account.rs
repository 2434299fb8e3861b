//! The account (実施記録) of a session that was held: minutes, who came, and what a survey brought.
//!
//! It is kept apart from the session, because fewer people may read it: the desk, and whoever the session
//! itself is for ([`crate::session::Sight`]). Figures by profession and answers in free words are the
//! desk's (DESIGN section 2, rule 9).
//!
//! ```
//! use domain::account::{attendance, total};
//! let came = attendance("薬剤師５名、行政 2", |_| None).expect("readable");
//! assert_eq!(came[0].word, "薬剤師");
//! assert_eq!(total(&came), 7);
//! ```

use crate::{
    id::{ProfessionId, SessionId, UserId},
    office::Profession,
    survey::Survey,
    text::{normalise, utf16_len},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Longest minutes, in UTF-16 units: some fifteen pages.
pub const MINUTES_UNITS_MAX: usize = 20_000;
/// Most bytes of a file with minutes: every letter of the longest takes three in UTF-8.
pub const FILE_BYTES_MAX: usize = 4 * MINUTES_UNITS_MAX;
/// Most lines of who came.
pub const ATTENDANCE_MAX: usize = 40;
/// Most people of one line.
pub const COUNT_MAX: i64 = 9_999;
/// Longest word for who came, in UTF-16 units.
pub const WORD_UNITS_MAX: usize = 40;

/// What was written down of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The session.
    pub session: SessionId,
    /// Counts corrections; starts at 1.
    pub revision: i64,
    /// What was said and decided, in free words.
    pub minutes: Option<String>,
    /// Who came, in the order written.
    pub attendance: Vec<Attendance>,
    /// What a survey brought.
    pub survey: Survey,
    /// Who wrote it down first (Discord's id).
    pub written_by: UserId,
    /// When.
    pub written_at: DateTime<Utc>,
    /// When it was last corrected.
    pub changed_at: DateTime<Utc>,
}

impl Account {
    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.minutes.is_none() && self.attendance.is_empty() && self.survey.is_empty()
    }
}

/// So many of one profession, or of others, came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The profession of the office; none for others (行政, 学生 …).
    pub profession: Option<ProfessionId>,
    /// What they are called: the profession's name at that time, or the word written.
    pub word: String,
    /// How many; from 1.
    pub count: i64,
}

/// Why it could not be read who came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// This part is not written like 薬剤師 5.
    #[error("not a word and a number")]
    Unreadable(String),
    /// The number is not from 1 to [`COUNT_MAX`].
    #[error("not from 1 to {COUNT_MAX}")]
    NotBetween(String),
    /// The word is longer than [`WORD_UNITS_MAX`].
    #[error("a word is too long")]
    TooLong,
    /// More parts than [`ATTENDANCE_MAX`].
    #[error("more than {ATTENDANCE_MAX} parts")]
    TooMany,
}

/// How many came in all.
#[must_use]
pub fn total(attendance: &[Attendance]) -> i64 {
    attendance.iter().map(|came| came.count).sum()
}

/// Who came, as it could have been typed: [`attendance`] reads the same again.
#[must_use]
pub fn written(attendance: &[Attendance]) -> String {
    let parts = attendance
        .iter()
        .map(|came| format!("{} {}", came.word, came.count));
    parts.collect::<Vec<_>>().join("、")
}

/// Reads who came: 薬剤師 5、歯科医師2名, one a line or separated by 、. `known` finds a profession of the
/// office by name or alias; what it does not know is kept as it was written. The same twice is counted
/// together.
///
/// # Errors
/// The first part that cannot be read.
pub fn attendance<'o>(
    written: &str,
    known: impl Fn(&str) -> Option<&'o Profession>,
) -> Result<Vec<Attendance>, Fault> {
    static PART: LazyLock<regex::Regex> = LazyLock::new(|| {
        regex::Regex::new(r"^(.*?[^\s:0-9])[\s:]*([0-9]+)\s*(?:人|名)?$")
            .expect("a pattern of this module compiles")
    });
    let even = normalise(written);
    let mut came: Vec<Attendance> = Vec::new();
    for part in even.split(['、', ',', '\n', ';']) {
        let part = part.trim().trim_start_matches('・').trim_start();
        if part.is_empty() {
            continue;
        }
        let Some(found) = PART.captures(part) else {
            return Err(Fault::Unreadable(part.to_owned()));
        };
        let count: Option<i64> = found[2].parse().ok();
        let count = count
            .filter(|count| (1..=COUNT_MAX).contains(count))
            .ok_or_else(|| Fault::NotBetween(part.to_owned()))?;
        let word = found[1].trim();
        if utf16_len(word) > WORD_UNITS_MAX {
            return Err(Fault::TooLong);
        }
        let profession = known(word);
        let (id, word) = match profession {
            Some(profession) => (Some(profession.id), profession.name.as_str()),
            None => (None, word),
        };
        match came
            .iter_mut()
            .find(|line| line.profession == id && line.word == word)
        {
            Some(line) => line.count = (line.count + count).min(COUNT_MAX),
            None => came.push(Attendance {
                profession: id,
                word: word.to_owned(),
                count,
            }),
        }
        if came.len() > ATTENDANCE_MAX {
            return Err(Fault::TooMany);
        }
    }
    Ok(came)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pharmacist(word: &str) -> Option<&'static Profession> {
        static KNOWN: LazyLock<Profession> = LazyLock::new(|| Profession {
            id: ProfessionId(3),
            name: "薬剤師".to_owned(),
            aliases: vec!["薬局".to_owned()],
        });
        (word == "薬剤師" || word == "薬局").then_some(&*KNOWN)
    }

    fn read(written: &str) -> Result<Vec<(Option<i64>, String, i64)>, Fault> {
        let came = attendance(written, pharmacist)?;
        let rows = came
            .into_iter()
            .map(|line| (line.profession.map(|id| id.0), line.word, line.count));
        Ok(rows.collect())
    }

    #[test]
    fn who_came_is_read_by_name_and_alias_and_counted_together() {
        let row = |id, word: &str, count| (id, word.to_owned(), count);
        for (written, expected) in [
            (
                "薬剤師 5、歯科医師 2",
                vec![row(Some(3), "薬剤師", 5), row(None, "歯科医師", 2)],
            ),
            (
                "薬剤師５名\n薬局：３人\n行政2",
                vec![row(Some(3), "薬剤師", 8), row(None, "行政", 2)],
            ),
            (
                "・大学3年生 4；薬局 1",
                vec![row(None, "大学3年生", 4), row(Some(3), "薬剤師", 1)],
            ),
            (" 、\n", vec![]),
        ] {
            assert_eq!(read(written), Ok(expected), "{written}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (written, expected) in [
            ("薬剤師", Fault::Unreadable("薬剤師".to_owned())),
            ("5", Fault::Unreadable("5".to_owned())),
            ("薬剤師 五", Fault::Unreadable("薬剤師 五".to_owned())),
            ("薬剤師 0", Fault::NotBetween("薬剤師 0".to_owned())),
            ("薬剤師 10000", Fault::NotBetween("薬剤師 10000".to_owned())),
            (
                "薬剤師 99999999999999999999",
                Fault::NotBetween("薬剤師 99999999999999999999".to_owned()),
            ),
        ] {
            assert_eq!(read(written), Err(expected), "{written}");
        }
        let long = format!("{} 1", "職".repeat(WORD_UNITS_MAX + 1));
        assert_eq!(read(&long), Err(Fault::TooLong));
        let letters = ('ぁ'..='ん').take(ATTENDANCE_MAX + 1);
        let many: Vec<String> = letters.map(|letter| format!("{letter}職 1")).collect();
        assert_eq!(read(&many.join("、")), Err(Fault::TooMany));
    }

    #[test]
    fn what_was_read_comes_back_from_its_writing() {
        let came = attendance("薬局 3、行政2名", pharmacist).expect("readable");
        assert_eq!(attendance(&written(&came), pharmacist), Ok(came.clone()));
        assert_eq!(total(&came), 5);
    }
}
