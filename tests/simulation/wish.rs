//! Wishes: what a person asked the bot to change, and what must be so when it said that it was done.

use crate::{
    fact::{Facts, Place, Recorded, SetUp},
    secret::marks,
};
use domain::issue::Origin;
use fake_discord::Outcome;

/// What is planned and done together, and what people are reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Noun {
    Session,
    Project,
    Review,
    Memo,
}

impl Noun {
    /// Its code in the audit.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Project => "project",
            Self::Review => "review",
            Self::Memo => "memo",
        }
    }

    /// The noun a custom id is about.
    pub(crate) fn of(custom_id: &str) -> Option<Self> {
        let action = custom_id.split(':').nth(1)?;
        let all = [Self::Session, Self::Project, Self::Review, Self::Memo];
        all.into_iter()
            .find(|noun| action.starts_with(&format!("{}-", noun.code())))
    }
}

/// What is said when something of it was done.
const WORKED: [&str; 23] = [
    "を登録しました",
    "へ届けました",
    "入れました",
    "済みにしました",
    "を取り上げました",
    "見送りにしました",
    "を見送りました",
    "書きとめました",
    "に予定しました",
    "を予定しました",
    "を記録しました",
    "を中止にしました",
    "止めました",
    "元に戻しました",
    "変える前に戻しました",
    "を取り消しました",
    "新しい日に合わせます",
    "の日程を、",
    "またお知らせします",
    "の分担を変えました",
    "の記録を直しました",
    "を完了にしました",
    "から分担を外しました",
];

/// What a person wants.
#[derive(Clone, Debug)]
pub(crate) enum Wish {
    /// To read, or something that must come to nothing.
    Nothing,
    /// A new issue with these words; an origin where one was chosen.
    Add {
        text: String,
        note: Option<String>,
        speaker: Option<String>,
        origin: Option<Origin>,
    },
    /// Another wording.
    Edit { number: i64, text: String },
    /// Another tier, for a reason.
    Tier {
        number: i64,
        tier: i64,
        reason: String,
    },
    /// Another status, perhaps for a reason.
    Status {
        number: i64,
        status: &'static str,
        reason: Option<String>,
    },
    /// To take back what oneself did last to an issue.
    Undo,
    /// From the desk to the association.
    PassOn { number: i64 },
    /// A thread below the card of this issue.
    Discuss { number: i64 },
    /// One issue to stand for another that says the same.
    Merge { number: i64, into: i64 },
    /// A merged issue to stand for itself again.
    Apart { number: i64 },
    /// Whatever the command, the button or the form does about one of these.
    Work { noun: Noun },
    /// The office as it is to be, and whether only coordinators may have it so.
    SetUp {
        act: &'static str,
        after: Box<SetUp>,
        staff_only: bool,
    },
}

/// What the person got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It was done.
    Done,
    /// It was not done.
    Refused,
    /// No word came.
    Silence,
}

impl Wish {
    /// What an answer says of the wish.
    pub(crate) fn answered(&self, outcome: &Outcome) -> Answer {
        if matches!(
            outcome,
            Outcome::Failed { .. } | Outcome::Acknowledged | Outcome::Removed
        ) {
            return Answer::Silence;
        }
        let words: &[&str] = match self {
            Self::Nothing => &[],
            Self::Add { .. } => &["として記録しました"],
            Self::Edit { .. } => &["を修正しました"],
            Self::Tier { .. } | Self::Status { .. } => &["に変えました"],
            Self::PassOn { .. } => &["へ伝えました"],
            Self::Discuss { .. } => &["のスレッドを開きます"],
            Self::Merge { .. } => &["と同じ意見としてまとめました。"],
            Self::Apart { .. } => &["のまとめを解きました"],
            Self::Undo => &["を元に戻しました", "の記録を取り消しました"],
            Self::Work { .. } => &WORKED,
            Self::SetUp { .. } => &[
                "にしました",
                "」を登録しました",
                "」を変えました",
                "外しました",
            ],
        };
        let text = outcome.message().map(|found| found.text());
        let said = text.is_some_and(|text| words.iter().any(|word| text.contains(word)));
        if said { Answer::Done } else { Answer::Refused }
    }

