//! Imports (取込): lists of issues taken from a file, in small steps.
//!
//! The rows wait in a sealed draft; an import says how many of them have been gone through and which
//! issues came of them. Each step moves that number on and is told from which number, so that of several
//! that do the same step one does it: whatever is cut short is carried on, and nothing is stored twice.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{DraftId, ImportId, IssueId, OfficeId, UserId},
};

/// An import as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its number in the office.
    pub id: ImportId,
    /// Counts what people are told of it.
    pub revision: i64,
    /// Who imports.
    pub person: UserId,
    /// The draft its rows wait in until it is complete.
    pub draft: DraftId,
    /// Rows to be gone through.
    pub rows: usize,
    /// Rows that have been.
    pub done: usize,
    /// Whether its issues have cards of their own from the beginning.
    pub cards: bool,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// When it was complete, or nothing more could come of it because the rest of its rows went.
    pub ended_at: Option<DateTime<Utc>>,
    /// When somebody began to take it back.
    pub undone_at: Option<DateTime<Utc>>,
}

/// What became of the issues of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub issues: usize,
    /// Those that were taken back.
    pub retracted: usize,
    /// Those that stand and have changed since.
    pub changed: usize,
}

/// The issues of an import that stand in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How many.
    pub issues: usize,
    /// The lowest number.
    pub first: IssueId,
    /// The highest number.
    pub last: IssueId,
}

/// One import as it is stored.
type Row = (
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    bool,
    i64,
    Option<i64>,
    Option<i64>,
);

/// The columns of [`Row`].
macro_rules! columns {
    () => {
        "id, revision, person, draft_id, rows_total, rows_done, cards, begun_at, ended_at, undone_at"
    };
}

/// Begins the import of a draft's rows; the one there is already when it was begun before.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn begin(
    tx: &mut Transaction,
    office: OfficeId,
    (person, draft): (UserId, DraftId),
    rows: usize,
    cards: bool,
    now: DateTime<Utc>,
) -> Result<Import> {
    if let Some(begun) = of_draft(tx, office, draft).await? {
        return Ok(begun);
    }
    let id = counter::next(tx, office, Noun::Import).await?;
    run!(
        tx,
        "insert into import (office_id, id, person, draft_id, rows_total, cards, begun_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        office.0,
        id,
        person.to_stored(),
        draft.0,
        stored(rows),
        cards,
        instant::to_stored(now),
    )?;
    find(tx, office, ImportId(id))
        .await?
        .ok_or_else(|| Conflict::Missing.into())
}

/// The import of a number.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    import: ImportId,
) -> Result<Option<Import>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from import where office_id = $1 and id = $2"
        ),
        office.0,
        import.0,
    )?;
    row.map(read).transpose()
}

/// The import that was begun with a draft.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn of_draft(
    connection: &mut Connection,
    office: OfficeId,
    draft: DraftId,
) -> Result<Option<Import>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from import where office_id = $1 and draft_id = $2"
        ),
        office.0,
        draft.0,
    )?;
    row.map(read).transpose()
}

/// Imports that were cut short and whose rows wait no more, because nobody carried them on in time or they
/// had to go, at most `limit`, in offices the bot is in.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn abandoned(
    connection: &mut Connection,
    limit: i64,
) -> Result<Vec<(OfficeId, ImportId)>> {
    let rows = all!(
        connection,
        (i64, i64),
        "select import.office_id, import.id from import \
         join office on office.id = import.office_id \
         where office.left_at is null and import.ended_at is null and import.undone_at is null \
         and not exists (select 1 from draft where draft.office_id = import.office_id \
         and draft.id = import.draft_id) order by import.office_id, import.id limit $1",
        limit,
    )?;
    Ok(rows
        .into_iter()
        .map(|(office, import)| (OfficeId(office), ImportId(import)))
        .collect())
}

fn read(row: Row) -> Result<Import> {
    let (id, revision, person, draft, rows, done, cards, begun_at, ended_at, undone_at) = row;
    Ok(Import {
        id: ImportId(id),
        revision,
        person: UserId::from_stored(person),
        draft: DraftId(draft),
        rows: usize::try_from(rows).unwrap_or_default(),
        done: usize::try_from(done).unwrap_or_default(),
        cards,
        begun_at: instant::from_stored(begun_at)?,
        ended_at: instant::from_stored_option(ended_at)?,
        undone_at: instant::from_stored_option(undone_at)?,
    })
}

