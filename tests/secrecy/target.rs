//! Yearly targets (年度目標) and entries of progress (進捗): set, given to associations, recorded, taken
//! back, by the desk and by whoever tries; then the month and the year are told, and people look.

use crate::{number::Noun, step::Life};
use domain::session::State;
use fake_discord::MessageView;
use serde_json::json;
use tests::{city::ASSOCIATIONS, dice::Dice};

/// What a target may count by itself.
const COUNTS: [&str; 4] = ["session:tier1", "session:tier2", "session", "project"];
/// People who look at a month or a year in one step: each gets a chart and a sheet.
const READERS: usize = 3;
/// What somebody may look at.
const LOOKS: [&str; 6] = [
    "progress month",
    "progress month",
    "progress year",
    "target list",
    "target export",
    "target show",
];
/// What one may do about an entry.
const OF_AN_ENTRY: [&str; 3] = ["target-correct", "target-withdraw", "target-restore"];

impl Life<'_> {
    /// `/target add`, then `/target link`: an association sees to it, or it counts by itself.
    pub(crate) async fn set_target(&mut self, dice: &mut Dice) {
        if dice.chance(40) {
            let (who, added) = self.add_target(dice).await;
            if let Some(added) = added {
                self.press_named(dice, who, &added, "target-undo").await;
            }
        }
        self.add_target(dice).await;
        let who = self.somebody(dice, 75);
        let mut options = json!({"number": self.recorded(dice, Noun::Target).to_string()});
        if self.sure || dice.chance(70) {
            options["owner"] = match dice.below(5) {
                0 => json!("なし"),
                1 => json!(self.mark(dice, who)),
                _ => json!(dice.pick(&ASSOCIATIONS).map(|row| row.0)),
            };
        }
        if dice.chance(50) {
            options["counts"] = json!(dice.pick(&COUNTS));
        }
        let linked = self.command(who, "target link", options).await;
        self.judge().await;
        self.take_back(dice, who, linked.message().cloned()).await;
    }

    /// `/target add`: who does it, and what they are told.
    async fn add_target(&mut self, dice: &mut Dice) -> (u64, Option<MessageView>) {
        let who = self.somebody(dice, 75);
        let number = format!("{}-①", self.count(Noun::Target) + 1);
        let options = json!({
            "area": self.mark(dice, who), "number": number,
            "item": format!("{}を広める", self.mark(dice, who)),
            "goal": format!("{}を年{}回開く", self.mark(dice, who), 1 + dice.below(4)),
        });
        let added = self.command(who, "target add", options).await;
        self.judge().await;
        (who, added.message().cloned())
    }

    /// Now and then what was done is taken back at once.
    async fn take_back(&mut self, dice: &mut Dice, who: u64, done: Option<MessageView>) {
        if let Some(done) = done.filter(|_| !self.sure && dice.chance(20)) {
            self.press_named(dice, who, &done, "target-undo").await;
        }
    }

    /// `/target record`, or what a session that was held brought; then somebody tries to correct an entry.
    pub(crate) async fn note_progress(&mut self, dice: &mut Dice) {
        let held = self.records.sessions.iter();
        let held = held.filter(|session| session.state == State::Held && !session.retracted);
        let held: Vec<i64> = held.map(|session| session.id.0).collect();
        match dice.pick(&held).filter(|_| self.sure || dice.chance(40)) {
            Some(session) => self.note_session(dice, session).await,
            None => self.note_by_hand(dice).await,
        }
        self.judge().await;
        let entries = self.records.year.entries.len();
        if entries == 0 || self.sure || dice.chance(50) {
            return;
        }
        let number = 1 + dice.below(entries);
        let action = dice.pick(&OF_AN_ENTRY).expect("there are some");
        let who = self.somebody(dice, 50);
        self.actor = Some(who);
        let outcome = self
            .forge_outcome(who, &format!("v1:{action}:{number}"), &[])
            .await;
        if let Some(form) = outcome.modal() {
            self.fill(dice, who, form).await;
        }
    }

    async fn note_by_hand(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 75);
        let mut numbers = vec![self.recorded(dice, Noun::Target).to_string()];
        if dice.chance(40) {
            numbers.push(self.recorded(dice, Noun::Target).to_string());
        }
        numbers.dedup();
        let options = json!({
            "number": numbers.join("、"), "amount": "1",
            "text": format!("●{}を開いた", self.mark(dice, who)),
        });
        let noted = self.command(who, "target record", options).await;
        self.judge().await;
        self.take_back(dice, who, noted.message().cloned()).await;
    }

    /// The button of a session that was held: a target is chosen, and whoever is in a hurry sends the form as
    /// it comes.
    async fn note_session(&mut self, dice: &mut Dice, session: i64) {
        let who = self.somebody(dice, 75);
        self.actor = Some(who);
        let asks = format!("v1:target-of-session:{session}");
        let outcome = self.forge_outcome(who, &asks, &[]).await;
        let Some(asked) = outcome.message() else {
            return;
        };
        let selects = asked.selects();
        let Some(menu) = selects.first() else { return };
        let offered = menu["options"].as_array().cloned().unwrap_or_default();
        let (Some(id), Some(choice)) = (menu["custom_id"].as_str(), dice.pick(&offered)) else {
            return;
        };
        let value = choice["value"].as_str().unwrap_or_default();
        self.numbers.pressed(who, id);
        let outcome = self.client(who).select(asked.id, id, &[value]).await;
        self.answered(who, &format!("chooses {value} of {id}"), &outcome);
        let Some(form) = outcome.modal() else { return };
        let mut fields = json!({});
        for field in &form.fields {
            fields[&field.custom_id] = json!(field.value.as_deref().unwrap_or_default());
        }
        let outcome = self.client(who).submit(form, fields.clone()).await;
        self.answered(who, &format!("sends {} {fields}", form.custom_id), &outcome);
    }

    /// `/progress month` and `/progress year`: the desk posts one now and then, and people look.
    pub(crate) async fn tell_progress(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 75);
        if self.sure || dice.chance(60) {
            let (path, options) = match dice.below(3) {
                0 => ("progress year", json!({"post": true})),
                1 => ("progress month", json!({"post": true})),
                _ => ("progress month", json!({"post": true, "month": "2026-11"})),
            };
            self.command(who, path, options).await;
            self.judge().await;
        }
        for _ in 0..READERS {
            let who = self.anybody(dice);
            let path = dice.pick(&LOOKS).expect("there are some");
            let mut options = json!({});
            if path == "target show" {
                options["number"] = json!(self.recorded(dice, Noun::Target).to_string());
            }
            self.look_at(who, path, options).await;
        }
        self.tally.progress += 1;
    }
}
