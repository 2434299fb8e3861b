//! Merged issues: one step between an opinion and what stands for it, in both databases.

use crate::town::{PHARMACIST, Town, draft_issue, store_association, store_issue};
use domain::{
    audience::Destination,
    id::{AssociationId, IssueId, UserId},
    issue::Issue,
    merge::MERGED_MAX,
};
use std::collections::BTreeMap;
use storage::{
    Conflict, Error,
    issue::{self, Filter, Readable},
};

const NONE: [i64; 0] = [];

/// Points an issue at another, or at none.
async fn point(town: &Town, id: i64, into: Option<i64>) -> Result<Issue, Error> {
    let office = town.office;
    change!(town.store, |tx| {
        let found = issue::find(tx, office, IssueId(id))
            .await?
            .expect("it is there");
        let merged = Issue {
            merged_into: into.map(IssueId),
            ..found
        };
        issue::update(tx, office, &merged).await
    })
}

async fn refused(town: &Town, id: i64, into: i64) -> Conflict {
    match point(town, id, Some(into)).await {
        Err(Error::Conflict(conflict)) => conflict,
        other => panic!("#{id} into #{into}: {other:?}"),
    }
}

async fn issues(town: &Town, count: usize) {
    for _ in 0..count {
        town.issue().await;
    }
}

async fn behind(town: &Town, id: i64) -> Vec<i64> {
    let office = town.office;
    let all = look!(town.store, |connection| issue::merged_into(
        connection,
        office,
        IssueId(id)
    )
    .await);
    all.into_iter().map(|id| id.0).collect()
}

async fn listed(town: &Town, readable: &Readable) -> Vec<i64> {
    let (office, filter) = (town.office, Filter::of(readable.clone()));
    let page = look!(town.store, |connection| issue::list(
        connection, office, &filter, 0, 50
    )
    .await);
    page.items.iter().map(|listed| listed.id().0).collect()
}

on_both! {
    async fn an_issue_is_merged_and_comes_apart_again(town) {
        issues(&town, 3).await;
        let merged = point(&town, 2, Some(1)).await.expect("merged");
        assert_eq!((merged.merged_into, merged.revision), (Some(IssueId(1)), 2));
        point(&town, 3, Some(1)).await.expect("merged");
        assert_eq!(behind(&town, 1).await, [2, 3]);
        assert_eq!(listed(&town, &Readable::Everything).await, [1]);
        let apart = point(&town, 2, None).await.expect("apart");
        assert_eq!(apart.merged_into, None);
        assert_eq!(behind(&town, 1).await, [3]);
        assert_eq!(listed(&town, &Readable::Everything).await, [2, 1]);
    }

    async fn a_merge_is_one_step_and_never_a_circle(town) {
        issues(&town, 4).await;
        point(&town, 2, Some(1)).await.expect("merged");
        for (id, into, expected) in [
            (3, 2, Conflict::Chained),
            (1, 3, Conflict::Chained),
            (1, 2, Conflict::Chained),
            (3, 3, Conflict::Chained),
            (3, 99, Conflict::Missing),
        ] {
            assert_eq!(refused(&town, id, into).await, expected, "#{id} into #{into}");
        }
        town.retract(4, true).await;
        assert_eq!(refused(&town, 3, 4).await, Conflict::Missing, "taken back");
        let found = listed(&town, &Readable::Everything).await;
        assert_eq!(found, [3, 1], "nothing has changed");
        let office = town.office;
        let taken_back = change!(town.store, |tx| {
            let one = issue::find(tx, office, IssueId(1)).await?.expect("it is there");
            issue::update(tx, office, &Issue { retracted: true, ..one }).await
        });
        assert!(matches!(taken_back, Err(Error::Conflict(Conflict::Chained))), "it stands for #2");
    }

    async fn as_many_are_merged_into_one_as_may_be(town) {
        issues(&town, MERGED_MAX + 2).await;
        let last = i64::try_from(MERGED_MAX).expect("few") + 1;
        for id in 2..=last {
            point(&town, id, Some(1)).await.expect("merged");
        }
        assert_eq!(refused(&town, last + 1, 1).await, Conflict::Full);
        let again = point(&town, last, Some(1)).await;
        again.expect("a merged one can still be changed");
        assert_eq!(behind(&town, 1).await.len(), MERGED_MAX);
    }

    async fn weights_count_what_the_reader_reads(town) {
        for name in ["一の会", "二の会"] {
            store_association(&town.store, town.office, name).await;
        }
        for association in [1, 1, 2, 2] {
            let issue = Issue {
                association: Some(AssociationId(association)),
                reporter: if association == 1 { PHARMACIST } else { UserId(9) },
                destination: Destination::Tier1(AssociationId(association)),
                ..draft_issue()
            };
            store_issue(&town.store, town.office, &issue).await;
        }
        for id in [2, 3, 4] {
            point(&town, id, Some(1)).await.expect("merged");
        }
        let by = |association| Readable::By {
            user: UserId(0),
            associations: vec![AssociationId(association)],
            destinations: Vec::new(),
            audiences: BTreeMap::new(),
        };
        for (readable, merged, lists) in [
            (Readable::Everything, &[2, 3, 4][..], &[1][..]),
            (by(1), &[2], &[1]),
            // Who raised what was merged goes on seeing it, where the other is not theirs to read.
            (by(2), &[3, 4], &[4, 3]),
            (by(3), &NONE, &NONE),
        ] {
            let (office, reader) = (town.office, readable.clone());
            let range = (IssueId(1), IssueId(1));
            let found = look!(town.store, |connection| issue::merged(connection, office, &reader, range).await);
            let found: Vec<i64> = found.into_iter().map(|(_, id)| id.0).collect();
            assert_eq!(found, merged, "{readable:?}");
            assert_eq!(listed(&town, &readable).await, lists, "{readable:?}");
        }
    }

    async fn the_newest_issues_come_short_without_those_that_are_merged(town) {
        issues(&town, 4).await;
        point(&town, 3, Some(1)).await.expect("merged");
        town.retract(2, true).await;
        let office = town.office;
        for (limit, expected) in [(50, &[4, 1][..]), (1, &[4]), (0, &NONE)] {
            let all = Filter::of(Readable::Everything);
            let found = look!(town.store, |connection| issue::recent(connection, office, &all, limit).await);
            let ids: Vec<i64> = found.iter().map(|recent| recent.id.0).collect();
            assert_eq!(ids, expected, "{limit}");
            assert!(found.iter().all(|recent| recent.text == draft_issue().text));
        }
    }
}
