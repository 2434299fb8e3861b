//! Feedback (フィードバック): drafted by the desk and by whoever tries, looked at, edited, sent, corrected and
//! withdrawn; then everybody looks at what they got.

use crate::step::Life;
use serde_json::json;
use tests::{city::ASSOCIATIONS, dice::Dice};

/// People who open the last one that was sent.
const READING: usize = 3;

impl Life<'_> {
    /// `/feedback draft`, of an association or after a session, and what one may do about it.
    pub(crate) async fn feed_back(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 75);
        let name = dice.pick(&ASSOCIATIONS.map(|row| row.0));
        let options = if self.sure || dice.chance(70) {
            json!({"association": name})
        } else {
            json!({"session": self.session(dice)})
        };
        let outcome = self.command(who, "feedback draft", options).await;
        self.judge().await;
        let mut shown = outcome.message().cloned();
        if dice.chance(40)
            && let Some(preview) = &shown
        {
            let preview = preview.clone();
            let edited = self.press_named(dice, who, &preview, "feedback-edit").await;
            self.judge().await;
            shown = edited.or(shown);
        }
        if let Some(preview) = shown.filter(|_| self.sure || dice.chance(75)) {
            let sent = self.press_named(dice, who, &preview, "feedback-send").await;
            self.judge().await;
            for (chance, next) in [(30, "feedback-edit"), (25, "feedback-withdraw")] {
                if let Some(sent) = sent.clone().filter(|_| dice.chance(chance)) {
                    let shown = self.press_named(dice, who, &sent, next).await;
                    self.judge().await;
                    if let Some(shown) = shown {
                        self.press_named(dice, who, &shown, "feedback-correct")
                            .await;
                        self.judge().await;
                    }
                }
            }
        }
        let sent = self.records.feedbacks.iter().rev();
        let sent = sent.into_iter().find(|one| one.sent_at.is_some());
        let sent = sent.map(|one| one.id);
        for reader in self.some(dice) {
            self.look_at(reader, "feedback list", json!({})).await;
        }
        for reader in [(); READING].map(|()| self.anybody(dice)) {
            if let Some(number) = sent {
                let id = format!("v1:feedback-show:{number}");
                self.ask_by_button(reader, &id).await;
            }
        }
    }
}
