//! `/target add` 登録: a target is written down by hand; most come with the office's plan table.

use super::{
    option, this_year,
    undo::{self, Was},
    word, write, year_name,
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
use domain::{
    id::TargetId,
    target::{
        AREA_UNITS_MAX, Goal, ITEM_UNITS_MAX, Target,
        goal::{Content, Quantity, State as Stand, TEXT_UNITS_MAX, day_of},
        number::ItemNumber,
    },
};

/// `/target add` 登録
#[poise::command(slash_command)]
pub(crate) async fn add(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::areas"] area: String,
    number: String,
    item: String,
    goal: Option<String>,
    #[autocomplete = "super::suggest::years"] year: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let year = option::year(&request, year.as_deref())?;
        let content = match &goal {
            None => None,
            Some(goal) => Some(content(goal)?),
        };
        let all = super::seen(&request).await?;
        let last = all.iter().map(|target| target.position).max();
        let target = Target {
            id: TargetId(0),
            revision: 0,
            // An area is named without spaces, as in a table that is read.
            area: option::line(&area, AREA_UNITS_MAX, "what-target-area")?
                .split_whitespace()
                .collect(),
            number: ItemNumber::read(&number)
                .ok_or_else(|| Error::refuse(Text::new("refused-target-item-number")))?,
            item: option::line(&item, ITEM_UNITS_MAX, "what-target-item")?,
            position: last.map_or(0, |last| last + 1),
            owner: None,
            counts: None,
            withdrawn: false,
            added_by: request.person.user,
            created_at: request.now,
            changed_at: request.now,
        };
        let start = request.office.settings.fiscal_year_start;
        let goal = content.map(|content| Goal {
            target: TargetId(0),
            year,
            version: 1,
            day: day_of(year, start, request.today(), None),
            content,
            reason: None,
            set_by: request.person.user,
            since: request.now,
            retracted: false,
        });
        keep(&request, target, goal).await
    })
    .await
}

fn content(written: &str) -> Result<Content, Error> {
    let text = option::line(written, TEXT_UNITS_MAX, "what-goal")?;
    Ok(Content {
        quantity: Quantity::read(&text),
        text,
        plan: None,
        state: Stand::Set,
        again: None,
    })
}

async fn keep(request: &Request, target: Target, goal: Option<Goal>) -> Result<Answer, Error> {
    let has_goal = goal.as_ref().map(|goal| goal.year);
    let (stored, undo) = write::record(request, None, move |tx, by| {
        let (target, goal) = (target.clone(), goal.clone());
        Box::pin(async move {
            let stored = write::target(tx, by, (None, &target), "target.add").await?;
            if let Some(goal) = goal {
                let goal = Goal {
                    target: stored.id,
                    ..goal
                };
                write::goal(tx, by, &goal, "target.goal", &[]).await?;
            }
            let was = Was::Target {
                target: stored.id,
                revision: stored.revision,
                before: None,
            };
            Ok((stored, was))
        })
    })
    .await?;
    let name = word::name(&stored, request.language);
    let text = match has_goal {
        Some(year) => text!(
            "target-added",
            name = name,
            year = year_name(year, request.language)
        ),
        None => text!(
            "target-added-bare",
            name = name,
            year = year_name(this_year(request), request.language),
            number = stored.id.0
        ),
    };
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(reply.row(undo::button(request, undo))))
}
