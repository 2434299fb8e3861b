//! Fresh databases for tests: a file of SQLite, or a database of the private PostgreSQL.
//!
//! A test that needs PostgreSQL and does not find it fails with a sentence that says what to run; it
//! is never passed over, so that green means both.

use sqlx::{
    AssertSqlSafe, Connection, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions,
};
use std::{
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
    time::Duration,
};
use storage::{Options, SpeakerKeys, Store};
use tempfile::TempDir;

/// Where `tests/postgres` says its cluster is.
pub const POSTGRES_VARIABLE: &str = "RENKEI_TEST_POSTGRES";

/// Where Linux keeps files that are gone with the machine.
const MEMORY: &str = "/dev/shm";

/// Between two tries to hold a database.
const MOMENT: Duration = Duration::from_millis(1);
/// A database that cannot be held for so long is held by a test itself.
const HELD_WITHIN: Duration = Duration::from_secs(60);

/// Connections of a store under test; few, so that waiting for one is tested as well.
const CONNECTIONS_MAX: u32 = 4;

/// Letters are ordered as in Japan, as an office's own cluster may do it: a query that leaves the order
/// of text to the cluster would answer unlike SQLite and is found out.
const ORDER: &str = "template template0 encoding 'UTF8' locale_provider icu icu_locale 'ja'";

/// The databases Renkei runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Database {
    /// Both of them.
    #[must_use]
    pub fn both() -> [Self; 2] {
        [Self::Sqlite, Self::Postgres]
    }
}

/// An empty database that is gone when this is dropped.
#[derive(Debug)]
pub struct Fresh {
    /// Its address, as a configuration would give it.
    pub url: String,
    /// The keys its stores are opened with.
    pub keys: SpeakerKeys,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(TempDir),
    Cluster { url: String, name: String },
}

/// Makes an empty database.
///
/// # Panics
/// When PostgreSQL is asked for and not at hand, or a database cannot be made.
pub async fn fresh(database: Database) -> Fresh {
    fresh_in(database, &std::env::temp_dir()).await
}

/// As [`fresh`], but a file of SQLite is in memory where the system has such a place: for tests that ask
/// what is written, not whether it outlives the machine, and write very often.
///
/// # Panics
/// As [`fresh`].
pub async fn fresh_in_memory(database: Database) -> Fresh {
    let memory = Path::new(MEMORY);
    if memory.is_dir() {
        fresh_in(database, memory).await
    } else {
        fresh(database).await
    }
}

async fn fresh_in(database: Database, folder: &Path) -> Fresh {
    let keys = SpeakerKeys::generate().expect("the system gives random bytes");
    let (url, place) = match database {
        Database::Sqlite => {
            let folder = tempfile::tempdir_in(folder).expect("a temporary folder");
            let url = format!("sqlite://{}", file_in(folder.path()).display());
            (url, Place::Folder(folder))
        }
        Database::Postgres => {
            let cluster = cluster();
            let name = unused_name();
            execute(&cluster, &format!("create database {name} {ORDER}"))
                .await
                .expect("the private PostgreSQL makes a database");
            (
                url_of(&cluster, &name),
                Place::Cluster { url: cluster, name },
            )
        }
    };
    Fresh { url, keys, place }
}

