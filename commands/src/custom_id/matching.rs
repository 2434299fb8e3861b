//! Custom ids of bringing together: pairs whose needs meet, links between issues, key persons.
//! `v1:match-ACTION:ID[:NUMBER]`, `v1:link-…`, `v1:key-person-…`.

use super::{Action, page};
use domain::id::{DraftId, IssueId, MatchingId};

/// What a button or a form of `/match` leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// A page of the pairs that were found; which they are waits in the draft.
    Page(DraftId, i64),
    /// 採用: a session is drafted.
    Accept(MatchingId),
    /// The form for the reason of a dismissal opens.
    Dismiss(MatchingId),
    /// That form was sent.
    Dismissed(MatchingId),
    /// Both issues of an accepted pair become 検討中.
    Plan(MatchingId),
    /// A decision is taken back; what that needs waits in the draft.
    Undo(DraftId),
}

/// What a button below a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The link between two issues is taken away.
    Remove(IssueId, IssueId),
    /// What was done to a link is taken back.
    Undo(DraftId),
}

/// What a button of `/office person` leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPerson {
    /// A page of the list whose filter waits in the draft.
    Page(DraftId, i64),
    /// What was changed is taken back.
    Undo(DraftId),
}

impl Matching {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Page(draft, page) => format!("v1:match-page:{draft}:{page}"),
            Self::Accept(matching) => format!("v1:match-accept:{matching}"),
            Self::Dismiss(matching) => format!("v1:match-dismiss:{matching}"),
            Self::Dismissed(matching) => format!("v1:match-dismissed:{matching}"),
            Self::Plan(matching) => format!("v1:match-plan:{matching}"),
            Self::Undo(draft) => format!("v1:match-undo:{draft}"),
        }
    }
}

impl Link {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Remove(one, other) => format!("v1:link-remove:{one}:{other}"),
            Self::Undo(draft) => format!("v1:link-undo:{draft}"),
        }
    }
}

impl KeyPerson {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Page(draft, page) => format!("v1:key-person-page:{draft}:{page}"),
            Self::Undo(draft) => format!("v1:key-person-undo:{draft}"),
        }
    }
}

/// Whether the name of an action is of this module.
pub(super) fn is_ours(action: &str) -> bool {
    ["match-", "link-", "key-person-"]
        .iter()
        .any(|family| action.starts_with(family))
}

/// The action of a name, its first number (above zero) and what follows it; `None` for what is not of
/// this module.
pub(super) fn parse<'a>(
    action: &str,
    id: i64,
    mut rest: impl Iterator<Item = &'a str>,
) -> Option<Action> {
    let (draft, matching) = (DraftId(id), MatchingId(id));
    Some(match action {
        "match-page" => Action::Matching(Matching::Page(draft, page(rest.next())?)),
        "match-accept" => Action::Matching(Matching::Accept(matching)),
        "match-dismiss" => Action::Matching(Matching::Dismiss(matching)),
        "match-dismissed" => Action::Matching(Matching::Dismissed(matching)),
        "match-plan" => Action::Matching(Matching::Plan(matching)),
        "match-undo" => Action::Matching(Matching::Undo(draft)),
        "link-remove" => {
            let other = rest.next()?.parse().ok().filter(|other: &i64| *other > 0)?;
            Action::Link(Link::Remove(IssueId(id), IssueId(other)))
        }
        "link-undo" => Action::Link(Link::Undo(draft)),
        "key-person-page" => Action::KeyPerson(KeyPerson::Page(draft, page(rest.next())?)),
        "key-person-undo" => Action::KeyPerson(KeyPerson::Undo(draft)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::CHARACTERS_MAX;
    use super::*;

    #[test]
    fn every_action_of_bringing_together_comes_back_from_its_custom_id() {
        let (draft, matching) = (DraftId(i64::MAX), MatchingId(i64::MAX));
        for action in [
            Action::Matching(Matching::Page(draft, i64::MAX)),
            Action::Matching(Matching::Accept(matching)),
            Action::Matching(Matching::Dismiss(matching)),
            Action::Matching(Matching::Dismissed(matching)),
            Action::Matching(Matching::Plan(matching)),
            Action::Matching(Matching::Undo(draft)),
            Action::Link(Link::Remove(IssueId(1), IssueId(i64::MAX))),
            Action::Link(Link::Undo(draft)),
            Action::KeyPerson(KeyPerson::Page(draft, 0)),
            Action::KeyPerson(KeyPerson::Undo(draft)),
        ] {
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.custom_id().len() <= CHARACTERS_MAX);
        }
    }

    #[test]
    fn forged_numbers_are_not_ours() {
        for custom_id in [
            "v1:match-page:1",
            "v1:match-page:1:-1",
            "v1:match-accept:0",
            "v1:link-remove:1",
            "v1:link-remove:1:0",
            "v1:link-remove:1:-2",
            "v1:key-person-page:1:x",
            "v1:match-burn:1",
        ] {
            assert_eq!(Action::parse(custom_id), None, "{custom_id}");
        }
    }
}
