//! A text as searches compare it: its letters in one width, case and kana, each knowing where it came from.

use crate::text::{Normalised, hiragana};
use std::{collections::BTreeSet, fmt::Write as _, ops::Range};
use unicode_normalization::char::is_combining_mark;

/// Counts the ways [`key`] has been made: what was made another way is made anew ([`crate::search`] compares like with like).
/// Version 0 is what was kept before there were keys.
pub const KEY_VERSION: i64 = 2;

/// Stands in a key where a sentence or a bracket ends: no word goes across.
const APART: char = ' ';
/// Parts the two writings of a text in its key.
const OTHER_WRITING: char = '\n';
const LONG: char = 'ー';
/// Letters of a katakana word, long vowel marks apart, from which on the marks may be left out. In shorter words they tell
/// words apart: メール is not 決める, データ not 出た.
const LONG_WORD_LETTERS: usize = 4;

/// The wording as it is looked through: its letters, and once more without long vowel marks where long words of katakana may
/// be written without them.
#[must_use]
pub fn key(text: &str) -> String {
    Folded::of(text).key()
}

/// The neighbouring letters of a key, each pair once, as words of ASCII for an index. A word of a query stands in a key only if
/// all its grams do.
#[must_use]
pub fn grams(key: &str) -> BTreeSet<String> {
    let is_letter = |letter: char| letter != APART && letter != OTHER_WRITING;
    let letters = || key.chars();
    letters()
        .zip(letters().skip(1))
        .filter(|(first, second)| is_letter(*first) && is_letter(*second))
        .map(|(first, second)| {
            let mut gram = String::with_capacity(9);
            write!(gram, "{:x}z{:x}", u32::from(first), u32::from(second))
                .expect("a string takes what is written");
            gram
        })
        .collect()
}

/// One letter of a folded text.
#[derive(Clone, Debug)]
struct Letter {
    is: char,
    katakana: bool,
    origin: Range<usize>,
}

/// A folded text that knows its original.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    letters: Vec<Letter>,
}

impl Folded {
    /// Folds a text: spaces, middle dots and hyphens within words go, what parts sentences becomes [`APART`].
    pub(super) fn of(text: &str) -> Self {
        let even = Normalised::new(text);
        let mut letters: Vec<Letter> = Vec::new();
        let mut passed_over = false;
        for (at, letter) in even.as_str().char_indices() {
            let before = letters.last().map(|last| last.is);
            let is = match letter {
                // 三ヶ月, 三ヵ月, 三か月.
                'ヶ' | 'ヵ' | 'ゖ' | 'ゕ' => 'か',
                dash if is_long(dash) && before.is_some_and(is_kana) && !passed_over => LONG,
                other if other.is_alphanumeric() || is_combining_mark(other) => hiragana(other),
                other if parts(other) => APART,
                _ => {
                    passed_over = true;
                    continue;
                }
            };
            let latin = |letter: Option<char>| letter.is_some_and(|c| c.is_ascii_alphanumeric());
            if passed_over && latin(before) && latin(Some(is)) {
                // Words of Latin letters are apart by their spaces.
                letters.push(Letter {
                    is: APART,
                    katakana: false,
                    origin: 0..0,
                });
            }
            passed_over = false;
            if is == APART && before.is_none_or(|before| before == APART) {
                continue;
            }
            letters.push(Letter {
                is,
                katakana: matches!(letter, 'ァ'..='ヺ') || is == LONG,
                origin: even.original(at..at + letter.len_utf8()),
            });
        }
        Self { letters }
    }

    pub(super) fn key(&self) -> String {
        let mut key: String = self.letters.iter().map(|letter| letter.is).collect();
        let bare = self.bare(|letter| letter.katakana);
        if bare.letters.len() < self.letters.len() {
            key.push(OTHER_WRITING);
            key.extend(bare.letters.iter().map(|letter| letter.is));
        }
        key
    }

    /// How many letters it has.
    pub(super) fn len(&self) -> usize {
        self.letters
            .iter()
            .filter(|letter| letter.is != APART)
            .count()
    }

    /// The ways in which a word may stand in a key: as it is, without the long vowel marks that a long word may be written
    /// without, and without the one at its end. In a query hiragana counts as katakana.
    pub(super) fn writings(&self) -> Vec<String> {
        let written = |folded: &Self| {
            let letters: String = folded.letters.iter().map(|letter| letter.is).collect();
            letters.trim_matches(APART).to_owned()
        };
        let bare = self.bare(|letter| is_kana(letter.is) || letter.is == LONG);
        let mut writings = vec![written(self)];
        let end = self.letters.iter().rev().skip(1);
        let kana = end.take_while(|letter| is_kana(letter.is) || letter.is == LONG);
        let kana = kana.filter(|letter| letter.is != LONG).count();
        if kana + 1 >= LONG_WORD_LETTERS && writings[0].ends_with(LONG) {
            writings.push(writings[0].trim_end_matches(LONG).to_owned());
        }
        let bare = written(&bare);
        if !writings.contains(&bare) {
            writings.push(bare);
        }
        writings
    }

