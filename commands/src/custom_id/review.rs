//! Custom ids of reviews (反省会): `v1:review-ACTION:ID[:NUMBER[:NEXT]]`.
//!
//! What stands below a reminder carries the count of the review's dates, so that a post of an older day
//! is told from one of the day it has now.

use domain::{
    id::{DraftId, ReviewId},
    review::{Next, SNOOZE_DAYS},
};

/// What a button or a form about reviews leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// A review as it is now.
    Show(ReviewId),
    /// The same of one that is chosen in the select below a list.
    Pick,
    /// It was held: what comes next is asked.
    Held(ReviewId, i64),
    /// What comes next was chosen: the form of the outcome opens.
    Next(ReviewId, i64, Next),
    /// That form was sent.
    Outcome(ReviewId, i64, Next),
    /// The form for another day opens.
    Move(ReviewId, i64),
    /// That form was sent.
    Moved(ReviewId, i64),
    /// After how many days it shall be spoken of again is asked.
    Snooze(ReviewId, i64),
    /// So many days were chosen.
    Snoozed(ReviewId, i64, u16),
    /// A proposal is planned for the day that is suggested.
    Accept(ReviewId, i64),
    /// The form for another day than the one suggested opens.
    Settle(ReviewId, i64),
    /// That form was sent.
    Settled(ReviewId, i64),
    /// A proposal is not needed.
    Drop(ReviewId, i64),
    /// The form for the issue that came to light opens.
    NewIssue(ReviewId),
    /// A page of a list whose filter waits in the draft.
    List(DraftId, i64),
    /// A change is taken back; what that needs waits in the draft.
    Undo(DraftId),
}

impl Review {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Show(id) => format!("v1:review-show:{id}"),
            Self::Pick => "v1:review-pick:1".to_owned(),
            Self::Held(id, dated) => format!("v1:review-held:{id}:{dated}"),
            Self::Next(id, dated, next) => format!("v1:review-next:{id}:{dated}:{}", next.code()),
            Self::Outcome(id, dated, next) => {
                format!("v1:review-outcome:{id}:{dated}:{}", next.code())
            }
            Self::Move(id, dated) => format!("v1:review-move:{id}:{dated}"),
            Self::Moved(id, dated) => format!("v1:review-moved:{id}:{dated}"),
            Self::Snooze(id, dated) => format!("v1:review-snooze:{id}:{dated}"),
            Self::Snoozed(id, dated, days) => format!("v1:review-snoozed:{id}:{dated}:{days}"),
            Self::Accept(id, dated) => format!("v1:review-accept:{id}:{dated}"),
            Self::Settle(id, dated) => format!("v1:review-settle:{id}:{dated}"),
            Self::Settled(id, dated) => format!("v1:review-settled:{id}:{dated}"),
            Self::Drop(id, dated) => format!("v1:review-drop:{id}:{dated}"),
            Self::NewIssue(id) => format!("v1:review-new-issue:{id}"),
            Self::List(draft, page) => format!("v1:review-list:{draft}:{page}"),
            Self::Undo(draft) => format!("v1:review-undo:{draft}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is not
    /// ours.
    pub(super) fn parse<'a>(
        action: &str,
        id: i64,
        mut rest: impl Iterator<Item = &'a str>,
    ) -> Option<Self> {
        let review = ReviewId(id);
        match action {
            "review-show" => return Some(Self::Show(review)),
            "review-pick" => return Some(Self::Pick),
            "review-new-issue" => return Some(Self::NewIssue(review)),
            "review-undo" => return Some(Self::Undo(DraftId(id))),
            "review-list" => return Some(Self::List(DraftId(id), super::page(rest.next())?)),
            _ => {}
        }
        let dated: i64 = rest.next()?.parse().ok().filter(|dated| *dated > 0)?;
        let mut next = || Next::from_code(rest.next()?);
        Some(match action {
            "review-held" => Self::Held(review, dated),
            "review-next" => Self::Next(review, dated, next()?),
            "review-outcome" => Self::Outcome(review, dated, next()?),
            "review-move" => Self::Move(review, dated),
            "review-moved" => Self::Moved(review, dated),
            "review-snooze" => Self::Snooze(review, dated),
            "review-snoozed" => {
                let days: u16 = rest.next()?.parse().ok()?;
                let known = SNOOZE_DAYS.contains(&days);
                return known.then_some(Self::Snoozed(review, dated, days));
            }
            "review-accept" => Self::Accept(review, dated),
            "review-settle" => Self::Settle(review, dated),
            "review-settled" => Self::Settled(review, dated),
            "review-drop" => Self::Drop(review, dated),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_reviews_comes_back_from_its_custom_id() {
        let (id, dated) = (ReviewId(i64::MAX), i64::MAX);
        let nexts = Next::ALL.iter().flat_map(|next| {
            [
                Review::Next(id, dated, *next),
                Review::Outcome(id, dated, *next),
            ]
        });
        for review in [
            Review::Show(id),
            Review::Held(id, dated),
            Review::Move(id, dated),
            Review::Moved(id, dated),
            Review::Snooze(id, dated),
            Review::Snoozed(id, dated, 7),
            Review::Accept(id, dated),
            Review::Settle(id, dated),
            Review::Settled(id, dated),
            Review::Drop(id, dated),
            Review::NewIssue(id),
            Review::List(DraftId(i64::MAX), i64::MAX),
            Review::Undo(DraftId(i64::MAX)),
        ]
        .into_iter()
        .chain(nexts)
        {
            let action = Action::Review(review);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(20)).len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:review-held:1",
            "v1:review-held:1:0",
            "v1:review-next:1:1",
            "v1:review-next:1:1:burn",
            "v1:review-snoozed:1:1:2",
            "v1:review-snoozed:1:1:36500",
            "v1:review-list:1:-1",
            "v1:review-burn:1:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
