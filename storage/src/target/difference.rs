//! What a plan table brings, stored whole in one transaction, and taken back whole.
//!
//! A table has hundreds of goals and lines, so what is new goes in as one statement per table of the
//! database, whatever the number of rows. What is there already is left as it is: the same difference
//! stored twice changes nothing.

use super::{check_room, goal, named, record};
use crate::{
    counter::{self, Noun},
    dialect,
    error::{Conflict, Result},
    instant,
    link::{Transaction, all, run},
    report,
};
use chrono::{DateTime, Utc};
use domain::{
    era::FiscalYear,
    id::{OfficeId, RecordId, TargetId, UserId},
    target::{
        Record, Target,
        difference::{
            Difference, ItemChange, NewRecord, NewTarget, RECORDS_MAX, RecordRef, TargetRef,
        },
        goal::{Content, VERSIONS_MAX},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What was stored of a difference, by number; enough to take it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The number of each of [`Difference::targets`], whether it was new or there already.
    pub targets: Vec<TargetId>,
    /// The number of each of [`Difference::records`], whether it was new or there already.
    pub records: Vec<RecordId>,
    /// Targets that were added.
    pub new_targets: Vec<TargetId>,
    /// Versions of goals that were added: target, year, version.
    pub new_goals: Vec<(TargetId, FiscalYear, i64)>,
    /// Records that were added.
    pub new_records: Vec<RecordId>,
    /// Targets whose item or place was changed.
    pub changed_targets: Vec<TargetId>,
    /// Records that were corrected or withdrawn.
    pub changed_records: Vec<RecordId>,
}

impl Applied {
    /// Whether nothing was changed.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.new_targets.is_empty()
            && self.new_goals.is_empty()
            && self.new_records.is_empty()
            && self.changed_targets.is_empty()
            && self.changed_records.is_empty()
    }
}

/// Stores what a difference brings, as of `(who, now)`: new targets, other words of those that are kept,
/// goals as their next versions, new records and corrections. Ten statements and two for each target or
/// record that was changed, whatever the number of rows.
///
/// History is the caller's: what is new begins with no step, and a change of what was kept is known from
/// [`Difference::items`] and [`Difference::corrected`].
///
/// # Errors
/// [`Conflict::StaleRevision`] when something was changed after the difference was made,
/// [`Conflict::Full`] when the office would have too many targets or the table has too many records,
/// [`Conflict::Missing`] when it names what does not exist.
pub async fn apply(
    tx: &mut Transaction,
    office: OfficeId,
    difference: &Difference,
    (who, now): (UserId, DateTime<Utc>),
) -> Result<Applied> {
    if difference.records.len() > RECORDS_MAX {
        return Err(Conflict::Full.into());
    }
    let mut applied = Applied::default();
    put_targets(tx, office, &difference.targets, (who, now), &mut applied).await?;
    for item in &difference.items {
        if change_item(tx, office, item, now).await? {
            applied.changed_targets.push(item.target);
        }
    }
    put_goals(tx, office, difference, (who, now), &mut applied).await?;
    put_records(tx, office, &difference.records, (who, now), &mut applied).await?;
    for corrected in &difference.corrected {
        if correct(tx, office, corrected, now).await? {
            applied.changed_records.push(corrected.id);
        }
    }
    if !applied.is_nothing() {
        report::touch_written(tx, office, now).await?;
    }
    Ok(applied)
}

