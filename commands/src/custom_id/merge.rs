//! Custom ids of merging (同じ意見): `v1:merge-ACTION:ID[:NUMBER]`.

use domain::id::IssueId;

/// What a button of merging leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// The first issue is merged into the second.
    Same(IssueId, IssueId),
    /// A merged issue stands for itself again.
    Apart(IssueId),
}

impl Merge {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Same(issue, into) => format!("v1:merge-same:{issue}:{into}"),
            Self::Apart(issue) => format!("v1:merge-apart:{issue}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is
    /// not ours.
    pub(super) fn parse<'a>(
        action: &str,
        id: i64,
        mut rest: impl Iterator<Item = &'a str>,
    ) -> Option<Self> {
        match action {
            "merge-same" => {
                let into: i64 = rest.next()?.parse().ok().filter(|into| *into > 0)?;
                Some(Self::Same(IssueId(id), IssueId(into)))
            }
            "merge-apart" => Some(Self::Apart(IssueId(id))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_merging_comes_back_from_its_custom_id() {
        let issue = IssueId(i64::MAX);
        for merge in [Merge::Same(issue, IssueId(3)), Merge::Apart(issue)] {
            let action = Action::Merge(merge);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.custom_id().len() <= CHARACTERS_MAX);
        }
    }

    #[test]
    fn forged_numbers_are_not_ours() {
        for custom_id in [
            "v1:merge-same:1",
            "v1:merge-same:1:0",
            "v1:merge-same:1:-3",
            "v1:merge-same:0:3",
            "v1:merge-apart:x",
            "v1:merge-burn:1:3",
        ] {
            assert_eq!(Action::parse(custom_id), None, "{custom_id}");
        }
    }
}
