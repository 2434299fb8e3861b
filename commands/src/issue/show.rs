//! `/issue show` 詳細, and the *details* button of every card.

use super::{find, subject};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    dispatch::{May, answer as respond},
    error::Error,
    option::issue_number,
    request::Request,
    text,
    text::Text,
};
use domain::{id::IssueId, visibility::View};
use serenity::all::CreateEmbed;

/// Most steps of an issue's way that are shown.
const STEPS_SHOWN_MAX: usize = 8;

/// `/issue show` 詳細
#[poise::command(slash_command)]
pub(crate) async fn show(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
) -> Result<(), Error> {
    respond(ctx, May::Say, async move |request: Request| {
        answer(&request, issue_number(&number)?).await
    })
    .await
}

/// The details as far as the person may read them.
pub(crate) async fn answer(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let (issue, view) = find(request, id).await?;
    let mut embed = card::issue::whole(&request.office, &issue, view, request.language).field(
        request.say(&Text::new("field-destination")),
        super::change::place(request, issue.destination),
        false,
    );
    embed = steps(request, id, view, embed).await?;
    Ok(Answer::Say(Reply::default().embed(embed)))
}

/// The issue's way so far: when, what, and the reason given. Who did it is for the desk.
async fn steps(
    request: &Request,
    id: IssueId,
    view: View,
    embed: CreateEmbed,
) -> Result<CreateEmbed, Error> {
    let office = request.office_id();
    let steps = request
        .app
        .store
        .read(move |connection| Box::pin(storage::history::of(connection, office, subject(id))))
        .await?;
    let zone = request.office.settings.time_zone;
    let first = steps.len().saturating_sub(STEPS_SHOWN_MAX);
    let lines: Vec<String> = steps[first..]
        .iter()
        .map(|step| {
            let date = card::date(step.at.with_timezone(&zone).date_naive(), request.language);
            let act =
                Text::new(format!("act-{}", step.act.replace('.', "-"))).say(request.language);
            let status = step
                .after
                .get("status")
                .and_then(|s| s.as_str())
                .unwrap_or("open");
            let status = Text::new(format!("word-status-{status}")).say(request.language);
            let mut line =
                text!("step", date = date, act = act, status = status).say(request.language);
            if matches!(view, View::Desk(_)) {
                line.push_str(&format!(" <@{}>", step.who));
            }
            if let Some(reason) = step.after.get("reason").and_then(|reason| reason.as_str()) {
                let reason = domain::text::escape_markdown(&domain::text::one_line(reason, 80));
                line.push_str(&text!("step-reason", reason = reason).say(request.language));
            }
            line
        })
        .collect();
    let lines = card::fitting(&lines, card::FIELD_UNITS_MAX);
    Ok(embed.field(request.say(&Text::new("field-steps")), lines, false))
}
