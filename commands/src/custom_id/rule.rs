//! Custom ids of rules (基準): `v1:rule-ACTION:ID`.

use domain::id::{DraftId, RuleId};

/// What a button about rules leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A rule as it is switched for one association.
    Show(RuleId),
    /// Switching is taken back; what that needs waits in the draft.
    Undo(DraftId),
}

impl Rule {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Show(rule) => format!("v1:rule-show:{rule}"),
            Self::Undo(draft) => format!("v1:rule-undo:{draft}"),
        }
    }

    /// The action of a name and its number (above zero); `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64) -> Option<Self> {
        Some(match action {
            "rule-show" => Self::Show(RuleId(id)),
            "rule-undo" => Self::Undo(DraftId(id)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_rules_comes_back_from_its_custom_id() {
        for press in [Rule::Show(RuleId(i64::MAX)), Rule::Undo(DraftId(i64::MAX))] {
            let action = Action::Rule(press);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        assert_eq!(Action::parse("v1:rule-burn:1"), None);
    }
}
