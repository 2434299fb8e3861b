//! What a person's client shows right now.

use serde_json::Value;

use super::view::{ChannelView, CommandView, MessageView, OptionView, ThreadView, message_view};
use super::{NotAllowed, Person, refuse};
use crate::channel::GuildChannel;
use crate::command::{self, id_of, localized, option};
use crate::message::Message;
use crate::permission::READ_MESSAGE_HISTORY;
use crate::state::State;

/// Whether a person's client shows a message.
fn shows(state: &State, message: &Message, user: u64) -> bool {
    if message.deleted || message.dismissed || !state.can_view(message.channel, user) {
        return false;
    }
    match message.ephemeral_for {
        Some(owner) => owner == user,
        None => {
            let bits = state.permissions_in(message.channel, user);
            bits & READ_MESSAGE_HISTORY != 0 || state.oracle.took(user, message.id)
        }
    }
}

impl Person {
    /// The channels this person's client lists, in order, with the threads below them.
    pub fn channels(&self) -> Vec<ChannelView> {
        self.look(|state| {
            let mut channels: Vec<&GuildChannel> = state
                .channels_of(self.guild)
                .filter(|found| found.thread.is_none() && state.can_view(found.id, self.user))
                .collect();
            channels.sort_by_key(|found| found.position);
            channels
                .into_iter()
                .map(|found| self.channel_view(state, found))
                .collect()
        })
    }

    fn channel_view(&self, state: &State, found: &GuildChannel) -> ChannelView {
        let channel = &found.channel;
        let tag_name = |id: &u64| {
            channel
                .tags
                .iter()
                .find(|tag| tag.id == *id)
                .map(|tag| tag.name.clone())
        };
        let threads = state.channels_of(self.guild).filter_map(|below| {
            let thread = below.thread.as_ref()?;
            let mine = below.channel.parent == Some(found.id);
            (mine && state.can_view(below.id, self.user)).then(|| ThreadView {
                id: below.id,
                name: below.channel.name.clone(),
                archived: thread.archived,
                locked: thread.locked,
                tags: thread.tags.iter().filter_map(tag_name).collect(),
                message_count: thread.message_count,
            })
        });
        ChannelView {
            id: found.id,
            name: channel.name.clone(),
            kind: channel.kind,
            category: channel.parent,
            topic: channel.topic.clone(),
            tags: channel.tags.iter().map(|tag| tag.name.clone()).collect(),
            writable: super::may_write(state, found.id, self.user).is_ok(),
            threads: threads.collect(),
        }
    }

    /// The messages this person's client shows in a channel or thread, oldest first, their own
    /// ephemeral ones in their places.
    pub fn messages(&self, channel: u64) -> Vec<MessageView> {
        self.look(|state| {
            let here = state
                .messages
                .values()
                .filter(|message| message.channel == channel);
            here.filter(|message| shows(state, message, self.user))
                .map(|message| message_view(state, message))
                .collect()
        })
    }

    /// The newest message this person's client shows in a channel.
    pub fn last_message(&self, channel: u64) -> Option<MessageView> {
        self.messages(channel).pop()
    }

    /// One message.
    ///
    /// # Errors
    /// When this person's client does not show it.
    pub fn message(&self, message: u64) -> Result<MessageView, NotAllowed> {
        self.look(|state| match state.messages.get(&message) {
            Some(found) if shows(state, found, self.user) => Ok(message_view(state, found)),
            _ => refuse("this person's client does not show the message"),
        })
    }

    /// What the slash picker and the message menu offer in a channel.
    pub fn commands(&self, channel: u64) -> Vec<CommandView> {
        self.look(|state| {
            if !super::takes_commands(state, channel) {
                return Vec::new();
            }
            let locale = state
                .users
                .get(&self.user)
                .map_or("ja", |user| user.locale.as_str());
            let mut views = Vec::new();
            for offered in state.offered(channel, self.user) {
                let name = offered["name"].as_str().unwrap_or_default().to_owned();
                let display = localized(&offered, "name", locale).to_owned();
                let head = (id_of(&offered), command::kind_of(&offered));
                collect_commands(&offered, head, (name, display), locale, &mut views);
            }
            views
        })
    }
}

/// A command without subcommands is one entry; otherwise every leaf is.
fn collect_commands(
    thing: &Value,
    (id, kind): (u64, u64),
    (path, display): (String, String),
    locale: &str,
    views: &mut Vec<CommandView>,
) {
    let options = thing["options"].as_array().map_or(&[][..], Vec::as_slice);
    let is_nest = |one: &&Value| {
        matches!(
            one["type"].as_u64(),
            Some(option::SUBCOMMAND | option::GROUP)
        )
    };
    if options.iter().any(|one| is_nest(&one)) {
        for inner in options.iter().filter(is_nest) {
            let name = inner["name"].as_str().unwrap_or_default();
            let words = (
                format!("{path} {name}"),
                format!("{display} {}", localized(inner, "name", locale)),
            );
            collect_commands(inner, (id, kind), words, locale, views);
        }
        return;
    }
    if thing["type"].as_u64() == Some(option::GROUP) && path.contains(' ') {
        return;
    }
    views.push(CommandView {
        id,
        kind,
        path,
        display,
        description: localized(thing, "description", locale).to_owned(),
        options: options.iter().map(|one| option_view(one, locale)).collect(),
    });
}

fn option_view(one: &Value, locale: &str) -> OptionView {
    let choices = one["choices"].as_array().into_iter().flatten();
    OptionView {
        name: one["name"].as_str().unwrap_or_default().to_owned(),
        display: localized(one, "name", locale).to_owned(),
        description: localized(one, "description", locale).to_owned(),
        kind: one["type"].as_u64().unwrap_or_default(),
        required: one["required"] == true,
        autocomplete: one["autocomplete"] == true,
        choices: choices
            .map(|choice| {
                (
                    localized(choice, "name", locale).to_owned(),
                    choice["value"].clone(),
                )
            })
            .collect(),
    }
}
