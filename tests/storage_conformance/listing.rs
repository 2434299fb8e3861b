//! Lists of issues: what matches, in which order, and never more than the reader may read.

use crate::{
    disclosure::proposal,
    town::{
        COORDINATOR, PHARMACIST, Town, draft_issue, kept, later, new_office, store_association,
        store_issue,
    },
};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, Group, State},
    id::{AssociationId, CategoryId, CircleId, IssueId, ServerId, SessionId, UserId},
    issue::{Concern, Issue, Status},
    tier::Tier,
    visibility::SharedIssue,
};
use std::collections::BTreeMap;
use storage::issue::{self, Categorised, Filter, Listed, Page, Readable};

const CIRCLE: Audience = Audience::Circle(CircleId(12));
const EVERYONE: Audience = Audience::Association(AssociationId(12), Group::Everyone);
const OFFICERS: Audience = Audience::Association(AssociationId(12), Group::Officers);

const NONE: [i64; 0] = [];

fn everything() -> Filter {
    Filter::of(Readable::Everything)
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

/// Told as one of these audiences, each as wide as its place in the list.
fn told_as(audiences: &[Audience]) -> Filter {
    let audiences = audiences.iter().copied().zip(1..).collect();
    let readable = Readable::By {
        user: UserId(0),
        associations: Vec::new(),
        destinations: Vec::new(),
        audiences,
    };
    Filter {
        readable,
        ..everything()
    }
}

/// Number and wording of what is listed, and whether it is the original.
fn read(page: &Page) -> Vec<(i64, &str, bool)> {
    let whole = |listed: &Listed| matches!(listed, Listed::Whole(_));
    page.items
        .iter()
        .map(|listed| (listed.id().0, listed.wording(), whole(listed)))
        .collect()
}

async fn find(town: &Town, id: i64) -> Issue {
    let office = town.office;
    look!(town.store, |connection| issue::find(
        connection,
        office,
        IssueId(id)
    )
    .await)
    .expect("an issue")
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

    async fn an_issue_stands_for_another_where_the_reader_reads_both(town) {
        settle(&town).await;
        // #1 and #5 are of one association, #4 is of another.
        for (id, into) in [(4, 5), (1, 5)] {
            let merged = Issue {
                merged_into: Some(IssueId(into)),
                ..find(&town, id).await
            };
            change!(town.store, [merged], |tx| {
                issue::update(tx, town.office, &merged).await
            })
            .expect("merged");
        }
        for (filter, expected) in [
            (everything(), vec![5, 3, 2]),
            (readable_by(0, &[1], &[]), vec![5]),
            (readable_by(0, &[3, 12, 13], &[]), vec![4, 2]),
            (Filter { category: Some(Categorised::Not), ..everything() }, vec![5, 3, 2]),
            (Filter { category: Some(Categorised::In(CategoryId(1))), ..everything() }, vec![]),
            (Filter { session: Some(SessionId(1)), ..everything() }, vec![]),
        ] {
            assert_eq!(numbers(&town, filter.clone()).await, expected, "{filter:?}");
        }
        // A form counts every voice: who was merged is among them, in the order they spoke.
        for (filter, limit, expected, total) in [
            (everything(), 10, vec![1, 2, 3, 4, 5], 5),
            (everything(), 2, vec![4, 5], 5),
            (readable_by(0, &[1], &[]), 10, vec![1, 5], 2),
            (readable_by(0, &[3, 12, 13], &[]), 10, vec![2, 4], 2),
        ] {
            let wanted = filter.clone();
            let office = town.office;
            let page = look!(town.store, |connection| issue::said(
                connection, office, &wanted, limit
            )
            .await);
            let found: Vec<i64> = page.items.iter().map(|listed| listed.id().0).collect();
            assert_eq!((found, page.total), (expected, total), "{filter:?}");
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

    async fn of_what_was_only_shared_the_original_is_not_handed_out(town) {
        settle(&town).await;
        town.share(2, CIRCLE, "分かち合う文").await;
        town.share(4, Audience::Region, "地域への文").await;
        let found = page(&town, told_as(&[CIRCLE]), 0, 50).await;
        assert_eq!(read(&found), [(2, "分かち合う文", false)]);
        assert_eq!(found.total, 1);
        let Listed::Shared(shared) = &found.items[0] else {
            unreachable!("it was said just now");
        };
        let expected = SharedIssue {
            id: IssueId(2),
            revision: 1,
            kind: draft_issue().kind,
            tier: Tier::Two,
            status: Status::Done,
            later_year: None,
            wording: "分かち合う文".to_owned(),
            source: Some((Some(AssociationId(12)), None)),
            version: 1,
            told_at: kept(later(5)),
            changed_at: kept(draft_issue().changed_at),
        };
        assert_eq!(shared, &expected);
        assert!(!format!("{found:?}").contains("まちまち"), "the original");

        for (filter, expected) in [
            (told_as(&[]), vec![]),
            (told_as(&[Audience::Region]), vec![4]),
            (told_as(&[CIRCLE, Audience::Region]), vec![4, 2]),
            (told_as(&[Audience::Circle(CircleId(1)), OFFICERS, EVERYONE]), vec![]),
            (Filter { status: Some(Status::Done), ..told_as(&[CIRCLE, Audience::Region]) }, vec![2]),
            (Filter { open_only: true, ..told_as(&[CIRCLE, Audience::Region]) }, vec![]),
        ] {
            assert_eq!(numbers(&town, filter.clone()).await, expected, "{filter:?}");
        }
        // Whoever reads the original is handed that, once.
        let mut both = readable_by(0, &[12], &[]);
        if let Readable::By { audiences, .. } = &mut both.readable {
            audiences.insert(CIRCLE, 1);
        }
        let found = page(&town, both, 0, 50).await;
        assert_eq!(read(&found), [(2, draft_issue().text.as_str(), true)]);
        assert_eq!(found.total, 1);
    }

    async fn a_share_is_listed_while_it_is_approved_only(town) {
        settle(&town).await;
        let circle = || told_as(&[CIRCLE]);
        town.propose(&proposal(1, CIRCLE, "文")).await;
        assert_eq!(numbers(&town, circle()).await, NONE, "proposed");
        assert!(town.decide(1, 1, State::Approved, 5).await);
        assert_eq!(numbers(&town, circle()).await, [1]);
        town.retract(1, true).await;
        assert_eq!(numbers(&town, circle()).await, NONE, "taken back");
        town.retract(1, false).await;
        assert!(town.decide(1, 1, State::Withdrawn, 6).await);
        assert_eq!(numbers(&town, circle()).await, NONE, "withdrawn");
        town.propose(&proposal(1, CIRCLE, "文")).await;
        assert!(town.decide(1, 2, State::Declined, 7).await);
        assert_eq!(numbers(&town, circle()).await, NONE, "declined");
    }

    async fn of_several_shares_the_narrowest_is_listed_and_then_the_newest(town) {
        settle(&town).await;
        let other = Audience::Circle(CircleId(7));
        town.share(1, Audience::Region, "地域").await;
        town.share(1, CIRCLE, "二次").await;
        town.share(1, other, "別の二次").await;
        for (audiences, expected) in [
            (vec![(Audience::Region, 9)], "地域"),
            (vec![(Audience::Region, 9), (CIRCLE, 4)], "二次"),
            (vec![(Audience::Region, 9), (CIRCLE, 4), (other, 5)], "二次"),
            (vec![(Audience::Region, 9), (CIRCLE, 4), (other, 4)], "別の二次"),
        ] {
            let filter = Filter {
                readable: Readable::By {
                    user: UserId(0),
                    associations: Vec::new(),
                    destinations: Vec::new(),
                    audiences: audiences.iter().copied().collect(),
                },
                ..everything()
            };
            let found = page(&town, filter, 0, 50).await;
            assert_eq!(read(&found), [(1, expected, false)], "{audiences:?}");
            assert_eq!(found.total, 1);
        }
    }

    async fn a_list_does_not_betray_who_raised_what_was_shared(town) {
        settle(&town).await;
        let named = |names_source| Disclosure {
            names_source,
            ..proposal(1, CIRCLE, "文")
        };
        town.propose(&named(false)).await;
        assert!(town.decide(1, 1, State::Approved, 5).await);
        let of = |id| Filter { association: Some(AssociationId(id)), ..told_as(&[CIRCLE]) };
        assert_eq!(numbers(&town, told_as(&[CIRCLE])).await, [1]);
        assert_eq!(numbers(&town, of(1)).await, NONE, "it is not said");
        town.propose(&named(true)).await;
        assert!(town.decide(1, 2, State::Approved, 6).await);
        assert_eq!(numbers(&town, of(1)).await, [1], "now it is");
        assert_eq!(numbers(&town, of(2)).await, NONE);
    }

    async fn whoever_sits_at_the_desk_lists_what_waits_there(town) {
        settle(&town).await;
        let desk = || readable_by(0, &[], &[Destination::Desk]);
        assert_eq!(numbers(&town, desk()).await, [4, 2], "where their cards stand");
        town.propose(&proposal(1, CIRCLE, "文")).await;
        town.share(5, Audience::Desk, "窓口への文").await;
        let found = page(&town, desk(), 0, 50).await;
        let whole: Vec<(i64, bool)> = read(&found).iter().map(|(id, _, whole)| (*id, *whole)).collect();
        assert_eq!(whole, [(5, true), (4, true), (2, true), (1, true)]);
        assert!(town.decide(1, 1, State::Declined, 6).await);
        assert!(town.decide(5, 1, State::Withdrawn, 6).await);
        assert_eq!(numbers(&town, desk()).await, [4, 2]);
    }

    async fn what_was_taken_back_is_listed_for_nobody(town) {
        settle(&town).await;
        town.share(3, Audience::Region, "文").await;
        town.retract(3, true).await;
        for filter in [
            everything(),
            told_as(&[Audience::Region]),
            readable_by(COORDINATOR.0, &[1, 12, 13], &[Destination::Tier3, Destination::Desk]),
        ] {
            let found = numbers(&town, filter.clone()).await;
            assert!(!found.contains(&3), "{filter:?}");
        }
        town.retract(3, false).await;
        assert_eq!(numbers(&town, told_as(&[Audience::Region])).await, [3]);
    }

    async fn pages_of_originals_and_shares_follow_one_another(town) {
        let office = town.office;
        let issues = 230_i64;
        // Every third stands in the region, every fifth is shared with the circle.
        change!(town.store, |tx| {
            for id in 1..=issues {
                let destination =
                    if id % 3 == 0 { Destination::Tier3 } else { Destination::Desk };
                issue::insert(tx, office, &Issue { destination, ..draft_issue() }).await?;
                if id % 5 == 0 {
                    let wanted = proposal(id, CIRCLE, "分かち合う文");
                    storage::disclosure::insert(tx, office, &wanted).await?;
                    let (issue, state) = (IssueId(id), State::Approved);
                    storage::disclosure::decide(tx, office, issue, 1, state, COORDINATOR, later(5))
                        .await?;
                }
            }
            Ok(())
        })
        .expect("many issues");
        let mut filter = readable_by(0, &[], &[Destination::Tier3]);
        if let Readable::By { audiences, .. } = &mut filter.readable {
            audiences.insert(CIRCLE, 1);
        }
        let expected: Vec<(i64, bool)> = (1..=issues)
            .rev()
            .filter(|id| id % 3 == 0 || id % 5 == 0)
            .map(|id| (id, id % 3 == 0))
            .collect();
        let mut found = Vec::new();
        for offset in (0..issues).step_by(7) {
            let page = page(&town, filter.clone(), offset, 7).await;
            assert_eq!(usize::try_from(page.total).expect("a count"), expected.len());
            found.extend(read(&page).iter().map(|(id, _, whole)| (*id, *whole)));
        }
        assert_eq!(found, expected);
        let most = page(&town, everything(), 0, i64::MAX).await;
        assert_eq!((most.items.len(), most.total), (200, issues), "PAGE_MAX");
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
