//! The one door: many writers, failures, panics, and what readers see meanwhile.

use crate::town::{SERVER, Town, about, draft_issue, later, morning, store_issue};
use domain::{
    audience::Destination,
    id::{InteractionId, OfficeId},
    issue::Issue,
};
use futures::{FutureExt, future::join_all};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use storage::{Conflict, Error, Store, interaction, issue, outbox};

const WRITERS: i64 = 100;

async fn total(store: &Store, office: OfficeId) -> i64 {
    look!(store, |connection| count(connection, office).await)
}

async fn count(connection: &mut storage::Connection, office: OfficeId) -> storage::Result<i64> {
    let everything = issue::Filter::of(issue::Readable::Everything);
    issue::list(connection, office, &everything, 0, 1)
        .await
        .map(|page| page.total)
}

/// Stores an issue and then fails, for every third number.
async fn write_or_fail(store: Store, office: OfficeId, number: i64) -> Result<Issue, Error> {
    change!(store, |tx| {
        let stored = issue::insert(tx, office, &draft_issue()).await?;
        if number % 3 == 0 {
            Err(Conflict::InUse.into())
        } else {
            Ok(stored)
        }
    })
}

on_both! {
    async fn many_writers_at_once_are_numbered_without_a_gap(town) {
        let writers = (0..WRITERS).map(|_| town.issue());
        let numbers: BTreeSet<i64> =
            join_all(writers).await.into_iter().map(|issue| issue.id.0).collect();
        assert_eq!(numbers, (1..=WRITERS).collect());
    }

    async fn a_writer_that_fails_takes_nothing_of_the_others_with_it(town) {
        let writers =
            (0..WRITERS).map(|number| write_or_fail(town.store.clone(), town.office, number));
        let results = join_all(writers).await;
        let mut numbers = BTreeSet::new();
        for (number, result) in (0..WRITERS).zip(results) {
            match result {
                Ok(stored) => assert!(number % 3 != 0 && numbers.insert(stored.id.0)),
                Err(error) => assert!(
                    number % 3 == 0 && matches!(error, Error::Conflict(Conflict::InUse)),
                    "{error:?}"
                ),
            }
        }
        // What failed has used up no number either.
        let most = i64::try_from(numbers.len()).expect("a small number");
        assert_eq!(numbers, (1..=most).collect());
        assert_eq!(total(&town.store, town.office).await, most);
    }

    async fn a_change_that_panics_is_undone_and_the_door_stays_open(town) {
        let office = town.office;
        let panicked: Result<(), Error> = change!(town.store, |tx| {
            issue::insert(tx, office, &draft_issue()).await?;
            panic!("a fault of ours")
        });
        assert!(matches!(panicked, Err(Error::Panicked)));
        assert_eq!(town.issue().await.id.0, 1);
    }

    async fn a_change_that_goes_on_after_a_failed_statement_is_undone(town) {
        let office = town.office;
        let swallowed = change!(town.store, |tx| {
            issue::insert(tx, office, &draft_issue()).await?;
            let nowhere = interaction::claim(tx, InteractionId(1), OfficeId(99), morning()).await;
            assert!(matches!(nowhere, Err(Error::Conflict(Conflict::Missing))));
            Ok(())
        });
        assert!(matches!(swallowed, Err(Error::Aborted)));
        assert_eq!(total(&town.store, town.office).await, 0);
    }

    async fn a_change_may_decline_without_an_error(town) {
        let declined: Result<_, Error> = change!(town.store, |_tx| Ok(Err::<(), &str>("not today")));
        assert_eq!(declined.expect("committed, with nothing in it"), Err("not today"));
    }

    async fn a_caller_that_stops_waiting_does_not_undo_the_change(town) {
        let store = town.store.clone();
        let office = town.office;
        let hasty = store.write(move |tx| {
            Box::pin(async move { issue::insert(tx, office, &draft_issue()).await })
        });
        assert!(hasty.now_or_never().is_none(), "handed over, not finished");
        // Every look is a round trip, so the change has all the time it needs.
        for _ in 0..10_000 {
            if total(&town.store, office).await == 1 {
                return;
            }
        }
        panic!("the change was lost");
    }

    async fn a_reader_sees_one_moment(town) {
        let (office, store) = (town.office, town.store.clone());
        let seen = look!(town.store, |connection| {
            let before = count(connection, office).await?;
            store_issue(&store, office, &draft_issue()).await;
            Ok((before, count(connection, office).await?))
        });
        assert_eq!(seen, (0, 0));
        assert_eq!(total(&town.store, office).await, 1);
    }

    async fn whoever_waits_for_the_outbox_is_told_after_the_commit(town) {
        let changed = town.store.outbox_changed();
        let waiting = {
            let changed = Arc::clone(&changed);
            tokio::spawn(async move { changed.notified().await })
        };
        town.want(1, Destination::Desk, 1).await;
        tokio::time::timeout(Duration::from_secs(10), waiting)
            .await
            .expect("told in time")
            .expect("no panic");
    }

    async fn a_change_that_was_undone_tells_nobody(town) {
        let changed = town.store.outbox_changed();
        let office = town.office;
        let undone: Result<(), Error> = change!(town.store, |tx| {
            outbox::want(tx, office, about(1), Destination::Desk, 1, morning()).await?;
            Err(Conflict::InUse.into())
        });
        assert!(undone.is_err());
        // A change that queues nothing tells nobody either.
        town.issue().await;
        assert!(changed.notified().now_or_never().is_none());
        let next = look!(town.store, |connection| outbox::next_due(connection).await);
        assert_eq!(next, None);
    }

    async fn writers_of_two_processes_do_not_lose_each_others_changes(town) {
        let other = town.fresh.open().await;
        let (ours, theirs) = (&town.store, &other);
        let draft = draft_issue();
        let writers = (0..20).flat_map(|_| {
            [store_issue(ours, town.office, &draft), store_issue(theirs, town.office, &draft)]
        });
        let numbers: BTreeSet<i64> =
            join_all(writers).await.into_iter().map(|issue| issue.id.0).collect();
        assert_eq!(numbers, (1..=40).collect());
    }

    async fn an_error_says_nothing_of_what_was_to_be_stored(town) {
        let office = town.office;
        let secret = "見本花子さんの件";
        // The act is empty, which the database refuses; PostgreSQL then sends the whole row along.
        let error = change!(town.store, |tx| {
            let (who, state) = (crate::town::PHARMACIST, serde_json::json!({ "text": secret }));
            storage::history::append(tx, office, about(1), morning(), who, "", None, state).await
        })
        .expect_err("refused");
        let mut told = format!("{error} {error:?} {error:#?}");
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            told.push_str(&format!("{error} {error:?}"));
            source = error.source();
        }
        assert!(matches!(error, Error::Database(_)), "{told}");
        assert!(told.to_lowercase().contains("check constraint"), "what broke is told: {told}");
        assert!(!told.contains("見本"), "{told}");
    }

    async fn an_interaction_delivered_twice_at_once_acts_once(town) {
        let office = town.office;
        let other = town.fresh.open().await;
        let deliver = async |store: &Store| {
            change!(store, |tx| {
                if !interaction::claim(tx, InteractionId(u64::MAX), office, morning()).await? {
                    return Ok(None);
                }
                issue::insert(tx, office, &draft_issue()).await.map(Some)
            })
            .expect("delivered")
        };
        let (one, two) = tokio::join!(deliver(&town.store), deliver(&other));
        assert_eq!(usize::from(one.is_some()) + usize::from(two.is_some()), 1);
        assert_eq!(total(&town.store, office).await, 1);
    }

    async fn interactions_are_forgotten_after_their_time(town) {
        let office = town.office;
        let claim = async |id: u64, at| {
            change!(town.store, |tx| interaction::claim(tx, InteractionId(id), office, at).await)
                .expect("claimed")
        };
        assert!(claim(1, morning()).await);
        assert!(claim(2, later(10)).await);
        assert!(!claim(1, later(20)).await);
        let purged = change!(town.store, |tx| interaction::purge(tx, later(10)).await);
        assert_eq!(purged.expect("purged"), 1);
        assert!(claim(1, later(20)).await);
        assert!(!claim(2, later(20)).await);
    }
}

#[tokio::test]
async fn postgres_runs_a_closure_again_that_has_lost_against_another() {
    let town = Town::on(tests::database::Database::Postgres).await;
    let runs = Arc::new(AtomicU32::new(0));
    let (office, other) = (town.office, town.fresh.open().await);
    let stored = {
        let runs = Arc::clone(&runs);
        change!(town.store, [runs, other], |tx| {
            // The first runs read, then somebody else commits, then they write: each of them loses
            // until the store keeps others out.
            let before = count(tx, office).await?;
            if runs.fetch_add(1, Ordering::SeqCst) < 4 {
                store_issue(&other, office, &draft_issue()).await;
            }
            let stored = issue::insert(tx, office, &draft_issue()).await?;
            Ok((before, stored.id.0))
        })
    };
    assert_eq!(stored.expect("the fifth run is alone"), (4, 5));
    assert_eq!(runs.load(Ordering::SeqCst), 5);
    assert_eq!(new_again(&town.store).await, office);
}

async fn new_again(store: &Store) -> OfficeId {
    crate::town::new_office(store, SERVER).await
}
