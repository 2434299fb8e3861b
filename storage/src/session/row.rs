//! A row of the table `session`, and how it becomes a session.

use crate::{
    error::{Error, Result},
    instant,
};
use chrono::{NaiveDate, NaiveTime};
use domain::{
    era::FiscalYear,
    id::{AssociationId, IssueId, SessionId, UserId},
    session::{Former, Kind, Purpose, Role, Session, State},
    tier::Tier,
};
use sqlx::{ColumnIndex, Decode, FromRow, Type};

/// The columns of a [`Row`].
macro_rules! columns {
    () => {
        "id, revision, tier, kind, state, title, ordinal, fiscal_year, held_on, start_minute, \
         end_minute, purpose, method, office_role, place, planned_by, created_at, changed_at, \
         retracted, people, date_revision, moved_from, moved_from_minute, reason"
    };
}

/// One row as either database hands it out.
pub(super) struct Row {
    pub(super) id: i64,
    revision: i64,
    tier: i64,
    kind: String,
    state: String,
    title: String,
    ordinal: Option<i64>,
    fiscal_year: Option<i64>,
    held_on: Option<String>,
    start_minute: Option<i64>,
    end_minute: Option<i64>,
    purpose: Option<String>,
    method: Option<String>,
    office_role: Option<String>,
    place: Option<String>,
    planned_by: i64,
    created_at: i64,
    changed_at: i64,
    retracted: bool,
    people: Option<i64>,
    date_revision: i64,
    moved_from: Option<String>,
    moved_from_minute: Option<i64>,
    reason: Option<String>,
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
            tier: row.try_get("tier")?,
            kind: row.try_get("kind")?,
            state: row.try_get("state")?,
            title: row.try_get("title")?,
            ordinal: row.try_get("ordinal")?,
            fiscal_year: row.try_get("fiscal_year")?,
            held_on: row.try_get("held_on")?,
            start_minute: row.try_get("start_minute")?,
            end_minute: row.try_get("end_minute")?,
            purpose: row.try_get("purpose")?,
            method: row.try_get("method")?,
            office_role: row.try_get("office_role")?,
            place: row.try_get("place")?,
            planned_by: row.try_get("planned_by")?,
            created_at: row.try_get("created_at")?,
            changed_at: row.try_get("changed_at")?,
            retracted: row.try_get("retracted")?,
            people: row.try_get("people")?,
            date_revision: row.try_get("date_revision")?,
            moved_from: row.try_get("moved_from")?,
            moved_from_minute: row.try_get("moved_from_minute")?,
            reason: row.try_get("reason")?,
        })
    }
}

impl Row {
    /// The session with who takes part and what is to be talked about.
    pub(super) fn into_session(
        self,
        associations: Vec<AssociationId>,
        agenda: Vec<IssueId>,
    ) -> Result<Session> {
        let unreadable = |what: &'static str| Error::Unreadable(what);
        Ok(Session {
            id: SessionId(self.id),
            revision: self.revision,
            tier: Tier::from_number(self.tier).ok_or(unreadable("tier"))?,
            kind: Kind::from_code(&self.kind).ok_or(unreadable("kind of session"))?,
            state: State::from_code(&self.state).ok_or(unreadable("state of session"))?,
            title: self.title,
            number: self.ordinal,
            fiscal_year: self
                .fiscal_year
                .map(|year| i32::try_from(year).map(FiscalYear::starting_in))
                .transpose()
                .map_err(|_| unreadable("fiscal year"))?,
            date: day(self.held_on)?,
            start: time(self.start_minute)?,
            end: time(self.end_minute)?,
            purpose: self
                .purpose
                .map(|code| Purpose::from_code(&code).ok_or(unreadable("purpose")))
                .transpose()?,
            method: self.method,
            role: self
                .office_role
                .map(|code| Role::from_code(&code).ok_or(unreadable("role of the office")))
                .transpose()?
                .unwrap_or_default(),
            place: self.place,
            people: self.people,
            date_revision: self.date_revision,
            moved_from: former(self.moved_from, self.moved_from_minute)?,
            reason: self.reason,
            associations,
            agenda,
            planned_by: UserId::from_stored(self.planned_by),
            created_at: instant::from_stored(self.created_at)?,
            changed_at: instant::from_stored(self.changed_at)?,
            retracted: self.retracted,
        })
    }
}

fn day(written: Option<String>) -> Result<Option<NaiveDate>> {
    written
        .map(|day| day.parse())
        .transpose()
        .map_err(|_| Error::Unreadable("day"))
}

/// The date it had before.
fn former(date: Option<String>, minute: Option<i64>) -> Result<Option<Former>> {
    let start = time(minute)?;
    Ok(day(date)?.map(|date| Former { date, start }))
}

/// A time of day from its minute.
fn time(minute: Option<i64>) -> Result<Option<NaiveTime>> {
    minute
        .map(|minute| {
            u32::try_from(minute)
                .ok()
                .and_then(|minute| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0))
                .ok_or(Error::Unreadable("minute"))
        })
        .transpose()
}
