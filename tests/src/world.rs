//! The world of one test: the stand-in, the city, a database, the office clock and the real bot.
//!
//! [`world`] runs a test in it and checks what every test must leave behind: an empty outbox, no
//! fault in the log, no complaint of the stand-in, and nothing that reached anybody it was not meant
//! for ([`crate::leak`]).

mod hand;

use crate::{
    city::City,
    clock::MovableClock,
    database::{Database, Fresh, fresh},
    leak,
    log::Log,
    news::News,
};
use bot::{
    config::{Config, Environment, REQUESTS_MAX},
    run::Running,
};
use commands::clock::Clock;
use fake_discord::{Fake, MessageView, Options, Person};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::OpenOptions,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    pin::pin,
    sync::Arc,
    time::Duration,
};
use storage::Store;
use tempfile::TempDir;

/// How long a test waits for what must happen; far more than it takes, and more than a lease.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at the outbox.
const LOOK: Duration = Duration::from_millis(5);
/// Between two requests for a heartbeat while a bot is told to stop.
const NUDGE: Duration = Duration::from_millis(50);
/// Discord's number for a message that somebody sent, as opposed to one that a thread begins with.
const POSTED: u8 = 0;
/// Requests Discord would count against us (401, 403, 429) that a test may cause.
const INVALID_REQUESTS_MAX: usize = 20;
/// The configuration file in the folder of a world.
const CONFIG_FILE: &str = "config.toml";
/// Variable with the path of Discord's own API description.
pub const OPENAPI_VARIABLE: &str = "RENKEI_DISCORD_OPENAPI";

/// How the office of a world is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetUp {
    /// By the configuration file.
    Configuration,
    /// Not at all: the test does it by `/office`.
    Nothing,
}

/// The world of one test.
#[derive(Debug)]
pub struct World {
    /// The stand-in for Discord.
    pub fake: Fake,
    /// The city in it.
    pub city: City,
    /// The office clock.
    pub clock: Arc<MovableClock>,
    /// What can be read on the internet.
    pub news: News,
    log: Log,
    config: Config,
    told: BTreeMap<String, BTreeSet<u64>>,
    judges_leaks: bool,
    expected_faults: Vec<String>,
    bot: Option<Running>,
    // Last: the database and the folder go when nothing uses them any more.
    database: Fresh,
    folder: TempDir,
}

/// Runs a test in a world whose office the configuration file sets up, and checks the world after it.
pub async fn world<T>(database: Database, test: T)
where
    T: AsyncFnOnce(&mut World),
{
    world_with(database, SetUp::Configuration, test).await;
}

/// As [`world`], with the set-up named.
pub async fn world_with<T>(database: Database, set_up: SetUp, test: T)
where
    T: AsyncFnOnce(&mut World),
{
    let log = Log::default();
    // Tests run on one thread each, so that the log of a test is its own.
    let _guard = tracing::subscriber::set_default(log.subscriber());
    let mut world = World::prepare(database, set_up, log).await;
    world.start_bot().await;
    world.rounds_planned().await;
    test(&mut world).await;
    world.finish().await;
}

/// As [`world`], but the bot does not run yet: for tests that start it as processes of their own.
pub async fn world_without_bot<T>(database: Database, test: T)
where
    T: AsyncFnOnce(&mut World),
{
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.subscriber());
    let mut world = World::prepare(database, SetUp::Configuration, log).await;
    test(&mut world).await;
    world.finish().await;
}

impl World {
    async fn prepare(database: Database, set_up: SetUp, log: Log) -> Self {
        let openapi = std::env::var_os(OPENAPI_VARIABLE).map(PathBuf::from);
        let fake = Fake::start(Options {
            openapi,
            ..Options::default()
        })
        .await
        .expect("the stand-in starts");
        let city = City::build(&fake);
        let database = fresh(database).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let text = configuration(&fake, &database, &folder, &city, set_up);
        let file = folder.path().join(CONFIG_FILE);
        std::fs::write(&file, &text).expect("the configuration can be written");
        let config = Config::parse(&text, &file, &Environment::default())
            .unwrap_or_else(|fault| panic!("the configuration is refused: {fault}"));
        let clock = Arc::new(MovableClock::at_tokyo("2026-11-20 10:00"));
        let shown = Arc::clone(&clock);
        // What an office plans does not depend on the day on which the machine runs the test.
        fake.follow_clock(move || shown.now());
        Self {
            fake,
            city,
            clock,
            news: News::default(),
            log,
            config,
            told: BTreeMap::new(),
            judges_leaks: true,
            expected_faults: Vec::new(),
            bot: None,
            database,
            folder,
        }
    }

