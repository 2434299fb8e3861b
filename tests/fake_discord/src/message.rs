//! Messages: what is kept of them, how they are made, changed and taken away, and the object that
//! clients get (resources/message).
//!
//! Checks of permissions and of the payload are made before; nothing here refuses.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::component;
use crate::event::intent;
use crate::mention::{MentionDefault, Mentions};
use crate::oracle::strings_of;
use crate::snowflake::spelled;
use crate::state::State;
use crate::subscription::Change;

/// Message flags (resources/message, "Message Flags").
pub(crate) mod flag {
    pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub(crate) const HAS_THREAD: u64 = 1 << 5;
    pub(crate) const EPHEMERAL: u64 = 1 << 6;
    pub(crate) const LOADING: u64 = 1 << 7;
    pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    pub(crate) const IS_COMPONENTS_V2: u64 = 1 << 15;
}

/// Kinds of messages (resources/message, "Message Types").
pub(crate) mod kind {
    pub(crate) const DEFAULT: u8 = 0;
    pub(crate) const THREAD_CREATED: u8 = 18;
    pub(crate) const REPLY: u8 = 19;
    pub(crate) const CHAT_INPUT_COMMAND: u8 = 20;
    pub(crate) const THREAD_STARTER_MESSAGE: u8 = 21;
    pub(crate) const CONTEXT_MENU_COMMAND: u8 = 23;
}

/// What a message said at one time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Version {
    pub(crate) at: DateTime<Utc>,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    /// Ids of stored files.
    pub(crate) attachments: Vec<u64>,
    pub(crate) flags: u64,
    pub(crate) mentions: Mentions,
}

/// A message with its history.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) author: u64,
    pub(crate) kind: u8,
    /// Never empty; the last one is what is shown.
    pub(crate) versions: Vec<Version>,
    pub(crate) edited_at: Option<DateTime<Utc>>,
    pub(crate) deleted: bool,
    /// Whose client alone shows it.
    pub(crate) ephemeral_for: Option<u64>,
    /// That person has closed it.
    pub(crate) dismissed: bool,
    pub(crate) loading: bool,
    pub(crate) nonce: Option<Value>,
    pub(crate) reference: Option<Value>,
    /// The interaction whose answer it is.
    pub(crate) origin: Option<u64>,
    /// The thread that was started from it.
    pub(crate) thread: Option<u64>,
}

impl Message {
    pub(crate) fn now(&self) -> &Version {
        self.versions
            .last()
            .expect("a message is made with its first version")
    }

    /// Whether the channel's history shows it.
    pub(crate) fn is_history(&self) -> bool {
        !self.deleted && self.ephemeral_for.is_none()
    }

    pub(crate) fn flags(&self) -> u64 {
        let mut flags = self.now().flags;
        if self.ephemeral_for.is_some() {
            flags |= flag::EPHEMERAL;
        }
        if self.loading {
            flags |= flag::LOADING;
        }
        if self.thread.is_some() {
            flags |= flag::HAS_THREAD;
        }
        flags
    }
}

/// A message to be made.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) channel: u64,
    pub(crate) author: u64,
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<u64>,
    pub(crate) flags: u64,
    pub(crate) allowed_mentions: Option<Value>,
    pub(crate) mention_default: MentionDefault,
    pub(crate) nonce: Option<Value>,
    pub(crate) reference: Option<Value>,
    pub(crate) origin: Option<u64>,
    pub(crate) ephemeral_for: Option<u64>,
    pub(crate) loading: bool,
    /// Given when the id must be another thing's (forum starter messages).
    pub(crate) id: Option<u64>,
}

/// A change of a message; what is `None` stays.
#[derive(Debug, Default)]
pub(crate) struct Patch {
    pub(crate) content: Option<String>,
    pub(crate) embeds: Option<Vec<Value>>,
    pub(crate) components: Option<Vec<Value>>,
    pub(crate) attachments: Option<Vec<u64>>,
    pub(crate) flags: Option<u64>,
    pub(crate) allowed_mentions: Option<Value>,
    pub(crate) mention_default: MentionDefault,
}

