//! Buttons, choices and forms: of cards and answers one sees.

use crate::{step::Life, trail::marks};
use fake_discord::{MessageView, ModalView, Outcome};
use serde_json::json;
use tests::dice::Dice;

/// Presses that may follow one another.
const PRESSES_MAX: usize = 4;
/// Answers people still have before them.
const SCREENS_NEWEST: usize = 30;
/// Buttons that share, merge and take back, pressed more often than others.
const FORWARD: [&str; 28] = [
    "share-approve",
    "share-send",
    "share-screen",
    "share-as-written",
    "share-categories",
    "issue-undo",
    "merge-same",
    "merge-apart",
    "match-accept",
    "session-undo",
    "link-undo",
    "discuss",
    "project-take-up",
    "project-done",
    "project-survey",
    "review-held",
    "review-next",
    "review-accept",
    "review-move",
    "session-account",
    "session-move",
    "memo-stop",
    "feedback-send",
    "feedback-correct",
    "notice-confirm",
    "notice-bulletin",
    "report-month",
    "keeping-done",
];
/// What stands in fields that hold more than words.
const FIELDS: [(&str, &str); 8] = [
    ("left-out", ""),
    ("date", "12/18"),
    ("start", "14:00"),
    ("year", "令和9年度"),
    ("why", "団体の呼び名です"),
    ("scopes", "全サービス共通"),
    ("amount", "1"),
    ("mark", "●"),
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
            self.numbers.pressed(who, &id);
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
        self.numbers.pressed(who, &id);
        let outcome = client.press(message.id, &id).await;
        self.tally.pressed += 1;
        self.answered(who, &format!("presses {id}"), &outcome);
        match outcome {
            Outcome::Modal(form) => self.fill(dice, who, &form).await,
            outcome => outcome.message().cloned(),
        }
    }

    /// A question, an answer with a count and an opinion.
    fn survey(&mut self, dice: &mut Dice, who: u64) -> String {
        let [asked, ticked, free] = [(); 3].map(|()| self.mark(dice, who));
        format!("{asked}はいかがでしたか\n{ticked}ほど 12\n・{free}をまた聞きたい")
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
            let known = FIELDS.iter().find(|(name, _)| *name == field.custom_id);
            let words = match (known, field.custom_id.as_str()) {
                (Some((_, words)), _) => (*words).to_owned(),
                (None, "attendance") => format!("薬剤師 3、{} 2", self.mark(dice, who)),
                (None, "survey" | "answers") => self.survey(dice, who),
                _ if field.is_long => self.statement(dice, who),
                _ => self.mark(dice, who),
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
        self.numbers.pressed(who, &form.custom_id);
        let outcome = self.client(who).submit(form, fields.clone()).await;
        let what = format!("sends {} {fields}", form.custom_id);
        self.answered(who, &what, &outcome);
        outcome.message().cloned()
    }
}

/// Whether the custom id of a second screen holds the tick that the source agreed.
pub(crate) fn is_agreed(id: &str) -> bool {
    let ticks = id
        .split(':')
        .nth(3)
        .and_then(|ticks| ticks.parse::<u8>().ok());
    ticks.is_some_and(|ticks| ticks & 1 == 1)
}
