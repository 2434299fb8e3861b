//! The gateway: one session with Discord, kept alive.
//!
//! serenity resumes and reconnects by itself. What it does not notice is noticed here: a session
//! without acknowledged heartbeats, a thread that does not answer, a start that ended. Then the
//! session is given up and a new one is opened, with longer waits each time. Where there is no use in
//! trying again (a refused token), the program ends and says so.

mod ear;
mod pulse;
mod session;
mod url;

pub(crate) use ear::{Asked, HEARD_MAX, Heard};

use crate::{backoff::Backoff, config::Address, error::Error};
use pulse::Pulse;
use serenity::all::Http;
use session::{End, Session, Surroundings};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Unanswered;

/// Waits between sessions. Discord allows 1000 openings a day, so that a session that is refused at
/// once may be opened again and again for a day.
const BACKOFF: Backoff = Backoff {
    first: Duration::from_secs(1),
    most: Duration::from_secs(120),
};
/// After this long a session counts as having gone well.
const WENT_WELL: Duration = Duration::from_secs(300);
/// How often the session is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Whether there is a live session, for all who ask.
#[derive(Debug, Default)]
pub(crate) struct Gateway {
    current: Mutex<Arc<Pulse>>,
}

/// What is needed to open sessions.
pub(crate) struct Way {
    pub(crate) client: reqwest::Client,
    pub(crate) address: Option<Address>,
    pub(crate) http: Arc<Http>,
    pub(crate) heard: mpsc::Sender<Heard>,
}

impl Gateway {
    /// Whether a session is connected and its heartbeat was acknowledged within a minute.
    pub(crate) fn is_live(&self) -> bool {
        self.current().is_live(Instant::now())
    }

    fn current(&self) -> Arc<Pulse> {
        Arc::clone(&self.current.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A new session gets a pulse of its own, so that one that was given up cannot speak for it.
    fn renew(&self) -> Arc<Pulse> {
        let pulse = Arc::new(Pulse::default());
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&pulse);
        pulse
    }

    /// Keeps a session open until told to stop.
    ///
    /// # Errors
    /// There is no use in trying again.
    pub(crate) async fn keep(&self, way: Way, stop: CancellationToken) -> Result<(), Error> {
        let mut failed = 0;
        loop {
            let begun = Instant::now();
            let end = self.hold(&way, &stop).await;
            self.current().end();
            let reason = match end {
                _ if stop.is_cancelled() => return Ok(()),
                End::Fatal(error) => return Err(error),
                End::Again(reason) => reason,
            };
            failed = if begun.elapsed() >= WENT_WELL {
                0
            } else {
                failed + 1
            };
            let wait = BACKOFF.wait(failed);
            tracing::warn!(
                reason,
                wait_ms = wait.as_millis(),
                "the gateway session ended"
            );
            metrics::counter!("renkei_gateway_sessions_ended_total").increment(1);
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Opens one session and holds it until it ends or is not sound any more.
    async fn hold(&self, way: &Way, stop: &CancellationToken) -> End {
        let asked = tokio::select! {
            asked = url::ask(&way.client, way.address.as_ref()) => asked,
            () = stop.cancelled() => return End::Again("it was told to stop"),
        };
        let url = match asked {
            Ok(url) => url,
            Err(Unanswered::Again(reason)) => return End::Again(reason),
            Err(Unanswered::Unacceptable(error)) => return End::Fatal(error),
        };
        let pulse = self.renew();
        pulse.begin(Instant::now());
        let opened = Session::open(Surroundings {
            http: Arc::clone(&way.http),
            url,
            pulse: Arc::clone(&pulse),
            heard: way.heard.clone(),
        });
        let mut session = match opened.await {
            Ok(session) => session,
            Err(error) => return End::Fatal(error),
        };
        tokio::select! {
            end = session.ended() => end,
            reason = unsound(&pulse) => End::Again(reason),
            () = stop.cancelled() => {
                session.close().await;
                End::Again("it was told to stop")
            }
        }
    }
}

/// Whether there is an acceptable gateway.
///
/// # Errors
/// Why the one that was named is not acceptable; `None` when nobody answered.
pub(crate) async fn find(
    client: &reqwest::Client,
    address: Option<&Address>,
) -> Result<(), Option<Error>> {
    match url::ask(client, address).await {
        Ok(_) => Ok(()),
        Err(Unanswered::Again(_)) => Err(None),
        Err(Unanswered::Unacceptable(error)) => Err(Some(error)),
    }
}

/// Completes with the reason when the session should be given up.
async fn unsound(pulse: &Pulse) -> &'static str {
    loop {
        tokio::time::sleep(LOOK).await;
        if let Err(reason) = pulse.is_sound(Instant::now()) {
            return reason;
        }
    }
}
