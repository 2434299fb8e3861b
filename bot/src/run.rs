//! Running: everything is started, watched and stopped here.
//!
//! Several may run in one process (tests do); they share nothing but the recorder of figures.

use crate::{
    address,
    attachment::Fetcher,
    config::Config,
    error::{Error, Result},
    feed,
    gateway::{Gateway, HEARD_MAX, Way},
    health::{self, Health},
    housekeeping,
    key::Keys,
    occurrence,
    office::Offices,
    outbox::{Delivery, Desks, Releaser, Touched, Watch, Worker},
    reception::{Expected, Reception, Unread},
    registration::Registration,
    snapshot::Shelf,
    telemetry,
};
use commands::{App, clock::Clock, dispatch::Work};
use secrecy::ExposeSecret;
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use storage::{Options, Store};
use tokio::sync::{mpsc, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long a stop waits for what is in hand (DESIGN section 10).
pub const STOP_SECONDS_MAX: u64 = 20;
/// How often one looks whether the bot is ready, beside being told.
const LOOK: Duration = Duration::from_millis(50);
/// PostgreSQL's code for a table that is not there: the database is empty.
const UNDEFINED_TABLE: &str = "42P01";

/// A running bot. Dropped without [`Running::stop`] it goes at once, and leaves the rest to the outbox.
pub struct Running {
    app: App,
    http_address: Option<SocketAddr>,
    health: Health,
    failed: watch::Receiver<Option<Error>>,
    /// No new work from now on.
    stop: CancellationToken,
    /// Everything ends now.
    end: CancellationToken,
    tasks: TaskTracker,
}

/// Opens the database that the configuration names. An empty one is made; an older one is brought up
/// to date where that is safe, which is SQLite (after a copy), and refused where other processes may
/// be at work, which is PostgreSQL.
///
/// # Errors
/// [`Error::SchemaOlder`], [`Error::SchemaNewer`], [`Error::KeysMissing`], [`Error::Key`],
/// [`Error::KeyFileMissing`], [`Error::Storage`].
pub async fn open_store(config: &Config) -> Result<Store> {
    let (store, keys) = connect(config).await?;
    match store.check_schema().await {
        Ok(()) => {}
        Err(storage::Error::SchemaOlder) => {
            if store.url_kind() != "sqlite" && !is_empty(&store).await {
                return Err(Error::SchemaOlder);
            }
            let applied = store.migrate().await?;
            tracing::info!(steps = applied.len(), "the database was brought up to date");
        }
        Err(error) => return Err(error.into()),
    }
    store.check_keys().await?;
    keys.keep()?;
    Ok(store)
}

/// Brings the database up to date, whichever it is; says which steps were taken.
///
/// # Errors
/// As [`open_store`], but never [`Error::SchemaOlder`].
pub async fn migrate(config: &Config) -> Result<Vec<String>> {
    let (store, keys) = connect(config).await?;
    let steps = store.migrate().await?;
    store.check_keys().await?;
    keys.keep()?;
    store.close().await;
    Ok(steps)
}

/// Connects to the database without looking at its schema.
pub(crate) async fn connect(config: &Config) -> Result<(Store, Keys)> {
    let keys = Keys::find(&config.storage)?;
    let options = Options {
        speaker_keys: keys.keys.clone(),
        connections_max: config.storage.connections_max,
    };
    let store = Store::open(config.storage.url.expose_secret(), options).await?;
    Ok((store, keys))
}

async fn is_empty(store: &Store) -> bool {
    match store.read(|c| Box::pin(storage::office::all(c))).await {
        Err(storage::Error::Database(fault)) => fault.code().as_deref() == Some(UNDEFINED_TABLE),
        _ => false,
    }
}

/// Starts the bot. It returns when the database is open and health is told; the session with Discord
/// is opened afterwards, see [`Running::until_ready`].
///
/// # Errors
/// What keeps it from starting; nothing is left running then.
pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Running> {
    start_on(config, clock, Arc::new(feed::Internet)).await
}

/// As [`start`], on another ground for feeds: a test brings its own servers. No configuration does.
///
/// # Errors
/// As [`start`].
pub async fn start_on(
    config: Config,
    clock: Arc<dyn Clock>,
    ground: Arc<dyn feed::Ground>,
) -> Result<Running> {
    // Beside everything else; the first person to write something down does not wait for it.
    let warming = tokio::task::spawn_blocking(commands::warm_up);
    let client = address::client(config.discord.address.as_ref()).await?;
    let http = address::http(&config.discord, &client);
    let feeds = feed::Reader::new(ground, feed::Limits::default())
        .map_err(|error| Error::System(error.without_url().to_string()))?;
    let listener = match config.http.listen {
        Some(at) => Some(health::listen(at).await?),
        None => None,
    };
    let store = open_store(&config).await?;
    if warming.await.is_err() {
        tracing::warn!("the rules could not be made ready; the first command makes them");
    }
    // From here on nothing is waited for: whoever gives up a start must not leave half a bot at work,
    // which nobody could stop in order.
    let port = crate::discord::Port::new(
        Arc::clone(&http),
        client.clone(),
        config.discord.requests_per_second,
    );
    let shelf = Arc::new(Shelf::new(port.clone()));
    let app = App {
        store,
        clock,
        servers: Arc::clone(&shelf) as Arc<dyn commands::server::Servers>,
        files: Arc::new(Fetcher::new(client.clone())),
        feeds: Arc::new(feeds),
        work: Work::default(),
    };

    let (stop, end) = (CancellationToken::new(), CancellationToken::new());
    let tasks = TaskTracker::new();
    let gateway = Arc::new(Gateway::default());
    let events = Arc::new(Touched::default());
    let localise_names = config.discord.localise_names;
    let reception = Reception {
        app: app.clone(),
        options: Arc::new(commands::registration::framework_options(localise_names)),
        shelf: Arc::clone(&shelf),
        offices: Arc::new(Offices::new(app.clone(), config.defaults, config.offices)),
        registration: Arc::new(Registration::new(
            Arc::clone(&http),
            commands::registration::payload(localise_names),
        )),
        tasks: tasks.clone(),
        expected: Arc::new(Expected::default()),
        events: Arc::clone(&events),
        unread: Unread::default(),
    };
    let health = Health {
        app: app.clone(),
        gateway: Arc::clone(&gateway),
        expected: Arc::clone(&reception.expected),
        registration: Arc::clone(&reception.registration),
        desks: Arc::new(Desks::default()),
        recorder: telemetry::recorder(),
        stop: stop.clone(),
    };
    let http_address = listener.as_ref().map(|(_, bound)| *bound);
    let starting = Starting {
        app: app.clone(),
        stop,
        end,
        tasks,
        gateway,
        shelf,
    };
    starting.background(&health, Arc::clone(&http), &reception.registration);
    if let Some((listener, _)) = listener {
        starting.told(listener, &health);
    }
    starting.events(port.clone(), events);
    starting.outbox(port);
    starting.calendar();
    starting.feeds();
    let failed = starting.session(client, config.discord.address, http, Arc::new(reception));
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        http.address = http_address.map(tracing::field::display),
        "renkei is running"
    );
    let Starting {
        stop, end, tasks, ..
    } = starting;
    Ok(Running {
        app,
        http_address,
        health,
        failed,
        stop,
        end,
        tasks,
    })
}

