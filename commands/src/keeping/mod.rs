//! Keeping and letting go (保存と削除): what was kept long enough, the whole office as one file, the office
//! that ends, and what persons ask for about their own data.
//!
//! Nothing here is deleted silently: the desk is told, decides, confirms, and what goes is named before it
//! does. What was decided is carried out step by step ([`carry_out`]), by whichever process looks first.

pub mod archive;
mod decision;
pub(crate) mod deletion;
pub(crate) mod departure;
pub(crate) mod export;
mod name;
pub(crate) mod petition;
pub(crate) mod retention;
pub(crate) mod work;
mod workbook;

pub use departure::{note_departure, note_return};
pub use work::{Carried, carry_out, next_end};
pub use workbook::NAMED;

use crate::{
    answer::Answer,
    custom_id::Keeping,
    dispatch::{Fields, May},
    error::Error,
    request::Request,
    text::Text,
};

/// How a button is answered.
pub(crate) fn may(press: Keeping) -> May {
    match press {
        Keeping::Phrase | Keeping::Done(_) | Keeping::Decline(_) => May::Ask,
        Keeping::List(_)
        | Keeping::Delete(_)
        | Keeping::Until(_)
        | Keeping::Second
        | Keeping::Remove(_) => May::Replace,
        _ => May::Say,
    }
}

/// A button was pressed.
pub(crate) async fn pressed(request: &Request, press: Keeping) -> Result<Answer, Error> {
    match press {
        Keeping::Open => retention::open(request).await,
        Keeping::List(page) => retention::turn(request, page).await,
        Keeping::Ask => decision::ask(request).await,
        Keeping::Delete(draft) => decision::delete(request, draft).await,
        Keeping::Longer => decision::longer(request),
        Keeping::Until(year) => decision::until(request, year).await,
        Keeping::Reopen(year) => decision::reopen(request, year).await,
        Keeping::Export => export::answer(request).await,
        Keeping::Second => deletion::second(request).await,
        Keeping::Phrase => deletion::form(request),
        Keeping::Confirm(id) => deletion::confirm(request, id).await,
        Keeping::Withdraw(id) => deletion::withdraw(request, id).await,
        Keeping::Petition(kind) => petition::ask(request, kind).await,
        Keeping::Done(id) => petition::done(request, id).await,
        Keeping::Remove(draft) => name::remove(request, draft).await,
        Keeping::Decline(id) => petition::decline(request, id).await,
        Keeping::Named(_) => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

/// A form was sent.
pub(crate) async fn submitted(
    request: &Request,
    press: Keeping,
    fields: &Fields,
) -> Result<Answer, Error> {
    match press {
        Keeping::Phrase => deletion::typed(request, fields).await,
        Keeping::Named(id) => name::named(request, id, fields).await,
        Keeping::Decline(id) => petition::declined(request, id, fields).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}
