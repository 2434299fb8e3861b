//! Categories: the office's own list, and the issues that are in them.

use crate::town::{SERVER, Town, draft_issue, morning, new_office, store_issue};
use domain::{
    category::{Category, LIST_MAX},
    id::{CategoryId, IssueId, OfficeId, ServerId, UserId},
    issue::Issue,
};
use std::collections::BTreeMap;
use storage::{
    Conflict, Error, Store, category,
    issue::{self, Categorised, Filter, Readable, Recent},
};

async fn put(store: &Store, office: OfficeId, name: &str) -> storage::Result<CategoryId> {
    let name = name.to_owned();
    change!(store, [name], |tx| {
        category::put(tx, office, &name).await
    })
}

async fn listed(store: &Store) -> Vec<Category> {
    let office = store.office(SERVER).await.expect("can be read");
    office.expect("there is one").categories.clone()
}

async fn in_categories(town: &Town, categories: &[CategoryId]) -> Issue {
    let issue = Issue {
        categories: categories.to_vec(),
        ..draft_issue()
    };
    store_issue(&town.store, town.office, &issue).await
}

fn is(error: &storage::Result<()>, conflict: Conflict) -> bool {
    matches!(error, Err(Error::Conflict(found)) if *found == conflict)
}

fn everything() -> Filter {
    Filter::of(Readable::Everything)
}

