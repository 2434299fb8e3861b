//! Marks (印): the signs that begin a line of a plan table, ● ○ …, and the office's own words for them.
//!
//! There is one list of marks, for what is typed, taken in, shown and handed out alike. What a mark means
//! is a setting and only explains it to readers: how a table is read never depends on it, so a change of
//! meaning reads nothing anew.
//!
//! ```
//! use domain::target::mark::Marks;
//!
//! let marks = Marks::parse("●=実施、○：予定").expect("two marks with their meaning");
//! assert_eq!(marks.to_string(), "●実施、○予定");
//! assert_eq!(marks.meaning('○'), Some("予定"));
//! ```

use crate::{
    setting::{says_nothing, split_list},
    text::utf16_len,
};
use std::fmt;

/// Marks that begin a line wherever they stand.
const ANYWHERE: &str = "●◎◆■※";
/// Marks that begin one only where a line or sentence begins: 「○月」 is no line.
const AT_BEGINNING: &str = "○◯△▲◇☆★";
/// Marks that begin one only after a space or a line break: elsewhere they join words.
const AT_SPACE: &str = "・□";
/// Marks that stand for *less* before a figure, as accounts write it: △3件.
const LESS: &str = "△▲";

/// The marks that are offered where nobody has said what marks mean (seed 001, and what is usual).
pub const USUAL: [char; 4] = ['●', '○', '◎', '△'];
/// Most marks that have a meaning.
pub const MARKS_MAX: usize = 8;
/// Longest meaning, in UTF-16 units.
pub const MEANING_UNITS_MAX: usize = 20;
/// What may stand between a mark and its meaning.
const BETWEEN: [char; 4] = ['=', ':', '：', '＝'];

/// Whether a sign is a mark.
#[must_use]
pub fn is_mark(letter: char) -> bool {
    [ANYWHERE, AT_BEGINNING, AT_SPACE]
        .iter()
        .any(|marks| marks.contains(letter))
}

/// All marks, in the order people are told of them.
#[must_use]
pub fn all() -> String {
    [ANYWHERE, AT_BEGINNING, AT_SPACE].concat()
}

/// Where a letter stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Nothing, a space or a line break stands before it.
    pub apart: bool,
    /// A sentence or a bracket has ended before it.
    pub ended: bool,
    /// What follows it.
    pub next: Option<char>,
}

impl Place {
    /// Before words, at the beginning of a line.
    #[must_use]
    pub fn before(words: &str) -> Self {
        Self {
            apart: true,
            ended: true,
            next: words.chars().next(),
        }
    }
}

/// Whether a letter begins a line of its own at a place.
#[must_use]
pub fn begins(letter: char, place: Place) -> bool {
    if LESS.contains(letter) && place.next.is_some_and(char::is_numeric) {
        return false;
    }
    ANYWHERE.contains(letter)
        || (AT_BEGINNING.contains(letter) && (place.apart || place.ended))
        || (AT_SPACE.contains(letter) && place.apart)
}

/// The mark words begin with, if any, and the words without it: people copy lines of their table.
#[must_use]
pub fn apart(words: &str) -> (Option<char>, &str) {
    let mut letters = words.chars();
    match letters.next() {
        Some(mark) if begins(mark, Place::before(letters.as_str())) => {
            (Some(mark), letters.as_str().trim())
        }
        _ => (None, words),
    }
}

/// Marks with what they mean, in the order they were given; none where nobody has said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(Vec<(char, String)>);

/// Why what was written gives no marks a meaning.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarksFault {
    /// This part does not begin with a mark, or says nothing behind it.
    #[error("{0} is no mark with its meaning")]
    Unreadable(String),
    /// This mark has two meanings.
    #[error("{0} has two meanings")]
    Twice(char),
    /// More than [`MARKS_MAX`].
    #[error("more than {MARKS_MAX} marks")]
    TooMany,
    /// A meaning is longer than [`MEANING_UNITS_MAX`].
    #[error("a meaning has more than {MEANING_UNITS_MAX} units")]
    TooLong,
}

