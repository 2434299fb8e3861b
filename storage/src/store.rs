//! The store: how the rest of Renkei reaches its records.

use crate::{
    dialect,
    door::{Queue, Surroundings, Writer},
    error::{Error, Result},
    file,
    link::{Connection, Link, Transaction, one, optional},
    office,
    schema::{self, Side},
    seal::SpeakerKeys,
};
use domain::{
    id::{OfficeId, ServerId},
    office::Office,
};
use futures::future::BoxFuture;
use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    collections::HashMap,
    path::PathBuf,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;

/// How long SQLite waits for another process (a backup, a second command) to let go of the file.
const BUSY_SECONDS_MAX: u64 = 10;
/// How long a reader or a writer waits for a connection.
const ACQUIRE_SECONDS_MAX: u64 = 10;
/// After this long PostgreSQL ends a transaction whose process has gone silent, so that its locks do
/// not outlive it.
const SILENT_TRANSACTION: &str = "60s";

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The keys that seal speakers' names and drafts.
    pub speaker_keys: SpeakerKeys,
    /// Most connections to the database at a time; at least 1. There is one more for writing.
    pub connections_max: u32,
}

/// The records of all offices of one database. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    backend: Backend,
    surroundings: Surroundings,
    /// The set-up of every office as last read; current while the revision is.
    offices: Mutex<HashMap<ServerId, Arc<Office>>>,
}

enum Backend {
    Sqlite {
        readers: SqlitePool,
        writer: SqlitePool,
        queue: Queue,
        path: PathBuf,
    },
    Postgres {
        readers: PgPool,
        writer: PgPool,
        queue: Queue,
    },
}

