//! One session with the gateway, on a thread of its own.
//!
//! serenity starts tasks that nobody can stop (its queue tries to connect for ever, and a stream that
//! ended without a close code makes a task spin). Here they all live in a runtime of their own: when
//! the session is given up, the runtime goes and takes them with it, and a spinning task never takes
//! a thread from the rest of the program.

use super::{
    ear::{Ear, Heard},
    pulse::Pulse,
};
use crate::error::Error;
use serenity::{
    all::{ConnectionStage, GatewayError, GatewayIntents, Http, ShardManager, ShardManagerOptions},
    futures::StreamExt,
};
use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};
use tokio::sync::{Mutex, RwLock, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// What the bot hears of (events/gateway, "List of Intents"): servers with their roles and channels, and
/// the servers' own lists of events. Neither is privileged.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_SCHEDULED_EVENTS);

/// How often the thread shows that it answers, and the state of the connection is looked at.
const BEAT: Duration = Duration::from_millis(500);
/// How long a session may take to say goodbye.
const GOODBYE_SECONDS_MAX: u64 = 2;

/// How a session ended by itself.
#[derive(Debug)]
pub(crate) enum End {
    /// There is no use in trying again.
    Fatal(Error),
    /// Another session may do better.
    Again(&'static str),
}

/// A running session; dropping it ends it.
pub(crate) struct Session {
    pub(crate) manager: Arc<ShardManager>,
    stop: CancellationToken,
    ended: oneshot::Receiver<End>,
}

/// What a session needs from the program.
pub(crate) struct Surroundings {
    pub(crate) http: Arc<Http>,
    pub(crate) url: String,
    pub(crate) pulse: Arc<Pulse>,
    pub(crate) heard: mpsc::Sender<Heard>,
}

impl Session {
    /// Opens a session.
    ///
    /// # Errors
    /// [`Error::System`] when the thread cannot be started.
    pub(crate) async fn open(surroundings: Surroundings) -> Result<Self, Error> {
        let stop = CancellationToken::new();
        let (started, starting) = oneshot::channel();
        let (ending, ended) = oneshot::channel();
        let system = |error: std::io::Error| Error::System(error.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(system)?;
        let told = stop.clone();
        std::thread::Builder::new()
            .name("renkei-gateway".to_owned())
            .spawn(move || {
                let end = runtime.block_on(hold(surroundings, started, told));
                runtime.shutdown_background();
                // Nobody waits for the end of a session that was given up.
                drop(ending.send(end));
            })
            .map_err(system)?;
        let manager = starting
            .await
            .map_err(|_| Error::System("the gateway's thread ended at once".to_owned()))?;
        Ok(Self {
            manager,
            stop,
            ended,
        })
    }

    /// Completes when the session ends by itself.
    pub(crate) async fn ended(&mut self) -> End {
        (&mut self.ended)
            .await
            .unwrap_or(End::Again("its thread ended"))
    }

    /// Says goodbye to Discord, as far as that is possible in a short time, and ends the session.
    pub(crate) async fn close(self) {
        let goodbye = self.manager.shutdown_all();
        if tokio::time::timeout(Duration::from_secs(GOODBYE_SECONDS_MAX), goodbye)
            .await
            .is_err()
        {
            tracing::debug!("the gateway session did not close in time");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Runs the session until it ends or is told to stop.
async fn hold(
    surroundings: Surroundings,
    started: oneshot::Sender<Arc<ShardManager>>,
    stop: CancellationToken,
) -> End {
    let Surroundings {
        http,
        url,
        pulse,
        heard,
    } = surroundings;
    let slot = Arc::new(OnceLock::new());
    let ear = Arc::new(Ear {
        heard,
        pulse: Arc::clone(&pulse),
        manager: Arc::clone(&slot),
    });
    // What `serenity::Client` does, without its own question for the gateway's address, which falls
    // back to Discord's in silence.
    let (manager, mut returned) = ShardManager::new(ShardManagerOptions {
        data: Arc::new(RwLock::default()),
        event_handlers: vec![Arc::clone(&ear) as _],
        raw_event_handlers: vec![ear],
        framework: Arc::new(OnceLock::new()),
        shard_index: 0,
        shard_init: 1,
        shard_total: 1,
        ws_url: Arc::new(Mutex::new(url)),
        http,
        intents: INTENTS,
        presence: None,
    });
    pulse.begin(Instant::now());
    drop(slot.set(Arc::clone(&manager)));
    drop(started.send(Arc::clone(&manager)));
    if manager.initialize().is_err() {
        return End::Again("it could not be started");
    }
    tokio::select! {
        biased;
        () = stop.cancelled() => End::Again("it was told to stop"),
        returned = returned.next() => end_of(returned),
        never = watch(&manager, &pulse) => match never {},
    }
}

fn end_of(returned: Option<Result<(), GatewayError>>) -> End {
    match returned {
        Some(Err(GatewayError::InvalidAuthentication)) => End::Fatal(Error::Token),
        Some(Err(GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents)) => {
            End::Fatal(Error::Intents)
        }
        Some(Err(_)) => End::Again("it failed"),
        Some(Ok(())) | None => End::Again("it ended"),
    }
}

/// Shows that the thread answers, and learns of acknowledged heartbeats: serenity tells of one by a
/// new latency.
async fn watch(manager: &ShardManager, pulse: &Pulse) -> std::convert::Infallible {
    let mut ticks = tokio::time::interval(BEAT);
    let mut latency = None;
    loop {
        ticks.tick().await;
        let now = Instant::now();
        pulse.beat(now);
        let runners = manager.runners.lock().await;
        let Some(runner) = runners.values().next() else {
            drop(runners);
            pulse.connected(false);
            continue;
        };
        let (stage, seen) = (runner.stage, runner.latency);
        drop(runners);
        if seen.is_some() && seen != latency {
            pulse.acknowledged(now);
        }
        latency = seen;
        if stage != ConnectionStage::Connected {
            pulse.connected(false);
        }
    }
}
