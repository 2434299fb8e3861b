//! Goals as they are kept: version by version, none ever overwritten, and a coordinator's word on them.

use super::row::{self, GoalRow};
use crate::{
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    report::{self, Touched},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    era::FiscalYear,
    id::{OfficeId, TargetId, UserId},
    target::{
        Goal,
        goal::{VERSIONS_MAX, Word},
        pace::State,
    },
};
use std::collections::BTreeMap;

/// A word as either database hands it out: target, year, turn, day, state, who, when.
type WordRow = (i64, i64, i64, String, Option<String>, i64, i64);

/// Adds a version. Its number is the one after the last that was seen: so two people who change one goal
/// at a time are told.
///
/// # Errors
/// [`Conflict::StaleRevision`] when there is a version of this number already, or the one before it is
/// missing, [`Conflict::Full`] beyond [`VERSIONS_MAX`], [`Conflict::Missing`] when the target or the one
/// it repeats does not exist.
pub async fn add(tx: &mut Transaction, office: OfficeId, goal: &Goal) -> Result<Goal> {
    if goal.version > VERSIONS_MAX {
        return Err(Conflict::Full.into());
    }
    let last = last_version(tx, office, goal.target, goal.year).await?;
    if goal.version != last + 1 {
        return Err(Conflict::StaleRevision.into());
    }
    let quantity = goal.content.quantity.as_ref();
    run!(
        tx,
        concat!(
            "insert into goal (office_id, ",
            goal_columns!(),
            ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        ),
        office.0,
        goal.target.0,
        i64::from(goal.year.western()),
        goal.version,
        goal.day.to_string(),
        &goal.content.text,
        goal.content.plan.as_deref(),
        quantity.map(|quantity| quantity.amount),
        quantity.map(|quantity| quantity.unit.as_str()),
        quantity.is_some_and(|quantity| quantity.each),
        quantity.is_some_and(|quantity| quantity.periodic),
        goal.content.state.code(),
        goal.content.again.map(|id| id.0),
        goal.reason.as_deref(),
        goal.set_by.to_stored(),
        instant::to_stored(goal.since),
        goal.retracted,
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    touch(tx, office, (goal.target, goal.day), goal.since).await?;
    Ok(Goal {
        since: instant::kept(goal.since),
        ..goal.clone()
    })
}

/// Takes a version back, or brings it back: only the last one, because others may rest on older ones.
///
/// # Errors
/// [`Conflict::StaleRevision`] when there is a newer version, or it is so already.
pub async fn retract(
    tx: &mut Transaction,
    office: OfficeId,
    (target, year, version): (TargetId, FiscalYear, i64),
    retracted: bool,
) -> Result<()> {
    let last = last_version(tx, office, target, year).await?;
    let touched = run!(
        tx,
        "update goal set retracted = $5 where office_id = $1 and target_id = $2 \
         and fiscal_year = $3 and version = $4 and retracted <> $5",
        office.0,
        target.0,
        i64::from(year.western()),
        version,
        retracted,
    )?;
    if last != version || touched == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    let (day, since) = one!(
        tx,
        (String, i64),
        "select day, since from goal where office_id = $1 and target_id = $2 \
         and fiscal_year = $3 and version = $4",
        office.0,
        target.0,
        i64::from(year.western()),
        version,
    )?;
    // It is taken back minutes after it was set, if at all.
    let at = instant::from_stored(since)?;
    touch(tx, office, (target, row::day(&day)?), at).await
}

/// Wants anew what was posted of a target from a day on.
async fn touch(
    tx: &mut Transaction,
    office: OfficeId,
    (target, from): (TargetId, NaiveDate),
    at: DateTime<Utc>,
) -> Result<()> {
    report::touch(tx, office, &[Touched { target, from }], at).await
}

/// Every version of a target's goals, those that were taken back among them: by year, then in the order
/// they were written.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn versions(
    connection: &mut Connection,
    office: OfficeId,
    target: TargetId,
) -> Result<Vec<Goal>> {
    let rows = all!(
        connection,
        GoalRow,
        concat!(
            "select ",
            goal_columns!(),
            " from goal where office_id = $1 and target_id = $2 order by fiscal_year, version"
        ),
        office.0,
        target.0,
    )?;
    rows.into_iter().map(row::goal).collect()
}

/// The goals of a year as they hold on a day, of every target of the office.
///
/// # Errors
/// As [`versions`].
pub async fn on(
    connection: &mut Connection,
    office: OfficeId,
    year: FiscalYear,
    day: NaiveDate,
) -> Result<BTreeMap<TargetId, Goal>> {
    let rows = all!(
        connection,
        GoalRow,
        concat!(
            "select ",
            goal_columns!(),
            " from goal where office_id = $1 and fiscal_year = $2 and day <= $3 and not retracted \
             order by target_id, day, version"
        ),
        office.0,
        i64::from(year.western()),
        day.to_string(),
    )?;
    let mut holding = BTreeMap::new();
    for row in rows {
        let goal = row::goal(row)?;
        // The last of a target is the one that holds.
        holding.insert(goal.target, goal);
    }
    Ok(holding)
}

