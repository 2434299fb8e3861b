//! Retention (保存期間): what was kept long enough is proposed to the desk once a year, and deleted when the
//! desk says so, some records at a time.
//!
//! [`stock`] reads what [`domain::retention`] decides by; [`delete`] takes single records away with everything
//! that is theirs. A row of this noun remembers the year's proposal and how far its deletion has come, so that it
//! goes on after a crash, in whichever process.

mod gone;
mod life;

pub use gone::{RECORDS_AT_ONCE, delete, in_order, marked, sweep, untouched};
pub use life::stock;

use crate::{
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{OfficeId, UserId},
    retention::{Longer, Rule},
    setting::Settings,
};

/// Most deletions that are looked at together.
const AT_WORK_MAX: i64 = 50;
/// Most proposals that are handed out together; a year brings one.
const PROPOSED_MAX: i64 = 50;

/// How far the proposal of a year has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The desk was told and has not decided.
    Proposed,
    /// It is kept longer.
    Kept,
    /// It is being deleted.
    Deleting,
    /// Everything is gone, but for posts that could not be taken away yet.
    Deleted,
}

domain::codes!(State {
    Proposed = "proposed",
    Kept = "kept",
    Deleting = "deleting",
    Deleted = "deleted",
});

/// The proposal of a fiscal year, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The western year in which the fiscal year starts.
    pub year: i32,
    /// Counts its changes.
    pub revision: i64,
    /// How far it has come.
    pub state: State,
    /// The day as of which records were due.
    pub through: NaiveDate,
    /// The fiscal year with which they are due again, when they are kept longer.
    pub kept_until: Option<i32>,
    /// How many were due when the desk was told or decided.
    pub records: i64,
    /// How many of them are gone.
    pub gone: i64,
    /// When the desk was told.
    pub proposed_at: DateTime<Utc>,
    /// Who decided, and when.
    pub decided: Option<(UserId, DateTime<Utc>)>,
    /// When everything was gone.
    pub ended_at: Option<DateTime<Utc>>,
}

/// One row.
type Row = (
    i64,
    i64,
    String,
    String,
    Option<i64>,
    i64,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

/// The columns of a row, before a condition.
macro_rules! selecting {
    ($condition:literal) => {
        concat!(
            "select year, revision, state, through, kept_until, records_total, records_gone, \
             proposed_at, decided_by, decided_at, ended_at from retention where ",
            $condition
        )
    };
}

fn read(row: Row) -> Result<Retention> {
    let (year, revision, state, through, kept_until, records, gone, proposed_at, who, at, ended) =
        row;
    let year_of = |year| i32::try_from(year).map_err(|_| Error::Unreadable("year"));
    let decided_at = instant::from_stored_option(at)?;
    Ok(Retention {
        year: year_of(year)?,
        revision,
        state: State::from_code(&state).ok_or(Error::Unreadable("state of a retention"))?,
        through: through
            .parse()
            .map_err(|_| Error::Unreadable("day of a retention"))?,
        kept_until: kept_until.map(year_of).transpose()?,
        records,
        gone,
        proposed_at: instant::from_stored(proposed_at)?,
        decided: who.map(UserId::from_stored).zip(decided_at),
        ended_at: instant::from_stored_option(ended)?,
    })
}

/// The proposal of a year.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a state this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    year: i32,
) -> Result<Option<Retention>> {
    let row = optional!(
        connection,
        Row,
        selecting!("office_id = $1 and year = $2"),
        office.0,
        i64::from(year),
    )?;
    row.map(read).transpose()
}

/// The proposals nobody has decided, the oldest first; at most 50.
///
/// # Errors
/// As [`find`].
pub async fn proposed(connection: &mut Connection, office: OfficeId) -> Result<Vec<Retention>> {
    let rows = all!(
        connection,
        Row,
        selecting!("office_id = $1 and state = 'proposed' order by year limit $2"),
        office.0,
        PROPOSED_MAX,
    )?;
    rows.into_iter().map(read).collect()
}

/// Tells the desk of a year's proposal, or of more than it was told; `None` when it was decided already.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn propose(
    tx: &mut Transaction,
    office: OfficeId,
    year: i32,
    (through, records): (NaiveDate, i64),
    now: DateTime<Utc>,
) -> Result<Option<Retention>> {
    run!(
        tx,
        "insert into retention (office_id, year, revision, state, through, records_total, proposed_at) \
         values ($1, $2, 1, $3, $4, $5, $6) on conflict (office_id, year) do update set \
         through = excluded.through, records_total = excluded.records_total, \
         proposed_at = excluded.proposed_at, revision = retention.revision + 1 \
         where retention.state = $3",
        office.0,
        i64::from(year),
        State::Proposed.code(),
        through.to_string(),
        records,
        instant::to_stored(now),
    )
    .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    let found = find(tx, office, year).await?;
    Ok(found.filter(|found| found.state == State::Proposed))
}

/// What the desk decides about a year's proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Everything that is due is deleted.
    Delete,
    /// It is kept until this fiscal year begins.
    Keep(i32),
}

