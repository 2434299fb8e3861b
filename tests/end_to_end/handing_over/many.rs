//! An office of many years: a handover stays within its limits, says what it left out, and asks the
//! database no more for it.

use super::{desk, file, office};
use chrono::TimeDelta;
use domain::{
    audience::Destination,
    id::{AssociationId, IssueId, NoticeId, UserId},
    issue::{Issue, Kind, Origin, Status, TierBy},
    notice::{Notice, Origin as Source},
    tier::Tier,
};
use rstest::rstest;
use serde_json::json;
use std::collections::BTreeMap;
use tests::{
    book::Book,
    database::Database,
    world::{World, world},
};

const ISSUES: i64 = 5_000;
const NOTICES: i64 = 1_000;
/// How often a handover may ask the database the same: a thousand issues are read in pages. Once for each
/// draft (300) or each issue would be beyond it.
const ASKED_MAX: u64 = 60;
/// Pages of the issues that find room.
const PAGES: u64 = 5;
/// What the bot asks by itself meanwhile, again and again.
const ITS_OWN: [&str; 2] = ["outbox_lane", "select office.id from office"];
/// Discord's own limit of a file is 10 MiB.
const BYTES_MAX: usize = 2 * 1024 * 1024;

/// What was read most often since then, and how often.
fn most(world: &World, before: &BTreeMap<String, u64>) -> (String, u64) {
    let since = world.asked().into_iter().map(|(sql, count)| {
        let before = before.get(&sql).copied().unwrap_or_default();
        (sql, count - before)
    });
    let read = since.filter(|(sql, _)| {
        sql.starts_with("select") && !ITS_OWN.iter().any(|own| sql.contains(own))
    });
    let most = read.max_by_key(|(_, count)| *count);
    most.expect("something was read")
}

fn issue(number: i64, now: chrono::DateTime<chrono::Utc>) -> Issue {
    Issue {
        id: IssueId(0),
        revision: 0,
        kind: Kind::Issue,
        origin: Origin::Meeting,
        tier: Tier::One,
        tier_by: TierBy::Rules,
        status: Status::Open,
        later_year: None,
        measure_open: false,
        text: format!("連絡のしかたがまちまちだ（{number}）"),
        note: None,
        profession: None,
        association: Some(AssociationId(3)),
        about: Vec::new(),
        categories: Vec::new(),
        session: None,
        merged_into: None,
        speaker: None,
        reporter: UserId(7),
        created_at: now - TimeDelta::days(30),
        changed_at: now,
        passed_on: false,
        kept_private: false,
        retracted: false,
        destination: Destination::Tier1(AssociationId(3)),
    }
}

fn draft(number: i64, now: chrono::DateTime<chrono::Utc>) -> Notice {
    Notice {
        id: NoticeId(0),
        revision: 0,
        draft: true,
        title: format!("通知その{number}"),
        number: None,
        issuer: Some("厚生労働省".to_owned()),
        date: Some(now.date_naive()),
        topic: None,
        link: None,
        scopes: vec!["訪問系".to_owned()],
        changes: Vec::new(),
        origin: Source::Feed,
        added_by: None,
        created_at: now,
        changed_at: now,
        retracted: false,
    }
}

async fn grown(world: &World) {
    let id = office(world).await;
    let now = commands::clock::Clock::now(&*world.clock);
    let written = world.store().write(move |tx| {
        Box::pin(async move {
            for number in 0..ISSUES {
                storage::issue::insert(tx, id, &issue(number, now)).await?;
            }
            for number in 0..NOTICES {
                storage::notice::insert(tx, id, &draft(number, now), None).await?;
            }
            Ok(())
        })
    });
    written.await.expect("they are kept");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn of_many_the_oldest_issues_and_newest_drafts_stand_and_the_rest_is_counted(
    #[case] database: Database,
) {
    world(database, async |world| {
        grown(world).await;
        world.settled().await;
        let before = world.asked();
        let answer = desk(world, "office handover", json!({})).await;
        let (words, asked) = most(world, &before);
        let book = Book::read(&file(world, &answer));
        assert!(asked >= PAGES, "it is counted: {asked} times {words}");
        assert!(asked <= ASKED_MAX, "{asked} times {words}");
        let said = &answer.content;
        assert!(said.contains("課題は 5000 件"), "{said}");
        let numbers = book.column("課題", 0);
        assert_eq!(numbers.len(), 1_001, "a line behind them counts the rest");
        let (first, last) = (numbers[0].as_str(), numbers[999].as_str());
        assert_eq!((first, last), ("#1", "#1000"));
        let rest = &numbers[1_000];
        assert!(rest.contains("ほかに 4000 件"), "{rest}");
        let desk = book.column("窓口の手元", 0);
        let drafts = desk.iter().filter(|kind| *kind == "通知の下書き");
        assert_eq!(drafts.count(), 300);
        let rest = desk.last().expect("a line");
        assert!(rest.contains("ほかに 700 件"), "{rest}");
        let first = book.text("はじめに");
        assert!(first.contains("古いほうから1000件の中で"), "{first}");
        let bytes = file(world, &answer).len();
        assert!(bytes <= BYTES_MAX, "{bytes} bytes");
    })
    .await;
}
