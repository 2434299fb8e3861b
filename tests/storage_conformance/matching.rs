//! Matchings: one number per pair for good, decisions that are made once, and what may be matched at all.

use crate::town::{
    COORDINATOR, Town, draft_issue, later, morning, new_office, store_association, store_issue,
};
use domain::{
    id::{AssociationId, IssueId, MatchingId, ServerId, SessionId},
    issue::{Concern, Issue, Status},
    matching::{Decision, Matching, State},
};
use storage::{
    Conflict, Error,
    matching::{self, NewMatching},
};
use tests::database::Database;

fn pair(first: i64, second: i64, said: (i64, i64)) -> NewMatching {
    NewMatching {
        first: IssueId(first),
        second: IssueId(second),
        said,
    }
}

impl Town {
    /// Issues of one association, one after the other.
    async fn raised(&self, many: usize) {
        store_association(&self.store, self.office, "薬剤師会").await;
        for _ in 0..many {
            let issue = Issue {
                association: Some(AssociationId(1)),
                ..draft_issue()
            };
            store_issue(&self.store, self.office, &issue).await;
        }
    }

    async fn match_up(&self, pairs: &[NewMatching], minute: i64) -> Vec<Matching> {
        let (office, pairs) = (self.office, pairs.to_vec());
        change!(self.store, [pairs], |tx| {
            matching::propose(tx, office, &pairs, later(minute)).await
        })
        .expect("numbered")
    }

    async fn decide_on(&self, matching: i64, decision: Decision) -> storage::Result<bool> {
        let office = self.office;
        change!(self.store, [decision], |tx| {
            matching::decide(
                tx,
                office,
                MatchingId(matching),
                &decision,
                COORDINATOR,
                later(9),
            )
            .await
        })
    }

    async fn matching(&self, id: i64) -> Option<Matching> {
        let office = self.office;
        look!(self.store, |connection| matching::find(
            connection,
            office,
            MatchingId(id)
        )
        .await)
    }

    async fn may_be_matched(&self) -> Vec<i64> {
        let office = self.office;
        let said = look!(self.store, |connection| matching::said(connection, office)
            .await);
        said.into_iter().map(|said| said.issue.0).collect()
    }

    /// A drafted session, by hand: this test is about the pair.
    async fn session(&self) {
        let sql = "insert into session (office_id, id, tier, kind, state, title, planned_by, \
                   created_at, changed_at) values (1, 1, 2, 'exchange', 'draft', 't', 1, 0, 0)";
        by_hand(self, sql).await;
    }
}

async fn by_hand(town: &Town, sql: &'static str) {
    use sqlx::{Connection, PgConnection, SqliteConnection};
    let url = &town.fresh.url;
    match town.database {
        Database::Sqlite => {
            let mut connection = SqliteConnection::connect(url).await.expect("open");
            sqlx::raw_sql(sql)
                .execute(&mut connection)
                .await
                .expect("done");
        }
        Database::Postgres => {
            let mut connection = PgConnection::connect(url).await.expect("open");
            sqlx::raw_sql(sql)
                .execute(&mut connection)
                .await
                .expect("done");
        }
    }
}

