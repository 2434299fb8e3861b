//! その後: how an issue came to an end (完了, 見送り), with the reason as it was told, for the desk and for
//! those who raised it.

use super::subject;
use crate::{App, card::date, text, text::Text};
use domain::{
    id::OfficeId,
    issue::{Issue, Status},
    office::Office,
    setting::Language,
    text::{escape_markdown, one_line},
};
use serde_json::Value;
use storage::history::Step;

/// UTF-16 units of a reason that is shown; escaping may triple them.
const REASON_UNITS_MAX: usize = 250;

/// The line of an issue that has come to an end; empty for every other.
///
/// # Errors
/// Storage failed.
pub(crate) async fn line(
    app: &App,
    office: &Office,
    issue: &Issue,
    language: Language,
) -> storage::Result<String> {
    if issue.status.is_open() || issue.retracted {
        return Ok(String::new());
    }
    let steps = steps(app, office.id, issue).await?;
    let Some(step) = last(&steps, issue.status) else {
        return Ok(String::new());
    };
    let day = step
        .at
        .with_timezone(&office.settings.time_zone)
        .date_naive();
    let status = Text::new(format!("word-status-{}", issue.status.code()));
    let day = date(day, language);
    let reason = step.after.get("reason").and_then(Value::as_str);
    Ok(match reason {
        Some(reason) => text!(
            "ending-reason",
            date = day,
            status = status,
            reason = escape_markdown(&one_line(reason, REASON_UNITS_MAX)),
        ),
        None => text!("ending", date = day, status = status),
    }
    .say(language))
}

async fn steps(app: &App, office: OfficeId, issue: &Issue) -> storage::Result<Vec<Step>> {
    let about = subject(issue.id);
    app.store
        .read(move |connection| Box::pin(storage::history::of(connection, office, about)))
        .await
}

/// The step that brought an issue to the status it has.
fn last(steps: &[Step], status: Status) -> Option<&Step> {
    let of = |state: &Value| {
        state
            .get("status")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    steps.iter().rev().find(|step| {
        of(&step.after).as_deref() == Some(status.code())
            && step.before.as_ref().and_then(of).as_deref() != Some(status.code())
    })
}
