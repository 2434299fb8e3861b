//! What has come due becomes one message, once.

use crate::{
    occurrence::{at, key, plan},
    town::new_office,
};
use domain::{
    audience::Destination,
    id::{AssociationId, ReminderId, ServerId},
};
use storage::{Conflict, Error, Subject, occurrence, outbox, reminder, reminder::Content};

const DESK: Destination = Destination::Desk;
/// Another place of the same office.
const TALK: Destination = Destination::Tier1(AssociationId(3));

fn items(items: &[occurrence::Occurrence]) -> Content<'_> {
    Content { items, passed: &[] }
}

on_both! {
    async fn what_is_due_together_becomes_one_message(town) {
        let office = town.office;
        for (id, day) in [(12, 22), (7, 21), (9, 30)] {
            plan(&town.store, office, key(id, 1, 3), day, 0, DESK).await;
        }
        let now = at(23, 0);
        let made = change!(town.store, |tx| {
            let taken = occurrence::take(tx, office, DESK, now).await?;
            let reminder = reminder::insert(tx, office, DESK, items(&taken), now).await?;
            let reminder = reminder.expect("something was due");
            outbox::want(tx, office, Subject::from(reminder.id), DESK, reminder.revision, now).await?;
            Ok(reminder)
        })
        .expect("made");
        assert_eq!((made.id, made.revision), (ReminderId(1), 1));
        assert_eq!((made.due_at, made.made_at), (at(21, 0), now));
        let keys: Vec<String> = made.items.iter().map(|item| item.key.to_string()).collect();
        assert_eq!(keys, ["issue:7@1:proposal:3d", "issue:12@1:proposal:3d"]);
        let id = made.id;
        let found =
            look!(town.store, |connection| reminder::find(connection, office, id).await);
        assert_eq!(found, Some(made));
        let row = town.claim_one(crate::town::WORKER, crate::town::LONG).await;
        assert_eq!((row.subject, row.destination), (Subject::from(id), DESK));
    }

    async fn numbers_taken_for_several_messages_are_given_once(town) {
        let office = town.office;
        for id in 1..=3 {
            plan(&town.store, office, key(id, 1, 3), 21, 0, DESK).await;
        }
        let now = at(23, 0);
        // Three are expected, and two made: the third number is nobody's.
        let undone: storage::Result<()> = change!(town.store, |tx| {
            reminder::expect(tx, office, 3).await?;
            Err(Error::Random)
        });
        assert!(undone.is_err());
        let made = change!(town.store, |tx| {
            reminder::expect(tx, office, 3).await?;
            let taken = occurrence::take(tx, office, DESK, now).await?;
            let mut made = Vec::new();
            for item in &taken[..2] {
                let items = items(std::slice::from_ref(item));
                let reminder = reminder::insert(tx, office, DESK, items, now).await?;
                let id = reminder.expect("something was due").id;
                outbox::want(tx, office, id.into(), DESK, 1, now).await?;
                made.push(id);
            }
            Ok((made, taken))
        });
        let (made, taken) = made.expect("made");
        assert_eq!(made, [ReminderId(1), ReminderId(2)]);
        let later = change!(town.store, [taken], |tx| {
            let reminder = reminder::insert(tx, office, DESK, items(&taken[2..]), now).await?;
            let id = reminder.expect("something was due").id;
            outbox::want(tx, office, id.into(), DESK, 1, now).await?;
            Ok(id)
        });
        assert_eq!(later.expect("made"), ReminderId(4));
        // They go out in the order in which they were wanted.
        let mut said = Vec::new();
        for _ in 0..3 {
            let row = town.claim_one(crate::town::WORKER, crate::town::LONG).await;
            said.push(row.subject.id);
            let post = crate::town::post(row.subject.id.unsigned_abs());
            assert!(town.sent(&row, 1, post).await);
        }
        assert_eq!(said, [1, 2, 4]);
    }

    async fn of_nothing_no_message_is_made(town) {
        let office = town.office;
        let made = change!(town.store, |tx| {
            let taken = occurrence::take(tx, office, DESK, at(21, 0)).await?;
            reminder::insert(tx, office, DESK, items(&taken), at(21, 0)).await
        });
        assert_eq!(made.expect("nothing"), None);
    }

    async fn an_occurrence_is_said_once(town) {
        let office = town.office;
        plan(&town.store, office, key(1, 1, 3), 21, 0, DESK).await;
        let taken = change!(town.store, |tx| occurrence::take(tx, office, DESK, at(21, 0)).await)
            .expect("taken");
        let made = change!(town.store, [taken], |tx| {
            reminder::insert(tx, office, DESK, items(&taken), at(21, 0)).await
        });
        assert!(made.expect("made").is_some());
        let again = change!(town.store, [taken], |tx| {
            reminder::insert(tx, office, DESK, items(&taken), at(22, 0)).await
        });
        assert!(matches!(again, Err(Error::Conflict(Conflict::InUse))), "{again:?}");
        let other = new_office(&town.store, ServerId(12)).await;
        let elsewhere = change!(town.store, [taken], |tx| {
            reminder::insert(tx, other, DESK, items(&taken), at(22, 0)).await
        });
        assert!(matches!(elsewhere, Err(Error::Conflict(Conflict::Missing))), "{elsewhere:?}");
    }

    async fn a_message_that_could_not_be_made_leaves_what_was_due(town) {
        let office = town.office;
        plan(&town.store, office, key(1, 1, 3), 21, 0, DESK).await;
        let failed: storage::Result<()> = change!(town.store, |tx| {
            let taken = occurrence::take(tx, office, DESK, at(21, 0)).await?;
            reminder::insert(tx, office, DESK, items(&taken), at(21, 0)).await?;
            Err(Error::Random)
        });
        assert!(failed.is_err());
        let left = change!(town.store, |tx| occurrence::take(tx, office, DESK, at(21, 0)).await);
        assert_eq!(left.expect("taken").len(), 1);
    }

    async fn what_comes_due_a_moment_later_joins_the_message(town) {
        let office = town.office;
        for (id, day) in [(12, 21), (7, 22), (9, 23)] {
            plan(&town.store, office, key(id, 1, 3), day, 0, DESK).await;
        }
        let take = async |day: u32| {
            change!(town.store, |tx| occurrence::take(tx, office, DESK, at(day, 0)).await)
                .expect("taken")
        };
        let first = take(21).await;
        let made = change!(town.store, [first], |tx| {
            reminder::insert(tx, office, DESK, items(&first), at(21, 0)).await
        });
        let id = made.expect("made").expect("something was due").id;
        let second = take(23).await;
        let extended = change!(town.store, [second], |tx| {
            reminder::extend(tx, office, id, items(&second)).await
        });
        assert_eq!(extended.expect("extended"), Some(2));
        let found = look!(town.store, |connection| reminder::find(connection, office, id).await);
        let found = found.expect("it is there");
        let keys: Vec<String> = found.items.iter().map(|item| item.key.to_string()).collect();
        assert_eq!(
            keys,
            ["issue:12@1:proposal:3d", "issue:7@1:proposal:3d", "issue:9@1:proposal:3d"]
        );
        assert_eq!((found.revision, found.due_at), (2, at(21, 0)));
        // Nothing joins twice, nothing joins what is not there, and nothing is no change.
        let again = change!(town.store, [second], |tx| {
            reminder::extend(tx, office, id, items(&second)).await
        });
        assert!(matches!(again, Err(Error::Conflict(Conflict::InUse))));
        let unknown = change!(town.store, [second], |tx| {
            reminder::extend(tx, office, ReminderId(99), items(&second)).await
        });
        assert!(matches!(unknown, Err(Error::Conflict(Conflict::Missing))));
        let nothing = change!(town.store, |tx| reminder::extend(tx, office, id, items(&[])).await);
        assert_eq!(nothing.expect("nothing"), None);
    }

    async fn the_desk_is_told_what_was_passed_over_at_another_place(town) {
        let office = town.office;
        plan(&town.store, office, key(1, 1, 3), 21, 0, DESK).await;
        plan(&town.store, office, key(1, 1, 3), 21, 0, TALK).await;
        let now = at(23, 0);
        let made = change!(town.store, |tx| {
            let here = occurrence::take(tx, office, DESK, now).await?;
            let there = occurrence::take(tx, office, TALK, now).await?;
            let content = Content { items: &here, passed: &there };
            reminder::insert(tx, office, DESK, content, now).await
        });
        let made = made.expect("made").expect("something was due");
        let found =
            look!(town.store, |connection| reminder::find(connection, office, made.id).await);
        let found = found.expect("it is there");
        assert_eq!(found, made);
        let places = |items: &[occurrence::Occurrence]| -> Vec<Destination> {
            items.iter().map(|item| item.destination).collect()
        };
        assert_eq!((places(&found.items), places(&found.passed)), (vec![DESK], vec![TALK]));
    }
}
