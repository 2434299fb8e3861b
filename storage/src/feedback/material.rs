//! What a feedback is chosen from: the numbers of issues that may have something new for an association.
//! Who may read what of them is not asked here; [`domain::feedback::gather`] does.

use crate::{
    error::Result,
    instant,
    link::{Connection, all},
};
use domain::{
    feedback::{Change, ITEMS_MAX, Window},
    id::{AssociationId, IssueId, OfficeId, SessionId},
    issue::Status,
};
use serde_json::Value;

/// Steps of history that are looked at for one feedback.
const STEPS_MAX: i64 = 10_000;

fn most() -> i64 {
    i64::try_from(ITEMS_MAX).unwrap_or(i64::MAX)
}

/// The issues an association raised in a time or said in a session, the newest [`ITEMS_MAX`].
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn own_of(
    connection: &mut Connection,
    office: OfficeId,
    association: AssociationId,
    window: Window,
    session: Option<SessionId>,
) -> Result<Vec<IssueId>> {
    let rows = all!(
        connection,
        (i64,),
        "select id from issue where office_id = $1 and association_id = $2 and not retracted \
         and (((($3 is null or created_at > $3) and created_at <= $4)) \
         or ($5 is not null and exists (select 1 from issue_session \
         where issue_session.office_id = $1 and issue_session.issue_id = issue.id \
         and issue_session.session_id = $5))) order by id desc limit $6",
        office.0,
        association.0,
        window.since.map(instant::to_stored),
        instant::to_stored(window.until),
        session.map(|session| session.0),
        most(),
    )?;
    Ok(numbers(rows))
}

/// The issues of others of which somebody was told in a time, the newest [`ITEMS_MAX`].
///
/// # Errors
/// As [`own_of`].
pub async fn told_since(
    connection: &mut Connection,
    office: OfficeId,
    association: AssociationId,
    window: Window,
) -> Result<Vec<IssueId>> {
    let rows = all!(
        connection,
        (i64,),
        "select id from issue where office_id = $1 and not retracted \
         and (association_id is null or association_id <> $2) and exists (select 1 from disclosure \
         where disclosure.office_id = $1 and disclosure.issue_id = issue.id \
         and disclosure.state = 'approved' and ($3 is null or disclosure.decided_at > $3) \
         and disclosure.decided_at <= $4) order by id desc limit $5",
        office.0,
        association.0,
        window.since.map(instant::to_stored),
        instant::to_stored(window.until),
        most(),
    )?;
    Ok(numbers(rows))
}

/// The steps from one status to another that an association's issues made in a time, the oldest first.
///
/// # Errors
/// [`crate::Error::Json`] when a state cannot be read.
pub async fn changes(
    connection: &mut Connection,
    office: OfficeId,
    association: AssociationId,
    window: Window,
) -> Result<Vec<Change>> {
    let rows = all!(
        connection,
        (i64, i64, String, String),
        "select history_entry.subject_id, history_entry.at, history_entry.before_state, \
         history_entry.after_state from history_entry join issue on issue.office_id = $1 \
         and issue.id = history_entry.subject_id where history_entry.office_id = $1 \
         and history_entry.subject_kind = 'issue' and issue.association_id = $2 \
         and not issue.retracted and history_entry.before_state is not null \
         and ($3 is null or history_entry.at > $3) and history_entry.at <= $4 \
         order by history_entry.id limit $5",
        office.0,
        association.0,
        window.since.map(instant::to_stored),
        instant::to_stored(window.until),
        STEPS_MAX,
    )?;
    let mut changes = Vec::new();
    for (issue, at, before, after) in rows {
        let (from, to) = (status(&before)?, status(&after)?);
        // A state of an older program may not say it.
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        if from != to {
            changes.push(Change {
                issue: IssueId(issue),
                at: instant::from_stored(at)?,
                from,
                to,
            });
        }
    }
    Ok(changes)
}

/// The status a state in the history says.
fn status(state: &str) -> Result<Option<Status>> {
    let state: Value = serde_json::from_str(state)?;
    Ok(state["status"].as_str().and_then(Status::from_code))
}

fn numbers(rows: Vec<(i64,)>) -> Vec<IssueId> {
    let mut numbers: Vec<IssueId> = rows.into_iter().map(|(id,)| IssueId(id)).collect();
    numbers.reverse();
    numbers
}
