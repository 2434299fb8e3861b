//! Reminders (リマインダー): messages about what has come due, each made once of the occurrences that
//! were taken together for one destination.
//!
//! A reminder holds no text and does not say whether its items still have a point: that is read when
//! it is sent.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    occurrence::{self, Occurrence},
    subject::Subject,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{OfficeId, ReminderId},
};

/// Most of what is still to be said of one record that is read at once.
const UNSAID_MAX: i64 = 100;

/// One message about what has come due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Its number in the office.
    pub id: ReminderId,
    /// Counts changes of it: what came due together but was dealt with a moment later joins it.
    pub revision: i64,
    /// Where it is said.
    pub destination: Destination,
    /// When the first of its items was due, by the clock of the office.
    pub due_at: DateTime<Utc>,
    /// When it was made, by the clock of the office.
    pub made_at: DateTime<Utc>,
    /// What it reminds of, the longest due first.
    pub items: Vec<Occurrence>,
    /// What had lost its point when it was looked at, too late; wherever it was due, the desk is told.
    pub passed: Vec<Occurrence>,
}

/// What a message is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Content<'a> {
    /// As [`Reminder::items`].
    pub items: &'a [Occurrence],
    /// As [`Reminder::passed`].
    pub passed: &'a [Occurrence],
}

impl<'a> Content<'a> {
    /// Everything in order, each with whether it has passed.
    fn all(self) -> impl Iterator<Item = (&'a Occurrence, bool)> {
        let items = self.items.iter().map(|item| (item, false));
        items.chain(self.passed.iter().map(|item| (item, true)))
    }

    /// When the first of what it reminds of was due, else of what has passed; `None` when there is
    /// nothing.
    #[must_use]
    pub fn first_due(self) -> Option<DateTime<Utc>> {
        let first = |items: &[Occurrence]| items.iter().map(|item| item.due_at).min();
        first(self.items).or_else(|| first(self.passed))
    }
}

/// Says how many reminders this transaction is about to make and want at most: their numbers are taken at
/// once.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn expect(tx: &mut Transaction, office: OfficeId, reminders: usize) -> Result<()> {
    counter::expect(tx, office, Noun::Reminder, reminders).await?;
    counter::expect(tx, office, Noun::OutboxSequence, reminders).await
}

/// Makes a reminder of occurrences that were taken in this transaction; `None` when there are none.
///
/// # Errors
/// [`Conflict::InUse`] when another reminder speaks of one of them already, [`Conflict::Missing`] when
/// one of them, or the office, does not exist.
pub async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    destination: Destination,
    content: Content<'_>,
    made_at: DateTime<Utc>,
) -> Result<Option<Reminder>> {
    let Some(due_at) = content.first_due() else {
        return Ok(None);
    };
    let id = counter::next(tx, office, Noun::Reminder).await?;
    run!(
        tx,
        "insert into reminder (office_id, id, destination, due_at, made_at) \
         values ($1, $2, $3, $4, $5)",
        office.0,
        id,
        destination.code(),
        instant::to_stored(due_at),
        instant::to_stored(made_at),
    )?;
    append(tx, office, id, 0, content).await?;
    Ok(Some(Reminder {
        id: ReminderId(id),
        revision: 1,
        destination,
        due_at: instant::kept(due_at),
        made_at: instant::kept(made_at),
        items: content.items.to_vec(),
        passed: content.passed.to_vec(),
    }))
}

/// Adds what has come due together with what a reminder speaks of already, in this transaction or just
/// before; says its new revision. `None` when there is nothing to add.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such reminder or occurrence, [`Conflict::InUse`] when another
/// reminder speaks of one of them already.
pub async fn extend(
    tx: &mut Transaction,
    office: OfficeId,
    reminder: ReminderId,
    content: Content<'_>,
) -> Result<Option<i64>> {
    if content.first_due().is_none() {
        return Ok(None);
    }
    let row = optional!(
        tx,
        (i64,),
        "update reminder set revision = revision + 1 where office_id = $1 and id = $2 \
         returning revision",
        office.0,
        reminder.0,
    )?;
    let (revision,) = row.ok_or(Conflict::Missing)?;
    let (first,) = one!(
        tx,
        (i64,),
        "select coalesce(max(position) + 1, 0) from reminder_item \
         where office_id = $1 and reminder_id = $2",
        office.0,
        reminder.0,
    )?;
    append(tx, office, reminder.0, first, content).await?;
    Ok(Some(revision))
}

