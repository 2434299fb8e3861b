//! `/project` 支援事業: events of associations that the office helps with, who does what by when, and
//! ideas that associations bring (持込み企画).
//!
//! Known to coordinators, to officers and contacts of the associations that hold one, and, where no
//! association restricts it, to everybody ([`domain::project::Sight`]).

pub(crate) mod add;
pub(crate) mod drop;
pub(crate) mod edit;
pub(crate) mod finish;
pub(crate) mod follow;
pub(crate) mod idea;
pub(crate) mod list;
pub(crate) mod mark;
pub(crate) mod offer;
pub(crate) mod option;
pub(crate) mod record;
pub(crate) mod show;
pub(crate) mod state;
pub(crate) mod suggest;
pub(crate) mod survey;
pub(crate) mod task;
pub(crate) mod undo;
pub(crate) mod word;

use crate::{
    Context,
    answer::Answer,
    custom_id::Project as Press,
    dispatch::{Fields, May},
    error::Error,
    request::Request,
    text::Text,
};
use domain::{
    id::{ProjectId, TaskId},
    project::{Project, Sight},
};

/// `/project` 支援事業
#[poise::command(
    slash_command,
    subcommands(
        "add::add",
        "task::task",
        "show::show",
        "list::list",
        "edit::edit",
        "finish::done",
        "drop::drop"
    ),
    subcommand_required
)]
pub(crate) async fn project(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// What the person may know of projects.
pub(crate) fn sight(request: &Request) -> Sight {
    Sight::of(&request.person, &request.office)
}

/// Reads a project the person may know of. A number one may not know and a number that does not exist
/// are answered alike.
///
/// # Errors
/// Refused with the one sentence for both.
pub(crate) async fn find(request: &Request, id: ProjectId) -> Result<Project, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::project::find(connection, office, id)))
        .await?;
    found
        .filter(|project| sight(request).sees(project))
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-project")))
}

/// Reads the project of a task the person may know of, as [`find`].
///
/// # Errors
/// Refused with one sentence for a task one may not know and one that does not exist.
pub(crate) async fn of_task(request: &Request, task: TaskId) -> Result<Project, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::project::of_task(connection, office, task)))
        .await?;
    found
        .filter(|project| sight(request).sees(project))
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-task")))
}

/// How the answer to a button or a select is deferred. Cards stand in channels, so what they lead to is
/// a message of its own.
pub(crate) fn may(press: Press) -> May {
    match press {
        Press::List(..) | Press::Undo(_) | Press::Follow(_) => May::Replace,
        Press::Suggested(_) | Press::Chosen(_) => May::Replace,
        Press::Decline(_) | Press::Survey(_) | Press::SurveyReword(_) => May::Ask,
        Press::Show(_)
        | Press::OfTask(_)
        | Press::Done(_)
        | Press::DoneOf(_)
        | Press::Remove(_)
        | Press::TakeUp(_)
        | Press::Declined(_)
        | Press::Surveyed(_) => May::Say,
    }
}

/// A button was pressed, or something chosen in a select.
pub(crate) async fn pressed(
    request: &Request,
    press: Press,
    values: &[String],
) -> Result<Answer, Error> {
    match press {
        Press::List(draft, page) => list::turn(request, draft, page).await,
        Press::Undo(draft) => undo::answer(request, draft).await,
        Press::Show(id) => show::answer(request, id).await,
        Press::OfTask(task) => show::of_task(request, task).await,
        Press::Suggested(id) => offer::all(request, id).await,
        Press::Chosen(id) => offer::some(request, id, values).await,
        Press::Done(task) => mark::one(request, task).await,
        Press::DoneOf(id) => mark::some(request, id, values).await,
        Press::Remove(id) => task::remove(request, id, values).await,
        Press::Follow(draft) => follow::answer(request, draft).await,
        Press::TakeUp(id) => idea::take_up(request, id).await,
        Press::Decline(id) => idea::ask(request, id).await,
        Press::Survey(id) => survey::ask(request, id).await,
        Press::SurveyReword(draft) => survey::reword(request, draft).await,
        Press::Declined(_) | Press::Surveyed(_) => {
            Err(Error::refuse(Text::new("refused-unknown-button")))
        }
    }
}

/// A form was sent.
pub(crate) async fn submitted(
    request: &Request,
    press: Press,
    fields: &Fields,
) -> Result<Answer, Error> {
    match press {
        Press::Declined(id) => idea::declined(request, id, fields).await,
        Press::Surveyed(id) => survey::sent(request, id, fields).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}
