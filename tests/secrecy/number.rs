//! The judge of numbers: what somebody gets names an issue (#12), a session, a project, a review, a
//! memo, a feedback, a target, an entry of progress or a notice only where they may know of it, or, of issues, asked for it themselves. What it was merged into,
//! what it is linked with, what a search found, what is looked back on: a number says that something was
//! said.

use crate::{judge::Way, model::Allowed, office::DESK, step::Life};
use std::collections::{BTreeMap, BTreeSet};

/// Actions whose custom ids hold numbers of issues; other ids name drafts.
const OF_ISSUES: [&str; 21] = [
    "issue-show",
    "issue-pass-on",
    "issue-history",
    "issue-history-page",
    "share-categories",
    "share-write",
    "share-as-written",
    "share-keep-private",
    "share-take-up",
    "share-approve",
    "share-correct",
    "share-decline",
    "share-declined",
    "share-withdraw",
    "share-narrow",
    "share-narrowed",
    "share-log",
    "share-log-page",
    "merge-same",
    "merge-apart",
    "link-remove",
];
/// More of them, with the number of one issue only.
const OF_AN_ISSUE: [&str; 2] = ["discuss", "category-attach"];
/// Beginnings of custom ids with the number of something else, which leads to no draft.
const OF_OTHERS: [&str; 34] = [
    "review-show",
    "review-held",
    "review-move",
    "review-snooze",
    "review-accept",
    "review-drop",
    "project-show",
    "project-done",
    "project-take-up",
    "session-show",
    "memo-sto",
    "feedback-sho",
    "feedback-sen",
    "feedback-edit",
    "feedback-renew",
    "feedback-drop",
    "feedback-withdraw",
    "feedback-open",
    "target-records",
    "target-counted",
    "target-goals",
    "target-note",
    "target-of-session",
    "target-correct",
    "target-withdraw",
    "target-restore",
    "notice-show",
    "notice-confirm",
    "notice-bulletin",
    "notice-posting",
    "fund-show",
    "report-",
    "feed-",
    "rule-show",
];
/// Parts of the custom ids below posts that are as of their day: whoever is let in later reads them so.
const AS_OF_THEIR_DAY: [&str; 9] = [
    "v1:session-",
    "v1:project-",
    "v1:review-",
    "v1:memo-",
    "v1:feedback-",
    "v1:returned",
    "v1:report-",
    "v1:notice-",
    "v1:round-",
];
/// Digits of a number; Discord's ids have many more.
const DIGITS_MAX: usize = 5;
/// What stands behind a figure that is no number of anything.
const COUNTED: &str = "件人回年月日時分円問";

/// Targets are numbered behind this, so that #1001 is no issue.
pub(crate) const TARGETS_FROM: i64 = 1_000;
/// Notices are numbered behind this.
pub(crate) const NOTICES_FROM: i64 = 2_000;
/// Funds are numbered behind this.
pub(crate) const FUNDS_FROM: i64 = 3_000;

/// What has numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Noun {
    Issue,
    Session,
    Project,
    Review,
    Memo,
    Feedback,
    Target,
    /// An entry of progress (進捗).
    Entry,
    Notice,
}

impl Noun {
    const ALL: [Self; 9] = [
        Self::Issue,
        Self::Session,
        Self::Project,
        Self::Review,
        Self::Memo,
        Self::Feedback,
        Self::Target,
        Self::Entry,
        Self::Notice,
    ];

    /// What stands before a number of it.
    fn word(self) -> &'static str {
        match self {
            Self::Issue | Self::Target | Self::Notice => "#",
            Self::Session => "連携の場",
            Self::Project => "支援事業",
            Self::Review => "反省会",
            Self::Memo => "リマインダー",
            Self::Feedback => "フィードバック",
            Self::Entry => "進捗",
        }
    }

    /// Behind which number it begins.
    pub(crate) fn from(self) -> i64 {
        match self {
            Self::Target => TARGETS_FROM,
            Self::Notice => NOTICES_FROM,
            _ => 0,
        }
    }
}

/// Who may know of which number.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Now, or until the step that is being judged.
    known: BTreeMap<(Noun, i64), Allowed>,
    /// At some time: what waits behind a button of theirs may say so.
    once: BTreeMap<(Noun, i64), Allowed>,
    /// Issues they wrote or pressed in this step.
    asked: BTreeSet<(u64, i64)>,
    /// Who pressed something in this step that leads to a draft.
    recalled: BTreeSet<u64>,
}

impl Numbers {
    /// Takes in who may know of which number after a step.
    pub(crate) fn take_in(
        &mut self,
        now: BTreeMap<(Noun, i64), Allowed>,
        before: BTreeMap<(Noun, i64), Allowed>,
    ) {
        self.known = now;
        for (number, allowed) in before {
            self.known.entry(number).or_default().extend(&allowed);
        }
        for (number, allowed) in &self.known {
            self.once.entry(*number).or_default().extend(allowed);
        }
    }

