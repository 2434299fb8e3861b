//! Similarity: how much two texts share, pair of letters by pair of letters.
//!
//! A text is cut into [`Bigrams`]: neighbouring letters of its folded form (width, case and kana evened out), each with a
//! weight for how much it says. Endings and particles say little, kanji, katakana and Latin letters much; a profession is one
//! sign whatever it is called, and says who rather than what. [`overlap`] compares two texts by themselves; an [`Index`] knows
//! a collection of texts as well, and lets what is rare among them count for more. [`shared_words`] names what two texts have
//! in common, for people to read. This is likeness of wording only: what follows from it is for whoever asks.
//!
//! ```
//! use domain::similarity::{Bigrams, overlap};
//! let of = |text| Bigrams::of(text);
//! let near = overlap(&of("退院の連絡が遅い"), &of("退院時の連絡がおそい"));
//! let far = overlap(&of("退院の連絡が遅い"), &of("口腔ケアの研修をしたい"));
//! assert!(near > far);
//! assert_eq!(overlap(&of("ＩＣＴ"), &of("ict")).percent(), 100);
//! ```

use std::cmp::{Ordering, Reverse};

use serde::{Deserialize, Serialize};
use unicode_normalization::{IsNormalized, is_nfkc_quick};

use crate::profession::Vocabulary;
use crate::text::{hiragana, normalise};

mod index;
mod shared;

pub use index::Index;
pub use shared::shared_words;

/// The most letters of a text that are looked at; a wording has at most [`crate::issue::TEXT_UNITS_MAX`] units.
pub const LETTERS_MAX: usize = 4_000;

/// Weights of a pair: how much it says by itself. A content word in full, an ending hardly anything.
mod weight {
    /// Kanji, katakana, Latin letters on both sides.
    pub(super) const CONTENT: u32 = 8;
    /// A content letter and its ending (断る, 遅い).
    pub(super) const INFLECTED: u32 = 4;
    /// A profession, by whichever word.
    pub(super) const PROFESSION: u32 = 4;
    /// A letter that stands alone between two signs.
    pub(super) const SINGLE: u32 = 4;
    /// A content letter beside a particle (情報が).
    pub(super) const PARTICLE: u32 = 2;
    /// Two digits.
    pub(super) const FIGURE: u32 = 2;
    /// Two hiragana.
    pub(super) const ENDING: u32 = 1;
}

/// Hiragana that, beside a content letter, are mostly a particle and not part of a word.
const PARTICLES: &str = "がをにはのとでもへや";

/// A likeness from 0 (nothing in common) to 1 (the same), in ten-thousandths, so that it compares exactly.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Ratio(u16);

impl Ratio {
    /// Nothing in common.
    pub const ZERO: Self = Self(0);
    /// The same.
    pub const ONE: Self = Self(10_000);

    /// So many hundredths; more than 100 are 100.
    #[must_use]
    pub const fn from_percent(percent: u8) -> Self {
        Self(if percent > 100 { 100 } else { percent as u16 } * 100)
    }

    /// `part` of `whole`, rounded down; of nothing it is nothing, and never more than [`Self::ONE`].
    #[must_use]
    pub fn of(part: u64, whole: u64) -> Self {
        let parts = u128::from(part) * 10_000 / u128::from(whole.max(1));
        u16::try_from(parts).map_or(Self::ONE, Self).min(Self::ONE)
    }

    /// Ten-thousandths, 0 to 10,000.
    #[must_use]
    pub const fn ten_thousandths(self) -> u16 {
        self.0
    }

    /// Whole hundredths, rounded down, 0 to 100.
    #[must_use]
    pub const fn percent(self) -> u16 {
        self.0 / 100
    }
}

/// What two neighbours are to each other: a pair of letters, a letter alone, or a profession.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Gram(u64);

/// Above every pair of letters, which take 21 bits each.
const PROFESSION_BIT: u64 = 1 << 63;

impl Gram {
    fn pair(first: char, second: char) -> Self {
        Self(u64::from(u32::from(first)) << 21 | u64::from(u32::from(second)))
    }

