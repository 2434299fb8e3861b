//! Sessions, projects, reviews and memos: planned, moved, done and taken back by commands, and by the
//! buttons and forms that come of them. What they say is judged elsewhere; here, that what was said to be
//! done is so once, and that nothing else changed.

use crate::{
    dice::Dice,
    fact::Facts,
    life::Life,
    timeline::now,
    wish::{Answer, Noun, Wish},
};
use domain::id::{MemoId, OfficeId, ProjectId, ReviewId, SessionId};
use fake_discord::{MessageView, ModalView, Outcome};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use storage::{Connection, audit::Written};

/// What is on record of something: a memo changes by itself when it is due, so that only whether somebody
/// stopped it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) revision: i64,
    pub(crate) stopped: bool,
}

/// All of it, by noun and number.
pub(crate) type Works = BTreeMap<(Noun, i64), Work>;

/// Acts by which issues move with a review, and what is noted beside.
const OF_ISSUES: [&str; 5] = [
    "issue.review",
    "issue.undo",
    "issue.follow",
    "issue.gather",
    "issue.release",
];
/// What officers and contacts may do besides coordinators.
const OF_LEADS: [&str; 9] = [
    "review.done",
    "review.move",
    "review.snooze",
    "review.undo",
    "project.add",
    "project.mark",
    "project.undo",
    "memo.",
    "issue.",
];
/// What stands in fields that hold more than words.
const FIELDS: [(&str, &str); 5] = [
    ("date", "12/18"),
    ("start", "14:00"),
    ("year", "令和9年度"),
    ("attendance", "薬剤師 3、行政 2"),
    ("survey", "参考になりましたか\n参考になった 12"),
];
const WORDS: &str = "話し合いを続ける";
const NAMES: [&str; 3] = ["薬剤師会", "医師会", "病院連携室"];
/// Buttons and forms that follow one another.
const FOLLOWING_MAX: usize = 3;
/// Buttons that lead on from an answer.
const ONWARD: [&str; 8] = [
    "review-next",
    "review-snoozed",
    "session-plan:",
    "session-move:",
    "session-cancel:",
    "session-account-keep",
    "memo-keep",
    "project-suggested",
];

impl Life<'_> {
    /// A command about a session, a project, a review or a memo, and what its answer leads to.
    pub(crate) async fn work(&mut self, dice: &mut Dice) {
        let who = if dice.chance(70) {
            self.staff(dice)
        } else {
            self.anybody(dice)
        };
        let noun = dice
            .pick(&[Noun::Session, Noun::Project, Noun::Review, Noun::Memo])
            .expect("there are four");
        let all = self.facts.work.keys().filter(|(of, _)| *of == noun);
        let known: Vec<i64> = all.map(|(_, number)| *number).collect();
        let number = dice.pick(&known).unwrap_or(1).to_string();
        let (path, options) = match noun {
            Noun::Session => self.about_session(dice, number),
            Noun::Project => about_project(dice, number),
            Noun::Review => self.about_review(dice, number),
            Noun::Memo => match dice.below(4) {
                0 => ("reminder cancel", json!({ "number": number })),
                when => {
                    let when = ["明日 9時", "毎日 8時", "来週金曜"][when - 1];
                    ("reminder add", json!({"text": WORDS, "when": when}))
                }
            },
        };
        let began = now();
        let person = self.person(who);
        let outcome = person.slash(self.square(), path, options.clone()).await;
        let what = format!("/{path} {options}");
        self.answered(began, who, &Wish::Work { noun }, &what, &[&outcome])
            .await;
        self.go_on(dice, who, noun, outcome).await;
    }

    fn about_session(&self, dice: &mut Dice, number: String) -> (&'static str, Value) {
        match dice.below(6) {
            0 => {
                let options = json!({"number": number, "date": "12/22", "reason": WORDS});
                ("session move", options)
            }
            1 => ("session cancel", json!({"number": number, "reason": WORDS})),
            2 => (
                "session record",
                json!({"number": number, "minutes": WORDS, "attendance": "薬剤師 4"}),
            ),
            past => {
                let date = if past == 3 { "11/10" } else { "12/15" };
                let options = json!({
                    "title": "在宅の勉強会", "tier": 1 + dice.below(3), "kind": "meeting",
                    "date": date, "associations": dice.pick(&NAMES),
                    "issues": self.number(dice).to_string(),
                });
                ("session plan", options)
            }
        }
    }

    fn about_review(&self, dice: &mut Dice, number: String) -> (&'static str, Value) {
        match dice.below(4) {
            0 => ("review done", json!({ "number": number })),
            1 => {
                let options = json!({"number": number, "date": "12/9", "reason": WORDS});
                ("review move", options)
            }
            _ => {
                let of = format!("issue:{}", self.number(dice));
                ("review plan", json!({"of": of, "date": "12/4"}))
            }
        }
    }

    /// Sends the form that has opened, or presses what leads on.
    pub(crate) async fn go_on(&mut self, dice: &mut Dice, who: u64, noun: Noun, outcome: Outcome) {
        let mut outcome = outcome;
        for _ in 0..FOLLOWING_MAX {
            let began = now();
            let person = self.person(who);
            let (what, next) = match &outcome {
                Outcome::Modal(form) => {
                    let fields = filled(form);
                    let sent = person.submit(form, fields).await;
                    (format!("sends {}", form.custom_id), sent)
                }
                other => {
                    let Some(message) = other.message().filter(|_| dice.chance(80)) else {
                        return;
                    };
                    let Some(id) = dice.pick(&onward(message)) else {
                        return;
                    };
                    let pressed = person.press(message.id, &id).await;
                    (format!("presses {id}"), pressed)
                }
            };
            self.answered(began, who, &Wish::Work { noun }, &what, &[&next])
                .await;
            outcome = next;
        }
    }

    /// Checks what became of a wish about work: whatever changed was noted as done by this person, who
    /// might, and nothing else changed.
    pub(crate) fn check_work(
        &mut self,
        (who, noun, what): (u64, Noun, &str),
        answers: &[Answer],
        entries: &[Written],
        (before, after): (&Facts, &Facts),
    ) {
        let own = |act: &str| act.starts_with(&format!("{}.", noun.code()));
        if entries.is_empty() {
            assert!(
                !answers.contains(&Answer::Done),
                "{what}: said to be done, but nobody has noted it"
            );
        } else {
            let told = answers.iter().any(|it| *it != Answer::Refused);
            assert!(
                told,
                "{what}: done, and the person was not told: {entries:?}"
            );
            let main = entries.iter().any(|entry| own(&entry.act));
            assert!(main, "{what}: something else was done: {entries:?}");
        }
        let leads = before.leads(who);
        for entry in entries {
            let act = entry.act.as_str();
            let known = own(act) || act.starts_with("review.") || OF_ISSUES.contains(&act);
            assert!(known, "{what}: {entry:?}");
            let may = before.coordinates(who)
                || (leads && OF_LEADS.iter().any(|of| act.starts_with(of)))
                || !own(act);
            assert!(entry.who.0 == who && may, "{what} by {who}: {entry:?}");
        }
        assert_eq!(before.set_up, after.set_up, "{what}: the set-up changed");
        let noted: BTreeSet<(&str, i64)> = entries
            .iter()
            .filter_map(|entry| entry.subject.as_ref())
            .map(|(kind, id)| (kind.as_str(), *id))
            .collect();
        for (of, is) in &after.work {
            let same = before.work.get(of) == Some(is);
            assert!(
                same || noted.contains(&(of.0.code(), of.1)),
                "{what}: {of:?} changed and nobody has noted it: {entries:?}"
            );
        }
        for (number, is) in &after.issues {
            let was = &before.issues[number];
            if was == is {
                continue;
            }
            let mut expected = was.clone();
            expected.status.clone_from(&is.status);
            expected.place = is.place.clone();
            expected.passed_on = is.passed_on;
            assert_eq!(is, &expected, "{what}: more of #{number} changed");
            assert!(
                noted.contains(&("issue", *number)),
                "{what}: #{number} moved and nobody has noted it: {entries:?}"
            );
            self.moved(*number);
        }
        assert_eq!(before.issues.len(), after.issues.len(), "{what}");
    }
}