    /// The code under which the change stands in the audit.
    pub(crate) fn act(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Add { .. } => "issue.add",
            Self::Edit { .. } => "issue.edit",
            Self::Tier { .. } => "issue.tier",
            Self::Status { .. } => "issue.status",
            Self::PassOn { .. } => "issue.pass-on",
            Self::Discuss { .. } => "issue.discuss",
            Self::Merge { .. } => "issue.merge",
            Self::Apart { .. } => "issue.apart",
            Self::Undo => "issue.undo",
            Self::Work { noun } => noun.code(),
            Self::SetUp { act, .. } => act,
        }
    }

    /// The issue it is about, once it is fulfilled.
    pub(crate) fn number(&self, after: &Facts) -> Option<i64> {
        match self {
            Self::Nothing | Self::Undo | Self::Work { .. } | Self::SetUp { .. } => None,
            Self::Add { .. } => after.issues.keys().next_back().copied(),
            Self::Edit { number, .. }
            | Self::Tier { number, .. }
            | Self::Status { number, .. }
            | Self::PassOn { number }
            | Self::Discuss { number }
            | Self::Merge { number, .. }
            | Self::Apart { number } => Some(*number),
        }
    }

    /// Everything that was typed for it.
    pub(crate) fn words(&self) -> String {
        let parts: Vec<&str> = match self {
            Self::Nothing
            | Self::Undo
            | Self::PassOn { .. }
            | Self::Discuss { .. }
            | Self::Merge { .. }
            | Self::Apart { .. }
            | Self::Work { .. }
            | Self::SetUp { .. } => Vec::new(),
            Self::Add {
                text,
                note,
                speaker,
                ..
            } => [Some(text), note.as_ref(), speaker.as_ref()]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect(),
            Self::Edit { text, .. } => vec![text],
            Self::Tier { reason, .. } => vec![reason],
            Self::Status { reason, .. } => reason.iter().map(String::as_str).collect(),
        };
        parts.join(" ")
    }

    /// Checks that the person might have it, and that it alone was fulfilled.
    ///
    /// # Panics
    /// Otherwise.
    pub(crate) fn check(&self, who: u64, owner: u64, before: &Facts, after: &Facts) {
        assert!(
            self.is_allowed(who, owner, before),
            "nobody gave them the right to {self:?}"
        );
        if let Self::SetUp { after: wanted, .. } = self {
            assert_eq!(&after.set_up, &**wanted, "the set-up is not as was asked");
            let unplaced = |facts: &Facts| {
                let mut issues = facts.issues.clone();
                issues
                    .values_mut()
                    .for_each(|issue| issue.place = Place::Desk);
                issues
            };
            assert_eq!(
                unplaced(before),
                unplaced(after),
                "issues changed with the set-up"
            );
            for issue in after.issues.values() {
                check_place(issue, &after.set_up, self);
            }
            return;
        }
        assert_eq!(
            before.set_up, after.set_up,
            "the set-up changed with an issue"
        );
        let number = self.number(after).expect("it is about an issue");
        check_others(number, before, after);
        let new = usize::from(matches!(self, Self::Add { .. }));
        assert_eq!(before.issues.len() + new, after.issues.len(), "{self:?}");
        let is = &after.issues[&number];
        self.check_issue(before.issues.get(&number), is);
        self.check_merged(is, after);
        check_place(is, &after.set_up, self);
    }

    fn is_allowed(&self, who: u64, owner: u64, facts: &Facts) -> bool {
        let staff = facts.coordinates(who);
        match self {
            // Whose change it was is known to the life of the office only.
            // What may be done about work is judged by what was noted.
            Self::Nothing | Self::Undo | Self::Work { .. } => false,
            Self::Add { origin, .. } => {
                staff || (facts.may_add(who) && *origin != Some(Origin::Open))
            }
            Self::Edit { number, .. } | Self::Tier { number, .. } => {
                let own = facts.issues.get(number).is_some_and(|issue| {
                    issue.reporter == who && issue.status == "open" && facts.may_add(who)
                });
                staff || own
            }
            Self::Status { .. } | Self::PassOn { .. } | Self::Apart { .. } => staff,
            Self::Merge { number, into } => {
                let own = facts.issues.get(number).zip(facts.issues.get(into));
                let own = own.is_some_and(|(issue, into)| {
                    issue.reporter == who
                        && facts.may_add(who)
                        && issue.status == "open"
                        && issue.association.is_some()
                        && issue.association == into.association
                });
                staff || own
            }
            Self::Discuss { number } => {
                let issue = facts.issues.get(number);
                issue.is_some_and(|issue| facts.is_in(who, &issue.place))
            }
            Self::SetUp { staff_only, .. } => staff || (!staff_only && who == owner),
        }
    }

    /// That the issue that was asked for stands for it, or what that one was merged into.
    fn check_merged(&self, is: &Recorded, after: &Facts) {
        let Self::Merge { into, .. } = self else {
            return;
        };
        let asked = &after.issues[into];
        let stands = asked.merged_into.unwrap_or(*into);
        assert_eq!(is.merged_into, Some(stands), "{self:?}");
        assert_eq!(is.status, after.issues[&stands].status, "{self:?}");
    }

    fn check_issue(&self, was: Option<&Recorded>, is: &Recorded) {
        let mut expected = was.cloned().unwrap_or_else(|| is.clone());
        // Where it belongs is decided anew with every change, and judged by itself.
        expected.place = is.place.clone();
        match self {
            Self::Add {
                text,
                note,
                speaker,
                origin,
            } => {
                assert!(was.is_none(), "a number was given twice");
                assert_eq!(marks(&is.text), marks(text), "the wording is another");
                let marks_of = |words: &Option<String>| words.as_deref().map(marks);
                assert_eq!(marks_of(&is.note), marks_of(note), "the note is another");
                assert_eq!(&is.speaker, speaker, "the speaker is another");
                assert_eq!((is.status.as_str(), is.passed_on), ("open", false));
                assert!(
                    origin.is_none_or(|origin| origin == is.origin),
                    "{:?}",
                    is.origin
                );
            }
            Self::Edit { text, .. } => {
                assert_eq!(marks(&is.text), marks(text), "the wording is another");
                expected.text.clone_from(&is.text);
            }
            Self::Tier { tier, .. } => expected.tier = *tier,
            Self::Status { status, .. } => expected.status = (*status).to_owned(),
            Self::PassOn { .. } => expected.passed_on = true,
            Self::Merge { .. } => {
                // What stands for it, and how far that has come, is judged by itself.
                expected.merged_into = is.merged_into;
                expected.status.clone_from(&is.status);
            }
            Self::Apart { .. } => expected.merged_into = None,
            Self::Nothing
            | Self::Undo
            | Self::Work { .. }
            | Self::Discuss { .. }
            | Self::SetUp { .. } => {}
        }
        assert_eq!(
            is, &expected,
            "more was changed than was asked for: {self:?}"
        );
    }
}

