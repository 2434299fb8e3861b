//! Comparisons of an office's life, and laws that hold for whatever is compared.

use super::*;
use proptest::prelude::*;

fn kinds(old: &str, new: &str) -> Vec<Kind> {
    let found = compare(old, new).expect("short and not empty");
    found.rows.iter().map(|row| row.kind).collect()
}

#[test]
fn every_fate_of_a_sentence_has_its_name() {
    use Kind::{Added, Changed, Kept, MovedAway, MovedHere, Removed, Renumbered};
    for (old, new, expected) in [
        ("届け出る。", "届け出る。", &[Kept][..]),
        ("第 13 号による。", "第13号による。", &[Kept]),
        (
            "⑲ 主治の医師等の意見",
            "⑳ 主治の医師等の意見",
            &[Renumbered],
        ),
        ("1 届出", "① 届出", &[Kept]),
        (
            "記録は２年間保存する。",
            "記録は５年間保存する。",
            &[Changed],
        ),
        (
            "会議を開く。",
            "会議を開く。市町村に届け出なければならない。",
            &[Kept, Added],
        ),
        (
            "会議を開く。市町村に届け出なければならない。",
            "会議を開く。",
            &[Kept, Removed],
        ),
        (
            "記録を二年間保存する。\n会議を開いて皆の意見を求める。",
            "会議を開いて皆の意見を求める。\n記録を二年間保存する。",
            &[MovedAway, Kept, MovedHere],
        ),
        // Too short to be looked for elsewhere.
        (
            "（略）\n会議を開いて意見を求める。",
            "会議を開いて意見を求める。\n（略）",
            &[Removed, Kept, Added],
        ),
        (
            "⑱ （略）\n⑲ 医師の意見等\n⑳～㉕ （略）",
            "⑱ （略）\n⑲ 計画の届出\n⑳ 医師の意見等\n㉑～㉖ （略）",
            &[Kept, Added, Renumbered, Renumbered],
        ),
    ] {
        assert_eq!(kinds(old, new), expected, "{old} → {new}");
    }
}

#[test]
fn what_has_no_letters_or_too_many_is_not_compared() {
    let long = "届け出る。".repeat(SENTENCES_MAX + 1);
    let longer = "あ".repeat(WORDING_UNITS_MAX + 1);
    for (old, new, expected) in [
        ("", "届け出る。", Fault::Empty),
        ("届け出る。", " \n\u{3000}\n", Fault::Empty),
        (&long, "届け出る。", Fault::TooLong),
        ("届け出る。", &longer, Fault::TooLong),
    ] {
        assert_eq!(compare(old, new), Err(expected));
    }
}

#[test]
fn the_longest_wordings_are_compared_within_their_limit_of_work() {
    // Sentences that share much and never everything: the dearest there are.
    let wording = |first: char| {
        (0..SENTENCES_MAX)
            .map(|at| {
                format!(
                    "{first}{}の届出を行うこととし、{at}日までに届け出る。",
                    "市町村".repeat(10)
                )
            })
            .collect::<String>()
    };
    let found = compare(&wording('甲'), &wording('乙')).expect("within the limits");
    assert_eq!(found.count().changed, SENTENCES_MAX);
}

/// A wording as offices have them: sentences, headings, lines broken anywhere.
fn wording() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "管理者は、主任介護支援専門員とする。",
            "管理者は、介護支援専門員とする。",
            "記録は２年間保存しなければならない。",
            "記録は 5 年間保存しなければならない。",
            "（略）",
            "⑲ 居宅サービス計画の届出",
            "⑳ 居宅サービス計画の届出",
            "・薬が余っている",
            "場合（支障がない場合に限る。）は、認める。",
            "（閉じない括弧。次。",
            "翌月の末日までに届け出る。",
            "「主治の医師」に限定されない。",
        ]).prop_map(str::to_owned),
        2 => "[あ-うア-ウ亜-伊。（）「」①-③ 0-9a-c]{0,12}",
    ];
    let parted = prop::sample::select(vec!["", "\n", "\n\n", " "]);
    prop::collection::vec((piece, parted), 1..12)
        .prop_map(|pieces| pieces.into_iter().map(|(a, b)| format!("{a}{b}")).collect())
}

/// The letters of a wording, spaces aside.
fn letters(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

fn all_of(found: &Comparison, side: impl Fn(&Row) -> Option<&Side>) -> String {
    let sides = found.rows.iter().filter_map(side);
    letters(&sides.map(Side::words).collect::<String>())
}

fn mirrored(row: &Row) -> (Kind, Option<Side>, Option<Side>) {
    let kind = match row.kind {
        Kind::Added => Kind::Removed,
        Kind::Removed => Kind::Added,
        Kind::MovedAway => Kind::MovedHere,
        Kind::MovedHere => Kind::MovedAway,
        same => same,
    };
    (kind, row.new.clone(), row.old.clone())
}

proptest! {
    #[test]
    fn each_side_is_there_whole_and_in_its_order(old in wording(), new in wording()) {
        let Ok(found) = compare(&old, &new) else { return Ok(()); };
        prop_assert_eq!(all_of(&found, |row| row.old.as_ref()), letters(&old));
        prop_assert_eq!(all_of(&found, |row| row.new.as_ref()), letters(&new));
    }

    #[test]
    fn what_is_not_marked_is_the_same_on_both_sides(old in wording(), new in wording()) {
        let Ok(found) = compare(&old, &new) else { return Ok(()); };
        for row in &found.rows {
            let (Some(old), Some(new)) = (&row.old, &row.new) else {
                prop_assert!(matches!(row.kind, Kind::Added | Kind::Removed | Kind::MovedAway | Kind::MovedHere));
                continue;
            };
            let kept = |side: &Side| {
                let kept = side.spans.iter().filter(|span| !span.changed);
                letters(&crate::text::normalise(&kept.map(|span| span.words.as_str()).collect::<String>()))
            };
            prop_assert_eq!(kept(old), kept(new));
            let marked = old.spans.iter().chain(&new.spans).any(|span| span.changed);
            prop_assert_eq!(marked, row.kind == Kind::Changed);
        }
    }

    #[test]
    fn a_wording_is_the_same_as_itself(words in wording()) {
        let Ok(found) = compare(&words, &words) else { return Ok(()); };
        prop_assert!(found.is_same());
    }

    #[test]
    fn turned_round_everything_is_mirrored(old in wording(), new in wording()) {
        let (Ok(there), Ok(back)) = (compare(&old, &new), compare(&new, &old)) else { return Ok(()); };
        let sorted = |mut rows: Vec<(Kind, Option<Side>, Option<Side>)>| {
            // What is gone stands before what came in its place, whichever way round.
            rows.sort_by_key(|row| format!("{row:?}"));
            rows
        };
        let plain = |row: &Row| (row.kind, row.old.clone(), row.new.clone());
        prop_assert_eq!(
            sorted(there.rows.iter().map(mirrored).collect()),
            sorted(back.rows.iter().map(plain).collect())
        );
    }
}
