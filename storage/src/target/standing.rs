//! Targets as they stand at a date, and lists of them.
//!
//! Everything of one year is read at once, in six queries whatever the number of targets (an office has
//! at most [`domain::target::TARGETS_MAX`]), because how a target gets on is a rule and no column.

use super::{goal, record};
use crate::{
    error::{Error, Result},
    link::{Connection, all, one},
};
use chrono::NaiveDate;
use domain::{
    era::FiscalYear,
    id::OfficeId,
    session,
    target::{
        Sight, Standing,
        count::{Countable, Held},
        pace,
        standing::{self, Known},
    },
    tier::Tier,
};

/// Most targets of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 100;

/// Which targets are wanted; what is `None` does not narrow.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The year whose goals are looked at.
    pub year: FiscalYear,
    /// The month in which the office's year begins.
    pub start_month: u32,
    /// As of which day.
    pub on: NaiveDate,
    /// Of this area only.
    pub area: Option<String>,
    /// In this state only.
    pub state: Option<pace::State>,
    /// What the reader may know of.
    pub sight: Sight,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The targets of this page, in the order of the table.
    pub items: Vec<Standing>,
    /// How many match in all.
    pub total: i64,
}

/// Every target of an office as it stands on a day of a fiscal year, in the order of the table.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn standings(
    connection: &mut Connection,
    office: OfficeId,
    (year, start_month): (FiscalYear, u32),
    on: NaiveDate,
) -> Result<Vec<Standing>> {
    let known = known(connection, office, (year, start_month), on).await?;
    let elapsed = pace::elapsed_months(year, start_month, on);
    Ok(standing::standings(known, elapsed))
}

/// A page of the office's targets, beginning after `offset` of them.
///
/// # Errors
/// As [`standings`].
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let year = (filter.year, filter.start_month);
    let all = standings(connection, office, year, filter.on).await?;
    let matching: Vec<Standing> = all
        .into_iter()
        .filter(|standing| {
            let area = filter.area.as_ref();
            filter.sight.sees(&standing.target)
                && area.is_none_or(|area| *area == standing.target.area)
                && filter.state.is_none_or(|state| state == standing.state)
        })
        .collect();
    let total = super::limit(matching.len());
    let skipped = usize::try_from(offset.max(0)).unwrap_or(usize::MAX);
    let taken = usize::try_from(limit.clamp(0, PAGE_MAX)).unwrap_or_default();
    let items = matching.into_iter().skip(skipped).take(taken).collect();
    Ok(Page { items, total })
}

async fn known(
    connection: &mut Connection,
    office: OfficeId,
    (year, start_month): (FiscalYear, u32),
    on: NaiveDate,
) -> Result<Known> {
    let first = year.first_day(start_month);
    let span = (first, on.min(year.last_day(start_month)));
    Ok(Known {
        targets: super::all(connection, office).await?,
        goals: goal::on(connection, office, year, on).await?,
        sums: record::sums(connection, office, span).await?,
        words: goal::words_on(connection, office, year, on).await?,
        countable: countable(connection, office, span).await?,
    })
}

/// What there is to count between two days: sessions that were held and projects that came to an end.
///
/// # Errors
/// As [`standings`].
pub async fn countable(
    connection: &mut Connection,
    office: OfficeId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Countable> {
    let (from, to) = (from.to_string(), to.to_string());
    let rows = all!(
        connection,
        (i64, String, i64),
        "select tier, kind, count(*) from session where office_id = $1 and state = 'held' \
         and not retracted and held_on >= $2 and held_on <= $3 group by tier, kind \
         order by tier, kind",
        office.0,
        &from,
        &to,
    )?;
    let sessions = rows.into_iter().map(|(tier, kind, number)| {
        Ok(Held {
            tier: Tier::from_number(tier).ok_or(Error::Unreadable("tier"))?,
            kind: session::Kind::from_code(&kind).ok_or(Error::Unreadable("kind of session"))?,
            number,
        })
    });
    let sessions = sessions.collect::<Result<Vec<_>>>()?;
    let (projects,) = one!(
        connection,
        (i64,),
        "select count(*) from project where office_id = $1 and state = 'finished' \
         and not retracted and finished_on >= $2 and finished_on <= $3",
        office.0,
        &from,
        &to,
    )?;
    Ok(Countable { sessions, projects })
}
