//! `/issue` 課題: writing down, reading, correcting, moving on.

pub(crate) mod add;
pub(crate) mod batch;
pub(crate) mod category;
pub(crate) mod change;
pub(crate) mod chosen;
pub(crate) mod discuss;
pub(crate) mod draft;
pub(crate) mod edit;
pub(crate) mod ending;
pub(crate) mod form;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod merge;
pub(crate) mod named;
pub(crate) mod pass_on;
pub(crate) mod place;
pub(crate) mod privacy;
pub(crate) mod put_off;
pub(crate) mod record;
pub(crate) mod returned;
pub(crate) mod search;
pub(crate) mod share;
pub(crate) mod show;
pub(crate) mod similar;
pub(crate) mod source;
pub(crate) mod state;
pub(crate) mod status;
pub(crate) mod suggest;
pub(crate) mod tally;
pub(crate) mod tier;
pub(crate) mod undo;

pub use import::end_abandoned as end_abandoned_imports;

use crate::{
    App, Context, answer::Answer, custom_id::Course, dispatch::May, error::Error, permission,
    request::Request,
};
use domain::{
    id::IssueId,
    issue::Issue,
    visibility::{Seen, View},
};

/// `/issue` 課題
#[poise::command(
    slash_command,
    subcommands(
        "add::add",
        "show::show",
        "list::list",
        "crate::manual::export::export",
        "link::link",
        "search::search",
        "edit::edit",
        "share::share",
        "tier::tier",
        "category::sort",
        "status::status",
        "import::import"
    ),
    subcommand_required
)]
pub(crate) async fn issue(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// The subject under which an issue stands in the outbox, the audit and the history.
pub(crate) fn subject(id: IssueId) -> storage::outbox::Subject {
    storage::outbox::Subject {
        kind: storage::outbox::SubjectKind::Issue,
        id: id.0,
    }
}

/// What the answer to a button of [`Course`] may be.
pub(crate) fn may(course: Course) -> May {
    match course {
        Course::Discuss(_) | Course::Returned(_) => May::Say,
        Course::ReturnedPage(..) => May::Replace,
    }
}

/// A button of [`Course`] was pressed.
pub(crate) async fn pressed(request: &Request, course: Course) -> Result<Answer, Error> {
    match course {
        Course::Discuss(issue) => discuss::answer(request, issue).await,
        Course::Returned(reminder) => returned::open(request, reminder).await,
        Course::ReturnedPage(reminder, page) => returned::turn(request, reminder, page).await,
    }
}

/// Reads an issue as far as the person may.
///
/// # Errors
/// Refused when there is none the person may read.
pub(crate) async fn find(request: &Request, id: IssueId) -> Result<Seen, Error> {
    let office = request.office_id();
    let app: &App = &request.app;
    let found = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let issue = storage::issue::find(connection, office, id).await?;
                let disclosures = storage::disclosure::of(connection, office, id).await?;
                Ok((issue, disclosures))
            })
        })
        .await?;
    permission::read_issue(request, found)
}

/// Reads the original of an issue, for whoever is about to change it.
///
/// # Errors
/// Refused as [`find`] does, and when the person was only told of it.
pub(crate) async fn original(request: &Request, id: IssueId) -> Result<(Issue, View), Error> {
    permission::whole(request, find(request, id).await?)
}
