//! `/project drop` 見送り: an event is not held. An addition to the contract (decision record on
//! projects): without it a project that fell through would be reminded of for ever.

use super::{option, record, record::Change, undo, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    dispatch::{May, answer},
    error::Error,
    permission,
    request::Request,
    text,
};
use domain::project::{Project, REASON_UNITS_MAX, State};

/// The act in audit and history.
const ACT: &str = "project.drop";

/// `/project drop` 見送り
#[poise::command(slash_command)]
pub(crate) async fn drop(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::open"] number: String,
    reason: String,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let project = super::find(&request, option::number(&number)?).await?;
        record_dropped(&request, project, &reason).await
    })
    .await
}

/// Drops a project or declines an idea, with the reason its associations read.
pub(super) async fn record_dropped(
    request: &Request,
    before: Project,
    reason: &str,
) -> Result<Answer, Error> {
    if !before.is_open() && before.state != State::Idea {
        return Err(Error::refuse(text!(
            "refused-project-ended",
            number = before.id.0,
            state = word::state(&before)
        )));
    }
    let reason = option::line(reason, REASON_UNITS_MAX, "what-reason")?;
    let was_idea = before.state == State::Idea;
    let after = Project {
        state: State::Dropped,
        reason: Some(reason),
        ..before.clone()
    };
    let (stored, draft) = record::record(request, Change::of(before, after, ACT)).await?;
    let key = if was_idea {
        "project-declined"
    } else {
        "project-dropped"
    };
    let text = text!(key, name = word::name(&stored, request.language));
    Ok(Answer::Say(
        Reply::of(&text, request.language).row(undo::button(request, draft)),
    ))
}