    /// Starts the bot and waits until it can serve.
    pub async fn start_bot(&mut self) {
        self.bot = Some(self.another_bot().await);
    }

    /// Starts one more bot on the same database and clock, as another process would be; it is the test's
    /// to stop.
    ///
    /// # Panics
    /// It cannot serve.
    pub async fn another_bot(&self) -> Running {
        let clock: Arc<dyn Clock> = self.clock.clone();
        let news = Arc::new(self.news.clone());
        let bot = bot::run::start_on(self.config.clone(), clock, news)
            .await
            .expect("the bot starts");
        assert!(
            bot.until_ready(PATIENCE).await,
            "the bot becomes ready\n{}",
            self.log()
        );
        bot
    }

    /// Stops the bot as SIGTERM does.
    pub async fn stop_bot(&mut self) {
        let Some(bot) = self.bot.take() else { return };
        let mut stopped = pin!(bot.stop());
        // A client of Discord looks whether it is to end whenever it hears something, else twice a second.
        while tokio::time::timeout(NUDGE, &mut stopped).await.is_err() {
            self.fake.gateway().request_heartbeat();
        }
    }

    /// Stops the bot as SIGTERM does, and starts another process' worth of it.
    pub async fn restart(&mut self) {
        self.stop_bot().await;
        self.start_bot().await;
    }

    /// The running bot.
    ///
    /// # Panics
    /// It was stopped.
    #[must_use]
    pub fn bot(&self) -> &Running {
        self.bot.as_ref().expect("the bot runs")
    }

