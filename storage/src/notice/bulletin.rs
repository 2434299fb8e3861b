//! Bulletins (通知ダイジェスト) as they are kept: which notices one association was told of, how each stood
//! then, and who of the association has confirmed having read them.

use super::TOPIC_NOTICES_MAX;
use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use chrono::{DateTime, Utc};
use domain::{
    id::{AssociationId, BulletinId, NoticeId, OfficeId, UserId},
    notice::State,
};
use std::collections::BTreeMap;

/// Most bulletins that are handed out of one office at once: those of the last years.
pub const BULLETINS_MAX: i64 = 200;
/// Most bulletins whose reminders are planned anew at once: three months of a posting a week to fifty
/// associations.
pub const UNCONFIRMED_MAX: i64 = 1_000;

/// One bulletin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulletin {
    /// Its number in the office.
    pub id: BulletinId,
    /// Counts changes of it; from 1.
    pub revision: i64,
    /// Whom it was for.
    pub association: AssociationId,
    /// The bulletins of one posting share the number of its first one.
    pub posting: BulletinId,
    /// Who posted it.
    pub posted_by: UserId,
    /// When.
    pub posted_at: DateTime<Utc>,
    /// The officer or contact who was the first to confirm it, and when.
    pub confirmed: Option<(UserId, DateTime<Utc>)>,
    /// The notices in it, and how each stood then.
    pub notices: Vec<(NoticeId, State)>,
}

/// Id, revision, association, posting, posted by, posted at, confirmed by, confirmed at.
type Row = (i64, i64, i64, i64, i64, i64, Option<i64>, Option<i64>);

macro_rules! bulletin_columns {
    () => {
        "select id, revision, association_id, posting, posted_by, posted_at, confirmed_by, \
         confirmed_at from bulletin where office_id = $1 "
    };
}

/// Stores the bulletins of one posting, an association each, and returns them; none without notices.
///
/// # Errors
/// [`Conflict::Missing`] when the office, an association or a notice does not exist.
pub async fn post(
    tx: &mut Transaction,
    office: OfficeId,
    told: &[(AssociationId, Vec<(NoticeId, State)>)],
    (by, at): (UserId, DateTime<Utc>),
) -> Result<Vec<Bulletin>> {
    let mut posted: Vec<Bulletin> = Vec::new();
    for (association, notices) in told.iter().filter(|(_, notices)| !notices.is_empty()) {
        let id = BulletinId(counter::next(tx, office, Noun::Bulletin).await?);
        let bulletin = Bulletin {
            id,
            revision: 1,
            association: *association,
            posting: posted.first().map_or(id, |first| first.id),
            posted_by: by,
            posted_at: instant::kept(at),
            confirmed: None,
            notices: notices.clone(),
        };
        put(tx, office, &bulletin).await?;
        posted.push(bulletin);
    }
    Ok(posted)
}

async fn put(tx: &mut Transaction, office: OfficeId, bulletin: &Bulletin) -> Result<()> {
    let missing = |error: Error| error.naming(Conflict::Missing, Conflict::Missing);
    run!(
        tx,
        "insert into bulletin (office_id, id, revision, association_id, posting, posted_by, \
         posted_at) values ($1, $2, 1, $3, $4, $5, $6)",
        office.0,
        bulletin.id.0,
        bulletin.association.0,
        bulletin.posting.0,
        bulletin.posted_by.to_stored(),
        instant::to_stored(bulletin.posted_at),
    )
    .map_err(missing)?;
    for (position, (notice, state)) in (0_i64..).zip(&bulletin.notices) {
        run!(
            tx,
            "insert into bulletin_notice (office_id, bulletin_id, position, notice_id, state) \
             values ($1, $2, $3, $4, $5)",
            office.0,
            bulletin.id.0,
            position,
            notice.0,
            state.code(),
        )
        .map_err(missing)?;
    }
    Ok(())
}

/// Notes that somebody of the association has confirmed a bulletin; `None` when somebody has already.
///
/// # Errors
/// [`Error::Database`].
pub async fn confirm(
    tx: &mut Transaction,
    office: OfficeId,
    bulletin: BulletinId,
    (by, at): (UserId, DateTime<Utc>),
) -> Result<Option<Bulletin>> {
    let touched = run!(
        tx,
        "update bulletin set revision = revision + 1, confirmed_by = $3, confirmed_at = $4 \
         where office_id = $1 and id = $2 and confirmed_by is null",
        office.0,
        bulletin.0,
        by.to_stored(),
        instant::to_stored(at),
    )?;
    if touched == 0 {
        return Ok(None);
    }
    find(tx, office, bulletin).await
}

