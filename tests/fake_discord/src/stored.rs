//! What a test may look up without being anybody: messages with their history, channels, files.
//!
//! People see less; see [`crate::Person`].

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::channel::Channel;
use crate::fake::Fake;
use crate::message::Message;
use crate::state::State;

/// One version of a message.
#[derive(Clone, Debug)]
pub struct StoredVersion {
    /// When it was written, on Discord's clock.
    pub at: DateTime<Utc>,
    /// Text.
    pub content: String,
    /// Embeds as clients get them, before `attachment://` is resolved.
    pub embeds: Vec<Value>,
    /// Components as clients get them.
    pub components: Vec<Value>,
    /// Ids of its files; see [`Fake::file`].
    pub attachments: Vec<u64>,
}

/// A message with everything known of it.
#[derive(Clone, Debug)]
pub struct StoredMessage {
    /// Id.
    pub id: u64,
    /// Channel or thread.
    pub channel: u64,
    /// Author.
    pub author: u64,
    /// Taken away since.
    pub deleted: bool,
    /// The one person whose client shows it, if it is ephemeral.
    pub ephemeral_for: Option<u64>,
    /// The message object as clients get it now.
    pub raw: Value,
    /// All versions, oldest first; never empty.
    pub versions: Vec<StoredVersion>,
}

impl StoredMessage {
    /// What it says now.
    pub fn content(&self) -> &str {
        self.versions
            .last()
            .map_or("", |version| version.content.as_str())
    }

    /// Every string of its newest version, joined by line breaks.
    pub fn text(&self) -> String {
        let mut words = vec![self.content().to_owned()];
        if let Some(version) = self.versions.last() {
            for value in version.embeds.iter().chain(&version.components) {
                crate::oracle::strings_of(value, &mut words);
            }
        }
        words.join("\n")
    }
}

/// A file that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAttachment {
    /// Name.
    pub filename: String,
    /// Alternative text.
    pub description: Option<String>,
    /// Media type.
    pub content_type: Option<String>,
    /// Content.
    pub bytes: Vec<u8>,
}

fn stored(state: &State, message: &Message) -> StoredMessage {
    let versions = message.versions.iter().map(|version| StoredVersion {
        at: version.at,
        content: version.content.clone(),
        embeds: version.embeds.clone(),
        components: version.components.clone(),
        attachments: version.attachments.clone(),
    });
    StoredMessage {
        id: message.id,
        channel: message.channel,
        author: message.author,
        deleted: message.deleted,
        ephemeral_for: message.ephemeral_for,
        raw: state.message_json(message.id),
        versions: versions.collect(),
    }
}

impl Fake {
    /// Messages of a channel's history as they are now, oldest first.
    pub fn messages(&self, channel: u64) -> Vec<StoredMessage> {
        self.inner.look(|state| {
            state
                .history(channel)
                .into_iter()
                .map(|message| stored(state, message))
                .collect()
        })
    }

    /// Every message there ever was, also deleted and ephemeral ones, oldest first.
    pub fn all_messages(&self) -> Vec<StoredMessage> {
        self.inner.look(|state| {
            state
                .messages
                .values()
                .map(|one| stored(state, one))
                .collect()
        })
    }

    /// One message, also if it is deleted or ephemeral.
    pub fn message(&self, id: u64) -> Option<StoredMessage> {
        self.inner
            .look(|state| state.messages.get(&id).map(|one| stored(state, one)))
    }

    /// A file by its id.
    pub fn file(&self, id: u64) -> Option<StoredAttachment> {
        self.inner.look(|state| {
            state.files.get(&id).map(|file| StoredAttachment {
                filename: file.filename.clone(),
                description: file.description.clone(),
                content_type: file.content_type.clone(),
                bytes: file.bytes.to_vec(),
            })
        })
    }

    /// A channel or thread as an administrator sees its settings.
    pub fn channel(&self, id: u64) -> Option<Channel> {
        self.inner
            .look(|state| state.channels.get(&id).map(|found| found.channel.clone()))
    }

    /// The channel object as the bot gets it.
    pub fn raw_channel(&self, id: u64) -> Option<Value> {
        self.inner
            .look(|state| state.channels.get(&id).map(|found| found.to_json()))
    }

    /// The channel (not thread) of this name.
    pub fn channel_named(&self, guild: u64, name: &str) -> Option<u64> {
        self.inner.look(|state| {
            let mut channels = state
                .channels_of(guild)
                .filter(|found| found.thread.is_none());
            channels
                .find(|found| found.channel.name == name)
                .map(|found| found.id)
        })
    }

    /// The role of this name.
    pub fn role_named(&self, guild: u64, name: &str) -> Option<u64> {
        self.inner.look(|state| {
            let roles = &state.guilds.get(&guild)?.roles;
            roles
                .values()
                .find(|role| role.role.name == name)
                .map(|role| role.id)
        })
    }

    /// The people of a server, without the bot.
    pub fn people(&self, guild: u64) -> Vec<u64> {
        self.inner.look(|state| state.people_of(guild))
    }

    /// The threads or posts below a channel, archived ones too, oldest first.
    pub fn threads(&self, channel: u64) -> Vec<u64> {
        self.inner.look(|state| {
            let below = state
                .channels
                .values()
                .filter(|found| found.thread.is_some() && found.channel.parent == Some(channel));
            below.map(|found| found.id).collect()
        })
    }

    /// Whether a member's client shows a channel or thread.
    pub fn can_view(&self, channel: u64, user: u64) -> bool {
        self.inner.look(|state| state.can_view(channel, user))
    }

    /// The people whose clients show a channel or thread.
    pub fn viewers(&self, channel: u64) -> Vec<u64> {
        self.inner.look(|state| state.viewers(channel))
    }

    /// A member's permission bits in a channel, with everything implied.
    pub fn permissions_in(&self, channel: u64, user: u64) -> u64 {
        self.inner.look(|state| state.permissions_in(channel, user))
    }

    /// The commands the bot has registered, globally (`None`) or in a server.
    pub fn registered(&self, guild: Option<u64>) -> Vec<Value> {
        self.inner
            .look(|state| state.commands.all(guild).cloned().collect())
    }
}
