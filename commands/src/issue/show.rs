//! `/issue show` 詳細, and the *details* button of every card.

use super::{find, share, subject};
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
use chrono::{DateTime, Utc};
use domain::{
    id::IssueId,
    issue::Issue,
    visibility::{Seen, SharedIssue, View},
};
use storage::history::Step;

/// Most steps of an issue's way that are shown.
const STEPS_SHOWN_MAX: usize = 8;

/// UTF-16 units of the steps together: what a card with every field full leaves them.
const STEPS_UNITS_MAX: usize = 900;

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
    let (issue, view) = match find(request, id).await? {
        Seen::Whole(issue, view) => (issue, view),
        Seen::Shared(shared) => return told(request, &shared).await,
    };
    let place = super::change::place(request, issue.destination);
    let raised = is_told_reasons(request, &issue, view);
    let shares = if raised {
        share::told::summary(request, issue.id).await?
    } else {
        String::new()
    };
    let frame = card::issue::whole(&request.office, &issue, view, request.language)
        .field(request.say(&Text::new("field-destination")), place, false)
        .field(request.say(&Text::new("field-share")), &shares, false)
        .field(
            request.say(&Text::new("field-steps")),
            steps(request, &issue, view).await?,
            false,
        );
    let reply = Reply::default().embed(frame.draw());
    let reviews = matches!(view, View::Desk(_)) && !shares.is_empty();
    Ok(Answer::Say(if reviews {
        reply.row(share::told::log_row(request, issue.id))
    } else {
        reply
    }))
}

/// What whoever was told of the issue reads: the shared wording, and how far it has come since.
async fn told(request: &Request, shared: &SharedIssue) -> Result<Answer, Error> {
    let mut frame = card::share::frame(&request.office, shared, request.language);
    let steps = history(request, shared.id).await?;
    let moves = moves(&steps, shared.told_at);
    if !moves.is_empty() {
        let first = moves.len().saturating_sub(STEPS_SHOWN_MAX);
        let lines: Vec<String> = moves[first..]
            .iter()
            .map(|(at, status)| moved(request, *at, status))
            .collect();
        let lines = card::fitting(&lines, STEPS_UNITS_MAX);
        frame = frame.field(request.say(&Text::new("field-steps")), lines, false);
    }
    Ok(Answer::Say(Reply::default().embed(frame.draw())))
}

/// When the status changed since then, and to what: no other act, no reason, and nobody's name.
fn moves(steps: &[Step], since: DateTime<Utc>) -> Vec<(DateTime<Utc>, &str)> {
    let status = |state: &serde_json::Value| state.get("status").cloned();
    steps
        .iter()
        .filter(|step| step.at > since)
        .filter(|step| step.before.as_ref().and_then(status) != status(&step.after))
        .filter_map(|step| Some((step.at, step.after.get("status")?.as_str()?)))
        .collect()
}

fn moved(request: &Request, at: DateTime<Utc>, status: &str) -> String {
    let zone = request.office.settings.time_zone;
    text!(
        "step",
        date = card::date(at.with_timezone(&zone).date_naive(), request.language),
        act = Text::new("act-issue-status"),
        status = Text::new(format!("word-status-{status}")),
    )
    .say(request.language)
}

async fn history(request: &Request, issue: IssueId) -> Result<Vec<Step>, Error> {
    let (office, about) = (request.office_id(), subject(issue));
    Ok(request
        .app
        .store
        .read(move |connection| Box::pin(storage::history::of(connection, office, about)))
        .await?)
}

/// The issue's way so far, the last steps of it.
async fn steps(request: &Request, issue: &Issue, view: View) -> Result<String, Error> {
    let mut steps = history(request, issue.id).await?;
    let told = is_told_reasons(request, issue, view);
    // How the desk and those who raised it talk about sharing is theirs.
    steps.retain(|step| told || !share::is_inner(&step.act));
    let first = steps.len().saturating_sub(STEPS_SHOWN_MAX);
    let lines: Vec<String> = steps[first..]
        .iter()
        .map(|step| line(request, step, view, told))
        .collect();
    Ok(card::fitting(&lines, STEPS_UNITS_MAX))
}

/// Reasons are for the desk and for those who raised the issue; other readers see what was done.
fn is_told_reasons(request: &Request, issue: &Issue, view: View) -> bool {
    let raised = issue
        .association
        .is_some_and(|id| request.person.rank_in(id).is_some());
    matches!(view, View::Desk(_)) || raised || issue.reporter == request.person.user
}

/// One step: when, what, the status it led to. Who did it is for the desk.
fn line(request: &Request, step: &Step, view: View, told: bool) -> String {
    let language = request.language;
    let zone = request.office.settings.time_zone;
    let status = step
        .after
        .get("status")
        .and_then(|status| status.as_str())
        .unwrap_or("open");
    let mut line = text!(
        "step",
        date = card::date(step.at.with_timezone(&zone).date_naive(), language),
        act = Text::new(format!("act-{}", step.act.replace('.', "-"))),
        status = Text::new(format!("word-status-{status}")),
    )
    .say(language);
    if matches!(view, View::Desk(_)) {
        line.push_str(&format!(" <@{}>", step.who));
    }
    let reason = step.after.get("reason").and_then(|reason| reason.as_str());
    if let Some(reason) = reason.filter(|_| told) {
        let reason = domain::text::escape_markdown(&domain::text::one_line(reason, 80));
        line.push_str(&text!("step-reason", reason = reason).say(language));
    }
    line
}
