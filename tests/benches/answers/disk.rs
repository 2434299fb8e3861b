//! The disk: what one write to it costs here, how many commits a database has made, and a test cluster
//! made as durable as a real one.

use anyhow::{Context, bail};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    fs::File,
    io::{Seek, Write},
    path::Path,
    time::{Duration, Instant},
};
use tests::database::{Database, Fresh, POSTGRES_VARIABLE};

use crate::figure::Durations;

/// Writes of the probe.
const PROBES: usize = 200;
/// What the probe writes at a time: a page of SQLite.
const PAGE_BYTES: usize = 4_096;
/// Where `iChange`, which counts commits, stands in the header of SQLite's write-ahead log index
/// (SQLite's documentation, "WAL-mode File Format", section 2.1).
const CHANGES_AT: usize = 8;
/// What a test cluster leaves out for speed, and a real one never does.
const DURABLE: [&str; 3] = ["fsync", "synchronous_commit", "full_page_writes"];
/// How long a cluster may take to read its settings again.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks at them.
const LOOK: Duration = Duration::from_millis(50);

/// How long it takes until a page is on the disk of this folder: the least a durable answer can take.
pub(crate) fn probe(folder: &Path) -> anyhow::Result<Durations> {
    let mut file = File::create(folder.join("probe"))?;
    file.write_all(&[0; PAGE_BYTES])?;
    file.sync_all()?;
    (0..PROBES)
        .map(|_| {
            file.rewind()?;
            file.write_all(&[1; PAGE_BYTES])?;
            let started = Instant::now();
            file.sync_data()?;
            Ok(started.elapsed())
        })
        .collect()
}

/// Commits that a database has counted so far. SQLite, as Renkei opens it, writes to the disk once for
/// each; PostgreSQL at most once.
pub(crate) async fn commits(database: &Fresh) -> anyhow::Result<u64> {
    if let Some(file) = database.file() {
        let mut index = file.into_os_string();
        index.push("-shm");
        let header = std::fs::read(index)?;
        let bytes = header
            .get(CHANGES_AT..CHANGES_AT + 4)
            .context("the index of the write-ahead log is too short")?;
        return Ok(u32::from_ne_bytes(bytes.try_into()?).into());
    }
    let mut connection = PgConnection::connect(&database.url).await?;
    let (commits,): (i64,) = sqlx::query_as(
        "select xact_commit from pg_stat_database where datname = current_database()",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    Ok(u64::try_from(commits)?)
}

/// The databases that are at hand: PostgreSQL only where the variable names a cluster.
pub(crate) fn at_hand() -> Vec<Database> {
    let has_cluster = std::env::var_os(POSTGRES_VARIABLE).is_some();
    Database::both()
        .into_iter()
        .filter(|database| *database == Database::Sqlite || has_cluster)
        .collect()
}

/// A cluster that keeps what it has committed. `tests/postgres` starts one that does not, which is
/// right for tests and would make figures worthless.
#[derive(Debug)]
pub(crate) struct Durable {
    connection: PgConnection,
    changed: Vec<&'static str>,
}

impl Durable {
    /// Turns on whatever is off.
    pub(crate) async fn make() -> anyhow::Result<Self> {
        let url = std::env::var(POSTGRES_VARIABLE).context("no cluster is named")?;
        let connection = PgConnection::connect(&url).await?;
        let changed = Vec::new();
        let mut durable = Self {
            connection,
            changed,
        };
        for setting in DURABLE {
            if durable.shown(setting).await? == "off" {
                durable
                    .run(&format!("alter system set {setting} = on"))
                    .await?;
                durable.changed.push(setting);
            }
        }
        durable.reload().await?;
        Ok(durable)
    }

    /// Takes back what was turned on.
    pub(crate) async fn restore(mut self) -> anyhow::Result<()> {
        for setting in std::mem::take(&mut self.changed) {
            self.run(&format!("alter system reset {setting}")).await?;
        }
        self.run("select pg_reload_conf()").await?;
        Ok(self.connection.close().await?)
    }

    async fn reload(&mut self) -> anyhow::Result<()> {
        self.run("select pg_reload_conf()").await?;
        let deadline = Instant::now() + PATIENCE;
        for setting in DURABLE {
            while self.shown(setting).await? == "off" {
                if Instant::now() > deadline {
                    bail!("{setting} cannot be turned on: start a cluster that has it on");
                }
                tokio::time::sleep(LOOK).await;
            }
        }
        Ok(())
    }

    async fn shown(&mut self, setting: &str) -> anyhow::Result<String> {
        let sql = AssertSqlSafe(format!("show {setting}"));
        let (value,): (String,) = sqlx::query_as(sql).fetch_one(&mut self.connection).await?;
        Ok(value)
    }

    async fn run(&mut self, sql: &str) -> anyhow::Result<()> {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }
}
