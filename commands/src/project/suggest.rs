//! Suggestions of projects, and of what they name, while an option is typed. A list holds only what the
//! person may know of.

use super::{option, sight, word};
use crate::{
    Context,
    dispatch::{SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, suggest},
    error::Error,
    issue::suggest as issues_of,
    request::Request,
    session, text,
    text::Text,
};
use domain::{
    project::{Project, Role, State},
    text::{fold, one_line},
};
use poise::serenity_prelude::ResolvedValue;
use serenity::all::CreateAutocompleteResponse;
use storage::project::{Filter, PAGE_MAX};

/// Every project the person may know of, what there is to do first.
pub(crate) async fn numbers(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        found(&request, &partial, |_| true).await
    })
    .await
}

/// Those there is work on, and ideas.
pub(crate) async fn open(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        found(&request, &partial, |project| {
            project.is_open() || project.state == State::Idea
        })
        .await
    })
    .await
}

/// The projects whose number or title fits what was typed.
pub(crate) async fn found(
    request: &Request,
    partial: &str,
    wanted: impl Fn(&Project) -> bool,
) -> Result<Vec<Suggestion>, Error> {
    let filter = Filter {
        state: None,
        sight: sight(request),
    };
    if filter.sight.is_blind() {
        return Ok(Vec::new());
    }
    let typed = fold(partial.trim().trim_start_matches(['#', '＃']));
    let office = request.office_id();
    let page = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::project::list(connection, office, &filter, 0, PAGE_MAX).await
            })
        })
        .await?;
    Ok(page
        .items
        .iter()
        .filter(|project| wanted(project))
        .map(|project| {
            let shown = text!(
                "suggested-project",
                number = project.id.0,
                state = word::state(project),
                title = project.title.as_str(),
            );
            Suggestion {
                shown: one_line(&request.say(&shown), SUGGESTION_UNITS_MAX),
                value: project.id.to_string(),
            }
        })
        .filter(|suggestion| {
            suggestion.value.starts_with(&typed) || fold(&suggestion.shown).contains(&typed)
        })
        .take(SUGGESTIONS_MAX)
        .collect())
}

/// What is to be done: the manual's roles, and the tasks the project has already.
pub(crate) async fn roles(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (partial, number) = (fold(partial.trim()), typed_number(ctx));
    suggest(ctx, async move |request: Request| {
        if !request.person.is_known() {
            return Ok(Vec::new());
        }
        let language = request.language;
        let project = chosen(&request, number.as_deref()).await?;
        let tasks = project.iter().flat_map(|project| &project.tasks);
        let mut names: Vec<String> = tasks
            .map(|task| word::short_task(task, language, SUGGESTION_UNITS_MAX))
            .collect();
        for role in Role::ALL.iter().filter(|role| **role != Role::Other) {
            let name = request.say(&word::role(*role));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names
            .into_iter()
            .filter(|name| fold(name).contains(&partial))
            .take(SUGGESTIONS_MAX)
            .map(Suggestion::from)
            .collect())
    })
    .await
}

/// Who may have a task: the office, and the associations of the project.
pub(crate) async fn who(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (partial, number) = (fold(partial.trim()), typed_number(ctx));
    suggest(ctx, async move |request: Request| {
        crate::permission::coordinate(&request)?;
        let office = &request.office;
        let project = chosen(&request, number.as_deref()).await?;
        let takes_part = |id| {
            project
                .as_ref()
                .is_none_or(|project| project.is_public() || project.told().contains(&id))
        };
        let associations = office
            .associations
            .iter()
            .filter(|association| takes_part(association.id))
            .map(|association| association.name.clone());
        let names = std::iter::once(request.say(&Text::new("task-who-desk"))).chain(associations);
        Ok(names
            .filter(|name| fold(name).contains(&partial))
            .take(SUGGESTIONS_MAX)
            .map(Suggestion::from)
            .collect())
    })
    .await
}

/// What stands in the option `number` so far.
fn typed_number(ctx: Context<'_>) -> Option<String> {
    ctx.args.iter().find_map(|option| match option.value {
        ResolvedValue::String(written) if option.name == "number" => Some(written.to_owned()),
        _ => None,
    })
}

/// The project that is named so far, if the person may know of it.
async fn chosen(request: &Request, number: Option<&str>) -> Result<Option<Project>, Error> {
    let Some(id) = number.and_then(|number| option::number(number).ok()) else {
        return Ok(None);
    };
    match super::find(request, id).await {
        Ok(project) => Ok(Some(project)),
        Err(Error::Refusal(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Names of associations, for whoever may write projects down: their own first; what stands before the
/// last 、 is kept. The whole region is offered to coordinators.
pub(crate) async fn associations(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (before, last) = issues_of::last_name(partial);
    suggest(
        ctx,
        async move |request: Request| -> Result<Vec<Suggestion>, Error> {
            crate::permission::add_project(&request)?;
            let last = fold(last.trim());
            let own = sight(&request).associations;
            let mut associations: Vec<_> = request.office.associations.iter().collect();
            associations.sort_by_key(|association| !own.contains(&association.id));
            let region = (request.person.coordinator && before.is_empty())
                .then(|| request.say(&Text::new("project-whole-region")));
            let names = associations.into_iter().map(|a| a.name.clone());
            Ok(region
                .into_iter()
                .chain(names)
                .filter(|name| fold(name).contains(&last))
                .take(SUGGESTIONS_MAX)
                .map(|name| Suggestion::from(format!("{before}{name}")))
                .collect())
        },
    )
    .await
}

/// Numbers of issues the person may read; what stands before the last 、 is kept.
pub(crate) async fn issues(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (before, last) = issues_of::last_name(partial);
    suggest(ctx, async move |request: Request| {
        crate::permission::add_project(&request)?;
        Ok(after(&before, issues_of::issues(&request, &last).await?))
    })
    .await
}

/// Numbers of gatherings the person may know of; what stands before the last 、 is kept.
pub(crate) async fn sessions(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (before, last) = issues_of::last_name(partial);
    suggest(ctx, async move |request: Request| {
        crate::permission::coordinate(&request)?;
        Ok(after(
            &before,
            session::suggest::near(&request, &last).await?,
        ))
    })
    .await
}

fn after(before: &str, found: Vec<Suggestion>) -> Vec<Suggestion> {
    found
        .into_iter()
        .map(|suggestion| Suggestion {
            shown: format!("{before}{}", suggestion.shown),
            value: format!("{before}{}", suggestion.value),
        })
        .collect()
}