    /// The same without long vowel marks in long runs of letters that count as katakana.
    fn bare(&self, counts: impl Fn(&Letter) -> bool) -> Self {
        let mut letters = Vec::with_capacity(self.letters.len());
        for run in self
            .letters
            .chunk_by(|one, next| counts(one) == counts(next))
        {
            let is_long_word = counts(&run[0])
                && run.iter().filter(|letter| letter.is != LONG).count() >= LONG_WORD_LETTERS;
            letters.extend(
                run.iter()
                    .filter(|letter| !(is_long_word && letter.is == LONG))
                    .cloned(),
            );
        }
        Self { letters }
    }

    /// Where a writing stands, in both writings of the text, as ranges of the original.
    pub(super) fn places(
        &self,
        writing: &str,
        stands: impl Fn(Option<char>, Option<char>) -> bool,
    ) -> Vec<Range<usize>> {
        let wanted: Vec<char> = writing.chars().collect();
        let bare = self.bare(|letter| letter.katakana);
        [self, &bare]
            .into_iter()
            .flat_map(|folded| folded.places_in(&wanted, &stands))
            .collect()
    }

    fn places_in(
        &self,
        wanted: &[char],
        stands: &impl Fn(Option<char>, Option<char>) -> bool,
    ) -> Vec<Range<usize>> {
        let letters = &self.letters;
        let is = |at: usize| letters.get(at).map(|letter| letter.is);
        let ends = letters.len().saturating_sub(wanted.len().saturating_sub(1));
        (0..ends)
            .filter(|at| {
                wanted
                    .iter()
                    .zip(&letters[*at..])
                    .all(|(wanted, letter)| *wanted == letter.is)
            })
            .filter(|at| stands(at.checked_sub(1).and_then(is), is(at + wanted.len())))
            .map(|at| {
                let last = &letters[at + wanted.len() - 1];
                letters[at].origin.start..last.origin.end
            })
            .collect()
    }
}

/// What stands for a long vowel after kana: the mark, and dashes and waves typed for it.
fn is_long(letter: char) -> bool {
    matches!(
        letter,
        'ー' | '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '~' | '〜'
    )
}

fn is_kana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | LONG)
}

/// What ends a sentence, a clause or an aside. Spaces, line ends, middle dots and hyphens do not: words are broken there.
fn parts(letter: char) -> bool {
    matches!(
        letter,
        '。' | '、'
            | '.'
            | ','
            | '!'
            | '?'
            | ':'
            | ';'
            | '…'
            | '('
            | ')'
            | '「'
            | '」'
            | '『'
            | '』'
            | '【'
            | '】'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '〈'
            | '〉'
            | '《'
            | '》'
            | '"'
            | '“'
            | '”'
            | '/'
            | '|'
            | '='
            | '→'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_holds_letters_and_where_sentences_part() {
        for (text, expected) in [
            ("ＩＣＴを　使う", "ictを使う"),
            ("連携。会議（月１回）", "連携 会議 月1回 "),
            ("。。連携", "連携"),
            ("メール", "めーる"),
            ("ケアマネージャー", "けあまねーじゃー\nけあまねじゃ"),
            ("data base", "data base"),
            ("", ""),
        ] {
            assert_eq!(key(text), expected, "{text}");
        }
    }

    #[test]
    fn grams_go_across_neither_sentences_nor_writings() {
        assert_eq!(grams("あい うえ\nおか").len(), 3);
        assert_eq!(grams("あああ").len(), 1);
        assert!(grams("あ い").is_empty());
        let gram = grams("🏥𠮷");
        assert!(gram.iter().all(|gram| gram.is_ascii()), "{gram:?}");
    }

    #[test]
    fn every_writing_of_a_word_has_its_grams_in_the_key_it_stands_in() {
        for text in [
            "ケアマネージャーの会",
            "ICT、data base",
            "サ－ビス担当者会議",
        ] {
            let folded = Folded::of(text);
            let key = folded.key();
            for writing in folded.writings() {
                assert!(key.contains(writing.trim()), "{text}: {writing}");
                assert!(grams(&writing).is_subset(&grams(&key)), "{text}: {writing}");
            }
        }
    }
}