on_both! {
    async fn a_pair_keeps_its_number_however_often_it_is_found(town) {
        town.raised(3).await;
        let first = town.match_up(&[pair(1, 2, (10, 20)), pair(1, 3, (10, 30))], 0).await;
        assert_eq!(first.iter().map(|m| m.id.0).collect::<Vec<_>>(), [1, 2]);
        let again = town.match_up(&[pair(2, 3, (20, 30)), pair(1, 2, (10, 20))], 5).await;
        assert_eq!(again.iter().map(|m| m.id.0).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(again[1], first[0]);
        assert_eq!(town.matching(1).await.as_ref(), Some(&first[0]));
        assert_eq!(town.matching(9).await, None);
    }

    async fn what_was_decided_is_decided_once_and_can_be_reopened(town) {
        town.raised(2).await;
        town.match_up(&[pair(1, 2, (10, 20))], 0).await;
        let dismiss = || Decision::Dismiss("近く会う予定がある".to_owned());
        assert!(town.decide_on(1, dismiss()).await.expect("decided"));
        assert!(!town.decide_on(1, dismiss()).await.expect("asked"));
        assert!(!town.decide_on(4, dismiss()).await.expect("asked"));
        let found = town.matching(1).await.expect("kept");
        assert_eq!(found.state, State::Dismissed);
        assert_eq!(found.reason.as_deref(), Some("近く会う予定がある"));
        assert_eq!(found.decided_by, Some(COORDINATOR));
        assert!(town.decide_on(1, Decision::Reopen).await.expect("reopened"));
        assert!(!town.decide_on(1, Decision::Reopen).await.expect("asked"));
        let found = town.matching(1).await.expect("kept");
        assert_eq!((found.state, found.reason, found.decided_by), (State::Proposed, None, None));
    }

    async fn an_accepted_pair_leads_to_its_session(town) {
        town.raised(2).await;
        town.match_up(&[pair(1, 2, (10, 20))], 0).await;
        let missing = town.decide_on(1, Decision::Accept(SessionId(1))).await;
        assert!(matches!(missing, Err(Error::Conflict(Conflict::Missing))), "{missing:?}");
        town.session().await;
        assert!(town.decide_on(1, Decision::Accept(SessionId(1))).await.expect("decided"));
        let kept = town.match_up(&[pair(1, 2, (11, 20))], 5).await;
        assert_eq!((kept[0].state, kept[0].session), (State::Accepted, Some(SessionId(1))));
        assert_eq!(kept[0].said, (10, 20));
    }

    async fn a_dismissed_pair_comes_back_only_when_its_words_have_changed(town) {
        town.raised(3).await;
        town.match_up(&[pair(1, 2, (10, 20)), pair(1, 3, (10, 30))], 0).await;
        let reason = Decision::Dismiss("別に話している".to_owned());
        for id in [1, 2] {
            assert!(town.decide_on(id, reason.clone()).await.expect("decided"));
        }
        let office = town.office;
        let passed = look!(town.store, |connection| matching::dismissed(connection, office).await);
        assert_eq!(passed.iter().map(|m| m.id.0).collect::<Vec<_>>(), [2, 1]);
        let same = town.match_up(&[pair(1, 2, (10, 20))], 20).await;
        assert_eq!(same[0].state, State::Dismissed);
        let changed = town.match_up(&[pair(1, 2, (10, 21))], 20).await;
        assert_eq!((changed[0].id.0, changed[0].state), (1, State::Proposed));
        assert_eq!((changed[0].reason.as_deref(), changed[0].said), (None, (10, 21)));
        assert_eq!(town.matching(1).await.as_ref(), Some(&changed[0]));
    }

    async fn what_is_done_taken_back_merged_or_nobodys_is_not_matched(town) {
        town.raised(3).await;
        store_issue(&town.store, town.office, &draft_issue()).await;
        let of = |issue: Issue| Issue { association: Some(AssociationId(1)), ..issue };
        for issue in [
            of(Issue { status: Status::Done, ..draft_issue() }),
            of(Issue { status: Status::Dropped, ..draft_issue() }),
            of(Issue { merged_into: Some(IssueId(1)), ..draft_issue() }),
            of(Issue { status: Status::Later, later_year: Some(2027), ..draft_issue() }),
        ] {
            store_issue(&town.store, town.office, &issue).await;
        }
        town.retract(2, true).await;
        assert_eq!(town.may_be_matched().await, [8, 3, 1]);
    }

    async fn whom_an_issue_is_about_is_read_with_it(town) {
        town.raised(1).await;
        let about = vec![Concern::Association(AssociationId(1))];
        let issue = Issue { about: about.clone(), association: Some(AssociationId(1)), ..draft_issue() };
        let stored = store_issue(&town.store, town.office, &issue).await;
        let office = town.office;
        let said = look!(town.store, |connection| matching::said(connection, office).await);
        assert_eq!(said[0].issue, stored.id);
        assert_eq!((&said[0].about, &said[0].text), (&about, &issue.text));
        assert!(said[1].about.is_empty());
    }

    async fn nothing_of_another_office_is_matched(town) {
        let elsewhere = new_office(&town.store, ServerId(12)).await;
        town.raised(2).await;
        let none = look!(town.store, |connection| matching::said(connection, elsewhere).await);
        assert_eq!(none, []);
        let pairs = vec![pair(1, 2, (1, 2))];
        let missing = change!(town.store, [pairs], |tx| {
            matching::propose(tx, elsewhere, &pairs, morning()).await
        });
        assert!(matches!(missing, Err(Error::Conflict(Conflict::Missing))), "{missing:?}");
    }
}
