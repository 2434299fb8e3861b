//! What the manual names as the office's part is offered as tasks, with dates counted back from the
//! event; a coordinator takes all of it, or some.

use super::{record, record::Change, undo, word};
use crate::{
    answer::{Answer, Reply},
    card,
    card::project::{Reader, frame},
    custom_id::{Action, Project as Press},
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    id::{ProjectId, TaskId},
    project::{self, Holder, Project, Role, TASKS_MAX, Task},
};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption,
};

/// The act in audit and history.
const ACT: &str = "project.task";

/// What the manual names and the project does not have yet.
fn missing(request: &Request, project: &Project) -> Vec<(Role, Option<NaiveDate>)> {
    let calendar = request.office.calendar();
    project::suggested(project.date, request.today(), calendar)
        .into_iter()
        .filter(|(role, _)| project.tasks.iter().all(|task| task.role != *role))
        .collect()
}

/// What is offered, a line each; empty when there is nothing.
pub(super) fn words(request: &Request, project: &Project) -> String {
    let offered = missing(request, project);
    if offered.is_empty() {
        return String::new();
    }
    let mut lines = vec![request.say(&Text::new("project-offer"))];
    lines.extend(offered.iter().map(|(role, due)| {
        let role = word::role(*role);
        let line = match due {
            Some(due) => text!(
                "project-offer-due",
                role = role,
                date = card::date(*due, request.language)
            ),
            None => text!("project-offer-line", role = role),
        };
        request.say(&line)
    }));
    lines.push(request.say(&Text::new("project-offer-next")));
    lines.join("\n")
}

/// The button that takes all of it, and the select that takes some.
pub(super) fn rows(request: &Request, project: &Project) -> Vec<CreateActionRow> {
    let offered = missing(request, project);
    if offered.is_empty() {
        return Vec::new();
    }
    let options: Vec<CreateSelectMenuOption> = offered
        .iter()
        .map(|(role, _)| CreateSelectMenuOption::new(request.say(&word::role(*role)), role.code()))
        .collect();
    let most = u8::try_from(options.len()).unwrap_or(u8::MAX);
    let all = Action::Project(Press::Suggested(project.id)).custom_id();
    let some = Action::Project(Press::Chosen(project.id)).custom_id();
    vec![
        CreateActionRow::Buttons(vec![
            CreateButton::new(all)
                .label(request.say(&Text::new("button-project-suggested")))
                .style(ButtonStyle::Primary),
        ]),
        CreateActionRow::SelectMenu(
            CreateSelectMenu::new(some, CreateSelectMenuKind::String { options })
                .placeholder(request.say(&Text::new("select-project-suggested")))
                .min_values(1)
                .max_values(most),
        ),
    ]
}

/// The button was pressed: all of it is written down.
pub(super) async fn all(request: &Request, id: ProjectId) -> Result<Answer, Error> {
    take(request, id, |_| true).await
}

/// Some of it was chosen; the values are hostile.
pub(super) async fn some(
    request: &Request,
    id: ProjectId,
    values: &[String],
) -> Result<Answer, Error> {
    take(request, id, |role| {
        values.iter().any(|value| value == role.code())
    })
    .await
}

async fn take(
    request: &Request,
    id: ProjectId,
    wanted: impl Fn(Role) -> bool,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let before = super::find(request, id).await?;
    super::task::check_open(&before)?;
    let taken: Vec<Task> = missing(request, &before)
        .into_iter()
        .filter(|(role, _)| wanted(*role))
        .map(|(role, due)| Task {
            id: TaskId(0),
            role,
            wording: None,
            due,
            due_revision: 1,
            holder: Holder::Desk,
            done: None,
        })
        .collect();
    if taken.is_empty() {
        // A second press, or somebody else has written them down.
        return Err(Error::refuse(text!(
            "refused-project-offer-taken",
            number = id.0
        )));
    }
    if before.tasks.len() + taken.len() > TASKS_MAX {
        return Err(super::task::full());
    }
    let count = taken.len();
    let mut after = before.clone();
    after.tasks.extend(taken);
    let (stored, draft) = record::record(request, Change::of(before, after, ACT)).await?;
    let text = text!("project-offer-done", count = count);
    Ok(Answer::Replace(
        Reply::of(&text, request.language)
            .embed(frame(&request.office, &stored, Reader::Desk, request.language).draw())
            .row(undo::button(request, draft)),
    ))
}
