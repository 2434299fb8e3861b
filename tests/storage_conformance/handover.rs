//! What a handover asks: since when issues stand, who has acted, what was promised, what has not gone out,
//! what lies on the desk. Nothing of another office is among it.

use crate::{
    disclosure::proposal,
    feedback, notice, session,
    town::{
        COORDINATOR, LONG, PHARMACIST, SERVER, Town, WORKER, about, draft_issue, kept, later,
        morning, new_office, post, store_association, store_issue,
    },
};
use chrono::{DateTime, NaiveDate};
use domain::{
    audience::Destination,
    disclosure::{Audience, Group, State as Share},
    feedback::State as Told,
    id::{AssociationId, IssueId, ServerId, UserId},
    issue::{Issue, Status},
    notice::State as Standing,
    session::{Session, State},
    tier::Tier,
};
use std::collections::BTreeMap;
use storage::{
    audit, disclosure, handover,
    handover::{Actor, FeedbackDraft, Unconfirmed, Unsent},
    issue, outbox,
};

const TIER3: Audience = Audience::Region;

impl Town {
    async fn noted(&self, who: UserId, act: &'static str, of: Option<i64>, minutes: i64) {
        let office = self.office;
        change!(self.store, |tx| {
            let entry = audit::Entry {
                at: later(minutes),
                who,
                act,
                subject: of.map(about),
                details: &[],
            };
            audit::append(tx, office, &entry).await
        })
        .expect("written");
    }

    async fn turned(&self, issue: &Issue, status: Status) {
        let office = self.office;
        let changed = Issue {
            status,
            ..issue.clone()
        };
        change!(self.store, [changed], |tx| issue::update(
            tx, office, &changed
        )
        .await)
        .expect("changed");
    }

    async fn told(&self, limit: i64) -> (Vec<(i64, i64)>, i64) {
        let office = self.office;
        let (found, total) = look!(self.store, |connection| disclosure::promised(
            connection, office, limit
        )
        .await);
        let numbers = found.iter().map(|one| (one.issue.0, one.version));
        (numbers.collect(), total)
    }
}

