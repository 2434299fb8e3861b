//! Issues: numbered, read as they were stored, changed by one person at a time.

use crate::town::{
    COORDINATOR, draft_issue, kept, later, morning, new_office, store_association, store_issue,
};
use domain::{
    audience::Destination,
    id::{AssociationId, IssueId, OfficeId, ProfessionId, ServerId},
    issue::{Concern, Issue, Kind, Origin, Status, TierBy},
    speaker::Speaker,
    tier::Tier,
};
use storage::{Conflict, Error, Store, issue};

async fn find(store: &Store, office: OfficeId, id: i64) -> Option<Issue> {
    look!(store, |connection| issue::find(
        connection,
        office,
        IssueId(id)
    )
    .await)
}

async fn update(store: &Store, office: OfficeId, issue: &Issue) -> Result<Issue, Error> {
    change!(store, [issue], |tx| issue::update(tx, office, &issue).await)
}

/// An issue in which nothing is left out.
fn full(association: AssociationId) -> Issue {
    Issue {
        kind: Kind::Idea,
        origin: Origin::Open,
        tier: Tier::Three,
        tier_by: TierBy::Person,
        status: Status::Later,
        later_year: Some(2027),
        measure_open: true,
        text: "退院の連絡が\n遅い😀".to_owned(),
        note: Some("定例会にて".to_owned()),
        profession: Some(ProfessionId(2)),
        association: Some(association),
        about: vec![
            Concern::Association(association),
            Concern::Profession(ProfessionId(1)),
        ],
        speaker: Speaker::new("見本花子"),
        changed_at: later(5),
        passed_on: true,
        kept_private: true,
        destination: Destination::Tier1(association),
        ..draft_issue()
    }
}

on_both! {
    async fn an_issue_is_read_as_it_was_stored(town) {
        let association = store_association(&town.store, town.office, "薬剤師会").await;
        for wanted in [draft_issue(), full(association)] {
            let stored = store_issue(&town.store, town.office, &wanted).await;
            let expected = Issue {
                id: stored.id,
                revision: 1,
                created_at: kept(morning()),
                changed_at: kept(wanted.changed_at),
                ..wanted
            };
            assert_eq!(stored, expected);
            assert_eq!(find(&town.store, town.office, stored.id.0).await, Some(expected));
        }
    }

    async fn a_change_is_a_new_revision(town) {
        let association = store_association(&town.store, town.office, "薬剤師会").await;
        let first = town.issue().await;
        let changed = Issue { id: first.id, revision: 1, ..full(association) };
        let second = update(&town.store, town.office, &changed).await.expect("changed");
        let expected = Issue {
            revision: 2,
            created_at: first.created_at,
            changed_at: kept(later(5)),
            ..changed
        };
        assert_eq!(second, expected);
        let third = Issue { speaker: None, about: Vec::new(), ..second.clone() };
        let third = update(&town.store, town.office, &third).await.expect("changed");
        assert_eq!(third.revision, 3);
        assert_eq!(find(&town.store, town.office, 1).await, Some(third));
    }

    async fn who_wrote_an_issue_down_and_when_does_not_change(town) {
        let first = town.issue().await;
        let other =
            Issue { reporter: COORDINATOR, created_at: later(60), ..first.clone() };
        let second = update(&town.store, town.office, &other).await.expect("changed");
        assert_eq!((second.reporter, second.created_at), (first.reporter, first.created_at));
        assert_eq!(find(&town.store, town.office, 1).await, Some(second));
    }

    async fn of_two_who_change_the_same_issue_one_is_told(town) {
        let read = town.issue().await;
        let mine = Issue { text: "先に直した".to_owned(), ..read.clone() };
        let yours = Issue { text: "後から直した".to_owned(), ..read };
        let (one, two) = tokio::join!(
            update(&town.store, town.office, &mine),
            update(&town.store, town.office, &yours),
        );
        let lost = [&one, &two]
            .iter()
            .filter(|r| matches!(r, Err(Error::Conflict(Conflict::StaleRevision))))
            .count();
        assert_eq!(lost, 1, "{one:?} {two:?}");
        let stored = find(&town.store, town.office, 1).await.expect("an issue");
        assert_eq!(stored, one.or(two).expect("one of them won"));
    }

    async fn an_issue_says_which_one_stands_for_it(town) {
        let stands = town.issue().await;
        let same = town.issue().await;
        let merged = Issue { merged_into: Some(stands.id), ..same.clone() };
        let stored = update(&town.store, town.office, &merged).await.expect("merged");
        assert_eq!(stored.merged_into, Some(stands.id));
        assert_eq!(find(&town.store, town.office, 2).await, Some(stored.clone()));
        let apart = Issue { merged_into: None, ..stored.clone() };
        let apart = update(&town.store, town.office, &apart).await.expect("apart");
        assert_eq!(find(&town.store, town.office, 2).await.and_then(|i| i.merged_into), None);
        let lost = Issue { merged_into: Some(IssueId(9)), ..apart };
        let refused = update(&town.store, town.office, &lost).await;
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
    }

    async fn an_issue_that_does_not_exist_is_not_changed(town) {
        let mut issue = town.issue().await;
        issue.id = IssueId(2);
        let refused = update(&town.store, town.office, &issue).await;
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))));
        assert_eq!(find(&town.store, town.office, 2).await, None);
    }

    async fn an_issue_refers_to_its_own_office_only(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        let theirs = store_association(&town.store, other, "薬剤師会").await;
        for wrong in [
            Issue { association: Some(theirs), ..draft_issue() },
            Issue { about: vec![Concern::Association(theirs)], ..draft_issue() },
            Issue { profession: Some(ProfessionId(9_999)), ..draft_issue() },
        ] {
            let office = town.office;
            let refused =
                change!(town.store, [wrong], |tx| issue::insert(tx, office, &wrong).await);
            assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
        }
        let nowhere = change!(town.store, |tx| {
            issue::insert(tx, OfficeId(99), &draft_issue()).await
        });
        assert!(matches!(nowhere, Err(Error::Conflict(Conflict::Missing))), "{nowhere:?}");
    }

    async fn each_office_counts_its_own_issues(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        let ours = town.issue().await;
        let mut words = draft_issue();
        words.text = "よその町の話".to_owned();
        let theirs = store_issue(&town.store, other, &words).await;
        assert_eq!((ours.id, theirs.id), (IssueId(1), IssueId(1)));
        assert_eq!(find(&town.store, town.office, 1).await, Some(ours.clone()));
        assert_eq!(find(&town.store, other, 1).await, Some(theirs.clone()));
        assert_eq!(find(&town.store, other, 2).await, None);

        let changed = Issue { status: Status::Sorted, ..ours };
        update(&town.store, town.office, &changed).await.expect("changed");
        assert_eq!(find(&town.store, other, 1).await, Some(theirs));
    }

    async fn a_number_is_not_used_up_by_a_change_that_fails(town) {
        let office = town.office;
        let failed: Result<(), Error> = change!(town.store, |tx| {
            issue::insert(tx, office, &draft_issue()).await?;
            Err(Conflict::InUse.into())
        });
        assert!(failed.is_err());
        assert_eq!(town.issue().await.id, IssueId(1));
        assert_eq!(town.issue().await.id, IssueId(2));
    }
}
