//! What is kept of a feedback in its history, and what an undo brings back: codes, numbers and the desk's
//! own words, never a wording of an issue.

use domain::{
    feedback::{Feedback, State as Stage, Words},
    id::IssueId,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What of a feedback a person may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    state: String,
    association: i64,
    session: Option<i64>,
    month: Option<i64>,
    opening: Option<String>,
    closing: Option<String>,
    left_out: Vec<i64>,
    sent_at: Option<i64>,
    corrected_at: Option<i64>,
    revision: i64,
}

impl State {
    /// The state of a feedback now.
    pub(super) fn of(feedback: &Feedback) -> Self {
        Self {
            state: feedback.state.code().to_owned(),
            association: feedback.association.0,
            session: feedback.occasion.session.map(|session| session.0),
            month: feedback.occasion.month.map(|month| month.number()),
            opening: feedback.words.opening.clone(),
            closing: feedback.words.closing.clone(),
            left_out: feedback.left_out.iter().map(|issue| issue.0).collect(),
            sent_at: feedback.sent_at.map(|at| at.timestamp_micros()),
            corrected_at: feedback.corrected_at.map(|at| at.timestamp_micros()),
            revision: feedback.revision,
        }
    }

    /// Whether it is the same but for what counts up by itself.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        let plain = |state: &Self| Self {
            revision: 0,
            ..state.clone()
        };
        plain(self) == plain(other)
    }

    /// As the history keeps it.
    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a state is codes, numbers and texts")
    }

    /// A feedback as it stands, brought back to this state. `None` for a code this version does not know.
    /// That it was corrected, or sent, stays true.
    pub(super) fn brought_back(self, feedback: &Feedback) -> Option<Feedback> {
        Some(Feedback {
            state: Stage::from_code(&self.state)?,
            words: Words {
                opening: self.opening,
                closing: self.closing,
            },
            left_out: self.left_out.into_iter().map(IssueId).collect(),
            ..feedback.clone()
        })
    }
}
