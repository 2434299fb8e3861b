//! Feeds: read by one process at a time when they are due, their entries known once they came.

use crate::town::{COORDINATOR, Town, kept, later, morning};
use domain::{
    feed::{Fault, Feed},
    id::{FeedId, OfficeId},
};
use storage::{Conflict, Error, feed};

fn written(url: &str) -> Feed {
    Feed {
        id: FeedId(0),
        revision: 0,
        url: url.to_owned(),
        title: "新着情報".to_owned(),
        scopes: vec!["居宅介護支援".to_owned(), "訪問系".to_owned()],
        watched: true,
        next_at: kept(morning()),
        read_at: None,
        failures: 0,
        fault: None,
        told: false,
        etag: Some("\"v1\"".to_owned()),
        last_modified: None,
        made_by: COORDINATOR,
        made_at: kept(morning()),
        changed_at: kept(morning()),
    }
}

impl Town {
    async fn feed(&self, feed: &Feed) -> storage::Result<Feed> {
        let office = self.office;
        change!(self.store, [feed], |tx| feed::insert(tx, office, &feed)
            .await)
    }

    async fn found_feed(&self, id: i64) -> Option<Feed> {
        let office = self.office;
        look!(self.store, |connection| feed::find(
            connection,
            office,
            FeedId(id)
        )
        .await)
    }

    async fn claimed(&self, minutes: i64) -> Vec<feed::Claimed> {
        change!(self.store, |tx| feed::claim(tx, later(minutes), 4).await).expect("claimed")
    }

    async fn settled(&self, claimed: &feed::Claimed, after: &Feed) -> bool {
        change!(self.store, [claimed, after], |tx| {
            feed::settle(tx, &claimed, &after, true).await
        })
        .expect("settled")
    }
}

on_both! {
    async fn a_feed_is_read_back_as_it_was_written_and_watched_once(town) {
        let first = town.feed(&written("https://a.example/rss")).await.expect("kept");
        let expected = Feed { id: FeedId(1), revision: 1, ..written("https://a.example/rss") };
        assert_eq!(first, expected);
        assert_eq!(town.found_feed(1).await, Some(expected.clone()));
        assert_eq!(town.found_feed(2).await, None);
        let twice = town.feed(&written("https://a.example/rss")).await;
        assert!(matches!(twice, Err(Error::Conflict(Conflict::NameTaken))), "{twice:?}");
        let nowhere = written("https://b.example/rss");
        let nowhere = change!(town.store, [nowhere], |tx| {
            feed::insert(tx, OfficeId(99), &nowhere).await
        });
        assert!(matches!(nowhere, Err(Error::Conflict(Conflict::Missing))), "{nowhere:?}");
        let office = town.office;
        let stopped = change!(town.store, [expected], |tx| {
            feed::set_watched(tx, office, &expected, false, later(1)).await
        })
        .expect("stopped");
        assert!(!stopped.watched && stopped.revision == 2);
        let stale = change!(town.store, [expected], |tx| {
            feed::set_watched(tx, office, &expected, true, later(1)).await
        });
        assert!(matches!(stale, Err(Error::Conflict(Conflict::StaleRevision))), "{stale:?}");
        // The address is free again, and then taken.
        town.feed(&written("https://a.example/rss")).await.expect("kept");
        let taken = change!(town.store, [stopped], |tx| {
            feed::set_watched(tx, office, &stopped, true, later(1)).await
        });
        assert!(matches!(taken, Err(Error::Conflict(Conflict::NameTaken))), "{taken:?}");
        let page = look!(town.store, |connection| feed::list(connection, office, 0, 10).await);
        assert_eq!(page.total, 1);
        assert_eq!(page.items.len(), 1);
    }

    async fn a_feed_is_in_one_hand_at_a_time_and_an_older_claim_says_nothing(town) {
        let feed = town.feed(&written("https://a.example/rss")).await.expect("kept");
        assert!(town.claimed(-1).await.is_empty(), "it is not due yet");
        let claimed = town.claimed(0).await;
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].feed, feed);
        assert!(town.claimed(0).await.is_empty(), "somebody has it");
        let failed = Feed {
            failures: 5,
            fault: Some(Fault::Slow),
            told: true,
            next_at: kept(later(60)),
            read_at: Some(kept(later(0))),
            ..feed.clone()
        };
        assert!(town.settled(&claimed[0], &failed).await);
        assert_eq!(town.found_feed(1).await, Some(Feed { revision: 2, ..failed }));
        let next = look!(town.store, |connection| feed::next_due(connection).await);
        assert_eq!(next, Some(kept(later(60))));
        assert!(town.claimed(59).await.is_empty());
        let again = town.claimed(60).await;
        assert_eq!(again.len(), 1);
        assert!(!town.settled(&claimed[0], &feed).await, "that claim is over");
        let office = town.office;
        let now = town.found_feed(1).await.expect("it is there");
        change!(town.store, [now], |tx| {
            feed::set_watched(tx, office, &now, false, later(61)).await
        })
        .expect("stopped");
        assert!(!town.settled(&again[0], &feed).await, "nobody watches it");
        assert!(town.claimed(600).await.is_empty());
    }

    async fn entries_are_known_by_their_digests_and_the_oldest_are_forgotten(town) {
        town.feed(&written("https://a.example/rss")).await.expect("kept");
        let office = town.office;
        for part in 0..45 {
            change!(town.store, |tx| {
                let keys: Vec<String> = (0..100).map(|at| format!("key-{}", part * 100 + at)).collect();
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                feed::know(tx, office, FeedId(1), &keys, None).await
            })
            .expect("kept");
        }
        let known = look!(town.store, |connection| {
            feed::known(connection, office, FeedId(1), &["key-1", "key-4499", "other"]).await
        });
        assert_eq!(known.into_iter().collect::<Vec<_>>(), ["key-4499"]);
        let none = change!(town.store, |tx| {
            feed::know(tx, office, FeedId(9), &["key"], None).await
        });
        assert!(matches!(none, Err(Error::Conflict(Conflict::Missing))), "{none:?}");
    }
}
