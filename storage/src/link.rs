//! One connection to either database, and the macros that write a statement once for both.
//!
//! The two pools stay typed; [`run!`] and its kin expand one body per database, so that a noun's file
//! holds one SQL text (`$1` is understood by both) and one reading of its rows.

use crate::{
    counter::Numbers,
    error::Result,
    seal::{Place, Sealed, SpeakerKeys},
};
use chrono::{DateTime, Utc};
use domain::id::OfficeId;
use sqlx::{Postgres, Sqlite};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

/// A connection with an open snapshot: everything read through it belongs to one moment.
pub struct Connection {
    pub(crate) link: Link,
    pub(crate) keys: Arc<SpeakerKeys>,
    /// A statement has failed: what follows would differ between the databases.
    pub(crate) failed: bool,
    /// The time of the database, once it was asked for: everything here belongs to one moment.
    pub(crate) now: Option<DateTime<Utc>>,
}

/// A connection that may write; made by [`crate::Store::write`] only.
pub struct Transaction {
    connection: Connection,
    /// Something was put into the outbox.
    pub(crate) queued: bool,
    /// An occurrence was planned, or is due at another time.
    pub(crate) planned: bool,
    /// Rows that still find room in the outbox of an office, by the last look of this transaction.
    pub(crate) room: Option<(OfficeId, i64)>,
    /// Numbers that were taken at once for what follows.
    pub(crate) numbers: Vec<Numbers>,
}

/// The typed connection inside.
pub(crate) enum Link {
    /// SQLite.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Connection {
    pub(crate) fn new(link: Link, keys: Arc<SpeakerKeys>) -> Self {
        Self {
            link,
            keys,
            failed: false,
            now: None,
        }
    }

    /// Remembers whether a statement failed.
    pub(crate) fn noting<T>(&mut self, result: std::result::Result<T, sqlx::Error>) -> Result<T> {
        self.failed |= result.is_err();
        Ok(result?)
    }

    pub(crate) fn seal(&self, place: Place, plain: &[u8]) -> Result<Sealed> {
        self.keys.seal(place, plain)
    }

    pub(crate) fn unseal(&self, place: Place, key: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        self.keys.open(place, key, bytes)
    }
}

impl Link {
    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(inner) => inner.commit().await?,
            Self::Postgres(inner) => inner.commit().await?,
        }
        Ok(())
    }

    pub(crate) async fn rollback(self) -> Result<()> {
        match self {
            Self::Sqlite(inner) => inner.rollback().await?,
            Self::Postgres(inner) => inner.rollback().await?,
        }
        Ok(())
    }
}

impl Transaction {
    pub(crate) fn new(connection: Connection) -> Self {
        Self {
            connection,
            queued: false,
            planned: false,
            room: None,
            numbers: Vec::new(),
        }
    }

    pub(crate) fn into_link(self) -> Link {
        self.connection.link
    }
}

impl Deref for Transaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.link {
            Link::Sqlite(_) => "Connection(sqlite)",
            Link::Postgres(_) => "Connection(postgres)",
        })
    }
}

impl std::fmt::Debug for Transaction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Transaction({:?})", self.connection)
    }
}

/// Builds a query with its parameters and ends it, once per database.
macro_rules! statement {
    ($connection:expr, $sql:expr, $query:expr, $end:ident, [$($argument:expr),*]) => {{
        let connection: &mut $crate::link::Connection = $connection;
        // Costs nothing while nobody listens; tests count by it how often the database is asked, and look
        // at how it answers. What people wrote is in the parameters only.
        tracing::trace!(
            target: "renkei::statement",
            sql = sqlx::SqlSafeStr::into_sql_str($sql).as_str(),
            "asked"
        );
        let result = match &mut connection.link {
            $crate::link::Link::Sqlite(link) => {
                $query$(.bind($argument))*.$end(&mut **link).await.map($crate::link::Ended::ended)
            }
            $crate::link::Link::Postgres(link) => {
                $query$(.bind($argument))*.$end(&mut **link).await.map($crate::link::Ended::ended)
            }
        };
        connection.noting(result)
    }};
}

/// Runs a statement and says how many rows it touched (`u64`).
macro_rules! run {
    ($connection:expr, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::link::statement!($connection, $sql, sqlx::query($sql), execute, [$($argument),*])
    };
}

/// Reads every row as a tuple or a row type.
macro_rules! all {
    ($connection:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::link::statement!(
            $connection, $sql, sqlx::query_as::<_, $row>($sql), fetch_all, [$($argument),*]
        )
    };
}

/// Reads one row, or none.
macro_rules! optional {
    ($connection:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::link::statement!(
            $connection, $sql, sqlx::query_as::<_, $row>($sql), fetch_optional, [$($argument),*]
        )
    };
}

/// Reads the one row there is.
macro_rules! one {
    ($connection:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::link::optional!($connection, $row, $sql $(, $argument)*)
            .and_then(|row| row.ok_or_else(|| $crate::error::Error::from(sqlx::Error::RowNotFound)))
    };
}

/// At most so many rows, by a parameter: for what is asked at every look and for every post. SQLite plans a
/// statement anew whenever it is run if its limit is nothing but a parameter, and a sum is something else.
macro_rules! limit {
    ($parameter:literal) => {
        concat!("limit ", $parameter, " + 0")
    };
}

pub(crate) use {all, limit, one, optional, run, statement};

/// What a statement ends in, made the same for both databases: rows stay rows, and the two kinds of
/// "done" become the number of touched rows.
pub(crate) trait Ended {
    /// What it becomes.
    type Same;
    /// Makes it the same.
    fn ended(self) -> Self::Same;
}

impl Ended for sqlx::sqlite::SqliteQueryResult {
    type Same = u64;

    fn ended(self) -> u64 {
        self.rows_affected()
    }
}

impl Ended for sqlx::postgres::PgQueryResult {
    type Same = u64;

    fn ended(self) -> u64 {
        self.rows_affected()
    }
}

impl<T> Ended for Vec<T> {
    type Same = Self;

    fn ended(self) -> Self {
        self
    }
}

impl<T> Ended for Option<T> {
    type Same = Self;

    fn ended(self) -> Self {
        self
    }
}