/// Adds the targets there are none of, and numbers all of them.
async fn put_targets(
    tx: &mut Transaction,
    office: OfficeId,
    wanted: &[NewTarget],
    (who, now): (UserId, DateTime<Utc>),
    applied: &mut Applied,
) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut known: BTreeMap<(String, String), i64> = all!(
        tx,
        (String, String, i64),
        "select area, number, id from target where office_id = $1 and not withdrawn",
        office.0,
    )?
    .into_iter()
    .map(|(area, number, id)| ((area, number), id))
    .collect();
    let name = |target: &NewTarget| (target.area.clone(), target.number.to_string());
    let missing: BTreeSet<_> = wanted
        .iter()
        .map(name)
        .filter(|name| !known.contains_key(name))
        .collect();
    if !missing.is_empty() {
        check_room(tx, office, missing.len()).await?;
        let mut next = counter::several(tx, office, Noun::Target, missing.len()).await?;
        let mut entries = Vec::new();
        for target in wanted {
            let name = name(target);
            if known.contains_key(&name) {
                continue;
            }
            entries.push(json!({
                "id": next, "area": name.0, "number": name.1, "item": target.item,
                "position": target.position,
            }));
            applied.new_targets.push(TargetId(next));
            known.insert(name, next);
            next += 1;
        }
        let sql = entries!(
            tx,
            [
                "insert into target (office_id, id, revision, area, number, item, position, \
                 withdrawn, added_by, created_at, changed_at) select $1, ",
                field!("id" as "bigint"),
                ", 1, entry.value ->> 'area', entry.value ->> 'number', entry.value ->> 'item', ",
                field!("position" as "bigint"),
                ", false, $3, $4, $4",
            ]
        );
        run!(
            tx,
            sql,
            office.0,
            Value::from(entries).to_string(),
            who.to_stored(),
            instant::to_stored(now),
        )
        .map_err(named)?;
    }
    applied.targets = wanted
        .iter()
        .filter_map(|target| known.get(&name(target)).copied().map(TargetId))
        .collect();
    Ok(())
}

/// Gives a kept target other words or another place; `false` when it has them already.
async fn change_item(
    tx: &mut Transaction,
    office: OfficeId,
    change: &ItemChange,
    now: DateTime<Utc>,
) -> Result<bool> {
    let kept = super::find(tx, office, change.target).await?;
    let kept = kept.ok_or(Conflict::Missing)?;
    if kept.item == change.item && kept.position == change.position {
        return Ok(false);
    }
    let changed = Target {
        revision: change.revision,
        item: change.item.clone(),
        position: change.position,
        changed_at: now,
        ..kept
    };
    super::update(tx, office, &changed).await.map(|_| true)
}

