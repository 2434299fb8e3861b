//! Reviews (反省会) as they are kept: numbered per office, one ahead at a time for each thing that is
//! looked back on.
//!
//! When they are spoken of is kept with the occurrences; which issues their outcome moves is the
//! caller's to do in the same transaction. Lists, and who may know of what is in them, are in `listing`;
//! what a review brought to light is in `issue`.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
};
use chrono::{DateTime, NaiveTime, Timelike, Utc};
use domain::{
    id::{OfficeId, ReviewId},
    review::{Of, Review},
};
use row::Row;

#[macro_use]
mod row;
mod issue;
mod listing;

pub use issue::{BROUGHT_MAX, bring, brought_by, brought_to_light};
pub use listing::{Filter, PAGE_MAX, Page, Reader, list};

/// Most reviews [`ahead`] tells of: far more than an office has at a time.
pub const AHEAD_MAX: i64 = 1_000;

/// Stores a new review and returns it as it is kept: with its number in the office and revision 1. Its
/// `id` and `revision` are not looked at.
///
/// # Errors
/// [`Conflict::InUse`] when another review of the same thing is ahead, [`Conflict::Missing`] when there
/// is no such office.
pub async fn insert(tx: &mut Transaction, office: OfficeId, review: &Review) -> Result<Review> {
    let id = counter::next(tx, office, Noun::Review).await?;
    let stored = Review {
        id: ReviewId(id),
        revision: 1,
        ..kept(review)
    };
    refuse_second(tx, office, &stored).await?;
    let outcome = stored.outcome.as_ref();
    run!(
        tx,
        "insert into review (office_id, id, revision, of_kind, of_id, state, due_date, \
         start_minute, dated, place, note, held_on, done, worked, next, next_year, planned_by, \
         created_at, changed_at, retracted) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         $18, $19)",
        office.0,
        id,
        stored.of.noun(),
        stored.of.number(),
        stored.state.code(),
        stored.date.map(|date| date.to_string()),
        stored.start.map(minute),
        stored.dated,
        &stored.place,
        &stored.note,
        outcome.map(|outcome| outcome.held_on.to_string()),
        outcome.map(|outcome| outcome.done.clone()),
        outcome.and_then(|outcome| outcome.worked.clone()),
        outcome.map(|outcome| outcome.next.code()),
        outcome.and_then(|outcome| outcome.year).map(i64::from),
        stored.planned_by.to_stored(),
        instant::to_stored(stored.created_at),
        instant::to_stored(stored.changed_at),
        stored.retracted,
    )
    .map_err(|error| error.naming(Conflict::InUse, Conflict::Missing))?;
    Ok(stored)
}

/// Stores a change of a review that was read with the revision it carries, and returns it with the next
/// one. What it looks back on, who planned it and when does not change.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, and as [`insert`].
pub async fn update(tx: &mut Transaction, office: OfficeId, review: &Review) -> Result<Review> {
    let mut stored = kept(review);
    refuse_second(tx, office, &stored).await?;
    let outcome = stored.outcome.as_ref();
    let touched = run!(
        tx,
        "update review set revision = revision + 1, state = $4, due_date = $5, start_minute = $6, \
         dated = $7, place = $8, note = $9, held_on = $10, done = $11, worked = $12, next = $13, \
         next_year = $14, changed_at = $15, retracted = $16 \
         where office_id = $1 and id = $2 and revision = $3",
        office.0,
        stored.id.0,
        stored.revision,
        stored.state.code(),
        stored.date.map(|date| date.to_string()),
        stored.start.map(minute),
        stored.dated,
        &stored.place,
        &stored.note,
        outcome.map(|outcome| outcome.held_on.to_string()),
        outcome.map(|outcome| outcome.done.clone()),
        outcome.and_then(|outcome| outcome.worked.clone()),
        outcome.map(|outcome| outcome.next.code()),
        outcome.and_then(|outcome| outcome.year).map(i64::from),
        instant::to_stored(stored.changed_at),
        stored.retracted,
    )
    .map_err(|error| error.naming(Conflict::InUse, Conflict::Missing))?;
    if touched == 0 {
        let conflict = match find(tx, office, stored.id).await? {
            Some(_) => Conflict::StaleRevision,
            None => Conflict::Missing,
        };
        return Err(conflict.into());
    }
    stored.revision += 1;
    Ok(stored)
}

