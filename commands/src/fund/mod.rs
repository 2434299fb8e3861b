//! `/fund` 基金: the menu of a prefectural fund, found by words and by what people need, and which project
//! was paid from which line.
//!
//! The menu is public knowledge: everybody the office knows may read it. Which project was paid from it, and
//! how much, is for the desk only, as budgets are. Coordinators import and link.

pub(crate) mod import;
mod line;
pub(crate) mod link;
pub(crate) mod option;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod suggest;
pub(crate) mod word;

use crate::{
    Context, answer::Answer, custom_id::Fund as Press, dispatch::May, error::Error,
    request::Request, text::Text,
};
use domain::{
    era::FiscalYear,
    fund::Fund,
    id::{FundId, OfficeId},
};
use storage::Connection;

/// `/fund` 基金
#[poise::command(
    slash_command,
    subcommands(
        "import::import",
        "search::search",
        "show::show",
        "suggest::suggest",
        "link::link"
    ),
    subcommand_required
)]
pub(crate) async fn fund(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// Everybody the office knows may ask.
///
/// # Errors
/// Refused for everybody else.
fn known(request: &Request) -> Result<(), Error> {
    if request.person.is_known() {
        return Ok(());
    }
    Err(Error::refuse(Text::new("refused-unknown-person")))
}

/// Reads a fund, taken out or not.
///
/// # Errors
/// Refused when there is none of this number.
pub(crate) async fn find(request: &Request, id: FundId) -> Result<Fund, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::fund::find(connection, office, id)))
        .await?;
    found.ok_or_else(|| Error::refuse(Text::new("refused-no-such-fund")))
}

/// The catalogue of a year, or of the newest where none is named: its lines that stand.
pub(crate) async fn catalogue(
    request: &Request,
    year: Option<FiscalYear>,
) -> Result<(Option<FiscalYear>, Vec<Fund>), Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(newest(connection, office, year)))
        .await?;
    Ok(found)
}

async fn newest(
    connection: &mut Connection,
    office: OfficeId,
    year: Option<FiscalYear>,
) -> storage::Result<(Option<FiscalYear>, Vec<Fund>)> {
    let year = match year {
        Some(year) => Some(year),
        None => storage::fund::years(connection, office)
            .await?
            .into_iter()
            .next(),
    };
    let Some(year) = year else {
        return Ok((None, Vec::new()));
    };
    let mut funds = storage::fund::of_year(connection, office, year).await?;
    funds.retain(|fund| !fund.withdrawn);
    Ok((Some(year), funds))
}

/// Why there is nothing to look through, and what to do.
fn nothing_yet(request: &Request, year: Option<FiscalYear>) -> Text {
    match (year, request.person.coordinator) {
        (Some(_), _) => Text::new("fund-no-such-year"),
        (None, true) => Text::new("fund-empty-desk"),
        (None, false) => Text::new("fund-empty"),
    }
}

/// How the answer to a button is deferred.
pub(crate) fn may(press: Press) -> May {
    match press {
        Press::Show(_) => May::Say,
        _ => May::Replace,
    }
}

/// A button was pressed.
pub(crate) async fn pressed(request: &Request, press: Press) -> Result<Answer, Error> {
    match press {
        Press::Search(draft, page) => search::turn(request, draft, page).await,
        Press::Show(id) => {
            known(request)?;
            Ok(Answer::Say(show::shown(request, id).await?))
        }
        Press::Undo(draft) => link::undo(request, draft).await,
        Press::Page(..) | Press::Store(..) | Press::Discard(_) | Press::ImportUndo(_) => {
            import::pressed(request, press).await
        }
    }
}
