//! A person at their client: what it shows, and what they do in it, with the checks that the real
//! client and server make.

mod click;
mod modal;
mod outcome;
mod sight;
mod slash;
mod view;

use base64::Engine;
use futures::Stream;
use futures::stream::unfold;
use serde_json::Value;

pub use outcome::{Choice, Outcome};
pub use view::{
    AttachmentView, ButtonView, ChannelView, CommandView, FieldView, MessageView, ModalView,
    OptionView, ThreadView,
};

use crate::channel::ChannelKind;
use crate::fake::Fake;
use crate::interaction::{Impulse, InteractionKind};
use crate::message::{Draft, kind};
use crate::permission::{
    CREATE_PUBLIC_THREADS, MANAGE_MESSAGES, MANAGE_THREADS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS,
};
use crate::state::State;
use crate::subscription::Change;

/// What the client or the server does not let a person do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAllowed {
    /// Why.
    pub reason: String,
}

impl std::fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for NotAllowed {}

pub(crate) fn refuse<T>(reason: impl Into<String>) -> Result<T, NotAllowed> {
    Err(NotAllowed {
        reason: reason.into(),
    })
}

/// A person in a server; see [`Fake::person`].
#[derive(Clone, Debug)]
pub struct Person {
    pub(crate) fake: Fake,
    pub(crate) guild: u64,
    pub(crate) user: u64,
    twice: bool,
}

impl Fake {
    /// The client of a member of a server.
    pub fn person(&self, guild: u64, user: u64) -> Person {
        Person {
            fake: self.clone(),
            guild,
            user,
            twice: false,
        }
    }

    /// Sends an interaction that already happened to the bot once more.
    pub fn deliver_again(&self, interaction: u64) {
        self.inner.change(|state| state.deliver_again(interaction));
    }

    /// Hears whenever something a person can see has changed.
    pub fn subscribe(&self, person: &Person) -> impl Stream<Item = Change> + use<> {
        let receiver = self
            .inner
            .change(|state| state.subscriptions.add(person.user));
        unfold(receiver, |mut receiver| async move {
            receiver.recv().await.map(|change| (change, receiver))
        })
    }
}

impl Person {
    /// The person's id.
    pub fn id(&self) -> u64 {
        self.user
    }

    /// The server they are looking at.
    pub fn guild(&self) -> u64 {
        self.guild
    }

    /// Their display name.
    pub fn name(&self) -> String {
        self.look(|state| {
            state
                .users
                .get(&self.user)
                .map_or(String::new(), |u| u.name.clone())
        })
    }

    /// The same person, whose interactions all reach the bot twice.
    #[must_use]
    pub fn twice(&self) -> Self {
        Self {
            twice: true,
            ..self.clone()
        }
    }

    pub(crate) fn look<R>(&self, ask: impl FnOnce(&State) -> R) -> R {
        self.fake.inner.look(ask)
    }

    /// Writes a message.
    ///
    /// # Errors
    /// When the channel is not shown, takes no messages, or the person may not write there.
    pub fn say(&self, channel: u64, text: &str) -> Result<u64, NotAllowed> {
        self.say_with(channel, text, &[])
    }

    /// Writes a message with files, given as name and content.
    ///
    /// # Errors
    /// As [`Person::say`].
    pub fn say_with(
        &self,
        channel: u64,
        text: &str,
        files: &[(&str, &[u8])],
    ) -> Result<u64, NotAllowed> {
        self.fake.inner.change(|state| {
            may_write(state, channel, self.user)?;
            super::rest::open_thread(state, channel);
            let attachments = files.iter().map(|(name, bytes)| {
                let bytes = bytes.to_vec().into();
                state.store_file(channel, (*name).to_owned(), None, None, bytes)
            });
            let attachments = attachments.collect();
            let content = text.to_owned();
            Ok(state.create_message(Draft {
                channel,
                author: self.user,
                content,
                attachments,
                ..Draft::default()
            }))
        })
    }

    /// Replies to a message.
    ///
    /// # Errors
    /// As [`Person::say`], and when the message is not shown.
    pub fn reply(&self, message: u64, text: &str) -> Result<u64, NotAllowed> {
        let found = self.message(message)?;
        self.fake.inner.change(|state| {
            may_write(state, found.channel, self.user)?;
            Ok(state.create_message(Draft {
                channel: found.channel,
                author: self.user,
                kind: kind::REPLY,
                content: text.to_owned(),
                reference: Some(serde_json::json!({
                    "type": 0,
                    "message_id": message.to_string(),
                    "channel_id": found.channel.to_string(),
                    "guild_id": self.guild.to_string(),
                })),
                ..Draft::default()
            }))
        })
    }

