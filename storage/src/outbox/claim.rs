//! Claiming: which rows may go out now, and handing them to one worker.

use super::{Claimed, StandingPost, Subject, Worker, destination_of};
use crate::{
    dialect,
    error::Result,
    instant,
    link::{Transaction, all, one, run},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{ChannelId, MessageId, OfficeId, OutboxId, ServerId};

/// Most rows one call hands out; a higher limit counts as this one.
pub const CLAIMS_MAX: i64 = 50;

/// The rows that may go out as far as their subject is concerned, of offices the bot is in. By `turn`:
/// what is to be taken back (0), whatever else its subject waits for; what is unsettled (1), not
/// refused and with no older unsettled row of the same subject; what is settled but for something
/// small (2), from `due` on.
macro_rules! ready {
    () => {
        "(select item.office_id, item.id, item.destination, item.sequence, item.waiting_since, \
         item.waiting_since as due, office.server_id, \
         case when item.recalled_at is null then 1 else 0 end as turn \
         from outbox as item join office on office.id = item.office_id \
         where item.wanted_revision > item.sent_revision and office.left_at is null \
         and (item.recalled_at is not null or (item.refused_code is null \
         and not exists (select 1 from outbox as older \
         where older.office_id = item.office_id and older.subject_kind = item.subject_kind \
         and older.subject_id = item.subject_id and older.sequence < item.sequence \
         and older.wanted_revision > older.sent_revision))) \
         union all \
         select item.office_id, item.id, item.destination, item.sequence, item.not_before, \
         item.not_before, office.server_id, 2 \
         from outbox as item join office on office.id = item.office_id \
         where item.not_before is not null and item.wanted_revision <= item.sent_revision \
         and item.refused_code is null and office.left_at is null) as ready"
    };
}

macro_rules! candidates {
    ($end:literal) => {
        concat!(
            "select item.office_id, item.id, item.destination, item.server_id from \
             (select ready.*, row_number() over (partition by ready.office_id, ready.destination \
             order by ready.turn, ready.sequence) as place from ",
            ready!(),
            " where ready.turn < 2 or ready.due <= $1) as item \
             join outbox_lane as lane on lane.office_id = item.office_id \
             and lane.destination = item.destination \
             where item.place = 1 and lane.free_at <= $1 \
             order by item.waiting_since, item.office_id, item.id limit $2",
            $end
        )
    };
}

const CANDIDATES: &str = candidates!("");
/// Passes over lanes that another worker has in hand at this moment.
const CANDIDATES_SKIPPING: &str = candidates!(" for update of lane skip locked");

/// When the first lane with something in it is free; a lane that was never used is free since its
/// first row waits.
pub(super) const NEXT_DUE: &str = concat!(
    "select min(case when lane.free_at > ready.due then lane.free_at else ready.due end) from ",
    ready!(),
    " join outbox_lane as lane on lane.office_id = ready.office_id \
     and lane.destination = ready.destination"
);

/// Claims rows for a worker, at most one per destination, the longest waiting first. They are the
/// worker's for `lease_seconds`, and their lanes are closed for as long; afterwards somebody else may
/// claim them and is told that they are in doubt.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn claim(
    tx: &mut Transaction,
    worker: &Worker<'_>,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<Claimed>> {
    let now = dialect::now(tx).await?;
    let until = now + TimeDelta::seconds(lease_seconds);
    let sql = if dialect::passes_over_locked(tx) {
        CANDIDATES_SKIPPING
    } else {
        CANDIDATES
    };
    let candidates = all!(
        tx,
        (i64, i64, String, i64),
        sql,
        instant::to_stored(now),
        limit.clamp(0, CLAIMS_MAX),
    )?;
    let mut claimed = Vec::with_capacity(candidates.len());
    for (office, id, destination, server) in candidates {
        run!(
            tx,
            "update outbox_lane set free_at = $3, held_by = $4 \
             where office_id = $1 and destination = $2",
            office,
            &destination,
            instant::to_stored(until),
            id,
        )?;
        let (office, id) = (OfficeId(office), OutboxId(id));
        let row = take(tx, office, id, worker, now, until).await?;
        claimed.push(read(
            office,
            id,
            ServerId::from_stored(server),
            &destination,
            row,
        )?);
    }
    Ok(claimed)
}

/// What is read of a row when it is claimed: kind and id of the subject, mark, wanted, sent, channel,
/// message, thread, attempts, first wanted, in doubt since, claims, to be taken back since.
type Row = (
    String,
    i64,
    String,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
    i64,
    Option<i64>,
    i64,
    Option<i64>,
);

/// Leases a row. A claim that is still noted on it ended without a word: it counts as an attempt, and
/// the row is in doubt since the first of them until a worker says what stands there.
async fn take(
    tx: &mut Transaction,
    office: OfficeId,
    id: OutboxId,
    worker: &Worker<'_>,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Row> {
    one!(
        tx,
        Row,
        "update outbox set claims = claims + 1, lease_owner = $3, lease_until = $4, \
         attempts = case when claimed_at is null then attempts else attempts + 1 end, \
         doubtful_since = coalesce(doubtful_since, claimed_at), claimed_at = $5 \
         where office_id = $1 and id = $2 \
         returning subject_kind, subject_id, mark, wanted_revision, sent_revision, channel_id, \
         message_id, thread_id, attempts, first_wanted_at, doubtful_since, claims, recalled_at",
        office.0,
        id.0,
        worker.id,
        instant::to_stored(until),
        instant::to_stored(now),
    )
}

fn read(
    office: OfficeId,
    id: OutboxId,
    server: ServerId,
    destination: &str,
    row: Row,
) -> Result<Claimed> {
    let (
        kind,
        subject,
        mark,
        wanted,
        sent,
        channel,
        message,
        thread,
        attempts,
        first,
        doubt,
        claim,
        recalled,
    ) = row;
    let post = channel.zip(message).map(|(channel, message)| StandingPost {
        channel: ChannelId::from_stored(channel),
        message: MessageId::from_stored(message),
        thread: thread.map(ChannelId::from_stored),
    });
    Ok(Claimed {
        office,
        server,
        id,
        subject: Subject::from_stored(&kind, subject)?,
        destination: destination_of(destination)?,
        mark,
        wanted,
        sent,
        post,
        attempts,
        first_wanted_at: instant::from_stored(first)?,
        recovering: doubt.is_some(),
        claimed_before: instant::from_stored_option(doubt)?,
        recalled: recalled.is_some(),
        claim,
    })
}
