//! Visibility: what of an issue a person may read (DESIGN section 2).
//!
//! A number somebody may not see and a number that does not exist are answered alike; this module
//! only says which of the two it is not.

use crate::{
    issue::Issue,
    office::Office,
    person::{Person, Rank},
    speaker::Desk,
};

/// How much of an issue a person reads.
#[derive(Clone, Copy, Debug)]
pub enum View {
    /// Everything, the speaker included.
    Desk(Desk),
    /// The wording as given and who raised it, never the speaker.
    Wording,
}

/// What a person may read of an issue.
///
/// - coordinators: everything;
/// - who wrote it down: the wording;
/// - officers and contacts of the association that raised it, and its members where the talk is open
///   to them: the wording;
/// - everybody in the audience of the channel where the original wording stands (said openly, or
///   passed on): the wording;
/// - everybody else: nothing.
#[must_use]
pub fn view(issue: &Issue, person: &Person, office: &Office) -> Option<View> {
    if let Some(desk) = person.desk() {
        return Some(View::Desk(desk));
    }
    if issue.reporter == person.user && person.may_add() {
        return Some(View::Wording);
    }
    if let Some(raised_by) = issue.association
        && let Some(rank) = person.rank_in(raised_by)
        && talk_reads(issue, rank, office)
    {
        return Some(View::Wording);
    }
    issue.destination.is_for(person, office).then_some(View::Wording)
}

/// What an association said to the desk is its officers' and contacts' to see as well; members see
/// what their association's talk is open to.
fn talk_reads(issue: &Issue, rank: Rank, office: &Office) -> bool {
    issue
        .association
        .and_then(|id| office.association(id))
        .is_some_and(|association| association.talks_with(rank))
}