impl Fresh {
    /// A store on this database, as another process would open it.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(&self) -> Store {
        self.open_with(self.keys.clone()).await
    }

    /// A store on this database with other keys.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open_with(&self, speaker_keys: SpeakerKeys) -> Store {
        let options = Options {
            speaker_keys,
            connections_max: CONNECTIONS_MAX,
        };
        Store::open(&self.url, options)
            .await
            .expect("a fresh database opens")
    }

    /// A store on this database, its schema made.
    ///
    /// # Panics
    /// When it cannot be opened or migrated.
    pub async fn store(&self) -> Store {
        let store = self.open().await;
        store.migrate().await.expect("a fresh database is migrated");
        store
    }

    /// Runs a statement past the store, on a connection of its own: for what only time would do.
    ///
    /// # Panics
    /// The database does not answer, or does not take it.
    pub async fn run(&self, sql: &str) {
        match &self.place {
            Place::Cluster { .. } => execute(&self.url, sql).await,
            Place::Folder(_) => execute_in_file(&self.url, sql).await,
        }
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Moves everything that is kept in the time of the database into the past.
    ///
    /// # Panics
    /// The database does not answer.
    pub async fn let_waits_pass(&self) {
        for sql in [
            "update outbox_lane set free_at = 0",
            "update outbox set sent_at = sent_at - 600000000 where sent_at is not null",
            "update outbox set not_before = 0 where not_before is not null",
        ] {
            self.run(sql).await;
        }
    }

    /// Holds a SQLite database as another process would, so that nothing can be written.
    ///
    /// # Panics
    /// The database is not SQLite, or cannot be held.
    pub async fn hold(&self) -> Held {
        let options: SqliteConnectOptions = self.url.parse().expect("the database is SQLite");
        // SQLite itself looks again after up to a tenth of a second: whoever writes step by step would be
        // through before there was a moment between two of them.
        let mut connection = SqliteConnection::connect_with(&options.busy_timeout(Duration::ZERO))
            .await
            .expect("it can be opened again");
        let taken = async move {
            loop {
                match sqlx::query("begin immediate")
                    .execute(&mut connection)
                    .await
                {
                    Ok(_) => return connection,
                    Err(sqlx::Error::Database(busy)) if busy.message().contains("locked") => {
                        tokio::time::sleep(MOMENT).await;
                    }
                    Err(error) => panic!("it cannot be held: {error}"),
                }
            }
        };
        // On a thread of its own, because the bot works on that of the test.
        let held = tokio::task::spawn_blocking(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build();
            let within = async { tokio::time::timeout(HELD_WITHIN, taken).await };
            runtime.expect("a clock").block_on(within)
        });
        let held = held.await.expect("nothing panics there");
        Held(held.expect("nobody else holds it"))
    }

    /// The file of a SQLite database.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Folder(folder) => Some(file_in(folder.path())),
            Place::Cluster { .. } => None,
        }
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let Place::Cluster { url, name } = &self.place else {
            return;
        };
        let (url, name) = (url.clone(), name.clone());
        // A thread of its own, because a drop cannot await and may happen inside a runtime. What
        // stays behind after a failure goes with the cluster.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime
                .block_on(execute(
                    &url,
                    &format!("drop database if exists {name} with (force)"),
                ))
                .map_err(std::io::Error::other)
        });
        drop(dropping.join());
    }
}

fn cluster() -> String {
    std::env::var(POSTGRES_VARIABLE).unwrap_or_else(|_| {
        panic!(
            "PostgreSQL is not at hand: run all tests with `tests/run`, \
             or some of them with `tests/postgres cargo test …`"
        )
    })
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("renkei.db")
}

/// A name no other test has, in this process or another one.
fn unused_name() -> String {
    format!(
        "renkei_test_{:016x}",
        RandomState::new().hash_one(std::process::id())
    )
}

/// The address of another database of the same cluster.
fn url_of(cluster: &str, name: &str) -> String {
    let (address, options) = cluster.split_once('?').unwrap_or((cluster, ""));
    let server = address
        .rsplit_once('/')
        .map_or(address, |(server, _)| server);
    if options.is_empty() {
        format!("{server}/{name}")
    } else {
        format!("{server}/{name}?{options}")
    }
}

async fn execute(url: &str, sql: &str) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

async fn execute_in_file(url: &str, sql: &str) -> sqlx::Result<()> {
    let mut connection = SqliteConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

/// A database held against writing.
#[derive(Debug)]
pub struct Held(SqliteConnection);

impl Held {
    /// Changes something as another process would, and lets go.
    ///
    /// # Panics
    /// The database refuses it.
    pub async fn finish(mut self, change: &'static str) {
        for sql in [change, "commit"] {
            sqlx::query(sql)
                .execute(&mut self.0)
                .await
                .expect("it can be changed");
        }
    }

    /// Lets go.
    ///
    /// # Panics
    /// The database does not answer.
    pub async fn release(mut self) {
        sqlx::query("rollback")
            .execute(&mut self.0)
            .await
            .expect("it can be let go");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_a_cluster_has_its_own_address() {
        for (cluster, expected) in [
            (
                "postgres://renkei@localhost/postgres",
                "postgres://renkei@localhost/new",
            ),
            (
                "postgres://a@b/c?host=/run/x",
                "postgres://a@b/new?host=/run/x",
            ),
        ] {
            assert_eq!(url_of(cluster, "new"), expected);
        }
    }
}
