//! The message menu: something said in a channel is written down by somebody who can read it there.

use crate::step::Life;
use tests::dice::Dice;

/// The entry of the menu.
const ENTRY: &str = "課題として記録";
/// What is said; the words written down are others.
const SAID: &str = "次の集まりで話し合いたい";

impl Life<'_> {
    /// Somebody takes up what was said where they are, in words of their own.
    pub(crate) async fn take_up(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 40);
        let client = self.client(who);
        let rooms: Vec<u64> = self.plan.rooms.values().copied().collect();
        let place = dice.pick(&rooms).filter(|_| dice.chance(60));
        let place = place.unwrap_or_else(|| self.square());
        let Ok(message) = client.say(place, SAID) else {
            return;
        };
        self.actor = Some(who);
        let outcome = client.menu(place, message, ENTRY).await;
        self.answered(who, "takes up a message", &outcome);
        if let Some(form) = outcome.modal() {
            let before = self.records.issues.len();
            self.fill(dice, who, form).await;
            self.judge().await;
            self.tally.menus += usize::from(self.records.issues.len() > before);
        }
    }
}
