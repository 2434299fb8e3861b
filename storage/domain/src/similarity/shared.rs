//! What two texts have in common, in the words of the first: a reason people can read.

use std::collections::HashMap;
use std::ops::Range;

use super::{PARTICLES, is_hiragana, is_letter};
use crate::text::{Normalised, hiragana};

/// Shortest word named, in letters.
const WORD_LETTERS_MIN: usize = 2;

/// Longest word named, in letters; of a longer stretch only the beginning is compared on.
const WORD_LETTERS_MAX: usize = 20;

/// Longest ending that stays with its word, in letters.
const ENDING_LETTERS_MAX: usize = 2;

/// The words of `one`, as they are written there, that stand in `other` too: the longest first, at most `most`.
///
/// A word is a stretch of letters in the same order on both sides (width, case and kana aside) without the endings around
/// it; hiragana alone is none. No two overlap, and none is named twice.
#[must_use]
pub fn shared_words(one: &str, other: &str, most: usize) -> Vec<String> {
    let even = Normalised::new(one);
    let ours: Vec<(usize, char)> = even.as_str().char_indices().collect();
    let folded: Vec<char> = ours.iter().map(|(_, letter)| hiragana(*letter)).collect();
    let theirs: Vec<char> = Normalised::new(other)
        .as_str()
        .chars()
        .map(hiragana)
        .collect();
    let mut places: HashMap<char, Vec<usize>> = HashMap::new();
    for (at, letter) in theirs.iter().enumerate() {
        places.entry(*letter).or_default().push(at);
    }
    let mut stretches: Vec<Range<usize>> = (0..folded.len())
        .filter(|at| is_letter(folded[*at]))
        .map(|at| {
            let starts = places.get(&folded[at]).map_or(&[][..], Vec::as_slice);
            let longest = starts
                .iter()
                .map(|start| common(&folded[at..], &theirs[*start..]))
                .max();
            at..at + longest.unwrap_or(0)
        })
        .map(|stretch| within_endings(stretch, &ours))
        .filter(|stretch| stretch.len() >= WORD_LETTERS_MIN)
        .collect();
    stretches.sort_by_key(|stretch| (std::cmp::Reverse(stretch.len()), stretch.start));
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for stretch in stretches {
        let apart = |known: &Range<usize>| stretch.end <= known.start || known.end <= stretch.start;
        if words.len() < most && taken.iter().all(apart) {
            let first = ours[stretch.start].0;
            let end = ours
                .get(stretch.end)
                .map_or(even.as_str().len(), |(at, _)| *at);
            let word = one[even.original(first..end)].to_owned();
            if !words.contains(&word) {
                words.push(word);
            }
            taken.push(stretch);
        }
    }
    words
}

/// How many letters two texts begin alike with.
fn common(one: &[char], other: &[char]) -> usize {
    one.iter()
        .zip(other)
        .take(WORD_LETTERS_MAX)
        .take_while(|(ours, theirs)| ours == theirs && is_letter(**ours))
        .count()
}

/// The stretch without the hiragana at either end, but for what ends its last word (日取り, 決まり, 遅い).
fn within_endings(stretch: Range<usize>, letters: &[(usize, char)]) -> Range<usize> {
    let says = |at: &usize| !is_hiragana(letters[*at].1);
    let Some(start) = stretch.clone().find(says) else {
        return stretch.start..stretch.start;
    };
    let last = stretch.clone().rev().find(says).unwrap_or(start);
    let run = &letters[last + 1..stretch.end];
    let ending = run
        .iter()
        .take_while(|(_, letter)| !PARTICLES.contains(*letter))
        .count();
    let goes_on = letters
        .get(stretch.end)
        .is_some_and(|(_, next)| is_hiragana(*next) && !PARTICLES.contains(*next));
    let is_cut = ending == run.len() && goes_on;
    let particle = stretch
        .clone()
        .rfind(|at| PARTICLES.contains(letters[*at].1));
    if let Some(particle) = particle.filter(|at| is_cut && *at > start && at + 1 == last) {
        // One letter and an ending that differ are not a word both share (合わず, 合わない).
        return within_endings(start..particle, letters);
    }
    let kept = match ending {
        _ if is_cut => 0,
        1 => 1,
        // Longer ones are other words (困ること), unless they are all there is.
        ENDING_LETTERS_MAX if run.len() == ENDING_LETTERS_MAX => ENDING_LETTERS_MAX,
        _ => 0,
    };
    start..last + 1 + kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_a_reader_would_underline() {
        for (one, other, expected) in [
            (
                "退院の連絡が急に来る",
                "退院の連絡をもっと早くほしい",
                &["退院の連絡"][..],
            ),
            (
                "ＩＣＴを使った情報共有",
                "情報共有にictを活かす",
                &["情報共有", "ＩＣＴ"],
            ),
            ("困ることがある", "困ることがあるので", &[]),
            (
                "退院の日取りが急に",
                "退院の日取りが前の日に",
                &["退院の日取り"],
            ),
            ("決まりがない", "決まり", &["決まり"]),
            ("日程が合わず困る", "日程が合わない", &["日程"]),
            ("口腔ケア", "退院支援", &[]),
            ("口腔ケアと口腔ケア", "口腔ケア", &["口腔ケア"]),
            ("", "退院", &[]),
        ] {
            assert_eq!(
                shared_words(one, other, 3),
                expected.to_vec(),
                "{one} | {other}"
            );
        }
    }

    #[test]
    fn no_more_words_are_named_than_asked_for() {
        let words = shared_words("薬局、病院、施設、役所", "役所、施設、病院、薬局", 2);
        assert_eq!(words, ["薬局", "病院"]);
    }
}