    /// Deletes a message: one's own, or with MANAGE_MESSAGES any.
    ///
    /// # Errors
    /// When the message is not shown or not theirs to delete.
    pub fn delete(&self, message: u64) -> Result<(), NotAllowed> {
        let found = self.message(message)?;
        self.fake.inner.change(|state| {
            let bits = state.permissions_in(found.channel, self.user);
            if found.author != self.user && bits & MANAGE_MESSAGES == 0 {
                return refuse("this message may only be deleted by its author or a moderator");
            }
            state.delete_message(message);
            Ok(())
        })
    }

    /// Closes an ephemeral message.
    ///
    /// # Errors
    /// When it is not shown to this person, or not ephemeral.
    pub fn dismiss(&self, message: u64) -> Result<(), NotAllowed> {
        if !self.message(message)?.ephemeral {
            return refuse("only ephemeral messages can be dismissed");
        }
        self.fake.inner.change(|state| {
            if let Some(found) = state.messages.get_mut(&message) {
                found.dismissed = true;
            }
        });
        Ok(())
    }

    /// Starts a thread (from a text channel) or creates a post (in a forum, with a first message
    /// and names of tags); gives its id.
    ///
    /// # Errors
    /// When the person may not, or a tag is unknown.
    pub fn open_thread(
        &self,
        channel: u64,
        title: &str,
        text: &str,
        tags: &[&str],
    ) -> Result<u64, NotAllowed> {
        self.fake.inner.change(|state| {
            let bits = state.permissions_in(channel, self.user);
            let Some(found) = state.channels.get(&channel) else {
                return refuse("there is no such channel");
            };
            let is_forum = found.channel.kind.is_forum();
            let needed = if is_forum {
                SEND_MESSAGES
            } else {
                CREATE_PUBLIC_THREADS
            };
            if !state.can_view(channel, self.user) || bits & needed == 0 {
                return refuse("threads cannot be opened here");
            }
            let known = |name: &&str| {
                found
                    .channel
                    .tags
                    .iter()
                    .find(|tag| tag.name == **name)
                    .map(|tag| tag.id)
            };
            let Some(ids) = tags.iter().map(known).collect::<Option<Vec<u64>>>() else {
                return refuse("there is no such tag");
            };
            super::rest::open_by_hand(state, channel, self.user, title, text, ids)
        })
    }

    /// Sends an interaction with this `type` (2 command, 3 component, 4 autocomplete, 5 modal) and
    /// `data`, without any of the client's checks: a forged client.
    pub async fn deliver_raw(
        &self,
        channel: u64,
        kind: u8,
        data: Value,
        message: Option<u64>,
    ) -> Outcome {
        let kind = match kind {
            2 => InteractionKind::Command,
            3 => InteractionKind::Component,
            4 => InteractionKind::Autocomplete,
            _ => InteractionKind::ModalSubmit,
        };
        let command_type = data["type"]
            .as_u64()
            .filter(|_| kind == InteractionKind::Command);
        self.start(channel, kind, data, command_type, message).await
    }

    /// Starts an interaction and waits for what becomes of it.
    pub(crate) async fn start(
        &self,
        channel: u64,
        kind: InteractionKind,
        data: Value,
        command_type: Option<u64>,
        message: Option<u64>,
    ) -> Outcome {
        let (guild, user) = (self.guild, self.user);
        let impulse = Impulse {
            kind,
            guild,
            channel,
            user,
            data,
            command_type,
            message,
        };
        let id = self.fake.inner.change(|state| {
            let id = state.start_interaction(impulse);
            if self.twice {
                state.deliver_again(id);
            }
            id
        });
        outcome::wait(&self.fake, id).await
    }
}

fn may_write(state: &State, channel: u64, user: u64) -> Result<(), NotAllowed> {
    let Some(found) = state.channels.get(&channel) else {
        return refuse("there is no such channel");
    };
    if !state.can_view(channel, user) || !found.channel.kind.holds_messages() {
        return refuse("messages cannot be written here");
    }
    let bits = state.permissions_in(channel, user);
    let is_thread = found.thread.is_some();
    let needed = if is_thread {
        SEND_MESSAGES_IN_THREADS
    } else {
        SEND_MESSAGES
    };
    let is_locked = found.thread.as_ref().is_some_and(|thread| thread.locked);
    if bits & needed == 0 || is_locked && bits & MANAGE_THREADS == 0 {
        return refuse("this person may not write here");
    }
    Ok(())
}

/// Bytes given as base64 in a test's JSON.
pub(crate) fn decoded(text: &str) -> Result<Vec<u8>, NotAllowed> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(text);
    bytes.map_err(|error| NotAllowed {
        reason: format!("bytes_base64 is not base64: {error}"),
    })
}

/// Whether slash commands can be used in a channel of this kind and state.
pub(crate) fn takes_commands(state: &State, channel: u64) -> bool {
    state.channels.get(&channel).is_some_and(|found| {
        let is_archived = found.thread.as_ref().is_some_and(|thread| thread.archived);
        found.channel.kind.holds_messages()
            && found.channel.kind != ChannelKind::Category
            && !is_archived
    })
}