impl Store {
    /// Opens `sqlite://path` (made with mode 0600 when missing) or `postgres://…`. The schema is
    /// neither made nor checked: see [`Store::migrate`] and [`Store::check_schema`].
    ///
    /// A database in memory is refused: it would be gone with the process, and every connection would
    /// have its own.
    ///
    /// # Errors
    /// [`Error::BadUrl`], [`Error::File`], or [`Error::Database`] when it cannot be reached.
    pub async fn open(url: &str, options: Options) -> Result<Self> {
        let surroundings = Surroundings {
            keys: Arc::new(options.speaker_keys),
            outbox_changed: Arc::new(Notify::new()),
            occurrence_changed: Arc::new(Notify::new()),
        };
        let connections_max = options.connections_max.max(1);
        let backend = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => open_sqlite(url, connections_max, surroundings.clone()).await?,
            Some("postgres" | "postgresql") => {
                open_postgres(url, connections_max, surroundings.clone()).await?
            }
            _ => {
                return Err(Error::BadUrl(
                    "it begins with neither sqlite: nor postgres:",
                ));
            }
        };
        let offices = Mutex::new(HashMap::new());
        Ok(Self {
            inner: Arc::new(Inner {
                backend,
                surroundings,
                offices,
            }),
        })
    }

    /// Brings the schema up to date and says which migrations were applied, by name.
    ///
    /// A SQLite database that has data is copied first, to a file beside it with mode 0600 whose name
    /// ends in the version it holds (`renkei.db.schema-3`).
    ///
    /// # Errors
    /// [`Error::SchemaNewer`] when a newer program was here; [`Error::Migration`] when a step failed
    /// (that step is rolled back); [`Error::File`] when the copy cannot be made.
    pub async fn migrate(&self) -> Result<Vec<String>> {
        let found = self
            .read(|connection| Box::pin(schema::applied(connection)))
            .await?;
        match schema::check(found) {
            Ok(()) => return Ok(Vec::new()),
            Err(Error::SchemaOlder) => {}
            Err(error) => return Err(error),
        }
        match &self.inner.backend {
            Backend::Sqlite { writer, path, .. } => {
                if found > 0 {
                    copy(writer, path, found).await?;
                }
                let mut connection = writer.acquire().await?;
                schema::migrator(Side::Sqlite)
                    .run_direct(None, &mut *connection, false)
                    .await?;
            }
            Backend::Postgres { writer, .. } => {
                let mut connection = writer.acquire().await?;
                // A migration that fails keeps its lock for as long as its connection lasts.
                connection.close_on_drop();
                schema::migrator(Side::Postgres)
                    .run_direct(None, &mut *connection, false)
                    .await?;
            }
        }
        Ok(schema::names_after(found))
    }

    /// Whether the schema is the one this program needs.
    ///
    /// # Errors
    /// [`Error::SchemaNewer`] or [`Error::SchemaOlder`].
    pub async fn check_schema(&self) -> Result<()> {
        schema::check(
            self.read(|connection| Box::pin(schema::applied(connection)))
                .await?,
        )
    }

    /// Whether the keys at hand open every speaker's name that is stored; asked once at start, so
    /// that a lost key file is found before somebody needs a name.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a key is missing.
    pub async fn check_keys(&self) -> Result<()> {
        let keys = Arc::clone(&self.inner.surroundings.keys);
        let in_use = self
            .read(|connection| Box::pin(schema::keys_in_use(connection)))
            .await?;
        if in_use.iter().all(|id| keys.holds(id)) {
            Ok(())
        } else {
            Err(Error::Sealed)
        }
    }

    /// Reads within one snapshot: everything `f` reads belongs to one moment.
    ///
    /// # Errors
    /// What `f` returns, or [`Error::Database`].
    pub async fn read<T, F>(&self, f: F) -> Result<T>
    where
        F: for<'c> FnOnce(&'c mut Connection) -> BoxFuture<'c, Result<T>> + Send,
        T: Send,
    {
        let link = match &self.inner.backend {
            Backend::Sqlite { readers, .. } => {
                Link::Sqlite(readers.begin_with(dialect::READ_SQLITE).await?)
            }
            Backend::Postgres { readers, .. } => {
                Link::Postgres(readers.begin_with(dialect::READ_POSTGRES).await?)
            }
        };
        let mut connection = Connection::new(link, Arc::clone(&self.inner.surroundings.keys));
        // Nothing was changed, so nobody waits for the end of the snapshot: it ends on its way back to
        // the pool.
        f(&mut connection).await
    }

    /// Changes something, in one transaction: the one door through which everything is written.
    ///
    /// The closure may be run more than once and must do the same each time; its future awaits only
    /// its transaction (never a lock, a channel, a timer or another store) and touches at most some
    /// 200 rows. It shares a commit with others that wait; they are run again when one of them refuses, each
    /// under a savepoint of its own then, and on PostgreSQL when they lose against another process.
    ///
    /// `Err` rolls everything back. To decline without having changed anything, return `Ok` with an
    /// outcome of your own; after an error of this crate return that error (going on is refused with
    /// [`Error::Aborted`]).
    ///
    /// A caller that stops waiting does not undo the change.
    ///
    /// # Errors
    /// What the closure returns; [`Error::Database`] when the change could not be committed;
    /// [`Error::Panicked`], [`Error::Aborted`], [`Error::Closed`].
    pub async fn write<T, F>(&self, f: F) -> Result<T>
    where
        F: for<'t> Fn(&'t mut Transaction) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
        T: Send + 'static,
    {
        match &self.inner.backend {
            Backend::Sqlite { queue, .. } | Backend::Postgres { queue, .. } => queue.write(f).await,
        }
    }

    /// The office of a server with its whole set-up; one small query when nothing has changed.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn office(&self, server: ServerId) -> Result<Option<Arc<Office>>> {
        let cached = self.offices().get(&server).cloned();
        let known = cached.as_ref().map(|office| (office.id, office.revision));
        let found = self
            .read(move |connection| Box::pin(office_unless_known(connection, server, known)))
            .await?;
        Ok(match found {
            Found::Nothing => {
                self.offices().remove(&server);
                None
            }
            Found::AsKnown => cached,
            Found::Changed(office) => {
                let office = Arc::new(*office);
                self.offices().insert(server, Arc::clone(&office));
                Some(office)
            }
        })
    }

    /// The office as of a revision of its set-up, or later; without a query when this process knows it so.
    ///
    /// # Errors
    /// As [`Store::office`].
    pub async fn office_since(
        &self,
        office: OfficeId,
        revision: i64,
    ) -> Result<Option<Arc<Office>>> {
        match self.office_known(office) {
            Some(known) if known.revision >= revision => Ok(Some(known)),
            _ => self.office_by_id(office).await,
        }
    }

    /// The office as this process knows it, which may be outdated; [`crate::office::current`] makes it
    /// current in a transaction.
    #[must_use]
    pub fn office_known(&self, office: OfficeId) -> Option<Arc<Office>> {
        let known = self.offices();
        known.values().find(|known| known.id == office).cloned()
    }

    /// The same office by our own id.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn office_by_id(&self, office: OfficeId) -> Result<Option<Arc<Office>>> {
        let known = self.office_known(office);
        let found = self
            .read(move |connection| Box::pin(office::current(connection, office, known.clone())))
            .await?;
        if let Some(found) = &found {
            self.offices().insert(found.server, Arc::clone(found));
        }
        Ok(found)
    }

    /// Told after every commit that put something into the outbox (of this process; others are found
    /// by asking [`crate::outbox::next_due`] now and then).
    #[must_use]
    pub fn outbox_changed(&self) -> Arc<Notify> {
        Arc::clone(&self.inner.surroundings.outbox_changed)
    }

    /// Told after every commit that planned an occurrence or moved one (of this process; others are
    /// found by asking [`crate::occurrence::next_due`] now and then).
    #[must_use]
    pub fn occurrence_changed(&self) -> Arc<Notify> {
        Arc::clone(&self.inner.surroundings.occurrence_changed)
    }

    /// `sqlite` or `postgres`, for logs and `/ready`.
    #[must_use]
    pub fn url_kind(&self) -> &'static str {
        match self.inner.backend {
            Backend::Sqlite { .. } => "sqlite",
            Backend::Postgres { .. } => "postgres",
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Error::Database`] or [`Error::Closed`] when it does not.
    pub async fn ping(&self) -> Result<()> {
        self.read(|connection| {
            Box::pin(async move { one!(connection, (i64,), "select cast(1 as bigint)").map(drop) })
        })
        .await
    }

    /// Carries out the changes that wait, then closes every connection.
    pub async fn close(&self) {
        match &self.inner.backend {
            Backend::Sqlite {
                readers,
                writer,
                queue,
                ..
            } => {
                queue.close().await;
                // The writer goes last: the last connection folds the write-ahead log into the file.
                readers.close().await;
                writer.close().await;
            }
            Backend::Postgres {
                readers,
                writer,
                queue,
            } => {
                queue.close().await;
                readers.close().await;
                writer.close().await;
            }
        }
    }

    fn offices(&self) -> std::sync::MutexGuard<'_, HashMap<ServerId, Arc<Office>>> {
        self.inner
            .offices
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.url_kind())
    }
}

enum Found {
    Nothing,
    AsKnown,
    Changed(Box<Office>),
}

async fn office_unless_known(
    connection: &mut Connection,
    server: ServerId,
    known: Option<(OfficeId, i64)>,
) -> Result<Found> {
    let row = optional!(
        connection,
        (i64, i64),
        "select id, revision from office where server_id = $1",
        server.to_stored()
    )?;
    let Some((id, revision)) = row else {
        return Ok(Found::Nothing);
    };
    if known == Some((OfficeId(id), revision)) {
        return Ok(Found::AsKnown);
    }
    let office = office::load(connection, OfficeId(id)).await?;
    Ok(office.map_or(Found::Nothing, |office| Found::Changed(Box::new(office))))
}

async fn open_sqlite(
    url: &str,
    connections_max: u32,
    surroundings: Surroundings,
) -> Result<Backend> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(Error::BadUrl("a database in memory does not last"));
    }
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|_| Error::BadUrl("it is not of the form sqlite://path"))?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(BUSY_SECONDS_MAX));
    let path = options.get_filename().to_owned();
    if path.as_os_str().is_empty() {
        return Err(Error::BadUrl("it names no file"));
    }
    file::prepare(&path)?;
    let pool = |most| {
        SqlitePoolOptions::new()
            .max_connections(most)
            .idle_timeout(None)
            .max_lifetime(None)
            // The database is in this process: nobody else can have hung up.
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
    };
    // The writer comes first: it turns a new file to write-ahead logging, which readers may not.
    let writer = pool(1).connect_with(options.clone()).await?;
    let readers = pool(connections_max).connect_lazy_with(options.pragma("query_only", "on"));
    let queue = Queue::open(Writer::Sqlite(writer.clone()), surroundings);
    Ok(Backend::Sqlite {
        readers,
        writer,
        queue,
        path,
    })
}

async fn open_postgres(
    url: &str,
    connections_max: u32,
    surroundings: Surroundings,
) -> Result<Backend> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| Error::BadUrl("it is not of the form postgres://user@host/database"))?
        .application_name("renkei")
        .options([("idle_in_transaction_session_timeout", SILENT_TRANSACTION)]);
    let pool = |connections_max| {
        PgPoolOptions::new()
            .max_connections(connections_max)
            .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
    };
    let writer = pool(1).connect_with(options.clone()).await?;
    let readers = pool(connections_max).connect_lazy_with(options);
    let queue = Queue::open(Writer::Postgres(writer.clone()), surroundings);
    Ok(Backend::Postgres {
        readers,
        writer,
        queue,
    })
}

async fn copy(writer: &SqlitePool, path: &std::path::Path, version: i64) -> Result<()> {
    let copy = file::prepare_copy(path, version)?;
    let name = copy
        .to_str()
        .ok_or(Error::BadUrl("the path of the database is not valid UTF-8"))?
        .to_owned();
    sqlx::query("vacuum into $1")
        .bind(name)
        .execute(writer)
        .await?;
    tracing::info!(
        schema.version = version,
        "the database was copied before its migration"
    );
    Ok(())
}
