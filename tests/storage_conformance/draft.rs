//! Drafts: bound to a person and a step, for a while.

use crate::town::{COORDINATOR, PHARMACIST, Town, later, morning, new_office};
use chrono::{DateTime, Utc};
use domain::id::{DraftId, OfficeId, ServerId, UserId};
use serde_json::{Value, json};
use storage::{Conflict, Error, draft};

async fn put(town: &Town, person: UserId, minutes: i64, body: Value) -> DraftId {
    let office = town.office;
    let new = draft::NewDraft {
        person,
        step: "issue-add",
        body,
        now: morning(),
        expires_at: later(minutes),
    };
    change!(town.store, [new], |tx| draft::put(tx, office, &new).await).expect("kept")
}

async fn find(
    town: &Town,
    office: OfficeId,
    id: DraftId,
    person: UserId,
    step: &'static str,
    now: DateTime<Utc>,
) -> Option<Value> {
    look!(town.store, |connection| draft::find(
        connection, office, id, person, step, now
    )
    .await)
}

async fn take(town: &Town, id: DraftId, person: UserId) -> Option<Value> {
    let office = town.office;
    change!(town.store, |tx| draft::take(
        tx,
        office,
        id,
        person,
        "issue-add",
        morning()
    )
    .await)
    .expect("asked")
}

