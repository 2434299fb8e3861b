//! Records (進捗) as they are kept, and what they come to.

use super::row::{self, RecordRow};
use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    report::{self, Touched},
};
use chrono::NaiveDate;
use domain::{
    id::{OfficeId, RecordId, SessionId, TargetId},
    target::{Record, record::Sum},
};
use std::collections::BTreeMap;

/// Most records of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 100;
/// Most records that are read of a stretch of time.
pub const BETWEEN_MAX: i64 = 5_000;

/// One page of a target's records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The records of this page, the latest first.
    pub items: Vec<Record>,
    /// How many there are in all.
    pub total: i64,
}

/// Stores a new record and returns it as it is kept: with its number and revision 1. Its `id` and
/// `revision` are not looked at.
///
/// # Errors
/// [`Conflict::Missing`] when the office, a target, the session or the record it repeats does not exist
/// or it names no target, [`Conflict::NameTaken`] when a line of a table is kept already.
pub async fn insert(tx: &mut Transaction, office: OfficeId, record: &Record) -> Result<Record> {
    let id = counter::next(tx, office, Noun::Record).await?;
    let stored = Record {
        id: RecordId(id),
        revision: 1,
        ..kept(record)
    };
    let (source, key, session) = row::source(&stored.source);
    run!(
        tx,
        "insert into record (office_id, id, revision, done_on, wording, amount, unit, mark, source, \
         import_key, session_id, again_of, withdrawn, recorded_by, created_at, changed_at) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        office.0,
        id,
        stored.date.to_string(),
        &stored.text,
        stored.amount,
        &stored.unit,
        stored.mark.map(String::from),
        source,
        key,
        session,
        stored.again.map(|id| id.0),
        stored.withdrawn,
        stored.recorded_by.to_stored(),
        instant::to_stored(stored.created_at),
        instant::to_stored(stored.changed_at),
    )
    .map_err(named)?;
    put_targets(tx, office, &stored).await?;
    report::touch(tx, office, &touched_by(&stored), stored.changed_at).await?;
    Ok(stored)
}

/// What stands otherwise because of a record.
fn touched_by(record: &Record) -> Vec<Touched> {
    let from = record.date;
    let targets = record.targets.iter();
    targets
        .map(|target| Touched {
            target: *target,
            from,
        })
        .collect()
}

/// Stores a change of a record that was read with the revision it carries, and returns it with the next
/// one. Where it comes from, and who wrote it down when, does not change.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, and as [`insert`].
pub async fn update(tx: &mut Transaction, office: OfficeId, record: &Record) -> Result<Record> {
    let before = find(tx, office, record.id).await?;
    let touched = run!(
        tx,
        "update record set revision = revision + 1, done_on = $4, wording = $5, amount = $6, \
         unit = $7, mark = $8, again_of = $9, withdrawn = $10, changed_at = $11 \
         where office_id = $1 and id = $2 and revision = $3",
        office.0,
        record.id.0,
        record.revision,
        record.date.to_string(),
        &record.text,
        record.amount,
        &record.unit,
        record.mark.map(String::from),
        record.again.map(|id| id.0),
        record.withdrawn,
        instant::to_stored(record.changed_at),
    )
    .map_err(named)?;
    if touched == 0 {
        let there = find(tx, office, record.id).await?;
        let conflict = there.map_or(Conflict::Missing, |_| Conflict::StaleRevision);
        return Err(conflict.into());
    }
    run!(
        tx,
        "delete from record_target where office_id = $1 and record_id = $2",
        office.0,
        record.id.0,
    )?;
    put_targets(tx, office, record).await?;
    let mut otherwise = touched_by(record);
    otherwise.extend(before.iter().flat_map(touched_by));
    report::touch(tx, office, &otherwise, record.changed_at).await?;
    Ok(Record {
        revision: record.revision + 1,
        ..kept(record)
    })
}

