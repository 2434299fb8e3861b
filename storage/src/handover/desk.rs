//! What lies on the desk when an office is handed over: drafts of feedback, and bulletins nobody has
//! confirmed. Of each only what a line about it needs, in one statement however many there are.

use crate::{
    error::{Error, Result},
    instant,
    link::{Connection, all, one},
};
use chrono::{DateTime, Utc};
use domain::{
    id::{AssociationId, BulletinId, FeedbackId, OfficeId, SessionId},
    progress::YearMonth,
};

/// A draft of a feedback that waits to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackDraft {
    /// Its number.
    pub id: FeedbackId,
    /// Whom it is for.
    pub association: AssociationId,
    /// The session after which it was drafted.
    pub session: Option<SessionId>,
    /// The month for which it was drafted.
    pub month: Option<YearMonth>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
}

/// A bulletin nobody of its association has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconfirmed {
    /// Its number.
    pub id: BulletinId,
    /// Whom it was for.
    pub association: AssociationId,
    /// When it was posted.
    pub posted_at: DateTime<Utc>,
    /// How many notices are in it.
    pub notices: i64,
}

/// The drafts of feedback, the longest waiting first, at most `limit`; an association has one at a time.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant or a month cannot be read.
pub async fn feedback_drafts(
    connection: &mut Connection,
    office: OfficeId,
    limit: i64,
) -> Result<Vec<FeedbackDraft>> {
    let rows = all!(
        connection,
        (i64, i64, Option<i64>, Option<i64>, i64),
        "select id, association_id, session_id, month, made_at from feedback \
         where office_id = $1 and state = 'draft' order by made_at, id limit $2",
        office.0,
        limit,
    )?;
    let drafts = rows
        .into_iter()
        .map(|(id, association, session, month, at)| {
            let month = month.map(|number| {
                YearMonth::from_number(number).ok_or(Error::Unreadable("month of a feedback"))
            });
            Ok(FeedbackDraft {
                id: FeedbackId(id),
                association: AssociationId(association),
                session: session.map(SessionId),
                month: month.transpose()?,
                since: instant::from_stored(at)?,
            })
        });
    drafts.collect()
}

/// Bulletins posted after an instant that nobody has confirmed, the longest waiting first, at most `limit`;
/// with how many there are.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant cannot be read.
pub async fn unconfirmed(
    connection: &mut Connection,
    office: OfficeId,
    since: DateTime<Utc>,
    limit: i64,
) -> Result<(Vec<Unconfirmed>, i64)> {
    let (total,) = one!(
        connection,
        (i64,),
        "select count(*) from bulletin where office_id = $1 and confirmed_at is null \
         and posted_at > $2",
        office.0,
        instant::to_stored(since),
    )?;
    let rows = all!(
        connection,
        (i64, i64, i64, i64),
        "select id, association_id, posted_at, (select count(*) from bulletin_notice \
         where bulletin_notice.office_id = $1 and bulletin_notice.bulletin_id = bulletin.id) \
         from bulletin where office_id = $1 and confirmed_at is null and posted_at > $2 \
         order by posted_at, id limit $3",
        office.0,
        instant::to_stored(since),
        limit,
    )?;
    let unconfirmed = rows.into_iter().map(|(id, association, at, notices)| {
        Ok(Unconfirmed {
            id: BulletinId(id),
            association: AssociationId(association),
            posted_at: instant::from_stored(at)?,
            notices,
        })
    });
    Ok((unconfirmed.collect::<Result<_>>()?, total))
}
