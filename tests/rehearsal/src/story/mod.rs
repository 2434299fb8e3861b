//! The story: real statements of the manual (seed 000, chapters 1 to 3), said by the people of the
//! city, and what became of each; then what follows from one of them in the next weeks: a gathering, a
//! review, a support project, and everything people are reminded of (chapters 2 and 4), beside a plan of the
//! year and its month (seed 001). Nothing of it is written down beforehand: number, tier and reason
//! come from the bot's answer, the place from where the card stands, the readers from what every
//! client was sent.

mod follow;
mod layout;
mod plan;
mod play;
mod report;
mod scene;
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
    /// Posts of what followed.
    pub followed: usize,
    /// Statements and posts that reached somebody who may not see the place where they stand.
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
    let (mut first, mut at_desk) = (None, None);
    for (index, statement) in STATEMENTS.iter().enumerate() {
        let told = play::play(stage, statement).await?;
        report::block(stage, index + 1, statement, &told, out)?;
        match &told {
            Told::Recorded(recorded) => {
                summary.recorded += 1;
                first.get_or_insert_with(|| recorded.number.clone());
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
    if let Some(number) = first {
        let (followed, leaked) = follow::follow(stage, &number, out).await?;
        summary.followed += followed;
        summary.leaked += leaked;
    }
    report::closing(&summary, started.elapsed(), out)?;
    Ok(summary)
}