    /// Somebody wrote these words into an option.
    pub(crate) fn written(&mut self, who: u64, words: &str) {
        for part in words.split(|letter: char| !letter.is_ascii_digit()) {
            self.ask(who, part);
        }
    }

    /// Somebody pressed this, or sent the form of this name.
    pub(crate) fn pressed(&mut self, who: u64, custom_id: &str) {
        let mut parts = custom_id.split(':').skip(1);
        let action = parts.next().unwrap_or_default();
        if OF_ISSUES.contains(&action) {
            parts.take(2).for_each(|part| self.ask(who, part));
        } else if OF_AN_ISSUE.contains(&action) {
            parts.take(1).for_each(|part| self.ask(who, part));
        } else if !OF_OTHERS.iter().any(|known| action.starts_with(known)) {
            self.recalled.insert(who);
        }
    }

    fn ask(&mut self, who: u64, part: &str) {
        self.asked
            .extend(part.parse().ok().map(|number| (who, number)));
    }

    /// What was asked in a step is forgotten after it.
    pub(crate) fn forget(&mut self) {
        self.asked.clear();
        self.recalled.clear();
    }

    fn may_have(&self, who: u64, of: (Noun, i64), way: Way, desk: u64) -> bool {
        let holds = |known: &BTreeMap<(Noun, i64), Allowed>| {
            let allowed = known.get(&of);
            allowed.is_some_and(|allowed| allowed.by(way, desk).contains(&who))
        };
        let asked = of.0 == Noun::Issue && self.asked.contains(&(who, of.1));
        (asked && way == Way::Answer)
            || holds(&self.known)
            || (self.recalled.contains(&who) && holds(&self.once))
    }
}

/// The issues a text names.
pub(crate) fn numbers(text: &str) -> BTreeSet<i64> {
    of_noun(text, Noun::Issue)
}

/// Everything that a text names by its number.
pub(crate) fn named(text: &str) -> impl Iterator<Item = (Noun, i64)> {
    let of = |noun: Noun| of_noun(text, noun).into_iter().map(move |id| (noun, id));
    Noun::ALL.into_iter().flat_map(of)
}

/// The numbers of a noun that a text names.
fn of_noun(text: &str, noun: Noun) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    // A link to a channel (`<#123>`) is no number of an issue.
    for (place, word) in text.match_indices(noun.word()) {
        let rest = &text[place + word.len()..];
        let rest = rest
            .strip_prefix(' ')
            .filter(|_| word != Noun::Issue.word())
            .unwrap_or(rest);
        let end = rest.find(|letter: char| !letter.is_ascii_digit());
        let (digits, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let counted =
            word != Noun::Issue.word() && behind.starts_with(|letter| COUNTED.contains(letter));
        if !text[..place].ends_with('<') && digits.len() <= DIGITS_MAX && !counted {
            found.extend(digits.parse::<i64>().ok());
        }
    }
    found
}

impl Life<'_> {
    /// Who may know of each number by the records as they are now.
    pub(crate) fn knowers(&self) -> BTreeMap<(Noun, i64), Allowed> {
        self.model().knowers(&self.records)
    }

    /// Whether there is something of this number.
    pub(crate) fn is_there(&self, (noun, number): (Noun, i64)) -> bool {
        match noun {
            Noun::Issue => self.records.issue(number).is_some(),
            Noun::Session => self.records.session(number).is_some(),
            Noun::Project => self.records.project(number).is_some(),
            Noun::Review => self.records.review(number).is_some(),
            Noun::Memo => self.records.memo(number).is_some(),
            Noun::Feedback => self.records.feedback(number).is_some(),
            Noun::Target => self.records.year.target(number).is_some(),
            Noun::Entry => self.records.year.entry(number).is_some(),
            Noun::Notice => self.records.year.notice(number).is_some(),
        }
    }

    /// Judges the numbers in something somebody got.
    pub(crate) fn check_numbers(&self, who: u64, text: &str, way: Way) {
        let desk = self.plan.rooms[DESK];
        for noun in Noun::ALL {
            for number in of_noun(text, noun) {
                let of = (noun, number);
                assert!(
                    !self.is_there(of) || self.numbers.may_have(who, of, way, desk),
                    "step {}: {noun:?} {number} was named to {} by {way:?}: {text:?}",
                    self.step,
                    self.name(who),
                );
            }
        }
    }
}

/// Whether what a post says of other things is as of the day it was sent (decision 0034): somebody who is
/// let in later reads it as it was.
pub(crate) fn is_as_of_its_day(text: &str) -> bool {
    AS_OF_THEIR_DAY.iter().any(|part| text.contains(part))
}
