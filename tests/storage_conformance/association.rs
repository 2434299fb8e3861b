//! Associations: stored whole, named once, removed only when nothing refers to them.

use crate::town::{association, draft_issue, new_office, store_association, store_issue};
use domain::{
    id::{AssociationId, ChannelId, OfficeId, ProfessionId, RoleId, ServerId},
    issue::Concern,
    office::{Association, Talk},
};
use std::collections::BTreeSet;
use storage::{Conflict, Error, Store, circle, office};

async fn put(
    store: &Store,
    office: OfficeId,
    association: &Association,
) -> Result<AssociationId, Error> {
    change!(store, [association], |tx| {
        storage::association::put(tx, office, &association).await
    })
}

async fn remove(store: &Store, office: OfficeId, id: AssociationId) -> Result<(), Error> {
    change!(store, |tx| storage::association::remove(tx, office, id)
        .await)
}

async fn stored(store: &Store, office: OfficeId) -> Vec<Association> {
    look!(store, |connection| office::load(connection, office).await)
        .expect("an office")
        .associations
}

on_both! {
    async fn an_association_is_read_as_it_was_stored(town) {
        let mut full = Association {
            professions: vec![ProfessionId(3), ProfessionId(1)],
            scopes: vec!["訪問系".to_owned(), "居宅介護支援".to_owned()],
            channel: Some(ChannelId(1)),
            feedback: Some(ChannelId(2)),
            officers: Some(RoleId(3)),
            contacts: Some(RoleId(u64::MAX)),
            members: Some(RoleId(5)),
            talk: Talk::Members,
            fixed: true,
            ..association("薬剤師会")
        };
        full.id = put(&town.store, town.office, &full).await.expect("stored");
        assert_eq!(stored(&town.store, town.office).await, [full.clone()]);

        let bare = Association { id: full.id, ..association("新・薬剤師会") };
        assert_eq!(put(&town.store, town.office, &bare).await.expect("changed"), full.id);
        assert_eq!(stored(&town.store, town.office).await, [bare]);
    }

    async fn a_name_is_taken_whatever_its_width(town) {
        let first = store_association(&town.store, town.office, "ＭＳＷの会").await;
        let second = store_association(&town.store, town.office, "別の会").await;
        for taken in [
            association("mswの会"),
            Association { id: second, ..association("MSWの会") },
        ] {
            let refused = put(&town.store, town.office, &taken).await;
            assert!(matches!(refused, Err(Error::Conflict(Conflict::NameTaken))), "{refused:?}");
        }
        // Its own name is not taken by itself, and another office may have it.
        let itself = Association { id: first, ..association("MSWの会") };
        put(&town.store, town.office, &itself).await.expect("renamed");
        let other = new_office(&town.store, ServerId(12)).await;
        store_association(&town.store, other, "MSWの会").await;
    }

    async fn what_does_not_exist_is_not_changed_or_referred_to(town) {
        let unknown = Association { id: AssociationId(9), ..association("薬剤師会") };
        let mut stranger = association("栄養士会");
        stranger.professions = vec![ProfessionId(9_999)];
        for wrong in [unknown, stranger] {
            let refused = put(&town.store, town.office, &wrong).await;
            assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
        }
        let gone = remove(&town.store, town.office, AssociationId(9)).await;
        assert!(matches!(gone, Err(Error::Conflict(Conflict::Missing))));
        assert!(stored(&town.store, town.office).await.is_empty());
    }

    async fn an_association_in_use_is_not_removed(town) {
        let (store, id) = (&town.store, town.office);
        let raised = store_association(store, id, "薬剤師会").await;
        let named = store_association(store, id, "歯科医師会").await;
        let gathered = store_association(store, id, "栄養士会").await;
        let free = store_association(store, id, "看護協会").await;
        let mut issue = draft_issue();
        issue.association = Some(raised);
        issue.about = vec![Concern::Association(named)];
        store_issue(store, id, &issue).await;
        change!(store, |tx| {
            circle::put(tx, id, ChannelId(1), &BTreeSet::from([gathered]), false).await
        })
        .expect("a circle");
        for used in [raised, named, gathered] {
            let refused = remove(store, id, used).await;
            assert!(matches!(refused, Err(Error::Conflict(Conflict::InUse))), "{refused:?}");
        }
        remove(store, id, free).await.expect("removed");
        assert_eq!(stored(store, id).await.len(), 3);
        // A number is never given twice.
        assert!(store_association(store, id, "看護協会").await > free);
    }

    async fn an_association_of_one_office_is_not_another_offices(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        let theirs = store_association(&town.store, other, "薬剤師会").await;
        let refused = remove(&town.store, town.office, theirs).await;
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))));
        let renamed = Association { id: theirs, ..association("乗っ取り") };
        let refused = put(&town.store, town.office, &renamed).await;
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))));
        assert_eq!(stored(&town.store, other).await[0].name, "薬剤師会");
    }
}
