//! `/project task` 分担: one task is written down, or changed: what, by when, who, whether it is done.

use super::{mark, option, record, record::Change, undo, word};
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
    id::{ProjectId, TaskId},
    project::{self, Done, Holder, Project, Role, TASKS_MAX, Task},
};

/// The act in audit and history.
const ACT: &str = "project.task";
/// The act of taking tasks away.
const REMOVE: &str = "project.remove";

/// What was written besides number and role.
struct Written {
    due: Option<String>,
    who: Option<String>,
    done: Option<bool>,
}

/// `/project task` 分担
#[poise::command(slash_command)]
pub(crate) async fn task(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::open"] number: String,
    #[autocomplete = "super::suggest::roles"] role: String,
    due: Option<String>,
    #[autocomplete = "super::suggest::who"] who: Option<String>,
    done: Option<bool>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let project = super::find(&request, option::number(&number)?).await?;
        let (role, wording) = option::role(&role)?;
        let written = Written { due, who, done };
        let known = project.task_named(role, wording.as_deref()).cloned();
        match known {
            // Saying that it is done is for whoever has it as well; the rest is the desk's.
            Some(task) if is_done_only(&written) && !request.person.coordinator => {
                mark::one(&request, task.id).await
            }
            known => {
                permission::coordinate(&request)?;
                change(&request, project, (role, wording), known, &written).await
            }
        }
    })
    .await
}

fn is_done_only(written: &Written) -> bool {
    written.done == Some(true) && written.due.is_none() && written.who.is_none()
}

async fn change(
    request: &Request,
    before: Project,
    (role, wording): (Role, Option<String>),
    known: Option<Task>,
    written: &Written,
) -> Result<Answer, Error> {
    check_open(&before)?;
    let is_new = known.is_none();
    if is_new && before.tasks.len() >= TASKS_MAX {
        return Err(full());
    }
    let mut task = known.unwrap_or_else(|| Task {
        id: TaskId(0),
        role,
        wording,
        due: suggested_due(request, &before, role),
        due_revision: 1,
        holder: Holder::Desk,
        done: None,
    });
    let was = task.clone();
    if let Some(due) = &written.due {
        task.due = option::due(request, due)?;
    }
    if let Some(who) = &written.who {
        task.holder = option::who(request, &before, who).await?;
    }
    match written.done {
        Some(true) if task.done.is_none() => {
            task.done = Some(Done {
                on: request.today(),
                by: request.person.user,
            });
        }
        Some(false) => task.done = None,
        Some(true) | None => {}
    }
    if !is_new && task == was {
        return Err(Error::refuse(text!(
            "refused-task-unchanged",
            task = word::task(&task, request.language)
        )));
    }
    let mut after = before.clone();
    match after
        .tasks
        .iter_mut()
        .find(|known| !is_new && known.id == task.id)
    {
        Some(known) => *known = task.clone(),
        None => after.tasks.push(task.clone()),
    }
    let (stored, draft) = record::record(request, Change::of(before, after, ACT)).await?;
    let key = if is_new { "task-added" } else { "task-changed" };
    let line = word::line(&request.office, &task, request.language);
    let text = text!(
        key,
        name = word::name(&stored, request.language),
        line = line,
        progress = word::progress(&stored)
    );
    Ok(Answer::Say(
        Reply::of(&text, request.language).row(undo::button(request, draft)),
    ))
}

/// A new task is due when the manual's would be, until somebody says otherwise.
fn suggested_due(request: &Request, project: &Project, role: Role) -> Option<chrono::NaiveDate> {
    project::due(
        role,
        project.date?,
        request.today(),
        request.office.calendar(),
    )
}

/// Tasks were chosen to be taken away; the values are hostile.
pub(super) async fn remove(
    request: &Request,
    id: ProjectId,
    values: &[String],
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let before = super::find(request, id).await?;
    check_open(&before)?;
    let chosen = |task: &Task| values.contains(&task.id.to_string());
    let named: Vec<String> = before
        .tasks
        .iter()
        .filter(|task| chosen(task))
        .map(|task| word::task(task, request.language))
        .collect();
    if named.is_empty() {
        return Err(Error::refuse(text!("refused-task-gone", number = id.0)));
    }
    let mut after = before.clone();
    after.tasks.retain(|task| !chosen(task));
    let (stored, draft) = record::record(request, Change::of(before, after, REMOVE)).await?;
    let separator = request.say(&Text::new("list-separator"));
    let text = text!(
        "task-removed",
        name = word::name(&stored, request.language),
        tasks = named.join(&separator)
    );
    Ok(Answer::Say(
        Reply::of(&text, request.language).row(undo::button(request, draft)),
    ))
}

/// Whether there is work on a project; an idea has to be taken up first.
pub(super) fn check_open(project: &Project) -> Result<(), Error> {
    if project.is_open() {
        return Ok(());
    }
    Err(Error::refuse(text!(
        "refused-project-not-open",
        number = project.id.0,
        state = word::state(project)
    )))
}

/// There are as many tasks as there may be.
pub(super) fn full() -> Error {
    Error::refuse(text!("refused-task-full", limit = TASKS_MAX))
}
