//! Notices (行政通知) as they are kept: with their scopes, what became of them, their topic, and their
//! wordings in versions that never change.
//!
//! A notice with its scopes and changes is read and written as one; its wording is read apart, because it
//! may be long and lists do without it. Lists are in `listing`, searches in `search`, and topics in
//! [`topic`].

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{NoticeId, OfficeId, TopicId, UserId},
    notice::{Change, NOTICES_MAX, Notice, Origin, Successors, What, Wording},
};
use row::Row;

#[macro_use]
mod row;
pub mod bulletin;
mod index;
mod listing;
mod search;
pub mod topic;

pub use index::make_anew;
pub use listing::{Filter, PAGE_MAX, Page, TOPIC_NOTICES_MAX, list, of_topic};
pub use search::{Found, LOOKED_THROUGH_MAX, search};

/// Most versions of one notice's wording.
pub const WORDINGS_MAX: i64 = 100;

/// Stores a new notice, with its wording where there is one, and returns it as it is kept: with its number
/// and revision 1. Its `id` and `revision` are not looked at.
///
/// # Errors
/// [`Conflict::Missing`] when the office, the topic or a successor does not exist, [`Conflict::Full`] when
/// the office has [`NOTICES_MAX`] notices.
pub async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    notice: &Notice,
    wording: Option<&str>,
) -> Result<Notice> {
    let id = counter::next(tx, office, Noun::Notice).await?;
    if id > NOTICES_MAX {
        return Err(Conflict::Full.into());
    }
    let stored = Notice {
        id: NoticeId(id),
        revision: 1,
        ..kept(notice)
    };
    run!(
        tx,
        "insert into notice (office_id, id, revision, draft, title, number, issuer, issued_on, \
         topic_id, link, origin, added_by, created_at, changed_at, retracted) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        office.0,
        id,
        stored.draft,
        &stored.title,
        &stored.number,
        &stored.issuer,
        stored.date.map(|day| day.to_string()),
        stored.topic.map(|topic| topic.0),
        &stored.link,
        stored.origin.code(),
        stored.added_by.map(UserId::to_stored),
        instant::to_stored(stored.created_at),
        instant::to_stored(stored.changed_at),
        stored.retracted,
    )
    .map_err(missing)?;
    put_lists(tx, office, &stored).await?;
    if let Some(text) = wording {
        put_version(
            tx,
            office,
            stored.id,
            (1, text),
            (stored.added_by, stored.created_at),
        )
        .await?;
    }
    index::put(tx, office, stored.id).await?;
    Ok(stored)
}

/// Stores a change of a notice that was read with the revision it carries, and returns it with the next
/// one. Where it came from, who wrote it down and when do not change; its wording has versions of its own
/// ([`put_wording`]).
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, [`Conflict::Missing`] when it, its topic
/// or a successor does not exist.
pub async fn update(tx: &mut Transaction, office: OfficeId, notice: &Notice) -> Result<Notice> {
    let stored = kept(notice);
    let touched = run!(
        tx,
        "update notice set revision = revision + 1, draft = $4, title = $5, number = $6, issuer = $7, \
         issued_on = $8, topic_id = $9, link = $10, changed_at = $11, retracted = $12 \
         where office_id = $1 and id = $2 and revision = $3",
        office.0,
        stored.id.0,
        stored.revision,
        stored.draft,
        &stored.title,
        &stored.number,
        &stored.issuer,
        stored.date.map(|day| day.to_string()),
        stored.topic.map(|topic| topic.0),
        &stored.link,
        instant::to_stored(stored.changed_at),
        stored.retracted,
    )
    .map_err(missing)?;
    if touched == 0 {
        let there = find(tx, office, stored.id).await?;
        let conflict = there.map_or(Conflict::Missing, |_| Conflict::StaleRevision);
        return Err(conflict.into());
    }
    for sql in [
        "delete from notice_scope where office_id = $1 and notice_id = $2",
        "delete from notice_change where office_id = $1 and notice_id = $2",
    ] {
        run!(tx, sql, office.0, stored.id.0)?;
    }
    put_lists(tx, office, &stored).await?;
    index::put(tx, office, stored.id).await?;
    Ok(Notice {
        revision: stored.revision + 1,
        ..stored
    })
}

