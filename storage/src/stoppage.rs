//! Stoppages (送信の停止): what hinders sending, from its beginning to its end, and what others could
//! read meanwhile.
//!
//! A stoppage is of a whole channel use, or of one message that Discord will not take. It begins in the
//! transaction that refuses a row, or when a channel that posts stand in turns out to be open to
//! others; it ends when the channel holds again. Both count the office's revision up, because an
//! office carries what is open, and both want its card at the desk: never about the desk itself, which
//! could not be written to, until that is over.
//!
//! No sentence is kept and nothing is sent here: codes, ids and links to posts only.

use crate::{
    error::{Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    outbox::{self, Claimed, StandingPost, destination_of},
    subject::{Subject, SubjectKind},
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{ChannelId, MessageId, OfficeId, StoppageId},
    stoppage::Stopped,
};
use place::Place;
use serde_json::Value;

mod place;

/// What was sent this long before a channel turned out to be open to others is taken back (DESIGN
/// section 2, rule 5).
pub const RECALL_SECONDS: i64 = 60;
/// Most posts of one stoppage that are remembered as having been visible; beyond it they are counted.
pub const VISIBLE_MAX: i64 = 100;
/// Most ids that are remembered of one cause.
pub const DETAILS_MAX: usize = 50;

/// Why nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// A stable word such as `drift-everyone`, 1 to 60 characters.
    pub code: String,
    /// Others can read what stands in the channel.
    pub widens: bool,
    /// Codes with ids of roles and members, such as `role:12`; beyond [`DETAILS_MAX`] they are cut off.
    pub details: Vec<String>,
}

impl Cause {
    /// Discord refuses although the channel holds as far as it can be seen: only a message that goes
    /// through shows that it is over.
    fn is_discords(code: &str) -> bool {
        code.starts_with("discord-") || code.starts_with("http-")
    }

    fn details(&self) -> String {
        let kept = self.details.iter().take(DETAILS_MAX);
        Value::from_iter(kept.map(String::as_str)).to_string()
    }
}

/// A post that others could read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    /// What it is about.
    pub subject: Subject,
    /// Where it stands.
    pub post: StandingPost,
}

/// A stoppage as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stoppage {
    /// Its number within the office.
    pub id: StoppageId,
    /// The channel use.
    pub destination: Destination,
    /// The one message it is about; `None` for the whole channel.
    pub subject: Option<Subject>,
    /// Why, as last seen.
    pub cause: Cause,
    /// Since when, by the clock of the office.
    pub began_at: DateTime<Utc>,
    /// Until when; `None` while it is open.
    pub ended_at: Option<DateTime<Utc>>,
    /// Counts what changed about it.
    pub revision: i64,
    /// The first posts that others could read, at most [`VISIBLE_MAX`].
    pub visible: Vec<Visible>,
    /// Posts that others could read.
    pub visible_total: i64,
    /// Posts that were taken back because they had just been sent.
    pub recalled_total: i64,
    /// Messages that were let go when it ended.
    pub released_total: i64,
}

/// A stoppage begins, or goes on: a row was just refused. A cause that differs takes the place of the
/// one before; either way the card at the desk is drawn again, as more waits now. `None` for the card
/// of a stoppage itself, which nothing is told about.
///
/// # Errors
/// [`Error::Database`].
pub async fn begin(
    tx: &mut Transaction,
    office: OfficeId,
    destination: Destination,
    subject: Option<Subject>,
    cause: &Cause,
    now: DateTime<Utc>,
) -> Result<Option<StoppageId>> {
    if subject.is_some_and(|subject| subject.kind == SubjectKind::Stoppage) {
        return Ok(None);
    }
    let place = Place {
        office,
        destination,
        subject,
    };
    match place.look(tx).await? {
        None => place.open(tx, cause, now).await.map(Some),
        Some(open) => {
            if !place.change(tx, &open, cause, now).await? {
                place.tell(tx, open.id, true, now).await?;
            }
            Ok(Some(StoppageId(open.id)))
        }
    }
}

/// A channel does not hold, though nothing was refused: an open stoppage gets this cause, and one
/// begins where others can now read what stands there, or at the desk, which is looked at for itself.
///
/// # Errors
/// [`Error::Database`].
pub async fn observe(
    tx: &mut Transaction,
    office: OfficeId,
    destination: Destination,
    cause: &Cause,
    now: DateTime<Utc>,
) -> Result<()> {
    let place = Place {
        office,
        destination,
        subject: None,
    };
    if let Some(open) = place.look(tx).await? {
        return place.change(tx, &open, cause, now).await.map(drop);
    }
    if destination == Destination::Desk || cause.widens && place.holds_posts(tx).await? {
        place.open(tx, cause, now).await?;
    }
    Ok(())
}

