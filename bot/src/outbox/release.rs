//! What was refused waits until a person has mended it; here is noticed that it may be mended, and that
//! a channel posts stand in has become open to others.
//!
//! When a server or the set-up of its office has changed, every destination is proven again. Those
//! that hold are mended: their refused rows are let go, their stoppages end. Those that do not are
//! told: what was sent just now is taken back, and the desk learns what others could read. On the way
//! the figures for `/metrics` and `/ready` are taken.

use super::{cause, proof::prove};
use crate::snapshot::Shelf;
use chrono::{DateTime, Utc};
use commands::App;
use domain::{audience::Destination, id::ServerId, office::Office, proof::destinations};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use storage::{
    Transaction,
    outbox::Counts,
    stoppage::{self, Cause},
};

/// How often one looks.
const LOOK: Duration = Duration::from_secs(2);
/// Servers are read again after this long even if nothing seems to have changed (some changes come
/// without an event), and refused rows are tried again.
const ANYWAY: Duration = Duration::from_secs(900);
/// Events come in groups: this long nothing more must have changed.
const QUIET: Duration = Duration::from_millis(200);

/// Looks after refused rows.
pub(crate) struct Releaser {
    pub(crate) app: App,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) desks: Arc<Desks>,
}

/// How many offices have no desk that can be written to.
#[derive(Debug, Default)]
pub(crate) struct Desks {
    unusable: AtomicUsize,
}

impl Desks {
    /// Offices without a usable desk, as last looked at.
    pub(crate) fn unusable(&self) -> usize {
        self.unusable.load(Ordering::Relaxed)
    }
}

/// What a server looked like when it was last proven.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen {
    office: i64,
    snapshot: u64,
}

impl Releaser {
    /// Looks for as long as the program runs.
    pub(crate) async fn look_after(self) {
        let mut changed = self.shelf.changed();
        let mut seen: HashMap<ServerId, Seen> = HashMap::new();
        let mut without_desk: BTreeSet<ServerId> = BTreeSet::new();
        let mut begun = Instant::now();
        loop {
            tokio::select! {
                _ = changed.changed() => tokio::time::sleep(QUIET).await,
                () = tokio::time::sleep(LOOK) => {}
            }
            if begun.elapsed() >= ANYWAY {
                seen.clear();
                self.shelf.touch_all();
                begun = Instant::now();
            }
            let servers = self.shelf.servers();
            seen.retain(|server, _| servers.contains(server));
            without_desk.retain(|server| servers.contains(server));
            for server in servers {
                match self.look_at(server, &mut seen, &mut without_desk).await {
                    // The program is stopping.
                    Ok(()) | Err(storage::Error::Closed) => {}
                    Err(error) => {
                        tracing::error!(%error, "refused deliveries could not be looked at");
                    }
                }
            }
            self.desks
                .unusable
                .store(without_desk.len(), Ordering::Relaxed);
            self.measure().await;
        }
    }

    async fn look_at(
        &self,
        server: ServerId,
        seen: &mut HashMap<ServerId, Seen>,
        without_desk: &mut BTreeSet<ServerId>,
    ) -> storage::Result<()> {
        let Some(office) = self.app.store.office(server).await? else {
            return Ok(());
        };
        // Reading the server is what notices a change that waits behind an event.
        let Ok(snapshot) = self.shelf.settled(server).await else {
            return Ok(());
        };
        let now = Seen {
            office: office.revision,
            snapshot: self.shelf.version(server).unwrap_or_default(),
        };
        if seen.get(&server) == Some(&now) {
            return Ok(());
        }
        let proofs: Vec<(Destination, Option<Cause>)> = destinations(&office)
            .into_iter()
            .map(|destination| {
                let hindrance = prove(&office, destination, &snapshot).err();
                (destination, hindrance.map(|it| cause::of_channel(&it)))
            })
            .chain([(Destination::Event, cause::of_events(&snapshot))])
            .collect();
        let desk = proofs.iter().find(|(d, _)| *d == Destination::Desk);
        if desk.is_some_and(|(_, cause)| cause.is_none()) {
            without_desk.remove(&server);
        } else {
            without_desk.insert(server);
        }
        let (office, clock_now) = (Arc::clone(&office), self.app.clock.now());
        let id = office.id;
        let released = self
            .app
            .store
            .write(move |tx| {
                let (office, proofs) = (Arc::clone(&office), proofs.clone());
                Box::pin(async move { settle(tx, &office, &proofs, clock_now).await })
            })
            .await?;
        match released {
            Some(released) => {
                if released > 0 {
                    tracing::info!(office.id = %id, released, "refused deliveries may go out now");
                }
                seen.insert(server, now);
            }
            // Somebody has set something up meanwhile: it is proven anew at the next look.
            None => {
                seen.remove(&server);
            }
        }
        Ok(())
    }

    async fn measure(&self) {
        metrics::gauge!("renkei_desks_unusable").set(figure(self.desks.unusable()));
        let Ok(counts) = self
            .app
            .store
            .read(|c| Box::pin(storage::outbox::counts(c)))
            .await
        else {
            return;
        };
        let Counts {
            waiting,
            refused,
            oldest_waiting_seconds,
        } = counts;
        let open = self.app.store.read(|c| Box::pin(stoppage::open_total(c)));
        if let Ok(open) = open.await {
            metrics::gauge!("renkei_stoppages_open").set(figure(open));
        }
        metrics::gauge!("renkei_outbox_waiting").set(figure(waiting));
        metrics::gauge!("renkei_outbox_refused").set(figure(refused));
        metrics::gauge!("renkei_outbox_oldest_waiting_seconds").set(figure(oldest_waiting_seconds));
    }
}

/// A channel was proven by a worker before anybody had looked after it: what hindered it is over. `false`
/// when the office is not set up any more as it was proven.
pub(super) async fn hold_again(
    app: &App,
    office: &Office,
    destination: Destination,
) -> storage::Result<bool> {
    let (id, revision, now) = (office.id, office.revision, app.clock.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                if !storage::office::is_set_up_as(tx, id, revision).await? {
                    return Ok(false);
                }
                stoppage::mend(tx, id, destination, now).await?;
                Ok(true)
            })
        })
        .await
}

/// Mends what holds and tells what does not; says how many rows were let go. `None` when the office is
/// not set up any more as it was proven: what was found then must not count now.
async fn settle(
    tx: &mut Transaction,
    office: &Office,
    proofs: &[(Destination, Option<Cause>)],
    now: DateTime<Utc>,
) -> storage::Result<Option<u64>> {
    if !storage::office::is_set_up_as(tx, office.id, office.revision).await? {
        return Ok(None);
    }
    let mut released = 0;
    for (destination, cause) in proofs {
        match cause {
            None => released += stoppage::mend(tx, office.id, *destination, now).await?,
            // An office without a desk is not set up yet, and asked for one anyway.
            Some(_)
                if *destination == Destination::Desk && destination.channel(office).is_none() => {}
            Some(cause) => stoppage::observe(tx, office.id, *destination, cause, now).await?,
        }
    }
    Ok(Some(released))
}

fn figure(count: impl TryInto<u32>) -> f64 {
    f64::from(count.try_into().unwrap_or(u32::MAX))
}
