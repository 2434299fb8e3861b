//! Retention: what was kept long enough is found, goes whole with everything that is its own, and nothing
//! else does; petitions take names away and leave opinions.

use crate::{
    occurrence::{at, key, plan},
    town::{COORDINATOR, PHARMACIST, Town, draft_issue, later, morning, post, store_issue},
};
use chrono::NaiveDate;
use chrono_tz::Asia::Tokyo;
use domain::{
    audience::Destination,
    id::{IssueId, PetitionId, ReminderId},
    issue::{Issue, Status},
    retention::{Item, Kind, Rule},
    speaker::Speaker,
};
use serde_json::json;
use std::collections::BTreeSet;
use storage::{
    Conflict, Error, Subject, audit, history, issue, occurrence, outbox,
    petition::{self, State},
    reminder,
    retention::{self, Word},
};

/// The first day on which what was last touched that morning may go: the fiscal year is 2026.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2032, 4, 1).expect("a day")
}

fn rule() -> Rule {
    Rule {
        years: 5,
        start_month: 4,
        longer: Vec::new(),
    }
}

fn of_issue(id: IssueId) -> Item {
    Item {
        kind: Kind::Issue,
        id: id.0,
    }
}

impl Town {
    /// An issue that came to its end, with history, a shared card that was sent, and a search row.
    async fn ended(&self) -> Issue {
        let kept = store_issue(
            &self.store,
            self.office,
            &Issue {
                status: Status::Dropped,
                speaker: Speaker::new("見本 花子"),
                ..draft_issue()
            },
        )
        .await;
        let (office, id) = (self.office, kept.id);
        change!(self.store, |tx| {
            let entry = audit::Entry {
                at: morning(),
                who: PHARMACIST,
                act: "issue.add",
                subject: Some(id.into()),
                details: &[],
            };
            audit::append(tx, office, &entry).await?;
            history::append(
                tx,
                office,
                id.into(),
                morning(),
                PHARMACIST,
                "issue.add",
                None,
                json!({"kind": "issue"}),
            )
            .await
        })
        .expect("noted");
        kept
    }

    async fn due(&self, day: NaiveDate) -> BTreeSet<Item> {
        let office = self.office;
        let stock = look!(self.store, |connection| retention::stock(
            connection,
            office,
            (Tokyo, 4)
        )
        .await);
        stock.due(&rule(), day)
    }

    async fn deleted(&self, items: &[Item]) -> Vec<Item> {
        let (office, items) = (self.office, items.to_vec());
        change!(self.store, [items], |tx| retention::delete(
            tx,
            office,
            &items,
            later(1)
        )
        .await)
        .expect("deleted")
    }

    async fn count(&self, table: &str) -> i64 {
        let rows = self.rows(self.office).await;
        let found = rows.into_iter().find(|(name, _)| *name == table);
        found.map_or(0, |(_, count)| count)
    }
}

