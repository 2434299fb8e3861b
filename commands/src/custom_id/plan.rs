//! Custom ids of plan tables (計画表): `v1:plan-ACTION:DRAFT[:GROUP:PAGE]`.

use domain::id::DraftId;

/// What of a preview is looked at together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Rows, goals and lines that are not taken.
    Unread,
    /// Rows of which something was guessed.
    Guessed,
    /// Rows that differ from what is kept.
    Changed,
    /// Rows that are new.
    New,
    /// What is kept and not in the table any more.
    Gone,
}

domain::codes!(Group {
    Unread = "unread",
    Guessed = "guessed",
    Changed = "changed",
    New = "new",
    Gone = "gone",
});

/// What a button below a plan table leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// A page of the preview, counted from 0.
    Page(DraftId, Group, i64),
    /// What the preview shows is stored; the number stands for what it showed.
    Store(DraftId, u64),
    /// The preview is put away; nothing was stored.
    Discard(DraftId),
    /// What was stored is taken back; what that needs waits in the draft.
    Undo(DraftId),
}

impl Plan {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Page(draft, group, page) => {
                format!("v1:plan-page:{draft}:{}:{page}", group.code())
            }
            Self::Store(draft, seen) => format!("v1:plan-store:{draft}:{seen:016x}"),
            Self::Discard(draft) => format!("v1:plan-discard:{draft}"),
            Self::Undo(draft) => format!("v1:plan-undo:{draft}"),
        }
    }

    /// The action of the parts of a custom id.
    pub(super) fn parse<'p>(
        name: &str,
        id: i64,
        mut parts: impl Iterator<Item = &'p str>,
    ) -> Option<Self> {
        let draft = DraftId(id);
        Some(match name {
            "plan-page" => {
                let group = Group::from_code(parts.next()?)?;
                Self::Page(draft, group, super::page(parts.next())?)
            }
            "plan-store" => {
                let seen = parts.next().filter(|seen| seen.len() == 16)?;
                Self::Store(draft, u64::from_str_radix(seen, 16).ok()?)
            }
            "plan-discard" => Self::Discard(draft),
            "plan-undo" => Self::Undo(draft),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::custom_id::{Action, CHARACTERS_MAX};

    #[test]
    fn every_action_of_plan_tables_comes_back_from_its_custom_id() {
        let draft = DraftId(i64::MAX);
        let pages = Group::ALL
            .iter()
            .map(|group| Plan::Page(draft, *group, i64::MAX));
        for plan in pages.chain([
            Plan::Store(draft, u64::MAX),
            Plan::Store(draft, 1),
            Plan::Discard(draft),
            Plan::Undo(draft),
        ]) {
            let action = Action::Plan(plan);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(20)).len() <= CHARACTERS_MAX);
        }
        for custom_id in [
            "v1:plan-page:1",
            "v1:plan-page:1:others:0",
            "v1:plan-page:1:new:-1",
            "v1:plan-store:1",
            "v1:plan-store:1:12",
            "v1:plan-store:1:000000000000000x",
            "v1:plan-discard:0",
            "v1:plan-everything:1",
        ] {
            assert_eq!(Action::parse(custom_id), None, "{custom_id}");
        }
    }
}
