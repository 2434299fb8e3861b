//! Custom ids of notices (行政通知) and bulletins: `v1:notice-ACTION:ID[:PAGE]`.

use domain::id::{BulletinId, DraftId, NoticeId};

/// What a button, a select or a form about notices leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The form of `/notice add` was sent.
    Add,
    /// The form opens again with what waits in the draft.
    Reword(DraftId),
    /// It was sent again.
    Reworded(DraftId),
    /// The form for a topic opens, or was sent.
    Topic(DraftId),
    /// A topic of the office was chosen for what waits in the draft.
    Choose(DraftId),
    /// What was previewed is kept.
    Keep(DraftId),
    /// A notice as it is now.
    Show(NoticeId),
    /// A page of a list whose filter waits in the draft.
    List(DraftId, i64),
    /// A page of what a search found, whose words wait in the draft.
    Search(DraftId, i64),
    /// A replacement: the whole of it, as it waits in the draft.
    Whole(DraftId),
    /// A part of it: the form for the part opens, or was sent.
    Part(DraftId),
    /// A change is taken back.
    Undo(DraftId),
    /// A page of the preview of an import.
    Preview(DraftId, i64),
    /// The import is stored.
    Store(DraftId),
    /// The import is put away.
    Discard(DraftId),
    /// The desk looks at what an association will be told: the place of the association in the draft.
    Look(DraftId, i64),
    /// The bulletins are posted.
    Post(DraftId),
    /// Somebody of the association has read a bulletin.
    Confirm(BulletinId),
    /// A page of everything in a bulletin.
    Bulletin(BulletinId, i64),
    /// A page of everything in the bulletins that were posted together.
    Posting(BulletinId, i64),
    /// A page of who has confirmed what.
    Pending(i64),
}

impl Notice {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Add => "v1:notice-add:1".to_owned(),
            Self::Reword(draft) => format!("v1:notice-reword:{draft}"),
            Self::Reworded(draft) => format!("v1:notice-reworded:{draft}"),
            Self::Topic(draft) => format!("v1:notice-topic:{draft}"),
            Self::Choose(draft) => format!("v1:notice-choose:{draft}"),
            Self::Keep(draft) => format!("v1:notice-keep:{draft}"),
            Self::Show(notice) => format!("v1:notice-show:{notice}"),
            Self::List(draft, page) => format!("v1:notice-list:{draft}:{page}"),
            Self::Search(draft, page) => format!("v1:notice-search:{draft}:{page}"),
            Self::Whole(draft) => format!("v1:notice-whole:{draft}"),
            Self::Part(draft) => format!("v1:notice-part:{draft}"),
            Self::Undo(draft) => format!("v1:notice-undo:{draft}"),
            Self::Preview(draft, page) => format!("v1:notice-preview:{draft}:{page}"),
            Self::Store(draft) => format!("v1:notice-store:{draft}"),
            Self::Discard(draft) => format!("v1:notice-discard:{draft}"),
            Self::Look(draft, place) => format!("v1:notice-look:{draft}:{place}"),
            Self::Post(draft) => format!("v1:notice-post:{draft}"),
            Self::Confirm(bulletin) => format!("v1:notice-confirm:{bulletin}"),
            Self::Bulletin(bulletin, page) => format!("v1:notice-bulletin:{bulletin}:{page}"),
            Self::Posting(first, page) => format!("v1:notice-posting:{first}:{page}"),
            // Numbers in custom ids begin with 1.
            Self::Pending(page) => format!("v1:notice-pending:{}", page.saturating_add(1)),
        }
    }

    /// The action of a name and its number (above zero); `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64, page: Option<&str>) -> Option<Self> {
        let draft = DraftId(id);
        let paged = || super::page(page);
        Some(match action {
            "notice-add" => Self::Add,
            "notice-reword" => Self::Reword(draft),
            "notice-reworded" => Self::Reworded(draft),
            "notice-topic" => Self::Topic(draft),
            "notice-choose" => Self::Choose(draft),
            "notice-keep" => Self::Keep(draft),
            "notice-show" => Self::Show(NoticeId(id)),
            "notice-list" => Self::List(draft, paged()?),
            "notice-search" => Self::Search(draft, paged()?),
            "notice-whole" => Self::Whole(draft),
            "notice-part" => Self::Part(draft),
            "notice-undo" => Self::Undo(draft),
            "notice-preview" => Self::Preview(draft, paged()?),
            "notice-store" => Self::Store(draft),
            "notice-discard" => Self::Discard(draft),
            "notice-look" => Self::Look(draft, paged()?),
            "notice-post" => Self::Post(draft),
            "notice-confirm" => Self::Confirm(BulletinId(id)),
            "notice-bulletin" => Self::Bulletin(BulletinId(id), paged()?),
            "notice-posting" => Self::Posting(BulletinId(id), paged()?),
            "notice-pending" => Self::Pending(id - 1),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_notices_comes_back_from_its_custom_id() {
        let draft = DraftId(i64::MAX);
        let bulletin = BulletinId(i64::MAX);
        for press in [
            Notice::Add,
            Notice::Reword(draft),
            Notice::Reworded(draft),
            Notice::Topic(draft),
            Notice::Choose(draft),
            Notice::Keep(draft),
            Notice::Show(NoticeId(12)),
            Notice::List(draft, i64::MAX),
            Notice::Search(draft, 0),
            Notice::Whole(draft),
            Notice::Part(draft),
            Notice::Undo(draft),
            Notice::Preview(draft, 3),
            Notice::Store(draft),
            Notice::Discard(draft),
            Notice::Look(draft, 5),
            Notice::Post(draft),
            Notice::Confirm(bulletin),
            Notice::Bulletin(bulletin, 0),
            Notice::Posting(bulletin, 1),
            Notice::Pending(0),
        ] {
            let action = Action::Notice(press);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:notice-confirm:0",
            "v1:notice-list:1",
            "v1:notice-list:1:-1",
            "v1:notice-burn:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
