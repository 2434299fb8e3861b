//! Personal data found, masked and told from what only looks like it.

use domain::personal_data::{Certainty, Hit, Kind, check, mask, single_case};
use proptest::prelude::*;
use rstest::rstest;

use crate::rows::{rows, shared};

/// Recall and precision in per cent, with the misses printed.
fn score<'a>(table: &str, sentences: impl Iterator<Item = (&'a str, &'a str)>) -> (usize, usize) {
    let (mut found, mut missed, mut wrong) = (0, 0, 0);
    for (text, has) in sentences {
        let text = text.replace("\\n", "\n");
        match (has, check(&text).is_empty()) {
            ("1", false) => found += 1,
            ("1", true) => {
                missed += 1;
                println!("{table}: missed: {text}");
            }
            (_, false) => {
                wrong += 1;
                println!("{table}: wrongly found: {text}");
            }
            _ => {}
        }
    }
    let (recall, precision) = (
        100 * found / (found + missed),
        100 * found / (found + wrong),
    );
    println!("{table}: recall {recall} %, precision {precision} %");
    (recall, precision)
}

#[test]
fn the_shared_sentences_are_told_apart() {
    let Some(table) = shared("pii_dev.csv") else {
        return;
    };
    let (recall, precision) = score(
        "shared",
        table.iter().map(|row| (row[0].as_str(), row[1].as_str())),
    );
    assert!(recall >= 95 && precision >= 95);
}

#[test]
fn the_sentences_of_our_own_are_told_apart() {
    let table: Vec<_> = include_str!("personal_data.csv")
        .lines()
        .skip(1)
        .filter_map(|row| row.split_once(','))
        .collect();
    assert!(table.len() > 150);
    let (recall, precision) = score("own", table.iter().map(|(has, text)| (*text, *has)));
    assert!(recall >= 95 && precision >= 95);
}

#[test]
fn statements_of_the_field_are_neither_personal_data_nor_single_cases() {
    for row in rows(include_str!("../../src/tier/standard/examples.csv")) {
        assert!(check(&row[0]).is_empty(), "{}", row[0]);
        assert_eq!(single_case(&row[0]), None, "{}", row[0]);
    }
}

#[rstest]
#[case("携帯は０９０－００００－１１２２です。", "携帯は［電話番号］です。")]
#[case("介保No.0000778899の更新", "介保No.［被保険者番号］の更新")]
#[case("5555 6666 7777 がその方の個人番号", "［個人番号］ がその方の個人番号")]
#[case("診察券No.0012345で予約", "診察券No.［識別番号］で予約")]
#[case("昭和十二年三月五日生まれ、要介護3", "［生年月日］生まれ、要介護3")]
#[case("見本太郎さん（82歳・男性）の退院", "［氏名］さん（82歳・男性）の退院")]
#[case("住所は架空市見本町1-2-3", "住所は［住所］")]
#[case(
    "ＭＩＨＯＮ＠ＥＸＡＭＰＬＥ．ＣＯＭ に送って",
    "［メールアドレス］ に送って"
)]
fn what_is_found_is_masked_in_place(#[case] text: &str, #[case] expected: &str) {
    let masked = mask(text, &check(text).hits);
    assert_eq!(masked, expected);
    assert!(check(&masked).is_empty());
}

#[test]
fn a_number_is_certain_and_a_name_or_date_may_be_let_pass() {
    let certainties = |text: &str| {
        check(text)
            .hits
            .iter()
            .map(|hit| (hit.kind, hit.certainty))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        certainties("090-0000-1234"),
        [(Kind::Phone, Certainty::Certain)]
    );
    assert_eq!(
        certainties("仮山さんは要介護4"),
        [(Kind::Name, Certainty::Doubtful)]
    );
    assert_eq!(
        certainties("S10.1.2生まれの男性"),
        [(Kind::BirthDate, Certainty::Doubtful)]
    );
    assert!(check("090-0000-1234").has_certain() && !check("仮山さんは要介護4").has_certain());
}

#[test]
fn hits_that_do_not_fit_the_text_are_passed_over() {
    let hit = |range| Hit {
        kind: Kind::Name,
        range,
        certainty: Certainty::Doubtful,
    };
    assert_eq!(
        mask("あいう", &[hit(1..2), hit(3..6), hit(4..9), hit(6..90)]),
        "あ［氏名］う"
    );
}

#[test]
fn one_patients_condition_is_told_from_a_matter_of_the_field() {
    for (expected, text) in include_str!("single_case.csv")
        .lines()
        .skip(1)
        .filter_map(|row| row.split_once(','))
    {
        assert_eq!(single_case(text).is_some(), expected == "1", "{text}");
    }
}

#[test]
fn a_single_case_names_its_words_as_they_were_typed() {
    let case = single_case("Ａさんの体重が減っている").expect("one person's condition");
    assert_eq!(case.words, ["体重が減", "Ａさん"]);
}

#[test]
fn a_long_text_is_checked_to_its_end() {
    let text = format!("{}090-0000-1234", "会議の記録、年12回。".repeat(1_800));
    assert_eq!(check(&text).hits.len(), 1);
    let digits = "0".repeat(20_000);
    let _ = (check(&digits), single_case(&digits));
}

proptest! {
    #[test]
    fn masked_text_is_clean(pieces in prop::collection::vec(prop_oneof![
        Just("090-0000-1234".to_owned()), Just("〇三（〇〇〇〇）五六七八".to_owned()), Just("被保険者番号0000123456".to_owned()),
        Just("1234 5678 9012".to_owned()), Just("S18.4.2生".to_owned()), Just("見本太郎さん".to_owned()), Just("82歳".to_owned()),
        Just("架空市例町9-9".to_owned()), Just("a@b.jp".to_owned()), Just("氏名：仮山ハナ".to_owned()), Just("\n".to_owned()),
        Just("［氏名］".to_owned()), "[0-9０-９\\-ー（）〇一二 さん様年月日生の]{1,12}", any::<String>(),
    ], 0..8)) {
        let text = pieces.concat();
        let findings = check(&text);
        let mut end = 0;
        for hit in &findings.hits {
            prop_assert!(hit.range.start >= end && text.get(hit.range.clone()).is_some());
            end = hit.range.end;
        }
        let masked = mask(&text, &findings.hits);
        prop_assert!(check(&masked).is_empty(), "{masked} {:?}", check(&masked));
    }

    #[test]
    fn any_text_may_be_asked_for_a_single_case(text in any::<String>()) {
        let _ = single_case(&text);
    }
}
