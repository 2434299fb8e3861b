//! `/target` 年度目標: what an office has set itself for its fiscal years, and how it gets on.
//!
//! | module | what |
//! |---|---|
//! | [`import`] | a city's plan table becomes targets, after a preview |

pub(crate) mod import;

use crate::{Context, error::Error, text};
use domain::{era::FiscalYear, setting::Language};

/// `/target` 年度目標
#[poise::command(slash_command, subcommands("import::import"), subcommand_required)]
pub(crate) async fn target(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// 令和8年度, or FY2026.
pub(crate) fn year_name(year: FiscalYear, language: Language) -> String {
    match language {
        Language::Ja => year.to_string(),
        Language::En => text!("target-year", year = year.western().to_string()).say(language),
    }
}
