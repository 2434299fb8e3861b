//! Sessions (連携の場) as they are kept: numbered per office, and by 第n回 within their series and
//! fiscal year.
//!
//! Whatever changes one lets its event follow ([`crate::event`]), in the same transaction.
//!
//! Lists, and who may know of what is in them, are in `listing`. What was said at a session is kept
//! with the issues, what was written down of it in [`account`].

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    event, instant,
    link::{Connection, Transaction, one, optional, run},
    report,
};
use chrono::{NaiveDate, NaiveTime, Timelike};
use domain::{
    era::FiscalYear,
    id::{OfficeId, SessionId},
    session::{Kind, Session, State},
    tier::Tier,
};
use row::Row;

#[macro_use]
mod row;
pub mod account;
mod listing;

pub use listing::{Filter, PAGE_MAX, Page, ahead, around, drafted, list, unaccounted};
pub(crate) use listing::{delimited, known};

/// Stores a new session and returns it as it is kept: with its number in the office and revision 1. Its
/// `id` and `revision` are not looked at. Without a 第n回 it gets the next of its series, unless it is a
/// draft, which has none.
///
/// # Errors
/// [`Conflict::NumberTaken`] when another session of the series and year has its 第n回,
/// [`Conflict::Missing`] when the office, an association or an issue does not exist.
pub async fn insert(tx: &mut Transaction, office: OfficeId, session: &Session) -> Result<Session> {
    let id = counter::next(tx, office, Noun::Session).await?;
    let mut stored = Session {
        id: SessionId(id),
        revision: 1,
        ..kept(session)
    };
    number(tx, office, &mut stored).await?;
    run!(
        tx,
        "insert into session (office_id, id, revision, tier, kind, state, title, ordinal, \
         fiscal_year, series, held_on, start_minute, end_minute, purpose, method, office_role, \
         place, planned_by, created_at, changed_at, retracted, people, date_revision, moved_from, \
         moved_from_minute, reason) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         $18, $19, $20, $21, $22, $23, $24, $25)",
        office.0,
        id,
        stored.tier.number(),
        stored.kind.code(),
        stored.state.code(),
        &stored.title,
        stored.number,
        stored.fiscal_year.map(|year| i64::from(year.western())),
        stored.series().code(),
        stored.date.map(|date| date.to_string()),
        stored.start.map(minute),
        stored.end.map(minute),
        stored.purpose.map(|purpose| purpose.code()),
        &stored.method,
        stored.role.code(),
        &stored.place,
        stored.planned_by.to_stored(),
        instant::to_stored(stored.created_at),
        instant::to_stored(stored.changed_at),
        stored.retracted,
        stored.people,
        stored.date_revision,
        stored.moved_from.map(|former| former.date.to_string()),
        stored
            .moved_from
            .and_then(|former| former.start)
            .map(minute),
        &stored.reason,
    )
    .map_err(missing)?;
    put_lists(tx, office, &stored).await?;
    event::follow(tx, office, &stored).await?;
    Ok(stored)
}

/// Stores a change of a session that was read with the revision it carries, and returns it with the
/// next one. Who planned it, and when, does not change. A draft that becomes a plan gets its 第n回 as
/// [`insert`] gives it.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, and as [`insert`].
pub async fn update(tx: &mut Transaction, office: OfficeId, session: &Session) -> Result<Session> {
    let mut stored = kept(session);
    number(tx, office, &mut stored).await?;
    let before = find(tx, office, session.id).await?;
    let touched = run!(
        tx,
        "update session set revision = revision + 1, tier = $4, kind = $5, state = $6, title = $7, \
         ordinal = $8, fiscal_year = $9, series = $10, held_on = $11, start_minute = $12, \
         end_minute = $13, purpose = $14, method = $15, office_role = $16, place = $17, \
         changed_at = $18, retracted = $19, people = $20, date_revision = $21, moved_from = $22, \
         moved_from_minute = $23, reason = $24 where office_id = $1 and id = $2 and revision = $3",
        office.0,
        stored.id.0,
        stored.revision,
        stored.tier.number(),
        stored.kind.code(),
        stored.state.code(),
        &stored.title,
        stored.number,
        stored.fiscal_year.map(|year| i64::from(year.western())),
        stored.series().code(),
        stored.date.map(|date| date.to_string()),
        stored.start.map(minute),
        stored.end.map(minute),
        stored.purpose.map(|purpose| purpose.code()),
        &stored.method,
        stored.role.code(),
        &stored.place,
        instant::to_stored(stored.changed_at),
        stored.retracted,
        stored.people,
        stored.date_revision,
        stored.moved_from.map(|former| former.date.to_string()),
        stored
            .moved_from
            .and_then(|former| former.start)
            .map(minute),
        &stored.reason,
    )
    .map_err(missing)?;
    if touched == 0 {
        let is_there = exists(tx, office, stored.id).await?;
        let conflict = if is_there {
            Conflict::StaleRevision
        } else {
            Conflict::Missing
        };
        return Err(conflict.into());
    }
    for sql in [
        "delete from session_association where office_id = $1 and session_id = $2",
        "delete from session_agenda where office_id = $1 and session_id = $2",
    ] {
        run!(tx, sql, office.0, stored.id.0)?;
    }
    put_lists(tx, office, &stored).await?;
    stored.revision += 1;
    event::follow(tx, office, &stored).await?;
    let (was, is) = (before.as_ref().and_then(counted), counted(&stored));
    if was != is {
        let days = was.into_iter().chain(is).map(|(day, ..)| day).collect();
        report::touch_counted(tx, office, &days, stored.changed_at).await?;
    }
    Ok(stored)
}

