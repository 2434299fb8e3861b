//! Drafts (下書き): what waits between two steps of one person.
//!
//! A draft is bound to the person and the step; somebody else's number, another step's or an expired
//! one finds nothing. The body may hold a speaker's name and is sealed.

use crate::{
    counter::{self, Noun},
    error::Result,
    instant,
    link::{Connection, Transaction, optional, run},
    seal::Place,
};
use chrono::{DateTime, Utc};
use domain::id::{DraftId, OfficeId, UserId};
use serde_json::Value;

/// Most drafts a person may have in an office for one step; beyond that the oldest goes. Counted per
/// step, so that many changes in a row, each with its undo, do not take a form that is open.
pub const PER_STEP_MAX: i64 = 20;

/// As [`PER_STEP_MAX`], for drafts of several megabytes ([`put_large`]).
pub const LARGE_PER_STEP_MAX: i64 = 3;

/// A draft to be kept.
#[derive(Clone, Debug)]
pub struct NewDraft<'a> {
    /// Whose it is.
    pub person: UserId,
    /// The code of the step it waits for.
    pub step: &'a str,
    /// What is kept.
    pub body: Value,
    /// The time it is.
    pub now: DateTime<Utc>,
    /// When it is gone.
    pub expires_at: DateTime<Utc>,
}

/// Keeps a draft; of more than [`PER_STEP_MAX`] of one person for one step the oldest go.
///
/// # Errors
/// [`crate::Conflict::Missing`] when there is no such office.
pub async fn put(tx: &mut Transaction, office: OfficeId, draft: &NewDraft<'_>) -> Result<DraftId> {
    put_of(tx, office, draft, PER_STEP_MAX).await
}

/// As [`put`], but of more than [`LARGE_PER_STEP_MAX`] the oldest go: for what is large.
///
/// # Errors
/// As [`put`].
pub async fn put_large(
    tx: &mut Transaction,
    office: OfficeId,
    draft: &NewDraft<'_>,
) -> Result<DraftId> {
    put_of(tx, office, draft, LARGE_PER_STEP_MAX).await
}

async fn put_of(
    tx: &mut Transaction,
    office: OfficeId,
    draft: &NewDraft<'_>,
    per_step_max: i64,
) -> Result<DraftId> {
    let id = counter::next(tx, office, Noun::Draft).await?;
    let sealed = tx.seal(place(office, id), draft.body.to_string().as_bytes())?;
    run!(
        tx,
        "insert into draft \
         (office_id, id, person, step, body, body_key, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        office.0,
        id,
        draft.person.to_stored(),
        draft.step,
        sealed.bytes,
        sealed.key,
        instant::to_stored(draft.now),
        instant::to_stored(draft.expires_at),
    )?;
    run!(
        tx,
        "delete from draft where office_id = $1 and person = $2 and step = $3 and id not in \
         (select id from draft where office_id = $1 and person = $2 and step = $3 \
         order by id desc limit $4)",
        office.0,
        draft.person.to_stored(),
        draft.step,
        per_step_max,
    )?;
    Ok(DraftId(id))
}

/// The body of a draft of this person for this step, while it lasts.
///
/// # Errors
/// [`crate::Error::Sealed`] when it cannot be opened with the keys at hand.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    draft: DraftId,
    person: UserId,
    step: &str,
    now: DateTime<Utc>,
) -> Result<Option<Value>> {
    let row = optional!(
        connection,
        (Vec<u8>, String),
        "select body, body_key from draft \
         where office_id = $1 and id = $2 and person = $3 and step = $4 and expires_at > $5",
        office.0,
        draft.0,
        person.to_stored(),
        step,
        instant::to_stored(now),
    )?;
    row.map(|(bytes, key)| opened(connection, office, draft, &key, &bytes))
        .transpose()
}

