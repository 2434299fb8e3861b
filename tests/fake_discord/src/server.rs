//! Building and changing servers: what an administrator does by hand in the real client.
//!
//! Every change sends the event that the real one would, and lets the oracle look again.

use serde_json::{Value, json};

use crate::channel::{Channel, GuildChannel};
use crate::event::{Event, intent};
use crate::fake::Fake;
use crate::guild::{Guild, Member};
use crate::permission::{EVERYONE_DEFAULT, Overwrite};
use crate::role::{GuildRole, Role};
use crate::state::State;
use crate::user::User;

impl Fake {
    /// Makes a server with an owner and the bot in it, invited with the bits of
    /// [`crate::Options`]; gives its id, which is also the id of `@everyone`.
    pub fn guild(&self, name: &str, owner_name: &str) -> u64 {
        self.inner.change(|state| {
            let guild = state.new_guild(name, owner_name);
            state.bot_joins(guild);
            guild
        })
    }

    /// Makes a server that the bot has not been invited to.
    pub fn guild_without_bot(&self, name: &str, owner_name: &str) -> u64 {
        self.inner.change(|state| state.new_guild(name, owner_name))
    }

    /// The owner of a server; 0 if there is no such server.
    pub fn owner(&self, guild: u64) -> u64 {
        self.inner
            .look(|state| state.guilds.get(&guild).map_or(0, |guild| guild.owner))
    }

    /// The bot's own, managed role; 0 where the bot is not.
    pub fn bot_role(&self, guild: u64) -> u64 {
        self.inner
            .look(|state| state.bot_role(guild).unwrap_or_default())
    }

    /// Gives the bot one more role.
    pub fn add_bot_role(&self, guild: u64, role: u64) {
        self.inner.change(|state| {
            let bot = state.application;
            let mut roles = state.roles_of(guild, bot).to_vec();
            roles.push(role);
            state.set_roles(guild, bot, roles);
        });
    }

    /// Takes the bot out of a server (GUILD_DELETE without `unavailable`).
    pub fn bot_leaves(&self, guild: u64) {
        self.inner.change(|state| state.bot_leaves(guild));
    }

    /// Invites the bot into a server it is not in.
    pub fn bot_joins(&self, guild: u64) {
        self.inner.change(|state| state.bot_joins(guild));
    }

    /// Begins or ends an outage of a server (GUILD_DELETE with `unavailable`, GUILD_CREATE).
    pub fn set_unavailable(&self, guild: u64, unavailable: bool) {
        self.inner
            .change(|state| state.set_unavailable(guild, unavailable));
    }

    /// Renames a server.
    pub fn rename_guild(&self, guild: u64, name: &str) {
        self.inner.change(|state| {
            if let Some(found) = state.guilds.get_mut(&guild) {
                found.name = name.to_owned();
            }
            state.guild_update(guild);
        });
    }

    /// Hands a server to another member.
    pub fn set_owner(&self, guild: u64, user: u64) {
        self.inner.change(|state| {
            if let Some(found) = state.guilds.get_mut(&guild) {
                found.owner = user;
            }
            state.guild_update(guild);
        });
    }

    /// Adds a role and gives its id.
    pub fn add_role(&self, guild: u64, role: Role) -> u64 {
        self.inner.change(|state| state.add_role(guild, role, None))
    }

    /// Changes a role; `@everyone` has the id of the server.
    pub fn edit_role(&self, guild: u64, role: u64, edit: impl FnOnce(&mut Role)) {
        self.inner.change(|state| {
            let found = state
                .guilds
                .get_mut(&guild)
                .and_then(|found| found.roles.get_mut(&role));
            let Some(found) = found else { return };
            edit(&mut found.role);
            let data = json!({"guild_id": guild.to_string(), "role": found.to_json()});
            state.dispatch(guild, "GUILD_ROLE_UPDATE", intent::GUILDS, data);
            state.sweep(guild);
        });
    }

    /// Deletes a role; members and channels lose it.
    pub fn delete_role(&self, guild: u64, role: u64) {
        self.inner.change(|state| {
            let Some(found) = state.guilds.get_mut(&guild) else {
                return;
            };
            found.roles.remove(&role);
            for member in found.members.values_mut() {
                member.roles.retain(|held| *held != role);
            }
            for channel in state
                .channels
                .values_mut()
                .filter(|found| found.guild == guild)
            {
                channel.channel.overwrites.retain(|row| row.id() != role);
            }
            let data = json!({"guild_id": guild.to_string(), "role_id": role.to_string()});
            state.dispatch(guild, "GUILD_ROLE_DELETE", intent::GUILDS, data);
            state.sweep(guild);
        });
    }

    /// Adds a new person to a server; `locale` is the language of their client, such as `ja`.
    pub fn add_member(&self, guild: u64, name: &str, locale: &str, roles: &[u64]) -> u64 {
        self.inner.change(|state| {
            let user = state.new_user(name, locale);
            state.join(guild, user, roles.to_vec());
            user
        })
    }

