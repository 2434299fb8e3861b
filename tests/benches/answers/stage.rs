//! The stage of one measurement: a stand-in with the city, an empty database, and the bot as a process
//! of its own. Each measurement has a new one, so that none pays for another.

use crate::process::Process;
use bot::config::REQUESTS_MAX;
use fake_discord::{Fake, Options};
use std::{
    fs::OpenOptions,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tests::{
    city::City,
    database::{Database, Fresh, fresh},
};

/// Between two looks at the bot's figures.
const LOOK: Duration = Duration::from_millis(100);

/// Everything a measurement needs.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) fake: Fake,
    pub(crate) city: City,
    pub(crate) bot: Process,
    // Last: the database and the folder go when nothing uses them any more.
    pub(crate) database: Fresh,
    pub(crate) folder: TempDir,
}

impl Stage {
    /// Sets it, and waits until the bot serves.
    pub(crate) async fn set(database: Database) -> anyhow::Result<Self> {
        let fake = Fake::start(Options::default()).await?;
        let city = City::build(&fake);
        let database = fresh(database).await;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("config.toml");
        std::fs::write(
            &file,
            configuration(&fake, &city, &database, folder.path())?,
        )?;
        let bot = Process::start(&file).await?;
        Ok(Self {
            fake,
            city,
            bot,
            database,
            folder,
        })
    }

    /// Stops the bot, then the stand-in.
    pub(crate) async fn strike(mut self) -> anyhow::Result<()> {
        self.bot.halt().await?;
        self.fake.shutdown();
        Ok(self.folder.close()?)
    }

    /// Waits until so many interactions were handled, from the first on; how long it took at most.
    pub(crate) async fn answered(&self, count: u64, within: Duration) -> anyhow::Result<bool> {
        self.counted("renkei_interactions_total", "", count, within)
            .await
    }

    /// Waits until so many cards stand where they belong; `false` when fewer do within the time.
    pub(crate) async fn delivered(&self, count: u64, within: Duration) -> anyhow::Result<bool> {
        self.counted("renkei_deliveries_total", "\"sent\"", count, within)
            .await
    }

    async fn counted(
        &self,
        counter: &str,
        label: &str,
        count: u64,
        within: Duration,
    ) -> anyhow::Result<bool> {
        let deadline = Instant::now() + within;
        while self.bot.counter(counter, label).await? < count {
            if Instant::now() > deadline {
                return Ok(false);
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(true)
    }
}

fn configuration(
    fake: &Fake,
    city: &City,
    database: &Fresh,
    folder: &Path,
) -> anyhow::Result<String> {
    let (ca_file, keys) = (folder.join("ca.pem"), folder.join("speaker.key"));
    fake.write_ca(&ca_file)?;
    // As the bot makes it: nobody else may read it.
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&keys)?
        .write_all(database.keys.to_file_text().as_bytes())?;
    Ok(format!(
        "[discord]\ntoken = {:?}\naddress = \"{}\"\nca_file = {ca_file:?}\nrequests_per_second = {REQUESTS_MAX}\n\n\
         [storage]\nurl = {:?}\nspeaker_key_file = {keys:?}\n\n\
         [http]\nlisten = \"127.0.0.1:0\"\n\n{}",
        fake.token(),
        fake.address(),
        database.url,
        city.configuration(),
    ))
}
