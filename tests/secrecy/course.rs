//! What becomes of sessions (連携の場): they are moved, cancelled, held and written down, and days pass.

use crate::{number::Noun, step::Life};
use chrono::Duration;
use domain::session::State;
use serde_json::json;
use tests::dice::Dice;

/// Hours that pass at once: more than a day, less than a week.
const HOURS: (usize, usize) = (26, 100);

impl Life<'_> {
    /// `/session move` or `/session cancel`, with a reason; it counts when its button was pressed.
    pub(crate) async fn change_session(&mut self, dice: &mut Dice) {
        let ahead = self.records.sessions.iter();
        let ahead = ahead.filter(|session| session.state == State::Planned && !session.retracted);
        let ahead: Vec<i64> = ahead.map(|session| session.id.0).collect();
        let number = match dice.pick(&ahead).filter(|_| self.sure || dice.chance(85)) {
            Some(ahead) => ahead,
            None => self.recorded(dice, Noun::Session),
        };
        let who = self.somebody(dice, 75);
        let reason = self.mark(dice, who);
        let moves = self.sure || dice.chance(65);
        let (path, options, button) = if moves {
            let date = format!("令和9年1月{}日", 5 + dice.below(24));
            let options = json!({"number": number.to_string(), "date": date, "reason": reason});
            ("session move", options, "session-move")
        } else {
            let options = json!({"number": number.to_string(), "reason": reason});
            ("session cancel", options, "session-cancel")
        };
        let outcome = self.command(who, path, options).await;
        let Some(preview) = outcome.message().cloned() else {
            return;
        };
        self.judge().await;
        let done = self.press_named(dice, who, &preview, button).await;
        let because = |session: &domain::session::Session| session.reason.as_ref() == Some(&reason);
        let moved = self.records.session(number).is_some_and(because);
        self.tally.moved += usize::from(moved);
        if let Some(done) = done.filter(|_| !self.sure && dice.chance(25)) {
            self.press_named(dice, who, &done, "session-undo").await;
        }
    }

    /// `/session record`: minutes, who came, what a survey brought; where nothing was held yet, the desk
    /// writes down what took place this month.
    pub(crate) async fn record(&mut self, dice: &mut Dice) {
        let held = self.records.sessions.iter();
        let held = held.filter(|session| session.state == State::Held && !session.retracted);
        let held: Vec<i64> = held.map(|session| session.id.0).collect();
        let number = match dice.pick(&held).filter(|_| dice.chance(60)) {
            Some(held) => held,
            None => match self.plan_past(dice).await {
                Some(past) => past,
                None => return,
            },
        };
        let who = self.somebody(dice, 80);
        let options = json!({"number": number.to_string()});
        let outcome = self.command(who, "session record", options).await;
        let Some(form) = outcome.modal().cloned() else {
            return;
        };
        self.judge().await;
        let Some(preview) = self.fill(dice, who, &form).await else {
            return;
        };
        self.judge().await;
        let before = self.records.accounts.len();
        self.press_named(dice, who, &preview, "session-account-keep")
            .await;
        self.tally.accounts += usize::from(self.records.accounts.len() > before);
        // Whoever only reads of a gathering in a circle may open its details, and not what was said.
        self.actor = None;
        for who in self.some(dice) {
            self.forge_press(who, &format!("v1:session-account:{number}:0"), &[])
                .await;
        }
    }

    /// The desk writes down what took place already; its number.
    async fn plan_past(&mut self, dice: &mut Dice) -> Option<i64> {
        let who = self.staff(dice);
        let before = self.records.sessions.len();
        let options = json!({
            "title": format!("{}の集まり", self.mark(dice, who)), "tier": dice.pick(&[1, 2, 2, 3]),
            "kind": "meeting", "date": format!("11/{}", 2 + dice.below(17)),
            "associations": self.associations(dice),
        });
        let outcome = self.command(who, "session plan", options).await;
        if let Some(message) = outcome.message().cloned() {
            self.press_named(dice, who, &message, "session-plan").await;
        }
        self.judge().await;
        let new = self.records.sessions.get(before);
        new.map(|session| session.id.0)
    }

    /// Days pass at the office, and what has come due is said.
    pub(crate) async fn wait(&mut self, dice: &mut Dice) {
        let hours = HOURS.0 + dice.below(HOURS.1 - HOURS.0);
        self.pass(Duration::hours(i64::try_from(hours).expect("few")))
            .await;
    }

    /// Time passes, and what has come due is said.
    pub(crate) async fn pass(&mut self, time: Duration) {
        let hours = time.num_hours();
        self.trail.note(self.step, &format!("{hours} hours pass"));
        let waiting = self.world.occurrences().await.waiting;
        self.actor = None;
        self.world.clock.advance(time);
        let dealt = self
            .world
            .until(async |world| world.occurrences().await.due == 0)
            .await;
        assert!(dealt, "what is due is dealt with\n{}", self.world.log());
        self.judge().await;
        self.tally.due += usize::from(waiting > 0);
    }
}
