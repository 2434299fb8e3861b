//! `/project show` 詳細, and the *details* button of every card: one project as far as the person may
//! know it, with what there is for them to do.

use super::{option, survey, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{
        frame::cut,
        project::{Reader, done_rows, frame, idea_buttons},
    },
    custom_id::{Action, Project as Press},
    dispatch::{May, answer as respond},
    error::Error,
    request::Request,
    session, text,
    text::Text,
};
use domain::{
    id::{IssueId, ProjectId, TaskId},
    project::{Project, State, Task},
    text::{escape_markdown, one_line},
    visibility::{self, Seen},
};
use serenity::all::{
    CreateActionRow, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};

/// UTF-16 units of the wording beside a linked number.
const WORDING_UNITS_MAX: usize = 40;
/// UTF-16 units of a field of several lines.
const LINES_UNITS_MAX: usize = 1_000;
/// UTF-16 units of a choice of a select (Discord, components/reference: 100).
const CHOICE_UNITS_MAX: usize = 90;

/// `/project show` 詳細
#[poise::command(slash_command)]
pub(crate) async fn show(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
) -> Result<(), Error> {
    respond(ctx, May::Say, async move |request: Request| {
        answer(&request, option::number(&number)?).await
    })
    .await
}

/// The details as far as the person may know them.
pub(crate) async fn answer(request: &Request, id: ProjectId) -> Result<Answer, Error> {
    shown(request, super::find(request, id).await?).await
}

/// The details of the project a task belongs to.
pub(crate) async fn of_task(request: &Request, task: TaskId) -> Result<Answer, Error> {
    shown(request, super::of_task(request, task).await?).await
}

async fn shown(request: &Request, project: Project) -> Result<Answer, Error> {
    let (language, office) = (request.language, &request.office);
    let reader = if request.person.coordinator {
        Reader::Desk
    } else {
        Reader::Told
    };
    let survey = project
        .survey
        .as_ref()
        .map(|answers| survey::summary(request, answers));
    // What people wrote in their own words is for those whose event it was.
    let own = project.told();
    let sight = super::sight(request);
    let is_own = sight.everything || own.iter().any(|id| sight.associations.contains(id));
    let opinions = if is_own {
        opinions(&project)
    } else {
        String::new()
    };
    let frame = frame(office, &project, reader, language)
        .field(
            request.say(&Text::new("field-project-issues")),
            issues(request, &project).await?,
            false,
        )
        .field(
            request.say(&Text::new("field-project-sessions")),
            sessions(request, &project).await?,
            false,
        )
        .field(
            request.say(&Text::new("field-project-survey")),
            survey
                .map(|lines| cut(&lines, LINES_UNITS_MAX))
                .unwrap_or_default(),
            false,
        )
        .field(
            request.say(&Text::new("field-project-opinions")),
            cut(&opinions, LINES_UNITS_MAX),
            false,
        );
    let rows = rows(request, &project);
    let reply = Reply::default().embed(frame.draw());
    Ok(Answer::Say(Reply { rows, ..reply }))
}

/// What people wrote in their own words, literally.
fn opinions(project: &Project) -> String {
    let questions = project.survey.iter().flat_map(|survey| &survey.questions);
    let lines: Vec<String> = questions
        .flat_map(|question| &question.opinions)
        .map(|opinion| format!("・{}", escape_markdown(opinion)))
        .collect();
    lines.join("\n")
}

/// What the person may do here: the desk answers an idea and takes tasks away, whoever has a task says
/// that it is done.
fn rows(request: &Request, project: &Project) -> Vec<CreateActionRow> {
    let language = request.language;
    let mut rows = Vec::new();
    if request.person.coordinator && project.state == State::Idea {
        rows.push(CreateActionRow::Buttons(idea_buttons(project.id, language)));
    }
    if project.is_open() {
        let may = |task: &&Task| task.done.is_none() && task.is_done_by(&request.person);
        let own: Vec<&Task> = project.tasks.iter().filter(may).collect();
        rows.extend(done_rows(project.id, &own, language));
        if request.person.coordinator {
            rows.extend(super::offer::rows(request, project));
            rows.extend(removing(request, project));
        }
    }
    if request.person.coordinator && project.state == State::Finished {
        let button = survey::button(request, project.id);
        rows.push(CreateActionRow::Buttons(vec![button]));
    }
    rows
}

/// The select by which tasks are taken away.
fn removing(request: &Request, project: &Project) -> Option<CreateActionRow> {
    let options: Vec<CreateSelectMenuOption> = project
        .tasks
        .iter()
        .map(|task| {
            let label = word::short_task(task, request.language, CHOICE_UNITS_MAX);
            CreateSelectMenuOption::new(label, task.id.to_string())
        })
        .collect();
    let most = u8::try_from(options.len()).ok().filter(|most| *most > 0)?;
    let id = Action::Project(Press::Remove(project.id)).custom_id();
    Some(CreateActionRow::SelectMenu(
        CreateSelectMenu::new(id, CreateSelectMenuKind::String { options })
            .placeholder(request.say(&Text::new("select-project-remove")))
            .min_values(1)
            .max_values(most),
    ))
}

/// The linked issues, as far as the person may read them.
async fn issues(request: &Request, project: &Project) -> Result<String, Error> {
    let (office, ids) = (request.office_id(), project.issues.clone());
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let mut found = Vec::with_capacity(ids.len());
                for id in ids {
                    if let Some(issue) = storage::issue::find(connection, office, id).await? {
                        let shares = storage::disclosure::of(connection, office, id).await?;
                        found.push((issue, shares));
                    }
                }
                Ok(found)
            })
        })
        .await?;
    let lines: Vec<String> = found
        .into_iter()
        .filter_map(|(issue, shares)| {
            visibility::view(issue, &shares, &request.person, &request.office)
        })
        .map(|seen| {
            let (id, status, wording) = match &seen {
                Seen::Whole(issue, _) => (issue.id, issue.status, &issue.text),
                Seen::Shared(shared) => (shared.id, shared.status, &shared.wording),
            };
            request.say(&text!(
                "suggested-issue",
                number = id.0,
                status = Text::new(format!("word-status-{}", status.code())),
                wording = escape_markdown(&one_line(wording, WORDING_UNITS_MAX)),
            ))
        })
        .collect();
    Ok(cut(&lines.join("\n"), LINES_UNITS_MAX))
}

/// What the details of an issue say of the projects that answer it: those the person may know of.
///
/// # Errors
/// Storage failed.
pub(crate) async fn of_issue(request: &Request, issue: IssueId) -> Result<String, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let mut found = Vec::new();
                for id in storage::project::of_issue(connection, office, issue).await? {
                    found.extend(storage::project::find(connection, office, id).await?);
                }
                Ok(found)
            })
        })
        .await?;
    let sight = super::sight(request);
    let lines: Vec<String> = found
        .iter()
        .filter(|project| sight.sees(project))
        .map(|project| {
            request.say(&text!(
                "project-of-issue",
                name = word::name(project, request.language),
                state = word::state(project)
            ))
        })
        .collect();
    Ok(cut(&lines.join("\n"), LINES_UNITS_MAX))
}

/// The linked gatherings, as far as the person may know of them.
async fn sessions(request: &Request, project: &Project) -> Result<String, Error> {
    let mut lines = Vec::with_capacity(project.sessions.len());
    for id in &project.sessions {
        let told = session::word::told(request, Some(*id)).await?;
        lines.extend((!told.is_empty()).then_some(told));
    }
    Ok(cut(&lines.join("\n"), LINES_UNITS_MAX))
}
