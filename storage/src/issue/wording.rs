//! Wordings of originals, for whoever looks whether something is there already. Searching is not here.

use crate::{
    error::Result,
    link::{Connection, all},
};
use domain::{
    id::{IssueId, OfficeId, ProfessionId, SessionId},
    text::fold,
};

/// One issue as far as it matters for being the same as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    /// Its number.
    pub id: IssueId,
    /// The profession that said it.
    pub profession: Option<ProfessionId>,
    /// The gathering where it was said.
    pub session: Option<SessionId>,
    /// Its wording, folded.
    pub folded: String,
}

/// The wordings of issues after a number that were not taken back, the oldest first: for whoever looks
/// whether something is there already.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn wordings(
    connection: &mut Connection,
    office: OfficeId,
    after: IssueId,
    limit: i64,
) -> Result<Vec<Worded>> {
    let rows = all!(
        connection,
        (i64, Option<i64>, Option<i64>, String),
        "select issue.id, issue.profession_id, issue_session.session_id, issue.wording \
         from issue left join issue_session \
         on issue_session.office_id = issue.office_id and issue_session.issue_id = issue.id \
         where issue.office_id = $1 and not issue.retracted and issue.id > $2 \
         order by issue.id limit $3",
        office.0,
        after.0,
        limit,
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, profession, session, wording)| Worded {
            id: IssueId(id),
            profession: profession.map(ProfessionId),
            session: session.map(SessionId),
            folded: fold(&wording),
        })
        .collect())
}
