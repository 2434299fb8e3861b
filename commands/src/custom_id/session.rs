//! Custom ids of sessions (連携の場): `v1:session-ACTION:ID[:NUMBER]`.

use domain::id::{DraftId, SessionId};

/// What a button about sessions leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// What was asked back about is planned all the same; the plan waits in the draft.
    Plan(DraftId),
    /// The details of a session, as far as the person may know of it.
    Show(SessionId),
    /// A session is moved as it was shown; the wish waits in the draft.
    Move(DraftId),
    /// The form that moves a session opens.
    MoveAsk(SessionId),
    /// That form was sent.
    MoveSent(SessionId),
    /// A session is cancelled as it was shown; the wish waits in the draft.
    Cancel(DraftId),
    /// The form that cancels a session opens.
    CancelAsk(SessionId),
    /// That form was sent.
    CancelSent(SessionId),
    /// The form of an account opens for a session.
    AccountAsk(SessionId),
    /// That form opens again; what was written waits in the draft.
    AccountEdit(DraftId),
    /// That form was sent.
    AccountSent(DraftId),
    /// The account that waits in the draft is kept.
    AccountKeep(DraftId),
    /// A page of the account of a session.
    Account(SessionId, i64),
    /// A change is taken back; what that needs waits in the draft.
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
            Self::Show(session) => format!("v1:session-show:{session}"),
            Self::Move(draft) => format!("v1:session-move:{draft}"),
            Self::MoveAsk(session) => format!("v1:session-move-ask:{session}"),
            Self::MoveSent(session) => format!("v1:session-move-sent:{session}"),
            Self::Cancel(draft) => format!("v1:session-cancel:{draft}"),
            Self::CancelAsk(session) => format!("v1:session-cancel-ask:{session}"),
            Self::CancelSent(session) => format!("v1:session-cancel-sent:{session}"),
            Self::AccountAsk(session) => format!("v1:session-account-ask:{session}"),
            Self::AccountEdit(draft) => format!("v1:session-account-edit:{draft}"),
            Self::AccountSent(draft) => format!("v1:session-account-sent:{draft}"),
            Self::AccountKeep(draft) => format!("v1:session-account-keep:{draft}"),
            Self::Account(session, page) => format!("v1:session-account:{session}:{page}"),
            Self::Undo(draft) => format!("v1:session-undo:{draft}"),
            Self::List(draft, page) => format!("v1:session-list:{draft}:{page}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is
    /// not ours.
    pub(super) fn parse(action: &str, id: i64, next: Option<&str>) -> Option<Self> {
        let (draft, session) = (DraftId(id), SessionId(id));
        Some(match action {
            "session-show" => Self::Show(session),
            "session-move" => Self::Move(draft),
            "session-move-ask" => Self::MoveAsk(session),
            "session-move-sent" => Self::MoveSent(session),
            "session-cancel" => Self::Cancel(draft),
            "session-cancel-ask" => Self::CancelAsk(session),
            "session-cancel-sent" => Self::CancelSent(session),
            "session-account-ask" => Self::AccountAsk(session),
            "session-account-edit" => Self::AccountEdit(draft),
            "session-account-sent" => Self::AccountSent(draft),
            "session-account-keep" => Self::AccountKeep(draft),
            "session-account" => Self::Account(session, super::page(next)?),
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
        let number = SessionId(i64::MAX);
        for session in [
            Session::Show(number),
            Session::Move(draft),
            Session::MoveAsk(number),
            Session::MoveSent(number),
            Session::Cancel(draft),
            Session::CancelAsk(number),
            Session::CancelSent(number),
            Session::AccountAsk(number),
            Session::AccountEdit(draft),
            Session::AccountSent(draft),
            Session::AccountKeep(draft),
            Session::Account(number, i64::MAX),
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
            "v1:session-account:1",
            "v1:session-burn:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