/// The goals as they were last set, of every target and year of the office: what a plan table is
/// compared with.
///
/// # Errors
/// As [`versions`].
pub async fn latest(
    connection: &mut Connection,
    office: OfficeId,
) -> Result<BTreeMap<(TargetId, FiscalYear), Goal>> {
    let rows = all!(
        connection,
        GoalRow,
        concat!(
            "select ",
            goal_columns!(),
            " from goal where office_id = $1 and not retracted \
             order by target_id, fiscal_year, day, version"
        ),
        office.0,
    )?;
    let mut latest = BTreeMap::new();
    for row in rows {
        let goal = row::goal(row)?;
        latest.insert((goal.target, goal.year), goal);
    }
    Ok(latest)
}

/// The number of the last version of a goal, whether it was taken back or not; 0 when there is none.
///
/// # Errors
/// [`Error::Database`].
pub async fn last_version(
    connection: &mut Connection,
    office: OfficeId,
    target: TargetId,
    year: FiscalYear,
) -> Result<i64> {
    let last = optional!(
        connection,
        (i64,),
        "select version from goal where office_id = $1 and target_id = $2 and fiscal_year = $3 \
         order by version desc limit 1",
        office.0,
        target.0,
        i64::from(year.western()),
    )?;
    Ok(last.map_or(0, |(version,)| version))
}

/// [`last_version`] of every goal of the office.
pub(super) async fn last_versions(
    connection: &mut Connection,
    office: OfficeId,
) -> Result<BTreeMap<(TargetId, FiscalYear), i64>> {
    let rows = all!(
        connection,
        (i64, i64, i64),
        "select target_id, fiscal_year, max(version) from goal where office_id = $1 \
         group by target_id, fiscal_year",
        office.0,
    )?;
    rows.into_iter()
        .map(|(target, year, version)| Ok(((TargetId(target), row::year(year)?), version)))
        .collect()
}

/// The years for which an office has goals, the newest first.
///
/// # Errors
/// [`Error::Database`].
pub async fn years(connection: &mut Connection, office: OfficeId) -> Result<Vec<FiscalYear>> {
    let rows = all!(
        connection,
        (i64,),
        "select distinct fiscal_year from goal where office_id = $1 and not retracted \
         order by fiscal_year desc",
        office.0,
    )?;
    rows.into_iter().map(|(year,)| row::year(year)).collect()
}

/// Adds a word; its turn is the one after the last that was seen.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody said another meanwhile, [`Conflict::Missing`] when the
/// target does not exist, [`Conflict::Full`] beyond [`VERSIONS_MAX`].
pub async fn say(tx: &mut Transaction, office: OfficeId, word: &Word) -> Result<()> {
    if word.turn > VERSIONS_MAX {
        return Err(Conflict::Full.into());
    }
    let said = words(tx, office, word.target, word.year).await?;
    if word.turn != said.last().map_or(0, |word| word.turn) + 1 {
        return Err(Conflict::StaleRevision.into());
    }
    run!(
        tx,
        "insert into target_word \
         (office_id, target_id, fiscal_year, turn, day, state, said_by, said_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        office.0,
        word.target.0,
        i64::from(word.year.western()),
        word.turn,
        word.day.to_string(),
        word.state.map(State::code),
        word.said_by.to_stored(),
        instant::to_stored(word.said_at),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    touch(tx, office, (word.target, word.day), word.said_at).await
}

/// Every word on the goal of a target and year, the first one first.
///
/// # Errors
/// As [`versions`].
pub async fn words(
    connection: &mut Connection,
    office: OfficeId,
    target: TargetId,
    year: FiscalYear,
) -> Result<Vec<Word>> {
    let rows = all!(
        connection,
        WordRow,
        "select target_id, fiscal_year, turn, day, state, said_by, said_at from target_word \
         where office_id = $1 and target_id = $2 and fiscal_year = $3 order by turn",
        office.0,
        target.0,
        i64::from(year.western()),
    )?;
    rows.into_iter().map(word).collect()
}

/// The words of a year that hold on a day, of every target of the office.
pub(super) async fn words_on(
    connection: &mut Connection,
    office: OfficeId,
    year: FiscalYear,
    day: NaiveDate,
) -> Result<BTreeMap<TargetId, State>> {
    let rows = all!(
        connection,
        WordRow,
        "select target_id, fiscal_year, turn, day, state, said_by, said_at from target_word \
         where office_id = $1 and fiscal_year = $2 and day <= $3 order by target_id, day, turn",
        office.0,
        i64::from(year.western()),
        day.to_string(),
    )?;
    let mut holding = BTreeMap::new();
    for row in rows {
        let word = word(row)?;
        holding.insert(word.target, word.state);
    }
    let said = holding.into_iter();
    Ok(said
        .filter_map(|(target, state)| Some((target, state?)))
        .collect())
}

fn word(row: WordRow) -> Result<Word> {
    let (target, year, turn, day, state, who, when) = row;
    let state = state.map(|code| State::from_code(&code).ok_or(Error::Unreadable("word")));
    Ok(Word {
        target: TargetId(target),
        year: row::year(year)?,
        turn,
        day: row::day(&day)?,
        state: state.transpose()?,
        said_by: UserId::from_stored(who),
        said_at: instant::from_stored(when)?,
    })
}
