//! Feeds (購読): the bot reads what offices watch, when it is due, whatever others of them do.
//!
//! It follows the office clock, as what is due later does. Several are read at once, so that a slow one
//! keeps nobody waiting; any number of processes may look: the database decides which of them reads a feed.
//! What an entry becomes, and who is told of trouble, is decided by [`commands::feed`].

mod fetch;
mod guard;
mod letters;
mod parse;
#[cfg(test)]
mod tests;

pub use fetch::{Limits, Reader};
pub use guard::{Ground, Internet, is_public};

use commands::App;
use futures::future::join_all;
use std::{sync::Arc, time::Duration};
use storage::feed::Claimed;
use tokio_util::sync::CancellationToken;

/// Feeds read at once.
const AT_ONCE: i64 = 4;
/// How often one looks for what somebody began to watch, here or in another process: one small query.
const LOOK: Duration = Duration::from_secs(5);

/// Reads feeds until told to stop; a stop waits for no server.
pub(crate) async fn watch(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match look(&app, &stop).await {
            Ok(()) => {}
            Err(error) => tracing::error!(%error, "feeds could not be looked after"),
        }
        let next = app
            .store
            .read(|connection| Box::pin(storage::feed::next_due(connection)))
            .await
            .unwrap_or_default();
        let due = async {
            match next {
                // What is due and was not read is in other hands, whose lease may end.
                Some(next) if next > app.clock.now() => app.clock.sleep_until(next).await,
                _ => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = due => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Reads everything that is due.
async fn look(app: &App, stop: &CancellationToken) -> storage::Result<()> {
    while !stop.is_cancelled() {
        let now = app.clock.now();
        let claimed = app
            .store
            .write(move |tx| Box::pin(storage::feed::claim(tx, now, AT_ONCE)))
            .await?;
        if claimed.is_empty() {
            return Ok(());
        }
        let read = join_all(claimed.into_iter().map(|feed| read(app, feed)));
        tokio::select! {
            // What was not read yet is claimed again when its lease has ended.
            () = stop.cancelled() => {}
            _ = read => {}
        }
    }
    Ok(())
}

/// Reads one feed. Whatever becomes of it stays with it.
async fn read(app: &App, claimed: Claimed) {
    let (office, feed) = (claimed.office, claimed.feed.id);
    let result = match commands::feed::read(app, Arc::new(claimed)).await {
        Ok(result) => result,
        Err(error) => {
            tracing::error!(office.id = %office, feed.id = %feed, %error, "what a feed brought could not be kept");
            return;
        }
    };
    metrics::counter!("renkei_feed_readings_total", "result" => result.code()).increment(1);
    tracing::info!(office.id = %office, feed.id = %feed, result = result.code(), "a feed was read");
}
