//! Several processes on one database: what was kept long enough is told of once and let go of once, an
//! office is deleted once, and each entry of a feed comes once.

use super::{CHAIR, COORDINATOR, DESK, cards, command, counted, office};
use crate::number_in;
use chrono::Duration;
use serde_json::json;
use storage::{audit, retention::State};
use tests::{
    database::Database,
    world::{World, world},
};

/// Records that are let go of: several transactions.
const RECORDS: usize = 50;
/// The fiscal year in which they are.
const YEAR: i32 = 2032;
/// Times at which a feed has more.
const ROUNDS: usize = 4;
const DELETED: &str = "retention.delete";

fn titles(to: usize) -> Vec<String> {
    (1..=to).rev().map(|at| format!("通知その{at}")).collect()
}

#[tokio::test]
async fn what_was_kept_long_enough_is_told_of_once_and_goes_once() {
    world(Database::Postgres, async |world| {
        for number in 0..RECORDS {
            let options = json!({"text": format!("在庫の話、その{number}。"), "tier": 1});
            let number = number_in(&command(world, CHAIR, "issue add", options).await);
            let options = json!({
                "number": number.to_string(), "status": "dropped", "note": "やめた",
            });
            command(world, COORDINATOR, "issue status", options).await;
        }
        world.settled().await;
        let beside = world.another_bot().await;
        world.clock.move_to("2032-05-06 09:00");
        world.dealt_with().await;
        assert_eq!(cards(world, DESK, "保存期間を過ぎた記録").len(), 1);
        let records = world.records().await;
        let id = office(world, &records).await;
        let found = records.read(move |c| Box::pin(storage::retention::find(c, id, YEAR)));
        let proposed = found.await.expect("read").expect("it was proposed");
        assert_eq!((proposed.revision, proposed.state), (1, State::Proposed));
        beside.stop().await;
        world.stop_bot().await;
        // Decided a moment ago, by a process that died right after it.
        let at = commands::clock::Clock::now(&*world.clock).timestamp_micros();
        world
            .by_hand(&format!(
                "update retention set state = 'deleting', decided_by = 1, decided_at = {at}, \
                 revision = revision + 1"
            ))
            .await;
        let (one, other) = tokio::join!(world.another_bot(), world.another_bot());
        let ended = async |_: &World| {
            let found = records.read(move |c| Box::pin(storage::retention::find(c, id, YEAR)));
            let found = found.await.expect("read").expect("it is there");
            found.state == State::Deleted
        };
        assert!(world.until(ended).await, "{}", world.log());
        let found = records.read(move |c| Box::pin(storage::retention::find(c, id, YEAR)));
        let found = found.await.expect("read").expect("it is there");
        assert_eq!(found.gone, found.records, "each is counted once");
        let entries = records.read(move |c| {
            let all = audit::Filter::default();
            Box::pin(async move { audit::list(c, id, &all, 0, i64::MAX).await })
        });
        let entries = entries.await.expect("read").entries;
        let mut gone: Vec<_> = entries
            .iter()
            .filter(|entry| entry.act == DELETED)
            .map(|entry| entry.subject.clone())
            .collect();
        let all = gone.len();
        gone.sort_by_key(|subject| format!("{subject:?}"));
        gone.dedup();
        assert_eq!(gone.len(), all, "none is in the audit twice");
        one.stop().await;
        other.stop().await;
        world.start_bot().await;
        let told = async |world: &World| cards(world, DESK, "件を削除しました").len() == 1;
        assert!(world.until(told).await, "{}", world.log());
    })
    .await;
}

#[tokio::test]
async fn an_office_that_several_processes_delete_is_gone_whole() {
    world(Database::Postgres, async |world| {
        for number in 0..RECORDS {
            let options = json!({"text": format!("在庫の話、その{number}。"), "tier": 1});
            command(world, CHAIR, "issue add", options).await;
        }
        world.settled().await;
        let records = world.records().await;
        let id = office(world, &records).await;
        world.stop_bot().await;
        let began = records.write(move |tx| {
            let who = (audit::CALENDAR, audit::CALENDAR);
            let now = chrono::DateTime::UNIX_EPOCH;
            let why = storage::erasure::Why::Wanted;
            Box::pin(storage::erasure::begin(tx, id, why, who, now))
        });
        assert!(began.await.expect("written"));
        let (one, other) = tokio::join!(world.another_bot(), world.another_bot());
        let ended = async |_: &World| {
            let found = records.read(move |c| Box::pin(storage::erasure::find(c, id)));
            let found = found.await.expect("read");
            found.is_some_and(|found| found.ended_at.is_some())
        };
        assert!(world.until(ended).await, "{}", world.log());
        for (table, count) in counted(&records, id).await {
            assert_eq!(count, 0, "{table}");
        }
        one.stop().await;
        other.stop().await;
    })
    .await;
}

#[tokio::test]
async fn each_entry_of_a_feed_comes_once_however_many_processes_watch_it() {
    world(Database::Postgres, async |world| {
        world.news.publish("pref.example", &titles(2)).await;
        let url = json!({"url": "http://pref.example/rss", "scope": "訪問系"});
        command(world, COORDINATOR, "notice watch", url).await;
        let (second, third) = tokio::join!(world.another_bot(), world.another_bot());
        for round in 1..=ROUNDS {
            let all = 2 + 2 * round;
            world.news.publish("pref.example", &titles(all)).await;
            world.clock.advance(Duration::minutes(61));
            let came = async |world: &World| cards(world, DESK, "新しい通知の下書き").len() >= all;
            assert!(world.until(came).await, "round {round}\n{}", world.log());
        }
        world.dealt_with().await;
        second.stop().await;
        third.stop().await;
        for title in titles(2 + 2 * ROUNDS) {
            assert!(!cards(world, DESK, &title).is_empty(), "{title}");
        }
        let drafts = cards(world, DESK, "新しい通知の下書き").len();
        assert_eq!(drafts, 2 + 2 * ROUNDS, "each once\n{}", world.log());
        let asked = world.news.met("pref.example");
        assert!(asked <= 2 + ROUNDS, "{asked} times for {ROUNDS} rounds");
    })
    .await;
}
