//! Sessions (連携の場): gatherings of one tier, what they are for, and who may know of them.
//!
//! Seed 000, chapter 2 gives the kinds of gatherings, what they are held for and the office's part in
//! them. What is said at one becomes issues that name it ([`crate::issue::Issue::session`]); what it is
//! to talk about is its agenda. Minutes, reminders and reviews are other nouns.
//!
//! ```
//! use domain::session::numbered;
//! assert_eq!(numbered("第２回 薬剤師会との打合せ会"), (Some(2), "薬剤師会との打合せ会"));
//! assert_eq!(numbered("薬剤師会との打合せ会"), (None, "薬剤師会との打合せ会"));
//! ```

use crate::{
    era::{FiscalYear, with_digits},
    id::{AssociationId, IssueId, SessionId, UserId},
    office::Office,
    text::normalise,
    tier::Tier,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::LazyLock};

mod course;
mod sight;

pub use course::{Former, Standstill, remembered};
pub use sight::Sight;

/// Longest title, in UTF-16 units.
pub const TITLE_UNITS_MAX: usize = 80;
/// Longest place, in UTF-16 units.
pub const PLACE_UNITS_MAX: usize = 100;
/// Longest method (連携手法), in UTF-16 units.
pub const METHOD_UNITS_MAX: usize = 200;
/// Longest reason of a move or a cancellation, in UTF-16 units.
pub const REASON_UNITS_MAX: usize = 200;
/// Most people a session is planned for.
pub const PEOPLE_MAX: i64 = 999;
/// People at a tier 1 talk, the office's own included, above which it is asked back (seed 000, chapter
/// 2 (1): 人数は連携拠点の担当者を含めて10人以下が望ましい).
pub const TALK_PEOPLE_MAX: i64 = 10;
/// Most associations of a session.
pub const ASSOCIATIONS_MAX: usize = 30;
/// Most issues a session is to talk about.
pub const AGENDA_MAX: usize = 20;
/// How far ahead a session is planned, in days: farther is a mistake in the year.
pub const AHEAD_DAYS_MAX: i64 = 3 * 366;
/// How far back a session that was held may be written down, in days.
pub const BACK_DAYS_MAX: i64 = 30 * 366;
/// The highest 第n回 a title may name.
pub const NUMBER_MAX: i64 = 999;

/// What kind of gathering it is (seed 000, chapter 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 打合せ会: the talk of tier 1, which is no 会議.
    Meeting,
    /// 情報交換会
    Exchange,
    /// 合同研修会
    Training,
    /// 意見交換会
    Discussion,
    /// 視察応対
    Visit,
    /// 同行訪問研修
    Accompaniment,
    /// 報告会
    Report,
    /// 協議会
    Council,
    /// アドバイザー会議: the office with its adviser (seed 000, chapter 1).
    Adviser,
    /// その他
    Other,
}

crate::codes!(Kind {
    Meeting = "meeting",
    Exchange = "exchange",
    Training = "training",
    Discussion = "discussion",
    Visit = "visit",
    Accompaniment = "accompaniment",
    Report = "report",
    Council = "council",
    Adviser = "adviser",
    Other = "other",
});

/// What it is held for (seed 000, chapter 2 (1): a tier 1 talk changes by stages; chapter 5, Q3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 課題抽出
    Gathering,
    /// フィードバック
    Feedback,
    /// 解決策検討
    Solution,
    /// 反省会
    Review,
    /// 企画相談
    Consultation,
}

crate::codes!(Purpose {
    Gathering = "gathering",
    Feedback = "feedback",
    Solution = "solution",
    Review = "review",
    Consultation = "consultation",
});

/// The office's part in it (seed 000, chapter 2 (2) and (3)).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 主催: every tier 1 talk is the office's.
    #[default]
    Host,
    /// 共催
    CoHost,
    /// 開催支援
    Support,
    /// 参画
    TakePart,
}

crate::codes!(Role {
    Host = "host",
    CoHost = "co-host",
    Support = "support",
    TakePart = "take-part",
});

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 案: proposed by a match, without a number and perhaps without a day; for the desk only.
    Draft,
    /// 予定
    Planned,
    /// 実施済
    Held,
    /// 中止
    Cancelled,
}

