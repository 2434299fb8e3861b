//! Links (関連): two issues that belong together. A link has no direction.
//!
//! It is no change of either issue: nobody who reads only one of them may learn of the other, so neither a revision nor a
//! history tells of it. Who may see a link is decided where both issues are read.

use crate::{
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, all, one, run},
};
use chrono::{DateTime, Utc};
use domain::id::{IssueId, OfficeId, UserId};

/// Most links of one issue.
pub const PER_ISSUE_MAX: usize = 20;

/// Links two issues; says whether they were not linked before.
///
/// # Errors
/// [`Conflict::Full`] when either has [`PER_ISSUE_MAX`] links, [`Conflict::Missing`] when either does not exist or both are
/// the same.
pub async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    one: IssueId,
    other: IssueId,
    who: UserId,
    now: DateTime<Utc>,
) -> Result<bool> {
    if one == other {
        return Err(Conflict::Missing.into());
    }
    if are_linked(tx, office, one, other).await? {
        return Ok(false);
    }
    for issue in [one, other] {
        if of(tx, office, issue).await?.len() >= PER_ISSUE_MAX {
            return Err(Conflict::Full.into());
        }
    }
    run!(
        tx,
        "insert into issue_link (office_id, first_id, second_id, linked_by, linked_at) \
         values ($1, $2, $3, $4, $5)",
        office.0,
        one.min(other).0,
        one.max(other).0,
        who.to_stored(),
        instant::to_stored(now),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    Ok(true)
}

/// Takes a link away; says whether there was one.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn remove(
    tx: &mut Transaction,
    office: OfficeId,
    one: IssueId,
    other: IssueId,
) -> Result<bool> {
    let removed = run!(
        tx,
        "delete from issue_link where office_id = $1 and first_id = $2 and second_id = $3",
        office.0,
        one.min(other).0,
        one.max(other).0,
    )?;
    Ok(removed > 0)
}

/// Whether two issues are linked.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn are_linked(
    connection: &mut Connection,
    office: OfficeId,
    one: IssueId,
    other: IssueId,
) -> Result<bool> {
    let (found,) = one!(
        connection,
        (i64,),
        "select count(*) from issue_link where office_id = $1 and first_id = $2 and second_id = $3",
        office.0,
        one.min(other).0,
        one.max(other).0,
    )?;
    Ok(found > 0)
}

/// The issues an issue is linked with, in the order of their numbers; those that were taken back are left out.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn of(
    connection: &mut Connection,
    office: OfficeId,
    issue: IssueId,
) -> Result<Vec<IssueId>> {
    let rows = all!(
        connection,
        (i64,),
        "select issue.id from issue join \
         (select second_id as other_id from issue_link where office_id = $1 and first_id = $2 \
         union all select first_id from issue_link where office_id = $1 and second_id = $2) as linked \
         on issue.id = linked.other_id where issue.office_id = $1 and not issue.retracted \
         order by issue.id",
        office.0,
        issue.0,
    )?;
    Ok(rows.into_iter().map(|(id,)| IssueId(id)).collect())
}
