//! Custom ids of feedback (フィードバック): `v1:feedback-ACTION:ID[:REVISION]`. What changes a feedback names
//! the revision that was seen, so that nobody sends what somebody else has changed meanwhile.

use domain::id::{DraftId, FeedbackId};

/// What a button or a form about feedback leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// One feedback as the person may know it: the desk previews it, its association reads it.
    Show(FeedbackId),
    /// What was seen is approved and sent.
    Send(FeedbackId, i64),
    /// The form with the desk's words opens.
    Edit(FeedbackId, i64),
    /// That form was sent.
    Edited(FeedbackId, i64),
    /// A correction of what was sent, as it was previewed; it waits in the draft.
    Correct(DraftId),
    /// A draft takes in what came since.
    Renew(FeedbackId, i64),
    /// A draft is not sent.
    Drop(FeedbackId, i64),
    /// What was sent is taken back.
    Withdraw(FeedbackId, i64),
    /// A change is taken back; what that needs waits in the draft.
    Undo(DraftId),
    /// The list opens, in an answer of its own: the button may stand below a post.
    Open,
    /// A page of the list, counted from 0.
    List(i64),
}

impl Feedback {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Show(id) => format!("v1:feedback-show:{id}"),
            Self::Send(id, revision) => format!("v1:feedback-send:{id}:{revision}"),
            Self::Edit(id, revision) => format!("v1:feedback-edit:{id}:{revision}"),
            Self::Edited(id, revision) => format!("v1:feedback-edited:{id}:{revision}"),
            Self::Correct(draft) => format!("v1:feedback-correct:{draft}"),
            Self::Renew(id, revision) => format!("v1:feedback-renew:{id}:{revision}"),
            Self::Drop(id, revision) => format!("v1:feedback-drop:{id}:{revision}"),
            Self::Withdraw(id, revision) => format!("v1:feedback-withdraw:{id}:{revision}"),
            Self::Undo(draft) => format!("v1:feedback-undo:{draft}"),
            Self::Open => "v1:feedback-open:1".to_owned(),
            // Numbers in custom ids begin with 1.
            Self::List(page) => format!("v1:feedback-list:{}", page.saturating_add(1)),
        }
    }

    /// The action of a name, its number (above zero) and what follows; `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64, revision: Option<&str>) -> Option<Self> {
        let feedback = FeedbackId(id);
        let seen = || revision?.parse().ok().filter(|revision| *revision > 0);
        Some(match action {
            "feedback-show" => Self::Show(feedback),
            "feedback-send" => Self::Send(feedback, seen()?),
            "feedback-edit" => Self::Edit(feedback, seen()?),
            "feedback-edited" => Self::Edited(feedback, seen()?),
            "feedback-correct" => Self::Correct(DraftId(id)),
            "feedback-renew" => Self::Renew(feedback, seen()?),
            "feedback-drop" => Self::Drop(feedback, seen()?),
            "feedback-withdraw" => Self::Withdraw(feedback, seen()?),
            "feedback-undo" => Self::Undo(DraftId(id)),
            "feedback-open" if id == 1 => Self::Open,
            "feedback-list" => Self::List(id - 1),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_feedback_comes_back_from_its_custom_id() {
        let (id, draft, seen) = (FeedbackId(i64::MAX), DraftId(i64::MAX), i64::MAX);
        for press in [
            Feedback::Show(id),
            Feedback::Send(id, seen),
            Feedback::Edit(id, seen),
            Feedback::Edited(id, seen),
            Feedback::Correct(draft),
            Feedback::Renew(id, seen),
            Feedback::Drop(id, seen),
            Feedback::Withdraw(id, seen),
            Feedback::Undo(draft),
            Feedback::Open,
            Feedback::List(0),
            Feedback::List(i64::MAX - 1),
        ] {
            let action = Action::Feedback(press);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:feedback-send:1",
            "v1:feedback-send:1:0",
            "v1:feedback-send:1:x",
            "v1:feedback-open:2",
            "v1:feedback-list:0",
            "v1:feedback-burn:1:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
