//! The outbox: everything that is said outside an answer, queue and post in one.
//!
//! One row per office, subject and destination says: make this subject right there, as of revision N;
//! and remembers what stands there. It is settled while the revision sent is the one wanted. No text
//! is kept: what is sent is rendered when it is sent.
//!
//! Rows go down one lane per destination. A lane is leased together with the row that is claimed, so
//! that one message at a time goes to a channel; a back-off blocks the lane. Rows of one subject keep
//! the order in which they were wanted: a row waits while an older one of its subject is unsettled,
//! refused ones included. Leases, back-off and waiting are in the time of the database, which all
//! processes share.
//!
//! - [`want`] puts something in, in the transaction of the change that causes it;
//! - [`claim`] hands rows to a worker; [`sent`], [`postponed`], [`removed`], [`lost`], [`retry`],
//!   [`doubt`] and [`refuse`] are the worker's words about them;
//! - [`recall`] takes back what was sent just now, which the worker does and notes by [`recalled`];
//! - [`want_discussion`] asks for a thread below a post, [`discussed`] and [`discussion_closed`] are the
//!   worker's words about it;
//! - [`stands`] says in which channels posts stand, [`want_away`] wants those of one anew, because its
//!   destination is bound to another now;
//! - [`next_due`], [`standing`] and [`counts`] look on.
//!
//! Why a row is refused, and who is told, is the matter of [`crate::stoppage`].

use crate::{
    counter::{self, Noun},
    dialect,
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    seal,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{ChannelId, MessageId, OfficeId, OutboxId, ServerId},
};
use std::time::Duration;

mod claim;
mod discussion;
mod removal;
mod word;

pub use crate::subject::{Subject, SubjectKind};
pub use claim::{CLAIMS_MAX, claim};
pub use discussion::{
    Asked, Discussion, discussed, discussion, discussion_closed, discussions_closed,
    want_discussion,
};
pub(crate) use removal::forget;
pub use removal::{Stand, stands, want_away, want_back};
pub use word::{doubt, lost, postponed, recall, recalled, refuse, removed, retry, sent};

/// Most rows of one office that wait to be sent; what would come on top is refused to the person.
pub const QUEUE_MAX: i64 = 50_000;

/// Rows a transaction may want after one look at how many wait; the last of [`QUEUE_MAX`] are looked at one
/// by one.
const LOOKED_AHEAD: i64 = 64;
/// Random bytes of a mark; written as hexadecimal letters it fits Discord's nonce of 25.
const MARK_BYTES: usize = 10;

/// A worker that claims rows.
#[derive(Clone, Copy, Debug)]
pub struct Worker<'a> {
    /// Names it in the database, for whoever looks there.
    pub id: &'a str,
}

/// A message that stands in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StandingPost {
    /// The channel; the forum where the post is a thread.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
    /// The thread of a forum post.
    pub thread: Option<ChannelId>,
}

/// A row in the hands of a worker until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The office.
    pub office: OfficeId,
    /// The office's server.
    pub server: ServerId,
    /// The revision of the office's set-up at this moment.
    pub set_up: i64,
    /// The row.
    pub id: OutboxId,
    /// What is to be made right.
    pub subject: Subject,
    /// Where.
    pub destination: Destination,
    /// What the message carries so that it can be found again: 20 hexadecimal letters.
    pub mark: String,
    /// The revision wanted.
    pub wanted: i64,
    /// The revision that stands there; 0 when nothing was ever sent.
    pub sent: i64,
    /// What stands there.
    pub post: Option<StandingPost>,
    /// How often it has failed since it last went well.
    pub attempts: i64,
    /// Since when it waits, by the clock of the office.
    pub first_wanted_at: DateTime<Utc>,
    /// An earlier claim ended without a word: what it did is unknown, so search for the mark first.
    pub recovering: bool,
    /// When the first claim without a word was made, in the time of the database.
    pub claimed_before: Option<DateTime<Utc>>,
    /// What stands there is to be taken back, whatever the subject asks for; then [`recalled`].
    pub recalled: bool,
    /// The thread below what stands there.
    pub discussion: Discussion,
    /// Which claim this is; the words of an older one do not count.
    pub(crate) claim: i64,
}

/// What is in the outbox, over all offices the bot is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that wait to be sent, those in hand included.
    pub waiting: i64,
    /// Rows that wait for a person, those behind a refused one of their subject included.
    pub refused: i64,
    /// How long the oldest of those that wait to be sent has waited; 0 when none does.
    pub oldest_waiting_seconds: i64,
}

