//! Buttons, choices and forms: of cards and answers one sees, and of a client of one's own making.

use crate::{step::Life, trail::marks};
use fake_discord::{MessageView, ModalView, Outcome};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::dice::Dice;

/// Presses that may follow one another.
const PRESSES_MAX: usize = 4;
/// Answers people still have before them.
const SCREENS_NEWEST: usize = 30;
/// Buttons that move a share forward, pressed more often than others.
const FORWARD: [&str; 5] = [
    "share-approve",
    "share-send",
    "share-screen",
    "share-as-written",
    "issue-undo",
];

impl Life<'_> {
    /// Somebody, mostly of the desk, presses what is before them, and goes on from there.
    pub(crate) async fn press(&mut self, dice: &mut Dice) {
        let who = if dice.chance(75) {
            self.staff(dice)
        } else {
            self.anybody(dice)
        };
        let mut message = self.before(dice, who);
        for _ in 0..PRESSES_MAX {
            let Some(shown) = message.take() else { break };
            self.actor = Some(who);
            message = self.press_on(dice, who, &shown).await;
            // What one press decides the next may take back.
            self.judge().await;
        }
    }

    /// A message somebody sees: a card of a channel, or an answer of their own.
    fn before(&self, dice: &mut Dice, who: u64) -> Option<MessageView> {
        let newest = self.screens.iter().rev().take(SCREENS_NEWEST);
        let own: Vec<MessageView> = newest
            .filter(|(of, _)| *of == who)
            .map(|(_, message)| message.clone())
            .collect();
        if dice.chance(35) && !own.is_empty() {
            return dice.pick(&own);
        }
        let client = self.client(who);
        let channels = client.channels();
        let desk = self.plan.rooms[crate::office::DESK];
        let at_desk = dice.chance(60) && self.world.fake.can_view(desk, who);
        let cards: Vec<MessageView> = channels
            .iter()
            .filter(|channel| !at_desk || channel.id == desk)
            .flat_map(|channel| {
                let threads = channel.threads.iter().map(|thread| thread.id);
                threads.chain([channel.id]).collect::<Vec<u64>>()
            })
            .flat_map(|place| client.messages(place))
            .filter(|message| message.author == self.world.fake.application_id())
            .collect();
        dice.pick(&cards)
    }

    async fn press_on(
        &mut self,
        dice: &mut Dice,
        who: u64,
        message: &MessageView,
    ) -> Option<MessageView> {
        let client = self.client(who);
        let selects = message.selects();
        if let Some(menu) = dice.pick(&selects) {
            let id = menu["custom_id"].as_str()?.to_owned();
            let value = dice.pick(menu["options"].as_array()?)?["value"].clone();
            let outcome = client.select(message.id, &id, &[value.as_str()?]).await;
            self.answered(who, &format!("chooses {value} of {id}"), &outcome);
            return outcome.message().cloned();
        }
        let enabled = message.buttons().into_iter().filter(|b| !b.disabled);
        let ids: Vec<String> = enabled.filter_map(|button| button.custom_id).collect();
        let forward = |id: &&String| FORWARD.iter().any(|name| id.contains(name));
        let ahead: Vec<String> = ids.iter().filter(forward).cloned().collect();
        let id = if dice.chance(45) && !ahead.is_empty() {
            dice.pick(&ahead)?
        } else {
            dice.pick(&ids)?
        };
        self.agreed = id.contains("share-send") && is_agreed(&id);
        let outcome = client.press(message.id, &id).await;
        self.tally.pressed += 1;
        self.answered(who, &format!("presses {id}"), &outcome);
        match outcome {
            Outcome::Modal(form) => self.fill(dice, who, &form).await,
            outcome => outcome.message().cloned(),
        }
    }

    /// Fills a form with words of one's own and sends it.
    pub(crate) async fn fill(
        &mut self,
        dice: &mut Dice,
        who: u64,
        form: &ModalView,
    ) -> Option<MessageView> {
        let mut fields = json!({});
        for field in &form.fields {
            let words = if field.is_long {
                self.statement(dice, who)
            } else {
                self.mark(dice, who)
            };
            if form.custom_id.contains("declined") {
                let number = form.custom_id.split(':').nth(2);
                let number = number.and_then(|number| number.parse().ok());
                let number: i64 = number.expect("a form of the desk names its issue");
                for mark in marks(&words) {
                    self.reasons.insert(mark, number);
                }
            }
            fields[&field.custom_id] = json!(words);
        }
        let outcome = self.client(who).submit(form, fields.clone()).await;
        let what = format!("sends {} {fields}", form.custom_id);
        self.answered(who, &what, &outcome);
        outcome.message().cloned()
    }

    /// A press by a client of one's own making: what others have before them, numbers of any issue.
    pub(crate) async fn forge(&mut self, dice: &mut Dice) {
        let known: Vec<String> = self.custom_ids().into_iter().collect();
        let actions = [
            "issue-show",
            "issue-pass-on",
            "issue-history",
            "share-write",
            "share-as-written",
            "share-keep-private",
            "share-log",
            "share-take-up",
        ];
        let people = [self.anybody(dice), self.anybody(dice), self.anybody(dice)];
        for who in people {
            let number = self.number(dice);
            let made_up = if dice.chance(50) {
                let action = dice.pick(&actions).expect("some");
                format!("v1:{action}:{number}")
            } else {
                let actions = ["approve", "correct", "withdraw", "narrow", "log-page"];
                let action = dice.pick(&actions).expect("some");
                format!("v1:share-{action}:{number}:{}", 1 + dice.below(3))
            };
            let id = dice.pick(&known).filter(|_| dice.chance(50));
            let id = id.unwrap_or(made_up);
            self.actor = Some(who);
            self.agreed = id.contains("share-send") && is_agreed(&id);
            let client = self.client(who);
            let own = client.slash(self.square(), "help", json!({})).await;
            let Some(own) = own.message().map(|message| message.id) else {
                continue;
            };
            let data = json!({"custom_id": id, "component_type": 2});
            let outcome = client.deliver_raw(self.square(), 3, data, Some(own)).await;
            self.tally.forged += 1;
            self.answered(who, &format!("forges {id}"), &outcome);
            self.judge().await;
        }
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

fn is_agreed(id: &str) -> bool {
    let ticks = id
        .split(':')
        .nth(3)
        .and_then(|ticks| ticks.parse::<u8>().ok());
    ticks.is_some_and(|ticks| ticks & 1 == 1)
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
