//! `/target import` 取込: a city's plan table becomes targets, goals and records, after a preview of all of
//! it: what was understood, what was guessed and why, what was not understood, and what differs from what
//! is kept.
//!
//! Nothing is stored before the preview is confirmed; then all of it is, in one transaction, and can be
//! taken back in one step. The same table again changes nothing. Coordinators only.
//!
//! | module | what |
//! |---|---|
//! | [`waiting`] | the sealed draft the cells wait in |
//! | [`seen`] | the table beside what is kept |
//! | [`preview`], [`line`] | what people see of it, page by page |
//! | [`store`] | what the preview shows becomes the office's |
//! | [`undo`], [`history`] | all of it taken back; what was changed before |

mod history;
mod line;
mod preview;
mod seen;
mod store;
mod undo;
mod waiting;

use crate::{
    Context,
    answer::{Answer, Reply},
    custom_id::Plan,
    dispatch::{May, answer},
    error::Error,
    handed, permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::{FiscalYear, parse_fiscal_year},
    id::DraftId,
    target::plan::{self, PlanFault},
};
use seen::Seen;
use serenity::all::Attachment;
use waiting::Waiting;

/// `/target import` 取込
#[poise::command(slash_command)]
pub(crate) async fn import(
    ctx: Context<'_>,
    file: Attachment,
    year: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let year = year.as_deref().map(fiscal_year).transpose()?;
        let sheets = handed::understood(&request, &file, |sheets| sheets).await?;
        let waiting = Waiting::new(sheets, year);
        let seen = Seen::of(&request, &waiting).await?;
        let draft = waiting.keep(&request).await?;
        let group = preview::first(&seen);
        Ok(Answer::Say(preview::page(&request, &seen, draft, group, 0)))
    })
    .await
}

/// Reads an option that names a fiscal year.
pub(in crate::target) fn fiscal_year(written: &str) -> Result<FiscalYear, Error> {
    parse_fiscal_year(written).map_err(|_| Error::refuse(Text::new("refused-plan-year")))
}

/// A button was pressed.
pub(crate) async fn pressed(request: &Request, action: Plan) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    match action {
        Plan::Page(draft, group, page) => {
            let waiting = Waiting::find(request, draft).await?;
            let seen = Seen::of(request, &waiting).await?;
            let page = preview::page(request, &seen, draft, group, page);
            Ok(Answer::Replace(page))
        }
        Plan::Store(draft, shown) => store::confirm(request, draft, shown).await,
        Plan::Discard(draft) => discard(request, draft).await,
        Plan::Undo(draft) => undo::answer(request, draft).await,
    }
}

async fn discard(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    Waiting::remove(request, draft).await?;
    let reply = Reply::of(&Text::new("plan-discarded"), request.language);
    Ok(Answer::Replace(reply))
}

/// The refusal of a file that holds no plan table.
fn no_plan(fault: PlanFault) -> Error {
    Error::refuse(match fault {
        PlanFault::NoHeading => Text::new("plan-no-heading"),
        PlanFault::TooLong => text!("plan-too-long", rows = plan::ROWS_MAX),
        PlanFault::Empty => Text::new("plan-empty"),
        PlanFault::NoYear => Text::new("plan-no-year"),
    })
}
