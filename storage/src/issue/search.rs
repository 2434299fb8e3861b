//! Searching issues: of the wordings a reader may read, those that answer a query, the best first.
//!
//! The audience rule stands in the query itself, as in lists: originals and the notes beside them are
//! looked through where the reader reads the original, else only what the reader was told. Of several
//! shares the one the reader reads counts, and no other.
//!
//! The index hands out the wordings that hold the pairs of letters of the query, the newest first and
//! at most [`LOOKED_THROUGH_MAX`]; whether a word really stands there is then judged in them
//! ([`domain::search::Query::judge`]), so that both databases find the same.

use super::{
    find, index,
    listing::{Filter, Listed, Narrowed, PAGE_MAX, Readable},
    shared,
};
use crate::{
    dialect,
    error::{Error, Result},
    link::{Connection, all},
};
use domain::{
    disclosure::Audience,
    id::{IssueId, OfficeId},
    issue::Status,
    search::Query,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Most wordings one search looks through, originals and shares apart.
pub const LOOKED_THROUGH_MAX: i64 = 2_000;

/// What a search has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The issues of the page: those that wait for somebody before those that have ended or were merged
    /// into another, then by how many of the words stand in the wording itself, then the newest first.
    pub items: Vec<Listed>,
    /// How many there are in all.
    pub total: i64,
    /// There was more than one search looks through: the oldest were left out.
    pub is_cut: bool,
}

/// An issue that answers the query, as it is put in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    has_ended: bool,
    words: Reverse<usize>,
    issue: Reverse<IssueId>,
    is_whole: bool,
}

/// The numbers of wordings with the pairs of letters, in SQLite: the index is gone through from its
/// end, so that only as many are looked at as are wanted.
macro_rules! matched_sqlite {
    () => {
        "with matched as not materialized (select issue_gram.rowid as id, \
         issue_wording.issue_id as issue_id, issue_wording.audience as audience \
         from issue_gram cross join issue_wording on issue_wording.id = issue_gram.rowid \
         where issue_gram match $16 and issue_wording.office_id = $1) "
    };
}

/// The same in PostgreSQL, which is to ask the index first, whatever it knows of how rare a pair is.
macro_rules! matched_postgres {
    () => {
        "with matched as materialized (select id, issue_id, audience from issue_wording \
         where office_id = $1 and cast(grams as tsvector) @@ cast($16 as tsquery)) "
    };
}

/// Originals the reader reads.
macro_rules! originals {
    ($matched:expr) => {
        concat!(
            $matched,
            "select found.issue_id, found.status, found.merged, text.folded, text.note from \
             (select matched.id as id, matched.issue_id as issue_id, issue.status as status, \
             exists (select 1 from issue_merge where issue_merge.office_id = $1 \
             and issue_merge.issue_id = issue.id) as merged \
             from matched cross join issue \
             where issue.office_id = $1 and issue.id = matched.issue_id \
             and matched.audience = 'original' and not issue.retracted and (",
            whole!("issue"),
            ") order by matched.id desc limit $17) as found \
             join issue_wording as text on text.id = found.id order by found.id desc"
        )
    };
}

/// Every share the reader was told of those issues of which one such share has the pairs of letters,
/// and of which the reader does not read the original.
macro_rules! shares {
    ($matched:expr) => {
        concat!(
            $matched,
            "select issue.id, issue.status, disclosure.version, disclosure.audience, text.folded \
             from issue join disclosure on ",
            told!("issue"),
            " join issue_wording as text on text.office_id = $1 \
             and text.audience = disclosure.audience and text.issue_id = issue.id \
             where issue.office_id = $1 and issue.id in (select told.issue_id from \
             (select matched.id as id, matched.issue_id as issue_id from matched cross join issue \
             where issue.office_id = $1 and issue.id = matched.issue_id \
             and $11 like '%,' || matched.audience || ',%' and not issue.retracted and case when ",
            whole!("issue"),
            " then false else true end order by matched.id desc limit $17) as told)"
        )
    };
}

/// What one issue's audiences were told of it, for a page of what was found.
const TOLD: &str = concat!(
    "select ",
    shared_columns!(),
    " from issue join disclosure on ",
    told!("issue"),
    " where issue.office_id = $1 and issue.id = $16 and not issue.retracted"
);

