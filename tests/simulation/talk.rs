//! What people do with issues: write down, correct, move on, read, and what they should not.

use crate::{
    dice::Dice,
    life::{FormKind, Life},
    secret::{Breach, Kind, statement},
    timeline::now,
    wish::Wish,
};
use domain::issue::Origin;
use fake_discord::Outcome;
use serde_json::{Value, json};

/// Names for `profession` and `about`.
const NAMES: [&str; 8] = [
    "薬剤師会",
    "医師会",
    "病院連携室",
    "介護支援専門員連絡協議会",
    "薬剤師",
    "ケアマネ",
    "リハビリ職、歯科衛生士",
    "気象予報士",
];
const STATUSES: [&str; 8] = [
    "open", "sorted", "planning", "acting", "review", "done", "later", "dropped",
];

impl Life<'_> {
    /// `/issue add`, with words or by the form.
    pub(crate) async fn add(&mut self, dice: &mut Dice) {
        let who = if dice.chance(25) {
            self.staff(dice)
        } else {
            self.anybody(dice)
        };
        let mut options = json!({});
        if dice.chance(30) {
            options["profession"] = json!(dice.pick(&NAMES));
        }
        if dice.chance(30) {
            options["about"] = json!(dice.pick(&NAMES));
        }
        if dice.chance(50) {
            options["tier"] = json!(1 + dice.below(3));
        }
        if dice.chance(20) {
            options["kind"] = json!("idea");
        }
        let open = if self.facts.coordinates(who) { 50 } else { 10 };
        let origin = dice.chance(open).then_some(Origin::Open);
        if origin.is_some() {
            options["origin"] = json!("open");
        }
        if dice.chance(35) {
            self.ask_for_form(who, "issue add", options, FormKind::Add(origin), dice)
                .await;
            return;
        }
        let breach = dice.weighed(&[
            (84, Breach::None),
            (6, Breach::Number),
            (5, Breach::Doubtful),
            (5, Breach::Case),
        ]);
        let mark = self.mark(dice, Kind::Wording, who);
        let text = statement(dice, &mark, breach);
        options["text"] = json!(text);
        let note = self.maybe_note(dice, who);
        if let Some(note) = &note {
            options["note"] = json!(note);
        }
        let speaker = dice.chance(40).then(|| self.mark(dice, Kind::Speaker, who));
        if let Some(speaker) = &speaker {
            options["speaker"] = json!(speaker);
        }
        let wish = Wish::Add {
            text,
            note,
            speaker,
            origin,
        };
        let mut person = self.person(who);
        if dice.chance(10) {
            person = person.twice();
        }
        let began = now();
        let outcome = person.slash(self.square(), "issue add", options).await;
        let what = format!("adds ({breach:?})");
        self.answered(began, who, &wish, &what, &[&outcome]).await;
        if breach != Breach::None && dice.chance(75) {
            self.reword(dice, &person, &outcome, origin).await;
        }
    }

    /// `/issue edit`, by whoever wrote it down or anybody.
    pub(crate) async fn edit(&mut self, dice: &mut Dice) {
        let number = self.number(dice);
        let who = self.concerned(dice, number);
        let options = json!({"number": number.to_string()});
        self.ask_for_form(who, "issue edit", options, FormKind::Edit(number), dice)
            .await;
    }

    /// Somebody who may do something about an issue, mostly.
    fn concerned(&self, dice: &mut Dice, number: i64) -> u64 {
        let reporter = self.facts.issues.get(&number).map(|issue| issue.reporter);
        let here = reporter.filter(|user| self.facts.roles.contains_key(user));
        match (dice.below(3), here) {
            (0, Some(reporter)) => reporter,
            (1, _) => self.staff(dice),
            _ => self.anybody(dice),
        }
    }

    /// `/issue tier`
    pub(crate) async fn tier(&mut self, dice: &mut Dice) {
        let number = self.number(dice);
        let who = self.concerned(dice, number);
        let tier = 1 + i64::try_from(dice.below(3)).expect("a tier");
        let reason = self.mark(dice, Kind::Reason, who);
        let options = json!({"number": format!("#{number}"), "tier": tier, "reason": reason});
        let wish = Wish::Tier {
            number,
            tier,
            reason,
        };
        self.ask(who, "issue tier", options, &wish).await;
    }

    /// `/issue status`
    pub(crate) async fn status(&mut self, dice: &mut Dice) {
        let number = self.number(dice);
        let who = if dice.chance(75) {
            self.staff(dice)
        } else {
            self.anybody(dice)
        };
        let status = dice.pick(&STATUSES).expect("there are some");
        let mut options = json!({"number": number.to_string(), "status": status});
        let mut reason = None;
        if dice.chance(60) {
            let mark = self.mark(dice, Kind::Reason, who);
            options["note"] = json!(mark);
            reason = Some(mark);
        }
        if status == "later" {
            options["year"] = json!("令和9年度");
        }
        let wish = Wish::Status {
            number,
            status,
            reason,
        };
        self.ask(who, "issue status", options, &wish).await;
    }

    /// One command, and what must have come of it.
    pub(crate) async fn ask(&mut self, who: u64, path: &str, options: Value, wish: &Wish) {
        let began = now();
        let what = format!("/{path} {options}");
        let outcome = self.person(who).slash(self.square(), path, options).await;
        self.answered(began, who, wish, &what, &[&outcome]).await;
    }

    /// Reading: details, lists, suggestions, help.
    pub(crate) async fn read(&mut self, dice: &mut Dice) {
        let who = self.anybody(dice);
        let number = self.number(dice).to_string();
        match dice.below(4) {
            0 => {
                let options = json!({ "number": number });
                self.ask(who, "issue show", options, &Wish::Nothing).await;
            }
            1 => {
                let options = [json!({}), json!({"mine": true}), json!({"tier": 1})];
                let options = dice.pick(&options).expect("there are some");
                self.ask(who, "issue list", options, &Wish::Nothing).await;
            }
            2 => {
                let paths = ["issue show", "issue edit", "issue tier", "issue status"];
                let path = dice.pick(&paths).expect("there are some");
                let typed = dice.pick(&["", "1", "#", "zz", "会"]).expect("some");
                let options = json!({ "number": typed });
                let began = now();
                let person = self.person(who);
                let found = person
                    .autocomplete(self.square(), path, options, "number")
                    .await;
                self.answered(began, who, &Wish::Nothing, "types", &[&found])
                    .await;
            }
            _ => self.ask(who, "help", json!({}), &Wish::Nothing).await,
        }
    }

    /// The page buttons of a list that is on somebody's screen, perhaps for long.
    pub(crate) async fn turn_page(&mut self, dice: &mut Dice) {
        let Some((who, message)) = dice.pick(&self.lists) else {
            return;
        };
        if !self.facts.roles.contains_key(&who) {
            return;
        }
        let label = if dice.chance(70) { "次へ" } else { "前へ" };
        let began = now();
        let outcome = self.person(who).press_label(message, label).await;
        self.answered(began, who, &Wish::Nothing, "turns a page", &[&outcome])
            .await;
    }

    /// Somebody says something in a channel, and somebody records it with the message's menu.
    pub(crate) async fn record_message(&mut self, dice: &mut Dice) {
        let speaker = self.anybody(dice);
        let rooms = self.person(speaker).channels();
        let Some(room) = dice.pick(&rooms) else {
            return;
        };
        let mark = self.mark(dice, Kind::Wording, speaker);
        let words = statement(dice, &mark, Breach::None);
        let said = if room.kind == fake_discord::ChannelKind::Forum {
            let post = self.person(speaker).open_thread(room.id, "話", &words, &[]);
            post.ok().and_then(|post| {
                let first = self.person(speaker).last_message(post)?;
                Some((post, first.id))
            })
        } else {
            let message = self.person(speaker).say(room.id, &words);
            message.ok().map(|message| (room.id, message))
        };
        let Some((place, message)) = said else { return };
        let readers: Vec<u64> = self.world.fake.viewers(place);
        let readers: Vec<u64> = readers
            .into_iter()
            .filter(|user| self.facts.roles.contains_key(user))
            .collect();
        let Some(who) = dice.pick(&readers) else {
            return;
        };
        let began = now();
        let outcome = self
            .person(who)
            .menu(place, message, "課題として記録")
            .await;
        let what = format!("records a message in {}", room.name);
        self.answered(began, who, &Wish::Nothing, &what, &[&outcome])
            .await;
        let Outcome::Modal(view) = outcome else {
            return;
        };
        if dice.chance(25) {
            return;
        }
        let asks = view.fields.iter().any(|field| field.custom_id == "speaker");
        let fields = if asks {
            json!({"speaker": ""})
        } else {
            json!({})
        };
        let wish = Wish::Add {
            text: words,
            note: None,
            speaker: None,
            origin: None,
        };
        let began = now();
        let outcome = self.person(who).submit(&view, fields).await;
        self.answered(began, who, &wish, "sends its form", &[&outcome])
            .await;
    }
}
