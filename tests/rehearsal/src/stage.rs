//! The stage: the stand-in with the city in it, the real bot, and the clock of the office.
//!
//! The office clock runs with the machine's and can be moved ahead; Discord's calendar (the times of
//! messages) follows it. The bot's files live in a folder that goes when the stage is struck.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ::tests::city::{ASSOCIATIONS, City, CityPerson};
use ::tests::clock::MovableClock;
use ::tests::due::is_dealt_with;
use anyhow::Context;
use bot::config::{Config, Environment, REQUESTS_MAX};
use bot::run::Running;
use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime, Utc};
use fake_discord::{Fake, Options, made_at};
use tempfile::TempDir;
use tokio::task::JoinHandle;

/// How long the bot may take until it serves.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at whether the bot has come to rest.
const LOOK: Duration = Duration::from_millis(10);
/// Between two steps of the running office clock.
const TICK: Duration = Duration::from_secs(1);
/// Seconds Japan is ahead of UTC; there is no summer time.
const TOKYO_AHEAD: i32 = 9 * 3600;
/// The heading under which the staff of the office stands.
const OFFICE_GROUP: &str = "連携拠点";
/// The heading of those who belong to no association.
const OTHER_GROUP: &str = "その他";

/// A running rehearsal.
#[derive(Debug)]
pub struct Stage {
    /// The stand-in.
    pub fake: Fake,
    /// The city in it.
    pub city: City,
    clock: Arc<OfficeClock>,
    ticking: JoinHandle<()>,
    bot: Running,
    folder: Folder,
}

/// Where the bot's files are.
#[derive(Debug)]
enum Folder {
    /// Gone afterwards.
    Temporary(TempDir),
    /// Stays, because somebody asked for it.
    Kept(PathBuf),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.path(),
            Self::Kept(path) => path,
        }
    }
}

impl Stage {
    /// What people call the bot.
    pub const BOT_NAME: &'static str = "連携";

    /// Sets the stage and waits until the bot serves. With `keep`, its files stay there afterwards.
    ///
    /// # Errors
    /// When a port or a folder cannot be had, `keep` holds files of an earlier rehearsal, or the bot
    /// does not start.
    pub async fn set(keep: Option<PathBuf>) -> anyhow::Result<Self> {
        let folder = folder(keep)?;
        let fake = Fake::start(Options::default())
            .await
            .context("代わりの Discord を始められません")?;
        let city = City::build(&fake);
        let clock = Arc::new(OfficeClock::starting_at(made_at(city.guild)));
        let config = configuration(&fake, &city, folder.path())?;
        let bot = bot::run::start(config, clock.shown.clone())
            .await
            .context("連携ボットを始められません")?;
        anyhow::ensure!(
            bot.until_ready(PATIENCE).await,
            "連携ボットの準備が終わりません"
        );
        let ticking = tokio::spawn(tick(Arc::clone(&clock)));
        Ok(Self {
            fake,
            city,
            clock,
            ticking,
            bot,
            folder,
        })
    }

    /// Stops the bot as an administrator would, then the stand-in; removes the folder.
    ///
    /// # Errors
    /// When the folder cannot be removed.
    pub async fn strike(self) -> anyhow::Result<()> {
        self.ticking.abort();
        self.bot.stop().await;
        self.fake.shutdown();
        match self.folder {
            Folder::Temporary(folder) => folder.close().context("一時フォルダーを消せません"),
            Folder::Kept(_) => Ok(()),
        }
    }

    /// The city's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        "架空市"
    }

    /// The headings of the list of people: the office, the associations, the others.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        let associations = ASSOCIATIONS.iter().map(|(name, ..)| *name);
        std::iter::once(OFFICE_GROUP)
            .chain(associations)
            .chain([OTHER_GROUP])
            .map(str::to_owned)
            .collect()
    }

    /// What a person is in the city, such as 三役.
    #[must_use]
    pub fn capacity(person: &CityPerson) -> &str {
        match person.key.strip_prefix(&format!("{}の", person.group)) {
            // The chair holds the role of the three officers.
            Some("会長") => "三役",
            Some(rank) => rank,
            None => &person.key,
        }
    }

    /// The city's roles: id and name.
    pub fn roles(&self) -> impl Iterator<Item = (u64, String)> {
        let office = ["連携コーディネーター", "アドバイザー", "オブザーバー"].map(str::to_owned);
        let ranks = ["三役", "連携担当", "会員"];
        let associations = ASSOCIATIONS.iter();
        let of_associations =
            associations.flat_map(move |(name, ..)| ranks.map(|rank| format!("{name} {rank}")));
        office
            .into_iter()
            .chain(of_associations)
            .map(|name| (self.city.role(&name), name))
    }

    /// The time of the office.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.target()
    }

    /// How far the office is ahead of the machine.
    #[must_use]
    pub fn ahead(&self) -> Duration {
        self.clock.reading().ahead
    }

    /// Moves the office, and Discord's calendar with it, ahead.
    pub fn advance(&self, by: Duration) {
        let ahead = {
            let mut reading = self.clock.reading();
            reading.ahead += by;
            reading.ahead
        };
        // Discord first: what the office does now must not be older than the office.
        self.fake.set_clock_ahead(ahead);
        self.clock.follow();
    }

    /// Moves the office to the next time its clock on the wall shows this time of day.
    pub fn advance_to(&self, time: NaiveTime) {
        let wall = self.wall();
        let mut next = wall.date().and_time(time);
        if next <= wall {
            next += chrono::Duration::days(1);
        }
        self.advance((next - wall).to_std().unwrap_or_default());
    }

    /// What the office's clock on the wall shows.
    #[must_use]
    pub fn wall(&self) -> NaiveDateTime {
        let tokyo = FixedOffset::east_opt(TOKYO_AHEAD).expect("nine hours are an offset");
        self.now().with_timezone(&tokyo).naive_local()
    }

    /// Waits until the bot has dealt with everything that is due and has sent it.
    ///
    /// # Errors
    /// When it has not within a minute, or its records cannot be read.
    pub async fn dealt_with(&self) -> anyhow::Result<()> {
        let store = self.bot.store();
        tokio::time::timeout(PATIENCE, async {
            while !is_dealt_with(store, self.now()).await? {
                tokio::time::sleep(LOOK).await;
            }
            anyhow::Ok(())
        })
        .await
        .context("連携ボットの送信が終わりません")?
    }

    /// Names and counts of people by the group they are shown under, in the order of the groups.
    #[must_use]
    pub fn counted(&self, people: &[u64]) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for person in self
            .city
            .people()
            .iter()
            .filter(|person| people.contains(&person.id))
        {
            *counts.entry(&person.group).or_default() += 1;
        }
        let count = |group: String| {
            counts
                .get(group.as_str())
                .map(|count| (group.clone(), *count))
        };
        self.groups().into_iter().filter_map(count).collect()
    }
}