on_both! {
    async fn what_ended_is_due_after_its_years_and_what_goes_on_never_is(town) {
        let ended = town.ended().await;
        let open = town.issue().await;
        let before = first_day().pred_opt().expect("a day");
        assert!(town.due(before).await.is_empty());
        assert_eq!(town.due(first_day()).await, BTreeSet::from([of_issue(ended.id)]));
        let far = NaiveDate::from_ymd_opt(2199, 4, 1).expect("a day");
        assert!(!town.due(far).await.contains(&of_issue(open.id)));
    }

    async fn what_goes_leaves_only_its_entry_in_the_audit(town) {
        let (ended, other) = (town.ended().await, town.ended().await);
        let office = town.office;
        town.want(ended.id.0, Destination::Tier3, 1).await;
        let claimed = town.claim_one(crate::town::WORKER, crate::town::LONG).await;
        assert!(town.sent(&claimed, 1, post(901)).await);
        let gone = town.deleted(&[of_issue(ended.id)]).await;
        assert_eq!(gone, [of_issue(ended.id)]);
        let found = look!(town.store, |connection| issue::find(connection, office, ended.id).await);
        assert!(found.is_none());
        let steps = look!(town.store, |connection| history::of(connection, office, ended.id.into()).await);
        assert!(steps.is_empty(), "no state is left");
        assert_eq!(town.count("audit_entry").await, 2, "who wrote it down when stays");
        assert_eq!((town.count("issue").await, town.count("history_entry").await), (1, 1));
        assert_eq!(town.count("issue_wording").await, 1, "the other's");
        assert_eq!(town.due(first_day()).await, BTreeSet::from([of_issue(other.id)]));
        // Its post is wanted away, and forgotten when it is.
        assert_eq!(change!(town.store, |tx| retention::sweep(tx, office).await).expect("looked"), 0);
        let claimed = town.claim_one(crate::town::WORKER, crate::town::LONG).await;
        assert_eq!((claimed.subject, claimed.post), (Subject::from(ended.id), Some(post(901))));
        let wanted = claimed.wanted;
        assert!(change!(town.store, [claimed], |tx| outbox::removed(tx, &claimed, wanted).await).expect("noted"));
        assert_eq!(change!(town.store, |tx| retention::sweep(tx, office).await).expect("swept"), 1);
        assert_eq!((town.count("outbox").await, town.count("erased").await), (0, 0));
    }

    async fn a_reminder_of_what_goes_goes_with_it_though_it_came_a_year_later(town) {
        let (office, gone, other) = (town.office, town.ended().await, town.ended().await);
        for issue in [&gone, &other] {
            plan(&town.store, office, key(issue.id.0, 1, 3), 21, 0, Destination::Desk).await;
            let reminder = change!(town.store, |tx| {
                let taken = occurrence::take(tx, office, Destination::Desk, at(22, 0)).await?;
                let content = reminder::Content { items: &taken, passed: &[] };
                let made = reminder::insert(tx, office, Destination::Desk, content, at(22, 0)).await?;
                let made = made.expect("something was due").id;
                outbox::want(tx, office, made.into(), Destination::Desk, 1, at(22, 0)).await?;
                Ok(made)
            })
            .expect("made");
            let claimed = town.claim_one(crate::town::WORKER, crate::town::LONG).await;
            assert_eq!(claimed.subject, reminder.into());
            assert!(town.sent(&claimed, 1, post(reminder.0.unsigned_abs())).await);
        }
        assert_eq!(town.deleted(&[of_issue(gone.id)]).await, [of_issue(gone.id)]);
        let left = async |id: i64| look!(town.store, |connection| reminder::find(connection, office, ReminderId(id)).await);
        assert_eq!(left(1).await, None);
        let kept = left(2).await.expect("the other's stays");
        assert_eq!(kept.items.len(), 1);
        // Its post is drawn from nothing, and so goes; the other's stands as it did.
        let claimed = town.claim_one(crate::town::WORKER, crate::town::LONG).await;
        assert_eq!((claimed.subject, claimed.post), (ReminderId(1).into(), Some(post(1))));
        assert!(town.claim(crate::town::WORKER, crate::town::LONG).await.is_empty());
    }

    async fn the_history_of_what_was_not_let_go_stays_as_it_was(town) {
        let (office, id) = (town.office, town.ended().await.id);
        let sql = "delete from history_entry";
        let refused = crate::schema::tried_by_hand(&town, sql).await;
        assert!(refused.is_err(), "the history is append-only");
        let steps = look!(town.store, |connection| history::of(connection, office, id.into()).await);
        assert_eq!(steps.len(), 1);
    }

    async fn what_was_touched_after_the_decision_stays(town) {
        let ended = town.ended().await;
        let office = town.office;
        let items = vec![of_issue(ended.id)];
        for (minutes, expected) in [(-5, 0), (5, 1)] {
            let at = later(minutes);
            let found = change!(town.store, [items], |tx| retention::untouched(tx, office, &items, at).await);
            assert_eq!(found.expect("asked").len(), expected, "{minutes}");
        }
    }

    async fn a_year_is_proposed_kept_longer_and_decided_anew(town) {
        let office = town.office;
        let (day, who) = (first_day(), (COORDINATOR, later(2)));
        let told = change!(town.store, |tx| retention::propose(tx, office, 2032, (day, 3), morning()).await);
        assert_eq!(told.expect("told").expect("open").records, 3);
        let open = look!(town.store, |connection| retention::proposed(connection, office).await);
        assert_eq!(open.iter().map(|one| one.year).collect::<Vec<_>>(), [2032]);
        let kept = change!(town.store, |tx| {
            retention::decide(tx, office, 2032, Word::Keep(2035), (day, 3), who).await
        });
        assert_eq!(kept.expect("kept").kept_until, Some(2035));
        let open = look!(town.store, |connection| retention::proposed(connection, office).await);
        assert_eq!(open, [], "it was decided");
        let settings = domain::setting::Settings::default();
        let rule = look!(town.store, [settings], |connection| {
            retention::rule(connection, office, &settings).await
        });
        assert_eq!(rule.longer.len(), 1);
        assert_eq!(rule.from(morning().date_naive()), NaiveDate::from_ymd_opt(2035, 4, 1).expect("a day"));
        let told = change!(town.store, |tx| retention::propose(tx, office, 2032, (day, 3), later(3)).await);
        assert_eq!(told.expect("told"), None, "what was decided is not asked again");
        let again = change!(town.store, |tx| retention::reopen(tx, office, 2032).await);
        assert!(again.expect("taken back").is_some());
        let going = change!(town.store, |tx| {
            retention::decide(tx, office, 2032, Word::Delete, (day, 3), who).await
        });
        assert_eq!(going.expect("decided").state, retention::State::Deleting);
        let late = change!(town.store, |tx| {
            retention::decide(tx, office, 2032, Word::Keep(2035), (day, 3), who).await
        });
        assert!(matches!(late, Err(Error::Conflict(Conflict::StaleRevision))), "{late:?}");
        let at_work = look!(town.store, |connection| retention::at_work(connection).await);
        assert_eq!(at_work, [(office, 2032)]);
        let held = change!(town.store, |tx| retention::hold(tx, office, 2032).await);
        assert!(held.expect("asked"), "somebody takes it in hand");
        let ended = change!(town.store, |tx| retention::end(tx, office, 2032, later(4)).await);
        assert_eq!(ended.expect("ended").expect("once").state, retention::State::Deleted);
        let twice = change!(town.store, |tx| retention::end(tx, office, 2032, later(5)).await);
        assert_eq!(twice.expect("told"), None);
        let over = change!(town.store, |tx| retention::hold(tx, office, 2032).await);
        assert!(!over.expect("asked"), "there is nothing to take in hand");
    }

    async fn a_person_asks_once_and_the_desk_answers_once(town) {
        let office = town.office;
        let kind = petition::Kind::Removal;
        let asked = change!(town.store, |tx| petition::insert(tx, office, kind, PHARMACIST, morning()).await)
            .expect("laid");
        let again = change!(town.store, |tx| petition::insert(tx, office, kind, PHARMACIST, later(1)).await);
        assert!(matches!(again, Err(Error::Conflict(Conflict::InUse))), "{again:?}");
        let open = look!(town.store, |connection| petition::open(connection, office).await);
        assert_eq!(open, std::slice::from_ref(&asked));
        let word = (State::Declined, Some("保存期間の途中です"));
        let decided = change!(town.store, |tx| {
            petition::decide(tx, office, asked.id, word, COORDINATOR, later(2)).await
        });
        assert_eq!(decided.expect("decided").reason.as_deref(), word.1);
        let open = look!(town.store, |connection| petition::open(connection, office).await);
        assert_eq!(open, [], "it was answered");
        let late = change!(town.store, |tx| {
            petition::decide(tx, office, PetitionId(1), (State::Done, None), COORDINATOR, later(3)).await
        });
        assert!(matches!(late, Err(Error::Conflict(Conflict::StaleRevision))), "{late:?}");
        change!(town.store, |tx| petition::insert(tx, office, kind, PHARMACIST, later(4)).await)
            .expect("asked anew");
        let own = look!(town.store, |connection| petition::of(connection, office, PHARMACIST).await);
        assert_eq!(own.len(), 1, "the latest of a kind");
        assert_eq!(own[0].state, State::Open);
    }

    async fn a_name_goes_from_every_issue_and_the_opinion_stays(town) {
        let office = town.office;
        let named = town.ended().await;
        let silent = town.issue().await;
        let desk = Destination::Desk.desk().expect("the desk");
        let found = look!(town.store, |connection| {
            petition::carriers(connection, office, "見本　花子", desk).await
        });
        assert_eq!(found.issues, [named.id]);
        let other = look!(town.store, |connection| petition::carriers(connection, office, "花子", desk).await);
        assert_eq!(other.count(), 0, "a part of a name is another name");
        let issues = [named.id, silent.id];
        let changed = change!(town.store, |tx| petition::remove_speakers(tx, office, &issues).await)
            .expect("removed");
        assert_eq!(changed, [(named.id, named.revision + 1)]);
        let after = look!(town.store, |connection| issue::find(connection, office, named.id).await)
            .expect("it is there");
        assert!(after.speaker.is_none());
        assert_eq!((after.text, after.changed_at), (named.text, named.changed_at));
    }
}
