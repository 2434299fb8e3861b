//! How a row is settled after a try, and the waits in between.

use super::cause;
use crate::{backoff::Backoff, discord::Outcome};
use std::time::Duration;
use storage::{
    outbox::{Claimed, StandingPost},
    stoppage::Cause,
};

/// Waits of a row that failed.
const BACKOFF: Backoff = Backoff {
    first: Duration::from_secs(2),
    most: Duration::from_secs(900),
};
/// The wait while there is no session, or a server cannot be read.
const UNSEEN: Duration = Duration::from_secs(2);

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It stands there as of a revision.
    Sent(i64, StandingPost),
    /// It stands there as of a revision, but for its title, which may be changed later only.
    Postponed(i64, StandingPost, Duration),
    /// Nothing stands there as of a revision.
    Removed(i64),
    /// What was sent just now was taken back.
    Recalled,
    /// Later, and why.
    Retry(Duration, String),
    /// Not until a person does something.
    Refused(Cause),
    /// Not known: the lease is left to end, then it is searched for.
    Doubtful,
    /// Not known, but Discord has answered: it is searched for after the wait.
    Doubted(Duration),
}

impl Settled {
    /// A word for metrics.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Sent(..) => "sent",
            Self::Postponed(..) => "postponed",
            Self::Removed(_) => "removed",
            Self::Recalled => "recalled",
            Self::Retry(..) => "retry",
            Self::Refused(_) => "refused",
            Self::Doubtful | Self::Doubted(_) => "doubtful",
        }
    }
}

/// How far one got, or how the row is settled already.
pub(super) type Step<T> = Result<T, Settled>;

fn failed(row: &Claimed) -> u32 {
    u32::try_from(row.attempts).unwrap_or(u32::MAX)
}

pub(super) fn later(row: &Claimed, reason: &str) -> Settled {
    Settled::Retry(BACKOFF.wait(failed(row)), reason.to_owned())
}

/// What became of it is not known, and the request has ended.
pub(super) fn doubted(row: &Claimed) -> Settled {
    Settled::Doubted(BACKOFF.wait(failed(row)))
}

pub(super) fn fault(row: &Claimed, error: &storage::Error) -> Settled {
    later(row, &error.to_string())
}

pub(super) fn unseen(reason: &str) -> Settled {
    Settled::Retry(UNSEEN, reason.to_owned())
}

/// How a row is settled by a request that was not done.
pub(super) fn not_done<T>(row: &Claimed, outcome: &Outcome<T>) -> Settled {
    match outcome {
        Outcome::Refused(code) => Settled::Refused(cause::of_code(code)),
        Outcome::Again(after) => Settled::Retry(
            (*after).max(BACKOFF.wait(failed(row))),
            "Discord was not reached or asked to wait".into(),
        ),
        Outcome::Doubtful(_) => Settled::Doubtful,
        Outcome::Done(_) | Outcome::Gone | Outcome::Archived => later(row, outcome.reason()),
    }
}
