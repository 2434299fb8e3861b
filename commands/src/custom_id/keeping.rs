//! Custom ids of keeping and letting go (保存と削除): `v1:keeping-ACTION:ID`.

use domain::id::{DeletionId, DraftId, PetitionId};
use storage::petition::Kind;

/// What a button about keeping leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// What was kept long enough, in an answer of its own.
    Open,
    /// A page of it in the same answer, counted from 0.
    List(i64),
    /// What would be deleted is shown, to be confirmed.
    Ask,
    /// It is deleted; what was shown waits in the draft.
    Delete(DraftId),
    /// For how long it may be kept longer.
    Longer,
    /// It is kept until the fiscal year that starts in this western year.
    Until(i32),
    /// A year's records are no longer kept longer.
    Reopen(i32),
    /// The whole office as one file.
    Export,
    /// A second coordinator is asked to confirm that the office be deleted.
    Second,
    /// The form in which the phrase is typed, and the phrase that was sent.
    Phrase,
    /// The second coordinator confirms.
    Confirm(DeletionId),
    /// The office is not to be deleted any more.
    Withdraw(DeletionId),
    /// Somebody asks for something about their own data.
    Petition(Kind),
    /// The desk has done it; of a name, the form that asks for it.
    Done(PetitionId),
    /// The name that is to be removed was sent.
    Named(PetitionId),
    /// The name is removed; it waits in the draft.
    Remove(DraftId),
    /// The desk could not: the form that asks why, and the reason that was sent.
    Decline(PetitionId),
}

impl Keeping {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        let (name, id) = match self {
            Self::Open => ("open", 1),
            // Numbers in custom ids begin with 1.
            Self::List(page) => ("list", page.saturating_add(1)),
            Self::Ask => ("ask", 1),
            Self::Delete(draft) => ("delete", draft.0),
            Self::Longer => ("longer", 1),
            Self::Until(year) => ("until", i64::from(year)),
            Self::Reopen(year) => ("reopen", i64::from(year)),
            Self::Export => ("export", 1),
            Self::Second => ("second", 1),
            Self::Phrase => ("phrase", 1),
            Self::Confirm(id) => ("confirm", id.0),
            Self::Withdraw(id) => ("withdraw", id.0),
            Self::Petition(Kind::Disclosure) => ("petition-disclosure", 1),
            Self::Petition(Kind::Removal) => ("petition-removal", 1),
            Self::Done(id) => ("done", id.0),
            Self::Named(id) => ("named", id.0),
            Self::Remove(draft) => ("remove", draft.0),
            Self::Decline(id) => ("decline", id.0),
        };
        format!("v1:keeping-{name}:{id}")
    }

    /// The action of a name and its number (above zero); `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64) -> Option<Self> {
        let year = || i32::try_from(id).ok();
        Some(match action.strip_prefix("keeping-")? {
            "open" => Self::Open,
            "list" => Self::List(id - 1),
            "ask" => Self::Ask,
            "delete" => Self::Delete(DraftId(id)),
            "longer" => Self::Longer,
            "until" => Self::Until(year()?),
            "reopen" => Self::Reopen(year()?),
            "export" => Self::Export,
            "second" => Self::Second,
            "phrase" => Self::Phrase,
            "confirm" => Self::Confirm(DeletionId(id)),
            "withdraw" => Self::Withdraw(DeletionId(id)),
            "petition-disclosure" => Self::Petition(Kind::Disclosure),
            "petition-removal" => Self::Petition(Kind::Removal),
            "done" => Self::Done(PetitionId(id)),
            "named" => Self::Named(PetitionId(id)),
            "remove" => Self::Remove(DraftId(id)),
            "decline" => Self::Decline(PetitionId(id)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_keeping_comes_back_from_its_custom_id() {
        let draft = DraftId(i64::MAX);
        let (petition, deletion) = (PetitionId(i64::MAX), DeletionId(i64::MAX));
        for press in [
            Keeping::Open,
            Keeping::List(0),
            Keeping::List(i64::MAX - 1),
            Keeping::Ask,
            Keeping::Delete(draft),
            Keeping::Longer,
            Keeping::Until(2_035),
            Keeping::Reopen(2_032),
            Keeping::Export,
            Keeping::Second,
            Keeping::Phrase,
            Keeping::Confirm(deletion),
            Keeping::Withdraw(deletion),
            Keeping::Petition(Kind::Disclosure),
            Keeping::Petition(Kind::Removal),
            Keeping::Done(petition),
            Keeping::Named(petition),
            Keeping::Remove(draft),
            Keeping::Decline(petition),
        ] {
            let action = Action::Keeping(press);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:keeping-list:0",
            "v1:keeping-until:99999999999",
            "v1:keeping-burn:1",
            "v1:keeping-petition-everything:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
