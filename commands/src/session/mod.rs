//! `/session` 連携の場: gatherings, planned by coordinators and known to their own circle of people
//! ([`domain::session::Sight`]).

mod key_person;
pub(crate) mod list;
pub(crate) mod option;
pub(crate) mod plan;
pub(crate) mod show;
pub(crate) mod state;
pub(crate) mod suggest;
pub(crate) mod undo;
pub(crate) mod word;

use crate::{Context, answer::Answer, custom_id, error::Error, request::Request, text::Text};
use domain::{
    id::SessionId,
    session::{Session, Sight},
};

/// `/session` 連携の場
#[poise::command(
    slash_command,
    subcommands("plan::plan", "show::show", "list::list"),
    subcommand_required
)]
pub(crate) async fn session(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// What the person may know of sessions.
pub(crate) fn sight(request: &Request) -> Sight {
    Sight::of(&request.person, &request.office)
}

/// Reads a session the person may know of. A number one may not know and a number that does not exist
/// are answered alike.
///
/// # Errors
/// Refused with the one sentence for both.
pub(crate) async fn find(request: &Request, id: SessionId) -> Result<Session, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::session::find(connection, office, id)))
        .await?;
    found
        .filter(|session| sight(request).sees(session))
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-session")))
}

/// A button about sessions was pressed.
pub(crate) async fn pressed(
    request: &Request,
    action: custom_id::Session,
) -> Result<Answer, Error> {
    match action {
        custom_id::Session::Plan(draft) => plan::confirmed(request, draft).await,
        custom_id::Session::Undo(draft) => undo::answer(request, draft).await,
        custom_id::Session::List(draft, page) => list::turn(request, draft, page).await,
    }
}