/// Finds a draft like [`find`] and removes it: exactly one caller gets it.
///
/// # Errors
/// [`crate::Error::Sealed`] when it cannot be opened with the keys at hand.
pub async fn take(
    tx: &mut Transaction,
    office: OfficeId,
    draft: DraftId,
    person: UserId,
    step: &str,
    now: DateTime<Utc>,
) -> Result<Option<Value>> {
    let row = optional!(
        tx,
        (Vec<u8>, String),
        "delete from draft \
         where office_id = $1 and id = $2 and person = $3 and step = $4 and expires_at > $5 \
         returning body, body_key",
        office.0,
        draft.0,
        person.to_stored(),
        step,
        instant::to_stored(now),
    )?;
    row.map(|(bytes, key)| opened(tx, office, draft, &key, &bytes))
        .transpose()
}

/// Finds a draft like [`find`] and puts another body in its place: exactly one caller gets what was
/// there, and whoever comes later finds what that one left. Nothing is put where nothing was.
///
/// # Errors
/// [`crate::Error::Sealed`] when it cannot be opened with the keys at hand.
pub async fn exchange(
    tx: &mut Transaction,
    office: OfficeId,
    draft: DraftId,
    person: UserId,
    step: &str,
    now: DateTime<Utc>,
    body: &Value,
) -> Result<Option<Value>> {
    let Some(found) = find(tx, office, draft, person, step, now).await? else {
        return Ok(None);
    };
    let sealed = tx.seal(place(office, draft.0), body.to_string().as_bytes())?;
    run!(
        tx,
        "update draft set body = $3, body_key = $4 where office_id = $1 and id = $2",
        office.0,
        draft.0,
        sealed.bytes,
        sealed.key,
    )?;
    Ok(Some(found))
}

/// Removes a draft, whosever it is; says whether there was one.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn remove(tx: &mut Transaction, office: OfficeId, draft: DraftId) -> Result<bool> {
    let removed = run!(
        tx,
        "delete from draft where office_id = $1 and id = $2",
        office.0,
        draft.0
    )?;
    Ok(removed > 0)
}

/// Takes a draft in hand until the end of the transaction, whosever it is and however old: whoever wants it
/// gone waits. What was read of it earlier may be stored only while this says `true`.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn hold(tx: &mut Transaction, office: OfficeId, draft: DraftId) -> Result<bool> {
    let held = run!(
        tx,
        "update draft set expires_at = expires_at where office_id = $1 and id = $2",
        office.0,
        draft.0
    )?;
    Ok(held > 0)
}

/// Removes what has expired in all offices; says how many.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn purge(tx: &mut Transaction, now: DateTime<Utc>) -> Result<u64> {
    run!(
        tx,
        "delete from draft where expires_at <= $1",
        instant::to_stored(now)
    )
}

/// Removes what an office has waiting since before an instant: it may hold what was deleted since. Says how
/// many.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn purge_of(
    tx: &mut Transaction,
    office: OfficeId,
    before: DateTime<Utc>,
) -> Result<u64> {
    run!(
        tx,
        "delete from draft where office_id = $1 and created_at <= $2",
        office.0,
        instant::to_stored(before)
    )
}

/// As [`purge_of`], but for one draft, which is still needed.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn purge_but(
    tx: &mut Transaction,
    office: OfficeId,
    kept: DraftId,
    before: DateTime<Utc>,
) -> Result<u64> {
    run!(
        tx,
        "delete from draft where office_id = $1 and id <> $2 and created_at <= $3",
        office.0,
        kept.0,
        instant::to_stored(before)
    )
}

fn place(office: OfficeId, draft: i64) -> Place {
    Place {
        column: "draft.body",
        office,
        record: draft,
    }
}

fn opened(
    connection: &Connection,
    office: OfficeId,
    draft: DraftId,
    key: &str,
    bytes: &[u8],
) -> Result<Value> {
    let plain = connection.unseal(place(office, draft.0), key, bytes)?;
    Ok(serde_json::from_slice(&plain)?)
}
