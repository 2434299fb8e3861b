//! What only a handover (引継ぎ) asks: since when issues stand as they stand, who has acted, what waits to
//! be sent, what lies on the desk. Other lists of records are those of their nouns.

mod desk;

pub use desk::{FeedbackDraft, Unconfirmed, feedback_drafts, unconfirmed};

use crate::{
    audit::CALENDAR,
    error::Result,
    instant,
    link::{Connection, all, one},
    outbox::destination_of,
    subject::Subject,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{AssociationId, IssueId, OfficeId, UserId},
};
use std::collections::BTreeMap;

/// Somebody who has done something in the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who (Discord's id).
    pub who: UserId,
    /// When last.
    pub last_at: DateTime<Utc>,
    /// The associations for which the person has written issues down.
    pub associations: Vec<AssociationId>,
}

/// A message that has not gone out as it should stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// What it is about.
    pub subject: Subject,
    /// Where it belongs.
    pub destination: Destination,
    /// Since when it waits, by the clock of the office.
    pub since: DateTime<Utc>,
    /// Why it was refused, where it was.
    pub code: Option<String>,
}

/// When the status of open issues was last changed; those whose status never was are not among them.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant cannot be read.
pub async fn moved(
    connection: &mut Connection,
    office: OfficeId,
) -> Result<BTreeMap<IssueId, DateTime<Utc>>> {
    let rows = all!(
        connection,
        (i64, i64),
        "select issue.id, max(audit_entry.at) from audit_entry join issue \
         on issue.office_id = audit_entry.office_id and issue.id = audit_entry.subject_id \
         where audit_entry.office_id = $1 and audit_entry.subject_kind = 'issue' \
         and audit_entry.act in ('issue.status', 'issue.review', 'issue.return') \
         and not issue.retracted and issue.status not in ('done', 'dropped') group by issue.id",
        office.0,
    )?;
    rows.into_iter()
        .map(|(issue, at)| Ok((IssueId(issue), instant::from_stored(at)?)))
        .collect()
}

/// People who have done something in the office, the latest first, at most `limit`; and how many there
/// are. What the configuration and the office's own calendar did is nobody's: their ids are below those
/// Discord gives.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant cannot be read.
pub async fn actors(
    connection: &mut Connection,
    office: OfficeId,
    limit: i64,
) -> Result<(Vec<Actor>, i64)> {
    let (total,) = one!(
        connection,
        (i64,),
        "select count(distinct who) from audit_entry where office_id = $1 and who > $2",
        office.0,
        CALENDAR.to_stored(),
    )?;
    let rows = all!(
        connection,
        (i64, i64),
        "select who, max(at) as latest from audit_entry \
         where office_id = $1 and who > $2 group by who order by latest desc, who limit $3",
        office.0,
        CALENDAR.to_stored(),
        limit,
    )?;
    let spoken = all!(
        connection,
        (i64, i64),
        "select distinct reporter, association_id from issue where office_id = $1 \
         and association_id is not null and not retracted order by reporter, association_id",
        office.0,
    )?;
    let mut of: BTreeMap<i64, Vec<AssociationId>> = BTreeMap::new();
    for (who, association) in spoken {
        of.entry(who).or_default().push(AssociationId(association));
    }
    let actors = rows.into_iter().map(|(who, at)| {
        Ok(Actor {
            who: UserId::from_stored(who),
            last_at: instant::from_stored(at)?,
            associations: of.remove(&who).unwrap_or_default(),
        })
    });
    Ok((actors.collect::<Result<_>>()?, total))
}

/// What waits to be sent, the longest waiting first, at most `limit`; how many wait, and how many of them
/// were refused.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn unsent(
    connection: &mut Connection,
    office: OfficeId,
    limit: i64,
) -> Result<(Vec<Unsent>, i64, i64)> {
    let (total, refused) = one!(
        connection,
        (i64, i64),
        "select count(*), count(refused_code) from outbox \
         where office_id = $1 and wanted_revision > sent_revision",
        office.0,
    )?;
    let rows = all!(
        connection,
        (String, i64, String, i64, Option<String>),
        "select subject_kind, subject_id, destination, first_wanted_at, refused_code from outbox \
         where office_id = $1 and wanted_revision > sent_revision \
         order by first_wanted_at, sequence limit $2",
        office.0,
        limit,
    )?;
    let unsent = rows.into_iter().map(|(kind, id, place, since, code)| {
        Ok(Unsent {
            subject: Subject::from_stored(&kind, id)?,
            destination: destination_of(&place)?,
            since: instant::from_stored(since)?,
            code,
        })
    });
    Ok((unsent.collect::<Result<_>>()?, total, refused))
}
