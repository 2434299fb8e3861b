//! Who is named in a text.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::profession::{ProfessionWords, Vocabulary};
use proptest::prelude::*;
use rstest::rstest;

fn named(text: &str) -> Vec<String> {
    let field = Vocabulary::standard();
    field
        .mentions(text)
        .into_iter()
        .map(|mention| field.name(mention.profession).to_owned())
        .collect()
}

#[rstest]
#[case("歯科医師会", &["歯科医師"])]
#[case("歯科衛生士の訪問", &["歯科衛生士"])]
#[case("薬剤師会で話し合う", &["薬剤師"])]
#[case("訪問看護ステーションと訪問介護", &["訪問看護師", "介護職"])]
#[case("病棟の看護師", &["病院連携室"])]
#[case("ＭＳＷからｹｱﾏﾈへ", &["病院連携室", "介護支援専門員"])]
#[case("PTとOTとST", &["リハビリ職", "リハビリ職", "リハビリ職"])]
#[case("STEPとPOST、OPTION", &[])]
#[case("余りは捨てる", &[])]
#[case("リハーサルをする", &[])]
#[case("地域包括ケアシステム", &[])]
#[case("地域包括と社協", &["地域包括支援センター", "社会福祉協議会"])]
#[case("都市と市場と市民", &[])]
#[case("市の担当者", &["行政"])]
#[case("かかりつけ医と主治医", &["医師", "医師"])]
fn the_longest_word_names_one_profession(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(named(text), expected);
}

#[test]
fn a_mention_points_at_the_words_of_the_original() {
    let text = "昨日、ｹｱﾏﾈｼﾞｬｰさんと薬局で";
    let field = Vocabulary::standard();
    let words: Vec<_> = field
        .mentions(text)
        .iter()
        .map(|mention| text[mention.range.clone()].to_owned())
        .collect();
    assert_eq!(words, ["ｹｱﾏﾈｼﾞｬｰ", "薬局"]);
}

#[test]
fn the_words_of_an_office_are_found_in_any_width() {
    let office = Vocabulary::new(vec![
        ProfessionWords {
            name: "配食サービス".into(),
            aliases: vec!["お弁当屋".into(), "ＢＥＮＴＯ".into()],
        },
        ProfessionWords {
            name: "医師".into(),
            aliases: vec!["お弁当屋".into()],
        },
    ]);
    assert_eq!(office.find("bento"), Some(0));
    assert_eq!(office.find(" お弁当屋 "), Some(0));
    assert_eq!(office.find("歯科医師"), None);
    assert_eq!(office.names(), ["配食サービス", "医師"]);
}

#[test]
fn the_standard_words_each_name_one_profession() {
    let field = Vocabulary::standard();
    for (index, name) in field.names().iter().enumerate() {
        assert_eq!(
            field.find(name),
            Some(index),
            "{name} is claimed by another profession"
        );
    }
}

#[test]
fn a_big_vocabulary_is_quick() {
    let words = (0..60).map(|number| ProfessionWords {
        name: format!("職種{number}"),
        aliases: (0..20)
            .map(|alias| format!("職種{number}の呼び名{alias}"))
            .collect(),
    });
    let office = Vocabulary::new(words.collect());
    let text = "職種59の呼び名19と職種1は、話し合う場がない。".repeat(200);
    let start = Instant::now();
    assert_eq!(office.mentions(&text).len(), 400);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "took {:?}",
        start.elapsed()
    );
}

proptest! {
    #[test]
    fn mentions_lie_on_character_boundaries_and_apart(text in "[医師会歯科薬剤局ケアマネｹｱﾏﾈﾞ゛PTa-z ①\u{3099}]{0,40}") {
        static FIELD: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::standard);
        let mut end = 0;
        for mention in FIELD.mentions(&text) {
            prop_assert!(mention.range.start >= end);
            prop_assert_eq!(&text[mention.range.clone()], mention.word.as_str());
            end = mention.range.end;
        }
    }
}
