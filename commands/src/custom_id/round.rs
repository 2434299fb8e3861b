//! Custom ids of the weekly digest (週のまとめ) and the yearly round (年間の流れ): `v1:round-ACTION:ID`.

use domain::id::{AssociationId, DraftId};

/// What the yearly round asks to be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gathering {
    /// The council (協議会) of a fiscal year, by the western year in which it starts.
    Council(i32),
    /// A meeting with the adviser (アドバイザー会議).
    Adviser,
    /// A tier 1 talk with an association.
    Talk(AssociationId),
}

/// What a button or a form leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// The digest as it is now.
    Digest,
    /// The handover (引継ぎ) as of now.
    Handover,
    /// Another schedule is taken back; what that needs waits in the draft.
    Undo(DraftId),
    /// The form of a gathering opens.
    Ask(Gathering),
    /// The form was sent: it is planned.
    Plan(Gathering),
}

impl Round {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        let (step, gathering) = match self {
            Self::Digest => return "v1:round-digest:1".to_owned(),
            Self::Handover => return "v1:round-handover:1".to_owned(),
            Self::Undo(draft) => return format!("v1:round-undo:{draft}"),
            Self::Ask(gathering) => ("ask", gathering),
            Self::Plan(gathering) => ("plan", gathering),
        };
        match gathering {
            Gathering::Council(year) => format!("v1:round-{step}-council:{year}"),
            Gathering::Adviser => format!("v1:round-{step}-adviser:1"),
            Gathering::Talk(association) => format!("v1:round-{step}-talk:{association}"),
        }
    }

    /// The action of a name and its number (above zero); `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64) -> Option<Self> {
        match action {
            "round-digest" => return Some(Self::Digest),
            "round-handover" => return Some(Self::Handover),
            "round-undo" => return Some(Self::Undo(DraftId(id))),
            _ => {}
        }
        let (step, of) = action.strip_prefix("round-")?.split_once('-')?;
        let gathering = match of {
            "council" => Gathering::Council(i32::try_from(id).ok().filter(|year| *year < 10_000)?),
            "adviser" => Gathering::Adviser,
            "talk" => Gathering::Talk(AssociationId(id)),
            _ => return None,
        };
        match step {
            "ask" => Some(Self::Ask(gathering)),
            "plan" => Some(Self::Plan(gathering)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_the_round_comes_back_from_its_custom_id() {
        let gatherings = [
            Gathering::Council(2027),
            Gathering::Adviser,
            Gathering::Talk(AssociationId(i64::MAX)),
        ];
        let steps = gatherings.map(Round::Ask).into_iter();
        for round in steps
            .chain(gatherings.map(Round::Plan))
            .chain([Round::Digest, Round::Handover])
        {
            let action = Action::Round(round);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:round-ask-council:99999999999",
            "v1:round-ask-party:1",
            "v1:round-burn-talk:1",
            "v1:round-ask:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
