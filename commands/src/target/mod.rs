//! `/target` 年度目標: what an office has set itself per area and item, how it gets on, and entries of
//! progress (進捗) towards it.
//!
//! Known to everybody the office knows, but for targets an association sees to, which are for it and the
//! desk ([`domain::target::Sight`]). Coordinators change them.

pub(crate) mod add;
mod choice;
mod counted;
pub(crate) mod entry;
pub(crate) mod export;
mod form;
pub(crate) mod goal;
pub(crate) mod import;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod option;
mod part;
pub(crate) mod record;
pub(crate) mod show;
pub(crate) mod state;
pub(crate) mod suggest;
pub(crate) mod undo;
pub(crate) mod word;
mod write;

use crate::{
    Context,
    answer::Answer,
    card::year_name,
    custom_id::Target as Press,
    dispatch::{Fields, May},
    error::Error,
    request::Request,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    era::FiscalYear,
    id::TargetId,
    target::{Goal, Sight, Standing, Target},
};
use std::collections::BTreeSet;

/// `/target` 年度目標
#[poise::command(
    slash_command,
    subcommands(
        "list::list",
        "show::show",
        "record::record",
        "link::link",
        "goal::goal",
        "add::add",
        "import::import",
        "export::export"
    ),
    subcommand_required
)]
pub(crate) async fn target(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// What the person may know of targets.
pub(crate) fn sight(request: &Request) -> Sight {
    Sight::of(&request.person, &request.office)
}

/// Goals as the person may read them: that one repeats a target they may not know of is not said.
fn without_unseen<'g>(goals: impl IntoIterator<Item = &'g mut Goal>, seen: &BTreeSet<TargetId>) {
    for goal in goals {
        let again = &mut goal.content.again;
        *again = again.filter(|first| seen.contains(first));
    }
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

/// Reads a target the person may know of. A number one may not know and a number that does not exist are
/// answered alike.
///
/// # Errors
/// Refused with the one sentence for both.
pub(crate) async fn find(request: &Request, id: TargetId) -> Result<Target, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::target::find(connection, office, id)))
        .await?;
    found
        .filter(|target| sight(request).sees(target))
        .ok_or_else(no_such)
}

/// Every target the person may know of, in the order of the table.
pub(crate) async fn seen(request: &Request) -> Result<Vec<Target>, Error> {
    let (office, sight) = (request.office_id(), sight(request));
    if sight.is_blind() {
        return Ok(Vec::new());
    }
    let mut all = request
        .app
        .store
        .read(move |connection| Box::pin(storage::target::all(connection, office)))
        .await?;
    all.retain(|target| sight.sees(target));
    Ok(all)
}

/// The targets of the office as they stand in a year: today, or on its last day once it is over.
pub(crate) async fn standings(request: &Request, year: FiscalYear) -> Result<Vec<Standing>, Error> {
    let office = request.office_id();
    let start_month = request.office.settings.fiscal_year_start;
    let on = day_of(request, year);
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::target::standings(connection, office, (year, start_month), on).await
            })
        })
        .await?;
    Ok(found)
}

/// The day as of which a year is told: today, or on its last day once it is over, or its first before it
/// begins.
pub(crate) fn day_of(request: &Request, year: FiscalYear) -> NaiveDate {
    let (first, last) = span(request, year);
    request.today().clamp(first, last.max(first))
}

/// The first and the last day of a year.
pub(crate) fn span(request: &Request, year: FiscalYear) -> (NaiveDate, NaiveDate) {
    let start = request.office.settings.fiscal_year_start;
    (year.first_day(start), year.last_day(start))
}

/// The year that runs.
pub(crate) fn this_year(request: &Request) -> FiscalYear {
    FiscalYear::of(request.today(), request.office.settings.fiscal_year_start)
}

fn no_such() -> Error {
    Error::refuse(Text::new("refused-no-such-target"))
}

/// How the answer to a button or a select is deferred.
pub(crate) fn may(press: Press) -> May {
    match press {
        Press::List(..)
        | Press::Records(..)
        | Press::Counted(..)
        | Press::Goals(..)
        | Press::Belong(..)
        | Press::Belongs(..)
        | Press::Choices(..)
        | Press::Undo(_) => May::Replace,
        Press::Note(_)
        | Press::Choose(..)
        | Press::Correct(_)
        | Press::Reword(_)
        | Press::Goal(..)
        | Press::GoalReword(_) => May::Ask,
        Press::Pick(_)
        | Press::OfSession(_)
        | Press::Withdraw(_)
        | Press::Restore(_)
        | Press::Word(..)
        | Press::Noted(_)
        | Press::GoalSent(_) => May::Say,
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
        Press::Records(id, year, page) => part::records(request, id, year, page).await,
        Press::Counted(id, year, page) => part::counted(request, id, year, page).await,
        Press::Goals(id, page) => part::goals(request, id, page).await,
        Press::Pick(id) => entry::picked(request, id, values).await,
        Press::Note(id) => record::ask(request, id).await,
        Press::OfSession(id) => record::ask_of_session(request, id).await,
        Press::Choose(draft, page) => record::chosen(request, draft, page, values).await,
        Press::Choices(draft, page) => choice::turn_asking(request, draft, page).await,
        Press::Belong(id, page) => choice::belong(request, id, page, values).await,
        Press::Belongs(id, page) => choice::turn(request, id, page).await,
        Press::Correct(id) => record::ask_again(request, id).await,
        Press::Reword(draft) => record::reword(request, draft).await,
        Press::Withdraw(id) => entry::withdraw(request, id, true).await,
        Press::Restore(id) => entry::withdraw(request, id, false).await,
        Press::Goal(id, year) => goal::ask(request, id, year).await,
        Press::GoalReword(draft) => goal::reword(request, draft).await,
        Press::Word(id, year, state) => goal::say(request, id, year, state).await,
        Press::Undo(draft) => undo::answer(request, draft).await,
        Press::Noted(_) | Press::GoalSent(_) => {
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
        Press::Noted(draft) => record::sent(request, draft, fields).await,
        Press::GoalSent(draft) => goal::sent(request, draft, fields).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}
