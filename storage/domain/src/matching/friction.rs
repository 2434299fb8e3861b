//! Friction: the words by which somebody complains of what others do, or misses what they do not do.
//!
//! Seed 000, chapter 2 (2): 「互いの職種へのニーズがありますが、うまくマッチしていません」. Where both sides are troubled, a gathering has
//! something to mend; where only one is, the other may not know of it yet.

use crate::text::Normalised;

/// The words, evened.
#[rustfmt::skip] // A table: rows wrapped by width, not one word to a line.
const WORDS: &[&str] = &[
    "拒否", "断られ", "断る", "断ら", "させようと", "しようとす", "戻そうと", "押し付け", "押しつけ", "丸投げ",
    "一方的", "急に", "急な", "突然", "すぐに", "いきなり", "ぎりぎり", "くれない", "くれず", "もらえない", "もらえず",
    "いただけない", "してこない", "来ない", "返ってこない", "届かない", "つながらない", "つかまらない", "いやな顔",
    "嫌な顔", "怒られ", "責められ", "取り合って", "待たされ", "遅い", "遅く", "遅れ", "時間がかか", "何日も",
    "日がかか", "止まって", "止まる", "困", "迷惑", "分からない", "わからない", "見えない", "読み取れない",
    "できていない", "できない", "られていない", "されていない", "守られ", "進まない", "聞けない", "聞きにく",
    "言いにく", "頼みにく", "合わない", "合わず", "迷う", "あいまい", "細かすぎ", "休まる", "回らない", "食い違",
    "行き違", "機会がな", "場がな", "言われる", "聞かされる", "違う",
];

/// The first word of friction in a text, as it stands in `original`.
pub(super) fn of(even: &Normalised, original: &str) -> Option<String> {
    let text = even.as_str();
    let span = WORDS
        .iter()
        .filter_map(|word| text.find(word).map(|at| at..at + word.len()))
        .min_by_key(|span| (span.start, std::cmp::Reverse(span.end)))?;
    Some(original[even.original(span)].to_owned())
}
