//! The audit, the history, and the commands an application has registered.

use crate::town::{COORDINATOR, PHARMACIST, Town, about, kept, later, morning, new_office};
use domain::id::{OfficeId, ServerId, UserId};
use serde_json::{Value, json};
use storage::{Conflict, Error, Result, Subject, audit, history, registration};

async fn note(
    town: &Town,
    office: OfficeId,
    minutes: i64,
    who: UserId,
    subject: Option<Subject>,
    details: &'static [(&'static str, &'static str)],
) -> Result<()> {
    change!(town.store, |tx| {
        let entry = audit::Entry {
            at: later(minutes),
            who,
            act: "issue.add",
            subject,
            details,
        };
        audit::append(tx, office, &entry).await
    })
}

async fn ids(town: &Town, filter: audit::Filter, offset: i64, limit: i64) -> (Vec<i64>, i64) {
    let office = town.office;
    let page = look!(town.store, |connection| {
        audit::list(connection, office, &filter, offset, limit).await
    });
    (
        page.entries.iter().map(|entry| entry.id).collect(),
        page.total,
    )
}

on_both! {
    async fn an_entry_says_who_did_what_when_to_what(town) {
        let details = &[("tier", "2"), ("to", "tier1:3")];
        note(&town, town.office, 0, COORDINATOR, Some(about(12)), details).await.expect("written");
        note(&town, town.office, 1, COORDINATOR, None, &[]).await.expect("written");
        let office = town.office;
        let page = look!(town.store, |connection| {
            audit::list(connection, office, &audit::Filter::default(), 0, 10).await
        });
        let first = audit::Written {
            id: 1,
            at: kept(morning()),
            who: COORDINATOR,
            act: "issue.add".to_owned(),
            subject: Some(("issue".to_owned(), 12)),
            details: vec![
                ("tier".to_owned(), "2".to_owned()),
                ("to".to_owned(), "tier1:3".to_owned()),
            ],
        };
        assert_eq!(page.total, 2);
        assert_eq!(page.entries[1], first);
        assert_eq!((page.entries[0].subject.clone(), page.entries[0].details.len()), (None, 0));
    }

    async fn wording_does_not_get_into_the_audit(town) {
        for details in [
            &[("text", "退院の連絡が遅い")] as &[(&str, &str)],
            &[("a name", "x")],
            &[("x", "line\nbreak")],
        ] {
            let refused = note(&town, town.office, 0, COORDINATOR, None, details).await;
            assert!(matches!(refused, Err(Error::NotACode)), "{details:?}");
        }
        assert_eq!(ids(&town, audit::Filter::default(), 0, 10).await, (vec![], 0));
    }

    async fn the_audit_is_read_by_time_and_person(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        for (minutes, who) in [(0, COORDINATOR), (10, PHARMACIST), (20, COORDINATOR)] {
            note(&town, town.office, minutes, who, None, &[]).await.expect("written");
        }
        note(&town, other, 10, COORDINATOR, None, &[]).await.expect("written");
        let list = async |from: Option<i64>, to: Option<i64>, who, offset, limit| {
            let filter = audit::Filter {
                from: from.map(later),
                before: to.map(later),
                who,
                newest: None,
            };
            ids(&town, filter, offset, limit).await
        };
        assert_eq!(list(None, None, None, 0, 10).await, (vec![3, 2, 1], 3));
        assert_eq!(list(Some(10), None, None, 0, 10).await, (vec![3, 2], 2));
        assert_eq!(list(Some(0), Some(20), None, 0, 10).await, (vec![2, 1], 2));
        assert_eq!(list(None, None, Some(COORDINATOR), 0, 10).await, (vec![3, 1], 2));
        assert_eq!(list(None, None, None, 1, 1).await, (vec![2], 3));
        let second = audit::Filter { newest: Some(2), ..audit::Filter::default() };
        assert_eq!(ids(&town, second, 0, 10).await, (vec![2, 1], 2), "pages stay as they were");
    }

    async fn what_a_newer_version_has_written_is_read_too(town) {
        let office = town.office;
        note(&town, office, 0, COORDINATOR, None, &[]).await.expect("written");
        crate::schema::by_hand(
            &town,
            "insert into audit_entry (office_id, id, at, who, act, subject_kind, subject_id, details) \
             select office_id, 2, at, who, 'moon.land', 'moon', 3, details from audit_entry",
        )
        .await;
        let page = look!(town.store, |connection| {
            audit::list(connection, office, &audit::Filter::default(), 0, 1).await
        });
        let entry = &page.entries[0];
        assert_eq!((entry.act.as_str(), &entry.subject), ("moon.land", &Some(("moon".to_owned(), 3))));
    }

    async fn a_trace_of_no_office_is_refused(town) {
        let refused = note(&town, OfficeId(99), 0, COORDINATOR, None, &[]).await;
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
        let refused = change!(town.store, |tx| {
            history::append(tx, OfficeId(99), about(1), morning(), COORDINATOR, "a", None, json!(1))
                .await
        });
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
    }

    async fn history_keeps_the_states_of_one_record_in_order(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        let office = town.office;
        let open = json!({ "status": "open", "text": "退院の連絡" });
        let sorted = json!({ "status": "sorted" });
        let append = async |office, id, minutes, before: Option<Value>, after: Value| {
            change!(town.store, [before, after], |tx| {
                history::append(
                    tx, office, about(id), later(minutes), PHARMACIST, "issue.add", before, after,
                )
                .await
            })
            .expect("noted");
        };
        append(office, 1, 0, None, open.clone()).await;
        append(office, 2, 1, None, json!(2)).await;
        append(other, 1, 2, None, json!(3)).await;
        append(office, 1, 3, Some(open.clone()), sorted.clone()).await;
        let steps = look!(town.store, |connection| history::of(connection, office, about(1)).await);
        let states: Vec<_> =
            steps.iter().map(|step| (step.before.clone(), step.after.clone())).collect();
        assert_eq!(states, [(None, open.clone()), (Some(open), sorted)]);
        assert_eq!(steps[1].at, kept(later(3)));
        assert_eq!((steps[1].who, steps[1].act.as_str()), (PHARMACIST, "issue.add"));
    }

    async fn the_hash_last_registered_is_remembered_per_application(town) {
        let get = async |application| {
            look!(town.store, |connection| registration::get(connection, application).await)
        };
        assert_eq!(get(u64::MAX).await, None);
        for hash in ["one", "two"] {
            change!(town.store, |tx| registration::set(tx, u64::MAX, hash, morning()).await)
                .expect("noted");
            assert_eq!(get(u64::MAX).await.as_deref(), Some(hash));
        }
        assert_eq!(get(1).await, None);
    }
}
