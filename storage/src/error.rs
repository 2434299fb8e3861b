//! What can go wrong in storage, as one enum.
//!
//! A [`Conflict`] is the situation of a person (somebody was faster, the name is taken) and has a name
//! of its own; everything else is a fault of ours. Nothing here ever holds a value of a column: no
//! name, no wording. [`Fault`] sees to that for what the database driver says.

use sqlx::error::ErrorKind;
use std::{fmt, sync::Arc};

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong in storage.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The change does not fit what is stored; nothing was changed.
    #[error("{0}")]
    Conflict(#[from] Conflict),
    /// A newer version of the program has written this schema; this one must not touch it.
    #[error("the schema has version {found}, this program knows versions up to {known}")]
    SchemaNewer {
        /// The version the database has.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The schema is missing or older than this program needs: it has to be migrated first.
    #[error("the schema is older than this program needs")]
    SchemaOlder,
    /// The address of the database cannot be used; the text says why and holds nothing of the address.
    #[error("the address of the database cannot be used: {0}")]
    BadUrl(&'static str),
    /// A sealed value cannot be opened: its key is missing, or it was changed or moved.
    #[error("a sealed value cannot be opened with the keys at hand")]
    Sealed,
    /// The closure went on after a statement had failed; all it did was rolled back.
    ///
    /// PostgreSQL refuses everything after a failed statement and SQLite does not, so going on is
    /// refused on both.
    #[error("a change went on after a failed statement and was rolled back")]
    Aborted,
    /// The closure panicked; all it did was rolled back, and the door stays open.
    #[error("a change panicked and was rolled back")]
    Panicked,
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
    /// A detail of an audit entry is not a code; wording must never get there.
    #[error("a detail of an audit entry is not a code")]
    NotACode,
    /// A stored value cannot be read by this version; the word says which column.
    #[error("the stored {0} cannot be read by this version")]
    Unreadable(&'static str),
    /// A value that is to be kept as JSON cannot be written or read as such.
    #[error("a value could not be turned into JSON or back")]
    Json,
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    Random,
    /// A file beside the database could not be made or restricted.
    #[error("a file of the database cannot be used: {0}")]
    File(#[from] std::io::Error),
    /// The schema could not be migrated.
    #[error("the schema could not be migrated: {0}")]
    Migration(Fault),
    /// The database refused or could not be reached.
    #[error("{0}")]
    Database(Fault),
}

/// Why a change does not fit what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Conflict {
    /// Somebody changed the record after it was read: read it again.
    #[error("the record was changed in the meantime")]
    StaleRevision,
    /// Another record of the office has this name (width and case do not count).
    #[error("the name is taken")]
    NameTaken,
    /// Another session of the series and fiscal year has this 第n回.
    #[error("the number in the series is taken")]
    NumberTaken,
    /// The channel has another use in this office.
    #[error("the channel has another use")]
    ChannelTaken,
    /// The role has another meaning in this office.
    #[error("the role has another meaning")]
    RoleTaken,
    /// Another record still refers to it.
    #[error("other records refer to it")]
    InUse,
    /// The record has as many of these as it may have.
    #[error("the record has as many as it may have")]
    Full,
    /// The session takes no issues: it is only proposed, was cancelled or taken back.
    #[error("the session takes no issues")]
    Closed,
    /// Others were merged into the issue, or what it is to be merged into was merged itself.
    #[error("issues are merged in one step only")]
    Chained,
    /// The record, or one it refers to, does not exist in this office.
    #[error("the record does not exist")]
    Missing,
    /// More waits to be sent than an office may have waiting ([`crate::outbox::QUEUE_MAX`]).
    #[error("the outbox of the office is full")]
    QueueFull,
}

/// What the database driver said, without the values it said it about.
///
/// PostgreSQL sends the offending row in the *detail* of an error and sqlx keeps that in its `Debug`
/// form; this type shows the message alone, in both forms, and hands out no source.
#[derive(Clone)]
pub struct Fault(Arc<sqlx::Error>);

impl Fault {
    pub(crate) fn of(error: sqlx::Error) -> Self {
        Self(Arc::new(error))
    }

    /// The code of the database (SQLSTATE, or SQLite's extended result code), if it was the database
    /// that refused.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        self.0
            .as_database_error()?
            .code()
            .map(std::borrow::Cow::into_owned)
    }

    /// Whether the same closure may succeed when it is simply run again (PostgreSQL's serialisation
    /// failure and deadlock).
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self.code().as_deref(), Some("40001" | "40P01"))
    }

    fn kind(&self) -> Option<ErrorKind> {
        self.0
            .as_database_error()
            .map(sqlx::error::DatabaseError::kind)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_database_error() {
            Some(error) => write!(f, "the database refused: {}", error.message()),
            None => write!(f, "{}", self.0),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({self})")
    }
}

impl std::error::Error for Fault {}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolClosed => Self::Closed,
            error => Self::Database(Fault::of(error)),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Fault::of(error.into()))
    }
}

impl From<serde_json::Error> for Error {
    // The original is dropped on purpose: it quotes what it could not read.
    fn from(_: serde_json::Error) -> Self {
        Self::Json
    }
}

impl Error {
    /// Whether the same closure may succeed when it is simply run again.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self, Self::Database(fault) if fault.is_transient())
    }

    /// Names a broken unique or foreign key; everything else stays what it is.
    pub(crate) fn naming(self, unique: Conflict, foreign: Conflict) -> Self {
        match &self {
            Self::Database(fault) => match fault.kind() {
                Some(ErrorKind::UniqueViolation) => unique.into(),
                Some(ErrorKind::ForeignKeyViolation) => foreign.into(),
                _ => self,
            },
            _ => self,
        }
    }
}
