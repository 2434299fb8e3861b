//! Forms: on somebody's screen, sent at once, twice, late, by somebody else, or never.

use crate::{
    dice::Dice,
    life::{FormKind, Life, OpenForm},
    secret::{Breach, Kind, statement},
    timeline::now,
    wish::Wish,
};
use domain::issue::Origin;
use fake_discord::{ModalView, Outcome, Person};
use serde_json::{Value, json};

impl Life<'_> {
    pub(crate) fn maybe_note(&mut self, dice: &mut Dice, who: u64) -> Option<String> {
        dice.chance(30).then(|| {
            let mark = self.mark(dice, Kind::Wording, who);
            format!("{mark} の備考")
        })
    }

    /// The button *reword* of a refusal, and the form behind it.
    pub(crate) async fn reword(
        &mut self,
        dice: &mut Dice,
        person: &Person,
        refusal: &Outcome,
        origin: Option<Origin>,
    ) {
        let Some(message) = refusal.message() else {
            return;
        };
        let began = now();
        let opened = person.press_label(message.id, "書き直す").await;
        self.answered(began, person.id(), &Wish::Nothing, "rewords", &[&opened])
            .await;
        if let Outcome::Modal(view) = opened {
            let form = OpenForm {
                person: person.id(),
                view: *view,
                about: FormKind::Add(origin),
            };
            self.send_form(dice, form).await;
        }
    }

    /// Asks for a form, and sends it at once, later, or never.
    pub(crate) async fn ask_for_form(
        &mut self,
        who: u64,
        path: &str,
        options: Value,
        about: FormKind,
        dice: &mut Dice,
    ) {
        let began = now();
        let person = self.person(who);
        let outcome = person.slash(self.square(), path, options).await;
        self.answered(began, who, &Wish::Nothing, path, &[&outcome])
            .await;
        if let Outcome::Modal(view) = outcome {
            self.take_form(who, *view, about, dice).await;
        }
    }

    async fn take_form(&mut self, person: u64, view: ModalView, about: FormKind, dice: &mut Dice) {
        let form = OpenForm {
            person,
            view,
            about,
        };
        if dice.chance(70) {
            self.send_form(dice, form).await;
        } else {
            self.forms.push(form);
        }
    }

    /// A form that was left open for a while is sent after all, or by somebody else.
    pub(crate) async fn old_form(&mut self, dice: &mut Dice) {
        if self.forms.is_empty() {
            return;
        }
        let chosen = dice.below(self.forms.len());
        let form = self.forms.swap_remove(chosen);
        let here = self.facts.roles.contains_key(&form.person);
        if dice.chance(70) && here {
            self.send_form(dice, form).await;
            return;
        }
        let thief = self.anybody(dice);
        if thief == form.person {
            return;
        }
        let mark = self.mark(dice, Kind::Wording, thief);
        let data = forged_form(&form.view.custom_id, &mark);
        let began = now();
        let person = self.person(thief);
        let outcome = person.deliver_raw(self.square(), 5, data, None).await;
        self.answered(
            began,
            thief,
            &Wish::Nothing,
            "sends another's form",
            &[&outcome],
        )
        .await;
    }

    async fn send_form(&mut self, dice: &mut Dice, form: OpenForm) {
        let who = form.person;
        let mark = self.mark(dice, Kind::Wording, who);
        let breach = if dice.chance(6) {
            Breach::Number
        } else {
            Breach::None
        };
        let text = statement(dice, &mark, breach);
        let mut fields = json!({ "text": text });
        let has = |id: &str| form.view.fields.iter().any(|field| field.custom_id == id);
        let wish = match form.about {
            FormKind::Edit(number) => Wish::Edit { number, text },
            FormKind::Add(origin) => {
                let note = self.maybe_note(dice, who);
                fields["note"] = json!(note.clone().unwrap_or_default());
                let named = has("speaker") && dice.chance(50);
                let speaker = named.then(|| self.mark(dice, Kind::Speaker, who));
                if has("speaker") {
                    fields["speaker"] = json!(speaker.clone().unwrap_or_default());
                }
                Wish::Add {
                    text,
                    note,
                    speaker,
                    origin,
                }
            }
        };
        let person = self.person(who);
        let began = now();
        if dice.chance(15) {
            let (first, second) = tokio::join!(
                person.submit(&form.view, fields.clone()),
                person.submit(&form.view, fields.clone()),
            );
            self.answered(began, who, &wish, "sends a form twice", &[&first, &second])
                .await;
        } else {
            let outcome = person.submit(&form.view, fields).await;
            self.answered(began, who, &wish, "sends a form", &[&outcome])
                .await;
        }
        if dice.chance(20) {
            self.forms.push(form);
        }
    }
}

/// A form sent by a client of one's own making.
fn forged_form(custom_id: &str, words: &str) -> Value {
    json!({
        "custom_id": custom_id,
        "components": [{"type": 1, "components": [
            {"type": 4, "custom_id": "text", "value": words},
        ]}],
    })
}
