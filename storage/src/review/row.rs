//! A row of the table `review`, and how it becomes a review.

use crate::{
    error::{Error, Result},
    instant,
};
use chrono::{NaiveDate, NaiveTime};
use domain::{
    id::{ReviewId, UserId},
    review::{Next, Of, Outcome, Review, State},
};
use sqlx::{ColumnIndex, Decode, FromRow, Type};

/// The columns of a [`Row`].
macro_rules! columns {
    () => {
        "id, revision, of_kind, of_id, state, due_date, start_minute, dated, place, note, held_on, \
         done, worked, next, next_year, planned_by, created_at, changed_at, retracted"
    };
}

/// One row as either database hands it out.
pub(super) struct Row {
    id: i64,
    revision: i64,
    of_kind: String,
    of_id: i64,
    state: String,
    due_date: Option<String>,
    start_minute: Option<i64>,
    dated: i64,
    place: Option<String>,
    note: Option<String>,
    held_on: Option<String>,
    done: Option<String>,
    worked: Option<String>,
    next: Option<String>,
    next_year: Option<i64>,
    planned_by: i64,
    created_at: i64,
    changed_at: i64,
    retracted: bool,
}

// By hand, because tuples end at sixteen columns and the derive would bring the macros of sqlx.
impl<'r, R> FromRow<'r, R> for Row
where
    R: sqlx::Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            revision: row.try_get("revision")?,
            of_kind: row.try_get("of_kind")?,
            of_id: row.try_get("of_id")?,
            state: row.try_get("state")?,
            due_date: row.try_get("due_date")?,
            start_minute: row.try_get("start_minute")?,
            dated: row.try_get("dated")?,
            place: row.try_get("place")?,
            note: row.try_get("note")?,
            held_on: row.try_get("held_on")?,
            done: row.try_get("done")?,
            worked: row.try_get("worked")?,
            next: row.try_get("next")?,
            next_year: row.try_get("next_year")?,
            planned_by: row.try_get("planned_by")?,
            created_at: row.try_get("created_at")?,
            changed_at: row.try_get("changed_at")?,
            retracted: row.try_get("retracted")?,
        })
    }
}

impl Row {
    /// The review.
    pub(super) fn into_review(self) -> Result<Review> {
        let outcome = self.outcome()?;
        Ok(Review {
            id: ReviewId(self.id),
            revision: self.revision,
            of: Of::new(&self.of_kind, self.of_id)
                .ok_or(Error::Unreadable("what a review looks back on"))?,
            state: State::from_code(&self.state).ok_or(Error::Unreadable("state of review"))?,
            date: self.due_date.as_deref().map(day).transpose()?,
            start: self.start_minute.map(time).transpose()?,
            dated: self.dated,
            place: self.place,
            note: self.note,
            outcome,
            planned_by: UserId::from_stored(self.planned_by),
            created_at: instant::from_stored(self.created_at)?,
            changed_at: instant::from_stored(self.changed_at)?,
            retracted: self.retracted,
        })
    }

    fn outcome(&self) -> Result<Option<Outcome>> {
        let (Some(held_on), Some(done), Some(next)) = (&self.held_on, &self.done, &self.next)
        else {
            return Ok(None);
        };
        Ok(Some(Outcome {
            held_on: day(held_on)?,
            done: done.clone(),
            worked: self.worked.clone(),
            next: Next::from_code(next).ok_or(Error::Unreadable("outcome of review"))?,
            year: self.next_year.and_then(|year| i32::try_from(year).ok()),
        }))
    }
}

fn day(written: &str) -> Result<NaiveDate> {
    written.parse().map_err(|_| Error::Unreadable("day"))
}

/// A time of day from its minute.
fn time(minute: i64) -> Result<NaiveTime> {
    u32::try_from(minute)
        .ok()
        .and_then(|minute| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0))
        .ok_or(Error::Unreadable("minute"))
}
