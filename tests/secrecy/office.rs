//! The office of one seed: the city with other settings, circles and people laid over it.

use crate::{
    number::{FUNDS_FROM, NOTICES_FROM, TARGETS_FROM},
    step::Life,
};
use fake_discord::{Channel, Overwrite, Role, permission};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::{city::ASSOCIATIONS, dice::Dice, world::World};

/// Ranks of an association by their words; the first two take part in its talk.
pub(crate) const RANKS: [&str; 3] = ["三役", "連携担当", "会員"];
/// The role of the desk.
pub(crate) const COORDINATOR: &str = "連携コーディネーター";
/// The desk's channel.
pub(crate) const DESK: &str = "相談窓口";
/// Members of the third circle there may be.
const CIRCLE_MEMBERS: usize = 3;

/// What was drawn, by the names of the city.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Associations whose members take part in the talk.
    pub(crate) open_talk: BTreeSet<String>,
    /// Where the adviser takes part: `desk`, `tier2`, names of associations.
    pub(crate) grants: BTreeSet<String>,
    /// Associations of each circle, by its channel's id.
    pub(crate) circles: BTreeMap<u64, BTreeSet<String>>,
    /// Roles of everybody.
    pub(crate) roles: BTreeMap<u64, BTreeSet<u64>>,
    /// Names and ids of channels whose audience is declared.
    pub(crate) rooms: BTreeMap<String, u64>,
    /// Everybody whom Discord shows every channel and whom the desk has accepted.
    pub(crate) accepted: BTreeSet<u64>,
    /// Whether sessions of the region stand in the server's list of events.
    pub(crate) announces: bool,
}

impl Plan {
    /// The city's people with some more roles, and settings by chance.
    pub(crate) fn draw(world: &World, dice: &mut Dice) -> Self {
        let mut plan = Self::default();
        let city = &world.city;
        for (name, _, channel, _) in ASSOCIATIONS {
            if dice.chance(30) {
                plan.open_talk.insert(name.to_owned());
            }
            if dice.chance(25) {
                plan.grants.insert(name.to_owned());
            }
            plan.rooms.insert(channel.to_owned(), city.channel(channel));
        }
        for grant in ["desk", "tier2"] {
            if dice.chance(40) {
                plan.grants.insert(grant.to_owned());
            }
        }
        for room in [
            DESK,
            "二次-入退院",
            "二次-多職種",
            "三次連携",
            "進捗",
            "行政通知",
        ] {
            plan.rooms.insert(room.to_owned(), city.channel(room));
        }
        let all: Vec<String> = ASSOCIATIONS.iter().map(|row| row.0.to_owned()).collect();
        let mut pair = BTreeSet::new();
        while pair.len() < 2 {
            pair.extend(dice.pick(&all));
        }
        plan.circles.insert(city.channel("二次-入退院"), pair);
        let wide = all.iter().filter(|_| dice.chance(85)).cloned().collect();
        plan.circles.insert(city.channel("二次-多職種"), wide);
        if dice.chance(50) {
            let hidden = [Overwrite::role(city.guild, 0, permission::VIEW_CHANNEL)];
            let third = Channel::text("二次-在宅").with_overwrites(hidden);
            let third = world.fake.add_channel(city.guild, third);
            plan.rooms.insert("二次-在宅".to_owned(), third);
            let mut members = BTreeSet::new();
            while members.len() < CIRCLE_MEMBERS {
                members.extend(dice.pick(&all));
            }
            plan.circles.insert(third, members);
        }
        plan.people(world, dice);
        plan.announces = dice.chance(60);
        plan
    }

