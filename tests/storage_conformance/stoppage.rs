//! Stoppages: when they begin and end, what is told about them, what is taken back, and the smaller
//! words of a worker that is hindered.

use crate::town::{LONG, OTHER_WORKER, SERVER, Town, WORKER, about, kept, later, morning, post};
use domain::{
    audience::Destination,
    id::{AssociationId, CircleId, StoppageId},
    stoppage::Stopped,
};
use std::time::Duration;
use storage::{
    Subject,
    outbox::{self, Claimed, StandingPost},
    stoppage::{self, Cause, Stoppage, Visible},
};

const TIER1: Destination = Destination::Tier1(AssociationId(3));
const TIER2: Destination = Destination::Tier2(CircleId(1));
/// A lease that is over when it begins.
const OVER: i64 = -1;

fn open_to(role: u64) -> Cause {
    Cause {
        code: "drift-roles".to_owned(),
        widens: true,
        details: vec![format!("role:{role}")],
    }
}

fn cause(code: &str) -> Cause {
    Cause {
        code: code.to_owned(),
        widens: false,
        details: Vec::new(),
    }
}

fn card(id: i64) -> Subject {
    Subject::from(StoppageId(id))
}

impl Town {
    async fn begin(&self, destination: Destination, cause: Cause) -> Option<StoppageId> {
        let office = self.office;
        change!(self.store, [cause], |tx| {
            stoppage::begin(tx, office, destination, None, &cause, morning()).await
        })
        .expect("begun")
    }

    async fn observe(&self, destination: Destination, cause: Cause) {
        let office = self.office;
        change!(self.store, [cause], |tx| {
            stoppage::observe(tx, office, destination, &cause, morning()).await
        })
        .expect("observed");
    }

    async fn mend(&self, destination: Destination, minutes: i64) -> u64 {
        let office = self.office;
        change!(self.store, |tx| {
            stoppage::mend(tx, office, destination, later(minutes)).await
        })
        .expect("mended")
    }

    async fn stoppage(&self, id: i64) -> Stoppage {
        let office = self.office;
        look!(self.store, |connection| {
            stoppage::find(connection, office, StoppageId(id)).await
        })
        .expect("there is one")
    }

    async fn stopped(&self) -> Vec<Stopped> {
        let office = self.store.office(SERVER).await.expect("read");
        office.expect("the office").stopped.clone()
    }

    async fn refuse(&self, claimed: &Claimed, code: &'static str) {
        change!(self.store, [claimed], |tx| outbox::refuse(
            tx, &claimed, code
        )
        .await)
        .expect("noted");
    }

    async fn recalled(&self, claimed: &Claimed) -> bool {
        change!(self.store, [claimed], |tx| outbox::recalled(tx, &claimed)
            .await)
        .expect("noted")
    }

    /// Sends the issue there, as a worker does.
    async fn post(&self, id: i64, destination: Destination, message: u64) {
        self.want(id, destination, 1).await;
        let claimed = self.claim_one(WORKER, LONG).await;
        assert!(self.sent(&claimed, 1, post(message)).await);
    }

    /// Takes every card of a stoppage off the queue, as a worker does; says which they were.
    async fn cards(&self) -> Vec<(i64, i64)> {
        let mut cards = Vec::new();
        while let Some(claimed) = self.claim(WORKER, LONG).await.pop() {
            assert_eq!(claimed.destination, Destination::Desk, "{claimed:?}");
            cards.push((claimed.subject.id, claimed.wanted));
            self.sent(&claimed, claimed.wanted, post(900)).await;
        }
        cards
    }

    async fn standing(&self, id: i64) -> Vec<(Destination, StandingPost, i64)> {
        let office = self.office;
        look!(self.store, |connection| outbox::standing(
            connection,
            office,
            about(id)
        )
        .await)
    }

    /// As somebody with a database tool would, or as when time had passed.
    async fn by_hand(&self, sql: &str) {
        self.fresh.run(sql).await;
    }

