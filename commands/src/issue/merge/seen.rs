//! What people see of merging: what stands for an issue, how many opinions it holds. Always as far as
//! they read the originals; nobody learns that somebody else said the same.

use crate::{
    custom_id::{Action, Merge},
    error::Error,
    issue::{find, list::readable},
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::IssueId,
    issue::Issue,
    visibility::{Seen, View},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::collections::BTreeMap;

/// What stands for a merged issue, in words; by its number only for whoever reads it whole.
pub(crate) async fn stands(request: &Request, issue: &Issue) -> Result<Option<Text>, Error> {
    let Some(into) = issue.merged_into else {
        return Ok(None);
    };
    let named = match find(request, into).await {
        Ok(Seen::Whole(..)) => true,
        Ok(Seen::Shared(_)) | Err(Error::Refusal(_)) => false,
        Err(fault) => return Err(fault),
    };
    Ok(Some(if named {
        text!("merged-into", into = into.0)
    } else {
        Text::new("merged-somewhere")
    }))
}

/// What `/issue show` says: what stands for the issue, or which issues it stands for.
pub(crate) async fn words(request: &Request, issue: &Issue) -> Result<String, Error> {
    if let Some(stands) = stands(request, issue).await? {
        return Ok(request.say(&stands));
    }
    let merged = merged(request, issue.id, issue.id).await?;
    if merged.is_empty() {
        return Ok(String::new());
    }
    let numbers: Vec<String> = merged.iter().map(|(_, id)| format!("#{id}")).collect();
    let separator = request.say(&Text::new("list-separator"));
    Ok(request.say(&text!(
        "merged-weight",
        weight = merged.len() + 1,
        numbers = numbers.join(&separator)
    )))
}

/// The desk's button that takes a merged issue apart.
pub(crate) fn row(request: &Request, issue: &Issue, view: View) -> Option<CreateActionRow> {
    let at_desk = matches!(view, View::Desk(_)) && issue.merged_into.is_some();
    at_desk.then(|| {
        let action = Action::Merge(Merge::Apart(issue.id));
        let button = CreateButton::new(action.custom_id())
            .label(request.say(&Text::new("button-merge-apart")))
            .style(ButtonStyle::Secondary);
        CreateActionRow::Buttons(vec![button])
    })
}

/// How many opinions an issue holds that the person reads, its own included.
pub(crate) async fn weight(request: &Request, issue: IssueId) -> Result<usize, Error> {
    Ok(merged(request, issue, issue).await?.len() + 1)
}

/// The same of the issues of a list; one alone is not among them.
pub(crate) async fn weights(
    request: &Request,
    issues: impl Iterator<Item = IssueId> + Clone,
) -> Result<BTreeMap<IssueId, usize>, Error> {
    let (Some(first), Some(last)) = (issues.clone().min(), issues.max()) else {
        return Ok(BTreeMap::new());
    };
    let mut weights = BTreeMap::new();
    for (into, _) in merged(request, first, last).await? {
        *weights.entry(into).or_insert(1) += 1;
    }
    Ok(weights)
}

/// How many opinions an issue of a list holds, as the end of its line.
pub(crate) fn counted(
    request: &Request,
    weights: &BTreeMap<IssueId, usize>,
    issue: IssueId,
) -> String {
    match weights.get(&issue) {
        Some(weight) => request.say(&text!("list-weight", weight = *weight)),
        None => String::new(),
    }
}

async fn merged(
    request: &Request,
    first: IssueId,
    last: IssueId,
) -> Result<Vec<(IssueId, IssueId)>, Error> {
    let (office, reader) = (request.office_id(), readable(request));
    let merged = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::issue::merged(connection, office, &reader, (first, last)).await
            })
        })
        .await?;
    Ok(merged)
}
