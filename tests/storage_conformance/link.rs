//! Links between issues: without a direction, once, within a limit.

use crate::town::{COORDINATOR, Town, draft_issue, morning, new_office, store_issue};
use domain::{
    id::{IssueId, ServerId},
    issue::Issue,
};
use storage::{
    Conflict, Error,
    issue::{self, link},
};

impl Town {
    async fn issues(&self, many: usize) {
        for _ in 0..many {
            store_issue(&self.store, self.office, &draft_issue()).await;
        }
    }

    async fn link(&self, one: i64, other: i64) -> storage::Result<bool> {
        let office = self.office;
        change!(self.store, |tx| {
            link::put(
                tx,
                office,
                IssueId(one),
                IssueId(other),
                COORDINATOR,
                morning(),
            )
            .await
        })
    }

    async fn unlink(&self, one: i64, other: i64) -> bool {
        let office = self.office;
        change!(self.store, |tx| {
            link::remove(tx, office, IssueId(one), IssueId(other)).await
        })
        .expect("removed or not")
    }

    async fn linked(&self, issue: i64) -> Vec<IssueId> {
        let office = self.office;
        look!(self.store, |connection| link::of(
            connection,
            office,
            IssueId(issue)
        )
        .await)
    }
}

on_both! {
    async fn a_link_is_seen_from_either_end_and_made_once(town) {
        town.issues(3).await;
        assert!(town.link(3, 1).await.expect("linked"));
        assert!(!town.link(1, 3).await.expect("asked"));
        assert!(town.link(3, 2).await.expect("linked"));
        assert_eq!(town.linked(3).await, [IssueId(1), IssueId(2)]);
        assert_eq!(town.linked(1).await, [IssueId(3)]);
        assert!(town.unlink(1, 3).await);
        assert!(!town.unlink(1, 3).await);
        assert_eq!(town.linked(1).await, []);
        assert_eq!(town.linked(3).await, [IssueId(2)]);
    }

    async fn a_link_is_no_change_of_either_issue(town) {
        town.issues(2).await;
        town.link(1, 2).await.expect("linked");
        let office = town.office;
        let found = look!(town.store, |connection| issue::find(connection, office, IssueId(1)).await);
        assert_eq!(found.expect("an issue").revision, 1);
    }

    async fn an_issue_that_was_taken_back_is_linked_with_nothing_until_it_stands_again(town) {
        town.issues(2).await;
        town.link(1, 2).await.expect("linked");
        town.retract(2, true).await;
        assert_eq!(town.linked(1).await, []);
        town.retract(2, false).await;
        assert_eq!(town.linked(1).await, [IssueId(2)]);
    }

    async fn an_issue_has_so_many_links_and_no_more(town) {
        let many = i64::try_from(link::PER_ISSUE_MAX).expect("few");
        town.issues(link::PER_ISSUE_MAX + 2).await;
        for other in 2..=many + 1 {
            assert!(town.link(1, other).await.expect("linked"));
        }
        for (one, other) in [(1, many + 2), (many + 2, 1)] {
            let full = town.link(one, other).await;
            assert!(matches!(full, Err(Error::Conflict(Conflict::Full))), "{full:?}");
        }
        town.unlink(1, 2).await;
        assert!(town.link(1, many + 2).await.expect("linked"));
    }

    async fn only_issues_of_one_office_are_linked_and_none_with_itself(town) {
        let elsewhere = new_office(&town.store, ServerId(12)).await;
        town.issues(1).await;
        let foreign = Issue { text: "よその課題".to_owned(), ..draft_issue() };
        store_issue(&town.store, elsewhere, &foreign).await;
        store_issue(&town.store, elsewhere, &foreign).await;
        for (one, other) in [(1, 2), (1, 1), (1, 0), (1, -4)] {
            let missing = town.link(one, other).await;
            assert!(matches!(missing, Err(Error::Conflict(Conflict::Missing))), "{missing:?}");
        }
    }
}
