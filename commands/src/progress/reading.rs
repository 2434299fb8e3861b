//! Reads a month and a year from the records, as one reader may know them. Some forty queries whatever the
//! number of targets, records and issues; dates that have to be looked at one by one have a limit of their
//! own ([`super::dates`]).

use super::{
    dates::Dates,
    issues::{self, Past},
    reader::Reader,
    rows::Table,
};
use crate::{App, text::Text};
use chrono::NaiveDate;
use domain::{
    account,
    era::FiscalYear,
    office::Office,
    progress::{Corrected, Draft, FundUse, Gathered, Helped, Month, Period, Year, YearMonth},
    project,
    session::{self, Session},
    setting::Language,
    tier::Tier,
};
use std::sync::Arc;
use storage::Connection;

/// Most sessions of a year; more than one for every day.
const SESSIONS_MAX: i64 = 500;
/// Most projects of a year.
const PROJECTS_MAX: i64 = 200;

/// Reads a month as of its last day, or as of today while it runs.
///
/// # Errors
/// Storage failed.
pub(crate) async fn month(
    app: &App,
    office: &Office,
    (month, language): (YearMonth, Language),
    today: NaiveDate,
    reader: Reader,
) -> storage::Result<Month> {
    let office = Arc::new(office.clone());
    app.store
        .read(move |connection| {
            let (office, reader) = (Arc::clone(&office), reader.clone());
            Box::pin(async move {
                read_month(connection, &office, (month, language), today, &reader).await
            })
        })
        .await
}

async fn read_month(
    connection: &mut Connection,
    office: &Office,
    (month, language): (YearMonth, Language),
    today: NaiveDate,
    reader: &Reader,
) -> storage::Result<Month> {
    let start = office.settings.fiscal_year_start;
    let as_of = month.last_day().min(today);
    let year = FiscalYear::of(as_of, start);
    let earlier = month.previous().last_day();
    let first_of_year = !year.contains(earlier, start);
    let compared = (!first_of_year).then_some(earlier);
    let table = Table::read(connection, office, (year, as_of), compared, year, reader).await?;
    let (now, before) = (
        Past::read(connection, office, as_of).await?,
        Past::read(connection, office, earlier).await?,
    );
    let dates = Dates::read(connection, office, reader, (month, language), today).await?;
    Ok(Month {
        office: Text::new("progress-office").say(language),
        language,
        month,
        as_of,
        year,
        first_of_year,
        marks: office.settings.marks.clone(),
        years: table.years(),
        rows: table.rows(),
        issues: issues::told(&now, &before, office),
        overdue: dates.overdue,
        ahead: dates.ahead,
        corrected: corrected(connection, office, month, &table).await?,
    })
}

/// Reads a fiscal year as of its last day, or as of today while it runs.
///
/// # Errors
/// Storage failed.
pub(crate) async fn year(
    app: &App,
    office: &Office,
    (year, language): (FiscalYear, Language),
    today: NaiveDate,
    reader: Reader,
) -> storage::Result<Year> {
    let office = Arc::new(office.clone());
    app.store
        .read(move |connection| {
            let (office, reader) = (Arc::clone(&office), reader.clone());
            Box::pin(async move {
                read_year(connection, &office, (year, language), today, &reader).await
            })
        })
        .await
}

async fn read_year(
    connection: &mut Connection,
    office: &Office,
    (year, language): (FiscalYear, Language),
    today: NaiveDate,
    reader: &Reader,
) -> storage::Result<Year> {
    let start = office.settings.fiscal_year_start;
    let (first, last) = (year.first_day(start), year.last_day(start));
    let as_of = last.min(today);
    let table = Table::read(connection, office, (year, as_of), None, year.next(), reader).await?;
    let rows = table.rows();
    let earlier = first.pred_opt().unwrap_or(first);
    let (before, after) = (
        Past::read(connection, office, earlier).await?,
        Past::read(connection, office, as_of).await?,
    );
    Ok(Year {
        office: Text::new("progress-office").say(language),
        language,
        year,
        as_of,
        marks: office.settings.marks.clone(),
        drafts: rows.iter().map(|row| Draft::of(row, year)).collect(),
        rows,
        sessions: gathered(connection, office, (first, as_of), reader).await?,
        projects: helped(connection, office, (first, last), reader).await?,
        funds: funds(connection, office, year, reader).await?,
        issues: issues::balance(&before, &after),
        categories: issues::by_category(&after, &before, office),
    })
}

