//! Lists of sessions: those that match, and only those the reader may know of.
//!
//! What a person may not know of is left out in the query itself, from the page and from the total;
//! [`Sight::sees`] says the same of one session.

use super::row::Row;
use crate::{
    error::Result,
    link::{Connection, all, one},
};
use chrono::NaiveDate;
use domain::{
    id::{AssociationId, IssueId, OfficeId, SessionId},
    session::{Session, Sight},
    tier::Tier,
};
use std::collections::BTreeMap;

/// Most sessions of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 100;

/// Which sessions are wanted; what is `None` does not narrow. Those that were taken back never match.
#[derive(Clone, Debug)]
pub struct Filter {
    /// From this day on. Drafts without a day do not match.
    pub from: Option<NaiveDate>,
    /// Up to this day. Drafts without a day do not match.
    pub to: Option<NaiveDate>,
    /// Of this tier.
    pub tier: Option<Tier>,
    /// What the reader may know of.
    pub sight: Sight,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The sessions of this page, the earliest first; those without a day last.
    pub items: Vec<Session>,
    /// How many match in all.
    pub total: i64,
}

/// Whether whoever does not know of everything may know of a row of `session`: the parameters are those of
/// [`Sight`], its lists as `,1,3,` so that one text serves both databases.
macro_rules! known {
    ($tier3:literal, $tier2_all:literal, $tier1:literal, $tier2:literal) => {
        concat!(
            "(state <> 'draft' and ordinal is not null and ((tier = 3 and ",
            $tier3,
            ") or (tier = 2 and ",
            $tier2_all,
            ") or exists (select 1 from session_association \
             where session_association.office_id = $1 \
             and session_association.session_id = session.id and ((session.tier = 1 and ",
            $tier1,
            " like '%,' || session_association.association_id || ',%') \
             or (session.tier = 2 and ",
            $tier2,
            " like '%,' || session_association.association_id || ',%')))))"
        )
    };
}

pub(crate) use known;

/// What matches.
macro_rules! matching {
    () => {
        concat!(
            " from session where office_id = $1 and not retracted \
             and ($2 is null or held_on >= $2) and ($3 is null or held_on <= $3) \
             and ($4 is null or tier = $4) and ($5 or ",
            known!("$6", "$7", "$8", "$9"),
            ")"
        )
    };
}

/// What is only proposed.
macro_rules! drafted {
    () => {
        " from session where office_id = $1 and state = 'draft' and not retracted"
    };
}

/// What should have been written down by now: `$2` is the day, `$3` since when.
macro_rules! unaccounted {
    () => {
        " from session where office_id = $1 and not retracted and state in ('planned', 'held') \
         and held_on < $2 and held_on >= $3 and not exists (select 1 from session_account \
         where session_account.office_id = $1 and session_account.session_id = session.id)"
    };
}

const COUNT: &str = concat!("select count(*)", matching!());
const EARLIEST: &str = concat!(
    "select ",
    columns!(),
    matching!(),
    " order by case when held_on is null then 1 else 0 end, held_on, \
     case when start_minute is null then -1 else start_minute end, id limit $10 offset $11"
);
const LATEST: &str = concat!(
    "select ",
    columns!(),
    matching!(),
    " order by held_on desc, id desc limit $10 offset $11"
);
const DRAFTED_COUNT: &str = concat!("select count(*)", drafted!());
const DRAFTED: &str = concat!("select ", columns!(), drafted!(), " order by id limit $2");

/// Binds what a list is narrowed by, in the order of [`matching!`].
macro_rules! narrowed {
    ($read:ident, $connection:expr, $row:ty, $sql:expr, $office:expr, $by:expr $(, $more:expr)*) => {
        $read!(
            $connection, $row, $sql, $office.0, $by.from.map(|day| day.to_string()),
            $by.to.map(|day| day.to_string()), $by.tier.map(Tier::number), $by.sight.everything,
            $by.sight.tier3, $by.sight.tier2_all, delimited(&$by.sight.tier1),
            delimited(&$by.sight.tier2) $(, $more)*
        )
    };
}

/// A page of the office's sessions, the earliest first, beginning after `offset` of them.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let (limit, offset) = (limit.clamp(0, PAGE_MAX), offset.max(0));
    let (total,) = narrowed!(one, connection, (i64,), COUNT, office, filter)?;
    let rows = narrowed!(
        all, connection, Row, EARLIEST, office, filter, limit, offset
    )?;
    let items = with_lists(connection, office, rows).await?;
    Ok(Page { items, total })
}