/// Writes down what the desk has decided, as of a day and for so many records; as it is then. A year that
/// was decided before is decided anew, unless it is being deleted.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody was faster.
pub async fn decide(
    tx: &mut Transaction,
    office: OfficeId,
    year: i32,
    word: Word,
    (through, records): (NaiveDate, i64),
    (who, now): (UserId, DateTime<Utc>),
) -> Result<Retention> {
    let (state, kept_until) = match word {
        Word::Delete => (State::Deleting, None),
        Word::Keep(until) => (State::Kept, Some(i64::from(until))),
    };
    let decided = run!(
        tx,
        "insert into retention (office_id, year, revision, state, through, kept_until, \
         records_total, proposed_at, decided_by, decided_at) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $7) on conflict (office_id, year) do update set \
         state = excluded.state, through = excluded.through, kept_until = excluded.kept_until, \
         records_total = excluded.records_total, records_gone = 0, ended_at = null, \
         decided_by = excluded.decided_by, decided_at = excluded.decided_at, \
         revision = retention.revision + 1 where retention.state <> $9",
        office.0,
        i64::from(year),
        state.code(),
        through.to_string(),
        kept_until,
        records,
        instant::to_stored(now),
        who.to_stored(),
        State::Deleting.code(),
    )?;
    if decided == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    tx.planned = true;
    find(tx, office, year)
        .await?
        .ok_or_else(|| Conflict::Missing.into())
}

/// Takes back that the desk keeps a year's records longer; as it is then, or `None` when it does not.
///
/// # Errors
/// [`Error::Database`].
pub async fn reopen(
    tx: &mut Transaction,
    office: OfficeId,
    year: i32,
) -> Result<Option<Retention>> {
    let reopened = run!(
        tx,
        "update retention set state = $3, kept_until = null, decided_by = null, decided_at = null, \
         revision = revision + 1 where office_id = $1 and year = $2 and state = $4",
        office.0,
        i64::from(year),
        State::Proposed.code(),
        State::Kept.code(),
    )?;
    if reopened == 0 {
        return Ok(None);
    }
    find(tx, office, year).await
}

/// Takes a deletion under way in hand until the end of the transaction, so that no other process deletes and
/// counts the same records; `false` when it is over.
///
/// # Errors
/// [`Error::Database`].
pub async fn hold(tx: &mut Transaction, office: OfficeId, year: i32) -> Result<bool> {
    let held = run!(
        tx,
        "update retention set records_gone = records_gone \
         where office_id = $1 and year = $2 and state = $3",
        office.0,
        i64::from(year),
        State::Deleting.code(),
    )?;
    Ok(held > 0)
}

/// Counts records that are gone; the state says when there are no more.
///
/// # Errors
/// [`Error::Database`].
pub async fn count_gone(
    tx: &mut Transaction,
    office: OfficeId,
    year: i32,
    gone: i64,
) -> Result<()> {
    run!(
        tx,
        "update retention set records_gone = records_gone + $3 where office_id = $1 and year = $2",
        office.0,
        i64::from(year),
        gone,
    )
    .map(drop)
}

/// Notes that nothing of a year is left to delete; as it is then, or `None` when that was noted before.
///
/// # Errors
/// [`Error::Database`].
pub async fn end(
    tx: &mut Transaction,
    office: OfficeId,
    year: i32,
    now: DateTime<Utc>,
) -> Result<Option<Retention>> {
    let ended = run!(
        tx,
        "update retention set state = $3, ended_at = $4, revision = revision + 1 \
         where office_id = $1 and year = $2 and state = $5",
        office.0,
        i64::from(year),
        State::Deleted.code(),
        instant::to_stored(now),
        State::Deleting.code(),
    )?;
    if ended == 0 {
        return Ok(None);
    }
    find(tx, office, year).await
}

/// The deletions under way, with their offices and years.
///
/// # Errors
/// [`Error::Unreadable`] when a year is out of range.
pub async fn at_work(connection: &mut Connection) -> Result<Vec<(OfficeId, i32)>> {
    let rows = all!(
        connection,
        (i64, i64),
        "select retention.office_id, retention.year from retention \
         join office on office.id = retention.office_id \
         where retention.state = $1 and office.left_at is null \
         order by retention.office_id, retention.year limit $2",
        State::Deleting.code(),
        AT_WORK_MAX,
    )?;
    rows.into_iter()
        .map(|(office, year)| {
            let year = i32::try_from(year).map_err(|_| Error::Unreadable("year"))?;
            Ok((OfficeId(office), year))
        })
        .collect()
}

/// The rule of an office: its settings, and what its desk keeps longer.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written what this one cannot read.
pub async fn rule(
    connection: &mut Connection,
    office: OfficeId,
    settings: &Settings,
) -> Result<Rule> {
    let rows = all!(
        connection,
        Row,
        selecting!("office_id = $1 and kept_until is not null order by year"),
        office.0,
    )?;
    let mut longer = Vec::with_capacity(rows.len());
    for row in rows {
        let kept = read(row)?;
        longer.extend(kept.kept_until.map(|until| Longer {
            through: kept.through,
            until,
        }));
    }
    Ok(Rule {
        years: settings.retention_years,
        start_month: settings.fiscal_year_start,
        longer,
    })
}