async fn append(
    tx: &mut Transaction,
    office: OfficeId,
    reminder: i64,
    first: i64,
    content: Content<'_>,
) -> Result<()> {
    for (position, (item, passed)) in (first..).zip(content.all()) {
        run!(
            tx,
            "insert into reminder_item \
             (office_id, reminder_id, position, occurrence_key, destination, passed) \
             values ($1, $2, $3, $4, $5, $6)",
            office.0,
            reminder,
            position,
            item.key.to_string(),
            item.destination.code(),
            passed,
        )
        .map_err(|error| error.naming(Conflict::InUse, Conflict::Missing))?;
    }
    Ok(())
}

/// What reminders are to say of a record and have not said yet, each with the place where its reminder
/// waits; at most 100.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a destination this one does not know.
pub async fn unsaid(
    connection: &mut Connection,
    office: OfficeId,
    subject: Subject,
) -> Result<Vec<(Occurrence, Destination)>> {
    let rows = all!(
        connection,
        (String, String, i64, String),
        "select occurrence.key, occurrence.destination, occurrence.due_at, outbox.destination \
         from reminder_item join occurrence on occurrence.office_id = reminder_item.office_id \
         and occurrence.key = reminder_item.occurrence_key \
         and occurrence.destination = reminder_item.destination \
         join outbox on outbox.office_id = reminder_item.office_id \
         and outbox.subject_kind = 'reminder' and outbox.subject_id = reminder_item.reminder_id \
         where reminder_item.office_id = $1 and not reminder_item.passed \
         and substr(reminder_item.occurrence_key, 1, length($2)) = $2 \
         and outbox.sent_revision = 0 order by occurrence.due_at, occurrence.key limit $3",
        office.0,
        subject.key_prefix(),
        UNSAID_MAX,
    )?;
    let place = |code: &str| Destination::from_code(code).ok_or(Error::Unreadable("destination"));
    let mut unsaid = Vec::with_capacity(rows.len());
    for (key, due_for, due_at, waits_at) in rows {
        let Ok(item) = occurrence::read(&key, place(&due_for)?, due_at) else {
            continue;
        };
        unsaid.push((item, place(&waits_at)?));
    }
    Ok(unsaid)
}

/// Revision, destination, first due, made, and of one item, if there is one: key, destination, due, passed.
type Row = (
    i64,
    String,
    i64,
    i64,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<bool>,
);

/// The reminder of a number. Items of a matter this version does not know are left out.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a destination this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    reminder: ReminderId,
) -> Result<Option<Reminder>> {
    let rows = all!(
        connection,
        Row,
        "select reminder.revision, reminder.destination, reminder.due_at, reminder.made_at, \
         occurrence.key, occurrence.destination, occurrence.due_at, reminder_item.passed \
         from reminder left join reminder_item on reminder_item.office_id = reminder.office_id \
         and reminder_item.reminder_id = reminder.id \
         left join occurrence on occurrence.office_id = reminder_item.office_id \
         and occurrence.key = reminder_item.occurrence_key \
         and occurrence.destination = reminder_item.destination \
         where reminder.office_id = $1 and reminder.id = $2 order by reminder_item.position",
        office.0,
        reminder.0,
    )?;
    let Some((revision, destination, due_at, made_at, ..)) = rows.first().cloned() else {
        return Ok(None);
    };
    let (mut items, mut passed) = (Vec::new(), Vec::new());
    for (.., key, place, due_at, is_passed) in rows {
        let Some((((key, place), due_at), is_passed)) = key.zip(place).zip(due_at).zip(is_passed)
        else {
            continue;
        };
        let place = Destination::from_code(&place).ok_or(Error::Unreadable("destination"))?;
        let Ok(item) = occurrence::read(&key, place, due_at) else {
            continue;
        };
        if is_passed {
            passed.push(item);
        } else {
            items.push(item);
        }
    }
    Ok(Some(Reminder {
        id: reminder,
        revision,
        destination: Destination::from_code(&destination)
            .ok_or(Error::Unreadable("destination"))?,
        due_at: instant::from_stored(due_at)?,
        made_at: instant::from_stored(made_at)?,
        items,
        passed,
    }))
}
