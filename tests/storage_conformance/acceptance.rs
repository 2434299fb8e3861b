//! Acceptances: the desk's word on those who see everything, and that of the configuration file.

use crate::town::{SERVER, morning, new_office};
use domain::{
    id::{OfficeId, ServerId, UserId},
    office::Acceptance,
    server::OverseerKind,
};
use std::collections::BTreeSet;
use storage::{Conflict, Error, acceptance, acceptance::Laid};

const COORDINATOR: UserId = UserId(7);

fn given(id: u64, kind: OverseerKind) -> Acceptance {
    Acceptance {
        id,
        kind: Some(kind),
        fixed: false,
    }
}

fn by_the_file(id: u64) -> Acceptance {
    Acceptance {
        id,
        kind: None,
        fixed: true,
    }
}

on_both! {
    async fn an_acceptance_is_given_once_and_taken_back_once(town) {
        let id = town.office;
        let accepted = async || {
            let office = town.store.office(SERVER).await.expect("asked").expect("an office");
            office.accepted.clone()
        };
        assert!(accepted().await.is_empty());
        for (who, kind, expected) in [
            (u64::MAX, OverseerKind::Owner, true),
            (5, OverseerKind::Role, true),
            (6, OverseerKind::Bot, true),
            (5, OverseerKind::Bot, false),
        ] {
            let new = change!(town.store, |tx| {
                acceptance::put(tx, id, who, kind, COORDINATOR, morning()).await
            });
            assert_eq!(new.expect("kept"), expected, "{who}");
        }
        let all = [
            given(5, OverseerKind::Role),
            given(6, OverseerKind::Bot),
            given(u64::MAX, OverseerKind::Owner),
        ];
        assert_eq!(accepted().await, all);
        for expected in [true, false] {
            let gone = change!(town.store, |tx| acceptance::remove(tx, id, 5).await);
            assert_eq!(gone.expect("removed"), expected);
        }
        assert_eq!(accepted().await, all[1..]);
    }

    async fn what_the_file_no_longer_names_goes(town) {
        let id = town.office;
        let other = new_office(&town.store, ServerId(12)).await;
        let lay = async |office: OfficeId, ids: &[u64]| {
            let ids: BTreeSet<u64> = ids.iter().copied().collect();
            change!(town.store, [ids], |tx| acceptance::lay(tx, office, &ids, morning()).await)
                .expect("laid")
        };
        let revision = async || {
            let office = town.store.office(SERVER).await.expect("asked").expect("an office");
            (office.revision, office.accepted.clone())
        };
        change!(town.store, |tx| {
            acceptance::put(tx, id, 5, OverseerKind::Role, COORDINATOR, morning()).await?;
            acceptance::put(tx, id, 6, OverseerKind::Bot, COORDINATOR, morning()).await
        })
        .expect("given");
        // One of them is in the file as well, and is the file's from then on.
        let laid = lay(id, &[5, 8]).await;
        assert_eq!(laid, Laid { accepted: vec![8], withdrawn: vec![] });
        lay(other, &[5]).await;
        let (before, accepted) = revision().await;
        let fixed = Acceptance { fixed: true, ..given(5, OverseerKind::Role) };
        assert_eq!(accepted, [fixed, given(6, OverseerKind::Bot), by_the_file(8)]);
        assert_eq!(lay(id, &[5, 8]).await, Laid::default());
        assert_eq!(revision().await.0, before, "the same file changes nothing");
        let laid = lay(id, &[8]).await;
        assert_eq!(laid, Laid { accepted: vec![], withdrawn: vec![5] });
        let laid = lay(id, &[]).await;
        assert_eq!(laid, Laid { accepted: vec![], withdrawn: vec![8] });
        let (after, accepted) = revision().await;
        assert_eq!(accepted, [given(6, OverseerKind::Bot)]);
        assert!(after > before, "copies know that they are old");
        let other = look!(town.store, |connection| storage::office::load(connection, other).await);
        assert_eq!(other.expect("an office").accepted, [by_the_file(5)]);
    }

    async fn nobody_is_accepted_by_an_office_that_is_not_there(town) {
        let nowhere = OfficeId(99);
        let put = change!(town.store, |tx| {
            acceptance::put(tx, nowhere, 5, OverseerKind::Role, COORDINATOR, morning()).await
        });
        assert!(matches!(put, Err(Error::Conflict(Conflict::Missing))), "{put:?}");
    }
}