/// Besides the issue that was changed, only those change for which it stands or stood: they follow what
/// stands for them.
///
/// # Panics
/// Another issue changed, or did not follow.
pub(crate) fn check_others(number: i64, before: &Facts, after: &Facts) {
    for (other, is) in &after.issues {
        if *other == number {
            continue;
        }
        let was = before.issues.get(other);
        let was = was.unwrap_or_else(|| panic!("#{other} came as well"));
        let mut expected = was.clone();
        let pointed = [was.merged_into, is.merged_into].contains(&Some(number));
        if pointed {
            let stands = is.merged_into.and_then(|into| after.issues.get(&into));
            let stands = stands.unwrap_or_else(|| panic!("nothing stands for #{other}"));
            assert_eq!(stands.merged_into, None, "#{other} is merged in two steps");
            expected.merged_into = is.merged_into;
            expected.status.clone_from(&stands.status);
            // Where it would stand is decided anew with every change.
            expected.place = is.place.clone();
        }
        assert_eq!(is, &expected, "#{other} changed as well");
    }
}

/// Where an issue may stand at all (DESIGN sections 2 and 3), whatever the rules made of its words.
fn check_place(issue: &Recorded, set_up: &SetUp, wish: &Wish) {
    let open = issue.origin == Origin::Open;
    let fits = match &issue.place {
        Place::Desk => true,
        Place::Tier1(name) => {
            let own = issue.association.as_ref() == Some(name);
            issue.tier == 1 && own && (issue.passed_on || issue.origin != Origin::Desk)
        }
        Place::Tier2(channel) => {
            let circle = &set_up.circles[channel];
            let within = issue
                .association
                .as_ref()
                .is_none_or(|name| circle.contains(name));
            issue.tier == 2 && open && within
        }
        Place::Tier3 => issue.tier == 3 && open,
    };
    assert!(
        fits,
        "{wish:?} led to a place it must not stand at: {issue:?}"
    );
    if matches!(wish, Wish::PassOn { .. }) {
        assert!(
            matches!(issue.place, Place::Tier1(_)),
            "it was not passed on: {issue:?}"
        );
    }
}
