//! Feedback (フィードバック) as it is kept: what an association is told of, by number, and the words a
//! coordinator put before and after it, in versions.
//!
//! No wording of an issue is kept with it. When the words of an issue that is quoted change, or who may
//! read them, [`touch`] wants the posts anew, in the transaction of that change.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    outbox,
    subject::Subject,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    feedback::{Feedback, Item, State, Words},
    id::{AssociationId, FeedbackId, IssueId, OfficeId},
    issue::Status,
};

mod listing;
mod material;
mod row;

pub use listing::{LISTED_MAX, Page, drafts, last_word, list, told_until};
pub use material::{changes, own_of, told_since};

use row::Row;

/// Most feedbacks of an issue that are drawn anew when its words change; an issue is told of a few times
/// in its life.
const TOUCHED_MAX: i64 = 200;

macro_rules! columns {
    () => {
        "id, revision, association_id, state, told_since, told_until, session_id, month, \
         month_only, words, made_by, made_at, sent_at, corrected_at, changed_at"
    };
}

use columns;

/// Stores a new feedback and returns it as it is kept: with its number and revision 1. Its `id` and
/// `revision` are not looked at.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office, association or session, [`Conflict::InUse`] when
/// it is a draft and the association has one already.
pub async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    feedback: &Feedback,
) -> Result<Feedback> {
    refuse_second(tx, office, feedback).await?;
    let id = counter::next(tx, office, Noun::Feedback).await?;
    let stored = Feedback {
        id: FeedbackId(id),
        revision: 1,
        ..kept(feedback)
    };
    let version = i64::from(stored.words != Words::default());
    run!(
        tx,
        "insert into feedback (office_id, id, revision, association_id, state, told_since, \
         told_until, session_id, month, month_only, words, made_by, made_at, sent_at, \
         corrected_at, changed_at) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        office.0,
        id,
        stored.association.0,
        stored.state.code(),
        stored.window.since.map(instant::to_stored),
        instant::to_stored(stored.window.until),
        stored.occasion.session.map(|session| session.0),
        stored.occasion.month.map(|month| month.number()),
        stored.occasion.month_only,
        version,
        stored.made_by.to_stored(),
        instant::to_stored(stored.made_at),
        stored.sent_at.map(instant::to_stored),
        stored.corrected_at.map(instant::to_stored),
        instant::to_stored(stored.changed_at),
    )
    .map_err(|error| error.naming(Conflict::InUse, Conflict::Missing))?;
    if version > 0 {
        put_words(tx, office, &stored, version).await?;
    }
    put_rest(tx, office, &stored).await?;
    Ok(stored)
}

/// Stores a change of a feedback that was read with the revision it carries, and returns it with the
/// next one. Whom it is for, who made it and when do not change.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, or there is none;
/// [`Conflict::InUse`] when it would be a second draft of its association.
pub async fn update(
    tx: &mut Transaction,
    office: OfficeId,
    feedback: &Feedback,
) -> Result<Feedback> {
    refuse_second(tx, office, feedback).await?;
    let before = find(tx, office, feedback.id).await?;
    let before = before.ok_or(Conflict::StaleRevision)?;
    let written = before.words != feedback.words;
    let stored = kept(feedback);
    let touched = run!(
        tx,
        "update feedback set revision = revision + 1, state = $4, told_since = $5, \
         told_until = $6, session_id = $7, month = $8, month_only = $9, words = words + $10, \
         sent_at = $11, corrected_at = $12, changed_at = $13 \
         where office_id = $1 and id = $2 and revision = $3",
        office.0,
        stored.id.0,
        stored.revision,
        stored.state.code(),
        stored.window.since.map(instant::to_stored),
        instant::to_stored(stored.window.until),
        stored.occasion.session.map(|session| session.0),
        stored.occasion.month.map(|month| month.number()),
        stored.occasion.month_only,
        i64::from(written),
        stored.sent_at.map(instant::to_stored),
        stored.corrected_at.map(instant::to_stored),
        instant::to_stored(stored.changed_at),
    )
    .map_err(|error| error.naming(Conflict::InUse, Conflict::Missing))?;
    if touched == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    if written {
        let (version,) = one!(
            tx,
            (i64,),
            "select words from feedback where office_id = $1 and id = $2",
            office.0,
            stored.id.0,
        )?;
        put_words(tx, office, &stored, version).await?;
    }
    clear_rest(tx, office, stored.id).await?;
    put_rest(tx, office, &stored).await?;
    Ok(Feedback {
        revision: stored.revision + 1,
        association: before.association,
        made_by: before.made_by,
        made_at: before.made_at,
        ..stored
    })
}