/// The record of a number, withdrawn or not.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    record: RecordId,
) -> Result<Option<Record>> {
    let row = optional!(
        connection,
        RecordRow,
        concat!(
            "select ",
            record_columns!(),
            " from record where office_id = $1 and id = $2"
        ),
        office.0,
        record.0,
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(whole(connection, office, vec![row]).await?.pop())
}

/// A page of what belongs to a target and was done between two days, the latest first; what was
/// withdrawn is left out.
///
/// # Errors
/// As [`find`].
pub async fn of_target(
    connection: &mut Connection,
    office: OfficeId,
    target: TargetId,
    (from, to): (NaiveDate, NaiveDate),
    (offset, limit): (i64, i64),
) -> Result<Page> {
    macro_rules! matching {
        () => {
            " from record join record_target on record_target.office_id = $1 \
             and record_target.record_id = record.id where record.office_id = $1 \
             and record_target.target_id = $2 and record.done_on >= $3 and record.done_on <= $4 \
             and not record.withdrawn"
        };
    }
    let (from, to) = (from.to_string(), to.to_string());
    let (total,) = one!(
        connection,
        (i64,),
        concat!("select count(*)", matching!()),
        office.0,
        target.0,
        &from,
        &to,
    )?;
    let rows = all!(
        connection,
        RecordRow,
        concat!(
            "select ",
            record_columns!(),
            matching!(),
            " order by record.done_on desc, record.id desc limit $5 offset $6"
        ),
        office.0,
        target.0,
        &from,
        &to,
        limit.clamp(0, PAGE_MAX),
        offset.max(0),
    )?;
    let items = whole(connection, office, rows).await?;
    Ok(Page { items, total })
}

/// Everything that was done between two days, in the order of its days; what was withdrawn is left out.
/// At most [`BETWEEN_MAX`].
///
/// # Errors
/// As [`find`].
pub async fn between(
    connection: &mut Connection,
    office: OfficeId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Record>> {
    let rows = all!(
        connection,
        RecordRow,
        concat!(
            "select ",
            record_columns!(),
            " from record where office_id = $1 and done_on >= $2 and done_on <= $3 \
             and not withdrawn order by done_on, id limit $4"
        ),
        office.0,
        from.to_string(),
        to.to_string(),
        BETWEEN_MAX,
    )?;
    whole(connection, office, rows).await
}

/// What came from plan tables and stands, in the order of its numbers: what the next table is compared
/// with.
///
/// # Errors
/// As [`find`].
pub async fn imported(connection: &mut Connection, office: OfficeId) -> Result<Vec<Record>> {
    let rows = all!(
        connection,
        RecordRow,
        concat!(
            "select ",
            record_columns!(),
            " from record where office_id = $1 and import_key is not null and not withdrawn order by id"
        ),
        office.0,
    )?;
    whole(connection, office, rows).await
}

/// What a session brought, in the order of its numbers; what was withdrawn is left out.
///
/// # Errors
/// As [`find`].
pub async fn of_session(
    connection: &mut Connection,
    office: OfficeId,
    session: SessionId,
) -> Result<Vec<Record>> {
    let rows = all!(
        connection,
        RecordRow,
        concat!(
            "select ",
            record_columns!(),
            " from record where office_id = $1 and session_id = $2 and not withdrawn \
             order by id limit $3"
        ),
        office.0,
        session.0,
        PAGE_MAX,
    )?;
    whole(connection, office, rows).await
}

/// What the records between two days come to, by target: [`domain::target::record::sums`], said in one
/// query.
pub(super) async fn sums(
    connection: &mut Connection,
    office: OfficeId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<BTreeMap<TargetId, Sum>> {
    let rows = all!(
        connection,
        (i64, Option<String>, i64, i64, i64),
        "select record_target.target_id, record.unit, \
         cast(coalesce(sum(case when record.again_of is null then record.amount end), 0) as bigint), \
         count(case when record.again_of is null then record.amount end), count(*) \
         from record join record_target on record_target.office_id = $1 \
         and record_target.record_id = record.id where record.office_id = $1 \
         and record.done_on >= $2 and record.done_on <= $3 and not record.withdrawn \
         group by record_target.target_id, record.unit",
        office.0,
        from.to_string(),
        to.to_string(),
    )?;
    let mut sums: BTreeMap<TargetId, Sum> = BTreeMap::new();
    for (target, unit, amount, counted, records) in rows {
        let sum = sums.entry(TargetId(target)).or_default();
        sum.records = sum
            .records
            .saturating_add(u32::try_from(records).unwrap_or(u32::MAX));
        if counted > 0 {
            sum.amounts.insert(unit.unwrap_or_default(), amount);
        }
    }
    Ok(sums)
}

/// The targets, in the order they were named.
async fn put_targets(tx: &mut Transaction, office: OfficeId, record: &Record) -> Result<()> {
    if record.targets.is_empty() {
        return Err(Conflict::Missing.into());
    }
    for (position, target) in (0_i64..).zip(&record.targets) {
        run!(
            tx,
            "insert into record_target (office_id, record_id, position, target_id) \
             values ($1, $2, $3, $4)",
            office.0,
            record.id.0,
            position,
            target.0,
        )
        .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    }
    Ok(())
}

/// Turns rows into records with what they belong to.
async fn whole(
    connection: &mut Connection,
    office: OfficeId,
    rows: Vec<RecordRow>,
) -> Result<Vec<Record>> {
    let ids = || rows.iter().map(|row| row.0);
    let (Some(first), Some(last)) = (ids().min(), ids().max()) else {
        return Ok(Vec::new());
    };
    // One range instead of one query per record; what lies between is left aside.
    let mut targets: BTreeMap<i64, Vec<TargetId>> = BTreeMap::new();
    for (record, target) in all!(
        connection,
        (i64, i64),
        "select record_id, target_id from record_target where office_id = $1 \
         and record_id between $2 and $3 order by record_id, position",
        office.0,
        first,
        last,
    )? {
        targets.entry(record).or_default().push(TargetId(target));
    }
    rows.into_iter()
        .map(|row| {
            let targets = targets.remove(&row.0).unwrap_or_default();
            Ok(Record {
                targets,
                ..row::record(row)?
            })
        })
        .collect()
}

fn named(error: crate::Error) -> crate::Error {
    error.naming(Conflict::NameTaken, Conflict::Missing)
}

/// The record as it will be read again.
fn kept(record: &Record) -> Record {
    Record {
        created_at: instant::kept(record.created_at),
        changed_at: instant::kept(record.changed_at),
        ..record.clone()
    }
}
