//! What happens to the server and to the bot: roles, members, channels, messages, restarts, cut lines,
//! faults of Discord.

use crate::{
    dice::Dice,
    life::{Life, Room},
};
use chrono::Duration;
use fake_discord::{Channel, Fault, Overwrite, Tag, Trouble, Twist, permission};
use std::collections::BTreeSet;
use tests::city::ASSOCIATIONS;

/// Faults of a simulation that Discord counts against a bot (429); it counts more than 20 of them.
const FAULTS_REFUSED_MAX: usize = 5;
/// Newcomers join while the server has fewer people than this.
const PEOPLE_MAX: usize = 32;
/// Requests that may go wrong.
const ROUTES: [(&str, &str); 8] = [
    ("POST", "/channels/{channel_id}/messages"),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"),
    ("GET", "/channels/{channel_id}/messages"),
    ("POST", "/channels/{channel_id}/threads"),
    ("PATCH", "/channels/{channel_id}"),
    ("GET", "/guilds/{guild_id}/channels"),
    ("GET", "/guilds/{guild_id}/roles"),
];

impl Life<'_> {
    /// The rooms of the city, and two spare ones for a change of mind.
    pub(crate) fn furnish(&mut self) {
        let own = ASSOCIATIONS.map(|(_, _, channel, forum)| (channel, forum));
        let others = [
            ("相談窓口", false),
            ("二次-入退院", false),
            ("二次-多職種", true),
            ("三次連携", true),
            ("進捗", false),
            ("行政通知", false),
        ];
        for (name, forum) in own.into_iter().chain(others) {
            self.rooms.push(Room {
                id: self.world.channel(name),
                name: name.to_owned(),
                forum,
                drifted: false,
            });
        }
        for (name, forum) in [("予備", false), ("予備の広場", true)] {
            self.open_room(name, forum);
        }
    }

    /// A new channel that only the bot and the owner see.
    pub(crate) fn open_room(&mut self, name: &str, forum: bool) -> u64 {
        let guild = self.world.city.guild;
        let channel = if forum {
            let statuses = ["受付", "整理済", "検討中", "完了"];
            Channel::forum(name).with_tags(statuses.map(Tag::named))
        } else {
            Channel::text(name)
        };
        let channel = channel.with_overwrites(self.overwrites(&BTreeSet::new()));
        let fake = &self.world.fake;
        let id = self.timeline.change(|| fake.add_channel(guild, channel));
        self.rooms.push(Room {
            id,
            name: name.to_owned(),
            forum,
            drifted: false,
        });
        id
    }

    fn overwrites(&self, roles: &BTreeSet<u64>) -> Vec<Overwrite> {
        let guild = self.world.city.guild;
        let see = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
        let bot = self.world.fake.bot_role(guild);
        let mut rows = vec![
            Overwrite::role(guild, 0, permission::VIEW_CHANNEL),
            Overwrite::role(bot, see | permission::MANAGE_THREADS, 0),
        ];
        rows.extend(roles.iter().map(|role| Overwrite::role(*role, see, 0)));
        rows
    }

    /// Gives a channel the permissions its use declares.
    pub(crate) fn mend(&mut self, channel: u64) {
        let bound = self.facts.set_up.bound();
        let place = bound.iter().find(|(id, _)| *id == channel);
        let roles = place.map(|(_, place)| self.facts.set_up.roles_of(place));
        let rows = self.overwrites(&roles.unwrap_or_default());
        let fake = &self.world.fake;
        self.timeline.change(|| fake.set_overwrites(channel, rows));
        if let Some(room) = self.rooms.iter_mut().find(|room| room.id == channel) {
            room.drifted = false;
        }
    }

    /// Mends every channel there is.
    pub(crate) fn mend_all(&mut self) {
        let rooms: Vec<u64> = self.rooms.iter().map(|room| room.id).collect();
        for room in rooms {
            self.mend(room);
        }
    }

    /// Somebody is given a role, loses one, joins, leaves or comes back.
    pub(crate) fn change_people(&mut self, dice: &mut Dice) {
        let guild = self.world.city.guild;
        let owner = self.world.city.owner;
        let people: Vec<u64> = self
            .facts
            .roles
            .keys()
            .copied()
            .filter(|p| *p != owner)
            .collect();
        let Some(who) = dice.pick(&people) else {
            return;
        };
        let mut roles = self.facts.roles[&who].clone();
        let all: BTreeSet<u64> = self.facts.roles.values().flatten().copied().collect();
        let all: Vec<u64> = all.into_iter().collect();
        match dice.below(10) {
            0..=3 => {
                roles.extend(dice.pick(&all));
                self.set_roles(who, &roles);
            }
            4..=6 => {
                let held: Vec<u64> = roles.iter().copied().collect();
                if let Some(role) = dice.pick(&held) {
                    roles.remove(&role);
                }
                self.set_roles(who, &roles);
            }
            7 if self.facts.roles.len() < PEOPLE_MAX => {
                let roles: BTreeSet<u64> = dice.pick(&all).into_iter().collect();
                let given: Vec<u64> = roles.iter().copied().collect();
                let fake = &self.world.fake;
                let name = format!("新任 {}", self.step);
                let add = || fake.add_member(guild, &name, "ja", &given);
                let new = self.timeline.change(add);
                self.facts.roles.insert(new, roles);
            }
            8 => {
                let fake = &self.world.fake;
                self.timeline.change(|| fake.remove_member(guild, who));
                self.facts.roles.remove(&who);
                self.away.push((who, roles));
            }
            _ => {
                if let Some((who, roles)) = self.away.pop() {
                    let fake = &self.world.fake;
                    let given: Vec<u64> = roles.iter().copied().collect();
                    self.timeline.change(|| fake.join(guild, who, &given));
                    self.facts.roles.insert(who, roles);
                }
            }
        }
        self.trail
            .note(self.step, &format!("people change: {}", self.name(who)));
    }

    /// Somebody changes who sees a channel, or mends it.
    pub(crate) fn drift(&mut self, dice: &mut Dice) {
        let drifted: Vec<u64> = self
            .rooms
            .iter()
            .filter(|r| r.drifted)
            .map(|r| r.id)
            .collect();
        if let Some(room) = dice.pick(&drifted).filter(|_| dice.chance(60)) {
            self.mend(room);
            self.trail.note(self.step, "a channel is mended");
            return;
        }
        let rooms: Vec<u64> = self.rooms.iter().map(|room| room.id).collect();
        let Some(channel) = dice.pick(&rooms) else {
            return;
        };
        let Some(found) = self.world.fake.channel(channel) else {
            return;
        };
        let mut rows = found.overwrites;
        let see = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
        let guild = self.world.city.guild;
        let roles: BTreeSet<u64> = self.facts.roles.values().flatten().copied().collect();
        let roles: Vec<u64> = roles.into_iter().collect();
        let people: Vec<u64> = self.facts.roles.keys().copied().collect();
        let bot = self.world.fake.bot_role(guild);
        let row = match dice.below(10) {
            0 => Some(Overwrite::role(guild, see, 0)),
            1 => Some(Overwrite::role(bot, 0, permission::SEND_MESSAGES)),
            2 => Some(Overwrite::role(bot, 0, permission::VIEW_CHANNEL)),
            3..=5 => dice.pick(&people).map(|who| Overwrite::member(who, see, 0)),
            _ => dice.pick(&roles).map(|role| Overwrite::role(role, see, 0)),
        };
        let Some(row) = row else { return };
        rows.retain(|known| known.principal != row.principal);
        rows.push(row);
        let fake = &self.world.fake;
        self.timeline.change(|| fake.set_overwrites(channel, rows));
        for room in &mut self.rooms {
            room.drifted |= room.id == channel;
        }
        self.trail
            .note(self.step, &format!("{} drifts", found.name));
    }

    /// A channel goes, and one like it is made.
    pub(crate) fn replace_channel(&mut self, dice: &mut Dice) {
        let chosen = dice.below(self.rooms.len());
        let room = self.rooms.swap_remove(chosen);
        let fake = &self.world.fake;
        self.timeline.change(|| fake.delete_channel(room.id));
        self.open_room(&room.name, room.forum);
        self.trail
            .note(self.step, &format!("{} goes and is made anew", room.name));
    }

    /// Somebody deletes a card.
    pub(crate) fn tear(&mut self, dice: &mut Dice) {
        let bot = self.world.fake.application_id();
        let cards: Vec<(u64, i64)> = self
            .world
            .fake
            .all_messages()
            .into_iter()
            .filter(|m| m.author == bot && !m.deleted && m.ephemeral_for.is_none())
            .filter_map(|message| Some((message.id, crate::check::number_on(&message)?)))
            .collect();
        let Some((card, number)) = dice.pick(&cards) else {
            return;
        };
        let fake = &self.world.fake;
        self.timeline.change(|| fake.delete_message(card));
        self.torn.insert(number);
        self.trail.note(
            self.step,
            &format!("the card of #{number} is deleted by hand"),
        );
    }

    /// The bot is started anew, or loses its line.
    pub(crate) async fn unplug(&mut self, dice: &mut Dice) {
        let gateway = self.world.fake.gateway();
        let what = match dice.below(5) {
            0 => {
                self.world.restart().await;
                "the bot is started anew"
            }
            1 => {
                gateway.cut();
                "the line is cut"
            }
            2 => {
                gateway.reconnect();
                "the line is to be made anew"
            }
            3 => {
                gateway.invalidate(true);
                "the session is doubted"
            }
            _ => {
                gateway.invalidate(false);
                "the session is gone"
            }
        };
        self.trail.note(self.step, what);
        // Whoever asks while there is no line is not heard; that is Discord's to tell them.
        self.breathe_again().await;
    }

    async fn breathe_again(&mut self) {
        let deaf = async |world: &tests::world::World| {
            let owner = world.fake.person(world.city.guild, world.city.owner);
            let asked = owner
                .slash(world.channel("広場"), "help", serde_json::json!({}))
                .await;
            asked.message().is_some()
        };
        let heard = self.world.until(deaf).await;
        assert!(heard, "the bot comes back");
    }

    /// Something goes wrong at Discord, once or twice.
    pub(crate) fn fault(&mut self, dice: &mut Dice) {
        let (method, route) = dice.pick(&ROUTES).expect("some");
        let times = 1 + dice.below(2);
        let trouble = match dice.below(10) {
            0..=2 => Trouble::Status(503),
            3..=5 => Trouble::Status(502),
            6..=7 => Trouble::Reset,
            8 => Trouble::RateLimited(0.3),
            _ => Trouble::Html429(1),
        };
        let limited = matches!(trouble, Trouble::RateLimited(_) | Trouble::Html429(_));
        if limited {
            self.faults_refused += times;
            if self.faults_refused > FAULTS_REFUSED_MAX {
                return;
            }
        }
        // A post of a forum that may be there is not made again before its lease has ended: half a
        // minute is too long for most simulations.
        let forum = route.ends_with("/threads");
        let trouble = match trouble {
            Trouble::Reset if forum && !dice.chance(5) => Trouble::Status(504),
            other => other,
        };
        // What Discord limits it has not done.
        let after = dice.chance(50) && !limited;
        self.trail.note(
            self.step,
            &format!("{method} {route}: {trouble:?} (after: {after})"),
        );
        let times = u64::try_from(times).expect("few");
        let fault = Fault::on(method, route, trouble).times(times);
        let fault = if after {
            fault.after_the_effect()
        } else {
            fault
        };
        // One at a time: those of rare requests would gather, and meet one card all at once.
        self.world.fake.faults().clear();
        self.world.fake.faults().add(fault);
    }

    /// Events come twice for a while.
    pub(crate) fn echo(&mut self, dice: &mut Dice) {
        let events = [
            "INTERACTION_CREATE",
            "CHANNEL_UPDATE",
            "GUILD_ROLE_UPDATE",
            "GUILD_CREATE",
        ];
        let event = dice.pick(&events).expect("some");
        self.trail.note(self.step, &format!("{event} comes twice"));
        self.world.fake.gateway().twist(event, Twist::Repeat(2), 3);
    }

    /// Time passes at the office.
    pub(crate) fn wait(&mut self, dice: &mut Dice) {
        let minutes = i64::try_from(dice.below(600)).expect("few");
        self.world.clock.advance(Duration::minutes(minutes));
    }
}
