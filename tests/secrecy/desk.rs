//! What only the desk may do and see: pairs whose needs meet, key persons.

use crate::step::Life;
use serde_json::json;
use tests::{city::ASSOCIATIONS, dice::Dice};

/// The manual's own pair (seed 000, chapter 5), each with the profession that said it.
const PAIR: [(&str, &str); 2] = [
    ("ケアマネジャーに在宅復帰を拒否されてしまう", "病院連携室"),
    (
        "病院は、在宅側の準備が整ってなくても、すぐに退院させようとする",
        "介護支援専門員",
    ),
];

impl Life<'_> {
    /// The desk writes one half of the manual's pair down.
    pub(crate) async fn add_half(&mut self, dice: &mut Dice, half: usize) {
        let who = self.staff(dice);
        let (said, profession) = PAIR[half % PAIR.len()];
        let text = format!("{}、{said}", self.mark(dice, who));
        let options = json!({"text": text, "profession": profession});
        self.command(who, "issue add", options).await;
    }

    /// `/match find`, then a pair is taken up or turned down, by a button or by its number.
    pub(crate) async fn bring_together(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 65);
        let mut options = json!({});
        if dice.chance(30) {
            options["issue"] = json!(self.number(dice).to_string());
        } else if dice.chance(30) {
            options["association"] = json!(dice.pick(&ASSOCIATIONS).map(|row| row.0));
        }
        let found = self.command(who, "match find", options).await;
        self.judge().await;
        if let Some(found) = found.message().cloned().filter(|_| dice.chance(60)) {
            let action = dice.pick(&["match-accept", "match-dismiss"]);
            self.press_named(dice, who, &found, action.expect("there are two"))
                .await;
            return;
        }
        let who = self.somebody(dice, 50);
        let number = (1 + dice.below(self.records.matchings.len() + 1)).to_string();
        if dice.chance(50) {
            let options = json!({"number": number, "date": "12/20"});
            self.command(who, "match accept", options).await;
        } else {
            let options = json!({"number": number, "reason": self.mark(dice, who)});
            self.command(who, "match dismiss", options).await;
        }
    }

    /// `/office person`: names and notes that are the desk's own.
    pub(crate) async fn note_person(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 65);
        let known = self.records.key_persons.iter();
        let desk = domain::audience::Destination::Desk
            .desk()
            .expect("the desk is the desk");
        let names: Vec<String> = known.map(|person| person.name(desk).to_owned()).collect();
        let mut options = json!({});
        match dice.pick(&names).filter(|_| dice.chance(60)) {
            Some(_) if dice.chance(40) => {}
            Some(name) if self.model().coordinators().contains(&who) => {
                options["name"] = json!(name);
                if dice.chance(30) {
                    options["remove"] = json!(true);
                }
            }
            _ => options["name"] = json!(self.mark(dice, who)),
        }
        if options["name"].is_string() && options["remove"].is_null() {
            options["note"] = json!(self.mark(dice, who));
            options["association"] = json!(dice.pick(&ASSOCIATIONS).map(|row| row.0));
        }
        self.command(who, "office person", options).await;
    }
}
