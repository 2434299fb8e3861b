//! What coordinators and the owner do with the office: setting it up, and changing their mind.

use crate::{
    dice::Dice,
    fact::{Association, SetUp},
    life::Life,
    wish::Wish,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::city::ASSOCIATIONS;

impl Life<'_> {
    /// The first hour: the owner maps roles and channels, by commands.
    pub(crate) async fn set_up(&mut self) {
        let owner = self.world.city.owner;
        for (used, role) in [
            ("coordinator", "連携コーディネーター"),
            ("adviser", "アドバイザー"),
            ("observer", "オブザーバー"),
        ] {
            let role = self.world.city.role(role);
            self.map_role(owner, used, role).await;
        }
        for (used, channel) in [
            ("desk", "相談窓口"),
            ("tier3", "三次連携"),
            ("progress", "進捗"),
            ("notice", "行政通知"),
        ] {
            let channel = self.world.channel(channel);
            self.bind(owner, used, channel).await;
        }
        for (name, professions, channel, _) in ASSOCIATIONS {
            let channel = self.world.channel(channel);
            let roles = ["三役", "連携担当", "会員"]
                .map(|rank| self.world.city.role(&format!("{name} {rank}")));
            let mut after = self.facts.set_up.clone();
            let made = Association {
                channel: Some(channel),
                roles: roles.map(Some),
                members_talk: false,
            };
            after.associations.insert(name.to_owned(), made);
            let options = json!({
                "name": name, "professions": professions.join("、"),
                "channel": channel.to_string(), "officers": roles[0].to_string(),
                "contacts": roles[1].to_string(), "members": roles[2].to_string(),
            });
            self.change(owner, "office association", options, after, false)
                .await;
        }
        let region: Vec<&str> = ASSOCIATIONS.iter().map(|(name, ..)| *name).collect();
        let discharge = ["病院連携室", "介護支援専門員連絡協議会"];
        for (channel, names) in [
            ("二次-入退院", &discharge[..]),
            ("二次-多職種", &region[..]),
        ] {
            let channel = self.world.channel(channel);
            self.draw_circle(owner, channel, names).await;
        }
        self.world.accept_owner().await;
        let noted = self.new_entries().await;
        assert_eq!(noted.len(), 1, "the owner was accepted: {noted:?}");
    }

    /// One change of the set-up, by somebody who may or may not make it.
    pub(crate) async fn reconfigure(&mut self, dice: &mut Dice) {
        let who = match dice.below(4) {
            0 => self.world.city.owner,
            1 => self.anybody(dice),
            _ => self.staff(dice),
        };
        let names: Vec<String> = self.facts.set_up.associations.keys().cloned().collect();
        let Some(name) = dice.pick(&names) else {
            return;
        };
        match dice.below(6) {
            0 => {
                let open = !self.facts.set_up.associations[&name].members_talk;
                let mut after = self.facts.set_up.clone();
                association(&mut after, &name).members_talk = open;
                let circle = if open { "members" } else { "officers" };
                let options = json!({"name": name, "circle": circle});
                self.change(who, "office association", options, after, false)
                    .await;
            }
            1 => self.swap_ranks(who, &name).await,
            2 => {
                let channels: Vec<u64> = self.facts.set_up.circles.keys().copied().collect();
                let Some(channel) = dice.pick(&channels) else {
                    return;
                };
                let chosen: Vec<&str> = names
                    .iter()
                    .filter(|_| dice.chance(60))
                    .map(String::as_str)
                    .collect();
                self.draw_circle(who, channel, &chosen).await;
            }
            3 => self.rebind(dice, who, &name).await,
            4 => {
                let grants = [
                    BTreeSet::new(),
                    BTreeSet::from(["desk".to_owned()]),
                    BTreeSet::from(["tier2".to_owned()]),
                    BTreeSet::from(["tier2".to_owned(), name]),
                ];
                let grant = dice.pick(&grants).expect("some");
                self.grant(who, grant).await;
            }
            _ => {
                let settings = [("locale", "en"), ("locale", "ja"), ("tier_rules", "3:会費")];
                let (key, value) = dice.pick(&settings).expect("some");
                let after = self.facts.set_up.clone();
                let options = json!({"key": key, "value": value});
                self.change(who, "office setting", options, after, true)
                    .await;
            }
        }
    }

    /// Officers and contacts change places.
    async fn swap_ranks(&mut self, who: u64, name: &str) {
        let [Some(officers), Some(contacts), _] = self.facts.set_up.associations[name].roles else {
            return;
        };
        let mut after = self.facts.set_up.clone();
        let roles = &mut association(&mut after, name).roles;
        (roles[0], roles[1]) = (Some(contacts), Some(officers));
        let options = json!({
            "name": name, "officers": contacts.to_string(), "contacts": officers.to_string(),
        });
        self.change(who, "office association", options, after, false)
            .await;
    }

    /// A use moves to a channel that has none.
    async fn rebind(&mut self, dice: &mut Dice, who: u64, name: &str) {
        let bound: BTreeSet<u64> = self
            .facts
            .set_up
            .bound()
            .iter()
            .map(|(id, _)| *id)
            .collect();
        let free: Vec<u64> = self
            .rooms
            .iter()
            .map(|room| room.id)
            .filter(|id| !bound.contains(id) && self.world.fake.can_view(*id, who))
            .collect();
        let Some(channel) = dice.pick(&free) else {
            return;
        };
        let circles: Vec<u64> = self.facts.set_up.circles.keys().copied().collect();
        match dice.below(7) {
            4 => self.unbind_region(who).await,
            5 | 6 => {
                if let Some(circle) = dice.pick(&circles) {
                    let to = dice.chance(70).then_some(channel);
                    self.move_circle(who, circle, to).await;
                }
            }
            0 => self.bind(who, "desk", channel).await,
            1 => self.bind(who, "tier3", channel).await,
            _ => self.move_association(who, name, channel).await,
        }
    }

    /// An association gets another channel.
    pub(crate) async fn move_association(&mut self, who: u64, name: &str, channel: u64) {
        let mut after = self.facts.set_up.clone();
        association(&mut after, name).channel = Some(channel);
        let options = json!({"name": name, "channel": channel.to_string()});
        self.change(who, "office association", options, after, false)
            .await;
    }

    async fn map_role(&mut self, who: u64, used: &str, role: u64) {
        let mut after = self.facts.set_up.clone();
        after.capacities.insert(used.to_owned(), role);
        let options = json!({"use": used, "role": role.to_string()});
        self.change(who, "office role", options, after, false).await;
    }

    /// A use gets a channel.
    pub(crate) async fn bind(&mut self, who: u64, used: &str, channel: u64) {
        let mut after = self.facts.set_up.clone();
        after.channels.insert(used.to_owned(), channel);
        let options = json!({"use": used, "channel": channel.to_string()});
        self.change(who, "office channel", options, after, false)
            .await;
    }

    /// The region has no channel any more.
    async fn unbind_region(&mut self, who: u64) {
        let mut after = self.facts.set_up.clone();
        after.channels.remove("tier3");
        self.change(who, "office channel", json!({"use": "tier3"}), after, false)
            .await;
    }

    /// A circle gets another channel, or ends.
    pub(crate) async fn move_circle(&mut self, who: u64, from: u64, to: Option<u64>) {
        let mut after = self.facts.set_up.clone();
        let Some(names) = after.circles.remove(&from) else {
            return;
        };
        let words: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut options = json!({"use": "tier2", "association": words.join("、")});
        if let Some(to) = to {
            options["channel"] = json!(to.to_string());
        }
        after.circles.extend(to.map(|to| (to, names.clone())));
        self.change(who, "office channel", options, after, false)
            .await;
    }

    async fn draw_circle(&mut self, who: u64, channel: u64, names: &[&str]) {
        let mut after = self.facts.set_up.clone();
        let chosen = names.iter().map(|name| (*name).to_owned()).collect();
        after.circles.insert(channel, chosen);
        let options = json!({
            "use": "tier2", "channel": channel.to_string(), "association": names.join("、"),
        });
        self.change(who, "office channel", options, after, false)
            .await;
    }

    async fn grant(&mut self, who: u64, grant: BTreeSet<String>) {
        let words: Vec<&str> = grant.iter().map(String::as_str).collect();
        let value = if words.is_empty() {
            "なし".to_owned()
        } else {
            words.join("、")
        };
        let mut after = self.facts.set_up.clone();
        after.grant.clone_from(&grant);
        let options = json!({"key": "adviser_sees", "value": value});
        self.change(who, "office setting", options, after, true)
            .await;
    }

    async fn change(&mut self, who: u64, path: &str, options: Value, after: SetUp, staff: bool) {
        let act = match path {
            "office role" => "office.role",
            "office channel" => "office.channel",
            "office association" => "office.association",
            _ => "office.setting",
        };
        let after = Box::new(after);
        let wish = Wish::SetUp {
            act,
            after,
            staff_only: staff,
        };
        self.ask(who, path, options, &wish).await;
    }
}

fn association<'s>(set_up: &'s mut SetUp, name: &str) -> &'s mut Association {
    set_up
        .associations
        .get_mut(name)
        .expect("it was chosen among those there are")
}
