//! What a review brought to light: the issues that were written down from it, so that they are seen beside
//! what was looked back on.

use crate::{
    error::{Conflict, Result},
    link::{Connection, Transaction, all, optional, run},
};
use domain::{
    id::{IssueId, OfficeId, ReviewId},
    review::{Of, Review},
};

/// Most issues [`brought_to_light`] tells of: more than one answer names.
pub const BROUGHT_MAX: i64 = 50;

/// Ties a new issue to the review it was written down from; an issue comes of one review.
///
/// # Errors
/// [`Conflict::Missing`] when one of the two does not exist, [`Conflict::InUse`] when the issue is tied
/// already.
pub async fn bring(
    tx: &mut Transaction,
    office: OfficeId,
    review: ReviewId,
    issue: IssueId,
) -> Result<()> {
    run!(
        tx,
        "insert into review_issue (office_id, issue_id, review_id) values ($1, $2, $3)",
        office.0,
        issue.0,
        review.0,
    )
    .map_err(|error| error.naming(Conflict::InUse, Conflict::Missing))?;
    Ok(())
}

/// The review an issue was written down from, if there is one.
///
/// # Errors
/// As [`super::find`].
pub async fn brought_by(
    connection: &mut Connection,
    office: OfficeId,
    issue: IssueId,
) -> Result<Option<Review>> {
    let found = optional!(
        connection,
        (i64,),
        "select review_id from review_issue where office_id = $1 and issue_id = $2",
        office.0,
        issue.0,
    )?;
    match found {
        Some((review,)) => super::find(connection, office, ReviewId(review)).await,
        None => Ok(None),
    }
}

/// The issues that reviews of something brought to light, the newest first, at most [`BROUGHT_MAX`]. What
/// of them a person may read is for the caller to find out.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn brought_to_light(
    connection: &mut Connection,
    office: OfficeId,
    of: Of,
) -> Result<Vec<IssueId>> {
    let rows = all!(
        connection,
        (i64,),
        "select review_issue.issue_id from review_issue join review \
         on review.office_id = $1 and review.id = review_issue.review_id \
         where review_issue.office_id = $1 and review.of_kind = $2 and review.of_id = $3 \
         order by review_issue.issue_id desc limit $4",
        office.0,
        of.noun(),
        of.number(),
        BROUGHT_MAX,
    )?;
    Ok(rows.into_iter().map(|(id,)| IssueId(id)).collect())
}
