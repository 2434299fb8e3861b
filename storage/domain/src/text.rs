//! Text that people typed: made comparable, made storable, made harmless to show.
//!
//! Three forms of one text are kept apart. The *stored* form is what the person wrote ([`clean`]); the *normalised* form is
//! the same with width and compatibility variants evened out ([`normalise`]), for rules and parsers; the *folded* form has
//! no case and one kana only ([`fold`]), for search. [`Normalised`] remembers where each piece came from, so that a rule can
//! point at words of the original. Nothing here knows what the text is about.
//!
//! ```
//! use domain::text::{fold, normalise};
//! assert_eq!(normalise("ＩＣＴ　①"), "ICT 1");
//! assert_eq!(fold("ケアマネ ＩＣＴ"), "けあまね ict");
//! ```

use std::collections::BTreeSet;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

mod markdown;
mod normalised;

pub use markdown::escape_markdown;
pub use normalised::Normalised;

/// Blank lines in a row that [`clean`] leaves standing.
pub const BLANK_LINES_MAX: usize = 2;

/// Combining marks in a row that [`clean`] leaves on one character; no Japanese or European text needs more.
pub const COMBINING_MARKS_MAX: usize = 4;

const ELLIPSIS: char = '…';
const ZERO_WIDTH_SPACE: char = '\u{200B}';
const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// Why a text cannot be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unclean {
    /// Nothing is left once spaces and invisible characters are taken away.
    #[error("the text is empty")]
    Empty,
    /// The text is longer than the place it is meant for. Both figures are UTF-16 units, as Discord counts.
    #[error("the text has {actual} units, {limit} are allowed")]
    TooLong {
        /// The most that is allowed.
        limit: usize,
        /// What the cleaned text has.
        actual: usize,
    },
}

/// The text with width and compatibility variants evened out (NFKC) and every line end written as `\n`.
///
/// The meaning stays; the looks do not (`①` becomes `1`, `㈱` becomes `(株)`), so the result is for rules, not for people.
#[must_use]
pub fn normalise(text: &str) -> String {
    unify_line_ends(text).nfkc().collect()
}

/// The text for search: normalised, lower case, katakana written as hiragana.
#[must_use]
pub fn fold(text: &str) -> String {
    normalise(text)
        .chars()
        .flat_map(char::to_lowercase)
        .map(hiragana)
        .collect()
}

/// The pairs of neighbouring letters of the folded text, each once; spaces and punctuation are left out.
///
/// A text of a single letter gives that letter, so that no text with a letter in it is without a key.
#[must_use]
pub fn bigrams(text: &str) -> BTreeSet<String> {
    bigram_sequence(text).into_iter().collect()
}

/// The pairs of [`bigrams`] in the order of the text, repeated as often as they occur (for phrase search).
#[must_use]
pub fn bigram_sequence(text: &str) -> Vec<String> {
    let letters: Vec<char> = fold(text)
        .chars()
        .filter(|letter| letter.is_alphanumeric() || is_combining_mark(*letter))
        .collect();
    match letters.as_slice() {
        [] => Vec::new(),
        [single] => vec![single.to_string()],
        several => several
            .windows(2)
            .map(|pair| pair.iter().collect())
            .collect(),
    }
}

/// Whether a letter may not begin a line of Japanese: it hangs over the end of the line before.
#[must_use]
pub fn hangs(letter: char) -> bool {
    "、。，．）」』】〕］〉》・：；？！ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ｡､｣)]"
        .contains(letter)
}

/// Length in UTF-16 units, the measure Discord and browsers use.
#[must_use]
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// What a person typed, made storable: NFC (the writing is kept), `\n` line ends, no invisible or direction-changing
/// characters, no more than [`BLANK_LINES_MAX`] blank lines in a row, no space at either end.
///
/// A zero-width joiner stays inside an emoji; a variation selector stays after a character it can change (the writing of
/// personal and place names depends on it). Both are dropped elsewhere, where they only hide something.
///
/// # Errors
/// [`Unclean::Empty`] when nothing is left, [`Unclean::TooLong`] when more than `max` UTF-16 units are.
pub fn clean(text: &str, max: usize) -> Result<String, Unclean> {
    let visible = without_invisible(&unify_line_ends(text).nfc().collect::<String>());
    let mut lines: Vec<&str> = Vec::new();
    let mut blank = 0;
    for line in visible.trim().lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank <= BLANK_LINES_MAX {
            lines.push(line);
        }
    }
    let stored = lines.join("\n");
    let actual = utf16_len(&stored);
    match actual {
        0 => Err(Unclean::Empty),
        _ if actual > max => Err(Unclean::TooLong { limit: max, actual }),
        _ => Ok(stored),
    }
}

