//! The history of what a plan table changes: kept targets and records as they were, and as they are.

use crate::target::state::{RecordState, TargetState};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, UserId},
    target::{Record, Target},
};
use storage::{Subject, Transaction};

/// Who changes, and when.
pub(super) type By = (UserId, DateTime<Utc>);

/// Notes the change of a target.
pub(super) async fn remember_target(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): By,
    act: &str,
    (before, after): (&Target, &Target),
) -> storage::Result<()> {
    let about = Subject::from(after.id);
    let was = TargetState::of(before).to_value()?;
    let is = TargetState::of(after).to_value()?;
    storage::history::append(tx, office, about, now, who, act, Some(was), is).await
}

/// Notes the change of a record.
pub(super) async fn remember_record(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): By,
    act: &str,
    (before, after): (&Record, &Record),
) -> storage::Result<()> {
    let about = Subject::from(after.id);
    let was = RecordState::of(before).to_value()?;
    let is = RecordState::of(after).to_value()?;
    storage::history::append(tx, office, about, now, who, act, Some(was), is).await
}