/// Adds the goals that say something else than what was last set.
async fn put_goals(
    tx: &mut Transaction,
    office: OfficeId,
    difference: &Difference,
    (who, now): (UserId, DateTime<Utc>),
    applied: &mut Applied,
) -> Result<()> {
    if difference.goals.is_empty() {
        return Ok(());
    }
    let mut latest: BTreeMap<(TargetId, FiscalYear), Content> = goal::latest(tx, office)
        .await?
        .into_iter()
        .map(|(key, goal)| (key, goal.content))
        .collect();
    let mut versions = goal::last_versions(tx, office).await?;
    let mut entries = Vec::new();
    for wanted in &difference.goals {
        let target = number(&applied.targets, wanted.target)?;
        let again = wanted.content.again;
        let content = Content {
            text: wanted.content.text.clone(),
            plan: wanted.content.plan.clone(),
            quantity: wanted.content.quantity.clone(),
            state: wanted.content.state,
            again: again
                .map(|again| number(&applied.targets, again))
                .transpose()?,
        };
        let key = (target, wanted.year);
        if latest.get(&key) == Some(&content) {
            continue;
        }
        let version = versions.get(&key).copied().unwrap_or_default() + 1;
        if version > VERSIONS_MAX {
            return Err(Conflict::Full.into());
        }
        entries.push(json!({
            "target": target, "year": wanted.year, "version": version,
            "day": wanted.day.to_string(), "wording": content.text, "plan": content.plan,
            "amount": content.quantity.as_ref().map(|of| of.amount),
            "unit": content.quantity.as_ref().map(|of| of.unit.as_str()),
            "each": content.quantity.as_ref().is_some_and(|of| of.each),
            "periodic": content.quantity.as_ref().is_some_and(|of| of.periodic),
            "state": content.state.code(), "again": content.again, "reason": wanted.reason,
        }));
        applied.new_goals.push((target, wanted.year, version));
        versions.insert(key, version);
        latest.insert(key, content);
    }
    let sql = entries!(
        tx,
        [
            concat!(
                "insert into goal (office_id, ",
                goal_columns!(),
                ") select $1, "
            ),
            field!("target" as "bigint"),
            ", ",
            field!("year" as "bigint"),
            ", ",
            field!("version" as "bigint"),
            ", entry.value ->> 'day', entry.value ->> 'wording', entry.value ->> 'plan', ",
            field!("amount" as "bigint"),
            ", entry.value ->> 'unit', ",
            field!("each" as "boolean"),
            ", ",
            field!("periodic" as "boolean"),
            ", entry.value ->> 'state', ",
            field!("again" as "bigint"),
            ", entry.value ->> 'reason', $3, $4, false",
        ]
    );
    run!(
        tx,
        sql,
        office.0,
        Value::from(entries).to_string(),
        who.to_stored(),
        instant::to_stored(now),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    Ok(())
}

/// Adds the records that are not kept under their key, and numbers all of them.
async fn put_records(
    tx: &mut Transaction,
    office: OfficeId,
    wanted: &[NewRecord],
    (who, now): (UserId, DateTime<Utc>),
    applied: &mut Applied,
) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut known: BTreeMap<String, i64> = all!(
        tx,
        (String, i64),
        "select import_key, id from record where office_id = $1 and import_key is not null \
         and not withdrawn",
        office.0,
    )?
    .into_iter()
    .collect();
    let mut fresh: Vec<(i64, &NewRecord)> = Vec::new();
    let missing: BTreeSet<&str> = wanted
        .iter()
        .map(|record| record.key.as_str())
        .filter(|key| !known.contains_key(*key))
        .collect();
    if !missing.is_empty() {
        let mut next = counter::several(tx, office, Noun::Record, missing.len()).await?;
        for record in wanted {
            if !known.contains_key(&record.key) {
                known.insert(record.key.clone(), next);
                fresh.push((next, record));
                next += 1;
            }
        }
    }
    applied.records = wanted
        .iter()
        .filter_map(|record| known.get(&record.key).copied().map(RecordId))
        .collect();
    let (mut rows, mut targets) = (Vec::new(), Vec::new());
    for (id, record) in fresh {
        if record.targets.is_empty() {
            return Err(Conflict::Missing.into());
        }
        let again = match record.again {
            None => None,
            Some(RecordRef::Kept(id)) => Some(id),
            Some(RecordRef::New(at)) => Some(*applied.records.get(at).ok_or(Conflict::Missing)?),
        };
        rows.push(json!({
            "id": id, "key": record.key, "date": record.date.to_string(), "wording": record.text,
            "amount": record.amount, "unit": record.unit, "mark": record.mark, "again": again,
        }));
        for (position, target) in record.targets.iter().enumerate() {
            let target = number(&applied.targets, *target)?;
            targets.push(json!({ "record": id, "position": position, "target": target }));
        }
        applied.new_records.push(RecordId(id));
    }
    let sql = entries!(
        tx,
        [
            "insert into record (office_id, id, revision, done_on, wording, amount, unit, mark, \
             source, import_key, again_of, withdrawn, recorded_by, created_at, changed_at) \
             select $1, ",
            field!("id" as "bigint"),
            ", 1, entry.value ->> 'date', entry.value ->> 'wording', ",
            field!("amount" as "bigint"),
            ", entry.value ->> 'unit', entry.value ->> 'mark', 'import', entry.value ->> 'key', ",
            field!("again" as "bigint"),
            ", false, $3, $4, $4",
        ]
    );
    run!(
        tx,
        sql,
        office.0,
        Value::from(rows).to_string(),
        who.to_stored(),
        instant::to_stored(now),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    let sql = entries!(
        tx,
        [
            "insert into record_target (office_id, record_id, position, target_id) select $1, ",
            field!("record" as "bigint"),
            ", ",
            field!("position" as "bigint"),
            ", ",
            field!("target" as "bigint"),
        ]
    );
    run!(tx, sql, office.0, Value::from(targets).to_string(),)
        .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    Ok(())
}

/// Makes a kept record what it is to be, as of now; `false` when it is that already.
async fn correct(
    tx: &mut Transaction,
    office: OfficeId,
    wanted: &Record,
    now: DateTime<Utc>,
) -> Result<bool> {
    let kept = record::find(tx, office, wanted.id).await?;
    let kept = kept.ok_or(Conflict::Missing)?;
    let same = Record {
        revision: kept.revision,
        changed_at: kept.changed_at,
        created_at: kept.created_at,
        ..wanted.clone()
    };
    if kept == same {
        return Ok(false);
    }
    let corrected = Record {
        changed_at: now,
        ..wanted.clone()
    };
    record::update(tx, office, &corrected).await.map(|_| true)
}

/// The number of a target that is kept or was just numbered.
fn number(numbered: &[TargetId], target: TargetRef) -> Result<TargetId> {
    match target {
        TargetRef::Kept(id) => Ok(id),
        TargetRef::New(at) => Ok(*numbered.get(at).ok_or(Conflict::Missing)?),
    }
}
