//! Custom ids of sessions (連携の場): `v1:session-ACTION:ID[:NUMBER]`.

use domain::id::DraftId;

/// What a button about sessions leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// What was asked back about is planned all the same; the plan waits in the draft.
    Plan(DraftId),
    /// A planning is taken back; what that needs waits in the draft.
    Undo(DraftId),
    /// A page of a list whose filter waits in the draft.
    List(DraftId, i64),
}

impl Session {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Plan(draft) => format!("v1:session-plan:{draft}"),
            Self::Undo(draft) => format!("v1:session-undo:{draft}"),
            Self::List(draft, page) => format!("v1:session-list:{draft}:{page}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is
    /// not ours.
    pub(super) fn parse(action: &str, id: i64, next: Option<&str>) -> Option<Self> {
        let draft = DraftId(id);
        Some(match action {
            "session-plan" => Self::Plan(draft),
            "session-undo" => Self::Undo(draft),
            "session-list" => Self::List(draft, super::page(next)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_sessions_comes_back_from_its_custom_id() {
        let draft = DraftId(i64::MAX);
        for session in [
            Session::Plan(draft),
            Session::Undo(draft),
            Session::List(draft, i64::MAX),
        ] {
            let action = Action::Session(session);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.custom_id().len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:session-list:1",
            "v1:session-list:1:-1",
            "v1:session-burn:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
