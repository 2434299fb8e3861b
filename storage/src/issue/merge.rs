//! Merged issues: opinions that were taken for the same, each with the one that stands for it.
//!
//! Every merged issue points at one that is merged into none, so that there is one step between an
//! opinion and what stands for it. [`super::update`] keeps that so, whoever writes.

use super::listing::{Filter, Narrowed, Readable};
use crate::{
    error::{Conflict, Result},
    link::{Connection, Transaction, all, one},
};
use domain::{
    id::{IssueId, OfficeId},
    issue::Issue,
    merge::MERGED_MAX,
};

/// The issues that were merged into one, the oldest first; those that were taken back are not among them.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn merged_into(
    connection: &mut Connection,
    office: OfficeId,
    into: IssueId,
) -> Result<Vec<IssueId>> {
    merged(connection, office, &Readable::Everything, (into, into))
        .await
        .map(|merged| merged.into_iter().map(|(_, issue)| issue).collect())
}

const MERGED: &str = concat!(
    "select issue_merge.into_id, issue.id from issue_merge \
     join issue on issue.office_id = $1 and issue.id = issue_merge.issue_id \
     where issue_merge.office_id = $1 and issue_merge.into_id between $16 and $17 \
     and not issue.retracted and (",
    whole!("issue"),
    ") order by issue_merge.into_id, issue.id"
);

/// What was merged into the issues numbered from `first` to `last`, as far as the reader reads the
/// originals: the issue that stands, and the one that was merged into it. The weight of an issue in a
/// list or a figure is 1 and as many as stand here beside it.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn merged(
    connection: &mut Connection,
    office: OfficeId,
    readable: &Readable,
    (first, last): (IssueId, IssueId),
) -> Result<Vec<(IssueId, IssueId)>> {
    let by = Narrowed::by(&Filter::of(readable.clone()));
    let (first, last) = (first.0, last.0);
    let rows = narrowed!(all, connection, (i64, i64), MERGED, office, by, first, last)?;
    Ok(rows
        .into_iter()
        .map(|(into, issue)| (IssueId(into), IssueId(issue)))
        .collect())
}

/// Refuses a merge that would not be one step: into an issue that was merged itself or taken back, or
/// of one that others were merged into; and to take back one that stands for others.
///
/// # Errors
/// [`Conflict::Chained`]; [`Conflict::Full`] when as many were merged into it as may be
/// ([`MERGED_MAX`]); [`Conflict::Missing`] when it does not exist.
pub(super) async fn check(tx: &mut Transaction, office: OfficeId, issue: &Issue) -> Result<()> {
    if issue.merged_into.is_none() && !issue.retracted {
        return Ok(());
    }
    let into = issue.merged_into.unwrap_or(issue.id);
    let (standing, chained, beside, behind) = one!(
        tx,
        (i64, i64, i64, i64),
        "select (select count(*) from issue where office_id = $1 and id = $2 and not retracted), \
         (select count(*) from issue_merge where office_id = $1 and issue_id = $2), \
         (select count(*) from issue_merge where office_id = $1 and into_id = $2 and issue_id <> $3), \
         (select count(*) from issue_merge where office_id = $1 and into_id = $3)",
        office.0,
        into.0,
        issue.id.0,
    )?;
    if behind > 0 {
        return Err(Conflict::Chained.into());
    }
    if issue.merged_into.is_none() {
        return Ok(());
    }
    if standing == 0 {
        return Err(Conflict::Missing.into());
    }
    if chained > 0 || into == issue.id {
        return Err(Conflict::Chained.into());
    }
    if usize::try_from(beside).is_ok_and(|beside| beside >= MERGED_MAX) {
        return Err(Conflict::Full.into());
    }
    Ok(())
}
