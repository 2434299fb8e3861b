//! Departures: the bot was removed from the server of an office. What the office has is kept for
//! [`DAYS`] days and then deleted ([`crate::erasure`]); when the bot comes back before, the desk is told.
//!
//! The clock is the instant at which the office was left, kept with the office: any process may look at it,
//! and none can start it anew. An outage of Discord is no departure.

use crate::{
    counter::{self, Noun},
    error::Result,
    instant,
    link::{Connection, Transaction, all, one, optional, run},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{DepartureId, OfficeId, ServerId};

/// Days after which the data of an office is deleted that the bot was removed from.
pub const DAYS: i64 = 30;
/// Most offices that are looked at together.
const OVERDUE_MAX: i64 = 50;

/// A departure from which the bot came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Its number in the office.
    pub id: DepartureId,
    /// Counts its changes.
    pub revision: i64,
    /// When the bot was removed, or when that was noticed.
    pub left_at: DateTime<Utc>,
    /// When it came back.
    pub returned_at: DateTime<Utc>,
}

/// When the data of an office is deleted that was left at an instant.
#[must_use]
pub fn ends(left_at: DateTime<Utc>) -> DateTime<Utc> {
    left_at + TimeDelta::days(DAYS)
}

/// Notes that the bot came back.
///
/// # Errors
/// [`crate::Conflict::Missing`] when there is no such office.
pub async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    left_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Departure> {
    let id = counter::next(tx, office, Noun::Departure).await?;
    run!(
        tx,
        "insert into departure (office_id, id, revision, left_at, returned_at) \
         values ($1, $2, 1, $3, $4)",
        office.0,
        id,
        instant::to_stored(left_at),
        instant::to_stored(now),
    )?;
    Ok(Departure {
        id: DepartureId(id),
        revision: 1,
        left_at: instant::kept(left_at),
        returned_at: instant::kept(now),
    })
}

/// A departure by its number.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant is out of range.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    id: DepartureId,
) -> Result<Option<Departure>> {
    let row = optional!(
        connection,
        (i64, i64, i64),
        "select revision, left_at, returned_at from departure where office_id = $1 and id = $2",
        office.0,
        id.0,
    )?;
    row.map(|(revision, left_at, returned_at)| {
        Ok(Departure {
            id,
            revision,
            left_at: instant::from_stored(left_at)?,
            returned_at: instant::from_stored(returned_at)?,
        })
    })
    .transpose()
}

/// Offices whose time is over.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn overdue(connection: &mut Connection, now: DateTime<Utc>) -> Result<Vec<OfficeId>> {
    let latest = now - TimeDelta::days(DAYS);
    let rows = all!(
        connection,
        (i64,),
        "select id from office where left_at <= $1 and not exists \
         (select 1 from erasure where erasure.office_id = office.id) order by left_at, id limit $2",
        instant::to_stored(latest),
        OVERDUE_MAX,
    )?;
    Ok(rows.into_iter().map(|(office,)| OfficeId(office)).collect())
}

/// When the time of the next office is over, of those whose time is not.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant is out of range.
pub async fn next_end(
    connection: &mut Connection,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let latest = now - TimeDelta::days(DAYS);
    let (micros,) = one!(
        connection,
        (Option<i64>,),
        "select min(left_at) from office where left_at > $1 and not exists \
         (select 1 from erasure where erasure.office_id = office.id)",
        instant::to_stored(latest),
    )?;
    Ok(instant::from_stored_option(micros)?.map(ends))
}

/// The offices the bot is away from, with their servers and since when.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant is out of range.
pub async fn away(connection: &mut Connection) -> Result<Vec<(OfficeId, ServerId, DateTime<Utc>)>> {
    let rows = all!(
        connection,
        (i64, i64, i64),
        "select id, server_id, left_at from office \
         where left_at is not null and not exists \
         (select 1 from erasure where erasure.office_id = office.id) order by left_at, id",
    )?;
    rows.into_iter()
        .map(|(office, server, left_at)| {
            let left_at = instant::from_stored(left_at)?;
            Ok((OfficeId(office), ServerId::from_stored(server), left_at))
        })
        .collect()
}
