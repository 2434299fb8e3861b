//! Removal: posts that stand in a channel their destination is not bound to are wanted anew.

use crate::town::{draft_issue, kept, later, store_issue};
use domain::{
    audience::Destination,
    id::{ChannelId, IssueId, MessageId},
    office::Use,
};
use storage::{
    office,
    outbox::{self, Stand, StandingPost, Subject, SubjectKind, Worker},
};

const WORKER: Worker<'_> = Worker { id: "one" };

fn post(channel: u64, message: u64) -> StandingPost {
    StandingPost {
        channel: ChannelId(channel),
        message: MessageId(message),
        thread: None,
    }
}

on_both! {
    async fn posts_in_a_channel_that_is_not_bound_any_more_are_wanted_anew(town) {
        let id = town.office;
        for number in 1..=3 {
            change!(town.store, |tx| {
                let subject = Subject { kind: SubjectKind::Issue, id: number };
                outbox::want(tx, id, subject, Destination::Desk, 4, later(0)).await
            })
            .expect("wanted");
            let claimed = change!(town.store, |tx| outbox::claim(tx, &WORKER, 30, 1).await);
            let claimed = claimed.expect("claimed").remove(0);
            let post = post(11, claimed.id.0.unsigned_abs());
            change!(town.store, [claimed], |tx| outbox::sent(tx, &claimed, 4, post).await)
                .expect("sent");
        }
        let old = Stand { destination: Destination::Desk, channel: ChannelId(11) };
        let stands = look!(town.store, |connection| outbox::stands(connection, id).await);
        assert_eq!(stands, [old]);
        let away = async || {
            change!(town.store, |tx| outbox::want_away(tx, id, old, later(1)).await).expect("wanted")
        };
        assert_eq!((away().await, away().await), (3, 0));
        let counts = look!(town.store, |connection| outbox::counts(connection).await);
        assert_eq!((counts.waiting, counts.refused), (3, 0));
        // The same revision goes out again, the oldest first, and what stood there is still known.
        let claimed = change!(town.store, |tx| outbox::claim(tx, &WORKER, 30, 9).await);
        let claimed = claimed.expect("claimed").remove(0);
        assert_eq!((claimed.subject.id, claimed.wanted, claimed.sent), (1, 4, 0));
        assert_eq!(claimed.post.expect("it stands").channel, ChannelId(11));
        // What waits for a person in the old channel waits no longer.
        change!(town.store, [claimed], |tx| outbox::refuse(tx, &claimed, "unbound").await)
            .expect("refused");
        assert_eq!(away().await, 1);
    }

    async fn what_was_taken_away_comes_back_at_the_revision_it_had_and_only_once(town) {
        let id = town.office;
        let subject = Subject { kind: SubjectKind::Issue, id: 1 };
        let back = async |minute| {
            change!(town.store, |tx| {
                outbox::want_back(tx, id, subject, Destination::Tier3, 4, later(minute)).await
            })
            .expect("wanted or not")
        };
        let claim = async || {
            let claimed = change!(town.store, |tx| outbox::claim(tx, &WORKER, 30, 1).await);
            claimed.expect("claimed").remove(0)
        };
        assert!(back(0).await, "it never stood there");
        assert!(!back(1).await, "it is on its way");
        let claimed = claim().await;
        change!(town.store, [claimed], |tx| outbox::sent(tx, &claimed, 4, post(11, 5)).await)
            .expect("sent");
        assert!(!back(2).await, "it stands there");
        let stand = Stand { destination: Destination::Tier3, channel: ChannelId(11) };
        change!(town.store, |tx| outbox::want_away(tx, id, stand, later(3)).await).expect("wanted");
        let claimed = claim().await;
        change!(town.store, [claimed], |tx| outbox::removed(tx, &claimed, 4).await)
            .expect("removed");
        assert!(back(40).await, "nothing stands there");
        let claimed = claim().await;
        assert_eq!((claimed.wanted, claimed.sent, claimed.post), (4, 0, None));
        assert_eq!(claimed.first_wanted_at, kept(later(40)), "it is not late");
    }

    async fn what_arrives_in_a_channel_that_was_replaced_meanwhile_moves_on(town) {
        let id = town.office;
        let bind = async |channel| {
            change!(town.store, |tx| {
                office::set_channel(tx, id, Use::Desk, Some(ChannelId(channel)), false).await
            })
            .expect("bound");
        };
        bind(11).await;
        change!(town.store, |tx| {
            let subject = Subject { kind: SubjectKind::Issue, id: 1 };
            outbox::want(tx, id, subject, Destination::Desk, 1, later(0)).await
        })
        .expect("wanted");
        for (bound, waiting) in [(12, 1), (12, 0)] {
            let claimed = change!(town.store, |tx| outbox::claim(tx, &WORKER, 30, 1).await);
            let claimed = claimed.expect("claimed").remove(0);
            let channel = claimed.post.map_or(11, |_| 12);
            bind(bound).await;
            let post = post(channel, 5);
            change!(town.store, [claimed], |tx| outbox::sent(tx, &claimed, 1, post).await)
                .expect("sent");
            let counts = look!(town.store, |connection| outbox::counts(connection).await);
            assert_eq!(counts.waiting, waiting);
        }
    }

    async fn an_office_remembers_how_it_was_set_up_when_everything_was_routed(town) {
        let id = town.office;
        for _ in 0..3 {
            store_issue(&town.store, id, &draft_issue()).await;
        }
        let after = look!(town.store, |connection| {
            storage::issue::following(connection, id, IssueId(1), 10).await
        });
        let numbers: Vec<i64> = after.iter().map(|issue| issue.id.0).collect();
        assert_eq!(numbers, [2, 3]);

        let revision = town.store.office(crate::town::SERVER).await.expect("read").expect("there");
        let revision = revision.revision;
        let begin = async |word: &'static str| {
            change!(town.store, |tx| office::begin_routing(tx, id, word).await).expect("begun");
        };
        let end = async |revision, word: &'static str| {
            change!(town.store, |tx| office::end_routing(tx, id, revision, word, "print").await)
                .expect("asked")
        };
        let by = async || look!(town.store, |connection| office::routed_by(connection, id).await);
        assert_eq!(by().await, None);
        begin("one").await;
        begin("two").await;
        assert!(!end(revision, "one").await, "somebody else has begun since");
        assert!(!end(revision + 1, "two").await, "the set-up is another");
        assert!(end(revision, "two").await);
        let decided = async |revision| {
            change!(town.store, |tx| office::decided_by(tx, id, revision).await).expect("noted");
        };
        decided(revision).await;
        assert_eq!(by().await.as_deref(), Some("print"));
        decided(revision - 1).await;
        assert_eq!(by().await, None, "something was written by an older set-up");
    }
}
