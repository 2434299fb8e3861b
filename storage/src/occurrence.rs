//! Occurrences: what is due later, each under a key that changes when its date does
//! (`review:41@3:before:14d`).
//!
//! Each is settled by exactly one caller, in the transaction that does what was due.

use crate::{
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, all, run},
    subject::Subject,
};
use chrono::{DateTime, Utc};
use domain::id::OfficeId;

/// Most occurrences read at once; a higher limit counts as this one.
pub const DUE_MAX: i64 = 500;

/// Something due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The office.
    pub office: OfficeId,
    /// The key, unique in the office.
    pub key: String,
    /// When it is due, by the clock of the office.
    pub due_at: DateTime<Utc>,
    /// What it is about.
    pub subject: Subject,
}

/// Plans an occurrence; `false` when there is one with this key, waiting or settled: it stays as it is.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    key: &str,
    due_at: DateTime<Utc>,
    subject: Subject,
) -> Result<bool> {
    let put = run!(
        tx,
        "insert into occurrence (office_id, key, due_at, subject_kind, subject_id) \
         values ($1, $2, $3, $4, $5) on conflict (office_id, key) do nothing",
        office.0,
        key,
        instant::to_stored(due_at),
        subject.kind.code(),
        subject.id,
    )
    .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    Ok(put > 0)
}

/// What is due and not settled, of all offices, the longest due first.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a kind this one does not know.
pub async fn due(
    connection: &mut Connection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Occurrence>> {
    let rows = all!(
        connection,
        (i64, String, i64, String, i64),
        "select office_id, key, due_at, subject_kind, subject_id from occurrence \
         where not settled and due_at <= $1 order by due_at, office_id, key limit $2",
        instant::to_stored(now),
        limit.clamp(0, DUE_MAX),
    )?;
    rows.into_iter()
        .map(|(office, key, due_at, kind, id)| {
            Ok(Occurrence {
                office: OfficeId(office),
                key,
                due_at: instant::from_stored(due_at)?,
                subject: Subject::from_stored(&kind, id)?,
            })
        })
        .collect()
}

/// Settles an occurrence: exactly one caller gets `true`. It stays, so that it is not planned again.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn settle(tx: &mut Transaction, office: OfficeId, key: &str) -> Result<bool> {
    let settled = run!(
        tx,
        "update occurrence set settled = true where office_id = $1 and key = $2 and not settled",
        office.0,
        key,
    )?;
    Ok(settled > 0)
}

/// Takes back what waits under keys that begin so; says how many. What is settled stays.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn cancel(tx: &mut Transaction, office: OfficeId, key_prefix: &str) -> Result<u64> {
    run!(
        tx,
        "delete from occurrence \
         where office_id = $1 and substr(key, 1, length($2)) = $2 and not settled",
        office.0,
        key_prefix,
    )
}
