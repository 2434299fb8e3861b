//! Issues put off to a later fiscal year (次年度以降): planned to come back in the transaction that puts
//! them off, and brought back by the office itself on the first day of that year.
//!
//! Whoever moves such an issue on, or takes it back, takes the plan back with it.

use super::change::{self, Change};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::IssueId,
    issue::{Issue, Status},
    occurrence::{Matter, ON_THE_DAY, Series, has_begun, return_of},
    office::Office,
};
use storage::{Transaction, occurrence::PutOff};

/// The act in audit and history.
const ACT: &str = "issue.return";

/// Plans the return of an issue that a change has put off, and takes back what was planned before.
///
/// # Errors
/// Storage failed.
pub(crate) async fn plan(
    tx: &mut Transaction,
    office: &Office,
    before: &Issue,
    after: &Issue,
) -> storage::Result<()> {
    let (was, is) = (year(before), year(after));
    if was == is {
        return Ok(());
    }
    storage::occurrence::cancel_all(tx, office.id, Matter::Return, after.id.0).await?;
    match is {
        Some(year) => put(tx, office, after.id, after.revision, year)
            .await
            .map(drop),
        None => Ok(()),
    }
}

/// Plans the return of one that was put off without a plan.
///
/// # Errors
/// Storage failed.
pub(crate) async fn plan_again(tx: &mut Transaction, put_off: PutOff) -> storage::Result<bool> {
    let Some(office) = storage::office::load(tx, put_off.office).await? else {
        return Ok(false);
    };
    put(tx, &office, put_off.issue, put_off.revision, put_off.year).await
}

async fn put(
    tx: &mut Transaction,
    office: &Office,
    issue: IssueId,
    revision: i64,
    year: i32,
) -> storage::Result<bool> {
    let settings = &office.settings;
    let series = Series {
        matter: Matter::Return,
        id: issue.0,
        revision,
    };
    let moment = return_of(year, settings.fiscal_year_start, settings.reminded_at);
    let (key, zone) = (series.at(ON_THE_DAY), settings.time_zone);
    storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk).await
}

/// The fiscal year an issue waits for.
fn year(issue: &Issue) -> Option<i32> {
    let waits = issue.status == Status::Later && !issue.retracted;
    issue.later_year.filter(|_| waits)
}

/// Brings an issue back whose year has begun: 整理済, with history and audit by the office itself, and
/// its cards follow. Nothing happens to one that somebody has moved on or put off further.
///
/// # Errors
/// Storage failed.
pub(crate) async fn bring_back(
    tx: &mut Transaction,
    office: &Office,
    issue: IssueId,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some(before) = storage::issue::find(tx, office.id, issue).await? else {
        return Ok(());
    };
    let settings = &office.settings;
    let today = now.with_timezone(&settings.time_zone).date_naive();
    let begun =
        year(&before).is_some_and(|year| has_begun(year, settings.fiscal_year_start, today));
    if !begun {
        return Ok(());
    }
    let after = Issue {
        status: Status::Sorted,
        later_year: None,
        changed_at: now,
        ..before.clone()
    };
    let details = vec![
        ("from", before.status.code().to_owned()),
        ("to", after.status.code().to_owned()),
    ];
    let change = Change {
        act: ACT,
        details,
        ..Change::default()
    };
    let who = storage::audit::CALENDAR;
    change::write(tx, office, (who, now), &before, &after, &change)
        .await
        .map(drop)
}
