//! What is kept of a pair that was shown: its number, and what became of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{IssueId, MatchingId, SessionId, UserId};

/// Longest reason of a dismissal, in UTF-16 units.
pub const REASON_UNITS_MAX: usize = 200;

/// What became of a pair that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Shown, and nothing decided.
    Proposed,
    /// 採用: a session was drafted for it.
    Accepted,
    /// 見送り: it does not come back while both say what they said.
    Dismissed,
}

crate::codes!(State { Proposed = "proposed", Accepted = "accepted", Dismissed = "dismissed" });

/// A pair that was shown to the desk. A pair has one number for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// The number people read as 提案 3.
    pub id: MatchingId,
    /// The earlier issue.
    pub first: IssueId,
    /// The later issue.
    pub second: IssueId,
    /// The [`super::fingerprint`]s of both wordings when it was last proposed or decided about.
    pub said: (i64, i64),
    /// What became of it.
    pub state: State,
    /// Why it was dismissed, in the words of whoever did.
    pub reason: Option<String>,
    /// The session drafted for it.
    pub session: Option<SessionId>,
    /// When it was first shown, or shown again after its words had changed.
    pub proposed_at: DateTime<Utc>,
    /// Who decided about it (Discord's id).
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// A decision about a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// 採用, with the session drafted for it.
    Accept(SessionId),
    /// 見送り, and why.
    Dismiss(String),
    /// What was decided is taken back.
    Reopen,
}

impl Decision {
    /// The state it leads to.
    #[must_use]
    pub fn leads_to(&self) -> State {
        match self {
            Self::Accept(_) => State::Accepted,
            Self::Dismiss(_) => State::Dismissed,
            Self::Reopen => State::Proposed,
        }
    }

    /// Whether it may be made about a pair in this state. A dismissed pair may be accepted after all; an accepted one is
    /// reopened before anything else, so that no drafted session is forgotten.
    #[must_use]
    pub fn may_follow(&self, state: State) -> bool {
        match self {
            Self::Accept(_) => state != State::Accepted,
            Self::Dismiss(_) => state == State::Proposed,
            Self::Reopen => state != State::Proposed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accepted_pair_is_reopened_before_it_is_decided_otherwise() {
        use State::*;
        let accept = Decision::Accept(SessionId(1));
        let dismiss = Decision::Dismiss("近く話し合う".to_owned());
        for (decision, state, expected) in [
            (&accept, Proposed, true),
            (&dismiss, Proposed, true),
            (&Decision::Reopen, Proposed, false),
            (&accept, Dismissed, true),
            (&dismiss, Accepted, false),
            (&accept, Accepted, false),
            (&Decision::Reopen, Accepted, true),
            (&Decision::Reopen, Dismissed, true),
        ] {
            assert_eq!(
                decision.may_follow(state),
                expected,
                "{decision:?} {state:?}"
            );
        }
    }
}
