//! `/notice` 行政通知: what ministry and prefecture issue, by topic and scope; what became of it; and
//! bulletins, by which associations are told and confirm that they have read.
//!
//! Everybody the office knows reads notices, drafts of feeds apart; coordinators change them. A bulletin is
//! confirmed by officers and contacts of its association.

pub(crate) mod add;
pub(crate) mod bulletin;
pub(crate) mod digest;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod pending;
pub(crate) mod replace;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod state;
pub(crate) mod undo;
pub(crate) mod word;

pub use bulletin::confirm_for;
pub use digest::tell;

use crate::{
    Context,
    answer::Answer,
    comparison,
    custom_id::Notice as Press,
    dispatch::{Fields, May},
    error::Error,
    feed,
    request::Request,
    text::Text,
};
use domain::{
    id::NoticeId,
    notice::{Notice, Topic},
};

/// `/notice` 行政通知
#[poise::command(
    slash_command,
    subcommands(
        "add::add",
        "import::import",
        "list::list",
        "show::show",
        "search::search",
        "digest::digest",
        "replace::replace",
        "pending::pending",
        "comparison::compared",
        "feed::watch::watch"
    ),
    subcommand_required
)]
pub(crate) async fn notice(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// Reading notices: everybody the office knows.
///
/// # Errors
/// Refused for everybody else.
pub(crate) fn known(request: &Request) -> Result<(), Error> {
    if request.person.is_known() {
        return Ok(());
    }
    Err(Error::refuse(Text::new("refused-unknown-person")))
}

/// Reads a notice the person may know of. A number one may not see and a number that does not exist are
/// answered alike.
///
/// # Errors
/// Refused with the one sentence for both.
pub(crate) async fn find(request: &Request, id: NoticeId) -> Result<Notice, Error> {
    known(request)?;
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::notice::find(connection, office, id)))
        .await?;
    found
        .filter(|notice| !notice.retracted && (!notice.draft || request.person.coordinator))
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-notice")))
}

/// The topics of the office.
pub(crate) async fn topics(request: &Request) -> Result<Vec<Topic>, Error> {
    let office = request.office_id();
    let topics = request
        .app
        .store
        .read(move |connection| Box::pin(storage::notice::topic::list(connection, office)))
        .await?;
    Ok(topics)
}

/// How a press about notices may be answered.
pub(crate) fn may(press: Press) -> May {
    match press {
        Press::Reword(_) | Press::Topic(_) | Press::Part(_) => May::Ask,
        Press::Show(_) | Press::Confirm(_) | Press::Bulletin(_, 0) | Press::Posting(_, 0) => {
            May::Say
        }
        _ => May::Replace,
    }
}

/// A button or a select was used.
pub(crate) async fn pressed(
    request: &Request,
    press: Press,
    values: &[String],
) -> Result<Answer, Error> {
    match press {
        Press::Reword(draft) => add::reword(request, draft).await,
        Press::Topic(draft) => add::ask_topic(request, draft).await,
        Press::Choose(draft) => add::choose_topic(request, draft, values).await,
        Press::Keep(draft) => add::keep(request, draft).await,
        Press::Show(id) => show::answer(request, id).await,
        Press::List(draft, page) => list::turn(request, draft, page).await,
        Press::Search(draft, page) => search::turn(request, draft, page).await,
        Press::Whole(draft) => replace::whole(request, draft).await,
        Press::Part(draft) => replace::ask_part(request, draft).await,
        Press::Undo(draft) => undo::answer(request, draft).await,
        Press::Preview(draft, page) => import::turn(request, draft, page).await,
        Press::Store(draft) => import::store(request, draft).await,
        Press::Discard(draft) => import::discard(request, draft).await,
        Press::Look(draft, place) => digest::look(request, draft, place).await,
        Press::Post(draft) => digest::post(request, draft).await,
        Press::Confirm(id) => bulletin::confirm(request, id).await,
        Press::Bulletin(id, page) => bulletin::turn(request, (id, false), page).await,
        Press::Posting(id, page) => bulletin::turn(request, (id, true), page).await,
        Press::Pending(page) => pending::turn(request, page).await,
        Press::Add | Press::Reworded(_) => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

/// A form was sent.
pub(crate) async fn submitted(
    request: &Request,
    press: Press,
    fields: &Fields,
) -> Result<Answer, Error> {
    match press {
        Press::Add => add::submitted(request, None, fields).await,
        Press::Reworded(draft) => add::submitted(request, Some(draft), fields).await,
        Press::Topic(draft) => add::name_topic(request, draft, fields).await,
        Press::Part(draft) => replace::part(request, draft, fields).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}
