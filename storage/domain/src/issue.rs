//! Issues (課題・アイデア): one thing somebody said, where, and how far it has come.

use crate::{
    audience::Destination,
    id::{AssociationId, CategoryId, IssueId, ProfessionId, SessionId, UserId},
    speaker::Speaker,
    tier::Tier,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Longest wording of an issue, in UTF-16 units (an embed description holds 4,096).
pub const TEXT_UNITS_MAX: usize = 2_000;
/// Longest note (備考), in UTF-16 units.
pub const NOTE_UNITS_MAX: usize = 500;
/// Longest reason of a change, in UTF-16 units.
pub const REASON_UNITS_MAX: usize = 500;
/// Longest speaker's name, in UTF-16 units.
pub const SPEAKER_UNITS_MAX: usize = 80;
/// Most professions and associations an issue may be about.
pub const ABOUT_MAX: usize = 10;
/// Most categories an issue may be in; it is listed again in each (seed 000, chapter 2 (1), example 2).
pub const CATEGORIES_MAX: usize = 5;

/// Whether something is wrong, or somebody had an idea.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 課題
    #[default]
    Issue,
    /// アイデア
    Idea,
}

crate::codes!(Kind { Issue = "issue", Idea = "idea" });

/// Where something was said (把握の場). It decides what may be shown to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 一次連携: in a tier 1 talk, in confidence (seed 000, chapter 2 (1): 原則非公開).
    Meeting,
    /// 相談窓口: told to the desk, in confidence.
    Desk,
    /// 公開の場: said openly in a tier 2 or 3 gathering.
    Open,
}

crate::codes!(Origin { Meeting = "meeting", Desk = "desk", Open = "open" });

impl Origin {
    /// Whether what was said may only be shared through a disclosure.
    #[must_use]
    pub fn is_confidential(self) -> bool {
        self != Self::Open
    }
}

/// How far an issue has come. Issues live for years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 受付
    Open,
    /// 整理済
    Sorted,
    /// 検討中
    Planning,
    /// 実施中
    Acting,
    /// 反省会待ち
    Review,
    /// 完了
    Done,
    /// 次年度以降
    Later,
    /// 見送り
    Dropped,
}

crate::codes!(Status {
    Open = "open",
    Sorted = "sorted",
    Planning = "planning",
    Acting = "acting",
    Review = "review",
    Done = "done",
    Later = "later",
    Dropped = "dropped",
});

/// Why a move from one status to another is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoveFault {
    /// The issue has this status already.
    #[error("the issue has this status already")]
    Same,
    /// A measure that was carried out is looked back on: `acting` → `done` needs a review's outcome
    /// or a reason.
    #[error("done without a review needs a reason")]
    DoneNeedsReason,
    /// 見送り is told to those who raised it, so it needs a reason.
    #[error("dropping needs a reason")]
    DroppedNeedsReason,
    /// 次年度以降 needs the fiscal year.
    #[error("later needs a fiscal year")]
    LaterNeedsYear,
    /// The fiscal year of 次年度以降 is not after the current one.
    #[error("the year must come after the current fiscal year")]
    YearNotAhead,
    /// A fiscal year was given, but only 次年度以降 has one.
    #[error("only later has a fiscal year")]
    YearWithoutLater,
}

/// What a move of status comes with.
#[derive(Clone, Copy, Debug, Default)]
pub struct MoveContext {
    /// Whether the person gave a reason.
    pub has_reason: bool,
    /// Whether the outcome of a review leads to it.
    pub by_review: bool,
    /// Whether a measure waits to be looked back on ([`Issue::measure_open`]).
    pub measure_open: bool,
    /// The fiscal year for [`Status::Later`].
    pub year: Option<i32>,
    /// The current fiscal year.
    pub this_year: i32,
}