/// What targets count of a session: that it was held, on which day, of which tier and kind.
fn counted(session: &Session) -> Option<(NaiveDate, Tier, Kind)> {
    let held = session.state == State::Held && !session.retracted;
    let day = session.date.filter(|_| held)?;
    Some((day, session.tier, session.kind))
}

/// The session of a number, whatever its state.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    session: SessionId,
) -> Result<Option<Session>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from session where office_id = $1 and id = $2"
        ),
        office.0,
        session.0,
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(listing::with_lists(connection, office, vec![row])
        .await?
        .pop())
}

/// How many issues were said at a session; those that were taken back do not count.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn issues(
    connection: &mut Connection,
    office: OfficeId,
    session: SessionId,
) -> Result<i64> {
    let (count,) = one!(
        connection,
        (i64,),
        "select count(*) from issue_session join issue on issue.office_id = $1 \
         and issue.id = issue_session.issue_id where issue_session.office_id = $1 \
         and issue_session.session_id = $2 and not issue.retracted",
        office.0,
        session.0,
    )?;
    Ok(count)
}

async fn exists(connection: &mut Connection, office: OfficeId, session: SessionId) -> Result<bool> {
    let found = optional!(
        connection,
        (i64,),
        "select id from session where office_id = $1 and id = $2",
        office.0,
        session.0,
    )?;
    Ok(found.is_some())
}

/// Checks that issues may be written down as said at a session, within the transaction that does it: it
/// may have been cancelled or taken back since the person was asked.
///
/// # Errors
/// [`Conflict::Closed`] when it takes none, [`Conflict::Missing`] when there is none of the number.
pub async fn check_takes_issues(
    tx: &mut Transaction,
    office: OfficeId,
    session: SessionId,
) -> Result<()> {
    let row = optional!(
        tx,
        (String, bool),
        "select state, retracted from session where office_id = $1 and id = $2",
        office.0,
        session.0,
    )?;
    let (state, retracted) = row.ok_or(Conflict::Missing)?;
    let state = State::from_code(&state).ok_or(Error::Unreadable("state of session"))?;
    if retracted || !state.takes_issues() {
        return Err(Conflict::Closed.into());
    }
    Ok(())
}

/// Gives a session its 第n回, or sees to it that nobody else has the one it brings. What is a draft, was
/// cancelled or taken back holds no number against others.
async fn number(tx: &mut Transaction, office: OfficeId, session: &mut Session) -> Result<()> {
    if session.state == State::Draft {
        session.number = None;
        session.fiscal_year = None;
        return Ok(());
    }
    if session.state == State::Cancelled || session.retracted {
        return Ok(());
    }
    let year = session.fiscal_year.map(FiscalYear::western).map(i64::from);
    let series = session.series().code();
    if let Some(number) = session.number {
        // Asked beforehand: a broken constraint would end the whole transaction on PostgreSQL.
        let other = optional!(
            tx,
            (i64,),
            "select id from session where office_id = $1 and series = $2 and fiscal_year = $3 \
             and ordinal = $4 and id <> $5 and state <> 'cancelled' and not retracted",
            office.0,
            series,
            year,
            number,
            session.id.0,
        )?;
        return match other {
            Some(_) => Err(Conflict::NumberTaken.into()),
            None => Ok(()),
        };
    }
    let (next,) = one!(
        tx,
        (i64,),
        "select cast(coalesce(max(ordinal), 0) + 1 as bigint) from session where office_id = $1 \
         and series = $2 and fiscal_year = $3 and id <> $4 and state <> 'cancelled' \
         and not retracted",
        office.0,
        series,
        year,
        session.id.0,
    )?;
    session.number = Some(next);
    Ok(())
}

/// What is kept in rows of its own: who takes part, and what is to be talked about.
async fn put_lists(tx: &mut Transaction, office: OfficeId, session: &Session) -> Result<()> {
    for (position, association) in (0_i64..).zip(&session.associations) {
        run!(
            tx,
            "insert into session_association (office_id, session_id, position, association_id) \
             values ($1, $2, $3, $4)",
            office.0,
            session.id.0,
            position,
            association.0,
        )
        .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    }
    for (position, issue) in (0_i64..).zip(&session.agenda) {
        run!(
            tx,
            "insert into session_agenda (office_id, session_id, position, issue_id) \
             values ($1, $2, $3, $4)",
            office.0,
            session.id.0,
            position,
            issue.0,
        )
        .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    }
    Ok(())
}

fn missing(error: Error) -> Error {
    error.naming(Conflict::NumberTaken, Conflict::Missing)
}

/// The session as it will be read again.
fn kept(session: &Session) -> Session {
    Session {
        created_at: instant::kept(session.created_at),
        changed_at: instant::kept(session.changed_at),
        ..session.clone()
    }
}

/// The minute of the day.
fn minute(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}
