//! Notes as people write and paste them, and what is made of them.

use super::*;
use proptest::prelude::*;

fn texts(written: &str) -> Vec<String> {
    lines(written).into_iter().map(|line| line.text).collect()
}

#[test]
fn notes_are_taken_apart_as_people_write_them() {
    for (written, expected) in [
        ("退院の連絡が遅い", &["退院の連絡が遅い"][..]),
        (
            "退院の連絡が遅い\n薬の情報がほしい",
            &["退院の連絡が遅い", "薬の情報がほしい"],
        ),
        (
            "退院の連絡が遅い\r\n\r\n薬の情報がほしい\r\n",
            &["退院の連絡が遅い", "薬の情報がほしい"],
        ),
        (
            "・退院の連絡が遅い\n・薬の情報がほしい",
            &["退院の連絡が遅い", "薬の情報がほしい"],
        ),
        (
            "- 退院\n* 服薬\n＊ 口腔\n•栄養",
            &["退院", "服薬", "口腔", "栄養"],
        ),
        ("1. 退院\n2. 服薬", &["退院", "服薬"]),
        ("１．退院\n２．服薬", &["退院", "服薬"]),
        ("1）退院\n10）服薬", &["退院", "服薬"]),
        ("（1）退院\n(２)服薬\n[3] 口腔", &["退院", "服薬", "口腔"]),
        ("①退院\n② 服薬\n⑳口腔", &["退院", "服薬", "口腔"]),
        ("1　退院\n2　服薬\n3　口腔", &["退院", "服薬", "口腔"]),
        // A line that goes on below its bullet.
        (
            "・退院の連絡が遅く、\n　準備が間に合わない\n・薬の情報がほしい",
            &["退院の連絡が遅く、\n準備が間に合わない", "薬の情報がほしい"],
        ),
        // A heading above the bullets is kept: nothing is thrown away.
        ("出た意見\n・退院\n・服薬", &["出た意見", "退院", "服薬"]),
        ("・退院\n\n　服薬", &["退院", "服薬"]),
        // Rules between the lines are nobody's words.
        ("退院\n-----\n服薬\n＊＊＊", &["退院", "服薬"]),
        ("", &[]),
        ("・\n\n", &[]),
    ] {
        assert_eq!(texts(written), expected, "{written}");
    }
}

#[test]
fn what_only_looks_like_a_number_or_a_bullet_stays() {
    for written in [
        "1.5倍に増えた",
        "1、2年目の職員が辞める",
        "10:30からの会議に出られない",
        "3つの病院で様式が違う",
        "24時間の窓口がない",
        "〇〇連携の場がほしい",
        "○○連携の場がほしい",
        "**急ぎ** 連絡先",
        "-5度の日は訪問できない",
        "(仮)連携の会",
        "120 件の相談がある",
    ] {
        assert_eq!(texts(written), [written], "{written}");
        let two = format!("{written}\n薬の情報がほしい");
        assert_eq!(texts(&two), [written, "薬の情報がほしい"], "{written}");
    }
    assert_eq!(
        texts("3 病院が集まる場がほしい\n1 病院では足りない"),
        ["3 病院が集まる場がほしい", "1 病院では足りない"]
    );
}

#[test]
fn a_list_that_lost_its_line_ends_is_found_again() {
    for (written, expected) in [
        ("・退院 ・服薬 ・口腔", &["退院", "服薬", "口腔"][..]),
        ("1. 退院 2. 服薬 3. 口腔", &["退院", "服薬", "口腔"]),
        ("①退院 ②服薬", &["退院", "服薬"]),
        ("（1）退院　（2）服薬", &["退院", "服薬"]),
        ("1. 退院 5. 服薬", &["退院 5. 服薬"]),
        ("・退院の 連絡 - 遅い", &["退院の 連絡 - 遅い"]),
        ("退院 ・服薬", &["退院 ・服薬"]),
    ] {
        assert_eq!(texts(written), expected, "{written}");
    }
}

fn line(source: &str, text: &str) -> Line {
    Line {
        source: Some(source.to_owned()),
        ..Line::of(text)
    }
}