impl Status {
    /// Whether the issue still waits for somebody.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Dropped)
    }

    /// Whether a measure waits to be looked back on once an issue has this status; `before` says whether
    /// one did so far. Putting an issue aside does not end its measure, only finishing it does.
    #[must_use]
    pub fn measure_open(self, before: bool) -> bool {
        match self {
            Self::Acting | Self::Review => true,
            Self::Done => false,
            _ => before,
        }
    }

    /// Checks a move. Any status may be reached from any other, as offices work, but three need more:
    /// `later` its year, `dropped` a reason, and `done` after a measure a review or a reason, by
    /// whatever way it came there (DESIGN section 3). A year given for anything else is a mistake.
    ///
    /// # Errors
    /// What is missing.
    pub fn check_move(self, to: Self, context: MoveContext) -> Result<(), MoveFault> {
        if self == to && to != Self::Later {
            return Err(MoveFault::Same);
        }
        if to != Self::Later && context.year.is_some() {
            return Err(MoveFault::YearWithoutLater);
        }
        match to {
            Self::Done
                if self.measure_open(context.measure_open)
                    && !context.by_review
                    && !context.has_reason =>
            {
                Err(MoveFault::DoneNeedsReason)
            }
            Self::Dropped if !context.has_reason => Err(MoveFault::DroppedNeedsReason),
            Self::Later => match context.year {
                None => Err(MoveFault::LaterNeedsYear),
                Some(year) if year <= context.this_year => Err(MoveFault::YearNotAhead),
                Some(_) => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

/// Whom an issue is about, besides whoever said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "of", content = "id")]
pub enum Concern {
    /// A profession.
    Profession(ProfessionId),
    /// An association.
    Association(AssociationId),
}

/// Who decided the tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TierBy {
    /// The rules, from the words.
    Rules,
    /// A person, with the `tier` option or `/issue tier`.
    Person,
}

crate::codes!(TierBy { Rules = "rules", Person = "person" });

/// One issue as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The number people read as `#12`.
    pub id: IssueId,
    /// Counts every change of what a card shows; starts at 1.
    pub revision: i64,
    /// Issue or idea.
    pub kind: Kind,
    /// Where it was said.
    pub origin: Origin,
    /// Where it can be solved.
    pub tier: Tier,
    /// Who decided the tier.
    pub tier_by: TierBy,
    /// How far it has come.
    pub status: Status,
    /// The fiscal year of [`Status::Later`].
    pub later_year: Option<i32>,
    /// A measure was begun and no review has looked back on it ([`Status::measure_open`]).
    pub measure_open: bool,
    /// The wording as given.
    pub text: String,
    /// The free note (備考 of form 1).
    pub note: Option<String>,
    /// The profession that said it, where known.
    pub profession: Option<ProfessionId>,
    /// The association that raised it, where there is one.
    pub association: Option<AssociationId>,
    /// Whom it is about, as named by the person who wrote it down.
    pub about: Vec<Concern>,
    /// The categories it is in, in the order they were given; at most [`CATEGORIES_MAX`].
    pub categories: Vec<CategoryId>,
    /// The gathering where it was said, where there was one.
    pub session: Option<SessionId>,
    /// The issue that stands for it since the desk took both for the same opinion.
    pub merged_into: Option<IssueId>,
    /// Who said it; for the desk only.
    pub speaker: Option<Speaker>,
    /// Who wrote it down (Discord's id).
    pub reporter: UserId,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// A coordinator passed it on from the desk to the association's channel.
    pub passed_on: bool,
    /// The desk decided to keep it private: it is not asked again whether to share it.
    pub kept_private: bool,
    /// Taken back by undo: it stands nowhere, and only the desk's audit still knows of it.
    pub retracted: bool,
    /// Where its card stands; [`crate::routing::route`] decides it at every change.
    pub destination: Destination,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_that_need_more_say_what_is_missing() {
        use Status::*;
        let plain = MoveContext {
            this_year: 2026,
            ..MoveContext::default()
        };
        let reason = MoveContext {
            has_reason: true,
            ..plain
        };
        let review = MoveContext {
            by_review: true,
            ..plain
        };
        let next = MoveContext {
            year: Some(2027),
            ..plain
        };
        let past = MoveContext {
            year: Some(2026),
            ..plain
        };
        let begun = MoveContext {
            measure_open: true,
            ..plain
        };
        for (from, to, context, expected) in [
            (Planning, Done, begun, Err(MoveFault::DoneNeedsReason)),
            (
                Later,
                Done,
                MoveContext {
                    has_reason: true,
                    ..begun
                },
                Ok(()),
            ),
            (Dropped, Open, begun, Ok(())),
            (Open, Sorted, next, Err(MoveFault::YearWithoutLater)),
            (Open, Sorted, plain, Ok(())),
            (Open, Open, plain, Err(MoveFault::Same)),
            (Acting, Done, plain, Err(MoveFault::DoneNeedsReason)),
            (Acting, Done, reason, Ok(())),
            (Acting, Done, review, Ok(())),
            (Review, Done, plain, Err(MoveFault::DoneNeedsReason)),
            (Planning, Done, plain, Ok(())),
            (Open, Dropped, plain, Err(MoveFault::DroppedNeedsReason)),
            (Open, Dropped, reason, Ok(())),
            (Open, Later, plain, Err(MoveFault::LaterNeedsYear)),
            (Open, Later, past, Err(MoveFault::YearNotAhead)),
            (Open, Later, next, Ok(())),
            (
                Later,
                Later,
                MoveContext {
                    year: Some(2028),
                    ..plain
                },
                Ok(()),
            ),
            (Done, Open, plain, Ok(())),
        ] {
            assert_eq!(
                from.check_move(to, context),
                expected,
                "{from:?} → {to:?} {context:?}"
            );
        }
    }

    #[test]
    fn a_measure_stays_open_until_the_issue_is_done() {
        use Status::*;
        for (way, expected) in [
            (&[Sorted, Planning][..], false),
            (&[Acting], true),
            (&[Acting, Planning], true),
            (&[Review, Later, Open], true),
            (&[Acting, Dropped], true),
            (&[Acting, Done], false),
            (&[Acting, Done, Open], false),
            (&[Acting, Done, Acting], true),
        ] {
            let open = way
                .iter()
                .fold(false, |before, status| status.measure_open(before));
            assert_eq!(open, expected, "{way:?}");
        }
    }
}
