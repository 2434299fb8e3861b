//! Housekeeping: what has served its time goes, and what libraries forget to clear is cleared.
//!
//! It follows the wire clock: how often one looks is no matter of the office. What has expired is
//! decided by the office clock.

use chrono::TimeDelta;
use commands::App;
use metrics_exporter_prometheus::PrometheusHandle;
use serenity::all::Http;
use std::{sync::Arc, time::Duration};
use tokio::time::{MissedTickBehavior, interval};

/// How often expired records are looked for.
const PURGE_EVERY: Duration = Duration::from_secs(3_600);
/// How often small things of the process are put in order.
const TIDY_EVERY: Duration = Duration::from_secs(30);
/// How long the claim of an interaction is kept; Discord delivers one twice within minutes, and its
/// token lives 15 minutes.
const CLAIMS_KEPT_HOURS: i64 = 24;
/// Wordings made ready for searches in one transaction; others get in between.
const WORDINGS_AT_ONCE: i64 = 100;
/// More entries than this in serenity's rate limiter are looked through.
const ROUTES_MAX: usize = 256;

/// Keeps house for as long as the program runs.
pub(crate) async fn keep(app: App, http: Arc<Http>, recorder: PrometheusHandle) {
    let mut purge = interval(PURGE_EVERY);
    let mut tidy = interval(TIDY_EVERY);
    purge.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tidy.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = purge.tick() => {
                if let Err(error) = purge_expired(&app).await {
                    tracing::error!(%error, "what has expired could not be removed");
                }
                if let Err(error) = make_wordings_anew(&app).await {
                    tracing::error!(%error, "wordings could not be made ready for searches");
                }
            }
            _ = tidy.tick() => {
                recorder.run_upkeep();
                prune_routes(&http).await;
                // Other processes plan as well, and what failed is tried again.
                app.store.occurrence_changed().notify_one();
            }
        }
    }
}

async fn purge_expired(app: &App) -> storage::Result<()> {
    let now = app.clock.now();
    let before = now - TimeDelta::hours(CLAIMS_KEPT_HOURS);
    let drafts = app
        .store
        .write(move |tx| Box::pin(storage::draft::purge(tx, now)))
        .await?;
    let claims = app
        .store
        .write(move |tx| Box::pin(storage::interaction::purge(tx, before)))
        .await?;
    let imports = commands::issue::end_abandoned_imports(app).await?;
    if imports > 0 {
        tracing::info!(imports, "imports that nobody carried on in time were ended");
    }
    if drafts + claims > 0 {
        tracing::info!(drafts, claims, "what has expired was removed");
    }
    Ok(())
}

/// Makes ready for searches what an older version wrote down: at the start of a newer one, and while
/// both run side by side.
async fn make_wordings_anew(app: &App) -> storage::Result<()> {
    let mut anew = 0;
    loop {
        let some = app
            .store
            .write(|tx| {
                Box::pin(async move {
                    let issues = storage::issue::make_anew(tx, WORDINGS_AT_ONCE).await?;
                    let notices = storage::notice::make_anew(tx, WORDINGS_AT_ONCE).await?;
                    Ok(issues + notices)
                })
            })
            .await?;
        if some == 0 {
            break;
        }
        anew += some;
    }
    if anew > 0 {
        tracing::info!(anew, "wordings were made ready for searches");
    }
    Ok(())
}

/// serenity's rate limiter keeps an entry per interaction for ever. One whose limit has been reset,
/// or that never had one, knows nothing that the next answer would not tell again.
async fn prune_routes(http: &Http) {
    let Some(limiter) = &http.ratelimiter else {
        return;
    };
    let routes = limiter.routes();
    if routes.read().await.len() <= ROUTES_MAX {
        return;
    }
    let now = std::time::Instant::now();
    let mut routes = routes.write().await;
    let before = routes.len();
    routes.retain(|_, entry| {
        // Somebody is using it.
        let Ok(entry) = entry.try_lock() else {
            return true;
        };
        entry.reset().is_some_and(|reset| reset.elapsed().is_err())
    });
    let pruned = before - routes.len();
    tracing::debug!(
        pruned,
        duration_ms = now.elapsed().as_millis(),
        "the rate limiter was pruned"
    );
}
