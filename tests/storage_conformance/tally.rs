//! Counts of what a reader may read: the same rule as in lists, merged opinions among them.

use crate::{
    schema::by_hand,
    town::{COORDINATOR, PHARMACIST, Town, draft_issue, store_association, store_issue},
};
use domain::{
    audience::Destination,
    id::{AssociationId, CategoryId, IssueId, UserId},
    issue::{Issue, Status},
    tier::Tier,
};
use std::collections::BTreeMap;
use storage::issue::{self, Filter, Readable};

/// Somebody who reads what stands in the region, and nothing else.
fn observer() -> Readable {
    Readable::By {
        user: UserId(0),
        associations: Vec::new(),
        destinations: vec![Destination::Tier3],
        audiences: BTreeMap::new(),
    }
}

/// Three of an association at the desk, two said openly.
async fn five(town: &Town) -> (AssociationId, Vec<Issue>) {
    let association = store_association(&town.store, town.office, "薬剤師会").await;
    let mut stored = Vec::new();
    for (tier, status, reporter, open) in [
        (Tier::One, Status::Open, PHARMACIST, false),
        (Tier::One, Status::Planning, PHARMACIST, false),
        (Tier::Two, Status::Planning, COORDINATOR, false),
        (Tier::Three, Status::Done, COORDINATOR, true),
        (Tier::Three, Status::Open, COORDINATOR, true),
    ] {
        let issue = Issue {
            tier,
            status,
            reporter,
            association: (!open).then_some(association),
            destination: if open {
                Destination::Tier3
            } else {
                Destination::Desk
            },
            ..draft_issue()
        };
        stored.push(store_issue(&town.store, town.office, &issue).await);
    }
    (association, stored)
}

on_both! {
    async fn everybody_counts_what_they_may_read(town) {
        let office = town.office;
        let (association, _) = five(&town).await;
        let of = async |filter: Filter, whole_only: bool| {
            let totals = look!(town.store, [filter], |connection| {
                issue::tally(connection, office, &filter, whole_only).await
            });
            let tiers = totals.by_tier();
            let tally: Vec<(Status, u64)> = totals.tally().by_status().collect();
            (tiers, tally)
        };
        let (tiers, statuses) = of(Filter::of(Readable::Everything), false).await;
        assert_eq!(tiers, [(Tier::One, 2), (Tier::Two, 1), (Tier::Three, 2)]);
        assert_eq!(statuses, [(Status::Open, 2), (Status::Planning, 2), (Status::Done, 1)]);
        let (tiers, statuses) = of(Filter::of(observer()), false).await;
        assert_eq!(tiers, [(Tier::Three, 2)]);
        assert_eq!(statuses, [(Status::Open, 1), (Status::Done, 1)]);
        let mine = Filter { reporter: Some(PHARMACIST), ..Filter::of(Readable::Everything) };
        assert_eq!(of(mine, true).await.1, [(Status::Open, 1), (Status::Planning, 1)]);
        let filter = Filter { association: Some(association), ..Filter::of(observer()) };
        assert!(of(filter, true).await.1.is_empty(), "a filter says no more than a card");
        let filter = Filter::of(Readable::Everything);
        let raised = look!(town.store, [filter], |connection| {
            issue::tally_by_association(connection, office, &filter).await
        });
        assert_eq!(raised, BTreeMap::from([(association, 3)]));
    }

    async fn what_was_merged_is_still_an_opinion_and_what_was_taken_back_is_none(town) {
        let office = town.office;
        let (_, stored) = five(&town).await;
        let merged = Issue { merged_into: Some(stored[0].id), ..stored[1].clone() };
        let retracted = Issue { retracted: true, ..stored[4].clone() };
        change!(town.store, [merged, retracted], |tx| {
            issue::update(tx, office, &merged).await?;
            issue::update(tx, office, &retracted).await
        })
        .expect("changed");
        let filter = Filter::of(Readable::Everything);
        let totals = look!(town.store, [filter], |connection| {
            issue::tally(connection, office, &filter, true).await
        });
        assert_eq!(totals.total(), 4);
        let page = look!(town.store, [filter], |connection| {
            issue::list(connection, office, &filter, 0, 10).await
        });
        assert_eq!(page.total, 3, "a list has one line for both");
    }

    async fn categories_are_counted_for_whoever_reads_the_original(town) {
        let office = town.office;
        let (_, stored) = five(&town).await;
        by_hand(
            &town,
            "insert into category (office_id, id, name, folded_name) values (1, 1, '救急', '救急')",
        )
        .await;
        by_hand(
            &town,
            "insert into category (office_id, id, name, folded_name) values (1, 2, '広報', '広報')",
        )
        .await;
        for (place, categories) in [(0, vec![1]), (2, vec![1, 2]), (3, vec![1])] {
            let issue = Issue {
                categories: categories.into_iter().map(CategoryId).collect(),
                ..stored[place].clone()
            };
            change!(town.store, [issue], |tx| issue::update(tx, office, &issue).await)
                .expect("sorted");
        }
        let of = async |filter: Filter| {
            let counted = look!(town.store, [filter], |connection| {
                issue::tally_by_category(connection, office, &filter).await
            });
            counted
                .into_values()
                .map(|category| (category.name, category.counts))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of(Filter::of(Readable::Everything)).await,
            [("救急".to_owned(), [1, 1, 1]), ("広報".to_owned(), [0, 1, 0])]
        );
        assert_eq!(of(Filter::of(observer())).await, [("救急".to_owned(), [0, 0, 1])]);
        assert_eq!(stored[0].id, IssueId(1));
    }
}