/// The parts of a bot while it is started.
struct Starting {
    app: App,
    stop: CancellationToken,
    end: CancellationToken,
    tasks: TaskTracker,
    gateway: Arc<Gateway>,
    shelf: Arc<Shelf>,
}

impl Starting {
    /// Runs a task until everything ends; a stop does not wait for it.
    fn until_end(&self, task: impl Future<Output = ()> + Send + 'static) {
        let end = self.end.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = end.cancelled() => {}
                () = task => {}
            }
        });
    }

    /// Answers who asks how the bot is, until the end.
    fn told(&self, listener: tokio::net::TcpListener, health: &Health) {
        self.until_end(health::serve(listener, health.clone(), self.end.clone()));
    }

    fn background(
        &self,
        health: &Health,
        http: Arc<serenity::all::Http>,
        registration: &Arc<Registration>,
    ) {
        let app = self.app.clone();
        self.until_end(housekeeping::keep(
            app.clone(),
            http,
            health.recorder.clone(),
        ));
        let registration = Arc::clone(registration);
        self.until_end(async move { registration.complete(&app).await });
        self.until_end(crate::outbox::keep_in_place(
            self.app.clone(),
            Arc::clone(&self.shelf),
        ));
        let releaser = Releaser {
            app: self.app.clone(),
            shelf: Arc::clone(&self.shelf),
            desks: Arc::clone(&health.desks),
        };
        self.until_end(releaser.look_after());
    }

    fn outbox(&self, port: crate::discord::Port) {
        let delivery = Delivery {
            app: self.app.clone(),
            port,
            gateway: Arc::clone(&self.gateway),
            shelf: Arc::clone(&self.shelf),
            stop: self.stop.clone(),
        };
        let worker = Worker::new(
            self.app.clone(),
            Arc::clone(&self.gateway),
            Arc::clone(&self.shelf),
            delivery,
        );
        let (stop, end) = (self.stop.clone(), self.end.clone());
        self.tasks.spawn(async move {
            tokio::select! {
                () = end.cancelled() => {}
                () = worker.work(stop) => {}
            }
        });
    }

    /// Looks at what people do to events by hand.
    fn events(&self, port: crate::discord::Port, touched: Arc<Touched>) {
        let watch = Watch {
            app: self.app.clone(),
            port,
            shelf: Arc::clone(&self.shelf),
            touched,
        };
        self.until_end(watch.look_after());
    }

    /// Looks at what comes due; a stop waits for what is in hand.
    fn calendar(&self) {
        let attended = occurrence::attend(self.app.clone(), self.stop.clone());
        let end = self.end.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = end.cancelled() => {}
                () = attended => {}
            }
        });
    }

    /// Reads the feeds that offices watch.
    fn feeds(&self) {
        let watched = feed::watch(self.app.clone(), self.stop.clone());
        let end = self.end.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = end.cancelled() => {}
                () = watched => {}
            }
        });
    }

    fn session(
        &self,
        client: reqwest::Client,
        address: Option<crate::config::Address>,
        http: Arc<serenity::all::Http>,
        reception: Arc<Reception>,
    ) -> watch::Receiver<Option<Error>> {
        let (fail, failed) = watch::channel(None);
        let (speak, heard) = mpsc::channel(HEARD_MAX);
        self.until_end(reception.attend(heard));
        let gateway = Arc::clone(&self.gateway);
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            let way = Way {
                client,
                address,
                http,
                heard: speak,
            };
            if let Err(error) = gateway.keep(way, stop).await {
                tracing::error!(%error, "there is no way to go on");
                fail.send_replace(Some(error));
            }
        });
        failed
    }
}

