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
use std::ops::Range;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

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
    let mut used = 0;
    let mut end = 0;
    let mut joined = false;
    for (start, letter) in line.char_indices() {
        if !joined && !clings(letter) {
            end = start;
        }
        joined = letter == ZERO_WIDTH_JOINER;
        used += letter.len_utf16();
        if used > room {
            break;
        }
    }
    format!("{}{ELLIPSIS}", line[..end].trim_end())
}

/// The text with everything that Discord would act on shown as it was typed.
///
/// Discord's renderer takes a backslash before any ASCII punctuation as "this character itself", so markdown is escaped that
/// way; signs that act only at the start of a line are escaped only there. Mentions, custom emoji and timestamps are also
/// read by Discord's server, which knows no backslash: they are broken by a zero-width space after `<` or `@`, which no
/// syntax of theirs allows, so the text stays harmless even where `allowed_mentions` is forgotten. A plain link stays a link
/// when nothing in it could act; otherwise it is broken too.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        escape_line(line, &mut out);
    }
    out
}

/// A normalised text (NFKC, lower case, kana kept) that knows where each of its pieces stood in the original.
///
/// Kana are not folded here: リハ folded would be found in 余りは.
#[derive(Debug, Clone)]
pub struct Normalised {
    text: String,
    /// For each piece: where it starts here, and its range in the original. Sorted by both.
    pieces: Vec<(usize, Range<usize>)>,
}

impl Normalised {
    /// Normalises `original` piece by piece: a character with its marks, or a half-width kana with its voice mark.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut pieces = Vec::with_capacity(original.len() / 2);
        let mut rest = original.char_indices().peekable();
        while let Some((start, first)) = rest.next() {
            let mut end = start + first.len_utf8();
            while let Some((at, mark)) = rest.peek().copied().filter(|(_, next)| is_mark(*next)) {
                end = at + mark.len_utf8();
                rest.next();
            }
            let before = text.len();
            text.extend(original[start..end].nfkc().flat_map(char::to_lowercase));
            if text.len() > before {
                pieces.push((before, start..end));
            }
        }
        Self { text, pieces }
    }

    /// The normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same text with each of `spans` (ranges of [`Self::as_str`], in order, apart) standing as one sign, which comes
    /// from all that the span came from.
    pub(crate) fn with_signs(&self, spans: &[(Range<usize>, char)]) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut pieces = Vec::with_capacity(self.pieces.len());
        let mut spans = spans.iter().peekable();
        for (index, (start, origin)) in self.pieces.iter().enumerate() {
            while spans.peek().is_some_and(|(span, _)| span.end <= *start) {
                spans.next();
            }
            if let Some((span, sign)) = spans.peek().filter(|(span, _)| span.start <= *start) {
                if span.start == *start {
                    pieces.push((text.len(), self.original(span.clone())));
                    text.push(*sign);
                }
                continue;
            }
            let end = self
                .pieces
                .get(index + 1)
                .map_or(self.text.len(), |(next, _)| *next);
            pieces.push((text.len(), origin.clone()));
            text.push_str(&self.text[*start..end]);
        }
        Self { text, pieces }
    }

    /// The same text with every stretch that came from one of `origins` (ranges of the original, in order, apart) standing
    /// as one `sign`.
    pub(crate) fn with_sign_over(&self, origins: &[Range<usize>], sign: char) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut pieces: Vec<(usize, Range<usize>)> = Vec::with_capacity(self.pieces.len());
        let mut covers = origins.iter().peekable();
        let mut covered = None;
        for (index, (start, origin)) in self.pieces.iter().enumerate() {
            while covers.peek().is_some_and(|cover| cover.end <= origin.start) {
                covers.next();
            }
            let cover = covers
                .peek()
                .filter(|cover| cover.start < origin.end)
                .copied();
            match cover {
                Some(cover) if covered == Some(cover) => continue,
                Some(cover) => {
                    pieces.push((text.len(), cover.clone()));
                    text.push(sign);
                }
                None => {
                    let end = self
                        .pieces
                        .get(index + 1)
                        .map_or(self.text.len(), |(next, _)| *next);
                    pieces.push((text.len(), origin.clone()));
                    text.push_str(&self.text[*start..end]);
                }
            }
            covered = cover;
        }
        Self { text, pieces }
    }

    /// The range of the original, on character boundaries, that `range` of [`Self::as_str`] came from.
    ///
    /// A range that ends inside a piece (`1` of `⑩`) is widened to the whole piece; an empty or outlying one is empty.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        if range.start >= range.end || range.start >= self.text.len() {
            return 0..0;
        }
        let first = self
            .pieces
            .partition_point(|(start, _)| *start <= range.start)
            .saturating_sub(1);
        let last = self
            .pieces
            .partition_point(|(start, _)| *start < range.end)
            .saturating_sub(1);
        match (self.pieces.get(first), self.pieces.get(last)) {
            (Some((_, from)), Some((_, to))) => from.start..to.end,
            _ => 0..0,
        }
    }
}

fn is_mark(letter: char) -> bool {
    canonical_combining_class(letter) != 0 || matches!(letter, '\u{FF9E}' | '\u{FF9F}')
}

fn unify_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

fn hiragana(letter: char) -> char {
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

/// Characters that belong to the one before them.
fn clings(letter: char) -> bool {
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

/// Escapes one line: first what acts at its start, then what acts anywhere.
fn escape_line(line: &str, out: &mut String) {
    let body = line.trim_start();
    out.push_str(&line[..line.len() - body.len()]);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let mut at = 0;
    if body.starts_with(['#', '-', '+']) {
        out.push('\\');
        out.push_str(&body[..1]);
        at = 1;
    } else if digits > 0 && body[digits..].starts_with(['.', ')']) {
        out.push_str(&body[..digits]);
        out.push('\\');
        out.push_str(&body[digits..=digits]);
        at = digits + 1;
    }
    while let Some(letter) = body[at..].chars().next() {
        let link = link_len(&body[at..]);
        if link > 0 {
            out.push_str(&body[at..at + link]);
            at += link;
            continue;
        }
        match letter {
            '\\' | '*' | '_' | '~' | '|' | '`' | '[' | ']' | '(' | ')' | '>' => {
                out.extend(['\\', letter])
            }
            '<' => out.extend(['\\', letter, ZERO_WIDTH_SPACE]),
            '@' => out.extend([letter, ZERO_WIDTH_SPACE]),
            ':' if body[at..].starts_with("://") => out.extend([ZERO_WIDTH_SPACE, letter]),
            other => out.push(other),
        }
        at += letter.len_utf8();
    }
}

/// Length in bytes of the harmless link at the start of `text`, 0 when there is none.
fn link_len(text: &str) -> usize {
    let Some(after) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return 0;
    };
    let scheme = text.len() - after.len();
    // Discord's own end of a link: white space or `<`, less closing punctuation.
    let whole = &text[..text
        .find(|letter: char| letter.is_whitespace() || letter == '<')
        .unwrap_or(text.len())];
    let link = whole.trim_end_matches(['.', ',', ':', ';', '"', '\'', ')', ']']);
    let harmless = |letter: char| {
        letter.is_ascii_alphanumeric() || !letter.is_ascii() || "-._%/?&=#+:!$,;~".contains(letter)
    };
    if link.len() > scheme && link[scheme..].chars().all(harmless) {
        whole.len()
    } else {
        0
    }
}
