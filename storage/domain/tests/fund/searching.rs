//! Ten searches an office would make, and ten things people say, with what they find.

use super::{kept, menu};
use domain::{
    fund::{find::find, suggestion::suggest},
    office::Profession,
    search::{Asked, Query},
};

fn professions() -> Vec<Profession> {
    domain::profession::standard()
        .into_iter()
        .zip(1..)
        .map(|(words, id)| Profession {
            id: domain::id::ProfessionId(id),
            name: words.name,
            aliases: words.aliases,
        })
        .collect()
}

fn found(written: &str) -> Vec<String> {
    let Ok(Asked::Words(query)) = Query::read(written, &professions()) else {
        panic!("{written} is no search");
    };
    let funds = kept(&menu());
    let found = find(&query, &funds);
    found.into_iter().map(|fund| fund.entry.label()).collect()
}

#[test]
fn ten_searches_an_office_would_make_find_their_lines() {
    let expected = [
        ("ICT", &["34 ハ", "34 イ"][..]),
        ("認知症 研修", &["24", "24 イ", "24 ロ", "18 イ"]),
        ("ケアマネ", &["18 ハ", "17"]),
        ("防災", &["29"]),
        ("外国人", &["15", "15 イ", "15 ロ", "30", "31", "39", "40"]),
        ("ハラスメント", &["32 ロ"]),
        ("介護ロボット", &["34 ロ"]),
        ("権利擁護", &["27", "27 イ", "27 ロ"]),
        ("離島", &["41"]),
        ("代替要員", &["21", "22", "23"]),
    ];
    let answered: Vec<_> = expected
        .iter()
        .map(|(written, _)| (*written, found(written)))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(written, labels)| {
            (
                *written,
                labels
                    .iter()
                    .map(|label| (*label).to_owned())
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(answered, expected);
}

#[test]
fn a_department_is_found_where_nothing_else_answers() {
    assert_eq!(found("老人保健課"), ["26", "28"]);
    // An office for the elderly is also one of the names of a municipality's staff; a phrase is taken as it is.
    let phrase = ["27 ロ", "29", "34 ロ", "34 ハ", "34 ニ"];
    assert_eq!(found("【高齢者支援課】"), phrase);
    let by_any_name = found("老健局 高齢者支援課");
    assert!(
        phrase
            .iter()
            .all(|label| by_any_name.iter().any(|known| known == label))
    );
}

#[test]
fn what_people_say_finds_lines_by_words_that_are_named() {
    let funds = kept(&menu());
    let mut missed = Vec::new();
    for (said, label, heard, word) in [
        (
            "記録を手で書き写していて時間がかかる。タブレットを使いたい",
            "34 ハ",
            "記録",
            "ICT",
        ),
        (
            "訪問介護の人手が足りず、応募もない",
            "12 イ",
            "人手",
            "参加促進",
        ),
        ("若い職員がすぐ辞めてしまう", "32 イ", "辞め", "長期定着"),
        (
            "認知症の人への対応を学ぶ研修をしたい",
            "24 イ",
            "認知症",
            "認知症",
        ),
        (
            "ケアマネの研修に同行してもらいたい",
            "18 ハ",
            "ケアマネ",
            "介護支援専門員",
        ),
        (
            "水害のとき、施設どうしの連絡が決まっていない",
            "29",
            "水害",
            "防災",
        ),
        (
            "成年後見につなぐまでの金銭管理に困る",
            "27 イ",
            "後見",
            "権利擁護",
        ),
        (
            "利用者からの暴言に職員が困っている",
            "32 ロ",
            "暴言",
            "ハラスメント",
        ),
        (
            "研修に出たくても代わりの職員がいない",
            "21",
            "研修に出",
            "代替",
        ),
        (
            "中学生に介護の仕事の魅力を知ってほしい",
            "4",
            "中学生",
            "魅力",
        ),
    ] {
        let suggested = suggest(said, &funds);
        let three: Vec<String> = suggested
            .iter()
            .take(3)
            .map(|one| one.fund.entry.label())
            .collect();
        let at = three.iter().position(|known| known == label);
        let by_its_words = at.is_some_and(|at| {
            let reasons = &suggested[at].reasons;
            reasons
                .iter()
                .any(|it| it.heard == heard && it.found == word)
        });
        if !by_its_words {
            let reasons: Vec<_> = suggested.iter().take(3).map(|one| &one.reasons).collect();
            missed.push(format!("{said}: {label} of {three:?} by {reasons:?}"));
        }
    }
    assert_eq!(missed, [""; 0]);
}

#[test]
fn what_has_nothing_to_do_with_the_fund_finds_nothing() {
    let funds = kept(&menu());
    for said in ["会場の駐車場が狭い", "お茶の用意を忘れないこと", ""] {
        let labels: Vec<String> = suggest(said, &funds)
            .iter()
            .map(|one| one.fund.entry.label())
            .collect();
        assert!(labels.is_empty(), "{said}: {labels:?}");
    }
}
