//! History: the state of a record before and after each change, for the record's way and for undo.
//!
//! It is kept apart from the audit, because it holds wording. A speaker never is in a state: the type
//! cannot be turned into JSON.

use crate::{
    counter::{self, Noun},
    error::Result,
    instant,
    link::{Connection, Transaction, all, run},
    subject::{Subject, SubjectKind},
};
use chrono::{DateTime, Utc};
use domain::id::{OfficeId, UserId};
use serde_json::Value;
use std::collections::BTreeMap;

/// One change of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its number in the office.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who (Discord's id).
    pub who: UserId,
    /// What, as a code such as `issue.add`.
    pub act: String,
    /// The state before; `None` when the record was new.
    pub before: Option<Value>,
    /// The state after.
    pub after: Value,
}

/// Notes a change.
///
/// # Errors
/// [`crate::Conflict::Missing`] when there is no such office.
#[expect(
    clippy::too_many_arguments,
    reason = "one change is told at once, by one caller per act"
)]
pub async fn append(
    tx: &mut Transaction,
    office: OfficeId,
    subject: Subject,
    at: DateTime<Utc>,
    who: UserId,
    act: &str,
    before: Option<Value>,
    after: Value,
) -> Result<()> {
    let id = counter::next(tx, office, Noun::History).await?;
    run!(
        tx,
        "insert into history_entry \
         (office_id, id, subject_kind, subject_id, at, who, act, before_state, after_state) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        office.0,
        id,
        subject.kind.code(),
        subject.id,
        instant::to_stored(at),
        who.to_stored(),
        act,
        before.map(|state| state.to_string()),
        after.to_string(),
    )?;
    Ok(())
}

/// Every change of a record, the first one first.
///
/// # Errors
/// [`crate::Error::Json`] when a state cannot be read.
pub async fn of(
    connection: &mut Connection,
    office: OfficeId,
    subject: Subject,
) -> Result<Vec<Step>> {
    let rows = all!(
        connection,
        (i64, i64, i64, String, Option<String>, String),
        "select id, at, who, act, before_state, after_state from history_entry \
         where office_id = $1 and subject_kind = $2 and subject_id = $3 order by id",
        office.0,
        subject.kind.code(),
        subject.id,
    )?;
    rows.into_iter()
        .map(|(id, at, who, act, before, after)| {
            Ok(Step {
                id,
                at: instant::from_stored(at)?,
                who: UserId::from_stored(who),
                act,
                before: before.as_deref().map(serde_json::from_str).transpose()?,
                after: serde_json::from_str(&after)?,
            })
        })
        .collect()
}

/// The state of every record of a kind before its first change at or after an instant: how it was then.
/// Records that were not changed since are left out.
///
/// # Errors
/// As [`of`].
pub async fn before_change(
    connection: &mut Connection,
    office: OfficeId,
    kind: SubjectKind,
    since: DateTime<Utc>,
) -> Result<BTreeMap<i64, Value>> {
    let rows = all!(
        connection,
        (i64, String),
        "select history_entry.subject_id, history_entry.before_state from history_entry \
         join (select min(id) as id from history_entry where office_id = $1 and subject_kind = $2 \
         and at >= $3 and before_state is not null group by subject_id) as earliest \
         on earliest.id = history_entry.id where history_entry.office_id = $1 \
         and history_entry.before_state is not null order by history_entry.subject_id",
        office.0,
        kind.code(),
        instant::to_stored(since),
    )?;
    rows.into_iter()
        .map(|(id, state)| Ok((id, serde_json::from_str(&state)?)))
        .collect()
}
