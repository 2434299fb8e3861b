//! The shelf: one snapshot per server, read again when it may have become wrong.

use crate::{
    backoff::Backoff,
    discord::{Outcome, Port},
};
use commands::server::Member;
use domain::{
    id::{RoleId, ServerId, UserId},
    server::Server,
};
use futures::future::BoxFuture;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// Oldest snapshot a proof may rest on. Some changes (the flags of roles) come without an event.
pub(crate) const AGE_SECONDS_MAX: u64 = 60;
/// How often a snapshot is read again when events keep saying that it is old.
const READS_MAX: usize = 3;

/// Waits after a read that failed: Discord counts refused requests.
const BACKOFF: Backoff = Backoff {
    first: Duration::from_secs(1),
    most: Duration::from_secs(60),
};

/// Why there is no snapshot that a proof may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// The bot is not in the server, or Discord says that the server cannot be reached.
    Absent,
    /// Discord did not answer, or what it says keeps changing.
    Unread,
}

/// The snapshots of all servers.
pub(crate) struct Shelf {
    port: Port,
    bot: OnceLock<UserId>,
    places: Mutex<HashMap<ServerId, Arc<Place>>>,
    /// Counts snapshots that differ from the one before.
    changed: watch::Sender<u64>,
}

/// The place of one server.
#[derive(Default)]
struct Place {
    /// Counts events that say that the server changed.
    events: AtomicU64,
    /// Counts snapshots that differed.
    version: AtomicU64,
    state: tokio::sync::Mutex<State>,
}

#[derive(Default)]
struct State {
    read: Option<Read>,
    /// Reads that failed since the last that went well, and when the next may be made.
    failed: u32,
    not_before: Option<Instant>,
}

struct Read {
    snapshot: Arc<Server>,
    /// The events that had come before it was read.
    events: u64,
    at: Instant,
}

impl Shelf {
    pub(crate) fn new(port: Port) -> Self {
        Self {
            port,
            bot: OnceLock::new(),
            places: Mutex::default(),
            changed: watch::Sender::new(0),
        }
    }

    /// The bot is known: it does not change while the program runs.
    pub(crate) fn introduce(&self, bot: UserId) {
        let _same = self.bot.set(bot);
    }

    /// Who the bot is, once the first session is open.
    pub(crate) fn bot(&self) -> Option<UserId> {
        self.bot.get().copied()
    }

    /// The bot is in this server, and what is known of it is old.
    pub(crate) fn touch(&self, server: ServerId) {
        let place = Arc::clone(self.places().entry(server).or_default());
        place.events.fetch_add(1, Ordering::AcqRel);
    }

    /// What is known of every server is old (a session was opened or taken up again).
    pub(crate) fn touch_all(&self) {
        for place in self.places().values() {
            place.events.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// The server cannot be seen any more.
    pub(crate) fn forget(&self, server: ServerId) {
        self.places().remove(&server);
    }

    /// The servers the bot is in and that can be seen.
    pub(crate) fn servers(&self) -> Vec<ServerId> {
        self.places().keys().copied().collect()
    }

    /// Counts differing snapshots of a server; the number changes when one differs from the last.
    pub(crate) fn version(&self, server: ServerId) -> Option<u64> {
        self.places()
            .get(&server)
            .map(|place| place.version.load(Ordering::Acquire))
    }

    /// Told when a snapshot differs from the one before.
    pub(crate) fn changed(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// The server as it is now: no event has come since it was read, and it is not old. This is what
    /// a proof before sending rests on.
    pub(crate) async fn fresh(&self, server: ServerId) -> Result<Arc<Server>, Unknown> {
        self.read(server, Some(Duration::from_secs(AGE_SECONDS_MAX)))
            .await
    }

    /// The server as it was after the last event, however long ago that is; for looking, not for
    /// sending.
    pub(crate) async fn settled(&self, server: ServerId) -> Result<Arc<Server>, Unknown> {
        self.read(server, None).await
    }

    async fn read(
        &self,
        server: ServerId,
        age_max: Option<Duration>,
    ) -> Result<Arc<Server>, Unknown> {
        let place = self.places().get(&server).cloned().ok_or(Unknown::Absent)?;
        let bot = self.bot().ok_or(Unknown::Unread)?;
        // Readers of one server wait here for the one who reads.
        let mut state = place.state.lock().await;
        for left in (0..=READS_MAX).rev() {
            let events = place.events.load(Ordering::Acquire);
            if let Some(read) = &state.read
                && read.events == events
                && age_max.is_none_or(|most| read.at.elapsed() <= most)
            {
                return Ok(Arc::clone(&read.snapshot));
            }
            if left == 0 {
                break;
            }
            let at = Instant::now();
            if state.not_before.is_some_and(|moment| at < moment) {
                break;
            }
            let snapshot = match super::read(&self.port, server, bot).await {
                Outcome::Done(snapshot) => Arc::new(snapshot),
                outcome => {
                    tracing::warn!(reason = outcome.reason(), "a server could not be read");
                    state.not_before = Some(at + BACKOFF.wait(state.failed));
                    state.failed = state.failed.saturating_add(1);
                    return Err(Unknown::Unread);
                }
            };
            if state
                .read
                .as_ref()
                .is_none_or(|before| before.snapshot != snapshot)
            {
                place.version.fetch_add(1, Ordering::AcqRel);
                self.changed.send_modify(|changes| *changes += 1);
            }
            *state = State {
                read: Some(Read {
                    snapshot,
                    events,
                    at,
                }),
                ..State::default()
            };
        }
        Err(Unknown::Unread)
    }

    fn places(&self) -> std::sync::MutexGuard<'_, HashMap<ServerId, Arc<Place>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl commands::server::Servers for Shelf {
    fn look(&self, server: ServerId) -> BoxFuture<'_, Option<Arc<Server>>> {
        Box::pin(async move { self.fresh(server).await.ok() })
    }

    fn member(&self, server: ServerId, user: UserId) -> BoxFuture<'_, Member> {
        Box::pin(async move {
            match self.port.member(server, user).await {
                Outcome::Done(member) => {
                    Member::Here(member.roles.iter().map(|id| RoleId(id.0)).collect())
                }
                Outcome::Gone => Member::Absent,
                outcome => {
                    tracing::warn!(reason = outcome.reason(), "a member could not be read");
                    Member::Unread
                }
            }
        })
    }
}
