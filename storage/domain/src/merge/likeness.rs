//! Which earlier issues say nearly the same as a wording, and how near they are in words people use.

use crate::{
    profession::Vocabulary,
    similarity::{Bigrams, Index, Ratio, shared_words},
};

/// Most issues that are named.
pub const ALIKE_MAX: usize = 3;
/// Most words that are named as what two wordings share.
const WORDS_MAX: usize = 3;

/// How near two wordings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// 似ている: they may be about the same matter.
    Alike,
    /// よく似ている: they say the same in other words.
    Near,
    /// ほとんど同じ
    Same,
}

crate::codes!(Likeness { Alike = "alike", Near = "near", Same = "same" });

impl Likeness {
    /// From how much of the words is shared, with what is rare counting for more; `None` when it is too little to say so.
    fn of(ratio: Ratio) -> Option<Self> {
        [(95, Self::Same), (65, Self::Near), (30, Self::Alike)]
            .into_iter()
            .find(|(least, _)| ratio >= Ratio::from_percent(*least))
            .map(|(_, likeness)| likeness)
    }
}

/// An earlier wording that is like a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike<K> {
    /// Which one.
    pub key: K,
    /// How near it is.
    pub likeness: Likeness,
    /// The words both share.
    pub words: Vec<String>,
}

/// The earlier wordings most like a new one, nearest first, at most [`ALIKE_MAX`]; of equally near ones the one given first.
#[must_use]
pub fn alike<K: Copy>(wording: &str, earlier: &[(K, &str)], field: &Vocabulary) -> Vec<Alike<K>> {
    let cut = |text: &str| Bigrams::of_statement(text, field);
    let index = Index::new(
        earlier
            .iter()
            .enumerate()
            .map(|(at, (_, text))| (at, cut(text))),
    );
    index
        .nearest(&cut(wording), Ratio::ZERO, ALIKE_MAX)
        .into_iter()
        .filter_map(|(at, ratio)| {
            let (key, text) = earlier[*at];
            Some(Alike {
                key,
                likeness: Likeness::of(ratio)?,
                words: shared_words(wording, text, WORDS_MAX),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an office has heard before.
    const EARLIER: [&str; 10] = [
        "退院の連絡が前日に来るので、在宅の準備が間に合わない",
        "薬局によって在宅医療への姿勢がまちまちだ",
        "夜間に薬が足りなくなったとき、どこに連絡すればよいか分からない",
        "口腔ケアの大切さが伝わっていない",
        "サービス担当者会議の日程が合わない",
        "主治医に相談したいが、電話をしてよい時間が分からない",
        "認知症の方への対応を学ぶ研修をしたい",
        "介護職の人手が足りない",
        "お薬手帳を忘れる方が多い",
        "災害のときの連絡体制を地域で決めたい",
    ];

    #[test]
    fn what_says_the_same_in_other_words_is_found_first() {
        let field = Vocabulary::standard();
        let earlier: Vec<(usize, &str)> = EARLIER.into_iter().enumerate().collect();
        for (wording, expected) in [
            (
                "退院の連絡が前日に来るので、在宅の準備が間に合わない。",
                Some((0, Likeness::Same)),
            ),
            (
                "退院の連絡が急で、在宅の準備が間に合わない",
                Some((0, Likeness::Near)),
            ),
            (
                "在宅医療への姿勢が薬局でまちまち",
                Some((1, Likeness::Near)),
            ),
            (
                "夜間に薬がなくなったときの連絡先が分からない",
                Some((2, Likeness::Alike)),
            ),
            (
                "ドクターに相談したいが電話してよい時間が分からない",
                Some((5, Likeness::Near)),
            ),
            ("担当者会議の日程が合わず困る", Some((4, Likeness::Near))),
            ("認知症の研修を開きたい", Some((6, Likeness::Alike))),
            ("リハビリの目標を家族と分かち合いたい", None),
            ("ごみの出し方を教えてほしい", None),
            ("", None),
        ] {
            let found = alike(wording, &earlier, &field);
            let first = found.first().map(|one| (one.key, one.likeness));
            assert_eq!(first, expected, "{wording}: {found:?}");
            assert!(found.len() <= ALIKE_MAX);
        }
    }

    #[test]
    fn the_words_both_share_are_named() {
        let field = Vocabulary::standard();
        let found = alike("担当者会議の日程が合わず困る", &[((), EARLIER[4])], &field);
        assert_eq!(found[0].words, ["担当者会議の日程"]);
        assert!(alike("連絡", &[] as &[((), &str)], &field).is_empty());
    }
}
