//! Memos (登録したリマインダー): written for one place and another, said when they are due, stopped by
//! whoever may and by whoever may not.

use crate::{number::Noun, step::Life};
use serde_json::json;
use tests::dice::Dice;

/// When something is to be said: once soon, and again and again.
const WHEN: [&str; 5] = [
    "明日 9時",
    "明日 午後2時",
    "来週金曜 10時",
    "毎週月曜 9時",
    "毎日 8時",
];

impl Life<'_> {
    /// `/reminder add`, where one is and for places of others.
    pub(crate) async fn remember(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 45);
        let rooms: Vec<u64> = self.plan.rooms.values().copied().collect();
        let mut options = json!({
            "text": format!("{}を忘れずに", self.mark(dice, who)), "when": dice.pick(&WHEN),
        });
        if let Some(room) = dice.pick(&rooms).filter(|_| dice.chance(65)) {
            options["channel"] = json!(room.to_string());
        }
        let outcome = self.command(who, "reminder add", options).await;
        if let Some(message) = outcome.message().cloned() {
            self.judge().await;
            self.press_named(dice, who, &message, "memo-keep").await;
        }
    }

    /// `/reminder cancel`, of one's own place and of others.
    pub(crate) async fn stop_memo(&mut self, dice: &mut Dice) {
        let number = self.recorded(dice, Noun::Memo);
        let who = self.somebody(dice, 30);
        let options = json!({"number": number.to_string()});
        let outcome = self.command(who, "reminder cancel", options).await;
        if let Some(message) = outcome.message().cloned().filter(|_| dice.chance(40)) {
            self.judge().await;
            self.press_named(dice, who, &message, "memo-undo").await;
        }
    }
}