fn folder(keep: Option<PathBuf>) -> anyhow::Result<Folder> {
    let Some(path) = keep else {
        let folder = tempfile::Builder::new()
            .prefix("renkei-rehearsal-")
            .tempdir();
        return folder
            .map(Folder::Temporary)
            .context("一時フォルダーを作れません");
    };
    std::fs::create_dir_all(&path)
        .with_context(|| format!("フォルダー {} を作れません", path.display()))?;
    // Ids of the stand-in are new every time; old records would belong to a server that is gone.
    anyhow::ensure!(
        !path.join(DATABASE).exists(),
        "フォルダー {} には前の予行演習の記録があります。別のフォルダーを選んでください",
        path.display()
    );
    Ok(Folder::Kept(path))
}

const DATABASE: &str = "renkei.db";

/// The bot's configuration, through the same reader that reads an office's file.
fn configuration(fake: &Fake, city: &City, folder: &Path) -> anyhow::Result<Config> {
    let ca_file = folder.join("ca.pem");
    fake.write_ca(&ca_file).context("証明書を書けません")?;
    let database = format!("sqlite://{}", folder.join(DATABASE).display());
    let text = format!(
        "[discord]\ntoken = {:?}\naddress = \"{}\"\nca_file = {ca_file:?}\nrequests_per_second = {REQUESTS_MAX}\n\n\
         [storage]\nurl = {database:?}\n\n[http]\nlisten = \"127.0.0.1:0\"\n\n{}",
        fake.token(),
        fake.address(),
        city.configuration(),
    );
    Ok(Config::parse(
        &text,
        &folder.join("config.toml"),
        &Environment::default(),
    )?)
}

/// The machine's clock, some time ahead.
#[derive(Debug)]
struct OfficeClock {
    shown: Arc<MovableClock>,
    started_at: DateTime<Utc>,
    since: Instant,
    reading: Mutex<Reading>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Reading {
    /// What people moved.
    ahead: Duration,
    /// How far `shown` has gone since the start.
    gone: Duration,
}

impl OfficeClock {
    fn starting_at(at: DateTime<Utc>) -> Self {
        let tokyo = FixedOffset::east_opt(TOKYO_AHEAD).expect("nine hours are an offset");
        let minute = at
            .with_timezone(&tokyo)
            .format("%Y-%m-%d %H:%M")
            .to_string();
        let shown = MovableClock::at_tokyo(&minute);
        let seconds = at.timestamp().rem_euclid(60);
        shown.advance(chrono::Duration::seconds(seconds));
        let started_at = DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at);
        let (shown, since) = (Arc::new(shown), Instant::now());
        Self {
            shown,
            started_at,
            since,
            reading: Mutex::default(),
        }
    }

    fn reading(&self) -> std::sync::MutexGuard<'_, Reading> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn target(&self) -> DateTime<Utc> {
        self.started_at + self.since.elapsed() + self.reading().ahead
    }

    /// Brings the shown clock to where it should be.
    fn follow(&self) {
        let mut reading = self.reading();
        let goal = self.since.elapsed() + reading.ahead;
        let step = goal.saturating_sub(reading.gone);
        reading.gone += step;
        self.shown
            .advance(chrono::Duration::from_std(step).unwrap_or_default());
    }
}

async fn tick(clock: Arc<OfficeClock>) {
    let mut ticks = tokio::time::interval(TICK);
    loop {
        ticks.tick().await;
        clock.follow();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_begins_at_the_present_second_and_can_be_moved() {
        let at = DateTime::from_timestamp(1_795_000_047, 250_000_000).expect("a time");
        let clock = OfficeClock::starting_at(at);
        assert_eq!(clock.started_at.timestamp(), at.timestamp());
        let before = clock.target();
        clock.reading().ahead += Duration::from_secs(86_400);
        clock.follow();
        assert!(clock.target() - before >= chrono::Duration::days(1));
        assert!(clock.reading().gone >= Duration::from_secs(86_400));
    }
}
