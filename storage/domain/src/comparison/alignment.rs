//! Which sentence of one wording is which of the other: partners in the order of both, worth as much as
//! possible together.

use super::Sentence;

/// What a pair that says the same is worth, letters aside.
const SAME: u32 = 1_000;
/// Most letters that count.
const LETTERS_MAX: usize = 100;
/// What the same number adds.
const SAME_MARK: u32 = 50;
/// What each hundredth of a likeness is worth.
const LIKENESS: u32 = 8;
/// Least likeness of two sentences of which one became the other, in hundredths.
const LIKENESS_MIN: u32 = 40;
/// The same of two headings or items under one number.
const LIKENESS_MARKED_MIN: u32 = 25;

/// The partners, in order.
pub(super) fn of_sentences(one: &[Sentence], other: &[Sentence]) -> Vec<(usize, usize)> {
    let pairs_of = |all: &[Sentence]| all.iter().map(letter_pairs).collect::<Vec<_>>();
    let (letters_one, letters_other) = (pairs_of(one), pairs_of(other));
    let worth = |i: usize, j: usize| {
        let (a, b) = (&one[i], &other[j]);
        let marked = !a.mark.is_empty() && a.mark_key() == b.mark_key();
        let mark = if a.mark_key() == b.mark_key() {
            SAME_MARK
        } else {
            0
        };
        if a.key() == b.key() {
            let letters = u32::try_from(a.letters().min(LETTERS_MAX)).unwrap_or(0);
            return SAME + letters + mark;
        }
        let likeness = likeness(&letters_one[i], &letters_other[j]);
        let least = if marked {
            LIKENESS_MARKED_MIN
        } else {
            LIKENESS_MIN
        };
        if likeness < least {
            0
        } else {
            likeness * LIKENESS + mark
        }
    };
    best(one.len(), other.len(), worth)
}

/// Pairs of neighbouring letters, sorted, as often as they occur.
fn letter_pairs(sentence: &Sentence) -> Vec<(char, char)> {
    let letters = sentence.key().chars();
    let mut pairs: Vec<_> = letters.clone().zip(letters.skip(1)).collect();
    pairs.sort_unstable();
    pairs
}

/// How much two sentences share, in hundredths of both together.
fn likeness(one: &[(char, char)], other: &[(char, char)]) -> u32 {
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let all = one.len() + other.len();
    u32::try_from((shared * 200).checked_div(all).unwrap_or(0)).unwrap_or(0)
}

/// The pairs (i, j), both rising, that are worth most together; pairs worth nothing are none.
fn best(one: usize, other: usize, worth: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    // worths[i][j]: of the best pairs among one[i..] and other[j..].
    let wide = other + 1;
    let mut worths = vec![0_u32; (one + 1) * wide];
    let mut own = vec![0_u32; one * other];
    for i in (0..one).rev() {
        for j in (0..other).rev() {
            let pair = worth(i, j);
            own[i * other + j] = pair;
            let with = if pair > 0 {
                pair + worths[(i + 1) * wide + j + 1]
            } else {
                0
            };
            let without = worths[(i + 1) * wide + j].max(worths[i * wide + j + 1]);
            worths[i * wide + j] = with.max(without);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < one && j < other {
        let here = worths[i * wide + j];
        let pair = own[i * other + j];
        if pair > 0 && here == pair + worths[(i + 1) * wide + j + 1] {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if here == worths[(i + 1) * wide + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pairs_worth_most_together_are_taken() {
        let worth = |i: usize, j: usize| [[0, 5, 0], [4, 0, 0], [0, 0, 3]][i][j];
        assert_eq!(best(3, 3, worth), [(0, 1), (2, 2)]);
        assert_eq!(best(0, 3, |_, _| 1), []);
        assert_eq!(best(2, 2, |_, _| 0), []);
    }
}
