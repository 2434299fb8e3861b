//! `/notice` 行政通知: documents of ministry and prefecture.

use crate::{Context, comparison, error::Error, feed};

/// `/notice` 行政通知
#[poise::command(
    slash_command,
    subcommands("comparison::compared", "feed::watch::watch"),
    subcommand_required
)]
pub(crate) async fn notice(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}