impl Marks {
    /// Reads `●実施、○予定`, with `=` or `：` between where people like; なし for none.
    ///
    /// # Errors
    /// [`MarksFault`].
    pub fn parse(written: &str) -> Result<Self, MarksFault> {
        let mut marks: Vec<(char, String)> = Vec::new();
        if says_nothing(written) {
            return Ok(Self(marks));
        }
        for part in split_list(written) {
            let unreadable = || MarksFault::Unreadable(part.to_owned());
            let mut letters = part.chars();
            let mark = letters.next().filter(|first| is_mark(*first));
            let mark = mark.ok_or_else(unreadable)?;
            let meaning = letters.as_str().trim_start();
            let meaning = meaning.strip_prefix(BETWEEN).unwrap_or(meaning).trim();
            if meaning.is_empty() {
                return Err(unreadable());
            }
            if utf16_len(meaning) > MEANING_UNITS_MAX {
                return Err(MarksFault::TooLong);
            }
            if marks.iter().any(|(known, _)| *known == mark) {
                return Err(MarksFault::Twice(mark));
            }
            marks.push((mark, meaning.to_owned()));
        }
        if marks.len() > MARKS_MAX {
            return Err(MarksFault::TooMany);
        }
        Ok(Self(marks))
    }

    /// What a mark means.
    #[must_use]
    pub fn meaning(&self, mark: char) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == mark);
        found.map(|(_, meaning)| meaning.as_str())
    }

    /// Whether nobody has said what any mark means.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The marks that are offered, with their meaning where they have one: the office's own first, then
    /// the usual ones.
    pub fn offered(&self) -> impl Iterator<Item = (char, Option<&str>)> {
        let own = self.0.iter().map(|(mark, of)| (*mark, Some(of.as_str())));
        let others = USUAL
            .into_iter()
            .filter(|mark| self.meaning(*mark).is_none());
        own.chain(others.map(|mark| (mark, None)))
    }
}

impl fmt::Display for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("なし");
        }
        for (place, (mark, meaning)) in self.0.iter().enumerate() {
            let separator = if place == 0 { "" } else { "、" };
            write!(f, "{separator}{mark}{meaning}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_says_what_its_marks_mean() {
        let unreadable = |part: &str| Err(MarksFault::Unreadable(part.to_owned()));
        for (written, expected) in [
            ("●実施、○予定", Ok("●実施、○予定")),
            ("●=実施済み, ○ : 予定", Ok("●実施済み、○予定")),
            ("◎ 達成\n△ 継続", Ok("◎達成、△継続")),
            ("△３割、★重点", Ok("△３割、★重点")),
            ("なし", Ok("なし")),
            ("", Ok("なし")),
            ("実施", unreadable("実施")),
            ("＊実施", unreadable("＊実施")),
            ("●", unreadable("●")),
            ("●実施、○=", unreadable("○=")),
            ("●実施、●予定", Err(MarksFault::Twice('●'))),
            (
                "●実施した取組みのうち年度内に全部終わったもの",
                Err(MarksFault::TooLong),
            ),
        ] {
            let found = Marks::parse(written).map(|marks| marks.to_string());
            assert_eq!(found, expected.map(str::to_owned), "{written}");
            if let Ok(kept) = found {
                assert_eq!(Marks::parse(&kept).map(|marks| marks.to_string()), Ok(kept));
            }
        }
        let many = "●一、◎二、◆三、■四、※五、○六、◯七、△八、□九";
        assert_eq!(Marks::parse(many), Err(MarksFault::TooMany));
        assert_eq!(Marks::default().meaning('●'), None);
    }

    #[test]
    fn the_offices_own_marks_are_offered_first() {
        let offered = |written| {
            let marks = Marks::parse(written).expect("marks");
            marks.offered().map(|(mark, _)| mark).collect::<String>()
        };
        assert_eq!(offered("なし"), "●○◎△");
        assert_eq!(offered("★重点、○予定"), "★○●◎△");
    }

    #[test]
    fn a_mark_stands_apart_from_its_words() {
        for (words, expected) in [
            ("●会議を開いた", (Some('●'), "会議を開いた")),
            ("○ 冊子を配った", (Some('○'), "冊子を配った")),
            ("△継続", (Some('△'), "継続")),
            // Less than before, and no mark.
            ("△3件", (None, "△3件")),
            ("▲２割", (None, "▲２割")),
            ("●", (Some('●'), "")),
            ("会議●", (None, "会議●")),
            ("＊会議", (None, "＊会議")),
            ("", (None, "")),
        ] {
            assert_eq!(apart(words), expected, "{words}");
        }
        assert!(all().chars().all(is_mark));
    }
}