    fn single(letter: char) -> Self {
        Self(u64::from(u32::from(letter)))
    }

    fn profession(index: usize) -> Self {
        Self(PROFESSION_BIT | index as u64)
    }
}

/// A text as the pairs of letters in it, each once, with what each says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bigrams {
    /// Sorted by gram, each once.
    grams: Vec<(Gram, u32)>,
}

impl Bigrams {
    /// The pairs of `text`, with professions as letters like any others.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut cut = Cut::default();
        cut.letters(&even(text));
        cut.finish()
    }

    /// The pairs of `text`, with every profession of `vocabulary` as one sign (ケアマネ is 介護支援専門員).
    ///
    /// Only texts that were cut with the same vocabulary may be compared: the sign is the place in its list.
    #[must_use]
    pub fn of_statement(text: &str, vocabulary: &Vocabulary) -> Self {
        let even = even(text);
        let mut cut = Cut::default();
        let mut at = 0;
        for (profession, span) in vocabulary.spans(&even) {
            cut.letters(&even[at..span.start]);
            cut.profession(profession);
            at = span.end;
        }
        cut.letters(&even[at..]);
        cut.finish()
    }

    /// How many different pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.grams.len()
    }

    /// Whether the text has no letter.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.grams.is_empty()
    }

    /// How much of `part` stands in this text too: 1 when all of it does (a category's name in a wording).
    #[must_use]
    pub fn covers(&self, part: &Self) -> Ratio {
        let (_, shared) = met(&self.grams, &part.grams);
        Ratio::of(shared, total(&part.grams))
    }
}

/// How much two texts have in common by themselves (Dice over weighted pairs): symmetric, and 1 for equal texts.
///
/// Two texts without a letter have nothing in common.
#[must_use]
pub fn overlap(one: &Bigrams, other: &Bigrams) -> Ratio {
    dice(&one.grams, &other.grams)
}

/// The weight both sides give to what they share, of all they have.
fn dice(one: &[(Gram, u32)], other: &[(Gram, u32)]) -> Ratio {
    let (ours, theirs) = met(one, other);
    Ratio::of(ours + theirs, total(one) + total(other))
}

/// What the shared pairs weigh on either side.
fn met(one: &[(Gram, u32)], other: &[(Gram, u32)]) -> (u64, u64) {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let (mut ours, mut theirs) = (0, 0);
    while let (Some((gram, weight)), Some((rival, counter))) = (left.peek(), right.peek()) {
        match gram.cmp(rival) {
            Ordering::Less => drop(left.next()),
            Ordering::Greater => drop(right.next()),
            Ordering::Equal => {
                ours += u64::from(*weight);
                theirs += u64::from(*counter);
                left.next();
                right.next();
            }
        }
    }
    (ours, theirs)
}

fn total(grams: &[(Gram, u32)]) -> u64 {
    grams.iter().map(|(_, weight)| u64::from(*weight)).sum()
}

/// One width and one case, kana kept: which kana a letter was says how much it says.
fn even(text: &str) -> String {
    let end = text
        .char_indices()
        .nth(LETTERS_MAX)
        .map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    // Most of what people write is even already, and asking costs far less than evening it out.
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return text.to_lowercase();
    }
    normalise(text).to_lowercase()
}

/// Whether a letter is part of a word. Spaces are passed over, everything else parts two words.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, 'ー' | '々')
}

fn is_hiragana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ')
}

/// A text being cut.
#[derive(Default)]
struct Cut {
    grams: Vec<(Gram, u32)>,
    /// The letter before, and whether it is in a pair already.
    before: Option<(char, bool)>,
}

impl Cut {
    /// Takes the letters of a stretch of evened text.
    fn letters(&mut self, even: &str) {
        for letter in even.chars() {
            if is_letter(letter) {
                match self.before {
                    Some((before, _)) => {
                        let gram = Gram::pair(hiragana(before), hiragana(letter));
                        self.grams.push((gram, weight_of(before, letter)));
                        self.before = Some((letter, true));
                    }
                    None => self.before = Some((letter, false)),
                }
            } else if !letter.is_whitespace() {
                self.part();
            }
        }
    }