on_both! {
    async fn an_open_issue_stands_as_it_does_since_its_last_change(town) {
        let office = town.office;
        let [moved, untouched, over] = [town.issue().await, town.issue().await, town.issue().await];
        let [reviewed, returned] = [town.issue().await, town.issue().await];
        for (issue, act, minutes) in [
            (&moved, "issue.status", 5),
            (&moved, "issue.status", 9),
            (&over, "issue.status", 7),
            (&reviewed, "issue.review", 3),
            (&returned, "issue.return", 4),
        ] {
            town.noted(COORDINATOR, act, Some(issue.id.0), minutes).await;
        }
        // What changes something else about it does not count.
        town.noted(COORDINATOR, "issue.edit", Some(untouched.id.0), 11).await;
        town.turned(&over, Status::Done).await;
        let since = look!(town.store, |connection| handover::moved(connection, office).await);
        let stood = [(&moved, 9), (&reviewed, 3), (&returned, 4)];
        let stood = stood.map(|(issue, minutes)| (issue.id, kept(later(minutes))));
        assert_eq!(since, BTreeMap::from(stood));
    }

    async fn whoever_has_acted_is_known_with_the_associations_they_spoke_for(town) {
        let office = town.office;
        let pharmacists = store_association(&town.store, office, "薬剤師会").await;
        let doctors = store_association(&town.store, office, "医師会").await;
        let told = Issue { association: Some(pharmacists), ..draft_issue() };
        store_issue(&town.store, office, &told).await;
        store_issue(&town.store, office, &told).await;
        let back = Issue { association: Some(doctors), ..draft_issue() };
        let back = store_issue(&town.store, office, &back).await;
        town.retract(back.id.0, true).await;
        for (who, minutes) in [(PHARMACIST, 1), (COORDINATOR, 2), (PHARMACIST, 0)] {
            town.noted(who, "issue.add", None, minutes).await;
        }
        // What comes by itself was nobody.
        town.noted(audit::CALENDAR, "issue.later", None, 3).await;
        let actors = look!(town.store, |connection| handover::actors(connection, office, 10).await);
        let actor = |who, minutes, associations: &[AssociationId]| Actor {
            who,
            last_at: kept(later(minutes)),
            associations: associations.to_vec(),
        };
        let both = vec![actor(COORDINATOR, 2, &[]), actor(PHARMACIST, 1, &[pharmacists])];
        assert_eq!(actors, (both.clone(), 2));
        let first = look!(town.store, |connection| handover::actors(connection, office, 1).await);
        assert_eq!(first, (both[..1].to_vec(), 2));
    }

    async fn what_has_not_gone_out_waits_or_was_refused(town) {
        let office = town.office;
        for _ in 0..3 {
            town.issue().await;
        }
        for (issue, tier) in [(1, 3), (2, 4), (3, 5)] {
            town.want(issue, Destination::Tier1(AssociationId(tier)), 1).await;
        }
        let claimed = town.claim(WORKER, LONG).await;
        assert_eq!(claimed.len(), 3);
        town.sent(&claimed[0], 1, post(41)).await;
        let refused = claimed[2].clone();
        change!(town.store, [refused], |tx| outbox::refuse(tx, &refused, "gone").await)
            .expect("noted");
        let (unsent, total, refused) =
            look!(town.store, |connection| handover::unsent(connection, office, 10).await);
        let line = |claimed: &outbox::Claimed, code: Option<&str>| Unsent {
            subject: claimed.subject,
            destination: claimed.destination,
            since: kept(morning()),
            code: code.map(str::to_owned),
        };
        assert_eq!(unsent, [line(&claimed[1], None), line(&claimed[2], Some("gone"))]);
        assert_eq!((total, refused), (2, 1));
        let (some, total, refused) =
            look!(town.store, |connection| handover::unsent(connection, office, 1).await);
        assert_eq!((some.len(), total, refused), (1, 2, 1), "what is cut off is counted");
    }

    async fn a_promise_is_a_proposal_nobody_decided_or_what_was_told_of_something_open(town) {
        let [open, over, back] = [town.issue().await, town.issue().await, town.issue().await];
        let shared = town.share(open.id.0, TIER3, "早めに知らせ合えると助かります").await;
        let officers = Audience::Association(AssociationId(3), Group::Officers);
        let asked = town.propose(&proposal(open.id.0, officers, "ご相談ください")).await;
        town.share(over.id.0, TIER3, "様式を新しくしました").await;
        town.turned(&over, Status::Done).await;
        let declined = town.propose(&proposal(open.id.0, Audience::Circle(domain::id::CircleId(2)), "案")).await;
        assert!(town.decide(open.id.0, declined.version, Share::Declined, 6).await);
        town.propose(&proposal(back.id.0, TIER3, "取り消したもの")).await;
        town.retract(back.id.0, true).await;
        let both = [(open.id.0, asked.version), (open.id.0, shared.version)];
        assert_eq!(town.told(10).await, (both.to_vec(), 2));
        assert_eq!(town.told(1).await, (both[..1].to_vec(), 2));
    }

    async fn a_session_that_is_only_proposed_is_told_from_one_that_is_planned(town) {
        let office = town.office;
        let day = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
        let planned = session::planned(Tier::Two, &[], day);
        let drafted = Session { state: State::Draft, date: None, fiscal_year: None, ..planned.clone() };
        let back = Session { retracted: true, ..drafted.clone() };
        for one in [&planned, &drafted, &back, &drafted] {
            session::insert(&town, one).await.expect("kept");
        }
        let found = look!(town.store, |connection| storage::session::drafted(connection, office, 10).await);
        let numbers: Vec<i64> = found.items.iter().map(|one| one.id.0).collect();
        assert_eq!((numbers, found.total), (vec![2, 4], 2));
        let some = look!(town.store, |connection| storage::session::drafted(connection, office, 1).await);
        assert_eq!((some.items.len(), some.total), (1, 2));
    }

    async fn drafts_of_feedback_wait_in_the_order_they_came(town) {
        let office = town.office;
        let pharmacists = store_association(&town.store, office, "薬剤師会").await;
        let doctors = store_association(&town.store, office, "医師会").await;
        let mut late = feedback::draft(pharmacists);
        late.made_at = later(9);
        let early = feedback::draft(doctors);
        let mut sent = feedback::draft(doctors);
        sent.state = Told::Sent;
        for one in [&late, &early, &sent] {
            town.feedback(one).await.expect("kept");
        }
        let found = look!(town.store, |connection| handover::feedback_drafts(connection, office, 10).await);
        let line = |id: i64, association, minutes| FeedbackDraft {
            id: domain::id::FeedbackId(id),
            association,
            session: None,
            month: domain::progress::YearMonth::from_number(202_610),
            since: kept(later(minutes)),
        };
        assert_eq!(found, [line(2, doctors, 0), line(1, pharmacists, 9)]);
        let some = look!(town.store, |connection| handover::feedback_drafts(connection, office, 1).await);
        assert_eq!(some, found[..1]);
    }

    async fn a_bulletin_waits_until_somebody_confirms_it(town) {
        let office = town.office;
        let pharmacists = store_association(&town.store, office, "薬剤師会").await;
        let doctors = store_association(&town.store, office, "医師会").await;
        let mut notices = Vec::new();
        for _ in 0..2 {
            let kept = notice::insert(&town, &notice::masks(), None).await.expect("kept");
            notices.push((kept.id, Standing::Standing));
        }
        let told = vec![(pharmacists, notices.clone()), (doctors, notices[..1].to_vec())];
        let posted = change!(town.store, [told], |tx| {
            storage::notice::bulletin::post(tx, office, &told, (COORDINATOR, morning())).await
        });
        let ids: Vec<_> = posted.expect("posted").iter().map(|one| one.id).collect();
        let found = look!(town.store, |connection| handover::unconfirmed(connection, office, DateTime::UNIX_EPOCH, 10).await);
        let line = |place: usize, association, notices| Unconfirmed {
            id: ids[place],
            association,
            posted_at: kept(morning()),
            notices,
        };
        let both = vec![line(0, pharmacists, 2), line(1, doctors, 1)];
        assert_eq!(found, (both.clone(), 2));
        let some = look!(town.store, |connection| handover::unconfirmed(connection, office, DateTime::UNIX_EPOCH, 1).await);
        assert_eq!(some, (both[..1].to_vec(), 2));
        let later_ones = look!(town.store, |connection| {
            handover::unconfirmed(connection, office, morning(), 10).await
        });
        assert_eq!(later_ones, (Vec::new(), 0), "posted after that instant");
        let first = ids[0];
        change!(town.store, |tx| {
            storage::notice::bulletin::confirm(tx, office, first, (PHARMACIST, later(1))).await
        })
        .expect("confirmed");
        let left = look!(town.store, |connection| handover::unconfirmed(connection, office, DateTime::UNIX_EPOCH, 10).await);
        assert_eq!(left, (both[1..].to_vec(), 1));
    }

    async fn an_office_hands_over_nothing_of_another_one(town) {
        let other = new_office(&town.store, ServerId(SERVER.0 + 1)).await;
        let pharmacists = store_association(&town.store, town.office, "薬剤師会").await;
        let issue = town.issue().await;
        town.noted(COORDINATOR, "issue.status", Some(issue.id.0), 1).await;
        town.share(issue.id.0, TIER3, "早めに知らせ合えると助かります").await;
        town.want(issue.id.0, Destination::Desk, 1).await;
        town.feedback(&feedback::draft(pharmacists)).await.expect("kept");
        let day = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
        let planned = session::planned(Tier::Two, &[], day);
        let drafted = Session { state: State::Draft, date: None, fiscal_year: None, ..planned };
        session::insert(&town, &drafted).await.expect("kept");
        let masks = notice::insert(&town, &notice::masks(), None).await.expect("kept");
        let told = vec![(pharmacists, vec![(masks.id, Standing::Standing)])];
        let office = town.office;
        change!(town.store, [told], |tx| {
            storage::notice::bulletin::post(tx, office, &told, (COORDINATOR, morning())).await
        })
        .expect("posted");
        let issue = store_issue(&town.store, other, &draft_issue()).await;
        assert_eq!(issue.id, IssueId(1), "both have an issue of this number");
        let moved = look!(town.store, |connection| handover::moved(connection, other).await);
        assert_eq!(moved, BTreeMap::new());
        let actors = look!(town.store, |connection| handover::actors(connection, other, 10).await);
        assert_eq!(actors, (Vec::new(), 0));
        let unsent = look!(town.store, |connection| handover::unsent(connection, other, 10).await);
        assert_eq!(unsent, (Vec::new(), 0, 0));
        let told = look!(town.store, |connection| disclosure::promised(connection, other, 10).await);
        assert_eq!(told, (Vec::new(), 0));
        let drafts = look!(town.store, |connection| handover::feedback_drafts(connection, other, 10).await);
        assert_eq!(drafts, []);
        let found = look!(town.store, |connection| storage::session::drafted(connection, other, 10).await);
        assert_eq!((found.items.len(), found.total), (0, 0));
        let open = look!(town.store, |connection| handover::unconfirmed(connection, other, DateTime::UNIX_EPOCH, 10).await);
        assert_eq!(open, (Vec::new(), 0));
    }
}
