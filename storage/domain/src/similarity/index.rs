//! A collection of texts, and what is rare among them.
//!
//! In an office everybody speaks of 連携 and 情報; what hardly anybody else says tells more. Every pair is weighed by its own
//! weight and by how few texts of the collection hold it. The collection lives as long as one question: it is built from what
//! the person may read, so that not even the weights tell of anything else.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::{Bigrams, Gram, Ratio, dice};

/// What one unit of rarity is worth; weights are whole numbers so that they add up the same in any order.
const UNIT: f64 = 16.0;

/// Texts with a key each, ready to be compared.
#[derive(Debug, Clone)]
pub struct Index<K> {
    /// How many texts hold each pair.
    holders: HashMap<Gram, u32, BuildHasherDefault<Mix>>,
    /// Rarity by number of holders, from none to all.
    rarity: Vec<u32>,
    texts: Vec<(K, Vec<(Gram, u32)>)>,
}

impl<K> Index<K> {
    /// The index of `texts`. Of equally near ones the earlier is named first, so the order given is kept (newest first).
    #[must_use]
    pub fn new(texts: impl IntoIterator<Item = (K, Bigrams)>) -> Self {
        let texts: Vec<(K, Vec<(Gram, u32)>)> = texts
            .into_iter()
            .map(|(key, text)| (key, text.grams))
            .collect();
        let mut index = Self {
            holders: HashMap::default(),
            rarity: rarity(texts.len()),
            texts: Vec::new(),
        };
        for (gram, _) in texts.iter().flat_map(|(_, grams)| grams) {
            *index.holders.entry(*gram).or_default() += 1;
        }
        index.texts = texts
            .into_iter()
            .map(|(key, grams)| (key, index.weighed(&grams)))
            .collect();
        index
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// How much two texts have in common, with what is rare in this collection counting for more.
    #[must_use]
    pub fn overlap(&self, one: &Bigrams, other: &Bigrams) -> Ratio {
        dice(&self.weighed(&one.grams), &self.weighed(&other.grams))
    }

    /// The nearest texts, nearest first, at least `least` near and at most `most` of them.
    #[must_use]
    pub fn nearest(&self, text: &Bigrams, least: Ratio, most: usize) -> Vec<(&K, Ratio)> {
        let asked = self.weighed(&text.grams);
        let mut near: Vec<(&K, Ratio)> = self
            .texts
            .iter()
            .map(|(key, grams)| (key, dice(&asked, grams)))
            .filter(|(_, likeness)| *likeness >= least && *likeness > Ratio::ZERO)
            .collect();
        // A stable sort keeps the order given among equals.
        near.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
        near.truncate(most);
        near
    }

    fn weighed(&self, grams: &[(Gram, u32)]) -> Vec<(Gram, u32)> {
        let rarity = |gram: &Gram| {
            let holders = self.holders.get(gram).map_or(0, |count| *count as usize);
            self.rarity.get(holders).copied().unwrap_or(1)
        };
        grams
            .iter()
            .map(|(gram, weight)| (*gram, weight * rarity(gram)))
            .collect()
    }
}

/// Rarity by number of holders among `texts` texts: the logarithm of how many texts come on one that holds the pair.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "logarithms of numbers of texts are small and positive"
)]
fn rarity(texts: usize) -> Vec<u32> {
    let among = (texts + 1) as f64;
    (0..=texts)
        .map(|holders| (UNIT * (1.0 + among / (holders + 1) as f64).ln()).round() as u32)
        .collect()
}

/// Mixes the one number a gram is: several times as quick as the standard hasher, which guards against keys chosen to
/// collide; the texts of one office are few and bounded, and chosen keys would only slow the answer of who chose them.
#[derive(Debug, Clone, Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        let wide = u128::from(self.0 ^ value) * 0x9E37_79B9_7F4A_7C15_u128;
        self.0 = (wide >> 64) as u64 ^ wide as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> Index<u32> {
        let said = [
            "連携の場で情報の共有ができない",
            "連携の場で情報が多すぎる",
            "連携の場で情報を出しにくい",
            "残薬の情報を共有したい",
        ];
        Index::new((1..).zip(said.map(Bigrams::of)))
    }

    #[test]
    fn what_hardly_anybody_says_counts_for_more() {
        let index = office();
        let asked = Bigrams::of("連携の場で残薬が話に出ない");
        let plain = super::super::overlap(&asked, &Bigrams::of("残薬の情報を共有したい"));
        let weighed = index.overlap(&asked, &Bigrams::of("残薬の情報を共有したい"));
        assert!(weighed > plain, "{weighed:?} {plain:?}");
    }

    #[test]
    fn the_nearest_come_first_and_equals_in_the_order_given() {
        let index = office();
        let near = index.nearest(&Bigrams::of("残薬の共有"), Ratio::from_percent(5), 2);
        assert_eq!(near[0].0, &4);
        assert!(near.len() <= 2);
        let twice = Index::new([(2, Bigrams::of("退院")), (1, Bigrams::of("退院"))]);
        let keys: Vec<i32> = twice
            .nearest(&Bigrams::of("退院"), Ratio::ZERO, 5)
            .into_iter()
            .map(|(key, _)| *key)
            .collect();
        assert_eq!(keys, [2, 1]);
    }

    #[test]
    fn an_empty_collection_answers_nothing_and_still_compares() {
        let index = Index::<u32>::new([]);
        assert!(index.is_empty());
        assert!(
            index
                .nearest(&Bigrams::of("退院"), Ratio::ZERO, 5)
                .is_empty()
        );
        let same = index.overlap(&Bigrams::of("退院"), &Bigrams::of("退院"));
        assert_eq!(same, Ratio::ONE);
    }
}