/// The notice of a number, drafts and those that were taken back included.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    notice: NoticeId,
) -> Result<Option<Notice>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from notice where office_id = $1 and id = $2"
        ),
        office.0,
        notice.0,
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(listing::whole(connection, office, vec![row]).await?.pop())
}

/// Keeps a wording as the next version, and returns it. The same words as the latest version have are no
/// new version: that one is returned.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such notice, [`Conflict::Full`] when it has [`WORDINGS_MAX`].
pub async fn put_wording(
    tx: &mut Transaction,
    office: OfficeId,
    notice: NoticeId,
    text: &str,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<Wording> {
    let latest = wording(tx, office, notice, None).await?;
    if let Some(latest) = latest.as_ref().filter(|latest| latest.text == text) {
        return Ok(latest.clone());
    }
    let version = latest.map_or(1, |latest| latest.version + 1);
    if version > WORDINGS_MAX {
        return Err(Conflict::Full.into());
    }
    put_version(tx, office, notice, (version, text), (by, at)).await?;
    index::put(tx, office, notice).await?;
    Ok(Wording {
        version,
        text: text.to_owned(),
        added_by: by,
        added_at: instant::kept(at),
    })
}

/// One version of a notice's wording, the latest with `None`.
///
/// # Errors
/// [`Error::Database`].
pub async fn wording(
    connection: &mut Connection,
    office: OfficeId,
    notice: NoticeId,
    version: Option<i64>,
) -> Result<Option<Wording>> {
    let row = optional!(
        connection,
        (i64, String, Option<i64>, i64),
        "select version, wording, added_by, added_at from notice_wording where office_id = $1 \
         and notice_id = $2 and ($3 is null or version = $3) order by version desc limit 1",
        office.0,
        notice.0,
        version,
    )?;
    row.map(|(version, text, by, at)| {
        Ok(Wording {
            version,
            text,
            added_by: by.map(UserId::from_stored),
            added_at: instant::from_stored(at)?,
        })
    })
    .transpose()
}

/// When the versions of a notice's wording were put in, the first one first; without their words.
///
/// # Errors
/// [`Error::Database`].
pub async fn versions(
    connection: &mut Connection,
    office: OfficeId,
    notice: NoticeId,
) -> Result<Vec<(i64, DateTime<Utc>)>> {
    let rows = all!(
        connection,
        (i64, i64),
        "select version, added_at from notice_wording where office_id = $1 and notice_id = $2 \
         order by version limit $3",
        office.0,
        notice.0,
        WORDINGS_MAX,
    )?;
    let read = |(version, at)| Ok((version, instant::from_stored(at)?));
    rows.into_iter().map(read).collect()
}

/// What takes the place of which, over all notices of the office that were not taken back.
///
/// # Errors
/// [`Error::Unreadable`].
pub async fn successors(connection: &mut Connection, office: OfficeId) -> Result<Successors> {
    let rows = all!(
        connection,
        (i64, String, i64),
        "select notice_change.notice_id, notice_change.what, notice_change.by_id from notice_change \
         join notice on notice.office_id = $1 and notice.id = notice_change.notice_id \
         where notice_change.office_id = $1 and notice_change.by_id is not null \
         and not notice.retracted order by notice_change.notice_id, notice_change.position",
        office.0,
    )?;
    let mut successors = Successors::new();
    for (notice, what, by) in rows {
        let what = What::from_code(&what).ok_or(Error::Unreadable("change of a notice"))?;
        successors
            .entry(NoticeId(notice))
            .or_default()
            .push((what, NoticeId(by)));
    }
    Ok(successors)
}

/// What a notice takes the place of, by number: which notice, and as which change of it.
///
/// # Errors
/// [`Error::Unreadable`].
pub async fn replaced_by(
    connection: &mut Connection,
    office: OfficeId,
    notice: NoticeId,
) -> Result<Vec<(NoticeId, Change)>> {
    let rows = all!(
        connection,
        (i64, String, Option<String>, Option<i64>, Option<String>),
        "select notice_change.notice_id, what, counts_from, by_id, part from notice_change \
         join notice on notice.office_id = $1 and notice.id = notice_change.notice_id \
         where notice_change.office_id = $1 and by_id = $2 and not notice.retracted \
         order by notice_change.notice_id, position limit $3",
        office.0,
        notice.0,
        TOPIC_NOTICES_MAX,
    )?;
    let read =
        |(id, what, from, by, part)| Ok((NoticeId(id), row::change((what, from, by, part))?));
    rows.into_iter().map(read).collect()
}

/// A notice as far as it matters for being the same as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its number in the office.
    pub id: NoticeId,
    /// Its title.
    pub title: String,
    /// What the issuer calls it.
    pub number: Option<String>,
    /// The day on it.
    pub date: Option<NaiveDate>,
}

