//! The changes of servers themselves: who joins, what is added and taken away, and the events that
//! tell of it.
//!
//! The handles that a test uses for them are in `server`.

use serde_json::{Value, json};

use crate::channel::{Channel, GuildChannel};
use crate::event::{Event, intent};
use crate::guild::{Guild, Member};
use crate::permission::EVERYONE_DEFAULT;
use crate::role::{GuildRole, Role};
use crate::state::State;
use crate::user::User;

impl State {
    pub(crate) fn new_user(&mut self, name: &str, locale: &str) -> u64 {
        let id = self.fresh_id();
        let user = User {
            id,
            name: name.to_owned(),
            locale: locale.to_owned(),
            bot: false,
        };
        self.users.insert(id, user);
        id
    }

    pub(crate) fn new_guild(&mut self, name: &str, owner_name: &str) -> u64 {
        let owner = self.new_user(owner_name, "ja");
        let id = self.fresh_id();
        let everyone = Role::named("@everyone").with_permissions(EVERYONE_DEFAULT);
        let everyone = GuildRole {
            id,
            position: 0,
            bot: None,
            role: everyone,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            locale: "ja".to_owned(),
            roles: [(id, everyone)].into(),
            members: Default::default(),
            unavailable: false,
        };
        self.guilds.insert(id, guild);
        self.join(id, owner, Vec::new());
        id
    }

    pub(crate) fn bot_role(&self, guild: u64) -> Option<u64> {
        let roles = &self.guilds.get(&guild)?.roles;
        roles
            .values()
            .find(|role| role.bot == Some(self.application))
            .map(|role| role.id)
    }

    pub(crate) fn bot_joins(&mut self, guild: u64) {
        let bot = self.application;
        if self.bot_in(guild) {
            return;
        }
        let mut role = Role::named(self.users[&bot].name.clone());
        role.permissions = self.invite_permissions;
        role.managed = true;
        let role = self.add_role(guild, role, Some(bot));
        self.join(guild, bot, vec![role]);
        if let Some(data) = self.guild_create_json(guild) {
            self.dispatch(guild, "GUILD_CREATE", intent::GUILDS, data);
        }
    }

    pub(crate) fn bot_leaves(&mut self, guild: u64) {
        let bot = self.application;
        let role = self.bot_role(guild);
        let Some(found) = self.guilds.get_mut(&guild) else {
            return;
        };
        found.members.remove(&bot);
        if let Some(role) = role {
            found.roles.remove(&role);
        }
        let data = json!({"id": guild.to_string()});
        let event = Event {
            name: "GUILD_DELETE",
            intents: intent::GUILDS,
            guild,
            data,
        };
        self.dispatch_anyway(event);
        self.sweep(guild);
    }

    pub(crate) fn set_unavailable(&mut self, guild: u64, unavailable: bool) {
        let Some(found) = self.guilds.get_mut(&guild) else {
            return;
        };
        found.unavailable = unavailable;
        let (name, data) = if unavailable {
            (
                "GUILD_DELETE",
                json!({"id": guild.to_string(), "unavailable": true}),
            )
        } else {
            (
                "GUILD_CREATE",
                self.guild_create_json(guild).unwrap_or_default(),
            )
        };
        self.dispatch_anyway(Event {
            name,
            intents: intent::GUILDS,
            guild,
            data,
        });
    }

    pub(crate) fn guild_update(&mut self, guild: u64) {
        let data = self.guilds.get(&guild).map_or(Value::Null, Guild::to_json);
        self.dispatch(guild, "GUILD_UPDATE", intent::GUILDS, data);
        self.sweep(guild);
    }

    pub(crate) fn add_role(&mut self, guild: u64, role: Role, bot: Option<u64>) -> u64 {
        let id = self.fresh_id();
        let Some(found) = self.guilds.get_mut(&guild) else {
            return 0;
        };
        let position = u32::try_from(found.roles.len()).unwrap_or(u32::MAX);
        let role = GuildRole {
            id,
            position,
            bot,
            role,
        };
        let data = json!({"guild_id": guild.to_string(), "role": role.to_json()});
        found.roles.insert(id, role);
        self.dispatch(guild, "GUILD_ROLE_CREATE", intent::GUILDS, data);
        self.sweep(guild);
        id
    }

    pub(crate) fn member_mut(&mut self, guild: u64, user: u64) -> Option<&mut Member> {
        self.guilds.get_mut(&guild)?.members.get_mut(&user)
    }

    pub(crate) fn join(&mut self, guild: u64, user: u64, roles: Vec<u64>) {
        let joined_at = self.now();
        let Some(found) = self.guilds.get_mut(&guild) else {
            return;
        };
        let member = Member {
            user,
            nick: None,
            roles,
            joined_at,
            timed_out_until: None,
        };
        found.members.insert(user, member);
        if user != self.application {
            let mut data = self.member_json(guild, user).unwrap_or_default();
            data["guild_id"] = json!(guild.to_string());
            self.dispatch(guild, "GUILD_MEMBER_ADD", intent::GUILD_MEMBERS, data);
        }
        self.sweep(guild);
    }

