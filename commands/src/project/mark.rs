//! *済みにする*: whoever has a task says that it is done, by a button, a select or the command.

use super::{record, record::Change, undo, word};
use crate::{
    answer::{Answer, Reply},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{ProjectId, TaskId},
    project::{Done, Project, Task},
};

/// The act in audit and history.
const ACT: &str = "project.mark";

/// One task is done. Its number comes from a button, and is hostile.
pub(super) async fn one(request: &Request, task: TaskId) -> Result<Answer, Error> {
    let project = super::of_task(request, task).await?;
    record_done(request, project, |known| known.id == task).await
}

/// Tasks were chosen in a select; the values are hostile.
pub(super) async fn some(
    request: &Request,
    id: ProjectId,
    values: &[String],
) -> Result<Answer, Error> {
    let project = super::find(request, id).await?;
    record_done(request, project, |known| {
        values.contains(&known.id.to_string())
    })
    .await
}

async fn record_done(
    request: &Request,
    before: Project,
    chosen: impl Fn(&Task) -> bool,
) -> Result<Answer, Error> {
    let of: Vec<&Task> = before.tasks.iter().filter(|task| chosen(task)).collect();
    let Some(first) = of.first() else {
        return Err(Error::refuse(text!(
            "refused-task-gone",
            number = before.id.0
        )));
    };
    if let Some(others) = of.iter().find(|task| !task.is_done_by(&request.person)) {
        return Err(Error::refuse(text!(
            "refused-task-not-yours",
            task = word::task(others, request.language)
        )));
    }
    super::task::check_open(&before)?;
    if of.iter().all(|task| task.done.is_some()) {
        return Err(Error::refuse(text!(
            "refused-task-done",
            task = word::task(first, request.language),
            number = before.id.0
        )));
    }
    let named: Vec<String> = of
        .iter()
        .filter(|task| task.done.is_none())
        .map(|task| word::task(task, request.language))
        .collect();
    let mut after = before.clone();
    for task in after.tasks.iter_mut().filter(|task| chosen(task)) {
        task.done.get_or_insert(Done {
            on: request.today(),
            by: request.person.user,
        });
    }
    let (stored, draft) = record::record(request, Change::of(before, after, ACT)).await?;
    let separator = request.say(&Text::new("list-separator"));
    let text = text!(
        "task-done",
        tasks = named.join(&separator),
        name = word::name(&stored, request.language),
        progress = word::progress(&stored)
    );
    let mut reply = Reply::of(&text, request.language);
    let (done, all) = stored.progress();
    if done == all && request.person.coordinator {
        reply = reply.line(&request.say(&text!("task-all-done", number = stored.id.0)));
    }
    Ok(Answer::Say(reply.row(undo::button(request, draft))))
}
