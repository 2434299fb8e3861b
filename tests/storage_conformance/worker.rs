//! Workers: leases, what they say, and what becomes of rows when they say nothing.

use crate::town::{LONG, OTHER_WORKER, Town, WORKER, about, post};
use domain::{
    audience::Destination,
    id::{AssociationId, CircleId},
};
use futures::future::join_all;
use std::{collections::BTreeSet, time::Duration};
use storage::outbox::{self, Claimed};

const TIER1: Destination = Destination::Tier1(AssociationId(3));
const TIER2: Destination = Destination::Tier2(CircleId(1));
/// A lease that is over when it begins.
const OVER: i64 = -1;

async fn retry(town: &Town, claimed: &Claimed, after_seconds: i64) -> bool {
    change!(town.store, [claimed], |tx| outbox::retry(
        tx,
        &claimed,
        after_seconds
    )
    .await)
    .expect("noted")
}

async fn refuse(town: &Town, claimed: &Claimed) -> bool {
    change!(town.store, [claimed], |tx| outbox::refuse(
        tx,
        &claimed,
        "channel-gone"
    )
    .await)
    .expect("noted")
}

async fn removed(town: &Town, claimed: &Claimed, revision: i64) -> bool {
    change!(town.store, [claimed], |tx| outbox::removed(
        tx, &claimed, revision
    )
    .await)
    .expect("noted")
}

async fn lost(town: &Town, claimed: &Claimed) -> Option<String> {
    change!(town.store, [claimed], |tx| outbox::lost(tx, &claimed).await).expect("noted")
}

async fn due_in(town: &Town) -> Option<Duration> {
    look!(town.store, |connection| outbox::next_due_in(connection)
        .await)
}

