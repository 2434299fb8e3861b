//! What a client of one's own making sends: buttons others have before them, numbers of any issue,
//! values nobody offered, other people's drafts.

use crate::{press::is_agreed, step::Life};
use fake_discord::{MessageView, Outcome};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::dice::Dice;

/// Presses of one step.
const FORGED: usize = 4;
/// Actions with the number of an issue.
const OF_AN_ISSUE: [&str; 10] = [
    "issue-show",
    "issue-pass-on",
    "issue-history",
    "share-categories",
    "share-write",
    "share-as-written",
    "share-keep-private",
    "share-log",
    "share-take-up",
    "discuss",
];
/// Actions with the number of an issue and another number.
const OF_A_SHARE: [&str; 5] = ["approve", "correct", "withdraw", "narrow", "log-page"];
/// Actions with the number of something else.
const OF_ANOTHER: [&str; 52] = [
    "merge-apart",
    "match-accept",
    "match-dismiss",
    "match-plan",
    "import-resume",
    "import-undo",
    "import-list",
    "category-list",
    "returned",
    "session-show",
    "session-account-ask",
    "session-move-ask",
    "session-cancel-ask",
    "project-show",
    "project-of-task",
    "project-done",
    "project-take-up",
    "project-decline",
    "project-survey",
    "project-suggested",
    "review-show",
    "review-new-issue",
    "memo-show",
    "memo-stop",
    "memo-list",
    "feedback-show",
    "feedback-open",
    "feedback-list",
    "event-right",
    "event-show",
    "round-digest",
    "target-note",
    "target-of-session",
    "target-correct",
    "target-withdraw",
    "target-restore",
    "notice-confirm",
    "notice-pending",
    "fund-show",
    "keeping-open",
    "keeping-list",
    "keeping-ask",
    "keeping-longer",
    "keeping-export",
    "keeping-done",
    "keeping-decline",
    "feed-take",
    "feed-dismiss",
    "feed-stop",
    "feed-list",
    "rule-show",
    "round-handover",
];
/// Actions with the number of a review and the count of its days.
const OF_A_REVIEW: [&str; 6] = ["held", "move", "snooze", "accept", "settle", "drop"];
/// Actions with a draft: somebody else's, or one of another kind.
const OF_A_DRAFT: [&str; 48] = [
    "issue-undo",
    "issue-list",
    "issue-search",
    "issue-reword",
    "issue-edit-reword",
    "share-screen",
    "share-send",
    "share-reword",
    "share-categories-send",
    "category-create",
    "category-merge",
    "session-plan",
    "session-undo",
    "session-list",
    "batch-keep",
    "batch-one",
    "batch-page",
    "batch-undo",
    "match-page",
    "link-undo",
    "key-person-page",
    "import-confirm",
    "session-move",
    "session-cancel",
    "session-account-keep",
    "session-account-edit",
    "project-undo",
    "project-list",
    "review-undo",
    "review-list",
    "memo-keep",
    "memo-undo",
    "feedback-undo",
    "feedback-correct",
    "target-list",
    "target-reword",
    "target-undo",
    "notice-keep",
    "notice-reword",
    "notice-look",
    "notice-post",
    "notice-undo",
    "fund-store",
    "fund-undo",
    "fund-import-undo",
    "keeping-remove",
    "keeping-delete",
    "rule-undo",
];
/// Forms that are sent without having been asked for, with the number of a draft or of something.
const FORMS: [&str; 16] = [
    "issue-add",
    "issue-edit",
    "issue-reworded",
    "share-written",
    "batch-reworded",
    "match-dismissed",
    "session-cancel-sent",
    "session-account-sent",
    "project-declined",
    "project-surveyed",
    "review-outcome",
    "review-moved",
    "target-noted",
    "notice-add",
    "notice-reworded",
    "keeping-named",
];
/// Their fields.
const FIELDS: [&str; 10] = [
    "text", "wording", "reason", "note", "done", "worked", "minutes", "answers", "title", "name",
];
/// Menus whose values are made up, with the number of an issue, or of a draft and a page.
const MENUS: [&str; 2] = ["category-attach", "batch-tier"];

