//! `/session` 連携の場: gatherings, planned by coordinators and known to their own circle of people
//! ([`domain::session::Sight`]).

mod account;
mod cancel;
mod change;
pub(crate) mod event;
mod ics;
mod key_person;
pub(crate) mod list;
mod moving;
pub(crate) mod option;
pub(crate) mod plan;
pub(crate) mod show;
pub(crate) mod state;
pub(crate) mod suggest;
pub(crate) mod told;
pub(crate) mod undo;
pub(crate) mod word;

use crate::{
    Context,
    answer::Answer,
    custom_id,
    dispatch::{Fields, May},
    error::Error,
    request::Request,
    text::Text,
};
use domain::{
    id::SessionId,
    session::{Session, Sight},
};

/// `/session` 連携の場
#[poise::command(
    slash_command,
    subcommands(
        "plan::plan",
        "show::show",
        "list::list",
        "moving::change_date",
        "cancel::cancel",
        "account::record"
    ),
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
        .filter(|session| {
            sight(request).sees(session) || session.is_told_to(&request.person, &request.office)
        })
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-session")))
}

/// What a button about sessions may answer.
pub(crate) fn may(action: custom_id::Session) -> May {
    match action {
        custom_id::Session::Show(_) => May::Say,
        custom_id::Session::MoveAsk(_)
        | custom_id::Session::CancelAsk(_)
        | custom_id::Session::AccountAsk(_)
        | custom_id::Session::AccountEdit(_) => May::Ask,
        _ => May::Replace,
    }
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
        custom_id::Session::Show(id) => show::answered(request, id).await,
        custom_id::Session::Move(draft) => moving::confirmed(request, draft).await,
        custom_id::Session::MoveAsk(id) => moving::ask(request, id).await,
        custom_id::Session::Cancel(draft) => cancel::confirmed(request, draft).await,
        custom_id::Session::CancelAsk(id) => cancel::ask(request, id).await,
        custom_id::Session::AccountAsk(id) => account::ask(request, id).await,
        custom_id::Session::AccountEdit(draft) => account::edit(request, draft).await,
        custom_id::Session::AccountKeep(draft) => account::keep::confirmed(request, draft).await,
        custom_id::Session::Account(id, page) => account::reading::answer(request, id, page).await,
        custom_id::Session::MoveSent(_)
        | custom_id::Session::CancelSent(_)
        | custom_id::Session::AccountSent(_) => {
            Err(Error::refuse(Text::new("refused-unknown-button")))
        }
    }
}

/// A form about sessions was sent.
pub(crate) async fn submitted(
    request: &Request,
    action: custom_id::Session,
    fields: &Fields,
) -> Result<Answer, Error> {
    match action {
        custom_id::Session::MoveSent(id) => moving::submitted(request, id, fields).await,
        custom_id::Session::CancelSent(id) => cancel::submitted(request, id, fields).await,
        custom_id::Session::AccountSent(draft) => account::submitted(request, draft, fields).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}
