//! The thread below a card: asked for once, opened once, closed when the card goes away.

use crate::town::{LONG, OTHER_WORKER, Town, WORKER, about, post};
use domain::{audience::Destination, id::ChannelId};
use storage::outbox::{self, Asked, Claimed, Discussion, StandingPost};

const TIER1: Destination = Destination::Tier1(domain::id::AssociationId(3));
const THREAD: ChannelId = ChannelId(u64::MAX - 7);

/// Something that stands there.
async fn standing(town: &Town, id: i64) {
    town.want(id, TIER1, 1).await;
    let claimed = town.claim_one(WORKER, LONG).await;
    assert!(town.sent(&claimed, 1, post(5)).await);
}

async fn want(town: &Town, id: i64) -> bool {
    let office = town.office;
    change!(town.store, |tx| outbox::want_discussion(
        tx,
        office,
        about(id),
        TIER1
    )
    .await)
    .expect("asked")
}

async fn asked(town: &Town, id: i64) -> Option<Asked> {
    let office = town.office;
    look!(town.store, |connection| outbox::discussion(
        connection,
        office,
        about(id),
        TIER1
    )
    .await)
}

async fn discussed(
    town: &Town,
    claimed: &Claimed,
    opened: Result<ChannelId, &'static str>,
) -> bool {
    change!(town.store, [claimed], |tx| outbox::discussed(
        tx, &claimed, opened
    )
    .await)
    .expect("noted")
}

async fn closed(town: &Town, claimed: &Claimed, left: Option<ChannelId>) -> bool {
    change!(town.store, [claimed], |tx| outbox::discussion_closed(
        tx, &claimed, left
    )
    .await)
    .expect("noted")
}

async fn left(town: &Town, id: i64) -> Vec<(Destination, ChannelId)> {
    let office = town.office;
    look!(town.store, |connection| {
        outbox::discussions_closed(connection, office, about(id)).await
    })
}

on_both! {
    async fn a_thread_is_asked_for_once_and_opened_once(town) {
        assert!(!want(&town, 12).await, "nothing stands there");
        assert_eq!(asked(&town, 12).await, None);
        standing(&town, 12).await;
        assert!(want(&town, 12).await);
        assert!(!want(&town, 12).await, "it is wanted already");
        let claimed = town.claim_one(WORKER, LONG).await;
        assert_eq!((claimed.wanted, claimed.sent, claimed.post), (1, 1, Some(post(5))));
        assert!(claimed.discussion.wanted);
        assert!(discussed(&town, &claimed, Ok(THREAD)).await);
        assert!(town.sent(&claimed, 1, post(5)).await);
        let there = asked(&town, 12).await.expect("a post stands there");
        let open = Discussion { wanted: false, thread: Some(THREAD), closed: false };
        assert_eq!((there.post, there.discussion, there.code), (post(5), open, None));
        assert_eq!(there.discussion.open(), Some(THREAD));
        assert!(town.claim(WORKER, LONG).await.is_empty());
    }

    async fn what_is_asked_for_while_the_card_is_on_its_way_is_not_lost(town) {
        standing(&town, 12).await;
        town.want(12, TIER1, 2).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        assert!(!claimed.discussion.wanted);
        assert!(want(&town, 12).await);
        assert!(town.sent(&claimed, 2, post(5)).await);
        let claimed = town.claim_one(WORKER, LONG).await;
        assert!(claimed.discussion.wanted, "it comes again for the thread");
        // A second wish while the first is being dealt with.
        assert!(discussed(&town, &claimed, Ok(THREAD)).await);
        assert!(want(&town, 12).await);
        assert!(town.sent(&claimed, 2, post(5)).await);
        assert!(town.claim_one(WORKER, LONG).await.discussion.wanted);
    }

    async fn why_it_could_not_be_opened_is_kept_until_it_is_asked_for_again(town) {
        standing(&town, 12).await;
        want(&town, 12).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        discussed(&town, &claimed, Err("discord-160006")).await;
        town.sent(&claimed, 1, post(5)).await;
        let said = asked(&town, 12).await.expect("it stands there");
        assert_eq!(said.code.as_deref(), Some("discord-160006"));
        assert_eq!(said.discussion, Discussion::default());
        want(&town, 12).await;
        assert_eq!(asked(&town, 12).await.and_then(|said| said.code), None);
    }

    async fn a_word_of_an_older_claim_opens_and_closes_nothing(town) {
        standing(&town, 12).await;
        want(&town, 12).await;
        let older = town.claim_one(WORKER, 0).await;
        let newer = town.claim_one(OTHER_WORKER, LONG).await;
        assert!(!discussed(&town, &older, Ok(THREAD)).await);
        assert!(!closed(&town, &older, Some(THREAD)).await);
        assert!(asked(&town, 12).await.expect("there").discussion.wanted);
        assert!(discussed(&town, &newer, Ok(THREAD)).await);
    }

    async fn a_closed_thread_is_known_until_another_is_opened(town) {
        standing(&town, 12).await;
        want(&town, 12).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        discussed(&town, &claimed, Ok(THREAD)).await;
        town.sent(&claimed, 1, post(5)).await;
        assert!(left(&town, 12).await.is_empty());
        town.want(12, TIER1, 2).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        assert!(closed(&town, &claimed, Some(THREAD)).await);
        let office = town.office;
        change!(town.store, [claimed], |tx| outbox::removed(tx, &claimed, 2).await)
            .expect("removed");
        assert_eq!(asked(&town, 12).await, None);
        assert_eq!(left(&town, 12).await, [(TIER1, THREAD)]);
        // The card comes back, and people talk below it again.
        change!(town.store, |tx| {
            outbox::want(tx, office, about(12), TIER1, 3, crate::town::later(1)).await
        })
        .expect("wanted");
        let claimed = town.claim_one(WORKER, LONG).await;
        assert_eq!(claimed.discussion.open(), None);
        town.sent(&claimed, 3, post(6)).await;
        want(&town, 12).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        discussed(&town, &claimed, Ok(ChannelId(8))).await;
        town.sent(&claimed, 3, post(6)).await;
        assert!(left(&town, 12).await.is_empty());
        assert_eq!(asked(&town, 12).await.and_then(|said| said.discussion.open()), Some(ChannelId(8)));
    }

    async fn a_forum_post_has_no_thread_below_it(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        let forum = StandingPost { thread: Some(ChannelId(7)), ..post(7) };
        town.sent(&claimed, 1, forum).await;
        assert!(!want(&town, 12).await);
        assert_eq!(asked(&town, 12).await.map(|said| said.post), Some(forum));
    }

    async fn what_is_taken_back_takes_its_wish_along(town) {
        standing(&town, 12).await;
        want(&town, 12).await;
        let office = town.office;
        change!(town.store, |tx| outbox::recall(tx, office, TIER1, 60).await).expect("recalled");
        let claimed = town.claim_one(WORKER, LONG).await;
        assert!(claimed.recalled && claimed.discussion.wanted);
        change!(town.store, [claimed], |tx| outbox::recalled(tx, &claimed).await).expect("noted");
        let claimed = town.claim_one(WORKER, LONG).await;
        assert!(!claimed.discussion.wanted);
    }
}