impl Life<'_> {
    /// Several people press what is not before them.
    pub(crate) async fn forge(&mut self, dice: &mut Dice) {
        for _ in 0..FORGED {
            let who = self.anybody(dice);
            self.actor = Some(who);
            match dice.below(8) {
                0 => self.forge_form(dice, who).await,
                1 => self.forge_choice(dice, who).await,
                _ => {
                    let known: Vec<String> = self.custom_ids().into_iter().collect();
                    let id = dice.pick(&known).filter(|_| dice.chance(40));
                    let id = id.unwrap_or_else(|| self.made_up(dice));
                    self.forge_press(who, &id, &[]).await;
                }
            }
            self.judge().await;
        }
    }

    fn made_up(&self, dice: &mut Dice) -> String {
        let number = self.number(dice);
        match dice.below(6) {
            0 => format!("v1:{}:{number}", dice.pick(&OF_AN_ISSUE).expect("some")),
            1 => {
                let action = dice.pick(&OF_A_SHARE).expect("some");
                format!("v1:share-{action}:{number}:{}", 1 + dice.below(3))
            }
            2 => format!(
                "v1:{}:{}",
                dice.pick(&OF_ANOTHER).expect("some"),
                1 + dice.below(4)
            ),
            3 => {
                let other = self.number(dice);
                let action = dice.pick(&["merge-same", "link-remove"]).expect("some");
                format!("v1:{action}:{number}:{other}")
            }
            4 => {
                let action = dice.pick(&OF_A_REVIEW).expect("some");
                format!("v1:review-{action}:{}:1", 1 + dice.below(4))
            }
            _ => {
                let action = dice.pick(&OF_A_DRAFT).expect("some");
                format!("v1:{action}:{}:{}", self.draft(dice), dice.below(3))
            }
        }
    }

    /// The number of a draft that somebody has.
    fn draft(&self, dice: &mut Dice) -> i64 {
        let ids = self.custom_ids();
        let numbers = ids.iter().filter_map(|id| {
            let mut parts = id.split(':').skip(1);
            let action = parts.next()?;
            let kept = OF_A_DRAFT.contains(&action);
            parts.next()?.parse().ok().filter(|_| kept)
        });
        let drafts: Vec<i64> = numbers.collect();
        dice.pick(&drafts).unwrap_or(1)
    }

    async fn forge_form(&mut self, dice: &mut Dice, who: u64) {
        let action = dice.pick(&FORMS).expect("there are some");
        let number = if dice.chance(50) {
            self.draft(dice)
        } else {
            1 + i64::try_from(dice.below(4)).expect("few")
        };
        let behind = match action {
            "review-outcome" => ":1:done",
            "review-moved" => ":1",
            _ => "",
        };
        let id = format!("v1:{action}:{number}{behind}");
        self.send_form(dice, who, &id, &FIELDS).await;
    }

    /// Somebody sends a form nobody gave them.
    pub(crate) async fn send_form(&mut self, dice: &mut Dice, who: u64, id: &str, fields: &[&str]) {
        let words = self.statement(dice, who);
        let fields: Vec<Value> = fields
            .iter()
            .map(|field| {
                let field = json!({"type": 4, "custom_id": field, "value": words});
                json!({"type": 1, "components": [field]})
            })
            .collect();
        self.numbers.pressed(who, id);
        let data = json!({"custom_id": id, "components": fields});
        let outcome = self
            .client(who)
            .deliver_raw(self.square(), 5, data, None)
            .await;
        self.tally.forged += 1;
        self.answered(who, &format!("forges the form {id}"), &outcome);
    }

    async fn forge_choice(&mut self, dice: &mut Dice, who: u64) {
        let action = dice.pick(&MENUS).expect("there are some");
        let categories = self.records.categories.iter().map(|c| c.id.to_string());
        let categories: Vec<String> = categories.collect();
        let (id, value) = if action == "category-attach" {
            let value = dice.pick(&categories).unwrap_or_else(|| "1".to_owned());
            (format!("v1:{action}:{}", self.number(dice)), value)
        } else {
            let value = format!("{}:{}", dice.below(4), 1 + dice.below(3));
            (format!("v1:{action}:{}:0", self.draft(dice)), value)
        };
        self.forge_press(who, &id, &[value]).await;
    }

    /// Somebody presses a button, or chooses values of a menu, that is not on their own screen; what they
    /// are told.
    pub(crate) async fn forge_press(&mut self, who: u64, id: &str, values: &[String]) -> String {
        self.forge_outcome(who, id, values).await.text()
    }

    /// The same, with what comes of it.
    pub(crate) async fn forge_outcome(&mut self, who: u64, id: &str, values: &[String]) -> Outcome {
        self.agreed = id.contains("share-send") && is_agreed(id);
        self.numbers.pressed(who, id);
        let client = self.client(who);
        let own = self.helped(who).await.id;
        let data = if values.is_empty() {
            json!({"custom_id": id, "component_type": 2})
        } else {
            json!({"custom_id": id, "component_type": 3, "values": values})
        };
        let outcome = client.deliver_raw(self.square(), 3, data, Some(own)).await;
        self.tally.forged += 1;
        self.answered(who, &format!("forges {id}"), &outcome);
        outcome
    }

    /// Presses the button of an action; often somebody else has tried before, and nothing came of it,
    /// because what waits behind the button is one person's own.
    pub(crate) async fn press_named(
        &mut self,
        dice: &mut Dice,
        who: u64,
        message: &MessageView,
        action: &str,
    ) -> Option<MessageView> {
        let buttons = message.buttons().into_iter().filter(|one| !one.disabled);
        let mut ids = buttons.filter_map(|button| button.custom_id);
        let id = ids.find(|id| id.split(':').nth(1) == Some(action))?;
        let other = self.anybody(dice);
        if other != who && OF_A_DRAFT.contains(&action) && dice.chance(50) {
            self.judge().await;
            self.actor = None;
            self.forge_press(other, &id, &[]).await;
            self.judge().await;
        }
        self.actor = Some(who);
        self.numbers.pressed(who, &id);
        let outcome = self.client(who).press(message.id, &id).await;
        self.tally.pressed += 1;
        self.answered(who, &format!("presses {id}"), &outcome);
        let shown = match outcome.modal() {
            Some(form) => self.fill(dice, who, form).await,
            None => outcome.message().cloned(),
        };
        self.judge().await;
        shown
    }

    /// Every custom id anybody was ever shown.
    pub(crate) fn custom_ids(&self) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for message in self.world.fake.all_messages() {
            for version in &message.versions {
                version
                    .components
                    .iter()
                    .for_each(|it| collect(it, &mut ids));
            }
        }
        ids
    }
}

fn collect(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(fields) => {
            if let Some(id) = fields.get("custom_id").and_then(Value::as_str) {
                into.insert(id.to_owned());
            }
            fields.values().for_each(|field| collect(field, into));
        }
        _ => {}
    }
}
