//! The judge of numbers: what somebody gets names an issue (#12) only where they may know of it, or
//! asked for it themselves. What it was merged into, what it is linked with, what a search found: a
//! number says that something was said.

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
/// Digits of a number of an issue; Discord's ids have many more.
const DIGITS_MAX: usize = 5;

/// Who may know of which number.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Now, or until the step that is being judged.
    known: BTreeMap<i64, Allowed>,
    /// At some time: what waits behind a button of theirs may say so.
    once: BTreeMap<i64, Allowed>,
    /// What they wrote or pressed in this step.
    asked: BTreeSet<(u64, i64)>,
    /// Who pressed something in this step that leads to a draft.
    recalled: BTreeSet<u64>,
}

impl Numbers {
    /// Takes in who may know of which number after a step.
    pub(crate) fn take_in(&mut self, now: BTreeMap<i64, Allowed>, before: BTreeMap<i64, Allowed>) {
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
        } else {
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

    fn may_have(&self, who: u64, number: i64, way: Way, desk: u64) -> bool {
        let holds = |of: &BTreeMap<i64, Allowed>| {
            let allowed = of.get(&number);
            allowed.is_some_and(|allowed| allowed.by(way, desk).contains(&who))
        };
        let asked = way == Way::Answer && self.asked.contains(&(who, number));
        asked || holds(&self.known) || (self.recalled.contains(&who) && holds(&self.once))
    }
}

/// The issues a text names.
pub(crate) fn numbers(text: &str) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    // A link to a channel (`<#123>`) is no number of an issue.
    for (place, _) in text.match_indices('#') {
        let digits: String = text[place + 1..]
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        if !text[..place].ends_with('<') && digits.len() <= DIGITS_MAX {
            found.extend(digits.parse::<i64>().ok());
        }
    }
    found
}

impl Life<'_> {
    /// Who may know of each number by the records as they are now.
    pub(crate) fn knowers(&self) -> BTreeMap<i64, Allowed> {
        let issues = self.records.issues.iter();
        issues
            .map(|issue| (issue.id.0, self.model().knowers(&self.records, issue)))
            .collect()
    }

    /// Judges the numbers in something somebody got.
    pub(crate) fn check_numbers(&self, who: u64, text: &str, way: Way) {
        let desk = self.plan.rooms[DESK];
        for number in numbers(text) {
            assert!(
                self.records.issue(number).is_none()
                    || self.numbers.may_have(who, number, way, desk),
                "step {}: #{number} was named to {} by {way:?}: {text:?}",
                self.step,
                self.name(who),
            );
        }
    }
}