impl State {
    /// Makes the message, tells everybody who sees it, and counts it in its thread.
    pub(crate) fn create_message(&mut self, draft: Draft) -> u64 {
        let id = draft.id.unwrap_or_else(|| self.fresh_id());
        let at = self.now();
        let mentions = self.mentions_of(&draft.words());
        let version = Version {
            at,
            content: draft.content,
            embeds: component::finished_embeds(draft.embeds),
            components: component::numbered(draft.components),
            attachments: draft.attachments,
            flags: draft.flags,
            mentions,
        };
        let message = Message {
            id,
            channel: draft.channel,
            author: draft.author,
            kind: draft.kind,
            versions: vec![version],
            edited_at: None,
            deleted: false,
            ephemeral_for: draft.ephemeral_for,
            dismissed: false,
            loading: draft.loading,
            nonce: draft.nonce,
            reference: draft.reference,
            origin: draft.origin,
            thread: None,
        };
        let in_history = message.is_history();
        self.messages.insert(id, message);
        if in_history {
            self.count_message(draft.channel, id);
            self.record_ping(id);
            let data = self.message_event(id);
            self.dispatch_in(
                draft.channel,
                "MESSAGE_CREATE",
                intent::GUILD_MESSAGES,
                data,
            );
        }
        self.show_message(id);
        id
    }

    /// Adds a version to the message and tells everybody.
    pub(crate) fn edit_message(&mut self, id: u64, patch: Patch) {
        let now = self.now();
        let Some(message) = self.messages.get(&id) else {
            return;
        };
        let mut version = message.now().clone();
        let channel = message.channel;
        let author = message.author;
        version.at = now;
        if let Some(embeds) = patch.embeds {
            version.embeds = component::finished_embeds(embeds);
        }
        if let Some(components) = patch.components {
            version.components = component::numbered(components);
        }
        if let Some(attachments) = patch.attachments {
            version.attachments = attachments;
        }
        if let Some(flags) = patch.flags {
            version.flags = flags;
        }
        if let Some(content) = patch.content {
            version.content = content;
            let words = Draft {
                channel,
                author,
                content: version.content.clone(),
                components: version.components.clone(),
                allowed_mentions: patch.allowed_mentions,
                mention_default: patch.mention_default,
                reference: None,
                ..Draft::default()
            };
            version.mentions = self.mentions_of(&words.words());
        }
        let Some(message) = self.messages.get_mut(&id) else {
            return;
        };
        message.loading = false;
        message.edited_at = Some(now);
        message.versions.push(version);
        if message.is_history() {
            let data = self.message_event(id);
            self.dispatch_in(channel, "MESSAGE_UPDATE", intent::GUILD_MESSAGES, data);
        }
        self.show_message(id);
    }

    /// Takes the message away; what was seen stays seen.
    pub(crate) fn delete_message(&mut self, id: u64) {
        let Some(message) = self.messages.get_mut(&id) else {
            return;
        };
        let was_history = message.is_history();
        message.deleted = true;
        let (channel, ephemeral_for) = (message.channel, message.ephemeral_for);
        let guild = self.guild_of(channel).unwrap_or_default();
        if was_history {
            if let Some(thread) = self
                .channels
                .get_mut(&channel)
                .and_then(|c| c.thread.as_mut())
                && id != channel
            {
                thread.message_count = thread.message_count.saturating_sub(1);
            }
            let data = json!({
                "id": id.to_string(),
                "channel_id": channel.to_string(),
                "guild_id": guild.to_string(),
            });
            self.dispatch_in(channel, "MESSAGE_DELETE", intent::GUILD_MESSAGES, data);
        }
        let viewers = ephemeral_for.map_or_else(|| self.viewers(channel), |user| vec![user]);
        for user in viewers {
            self.subscriptions.tell(user, Change::Messages(channel));
        }
    }