    async fn let_a_minute_pass(&self) {
        self.by_hand("update outbox set sent_at = sent_at - 61000000")
            .await;
    }
}

on_both! {
    async fn a_stoppage_is_told_at_the_desk_once_however_much_waits(town) {
        let office = town.office;
        for id in [12, 13] {
            town.want(id, TIER1, 1).await;
            let claimed = town.claim_one(WORKER, LONG).await;
            town.refuse(&claimed, "drift-roles").await;
        }
        for _ in [12, 13] {
            assert_eq!(town.begin(TIER1, open_to(5)).await, Some(StoppageId(1)));
        }
        let told = town.stoppage(1).await;
        assert_eq!((told.destination, told.subject, told.revision), (TIER1, None, 2));
        assert_eq!((told.cause, told.began_at, told.ended_at), (open_to(5), kept(morning()), None));
        let waiting = look!(town.store, |connection| {
            stoppage::waiting(connection, office, TIER1, None, 20).await
        });
        assert_eq!(waiting, (vec![about(12), about(13)], 2));
        let first = look!(town.store, |connection| {
            stoppage::waiting(connection, office, TIER1, None, 1).await
        });
        assert_eq!(first, (vec![about(12)], 2));
        assert_eq!(town.cards().await, [(1, 2)], "one card, as of the newest revision");
    }

    async fn an_office_carries_what_is_open(town) {
        let revision = async || {
            town.store.office(SERVER).await.expect("read").expect("the office").revision
        };
        let before = revision().await;
        assert!(town.stopped().await.is_empty());
        town.begin(TIER1, open_to(5)).await;
        let stopped = Stopped {
            id: StoppageId(1),
            destination: TIER1,
            code: "drift-roles".to_owned(),
            widens: true,
        };
        assert_eq!(town.stopped().await, [stopped]);
        let during = revision().await;
        assert!(during > before);
        // The same again is no news for an office.
        town.begin(TIER1, open_to(5)).await;
        assert_eq!(revision().await, during);
        town.mend(TIER1, 5).await;
        assert!(town.stopped().await.is_empty());
        assert!(revision().await > during);
    }

    async fn a_stoppage_ends_when_the_channel_holds_again(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        town.refuse(&claimed, "drift-roles").await;
        town.begin(TIER1, open_to(5)).await;
        assert_eq!(town.cards().await, [(1, 1)]);
        assert_eq!(town.mend(TIER2, 5).await, 0);
        assert_eq!(town.mend(TIER1, 5).await, 1);
        let ended = town.stoppage(1).await;
        assert_eq!((ended.ended_at, ended.revision), (Some(kept(later(5))), 2));
        assert_eq!(ended.released_total, 1);
        // The message and the card of the stoppage go out, each in its lane.
        let claimed = town.claim(WORKER, LONG).await;
        let subjects: Vec<Subject> = claimed.iter().map(|claimed| claimed.subject).collect();
        assert!(subjects.contains(&about(12)) && subjects.contains(&card(1)), "{subjects:?}");
        // The next one has a number of its own.
        assert_eq!(town.begin(TIER1, open_to(5)).await, Some(StoppageId(2)));
    }

    async fn another_cause_takes_the_place_of_the_one_before(town) {
        town.begin(TIER1, cause("permission-send-messages")).await;
        assert_eq!(town.cards().await, [(1, 1)]);
        town.begin(TIER1, open_to(5)).await;
        town.observe(TIER1, open_to(6)).await;
        let now = town.stoppage(1).await;
        assert_eq!((now.cause, now.revision), (open_to(6), 3));
        town.observe(TIER1, open_to(6)).await;
        assert_eq!(town.stoppage(1).await.revision, 3, "the same cause is no news");
    }

    async fn nothing_is_told_to_the_desk_about_the_desk(town) {
        town.observe(Destination::Desk, open_to(5)).await;
        assert_eq!(town.stopped().await.len(), 1);
        assert!(town.claim(WORKER, LONG).await.is_empty());
        town.mend(Destination::Desk, 5).await;
        assert!(town.claim(WORKER, LONG).await.is_empty());
    }

    async fn what_others_could_read_at_the_desk_is_told_when_that_is_over(town) {
        town.post(12, Destination::Desk, 7).await;
        town.let_a_minute_pass().await;
        town.observe(Destination::Desk, open_to(5)).await;
        assert!(town.claim(WORKER, LONG).await.is_empty());
        town.mend(Destination::Desk, 5).await;
        assert_eq!(town.cards().await, [(1, 2)]);
    }

    async fn the_card_of_a_stoppage_is_no_stoppage_itself(town) {
        let office = town.office;
        let begun = change!(town.store, |tx| {
            let cause = cause("discord-50035");
            stoppage::begin(tx, office, Destination::Desk, Some(card(1)), &cause, morning()).await
        });
        assert_eq!(begun.expect("nothing begins"), None);
        assert!(town.claim(WORKER, LONG).await.is_empty());
    }

    async fn an_empty_channel_that_others_can_see_is_nobodys_news(town) {
        town.observe(TIER1, open_to(5)).await;
        assert!(town.stopped().await.is_empty());
        town.post(12, TIER1, 7).await;
        town.observe(TIER1, cause("permission-send-messages")).await;
        assert!(town.stopped().await.is_empty());
        town.observe(TIER1, open_to(5)).await;
        assert_eq!(town.stopped().await.len(), 1);
    }

    async fn what_was_sent_just_now_is_taken_back_and_what_stood_longer_is_remembered(town) {
        town.post(12, TIER1, 7).await;
        town.post(13, TIER2, 8).await;
        town.let_a_minute_pass().await;
        town.post(14, TIER1, 9).await;
        town.observe(TIER1, open_to(5)).await;
        let told = town.stoppage(1).await;
        assert_eq!(told.visible, [Visible { subject: about(12), post: post(7) }]);
        assert_eq!((told.visible_total, told.recalled_total), (1, 1));
        let claimed = town.claim(WORKER, LONG).await;
        let recalled = claimed.iter().find(|claimed| claimed.recalled).expect("to be taken back");
        assert_eq!((recalled.subject, recalled.post), (about(14), Some(post(9))));
        assert!(town.recalled(recalled).await);
        assert!(town.standing(14).await.is_empty());
        assert_eq!(town.standing(12).await.len(), 1);
        // It waits until the channel holds, then it is posted under another mark.
        assert!(town.claim(WORKER, LONG).await.is_empty());
        assert_eq!(town.mend(TIER1, 5).await, 1);
        let again = town.claim(WORKER, LONG).await;
        let again = again.iter().find(|claimed| claimed.destination == TIER1).expect("it comes again");
        assert_eq!((again.subject, again.post, again.recalled), (about(14), None, false));
        assert_ne!(again.mark, recalled.mark);
    }

    async fn more_posts_than_are_remembered_are_counted(town) {
        for id in 1..=105 {
            town.post(id, TIER1, 1_000 + id.cast_unsigned()).await;
        }
        town.let_a_minute_pass().await;
        town.observe(TIER1, open_to(5)).await;
        let told = town.stoppage(1).await;
        assert_eq!((told.visible.len(), told.visible_total), (100, 105));
    }

    async fn what_is_on_its_way_when_the_channel_opens_is_taken_back_when_it_arrives(town) {
        town.post(12, TIER1, 7).await;
        town.want(13, TIER1, 1).await;
        let on_its_way = town.claim_one(WORKER, LONG).await;
        town.observe(TIER1, open_to(5)).await;
        assert!(town.sent(&on_its_way, 1, post(8)).await);
        let mut recalled = 0;
        while let Some(claimed) =
            town.claim(WORKER, LONG).await.into_iter().find(|claimed| claimed.recalled)
        {
            recalled += 1;
            assert!(town.recalled(&claimed).await);
        }
        assert_eq!(recalled, 2);
        assert!(town.standing(13).await.is_empty());
    }

    async fn what_may_have_been_sent_is_looked_for_and_taken_back(town) {
        town.post(12, TIER1, 7).await;
        town.want(13, TIER1, 1).await;
        let silent = town.claim_one(WORKER, OVER).await;
        town.observe(TIER1, open_to(5)).await;
        let claimed = loop {
            let claimed = town.claim(OTHER_WORKER, LONG).await;
            let claimed = claimed.into_iter().find(|c| c.destination == TIER1).expect("one");
            if claimed.subject == about(13) {
                break claimed;
            }
            assert!(town.recalled(&claimed).await);
        };
        assert_eq!((claimed.recalled, claimed.recovering, claimed.post), (true, true, None));
        assert_eq!(claimed.mark, silent.mark, "it is searched for by the mark it was sent with");
        assert!(town.recalled(&claimed).await);
    }

    async fn taking_back_does_not_wait_for_a_back_off_or_an_older_message(town) {
        town.post(14, Destination::Tier3, 5).await;
        town.want(14, TIER2, 1).await;
        let refused = town.claim_one(WORKER, LONG).await;
        town.refuse(&refused, "permission-send-messages").await;
        town.want(14, Destination::Tier3, 2).await;
        assert!(town.claim(WORKER, LONG).await.is_empty(), "the older one goes first");
        town.post(15, TIER1, 7).await;
        town.want(16, TIER1, 1).await;
        let failed = town.claim_one(WORKER, LONG).await;
        change!(town.store, [failed], |tx| outbox::retry(tx, &failed, 900).await).expect("noted");
        for destination in [TIER1, Destination::Tier3] {
            town.observe(destination, open_to(5)).await;
        }
        let mut claimed = town.claim(WORKER, LONG).await;
        claimed.retain(|claimed| claimed.recalled);
        assert_eq!(claimed.len(), 2, "{claimed:?}");
    }

    async fn a_channel_mended_before_the_post_was_deleted_gets_it_again_at_once(town) {
        town.post(12, TIER1, 7).await;
        town.observe(TIER1, open_to(5)).await;
        let claimed = town.claim(WORKER, LONG).await;
        let recalled = claimed.iter().find(|claimed| claimed.recalled).expect("to be taken back");
        town.mend(TIER1, 1).await;
        assert!(town.recalled(recalled).await);
        let again = town.claim(WORKER, LONG).await;
        assert_eq!((again.len(), again[0].subject, again[0].post), (1, about(12), None));
    }

    async fn a_post_that_cannot_be_taken_back_is_told_as_visible(town) {
        town.post(12, TIER1, 7).await;
        town.observe(TIER1, open_to(5)).await;
        let claimed = town.claim(WORKER, LONG).await;
        let recalled =
            claimed.into_iter().find(|claimed| claimed.recalled).expect("to be taken back");
        town.refuse(&recalled, "discord-50013").await;
        change!(town.store, [recalled], |tx| {
            stoppage::stays(tx, &recalled, morning()).await
        })
        .expect("noted");
        let told = town.stoppage(1).await;
        assert_eq!((told.visible_total, told.recalled_total), (1, 0));
        assert_eq!(told.visible, [Visible { subject: about(12), post: post(7) }]);
        assert!(town.claim(WORKER, LONG).await.iter().all(|claimed| !claimed.recalled));
        // When the channel holds, what stands there is made right again.
        assert_eq!(town.mend(TIER1, 5).await, 1);
        let again = town.claim(WORKER, LONG).await;
        assert!(again.iter().any(|c| c.subject == about(12) && c.post == Some(post(7))));
    }

    async fn what_discord_itself_refuses_ends_when_a_message_goes_through(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        town.refuse(&claimed, "discord-50013").await;
        town.begin(TIER1, cause("discord-50013")).await;
        assert_eq!(town.mend(TIER1, 5).await, 1);
        assert_eq!(town.stopped().await.len(), 1, "the channel looked well before");
        let claimed = town.claim(WORKER, LONG).await;
        let claimed = claimed.into_iter().find(|c| c.destination == TIER1).expect("again");
        town.sent(&claimed, 1, post(7)).await;
        change!(town.store, [claimed], |tx| stoppage::passed(tx, &claimed, later(9)).await)
            .expect("noted");
        assert!(town.stopped().await.is_empty());
        assert_eq!(town.stoppage(1).await.ended_at, Some(kept(later(9))));
    }

    async fn one_message_that_discord_refuses_stops_only_itself(town) {
        let office = town.office;
        let begin = async |id| {
            change!(town.store, |tx| {
                let cause = cause("discord-50035");
                stoppage::begin(tx, office, TIER1, Some(about(id)), &cause, morning()).await
            })
            .expect("begun")
        };
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        town.refuse(&claimed, "discord-50035").await;
        assert_eq!(begin(12).await, Some(StoppageId(1)));
        assert_eq!(begin(13).await, Some(StoppageId(2)));
        assert!(town.stopped().await.is_empty(), "the channel itself is well");
        assert_eq!(town.stoppage(1).await.subject, Some(about(12)));
        let waiting = look!(town.store, |connection| {
            stoppage::waiting(connection, office, TIER1, Some(about(12)), 20).await
        });
        assert_eq!(waiting, (vec![about(12)], 1));
        // The other has nothing waiting any more.
        town.mend(TIER1, 5).await;
        assert_eq!(town.stoppage(1).await.ended_at, None);
        assert!(town.stoppage(2).await.ended_at.is_some());
    }

    async fn something_small_that_is_still_to_be_done_keeps_nobody_waiting(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        let words = async |claimed: &Claimed, after: i64| {
            change!(town.store, [claimed], |tx| {
                outbox::postponed(tx, &claimed, claimed.wanted, post(7), after).await
            })
            .expect("noted")
        };
        assert!(words(&claimed, 600).await);
        assert_eq!(town.standing(12).await, [(TIER1, post(7), 1)]);
        let counts = look!(town.store, |connection| outbox::counts(connection).await);
        assert_eq!(counts.waiting, 0);
        let wait = look!(town.store, |connection| outbox::next_due_in(connection).await);
        let wait = wait.expect("it comes again");
        assert!(wait > Duration::from_secs(590) && wait <= Duration::from_secs(600), "{wait:?}");
        // Neither the lane nor the subject elsewhere waits.
        town.want(13, TIER1, 1).await;
        town.want(12, TIER2, 1).await;
        let others = town.claim(WORKER, LONG).await;
        assert_eq!(others.len(), 2, "{others:?}");
        for other in &others {
            town.sent(other, 1, post(8)).await;
        }
        // New words do not wait for it either.
        town.want(12, TIER1, 2).await;
        let newer = town.claim_one(WORKER, LONG).await;
        assert_eq!((newer.wanted, newer.sent, newer.post), (2, 1, Some(post(7))));
        assert!(words(&newer, -1).await);
        let again = town.claim_one(WORKER, LONG).await;
        assert_eq!((again.wanted, again.sent), (2, 2));
        town.sent(&again, 2, post(7)).await;
        assert!(town.claim(WORKER, LONG).await.is_empty());
    }

    async fn a_doubt_about_a_request_that_has_ended_does_not_wait_for_the_lease(town) {
        town.want(12, TIER1, 1).await;
        let claimed = town.claim_one(WORKER, LONG).await;
        let doubt = async |claimed: &Claimed, after: i64| {
            change!(town.store, [claimed], |tx| outbox::doubt(tx, &claimed, after).await)
                .expect("noted")
        };
        assert!(doubt(&claimed, 0).await);
        assert!(!doubt(&claimed, 0).await, "a word counts once");
        let again = town.claim_one(OTHER_WORKER, LONG).await;
        assert_eq!((again.recovering, again.attempts, &again.mark), (true, 1, &claimed.mark));
        let since = again.claimed_before;
        assert!(doubt(&again, 600).await);
        assert!(town.claim(WORKER, LONG).await.is_empty());
        town.by_hand("update outbox_lane set free_at = 0").await;
        assert_eq!(town.claim_one(WORKER, LONG).await.claimed_before, since);
    }
}
