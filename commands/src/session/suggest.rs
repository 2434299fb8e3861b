//! Suggestions of sessions, and of what a session names, while an option is typed. A list holds only
//! what the person may know of.

use super::{sight, word};
use crate::{
    Context,
    dispatch::{SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, suggest},
    error::Error,
    issue::suggest as issues_of,
    request::Request,
};
use chrono::NaiveDate;
use domain::{
    session::{Session, State},
    text::fold,
};
use serenity::all::CreateAutocompleteResponse;

/// Sessions looked through on either side of today.
const SEARCHED_MAX: i64 = 60;

/// Every session the person may know of, the nearest to today first.
pub(crate) async fn sessions(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        found(&request, &partial, |_| true).await
    })
    .await
}

/// Those of which something may be written down as said there.
pub(crate) async fn taking_issues(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        crate::permission::add_issue(&request)?;
        found(&request, &partial, Session::takes_issues).await
    })
    .await
}

/// Those that fit what is typed, for a number that stands among others.
pub(crate) async fn near(request: &Request, partial: &str) -> Result<Vec<Suggestion>, Error> {
    found(request, partial, |_| true).await
}

/// Those that can be moved or cancelled, for whoever plans.
pub(crate) async fn changeable(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        crate::permission::coordinate(&request)?;
        found(&request, &partial, |session| {
            matches!(session.state, State::Draft | State::Planned)
        })
        .await
    })
    .await
}

/// Those of which something may be written down by today, for whoever plans.
pub(crate) async fn accountable(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        crate::permission::coordinate(&request)?;
        let at = (request.today(), request.now);
        found(&request, &partial, |session| session.held(at).is_ok()).await
    })
    .await
}

async fn found(
    request: &Request,
    partial: &str,
    wanted: impl Fn(&Session) -> bool,
) -> Result<Vec<Suggestion>, Error> {
    let sight = sight(request);
    if sight.is_blind() {
        return Ok(Vec::new());
    }
    let typed = fold(partial.trim().trim_start_matches(['#', '＃']));
    let (office, today) = (request.office_id(), request.today());
    let mut near = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::session::around(connection, office, &sight, today, SEARCHED_MAX).await
            })
        })
        .await?;
    near.sort_by_key(|session| distance(session, today));
    let suggestions = near
        .iter()
        .filter(|session| wanted(session))
        .map(|session| Suggestion {
            shown: word::suggested(session, request.language, SUGGESTION_UNITS_MAX),
            value: session.id.to_string(),
        })
        .filter(|suggestion| {
            suggestion.value.starts_with(&typed) || fold(&suggestion.shown).contains(&typed)
        });
    Ok(suggestions.take(SUGGESTIONS_MAX).collect())
}

/// Days between a session and today.
fn distance(session: &Session, today: NaiveDate) -> i64 {
    session.date.map_or(i64::MAX, |date| {
        date.signed_duration_since(today).num_days().abs()
    })
}

/// Names of associations, for whoever plans; what stands before the last 、 is kept.
pub(crate) async fn associations(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (before, last) = issues_of::last_name(partial);
    suggest(
        ctx,
        async move |request: Request| -> Result<Vec<Suggestion>, Error> {
            crate::permission::coordinate(&request)?;
            let last = fold(last.trim());
            let names = request.office.associations.iter().map(|a| &a.name);
            Ok(names
                .filter(|name| fold(name).contains(&last))
                .take(SUGGESTIONS_MAX)
                .map(|name| Suggestion::from(format!("{before}{name}")))
                .collect())
        },
    )
    .await
}

/// Numbers of issues, for whoever plans; what stands before the last 、 is kept.
pub(crate) async fn issues(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (before, last) = issues_of::last_name(partial);
    suggest(ctx, async move |request: Request| {
        crate::permission::coordinate(&request)?;
        let found = issues_of::issues(&request, &last).await?;
        Ok(found
            .into_iter()
            .map(|suggestion| Suggestion {
                shown: format!("{before}{}", suggestion.shown),
                value: format!("{before}{}", suggestion.value),
            })
            .collect())
    })
    .await
}