    fn count_message(&mut self, channel: u64, id: u64) {
        // Below a message, the first of a thread only shows that message again.
        let shows_again = self
            .messages
            .get(&id)
            .is_some_and(|message| message.kind == kind::THREAD_STARTER_MESSAGE);
        if let Some(found) = self.channels.get_mut(&channel) {
            found.last_message = Some(id);
            if let Some(thread) = found.thread.as_mut() {
                // The starter message of a post has the thread's id and is not counted.
                if id != channel && !shows_again {
                    thread.message_count += 1;
                    thread.total_sent += 1;
                }
            }
        }
    }

    /// Messages of a channel's history, oldest first.
    pub(crate) fn history(&self, channel: u64) -> Vec<&Message> {
        self.messages
            .values()
            .filter(|message| message.channel == channel && message.is_history())
            .collect()
    }

    /// Every string of the message's newest version, for the oracle: also those of its files and,
    /// for a public answer to a command, the options its reader can ask for.
    pub(crate) fn message_words(&self, id: u64) -> Vec<String> {
        let Some(message) = self.messages.get(&id) else {
            return Vec::new();
        };
        let version = message.now();
        let mut words = vec![version.content.clone()];
        for value in version.embeds.iter().chain(&version.components) {
            strings_of(value, &mut words);
        }
        for file in version
            .attachments
            .iter()
            .filter_map(|file| self.files.get(file))
        {
            words.extend(file.words());
        }
        if let Some(origin) = message
            .origin
            .and_then(|origin| self.interactions.get(&origin))
        {
            strings_of(origin.exposed_data(), &mut words);
        }
        words.retain(|word| !word.is_empty());
        words
    }

    /// The message object (resources/message).
    pub(crate) fn message_json(&self, id: u64) -> Value {
        let Some(message) = self.messages.get(&id) else {
            return Value::Null;
        };
        let version = message.now();
        let mut object = json!({
            "id": id.to_string(),
            "channel_id": message.channel.to_string(),
            "type": message.kind,
            "author": self.users.get(&message.author).map(crate::user::User::to_json),
            "content": version.content,
            "timestamp": spelled(message.versions[0].at),
            "edited_timestamp": message.edited_at.map(spelled),
            "tts": false,
            "pinned": false,
            "flags": message.flags(),
            "mention_everyone": version.mentions.everyone,
            "mention_roles": text_ids(&version.mentions.roles),
            "mentions": self.users_json(&version.mentions.users),
            "embeds": self.embeds_json(version),
            "attachments": self.attachments_json(message),
            "components": version.components,
        });
        if let Some(nonce) = &message.nonce {
            object["nonce"] = nonce.clone();
        }
        if let Some(reference) = &message.reference {
            object["message_reference"] = reference.clone();
        }
        if let Some(thread) = message
            .thread
            .filter(|thread| self.channels.contains_key(thread))
        {
            object["thread"] = self.thread_json_for(thread, self.application);
        }
        if let Some(origin) = message
            .origin
            .and_then(|origin| self.interactions.get(&origin))
        {
            object["webhook_id"] = json!(self.application.to_string());
            object["application_id"] = json!(self.application.to_string());
            object["interaction_metadata"] = origin.metadata_json(self);
            if let Some(interaction) = origin.legacy_json(self) {
                object["interaction"] = interaction;
            }
        }
        object
    }

    /// The message object with what the gateway adds.
    pub(crate) fn message_event(&self, id: u64) -> Value {
        let mut object = self.message_json(id);
        if let Some(message) = self.messages.get(&id)
            && let Some(guild) = self.guild_of(message.channel)
        {
            object["guild_id"] = json!(guild.to_string());
            if let Some(mut member) = self.member_json(guild, message.author) {
                if let Some(fields) = member.as_object_mut() {
                    fields.remove("user");
                }
                object["member"] = member;
            }
        }
        object
    }

    fn users_json(&self, users: &BTreeSet<u64>) -> Vec<Value> {
        users
            .iter()
            .filter_map(|user| self.users.get(user))
            .map(|user| user.to_json())
            .collect()
    }
}

fn text_ids(ids: &BTreeSet<u64>) -> Vec<String> {
    ids.iter().map(u64::to_string).collect()
}
