//! Custom ids of memos (登録したリマインダー): `v1:memo-ACTION:ID`.

use domain::id::{DraftId, MemoId};

/// What a button about memos leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memo {
    /// What was previewed is kept; it waits in the draft.
    Keep(DraftId),
    /// A memo as it is now.
    Show(MemoId),
    /// A memo is stopped.
    Stop(MemoId),
    /// Making or stopping one is taken back; what that needs waits in the draft.
    Undo(DraftId),
    /// A page of the list, counted from 0.
    List(i64),
}

impl Memo {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Keep(draft) => format!("v1:memo-keep:{draft}"),
            Self::Show(memo) => format!("v1:memo-show:{memo}"),
            Self::Stop(memo) => format!("v1:memo-stop:{memo}"),
            Self::Undo(draft) => format!("v1:memo-undo:{draft}"),
            // Numbers in custom ids begin with 1.
            Self::List(page) => format!("v1:memo-list:{}", page.saturating_add(1)),
        }
    }

    /// The action of a name and its number (above zero); `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64) -> Option<Self> {
        Some(match action {
            "memo-keep" => Self::Keep(DraftId(id)),
            "memo-show" => Self::Show(MemoId(id)),
            "memo-stop" => Self::Stop(MemoId(id)),
            "memo-undo" => Self::Undo(DraftId(id)),
            "memo-list" => Self::List(id - 1),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_memos_comes_back_from_its_custom_id() {
        let (draft, memo) = (DraftId(i64::MAX), MemoId(i64::MAX));
        for press in [
            Memo::Keep(draft),
            Memo::Show(memo),
            Memo::Stop(memo),
            Memo::Undo(draft),
            Memo::List(0),
            Memo::List(i64::MAX - 1),
        ] {
            let action = Action::Memo(press);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        for forged in ["v1:memo-list:0", "v1:memo-stop:-1", "v1:memo-burn:1"] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