    pub(crate) fn set_roles(&mut self, guild: u64, user: u64, roles: Vec<u64>) {
        if let Some(member) = self.member_mut(guild, user) {
            member.roles = roles;
        }
        self.member_update(guild, user);
    }

    /// The bot's own update needs no intent.
    pub(crate) fn member_update(&mut self, guild: u64, user: u64) {
        let intents = if user == self.application {
            0
        } else {
            intent::GUILD_MEMBERS
        };
        let mut data = self.member_json(guild, user).unwrap_or_default();
        data["guild_id"] = json!(guild.to_string());
        self.dispatch(guild, "GUILD_MEMBER_UPDATE", intents, data);
        self.sweep(guild);
    }

    pub(crate) fn add_channel(&mut self, guild: u64, channel: Channel) -> u64 {
        let id = self.fresh_id();
        let position = self
            .channels_of(guild)
            .filter(|found| found.thread.is_none())
            .count();
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        let found = GuildChannel {
            id,
            guild,
            position,
            last_message: None,
            thread: None,
            channel,
        };
        self.channels.insert(id, found);
        self.number_tags(id);
        self.channel_event(id, "CHANNEL_CREATE");
        self.sweep(guild);
        id
    }

    /// Adds many channels that nobody has seen yet, and lets the oracle look once.
    pub(crate) fn add_channels(&mut self, guild: u64, channels: Vec<Channel>) -> Vec<u64> {
        let first = self
            .channels_of(guild)
            .filter(|found| found.thread.is_none())
            .count();
        let mut ids = Vec::with_capacity(channels.len());
        for (number, channel) in channels.into_iter().enumerate() {
            let id = self.fresh_id();
            let found = GuildChannel {
                id,
                guild,
                position: u32::try_from(first + number).unwrap_or(u32::MAX),
                last_message: None,
                thread: None,
                channel,
            };
            self.channels.insert(id, found);
            self.number_tags(id);
            self.channel_event(id, "CHANNEL_CREATE");
            ids.push(id);
        }
        self.sweep(guild);
        ids
    }

    /// Gives ids to tags that have none.
    pub(crate) fn number_tags(&mut self, channel: u64) {
        let count = self
            .channels
            .get(&channel)
            .map_or(0, |found| found.channel.tags.len());
        for number in 0..count {
            let id = self.fresh_id();
            let tags = self
                .channels
                .get_mut(&channel)
                .map(|found| &mut found.channel.tags);
            if let Some(tag) = tags.and_then(|tags| tags.get_mut(number))
                && tag.id == 0
            {
                tag.id = id;
            }
        }
    }

    /// An event about a channel as a whole; threads only to those who see them.
    pub(crate) fn channel_event(&mut self, channel: u64, name: &'static str) {
        let Some(found) = self.channels.get(&channel) else {
            return;
        };
        let (guild, data) = (found.guild, found.to_json());
        let event = match (found.thread.is_some(), name) {
            (true, "CHANNEL_UPDATE") => "THREAD_UPDATE",
            _ => name,
        };
        if found.thread.is_some() || !self.switches.hidden_channels_sent {
            self.dispatch_in(channel, event, intent::GUILDS, data);
        } else {
            self.dispatch(guild, event, intent::GUILDS, data);
        }
    }

    /// Takes away a channel or thread with everything in it.
    pub(crate) fn remove_channel(&mut self, channel: u64) {
        let Some(found) = self.channels.get(&channel).cloned() else {
            return;
        };
        if found.thread.is_some() {
            let data = json!({
                "id": channel.to_string(),
                "guild_id": found.guild.to_string(),
                "parent_id": found.channel.parent.map(|id| id.to_string()),
                "type": found.channel.kind.number(),
            });
            self.dispatch_in(channel, "THREAD_DELETE", intent::GUILDS, data);
        } else {
            self.dispatch(
                found.guild,
                "CHANNEL_DELETE",
                intent::GUILDS,
                found.to_json(),
            );
        }
        let is_below = |one: &GuildChannel| {
            one.thread.is_some() && one.channel.parent == Some(channel) || one.id == channel
        };
        let gone: Vec<u64> = self
            .channels
            .values()
            .filter(|one| is_below(one))
            .map(|one| one.id)
            .collect();
        for message in self
            .messages
            .values_mut()
            .filter(|one| gone.contains(&one.channel))
        {
            message.deleted = true;
        }
        // A message whose thread is gone may have another (experience).
        for message in self.messages.values_mut() {
            if message.thread.is_some_and(|thread| gone.contains(&thread)) {
                message.thread = None;
            }
        }
        self.channels.retain(|id, _| !gone.contains(id));
        // Channels of a category that is gone stay, without it.
        for one in self.channels.values_mut() {
            if one.channel.parent == Some(channel) {
                one.channel.parent = None;
            }
        }
        self.sweep(found.guild);
    }
}
