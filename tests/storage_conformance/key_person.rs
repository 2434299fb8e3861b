//! Key persons: kept under seal, counted, and gone when they are removed.

use crate::town::{COORDINATOR, Town, later, morning, store_association};
use domain::{
    id::{AssociationId, KeyPersonId},
    key_person::{KeyPerson, PER_OFFICE_MAX},
    speaker::Desk,
};
use storage::{Conflict, Error, SpeakerKeys, key_person};

fn desk() -> Desk {
    domain::audience::Destination::Desk
        .desk()
        .expect("the desk is the desk")
}

fn person(association: Option<i64>, name: &str, note: Option<&str>) -> KeyPerson {
    let association = association.map(AssociationId);
    KeyPerson::new(KeyPersonId(77), association, name, note).expect("a name")
}

impl Town {
    async fn add(&self, person: &KeyPerson) -> storage::Result<KeyPerson> {
        let office = self.office;
        change!(self.store, [person], |tx| {
            key_person::insert(tx, office, &person, COORDINATOR, morning()).await
        })
    }

    async fn key_persons(&self) -> Vec<KeyPerson> {
        let office = self.office;
        look!(self.store, |connection| key_person::of(connection, office)
            .await)
    }
}

on_both! {
    async fn the_desk_reads_back_whom_it_wrote_down(town) {
        store_association(&town.store, town.office, "薬剤師会").await;
        let kept = town.add(&person(Some(1), "見本 花子", Some("火曜の午後"))).await.expect("kept");
        assert_eq!(kept.id, KeyPersonId(1));
        let other = town.add(&person(None, "架空 太郎", None)).await.expect("kept");
        assert_eq!(town.key_persons().await, [kept.clone(), other]);
        assert_eq!(kept.name(desk()), "見本 花子");

        let changed = KeyPerson::new(kept.id, None, "見本 花子", None).expect("a name");
        let office = town.office;
        change!(town.store, [changed], |tx| {
            key_person::update(tx, office, &changed, later(5)).await
        })
        .expect("changed");
        assert_eq!(town.key_persons().await[0], changed);
    }

    async fn whoever_is_removed_is_gone(town) {
        town.add(&person(None, "見本花子", None)).await.expect("kept");
        let office = town.office;
        for expected in [true, false] {
            let removed = change!(town.store, |tx| {
                key_person::remove(tx, office, KeyPersonId(1)).await
            });
            assert_eq!(removed.expect("asked"), expected);
        }
        assert_eq!(town.key_persons().await, []);
        let gone = KeyPerson::new(KeyPersonId(1), None, "見本花子", None).expect("a name");
        let missing = change!(town.store, [gone], |tx| {
            key_person::update(tx, office, &gone, later(5)).await
        });
        assert!(matches!(missing, Err(Error::Conflict(Conflict::Missing))), "{missing:?}");
    }

    async fn a_name_opens_with_its_own_key_only(town) {
        town.add(&person(None, "見本花子", Some("みほんのメモ"))).await.expect("kept");
        let stranger = town.fresh.open_with(SpeakerKeys::generate().expect("random bytes")).await;
        let office = town.office;
        let read = stranger
            .read(move |connection| Box::pin(key_person::of(connection, office)))
            .await;
        assert!(matches!(read, Err(Error::Sealed)), "{read:?}");
        assert!(matches!(stranger.check_keys().await, Err(Error::Sealed)));
        town.store.check_keys().await.expect("every key is at hand");
    }

    async fn an_association_that_is_not_there_has_no_key_person(town) {
        let missing = town.add(&person(Some(4), "見本花子", None)).await;
        assert!(matches!(missing, Err(Error::Conflict(Conflict::Missing))), "{missing:?}");
    }

    async fn an_office_keeps_so_many_and_no_more(town) {
        for number in 0..PER_OFFICE_MAX {
            town.add(&person(None, &format!("見本{number}"), None)).await.expect("kept");
        }
        let full = town.add(&person(None, "見本花子", None)).await;
        assert!(matches!(full, Err(Error::Conflict(Conflict::Full))), "{full:?}");
    }
}
