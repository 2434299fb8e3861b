//! Seed 003 as a list of notices: read as an import reads it, and told to each kind of association.

use super::{
    Notice, Origin, Same,
    bulletin::{due, sections},
    import::{Guess, Reason, Taken, Verdict, read},
};
use crate::{
    id::{NoticeId, TopicId},
    sheet::Sheet,
};
use chrono::{DateTime, NaiveDate};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The seed's topics with the scopes of their headings, by our own hand.
const SEED: &str = include_str!("seed.csv");

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn sheet(csv: &str) -> Sheet {
    Sheet {
        rows: csv
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect(),
        ..Sheet::default()
    }
}

fn taken(csv: &str) -> Vec<Taken> {
    let listed = read(&[sheet(csv)], &HashMap::new(), day(2026, 11, 20)).expect("a list");
    let take = |verdict| match verdict {
        Verdict::Take(taken) => *taken,
        other => panic!("{other:?}"),
    };
    listed
        .rows
        .into_iter()
        .map(|row| take(row.verdict))
        .collect()
}

fn notices() -> (Vec<String>, Vec<Notice>) {
    let mut topics: Vec<String> = Vec::new();
    let notice = |(id, taken): (i64, Taken)| {
        let name = taken.topic.expect("every row has a topic");
        if !topics.contains(&name) {
            topics.push(name.clone());
        }
        let at = topics
            .iter()
            .position(|known| *known == name)
            .expect("known");
        Notice {
            id: NoticeId(id),
            revision: 1,
            draft: false,
            title: taken.title,
            number: taken.number,
            issuer: taken.issuer,
            date: Some(taken.date),
            topic: Some(TopicId(i64::try_from(at).expect("few") + 1)),
            link: taken.link,
            scopes: taken.scopes,
            changes: Vec::new(),
            origin: Origin::Import,
            added_by: None,
            created_at: DateTime::UNIX_EPOCH,
            changed_at: DateTime::UNIX_EPOCH,
            retracted: false,
        }
    };
    let notices = (1..).zip(taken(SEED)).map(notice).collect();
    (topics, notices)
}

#[test]
fn the_seed_is_read_whole_with_its_topics_and_days() {
    let (topics, notices) = notices();
    assert_eq!(topics.len(), 18);
    assert_eq!(notices.len(), 73);
    let of = |topic: i64| {
        notices
            .iter()
            .filter(move |it| it.topic == Some(TopicId(topic)))
    };
    assert_eq!(of(2).count(), 32);
    let questions = of(2).filter(|it| it.title.contains("Q&A"));
    let days: Vec<_> = questions.filter_map(|it| it.date).collect();
    assert_eq!(days.len(), 22);
    assert_eq!((days[0], days[21]), (day(2020, 2, 28), day(2021, 8, 11)));
    // 5月20日付 behind 令和3年5月6日付 is of the same year.
    let doctors = of(2).filter(|it| it.title.contains("医師・看護職員"));
    let days: Vec<_> = doctors.filter_map(|it| it.date).collect();
    assert_eq!(days, [day(2021, 5, 6), day(2021, 5, 20)]);
    let kit = of(17).next().expect("the kit");
    assert_eq!(kit.number.as_deref(), Some("3介334号通知"));
    assert!(of(1).all(|it| it.issuer.is_some() && it.scopes.is_empty()));
}

