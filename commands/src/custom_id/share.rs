//! Custom ids of sharing (共有): `v1:share-ACTION:ID[:NUMBER]`.

use domain::id::{DraftId, IssueId};

/// What is ticked on the second screen of sharing as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    /// Whoever said it agreed to be quoted.
    pub agreed: bool,
    /// The audience may learn which profession said it.
    pub names_source: bool,
}

impl Ticks {
    fn number(self) -> i64 {
        i64::from(self.agreed) + 2 * i64::from(self.names_source)
    }

    fn from_number(number: i64) -> Option<Self> {
        (0..4).contains(&number).then_some(Self {
            agreed: number & 1 == 1,
            names_source: number & 2 == 2,
        })
    }
}

/// What a button, a choice or a form of sharing leads to. Versions are those of a disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// The preview of sharing the categories only.
    Categories(IssueId),
    /// The same for what the second screen of the draft is about.
    CategoriesInstead(DraftId),
    /// What that preview shows is shared.
    CategoriesSend(DraftId),
    /// The form for a shared wording opens.
    Write(IssueId),
    /// The form was sent; what it is for waits in the draft.
    Written(DraftId),
    /// The form opens again with the masked wording of the draft.
    Reword(DraftId),
    /// The second screen for sharing the original wording.
    AsWritten(IssueId),
    /// The second screen again, with these ticks.
    Screen(DraftId, Ticks),
    /// What the second screen shows is shared.
    Send(DraftId, Ticks),
    /// The desk keeps the issue private.
    KeepPrivate(IssueId),
    /// The desk takes up again what it kept private.
    TakeUp(IssueId),
    /// A waiting proposal is approved as it is.
    Approve(IssueId, i64),
    /// The form with the words of a version opens: other words are approved instead.
    Correct(IssueId, i64),
    /// The form for the reason of turning a proposal down opens.
    Decline(IssueId, i64),
    /// That form was sent.
    Declined(IssueId, i64),
    /// What was shared is taken back.
    Withdraw(IssueId, i64),
    /// The narrower audiences of what was shared are shown.
    Narrow(IssueId, i64),
    /// One of them was chosen.
    Narrowed(IssueId, i64),
    /// The record of an issue's disclosures, the newest version first.
    Log(IssueId),
    /// Another version of the record, in the same message.
    LogPage(IssueId, i64),
}

impl Share {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Categories(issue) => format!("v1:share-categories:{issue}"),
            Self::CategoriesInstead(draft) => format!("v1:share-categories-instead:{draft}"),
            Self::CategoriesSend(draft) => format!("v1:share-categories-send:{draft}"),
            Self::Write(issue) => format!("v1:share-write:{issue}"),
            Self::Written(draft) => format!("v1:share-written:{draft}"),
            Self::Reword(draft) => format!("v1:share-reword:{draft}"),
            Self::AsWritten(issue) => format!("v1:share-as-written:{issue}"),
            Self::Screen(draft, ticks) => format!("v1:share-screen:{draft}:{}", ticks.number()),
            Self::Send(draft, ticks) => format!("v1:share-send:{draft}:{}", ticks.number()),
            Self::KeepPrivate(issue) => format!("v1:share-keep-private:{issue}"),
            Self::TakeUp(issue) => format!("v1:share-take-up:{issue}"),
            Self::Approve(issue, version) => format!("v1:share-approve:{issue}:{version}"),
            Self::Correct(issue, version) => format!("v1:share-correct:{issue}:{version}"),
            Self::Decline(issue, version) => format!("v1:share-decline:{issue}:{version}"),
            Self::Declined(issue, version) => format!("v1:share-declined:{issue}:{version}"),
            Self::Withdraw(issue, version) => format!("v1:share-withdraw:{issue}:{version}"),
            Self::Narrow(issue, version) => format!("v1:share-narrow:{issue}:{version}"),
            Self::Narrowed(issue, version) => format!("v1:share-narrowed:{issue}:{version}"),
            Self::Log(issue) => format!("v1:share-log:{issue}"),
            Self::LogPage(issue, version) => format!("v1:share-log-page:{issue}:{version}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is
    /// not ours.
    pub(super) fn parse<'a>(
        action: &str,
        id: i64,
        mut rest: impl Iterator<Item = &'a str>,
    ) -> Option<Self> {
        let (issue, draft) = (IssueId(id), DraftId(id));
        let mut number = || rest.next()?.parse::<i64>().ok();
        Some(match action {
            "share-categories" => Self::Categories(issue),
            "share-categories-instead" => Self::CategoriesInstead(draft),
            "share-categories-send" => Self::CategoriesSend(draft),
            "share-write" => Self::Write(issue),
            "share-written" => Self::Written(draft),
            "share-reword" => Self::Reword(draft),
            "share-as-written" => Self::AsWritten(issue),
            "share-screen" => Self::Screen(draft, Ticks::from_number(number()?)?),
            "share-send" => Self::Send(draft, Ticks::from_number(number()?)?),
            "share-keep-private" => Self::KeepPrivate(issue),
            "share-take-up" => Self::TakeUp(issue),
            "share-log" => Self::Log(issue),
            of_version => {
                let version = number().filter(|version| *version > 0)?;
                match of_version {
                    "share-approve" => Self::Approve(issue, version),
                    "share-correct" => Self::Correct(issue, version),
                    "share-decline" => Self::Decline(issue, version),
                    "share-declined" => Self::Declined(issue, version),
                    "share-withdraw" => Self::Withdraw(issue, version),
                    "share-narrow" => Self::Narrow(issue, version),
                    "share-narrowed" => Self::Narrowed(issue, version),
                    "share-log-page" => Self::LogPage(issue, version),
                    _ => return None,
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_sharing_comes_back_from_its_custom_id() {
        let (issue, draft, version) = (IssueId(i64::MAX), DraftId(i64::MAX), i64::MAX);
        let ticked = Ticks {
            agreed: true,
            names_source: true,
        };
        for share in [
            Share::Categories(issue),
            Share::CategoriesInstead(draft),
            Share::CategoriesSend(draft),
            Share::Write(issue),
            Share::Written(draft),
            Share::Reword(draft),
            Share::AsWritten(issue),
            Share::Screen(draft, Ticks::default()),
            Share::Screen(draft, ticked),
            Share::Send(
                draft,
                Ticks {
                    agreed: true,
                    ..Ticks::default()
                },
            ),
            Share::KeepPrivate(issue),
            Share::TakeUp(issue),
            Share::Approve(issue, version),
            Share::Correct(issue, version),
            Share::Decline(issue, version),
            Share::Declined(issue, version),
            Share::Withdraw(issue, version),
            Share::Narrow(issue, version),
            Share::Narrowed(issue, version),
            Share::Log(issue),
            Share::LogPage(issue, version),
        ] {
            let action = Action::Share(share);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.custom_id().len() <= CHARACTERS_MAX);
        }
    }

    #[test]
    fn forged_numbers_are_not_ours() {
        for custom_id in [
            "v1:share-approve:1",
            "v1:share-approve:1:0",
            "v1:share-approve:1:-2",
            "v1:share-approve:0:1",
            "v1:share-send:1:4",
            "v1:share-send:1:-1",
            "v1:share-screen:1:x",
            "v1:share-burn:1:1",
        ] {
            assert_eq!(Action::parse(custom_id), None, "{custom_id}");
        }
    }
}