crate::codes!(State {
    Draft = "draft",
    Planned = "planned",
    Held = "held",
    Cancelled = "cancelled",
});

impl State {
    /// Whether what was said at a session of this state may be written down as said there.
    #[must_use]
    pub fn takes_issues(self) -> bool {
        matches!(self, Self::Planned | Self::Held)
    }
}

/// One session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The number within the office, by which commands name it.
    pub id: SessionId,
    /// Counts every change of what people are told of it; starts at 1.
    pub revision: i64,
    /// Between whom it is held.
    pub tier: Tier,
    /// What kind of gathering.
    pub kind: Kind,
    /// How far it has come.
    pub state: State,
    /// What it is called, without its 第n回.
    pub title: String,
    /// The n of 第n回 within its series and fiscal year; none while it is a draft.
    pub number: Option<i64>,
    /// The fiscal year its number counts in; none without a number.
    pub fiscal_year: Option<FiscalYear>,
    /// The day; only a draft may have none.
    pub date: Option<NaiveDate>,
    /// When it begins, on the office's wall.
    pub start: Option<NaiveTime>,
    /// When it ends; never without a beginning.
    pub end: Option<NaiveTime>,
    /// What it is held for.
    pub purpose: Option<Purpose>,
    /// How it is done (連携手法), in free words.
    pub method: Option<String>,
    /// The office's part in it.
    pub role: Role,
    /// Where.
    pub place: Option<String>,
    /// How many people are expected, the office's own included; 1 to [`PEOPLE_MAX`].
    pub people: Option<i64>,
    /// Counts the dates it has had; starts at 1. What is due by an older date is told apart by it.
    pub date_revision: i64,
    /// The date it had before it was last moved.
    pub moved_from: Option<Former>,
    /// Why it was last moved, or cancelled.
    pub reason: Option<String>,
    /// The associations that take part, in the order they were named.
    pub associations: Vec<AssociationId>,
    /// The issues it is to talk about, in the order they were named.
    pub agenda: Vec<IssueId>,
    /// Who planned it (Discord's id).
    pub planned_by: UserId,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// Taken back by undo: only the desk's audit still knows of it.
    pub retracted: bool,
}

/// The sessions among which a number counts: those of the same tier, kind and associations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    tier: i64,
    kind: Kind,
    associations: BTreeSet<AssociationId>,
}

impl Series {
    /// The stable word under which it is stored: `1:meeting:3`, `2:training:1,4`, `3:council:`.
    #[must_use]
    pub fn code(&self) -> String {
        let associations: Vec<String> = self.associations.iter().map(ToString::to_string).collect();
        format!(
            "{}:{}:{}",
            self.tier,
            self.kind.code(),
            associations.join(",")
        )
    }
}

impl Session {
    /// The series its number counts in.
    #[must_use]
    pub fn series(&self) -> Series {
        Series {
            tier: self.tier.number(),
            kind: self.kind,
            associations: self.associations.iter().copied().collect(),
        }
    }

    /// Whether what was said there may still be written down as said there.
    #[must_use]
    pub fn takes_issues(&self) -> bool {
        !self.retracted && self.state.takes_issues()
    }

    /// Whether it was ever more than proposed: a draft has no number, nor has one that was given up.
    #[must_use]
    pub fn was_planned(&self) -> bool {
        self.state != State::Draft && self.number.is_some()
    }

    /// The association whose own talk it is: that of a tier 1 session with one association.
    #[must_use]
    pub fn talk_of(&self) -> Option<AssociationId> {
        match (self.tier, self.associations.as_slice()) {
            (Tier::One, [association]) => Some(*association),
            _ => None,
        }
    }
}

/// The state of a session that is written down for a day: one of a day that has passed was held.
#[must_use]
pub fn state_on(date: NaiveDate, today: NaiveDate) -> State {
    if date < today {
        State::Held
    } else {
        State::Planned
    }
}

