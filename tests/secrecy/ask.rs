//! Asking around: people ask for one session, project, review, memo, feedback, target or notice, and
//! for the list of them.
//! Whoever may not know of it is answered as if there were none of that number, and no list counts it.

use crate::{model::Allowed, number::Noun, step::Life};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::dice::Dice;

/// A number nothing has.
const NOTHING: i64 = 9_999;
/// What can be asked for.
const NOUNS: [Noun; 7] = [
    Noun::Session,
    Noun::Project,
    Noun::Review,
    Noun::Memo,
    Noun::Feedback,
    Noun::Target,
    Noun::Notice,
];
/// Nouns of which one is asked for in one step.
const ASKED_FOR: usize = 3;
/// What a list says of how many there are: 全12件.
const ALL_OF: (&str, &str) = ("全", "件");

/// One way to ask for something of a number.
#[derive(Clone, Copy, Debug)]
enum Question {
    /// A command with the option `number`.
    Command(&'static str),
    /// A button: what stands before the number, and behind it.
    Button(&'static str, &'static str),
}

impl Life<'_> {
    /// Some ask for one of a noun, in one way, and for the list; then for one of another.
    pub(crate) async fn ask_around(&mut self, dice: &mut Dice) {
        let mut there: Vec<Noun> = NOUNS
            .into_iter()
            .filter(|noun| self.count(*noun) > 0)
            .collect();
        for _ in 0..ASKED_FOR {
            let Some(noun) = dice.pick(&there) else {
                return;
            };
            there.retain(|other| *other != noun);
            self.ask_about(dice, noun).await;
        }
    }

    async fn ask_about(&mut self, dice: &mut Dice, noun: Noun) {
        let people = self.some(dice);
        let unknown = self.unknown(&people, noun);
        let number = match dice.pick(&unknown).filter(|_| dice.chance(80)) {
            Some(unknown) => unknown,
            None => self.recorded(dice, noun),
        };
        let questions: &[Question] = match noun {
            Noun::Session => &[
                Question::Command("session show"),
                Question::Button("session-account", ":0"),
            ],
            Noun::Project => &[
                Question::Command("project show"),
                Question::Button("project-show", ""),
            ],
            Noun::Review => &[
                Question::Button("review-show", ""),
                Question::Command("review done"),
            ],
            Noun::Feedback => &[Question::Button("feedback-show", "")],
            Noun::Target => &[
                Question::Command("target show"),
                Question::Button("target-records", ":2026:0"),
                Question::Button("target-counted", ":2026:0"),
                Question::Button("target-goals", ":0"),
            ],
            Noun::Notice => &[
                Question::Command("notice show"),
                Question::Button("notice-show", ""),
            ],
            Noun::Issue | Noun::Entry | Noun::Memo => &[Question::Button("memo-show", "")],
        };
        let question = dice.pick(questions).expect("there are some");
        for who in people {
            let said = self.ask(who, question, number).await;
            if self.knows(who, noun, number) {
                continue;
            }
            let nothing = self.ask(who, question, NOTHING).await;
            assert_eq!(
                said,
                nothing,
                "step {}: {} learns that there is {noun:?} {number}",
                self.step,
                self.name(who)
            );
            self.tally.asked_in_vain += 1;
        }
        self.judge().await;
        self.list(dice, noun).await;
    }

    /// What not all of these people may know of.
    fn unknown(&self, people: &[u64], noun: Noun) -> Vec<i64> {
        let all = i64::try_from(self.count(noun)).expect("few");
        let numbers = noun.from() + 1..=noun.from() + all;
        let is_unknown = |number: &i64| {
            let allowed = self.allowed(noun, *number).unwrap_or_default();
            !people.iter().all(|who| allowed.answered.contains(who))
        };
        numbers.filter(is_unknown).collect()
    }

    async fn ask(&mut self, who: u64, question: Question, number: i64) -> String {
        match question {
            Question::Command(path) => {
                let options = json!({"number": number.to_string()});
                self.look_at(who, path, options).await
            }
            Question::Button(before, behind) => {
                let id = format!("v1:{before}:{number}{behind}");
                self.ask_by_button(who, &id).await
            }
        }
    }

    /// Some ask for the list, which counts no more than they may know of.
    async fn list(&mut self, dice: &mut Dice, noun: Noun) {
        let (path, options): (&str, Value) = match noun {
            Noun::Session => ("session list", json!({"from": "令和8年4月1日"})),
            Noun::Project => ("project list", json!({})),
            Noun::Review => ("review list", json!({})),
            Noun::Feedback => ("feedback list", json!({})),
            Noun::Target => ("target list", json!({})),
            Noun::Notice => ("notice list", json!({})),
            Noun::Issue | Noun::Entry | Noun::Memo => ("reminder list", json!({})),
        };
        for who in self.some(dice) {
            let said = self.look_at(who, path, options.clone()).await;
            let counted = said.split(ALL_OF.0).nth(1);
            let counted =
                counted.and_then(|rest| rest.split(ALL_OF.1).next()?.parse::<usize>().ok());
            let all = i64::try_from(self.count(noun)).expect("few");
            let known = (noun.from() + 1..=noun.from() + all)
                .filter(|number| self.knows(who, noun, *number));
            let known: BTreeSet<i64> = known.collect();
            assert!(
                counted.is_none_or(|counted| counted <= known.len()),
                "step {}: {} may know of {known:?} and was told: {said}",
                self.step,
                self.name(who)
            );
        }
    }

    pub(crate) fn count(&self, noun: Noun) -> usize {
        let records = &self.records;
        match noun {
            Noun::Issue => records.issues.len(),
            Noun::Session => records.sessions.len(),
            Noun::Project => records.projects.len(),
            Noun::Review => records.reviews.len(),
            Noun::Memo => records.memos.len(),
            Noun::Feedback => records.feedbacks.len(),
            Noun::Target => records.year.targets.len(),
            Noun::Entry => records.year.entries.len(),
            Noun::Notice => records.year.notices.len(),
        }
    }

    /// A number of a noun, now and then of none.
    pub(crate) fn recorded(&self, dice: &mut Dice, noun: Noun) -> i64 {
        let known = self.count(noun) + usize::from(!self.sure && dice.chance(10));
        noun.from() + i64::try_from(1 + dice.below(known.max(1))).expect("few")
    }

    /// Whether somebody may know, by asking, that there is one of this number.
    pub(crate) fn knows(&self, who: u64, noun: Noun, number: i64) -> bool {
        let allowed = self.allowed(noun, number);
        allowed.is_some_and(|allowed| allowed.answered.contains(&who))
    }

    /// Who may know of what has this number; nothing where nothing has.
    pub(crate) fn allowed(&self, noun: Noun, number: i64) -> Option<Allowed> {
        let (model, records) = (self.model(), &self.records);
        match noun {
            Noun::Issue => records.issue(number).map(|it| model.of_issue(records, it)),
            Noun::Session => records.session(number).map(|it| model.of_session(it)),
            Noun::Project => records.project(number).map(|it| model.of_project(it)),
            Noun::Review => records
                .review(number)
                .map(|it| model.of_review(records, it)),
            Noun::Memo => records.memo(number).map(|it| model.of_memo(it)),
            Noun::Feedback => records.feedback(number).map(|it| model.of_feedback(it)),
            Noun::Target => records.year.target(number).map(|it| model.of_target(it)),
            Noun::Entry => {
                let entry = records.year.entry(number);
                entry.map(|it| model.of_entry(&records.year, it))
            }
            Noun::Notice => records.year.notice(number).map(|it| model.of_notice(it)),
        }
    }
}