impl Running {
    /// Where health is told, if it is.
    #[must_use]
    pub fn http_address(&self) -> Option<SocketAddr> {
        self.http_address
    }

    /// What handlers work with.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The records.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.app.store
    }

    /// Whether the session lives, every server was met and Discord knows the commands.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.health.is_ready()
    }

    /// Waits until the bot is ready; `false` when it is not within the time, or has failed.
    pub async fn until_ready(&self, within: Duration) -> bool {
        let deadline = Instant::now() + within;
        let mut registered = self.health.registration.watch();
        while !self.is_ready() {
            if Instant::now() >= deadline || self.failed.borrow().is_some() {
                return false;
            }
            tokio::select! {
                () = self.health.expected.changed().notified() => {}
                _ = registered.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
        true
    }

    /// Completes with the reason when there is no way to go on; never otherwise.
    pub async fn failed(&self) -> Error {
        let mut failed = self.failed.clone();
        match failed.wait_for(Option::is_some).await {
            Ok(error) => error.clone().expect("waited for it"),
            // The session was stopped without a failure.
            Err(_) => std::future::pending().await,
        }
    }

    /// Stops: takes no new work, finishes what is in hand within [`STOP_SECONDS_MAX`], leaves the rest
    /// to the outbox, closes the database. `false` when something was still in hand.
    pub async fn stop(self) -> bool {
        let started = Instant::now();
        self.stop.cancel();
        self.app.work.close();
        self.tasks.close();
        let limit = Duration::from_secs(STOP_SECONDS_MAX);
        let finished = tokio::time::timeout(limit, self.tasks.wait()).await.is_ok();
        if !finished {
            tracing::warn!(
                in_hand = self.app.work.in_hand(),
                "something was still in hand when the time was over"
            );
        }
        self.end.cancel();
        self.app.store.close().await;
        tracing::info!(
            duration_ms = started.elapsed().as_millis(),
            "renkei has stopped"
        );
        finished
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
        self.end.cancel();
    }
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running")
            .field("http_address", &self.http_address)
            .field("ready", &self.is_ready())
            .finish_non_exhaustive()
    }
}
