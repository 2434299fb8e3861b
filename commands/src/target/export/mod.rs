//! `/target export` 書出: the plan table in the city's own columns, as of a day, for the person who asks
//! only. What goes out comes in again without a change.
//!
//! Everybody gets the targets they may know of. That a table was taken out is audited, never what stood in
//! it.

pub(crate) mod sheet;

use super::import::fiscal_year;
use crate::{
    Context,
    answer::{Answer, File, Reply},
    audit, card,
    dispatch::{May, answer},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    era::{FiscalYear, parse_date},
    id::OfficeId,
    target::{
        Sight,
        plan::written::{Kept, Written},
    },
};
use sheet::Paper;
use std::collections::{BTreeMap, BTreeSet};
use storage::Connection;

/// The act in the audit.
const ACT: &str = "target.export";

/// `/target export` 書出
#[poise::command(slash_command)]
pub(crate) async fn export(
    ctx: Context<'_>,
    year: Option<String>,
    date: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let sight = Sight::of(&request.person, &request.office);
        if sight.is_blind() {
            return Err(Error::refuse(Text::new("refused-unknown-person")));
        }
        let year = year.as_deref().map(fiscal_year).transpose()?;
        let date = date.as_deref().map(|written| day(&request, written));
        let when = when(&request, year, date.transpose()?)?;
        Ok(Answer::Say(exported(&request, sight, when).await?))
    })
    .await
}

fn day(request: &Request, written: &str) -> Result<NaiveDate, Error> {
    parse_date(written, request.today()).map_err(|_| Error::refuse(Text::new("refused-plan-date")))
}

/// Which year, as of which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct When {
    year: FiscalYear,
    day: NaiveDate,
}

/// The year that was named, else that of the day; the day that was named, else today, but within the year.
fn when(
    request: &Request,
    year: Option<FiscalYear>,
    day: Option<NaiveDate>,
) -> Result<When, Error> {
    let start = request.office.settings.fiscal_year_start;
    let today = request.today();
    let year = year.unwrap_or_else(|| FiscalYear::of(day.unwrap_or(today), start));
    let (first, last) = (year.first_day(start), year.last_day(start));
    if day.is_some_and(|day| !(first..=last).contains(&day)) {
        let name = super::year_name(year, request.language);
        return Err(Error::refuse(text!(
            "refused-plan-date-outside",
            year = name
        )));
    }
    let day = day.unwrap_or_else(|| today.clamp(first, last.max(first)));
    Ok(When { year, day })
}

async fn exported(request: &Request, sight: Sight, when: When) -> Result<Reply, Error> {
    let (office, start) = (
        request.office_id(),
        request.office.settings.fiscal_year_start,
    );
    let kept = request
        .app
        .store
        .read(move |connection| {
            let sight = sight.clone();
            Box::pin(async move { kept(connection, office, start, &sight, when).await })
        })
        .await?;
    let written = Written::of(&kept, when.year);
    if written.rows.is_empty() {
        let name = super::year_name(when.year, request.language);
        return Ok(Reply::of(
            &text!("plan-export-empty", year = name),
            request.language,
        ));
    }
    let count = written.rows.len();
    let paper = Paper {
        written,
        year: when.year,
        as_of: when.day,
        marks: request.office.settings.marks.clone(),
        language: request.office.settings.locale,
    };
    let at = request.now;
    // A large table keeps a core busy for a while.
    let bytes = tokio::task::spawn_blocking(move || paper.bytes(at))
        .await
        .map_err(|_| Error::Fault("a sheet could not be written"))?
        .map_err(|_| Error::Fault("a sheet could not be written"))?;
    let name = format!("targets-{}-{}.xlsx", when.year.western(), when.day);
    let year = super::year_name(when.year, request.language);
    let date = card::date(when.day, request.language);
    let description = text!(
        "plan-export-description",
        year = year.clone(),
        date = date.clone()
    );
    let file = File::new(name, request.say(&description), bytes)?;
    note(request, when, count).await?;
    let told = text!("plan-exported", year = year, date = date, count = count);
    Ok(Reply::of(&told, request.language).file(file))
}

/// What the person may know of, as it was on the day. A goal of a year that has not begun by then is the
/// one with which it begins.
async fn kept(
    connection: &mut Connection,
    office: OfficeId,
    start_month: u32,
    sight: &Sight,
    when: When,
) -> storage::Result<Kept> {
    let mut targets = storage::target::all(connection, office).await?;
    targets.retain(|target| sight.sees(target));
    let seen: BTreeSet<_> = targets.iter().map(|target| target.id).collect();
    let mut goals = BTreeMap::new();
    for year in storage::target::goal::years(connection, office).await? {
        let on = when.day.max(year.first_day(start_month));
        let holding = storage::target::goal::on(connection, office, year, on).await?;
        let holding = holding.into_iter().filter(|(id, _)| seen.contains(id));
        goals.extend(holding.map(|(id, goal)| ((id, year), goal)));
    }
    super::without_unseen(goals.values_mut(), &seen);
    let first = when.year.first_day(start_month);
    let mut records =
        storage::target::record::between(connection, office, (first, when.day)).await?;
    for record in &mut records {
        record.targets.retain(|id| seen.contains(id));
    }
    records.retain(|record| !record.targets.is_empty());
    Ok(Kept {
        targets,
        goals,
        records,
        start_month,
    })
}

/// Writes down that a table was taken out, by whom, of which year, and how much of it; never what.
async fn note(request: &Request, when: When, count: usize) -> Result<(), Error> {
    let details = vec![
        ("year", when.year.western().to_string()),
        ("count", count.to_string()),
    ];
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .record(move |tx| {
            let details = details.clone();
            Box::pin(async move { audit::note(tx, office, None, ACT, who, now, &details).await })
        })
        .await
}
