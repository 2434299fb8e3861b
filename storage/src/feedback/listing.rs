//! Lists of feedbacks: the desk's, and what associations got.

use super::{Row, columns, row};
use crate::{
    error::Result,
    instant,
    link::{Connection, all, one},
    session::delimited,
};
use chrono::{DateTime, Utc};
use domain::{
    feedback::Feedback,
    id::{AssociationId, OfficeId},
};
use std::collections::BTreeSet;

/// Most feedbacks of one page or list; a higher limit counts as this one.
pub const LISTED_MAX: i64 = 100;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The feedbacks of this page: drafts first, then the newest.
    pub items: Vec<Feedback>,
    /// How many there are in all.
    pub total: i64,
}

/// Everything of the office with `$2`; else what the associations `$3` got.
macro_rules! matching {
    () => {
        " from feedback where office_id = $1 and ($2 or (state = 'sent' \
         and $3 like '%,' || association_id || ',%'))"
    };
}

/// A page of what the desk has (`None`), or of what these associations got and still stands, drafts
/// first, then the newest.
///
/// # Errors
/// As [`super::find`].
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    associations: Option<&BTreeSet<AssociationId>>,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let everything = associations.is_none();
    let codes = associations.map(delimited).unwrap_or_default();
    let (total,) = one!(
        connection,
        (i64,),
        concat!("select count(*)", matching!()),
        office.0,
        everything,
        &codes,
    )?;
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            matching!(),
            " order by case when state = 'draft' then 0 else 1 end, id desc limit $4 offset $5"
        ),
        office.0,
        everything,
        &codes,
        limit.clamp(0, LISTED_MAX),
        offset.max(0),
    )?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        items.push(row::whole(connection, office, row).await?);
    }
    Ok(Page { items, total })
}

/// The drafts that wait at the desk, in the order of their numbers; at most [`LISTED_MAX`].
///
/// # Errors
/// As [`super::find`].
pub async fn drafts(connection: &mut Connection, office: OfficeId) -> Result<Vec<Feedback>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from feedback where office_id = $1 and state = 'draft' order by id limit $2"
        ),
        office.0,
        LISTED_MAX,
    )?;
    let mut drafts = Vec::with_capacity(rows.len());
    for row in rows {
        drafts.push(row::whole(connection, office, row).await?);
    }
    Ok(drafts)
}

/// Up to when an association was told; `None` when nothing was sent to it that still stands.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant cannot be read.
pub async fn told_until(
    connection: &mut Connection,
    office: OfficeId,
    association: AssociationId,
) -> Result<Option<DateTime<Utc>>> {
    let (until,) = one!(
        connection,
        (Option<i64>,),
        "select max(told_until) from feedback \
         where office_id = $1 and association_id = $2 and state = 'sent'",
        office.0,
        association.0,
    )?;
    instant::from_stored_option(until)
}

/// When an association was last sent something, or the desk last decided not to.
///
/// # Errors
/// As [`told_until`].
pub async fn last_word(
    connection: &mut Connection,
    office: OfficeId,
    association: AssociationId,
) -> Result<Option<DateTime<Utc>>> {
    let (at,) = one!(
        connection,
        (Option<i64>,),
        "select max(case when state = 'dropped' then changed_at else sent_at end) from feedback \
         where office_id = $1 and association_id = $2 and state <> 'draft'",
        office.0,
        association.0,
    )?;
    instant::from_stored_option(at)
}
