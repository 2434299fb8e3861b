//! What counts of issues need to be told as of a day that has passed. What was changed since is in the
//! history ([`crate::history::before_change`]).

use crate::{
    error::{Error, Result},
    instant,
    link::{Connection, all},
};
use chrono::{DateTime, Utc};
use domain::{
    id::{CategoryId, IssueId, OfficeId},
    issue::Status,
    tier::Tier,
};
use std::collections::BTreeMap;

/// An issue as far as it is counted, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The issue.
    pub id: IssueId,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// Its tier.
    pub tier: Tier,
    /// How far it has come.
    pub status: Status,
    /// Its categories.
    pub categories: Vec<CategoryId>,
}

/// Every issue that was written down before an instant and not taken back, in two queries. One that was
/// merged into another is among them: it is counted as the opinion it is.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn opinions(
    connection: &mut Connection,
    office: OfficeId,
    before: DateTime<Utc>,
) -> Result<Vec<Opinion>> {
    let pairs = all!(
        connection,
        (i64, i64),
        "select issue_id, category_id from issue_category where office_id = $1 \
         order by issue_id, category_id",
        office.0,
    )?;
    let mut categories: BTreeMap<i64, Vec<CategoryId>> = BTreeMap::new();
    for (issue, category) in pairs {
        let of = categories.entry(issue).or_default();
        of.push(CategoryId(category));
    }
    let rows = all!(
        connection,
        (i64, i64, i64, String),
        "select id, created_at, tier, status from issue \
         where office_id = $1 and created_at < $2 and not retracted order by id",
        office.0,
        instant::to_stored(before),
    )?;
    rows.into_iter()
        .map(|(id, created_at, tier, status)| {
            Ok(Opinion {
                id: IssueId(id),
                created_at: instant::from_stored(created_at)?,
                tier: Tier::from_number(tier).ok_or(Error::Unreadable("tier"))?,
                status: Status::from_code(&status).ok_or(Error::Unreadable("status"))?,
                categories: categories.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}
