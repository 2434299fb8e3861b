//! What the yearly round ([`domain::round`]) has to know of the sessions: when a council, the adviser and
//! each association were last met, and when they will be next.

use crate::{
    error::{Error, Result},
    link::{Connection, all, optional},
};
use chrono::NaiveDate;
use domain::{
    id::{AssociationId, OfficeId, SessionId},
    round::Span,
    session::Kind,
};
use std::collections::BTreeMap;

/// Sessions that were held or will be.
macro_rules! met {
    () => {
        "session.office_id = $1 and session.state in ('planned', 'held') and not session.retracted \
         and session.held_on is not null"
    };
}

/// The council of a fiscal year, from its first to its last day: the earliest that is planned or was
/// held.
///
/// # Errors
/// [`Error::Database`].
pub async fn council(
    connection: &mut Connection,
    office: OfficeId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Option<SessionId>> {
    let found = optional!(
        connection,
        (i64,),
        concat!(
            "select session.id from session where ",
            met!(),
            " and session.tier = 3 and session.kind = $4 \
             and session.held_on between $2 and $3 order by session.held_on, session.id limit 1"
        ),
        office.0,
        first.to_string(),
        last.to_string(),
        Kind::Council.code(),
    )?;
    Ok(found.map(|(id,)| SessionId(id)))
}

/// When the adviser was last met, and will be next.
///
/// # Errors
/// [`Error::Unreadable`] when a day cannot be read.
pub async fn adviser(
    connection: &mut Connection,
    office: OfficeId,
    today: NaiveDate,
) -> Result<Span> {
    let found = optional!(
        connection,
        (Option<String>, Option<String>),
        concat!(
            "select max(case when session.held_on <= $2 then session.held_on end), \
             min(case when session.held_on > $2 then session.held_on end) \
             from session where ",
            met!(),
            " and session.kind = $3"
        ),
        office.0,
        today.to_string(),
        Kind::Adviser.code(),
    )?;
    found.map_or(Ok(Span::default()), |(last, next)| span(last, next))
}

/// When each association was last met in a tier 1 talk, and will be next. Those that never were are left
/// out.
///
/// # Errors
/// As [`adviser`].
pub async fn talks(
    connection: &mut Connection,
    office: OfficeId,
    today: NaiveDate,
) -> Result<BTreeMap<AssociationId, Span>> {
    let rows = all!(
        connection,
        (i64, Option<String>, Option<String>),
        concat!(
            "select session_association.association_id, \
             max(case when session.held_on <= $2 then session.held_on end), \
             min(case when session.held_on > $2 then session.held_on end) \
             from session join session_association on session_association.office_id = $1 \
             and session_association.session_id = session.id where ",
            met!(),
            " and session.tier = 1 group by session_association.association_id"
        ),
        office.0,
        today.to_string(),
    )?;
    rows.into_iter()
        .map(|(association, last, next)| Ok((AssociationId(association), span(last, next)?)))
        .collect()
}

fn span(last: Option<String>, next: Option<String>) -> Result<Span> {
    let day = |written: Option<String>| {
        written
            .map(|day| day.parse::<NaiveDate>())
            .transpose()
            .map_err(|_| Error::Unreadable("day"))
    };
    Ok(Span {
        last: day(last)?,
        next: day(next)?,
    })
}
