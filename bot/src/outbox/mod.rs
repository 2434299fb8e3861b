//! The outbox worker: claims rows, proves their audience, draws them and makes them right in Discord.
//!
//! It decides nothing about content: what stands where is decided where the row was written and drawn
//! by [`commands::card`]; who may see a channel is declared by the domain. Here is only how: claims by
//! lease, one destination at a time, back-off, search after doubt, and nothing without a proof and a
//! live session.

mod cause;
mod delivery;
mod discussion;
mod edit;
mod event;
mod note;
mod proof;
mod release;
mod relocation;
mod settled;
mod tag;
mod watch;

pub(crate) use delivery::Delivery;
pub(crate) use release::{Desks, Releaser};
pub(crate) use relocation::keep_in_place;
pub(crate) use watch::{Touched, Watch};

use crate::{discord::REQUEST_SECONDS_MAX, gateway::Gateway, snapshot::Shelf};
use commands::App;
use settled::Settled;
use std::{ops::RangeInclusive, sync::Arc, time::Duration};
use storage::outbox::{Claimed, Worker as Name};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Destinations served at once by one process: as many as have their turn within [`TURN_WAIT`], at least and
/// at most so many.
const PARALLEL: RangeInclusive<usize> = 8..=32;
/// While more than half of them are served, claims lie so far apart: several rows then share one.
const CLAIMS_APART: Duration = Duration::from_millis(5);
/// What is drawn waits so long for its turn, so that it does not grow old.
const TURN_WAIT: Duration = Duration::from_millis(250);
/// Longest time for one delivery, all its requests together.
const DELIVERY_SECONDS_MAX: u64 = 25;
/// How long a claimed row is ours. Longer than a delivery may take, so that nobody else has it while
/// it is on its way.
const LEASE_SECONDS: i64 = 30;
const _: () = assert!(LEASE_SECONDS.cast_unsigned() > DELIVERY_SECONDS_MAX);
const _: () = assert!(DELIVERY_SECONDS_MAX > REQUEST_SECONDS_MAX);
/// Longest time without looking whether something is due, where other processes may put it there.
const LOOK_SHARED: Duration = Duration::from_secs(1);
/// The same where this process is alone.
const LOOK_ALONE: Duration = Duration::from_secs(30);
/// Shortest time between two looks when rows are due that could not be claimed.
const LOOK_LEAST: Duration = Duration::from_millis(200);
/// How often one looks whether the session lives again.
const LOOK_WHILE_DEAD: Duration = Duration::from_millis(250);
/// The wait after the database failed.
const LOOK_AFTER_FAULT: Duration = Duration::from_secs(2);

/// The worker of one process.
pub(crate) struct Worker {
    app: App,
    gateway: Arc<Gateway>,
    shelf: Arc<Shelf>,
    delivery: Arc<Delivery>,
    /// Most destinations served at once.
    parallel: usize,
    name: String,
}

impl Worker {
    pub(crate) fn new(
        app: App,
        gateway: Arc<Gateway>,
        shelf: Arc<Shelf>,
        delivery: Delivery,
    ) -> Self {
        let random = getrandom::u64().unwrap_or_default();
        let name = format!("{}-{random:016x}", std::process::id());
        let turns = delivery.port.turns_in(TURN_WAIT);
        Self {
            app,
            gateway,
            shelf,
            parallel: turns.clamp(*PARALLEL.start(), *PARALLEL.end()),
            delivery: Arc::new(delivery),
            name,
        }
    }

