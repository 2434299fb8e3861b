//! Lists of issues: what matches, in which order, and never more than the reader may read.

use crate::town::{
    COORDINATOR, PHARMACIST, Town, draft_issue, new_office, store_association, store_issue,
};
use domain::{
    audience::Destination,
    id::{AssociationId, CircleId, ServerId, UserId},
    issue::{Concern, Issue, Status},
    tier::Tier,
};
use std::collections::BTreeMap;
use storage::issue::{self, Filter, Listed, Page, Readable};

fn everything() -> Filter {
    Filter {
        tier: None,
        status: None,
        open_only: false,
        association: None,
        reporter: None,
        readable: Readable::Everything,
    }
}

fn readable_by(user: u64, associations: &[i64], destinations: &[Destination]) -> Filter {
    let readable = Readable::By {
        user: UserId(user),
        associations: associations.iter().copied().map(AssociationId).collect(),
        destinations: destinations.to_vec(),
        audiences: BTreeMap::new(),
    };
    Filter {
        readable,
        ..everything()
    }
}

async fn page(town: &Town, filter: Filter, offset: i64, limit: i64) -> Page {
    let office = town.office;
    look!(town.store, |connection| issue::list(
        connection, office, &filter, offset, limit
    )
    .await)
}

/// The numbers on the first page; the total must be theirs.
async fn numbers(town: &Town, filter: Filter) -> Vec<i64> {
    let page = page(town, filter, 0, 50).await;
    let numbers: Vec<i64> = page.items.iter().map(|listed| listed.id().0).collect();
    assert_eq!(usize::try_from(page.total).expect("a count"), numbers.len());
    numbers
}

/// Thirteen associations, so that 1 and 11 to 13 cannot be taken for each other, and five issues.
async fn settle(town: &Town) {
    for number in 1..=13 {
        store_association(&town.store, town.office, &format!("{number}の会")).await;
    }
    let at = |association: i64| Some(AssociationId(association));
    for issue in [
        Issue {
            association: at(1),
            destination: Destination::Tier1(AssociationId(1)),
            ..draft_issue()
        },
        Issue {
            association: at(12),
            status: Status::Done,
            tier: Tier::Two,
            ..draft_issue()
        },
        Issue {
            reporter: COORDINATOR,
            destination: Destination::Tier3,
            tier: Tier::Three,
            ..draft_issue()
        },
        Issue {
            association: at(13),
            status: Status::Dropped,
            reporter: COORDINATOR,
            ..draft_issue()
        },
        Issue {
            association: at(1),
            destination: Destination::Tier2(CircleId(12)),
            reporter: COORDINATOR,
            status: Status::Later,
            later_year: Some(2027),
            about: vec![
                Concern::Association(AssociationId(12)),
                Concern::Association(AssociationId(2)),
            ],
            ..draft_issue()
        },
    ] {
        store_issue(&town.store, town.office, &issue).await;
    }
}

on_both! {
    async fn the_newest_issue_comes_first(town) {
        settle(&town).await;
        assert_eq!(numbers(&town, everything()).await, [5, 4, 3, 2, 1]);
    }

    async fn a_list_is_narrowed_by_what_is_asked_for(town) {
        settle(&town).await;
        let by = everything;
        for (filter, expected) in [
            (Filter { tier: Some(Tier::Three), ..by() }, vec![3]),
            (Filter { status: Some(Status::Done), ..by() }, vec![2]),
            (Filter { open_only: true, ..by() }, vec![5, 3, 1]),
            (Filter { open_only: true, status: Some(Status::Done), ..by() }, vec![]),
            (Filter { association: Some(AssociationId(1)), ..by() }, vec![5, 1]),
            (Filter { reporter: Some(PHARMACIST), ..by() }, vec![2, 1]),
            (
                Filter { reporter: Some(PHARMACIST), tier: Some(Tier::One), ..by() },
                vec![1],
            ),
        ] {
            assert_eq!(numbers(&town, filter.clone()).await, expected, "{filter:?}");
        }
    }

    async fn a_person_reads_what_is_meant_for_them_and_not_even_counts_the_rest(town) {
        settle(&town).await;
        let (tier1, tier2) = (
            |id| Destination::Tier1(AssociationId(id)),
            |id| Destination::Tier2(CircleId(id)),
        );
        for (filter, expected) in [
            (readable_by(0, &[], &[]), vec![]),
            (readable_by(PHARMACIST.0, &[], &[]), vec![2, 1]),
            (readable_by(0, &[1], &[]), vec![5, 1]),
            (readable_by(0, &[2, 3, 11], &[]), vec![]),
            (readable_by(0, &[3, 12, 13], &[]), vec![4, 2]),
            (readable_by(0, &[], &[Destination::Tier3]), vec![3]),
            (readable_by(0, &[], &[tier1(11), tier2(1), tier2(2)]), vec![]),
            (readable_by(0, &[], &[tier1(1), tier2(12)]), vec![5, 1]),
            (readable_by(PHARMACIST.0, &[13], &[Destination::Tier3]), vec![4, 3, 2, 1]),
        ] {
            assert_eq!(numbers(&town, filter.clone()).await, expected, "{filter:?}");
        }
    }

    async fn a_page_is_a_part_of_the_list_and_knows_the_whole(town) {
        settle(&town).await;
        let ids = |page: &Page| page.items.iter().map(|listed| listed.id().0).collect::<Vec<_>>();
        for (offset, limit, expected) in [
            (0, 2, vec![5, 4]),
            (2, 2, vec![3, 2]),
            (4, 2, vec![1]),
            (6, 2, vec![]),
            (-3, 1, vec![5]),
            (0, 0, vec![]),
            (0, -1, vec![]),
            (0, i64::MAX, vec![5, 4, 3, 2, 1]),
        ] {
            let page = page(&town, everything(), offset, limit).await;
            assert_eq!(ids(&page), expected, "{offset} {limit}");
            assert_eq!(page.total, 5);
        }
    }

    async fn a_listed_issue_is_the_whole_issue(town) {
        settle(&town).await;
        let office = town.office;
        for listed in page(&town, everything(), 0, 50).await.items {
            let id = listed.id();
            let found = look!(town.store, |connection| issue::find(connection, office, id).await);
            assert_eq!(found.map(Listed::Whole), Some(listed));
        }
    }

    async fn a_list_holds_nothing_of_another_office(town) {
        settle(&town).await;
        let other = new_office(&town.store, ServerId(12)).await;
        store_issue(&town.store, other, &draft_issue()).await;
        assert_eq!(numbers(&town, everything()).await.len(), 5);
        let theirs =
            look!(town.store, |connection| issue::list(connection, other, &everything(), 0, 9).await);
        assert_eq!(theirs.total, 1);
    }
}