/// The sessions nearest to a day, as many on either side of it as `limit` says: today's and the last
/// ones newest first, then those ahead.
///
/// # Errors
/// As [`list`].
pub async fn around(
    connection: &mut Connection,
    office: OfficeId,
    sight: &Sight,
    day: NaiveDate,
    limit: i64,
) -> Result<Vec<Session>> {
    let limit = limit.clamp(0, PAGE_MAX);
    let filter = |from, to| Filter {
        from,
        to,
        tier: None,
        sight: sight.clone(),
    };
    let (past, ahead) = (filter(None, Some(day)), filter(day.succ_opt(), None));
    let mut rows = narrowed!(all, connection, Row, LATEST, office, past, limit, 0_i64)?;
    rows.extend(narrowed!(
        all, connection, Row, EARLIEST, office, ahead, limit, 0_i64
    )?);
    with_lists(connection, office, rows).await
}

/// Sessions whose day lies before `day` and of which nothing was written down, the newest first: those
/// still planned, and those held. At most `limit`, with how many there are in all.
///
/// # Errors
/// As [`list`].
pub async fn unaccounted(
    connection: &mut Connection,
    office: OfficeId,
    day: NaiveDate,
    since: NaiveDate,
    limit: i64,
) -> Result<Page> {
    let (total,) = one!(
        connection,
        (i64,),
        concat!("select count(*)", unaccounted!()),
        office.0,
        day.to_string(),
        since.to_string(),
    )?;
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            unaccounted!(),
            " order by held_on desc, id desc limit $4"
        ),
        office.0,
        day.to_string(),
        since.to_string(),
        limit.clamp(0, PAGE_MAX),
    )?;
    let items = with_lists(connection, office, rows).await?;
    Ok(Page { items, total })
}

/// Sessions that are only proposed, in the order of their numbers. At most `limit`, with how many there
/// are in all.
///
/// # Errors
/// As [`list`].
pub async fn drafted(connection: &mut Connection, office: OfficeId, limit: i64) -> Result<Page> {
    let (total,) = one!(connection, (i64,), DRAFTED_COUNT, office.0)?;
    let limit = limit.clamp(0, PAGE_MAX);
    let rows = all!(connection, Row, DRAFTED, office.0, limit)?;
    let items = with_lists(connection, office, rows).await?;
    Ok(Page { items, total })
}

/// Sessions planned for a day or later, in the order of their numbers, after one of them: what follows
/// the office's set-up. At most [`PAGE_MAX`].
///
/// # Errors
/// As [`list`].
pub async fn ahead(
    connection: &mut Connection,
    office: OfficeId,
    day: NaiveDate,
    after: SessionId,
) -> Result<Vec<Session>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from session where office_id = $1 and state = 'planned' and not retracted \
             and held_on >= $2 and id > $3 order by id limit $4"
        ),
        office.0,
        day.to_string(),
        after.0,
        PAGE_MAX,
    )?;
    with_lists(connection, office, rows).await
}

/// Turns rows into sessions with who takes part and what is to be talked about.
pub(super) async fn with_lists(
    connection: &mut Connection,
    office: OfficeId,
    rows: Vec<Row>,
) -> Result<Vec<Session>> {
    let ids = || rows.iter().map(|row| row.id);
    let (Some(first), Some(last)) = (ids().min(), ids().max()) else {
        return Ok(Vec::new());
    };
    // One range instead of one query per session; what lies between is left aside.
    let mut associations = grouped(all!(
        connection,
        (i64, i64),
        "select session_id, association_id from session_association \
         where office_id = $1 and session_id between $2 and $3 order by session_id, position",
        office.0,
        first,
        last,
    )?);
    let mut agenda = grouped(all!(
        connection,
        (i64, i64),
        "select session_id, issue_id from session_agenda \
         where office_id = $1 and session_id between $2 and $3 order by session_id, position",
        office.0,
        first,
        last,
    )?);
    rows.into_iter()
        .map(|row| {
            let associations = associations.remove(&row.id).unwrap_or_default();
            let agenda = agenda.remove(&row.id).unwrap_or_default();
            row.into_session(
                associations.into_iter().map(AssociationId).collect(),
                agenda.into_iter().map(IssueId).collect(),
            )
        })
        .collect()
}

/// Gathers rows `(session, value)` per session, keeping their order.
fn grouped(rows: Vec<(i64, i64)>) -> BTreeMap<i64, Vec<i64>> {
    let mut grouped: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (session, value) in rows {
        grouped.entry(session).or_default().push(value);
    }
    grouped
}

/// Numbers of associations as `,1,3,`.
pub(crate) fn delimited<'a>(ids: impl IntoIterator<Item = &'a AssociationId>) -> String {
    ids.into_iter()
        .fold(",".to_owned(), |list, id| format!("{list}{id},"))
}
