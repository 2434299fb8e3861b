//! The history of what a plan table changes: kept targets and records as they were, and as they are.

use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, UserId},
    target::{Record, Target},
};
use serde_json::{Value, json};
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
    let (was, is) = (of_target(before), of_target(after));
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
    let (was, is) = (of_record(before), of_record(after));
    storage::history::append(tx, office, about, now, who, act, Some(was), is).await
}

fn of_target(target: &Target) -> Value {
    json!({
        "area": target.area,
        "number": target.number.to_string(),
        "item": target.item,
        "position": target.position,
        "owner": target.owner,
        "counts": target.counts.map(domain::target::Count::code),
        "withdrawn": target.withdrawn,
    })
}

fn of_record(record: &Record) -> Value {
    json!({
        "date": record.date.to_string(),
        "text": record.text,
        "amount": record.amount,
        "unit": record.unit,
        "mark": record.mark,
        "again": record.again,
        "targets": record.targets,
        "withdrawn": record.withdrawn,
    })
}
