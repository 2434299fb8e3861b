//! Removal: posts follow their destination when it is bound to another channel.

use super::{Subject, destination_of, want};
use crate::{
    counter::{self, Noun},
    dialect,
    error::Result,
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{ChannelId, OfficeId},
};

/// Most rows that are wanted anew in one transaction.
const REMOVED_AT_ONCE_MAX: i64 = 200;

/// A destination and a channel in which posts of it stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// What they were sent to.
    pub destination: Destination,
    /// Where they stand, whatever is bound now.
    pub channel: ChannelId,
}

/// Every channel in which posts of an office stand. The list of events is none.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a destination this one does not know.
pub async fn stands(connection: &mut Connection, office: OfficeId) -> Result<Vec<Stand>> {
    let rows = all!(
        connection,
        (String, i64),
        "select distinct destination, channel_id from outbox \
         where office_id = $1 and message_id is not null and destination <> $2 \
         order by destination, channel_id",
        office.0,
        Destination::Event.code(),
    )?;
    rows.into_iter()
        .map(|(destination, channel)| {
            Ok(Stand {
                destination: destination_of(&destination)?,
                channel: ChannelId::from_stored(channel),
            })
        })
        .collect()
}

/// Wants the posts anew that stand in a channel their destination is no longer bound to, some at a time
/// and the oldest first; says how many. Those that wait for a person wait no longer: what hindered them
/// was there. Zero when no more are left.
///
/// What stands there counts as never sent, so that the same revision goes out again.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn want_away(
    tx: &mut Transaction,
    office: OfficeId,
    stand: Stand,
    now: DateTime<Utc>,
) -> Result<u64> {
    let db_now = instant::to_stored(dialect::now(tx).await?);
    let sequence = counter::several(tx, office, Noun::OutboxSequence, 1).await?;
    let wanted = run!(
        tx,
        "update outbox set sent_revision = 0, refused_code = null, attempts = 0, \
         sequence = $4 + moved.place, \
         first_wanted_at = $5, latest_wanted_at = $5, waiting_since = $6 \
         from (select id, row_number() over (order by sequence, id) as place from outbox \
         where office_id = $1 and destination = $2 and channel_id = $3 \
         and message_id is not null \
         and (wanted_revision <= sent_revision or refused_code is not null) \
         order by sequence, id limit $7) as moved \
         where outbox.office_id = $1 and outbox.id = moved.id",
        office.0,
        stand.destination.code(),
        stand.channel.to_stored(),
        sequence,
        instant::to_stored(now),
        db_now,
        REMOVED_AT_ONCE_MAX,
    )?;
    // Each has its own place in the order, as before.
    counter::pass(tx, office, Noun::OutboxSequence, wanted).await?;
    tx.queued |= wanted > 0;
    Ok(wanted)
}

/// What stood at a destination was taken away by somebody else, and is left so: it is forgotten, and
/// nothing is wanted. What comes there later carries a new mark.
pub(crate) async fn forget(
    tx: &mut Transaction,
    office: OfficeId,
    subject: Subject,
    destination: Destination,
) -> Result<()> {
    run!(
        tx,
        "update outbox set channel_id = null, message_id = null, thread_id = null, mark = $5 \
         where office_id = $1 and subject_kind = $2 and subject_id = $3 and destination = $4",
        office.0,
        subject.kind.code(),
        subject.id,
        destination.code(),
        super::new_mark()?,
    )?;
    Ok(())
}

/// Wants a subject where it belongs but nothing of it stands, although its revision counts as settled
/// there: its destination had no channel for a while. `false` when it stands there or is on its way.
///
/// # Errors
/// As [`want`].
pub async fn want_back(
    tx: &mut Transaction,
    office: OfficeId,
    subject: Subject,
    destination: Destination,
    revision: i64,
    now: DateTime<Utc>,
) -> Result<bool> {
    let code = destination.code();
    let found = optional!(
        tx,
        (i64, bool),
        "select id, message_id is null and wanted_revision <= sent_revision from outbox \
         where office_id = $1 and subject_kind = $2 and subject_id = $3 and destination = $4",
        office.0,
        subject.kind.code(),
        subject.id,
        &code,
    )?;
    let row = match found {
        Some((_, false)) => return Ok(false),
        Some((row, true)) => Some(row),
        None => None,
    };
    want(tx, office, subject, destination, revision, now).await?;
    if let Some(row) = row {
        let db_now = instant::to_stored(dialect::now(tx).await?);
        let sequence = counter::next(tx, office, Noun::OutboxSequence).await?;
        run!(
            tx,
            "update outbox set sent_revision = 0, sequence = $3, first_wanted_at = $4, \
             latest_wanted_at = $4, waiting_since = $5 where office_id = $1 and id = $2",
            office.0,
            row,
            sequence,
            instant::to_stored(now),
            db_now,
        )?;
        tx.queued = true;
    }
    Ok(true)
}