/// The feedback of a number, whatever its state.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    feedback: FeedbackId,
) -> Result<Option<Feedback>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from feedback where office_id = $1 and id = $2"
        ),
        office.0,
        feedback.0,
    )?;
    match row {
        Some(row) => row::whole(connection, office, row).await.map(Some),
        None => Ok(None),
    }
}

/// The draft of an association that waits at the desk, if there is one.
///
/// # Errors
/// As [`find`].
pub async fn draft_of(
    connection: &mut Connection,
    office: OfficeId,
    association: AssociationId,
) -> Result<Option<Feedback>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from feedback where office_id = $1 and association_id = $2 and state = 'draft'"
        ),
        office.0,
        association.0,
    )?;
    match row {
        Some(row) => row::whole(connection, office, row).await.map(Some),
        None => Ok(None),
    }
}

/// Wants a feedback in its association's channel as it is now.
///
/// # Errors
/// As [`outbox::want`].
pub async fn want(
    tx: &mut Transaction,
    office: OfficeId,
    feedback: &Feedback,
    now: DateTime<Utc>,
) -> Result<()> {
    let place = Destination::Feedback(feedback.association);
    let about = Subject::from(feedback.id);
    outbox::want(tx, office, about, place, feedback.revision, now).await
}

/// Wants every post anew that quotes an issue, because its words have changed or who may read them. What
/// stands there is drawn from what its readers may read now.
///
/// # Errors
/// As [`outbox::want`].
pub async fn touch(
    tx: &mut Transaction,
    office: OfficeId,
    issue: IssueId,
    now: DateTime<Utc>,
) -> Result<()> {
    let quoting = all!(
        tx,
        (i64, i64),
        "select feedback.id, feedback.association_id from feedback where feedback.office_id = $1 \
         and feedback.state = 'sent' and exists (select 1 from feedback_item \
         where feedback_item.office_id = $1 and feedback_item.feedback_id = feedback.id \
         and feedback_item.number = $2 and feedback_item.kind in ('raised', 'moved', 'answer')) \
         order by feedback.id desc limit $3",
        office.0,
        issue.0,
        TOUCHED_MAX,
    )?;
    redraw(tx, office, quoting, now).await
}

/// Wants every post of an office anew, or those of one association: who may read there has changed.
/// Says how many.
///
/// # Errors
/// As [`outbox::want`].
pub async fn touch_all(tx: &mut Transaction, office: OfficeId, now: DateTime<Utc>) -> Result<u64> {
    let sent = all!(
        tx,
        (i64, i64),
        "select id, association_id from feedback where office_id = $1 and state = 'sent' \
         order by id desc limit $2",
        office.0,
        TOUCHED_MAX,
    )?;
    let count = u64::try_from(sent.len()).unwrap_or(u64::MAX);
    redraw(tx, office, sent, now).await?;
    Ok(count)
}

async fn redraw(
    tx: &mut Transaction,
    office: OfficeId,
    feedbacks: Vec<(i64, i64)>,
    now: DateTime<Utc>,
) -> Result<()> {
    for (id, association) in feedbacks {
        let (revision,) = one!(
            tx,
            (i64,),
            "update feedback set revision = revision + 1 where office_id = $1 and id = $2 \
             returning revision",
            office.0,
            id,
        )?;
        let place = Destination::Feedback(AssociationId(association));
        outbox::want(tx, office, FeedbackId(id).into(), place, revision, now).await?;
    }
    Ok(())
}