/// The notices after a number that were not taken back, the oldest first: for whoever looks whether one is
/// there already.
///
/// # Errors
/// [`Error::Unreadable`].
pub async fn known(
    connection: &mut Connection,
    office: OfficeId,
    after: NoticeId,
    limit: i64,
) -> Result<Vec<Known>> {
    let rows = all!(
        connection,
        (i64, String, Option<String>, Option<String>),
        "select id, title, number, issued_on from notice where office_id = $1 and not retracted \
         and id > $2 order by id limit $3",
        office.0,
        after.0,
        limit,
    )?;
    let read = |(id, title, number, date): (i64, String, Option<String>, Option<String>)| {
        Ok(Known {
            id: NoticeId(id),
            title,
            number,
            date: row::day(date.as_deref())?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// How many notices the office has written down on a day of this range, by origin, drafts and those that
/// were taken back left out: for yearly figures.
///
/// # Errors
/// [`Error::Unreadable`].
pub async fn issued_between(
    connection: &mut Connection,
    office: OfficeId,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<i64> {
    let (count,) = one!(
        connection,
        (i64,),
        "select count(*) from notice where office_id = $1 and not retracted and not draft \
         and issued_on between $2 and $3",
        office.0,
        first.to_string(),
        last.to_string(),
    )?;
    Ok(count)
}

async fn put_lists(tx: &mut Transaction, office: OfficeId, notice: &Notice) -> Result<()> {
    for (position, scope) in (0_i64..).zip(&notice.scopes) {
        run!(
            tx,
            "insert into notice_scope (office_id, notice_id, position, scope) values ($1, $2, $3, $4)",
            office.0,
            notice.id.0,
            position,
            scope,
        )?;
    }
    for (position, change) in (0_i64..).zip(&notice.changes) {
        run!(
            tx,
            "insert into notice_change (office_id, notice_id, position, what, counts_from, by_id, \
             part) values ($1, $2, $3, $4, $5, $6, $7)",
            office.0,
            notice.id.0,
            position,
            change.what.code(),
            change.from.map(|day| day.to_string()),
            change.by.map(|by| by.0),
            &change.part,
        )
        .map_err(missing)?;
    }
    Ok(())
}

async fn put_version(
    tx: &mut Transaction,
    office: OfficeId,
    notice: NoticeId,
    (version, text): (i64, &str),
    (by, at): (Option<UserId>, DateTime<Utc>),
) -> Result<()> {
    run!(
        tx,
        "insert into notice_wording (office_id, notice_id, version, wording, added_by, added_at) \
         values ($1, $2, $3, $4, $5, $6)",
        office.0,
        notice.0,
        version,
        text,
        by.map(UserId::to_stored),
        instant::to_stored(at),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    Ok(())
}

fn missing(error: Error) -> Error {
    error.naming(Conflict::Missing, Conflict::Missing)
}

/// The notice as it will be read again.
fn kept(notice: &Notice) -> Notice {
    Notice {
        created_at: instant::kept(notice.created_at),
        changed_at: instant::kept(notice.changed_at),
        ..notice.clone()
    }
}

/// What is in a row of `notice`, beside its changes.
fn read(row: Row, changes: Vec<Change>) -> Result<Notice> {
    Ok(Notice {
        id: NoticeId(row.id),
        revision: row.revision,
        draft: row.draft,
        title: row.title,
        number: row.number,
        issuer: row.issuer,
        date: row::day(row.issued_on.as_deref())?,
        topic: row.topic_id.map(TopicId),
        link: row.link,
        scopes: row
            .scopes
            .as_deref()
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect(),
        changes,
        origin: Origin::from_code(&row.origin).ok_or(Error::Unreadable("origin of a notice"))?,
        added_by: row.added_by.map(UserId::from_stored),
        created_at: instant::from_stored(row.created_at)?,
        changed_at: instant::from_stored(row.changed_at)?,
        retracted: row.retracted,
    })
}