/// The bulletin of a number.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    bulletin: BulletinId,
) -> Result<Option<Bulletin>> {
    let row = optional!(
        connection,
        Row,
        concat!(bulletin_columns!(), "and id = $2"),
        office.0,
        bulletin.0,
    )?;
    let rows = row.into_iter().collect();
    Ok(whole(connection, office, rows).await?.pop())
}

/// The bulletins of one posting, by number.
///
/// # Errors
/// As [`find`].
pub async fn of_posting(
    connection: &mut Connection,
    office: OfficeId,
    posting: BulletinId,
) -> Result<Vec<Bulletin>> {
    let rows = all!(
        connection,
        Row,
        concat!(bulletin_columns!(), "and posting = $2 order by id limit $3"),
        office.0,
        posting.0,
        TOPIC_NOTICES_MAX,
    )?;
    whole(connection, office, rows).await
}

/// The latest bulletins of the office, the newest first, at most [`BULLETINS_MAX`].
///
/// # Errors
/// As [`find`].
pub async fn latest(connection: &mut Connection, office: OfficeId) -> Result<Vec<Bulletin>> {
    let rows = all!(
        connection,
        Row,
        concat!(bulletin_columns!(), "order by id desc limit $2"),
        office.0,
        BULLETINS_MAX,
    )?;
    whole(connection, office, rows).await
}

/// The bulletins posted at an instant or later that nobody has confirmed, the newest first, at most
/// [`UNCONFIRMED_MAX`].
///
/// # Errors
/// As [`find`].
pub async fn unconfirmed(
    connection: &mut Connection,
    office: OfficeId,
    since: DateTime<Utc>,
) -> Result<Vec<Bulletin>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            bulletin_columns!(),
            "and confirmed_at is null and posted_at >= $2 order by id desc limit $3"
        ),
        office.0,
        instant::to_stored(since),
        UNCONFIRMED_MAX,
    )?;
    whole(connection, office, rows).await
}

/// What every association was told of every notice last.
///
/// # Errors
/// As [`find`].
pub async fn told(
    connection: &mut Connection,
    office: OfficeId,
) -> Result<BTreeMap<AssociationId, BTreeMap<NoticeId, State>>> {
    let rows = all!(
        connection,
        (i64, i64, String),
        "select bulletin.association_id, bulletin_notice.notice_id, bulletin_notice.state \
         from bulletin_notice join bulletin on bulletin.office_id = $1 \
         and bulletin.id = bulletin_notice.bulletin_id \
         where bulletin_notice.office_id = $1 order by bulletin.id",
        office.0,
    )?;
    let mut told = BTreeMap::<_, BTreeMap<_, _>>::new();
    for (association, notice, state) in rows {
        let known = told.entry(AssociationId(association)).or_default();
        known.insert(NoticeId(notice), state_of(&state)?);
    }
    Ok(told)
}

async fn whole(
    connection: &mut Connection,
    office: OfficeId,
    rows: Vec<Row>,
) -> Result<Vec<Bulletin>> {
    let ids = || rows.iter().map(|row| row.0);
    let (Some(first), Some(last)) = (ids().min(), ids().max()) else {
        return Ok(Vec::new());
    };
    let found = all!(
        connection,
        (i64, i64, String),
        "select bulletin_id, notice_id, state from bulletin_notice where office_id = $1 \
         and bulletin_id between $2 and $3 order by bulletin_id, position",
        office.0,
        first,
        last,
    )?;
    let mut notices = BTreeMap::<i64, Vec<_>>::new();
    for (bulletin, notice, state) in found {
        let told = (NoticeId(notice), state_of(&state)?);
        notices.entry(bulletin).or_default().push(told);
    }
    let mut read =
        |(id, revision, association, posting, by, at, confirmed_by, confirmed_at): Row| {
            let confirmed = match (confirmed_by, confirmed_at) {
                (Some(by), Some(at)) => Some((UserId::from_stored(by), instant::from_stored(at)?)),
                _ => None,
            };
            Ok(Bulletin {
                id: BulletinId(id),
                revision,
                association: AssociationId(association),
                posting: BulletinId(posting),
                posted_by: UserId::from_stored(by),
                posted_at: instant::from_stored(at)?,
                confirmed,
                notices: notices.remove(&id).unwrap_or_default(),
            })
        };
    rows.into_iter().map(&mut read).collect()
}

fn state_of(code: &str) -> Result<State> {
    State::from_code(code).ok_or(Error::Unreadable("state of a notice"))
}

/// Whether any association was told of a notice.
///
/// # Errors
/// [`Error::Database`].
pub async fn is_told(
    connection: &mut Connection,
    office: OfficeId,
    notice: NoticeId,
) -> Result<bool> {
    let told = optional!(
        connection,
        (i64,),
        "select bulletin_id from bulletin_notice where office_id = $1 and notice_id = $2 limit 1",
        office.0,
        notice.0,
    )?;
    Ok(told.is_some())
}