/// Asked beforehand: a broken constraint would end the whole transaction on PostgreSQL.
async fn refuse_second(tx: &mut Transaction, office: OfficeId, feedback: &Feedback) -> Result<()> {
    if feedback.state != State::Draft {
        return Ok(());
    }
    let (others,) = one!(
        tx,
        (i64,),
        "select count(*) from feedback where office_id = $1 and association_id = $2 \
         and state = 'draft' and id <> $3",
        office.0,
        feedback.association.0,
        feedback.id.0,
    )?;
    if others > 0 {
        return Err(Conflict::InUse.into());
    }
    Ok(())
}

async fn put_words(
    tx: &mut Transaction,
    office: OfficeId,
    feedback: &Feedback,
    version: i64,
) -> Result<()> {
    run!(
        tx,
        "insert into feedback_words (office_id, feedback_id, version, opening, closing, written_at) \
         values ($1, $2, $3, $4, $5, $6)",
        office.0,
        feedback.id.0,
        version,
        &feedback.words.opening,
        &feedback.words.closing,
        instant::to_stored(feedback.changed_at),
    )?;
    Ok(())
}

/// Lets go of what [`put_rest`] will write anew.
async fn clear_rest(tx: &mut Transaction, office: OfficeId, id: FeedbackId) -> Result<()> {
    for sql in [
        "delete from feedback_item where office_id = $1 and feedback_id = $2",
        "delete from feedback_left_out where office_id = $1 and feedback_id = $2",
        "delete from feedback_tally where office_id = $1 and feedback_id = $2",
    ] {
        run!(tx, sql, office.0, id.0)?;
    }
    Ok(())
}

async fn put_rest(tx: &mut Transaction, office: OfficeId, feedback: &Feedback) -> Result<()> {
    for (position, item) in (0_i64..).zip(&feedback.items) {
        let (kind, number, way) = parts(*item);
        run!(
            tx,
            "insert into feedback_item (office_id, feedback_id, position, kind, number, \
             from_status, to_status) values ($1, $2, $3, $4, $5, $6, $7)",
            office.0,
            feedback.id.0,
            position,
            kind,
            number,
            way.map(|(from, _)| from.code()),
            way.map(|(_, to)| to.code()),
        )?;
    }
    for issue in &feedback.left_out {
        run!(
            tx,
            "insert into feedback_left_out (office_id, feedback_id, issue_id) values ($1, $2, $3)",
            office.0,
            feedback.id.0,
            issue.0,
        )?;
    }
    for (status, issues) in feedback.tally.by_status() {
        run!(
            tx,
            "insert into feedback_tally (office_id, feedback_id, status, issues) \
             values ($1, $2, $3, $4)",
            office.0,
            feedback.id.0,
            status.code(),
            i64::try_from(issues).unwrap_or(i64::MAX),
        )?;
    }
    Ok(())
}

/// An item as it is stored: its kind, its number, and from where to where.
fn parts(item: Item) -> (&'static str, i64, Option<(Status, Status)>) {
    match item {
        Item::Raised(issue) => ("raised", issue.0, None),
        Item::Moved { issue, from, to } => ("moved", issue.0, Some((from, to))),
        Item::Answer(issue) => ("answer", issue.0, None),
        Item::Session(session) => ("session", session.0, None),
        Item::Review(review) => ("review", review.0, None),
    }
}

/// The feedback as it will be read again.
fn kept(feedback: &Feedback) -> Feedback {
    let mut stored = feedback.clone();
    stored.window.since = stored.window.since.map(instant::kept);
    stored.window.until = instant::kept(stored.window.until);
    stored.made_at = instant::kept(stored.made_at);
    stored.sent_at = stored.sent_at.map(instant::kept);
    stored.corrected_at = stored.corrected_at.map(instant::kept);
    stored.changed_at = instant::kept(stored.changed_at);
    stored
}

/// What cannot be read of it.
fn unreadable(what: &'static str) -> Error {
    Error::Unreadable(what)
}
