//! What a worker says about a row it has claimed. Each word counts only while the claim is the row's
//! latest: a worker that was too slow is told `false` and changes nothing.

use super::{Claimed, StandingPost, new_mark};
use crate::{
    binding, dialect,
    error::Result,
    instant,
    link::{Transaction, optional, run},
    stoppage,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audience::Destination,
    id::{ChannelId, OfficeId},
};

/// The post now stands there as of `revision`. Something newer that was wanted meanwhile waits on, and so
/// does a thread that was asked for meanwhile. If
/// the channel turned out to be open to others while it was on its way, it is to be taken back.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn sent(
    tx: &mut Transaction,
    claimed: &Claimed,
    revision: i64,
    post: StandingPost,
) -> Result<bool> {
    stands(tx, claimed, revision, post, None).await
}

/// As [`sent`], but something small is still to be done there (another title), in so many seconds:
/// the row then comes again, and until then nobody waits for it.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn postponed(
    tx: &mut Transaction,
    claimed: &Claimed,
    revision: i64,
    post: StandingPost,
    after_seconds: i64,
) -> Result<bool> {
    stands(tx, claimed, revision, post, Some(after_seconds)).await
}

async fn stands(
    tx: &mut Transaction,
    claimed: &Claimed,
    revision: i64,
    post: StandingPost,
    after_seconds: Option<i64>,
) -> Result<bool> {
    let now = dialect::now(tx).await?;
    let again = after_seconds.map(|seconds| now + TimeDelta::seconds(seconds));
    // What is to be taken back, or has to move on because its destination got another channel while it was
    // on its way, counts as not sent.
    let touched = run!(
        tx,
        concat!(
            "update outbox set sent_revision = case when ",
            stoppage::open_to_others!(),
            " or coalesce(",
            binding::bound!(),
            " <> $7, false) then 0 else $6 end, \
             channel_id = $7, message_id = $8, thread_id = $9, \
             attempts = 0, lease_owner = null, lease_until = null, claimed_at = null, \
             doubtful_since = null, first_wanted_at = latest_wanted_at, waiting_since = $10, \
             sent_at = $10, recalled_at = case when ",
            stoppage::open_to_others!(),
            " then $10 end, \
             not_before = case when discussion_wanted then $10 else $11 end \
             where office_id = $1 and id = $4 and claims = $5 and lease_owner is not null"
        ),
        claimed.office.0,
        claimed.destination.code(),
        binding::number_of(claimed.destination),
        claimed.id.0,
        claimed.claim,
        revision,
        post.channel.to_stored(),
        post.message.to_stored(),
        post.thread.map(ChannelId::to_stored),
        instant::to_stored(now),
        again.map(instant::to_stored),
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
         waiting_since = $6, sent_at = null, not_before = null, recalled_at = null, \
         discussion_wanted = false \
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

/// What became of it is not known, but the request has ended: nothing of it is on its way any more. The
/// doubt stays; the lane is free again after so many seconds, without waiting for the lease.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn doubt(tx: &mut Transaction, claimed: &Claimed, after_seconds: i64) -> Result<bool> {
    let now = dialect::now(tx).await?;
    let touched = run!(
        tx,
        "update outbox set attempts = attempts + 1, lease_owner = null, lease_until = null, \
         doubtful_since = coalesce(doubtful_since, claimed_at), claimed_at = null \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
    )?;
    let free_at = now + TimeDelta::seconds(after_seconds);
    release(tx, claimed, touched, free_at).await
}

/// It cannot be sent until a person does something; the code says why. It blocks only its subject. One
/// that could not be taken back stays where it is.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn refuse(tx: &mut Transaction, claimed: &Claimed, code: &str) -> Result<bool> {
    let now = dialect::now(tx).await?;
    // What an earlier claim may have left there is still to be looked for and taken back.
    let touched = run!(
        tx,
        "update outbox set refused_code = $4, lease_owner = null, lease_until = null, \
         claimed_at = null, \
         recalled_at = case when $5 or doubtful_since is null then null else recalled_at end \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
        code,
        claimed.recalled,
    )?;
    release(tx, claimed, touched, now).await
}

/// Takes back what was sent or edited at a destination within the last seconds, and whatever may have
/// been: it waits for a worker to delete it, before anything else of its lane. Says how many posts
/// stand there that are taken back.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn recall(
    tx: &mut Transaction,
    office: OfficeId,
    destination: Destination,
    seconds: i64,
) -> Result<u64> {
    let now = dialect::now(tx).await?;
    let code = destination.code();
    let standing = run!(
        tx,
        "update outbox set recalled_at = $3, sent_revision = 0, refused_code = null \
         where office_id = $1 and destination = $2 and recalled_at is null \
         and message_id is not null and sent_at >= $4",
        office.0,
        &code,
        instant::to_stored(now),
        instant::to_stored(now - TimeDelta::seconds(seconds)),
    )?;
    // A claim that says nothing more may have left a post that nobody knows of yet.
    let doubtful = run!(
        tx,
        "update outbox set recalled_at = $3, refused_code = null \
         where office_id = $1 and destination = $2 and recalled_at is null \
         and message_id is null and wanted_revision > sent_revision \
         and (doubtful_since is not null or claimed_at is not null)",
        office.0,
        &code,
        instant::to_stored(now),
    )?;
    if standing + doubtful == 0 {
        return Ok(0);
    }
    // A back-off does not keep it waiting; a lease does.
    run!(
        tx,
        "update outbox_lane set free_at = $3 \
         where office_id = $1 and destination = $2 and free_at > $3 \
         and not exists (select 1 from outbox where outbox.office_id = outbox_lane.office_id \
         and outbox.id = outbox_lane.held_by and outbox.lease_owner is not null)",
        office.0,
        &code,
        instant::to_stored(now),
    )?;
    tx.queued = true;
    Ok(standing)
}

/// It was taken back and stands there no more. It comes again, under a new mark, when the channel
/// holds: now, if it does by now.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn recalled(tx: &mut Transaction, claimed: &Claimed) -> Result<bool> {
    let now = dialect::now(tx).await?;
    let hindered = stoppage::code_at(tx, claimed.office, claimed.destination).await?;
    let touched = run!(
        tx,
        "update outbox set sent_revision = 0, channel_id = null, message_id = null, \
         thread_id = null, mark = $4, refused_code = $5, attempts = 0, lease_owner = null, \
         lease_until = null, claimed_at = null, doubtful_since = null, sent_at = null, \
         not_before = null, recalled_at = null, discussion_wanted = false \
         where office_id = $1 and id = $2 and claims = $3 and lease_owner is not null",
        claimed.office.0,
        claimed.id.0,
        claimed.claim,
        new_mark()?,
        hindered,
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
