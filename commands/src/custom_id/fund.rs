//! Custom ids of funds (基金メニュー): `v1:fund-ACTION:ID[:GROUP:PAGE]`.

use super::plan::Group;
use domain::id::{DraftId, FundId};

/// What a button about funds leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fund {
    /// A page of the preview of a catalogue, counted from 0.
    Page(DraftId, Group, i64),
    /// What the preview shows is stored; the number stands for what it showed.
    Store(DraftId, u64),
    /// The preview is put away; nothing was stored.
    Discard(DraftId),
    /// What was stored is taken back; what that needs waits in the draft.
    ImportUndo(DraftId),
    /// A page of what a search found, whose words wait in the draft.
    Search(DraftId, i64),
    /// The details of a fund.
    Show(FundId),
    /// A link with a project is taken back; what that needs waits in the draft.
    Undo(DraftId),
}

impl Fund {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Page(draft, group, page) => {
                format!("v1:fund-page:{draft}:{}:{page}", group.code())
            }
            Self::Store(draft, seen) => format!("v1:fund-store:{draft}:{seen:016x}"),
            Self::Discard(draft) => format!("v1:fund-discard:{draft}"),
            Self::ImportUndo(draft) => format!("v1:fund-import-undo:{draft}"),
            Self::Search(draft, page) => format!("v1:fund-search:{draft}:{page}"),
            Self::Show(fund) => format!("v1:fund-show:{fund}"),
            Self::Undo(draft) => format!("v1:fund-undo:{draft}"),
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
            "fund-page" => {
                let group = Group::from_code(parts.next()?)?;
                Self::Page(draft, group, super::page(parts.next())?)
            }
            "fund-store" => {
                let seen = parts.next().filter(|seen| seen.len() == 16)?;
                Self::Store(draft, u64::from_str_radix(seen, 16).ok()?)
            }
            "fund-discard" => Self::Discard(draft),
            "fund-import-undo" => Self::ImportUndo(draft),
            "fund-search" => Self::Search(draft, super::page(parts.next())?),
            "fund-show" => Self::Show(FundId(id)),
            "fund-undo" => Self::Undo(draft),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_funds_comes_back_from_its_custom_id() {
        let draft = DraftId(i64::MAX);
        for press in [
            Fund::Page(draft, Group::Guessed, i64::MAX),
            Fund::Store(draft, u64::MAX),
            Fund::Discard(draft),
            Fund::ImportUndo(draft),
            Fund::Search(draft, i64::MAX),
            Fund::Show(FundId(i64::MAX)),
            Fund::Undo(draft),
        ] {
            let action = Action::Fund(press);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.custom_id().len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:fund-page:1:all:0",
            "v1:fund-page:1:new:-1",
            "v1:fund-store:1:zz",
            "v1:fund-show:0",
            "v1:fund-burn:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
