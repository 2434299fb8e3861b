//! Where SQLite and PostgreSQL differ; nothing else in the crate asks which of the two it is.

use crate::{
    error::Result,
    instant,
    link::{Connection, Link, one, optional, run},
};
use chrono::{DateTime, Utc};

/// How a snapshot for reading begins.
pub(crate) const READ_SQLITE: &str = "begin deferred";
/// How a snapshot for reading begins.
pub(crate) const READ_POSTGRES: &str = "begin isolation level repeatable read read only";

/// How the writer of SQLite begins: at once, so that nobody else can be in between.
pub(crate) const WRITE_SQLITE: &str = "begin immediate";
/// How a change begins beside others. The lock conflicts with [`WRITE_ALONE_POSTGRES`] only, and
/// taking it first means that the snapshot is not older than the wait for it.
pub(crate) const WRITE_POSTGRES: &str =
    "begin isolation level serializable; lock table office in row share mode";
/// How a change begins that has lost against others too often: it waits for them and keeps new ones
/// out, so that it cannot lose again.
pub(crate) const WRITE_ALONE_POSTGRES: &str =
    "begin isolation level serializable; lock table office in exclusive mode";

/// The time of the database, which all processes share: that of the moment when a transaction first asks
/// for it.
pub(crate) async fn now(connection: &mut Connection) -> Result<DateTime<Utc>> {
    if let Some(now) = connection.now {
        return Ok(now);
    }
    let sql = match connection.link {
        // SQLite knows milliseconds; rounding takes the error of the floating point away.
        Link::Sqlite(_) => "select cast(round(unixepoch('subsec') * 1000) as bigint) * 1000",
        Link::Postgres(_) => {
            "select cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint) * 1000"
        }
    };
    let (micros,) = one!(connection, (i64,), sql)?;
    let now = instant::from_stored(micros)?;
    connection.now = Some(now);
    Ok(now)
}

/// Whether rows that another worker has in hand can be passed over. On SQLite there is one writer and
/// nothing to pass over.
pub(crate) fn passes_over_locked(connection: &Connection) -> bool {
    matches!(connection.link, Link::Postgres(_))
}

/// Whether there is a table of this name.
pub(crate) async fn has_table(connection: &mut Connection, name: &str) -> Result<bool> {
    let sql = match connection.link {
        Link::Sqlite(_) => "select 1 from sqlite_master where type = 'table' and name = $1",
        Link::Postgres(_) => {
            "select 1 from pg_catalog.pg_class where oid = to_regclass($1) and relkind = 'r'"
        }
    };
    Ok(match connection.link {
        Link::Sqlite(_) => optional!(connection, (i64,), sql, name)?.is_some(),
        Link::Postgres(_) => optional!(connection, (i32,), sql, name)?.is_some(),
    })
}

/// One of two texts of SQL, for what the databases have no common words for.
pub(crate) fn either(
    connection: &Connection,
    sqlite: &'static str,
    postgres: &'static str,
) -> &'static str {
    match connection.link {
        Link::Sqlite(_) => sqlite,
        Link::Postgres(_) => postgres,
    }
}

/// One of two pairs of texts, as [`either`].
pub(crate) fn either_pair(
    connection: &Connection,
    sqlite: (&'static str, &'static str),
    postgres: (&'static str, &'static str),
) -> (&'static str, &'static str) {
    match connection.link {
        Link::Sqlite(_) => sqlite,
        Link::Postgres(_) => postgres,
    }
}

/// "And" and "or" between the pairs of letters that the index of wordings is asked for.
pub(crate) fn index_words(connection: &Connection) -> (&'static str, &'static str) {
    match connection.link {
        Link::Sqlite(_) => (" AND ", " OR "),
        Link::Postgres(_) => (" & ", " | "),
    }
}

/// What names a row of a table among others, for a deletion of some of them.
pub(crate) fn row_name(connection: &Connection) -> &'static str {
    either(connection, "rowid", "ctid")
}

/// Marks a place in the transaction of SQLite's writer to which one closure can be rolled back.
pub(crate) async fn mark(connection: &mut Connection) -> Result<()> {
    run!(connection, "savepoint closure").map(drop)
}

/// Keeps what was done since [`mark`].
pub(crate) async fn keep(connection: &mut Connection) -> Result<()> {
    run!(connection, "release closure").map(drop)
}

/// Takes back what was done since [`mark`].
pub(crate) async fn take_back(connection: &mut Connection) -> Result<()> {
    run!(connection, "rollback to closure")?;
    keep(connection).await
}
