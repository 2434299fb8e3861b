//! Suggestions by chance: the same question has the same answer, whatever else is in the list.

use crate::office::{list, past};
use domain::category::{SUGGESTIONS_MAX, suggest};
use domain::profession::Vocabulary;
use domain::similarity::{Bigrams, Index, Ratio, overlap};
use proptest::prelude::*;

fn words() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "退院",
        "の",
        "連絡",
        "薬",
        "ケアマネ",
        "が",
        "遅い",
        "、",
        "口腔",
        "ICT",
        "　",
        "ー",
        "看取り",
        "を",
        "12",
        "。",
        "情報共有",
        "\n",
        "ﾃｨ",
        "👪",
    ]);
    prop::collection::vec(pieces, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_same_question_has_the_same_answer(text in words(), count in 0..29_usize) {
        let (list, past, field) = (list(), past(), Vocabulary::standard());
        let found = suggest(&text, &past[..count], &list, &field);
        prop_assert_eq!(&found, &suggest(&text, &past[..count], &list, &field));
        prop_assert!(found.len() <= SUGGESTIONS_MAX);
        let mut reversed = list.clone();
        reversed.reverse();
        let mut again = suggest(&text, &past[..count], &reversed, &field);
        let mut found = found;
        // Which of equally likely ones is cut off is for the order of the list to say; the rest is not.
        if found.len() < SUGGESTIONS_MAX {
            found.sort_by_key(|one| one.category);
            again.sort_by_key(|one| one.category);
            prop_assert_eq!(found, again);
        }
    }

    #[test]
    fn likeness_is_the_same_from_both_sides_and_full_with_oneself(one in words(), other in words()) {
        let (a, b) = (Bigrams::of(&one), Bigrams::of(&other));
        prop_assert_eq!(overlap(&a, &b), overlap(&b, &a));
        let own = overlap(&a, &a);
        prop_assert_eq!(own, if a.is_empty() { Ratio::ZERO } else { Ratio::ONE });
        let index = Index::new([(1, a.clone()), (2, b.clone())]);
        prop_assert_eq!(index.overlap(&a, &b), index.overlap(&b, &a));
        prop_assert!(index.nearest(&a, Ratio::ZERO, 1).len() <= 1);
    }
}