    fn profession(&mut self, index: usize) {
        self.part();
        self.grams
            .push((Gram::profession(index), weight::PROFESSION));
    }

    /// A word has ended; if it was one letter, the letter stands for it.
    fn part(&mut self) {
        if let Some((letter, false)) = self.before.take() {
            let weight = if is_hiragana(letter) {
                weight::ENDING
            } else {
                weight::SINGLE
            };
            self.grams.push((Gram::single(hiragana(letter)), weight));
        }
    }

    fn finish(mut self) -> Bigrams {
        self.part();
        // The weightiest of equal ones comes first and stays: クスリ says more than くすり.
        self.grams
            .sort_unstable_by_key(|(gram, weight)| (*gram, Reverse(*weight)));
        self.grams.dedup_by_key(|(gram, _)| *gram);
        Bigrams { grams: self.grams }
    }
}

fn weight_of(first: char, second: char) -> u32 {
    match (is_hiragana(first), is_hiragana(second)) {
        (true, true) => weight::ENDING,
        (false, false) if first.is_numeric() && second.is_numeric() => weight::FIGURE,
        (false, false) => weight::CONTENT,
        (true, false) if PARTICLES.contains(first) => weight::PARTICLE,
        (false, true) if PARTICLES.contains(second) => weight::PARTICLE,
        _ => weight::INFLECTED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_kana_make_no_difference_to_what_is_shared() {
        for (one, other) in [
            ("ＩＣＴの活用", "ictの活用"),
            ("ｹｱﾏﾈとの連絡", "ケアマネとの連絡"),
            ("退院 時 の 連絡", "退院時の連絡"),
            ("クスリの管理", "くすりの管理"),
        ] {
            let likeness = overlap(&Bigrams::of(one), &Bigrams::of(other));
            assert_eq!(likeness, Ratio::ONE, "{one} | {other}");
        }
    }

    #[test]
    fn what_endings_share_is_not_what_words_share() {
        let said = Bigrams::of("病院からの退院の連絡が遅いと困ることがある");
        let same_matter = Bigrams::of("退院の連絡をもっと早くもらえないか");
        let same_ending = Bigrams::of("口腔の機材が重いと困ることがある");
        assert!(overlap(&said, &same_matter) > overlap(&said, &same_ending));
    }

    #[test]
    fn a_profession_is_the_same_by_any_of_its_names() {
        let field = Vocabulary::standard();
        let cut = |text| Bigrams::of_statement(text, &field);
        let one = cut("ケアマネに薬の相談ができない");
        let other = cut("介護支援専門員に薬の相談ができない");
        assert_eq!(overlap(&one, &other), Ratio::ONE);
    }

    #[test]
    fn texts_without_letters_share_nothing() {
        let nothing = Bigrams::of("…！？");
        assert!(nothing.is_empty());
        assert_eq!(overlap(&nothing, &nothing), Ratio::ZERO);
        assert_eq!(overlap(&nothing, &Bigrams::of("薬")), Ratio::ZERO);
        assert_eq!(Bigrams::of("薬、薬").len(), 1);
    }

    #[test]
    fn a_name_is_covered_by_the_text_that_holds_it() {
        let text = Bigrams::of("退院時の情報共有がうまくいかない");
        assert_eq!(text.covers(&Bigrams::of("情報共有")), Ratio::ONE);
        assert!(text.covers(&Bigrams::of("口腔ケア")) < Ratio::from_percent(10));
        assert_eq!(text.covers(&Bigrams::of("")), Ratio::ZERO);
    }

    #[test]
    fn a_ratio_never_leaves_its_bounds() {
        for (part, whole, expected) in [
            (0, 0, 0),
            (1, 0, 10_000),
            (1, 3, 3_333),
            (3, 3, 10_000),
            (u64::MAX, 1, 10_000),
            (u64::MAX, u64::MAX, 10_000),
        ] {
            assert_eq!(Ratio::of(part, whole).ten_thousandths(), expected);
        }
        assert_eq!(Ratio::from_percent(255), Ratio::ONE);
    }
}
