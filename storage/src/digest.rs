//! What the desk's weekly digest (週のまとめ) counts: issues, proposals and sessions that wait. Numbers
//! only; nothing of what was said.

use crate::{
    error::Result,
    instant,
    link::{Connection, all, one},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::id::OfficeId;

/// Most numbers that are handed out of each.
pub const NAMED_MAX: i64 = 20;

/// How many wait, and the numbers of those that have waited longest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// In all.
    pub total: i64,
    /// The first of them, at most [`NAMED_MAX`].
    pub numbers: Vec<i64>,
}

/// Reads a [`Waiting`]: how many rows a query has, and the first numbers in an order.
macro_rules! waiting {
    ($connection:expr, $number:literal, $rows:expr, $order:literal, $($value:expr),+ $(,)?) => {{
        let (total,) = one!(
            $connection,
            (i64,),
            concat!("select count(*) from (select ", $number, $rows, ") as counted"),
            $($value),+
        )?;
        let rows = all!(
            $connection,
            (i64,),
            concat!("select ", $number, $rows, " order by ", $order, " limit 20"),
            $($value),+
        )?;
        Ok(Waiting {
            total,
            numbers: rows.into_iter().map(|(number,)| number).collect(),
        })
    }};
}

/// Issues with a proposal to share that nobody has decided, the oldest proposal first.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn proposals(connection: &mut Connection, office: OfficeId) -> Result<Waiting> {
    waiting!(
        connection,
        "disclosure.issue_id",
        " from disclosure join issue on issue.office_id = $1 and issue.id = disclosure.issue_id \
         where disclosure.office_id = $1 and disclosure.state = 'proposed' and not issue.retracted \
         group by disclosure.issue_id",
        "min(disclosure.proposed_at), disclosure.issue_id",
        office.0,
    )
}

/// Issues that nobody has taken up (受付) since before an instant, the oldest first. One that another
/// stands for waits with it.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn open_since(
    connection: &mut Connection,
    office: OfficeId,
    before: DateTime<Utc>,
) -> Result<Waiting> {
    waiting!(
        connection,
        "issue.id",
        " from issue where issue.office_id = $1 and issue.status = 'open' \
         and issue.created_at <= $2 and not issue.retracted and not exists \
         (select 1 from issue_merge where issue_merge.office_id = $1 \
         and issue_merge.issue_id = issue.id)",
        "issue.created_at, issue.id",
        office.0,
        instant::to_stored(before),
    )
}

/// Reviews that were due before a day and are not held, the longest overdue first.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn reviews(
    connection: &mut Connection,
    office: OfficeId,
    today: NaiveDate,
) -> Result<Waiting> {
    waiting!(
        connection,
        "review.id",
        " from review where review.office_id = $1 and review.state = 'planned' \
         and review.due_date < $2 and not review.retracted",
        "review.due_date, review.id",
        office.0,
        today.to_string(),
    )
}

/// Projects with a task that was due before a day and is not done, the longest overdue first.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn tasks(
    connection: &mut Connection,
    office: OfficeId,
    today: NaiveDate,
) -> Result<Waiting> {
    waiting!(
        connection,
        "task.project_id",
        " from task join project on project.office_id = $1 and project.id = task.project_id \
         where task.office_id = $1 and task.due_on < $2 and task.done_on is null \
         and not task.removed and project.state in ('planned', 'running') \
         and not project.retracted group by task.project_id",
        "min(task.due_on), task.project_id",
        office.0,
        today.to_string(),
    )
}

/// Sessions that a match has drafted and nobody has planned, the oldest first.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn drafts(connection: &mut Connection, office: OfficeId) -> Result<Waiting> {
    waiting!(
        connection,
        "session.id",
        " from session where session.office_id = $1 and session.state = 'draft' \
         and not session.retracted",
        "session.id",
        office.0,
    )
}