#[test]
fn each_kind_of_association_is_told_exactly_the_topics_of_its_scopes() {
    let (_, notices) = notices();
    let (none, today) = (BTreeMap::new(), day(2026, 11, 20));
    for (scopes, topics) in [
        ("居宅介護支援", &[3, 11, 12, 13, 14, 17][..]),
        ("訪問系", &[3, 6, 11, 12, 13, 14, 15, 16, 17]),
        ("通所系", &[3, 11, 12, 13, 14, 16, 17]),
        (
            "入所施設・居住系",
            &[3, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17],
        ),
        ("医療機関等", &[3, 4, 11, 13, 14, 17]),
        ("", &[3, 11, 13, 14, 17]),
    ] {
        let told = due(&notices, &none, &[scopes.to_owned()], None, today);
        let ids: BTreeSet<NoticeId> = told.iter().map(|(id, _)| *id).collect();
        let of = notices.iter().filter(|it| ids.contains(&it.id));
        let found: BTreeSet<i64> = of.filter_map(|it| it.topic).map(|topic| topic.0).collect();
        assert_eq!(found, topics.iter().copied().collect(), "{scopes}");
        // Who was told is not told again.
        let told = told.into_iter().collect();
        assert!(due(&notices, &told, &[scopes.to_owned()], None, today).is_empty());
    }
}

#[test]
fn notices_of_one_title_stand_in_one_line_with_their_days() {
    let (_, notices) = notices();
    let visits = due(
        &notices,
        &BTreeMap::new(),
        &["訪問系".to_owned()],
        None,
        day(2026, 11, 20),
    );
    let told: Vec<_> = visits
        .iter()
        .filter_map(|(id, state)| Some((notices.iter().find(|it| it.id == *id)?, *state)))
        .collect();
    let sections = sections(&told);
    assert_eq!(sections.len(), 9);
    let films = &sections[1];
    assert_eq!(
        (films.scopes.as_slice(), films.entries.len()),
        (&["訪問系".to_owned()][..], 1)
    );
    assert_eq!(films.entries[0].dates.len(), 3);
}

#[test]
fn what_is_there_changes_nothing_and_what_is_wrong_says_why() {
    let today = day(2026, 11, 20);
    let first = taken("件名,発出日\n手引き,令和3年3月9日付事務連絡");
    let same = Same::of(
        &first[0].title,
        first[0].number.as_deref(),
        Some(first[0].date),
    );
    let there = HashMap::from([(same, NoticeId(7))]);
    for (row, expected) in [
        ("手引き,令和3年3月9日付事務連絡", None),
        ("手引き,", Some(Reason::NoDate)),
        (",令和3年3月9日", Some(Reason::NoTitle)),
        (
            "手引き,そのうち",
            Some(Reason::NotADate("そのうち".to_owned())),
        ),
        (
            "手引き,令和3年2月30日",
            Some(Reason::WrongDay("令和3年2月30日".to_owned())),
        ),
    ] {
        let listed = read(&[sheet(&format!("件名,発出日\n{row}"))], &there, today).expect("a list");
        match (&listed.rows[0].verdict, expected) {
            (Verdict::There { notice, .. }, None) => assert_eq!(*notice, NoticeId(7)),
            (Verdict::Refuse { reason, .. }, Some(expected)) => assert_eq!(*reason, expected),
            (other, _) => panic!("{row}: {other:?}"),
        }
    }
    let twice = read(
        &[sheet("件名,日付\n甲,R3.3.9\n甲,R3.3.9")],
        &HashMap::new(),
        today,
    );
    let twice = twice.expect("a list");
    let refused = &twice.rows[1].verdict;
    assert!(
        matches!(
            refused,
            Verdict::Refuse {
                reason: Reason::Repeated(2),
                ..
            }
        ),
        "{refused:?}"
    );
    assert_eq!(read(&[sheet("あ,い\n1,2")], &HashMap::new(), today), None);
}

#[test]
fn headings_may_stand_in_any_order_and_in_several_words() {
    let rows = taken(
        "URL,対象サービス,文書番号,通知日,タイトル\nhttps://example.jp/a,特養,3介334号,R3.7.15,検査\nなし,〃,,2021-07-16,別の検査",
    );
    assert_eq!(rows[0].scopes, ["介護老人福祉施設"]);
    assert_eq!(rows[0].link.as_deref(), Some("https://example.jp/a"));
    assert_eq!(rows[1].scopes, rows[0].scopes);
    assert!(rows[1].guesses.contains(&Guess::NoLink));
}
