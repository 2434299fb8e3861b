//! Texts made comparable, storable and harmless to show.

use domain::text::{
    BLANK_LINES_MAX, Unclean, bigram_sequence, bigrams, clean, cut, escape_markdown, fold,
    normalise, one_line, utf16_len,
};
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case("ＩＣＴ　①", "ICT 1")]
#[case("ｹｱﾏﾈｼﾞｬｰ", "ケアマネジャー")]
#[case("一行\r\n二行\r三行", "一行\n二行\n三行")]
#[case("㈱薬局", "(株)薬局")]
fn width_and_line_ends_are_evened_out(#[case] given: &str, #[case] expected: &str) {
    assert_eq!(normalise(given), expected);
}

#[rstest]
#[case("ケアマネ", "けあまね")]
#[case("ｹｱﾏﾈ", "けあまね")]
#[case("ＩＣＴ", "ict")]
#[case("ヴァイオリン", "ゔぁいおりん")]
fn search_knows_one_kana_and_no_case(#[case] given: &str, #[case] expected: &str) {
    assert_eq!(fold(given), expected);
}

#[test]
fn pairs_of_letters_pass_over_spaces_and_punctuation() {
    assert_eq!(bigram_sequence("退院 支援、"), ["退院", "院支", "支援"]);
    assert_eq!(bigram_sequence("薬"), ["薬"]);
    assert!(bigrams("。、 ").is_empty());
    assert_eq!(bigrams("ああああ").len(), 1);
}

#[rstest]
#[case("  報告\r\nします \n", "報告\nします")]
#[case("\u{202E}右から\u{2066}左\u{200B}へ\u{FEFF}", "右から左へ")]
#[case("a\u{0}b\u{7}c\td", "abc d")]
#[case(
    "家族\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "家族\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"
)]
#[case("ケ\u{200D}アマネ", "ケアマネ")]
#[case("葛\u{E0100}城市", "葛\u{E0100}城市")]
#[case("か\u{3099}", "が")]
#[case("①はそのまま", "①はそのまま")]
fn what_was_typed_is_kept_and_what_hides_is_not(#[case] given: &str, #[case] expected: &str) {
    assert_eq!(clean(given, 100).as_deref(), Ok(expected));
}

#[test]
fn many_blank_lines_become_two() {
    let cleaned = clean("上\n\n \n\n　\n下", 100).expect("text with letters is clean");
    assert_eq!(cleaned, format!("上\n{}下", "\n".repeat(BLANK_LINES_MAX)));
}

#[test]
fn a_pile_of_marks_is_cut_down() {
    let piled = format!("あ{}", "\u{300}".repeat(50));
    assert!(
        clean(&piled, 1000)
            .expect("a letter is left")
            .chars()
            .count()
            < 8
    );
}

#[test]
fn an_empty_and_a_too_long_text_are_refused_with_their_figures() {
    assert_eq!(clean(" \u{200B}\n\u{3000}", 10), Err(Unclean::Empty));
    assert_eq!(
        clean("𠮷野家です", 5),
        Err(Unclean::TooLong {
            limit: 5,
            actual: 6
        })
    );
    assert_eq!(clean("𠮷野家です", 6).as_deref(), Ok("𠮷野家です"));
}

#[rstest]
#[case("短い題", 10, "短い題")]
#[case("一行目\n 二行目", 20, "一行目 二行目")]
#[case("長い長い長い題", 5, "長い長い…")]
#[case("𠮷𠮷𠮷", 4, "𠮷…")]
#[case("あ\u{1F468}\u{200D}\u{1F469}", 4, "あ…")]
#[case("何か", 0, "")]
fn a_title_is_one_line_cut_between_characters(
    #[case] given: &str,
    #[case] max: usize,
    #[case] expected: &str,
) {
    assert_eq!(one_line(given, max), expected);
}

#[rstest]
#[case("四十字まで", 5, "四十字まで")]
#[case("一行目\n 二行目です", 6, "一行目 二…")]
#[case("𠮷𠮷𠮷𠮷", 3, "𠮷𠮷…")]
#[case("か\u{3099}き\u{3099}く\u{3099}", 3, "か\u{3099}き\u{3099}く\u{3099}")]
#[case("か\u{3099}き\u{3099}く\u{3099}", 2, "か\u{3099}…")]
#[case("葛\u{E0100}飾区の会", 3, "葛\u{E0100}飾…")]
#[case("\u{1F468}\u{200D}\u{1F469}家族", 3, "\u{1F468}\u{200D}\u{1F469}家族")]
#[case("何か", 1, "…")]
#[case("何か", 0, "")]
#[case("", 3, "")]
fn a_name_is_cut_after_letters_as_people_count_them(
    #[case] given: &str,
    #[case] max: usize,
    #[case] expected: &str,
) {
    assert_eq!(cut(given, max), expected);
}

#[rstest]
#[case(
    "**太字** _斜_ ~~消~~ ||伏||",
    r"\*\*太字\*\* \_斜\_ \~\~消\~\~ \|\|伏\|\|"
)]
#[case("# 見出し\n- 箇条\n1. 番号", "\\# 見出し\n\\- 箇条\n1\\. 番号")]
#[case("-# 小さな字\n> 引用", "\\-# 小さな字\n\\> 引用")]
#[case("A-B #12", "A-B #12")]
#[case("`code` [名](x)", r"\`code\` \[名\]\(x\)")]
#[case("@everyone と @here", "@\u{200B}everyone と @\u{200B}here")]
#[case(
    "<@1> <#2> <:a:3> <t:4:R>",
    "\\<\u{200B}@\u{200B}1\\> \\<\u{200B}#2\\> \\<\u{200B}:a:3\\> \\<\u{200B}t:4:R\\>"
)]
#[case(
    "資料は https://example.jp/a_b です",
    "資料は https://example.jp/a_b です"
)]
#[case("https://example.jp/**x**", "https\u{200B}://example.jp/\\*\\*x\\*\\*")]
fn what_discord_would_act_on_is_shown_as_typed(#[case] given: &str, #[case] expected: &str) {
    assert_eq!(escape_markdown(given), expected);
}

/// Reads escaped text as Discord's renderer does: a backslash gives the punctuation behind it, zero-width spaces show nothing.
fn shown(escaped: &str) -> String {
    let mut out = String::new();
    let mut letters = escaped
        .chars()
        .filter(|letter| *letter != '\u{200B}')
        .peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(char::is_ascii_punctuation) => {
                out.extend(letters.next())
            }
            other => out.push(other),
        }
    }
    out
}

proptest! {
    #[test]
    fn escaped_text_shows_what_was_typed(text in "[ -~あ-ん漢字\n]{0,80}") {
        prop_assert_eq!(shown(&escape_markdown(&text)), text);
    }

    #[test]
    fn no_mention_survives_escaping(text in "[@<>#&!:a-z0-9]{0,40}") {
        let escaped = escape_markdown(&text);
        for syntax in ["@everyone", "@here", "<@", "<#", "<:", "<a:", "<t:", "</", "<id:"] {
            prop_assert!(!escaped.contains(syntax));
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
        if let Ok(once) = clean(&text, 10_000) {
            prop_assert_eq!(clean(&once, 10_000), Ok(once.clone()));
        }
    }

    #[test]
    fn a_title_fits_its_place(text in any::<String>(), max in 0_usize..40) {
        let line = one_line(&text, max);
        prop_assert!(utf16_len(&line) <= max);
        prop_assert!(!line.contains('\n'));
    }
}
