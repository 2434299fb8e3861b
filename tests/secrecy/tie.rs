//! Links between issues, and opinions that are taken for the same.

use crate::step::Life;
use serde_json::json;
use tests::dice::Dice;

/// What may be pressed below a link.
const BELOW: [&str; 3] = ["merge-same", "merge-same", "link-remove"];

impl Life<'_> {
    /// `/issue link`, and from its answer *this is the same*, or the link's removal; now and then two
    /// are merged, or taken apart, by a client of one's own making.
    pub(crate) async fn tie(&mut self, dice: &mut Dice) {
        let (one, mut other) = (self.number(dice), self.number(dice));
        if self.sure && one == other {
            other = if one == 1 { 2 } else { one - 1 };
        }
        let who = if dice.chance(55) {
            self.staff(dice)
        } else {
            self.concerned(dice, one)
        };
        if !self.sure && dice.chance(35) {
            let merge = format!("v1:merge-same:{}:{}", one.max(other), one.min(other));
            let merged = self.records.issues.iter();
            let merged = merged.filter(|issue| issue.merged_into.is_some());
            let merged: Vec<i64> = merged.map(|issue| issue.id.0).collect();
            let apart = dice.pick(&merged).filter(|_| dice.chance(40));
            let id = apart.map_or(merge, |number| format!("v1:merge-apart:{number}"));
            self.actor = Some(who);
            self.forge_press(who, &id, &[]).await;
            return;
        }
        let options = json!({"number": one.to_string(), "other": other.to_string()});
        let outcome = self.command(who, "issue link", options).await;
        if let Some(message) = outcome.message() {
            let message = message.clone();
            self.judge().await;
            let action = dice.pick(&BELOW).expect("there are some");
            self.press_named(dice, who, &message, action).await;
        }
    }
}
