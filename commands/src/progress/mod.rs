//! `/progress` 進捗: how the yearly targets get on, month by month (月次) and in a year (年次): words, a
//! chart and a sheet (.xlsx), read from the records as one reader may know them.
//!
//! | module | what |
//! |---|---|
//! | `reading`, `rows`, `issues`, `dates`, `reader` | the records of a month or a year, for one reader |
//! | `words`, `year_words` | what is said of them |
//! | [`month_sheet`], [`year_sheet`], `paper` | sheets and charts as files |
//! | `month`, `year`, `record`, `undo` | the commands; posting, taking that back, holding |
//!
//! Charts and sheets are made from the plain figures of [`domain::progress`] and hold nothing else. What
//! stands in channels is drawn by the cards; when, is [`crate::occurrence`]'s matter.

mod dates;
mod issues;
pub(crate) mod month;
pub mod month_sheet;
mod page;
pub(crate) mod paper;
mod reader;
pub(crate) mod reading;
mod record;
mod rows;
mod undo;
pub(crate) mod words;
mod year;
pub mod year_sheet;
pub(crate) mod year_words;

#[cfg(test)]
pub(crate) mod tests;

use crate::{Context, answer::Answer, custom_id::Report, error::Error, request::Request};
use domain::progress::Period;

pub(crate) use page::month_name;
pub(crate) use reader::Reader;

/// `/progress` 進捗
#[poise::command(
    slash_command,
    subcommands("month::month", "year::year"),
    subcommand_required
)]
pub(crate) async fn progress(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// A button below a post, or below the desk's look at one, was pressed.
pub(crate) async fn pressed(request: &Request, press: Report) -> Result<Answer, Error> {
    match press {
        Report::Show(Period::Month(of)) => month::show(request, of).await,
        Report::Show(Period::Year(of)) => year::show(request, of).await,
        Report::Hold(of) => record::hold(request, of, true).await,
        Report::Release(of) => record::hold(request, of, false).await,
        Report::Post(period) => record::post(request, period).await,
        Report::Undo(draft) => undo::answer(request, draft).await,
    }
}