    /// Adds a person who exists already to another server.
    pub fn join(&self, guild: u64, user: u64, roles: &[u64]) {
        self.inner
            .change(|state| state.join(guild, user, roles.to_vec()));
    }

    /// Sets all roles of a member.
    pub fn set_roles(&self, guild: u64, user: u64, roles: &[u64]) {
        self.inner
            .change(|state| state.set_roles(guild, user, roles.to_vec()));
    }

    /// Sets or removes a member's nickname.
    pub fn set_nick(&self, guild: u64, user: u64, nick: Option<&str>) {
        self.inner.change(|state| {
            if let Some(member) = state.member_mut(guild, user) {
                member.nick = nick.map(str::to_owned);
            }
            state.member_update(guild, user);
        });
    }

    /// Silences a member for a while, or ends that with `None`.
    pub fn time_out(&self, guild: u64, user: u64, span: Option<std::time::Duration>) {
        self.inner.change(|state| {
            let span = span.and_then(|span| chrono::Duration::from_std(span).ok());
            let until = span.map(|span| state.now() + span);
            if let Some(member) = state.member_mut(guild, user) {
                member.timed_out_until = until;
            }
            state.member_update(guild, user);
        });
    }

    /// A member leaves or is removed.
    pub fn remove_member(&self, guild: u64, user: u64) {
        self.inner.change(|state| {
            let Some(found) = state.guilds.get_mut(&guild) else {
                return;
            };
            found.members.remove(&user);
            let account = state.users.get(&user).map(User::to_json);
            let data = json!({"guild_id": guild.to_string(), "user": account});
            state.dispatch(guild, "GUILD_MEMBER_REMOVE", intent::GUILD_MEMBERS, data);
        });
    }

    /// Adds a channel and gives its id.
    pub fn add_channel(&self, guild: u64, channel: Channel) -> u64 {
        self.inner.change(|state| state.add_channel(guild, channel))
    }

    /// Changes a channel or thread by an administrator's hand.
    pub fn edit_channel(&self, channel: u64, edit: impl FnOnce(&mut Channel)) {
        self.inner.change(|state| {
            let Some(found) = state.channels.get_mut(&channel) else {
                return;
            };
            edit(&mut found.channel);
            let guild = found.guild;
            state.number_tags(channel);
            state.channel_event(channel, "CHANNEL_UPDATE");
            state.sweep(guild);
        });
    }

    /// Sets all permission rows of a channel.
    pub fn set_overwrites(&self, channel: u64, rows: impl IntoIterator<Item = Overwrite>) {
        let rows: Vec<Overwrite> = rows.into_iter().collect();
        self.edit_channel(channel, |channel| channel.overwrites = rows);
    }

    /// Deletes a channel with its threads.
    pub fn delete_channel(&self, channel: u64) {
        self.inner.change(|state| state.remove_channel(channel));
    }

    /// Archives or opens, locks or unlocks a thread by a moderator's hand.
    pub fn set_thread(&self, thread: u64, archived: bool, locked: bool) {
        self.inner.change(|state| {
            let now = state.now();
            let Ok(found) = state.thread_mut(thread) else {
                return;
            };
            found.archived = archived;
            found.locked = locked;
            found.archive_changed_at = now;
            state.channel_event(thread, "THREAD_UPDATE");
            state.show_thread(thread);
        });
    }

    /// Deletes a message by a moderator's hand.
    pub fn delete_message(&self, message: u64) {
        self.inner.change(|state| state.delete_message(message));
    }
}

impl State {
    fn new_user(&mut self, name: &str, locale: &str) -> u64 {
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

    fn new_guild(&mut self, name: &str, owner_name: &str) -> u64 {
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

    fn bot_role(&self, guild: u64) -> Option<u64> {
        let roles = &self.guilds.get(&guild)?.roles;
        roles
            .values()
            .find(|role| role.bot == Some(self.application))
            .map(|role| role.id)
    }

    fn bot_joins(&mut self, guild: u64) {
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

    fn set_unavailable(&mut self, guild: u64, unavailable: bool) {
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

    fn guild_update(&mut self, guild: u64) {
        let data = self.guilds.get(&guild).map_or(Value::Null, Guild::to_json);
        self.dispatch(guild, "GUILD_UPDATE", intent::GUILDS, data);
        self.sweep(guild);
    }

    fn add_role(&mut self, guild: u64, role: Role, bot: Option<u64>) -> u64 {
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

    fn member_mut(&mut self, guild: u64, user: u64) -> Option<&mut Member> {
        self.guilds.get_mut(&guild)?.members.get_mut(&user)
    }

    fn join(&mut self, guild: u64, user: u64, roles: Vec<u64>) {
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

    fn set_roles(&mut self, guild: u64, user: u64, roles: Vec<u64>) {
        if let Some(member) = self.member_mut(guild, user) {
            member.roles = roles;
        }
        self.member_update(guild, user);
    }

    /// The bot's own update needs no intent.
    fn member_update(&mut self, guild: u64, user: u64) {
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

    fn add_channel(&mut self, guild: u64, channel: Channel) -> u64 {
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

    /// Gives ids to tags that have none.
    fn number_tags(&mut self, channel: u64) {
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
