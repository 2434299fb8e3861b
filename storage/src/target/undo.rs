//! What a plan table brought, taken back whole.

use super::difference::Applied;
use crate::{
    dialect,
    error::{Conflict, Result},
    instant,
    link::{Transaction, run},
    report,
};
use chrono::{DateTime, Utc};
use domain::id::OfficeId;
use serde_json::{Value, json};

/// Takes back what [`super::apply`] added: new records and targets are withdrawn, new versions of goals never
/// held. What it changed of kept targets and records is the caller's to bring back.
///
/// # Errors
/// [`Conflict::StaleRevision`] when something of it was changed since, or something new rests on it.
pub async fn take_back(
    tx: &mut Transaction,
    office: OfficeId,
    applied: &Applied,
    now: DateTime<Utc>,
) -> Result<()> {
    let written = now;
    let now = instant::to_stored(now);
    let records: Vec<Value> = applied
        .new_records
        .iter()
        .map(|id| json!({ "id": id }))
        .collect();
    let sql = entries!(
        tx,
        [
            "update record set withdrawn = true, revision = revision + 1, changed_at = $3 \
                 where office_id = $1 and revision = 1 and not withdrawn and id in (select ",
            field!("id" as "bigint"),
        ],
        ")"
    );
    let touched = run!(tx, sql, office.0, Value::from(records).to_string(), now,)?;
    all_of(touched, applied.new_records.len())?;
    let goals: Vec<Value> = applied
        .new_goals
        .iter()
        .map(|(target, year, version)| json!({ "of": target, "year": year, "version": version }))
        .collect();
    // A version that another followed cannot go: the other was written on top of it.
    let sql = entries!(
        tx,
        [
            "update goal set retracted = true where office_id = $1 and not retracted \
                 and not exists (select 1 from goal as later where later.office_id = $1 \
                 and later.target_id = goal.target_id and later.fiscal_year = goal.fiscal_year \
                 and later.version > goal.version) \
                 and (target_id, fiscal_year, version) in (select ",
            field!("of" as "bigint"),
            ", ",
            field!("year" as "bigint"),
            ", ",
            field!("version" as "bigint"),
        ],
        ")"
    );
    let touched = run!(tx, sql, office.0, Value::from(goals).to_string(),)?;
    all_of(touched, applied.new_goals.len())?;
    let targets: Vec<Value> = applied
        .new_targets
        .iter()
        .map(|id| json!({ "id": id }))
        .collect();
    let sql = entries!(
        tx,
        [
            "update target set withdrawn = true, revision = revision + 1, changed_at = $3 \
                 where office_id = $1 and revision = 1 and not withdrawn \
                 and not exists (select 1 from record_target join record \
                 on record.office_id = $1 and record.id = record_target.record_id \
                 where record_target.office_id = $1 and record_target.target_id = target.id \
                 and not record.withdrawn) \
                 and not exists (select 1 from goal where goal.office_id = $1 \
                 and goal.target_id = target.id and not goal.retracted) and id in (select ",
            field!("id" as "bigint"),
        ],
        ")"
    );
    let touched = run!(tx, sql, office.0, Value::from(targets).to_string(), now,)?;
    all_of(touched, applied.new_targets.len())?;
    report::touch_written(tx, office, written).await?;
    for (target, ..) in &applied.new_goals {
        report::touch_target(tx, office, *target, written).await?;
    }
    Ok(())
}

/// Whether every row was as it had been left.
fn all_of(touched: u64, expected: usize) -> Result<()> {
    if usize::try_from(touched) == Ok(expected) {
        Ok(())
    } else {
        Err(Conflict::StaleRevision.into())
    }
}