/// A channel holds: its refused rows wait again, and its stoppages end, but for what Discord itself
/// refuses, which ends when a message goes through or none waits. Says how many rows wait again.
///
/// # Errors
/// [`Error::Database`].
pub async fn mend(
    tx: &mut Transaction,
    office: OfficeId,
    destination: Destination,
    now: DateTime<Utc>,
) -> Result<u64> {
    let released = outbox::release_refused(tx, office, destination).await?;
    for (id, subject, code) in open_here(tx, office, destination).await? {
        let place = Place {
            office,
            destination,
            subject,
        };
        if Cause::is_discords(&code) && waiting(tx, office, destination, subject, 0).await?.1 > 0 {
            continue;
        }
        place.close(tx, id, released.cast_signed(), now).await?;
    }
    Ok(released)
}

/// A message went through, or nothing is to stand there any more: what Discord itself refused is over,
/// of this message, and of the channel if the message was a new one. What waits in the channel may be
/// tried again then.
///
/// # Errors
/// [`Error::Database`].
pub async fn passed(tx: &mut Transaction, claimed: &Claimed, now: DateTime<Utc>) -> Result<()> {
    let (office, destination) = (claimed.office, claimed.destination);
    for (id, subject, code) in open_here(tx, office, destination).await? {
        let is_over = match subject {
            Some(subject) => subject == claimed.subject,
            None => claimed.post.is_none(),
        };
        if !is_over || !Cause::is_discords(&code) {
            continue;
        }
        let released = match subject {
            Some(_) => 0,
            None => outbox::release_refused(tx, office, destination).await?,
        };
        let place = Place {
            office,
            destination,
            subject,
        };
        place.close(tx, id, released.cast_signed(), now).await?;
    }
    Ok(())
}

/// A post could not be taken back: others can read it like those that stood longer.
///
/// # Errors
/// [`Error::Database`].
pub async fn stays(tx: &mut Transaction, claimed: &Claimed, now: DateTime<Utc>) -> Result<()> {
    let place = Place {
        office: claimed.office,
        destination: claimed.destination,
        subject: None,
    };
    let Some(post) = claimed.post else {
        return Ok(());
    };
    let Some(open) = place.look(tx).await? else {
        return Ok(());
    };
    run!(
        tx,
        "update stoppage set visible_total = visible_total + 1, \
         recalled_total = case when recalled_total > 0 then recalled_total - 1 else 0 end \
         where office_id = $1 and id = $2",
        place.office.0,
        open.id,
    )?;
    run!(
        tx,
        "insert into stoppage_visible (office_id, stoppage_id, message_id, channel_id, thread_id, \
         subject_kind, subject_id) values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (office_id, stoppage_id, message_id) do nothing",
        place.office.0,
        open.id,
        post.message.to_stored(),
        post.channel.to_stored(),
        post.thread.map(ChannelId::to_stored),
        claimed.subject.kind.code(),
        claimed.subject.id,
    )?;
    place.tell(tx, open.id, true, now).await
}

/// A stoppage, open or ended.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    id: StoppageId,
) -> Result<Option<Stoppage>> {
    let row = optional!(
        connection,
        Row,
        "select destination, subject_kind, subject_id, code, widens, details, began_at, ended_at, \
         revision, visible_total, recalled_total, released_total from stoppage \
         where office_id = $1 and id = $2",
        office.0,
        id.0,
    )?;
    let Some(row) = row else { return Ok(None) };
    let visible = visible(connection, office, id).await?;
    let (destination, kind, subject, code, widens, details, began, ended, revision, ..) = &row;
    Ok(Some(Stoppage {
        id,
        destination: destination_of(destination)?,
        subject: subject_of(kind.as_deref(), *subject)?,
        cause: Cause {
            code: code.clone(),
            widens: *widens,
            details: serde_json::from_str(details).map_err(|_| Error::Json)?,
        },
        began_at: instant::from_stored(*began)?,
        ended_at: instant::from_stored_option(*ended)?,
        revision: *revision,
        visible,
        visible_total: row.9,
        recalled_total: row.10,
        released_total: row.11,
    }))
}

/// Destination, kind and id of the subject, code, widens, details, began, ended, revision, visible,
/// recalled, released.
type Row = (
    String,
    Option<String>,
    Option<i64>,
    String,
    bool,
    String,
    i64,
    Option<i64>,
    i64,
    i64,
    i64,
    i64,
);