on_both! {
    async fn of_two_workers_at_once_each_row_goes_to_one(town) {
        for id in 1..=10 {
            town.want(id, Destination::Tier1(AssociationId(id)), 1).await;
        }
        let other = town.fresh.open().await;
        let mut all = Vec::new();
        for _ in 0..5 {
            let (one, two) = tokio::join!(
                async { change!(town.store, |tx| outbox::claim(tx, &WORKER, LONG, 2).await) },
                async { change!(other, |tx| outbox::claim(tx, &OTHER_WORKER, LONG, 2).await) },
            );
            all.extend(one.expect("claimed"));
            all.extend(two.expect("claimed"));
        }
        let different: BTreeSet<i64> = all.iter().map(|claimed| claimed.subject.id).collect();
        assert_eq!((all.len(), different.len()), (10, 10));
    }

    async fn a_lane_under_contention_lets_one_message_through_at_a_time(town) {
        for id in 1..=5 {
            town.want(id, TIER1, 1).await;
        }
        for expected in 1..=5 {
            let claims = join_all((0..4).map(|_| town.claim(WORKER, LONG))).await;
            let claimed: Vec<Claimed> = claims.into_iter().flatten().collect();
            assert_eq!(claimed.len(), 1, "{claimed:?}");
            assert_eq!(claimed[0].subject, about(expected));
            assert!(town.sent(&claimed[0], 1, post(1)).await);
        }
    }

    async fn a_lease_that_ran_out_leaves_the_row_in_doubt(town) {
        town.want(12, TIER1, 1).await;
        let silent = town.claim_one(WORKER, OVER).await;
        let second = town.claim_one(OTHER_WORKER, OVER).await;
        assert!(second.recovering);
        assert_eq!((second.attempts, &second.mark), (1, &silent.mark));
        let first_doubt = second.claimed_before.expect("when the silent claim was made");

        // The doubt goes back to the first silent claim, however many follow, and survives a retry.
        let third = town.claim_one(WORKER, LONG).await;
        assert_eq!((third.attempts, third.claimed_before), (2, Some(first_doubt)));
        assert!(retry(&town, &third, 0).await);
        let fourth = town.claim_one(WORKER, LONG).await;
        assert_eq!((fourth.attempts, fourth.claimed_before), (3, Some(first_doubt)));

        // Whoever finds out what stands there ends it.
        assert!(town.sent(&fourth, 1, post(5)).await);
        town.want(12, TIER1, 2).await;
        let fifth = town.claim_one(WORKER, LONG).await;
        assert_eq!((fifth.attempts, fifth.recovering, fifth.claimed_before), (0, false, None));
    }

    async fn the_word_of_a_worker_that_was_too_slow_does_not_count(town) {
        town.want(12, TIER1, 1).await;
        let slow = town.claim_one(WORKER, OVER).await;
        // Even the same worker, when it has claimed the row anew.
        let quick = town.claim_one(WORKER, LONG).await;
        assert!(!town.sent(&slow, 1, post(1)).await);
        assert!(!removed(&town, &slow, 1).await);
        assert!(!retry(&town, &slow, 0).await);
        assert!(!refuse(&town, &slow).await);
        assert_eq!(lost(&town, &slow).await, None);
        assert!(town.claim(OTHER_WORKER, LONG).await.is_empty(), "the lane is still closed");
        assert!(town.sent(&quick, 1, post(2)).await);
        assert!(!town.sent(&quick, 1, post(3)).await, "a word counts once");
        let office = town.office;
        let standing =
            look!(town.store, |connection| outbox::standing(connection, office, about(12)).await);
        assert_eq!(standing, [(TIER1, post(2), 1)]);
    }

    async fn a_late_word_counts_while_nobody_else_has_the_row(town) {
        town.want(12, TIER1, 1).await;
        let slow = town.claim_one(WORKER, OVER).await;
        assert!(town.sent(&slow, 1, post(1)).await);
        assert!(town.claim(WORKER, LONG).await.is_empty());
    }

    async fn a_late_word_does_not_open_a_lane_that_another_row_has_by_now(town) {
        let office = town.office;
        town.want(12, TIER1, 1).await;
        let refused = town.claim_one(WORKER, LONG).await;
        assert!(refuse(&town, &refused).await);
        town.want(13, TIER1, 1).await;
        let slow = town.claim_one(WORKER, OVER).await;
        // What was refused is older than what is in silent hands and goes first again.
        change!(town.store, |tx| outbox::release_refused(tx, office, TIER1).await)
            .expect("released");
        let quick = town.claim_one(OTHER_WORKER, LONG).await;
        assert_eq!((slow.subject, quick.subject), (about(13), about(12)));
        town.want(14, TIER1, 1).await;
        assert!(town.sent(&slow, 1, post(1)).await);
        assert!(town.claim(WORKER, LONG).await.is_empty(), "the lane is the quick one's");
        assert!(town.sent(&quick, 1, post(2)).await);
        assert_eq!(town.claim_one(WORKER, LONG).await.subject, about(14));
    }

    async fn a_back_off_blocks_the_destination_and_counts(town) {
        town.want(12, TIER1, 1).await;
        town.want(13, TIER1, 1).await;
        town.want(14, TIER2, 1).await;
        let claimed = town.claim(WORKER, LONG).await;
        assert!(town.sent(&claimed[1], 1, post(1)).await);
        assert!(retry(&town, &claimed[0], 600).await);
        assert!(town.claim(WORKER, LONG).await.is_empty());
        let wait = due_in(&town).await.expect("a time");
        assert!(wait > Duration::from_secs(500) && wait <= Duration::from_secs(600), "{wait:?}");

        // A newer revision does not cut the back-off short.
        town.want(12, TIER1, 2).await;
        assert!(town.claim(WORKER, LONG).await.is_empty());
    }

    async fn a_message_that_failed_is_the_first_to_be_tried_again(town) {
        town.want(12, TIER1, 1).await;
        town.want(13, TIER1, 1).await;
        for attempts in 0..3 {
            let claimed = town.claim_one(WORKER, LONG).await;
            assert_eq!((claimed.subject, claimed.attempts), (about(12), attempts));
            assert!(!claimed.recovering);
            assert!(retry(&town, &claimed, 0).await);
        }
    }

    async fn a_refused_message_waits_for_a_person_and_blocks_only_its_subject(town) {
        town.want(12, TIER1, 1).await;
        town.want(12, TIER2, 1).await;
        town.want(13, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        assert!(refuse(&town, &claimed).await);
        let next = town.claim_one(WORKER, LONG).await;
        assert_eq!((next.subject, next.destination), (about(13), TIER1));
        town.sent(&next, 1, post(1)).await;
        assert!(town.claim(WORKER, LONG).await.is_empty());
        assert_eq!(due_in(&town).await, None);

        let office = town.office;
        let release = async |destination| {
            change!(town.store, |tx| outbox::release_refused(tx, office, destination).await)
                .expect("asked")
        };
        assert_eq!(release(TIER2).await, 0);
        assert_eq!(release(TIER1).await, 1);
        assert_eq!(release(TIER1).await, 0);
        let again = town.claim_one(WORKER, LONG).await;
        assert_eq!((again.subject, again.destination), (about(12), TIER1));
        town.sent(&again, 1, post(2)).await;
        assert_eq!(town.claim_one(WORKER, LONG).await.destination, TIER2);
    }

    async fn a_refused_message_that_is_wanted_again_waits_again(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        retry(&town, &claimed, 0).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        refuse(&town, &claimed).await;
        town.want(12, TIER1, 1).await;
        let again = town.claim_one(WORKER, LONG).await;
        assert_eq!((again.wanted, again.attempts), (1, 0));
    }

    async fn what_was_removed_leaves_nothing_and_comes_back_under_a_new_mark(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        town.sent(&claimed, 1, post(5)).await;
        town.want(12, TIER1, 2).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        assert!(removed(&town, &claimed, 2).await);
        let office = town.office;
        let standing =
            look!(town.store, |connection| outbox::standing(connection, office, about(12)).await);
        assert!(standing.is_empty());
        assert!(town.claim(WORKER, LONG).await.is_empty());
        town.want(12, TIER1, 3).await;
        let again = town.claim_one(WORKER, LONG).await;
        assert_eq!((again.post, again.sent), (None, 2));
        assert_ne!(again.mark, claimed.mark);
    }

    async fn a_message_deleted_by_hand_gets_a_new_mark_in_the_same_hands(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        town.sent(&claimed, 1, post(5)).await;
        town.want(12, TIER1, 2).await;
        let claimed = town.claim_one(WORKER, OVER).await;
        let mark = lost(&town, &claimed).await.expect("still in hand");
        assert_ne!(mark, claimed.mark);
        let again = town.claim_one(OTHER_WORKER, LONG).await;
        assert_eq!((again.post, again.mark, again.recovering), (None, mark, true));
    }

    async fn the_outbox_outlives_the_process(town) {
        town.want(12, TIER1, 1).await;
        let silent = town.claim_one(WORKER, OVER).await;
        town.store.close().await;
        let reopened = town.fresh.open().await;
        let claimed =
            change!(reopened, |tx| outbox::claim(tx, &OTHER_WORKER, LONG, 10).await).expect("claimed");
        assert_eq!(claimed.len(), 1);
        assert_eq!((claimed[0].recovering, &claimed[0].mark), (true, &silent.mark));
    }
}