    fn people(&mut self, world: &World, dice: &mut Dice) {
        let (city, fake) = (&world.city, &world.fake);
        let mut give = |key: &str, role: &str| {
            let roles = BTreeSet::from([city.role(role)]);
            self.roles.insert(city.person(key), roles);
        };
        give("コーディネーター", COORDINATOR);
        give("二人目のコーディネーター", COORDINATOR);
        give("アドバイザー", "アドバイザー");
        give("オブザーバー", "オブザーバー");
        for (name, ..) in ASSOCIATIONS {
            for (key, rank) in ["会長", "連携担当", "会員"].into_iter().zip(RANKS) {
                give(&format!("{name}の{key}"), &format!("{name} {rank}"));
            }
        }
        self.roles
            .insert(city.person("所属のない人"), BTreeSet::new());
        let people: Vec<u64> = self.roles.keys().copied().collect();
        let roles = self.known_roles(world);
        for _ in 0..4 {
            let (Some(who), Some(role)) = (dice.pick(&people), dice.pick(&roles)) else {
                unreachable!("a city has people and roles");
            };
            if role != city.role(COORDINATOR) {
                self.roles.entry(who).or_default().insert(role);
            }
        }
        // An adviser who is a member, and a stranger who has only just come.
        if let Some(name) = dice.pick(&ASSOCIATIONS.map(|row| row.0)) {
            let member = city.role(&format!("{name} 会員"));
            let adviser = self.roles.get_mut(&city.person("アドバイザー"));
            adviser.expect("there is one").insert(member);
        }
        let stranger = fake.add_member(city.guild, "通りがかり 名無", "ja", &[]);
        self.roles.insert(stranger, BTreeSet::new());
        for (who, roles) in &self.roles {
            let roles: Vec<u64> = roles.iter().copied().collect();
            fake.set_roles(city.guild, *who, &roles);
        }
        self.accepted.insert(city.owner);
    }

    /// Every role people are given.
    pub(crate) fn known_roles(&self, world: &World) -> Vec<u64> {
        let mut roles: Vec<u64> = [COORDINATOR, "アドバイザー", "オブザーバー"]
            .map(|name| world.city.role(name))
            .to_vec();
        for (name, ..) in ASSOCIATIONS {
            roles.extend(RANKS.map(|rank| world.city.role(&format!("{name} {rank}"))));
        }
        roles
    }

    /// Who may see a channel: all that is declared for it.
    pub(crate) fn overwrites(&self, world: &World, room: &str) -> Vec<Overwrite> {
        let city = &world.city;
        let see = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
        let bot = world.fake.bot_role(city.guild);
        let mut names: BTreeSet<String> = BTreeSet::from([COORDINATOR.to_owned()]);
        let mut all_of = |of: &str, ranks: usize| {
            names.extend(RANKS[..ranks].iter().map(|rank| format!("{of} {rank}")));
        };
        let id = self.rooms[room];
        let adviser;
        if let Some((name, ..)) = ASSOCIATIONS.iter().find(|row| row.2 == room) {
            all_of(name, if self.open_talk.contains(*name) { 3 } else { 2 });
            adviser = self.grants.contains(*name);
        } else if let Some(members) = self.circles.get(&id) {
            members.iter().for_each(|name| all_of(name, 3));
            adviser = self.grants.contains("tier2");
        } else if room == DESK {
            adviser = self.grants.contains("desk");
        } else {
            ASSOCIATIONS.iter().for_each(|row| all_of(row.0, 3));
            names.insert("オブザーバー".to_owned());
            adviser = true;
        }
        if adviser {
            names.insert("アドバイザー".to_owned());
        }
        let mut rows = vec![
            Overwrite::role(city.guild, 0, permission::VIEW_CHANNEL),
            Overwrite::role(bot, see | permission::MANAGE_THREADS, 0),
        ];
        let role = |name: &String| Overwrite::role(city.role(name), see, 0);
        rows.extend(names.iter().map(role));
        rows
    }
}

