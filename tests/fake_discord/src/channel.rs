//! Channels, categories, forums and their threads (resources/channel, topics/threads).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::permission::Overwrite;
use crate::snowflake::spelled;

/// The channel flag that makes a forum ask for a tag.
pub(crate) const REQUIRE_TAG: u64 = 1 << 4;
/// The channel flag of a pinned forum post.
pub(crate) const PINNED: u64 = 1 << 1;

/// Kinds of channels, with Discord's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[repr(u8)]
pub enum ChannelKind {
    /// Messages.
    #[default]
    Text = 0,
    /// Voice, with messages beside it.
    Voice = 2,
    /// A heading over channels.
    Category = 4,
    /// Messages that other servers can follow.
    Announcement = 5,
    /// A thread below an announcement.
    AnnouncementThread = 10,
    /// A thread or forum post that everybody sees who sees the parent.
    PublicThread = 11,
    /// A thread for those invited and for holders of MANAGE_THREADS.
    PrivateThread = 12,
    /// A stage.
    Stage = 13,
    /// Posts only.
    Forum = 15,
    /// Posts with pictures first.
    Media = 16,
}

impl ChannelKind {
    /// Discord's number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Whether this is a thread or a forum post.
    pub const fn is_thread(self) -> bool {
        matches!(
            self,
            Self::AnnouncementThread | Self::PublicThread | Self::PrivateThread
        )
    }

    /// Whether this holds posts instead of messages.
    pub const fn is_forum(self) -> bool {
        matches!(self, Self::Forum | Self::Media)
    }

    /// Whether messages can be sent here at all.
    pub const fn holds_messages(self) -> bool {
        !matches!(self, Self::Category | Self::Forum | Self::Media)
    }
}

/// A tag that posts of a forum can carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// Id; 0 lets the stand-in choose one.
    pub id: u64,
    /// Name, at most 20 characters.
    pub name: String,
    /// Only holders of MANAGE_THREADS may apply it.
    pub moderated: bool,
}

impl Tag {
    /// A tag of this name that anybody may apply.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "name": self.name,
            "moderated": self.moderated,
            "emoji_id": null,
            "emoji_name": null,
        })
    }
}

/// A channel as a test describes it.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    /// Name; members' clients receive it even when the channel is hidden from them.
    pub name: String,
    /// Kind.
    pub kind: ChannelKind,
    /// The category, or for a thread its channel.
    pub parent: Option<u64>,
    /// Topic (a forum's guidelines).
    pub topic: Option<String>,
    /// Permission rows.
    pub overwrites: Vec<Overwrite>,
    /// Tags of a forum.
    pub tags: Vec<Tag>,
    /// A forum asks for a tag (flag 16).
    pub require_tag: bool,
    /// Slow mode in seconds; announced, not enforced.
    pub rate_limit_per_user: u32,
    /// Marked as not safe for work.
    pub nsfw: bool,
}

impl Channel {
    /// A text channel.
    pub fn text(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// A forum.
    pub fn forum(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: ChannelKind::Forum,
            ..Self::default()
        }
    }

    /// A voice channel.
    pub fn voice(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: ChannelKind::Voice,
            ..Self::default()
        }
    }

    /// A category.
    pub fn category(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: ChannelKind::Category,
            ..Self::default()
        }
    }

    /// The same channel in this category.
    #[must_use]
    pub fn below(mut self, category: u64) -> Self {
        self.parent = Some(category);
        self
    }

    /// The same channel with these permission rows.
    #[must_use]
    pub fn with_overwrites(mut self, rows: impl IntoIterator<Item = Overwrite>) -> Self {
        self.overwrites = rows.into_iter().collect();
        self
    }

    /// The same forum with these tags.
    #[must_use]
    pub fn with_tags(mut self, tags: impl IntoIterator<Item = Tag>) -> Self {
        self.tags = tags.into_iter().collect();
        self
    }
}

