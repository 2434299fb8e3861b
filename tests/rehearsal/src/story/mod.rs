//! The story: real statements of the manual (seed 000, chapters 1 to 3), said by the people of the
//! city, and what became of each. Nothing of it is written down beforehand: number, tier and reason
//! come from the bot's answer, the place from where the card stands, the readers from what every
//! client was sent.

mod layout;
mod play;
mod report;
mod share;
mod statement;

use std::io::Write;
use std::time::Instant;

use crate::stage::Stage;
pub use play::Told;
pub use statement::{STATEMENTS, Statement};

/// How the story went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Summary {
    /// Statements that were recorded.
    pub recorded: usize,
    /// Statements that were refused.
    pub refused: usize,
    /// Statements that reached somebody who may not see the place where the card stands.
    pub leaked: usize,
}

/// Plays every statement and writes down what became of it, one block each.
///
/// # Errors
/// When the bot does not answer, a card does not come, or the writer fails.
pub async fn tell(stage: &Stage, out: &mut (dyn Write + Send)) -> anyhow::Result<Summary> {
    let started = Instant::now();
    report::opening(stage, out)?;
    let mut summary = Summary::default();
    let mut at_desk = None;
    for (index, statement) in STATEMENTS.iter().enumerate() {
        let told = play::play(stage, statement).await?;
        report::block(stage, index + 1, statement, &told, out)?;
        match &told {
            Told::Recorded(recorded) => {
                summary.recorded += 1;
                summary.leaked += usize::from(recorded.leaked());
                if statement.words == share::OF {
                    at_desk = Some(recorded.clone());
                }
            }
            Told::Refused(refused) => {
                summary.refused += 1;
                summary.leaked += usize::from(refused.leaked());
            }
        }
    }
    if let Some(recorded) = at_desk {
        let shared = share::share(stage, &recorded).await?;
        share::report(stage, &recorded.number, &shared, out)?;
        summary.leaked += usize::from(shared.leaked());
    }
    report::closing(&summary, started.elapsed(), out)?;
    Ok(summary)
}