/// Wants a subject to be right at a destination as of a revision, in the transaction of the change
/// that causes it. A row that was refused waits again; one that is settled at this revision stays so.
/// Whoever waits on [`crate::Store::outbox_changed`] is told after the commit.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office, [`Conflict::QueueFull`] when [`QUEUE_MAX`] of
/// its rows wait already.
pub async fn want(
    tx: &mut Transaction,
    office: OfficeId,
    subject: Subject,
    destination: Destination,
    revision: i64,
    now: DateTime<Utc>,
) -> Result<()> {
    find_room(tx, office).await?;
    want_beyond(tx, office, subject, destination, revision, now).await
}

/// Sees to it that one more row of an office may wait.
async fn find_room(tx: &mut Transaction, office: OfficeId) -> Result<()> {
    let known = tx.room.filter(|(of, _)| *of == office);
    let room = match known.map(|(_, room)| room).filter(|room| *room > 0) {
        Some(room) => room,
        None if waits(tx, office, QUEUE_MAX - LOOKED_AHEAD).await? => {
            if waits(tx, office, QUEUE_MAX).await? {
                return Err(Conflict::QueueFull.into());
            }
            1
        }
        None => LOOKED_AHEAD,
    };
    tx.room = Some((office, room - 1));
    Ok(())
}

/// Whether at least so many rows of an office wait.
async fn waits(connection: &mut Connection, office: OfficeId, rows: i64) -> Result<bool> {
    let last = optional!(
        connection,
        (i64,),
        "select id from outbox where office_id = $1 and wanted_revision > sent_revision \
         limit 1 offset $2",
        office.0,
        rows - 1,
    )?;
    Ok(last.is_some())
}

/// As [`want`], without a limit: for what the bot itself has to say about the queue.
pub(crate) async fn want_beyond(
    tx: &mut Transaction,
    office: OfficeId,
    subject: Subject,
    destination: Destination,
    revision: i64,
    now: DateTime<Utc>,
) -> Result<()> {
    let code = destination.code();
    let wanted_at = instant::to_stored(now);
    let db_now = instant::to_stored(dialect::now(tx).await?);
    run!(
        tx,
        "insert into outbox_lane (office_id, destination) values ($1, $2) \
         on conflict (office_id, destination) do nothing",
        office.0,
        &code,
    )
    .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    // Its first place in the order is the number of the row, too. It is taken beforehand; a row that exists
    // does not use it up beyond a gap nobody sees.
    let place = counter::next(tx, office, Noun::OutboxSequence).await?;
    run!(
        tx,
        "insert into outbox (office_id, id, subject_kind, subject_id, destination, mark, sequence, \
         wanted_revision, first_wanted_at, latest_wanted_at, waiting_since) \
         values ($1, $2, $3, $4, $5, $6, $2, $7, $8, $8, $9) \
         on conflict (office_id, subject_kind, subject_id, destination) do update set \
         sequence = case when outbox.wanted_revision > outbox.sent_revision \
             then outbox.sequence else excluded.sequence end, \
         first_wanted_at = case when outbox.wanted_revision > outbox.sent_revision \
             then outbox.first_wanted_at else excluded.first_wanted_at end, \
         waiting_since = case when outbox.wanted_revision > outbox.sent_revision \
             then outbox.waiting_since else excluded.waiting_since end, \
         attempts = case when outbox.refused_code is null then outbox.attempts else 0 end, \
         wanted_revision = case when excluded.wanted_revision > outbox.wanted_revision \
             then excluded.wanted_revision else outbox.wanted_revision end, \
         latest_wanted_at = excluded.latest_wanted_at, \
         refused_code = null",
        office.0,
        place,
        subject.kind.code(),
        subject.id,
        &code,
        new_mark()?,
        revision,
        wanted_at,
        db_now,
    )?;
    tx.queued = true;
    Ok(())
}

/// Whether a subject was ever wanted anywhere. What never was needs nothing put right.
///
/// # Errors
/// As [`wanted_at`].
pub async fn is_known(
    connection: &mut Connection,
    office: OfficeId,
    subject: Subject,
) -> Result<bool> {
    Ok(!wanted_at(connection, office, subject).await?.is_empty())
}

