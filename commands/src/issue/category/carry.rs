//! What follows for issues when a category of the list changes: their cards show its new name, or they
//! go over into the category it became a part of. Done in steps, the first of them in the transaction of
//! the change itself; each step looks at the issues as they are by then.

use super::ACT;
use crate::issue::{
    change::{self, Change},
    place,
};
use chrono::{DateTime, Utc};
use domain::{
    category,
    id::{CategoryId, IssueId, UserId},
    issue::Issue,
    office::Office,
};
use storage::Transaction;

/// Issues of one step; each writes some twenty rows.
const STEP_MAX: i64 = 200;

/// What a step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Carried {
    /// How many issues followed, those that were taken back not counted.
    pub(crate) issues: u64,
    /// Where the next step begins; `None` when there is no more.
    pub(crate) next: Option<IssueId>,
}

/// Carries some issues of a category along, those after a number: over into another category, or, where
/// none is named, only their cards.
///
/// # Errors
/// Storage failed.
pub(crate) async fn step(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    from: CategoryId,
    into: Option<CategoryId>,
    after: IssueId,
) -> storage::Result<Carried> {
    let ids = storage::category::issues(tx, set_up.id, from, after, STEP_MAX).await?;
    let full = i64::try_from(ids.len()).is_ok_and(|count| count == STEP_MAX);
    let mut carried = Carried {
        issues: 0,
        next: ids.last().copied().filter(|_| full),
    };
    for id in ids {
        let Some(before) = storage::issue::find(tx, set_up.id, id).await? else {
            continue;
        };
        carried.issues += u64::from(!before.retracted);
        follow(tx, set_up, (who, now), before, (from, into)).await?;
    }
    Ok(carried)
}

async fn follow(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    before: Issue,
    (from, into): (CategoryId, Option<CategoryId>),
) -> storage::Result<()> {
    let mut after = before.clone();
    after.changed_at = now;
    if let Some(into) = into {
        after.categories = category::merged(&before.categories, from, into);
    }
    if before.retracted {
        // It stands nowhere and nobody reads its history: only the row goes over.
        storage::issue::update(tx, set_up.id, &after).await?;
        return Ok(());
    }
    let Some(into) = into else {
        let stored = storage::issue::update(tx, set_up.id, &after).await?;
        let disclosures = storage::disclosure::of(tx, set_up.id, stored.id).await?;
        let (was, is) = ((&before, &disclosures[..]), (&stored, &disclosures[..]));
        return place::want(tx, set_up, was, is, now).await;
    };
    let change = Change {
        act: ACT,
        details: vec![("removed", from.to_string()), ("added", into.to_string())],
        ..Change::default()
    };
    change::write(tx, set_up, (who, now), &before, &after, &change).await?;
    Ok(())
}
