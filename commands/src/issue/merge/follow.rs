//! What a change means for the issues that were merged: they follow the one that stands for them, each
//! with a revision, an audit entry and a history of its own, in the transaction of the change.

use crate::issue::change::{self, Change};
use chrono::{DateTime, Utc};
use domain::{
    id::{IssueId, UserId},
    issue::Issue,
    merge,
    office::Office,
};
use storage::Transaction;

/// Who, and when.
type Who = (UserId, DateTime<Utc>);

/// Lets what was merged into an issue follow its status.
pub(crate) async fn follow(
    tx: &mut Transaction,
    set_up: &Office,
    who: Who,
    before: &Issue,
    after: &Issue,
) -> storage::Result<()> {
    if !merge::has_moved(before, after) {
        return Ok(());
    }
    for id in storage::issue::merged_into(tx, set_up.id, after.id).await? {
        point(tx, set_up, who, id, after).await?;
    }
    Ok(())
}

/// Points an issue at the one that stands for it, and gives it that one's status.
pub(super) async fn point(
    tx: &mut Transaction,
    set_up: &Office,
    who: Who,
    id: IssueId,
    into: &Issue,
) -> storage::Result<()> {
    let Some(issue) = storage::issue::find(tx, set_up.id, id).await? else {
        return Ok(());
    };
    let after = Issue {
        changed_at: who.1,
        ..merge::following(&issue, into)
    };
    let change = Change {
        act: "issue.follow",
        details: vec![
            ("into", into.id.to_string()),
            ("from", issue.status.code().to_owned()),
            ("to", into.status.code().to_owned()),
        ],
        ..Change::default()
    };
    // Nothing is merged into it, so this ends here; the box is for the compiler.
    Box::pin(change::write(tx, set_up, who, &issue, &after, &change)).await?;
    Ok(())
}

/// Notes at an issue what became of one that it stands for; its card is drawn anew.
pub(super) async fn note(
    tx: &mut Transaction,
    set_up: &Office,
    who: Who,
    stands: &Issue,
    (act, issue): (&'static str, IssueId),
) -> storage::Result<Issue> {
    let after = Issue {
        changed_at: who.1,
        ..stands.clone()
    };
    let change = Change {
        act,
        details: vec![("issue", issue.to_string())],
        ..Change::default()
    };
    change::write(tx, set_up, who, stands, &after, &change).await
}

/// After a merge was taken back: what was merged into the issue before points at it again, and the one
/// that stood for it knows.
pub(crate) async fn undone(
    tx: &mut Transaction,
    set_up: &Office,
    who: Who,
    (before, after): (&Issue, &Issue),
    behind: &[IssueId],
) -> storage::Result<()> {
    let Some(stood) = before.merged_into.filter(|_| after.merged_into.is_none()) else {
        return Ok(());
    };
    for id in behind {
        let found = storage::issue::find(tx, set_up.id, *id).await?;
        if found.is_some_and(|found| found.merged_into == Some(stood)) {
            point(tx, set_up, who, *id, after).await?;
        }
    }
    if let Some(stood) = storage::issue::find(tx, set_up.id, stood).await? {
        note(tx, set_up, who, &stood, ("issue.release", after.id)).await?;
    }
    Ok(())
}
