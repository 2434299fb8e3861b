//! Keeping and letting go: the whole office as a file, what was kept long enough, a person who has their
//! name removed; and at the end an office that two coordinators delete.

use crate::{office::DESK, step::Life};
use domain::audience::Destination;
use fake_discord::MessageView;
use serde_json::json;
use storage::{
    archive::TABLES,
    petition::{Kind, State},
};
use tests::dice::Dice;

/// People who ask for the file in one step, beside one of the desk.
const ASKING: usize = 3;
/// The newest issues are looked at when a name is gone.
const LOOKED_AT: usize = 8;
/// What people go on asking for when nothing is left.
const ASKED: [(&str, &str); 6] = [
    ("issue show", "number"),
    ("issue list", ""),
    ("session show", "number"),
    ("target list", ""),
    ("notice pending", ""),
    ("office export", ""),
];
/// Buttons that are pressed when nothing is left.
const PRESSED: usize = 30;

impl Life<'_> {
    /// `/office export` and `/office retention`, by whoever tries.
    pub(crate) async fn hand_out(&mut self, dice: &mut Dice) {
        let mut people: Vec<u64> = (0..ASKING).map(|_| self.anybody(dice)).collect();
        people.push(self.staff(dice));
        let desk = self.model().coordinators();
        for who in people {
            for path in ["office export", "office retention", "office delete"] {
                let shown = self.shown_to(who, path, json!({})).await;
                let is_desk = desk.contains(&who);
                let files = shown.attachments.len();
                assert!(
                    is_desk || (files == 0 && shown.buttons().is_empty()),
                    "step {}: {path} for {}: {}",
                    self.step,
                    self.name(who),
                    shown.text()
                );
                self.tally.exported += files;
            }
        }
        self.judge().await;
    }

    /// Somebody asks what is kept of them and is told why that is not possible; nobody else reads it.
    async fn ask_in_vain(&mut self, dice: &mut Dice) {
        let who = self.anybody(dice);
        self.actor = Some(who);
        self.forge_press(who, "v1:keeping-petition-disclosure:1", &[])
            .await;
        self.judge().await;
        let open = self.records.year.petitions.iter();
        let mut open = open.filter(|it| it.state == State::Open && it.kind == Kind::Disclosure);
        let Some(number) = open.next().map(|petition| petition.id) else {
            return;
        };
        let staff = self.staff(dice);
        self.actor = Some(staff);
        let id = format!("v1:keeping-decline:{number}");
        self.send_form(dice, staff, &id, &["reason"]).await;
        self.judge().await;
        for reader in [who, self.anybody(dice), self.anybody(dice)] {
            self.look_at(reader, "help", json!({"topic": "privacy"}))
                .await;
        }
        self.judge().await;
    }

    /// Somebody asks that a name be removed; strangers try to answer, and the desk does it.
    pub(crate) async fn forget_name(&mut self, dice: &mut Dice) {
        self.ask_in_vain(dice).await;
        let who = self.anybody(dice);
        self.actor = Some(who);
        self.forge_press(who, "v1:keeping-petition-removal:1", &[])
            .await;
        self.judge().await;
        let open = self.records.year.petitions.iter();
        let open = open.filter(|it| it.state == State::Open && it.kind == Kind::Removal);
        let open: Vec<i64> = open.map(|petition| petition.id.0).collect();
        let Some(number) = dice.pick(&open) else {
            return;
        };
        let stranger = self.anybody(dice);
        if !self.model().coordinators().contains(&stranger) {
            for (form, field) in [("named", "name"), ("decline", "reason")] {
                let id = format!("v1:keeping-{form}:{number}");
                self.actor = Some(stranger);
                self.send_form(dice, stranger, &id, &[field]).await;
                self.judge().await;
            }
        }
        let staff = self.staff(dice);
        self.actor = Some(staff);
        if !self.sure && dice.chance(25) {
            let id = format!("v1:keeping-decline:{number}");
            self.send_form(dice, staff, &id, &["reason"]).await;
            return;
        }
        self.remove_name(dice, staff, number).await;
    }

    async fn remove_name(&mut self, dice: &mut Dice, staff: u64, number: i64) {
        let desk = Destination::Desk.desk().expect("the desk is the desk");
        let speakers = self.records.issues.iter();
        let speakers = speakers.filter_map(|issue| issue.speaker.as_ref());
        let mut names: Vec<String> = speakers.map(|it| it.reveal(desk).to_owned()).collect();
        let persons = self.records.key_persons.iter();
        names.extend(persons.map(|person| person.name(desk).to_owned()));
        let Some(name) = dice.pick(&names) else {
            return;
        };
        let asks = format!("v1:keeping-done:{number}");
        let outcome = self.forge_outcome(staff, &asks, &[]).await;
        let Some(form) = outcome.modal() else { return };
        let outcome = self.client(staff).submit(form, json!({"name": name})).await;
        self.answered(staff, &format!("names {name}"), &outcome);
        let Some(found) = outcome.message().cloned() else {
            return;
        };
        self.judge().await;
        self.press_named(dice, staff, &found, "keeping-remove")
            .await;
        let gone = self.records.year.petitions.iter();
        let mut gone = gone.filter(|petition| petition.id.0 == number);
        if gone.any(|petition| petition.state == State::Done) {
            self.check_gone(&name);
            self.removed.extend(crate::trail::marks(&name));
            self.tally.removed += 1;
            self.look_for_removed(staff).await;
        }
    }

    /// No post says a name that was removed, but where it could not be taken away yet.
    fn check_gone(&self, name: &str) {
        let held = self.drifted.iter().map(|room| self.plan.rooms[room]);
        let held: Vec<u64> = held.collect();
        for message in self.world.fake.all_messages() {
            let place = self.root(message.channel);
            let stands = message.ephemeral_for.is_none() && !message.deleted;
            let open = stands && !held.contains(&place);
            let says = message.text().contains(name);
            assert!(
                !open || !says,
                "step {}: a post still says {name}",
                self.step
            );
        }
    }

    /// The desk looks wherever a name used to stand.
    async fn look_for_removed(&mut self, staff: u64) {
        let newest = self.records.issues.len();
        for number in newest.saturating_sub(LOOKED_AT) + 1..=newest {
            let options = json!({"number": number.to_string()});
            self.look_at(staff, "issue show", options).await;
        }
        for (path, options) in [
            ("issue list", json!({"form": 1})),
            ("issue export", json!({"form": 1})),
            ("office person", json!({})),
            ("office audit", json!({})),
            ("office export", json!({})),
        ] {
            self.look_at(staff, path, options).await;
        }
        self.judge().await;
    }

    /// Two coordinators delete the office: nothing is left of it, and nobody is told anything any more.
    pub(crate) async fn end(&mut self, dice: &mut Dice) {
        let desk: Vec<u64> = self.model().coordinators().into_iter().collect();
        let asks = self.world.city.person("コーディネーター");
        let second = desk.into_iter().find(|who| *who != asks);
        let Some(second) = second else { return };
        let shown = self.shown_to(asks, "office delete", json!({})).await;
        self.judge().await;
        let id = "v1:keeping-second:1";
        let outcome = self.client(asks).press(shown.id, id).await;
        self.answered(asks, "asks a second coordinator", &outcome);
        self.judge().await;
        let office = self.office.as_ref().expect("it was set up").id;
        for who in [self.anybody(dice), asks] {
            if who != second && !self.model().coordinators().contains(&who) || who == asks {
                self.forge_press(who, "v1:keeping-confirm:1", &[]).await;
            }
        }
        self.judge().await;
        let begun = self.forge_press(second, "v1:keeping-confirm:1", &[]).await;
        assert!(begun.contains("削除を始めました"), "{begun}");
        let is_gone = async |world: &tests::world::World| {
            let found = world
                .store()
                .read(move |c| Box::pin(storage::erasure::find(c, office)));
            let found = found.await.expect("read");
            found.is_some_and(|found| found.ended_at.is_some())
        };
        assert!(self.world.until(is_gone).await, "{}", self.world.log());
        for table in TABLES {
            let count = self
                .world
                .store()
                .read(move |c| Box::pin(storage::archive::count(c, office, table)));
            assert_eq!(count.await.expect("counted"), 0, "{}", table.name);
        }
        self.tally.ended += 1;
        self.ask_when_gone(dice).await;
    }

    /// Everybody asks and presses as before; no answer holds a word of anybody.
    async fn ask_when_gone(&mut self, dice: &mut Dice) {
        let mut heard: Vec<(u64, MessageView)> = Vec::new();
        let ids: Vec<String> = self.custom_ids().into_iter().collect();
        for who in self.everybody() {
            let (path, option) = dice.pick(&ASKED).expect("there are some");
            let options = match option {
                "" => json!({}),
                option => json!({option: "1"}),
            };
            let outcome = self.client(who).slash(self.square(), path, options).await;
            self.answered(who, &format!("/{path} of nothing"), &outcome);
            heard.extend(outcome.message().cloned().map(|message| (who, message)));
        }
        for _ in 0..PRESSED {
            let who = self.anybody(dice);
            let Some(id) = dice.pick(&ids) else { return };
            let outcome = self.forge_outcome(who, &id, &[]).await;
            heard.extend(outcome.message().cloned().map(|message| (who, message)));
        }
        for (who, message) in heard {
            let said = message.text();
            assert!(
                crate::trail::marks(&said).is_empty() && message.attachments.is_empty(),
                "{} hears of what is gone: {said}",
                self.name(who)
            );
        }
        assert!(self.plan.rooms.contains_key(DESK));
    }
}
