//! The state of an issue, as its history keeps it and as an undo brings it back.
//!
//! The speaker is not in it: that stays in its sealed column, or in the sealed draft of an undo.

use domain::{
    audience::Destination,
    id::{AssociationId, CategoryId, IssueId, ProfessionId, SessionId},
    issue::{Concern, Issue, Kind, Origin, Status, TierBy},
    tier::Tier,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What of an issue a change may change, but for the speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    kind: Kind,
    origin: Origin,
    tier: Tier,
    tier_by: TierBy,
    status: Status,
    later_year: Option<i32>,
    text: String,
    note: Option<String>,
    profession: Option<ProfessionId>,
    association: Option<AssociationId>,
    about: Vec<Concern>,
    passed_on: bool,
    // States from before there were these do not say them.
    #[serde(default)]
    categories: Vec<CategoryId>,
    #[serde(default)]
    session: Option<SessionId>,
    #[serde(default)]
    merged_into: Option<IssueId>,
    #[serde(default)]
    measure_open: bool,
    #[serde(default)]
    kept_private: bool,
    #[serde(default)]
    retracted: bool,
    destination: String,
    revision: i64,
}

impl State {
    /// The state of an issue now.
    pub(crate) fn of(issue: &Issue) -> Self {
        Self {
            kind: issue.kind,
            origin: issue.origin,
            tier: issue.tier,
            tier_by: issue.tier_by,
            status: issue.status,
            later_year: issue.later_year,
            text: issue.text.clone(),
            note: issue.note.clone(),
            profession: issue.profession,
            association: issue.association,
            about: issue.about.clone(),
            categories: issue.categories.clone(),
            session: issue.session,
            merged_into: issue.merged_into,
            passed_on: issue.passed_on,
            measure_open: issue.measure_open,
            kept_private: issue.kept_private,
            retracted: issue.retracted,
            destination: issue.destination.code(),
            revision: issue.revision,
        }
    }

    /// By what an issue in this state is counted.
    pub(crate) fn counted(self) -> (Tier, Status, Vec<CategoryId>) {
        (self.tier, self.status, self.categories)
    }

    /// The state as the history keeps it.
    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a state is codes, numbers and texts")
    }

    /// An issue as it stands, brought back to this state. It keeps its revision, for the change that
    /// is about to be stored, and its speaker.
    pub(crate) fn brought_back(self, issue: &Issue) -> Issue {
        Issue {
            kind: self.kind,
            origin: self.origin,
            tier: self.tier,
            tier_by: self.tier_by,
            status: self.status,
            later_year: self.later_year,
            text: self.text,
            note: self.note,
            profession: self.profession,
            association: self.association,
            about: self.about,
            categories: self.categories,
            session: self.session,
            merged_into: self.merged_into,
            passed_on: self.passed_on,
            measure_open: self.measure_open,
            kept_private: self.kept_private,
            retracted: self.retracted,
            // Routing has the last word on it; a place that is gone counts as the desk.
            destination: Destination::from_code(&self.destination).unwrap_or(Destination::Desk),
            ..issue.clone()
        }
    }
}