/// Why a session cannot be as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An end was given, but no beginning.
    #[error("an end needs a beginning")]
    EndWithoutStart,
    /// It would end before it begins, or at once.
    #[error("it ends before it begins")]
    EndNotAfterStart,
    /// The day is more than [`AHEAD_DAYS_MAX`] ahead.
    #[error("the day is too far ahead")]
    TooFarAhead,
    /// The day is more than [`BACK_DAYS_MAX`] back.
    #[error("the day is too far back")]
    TooFarBack,
}

/// Checks when it is to be.
///
/// # Errors
/// What cannot be.
pub fn check_time(
    date: NaiveDate,
    start: Option<NaiveTime>,
    end: Option<NaiveTime>,
    today: NaiveDate,
) -> Result<(), Fault> {
    match (start, end) {
        (None, Some(_)) => return Err(Fault::EndWithoutStart),
        (Some(start), Some(end)) if end <= start => return Err(Fault::EndNotAfterStart),
        _ => {}
    }
    let ahead = date.signed_duration_since(today);
    if ahead > TimeDelta::days(AHEAD_DAYS_MAX) {
        Err(Fault::TooFarAhead)
    } else if ahead < TimeDelta::days(-BACK_DAYS_MAX) {
        Err(Fault::TooFarBack)
    } else {
        Ok(())
    }
}

/// What is asked back about a session before it is planned; a person may go on all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Tier 1 with a second profession: with others in the room people speak less freely (seed 000,
    /// chapter 2 (1): 一職種に絞る).
    SecondProfession,
    /// Tier 1 without an association: nobody but the desk would know of it.
    NoAssociation,
    /// Tier 1 with more than [`TALK_PEOPLE_MAX`] people.
    ManyPeople,
    /// Tier 2 with fewer than two associations: it brings professions together (seed 000, chapter 2 (2)).
    Alone,
}

crate::codes!(Question {
    SecondProfession = "second-profession",
    NoAssociation = "no-association",
    ManyPeople = "many-people",
    Alone = "alone",
});

/// What is asked back about a session as it was written.
#[must_use]
pub fn questions(session: &Session, office: &Office) -> Vec<Question> {
    let mut questions = match (session.tier, session.associations.as_slice()) {
        (Tier::One, []) => vec![Question::NoAssociation],
        (Tier::One, associations) if is_of_two_professions(associations, office) => {
            vec![Question::SecondProfession]
        }
        (Tier::Two, [] | [_]) => vec![Question::Alone],
        _ => Vec::new(),
    };
    if session.tier == Tier::One && session.people > Some(TALK_PEOPLE_MAX) {
        questions.push(Question::ManyPeople);
    }
    questions
}

/// Whether two of the associations share no profession. One association is one 職種 to the manual,
/// however many professions it speaks for (歯科医師 and 歯科衛生士).
fn is_of_two_professions(associations: &[AssociationId], office: &Office) -> bool {
    let professions: Vec<_> = associations
        .iter()
        .filter_map(|id| office.association(*id))
        .map(|association| &association.professions)
        .collect();
    professions.iter().enumerate().any(|(at, one)| {
        professions[at + 1..]
            .iter()
            .any(|other| !one.iter().any(|profession| other.contains(profession)))
    })
}

/// The number a written title begins with (第2回, 第二回, any width), and the title without it. A title
/// that is nothing but a number stays whole.
#[must_use]
pub fn numbered(title: &str) -> (Option<i64>, &str) {
    static NUMBER: LazyLock<regex::Regex> = LazyLock::new(|| {
        regex::Regex::new(
            r"^\s*第\s*([0-9０-９〇一二三四五六七八九十百]{1,5})\s*回(?:目の?)?[\s:：、・]*",
        )
        .expect("a pattern of this module compiles")
    });
    let Some(found) = NUMBER.captures(title) else {
        return (None, title.trim());
    };
    let rest = title[found[0].len()..].trim();
    let number = with_digits(&normalise(&found[1])).parse().ok();
    match number.filter(|number| (1..=NUMBER_MAX).contains(number)) {
        Some(number) if !rest.is_empty() => (Some(number), rest),
        _ => (None, title.trim()),
    }
}

#[cfg(test)]
mod tests;
