//! Statements as an office hears them, with the category its coordinator would choose.

use crate::office::{
    DEMENTIA, DISCHARGE, EMERGENCY, END, KNOWING, MEDICINE, MOUTH, PEOPLE, SHARING, list, past,
};
use domain::category::{PAST_MAX, Past, SUGGESTIONS_MAX, suggest};
use domain::id::{CategoryId, IssueId};
use domain::profession::Vocabulary;

/// A statement and what is wanted among the suggestions.
const HEARD: &[(&str, CategoryId)] = &[
    ("退院の日取りをもっと早く教えてほしい", DISCHARGE),
    ("退院前の話し合いに薬局も呼んでもらえないか", DISCHARGE),
    ("急な転院で、引き継ぎの書類が間に合わなかった", DISCHARGE),
    ("事業所どうしの情報の共有に手間がかかる", SHARING),
    ("担当者会議に出られなかったときの内容を知りたい", SHARING),
    ("ＩＣＴのツールに何度も同じことを入力する", SHARING),
    ("飲み残しがたくさん見つかった家がいくつもある", MEDICINE),
    ("お薬手帳を一冊にまとめてもらうには", MEDICINE),
    ("一包化してもらえると介護職も助かる", MEDICINE),
    ("入れ歯の具合を見てくれる歯科が近くにない", MOUTH),
    ("口腔の手入れの方法を施設で教えてほしい", MOUTH),
    ("家で最期を迎えたい方の希望が引き継がれない", END),
    ("看取りに応じる施設が増えない", END),
    ("人生会議をどう広めるか", END),
    ("訪問看護の応募がまったくない", PEOPLE),
    ("若い介護職員が定着しない", PEOPLE),
    ("認知症の方が受診してくれない", DEMENTIA),
    ("物忘れの相談をどこにつなぐか迷う", DEMENTIA),
    ("休日や夜間に急変したとき、だれに連絡するのか", EMERGENCY),
    ("救急車を呼んだときに渡す書類を決めたい", EMERGENCY),
    ("リハビリ職に何を頼めるのか分からない", KNOWING),
    ("医師への電話は敷居が高い", KNOWING),
];

#[test]
fn the_category_a_coordinator_would_choose_is_suggested() {
    let (list, past, field) = (list(), past(), Vocabulary::standard());
    let mut first = 0;
    let mut missed = Vec::new();
    for (text, wanted) in HEARD {
        let found = suggest(text, &past, &list, &field);
        assert!(found.len() <= SUGGESTIONS_MAX);
        first += usize::from(found.first().is_some_and(|one| one.category == *wanted));
        if found.iter().all(|one| one.category != *wanted) {
            missed.push((*text, found));
        }
    }
    assert!(missed.len() <= 1, "missed: {missed:#?}");
    assert!(
        first * 10 >= HEARD.len() * 8,
        "{first} of {} first",
        HEARD.len()
    );
}

#[test]
fn every_suggestion_says_why_in_words_of_the_text_and_numbers_of_the_past() {
    let (list, past, field) = (list(), past(), Vocabulary::standard());
    for (text, _) in HEARD {
        for one in suggest(text, &past, &list, &field) {
            assert!(!one.words.is_empty() || !one.past.is_empty(), "{text}");
            assert!(
                one.words.iter().all(|word| text.contains(word)),
                "{text}: {one:?}"
            );
            for number in &one.past {
                let voter = past.iter().find(|past| past.issue == *number);
                let voter = voter.expect("a past issue");
                assert!(voter.categories.contains(&one.category), "{text}: {one:?}");
            }
        }
    }
}

#[test]
fn what_is_like_nothing_gets_no_suggestion() {
    let (list, past, field) = (list(), past(), Vocabulary::standard());
    for text in [
        "駐車場が足りない",
        "困っている",
        "です。ます。",
        "…",
        "",
        "補助金の申請の時期が知りたい",
    ] {
        let found = suggest(text, &past, &list, &field);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_name_alone_speaks_where_nothing_was_sorted_yet() {
    let field = Vocabulary::standard();
    let found = suggest("看取りのときの連絡を決めたい", &[], &list(), &field);
    assert_eq!(found[0].category, END);
    assert_eq!(
        (&found[0].words[..], found[0].past.len()),
        (&["看取り".to_owned()][..], 0)
    );
}

#[test]
fn what_is_no_longer_offered_is_not_suggested() {
    let mut list = list();
    list[4].retired = true;
    let (past, field) = (past(), Vocabulary::standard());
    let found = suggest("施設での看取りに応じる医師", &past, &list, &field);
    assert!(found.iter().all(|one| one.category != END), "{found:?}");
}

#[test]
fn thousands_of_past_issues_are_compared_at_once() {
    let (list, field) = (list(), Vocabulary::standard());
    let short = past();
    let texts: Vec<String> = (0..2 * PAST_MAX)
        .map(|number| {
            let one = short[number % short.len()].text;
            format!("{one}（{number}件目）")
        })
        .collect();
    let many: Vec<Past<'_>> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| Past {
            issue: IssueId(i64::try_from(texts.len() - number).unwrap_or(i64::MAX)),
            text,
            categories: short[number % short.len()].categories,
        })
        .collect();
    let found = suggest("退院の日取りをもっと早く教えてほしい", &many, &list, &field);
    assert_eq!(found[0].category, DISCHARGE);
    let bounded = suggest(
        "退院の日取りをもっと早く教えてほしい",
        &many[..PAST_MAX],
        &list,
        &field,
    );
    assert_eq!(
        found, bounded,
        "what is older than the newest is not looked at"
    );
}
