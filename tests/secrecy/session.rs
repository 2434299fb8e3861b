//! Sessions (連携の場), and a meeting's notes entered at once.

use crate::step::Life;
use serde_json::{Value, json};
use tests::{city::ASSOCIATIONS, dice::Dice};

const KINDS: [&str; 4] = ["meeting", "exchange", "training", "report"];

impl Life<'_> {
    /// `/session plan`, by the desk and by whoever tries.
    pub(crate) async fn plan(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 70);
        let mut options = json!({
            "title": format!("{}の会", self.mark(dice, who)),
            "tier": 1 + dice.below(3),
            "kind": dice.pick(&KINDS),
            "date": format!("12/{}", 1 + dice.below(28)),
            "associations": self.associations(dice),
        });
        if dice.chance(50) {
            options["place"] = json!(self.mark(dice, who));
        }
        if dice.chance(40) {
            options["method"] = json!(self.mark(dice, who));
        }
        if dice.chance(50) {
            options["issues"] = json!(self.number(dice).to_string());
        }
        let outcome = self.command(who, "session plan", options).await;
        if let Some(message) = outcome.message() {
            let message = message.clone();
            self.press_named(dice, who, &message, "session-plan").await;
        }
    }

    /// One association or two, by name.
    pub(crate) fn associations(&self, dice: &mut Dice) -> String {
        let names = ASSOCIATIONS.map(|row| row.0);
        let first = dice.pick(&names).expect("there are some");
        let second = dice
            .pick(&names)
            .filter(|name| *name != first && dice.chance(40));
        let names: Vec<&str> = [Some(first), second].into_iter().flatten().collect();
        names.join("、")
    }

    /// A number of a session, mostly of one there is.
    pub(crate) fn session(&self, dice: &mut Dice) -> String {
        let known = self.records.sessions.len() + usize::from(!self.sure);
        (1 + dice.below(known.max(1))).to_string()
    }

    /// Several lines become several issues of one session: a preview, another's hand on its button,
    /// then one's own.
    pub(crate) async fn note_meeting(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 40);
        let lines: Vec<String> = (0..2 + dice.below(3))
            .map(|_| format!("・{}", self.statement(dice, who)))
            .collect();
        let mut options = json!({"text": lines.join("\n")});
        if dice.chance(50) {
            options["session"] = json!(self.session(dice));
        }
        if dice.chance(30) {
            options["speaker"] = json!(self.mark(dice, who));
        }
        if dice.chance(30) {
            options["category"] = json!(self.category(dice, who));
        }
        let outcome = self.command(who, "issue add", options).await;
        let Some(preview) = outcome.message().cloned() else {
            return;
        };
        let kept = self.press_named(dice, who, &preview, "batch-keep").await;
        if let Some(kept) = kept.filter(|_| dice.chance(15)) {
            self.press_named(dice, who, &kept, "batch-undo").await;
        }
    }

    /// Everybody asks for a session, or for what was said in it: only originals they read.
    pub(crate) async fn list_by_session(&mut self, dice: &mut Dice) {
        let number = self.session(dice);
        let kind = dice.below(4);
        for who in self.everybody() {
            let of = |path: &'static str, options: Value| (path, options);
            let (path, options) = match kind {
                0 => of("session list", json!({})),
                1 => of("session show", json!({"number": number})),
                2 => of("issue list", json!({"session": number})),
                _ => of("issue export", json!({"form": 1, "session": number})),
            };
            let said = self.look_at(who, path, options).await;
            if kind == 2 {
                let of = |issue: &domain::issue::Issue| {
                    issue
                        .session
                        .is_some_and(|session| session.to_string() == number)
                };
                self.check_narrowed(who, &said, of);
            }
        }
    }
}