    /// Works until told to stop, then finishes what is in hand.
    pub(crate) async fn work(self, stop: CancellationToken) {
        let shared = self.app.store.url_kind() != "sqlite";
        let queued = self.app.store.outbox_changed();
        let mut pictures = self.shelf.changed();
        let mut jobs: JoinSet<()> = JoinSet::new();
        while !stop.is_cancelled() {
            let told = queued.notified();
            tokio::pin!(told);
            // From here on nothing that is queued goes unnoticed.
            told.as_mut().enable();
            while jobs.try_join_next().is_some() {}
            let wait = self.hand_out(&mut jobs, shared).await;
            tokio::select! {
                () = stop.cancelled() => break,
                () = told => {}
                _ = pictures.changed() => {}
                Some(_) = jobs.join_next() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        while jobs.join_next().await.is_some() {}
    }

    /// Claims what may go out and starts delivering it; says how long to wait before the next look.
    async fn hand_out(&self, jobs: &mut JoinSet<()>, shared: bool) -> Duration {
        if !self.gateway.is_live() {
            return LOOK_WHILE_DEAD;
        }
        if jobs.len() > self.parallel / 2 && jobs.len() < self.parallel {
            tokio::time::sleep(CLAIMS_APART).await;
            while jobs.try_join_next().is_some() {}
        }
        let free = self.parallel.saturating_sub(jobs.len());
        if free == 0 {
            return LOOK_ALONE;
        }
        let claimed = match self.claim(free).await {
            Ok(claimed) => claimed,
            Err(error) => {
                tracing::error!(%error, "the outbox could not be read");
                return LOOK_AFTER_FAULT;
            }
        };
        let nothing = claimed.is_empty();
        for row in claimed {
            let delivery = Arc::clone(&self.delivery);
            let app = self.app.clone();
            jobs.spawn(async move { deliver(&app, &delivery, row).await });
        }
        if !nothing {
            return LOOK_LEAST;
        }
        let look = if shared { LOOK_SHARED } else { LOOK_ALONE };
        match self
            .app
            .store
            .read(|c| Box::pin(storage::outbox::next_due_in(c)))
            .await
        {
            Ok(due) => due.map_or(look, |due| due.clamp(LOOK_LEAST, look)),
            Err(_) => LOOK_AFTER_FAULT,
        }
    }

    async fn claim(&self, free: usize) -> storage::Result<Vec<Claimed>> {
        let limit = i64::try_from(free).unwrap_or(i64::MAX);
        let name = self.name.clone();
        self.app
            .store
            .write(move |tx| {
                let name = name.clone();
                Box::pin(async move {
                    storage::outbox::claim(tx, &Name { id: &name }, LEASE_SECONDS, limit).await
                })
            })
            .await
    }
}

/// Delivers one row and notes what became of it.
async fn deliver(app: &App, delivery: &Delivery, row: Claimed) {
    tracing::trace!(target: "renkei::point", point = "claimed");
    let limit = Duration::from_secs(DELIVERY_SECONDS_MAX);
    let settled = match tokio::time::timeout(limit, delivery.make_right(&row)).await {
        Ok(settled) => settled,
        Err(_) => Settled::Doubtful,
    };
    tell(app, &row, &settled);
    match note::note(app, row, settled).await {
        Ok(()) => tracing::trace!(target: "renkei::point", point = "after-word"),
        // The lease ends by itself, and the row is searched for.
        Err(error) => tracing::error!(%error, "the result of a delivery could not be noted"),
    }
}

fn tell(app: &App, row: &Claimed, settled: &Settled) {
    let (office, id, attempts) = (row.office, row.id, row.attempts);
    let result = settled.word();
    metrics::counter!("renkei_deliveries_total", "result" => result).increment(1);
    match settled {
        Settled::Sent(..) | Settled::Postponed(..) | Settled::Removed(_) => {
            let waited = (app.clock.now() - row.first_wanted_at)
                .num_milliseconds()
                .max(0);
            tracing::info!(
                office.id = %office, outbox.id = %id, result, waited_ms = waited, "delivered"
            );
        }
        Settled::Retry(after, reason) => tracing::warn!(
            office.id = %office, outbox.id = %id, attempts, reason = %reason,
            wait_ms = after.as_millis(), "a delivery has to wait"
        ),
        Settled::Recalled => tracing::warn!(
            office.id = %office, outbox.id = %id,
            "what was sent just now was taken back, because others could read it"
        ),
        Settled::Refused(cause) => tracing::warn!(
            office.id = %office, outbox.id = %id, code = %cause.code,
            "a delivery was refused and waits for a person"
        ),
        Settled::Doubtful | Settled::Doubted(_) => tracing::warn!(
            office.id = %office, outbox.id = %id, attempts,
            "it is not known whether something was delivered; it will be searched for"
        ),
    }
}
