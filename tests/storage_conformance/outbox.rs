//! The outbox: what is wanted, in which order it goes out, and what stands where.

use crate::town::{
    LONG, OTHER_WORKER, SERVER, Town, WORKER, about, kept, later, morning, new_office, post,
};
use domain::{
    audience::Destination,
    id::{AssociationId, ChannelId, CircleId, MessageId, OfficeId, ServerId},
};
use std::{collections::BTreeSet, time::Duration};
use storage::{
    Conflict, Error, office,
    outbox::{self, Claimed, Counts, StandingPost},
};

const TIER1: Destination = Destination::Tier1(AssociationId(3));
const TIER2: Destination = Destination::Tier2(CircleId(1));

async fn counts(town: &Town) -> Counts {
    look!(town.store, |connection| outbox::counts(connection).await)
}

async fn standing(town: &Town, id: i64) -> Vec<(Destination, StandingPost, i64)> {
    let office = town.office;
    look!(town.store, |connection| outbox::standing(
        connection,
        office,
        about(id)
    )
    .await)
}

fn numbers(claimed: &[Claimed]) -> Vec<i64> {
    claimed.iter().map(|claimed| claimed.subject.id).collect()
}

on_both! {
    async fn what_is_wanted_is_handed_to_a_worker(town) {
        town.want(12, TIER1, 3).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        assert_eq!((claimed.office, claimed.server), (town.office, SERVER));
        assert_eq!((claimed.subject, claimed.destination), (about(12), TIER1));
        assert_eq!((claimed.wanted, claimed.sent, claimed.attempts), (3, 0, 0));
        assert_eq!(claimed.first_wanted_at, kept(morning()));
        assert_eq!((claimed.post, claimed.recovering, claimed.claimed_before), (None, false, None));
        // It is a nonce as well, which holds 25 letters at most.
        assert_eq!(claimed.mark.len(), 20);
        assert!(claimed.mark.chars().all(|letter| letter.is_ascii_hexdigit()));
    }

    async fn every_message_has_a_mark_of_its_own(town) {
        for id in 1..=20 {
            town.want(id, Destination::Tier1(AssociationId(id)), 1).await;
        }
        let all = change!(town.store, |tx| outbox::claim(tx, &WORKER, LONG, 20).await);
        let marks: BTreeSet<String> =
            all.expect("claimed").into_iter().map(|claimed| claimed.mark).collect();
        assert_eq!(marks.len(), 20);
    }

    async fn what_was_sent_stands_there_and_is_not_sent_again(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        let forum = StandingPost {
            channel: ChannelId(31),
            message: MessageId(u64::MAX),
            thread: Some(ChannelId(7)),
        };
        assert!(town.sent(&claimed, 1, forum).await);
        assert_eq!(standing(&town, 12).await, [(TIER1, forum, 1)]);
        assert!(town.claim(WORKER, LONG).await.is_empty());
        // The same revision again is nothing new.
        town.want(12, TIER1, 1).await;
        assert!(town.claim(WORKER, LONG).await.is_empty());
        assert_eq!(counts(&town).await, Counts::default());
    }

    async fn a_newer_revision_is_an_edit_of_what_stands_there(town) {
        town.want(12, TIER1, 1).await;
        let first = town.claim_one(WORKER, LONG).await;
        town.sent(&first, 1, post(5)).await;
        let office = town.office;
        change!(town.store, |tx| {
            outbox::want(tx, office, about(12), TIER1, 2, later(30)).await
        })
        .expect("wanted");
        let second = town.claim_one(WORKER, LONG).await;
        assert_eq!((second.wanted, second.sent, second.post), (2, 1, Some(post(5))));
        assert_eq!((second.id, &second.mark), (first.id, &first.mark));
        assert_eq!(second.first_wanted_at, kept(later(30)));
    }

    async fn an_older_revision_does_not_take_a_newer_one_back(town) {
        town.want(12, TIER1, 5).await;
        town.want(12, TIER1, 4).await;
        assert_eq!(town.claim_one(WORKER, LONG).await.wanted, 5);
    }

    async fn what_becomes_newer_while_it_is_sent_is_sent_again(town) {
        let office = town.office;
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        change!(town.store, |tx| {
            outbox::want(tx, office, about(12), TIER1, 2, later(30)).await
        })
        .expect("wanted");
        assert!(town.claim(OTHER_WORKER, LONG).await.is_empty(), "it is in hand");
        assert!(town.sent(&claimed, 1, post(5)).await);
        let again = town.claim_one(OTHER_WORKER, LONG).await;
        assert_eq!((again.wanted, again.sent), (2, 1));
        assert_eq!(again.first_wanted_at, kept(later(30)), "it waits since the newer change only");
        assert!(!again.recovering);
    }

    async fn one_message_at_a_time_goes_to_a_destination(town) {
        for id in [3, 1, 2] {
            town.want(id, TIER1, 1).await;
        }
        town.want(4, TIER2, 1).await;
        let claimed = town.claim(WORKER, LONG).await;
        assert_eq!(numbers(&claimed), [3, 4]);
        assert!(town.claim(OTHER_WORKER, LONG).await.is_empty());
        town.sent(&claimed[0], 1, post(1)).await;
        // In the order in which they were wanted.
        assert_eq!(numbers(&town.claim(OTHER_WORKER, LONG).await), [1]);
    }

    async fn a_destination_of_one_office_does_not_wait_for_another_offices(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        town.want(1, Destination::Desk, 1).await;
        change!(town.store, |tx| {
            outbox::want(tx, other, about(1), Destination::Desk, 1, morning()).await
        })
        .expect("wanted");
        let claimed = town.claim(WORKER, LONG).await;
        let offices: Vec<OfficeId> = claimed.iter().map(|claimed| claimed.office).collect();
        assert_eq!(offices, [town.office, other]);
    }

    async fn messages_of_one_subject_keep_their_order(town) {
        town.want(12, TIER1, 1).await;
        town.want(12, TIER2, 1).await;
        town.want(13, TIER2, 1).await;
        let claimed = town.claim(WORKER, LONG).await;
        // 12 waits for its own first message and does not keep 13 waiting.
        assert_eq!(numbers(&claimed), [12, 13]);
        assert_eq!((claimed[0].destination, claimed[1].destination), (TIER1, TIER2));
        town.sent(&claimed[1], 1, post(1)).await;
        assert!(town.claim(WORKER, LONG).await.is_empty());
        town.sent(&claimed[0], 1, post(2)).await;
        assert_eq!(town.claim_one(WORKER, LONG).await.destination, TIER2);
    }

    async fn a_message_wanted_again_while_it_waits_keeps_its_place(town) {
        town.want(12, TIER1, 1).await;
        town.want(12, TIER2, 2).await;
        town.want(12, TIER1, 2).await;
        let first = town.claim_one(WORKER, LONG).await;
        assert_eq!((first.destination, first.wanted), (TIER1, 2));
    }

    async fn a_message_wanted_again_after_it_was_sent_goes_last(town) {
        town.want(12, TIER1, 1).await;
        let first = town.claim_one(WORKER, LONG).await;
        town.sent(&first, 1, post(1)).await;
        town.want(12, TIER2, 2).await;
        town.want(12, TIER1, 2).await;
        assert_eq!(town.claim_one(WORKER, LONG).await.destination, TIER2);
    }

    async fn a_limit_is_kept_and_the_longest_waiting_goes_first(town) {
        for id in 1..=4 {
            town.want(id, Destination::Tier1(AssociationId(id)), 1).await;
        }
        let claim = async |limit: i64| {
            let claimed = change!(town.store, |tx| outbox::claim(tx, &WORKER, LONG, limit).await);
            numbers(&claimed.expect("claimed"))
        };
        assert!(claim(0).await.is_empty());
        assert!(claim(-1).await.is_empty());
        assert_eq!(claim(3).await.len(), 3);
        assert_eq!(claim(3).await.len(), 1);
    }

    async fn nothing_is_sent_for_an_office_the_bot_has_left(town) {
        let office = town.office;
        town.want(12, TIER1, 1).await;
        let left = async |at| {
            change!(town.store, |tx| office::left(tx, office, at).await).expect("noted");
        };
        left(Some(morning())).await;
        assert!(town.claim(WORKER, LONG).await.is_empty());
        assert_eq!(look!(town.store, |connection| outbox::next_due(connection).await), None);
        assert_eq!(counts(&town).await, Counts::default());
        left(None).await;
        town.claim_one(WORKER, LONG).await;
    }

    async fn the_next_due_time_is_when_something_may_be_claimed(town) {
        let due_in = async || look!(town.store, |connection| outbox::next_due_in(connection).await);
        assert_eq!(due_in().await, None);
        town.want(12, TIER1, 1).await;
        assert_eq!(due_in().await, Some(Duration::ZERO));
        let claimed = town.claim_one(WORKER, LONG).await;
        let wait = due_in().await.expect("the end of the lease");
        assert!(wait > Duration::from_secs(3_500) && wait <= Duration::from_secs(3_600), "{wait:?}");
        town.want(13, TIER2, 1).await;
        assert_eq!(due_in().await, Some(Duration::ZERO));
        let other = town.claim_one(WORKER, LONG).await;
        town.sent(&other, 1, post(1)).await;
        town.sent(&claimed, 1, post(2)).await;
        assert_eq!(due_in().await, None);
    }

    async fn counts_tell_waiting_from_refused(town) {
        assert_eq!(counts(&town).await, Counts::default());
        for id in 1..=3 {
            town.want(id, Destination::Tier1(AssociationId(id)), 1).await;
        }
        let claimed = town.claim(WORKER, LONG).await;
        town.sent(&claimed[0], 1, post(1)).await;
        let refused = claimed[1].clone();
        change!(town.store, [refused], |tx| outbox::refuse(tx, &refused, "gone").await)
            .expect("noted");
        let now = counts(&town).await;
        assert_eq!((now.waiting, now.refused), (1, 1));
        // The office's clock stands in November; waiting is measured by the database.
        assert!((0..60).contains(&now.oldest_waiting_seconds), "{now:?}");
    }

    async fn nothing_is_wanted_for_an_office_that_does_not_exist(town) {
        let refused = change!(town.store, |tx| {
            outbox::want(tx, OfficeId(99), about(1), TIER1, 1, morning()).await
        });
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
    }
}