async fn visible(
    connection: &mut Connection,
    office: OfficeId,
    id: StoppageId,
) -> Result<Vec<Visible>> {
    let rows = all!(
        connection,
        (i64, i64, Option<i64>, String, i64),
        "select channel_id, message_id, thread_id, subject_kind, subject_id from stoppage_visible \
         where office_id = $1 and stoppage_id = $2 order by subject_kind, subject_id, message_id",
        office.0,
        id.0,
    )?;
    rows.into_iter()
        .map(|(channel, message, thread, kind, subject)| {
            Ok(Visible {
                subject: Subject::from_stored(&kind, subject)?,
                post: StandingPost {
                    channel: ChannelId::from_stored(channel),
                    message: MessageId::from_stored(message),
                    thread: thread.map(ChannelId::from_stored),
                },
            })
        })
        .collect()
}

/// What waits at a destination, or of one subject there: the first subjects in the order in which they
/// were wanted, and how many rows it is in all.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn waiting(
    connection: &mut Connection,
    office: OfficeId,
    destination: Destination,
    subject: Option<Subject>,
    limit: i64,
) -> Result<(Vec<Subject>, i64)> {
    let code = destination.code();
    let (kind, id) = (subject.map(|s| s.kind.code()), subject.map(|s| s.id));
    let (total,) = one!(
        connection,
        (i64,),
        "select count(*) from outbox where office_id = $1 and destination = $2 \
         and wanted_revision > sent_revision \
         and ($3 is null or (subject_kind = $3 and subject_id = $4))",
        office.0,
        &code,
        kind,
        id,
    )?;
    let rows = all!(
        connection,
        (String, i64),
        "select subject_kind, subject_id from outbox where office_id = $1 and destination = $2 \
         and wanted_revision > sent_revision \
         and ($3 is null or (subject_kind = $3 and subject_id = $4)) order by sequence limit $5",
        office.0,
        &code,
        kind,
        id,
        limit,
    )?;
    let first = rows
        .into_iter()
        .map(|(kind, id)| Subject::from_stored(&kind, id))
        .collect::<Result<Vec<Subject>>>()?;
    Ok((first, total))
}

/// Channel uses of an office that nothing is sent to now.
pub(crate) async fn open(connection: &mut Connection, office: OfficeId) -> Result<Vec<Stopped>> {
    let rows = all!(
        connection,
        (i64, String, String, bool),
        "select id, destination, code, widens from stoppage \
         where office_id = $1 and subject_kind is null and ended_at is null order by id",
        office.0,
    )?;
    rows.into_iter()
        .map(|(id, destination, code, widens)| {
            Ok(Stopped {
                id: StoppageId(id),
                destination: destination_of(&destination)?,
                code,
                widens,
            })
        })
        .collect()
}

/// How many stoppages are open, over all offices.
///
/// # Errors
/// [`Error::Database`].
pub async fn open_total(connection: &mut Connection) -> Result<i64> {
    let (open,) = one!(
        connection,
        (i64,),
        "select count(*) from stoppage where ended_at is null"
    )?;
    Ok(open)
}

/// Whether others can read what stands in office `$1` at the destination of the code `$2` now.
macro_rules! open_to_others {
    () => {
        "exists (select 1 from stoppage where stoppage.office_id = $1 and stoppage.destination = $2 \
         and stoppage.subject_kind is null and stoppage.ended_at is null and stoppage.widens)"
    };
}

pub(crate) use open_to_others;

/// Why nothing is sent to a destination now, if so.
pub(crate) async fn code_at(
    connection: &mut Connection,
    office: OfficeId,
    destination: Destination,
) -> Result<Option<String>> {
    let open = optional!(
        connection,
        (String,),
        "select code from stoppage where office_id = $1 and destination = $2 \
         and subject_kind is null and ended_at is null",
        office.0,
        destination.code(),
    )?;
    Ok(open.map(|(code,)| code))
}

/// Everything open at a destination: its number, its message if it is of one, and its code.
async fn open_here(
    connection: &mut Connection,
    office: OfficeId,
    destination: Destination,
) -> Result<Vec<(i64, Option<Subject>, String)>> {
    let rows = all!(
        connection,
        (i64, Option<String>, Option<i64>, String),
        "select id, subject_kind, subject_id, code from stoppage \
         where office_id = $1 and destination = $2 and ended_at is null order by id",
        office.0,
        destination.code(),
    )?;
    rows.into_iter()
        .map(|(id, kind, subject, code)| Ok((id, subject_of(kind.as_deref(), subject)?, code)))
        .collect()
}

fn subject_of(kind: Option<&str>, id: Option<i64>) -> Result<Option<Subject>> {
    kind.zip(id)
        .map(|(kind, id)| Subject::from_stored(kind, id))
        .transpose()
}