on_both! {
    async fn a_name_is_listed_once_however_it_is_written(town) {
        let (store, office) = (&town.store, town.office);
        let first = put(store, office, "ＩＣＴの活用").await.expect("added");
        let again = put(store, office, "ict の活用").await.expect("known");
        assert_eq!((first, again), (CategoryId(1), CategoryId(1)));
        let found = listed(store).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name, "ＩＣＴの活用", "the name stays as it was written first");
    }

    async fn a_category_that_is_no_longer_offered_is_offered_again_by_its_name(town) {
        let (store, office) = (&town.store, town.office);
        let id = put(store, office, "看取り").await.expect("added");
        change!(store, |tx| category::retire(tx, office, id, true).await).expect("retired");
        assert!(listed(store).await[0].retired);
        assert_eq!(put(store, office, "看取り").await.expect("again"), id);
        assert!(!listed(store).await[0].retired);
    }

    async fn a_name_of_another_category_is_taken(town) {
        let (store, office) = (&town.store, town.office);
        let one = put(store, office, "退院").await.expect("added");
        put(store, office, "くすり").await.expect("added");
        let renamed = change!(store, |tx| category::rename(tx, office, one, "クスリ").await);
        assert!(is(&renamed, Conflict::NameTaken), "{renamed:?}");
        change!(store, |tx| category::rename(tx, office, one, "退院時の連携").await).expect("renamed");
        assert_eq!(listed(store).await[0].name, "退院時の連携");
        // Its own name in another writing is no other category's.
        change!(store, |tx| category::rename(tx, office, one, "退院時の 連携").await).expect("renamed");
        for gone in [
            change!(store, |tx| category::rename(tx, office, CategoryId(9), "x").await),
            change!(store, |tx| category::retire(tx, office, CategoryId(9), true).await),
            change!(store, |tx| category::remove(tx, office, CategoryId(9)).await),
        ] {
            assert!(is(&gone, Conflict::Missing), "{gone:?}");
        }
    }

    async fn a_list_has_an_end(town) {
        let (store, office) = (&town.store, town.office);
        for number in 0..LIST_MAX {
            put(store, office, &format!("分類{number}")).await.expect("room");
        }
        let beyond = put(store, office, "もう一つ").await.map(drop);
        assert!(is(&beyond, Conflict::Full), "{beyond:?}");
        put(store, office, "分類7").await.expect("known already");
        let elsewhere = new_office(store, ServerId(12)).await;
        put(store, elsewhere, "もう一つ").await.expect("another office has its own list");
    }

    async fn only_what_no_issue_is_in_leaves_the_list(town) {
        let (store, office) = (&town.store, town.office);
        let used = put(store, office, "退院").await.expect("added");
        let unused = put(store, office, "看取り").await.expect("added");
        in_categories(&town, &[used]).await;
        let removed = change!(store, |tx| category::remove(tx, office, used).await);
        assert!(is(&removed, Conflict::InUse), "{removed:?}");
        change!(store, |tx| category::remove(tx, office, unused).await).expect("removed");
        assert_eq!(listed(store).await.len(), 1);
        let next = put(store, office, "口腔").await.expect("added");
        assert_eq!(next, CategoryId(3), "a number is not given again");
    }

    async fn an_issue_keeps_the_order_of_its_categories(town) {
        let (store, office) = (&town.store, town.office);
        let one = put(store, office, "退院").await.expect("added");
        let two = put(store, office, "情報共有").await.expect("added");
        let stored = in_categories(&town, &[two, one]).await;
        let id = stored.id;
        let found = look!(store, |connection| issue::find(connection, office, id).await);
        let found = found.expect("it is there");
        assert_eq!(found.categories, [two, one]);
        let swapped = Issue { categories: vec![one, two], ..found };
        change!(store, [swapped], |tx| issue::update(tx, office, &swapped).await).expect("changed");
        let found = look!(store, |connection| issue::find(connection, office, id).await);
        assert_eq!(found.expect("it is there").categories, [one, two]);
        let unknown = Issue { categories: vec![CategoryId(77)], ..draft_issue() };
        let refused = change!(store, [unknown], |tx| issue::insert(tx, office, &unknown).await);
        assert!(is(&refused.map(drop), Conflict::Missing));
    }

    async fn the_issues_of_a_category_are_gone_through_in_steps(town) {
        let (store, office) = (&town.store, town.office);
        let one = put(store, office, "退院").await.expect("added");
        let two = put(store, office, "情報共有").await.expect("added");
        for categories in [&[one][..], &[two], &[one, two], &[], &[two, one]] {
            in_categories(&town, categories).await;
        }
        let step = look!(store, |connection| {
            category::issues(connection, office, one, IssueId(0), 2).await
        });
        assert_eq!(step, [IssueId(1), IssueId(3)]);
        let step = look!(store, |connection| {
            category::issues(connection, office, one, IssueId(3), 2).await
        });
        assert_eq!(step, [IssueId(5)]);
    }

    async fn opinions_are_counted_in_each_category_with_what_was_merged(town) {
        let (store, office) = (&town.store, town.office);
        let one = put(store, office, "退院").await.expect("added");
        let two = put(store, office, "情報共有").await.expect("added");
        put(store, office, "看取り").await.expect("added");
        let stands = in_categories(&town, &[one, two]).await;
        in_categories(&town, &[one]).await;
        // Two opinions that the first stands for, one of them taken back; neither counts by itself.
        for retracted in [false, true] {
            let merged = Issue {
                categories: vec![two],
                merged_into: Some(stands.id),
                retracted,
                ..draft_issue()
            };
            store_issue(store, office, &merged).await;
        }
        let gone = Issue { categories: vec![two], retracted: true, ..draft_issue() };
        store_issue(store, office, &gone).await;
        let counts = look!(store, |connection| category::counts(connection, office).await);
        assert_eq!(counts, BTreeMap::from([(one, 3), (two, 2)]));
    }

    async fn the_newest_originals_are_compared_as_far_as_they_may_be_read(town) {
        let (store, office) = (&town.store, town.office);
        let one = put(store, office, "退院").await.expect("added");
        for (text, reporter, categories) in [
            ("退院の連絡が遅い", 22, vec![one]),
            ("薬が余る", 22, vec![]),
            ("口腔の相談先がない", 23, vec![one]),
        ] {
            let issue = Issue {
                text: text.into(),
                reporter: UserId(reporter),
                categories,
                created_at: morning(),
                ..draft_issue()
            };
            store_issue(store, office, &issue).await;
        }
        let own = Filter {
            readable: Readable::By {
                user: UserId(22),
                associations: Vec::new(),
                destinations: Vec::new(),
                audiences: BTreeMap::new(),
            },
            ..everything()
        };
        let sorted = Filter { category: Some(Categorised::Somehow), ..everything() };
        let numbers = |found: &[Recent]| -> Vec<i64> { found.iter().map(|one| one.id.0).collect() };
        for (filter, limit, expected) in [
            (everything(), 10, vec![3, 2, 1]),
            (everything(), 2, vec![3, 2]),
            (own, 10, vec![2, 1]),
            (sorted, 10, vec![3, 1]),
        ] {
            let found = look!(store, |connection| {
                issue::recent(connection, office, &filter, limit).await
            });
            assert_eq!(numbers(&found), expected);
            if let Some(first) = found.iter().find(|one| one.id.0 == 1) {
                assert_eq!((first.text.as_str(), &first.categories[..]), ("退院の連絡が遅い", &[one][..]));
            }
        }
    }
}
