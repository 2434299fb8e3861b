//! What became of a delivery is noted, with what follows from it: a stoppage begins, or is over.

use super::settled::Settled;
use chrono::{DateTime, Utc};
use commands::App;
use domain::stoppage::Reason;
use std::time::Duration;
use storage::{
    Transaction,
    outbox::{self, Claimed},
    stoppage::{self, Cause},
};

/// Notes it, in one transaction.
pub(super) async fn note(app: &App, row: Claimed, settled: Settled) -> storage::Result<()> {
    let now = app.clock.now();
    let counted = app
        .store
        .write(move |tx| {
            let (row, settled) = (row.clone(), settled.clone());
            Box::pin(async move { word(tx, &row, settled, now).await })
        })
        .await?;
    if !counted {
        tracing::warn!("a delivery took longer than its lease");
    }
    Ok(())
}

async fn word(
    tx: &mut Transaction,
    row: &Claimed,
    settled: Settled,
    now: DateTime<Utc>,
) -> storage::Result<bool> {
    let counted = match settled {
        Settled::Sent(revision, post) => outbox::sent(tx, row, revision, post).await?,
        Settled::Postponed(revision, post, after) => {
            outbox::postponed(tx, row, revision, post, whole_seconds(after)).await?
        }
        Settled::Removed(revision) => outbox::removed(tx, row, revision).await?,
        Settled::Recalled => return outbox::recalled(tx, row).await,
        Settled::Retry(after, _) => return outbox::retry(tx, row, whole_seconds(after)).await,
        Settled::Refused(cause) => {
            let counted = outbox::refuse(tx, row, &cause.code).await?;
            if counted {
                hindered(tx, row, &cause, now).await?;
            }
            return Ok(counted);
        }
        Settled::Doubtful => return Ok(true),
        Settled::Doubted(after) => return outbox::doubt(tx, row, whole_seconds(after)).await,
    };
    if counted {
        stoppage::passed(tx, row, now).await?;
    }
    Ok(counted)
}

/// Begins the stoppage, or goes on with it.
async fn hindered(
    tx: &mut Transaction,
    row: &Claimed,
    cause: &Cause,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    if row.recalled {
        return stoppage::stays(tx, row, now).await;
    }
    let subject = Reason::of(&cause.code)
        .is_of_one_message(row.post.is_some())
        .then_some(row.subject);
    stoppage::begin(tx, row.office, row.destination, subject, cause, now)
        .await
        .map(drop)
}

/// Waits are kept in whole seconds; none is cut short.
fn whole_seconds(wait: Duration) -> i64 {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    i64::try_from(seconds.max(1)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wait_is_cut_short() {
        for (millis, seconds) in [(0, 1), (600, 1), (1_000, 1), (1_001, 2), (512_250, 513)] {
            assert_eq!(whole_seconds(Duration::from_millis(millis)), seconds);
        }
    }
}