#[test]
fn two_columns_of_a_sheet_are_who_and_what() {
    let expected = [
        line("薬剤師", "薬の情報がほしい"),
        line("ケアマネ", "連絡先が分からない"),
    ];
    for written in [
        "薬剤師\t薬の情報がほしい\nケアマネ\t連絡先が分からない",
        "職種\t意見\r\n薬剤師\t薬の情報がほしい\r\nケアマネ\t連絡先が分からない\r\n",
        "1\t薬剤師\t薬の情報がほしい\n2\tケアマネ\t連絡先が分からない",
        "No\t職種\t意 見\n1\t薬剤師\t薬の情報がほしい\n2\tケアマネ\t連絡先が分からない",
        "\t薬剤師\t薬の情報がほしい\t\n\tケアマネ\t連絡先が分からない\t",
    ] {
        assert_eq!(lines(written), expected, "{written:?}");
    }
    let later = lines("薬剤師\t薬の情報がほしい\n\n連絡先が分からない");
    assert_eq!(later[1], Line::of("連絡先が分からない"));
}

#[test]
fn form_1_of_the_manual_is_read_with_all_its_columns() {
    let whole = Line {
        source: Some("薬剤師".into()),
        speaker: Some("仮名 太郎".into()),
        text: "生活情報が\n知りたい".into(),
        note: Some("保健師、ケアマネ".into()),
    };
    for written in [
        "No\t職種\t発言者\t意 見\t備考\n1\t薬剤師\t仮名 太郎\t\"生活情報が\n知りたい\"\t保健師、ケアマネ",
        "3\t薬剤師\t仮名 太郎\t\"生活情報が\n知りたい\"\t保健師、ケアマネ",
        "備考\t意見\t発言者\t職種\n保健師、ケアマネ\t\"生活情報が\n知りたい\"\t仮名 太郎\t薬剤師",
    ] {
        assert_eq!(lines(written), std::slice::from_ref(&whole), "{written:?}");
    }
    let three = lines("薬剤師\t薬の情報がほしい\t病院");
    assert_eq!(three[0].note.as_deref(), Some("病院"));
}

#[test]
fn bullets_of_a_word_processor_are_no_column() {
    assert_eq!(texts("・\t退院\n・\t服薬"), ["退院", "服薬"]);
    assert_eq!(texts("1.\t退院\n2.\t服薬"), ["退院", "服薬"]);
    assert_eq!(texts("\t・退院\n\t・服薬"), ["退院", "服薬"]);
}

#[test]
fn a_quote_that_is_never_closed_is_a_quote() {
    assert_eq!(
        lines("薬剤師\t\"薬\"の情報がほしい\nケアマネ\t\"連絡"),
        [
            line("薬剤師", "\"薬\"の情報がほしい"),
            line("ケアマネ", "\"連絡")
        ]
    );
}

#[test]
fn what_is_beyond_the_limit_stays_together() {
    let many: Vec<String> = (0..READ_MAX + 20).map(|n| format!("{n}番目の声")).collect();
    let found = lines(&many.join("\n"));
    assert_eq!(found.len(), READ_MAX);
    let last = &found[READ_MAX - 1].text;
    assert_eq!(last.lines().count(), 21);
    assert!(last.ends_with(&format!("{}番目の声", READ_MAX + 19)));
}

proptest! {
    #[test]
    fn no_letter_of_plain_lines_is_lost(
        said in prop::collection::vec("[ぁ-んァ-ヶ一-龥]{1,20}", 1..20),
    ) {
        prop_assert_eq!(texts(&said.join("\n")), said.clone());
        let bulleted: Vec<String> = said.iter().map(|line| format!("・{line}")).collect();
        prop_assert_eq!(texts(&bulleted.join("\n")), said.clone());
        let numbered: Vec<String> =
            said.iter().enumerate().map(|(at, line)| format!("{}. {line}", at + 1)).collect();
        prop_assert_eq!(texts(&numbered.join("\n")), said);
    }

    #[test]
    fn lines_written_again_are_read_again(
        said in prop::collection::vec(
            (
                "[ぁ-ん一-龥]{1,12}(\n[ぁ-ん]{1,4})?",
                prop::option::of("[一-龥]{2,6}"),
                prop::option::of("[一-龥]{2,6}"),
                prop::option::of("[ぁ-ん]\"?[ぁ-ん]{2,6}"),
            ),
            2..6,
        ),
        is_plain in any::<bool>(),
    ) {
        let said: Vec<Line> = said
            .into_iter()
            .map(|(text, source, speaker, note)| {
                if is_plain { Line::of(text) } else { Line { text, source, speaker, note } }
            })
            .collect();
        prop_assert_eq!(lines(&written(&said)), said);
    }

    #[test]
    fn anything_at_all_is_read_without_a_panic(
        written in "\\PC{0,200}", marks in "[\t\n\"・1-3a. ]{0,60}",
    ) {
        let _ = lines(&written);
        let _ = lines(&marks);
    }
}
