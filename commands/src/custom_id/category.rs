//! Custom ids of categories (カテゴリ): `v1:category-ACTION:ID`.

use domain::id::{DraftId, IssueId};

/// What a button or a choice about categories leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Names that are new are put on the list, and given to the issue the draft may name.
    Create(DraftId),
    /// Categories chosen from those suggested are given to an issue.
    Attach(IssueId),
    /// One category becomes a part of another; which waits in the draft.
    Merge(DraftId),
    /// A page of the office's list, counted from 1.
    List(i64),
}

impl Category {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Create(draft) => format!("v1:category-create:{draft}"),
            Self::Attach(issue) => format!("v1:category-attach:{issue}"),
            Self::Merge(draft) => format!("v1:category-merge:{draft}"),
            Self::List(page) => format!("v1:category-list:{page}"),
        }
    }

    /// The action of a name and its number (above zero); `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64) -> Option<Self> {
        Some(match action {
            "category-create" => Self::Create(DraftId(id)),
            "category-attach" => Self::Attach(IssueId(id)),
            "category-merge" => Self::Merge(DraftId(id)),
            "category-list" => Self::List(id),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_categories_comes_back_from_its_custom_id() {
        for category in [
            Category::Create(DraftId(i64::MAX)),
            Category::Attach(IssueId(i64::MAX)),
            Category::Merge(DraftId(i64::MAX)),
            Category::List(i64::MAX),
        ] {
            let action = Action::Category(category);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.custom_id().len() <= CHARACTERS_MAX);
        }
        for custom_id in [
            "v1:category-burn:1",
            "v1:category-list:0",
            "v1:category-merge:-1",
        ] {
            assert_eq!(Action::parse(custom_id), None, "{custom_id}");
        }
    }
}
