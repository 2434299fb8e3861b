//! `/target link` 自動集計: what a target counts by itself, and who sees to it.

use super::{
    counted, option, standings,
    state::TargetState,
    this_year,
    undo::{self, Was},
    word, write,
};
use crate::{
    Context,
    answer::{Answer, Reply},
    dispatch::{May, answer},
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::target::Target;

/// Counted things named in the answer.
const SHOWN: usize = 5;

/// `/target link` 自動集計
#[poise::command(slash_command)]
pub(crate) async fn link(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::changeable"] number: String,
    #[autocomplete = "super::suggest::counts"] counts: Option<String>,
    #[autocomplete = "super::suggest::owners"] owner: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let before = option::target(&request, &number).await?;
        let mut after = before.clone();
        if let Some(counts) = &counts {
            after.counts = option::count(counts)?;
        }
        if let Some(owner) = &owner {
            after.owner = option::owner(&request, owner)?;
        }
        if counts.is_none() && owner.is_none() {
            return Err(Error::refuse(Text::new("refused-target-link-nothing")));
        }
        if after == before {
            return Err(Error::refuse(text!(
                "refused-target-unchanged",
                number = before.id.0
            )));
        }
        linked(&request, before, after).await
    })
    .await
}

async fn linked(request: &Request, before: Target, after: Target) -> Result<Answer, Error> {
    let (stored, undo) = write::record(request, None, move |tx, by| {
        let (before, after) = (before.clone(), after.clone());
        Box::pin(async move {
            let states = (Some(&before), &after);
            let stored = write::target(tx, by, states, "target.link").await?;
            let was = Was::Target {
                target: stored.id,
                revision: stored.revision,
                before: Some(TargetState::of(&before)),
            };
            Ok((stored, was))
        })
    })
    .await?;
    let language = request.language;
    let name = word::name(&stored, language);
    let mut lines = vec![request.say(&text!("target-linked", name = name))];
    let owner = word::owner(&request.office, &stored);
    if !owner.is_empty() {
        lines.push(request.say(&text!("target-linked-owner", owner = owner)));
    }
    let year = this_year(request);
    let standing = standings(request, year)
        .await?
        .into_iter()
        .find(|standing| standing.target.id == stored.id);
    match (&standing, stored.counts) {
        (Some(standing), Some(count)) => {
            lines.push(request.say(&text!(
                "target-linked-count",
                count = word::count(count, language),
                sum = word::sum(request, standing),
            )));
            let counted = counted::lines(request, standing, year).await?;
            lines.extend(counted.into_iter().take(SHOWN));
        }
        _ => lines.push(request.say(&Text::new("target-linked-nothing"))),
    }
    if stored.association().is_some() {
        lines.push(request.say(&Text::new("target-linked-private")));
    }
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Ok(Answer::Say(reply.row(undo::button(request, undo))))
}
