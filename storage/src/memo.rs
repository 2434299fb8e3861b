//! Memos (登録したリマインダー) as they are kept: words for one place, and when they are said next.
//!
//! When one is due is planned as an occurrence by whoever changes it; what is kept here of it is what
//! people read in lists.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    occurrence::{minute_of, moment_of},
    outbox::destination_of,
};
use domain::{
    audience::Destination,
    id::{MemoId, OfficeId, UserId},
    memo::{Cadence, Memo, PER_OFFICE_MAX, State},
    occurrence::Moment,
    schedule::Schedule,
};

/// Most memos of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 100;

/// How many memos are still to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of one person.
    pub of_person: i64,
    /// Of the office.
    pub of_office: i64,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The memos of this page, the next due first.
    pub items: Vec<Memo>,
    /// How many there are in all.
    pub total: i64,
}

/// Id, revision, words, destination, schedule, next day, next minute, turn, state, maker, made, changed.
type Row = (
    i64,
    i64,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<i64>,
    i64,
    String,
    i64,
    i64,
    i64,
);

macro_rules! columns {
    () => {
        "id, revision, words, destination, schedule, next_date, next_minute, turn, state, made_by, \
         made_at, changed_at"
    };
}

/// Those that wait at one of the places `$3`, or at any with `$2`.
macro_rules! waiting {
    () => {
        " from memo where office_id = $1 and state = 'waiting' \
         and ($2 or $3 like '%,' || destination || ',%')"
    };
}

/// Stores a new memo and returns it as it is kept: with its number and revision 1. Its `id` and
/// `revision` are not looked at.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn insert(tx: &mut Transaction, office: OfficeId, memo: &Memo) -> Result<Memo> {
    let id = counter::next(tx, office, Noun::Memo).await?;
    let (date, minute) = next_of(memo);
    run!(
        tx,
        "insert into memo (office_id, id, revision, words, destination, schedule, next_date, \
         next_minute, turn, state, made_by, made_at, changed_at) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        office.0,
        id,
        &memo.words,
        memo.destination.code(),
        memo.cadence.written(),
        date,
        minute,
        memo.turn,
        memo.state.code(),
        memo.made_by.to_stored(),
        instant::to_stored(memo.made_at),
        instant::to_stored(memo.changed_at),
    )
    .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    Ok(Memo {
        id: MemoId(id),
        revision: 1,
        made_at: instant::kept(memo.made_at),
        changed_at: instant::kept(memo.changed_at),
        ..memo.clone()
    })
}

/// Stores when a memo is said next, its turn and its state, of one that was read with the revision it
/// carries, and returns it with the next one. Its words and its place do not change.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, or there is none.
pub async fn update(tx: &mut Transaction, office: OfficeId, memo: &Memo) -> Result<Memo> {
    let (date, minute) = next_of(memo);
    let touched = run!(
        tx,
        "update memo set revision = revision + 1, next_date = $4, next_minute = $5, turn = $6, \
         state = $7, changed_at = $8 where office_id = $1 and id = $2 and revision = $3",
        office.0,
        memo.id.0,
        memo.revision,
        date,
        minute,
        memo.turn,
        memo.state.code(),
        instant::to_stored(memo.changed_at),
    )?;
    if touched == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    Ok(Memo {
        revision: memo.revision + 1,
        changed_at: instant::kept(memo.changed_at),
        ..memo.clone()
    })
}

/// The memo of a number, whatever its state.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    memo: MemoId,
) -> Result<Option<Memo>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from memo where office_id = $1 and id = $2"
        ),
        office.0,
        memo.0,
    )?;
    row.map(read).transpose()
}

/// How many memos are still to come, of a person and of the office.
///
/// # Errors
/// [`Error::Database`].
pub async fn counts(connection: &mut Connection, office: OfficeId, who: UserId) -> Result<Counts> {
    let (of_person, of_office) = one!(
        connection,
        (i64, i64),
        "select count(case when made_by = $2 then 1 end), count(*) from memo \
         where office_id = $1 and state = 'waiting'",
        office.0,
        who.to_stored(),
    )?;
    Ok(Counts {
        of_person,
        of_office,
    })
}

/// A page of what is still to come at these places (`None`: at all), the next due first.
///
/// # Errors
/// As [`find`].
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    places: Option<&[Destination]>,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let everywhere = places.is_none();
    let codes: String = places
        .unwrap_or_default()
        .iter()
        .map(|place| format!(",{},", place.code()))
        .collect();
    let (total,) = one!(
        connection,
        (i64,),
        concat!("select count(*)", waiting!()),
        office.0,
        everywhere,
        &codes,
    )?;
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            waiting!(),
            " order by next_date, next_minute, id limit $4 offset $5"
        ),
        office.0,
        everywhere,
        &codes,
        limit.clamp(0, PAGE_MAX),
        offset.max(0),
    )?;
    let items = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(Page { items, total })
}

/// Everything that is still to come in an office, in the order of its numbers; at most [`PER_OFFICE_MAX`].
///
/// # Errors
/// As [`find`].
pub async fn all_waiting(connection: &mut Connection, office: OfficeId) -> Result<Vec<Memo>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from memo where office_id = $1 and state = 'waiting' order by id limit $2"
        ),
        office.0,
        PER_OFFICE_MAX,
    )?;
    rows.into_iter().map(read).collect()
}

fn next_of(memo: &Memo) -> (Option<String>, Option<i64>) {
    let next = memo.next;
    (
        next.map(|Moment { date, .. }| date.to_string()),
        next.map(|Moment { time, .. }| minute_of(time)),
    )
}

fn read(row: Row) -> Result<Memo> {
    let (id, revision, words, place, schedule, date, minute, turn, state, who, made, changed) = row;
    let cadence = match schedule {
        None => Cadence::Once,
        Some(written) => Cadence::Repeated(
            Schedule::parse(&written).map_err(|_| Error::Unreadable("schedule of a memo"))?,
        ),
    };
    let next = match (date, minute) {
        (Some(date), Some(minute)) => Some(moment_of(&date, minute)?),
        _ => None,
    };
    Ok(Memo {
        id: MemoId(id),
        revision,
        words,
        destination: destination_of(&place)?,
        cadence,
        next,
        turn,
        state: State::from_code(&state).ok_or(Error::Unreadable("state of a memo"))?,
        made_by: UserId::from_stored(who),
        made_at: instant::from_stored(made)?,
        changed_at: instant::from_stored(changed)?,
    })
}
