//! Seed 002 compared: its changed sections in short, broken into lines of a page as they are printed.
//!
//! The pictures and the sheet are put below the target directory, to be looked at.

use super::*;
use chrono::DateTime;

const OLD: &str = include_str!("sample/old.txt");
const NEW: &str = include_str!("sample/new.txt");

fn pair(old: &str, new: &str) -> Pair {
    Pair {
        comparison: compare(old, new).expect("short and not empty"),
        old: "行政通知 1（第1版）老企発第22号".to_owned(),
        new: "行政通知 2（第1版）平成30年4月1日".to_owned(),
        language: Language::Ja,
    }
}

fn kept(name: &str, bytes: &[u8]) {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(std::path::PathBuf::from);
    let ours = || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let folder = target.unwrap_or_else(ours).join("pictures");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    std::fs::write(folder.join(name), bytes).expect("it can be written");
}

/// What changed of a sentence that holds these words, between «and».
fn marked(pair: &Pair, words: &str) -> Vec<String> {
    let rows = pair
        .comparison
        .rows
        .iter()
        .filter(|row| row.kind != Kind::Kept);
    let sides = rows.filter_map(|row| row.new.as_ref());
    let of = |side: &domain::comparison::Side| {
        let changed = side.spans.iter().filter(|span| span.changed);
        changed.map(|span| span.words.clone()).collect::<Vec<_>>()
    };
    sides
        .filter(|side| side.words().contains(words))
        .flat_map(of)
        .collect()
}

#[test]
fn the_revised_standard_shows_what_the_ministry_underlined() {
    let pair = pair(OLD, NEW);
    let count = pair.comparison.count();
    assert_eq!(
        (count.removed, count.moved),
        (0, 0),
        "{:#?}",
        pair.comparison.rows
    );
    // 管理者; 説明; 情報の提供; やむを得ない理由; ⑬ and ⑳ with their numbers; 意見を求めて交付.
    assert_eq!(count.changed, 7, "{:#?}", pair.comparison.rows);
    // ㉑～㉖ for ⑳～㉕.
    assert_eq!(count.renumbered, 1);
    assert_eq!(marked(&pair, "置くべき管理者は"), ["主任"]);
    assert_eq!(marked(&pair, "⑬"), ["・第 13号の２"]);
    let because = marked(&pair, "やむを得ない理由がある場合とは");
    assert_eq!(because.len(), 1, "{because:?}");
    assert!(because[0].starts_with("利用者（末期") && because[0].ends_with("場合のほか、"));
    let whole = "⑲";
    let added: Vec<_> = pair
        .comparison
        .rows
        .iter()
        .filter(|row| row.kind == Kind::Added)
        .collect();
    assert!(
        added
            .iter()
            .any(|row| row.new.as_ref().is_some_and(|side| side.mark == whole))
    );
    let pictures = picture::draw(&pair).expect("it can be drawn");
    assert!(
        (1..=3).contains(&pictures.pages.len()),
        "{}",
        pictures.pages.len()
    );
    assert!(!pictures.missing && pictures.shortened);
    for (at, png) in pictures.pages.iter().enumerate() {
        kept(&format!("comparison-{}.png", at + 1), png);
    }
}

#[test]
fn the_sheet_holds_every_sentence_and_reads_as_text() {
    let at = DateTime::from_timestamp(1_795_132_800, 0).expect("a moment");
    let pair = pair(OLD, NEW);
    let bytes = sheet::write(&pair, at);
    let bytes = bytes.expect("it can be written");
    kept("comparison.xlsx", &bytes);
    assert!(bytes.starts_with(b"PK"));
    // A wording that looks like a formula stays text, also where it is whole.
    let hostile = self::pair("=1+1は式。", "=HYPERLINK(\"x\")は式。+2。");
    assert!(sheet::write(&hostile, at).is_ok());
}

#[test]
fn a_long_comparison_ends_at_its_most_pictures_and_says_so() {
    let many = |word: &str| {
        (0..400)
            .map(|at| format!("第{at}の{word}は、これを行う。\n"))
            .collect::<String>()
    };
    let pictures = picture::draw(&pair(&many("届出"), &many("申請"))).expect("it can be drawn");
    assert_eq!(pictures.pages.len(), picture::PAGES_MAX);
    assert!(pictures.shortened);
    let strange =
        picture::draw(&pair("𠮷野は会う。", "𠮷野は会わない。")).expect("it can be drawn");
    assert!(strange.missing);
}
