//! Buttons: those of cards one can see, those one saw before, and those that never were.

use crate::{
    dice::Dice,
    life::{Button, Life},
    timeline::now,
    wish::{Noun, Wish},
};
use fake_discord::MessageView;
use serde_json::json;

/// Buttons that are remembered for later.
const BUTTONS_MAX: usize = 60;

impl Life<'_> {
    /// Cards of the bot that somebody sees in a channel they can open.
    fn cards_seen(&self, dice: &mut Dice, who: u64) -> Vec<MessageView> {
        let person = self.person(who);
        let channels = person.channels();
        let Some(channel) = dice.pick(&channels) else {
            return Vec::new();
        };
        let threads = channel.threads.iter().map(|thread| thread.id);
        let bot = self.world.fake.application_id();
        threads
            .chain([channel.id])
            .flat_map(|place| person.messages(place))
            .filter(|message| message.author == bot && !message.ephemeral)
            .collect()
    }

    /// A button of a card one can see, or of one that was seen before, or one that never was.
    pub(crate) async fn press(&mut self, dice: &mut Dice) {
        let who = if dice.chance(40) {
            self.staff(dice)
        } else {
            self.anybody(dice)
        };
        let cards = self.cards_seen(dice, who);
        let began = now();
        let person = self.person(who);
        if let Some(card) = dice.pick(&cards).filter(|_| dice.chance(70)) {
            let mut buttons = card.buttons();
            // What becomes of reviews is lived through by offices of a whole year, in a test of its own.
            buttons.retain(|button| {
                let id = button.custom_id.as_deref().unwrap_or_default();
                !id.starts_with("v1:review-")
            });
            let Some(button) = dice.pick(&buttons) else {
                return;
            };
            let Some(custom_id) = button.custom_id else {
                return;
            };
            self.remember_button(&card, &custom_id);
            let outcome = person.press(card.id, &custom_id).await;
            let wish = wish_of(&custom_id);
            let what = format!("presses {custom_id}");
            self.answered(began, who, &wish, &what, &[&outcome]).await;
            if let Wish::Work { noun } = wish {
                self.go_on(dice, who, noun, outcome).await;
            }
            return;
        }
        let number = self.number(dice);
        let made_up = [
            format!("v1:issue-show:{number}"),
            format!("v1:issue-pass-on:{number}"),
            format!("v1:issue-list:{}:{}", dice.below(40), dice.below(4)),
            format!("v1:issue-reword:{}", dice.below(40)),
            format!("v1:issue-burn:{number}"),
            "v9:issue-show:1".to_owned(),
        ];
        let forged = dice.pick(&made_up).expect("some");
        let seen = dice.pick(&self.buttons).filter(|_| dice.chance(50));
        let (channel, custom_id) = match seen {
            Some(button) => (button.channel, button.custom_id),
            None => (self.square(), forged),
        };
        let wish = wish_of(&custom_id);
        // A client of one's own making presses on a message of its own.
        let own = person.slash(self.square(), "help", json!({})).await;
        let Some(own) = own.message() else { return };
        let data = json!({"custom_id": custom_id, "component_type": 2});
        let place = if self.world.fake.can_view(channel, who) {
            channel
        } else {
            self.square()
        };
        let outcome = person.deliver_raw(place, 3, data, Some(own.id)).await;
        let what = format!("forges {custom_id}");
        self.answered(began, who, &wish, &what, &[&outcome]).await;
    }

    fn remember_button(&mut self, card: &MessageView, custom_id: &str) {
        if self.buttons.len() >= BUTTONS_MAX {
            self.buttons.remove(0);
        }
        self.buttons.push(Button {
            channel: card.channel,
            custom_id: custom_id.to_owned(),
        });
    }
}

/// What a button would do if it could.
fn wish_of(custom_id: &str) -> Wish {
    let mut parts = custom_id.split(':');
    match (
        parts.next(),
        parts.next(),
        parts.next().and_then(|n| n.parse().ok()),
    ) {
        (Some("v1"), Some("issue-pass-on"), Some(number)) => Wish::PassOn { number },
        (Some("v1"), Some("discuss"), Some(number)) => Wish::Discuss { number },
        (Some("v1"), Some("merge-same"), Some(number)) => match parts.next().map(str::parse) {
            Some(Ok(into)) => Wish::Merge { number, into },
            _ => Wish::Nothing,
        },
        (Some("v1"), Some("merge-apart"), Some(number)) => Wish::Apart { number },
        (Some("v1"), Some("issue-undo"), _) => Wish::Undo,
        _ => Noun::of(custom_id).map_or(Wish::Nothing, |noun| Wish::Work { noun }),
    }
}