/// What a thread has beyond a channel.
#[derive(Clone, Debug)]
pub(crate) struct Thread {
    pub(crate) owner: u64,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    pub(crate) pinned: bool,
    pub(crate) invitable: bool,
    pub(crate) auto_archive_minutes: u64,
    pub(crate) archive_changed_at: DateTime<Utc>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) members: BTreeSet<u64>,
    pub(crate) tags: Vec<u64>,
    /// Messages now in the thread, without the one it started from.
    pub(crate) message_count: u64,
    pub(crate) total_sent: u64,
}

/// A channel in a guild.
#[derive(Clone, Debug)]
pub(crate) struct GuildChannel {
    pub(crate) id: u64,
    pub(crate) guild: u64,
    pub(crate) position: u32,
    pub(crate) last_message: Option<u64>,
    pub(crate) thread: Option<Thread>,
    pub(crate) channel: Channel,
}

impl GuildChannel {
    /// The channel whose overwrites count: itself, or the parent of a thread.
    pub(crate) fn permission_source(&self) -> u64 {
        match (&self.thread, self.channel.parent) {
            (Some(_), Some(parent)) => parent,
            _ => self.id,
        }
    }

    /// The channel object as REST and the gateway send it.
    pub(crate) fn to_json(&self) -> Value {
        match &self.thread {
            Some(thread) => self.thread_json(thread),
            None => self.channel_json(),
        }
    }

    fn channel_json(&self) -> Value {
        let channel = &self.channel;
        let rows: Vec<Value> = channel.overwrites.iter().map(|row| row.to_json()).collect();
        let mut object = json!({
            "id": self.id.to_string(),
            "type": channel.kind.number(),
            "guild_id": self.guild.to_string(),
            "name": channel.name,
            "position": self.position,
            "parent_id": channel.parent.map(|id| id.to_string()),
            "permission_overwrites": rows,
            "flags": if channel.require_tag { REQUIRE_TAG } else { 0 },
            "nsfw": channel.nsfw,
        });
        if channel.kind == ChannelKind::Category {
            return object;
        }
        object["rate_limit_per_user"] = json!(channel.rate_limit_per_user);
        object["last_message_id"] = json!(self.last_message.map(|id| id.to_string()));
        match channel.kind {
            ChannelKind::Voice | ChannelKind::Stage => {
                object["bitrate"] = json!(64_000);
                object["user_limit"] = json!(0);
                object["rtc_region"] = Value::Null;
            }
            _ => object["topic"] = json!(channel.topic),
        }
        if channel.kind.is_forum() {
            object["available_tags"] = channel.tags.iter().map(Tag::to_json).collect();
            object["default_reaction_emoji"] = Value::Null;
            object["default_sort_order"] = Value::Null;
            object["default_forum_layout"] = json!(0);
        }
        object
    }

    fn thread_json(&self, thread: &Thread) -> Value {
        let mut object = json!({
            "id": self.id.to_string(),
            "type": self.channel.kind.number(),
            "guild_id": self.guild.to_string(),
            "name": self.channel.name,
            "parent_id": self.channel.parent.map(|id| id.to_string()),
            "owner_id": thread.owner.to_string(),
            "last_message_id": self.last_message.map(|id| id.to_string()),
            "rate_limit_per_user": self.channel.rate_limit_per_user,
            "flags": if thread.pinned { PINNED } else { 0 },
            "message_count": thread.message_count,
            "total_message_sent": thread.total_sent,
            // The client stops counting at 50 (resources/channel).
            "member_count": thread.members.len().min(50),
            "applied_tags": thread.tags.iter().map(u64::to_string).collect::<Vec<_>>(),
            "thread_metadata": {
                "archived": thread.archived,
                "locked": thread.locked,
                "auto_archive_duration": thread.auto_archive_minutes,
                "archive_timestamp": spelled(thread.archive_changed_at),
                "create_timestamp": spelled(thread.created_at),
            },
        });
        if self.channel.kind == ChannelKind::PrivateThread {
            object["thread_metadata"]["invitable"] = json!(thread.invitable);
        }
        object
    }
}