/// The review of a number, whatever its state.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    review: ReviewId,
) -> Result<Option<Review>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from review where office_id = $1 and id = $2"
        ),
        office.0,
        review.0,
    )?;
    row.map(Row::into_review).transpose()
}

/// The review of something that is still to come, if there is one.
///
/// # Errors
/// As [`find`].
pub async fn ahead_of(
    connection: &mut Connection,
    office: OfficeId,
    of: Of,
) -> Result<Option<Review>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from review where office_id = $1 and of_kind = $2 and of_id = $3 \
             and state in ('proposed', 'planned') and not retracted"
        ),
        office.0,
        of.noun(),
        of.number(),
    )?;
    row.map(Row::into_review).transpose()
}

/// The review of something that was dropped last, if any.
///
/// # Errors
/// As [`find`].
pub async fn dropped_last(
    connection: &mut Connection,
    office: OfficeId,
    of: Of,
) -> Result<Option<Review>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from review where office_id = $1 and of_kind = $2 and of_id = $3 \
             and state = 'dropped' and not retracted order by changed_at desc, id desc limit 1"
        ),
        office.0,
        of.noun(),
        of.number(),
    )?;
    row.map(Row::into_review).transpose()
}

/// Everything that is still to come, by number; at most [`AHEAD_MAX`].
///
/// # Errors
/// As [`find`].
pub async fn ahead(connection: &mut Connection, office: OfficeId) -> Result<Vec<Review>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from review where office_id = $1 and state in ('proposed', 'planned') \
             and not retracted order by id limit $2"
        ),
        office.0,
        AHEAD_MAX,
    )?;
    rows.into_iter().map(Row::into_review).collect()
}

/// How many are still to come, of whom [`ahead`] reads the first.
///
/// # Errors
/// The database does not answer.
pub async fn ahead_count(connection: &mut Connection, office: OfficeId) -> Result<i64> {
    let (count,) = one!(
        connection,
        (i64,),
        "select count(*) from review where office_id = $1 and state in ('proposed', 'planned') \
         and not retracted",
        office.0,
    )?;
    Ok(count)
}

/// The reviews that may have been ahead at an instant: those that are ahead now, and those that were changed
/// since; none that came later. By number, at most [`AHEAD_MAX`]. How each stood then, its history says.
///
/// # Errors
/// As [`find`].
pub async fn ahead_at(
    connection: &mut Connection,
    office: OfficeId,
    at: DateTime<Utc>,
) -> Result<Vec<Review>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from review where office_id = $1 and created_at < $2 and not retracted \
             and (state in ('proposed', 'planned') or changed_at >= $2) order by id limit $3"
        ),
        office.0,
        instant::to_stored(at),
        AHEAD_MAX,
    )?;
    rows.into_iter().map(Row::into_review).collect()
}

/// Refuses a second review ahead of the same thing. Asked beforehand: a broken constraint would end the
/// whole transaction on PostgreSQL.
async fn refuse_second(tx: &mut Transaction, office: OfficeId, review: &Review) -> Result<()> {
    if !review.is_ahead() {
        return Ok(());
    }
    match ahead_of(tx, office, review.of).await? {
        Some(other) if other.id != review.id => Err(Conflict::InUse.into()),
        _ => Ok(()),
    }
}

/// The review as it will be read again.
fn kept(review: &Review) -> Review {
    Review {
        created_at: instant::kept(review.created_at),
        changed_at: instant::kept(review.changed_at),
        ..review.clone()
    }
}

/// The minute of the day.
fn minute(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}
