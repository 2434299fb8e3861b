//! Servers: members, roles, and the objects that REST and the gateway send of them
//! (resources/guild).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::channel::GuildChannel;
use crate::role::GuildRole;
use crate::snowflake::spelled;
use crate::state::State;

/// A member of a server.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) user: u64,
    pub(crate) nick: Option<String>,
    /// Roles but `@everyone`.
    pub(crate) roles: Vec<u64>,
    pub(crate) joined_at: DateTime<Utc>,
    pub(crate) timed_out_until: Option<DateTime<Utc>>,
}

/// A server.
#[derive(Clone, Debug)]
pub(crate) struct Guild {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) owner: u64,
    pub(crate) locale: String,
    pub(crate) roles: BTreeMap<u64, GuildRole>,
    pub(crate) members: BTreeMap<u64, Member>,
    /// An outage: the server exists but cannot be reached.
    pub(crate) unavailable: bool,
}

impl Guild {
    /// Roles in the order of their ids, as REST lists them.
    pub(crate) fn roles_json(&self) -> Vec<Value> {
        self.roles.values().map(GuildRole::to_json).collect()
    }

    /// The guild object that REST and the gateway share.
    pub(crate) fn to_json(&self) -> Value {
        let mut object = json!({
            "id": self.id.to_string(),
            "name": self.name,
            "owner_id": self.owner.to_string(),
            "roles": self.roles_json(),
            "preferred_locale": self.locale,
            "features": [],
            "emojis": [],
            "stickers": [],
            "region": "deprecated",
            "afk_timeout": 300,
            "system_channel_flags": 0,
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw": false,
            "nsfw_level": 0,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": false,
            "widget_enabled": false,
            "max_members": 25_000_000,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50,
        });
        for absent in ABSENT_FIELDS {
            object[*absent] = Value::Null;
        }
        object
    }
}

/// Fields that are always there and, in these servers, always null.
const ABSENT_FIELDS: &[&str] = &[
    "icon",
    "icon_hash",
    "splash",
    "discovery_splash",
    "home_header",
    "description",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "incidents_data",
];

impl State {
    /// The member object; `None` for strangers.
    pub(crate) fn member_json(&self, guild: u64, user: u64) -> Option<Value> {
        let member = self.guilds.get(&guild)?.members.get(&user)?;
        let account = self.users.get(&user)?;
        Some(json!({
            "user": account.to_json(),
            "nick": member.nick,
            "avatar": null,
            "avatar_decoration_data": null,
            "banner": null,
            "roles": member.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "joined_at": spelled(member.joined_at),
            "premium_since": null,
            "deaf": false,
            "mute": false,
            "flags": 0,
            "pending": false,
            "communication_disabled_until": member.timed_out_until.map(spelled),
        }))
    }

    /// The payload of `GUILD_CREATE` for the bot: everything, whole.
    pub(crate) fn guild_create_json(&self, guild: u64) -> Option<Value> {
        let found = self.guilds.get(&guild)?;
        let bot = self.application;
        let mut object = found.to_json();
        let shown = |channel: &&GuildChannel| {
            self.switches.hidden_channels_sent || self.can_view(channel.id, bot)
        };
        let channels: Vec<Value> = self
            .channels_of(guild)
            .filter(|channel| channel.thread.is_none())
            .filter(shown)
            .map(GuildChannel::to_json)
            .collect();
        let threads: Vec<Value> = self
            .channels_of(guild)
            .filter(|channel| {
                channel
                    .thread
                    .as_ref()
                    .is_some_and(|thread| !thread.archived)
            })
            .filter(|channel| self.can_view(channel.id, bot))
            .map(|channel| self.thread_json_for(channel.id, bot))
            .collect();
        object["joined_at"] = json!(found.members.get(&bot).map(|own| spelled(own.joined_at)));
        object["large"] = json!(false);
        object["unavailable"] = json!(false);
        object["member_count"] = json!(found.members.len());
        object["members"] = json!([self.member_json(guild, bot)]);
        object["channels"] = json!(channels);
        object["threads"] = json!(threads);
        object["guild_scheduled_events"] = crate::rest::events_json(self, guild);
        for empty in EMPTY_LISTS {
            object[*empty] = json!([]);
        }
        Some(object)
    }

    /// A thread as one account sees it: with its own membership, if it has joined.
    pub(crate) fn thread_json_for(&self, thread: u64, user: u64) -> Value {
        let Some(found) = self.channels.get(&thread) else {
            return Value::Null;
        };
        let mut object = found.to_json();
        if found
            .thread
            .as_ref()
            .is_some_and(|inner| inner.members.contains(&user))
        {
            object["member"] = self.thread_member_json(thread, user);
        }
        object
    }

    /// The membership of one account in a thread.
    pub(crate) fn thread_member_json(&self, thread: u64, user: u64) -> Value {
        let since = self
            .channels
            .get(&thread)
            .and_then(|found| found.thread.as_ref());
        json!({
            "id": thread.to_string(),
            "user_id": user.to_string(),
            "join_timestamp": since.map(|inner| spelled(inner.created_at)),
            "flags": 1,
        })
    }
}

/// Lists of `GUILD_CREATE` that nothing here fills.
const EMPTY_LISTS: &[&str] = &[
    "voice_states",
    "presences",
    "stage_instances",
    "soundboard_sounds",
];
