//! Carries relocations on that no command waits for: after a crash, and after the configuration file has
//! changed an office.

use crate::snapshot::Shelf;
use commands::App;
use domain::id::ServerId;
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

/// How often one looks whether an office is set up differently.
const LOOK: Duration = Duration::from_secs(1);
/// Posts are looked for again after this long even if nothing seems to have changed: one may have been
/// on its way to a channel that lost its use meanwhile.
const ANYWAY: Duration = Duration::from_secs(60);

/// What is known of the offices.
#[derive(Default)]
struct Seen {
    /// The revision of an office when everything was in its place, and when that was.
    settled: HashMap<ServerId, (i64, Instant)>,
    /// The revision at the last look: whoever has just changed the set-up sees to it, and tells how many
    /// cards move.
    noticed: HashMap<ServerId, i64>,
}

/// Looks after relocations for as long as the program runs.
pub(crate) async fn keep_in_place(app: App, shelf: Arc<Shelf>) {
    let mut seen = Seen::default();
    loop {
        for server in shelf.servers() {
            match look_at(&app, server, &mut seen).await {
                // The program is stopping.
                Ok(()) | Err(storage::Error::Closed) => {}
                Err(error) => {
                    tracing::error!(%error, "cards could not follow the set-up; they will later");
                }
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn look_at(app: &App, server: ServerId, seen: &mut Seen) -> storage::Result<()> {
    let Some(office) = app.store.office(server).await? else {
        return Ok(());
    };
    let noticed = seen.noticed.insert(server, office.revision);
    if noticed != Some(office.revision) {
        return Ok(());
    }
    let same = seen
        .settled
        .get(&server)
        .is_some_and(|(revision, at)| *revision == office.revision && at.elapsed() < ANYWAY);
    if same && !commands::relocation::is_due(app, &office).await? {
        return Ok(());
    }
    let moved = commands::relocation::carry_out(app, server).await?;
    if moved.cards > 0 {
        tracing::info!(office.id = %office.id, cards = moved.cards, "cards follow the set-up");
    }
    if moved.complete {
        seen.settled
            .insert(server, (office.revision, Instant::now()));
    }
    Ok(())
}
