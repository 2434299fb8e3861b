//! Claiming: which rows may go out now, and handing them to one worker.

use super::{Claimed, Discussion, StandingPost, Subject, Worker, destination_of};
use crate::{
    dialect,
    error::Result,
    instant,
    link::{Transaction, all, limit, one, run},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{ChannelId, MessageId, OfficeId, OutboxId, ServerId};

/// Most rows one call hands out; a higher limit counts as this one.
pub const CLAIMS_MAX: i64 = 50;

/// `$what` of the first row of a lane that `$which` describes, in the order of wanting. A lane
/// is looked into from its front, so that a long queue costs no more than a short one: these queries run
/// for every row that goes out.
macro_rules! first {
    ($what:literal, $which:expr) => {
        concat!(
            "(select ",
            $what,
            " from outbox as item where item.office_id = lane.office_id \
             and item.destination = lane.destination and ",
            $which,
            " order by item.sequence limit 1)"
        )
    };
}

/// What is to be taken back, whatever else its subject waits for.
macro_rules! recalled {
    () => {
        "item.wanted_revision > item.sent_revision and item.recalled_at is not null"
    };
}

/// What is unsettled, not refused, and has no older unsettled row of the same subject.
macro_rules! unsettled {
    () => {
        "item.wanted_revision > item.sent_revision and item.recalled_at is null \
         and item.refused_code is null and not exists (select 1 from outbox as older \
         where older.office_id = item.office_id and older.subject_kind = item.subject_kind \
         and older.subject_id = item.subject_id and older.sequence < item.sequence \
         and older.wanted_revision > older.sent_revision)"
    };
}

/// What is settled but for something small.
macro_rules! unfinished {
    () => {
        "item.not_before is not null and item.wanted_revision <= item.sent_revision \
         and item.refused_code is null"
    };
}

/// For each free lane of an office the bot is in the row that is its turn: to be taken back, else
/// unsettled, else what is left of a settled one. The lane that has been free the longest comes first, so
/// that all have their turn, and those behind are not looked at (the joins are in this order).
macro_rules! candidates {
    ($end:literal) => {
        concat!(
            "select lane.office_id, item.id, lane.destination, office.server_id, office.revision \
             from outbox_lane as lane cross join office cross join outbox as item \
             where lane.free_at <= $1 and office.id = lane.office_id and office.left_at is null \
             and item.office_id = lane.office_id and item.id = coalesce(",
            first!("item.id", recalled!()),
            ", ",
            first!("item.id", unsettled!()),
            ", ",
            first!(
                "item.id",
                concat!(unfinished!(), " and item.not_before <= $1")
            ),
            ") order by lane.free_at, lane.office_id, lane.destination ",
            limit!("$2"),
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
    "select min(case when turn.free_at > turn.due then turn.free_at else turn.due end) from \
     (select lane.free_at, coalesce(",
    first!("item.waiting_since", recalled!()),
    ", ",
    first!("item.waiting_since", unsettled!()),
    ", (select min(item.not_before) from outbox as item \
     where item.office_id = lane.office_id and item.destination = lane.destination and ",
    unfinished!(),
    ")) as due from outbox_lane as lane join office on office.id = lane.office_id \
     where office.left_at is null) as turn where turn.due is not null"
);

/// Claims rows for a worker, at most one per destination, the longest free first. They are the
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
        (i64, i64, String, i64, i64),
        sql,
        instant::to_stored(now),
        limit.clamp(0, CLAIMS_MAX),
    )?;
    let mut claimed = Vec::with_capacity(candidates.len());
    for (office, id, destination, server, set_up) in candidates {
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
        let of = (office, ServerId::from_stored(server), set_up);
        claimed.push(read(of, id, &destination, row)?);
    }
    Ok(claimed)
}

/// What is read of a row when it is claimed: kind and id of the subject, mark, wanted, sent, channel,
/// message, thread, attempts, first wanted, in doubt since, claims, to be taken back since, and of the
/// thread below it: whether it is wanted, which, and whether it is closed.
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
    bool,
    Option<i64>,
    bool,
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
         message_id, thread_id, attempts, first_wanted_at, doubtful_since, claims, recalled_at, \
         discussion_wanted, discussion_id, discussion_closed",
        office.0,
        id.0,
        worker.id,
        instant::to_stored(until),
        instant::to_stored(now),
    )
}

fn read(
    (office, server, set_up): (OfficeId, ServerId, i64),
    id: OutboxId,
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
        discussion_wanted,
        discussion,
        discussion_closed,
    ) = row;
    let post = channel.zip(message).map(|(channel, message)| StandingPost {
        channel: ChannelId::from_stored(channel),
        message: MessageId::from_stored(message),
        thread: thread.map(ChannelId::from_stored),
    });
    Ok(Claimed {
        office,
        server,
        set_up,
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
        discussion: Discussion {
            wanted: discussion_wanted,
            thread: discussion.map(ChannelId::from_stored),
            closed: discussion_closed,
        },
        claim,
    })
}
