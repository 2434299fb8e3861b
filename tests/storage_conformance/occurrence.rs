//! What is due later: planned once, settled once.

use crate::town::{Town, about, kept, later, morning, new_office};
use chrono::{DateTime, Utc};
use domain::id::{OfficeId, ServerId};
use storage::{Conflict, Error, Store, occurrence};

async fn plan(store: &Store, office: OfficeId, key: &'static str, minutes: i64) -> bool {
    change!(store, |tx| occurrence::put(
        tx,
        office,
        key,
        later(minutes),
        about(41)
    )
    .await)
    .expect("planned")
}

async fn settle(store: &Store, office: OfficeId, key: &'static str) -> bool {
    change!(store, |tx| occurrence::settle(tx, office, key).await).expect("asked")
}

async fn due(town: &Town, now: DateTime<Utc>, limit: i64) -> Vec<String> {
    look!(town.store, |connection| occurrence::due(
        connection, now, limit
    )
    .await)
    .into_iter()
    .map(|occurrence| occurrence.key)
    .collect()
}

on_both! {
    async fn an_occurrence_is_due_from_its_time_on(town) {
        assert!(plan(&town.store, town.office, "review:41@3:before:14d", 10).await);
        assert!(due(&town, later(9), 10).await.is_empty());
        let found =
            look!(town.store, |connection| occurrence::due(connection, later(10), 10).await);
        let expected = occurrence::Occurrence {
            office: town.office,
            key: "review:41@3:before:14d".to_owned(),
            due_at: kept(later(10)),
            subject: about(41),
        };
        assert_eq!(found, [expected]);
    }

    async fn the_longest_due_comes_first_and_equal_ones_by_their_keys(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        for (office, key, minutes) in [
            (town.office, "b", 2),
            (other, "a", 2),
            (town.office, "反省会", 2),
            (town.office, "B", 2),
            (town.office, "a-2", 2),
            (town.office, "z", 1),
        ] {
            assert!(plan(&town.store, office, key, minutes).await);
        }
        assert_eq!(due(&town, later(2), 10).await, ["z", "B", "a-2", "b", "反省会", "a"]);
        assert_eq!(due(&town, later(2), 2).await, ["z", "B"]);
        assert!(due(&town, later(2), -1).await.is_empty());
    }

    async fn a_key_is_planned_once_even_after_it_was_settled(town) {
        assert!(plan(&town.store, town.office, "k", 1).await);
        assert!(!plan(&town.store, town.office, "k", 5).await);
        assert_eq!(due(&town, later(1), 10).await, ["k"]);
        assert!(settle(&town.store, town.office, "k").await);
        assert!(!plan(&town.store, town.office, "k", 1).await);
        assert!(due(&town, later(9), 10).await.is_empty());
    }

    async fn exactly_one_of_two_processes_settles(town) {
        let other = town.fresh.open().await;
        for key in ["a", "b", "c", "d", "e"] {
            plan(&town.store, town.office, key, 0).await;
            let (one, two) = tokio::join!(
                settle(&town.store, town.office, key),
                settle(&other, town.office, key),
            );
            assert!(one ^ two, "{key}");
        }
        assert!(!settle(&town.store, town.office, "unknown").await);
    }

    async fn what_waits_under_a_prefix_is_taken_back(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        for key in ["review:4@1:a", "review:4@1:b", "review:4@1:done", "review:41@1:a", "review:4%"] {
            plan(&town.store, town.office, key, 0).await;
        }
        plan(&town.store, other, "review:4@1:a", 0).await;
        assert!(settle(&town.store, town.office, "review:4@1:done").await);
        let office = town.office;
        let cancelled =
            change!(town.store, |tx| occurrence::cancel(tx, office, "review:4@1:").await);
        assert_eq!(cancelled.expect("taken back"), 2);
        let left = due(&town, morning(), 10).await;
        assert_eq!(left, ["review:4%", "review:41@1:a", "review:4@1:a"]);
        // What was taken back may be planned again; what was settled may not.
        assert!(plan(&town.store, office, "review:4@1:a", 0).await);
        assert!(!plan(&town.store, office, "review:4@1:done", 0).await);
        // The signs of a pattern are letters like others.
        let percent = change!(town.store, |tx| occurrence::cancel(tx, office, "review:4%").await);
        assert_eq!(percent.expect("taken back"), 1);
    }

    async fn an_occurrence_of_no_office_is_refused(town) {
        let refused = change!(town.store, |tx| {
            occurrence::put(tx, OfficeId(99), "k", morning(), about(1)).await
        });
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))));
    }
}
