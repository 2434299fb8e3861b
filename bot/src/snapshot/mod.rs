//! A lean snapshot of each server: roles, channels, the bot's own place; nothing of its people.
//!
//! The rules are read whole, by Discord's REST interface with every permission bit, whenever an event
//! says that something changed, after every reconnect, and when they have become old. An event never
//! edits a snapshot: events overtake each other, and a proof must not rest on their order.

mod picture;
mod shelf;

pub(crate) use shelf::{Shelf, Unknown};

use crate::discord::{Outcome, Port, RawChannel, RawOverwrite, RawRole};
use domain::id::{ChannelId, RoleId, ServerId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// Permission bits (topics/permissions).
pub(crate) mod permission {
    pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
    pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
    pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
    pub(crate) const EMBED_LINKS: u64 = 1 << 14;
    pub(crate) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
}

/// Role flag IN_PROMPT: people can give it to themselves when they join.
const IN_PROMPT: u64 = 1;

/// What a channel is, as far as sending is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Messages are sent into it.
    Text,
    /// It holds posts.
    Forum,
    /// Neither: a voice channel, a category …
    Other,
}

/// One server at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) server: ServerId,
    pub(crate) owner: UserId,
    pub(crate) bot: UserId,
    /// Roles the bot holds, without @everyone.
    pub(crate) bot_roles: BTreeSet<RoleId>,
    pub(crate) roles: BTreeMap<RoleId, Role>,
    pub(crate) channels: BTreeMap<ChannelId, Channel>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) permissions: u64,
    pub(crate) self_assigned: bool,
    pub(crate) managed: bool,
    /// The bot it was made for.
    pub(crate) of_bot: Option<UserId>,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Channel {
    pub(crate) kind: Kind,
    pub(crate) parent: Option<ChannelId>,
    pub(crate) overwrites: Vec<RawOverwrite>,
    pub(crate) tags: Vec<crate::discord::RawTag>,
}

impl Snapshot {
    /// Reads a server as it is now.
    pub(crate) async fn read(port: &Port, server: ServerId, bot: UserId) -> Outcome<Self> {
        let (whole, roles, channels, member) = tokio::join!(
            port.server(server),
            port.roles(server),
            port.channels(server),
            port.member(server, bot),
        );
        whole
            .and(roles)
            .and(channels)
            .and(member)
            .map(|(((whole, roles), channels), member)| Self {
                server,
                owner: UserId(whole.owner_id),
                bot,
                bot_roles: member.roles.iter().map(|id| RoleId(id.0)).collect(),
                roles: roles.into_iter().map(role).collect(),
                channels: channels.into_iter().map(channel).collect(),
            })
    }
}

fn role(raw: RawRole) -> (RoleId, Role) {
    let role = Role {
        permissions: raw.permissions,
        self_assigned: raw.flags & IN_PROMPT != 0,
        managed: raw.managed,
        of_bot: raw.tags.and_then(|tags| tags.bot_id).map(UserId),
    };
    (RoleId(raw.id), role)
}

fn channel(raw: RawChannel) -> (ChannelId, Channel) {
    let channel = Channel {
        // Text and announcements; forums and media channels (resources/channel, "Channel Types").
        kind: match raw.kind {
            0 | 5 => Kind::Text,
            15 | 16 => Kind::Forum,
            _ => Kind::Other,
        },
        parent: raw.parent_id.map(ChannelId),
        overwrites: raw.permission_overwrites,
        tags: raw.available_tags,
    };
    (ChannelId(raw.id), channel)
}
