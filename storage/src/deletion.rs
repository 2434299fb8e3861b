//! Deletions: a coordinator wants the whole office deleted and a second one is asked. What is decided here
//! is carried out by [`crate::erasure`].

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, optional, run},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{DeletionId, OfficeId, UserId};

/// Hours within which the second coordinator confirms.
pub const HOURS: i64 = 24;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The second coordinator is asked.
    Open,
    /// It was taken back.
    Withdrawn,
    /// Nobody confirmed in time, and another one was asked for.
    Expired,
}

domain::codes!(State {
    Open = "open",
    Withdrawn = "withdrawn",
    Expired = "expired",
});

/// A wish that the whole office be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// Its number in the office.
    pub id: DeletionId,
    /// Counts its changes.
    pub revision: i64,
    /// How far it has come.
    pub state: State,
    /// Who wants it.
    pub asked_by: UserId,
    /// Since when.
    pub asked_at: DateTime<Utc>,
    /// Until when it may be confirmed.
    pub expires_at: DateTime<Utc>,
    /// Who took it back.
    pub decided_by: Option<UserId>,
}

impl Deletion {
    /// Whether it may still be confirmed.
    #[must_use]
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Open && now < self.expires_at
    }
}

/// Asks for a second coordinator. One that nobody confirmed in time makes room.
///
/// # Errors
/// [`Conflict::InUse`] when one waits already.
pub async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    who: UserId,
    now: DateTime<Utc>,
) -> Result<Deletion> {
    let at = instant::to_stored(now);
    run!(
        tx,
        "update deletion set state = $3, revision = revision + 1 \
         where office_id = $1 and state = $4 and expires_at <= $2",
        office.0,
        at,
        State::Expired.code(),
        State::Open.code(),
    )?;
    let open = optional!(
        tx,
        (i64,),
        "select id from deletion where office_id = $1 and state = $2",
        office.0,
        State::Open.code(),
    )?;
    if open.is_some() {
        return Err(Conflict::InUse.into());
    }
    let id = counter::next(tx, office, Noun::Deletion).await?;
    let expires_at = now + TimeDelta::hours(HOURS);
    run!(
        tx,
        "insert into deletion (office_id, id, revision, state, asked_by, asked_at, expires_at) \
         values ($1, $2, 1, $3, $4, $5, $6)",
        office.0,
        id,
        State::Open.code(),
        who.to_stored(),
        at,
        instant::to_stored(expires_at),
    )?;
    Ok(Deletion {
        id: DeletionId(id),
        revision: 1,
        state: State::Open,
        asked_by: who,
        asked_at: instant::kept(now),
        expires_at: instant::kept(expires_at),
        decided_by: None,
    })
}

/// One row: revision, state, who asked, when, until when, who took it back.
type Row = (i64, String, i64, i64, i64, Option<i64>);

/// A deletion by its number.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a state this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    id: DeletionId,
) -> Result<Option<Deletion>> {
    let row = optional!(
        connection,
        Row,
        "select revision, state, asked_by, asked_at, expires_at, decided_by from deletion \
         where office_id = $1 and id = $2",
        office.0,
        id.0,
    )?;
    row.map(
        |(revision, state, asked_by, asked_at, expires_at, decided_by)| {
            Ok(Deletion {
                id,
                revision,
                state: State::from_code(&state).ok_or(Error::Unreadable("state of a deletion"))?,
                asked_by: UserId::from_stored(asked_by),
                asked_at: instant::from_stored(asked_at)?,
                expires_at: instant::from_stored(expires_at)?,
                decided_by: decided_by.map(UserId::from_stored),
            })
        },
    )
    .transpose()
}

/// Takes a deletion back; its new revision, or `None` when it does not wait any more.
///
/// # Errors
/// [`Error::Database`].
pub async fn withdraw(
    tx: &mut Transaction,
    office: OfficeId,
    id: DeletionId,
    who: UserId,
) -> Result<Option<i64>> {
    let row = optional!(
        tx,
        (i64,),
        "update deletion set state = $3, revision = revision + 1, decided_by = $4 \
         where office_id = $1 and id = $2 and state = $5 returning revision",
        office.0,
        id.0,
        State::Withdrawn.code(),
        who.to_stored(),
        State::Open.code(),
    )?;
    Ok(row.map(|(revision,)| revision))
}