    /// The bot's records.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.bot().store()
    }

    /// How often the database was asked something so far, by whoever runs in this world.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.log.statements()
    }

    /// What the database was asked so far, and how often each, by whoever runs in this world.
    #[must_use]
    pub fn asked(&self) -> BTreeMap<String, u64> {
        self.log.asked()
    }

    /// Somebody of the city at their client.
    #[must_use]
    pub fn person(&self, key: &str) -> Person {
        self.fake.person(self.city.guild, self.city.person(key))
    }

    /// The id of a channel of the city.
    #[must_use]
    pub fn channel(&self, name: &str) -> u64 {
        self.city.channel(name)
    }

    /// Somebody says words in a channel; whoever can read them there has been told by that person.
    ///
    /// # Panics
    /// The person cannot write there.
    pub fn say(&mut self, key: &str, channel: &str, words: &str) -> u64 {
        let message = self
            .person(key)
            .say(self.channel(channel), words)
            .expect("may write there");
        let told = self.fake.who_saw(words);
        self.told.entry(words.to_owned()).or_default().extend(told);
        message
    }

    /// The test judges by itself who might get what: roles and set-up do not stay as the city has them.
    pub fn leave_leaks_to_the_test(&mut self) {
        self.judges_leaks = false;
    }

    /// A coordinator accepts that the owner of the server sees everything, as `/office check` asks.
    ///
    /// # Panics
    /// There is nobody to accept, or no coordinator yet.
    pub async fn accept_owner(&self) {
        let coordinator = self.person("コーディネーター");
        let place = self.channel("広場");
        let options = serde_json::json!({});
        let check = coordinator.slash(place, "office check", options).await;
        let owner = format!("v1:office-accept:{}", self.city.owner);
        let accepted = coordinator
            .press(check.expect_message().id, &owner)
            .await
            .expect_message();
        assert!(
            accepted.content.contains("承知しました"),
            "{}",
            accepted.text()
        );
    }

    /// Waits until the outbox has nothing left to do.
    ///
    /// # Panics
    /// It still has after [`PATIENCE`].
    pub async fn settled(&self) {
        let settled = tokio::time::timeout(PATIENCE, async {
            while self.waiting().await > 0 {
                tokio::time::sleep(LOOK).await;
            }
        });
        if settled.await.is_err() {
            panic!(
                "the outbox still has {} rows to send\n{}",
                self.waiting().await,
                self.log()
            );
        }
    }

    /// Waits until something is so; `false` when it is not within [`PATIENCE`].
    pub async fn until<C>(&self, condition: C) -> bool
    where
        C: AsyncFn(&Self) -> bool,
    {
        let met = tokio::time::timeout(PATIENCE, async {
            while !condition(self).await {
                tokio::time::sleep(LOOK).await;
            }
        });
        met.await.is_ok()
    }

    /// Rows of the outbox that still wait.
    pub async fn waiting(&self) -> i64 {
        self.counts().await.waiting
    }

    /// What the outbox counts.
    ///
    /// # Panics
    /// The database does not answer.
    pub async fn counts(&self) -> storage::outbox::Counts {
        self.store()
            .read(|connection| Box::pin(storage::outbox::counts(connection)))
            .await
            .expect("the outbox can be counted")
    }

    /// What stands in a channel of the city, threads and posts included, as a coordinator sees it.
    #[must_use]
    pub fn cards(&self, channel: &str) -> Vec<MessageView> {
        self.cards_in(self.channel(channel))
    }

    /// The same of a channel that came later.
    #[must_use]
    pub fn cards_in(&self, id: u64) -> Vec<MessageView> {
        let reader = self.fake.person(self.city.guild, self.city.owner);
        let threads = reader
            .channels()
            .into_iter()
            .find(|found| found.id == id)
            .map(|found| found.threads)
            .unwrap_or_default();
        let bot = self.fake.application_id();
        std::iter::once(id)
            .chain(threads.into_iter().map(|thread| thread.id))
            .flat_map(|place| reader.messages(place))
            .filter(|message| message.author == bot && !message.ephemeral && message.kind == POSTED)
            .collect()
    }

    /// What was logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.text()
    }

    /// A fault whose line in the log holds these words belongs to the test; it has to be logged.
    pub fn expect_fault(&mut self, words: &str) {
        self.expected_faults.push(words.to_owned());
    }

    /// The configuration, for a bot that is started as a process.
    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.folder().join(CONFIG_FILE)
    }

    /// The folder of the configuration.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Takes what another process of this world has logged for the log of this one.
    pub fn hear(&self, logged: &str) {
        self.log
            .clone()
            .write_all(logged.as_bytes())
            .expect("memory takes it");
    }

    /// The records as another process would open them: for tests whose bot is a process of its own. The
    /// schema must have been made.
    pub async fn records(&self) -> Store {
        self.database.open().await
    }

    async fn finish(mut self) {
        if self.bot.is_none() {
            self.start_bot().await;
        }
        self.settled().await;
        if self.judges_leaks {
            leak::check(
                &self.fake,
                &self.city,
                self.store(),
                &self.told,
                &self.log(),
            )
            .await;
        }
        self.stop_bot().await;
        let complaints = self.fake.complaints();
        assert!(
            complaints.is_empty(),
            "the stand-in complains: {complaints:#?}"
        );
        let invalid = self.fake.invalid_requests();
        assert!(
            invalid <= INVALID_REQUESTS_MAX,
            "{invalid} requests Discord would hold against us"
        );
        assert!(
            self.fake.pings().is_empty(),
            "somebody was mentioned: {:?}",
            self.fake.pings()
        );
        let log = self.log();
        let faults: Vec<&str> = log
            .lines()
            .filter(|line| line.contains(" ERROR "))
            .collect();
        let (expected, unexpected): (Vec<&str>, Vec<&str>) = faults.into_iter().partition(|line| {
            self.expected_faults
                .iter()
                .any(|words| line.contains(words))
        });
        assert!(unexpected.is_empty(), "faults were logged: {unexpected:#?}");
        for words in &self.expected_faults {
            assert!(
                expected.iter().any(|line| line.contains(words)),
                "{words:?} should have been logged as a fault"
            );
        }
        self.fake.shutdown();
    }
}

fn configuration(
    fake: &Fake,
    database: &Fresh,
    folder: &TempDir,
    city: &City,
    set_up: SetUp,
) -> String {
    let ca_file = folder.path().join("ca.pem");
    fake.write_ca(&ca_file)
        .expect("the authority can be written");
    let keys = folder.path().join("speaker.key");
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&keys)
        .and_then(|mut file| file.write_all(database.keys.to_file_text().as_bytes()))
        .expect("the keys can be written");
    let offices = match set_up {
        SetUp::Configuration => city.configuration(),
        SetUp::Nothing => String::new(),
    };
    format!(
        "[discord]\ntoken = {:?}\naddress = \"{}\"\nca_file = {ca_file:?}\nrequests_per_second = {REQUESTS_MAX}\n\n\
         [storage]\nurl = {:?}\nspeaker_key_file = {keys:?}\n\n\
         [http]\nlisten = \"127.0.0.1:0\"\n\n{offices}",
        fake.token(),
        fake.address(),
        database.url,
    )
}
