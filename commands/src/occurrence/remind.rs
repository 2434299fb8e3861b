//! One transaction for what is due at some places of one office: everything is taken, settled by its
//! noun, and what has a point becomes one reminder for each place.

use super::{Due, settle};
use crate::{App, card::late::is_late};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{OfficeId, ReminderId},
    occurrence::Key,
    office::Office,
};
use std::collections::BTreeMap;
use storage::{Subject, Transaction, occurrence::Occurrence, reminder::Content};

/// Occurrences after which no further place is dealt with in the same transaction.
const AT_ONCE: usize = 20;

/// The reminders that were made of what was dealt with just before, by the place where they stand: what
/// is dealt with in one look is said in one message for each place.
pub type Said = BTreeMap<Destination, ReminderId>;

/// What became of what was due at some places of one office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reminded {
    /// How many occurrences were settled.
    pub settled: usize,
    /// How many of them were dealt with late.
    pub late: usize,
    /// Those that had lost their point and are passed over.
    pub pointless: Vec<Key>,
    /// The reminders that speak of the others, with those of before.
    pub said: Said,
}

/// Deals with what is due at some places of one office, in one transaction: each occurrence is settled by
/// whoever is first, its noun says what is to be done about it, and of those with a point one reminder is
/// made for each place and wanted. Where a place has lost its channel, the desk is told instead. What has
/// lost its point because nobody looked in time is told at the desk, in a line of its own.
///
/// What is more than one transaction should do stays due.
///
/// # Errors
/// Storage failed; then nothing is settled.
pub async fn remind(
    app: &App,
    office: OfficeId,
    places: &[Destination],
    said: Said,
    now: DateTime<Utc>,
) -> storage::Result<Reminded> {
    let known = match app.store.office_known(office) {
        Some(known) => Some(known),
        None => app.store.office_by_id(office).await?,
    };
    let places = places.to_vec();
    app.store
        .write(move |tx| {
            let (said, known, places) = (said.clone(), known.clone(), places.clone());
            Box::pin(async move {
                let mut reminded = Reminded {
                    said,
                    ..Reminded::default()
                };
                let known = storage::office::current(tx, office, known).await?;
                if places.len() > 1 && known.is_some() {
                    storage::reminder::expect(tx, office, places.len()).await?;
                }
                for place in places {
                    if reminded.settled >= AT_ONCE {
                        break;
                    }
                    let taken = storage::occurrence::take(tx, office, place, now).await?;
                    match &known {
                        Some(office) => {
                            settle_at(tx, office, place, taken, &mut reminded, now).await?
                        }
                        None => reminded.settled += taken.len(),
                    }
                }
                Ok(reminded)
            })
        })
        .await
}

/// Settles what was taken at one place, and says what has a point.
async fn settle_at(
    tx: &mut Transaction,
    office: &Office,
    destination: Destination,
    taken: Vec<Occurrence>,
    reminded: &mut Reminded,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    reminded.settled += taken.len();
    let (mut items, mut passed) = (Vec::with_capacity(taken.len()), Vec::new());
    for item in taken {
        let late = is_late(item.due_at, now);
        reminded.late += usize::from(late);
        match settle(tx, office, &item, now).await? {
            Due::Say => items.push(item),
            Due::Done => {}
            Due::Pointless => {
                reminded.pointless.push(item.key);
                passed.extend(late.then_some(item));
            }
        }
    }
    let place = place(office, destination);
    for (place, items, passed) in [
        (place, &items[..], &[][..]),
        (Destination::Desk, &[][..], &passed[..]),
    ] {
        let content = Content { items, passed };
        say(tx, office.id, place, &mut reminded.said, content, now).await?;
    }
    Ok(())
}

/// Where it is said: the desk, when the place has no channel (any more).
fn place(office: &Office, destination: Destination) -> Destination {
    if destination.channel(office).is_some() {
        destination
    } else {
        Destination::Desk
    }
}

/// Makes one reminder of this, or lets it join the one that was just made there, and wants it.
async fn say(
    tx: &mut Transaction,
    office: OfficeId,
    place: Destination,
    said: &mut Said,
    content: Content<'_>,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some(first_due) = content.first_due() else {
        return Ok(());
    };
    let (reminder, revision) = match said.get(&place) {
        Some(reminder) => {
            let extended = storage::reminder::extend(tx, office, *reminder, content).await?;
            (*reminder, extended)
        }
        None => {
            let made = storage::reminder::insert(tx, office, place, content, now).await?;
            let Some(made) = made else { return Ok(()) };
            (made.id, Some(made.revision))
        }
    };
    if let Some(revision) = revision {
        let about = Subject::from(reminder);
        // What comes late says so by the time it was to be sent.
        storage::outbox::want(tx, office, about, place, revision, first_due).await?;
    }
    said.insert(place, reminder);
    Ok(())
}
