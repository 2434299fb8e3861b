//! The newest originals a reader reads, by their words only: what a new text is compared with.

use super::{Filter, Narrowed};
use crate::{
    error::Result,
    issue::categories,
    link::{Connection, all},
};
use domain::id::{CategoryId, IssueId, OfficeId};
use std::collections::BTreeMap;

/// Most originals handed out at once; a higher limit counts as this one.
pub const RECENT_MAX: i64 = 2_000;

/// One original, as far as a comparison of words needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// The issue's number.
    pub id: IssueId,
    /// Its wording.
    pub text: String,
    /// The categories it is in, in their order.
    pub categories: Vec<CategoryId>,
}

const RECENT: &str = concat!(
    "with page as (select id, whole from ",
    found!(),
    " and whole order by id desc limit ",
    most!(),
    ") select issue.id, issue.wording from page join issue \
     on issue.office_id = $1 and issue.id = page.id order by issue.id desc"
);

/// The newest issues that match and whose originals the reader reads, newest first. What was only shared
/// with the reader is not among them.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn recent(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Recent>> {
    let by = Narrowed::by(filter);
    let limit = limit.clamp(0, RECENT_MAX);
    let rows = narrowed!(all, connection, (i64, String), RECENT, office, by, limit)?;
    let (Some((newest, _)), Some((oldest, _))) = (rows.first(), rows.last()) else {
        return Ok(Vec::new());
    };
    let mut sorted: BTreeMap<i64, Vec<CategoryId>> = BTreeMap::new();
    for (issue, category) in categories(connection, office, *oldest, *newest).await? {
        sorted.entry(issue).or_default().push(category);
    }
    Ok(rows
        .into_iter()
        .map(|(id, text)| Recent {
            id: IssueId(id),
            text,
            categories: sorted.remove(&id).unwrap_or_default(),
        })
        .collect())
}