/// The text on one line for a title: white space becomes single spaces, and what is beyond `max` UTF-16 units gives way to `…`.
///
/// A character is never parted from the marks that belong to it. With `max` 0 the result is empty.
#[must_use]
pub fn one_line(text: &str, max: usize) -> String {
    let visible = without_invisible(text);
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if utf16_len(&line) <= max {
        return line;
    }
    let Some(room) = max.checked_sub(ELLIPSIS.len_utf16()) else {
        return String::new();
    };
    format!("{}{ELLIPSIS}", fitting(&line, room).trim_end())
}

/// The longest beginning of the text that has at most `max` UTF-16 units.
///
/// A character is never parted from the marks that belong to it, so the result may be empty although the text is not.
#[must_use]
pub fn fitting(text: &str, max: usize) -> &str {
    let mut used = 0;
    let mut end = 0;
    let mut joined = false;
    for (start, letter) in text.char_indices() {
        if !joined && !clings(letter) {
            end = start;
        }
        joined = letter == ZERO_WIDTH_JOINER;
        used += letter.len_utf16();
        if used > max {
            return &text[..end];
        }
    }
    text
}

/// The text on one line with at most `max` letters as people count them: what is beyond gives way to `…`, which is one of
/// them. A letter is a character with the marks that belong to it, however many units it has; pictures that are joined are one.
#[must_use]
pub fn cut(text: &str, max: usize) -> String {
    let visible = without_invisible(text);
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut joined = false;
    let begins = line.char_indices().filter_map(|(start, letter)| {
        let begins = !joined && !clings(letter);
        joined = letter == ZERO_WIDTH_JOINER;
        begins.then_some(start)
    });
    let begins: Vec<usize> = begins.take(max.saturating_add(1)).collect();
    if begins.len() <= max {
        return line;
    }
    match max.checked_sub(1) {
        Some(last) => format!("{}{ELLIPSIS}", line[..begins[last]].trim_end()),
        None => String::new(),
    }
}

fn unify_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

/// The letter as [`fold`] writes its kana.
pub(crate) fn hiragana(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        other => other,
    }
}

/// Characters that show nothing or turn the direction of writing, and so can hide or disguise something.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        || u32::from(letter) & 0xFFFE == 0xFFFE
}

fn is_variation_selector(letter: char) -> bool {
    matches!(letter, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Pictures that a zero-width joiner may tie together.
fn is_pictograph(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a character belongs to the one before it: an accent, a variant, a joiner, a skin tone.
#[must_use]
pub fn clings(letter: char) -> bool {
    is_combining_mark(letter)
        || is_variation_selector(letter)
        || matches!(letter, ZERO_WIDTH_JOINER | '\u{1F3FB}'..='\u{1F3FF}')
}

fn without_invisible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut base = '\n';
    let mut marks = 0;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = out.chars().next_back().unwrap_or('\n');
        let keep = match letter {
            '\n' => true,
            '\t' => {
                out.push(' ');
                false
            }
            ZERO_WIDTH_JOINER => {
                is_pictograph(base)
                    && last != ZERO_WIDTH_JOINER
                    && letters.peek().copied().is_some_and(is_pictograph)
            }
            _ if is_variation_selector(letter) => last == base && !last.is_whitespace(),
            _ if is_invisible(letter) => false,
            _ if is_combining_mark(letter) => {
                marks += 1;
                marks <= COMBINING_MARKS_MAX
            }
            _ => true,
        };
        if keep {
            out.push(letter);
            if !clings(letter) {
                base = letter;
                marks = 0;
            }
        }
    }
    out
}
