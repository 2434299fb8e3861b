//! Custom ids of several lines recorded at once (まとめて記録): `v1:batch-ACTION:ID[:NUMBER]`.

use domain::id::DraftId;

/// What a button, a select or a form about a batch leads to; its lines wait in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batch {
    /// Every line that fits becomes an issue.
    Keep(DraftId),
    /// The text becomes one issue as it was written.
    One(DraftId),
    /// The form opens with all lines.
    Reword(DraftId),
    /// That form was sent.
    Reworded(DraftId),
    /// Other tiers were chosen on a page of the preview.
    Tier(DraftId, i64),
    /// A page of the preview.
    Page(DraftId, i64),
    /// The form opens with the lines that were kept back.
    Rest(DraftId),
    /// All of it is taken back; what that needs waits in the draft.
    Undo(DraftId),
}

impl Batch {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Keep(draft) => format!("v1:batch-keep:{draft}"),
            Self::One(draft) => format!("v1:batch-one:{draft}"),
            Self::Reword(draft) => format!("v1:batch-reword:{draft}"),
            Self::Reworded(draft) => format!("v1:batch-reworded:{draft}"),
            Self::Tier(draft, page) => format!("v1:batch-tier:{draft}:{page}"),
            Self::Page(draft, page) => format!("v1:batch-page:{draft}:{page}"),
            Self::Rest(draft) => format!("v1:batch-rest:{draft}"),
            Self::Undo(draft) => format!("v1:batch-undo:{draft}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is
    /// not ours.
    pub(super) fn parse(action: &str, id: i64, next: Option<&str>) -> Option<Self> {
        let draft = DraftId(id);
        Some(match action {
            "batch-keep" => Self::Keep(draft),
            "batch-one" => Self::One(draft),
            "batch-reword" => Self::Reword(draft),
            "batch-reworded" => Self::Reworded(draft),
            "batch-tier" => Self::Tier(draft, super::page(next)?),
            "batch-page" => Self::Page(draft, super::page(next)?),
            "batch-rest" => Self::Rest(draft),
            "batch-undo" => Self::Undo(draft),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_a_batch_comes_back_from_its_custom_id() {
        let draft = DraftId(i64::MAX);
        for batch in [
            Batch::Keep(draft),
            Batch::One(draft),
            Batch::Reword(draft),
            Batch::Reworded(draft),
            Batch::Tier(draft, i64::MAX),
            Batch::Page(draft, 0),
            Batch::Rest(draft),
            Batch::Undo(draft),
        ] {
            let action = Action::Batch(batch);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.custom_id().len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:batch-tier:1",
            "v1:batch-page:1:-1",
            "v1:batch-keep:0",
            "v1:batch-burn:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
