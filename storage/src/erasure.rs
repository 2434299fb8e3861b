//! Erasures: a whole office is deleted, some rows at a time, and what is left of it is who wanted it, when,
//! why, and how many rows there were.
//!
//! With the beginning the office loses its server, so that nobody finds it any more and a new one may begin
//! there; from then on nothing stops it, whatever crashes. Any number of processes may go on with it.
//! Triggers that keep what was written let go while it is under way.

use crate::{
    archive::TABLES,
    dialect,
    error::{Error, Result},
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use chrono::{DateTime, Utc};
use domain::id::{OfficeId, UserId};

/// Most rows that go in one transaction.
pub const ROWS_MAX: u64 = 200;
/// Most erasures that are looked at together.
const AT_WORK_MAX: i64 = 50;

/// Why an office is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its coordinators wanted it.
    Wanted,
    /// The bot was removed from its server, and the time is over.
    Departure,
}

domain::codes!(Why {
    Wanted = "wanted",
    Departure = "departure",
});

/// What is kept of a deleted office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The number it had.
    pub office: OfficeId,
    /// Why.
    pub why: Why,
    /// Who wanted it; [`crate::audit::CALENDAR`] where nobody did.
    pub asked_by: UserId,
    /// Who confirmed it.
    pub confirmed_by: UserId,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// When nothing was left.
    pub ended_at: Option<DateTime<Utc>>,
    /// Rows that are gone.
    pub rows: i64,
}

/// Begins to delete an office: it loses its server, and nothing is sent for it any more. `false` when there
/// is no such office, or it began before.
///
/// # Errors
/// [`Error::Database`].
pub async fn begin(
    tx: &mut Transaction,
    office: OfficeId,
    why: Why,
    (asked_by, confirmed_by): (UserId, UserId),
    now: DateTime<Utc>,
) -> Result<bool> {
    let at = instant::to_stored(now);
    let taken = run!(
        tx,
        "update office set server_id = -id, left_at = coalesce(left_at, $2), \
         revision = revision + 1 where id = $1 and server_id <> -id and not exists \
         (select 1 from erasure where erasure.office_id = office.id)",
        office.0,
        at,
    )?;
    if taken == 0 {
        return Ok(false);
    }
    run!(
        tx,
        "insert into erasure (office_id, why, asked_by, confirmed_by, begun_at) \
         values ($1, $2, $3, $4, $5)",
        office.0,
        why.code(),
        asked_by.to_stored(),
        confirmed_by.to_stored(),
        at,
    )?;
    tx.planned = true;
    Ok(true)
}

/// The offices that are being deleted, those that began first before the others.
///
/// # Errors
/// [`Error::Database`].
pub async fn at_work(connection: &mut Connection) -> Result<Vec<OfficeId>> {
    let rows = all!(
        connection,
        (i64,),
        "select office_id from erasure where ended_at is null order by begun_at, office_id limit $1",
        AT_WORK_MAX,
    )?;
    Ok(rows.into_iter().map(|(office,)| OfficeId(office)).collect())
}

/// Deletes some more rows of an office that is being deleted, at most [`ROWS_MAX`]; `true` when nothing is
/// left of it.
///
/// # Errors
/// [`Error::Database`], also when a table refers to the office that is not in [`TABLES`].
pub async fn go_on(tx: &mut Transaction, office: OfficeId, now: DateTime<Utc>) -> Result<bool> {
    // Whoever comes second waits here for the first, and then sees what is left: two that delete the same
    // rows would each take the other's for the last.
    let open = run!(
        tx,
        "update erasure set rows_gone = rows_gone where office_id = $1 and ended_at is null",
        office.0
    )?;
    if open == 0 {
        return Ok(true);
    }
    let mut gone = 0;
    for table in TABLES {
        if gone >= ROWS_MAX {
            break;
        }
        let row = dialect::row_name(tx);
        let sql = format!(
            "delete from {0} where {row} in (select {row} from {0} where {1} = $1 limit $2)",
            table.name,
            table.key(),
        );
        if let Some(loosen) = table.loosen {
            run!(tx, loosen, office.0)?;
        }
        let room = i64::try_from(ROWS_MAX - gone).unwrap_or(0);
        gone += run!(tx, sqlx::AssertSqlSafe(sql.clone()), office.0, room)?;
    }
    let ended = gone < ROWS_MAX;
    run!(
        tx,
        "update erasure set rows_gone = rows_gone + $2, ended_at = $3 where office_id = $1",
        office.0,
        i64::try_from(gone).unwrap_or(i64::MAX),
        ended.then(|| instant::to_stored(now)),
    )?;
    Ok(ended)
}

/// One row: office, why, who asked, who confirmed, begin, end, rows.
type Row = (i64, String, i64, i64, i64, Option<i64>, i64);

/// What is kept of a deleted office.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a reason this one does not know.
pub async fn find(connection: &mut Connection, office: OfficeId) -> Result<Option<Erasure>> {
    let row = optional!(
        connection,
        Row,
        "select office_id, why, asked_by, confirmed_by, begun_at, ended_at, rows_gone \
         from erasure where office_id = $1",
        office.0,
    )?;
    row.map(
        |(office, why, asked_by, confirmed_by, begun_at, ended_at, rows)| {
            Ok(Erasure {
                office: OfficeId(office),
                why: Why::from_code(&why).ok_or(Error::Unreadable("reason of an erasure"))?,
                asked_by: UserId::from_stored(asked_by),
                confirmed_by: UserId::from_stored(confirmed_by),
                begun_at: instant::from_stored(begun_at)?,
                ended_at: instant::from_stored_option(ended_at)?,
                rows,
            })
        },
    )
    .transpose()
}
