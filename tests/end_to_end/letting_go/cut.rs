//! Power cuts while an office is deleted and while it is handed out: what was begun is gone on with, what
//! was not has not happened, and nobody is handed half an office.

use super::{CHAIR, COORDINATOR, counted, office};
use crate::crash::process::Process;
use domain::id::OfficeId;
use fake_discord::Outcome;
use rstest::rstest;
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use storage::Store;
use tests::{
    database::Database,
    point::{Point, named},
    world::{World, world_without_bot},
};

/// Issues of an office before it is deleted: its rows go in several transactions.
const ISSUES: usize = 30;
/// When the power goes while an office is deleted: the first commit is the word of the desk, the others
/// are steps of the deletion.
const DELETING: [(&str, usize); 6] = [
    ("before-commit", 1),
    ("after-commit", 1),
    ("before-answer", 1),
    ("before-commit", 2),
    ("after-commit", 2),
    ("after-commit", 3),
];
/// When it goes while the office is handed out.
const HANDING_OUT: [&str; 4] = [
    "before-commit",
    "after-commit",
    "before-answer",
    "after-answer",
];
const PHRASE: &str = "この拠点の記録をすべて削除する";
/// The act in the audit.
const HANDED_OUT: &str = "office.export";

fn point(name: &str) -> Point {
    named(name).expect("it is a point")
}

/// Everything that is to be said has been said, so that what is committed next is what the test does.
async fn quiet(world: &World, records: &Store, bot: &Process) {
    let settled = async |_: &World| {
        let counts = records.read(|c| Box::pin(storage::outbox::counts(c))).await;
        counts.expect("counted").waiting == 0
    };
    assert!(world.until(settled).await, "{}", bot.logged());
}

async fn fill(world: &World, issues: usize) {
    for number in 0..issues {
        let options = json!({"text": format!("在庫の話、その{number}。"), "tier": 1});
        let place = world.channel("広場");
        let added = world.person(CHAIR).slash(place, "issue add", options).await;
        added.expect_message();
    }
}

/// Asks the bot, which may die before it answers.
async fn ask(world: &World, bot: &Process, path: &str, options: Value) -> Option<Outcome> {
    let (person, place) = (world.person(COORDINATOR), world.channel("広場"));
    tokio::select! {
        outcome = person.slash(place, path, options) => Some(outcome),
        () = bot.dead() => None,
    }
}

/// Another process takes over from a dead one.
async fn next(world: &World, dead: Process, name: &str) -> Process {
    let id = dead.id();
    dead.kill();
    dead.bury(world).await;
    world.let_leases_pass(id).await;
    Process::start(world, name).await
}

async fn erased(records: &Store, office: OfficeId) -> Option<storage::erasure::Erasure> {
    let found = records.read(move |c| Box::pin(storage::erasure::find(c, office)));
    found.await.expect("read")
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_office_is_deleted_whole_whenever_the_power_goes(#[case] database: Database) {
    world_without_bot(database, async |world| {
        let mut bot = Process::start(world, "first").await;
        let records = world.records().await;
        for (round, (name, nth)) in DELETING.into_iter().enumerate() {
            fill(world, ISSUES).await;
            quiet(world, &records, &bot).await;
            let id = office(world, &records).await;
            let before = counted(&records, id).await;
            bot.die_at(point(name), nth).await;
            ask(world, &bot, "office delete", json!({"confirm": PHRASE})).await;
            let ended = async |_: &World| {
                let found = erased(&records, id).await;
                bot.is_dead() || found.is_some_and(|found| found.ended_at.is_some())
            };
            assert!(world.until(ended).await, "{}", bot.logged());
            bot = next(world, bot, &format!("after-{round}")).await;
            if erased(&records, id).await.is_none() {
                let kept = |(name, _): &&(&str, i64)| name.starts_with("issue");
                let now = counted(&records, id).await;
                let [now, before] =
                    [&now, &before].map(|all| -> Vec<_> { all.iter().filter(kept).collect() });
                assert_eq!(
                    now, before,
                    "{name} {nth}: what was not begun left everything"
                );
                let said = ask(world, &bot, "office delete", json!({"confirm": PHRASE})).await;
                let said = said.expect("an answer").text();
                assert!(said.contains("削除を始めました"), "{said}");
            }
            let ended = async |_: &World| {
                let found = erased(&records, id).await;
                found.is_some_and(|found| found.ended_at.is_some())
            };
            assert!(world.until(ended).await, "{name} {nth}\n{}", bot.logged());
            for (table, count) in counted(&records, id).await {
                assert_eq!(count, 0, "{name} {nth}: {table}");
            }
            let gone = erased(&records, id).await.expect("it ended").rows;
            let rows: i64 = before.iter().map(|(_, count)| count).sum();
            assert!(
                gone >= rows,
                "{name} {nth}: {gone} of {rows} rows are said to be gone"
            );
        }
        bot.kill();
        bot.bury(world).await;
    })
    .await;
}

/// The rows of a table in an archive.
fn rows(bytes: &[u8], table: &str) -> Vec<Value> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(&format!("json/{table}.json"))
        .expect("a table")
        .read_to_string(&mut text)
        .expect("text");
    let table: Value = serde_json::from_str(&text).expect("JSON");
    table["rows"].as_array().expect("rows").clone()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whoever_got_the_file_is_in_the_audit_whenever_the_power_goes(#[case] database: Database) {
    world_without_bot(database, async |world| {
        let mut bot = Process::start(world, "first").await;
        let records = world.records().await;
        fill(world, 3).await;
        let mut handed_out = 0;
        for name in HANDING_OUT {
            quiet(world, &records, &bot).await;
            bot.die_at(point(name), 1).await;
            let outcome = ask(world, &bot, "office export", json!({})).await;
            let message = outcome.as_ref().and_then(Outcome::message);
            handed_out += message.map_or(0, |message| message.attachments.len());
            bot.dead().await;
            bot = next(world, bot, &format!("after-{name}")).await;
        }
        quiet(world, &records, &bot).await;
        let id = office(world, &records).await;
        let outcome = ask(world, &bot, "office export", json!({})).await;
        let message = outcome.expect("an answer").expect_message();
        let file = world.fake.file(message.attachments[0].id).expect("a file");
        let audited = rows(&file.bytes, "audit_entry");
        let audited = audited
            .iter()
            .filter(|row| row["act"] == HANDED_OUT)
            .count();
        assert!(
            (handed_out..HANDING_OUT.len()).contains(&audited),
            "{handed_out} files were handed out and {audited} are in the audit"
        );
        let counts = counted(&records, id).await;
        let issues = counts.iter().find(|(name, _)| *name == "issue");
        assert_eq!(rows(&file.bytes, "issue").len(), 3);
        assert_eq!(issues.map(|(_, count)| *count), Some(3));
        bot.kill();
        bot.bury(world).await;
    })
    .await;
}
