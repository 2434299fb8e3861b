//! Suggestions of reviews, and of what can be looked back on, while an option is typed. A list holds
//! only what the person may know of.

use super::{list, word};
use crate::{
    Context,
    dispatch::{SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, suggest},
    error::Error,
    issue::suggest as issues_of,
    project::suggest as projects_of,
    request::Request,
    session::{sight, word as session_word},
};
use domain::{review::State, text::fold};
use serenity::all::CreateAutocompleteResponse;
use storage::review::Filter;

/// Reviews looked through.
const SEARCHED_MAX: i64 = 100;
/// Sessions looked through on either side of today.
const SESSIONS_MAX: i64 = 30;
/// Most sessions among the suggestions of what can be looked back on.
const SESSIONS_SHOWN_MAX: usize = 10;

/// Reviews that are planned, by number.
pub(crate) async fn planned(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        let office = request.office_id();
        let filter = Filter {
            state: Some(State::Planned),
            reader: list::reader(&request),
        };
        let found = request
            .app
            .store
            .read(move |connection| {
                let filter = filter.clone();
                Box::pin(async move {
                    storage::review::list(connection, office, &filter, 0, SEARCHED_MAX).await
                })
            })
            .await?;
        let typed = fold(partial.trim().trim_start_matches(['#', '＃']));
        let suggestions = found.items.iter().map(|review| Suggestion {
            shown: word::suggested(&request, review, SUGGESTION_UNITS_MAX),
            value: review.id.to_string(),
        });
        Ok::<_, Error>(
            suggestions
                .filter(|it| it.value.starts_with(&typed) || fold(&it.shown).contains(&typed))
                .take(SUGGESTIONS_MAX)
                .collect(),
        )
    })
    .await
}

/// What can be looked back on: gatherings near today, projects, and issues.
pub(crate) async fn of(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        crate::permission::coordinate(&request)?;
        let typed = partial.trim();
        let word = typed.rsplit(':').next().unwrap_or_default();
        let wants = |noun: &str| typed.starts_with(noun) || !typed.contains(':');
        let mut suggestions = Vec::new();
        if wants("session:") {
            suggestions.extend(sessions(&request, word).await?);
        }
        if wants("project:") {
            suggestions.extend(projects(&request, word).await?);
        }
        if wants("issue:") {
            let issues = issues_of::issues(&request, word).await?;
            suggestions.extend(issues.into_iter().map(|issue| Suggestion {
                value: format!("issue:{}", issue.value.trim_start_matches('#')),
                shown: issue.shown,
            }));
        }
        suggestions.truncate(SUGGESTIONS_MAX);
        Ok::<_, Error>(suggestions)
    })
    .await
}

async fn sessions(request: &Request, word: &str) -> Result<Vec<Suggestion>, Error> {
    let (office, today, sight) = (request.office_id(), request.today(), sight(request));
    let near = request
        .app
        .store
        .read(move |connection| {
            let sight = sight.clone();
            Box::pin(async move {
                storage::session::around(connection, office, &sight, today, SESSIONS_MAX).await
            })
        })
        .await?;
    let typed = fold(word);
    let suggestions = near.iter().map(|session| Suggestion {
        shown: session_word::suggested(session, request.language, SUGGESTION_UNITS_MAX),
        value: format!("session:{}", session.id),
    });
    Ok(suggestions
        .filter(|it| it.value.contains(&typed) || fold(&it.shown).contains(&typed))
        .take(SESSIONS_SHOWN_MAX)
        .collect())
}

async fn projects(request: &Request, word: &str) -> Result<Vec<Suggestion>, Error> {
    let found = projects_of::found(request, word, |project| project.taken_up).await?;
    Ok(found
        .into_iter()
        .map(|project| Suggestion {
            value: format!("project:{}", project.value),
            ..project
        })
        .collect())
}
