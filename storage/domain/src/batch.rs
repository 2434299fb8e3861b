//! A batch (まとめ): what was typed or pasted at once, taken apart into what was said.
//!
//! People enter the notes of a meeting as plain lines, as lines with bullets or numbers, or as cells
//! copied from a sheet. Nothing that was written is lost here, and nothing is judged: whether a line
//! may be kept is asked elsewhere.
//!
//! ```
//! use domain::batch::lines;
//! let said = lines("1. 退院の連絡が遅い\n2. 薬の情報がほしい");
//! assert_eq!(said.len(), 2);
//! assert_eq!(said[1].text, "薬の情報がほしい");
//! ```

mod bullet;
mod table;

/// Most lines that become issues at once: what one meeting brings, and one transaction holds.
pub const LINES_MAX: usize = 50;

/// Most lines that are told apart; what lies beyond stays together as one.
pub const READ_MAX: usize = 400;

/// One thing that was said, as it was written; nothing is cleaned or checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What was said.
    pub text: String,
    /// The profession or association that said it, where a column names it.
    pub source: Option<String>,
    /// Who said it, where a column names it.
    pub speaker: Option<String>,
    /// The note (備考), where a column gives it.
    pub note: Option<String>,
}

impl Line {
    fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// The lines as they could have been typed or pasted: [`lines`] reads the same again. They stand in a
/// form when somebody corrects them.
#[must_use]
pub fn written(lines: &[Line]) -> String {
    let is_plain =
        |line: &Line| line.source.is_none() && line.speaker.is_none() && line.note.is_none();
    if !lines.iter().all(is_plain) {
        return table::written(lines);
    }
    let texts = || lines.iter().map(|line| line.text.as_str());
    if texts().all(|text| !text.contains('\n') && bullet::unmarked(text).is_none()) {
        texts().collect::<Vec<_>>().join("\n")
    } else {
        bullet::written(texts())
    }
}

/// Takes a text apart into what was said, in order. A text of one statement gives one line.
#[must_use]
pub fn lines(written: &str) -> Vec<Line> {
    let written = written.replace("\r\n", "\n").replace('\r', "\n");
    let lines = if written.contains('\t') {
        table::lines(&written)
    } else {
        bullet::lines(&written).into_iter().map(Line::of).collect()
    };
    bounded(lines)
}

/// At most [`READ_MAX`] lines: the last of them holds what is beyond.
fn bounded(mut lines: Vec<Line>) -> Vec<Line> {
    if lines.len() > READ_MAX {
        let beyond = written(&lines.split_off(READ_MAX - 1));
        lines.push(Line::of(beyond));
    }
    lines
}

/// Whether there is anything to read in it: rules and ornaments (-----, ＊＊＊) are nobody's words.
fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests;