/// Every destination a subject was ever wanted at.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a destination this one does not know.
pub async fn wanted_at(
    connection: &mut Connection,
    office: OfficeId,
    subject: Subject,
) -> Result<Vec<Destination>> {
    let rows = all!(
        connection,
        (String,),
        "select destination from outbox \
         where office_id = $1 and subject_kind = $2 and subject_id = $3 order by id",
        office.0,
        subject.kind.code(),
        subject.id,
    )?;
    rows.iter().map(|(code,)| destination_of(code)).collect()
}

/// When the next row may be claimed, in the time of the database; past when one may be claimed now,
/// `None` when nothing waits.
///
/// # Errors
/// [`Error::Database`].
pub async fn next_due(connection: &mut Connection) -> Result<Option<DateTime<Utc>>> {
    let (micros,) = one!(connection, (Option<i64>,), claim::NEXT_DUE)?;
    instant::from_stored_option(micros)
}

/// How long until the next row may be claimed, measured by the database, so that clocks of machines
/// that differ do not matter; zero when one may be claimed now, `None` when nothing waits.
///
/// # Errors
/// [`Error::Database`].
pub async fn next_due_in(connection: &mut Connection) -> Result<Option<Duration>> {
    let Some(due) = next_due(connection).await? else {
        return Ok(None);
    };
    let wait = due - dialect::now(connection).await?;
    Ok(Some(wait.to_std().unwrap_or(Duration::ZERO)))
}

/// Where a subject stands now: destination, message, and the revision that was sent.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a destination this one does not know.
pub async fn standing(
    connection: &mut Connection,
    office: OfficeId,
    subject: Subject,
) -> Result<Vec<(Destination, StandingPost, i64)>> {
    let rows = all!(
        connection,
        (String, i64, i64, Option<i64>, i64),
        "select destination, channel_id, message_id, thread_id, sent_revision from outbox \
         where office_id = $1 and subject_kind = $2 and subject_id = $3 \
         and message_id is not null order by id",
        office.0,
        subject.kind.code(),
        subject.id,
    )?;
    rows.into_iter()
        .map(|(destination, channel, message, thread, sent)| {
            let post = StandingPost {
                channel: ChannelId::from_stored(channel),
                message: MessageId::from_stored(message),
                thread: thread.map(ChannelId::from_stored),
            };
            Ok((destination_of(&destination)?, post, sent))
        })
        .collect()
}

/// Lets the refused rows of a destination wait again, because what was wrong with it may be mended;
/// says how many there were.
///
/// # Errors
/// [`Error::Database`].
pub async fn release_refused(
    tx: &mut Transaction,
    office: OfficeId,
    destination: Destination,
) -> Result<u64> {
    let released = run!(
        tx,
        "update outbox set refused_code = null, attempts = 0 \
         where office_id = $1 and destination = $2 and refused_code is not null",
        office.0,
        destination.code(),
    )?;
    tx.queued |= released > 0;
    Ok(released)
}

/// Counts for metrics.
///
/// # Errors
/// [`Error::Database`].
pub async fn counts(connection: &mut Connection) -> Result<Counts> {
    let (waiting, refused, oldest) = one!(
        connection,
        (i64, i64, Option<i64>),
        "select count(case when not stopped then 1 end), count(case when stopped then 1 end), \
         min(case when not stopped then waiting_since end) \
         from (select item.waiting_since, item.refused_code is not null or exists \
         (select 1 from outbox as older where older.office_id = item.office_id \
         and older.subject_kind = item.subject_kind and older.subject_id = item.subject_id \
         and older.sequence < item.sequence and older.refused_code is not null \
         and older.wanted_revision > older.sent_revision) as stopped \
         from outbox as item join office on office.id = item.office_id \
         where item.wanted_revision > item.sent_revision and office.left_at is null) as counted",
    )?;
    let waited = match instant::from_stored_option(oldest)? {
        Some(since) => dialect::now(connection).await? - since,
        None => chrono::TimeDelta::zero(),
    };
    Ok(Counts {
        waiting,
        refused,
        oldest_waiting_seconds: waited.num_seconds().max(0),
    })
}

fn new_mark() -> Result<String> {
    let mut bytes = [0; MARK_BYTES];
    seal::random(&mut bytes)?;
    Ok(seal::to_hex(&bytes))
}

pub(crate) fn destination_of(code: &str) -> Result<Destination> {
    Destination::from_code(code).ok_or(Error::Unreadable("destination"))
}
