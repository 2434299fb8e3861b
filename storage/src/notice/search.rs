//! Searching notices: those that answer a query, the best first.
//!
//! As with issues, an index hands out those that hold the pairs of letters of the query, the newest first
//! and at most [`LOOKED_THROUGH_MAX`]; whether a word really stands there is judged in their letters, so
//! that both databases find the same.

use super::{find, index};
use crate::{
    dialect,
    error::{Error, Result},
    issue::index_expression,
    link::{Connection, all},
};
use chrono::NaiveDate;
use domain::{
    id::{NoticeId, OfficeId},
    notice::{Notice, State},
    search::Query,
};
use std::{cmp::Reverse, collections::BTreeSet};

/// Most notices one search looks through.
pub const LOOKED_THROUGH_MAX: i64 = 2_000;

/// What a search has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The notices of the page: those of which something is left before those that are over, then by how
    /// many of the words stand in the title, then the newest day first.
    pub items: Vec<Notice>,
    /// How many there are in all.
    pub total: i64,
    /// There was more than one search looks through: the oldest were left out.
    pub is_cut: bool,
}

/// A notice that answers the query, as it is put in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    is_over: bool,
    words: Reverse<usize>,
    day: Reverse<Option<String>>,
    notice: Reverse<NoticeId>,
}

/// What is looked through, once the index has been asked.
macro_rules! looked_through {
    ($matched:literal) => {
        concat!(
            $matched,
            "select notice.id, ",
            state_on!("$4"),
            ", notice.issued_on, letters.folded, letters.beside from matched \
             cross join notice_letters as letters cross join notice where letters.id = matched.id \
             and letters.office_id = $1 and notice.office_id = $1 and notice.id = letters.notice_id \
             and not notice.retracted and ($3 or not notice.draft) order by letters.id desc limit $5"
        )
    };
}

/// A page of the notices that answer a query; drafts among them only for the desk.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn search(
    connection: &mut Connection,
    office: OfficeId,
    (query, today, drafts): (&Query, NaiveDate, bool),
    offset: i64,
    limit: i64,
) -> Result<Found> {
    let sql = dialect::either(
        connection,
        looked_through!(
            "with matched as not materialized (select rowid as id from notice_gram \
             where notice_gram match $2) "
        ),
        looked_through!(
            "with matched as materialized (select id from notice_letters \
             where cast(grams as tsvector) @@ cast($2 as tsquery)) "
        ),
    );
    let wanted = index_expression(connection, index::place_gram(office), query);
    type Looked = (i64, String, Option<String>, String, String);
    let mut rows = all!(
        connection,
        Looked,
        sql,
        office.0,
        wanted,
        drafts,
        today.to_string(),
        LOOKED_THROUGH_MAX + 1,
    )?;
    let most = usize::try_from(LOOKED_THROUGH_MAX).unwrap_or(usize::MAX);
    let is_cut = rows.len() > most;
    rows.truncate(most);
    let mut hits = BTreeSet::new();
    for (id, state, day, title, beside) in rows {
        let Some(words) = query.judge(&title, &beside) else {
            continue;
        };
        let state = State::from_code(&state).ok_or(Error::Unreadable("state of a notice"))?;
        hits.insert(Hit {
            is_over: state.is_over(),
            words: Reverse(words),
            day: Reverse(day),
            notice: Reverse(NoticeId(id)),
        });
    }
    let total = i64::try_from(hits.len()).unwrap_or(i64::MAX);
    let skipped = usize::try_from(offset.max(0)).unwrap_or(usize::MAX);
    let taken = usize::try_from(limit.clamp(0, super::PAGE_MAX)).unwrap_or_default();
    let mut items = Vec::new();
    for hit in hits.into_iter().skip(skipped).take(taken) {
        items.extend(find(connection, office, hit.notice.0).await?);
    }
    Ok(Found {
        items,
        total,
        is_cut,
    })
}
