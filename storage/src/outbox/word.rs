//! What a worker says about a row it has claimed. Each word counts only while the claim is the row's
//! latest: a worker that was too slow is told `false` and changes nothing.

use super::{Claimed, StandingPost, new_mark};
use crate::{
    dialect,
    error::Result,
    instant,
    link::{Transaction, optional, run},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::ChannelId;

/// The post now stands there as of `revision`. Something newer that was wanted meanwhile waits on.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn sent(
    tx: &mut Transaction,
    claimed: &Claimed,
    revision: i64,
    post: StandingPost,
) -> Result<bool> {
    let now = dialect::now(tx).await?;
    let touched = run!(
        tx,
        "update outbox set sent_revision = $4, channel_id = $5, message_id = $6, thread_id = $7, \
         attempts = 0, lease_owner = null, lease_until = null, claimed_at = null, \
         doubtful_since = null, first_wanted_at = latest_wanted_at, waiting_since = $8 \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
        revision,
        post.channel.to_stored(),
        post.message.to_stored(),
        post.thread.map(ChannelId::to_stored),
        instant::to_stored(now),
    )?;
    release(tx, claimed, touched, now).await
}

/// Nothing stands there now, as of `revision`. A post that comes there later carries a new mark, so
/// that it is not taken for this one.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn removed(tx: &mut Transaction, claimed: &Claimed, revision: i64) -> Result<bool> {
    let now = dialect::now(tx).await?;
    let touched = run!(
        tx,
        "update outbox set sent_revision = $4, channel_id = null, message_id = null, \
         thread_id = null, mark = $5, attempts = 0, lease_owner = null, lease_until = null, \
         claimed_at = null, doubtful_since = null, first_wanted_at = latest_wanted_at, \
         waiting_since = $6 \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
        revision,
        new_mark()?,
        instant::to_stored(now),
    )?;
    release(tx, claimed, touched, now).await
}

/// What stood there was deleted by hand: it is forgotten, and the row, still in the worker's hands,
/// has the new mark that is returned. `None` when the claim is no longer the latest.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn lost(tx: &mut Transaction, claimed: &Claimed) -> Result<Option<String>> {
    let row = optional!(
        tx,
        (String,),
        "update outbox set channel_id = null, message_id = null, thread_id = null, mark = $4 \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null \
         returning mark",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
        new_mark()?,
    )?;
    Ok(row.map(|(mark,)| mark))
}

/// It failed for now and is known not to stand there: try again, and leave the destination alone
/// until then. (Where it is not known what became of it, say nothing and let the lease end.)
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn retry(tx: &mut Transaction, claimed: &Claimed, after_seconds: i64) -> Result<bool> {
    let now = dialect::now(tx).await?;
    let touched = run!(
        tx,
        "update outbox set attempts = attempts + 1, lease_owner = null, lease_until = null, \
         claimed_at = null \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
    )?;
    release(
        tx,
        claimed,
        touched,
        now + TimeDelta::seconds(after_seconds),
    )
    .await
}

/// It cannot be sent until a person does something; the code says why. It blocks only its subject.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn refuse(tx: &mut Transaction, claimed: &Claimed, code: &str) -> Result<bool> {
    let now = dialect::now(tx).await?;
    let touched = run!(
        tx,
        "update outbox set refused_code = $4, lease_owner = null, lease_until = null, \
         claimed_at = null \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
        code,
    )?;
    release(tx, claimed, touched, now).await
}

/// Opens the lane at a time, if the word counted and nobody else holds the lane by now.
async fn release(
    tx: &mut Transaction,
    claimed: &Claimed,
    touched: u64,
    free_at: DateTime<Utc>,
) -> Result<bool> {
    if touched == 0 {
        return Ok(false);
    }
    run!(
        tx,
        "update outbox_lane set free_at = $4 \
         where office_id = $1 and destination = $2 and held_by = $3",
        claimed.office.0,
        claimed.destination.code(),
        claimed.id.0,
        instant::to_stored(free_at),
    )?;
    // What waited behind it may go now.
    tx.queued = true;
    Ok(true)
}
