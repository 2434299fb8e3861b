//! A normalised text that knows its original, so that a rule can point at the words people wrote.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

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
