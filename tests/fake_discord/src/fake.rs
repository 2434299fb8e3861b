//! The handle: starting and stopping a stand-in, and waiting for something to happen.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use anyhow::Context;
use axum::serve::ListenerExt;
use base64::Engine;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::complaint::Complaint;
use crate::fault::Faults;
use crate::gateway::{self, Gateway, GatewayState, Identify};
use crate::oracle::Seen;
use crate::ping::Ping;
use crate::request::Request;
use crate::rest;
use crate::schema::Schema;
use crate::snowflake::Snowflakes;
use crate::state::State;
use crate::switch::Switches;
use crate::tls::{Authority, TlsListener};
use crate::user::User;

/// VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY,
/// SEND_MESSAGES_IN_THREADS and CREATE_EVENTS.
const INVITE_PERMISSIONS: u64 = 17_867_064_069_120;

/// How a stand-in is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Discord's OpenAPI description; requests and answers are held against it where it is given.
    pub openapi: Option<PathBuf>,
    /// Name of the application and its bot.
    pub name: String,
    /// Bits the bot's own role gets when it is invited.
    pub invite_permissions: u64,
    /// Interval between heartbeats.
    pub heartbeat_interval: Duration,
    /// Port for REST over TLS; 0 takes a free one.
    pub port: u16,
    /// What a test may turn later as well.
    pub switches: Switches,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            openapi: None,
            name: "renkei".to_owned(),
            invite_permissions: INVITE_PERMISSIONS,
            heartbeat_interval: Duration::from_millis(41_250),
            port: 0,
            switches: Switches::default(),
        }
    }
}

/// What tasks and handles share.
pub(crate) struct Inner {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    stop: watch::Sender<bool>,
    pub(crate) schema: Option<Schema>,
    address: SocketAddr,
    ca_pem: String,
    token: String,
    application: u64,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in one test's closure must not hide what the state was.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes everybody who waits for a change.
    pub(crate) fn change<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        let result = act(&mut self.lock());
        self.changed.send_modify(|count| *count += 1);
        result
    }

    /// Reads the state.
    pub(crate) fn look<R>(&self, ask: impl FnOnce(&State) -> R) -> R {
        ask(&self.lock())
    }

    /// Becomes true when the stand-in is shut down.
    pub(crate) fn stopped(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }
}

/// What was waited for did not happen in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLate {
    /// How long was waited.
    pub waited: Duration,
}

impl fmt::Display for TooLate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "what was waited for did not happen within {:?}",
            self.waited
        )
    }
}

impl std::error::Error for TooLate {}

/// A running stand-in; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Fake {
    pub(crate) inner: Arc<Inner>,
}

impl Fake {
    /// Starts REST (over TLS) and the gateway on free ports of 127.0.0.1.
    ///
    /// # Errors
    /// When no port can be had, the certificate cannot be made, or the OpenAPI description cannot
    /// be read.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let authority = Authority::new()?;
        let rest_listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
            .await
            .with_context(|| format!("port {} cannot be had", options.port))?;
        let gateway_listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let gateway_url = format!("ws://{}", gateway_listener.local_addr()?);
        let schema = options.openapi.as_deref().map(Schema::open).transpose()?;
        let address = rest_listener.local_addr()?;
        let inner = Arc::new_cyclic(|house| {
            let state = new_state(&options, gateway_url, house.clone());
            Inner {
                changed: watch::Sender::new(0),
                stop: watch::Sender::new(false),
                schema,
                address,
                ca_pem: authority.ca_pem.clone(),
                token: state.token.clone(),
                application: state.application,
                state: Mutex::new(state),
            }
        });