/// The funds that were used in a year, for the desk: which project was paid from which, and how much.
async fn funds(
    connection: &mut Connection,
    office: &Office,
    year: FiscalYear,
    reader: &Reader,
) -> storage::Result<Vec<FundUse>> {
    if !reader.is_desk() {
        return Ok(Vec::new());
    }
    let paid = storage::fund::uses_in(connection, office.id, year).await?;
    let used = paid.into_iter().map(|paid| FundUse {
        name: paid.entry.name(),
        used_for: paid.project,
        yen: paid.of.yen,
    });
    Ok(used.collect())
}

/// Sessions between two days that the reader may know of, the earliest first.
///
/// # Errors
/// Storage failed.
pub(super) async fn sessions(
    connection: &mut Connection,
    office: &Office,
    (from, to): (NaiveDate, NaiveDate),
    reader: &Reader,
) -> storage::Result<Vec<Session>> {
    let filter = storage::session::Filter {
        from: Some(from),
        to: Some(to),
        tier: None,
        sight: reader.sessions(office),
    };
    let mut found = Vec::new();
    let page = storage::session::PAGE_MAX;
    for offset in (0..SESSIONS_MAX).step_by(usize::try_from(page).unwrap_or(1)) {
        let some = storage::session::list(connection, office.id, &filter, offset, page).await?;
        let more = offset + page < some.total;
        found.extend(some.items);
        if !more {
            break;
        }
    }
    Ok(found)
}

/// Projects that the reader may know of.
///
/// # Errors
/// Storage failed.
pub(super) async fn projects(
    connection: &mut Connection,
    office: &Office,
    reader: &Reader,
) -> storage::Result<Vec<project::Project>> {
    let filter = storage::project::Filter {
        state: None,
        sight: reader.projects(office),
    };
    let mut found = Vec::new();
    let page = storage::project::PAGE_MAX;
    for offset in (0..PROJECTS_MAX).step_by(usize::try_from(page).unwrap_or(1)) {
        let some = storage::project::list(connection, office.id, &filter, offset, page).await?;
        let more = offset + page < some.total;
        found.extend(some.items);
        if !more {
            break;
        }
    }
    Ok(found)
}

/// The gatherings that were held, those the reader may know of. A talk of tier 1 has no name, whoever
/// reads: the report is handed on to the council.
async fn gathered(
    connection: &mut Connection,
    office: &Office,
    span: (NaiveDate, NaiveDate),
    reader: &Reader,
) -> storage::Result<Vec<Gathered>> {
    let mut found = Vec::new();
    for session in sessions(connection, office, span, reader).await? {
        let (session::State::Held, Some(date)) = (session.state, session.date) else {
            continue;
        };
        // What came of a session is for fewer people than the session.
        let account = if reader.is_desk() {
            storage::session::account::find(connection, office.id, session.id).await?
        } else {
            None
        };
        let people = account.map(|account| account::total(&account.attendance));
        let named = session.tier != Tier::One;
        found.push(Gathered {
            date,
            tier: session.tier,
            kind: session.kind,
            role: session.role,
            number: session.number.filter(|_| named),
            name: named.then(|| session.title.clone()),
            people: people.filter(|people| *people > 0),
        });
    }
    Ok(found)
}

async fn helped(
    connection: &mut Connection,
    office: &Office,
    (first, last): (NaiveDate, NaiveDate),
    reader: &Reader,
) -> storage::Result<Vec<Helped>> {
    let within = |day: NaiveDate| (first..=last).contains(&day);
    let mut found: Vec<Helped> = projects(connection, office, reader)
        .await?
        .into_iter()
        .filter(|project| project.taken_up)
        .filter(|project| project.finished_on.or(project.date).is_some_and(within))
        .map(|project| Helped {
            date: project.date,
            associations: project
                .associations
                .iter()
                .filter_map(|id| office.association(*id))
                .map(|association| association.name.clone())
                .collect(),
            state: project.state,
            budget: project.budget.filter(|_| reader.is_desk()),
            fund: project.fund.filter(|_| reader.is_desk()),
            name: project.title,
        })
        .collect();
    found.sort_by_key(|one| (one.date.is_none(), one.date));
    Ok(found)
}

/// What was corrected after a month was over and posted, of the targets the reader may know of.
async fn corrected(
    connection: &mut Connection,
    office: &Office,
    month: YearMonth,
    table: &Table,
) -> storage::Result<Vec<Corrected>> {
    let zone = office.settings.time_zone;
    let period = Period::Month(month);
    let corrections = storage::report::corrections(connection, office.id, period).await?;
    let known = corrections.into_iter().filter_map(|(target, at)| {
        let target = table.target(target)?;
        let on = at.with_timezone(&zone).date_naive();
        // While a month runs that was posted early, what is written down is news.
        (on > month.last_day()).then(|| Corrected {
            area: target.area.clone(),
            number: target.number.clone(),
            on,
        })
    });
    Ok(known.collect())
}
