//! What stands in a feedback, by number: chosen of what happened in a time.

use super::{ITEMS_MAX, Occasion, Readers, Window};
use crate::{
    disclosure::Disclosure,
    id::{IssueId, ReviewId, SessionId},
    issue::{Issue, Status},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// One thing a feedback tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The association raised this issue.
    Raised(IssueId),
    /// An issue of the association came from one status to another.
    Moved {
        /// The issue.
        issue: IssueId,
        /// Where it was before.
        from: Status,
        /// Where it came to in the end.
        to: Status,
    },
    /// Another association's words reached this one.
    Answer(IssueId),
    /// A session that is to come.
    Session(SessionId),
    /// A review that is to come.
    Review(ReviewId),
}

impl Item {
    /// The issue it is about, if it is about one.
    #[must_use]
    pub fn issue(&self) -> Option<IssueId> {
        match self {
            Self::Raised(issue) | Self::Answer(issue) | Self::Moved { issue, .. } => Some(*issue),
            Self::Session(_) | Self::Review(_) => None,
        }
    }

    /// Whether it is something the association does not know yet.
    #[must_use]
    pub fn is_news(&self) -> bool {
        self.issue().is_some()
    }
}

/// One step of an issue from one status to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The issue.
    pub issue: IssueId,
    /// When.
    pub at: DateTime<Utc>,
    /// The status before.
    pub from: Status,
    /// The status after.
    pub to: Status,
}

/// Chooses what an association is told of: what it raised in a time, or in the session the feedback
/// follows; how its issues moved, first to last; what it was told of others. `issues` may hold anything:
/// what is not for the readers is left out. Of a kind there are at most [`ITEMS_MAX`], the newest.
#[must_use]
pub fn gather(
    readers: &Readers<'_>,
    window: Window,
    occasion: Occasion,
    issues: &[(Issue, Vec<Disclosure>)],
    changes: &[Change],
) -> Vec<Item> {
    let own: BTreeMap<IssueId, &Issue> = issues
        .iter()
        .filter(|(issue, _)| readers.own(issue))
        .map(|(issue, _)| (issue.id, issue))
        .collect();
    let there = |issue: &Issue| occasion.session.is_some() && issue.session == occasion.session;
    let raised = own
        .values()
        .filter(|issue| window.holds(issue.created_at) || there(issue))
        .map(|issue| Item::Raised(issue.id));
    let moved = moves(
        changes
            .iter()
            .filter(|change| own.contains_key(&change.issue) && window.holds(change.at)),
    );
    let mut answers: Vec<(DateTime<Utc>, IssueId)> = issues
        .iter()
        .filter_map(|(issue, disclosures)| readers.read_other(issue, disclosures))
        .filter(|shared| window.holds(shared.told_at))
        .map(|shared| (shared.told_at, shared.id))
        .collect();
    answers.sort_unstable();
    answers.dedup();
    let answers = answers.into_iter().map(|(_, issue)| Item::Answer(issue));
    newest(raised.collect())
        .into_iter()
        .chain(newest(moved))
        .chain(newest(answers.collect()))
        .collect()
}

/// From where to where each issue came, where that is not the same.
fn moves<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<Item> {
    let mut steps: Vec<&Change> = changes.collect();
    steps.sort_by_key(|change| (change.issue, change.at));
    let mut moved: BTreeMap<IssueId, (Status, Status)> = BTreeMap::new();
    for step in steps {
        let way = moved.entry(step.issue).or_insert((step.from, step.to));
        way.1 = step.to;
    }
    moved
        .into_iter()
        .filter(|(_, (from, to))| from != to)
        .map(|(issue, (from, to))| Item::Moved { issue, from, to })
        .collect()
}

fn newest(mut items: Vec<Item>) -> Vec<Item> {
    let over = items.len().saturating_sub(ITEMS_MAX);
    items.drain(..over);
    items
}