        let stop = |inner: &Arc<Inner>| {
            let mut stopped = inner.stopped();
            async move {
                // An error means that every handle is gone, which is a stop as well.
                let _gone = stopped.wait_for(|stopped| *stopped).await;
            }
        };
        let rest = axum::serve(
            TlsListener::new(rest_listener, authority.server)?,
            rest::service(Arc::clone(&inner)),
        )
        .with_graceful_shutdown(stop(&inner));
        let quick = gateway_listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a gateway connection stays slow");
            }
        });
        let gateway = axum::serve(quick, gateway::router(Arc::clone(&inner)))
            .with_graceful_shutdown(stop(&inner));
        tokio::spawn(async move { rest.await });
        tokio::spawn(async move { gateway.await });
        Ok(Self { inner })
    }

    /// Where REST listens, over TLS, as discord.com and cdn.discordapp.com.
    pub fn address(&self) -> SocketAddr {
        self.inner.address
    }

    /// Where the gateway listens, `ws://127.0.0.1:PORT`.
    pub fn gateway_url(&self) -> String {
        self.inner.look(|state| state.gateway_url.clone())
    }

    /// The authority to trust, as PEM.
    pub fn ca_pem(&self) -> &str {
        &self.inner.ca_pem
    }

    /// Writes the authority to a file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_ca(&self, path: impl AsRef<Path>) -> std::io::Result<()> {
        std::fs::write(path, self.ca_pem())
    }

    /// The bot's token.
    pub fn token(&self) -> &str {
        &self.inner.token
    }

    /// The application's id; the bot's user has the same.
    pub fn application_id(&self) -> u64 {
        self.inner.application
    }

    /// Turns switches.
    pub fn set(&self, turn: impl FnOnce(&mut Switches)) {
        self.inner.change(|state| turn(&mut state.switches));
    }

    /// Limits a route, such as `("POST", "/channels/{channel_id}/messages")`, to so many requests
    /// in a span and main resource.
    pub fn limit_route(&self, method: &str, route: &str, limit: u32, window: Duration) {
        self.inner
            .change(|state| state.rate_limits.set(method, route, limit, window));
    }

    /// How many requests were answered with 429 by a limit (faults not counted).
    pub fn limited_requests(&self) -> u64 {
        self.inner.look(|state| state.rate_limits.limited())
    }

    /// Requests of the last ten minutes that Discord counts as invalid: 401, 403, 429.
    pub fn invalid_requests(&self) -> usize {
        self.inner.look(|state| state.rate_limits.invalid())
    }

    /// Sets Discord's calendar ahead of the machine's: message times, nonces, tokens and addresses
    /// of files follow; deadlines, heartbeats and rate limits stay real.
    pub fn set_clock_ahead(&self, by: Duration) {
        let by = chrono::Duration::from_std(by).unwrap_or(chrono::Duration::MAX);
        self.inner.change(|state| state.ahead = by);
    }

    /// The switches for faults.
    pub fn faults(&self) -> Faults {
        Faults { fake: self.clone() }
    }

    /// The switches for the gateway.
    pub fn gateway(&self) -> Gateway {
        Gateway { fake: self.clone() }
    }

    /// REST requests so far, oldest first.
    pub fn requests(&self) -> Vec<Request> {
        self.inner
            .look(|state| state.requests.iter().cloned().collect())
    }

    /// Every mention that notified somebody, oldest first.
    pub fn pings(&self) -> Vec<Ping> {
        self.inner.look(|state| state.pings.clone())
    }

    /// IDENTIFYs so far, oldest first.
    pub fn identifies(&self) -> Vec<Identify> {
        self.inner.look(|state| state.gateway.identifies.clone())
    }

    /// Where requests or answers differed from the OpenAPI description.
    pub fn complaints(&self) -> Vec<Complaint> {
        self.inner.look(|state| state.complaints.clone())
    }

    /// Everything a person's client got, in order.
    pub fn seen_by(&self, user: u64) -> Vec<Seen> {
        self.inner.look(|state| state.oracle.seen_by(user))
    }

    /// The people whose clients got a text that contains this one; width of letters and case do
    /// not matter (NFKC).
    pub fn who_saw(&self, text: &str) -> BTreeSet<u64> {
        self.inner.look(|state| state.oracle.who_saw(text))
    }

    /// Counts changes of anything; await `changed()` on it.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.inner.changed.subscribe()
    }

    /// Waits until the condition holds; it is asked again after every change.
    ///
    /// # Errors
    /// When it does not hold within the span.
    pub async fn until(
        &self,
        mut condition: impl FnMut(&Self) -> bool,
        within: Duration,
    ) -> Result<(), TooLate> {
        let mut changed = self.changed();
        let waited = tokio::time::timeout(within, async {
            loop {
                changed.borrow_and_update();
                if condition(self) {
                    return;
                }
                if changed.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        });
        waited.await.map_err(|_| TooLate { waited: within })
    }

    /// Stops listening and closes every connection. What was recorded can still be read.
    pub fn shutdown(&self) {
        self.inner.stop.send_replace(true);
    }
}

fn new_state(options: &Options, gateway_url: String, house: Weak<Inner>) -> State {
    let mut snowflakes = Snowflakes::default();
    let application = snowflakes.next(crate::clock::machine_now());
    let secret = random_bytes();
    let encode = |bytes: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    let token = format!(
        "{}.{}.{}{}",
        encode(application.to_string().as_bytes()),
        encode(&random_bytes()[..4]),
        encode(&random_bytes()),
        encode(&random_bytes()),
    );
    let bot = User {
        id: application,
        name: options.name.clone(),
        locale: "en-US".into(),
        bot: true,
    };
    State {
        application,
        token,
        secret,
        gateway_url,
        invite_permissions: options.invite_permissions,
        ahead: chrono::Duration::zero(),
        switches: options.switches.clone(),
        snowflakes,
        users: [(application, bot)].into(),
        guilds: Default::default(),
        channels: Default::default(),
        messages: Default::default(),
        files: Default::default(),
        events: Default::default(),
        event_clock: None,
        commands: Default::default(),
        interactions: Default::default(),
        tokens: Default::default(),
        nonces: Default::default(),
        rate_limits: Default::default(),
        faults: Default::default(),
        gateway: GatewayState::new(options.heartbeat_interval),
        oracle: Default::default(),
        subscriptions: Default::default(),
        requests: Default::default(),
        pings: Vec::new(),
        complaints: Vec::new(),
        house,
    }
}

/// Sixteen bytes nobody guesses: the standard library seeds its hash maps from the system.
fn random_bytes() -> [u8; 16] {
    use std::hash::{BuildHasher, RandomState};
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&RandomState::new().hash_one(0).to_be_bytes());
    bytes[8..].copy_from_slice(&RandomState::new().hash_one(1).to_be_bytes());
    bytes
}

impl State {
    /// The bot's own user, with what only it sees.
    pub(crate) fn own_user_json(&self) -> Value {
        let mut object = self.users[&self.application].to_json();
        object["mfa_enabled"] = json!(true);
        object["verified"] = json!(true);
        object["email"] = Value::Null;
        object["locale"] = json!("en-US");
        object
    }
}