fn about_project(dice: &mut Dice, number: String) -> (&'static str, Value) {
    match dice.below(5) {
        0 => ("project done", json!({"number": number, "note": WORDS})),
        1 => ("project drop", json!({"number": number, "reason": WORDS})),
        2 => {
            let options = json!({
                "number": number, "role": "周知", "who": dice.pick(&NAMES), "due": "12/10",
            });
            ("project task", options)
        }
        _ => {
            let options = json!({
                "title": "出前講座", "associations": dice.pick(&NAMES), "date": "12/20",
            });
            ("project add", options)
        }
    }
}

/// The buttons of an answer that lead on.
fn onward(message: &MessageView) -> Vec<String> {
    let buttons = message.buttons().into_iter().filter(|one| !one.disabled);
    let ids = buttons.filter_map(|button| button.custom_id);
    ids.filter(|id| {
        ONWARD
            .iter()
            .any(|name| id.starts_with(&format!("v1:{name}")))
    })
    .collect()
}

/// A form with something in each field.
fn filled(form: &ModalView) -> Value {
    let mut fields = json!({});
    for field in &form.fields {
        let known = FIELDS.iter().find(|(name, _)| *name == field.custom_id);
        fields[&field.custom_id] = json!(known.map_or(WORDS, |(_, words)| words));
    }
    fields
}

/// Reads what is on record.
pub(crate) async fn read(connection: &mut Connection, office: OfficeId) -> storage::Result<Works> {
    let mut works = Works::new();
    let mut put = |noun, number, revision, stopped| {
        works.insert((noun, number), Work { revision, stopped });
    };
    // Numbers have no gap.
    for number in 1.. {
        let found = storage::session::find(connection, office, SessionId(number)).await?;
        let Some(found) = found else { break };
        let account = storage::session::account::find(connection, office, SessionId(number));
        let account = account.await?.map_or(0, |account| account.revision);
        put(
            Noun::Session,
            number,
            1_000 * found.revision + account,
            false,
        );
    }
    for number in 1.. {
        let found = storage::project::find(connection, office, ProjectId(number)).await?;
        let Some(found) = found else { break };
        put(Noun::Project, number, found.revision, false);
    }
    for number in 1.. {
        let found = storage::review::find(connection, office, ReviewId(number)).await?;
        let Some(found) = found else { break };
        put(Noun::Review, number, found.revision, false);
    }
    for number in 1.. {
        let found = storage::memo::find(connection, office, MemoId(number)).await?;
        let Some(found) = found else { break };
        let stopped = found.state == domain::memo::State::Stopped;
        put(Noun::Memo, number, 0, stopped);
    }
    Ok(works)
}
