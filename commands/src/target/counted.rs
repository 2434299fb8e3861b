//! What a target counts by itself, thing by thing. A session or project the reader may not know of is
//! counted in the sum and named to nobody who may not know of it.

use super::span;
use crate::{card, error::Error, project, request::Request, session, text};
use chrono::NaiveDate;
use domain::{
    era::FiscalYear,
    project::{Project, State as Stage},
    session::{Session, State},
    target::{Count, Standing},
};

/// Pages of sessions or projects that are looked through: far more than a year has.
const PAGES_MAX: i64 = 20;

/// The things that were counted, a line each, for those the reader may know of; the earliest first.
///
/// # Errors
/// Storage failed.
pub(super) async fn lines(
    request: &Request,
    standing: &Standing,
    year: FiscalYear,
) -> Result<Vec<String>, Error> {
    let (first, _) = span(request, year);
    let to = super::day_of(request, year);
    match standing.target.counts {
        None => Ok(Vec::new()),
        Some(Count::Projects) => projects(request, (first, to)).await,
        Some(count) => sessions(request, count, (first, to)).await,
    }
}

async fn sessions(
    request: &Request,
    count: Count,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<String>, Error> {
    use storage::session::{Filter, PAGE_MAX, list};
    let (office, sight) = (request.office_id(), session::sight(request));
    if sight.is_blind() {
        return Ok(Vec::new());
    }
    let filter = Filter {
        from: Some(from),
        to: Some(to),
        tier: None,
        sight,
    };
    let found: Vec<Session> = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let mut all = Vec::new();
                for page in 0..PAGES_MAX {
                    let offset = page * PAGE_MAX;
                    let some = list(connection, office, &filter, offset, PAGE_MAX).await?;
                    all.extend(some.items);
                    if offset + PAGE_MAX >= some.total {
                        break;
                    }
                }
                Ok(all)
            })
        })
        .await?;
    Ok(found
        .iter()
        .filter(|of| of.state == State::Held && count.takes(of.tier, of.kind))
        .map(|of| {
            let line = text!(
                "target-counted-session",
                number = of.id.0,
                date = of
                    .date
                    .map(|day| card::date(day, request.language))
                    .unwrap_or_default(),
                name = session::word::heading(of, request.language),
            );
            request.say(&line)
        })
        .collect())
}

async fn projects(
    request: &Request,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<String>, Error> {
    use storage::project::{Filter, PAGE_MAX, list};
    let (office, sight) = (request.office_id(), project::sight(request));
    if sight.is_blind() {
        return Ok(Vec::new());
    }
    let filter = Filter {
        state: Some(Stage::Finished),
        sight,
    };
    let mut found: Vec<Project> = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let mut all = Vec::new();
                for page in 0..PAGES_MAX {
                    let offset = page * PAGE_MAX;
                    let some = list(connection, office, &filter, offset, PAGE_MAX).await?;
                    all.extend(some.items);
                    if offset + PAGE_MAX >= some.total {
                        break;
                    }
                }
                Ok(all)
            })
        })
        .await?;
    found.retain(|of| of.finished_on.is_some_and(|day| (from..=to).contains(&day)));
    found.sort_by_key(|of| (of.finished_on, of.id));
    Ok(found
        .iter()
        .map(|of| {
            let line = text!(
                "target-counted-project",
                date = of
                    .finished_on
                    .map(|day| card::date(day, request.language))
                    .unwrap_or_default(),
                name = project::word::name(of, request.language),
            );
            request.say(&line)
        })
        .collect())
}
