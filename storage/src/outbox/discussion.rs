//! The thread below a post in a text channel, in which people talk about it: wanted by somebody, opened
//! by a worker, closed when its post goes away.
//!
//! The wish stands on the row of the post, so that it is made once however often it is asked for, waits
//! with the post where nothing may be sent, and goes when the post does.

use super::{Claimed, StandingPost, Subject, destination_of};
use crate::{
    dialect,
    error::Result,
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use domain::{
    audience::Destination,
    id::{ChannelId, MessageId, OfficeId},
};

/// The thread of a post as a worker finds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Discussion {
    /// Somebody asked for it, or whether it is still there.
    pub wanted: bool,
    /// The thread that was opened last.
    pub thread: Option<ChannelId>,
    /// It was closed, because its post went away.
    pub closed: bool,
}

impl Discussion {
    /// The thread in which people can talk now.
    #[must_use]
    pub fn open(self) -> Option<ChannelId> {
        self.thread.filter(|_| !self.closed)
    }
}

/// What a person who asks for a thread is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The post it belongs to.
    pub post: StandingPost,
    /// The thread as far as it is known.
    pub discussion: Discussion,
    /// Why it could not be opened the last time: a code such as `discord-160006`.
    pub code: Option<String>,
}

/// What stands at a destination of a subject, with its thread; `None` where nothing stands.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn discussion(
    connection: &mut Connection,
    office: OfficeId,
    subject: Subject,
    destination: Destination,
) -> Result<Option<Asked>> {
    let row = optional!(
        connection,
        (
            i64,
            i64,
            Option<i64>,
            bool,
            Option<i64>,
            bool,
            Option<String>
        ),
        "select channel_id, message_id, thread_id, discussion_wanted, discussion_id, \
         discussion_closed, discussion_code from outbox where office_id = $1 and subject_kind = $2 \
         and subject_id = $3 and destination = $4 and message_id is not null",
        office.0,
        subject.kind.code(),
        subject.id,
        destination.code(),
    )?;
    Ok(row.map(
        |(channel, message, thread, wanted, discussion, closed, code)| Asked {
            post: StandingPost {
                channel: ChannelId::from_stored(channel),
                message: MessageId::from_stored(message),
                thread: thread.map(ChannelId::from_stored),
            },
            discussion: Discussion {
                wanted,
                thread: discussion.map(ChannelId::from_stored),
                closed,
            },
            code,
        },
    ))
}

/// Wants a thread below what stands at a destination, or to know that the one there is still open.
/// `false` when it is wanted already, or nothing stands there that could have one.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn want_discussion(
    tx: &mut Transaction,
    office: OfficeId,
    subject: Subject,
    destination: Destination,
) -> Result<bool> {
    let now = instant::to_stored(dialect::now(tx).await?);
    let wanted = run!(
        tx,
        "update outbox set discussion_wanted = true, discussion_code = null, not_before = $5 \
         where office_id = $1 and subject_kind = $2 and subject_id = $3 and destination = $4 \
         and message_id is not null and thread_id is null and not discussion_wanted",
        office.0,
        subject.kind.code(),
        subject.id,
        destination.code(),
        now,
    )?;
    tx.queued |= wanted > 0;
    Ok(wanted > 0)
}

/// The wish is dealt with: the thread stands there, or why it could not be opened. The row stays in the
/// worker's hands. `false` when the claim is no longer the latest.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn discussed(
    tx: &mut Transaction,
    claimed: &Claimed,
    opened: std::result::Result<ChannelId, &str>,
) -> Result<bool> {
    let touched = run!(
        tx,
        "update outbox set discussion_wanted = false, \
         discussion_id = coalesce($4, discussion_id), \
         discussion_closed = case when $4 is null then discussion_closed else false end, \
         discussion_code = $5 \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
        opened.ok().map(ChannelId::to_stored),
        opened.err(),
    )?;
    Ok(touched > 0)
}

/// The thread was archived and locked, or is gone (`None`): its post goes away. The row stays in the
/// worker's hands. `false` when the claim is no longer the latest.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn discussion_closed(
    tx: &mut Transaction,
    claimed: &Claimed,
    left: Option<ChannelId>,
) -> Result<bool> {
    let touched = run!(
        tx,
        "update outbox set discussion_wanted = false, discussion_id = $4, discussion_closed = $5, \
         discussion_code = null \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
        left.map(ChannelId::to_stored),
        left.is_some(),
    )?;
    Ok(touched > 0)
}

/// The threads of a subject that were closed and still stand somewhere, with the destination whose
/// people wrote in them.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a destination this one does not know.
pub async fn discussions_closed(
    connection: &mut Connection,
    office: OfficeId,
    subject: Subject,
) -> Result<Vec<(Destination, ChannelId)>> {
    let rows = all!(
        connection,
        (String, i64),
        "select destination, discussion_id from outbox where office_id = $1 and subject_kind = $2 \
         and subject_id = $3 and discussion_closed and discussion_id is not null \
         order by destination",
        office.0,
        subject.kind.code(),
        subject.id,
    )?;
    rows.into_iter()
        .map(|(destination, thread)| {
            Ok((
                destination_of(&destination)?,
                ChannelId::from_stored(thread),
            ))
        })
        .collect()
}
