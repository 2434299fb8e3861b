//! What a row of the outbox, an occurrence, an audit entry or a piece of history is about.

use crate::error::{Error, Result};
use domain::id::{ImportId, IssueId, KeyPersonId, MatchingId, ReminderId, SessionId, StoppageId};
use serde::{Deserialize, Serialize};

/// The kinds of records that others are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// An issue.
    Issue,
    /// A stoppage: what hinders sending.
    Stoppage,
    /// A reminder.
    Reminder,
    /// A session.
    Session,
    /// A pair of issues whose needs meet.
    Matching,
    /// A key person.
    KeyPerson,
    /// A list of issues taken from a file.
    Import,
}

domain::codes!(SubjectKind {
    Issue = "issue",
    Stoppage = "stoppage",
    Reminder = "reminder",
    Session = "session",
    Matching = "matching",
    KeyPerson = "key_person",
    Import = "import",
});

/// One record that another is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Its kind.
    pub kind: SubjectKind,
    /// Its number within the office.
    pub id: i64,
}

impl Subject {
    pub(crate) fn from_stored(kind: &str, id: i64) -> Result<Self> {
        let kind = SubjectKind::from_code(kind).ok_or(Error::Unreadable("subject kind"))?;
        Ok(Self { kind, id })
    }
}

impl From<ReminderId> for Subject {
    fn from(id: ReminderId) -> Self {
        Self {
            kind: SubjectKind::Reminder,
            id: id.0,
        }
    }
}

impl From<SessionId> for Subject {
    fn from(id: SessionId) -> Self {
        Self {
            kind: SubjectKind::Session,
            id: id.0,
        }
    }
}

impl From<ImportId> for Subject {
    fn from(id: ImportId) -> Self {
        Self {
            kind: SubjectKind::Import,
            id: id.0,
        }
    }
}

impl From<IssueId> for Subject {
    fn from(id: IssueId) -> Self {
        Self {
            kind: SubjectKind::Issue,
            id: id.0,
        }
    }
}

impl From<StoppageId> for Subject {
    fn from(id: StoppageId) -> Self {
        Self {
            kind: SubjectKind::Stoppage,
            id: id.0,
        }
    }
}

impl From<MatchingId> for Subject {
    fn from(id: MatchingId) -> Self {
        Self {
            kind: SubjectKind::Matching,
            id: id.0,
        }
    }
}

impl From<KeyPersonId> for Subject {
    fn from(id: KeyPersonId) -> Self {
        Self {
            kind: SubjectKind::KeyPerson,
            id: id.0,
        }
    }
}
