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
use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex},
};
use tests::{
    book::Book,
    database::Database,
    world::{World, world},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

const ISSUES: i64 = 5_000;
const NOTICES: i64 = 1_000;
/// How often a handover may ask the database the same: a thousand issues are read in pages. Once for each
/// draft (300) or each issue would be beyond it.
const ASKED_MAX: usize = 60;
/// What the bot asks by itself meanwhile, again and again.
const ITS_OWN: [&str; 2] = ["outbox", "office.id"];
/// Discord's own limit of a file is 10 MiB.
const BYTES_MAX: usize = 2 * 1024 * 1024;

/// Counts what is asked of a database over a socket, by the beginning of the statement; SQLite is asked on a
/// thread of its own. Spans are not looked at: those that are open belong to the world's own subscriber.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<BTreeMap<String, usize>>>);

impl Statements {
    /// What was read most often, and how often.
    fn most(&self) -> (String, usize) {
        let asked = self.0.lock().expect("nobody panics in it");
        let read = asked.iter().filter(|(words, _)| {
            words.contains("select") && !ITS_OWN.iter().any(|own| words.contains(own))
        });
        let most = read.max_by_key(|(_, count)| **count);
        most.map(|(words, count)| (words.clone(), *count))
            .unwrap_or_default()
    }
}

/// The beginning of a statement, as it is logged.
#[derive(Default)]
struct Beginning(String);

impl Visit for Beginning {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut beginning = Beginning::default();
        event.record(&mut beginning);
        let mut asked = self.0.lock().expect("nobody panics in it");
        *asked.entry(beginning.0).or_default() += 1;
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
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
        let statements = Statements::default();
        let guard = tracing::subscriber::set_default(statements.clone());
        let answer = desk(world, "office handover", json!({})).await;
        drop(guard);
        let book = Book::read(&file(world, &answer));
        let (words, asked) = statements.most();
        if matches!(database, Database::Postgres) {
            assert!(asked > 5, "it is counted: {asked}");
        }
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