impl Life<'_> {
    /// The first hour: everything is set up by commands, and whoever sees everything is accepted.
    pub(crate) async fn set_up(&mut self, dice: &mut Dice) {
        for (room, id) in &self.plan.rooms {
            let rows = self.plan.overwrites(self.world, room);
            self.world.fake.set_overwrites(*id, rows);
        }
        for (used, role) in [
            ("coordinator", COORDINATOR),
            ("adviser", "アドバイザー"),
            ("observer", "オブザーバー"),
        ] {
            let role = self.world.city.role(role).to_string();
            self.office("role", json!({"use": used, "role": role}))
                .await;
        }
        for (used, room) in [
            ("desk", DESK),
            ("tier3", "三次連携"),
            ("progress", "進捗"),
            ("notice", "行政通知"),
        ] {
            let channel = self.plan.rooms[room].to_string();
            let options = json!({"use": used, "channel": channel});
            self.office("channel", options).await;
        }
        for (name, professions, channel, _) in ASSOCIATIONS {
            let role = |rank: &str| self.world.city.role(&format!("{name} {rank}")).to_string();
            let talk = if self.plan.open_talk.contains(name) {
                "members"
            } else {
                "officers"
            };
            let options = json!({
                "name": name, "professions": professions.join("、"),
                "channel": self.plan.rooms[channel].to_string(), "circle": talk,
                // What it is told stands where it talks: both have the same audience.
                "feedback": self.plan.rooms[channel].to_string(),
                "scopes": Self::scope_of(name), "officers": role(RANKS[0]), "contacts": role(RANKS[1]), "members": role(RANKS[2]),
            });
            self.office("association", options).await;
        }
        for (channel, members) in self.plan.circles.clone() {
            let members: Vec<String> = members.into_iter().collect();
            let options = json!({
                "use": "tier2", "channel": channel.to_string(), "association": members.join("、"),
            });
            self.office("channel", options).await;
        }
        let grants: Vec<String> = self.plan.grants.iter().cloned().collect();
        if !grants.is_empty() {
            self.setting("adviser_sees", &grants.join("、")).await;
        }
        if self.plan.announces {
            self.setting("session_event", "tier3").await;
        }
        self.world.accept_owner().await;
        if dice.chance(60) {
            self.accept_administrator().await;
        }
        self.read_office().await;
        self.number_apart().await;
        let office = self.office.as_ref().expect("it was read");
        let granted = &office.settings.adviser_sees;
        let wanted = &self.plan.grants;
        assert_eq!(granted.desk, wanted.contains("desk"));
        assert_eq!(granted.tier2, wanted.contains("tier2"));
        let announces = office.settings.session_event == domain::event::Policy::Tier3;
        assert_eq!(announces, self.plan.announces);
        assert_eq!(office.circles.len(), self.plan.circles.len());
        assert_eq!(office.associations.len(), ASSOCIATIONS.len());
    }

    /// What is named by # as issues are gets numbers that no issue has.
    async fn number_apart(&self) {
        let office = self.office.as_ref().expect("it was read").id;
        for (noun, from) in [
            ("target", TARGETS_FROM),
            ("notice", NOTICES_FROM),
            ("fund", FUNDS_FROM),
        ] {
            let sql = format!(
                "insert into office_counter (office_id, noun, value) values ({office}, '{noun}', {from})"
            );
            self.world.by_hand(&sql).await;
        }
    }

    /// A member of the town's staff who is shown every channel; the desk accepts the role by name.
    async fn accept_administrator(&mut self) {
        let (fake, guild) = (&self.world.fake, self.world.city.guild);
        let staff = Role::named("市役所の担当").with_permissions(permission::ADMINISTRATOR);
        let staff = fake.add_role(guild, staff);
        let who = fake.add_member(guild, "架空市役所 担当", "ja", &[staff]);
        let coordinator = self.world.person("コーディネーター");
        let check = coordinator
            .slash(self.square(), "office check", json!({}))
            .await
            .expect_message();
        let accept = format!("v1:office-accept:{staff}");
        let said = coordinator.press(check.id, &accept).await.expect_message();
        assert!(said.text().contains("承知しました"), "{}", said.text());
        self.plan.roles.insert(who, BTreeSet::from([staff]));
        self.plan.accepted.insert(who);
    }

    pub(crate) async fn setting(&self, key: &str, value: &str) {
        let who = self.client(self.world.city.person("コーディネーター"));
        let options = json!({"key": key, "value": value});
        let said = who.slash(self.square(), "office setting", options).await;
        assert!(!said.text().contains("できません"), "{}", said.text());
    }

    async fn office(&self, subcommand: &str, options: Value) {
        let owner = self.world.person("サーバーの管理者");
        let path = format!("office {subcommand}");
        let said = owner.slash(self.square(), &path, options).await;
        let said = said.expect_message().text();
        assert!(!said.contains("できません"), "{path}: {said}");
    }
}
