//! Merging (同じ意見としてまとめる): opinions are issues, and one issue stands for several that say the same.
//!
//! The merged issue keeps its wording, speaker, association and history; only its card goes, and its status follows that of
//! the issue that stands for it. Whoever reads it goes on reading it: who said something always sees what became of it
//! (DESIGN section 3). Every merged issue points at one that is merged into none.
//!
//! What was shared of a merged issue stands as it was approved and follows the status: nobody is told less than before.
//! What is left to the desk before that (a proposal that waits) has to be decided first.

pub mod likeness;

use crate::{
    id::{AssociationId, IssueId},
    issue::{Issue, Status},
    person::Person,
};
use chrono::{DateTime, TimeDelta, Utc};

/// Most issues merged into one: a change of its status changes all of them in one transaction.
pub const MERGED_MAX: usize = 30;
/// How long whoever wrote an issue down may merge it without the desk: as long as it may be taken back.
pub const OWN_MINUTES: i64 = 10;

/// Why two issues cannot be taken for the same opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// They are one issue.
    #[error("an issue cannot be merged into itself")]
    Itself,
    /// It was merged into this one already, or this one into it.
    #[error("they are merged already")]
    Together,
    /// It was merged into another one.
    #[error("it is merged into another")]
    Elsewhere(IssueId),
    /// The one that would stand for it has ended, and it has not.
    #[error("the issue that would stand for it has ended")]
    Ended,
    /// A proposal to share it waits for the desk.
    #[error("a proposal to share it waits")]
    Waiting,
    /// More than [`MERGED_MAX`] issues would be merged into one.
    #[error("too many are merged into one")]
    Full,
    /// Only the desk merges what somebody else wrote down, or another association said.
    #[error("it is for the desk to merge these")]
    ForTheDesk,
    /// Whoever wrote it down could have merged it until somebody took it up, or [`OWN_MINUTES`] had passed.
    #[error("it is for the desk by now")]
    TooLate,
}

/// What is known of two issues besides themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// Issues that were merged into the one that is about to be merged.
    pub behind: usize,
    /// Issues that were merged into the one that is to stand for it.
    pub beside: usize,
    /// A proposal to share the one that is about to be merged waits for the desk.
    pub proposal_waits: bool,
}

/// The issue that stands for this one: itself where it was merged into none.
#[must_use]
pub fn stands_for(issue: &Issue) -> IssueId {
    issue.merged_into.unwrap_or(issue.id)
}

/// Checks whether an issue may be merged into another, which stands for itself ([`stands_for`]). That the person reads both
/// whole is asked before, and that neither was taken back.
///
/// The desk merges any two. Whoever wrote one down just now merges it into one of the same association.
///
/// # Errors
/// What speaks against it.
pub fn check(
    issue: &Issue,
    into: &Issue,
    facts: Facts,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    if issue.id == into.id {
        return Err(Fault::Itself);
    }
    match issue.merged_into {
        Some(known) if known == into.id => return Err(Fault::Together),
        Some(known) => return Err(Fault::Elsewhere(known)),
        None => {}
    }
    if !person.coordinator {
        own(issue, into, facts, person, now)?;
    }
    if facts.proposal_waits {
        return Err(Fault::Waiting);
    }
    if !into.status.is_open() && issue.status.is_open() {
        return Err(Fault::Ended);
    }
    if facts.behind + facts.beside + 1 > MERGED_MAX {
        return Err(Fault::Full);
    }
    Ok(())
}

/// What whoever wrote an issue down may merge without the desk.
fn own(
    issue: &Issue,
    into: &Issue,
    facts: Facts,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let same_association = |one: Option<AssociationId>, other| one.is_some() && one == other;
    if issue.reporter != person.user
        || !person.may_add()
        || !same_association(issue.association, into.association)
    {
        return Err(Fault::ForTheDesk);
    }
    let is_new = now - issue.created_at <= TimeDelta::minutes(OWN_MINUTES);
    if !is_new || issue.status != Status::Open || facts.behind > 0 {
        return Err(Fault::TooLate);
    }
    Ok(())
}

/// The issue with the status of the one that stands for it.
#[must_use]
pub fn following(issue: &Issue, into: &Issue) -> Issue {
    Issue {
        merged_into: Some(into.id),
        status: into.status,
        later_year: into.later_year,
        measure_open: into.measure_open,
        ..issue.clone()
    }
}

/// Whether what was merged into an issue has to follow a change of it.
#[must_use]
pub fn has_moved(before: &Issue, after: &Issue) -> bool {
    (before.status, before.later_year, before.measure_open)
        != (after.status, after.later_year, after.measure_open)
}
