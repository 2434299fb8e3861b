//! Custom ids of imports (取込): `v1:import-ACTION:ID[:GROUP:PAGE]`.

use domain::id::{DraftId, ImportId};

/// The rows of a preview that are looked at together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Rows that are not taken.
    Refused,
    /// Rows of which something was guessed.
    Guessed,
    /// Rows that say everything themselves.
    Plain,
    /// Rows that are there already.
    There,
}

domain::codes!(Group {
    Refused = "refused",
    Guessed = "guessed",
    Plain = "plain",
    There = "there",
});

/// What a button of an import leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// A page of the preview, counted from 0.
    Page(DraftId, Group, i64),
    /// What the preview shows is stored.
    Confirm(DraftId),
    /// The preview is put away; nothing was stored.
    Cancel(DraftId),
    /// An import that was cut short goes on.
    Resume(ImportId),
    /// An import is taken back.
    Undo(ImportId),
    /// The newest issues the person may read, from the card of an import.
    List(ImportId),
}

impl Import {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Page(draft, group, page) => {
                format!("v1:import-page:{draft}:{}:{page}", group.code())
            }
            Self::Confirm(draft) => format!("v1:import-confirm:{draft}"),
            Self::Cancel(draft) => format!("v1:import-cancel:{draft}"),
            Self::Resume(import) => format!("v1:import-resume:{import}"),
            Self::Undo(import) => format!("v1:import-undo:{import}"),
            Self::List(import) => format!("v1:import-list:{import}"),
        }
    }

    /// The action of the parts of a custom id.
    pub(super) fn parse<'p>(
        name: &str,
        id: i64,
        mut parts: impl Iterator<Item = &'p str>,
    ) -> Option<Self> {
        Some(match name {
            "import-page" => {
                let group = Group::from_code(parts.next()?)?;
                Self::Page(DraftId(id), group, super::page(parts.next())?)
            }
            "import-confirm" => Self::Confirm(DraftId(id)),
            "import-cancel" => Self::Cancel(DraftId(id)),
            "import-resume" => Self::Resume(ImportId(id)),
            "import-undo" => Self::Undo(ImportId(id)),
            "import-list" => Self::List(ImportId(id)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::custom_id::{Action, CHARACTERS_MAX};

    #[test]
    fn every_action_comes_back_from_its_custom_id() {
        let (draft, import) = (DraftId(i64::MAX), ImportId(i64::MAX));
        let pages = Group::ALL
            .iter()
            .map(|group| Import::Page(draft, *group, i64::MAX));
        for import in pages.chain([
            Import::Confirm(draft),
            Import::Cancel(draft),
            Import::Resume(import),
            Import::Undo(import),
            Import::List(import),
        ]) {
            let action = Action::Import(import);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(20)).len() <= CHARACTERS_MAX);
        }
        for custom_id in [
            "v1:import-page:1",
            "v1:import-page:1:refused",
            "v1:import-page:1:others:0",
            "v1:import-page:1:refused:-1",
            "v1:import-confirm:0",
            "v1:import-everything:1",
        ] {
            assert_eq!(Action::parse(custom_id), None, "{custom_id}");
        }
    }
}
