//! Rows of the tables `notice` and `notice_change`, and what they become.

use crate::error::{Error, Result};
use chrono::NaiveDate;
use domain::{
    id::NoticeId,
    notice::{Change, What},
};
use sqlx::FromRow;

/// The columns of a [`Row`]; the scopes are lines, in their order.
macro_rules! columns {
    () => {
        "notice.id, revision, draft, title, number, issuer, issued_on, topic_id, link, origin, \
         added_by, created_at, changed_at, retracted, (select string_agg(scope, '\n' \
         order by position) from notice_scope where notice_scope.office_id = notice.office_id \
         and notice_scope.notice_id = notice.id) as scopes"
    };
}

/// How a row of `notice` stands on a day, as a code of [`domain::notice::State`].
macro_rules! state_on {
    ($today:literal) => {
        concat!(
            "case when notice.draft then 'draft' else coalesce((select what from notice_change \
             where notice_change.office_id = notice.office_id \
             and notice_change.notice_id = notice.id \
             and (counts_from is null or counts_from <= ",
            $today,
            ") order by position desc limit 1), 'standing') end"
        )
    };
}

/// A notice as either database hands it out.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) revision: i64,
    pub(super) draft: bool,
    pub(super) title: String,
    pub(super) number: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) issued_on: Option<String>,
    pub(super) topic_id: Option<i64>,
    pub(super) link: Option<String>,
    pub(super) origin: String,
    pub(super) added_by: Option<i64>,
    pub(super) created_at: i64,
    pub(super) changed_at: i64,
    pub(super) retracted: bool,
    pub(super) scopes: Option<String>,
}

// By hand, because the derive would bring the macros of sqlx.
impl<'r, R> FromRow<'r, R> for Row
where
    R: sqlx::Row,
    &'static str: sqlx::ColumnIndex<R>,
    i64: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    String: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    bool: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            revision: row.try_get("revision")?,
            draft: row.try_get("draft")?,
            title: row.try_get("title")?,
            number: row.try_get("number")?,
            issuer: row.try_get("issuer")?,
            issued_on: row.try_get("issued_on")?,
            topic_id: row.try_get("topic_id")?,
            link: row.try_get("link")?,
            origin: row.try_get("origin")?,
            added_by: row.try_get("added_by")?,
            created_at: row.try_get("created_at")?,
            changed_at: row.try_get("changed_at")?,
            retracted: row.try_get("retracted")?,
            scopes: row.try_get("scopes")?,
        })
    }
}

/// What, from when, by which, which part.
pub(super) type ChangeRow = (String, Option<String>, Option<i64>, Option<String>);

pub(super) fn change((what, from, by, part): ChangeRow) -> Result<Change> {
    Ok(Change {
        what: What::from_code(&what).ok_or(Error::Unreadable("change of a notice"))?,
        from: day(from.as_deref())?,
        by: by.map(NoticeId),
        part,
    })
}

pub(super) fn day(written: Option<&str>) -> Result<Option<NaiveDate>> {
    let day = written.map(str::parse).transpose();
    day.map_err(|_| Error::Unreadable("day of a notice"))
}
