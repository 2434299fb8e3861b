//! Building and changing servers: what an administrator does by hand in the real client.
//!
//! Every change sends the event that the real one would, and lets the oracle look again.

use serde_json::json;

use crate::channel::Channel;
use crate::event::intent;
use crate::fake::Fake;
use crate::permission::Overwrite;
use crate::role::Role;
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

    /// Invites another bot; its own, managed role gets these bits. Gives the bot and the role.
    pub fn add_bot(&self, guild: u64, name: &str, permissions: u64) -> (u64, u64) {
        self.inner.change(|state| {
            let bot = state.new_user(name, "en-US");
            if let Some(user) = state.users.get_mut(&bot) {
                user.bot = true;
            }
            let mut role = Role::named(name).with_permissions(permissions);
            role.managed = true;
            let role = state.add_role(guild, role, Some(bot));
            state.join(guild, bot, vec![role]);
            (bot, role)
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

    /// Adds many channels at once and gives their ids: a server as it has grown over the years.
    pub fn add_channels(&self, guild: u64, channels: Vec<Channel>) -> Vec<u64> {
        self.inner
            .change(|state| state.add_channels(guild, channels))
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

    /// Puts a tag of its forum on a post by a person's hand, beside those it has.
    pub fn tag_post(&self, post: u64, name: &str) {
        self.inner.change(|state| {
            let tag = state.channels.get(&post).and_then(|found| {
                let forum = state.channels.get(&found.channel.parent?)?;
                let mut tags = forum.channel.tags.iter();
                tags.find(|tag| tag.name == name).map(|tag| tag.id)
            });
            if let (Some(tag), Ok(found)) = (tag, state.thread_mut(post)) {
                found.tags.push(tag);
                state.channel_event(post, "THREAD_UPDATE");
                state.show_thread(post);
            }
        });
    }

    /// Deletes a message by a moderator's hand.
    pub fn delete_message(&self, message: u64) {
        self.inner.change(|state| state.delete_message(message));
    }
}
