//! Rows of the tables `target`, `goal` and `record`, and what they become.

use crate::{
    error::{Error, Result},
    instant,
};
use chrono::NaiveDate;
use domain::{
    era::FiscalYear,
    id::{AssociationId, RecordId, SessionId, TargetId, UserId},
    target::{
        Count, Goal, Owner, Record, Target,
        goal::{Content, Quantity, State},
        number::ItemNumber,
        record::Source,
    },
};

/// The columns of a [`TargetRow`].
macro_rules! columns {
    () => {
        "id, revision, area, number, item, position, owner_association_id, owner_name, counts, \
         withdrawn, added_by, created_at, changed_at"
    };
}

/// The columns of a [`GoalRow`].
macro_rules! goal_columns {
    () => {
        "target_id, fiscal_year, version, day, wording, plan, amount, unit, each, periodic, state, \
         again_of, reason, set_by, since, retracted"
    };
}

/// The columns of a [`RecordRow`].
macro_rules! record_columns {
    () => {
        "record.id, record.revision, record.done_on, record.wording, record.amount, record.unit, \
         record.mark, record.source, record.import_key, record.session_id, record.again_of, \
         record.withdrawn, record.recorded_by, record.created_at, record.changed_at"
    };
}

/// A target as either database hands it out, in the order of [`columns!`].
pub(super) type TargetRow = (
    i64,
    i64,
    String,
    String,
    String,
    i64,
    Option<i64>,
    Option<String>,
    Option<String>,
    bool,
    i64,
    i64,
    i64,
);

/// A version of a goal as either database hands it out, in the order of [`goal_columns!`].
pub(super) type GoalRow = (
    i64,
    i64,
    i64,
    String,
    String,
    Option<String>,
    Option<i64>,
    Option<String>,
    bool,
    bool,
    String,
    Option<i64>,
    Option<String>,
    i64,
    i64,
    bool,
);

/// A record as either database hands it out, in the order of [`record_columns!`].
pub(super) type RecordRow = (
    i64,
    i64,
    String,
    Option<String>,
    Option<i64>,
    Option<String>,
    Option<String>,
    String,
    Option<String>,
    Option<i64>,
    Option<i64>,
    bool,
    i64,
    i64,
    i64,
);

/// The target of a row.
pub(super) fn target(row: TargetRow) -> Result<Target> {
    let (
        id,
        revision,
        area,
        number,
        item,
        position,
        association,
        name,
        counts,
        withdrawn,
        who,
        made,
        changed,
    ) = row;
    let counts = counts.map(|code| Count::from_code(&code).ok_or(Error::Unreadable("count")));
    let named = name.map(Owner::Named);
    Ok(Target {
        id: TargetId(id),
        revision,
        area,
        number: ItemNumber::read(&number).ok_or(Error::Unreadable("number of a target"))?,
        item,
        position,
        owner: association
            .map(|id| Owner::Association(AssociationId(id)))
            .or(named),
        counts: counts.transpose()?,
        withdrawn,
        added_by: UserId::from_stored(who),
        created_at: instant::from_stored(made)?,
        changed_at: instant::from_stored(changed)?,
    })
}

/// The version of a goal of a row.
pub(super) fn goal(row: GoalRow) -> Result<Goal> {
    let (
        target,
        fiscal_year,
        version,
        holds_from,
        text,
        plan,
        amount,
        unit,
        each,
        periodic,
        state,
        again,
        reason,
        who,
        since,
        retracted,
    ) = row;
    let quantity = amount.zip(unit).map(|(amount, unit)| Quantity {
        amount,
        unit,
        each,
        periodic,
    });
    Ok(Goal {
        target: TargetId(target),
        year: year(fiscal_year)?,
        version,
        day: day(&holds_from)?,
        content: Content {
            text,
            plan,
            quantity,
            state: State::from_code(&state).ok_or(Error::Unreadable("state of a goal"))?,
            again: again.map(TargetId),
        },
        reason,
        set_by: UserId::from_stored(who),
        since: instant::from_stored(since)?,
        retracted,
    })
}

/// The record of a row, without what it belongs to.
pub(super) fn record(row: RecordRow) -> Result<Record> {
    let (
        id,
        revision,
        date,
        text,
        amount,
        unit,
        mark,
        source,
        key,
        session,
        again,
        withdrawn,
        who,
        made,
        changed,
    ) = row;
    let source = match (source.as_str(), key, session) {
        ("hand", ..) => Source::Hand,
        ("import", Some(key), _) => Source::Import(key),
        ("session", _, Some(id)) => Source::Session(SessionId(id)),
        _ => return Err(Error::Unreadable("source of a record")),
    };
    Ok(Record {
        id: RecordId(id),
        revision,
        date: day(&date)?,
        text,
        amount,
        unit,
        mark: mark.and_then(|mark| mark.chars().next()),
        source,
        again: again.map(RecordId),
        targets: Vec::new(),
        withdrawn,
        recorded_by: UserId::from_stored(who),
        created_at: instant::from_stored(made)?,
        changed_at: instant::from_stored(changed)?,
    })
}

/// The three columns of a source: its word, the key of an import, the session.
pub(super) fn source(source: &Source) -> (&'static str, Option<&str>, Option<i64>) {
    match source {
        Source::Hand => ("hand", None, None),
        Source::Import(key) => ("import", Some(key), None),
        Source::Session(id) => ("session", None, Some(id.0)),
    }
}

pub(super) fn day(written: &str) -> Result<NaiveDate> {
    written.parse().map_err(|_| Error::Unreadable("day"))
}

pub(super) fn year(western: i64) -> Result<FiscalYear> {
    let western = i32::try_from(western).map_err(|_| Error::Unreadable("fiscal year"))?;
    Ok(FiscalYear::starting_in(western))
}