/// A page of the issues that answer a query, as far as the reader may read them.
///
/// # Errors
/// [`Error::Sealed`] when a speaker cannot be opened with the keys at hand, [`Error::Unreadable`] when
/// a newer version has written a code this one does not know.
pub async fn search(
    connection: &mut Connection,
    office: OfficeId,
    readable: &Readable,
    query: &Query,
    offset: i64,
    limit: i64,
) -> Result<Found> {
    let by = Narrowed::by(&Filter::of(readable.clone()));
    let mut hits = BTreeSet::new();
    let mut is_cut = of_originals(connection, office, &by, query, &mut hits).await?;
    if let Readable::By { audiences, .. } = readable {
        let told = (&by, audiences);
        is_cut |= of_shares(connection, office, told, query, &mut hits).await?;
    }
    let total = i64::try_from(hits.len()).unwrap_or(i64::MAX);
    let (skipped, taken) = (offset.max(0), limit.clamp(0, PAGE_MAX));
    let page = hits
        .into_iter()
        .skip(usize::try_from(skipped).unwrap_or(usize::MAX))
        .take(usize::try_from(taken).unwrap_or_default());
    let mut items = Vec::new();
    for hit in page {
        let Reverse(issue) = hit.issue;
        let listed = match readable {
            _ if hit.is_whole => find(connection, office, issue).await?.map(Listed::Whole),
            Readable::Everything => None,
            Readable::By { audiences, .. } => {
                let rows = narrowed!(all, connection, shared::Row, TOLD, office, by, issue.0)?;
                shared::narrowest(rows, audiences)?
                    .pop()
                    .map(Listed::Shared)
            }
        };
        items.extend(listed);
    }
    Ok(Found {
        items,
        total,
        is_cut,
    })
}

/// What an index of letters is asked: what every row looked for bears (`place`), and of every word the pairs
/// of one of its alternatives.
pub(crate) fn expression(connection: &Connection, place: String, query: &Query) -> String {
    let (and, or) = dialect::index_words(connection);
    let words = query.wanted().iter().map(|word| {
        let alternatives: Vec<String> = word
            .grams()
            .into_iter()
            .map(|pairs| {
                let pairs: Vec<String> = pairs.into_iter().collect();
                format!("({})", pairs.join(and))
            })
            .collect();
        format!("({})", alternatives.join(or))
    });
    words.fold(place, |all, word| all + and + &word)
}

/// Adds the originals that answer the query; says whether there was more to look through.
async fn of_originals(
    connection: &mut Connection,
    office: OfficeId,
    by: &Narrowed,
    query: &Query,
    hits: &mut BTreeSet<Hit>,
) -> Result<bool> {
    let sql = dialect::either(
        connection,
        originals!(matched_sqlite!()),
        originals!(matched_postgres!()),
    );
    let wanted = expression(connection, index::place_gram(office, true), query);
    type Original = (i64, String, bool, String, Option<String>);
    let most = LOOKED_THROUGH_MAX + 1;
    let mut rows = narrowed!(all, connection, Original, sql, office, by, wanted, most)?;
    let is_cut = is_beyond(rows.len());
    rows.truncate(usize::try_from(LOOKED_THROUGH_MAX).unwrap_or(usize::MAX));
    for (issue, status, merged, folded, note) in rows {
        if let Some(words) = query.judge(&folded, note.as_deref().unwrap_or_default()) {
            hits.insert(Hit {
                has_ended: merged || has_ended(&status)?,
                words: Reverse(words),
                issue: Reverse(IssueId(issue)),
                is_whole: true,
            });
        }
    }
    Ok(is_cut)
}

/// Adds the shares that answer the query, each issue by the one the reader reads.
async fn of_shares(
    connection: &mut Connection,
    office: OfficeId,
    (by, audiences): (&Narrowed, &BTreeMap<Audience, usize>),
    query: &Query,
    hits: &mut BTreeSet<Hit>,
) -> Result<bool> {
    let sql = dialect::either(
        connection,
        shares!(matched_sqlite!()),
        shares!(matched_postgres!()),
    );
    let wanted = expression(connection, index::place_gram(office, false), query);
    type Share = (i64, String, i64, String, String);
    let most = LOOKED_THROUGH_MAX;
    let rows = narrowed!(all, connection, Share, sql, office, by, wanted, most)?;
    type Read = ((usize, Reverse<i64>), String, String);
    let mut read: BTreeMap<i64, Read> = BTreeMap::new();
    for (issue, status, version, audience, folded) in rows {
        let audience = Audience::from_code(&audience).ok_or(Error::Unreadable("audience"))?;
        let order = shared::order(audiences, audience, version);
        if read.get(&issue).is_none_or(|(known, ..)| order < *known) {
            read.insert(issue, (order, status, folded));
        }
    }
    let is_cut = is_beyond(read.len() + 1);
    for (issue, (_, status, folded)) in read {
        if let Some(words) = query.judge(&folded, "") {
            hits.insert(Hit {
                has_ended: has_ended(&status)?,
                words: Reverse(words),
                issue: Reverse(IssueId(issue)),
                is_whole: false,
            });
        }
    }
    Ok(is_cut)
}

fn has_ended(status: &str) -> Result<bool> {
    let status = Status::from_code(status).ok_or(Error::Unreadable("status"))?;
    Ok(!status.is_open())
}

fn is_beyond(rows: usize) -> bool {
    i64::try_from(rows).is_ok_and(|rows| rows > LOOKED_THROUGH_MAX)
}
