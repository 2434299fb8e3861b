//! `/project done` 完了: the event is over. What people answered may be written down at once, or by the
//! form that is offered; a review is proposed.

use super::{option, record, record::Change, survey, undo, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    dispatch::{May, answer},
    error::Error,
    permission,
    request::Request,
    review::propose,
    text,
    text::Text,
};
use domain::{
    project::{NOTE_UNITS_MAX, Project, State},
    review::Of,
    survey::Survey,
};
use serenity::all::CreateActionRow;

/// The act in audit and history.
const ACT: &str = "project.done";
/// UTF-16 units of the open tasks that are named.
const OPEN_UNITS_MAX: usize = 500;

/// `/project done` 完了
#[poise::command(slash_command)]
pub(crate) async fn done(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::open"] number: String,
    #[rename = "survey"] answers: Option<String>,
    note: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let before = super::find(&request, option::number(&number)?).await?;
        super::task::check_open(&before)?;
        // An option is one line, so its lines are parted by a mark.
        let answers = answers.map(|written| written.replace(['/', '／'], "\n"));
        let answers = answers.as_deref().map(survey::read).transpose()?;
        let note = crate::option::clean_optional(note.as_deref(), NOTE_UNITS_MAX, "what-note")?;
        if let Some(note) = &note {
            option::screen(note)?;
        }
        record_done(&request, before, answers, note).await
    })
    .await
}

async fn record_done(
    request: &Request,
    before: Project,
    answers: Option<Survey>,
    note: Option<String>,
) -> Result<Answer, Error> {
    let after = Project {
        state: State::Finished,
        finished_on: Some(request.today()),
        survey: answers.or_else(|| before.survey.clone()),
        note: note.or_else(|| before.note.clone()),
        ..before.clone()
    };
    let (stored, draft) = record::record(request, Change::of(before, after, ACT)).await?;
    let text = text!(
        "project-finished",
        name = word::name(&stored, request.language)
    );
    let mut reply = Reply::of(&text, request.language);
    let open: Vec<String> = stored
        .tasks
        .iter()
        .filter(|task| task.done.is_none())
        .map(|task| word::task(task, request.language))
        .collect();
    if !open.is_empty() {
        let open = crate::option::joined(open.into_iter(), request.language, OPEN_UNITS_MAX);
        reply = reply.line(&request.say(&text!("project-finished-open", tasks = open)));
    }
    if stored.survey.is_none() {
        reply = reply.line(&request.say(&Text::new("project-finished-survey")));
    }
    let offered = propose::offered(request, Of::Project(stored.id)).await?;
    if let Some((line, row)) = offered {
        reply = reply.line(&line).row(row);
    }
    Ok(Answer::Say(
        reply
            .row(CreateActionRow::Buttons(vec![survey::button(
                request, stored.id,
            )]))
            .row(undo::button(request, draft)),
    ))
}