on_both! {
    async fn a_draft_is_found_by_its_person_at_its_step_while_it_lasts(town) {
        let body = json!({ "text": "退院の連絡が遅い", "speaker": "見本花子", "tier": 2 });
        let id = put(&town, PHARMACIST, 60, body.clone()).await;
        let other = new_office(&town.store, ServerId(12)).await;
        for (office, draft, person, step, minutes, expected) in [
            (town.office, id, PHARMACIST, "issue-add", 0, Some(body.clone())),
            (town.office, id, PHARMACIST, "issue-add", 59, Some(body)),
            (town.office, id, PHARMACIST, "issue-add", 60, None),
            (town.office, id, PHARMACIST, "issue-edit", 0, None),
            (town.office, id, COORDINATOR, "issue-add", 0, None),
            (town.office, DraftId(id.0 + 1), PHARMACIST, "issue-add", 0, None),
            (other, id, PHARMACIST, "issue-add", 0, None),
        ] {
            let found = find(&town, office, draft, person, step, later(minutes)).await;
            assert_eq!(found, expected, "{person} {step} {minutes}");
        }
    }

    async fn a_draft_is_taken_once(town) {
        let id = put(&town, PHARMACIST, 60, json!(1)).await;
        assert_eq!(take(&town, id, COORDINATOR).await, None);
        let (one, two) = tokio::join!(take(&town, id, PHARMACIST), take(&town, id, PHARMACIST));
        assert_eq!(one.xor(two), Some(json!(1)));
        assert_eq!(find(&town, town.office, id, PHARMACIST, "issue-add", morning()).await, None);
    }

    async fn a_person_has_twenty_drafts_for_a_step_and_the_oldest_goes(town) {
        let others = put(&town, COORDINATOR, 60, json!("other")).await;
        let mut drafts = Vec::new();
        for number in 0..22 {
            drafts.push(put(&town, PHARMACIST, 60, json!(number)).await);
        }
        let mut left = Vec::new();
        for id in drafts {
            left.extend(find(&town, town.office, id, PHARMACIST, "issue-add", morning()).await);
        }
        assert_eq!(left, (2..22).map(|number| json!(number)).collect::<Vec<_>>());
        let found = find(&town, town.office, others, COORDINATOR, "issue-add", morning()).await;
        assert_eq!(found, Some(json!("other")));
    }

    async fn many_drafts_for_one_step_do_not_take_another_step_s(town) {
        let form = put(&town, PHARMACIST, 60, json!("form")).await;
        let office = town.office;
        for number in 0..25 {
            let new = draft::NewDraft {
                person: PHARMACIST,
                step: "issue-undo",
                body: json!(number),
                now: morning(),
                expires_at: later(60),
            };
            change!(town.store, [new], |tx| draft::put(tx, office, &new).await).expect("kept");
        }
        assert_eq!(take(&town, form, PHARMACIST).await, Some(json!("form")));
    }

    async fn what_waits_is_exchanged_once_and_the_next_finds_what_was_left(town) {
        let id = put(&town, PHARMACIST, 60, json!("waiting")).await;
        let office = town.office;
        let exchange = async |person, minutes| {
            change!(town.store, |tx| {
                let (step, now) = ("issue-add", later(minutes));
                draft::exchange(tx, office, id, person, step, now, &json!("done")).await
            })
            .expect("asked")
        };
        assert_eq!(exchange(COORDINATOR, 0).await, None, "another's");
        assert_eq!(exchange(PHARMACIST, 0).await, Some(json!("waiting")));
        assert_eq!(exchange(PHARMACIST, 59).await, Some(json!("done")));
        assert_eq!(exchange(PHARMACIST, 60).await, None, "it is gone");
    }

    async fn drafts_are_removed_and_purged(town) {
        let office = town.office;
        let id = put(&town, PHARMACIST, 60, json!(1)).await;
        for expected in [true, false] {
            let removed = change!(town.store, |tx| draft::remove(tx, office, id).await);
            assert_eq!(removed.expect("asked"), expected);
        }
        for minutes in [10, 20, 30] {
            put(&town, PHARMACIST, minutes, json!(minutes)).await;
        }
        let purged = change!(town.store, |tx| draft::purge(tx, later(20)).await);
        assert_eq!(purged.expect("purged"), 2);
        assert_eq!(take(&town, DraftId(id.0 + 3), PHARMACIST).await, Some(json!(30)));
    }

    async fn what_waits_is_held_while_it_is_there_and_goes_but_for_one(town) {
        let office = town.office;
        let mut kept = Vec::new();
        for minutes in [10, 20, 30] {
            kept.push(put(&town, PHARMACIST, minutes, json!(minutes)).await);
        }
        let held = async |id| {
            change!(town.store, |tx| draft::hold(tx, office, id).await).expect("asked")
        };
        assert!(held(kept[0]).await, "it is there");
        let other = new_office(&town.store, ServerId(12)).await;
        let purged = change!(town.store, |tx| {
            draft::purge_but(tx, other, DraftId(0), later(60)).await
        });
        assert_eq!(purged.expect("purged"), 0, "another office's drafts stay");
        let one = kept[1];
        let early = change!(town.store, |tx| draft::purge_but(tx, office, one, later(-1)).await);
        assert_eq!(early.expect("purged"), 0, "what was put later stays");
        let purged = change!(town.store, |tx| draft::purge_but(tx, office, one, morning()).await);
        assert_eq!(purged.expect("purged"), 2);
        let mut left = Vec::new();
        for id in kept {
            left.push(held(id).await);
        }
        assert_eq!(left, [false, true, false]);
    }

    async fn a_draft_of_no_office_is_refused(town) {
        let new = draft::NewDraft {
            person: PHARMACIST,
            step: "issue-add",
            body: Value::Null,
            now: morning(),
            expires_at: later(1),
        };
        let refused = change!(town.store, [new], |tx| draft::put(tx, OfficeId(99), &new).await);
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))));
    }
}

on_both! {
    async fn of_large_drafts_only_the_latest_few_stay(town) {
        let office = town.office;
        let mut kept = Vec::new();
        for number in 0..=draft::LARGE_PER_STEP_MAX {
            let new = draft::NewDraft {
                person: COORDINATOR,
                step: "issue-import",
                body: json!({ "rows": number }),
                now: morning(),
                expires_at: later(60),
            };
            let id = change!(town.store, [new], |tx| draft::put_large(tx, office, &new).await);
            kept.push(id.expect("kept"));
        }
        for (place, id) in kept.into_iter().enumerate() {
            let found = find(&town, office, id, COORDINATOR, "issue-import", morning()).await;
            assert_eq!(found.is_some(), place > 0, "the oldest went");
        }
    }
}
