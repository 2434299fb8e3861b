//! What a row of the outbox, an occurrence, an audit entry or a piece of history is about.

use crate::error::{Error, Result};
use domain::{
    era::FiscalYear,
    id::{
        BulletinId, DeletionId, DepartureId, FeedId, FeedbackId, FundId, ImportId, IssueId,
        KeyPersonId, MatchingId, MemoId, NoticeId, PetitionId, ProjectId, RecordId, ReminderId,
        ReviewId, RuleId, SessionId, StoppageId, TargetId, TaskId,
    },
    progress::{Period, YearMonth},
};
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
    /// A review.
    Review,
    /// A support project.
    Project,
    /// A task of support projects.
    Task,
    /// What somebody wants to be reminded of.
    Memo,
    /// The event of a session in the server's own list; its number is the session's.
    Event,
    /// What somebody did to that event by hand, for the desk; its number is the session's. Apart from
    /// the event, so that neither waits for the other.
    Hand,
    /// A weekly digest, by its day.
    Digest,
    /// A council, by its fiscal year.
    Council,
    /// A reminder to hand over, by its day.
    Handover,
    /// A yearly target, with its goals.
    Target,
    /// An entry of progress.
    Record,
    /// A month (月次) of progress, by its number (202611).
    Month,
    /// A year (年次) of progress, by its fiscal year.
    Yearly,
    /// A notice.
    Notice,
    /// Notices as posted to one association.
    Bulletin,
    /// A feed that is watched.
    Feed,
    /// A feedback.
    Feedback,
    /// A fund: one line of a catalogue.
    Fund,
    /// A rule as it is switched for one association.
    Rule,
    /// What was kept long enough in a fiscal year, by that year.
    Retention,
    /// What a person asks for.
    Petition,
    /// That the bot was away from the server.
    Departure,
    /// That the whole office is to be deleted.
    Deletion,
}

domain::codes!(SubjectKind {
    Issue = "issue",
    Stoppage = "stoppage",
    Reminder = "reminder",
    Session = "session",
    Matching = "matching",
    KeyPerson = "key_person",
    Import = "import",
    Review = "review",
    Project = "project",
    Task = "task",
    Memo = "memo",
    Event = "event",
    Hand = "hand",
    Digest = "digest",
    Council = "council",
    Handover = "handover",
    Month = "month",
    Yearly = "yearly",
    Feedback = "feedback",
    Target = "target",
    Record = "record",
    Notice = "notice",
    Bulletin = "bulletin",
    Feed = "feed",
    Fund = "fund",
    Rule = "rule",
    Retention = "retention",
    Petition = "petition",
    Departure = "departure",
    Deletion = "deletion",
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
    /// How the keys of what is due of it begin ([`domain::occurrence::Key`]).
    pub(crate) fn key_prefix(self) -> String {
        format!("{}:{}@", self.kind.code(), self.id)
    }

    /// The event of a session.
    #[must_use]
    pub fn event(session: SessionId) -> Self {
        Self {
            kind: SubjectKind::Event,
            id: session.0,
        }
    }

    /// What somebody did by hand to the event of a session.
    #[must_use]
    pub fn hand(session: SessionId) -> Self {
        Self {
            kind: SubjectKind::Hand,
            id: session.0,
        }
    }

    /// The month or the year of progress it is; `None` for everything else.
    #[must_use]
    pub fn period(self) -> Option<Period> {
        match self.kind {
            SubjectKind::Month => YearMonth::from_number(self.id).map(Period::Month),
            SubjectKind::Yearly => {
                let year = i32::try_from(self.id).ok()?;
                Some(Period::Year(FiscalYear::starting_in(year)))
            }
            _ => None,
        }
    }

    pub(crate) fn from_stored(kind: &str, id: i64) -> Result<Self> {
        let kind = SubjectKind::from_code(kind).ok_or(Error::Unreadable("subject kind"))?;
        Ok(Self { kind, id })
    }
}

impl From<Period> for Subject {
    fn from(period: Period) -> Self {
        match period {
            Period::Month(month) => Self {
                kind: SubjectKind::Month,
                id: month.number(),
            },
            Period::Year(year) => Self {
                kind: SubjectKind::Yearly,
                id: i64::from(year.western()),
            },
        }
    }
}

/// The subject of a number of ours.
macro_rules! from_id {
    ($($id:ident => $kind:ident),* $(,)?) => {$(
        impl From<$id> for Subject {
            fn from(id: $id) -> Self {
                Self { kind: SubjectKind::$kind, id: id.0 }
            }
        }
    )*};
}

from_id! {
    ReminderId => Reminder,
    SessionId => Session,
    ImportId => Import,
    IssueId => Issue,
    StoppageId => Stoppage,
    MatchingId => Matching,
    KeyPersonId => KeyPerson,
    ReviewId => Review,
    ProjectId => Project,
    TaskId => Task,
    MemoId => Memo,
    FeedbackId => Feedback,
    TargetId => Target,
    RecordId => Record,
    NoticeId => Notice,
    BulletinId => Bulletin,
    FeedId => Feed,
    FundId => Fund,
    RuleId => Rule,
    PetitionId => Petition,
    DepartureId => Departure,
    DeletionId => Deletion,
}