fn stored(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Takes the rows from `from` up to `to` (not with it) for the caller; `false` when somebody else has
/// them already, or the import was taken back. What comes of them is stored in the same transaction.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn advance(
    tx: &mut Transaction,
    office: OfficeId,
    import: ImportId,
    (from, to): (usize, usize),
) -> Result<bool> {
    let moved = run!(
        tx,
        "update import set rows_done = $4 where office_id = $1 and id = $2 and rows_done = $3 \
         and undone_at is null",
        office.0,
        import.0,
        stored(from),
        stored(to),
    )?;
    Ok(moved > 0)
}

/// Notes that an issue came of the import.
///
/// # Errors
/// [`Conflict::InUse`] when it came of one already, [`Conflict::Missing`] when there is no such issue.
pub async fn note(
    tx: &mut Transaction,
    office: OfficeId,
    import: ImportId,
    issue: IssueId,
) -> Result<()> {
    run!(
        tx,
        "insert into import_issue (office_id, import_id, issue_id) values ($1, $2, $3)",
        office.0,
        import.0,
        issue.0,
    )
    .map_err(|error| error.naming(Conflict::InUse, Conflict::Missing))?;
    Ok(())
}

/// Notes that nothing more comes of an import; `false` when that was noted before.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn end(
    tx: &mut Transaction,
    office: OfficeId,
    import: ImportId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let ended = run!(
        tx,
        "update import set ended_at = $3, revision = revision + 1 \
         where office_id = $1 and id = $2 and ended_at is null",
        office.0,
        import.0,
        instant::to_stored(now),
    )?;
    Ok(ended > 0)
}

/// Notes that an import is being taken back: none of its rows is stored any more. `false` when that was
/// noted before.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn begin_undo(
    tx: &mut Transaction,
    office: OfficeId,
    import: ImportId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let begun = run!(
        tx,
        "update import set undone_at = $3, revision = revision + 1 \
         where office_id = $1 and id = $2 and undone_at is null",
        office.0,
        import.0,
        instant::to_stored(now),
    )?;
    Ok(begun > 0)
}

/// Issues of the import that stand and have not changed since, the first ones first.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn unchanged(
    connection: &mut Connection,
    office: OfficeId,
    import: ImportId,
    limit: i64,
) -> Result<Vec<IssueId>> {
    let rows = all!(
        connection,
        (i64,),
        "select issue.id from import_issue join issue on issue.office_id = import_issue.office_id \
         and issue.id = import_issue.issue_id where import_issue.office_id = $1 \
         and import_issue.import_id = $2 and issue.revision = 1 and not issue.retracted \
         order by issue.id limit $3",
        office.0,
        import.0,
        limit,
    )?;
    Ok(rows.into_iter().map(|(id,)| IssueId(id)).collect())
}

/// What became of the issues of an import.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn counts(
    connection: &mut Connection,
    office: OfficeId,
    import: ImportId,
) -> Result<Counts> {
    let (issues, retracted, changed) = one!(
        connection,
        (i64, i64, i64),
        "select count(*), \
         cast(coalesce(sum(case when issue.retracted then 1 else 0 end), 0) as bigint), \
         cast(coalesce(sum(case when issue.revision > 1 and not issue.retracted then 1 else 0 end), \
         0) as bigint) \
         from import_issue join issue on issue.office_id = import_issue.office_id \
         and issue.id = import_issue.issue_id \
         where import_issue.office_id = $1 and import_issue.import_id = $2",
        office.0,
        import.0,
    )?;
    let count = |number| usize::try_from(number).unwrap_or_default();
    Ok(Counts {
        issues: count(issues),
        retracted: count(retracted),
        changed: count(changed),
    })
}

/// Where the issues of an import stand that were not taken back.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a place this one does not know.
pub async fn places(
    connection: &mut Connection,
    office: OfficeId,
    import: ImportId,
) -> Result<Vec<(Destination, Standing)>> {
    let rows = all!(
        connection,
        (String, i64, i64, i64),
        "select issue.destination, count(*), min(issue.id), max(issue.id) \
         from import_issue join issue on issue.office_id = import_issue.office_id \
         and issue.id = import_issue.issue_id where import_issue.office_id = $1 \
         and import_issue.import_id = $2 and not issue.retracted \
         group by issue.destination order by issue.destination",
        office.0,
        import.0,
    )?;
    rows.into_iter()
        .map(|(code, count, first, last)| {
            let place =
                Destination::from_code(&code).ok_or(crate::Error::Unreadable("destination"))?;
            let standing = Standing {
                issues: usize::try_from(count).unwrap_or_default(),
                first: IssueId(first),
                last: IssueId(last),
            };
            Ok((place, standing))
        })
        .collect()
}
