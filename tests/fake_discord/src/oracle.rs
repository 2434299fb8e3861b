//! The leak oracle: for every person, everything their client could have got, as it happened.
//!
//! Texts are taken when an event reaches the person's client, and again whenever a change of roles
//! or overwrites opens a channel with its history. What was seen once stays seen. It judges
//! nothing: a test asks who saw a marker and compares with who may.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::permission::READ_MESSAGE_HISTORY;
use crate::state::State;
use crate::subscription::Change;

/// One text that reached a person's client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The text; the strings of one message are joined by line breaks.
    pub text: String,
    /// Where it stood, such as `message 12 in 相談`.
    pub where_: String,
    /// When the client got it, on Discord's clock.
    pub at: DateTime<Utc>,
}

#[derive(Debug)]
struct Text {
    text: String,
    folded: String,
    where_: String,
}

/// What a person's client got.
#[derive(Debug, Default)]
struct Memory {
    texts: Vec<(Arc<Text>, DateTime<Utc>)>,
    /// Message versions already taken, so that a look at the history takes each once.
    versions: HashSet<(u64, usize)>,
    messages: HashSet<u64>,
    /// Names already taken, by thing and wording.
    names: HashSet<(u64, String)>,
}

/// All persons' memories.
#[derive(Debug, Default)]
pub(crate) struct Oracle {
    people: BTreeMap<u64, Memory>,
}

impl Oracle {
    pub(crate) fn seen_by(&self, user: u64) -> Vec<Seen> {
        let texts = self
            .people
            .get(&user)
            .map_or(&[][..], |memory| &memory.texts);
        let seen = |(text, at): &(Arc<Text>, DateTime<Utc>)| Seen {
            text: text.text.clone(),
            where_: text.where_.clone(),
            at: *at,
        };
        texts.iter().map(seen).collect()
    }

    pub(crate) fn who_saw(&self, wanted: &str) -> BTreeSet<u64> {
        let wanted = folded(wanted);
        let saw = |memory: &Memory| memory.texts.iter().any(|(t, _)| t.folded.contains(&wanted));
        self.people
            .iter()
            .filter(|(_, memory)| saw(memory))
            .map(|(user, _)| *user)
            .collect()
    }

    /// Whether any version of a message reached this person.
    pub(crate) fn took(&self, user: u64, message: u64) -> bool {
        let memory = self.people.get(&user);
        memory.is_some_and(|memory| memory.messages.contains(&message))
    }

    fn take(&mut self, user: u64, text: &Arc<Text>, at: DateTime<Utc>) {
        self.people
            .entry(user)
            .or_default()
            .texts
            .push((Arc::clone(text), at));
    }
}

/// NFKC and lower case: what a reader would call the same words.
fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

fn text(text: String, where_: String) -> Arc<Text> {
    Arc::new(Text {
        folded: folded(&text),
        text,
        where_,
    })
}

/// Every string inside a JSON value, in order.
pub(crate) fn strings_of(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(string) => into.push(string.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings_of(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| strings_of(field, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl State {
    /// One person's client got a text that belongs to no message: a modal, choices, a note.
    pub(crate) fn show(&mut self, user: u64, words: &[String], where_: String) {
        let at = self.now();
        let words = text(words.join("\n"), where_);
        self.oracle.take(user, &words, at);
    }

    /// The newest version of a message reached everybody who sees it now.
    pub(crate) fn show_message(&mut self, message: u64) {
        let Some(found) = self.messages.get(&message) else {
            return;
        };
        let channel = found.channel;
        let viewers = match found.ephemeral_for {
            Some(user) => vec![user],
            None => self.viewers(channel),
        };
        self.take_message(message, &viewers);
        for user in viewers {
            self.subscriptions.tell(user, Change::Messages(channel));
        }
    }

    fn take_message(&mut self, message: u64, viewers: &[u64]) {
        let Some(found) = self.messages.get(&message) else {
            return;
        };
        let version = found.versions.len();
        let name = self
            .channels
            .get(&found.channel)
            .map_or("", |c| c.channel.name.as_str());
        let where_ = format!("message {message} in {name}");
        let fresh: Vec<u64> = viewers
            .iter()
            .copied()
            .filter(|user| {
                let memory = self.oracle.people.get(user);
                memory.is_none_or(|memory| !memory.versions.contains(&(message, version)))
            })
            .collect();
        if fresh.is_empty() {
            return;
        }
        let words = text(self.message_words(message).join("\n"), where_);
        let at = self.now();
        for user in fresh {
            self.oracle.take(user, &words, at);
            let memory = self.oracle.people.entry(user).or_default();
            memory.versions.insert((message, version));
            memory.messages.insert(message);
        }
    }

    /// A name, topic or title reached these people.
    fn take_name(&mut self, users: &[u64], thing: u64, words: &str, where_: &str) {
        let at = self.now();
        let key = (thing, words.to_owned());
        let entry = text(words.to_owned(), where_.to_owned());
        for user in users {
            if self
                .oracle
                .people
                .entry(*user)
                .or_default()
                .names
                .insert(key.clone())
            {
                self.oracle.take(*user, &entry, at);
            }
        }
    }

    /// Looks at a whole server again after something changed who sees what: names of roles and
    /// channels (hidden ones too), thread titles, and the history that has become readable.
    pub(crate) fn sweep(&mut self, guild: u64) {
        let people = self.people_of(guild);
        self.take_server_names(guild, &people);
        self.show_events(guild);
        let channels: Vec<(u64, bool)> = self
            .channels_of(guild)
            .map(|channel| (channel.id, channel.thread.is_some()))
            .collect();
        let mut readers: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for (channel, is_thread) in channels {
            let viewers = self.viewers(channel);
            if is_thread {
                self.show_title(channel, &viewers);
            }
            let readable =
                |user: &u64| self.permissions_in(channel, *user) & READ_MESSAGE_HISTORY != 0;
            readers.insert(channel, viewers.into_iter().filter(readable).collect());
        }
        let history: Vec<(u64, u64)> = self
            .messages
            .values()
            .filter(|message| message.is_history())
            .filter(|message| readers.contains_key(&message.channel))
            .map(|message| (message.id, message.channel))
            .collect();
        for (message, channel) in history {
            self.take_message(message, &readers[&channel]);
        }
        for user in people {
            self.subscriptions.tell(user, Change::Server);
        }
    }

    fn take_server_names(&mut self, guild: u64, people: &[u64]) {
        let Some(found) = self.guilds.get(&guild) else {
            return;
        };
        let mut names = vec![(guild, found.name.clone(), "name of the server".to_owned())];
        for role in found.roles.values() {
            names.push((role.id, role.role.name.clone(), "name of a role".to_owned()));
        }
        for member in found.members.values() {
            let name = self.users.get(&member.user).map(|user| user.name.clone());
            names.push((
                member.user,
                name.unwrap_or_default(),
                "name of a member".to_owned(),
            ));
        }
        for channel in self
            .channels_of(guild)
            .filter(|channel| channel.thread.is_none())
        {
            let name = &channel.channel.name;
            let mut words = vec![name.clone()];
            words.extend(channel.channel.topic.clone());
            words.extend(channel.channel.tags.iter().map(|tag| tag.name.clone()));
            names.push((
                channel.id,
                words.join("\n"),
                format!("name and topic of {name}"),
            ));
        }
        for (thing, words, where_) in names {
            self.take_name(people, thing, &words, &where_);
        }
    }

    /// The events of a server reached everybody in it: no permission is needed to see one that takes
    /// place elsewhere (resources/guild-scheduled-event).
    pub(crate) fn show_events(&mut self, guild: u64) {
        let people = self.people_of(guild);
        let events: Vec<(u64, String)> = self
            .events_of(guild)
            .map(|event| {
                let words = [
                    Some(event.name.as_str()),
                    event.description.as_deref(),
                    Some(event.location.as_str()),
                ];
                (
                    event.id,
                    words.into_iter().flatten().collect::<Vec<_>>().join("\n"),
                )
            })
            .collect();
        for (event, words) in events {
            self.take_name(&people, event, &words, "a scheduled event");
        }
        for user in people {
            self.subscriptions.tell(user, Change::Server);
        }
    }

    /// The title of a thread reached those who see it.
    pub(crate) fn show_thread(&mut self, thread: u64) {
        let viewers = self.viewers(thread);
        self.show_title(thread, &viewers);
        for user in viewers {
            self.subscriptions.tell(user, Change::Server);
        }
    }

    fn show_title(&mut self, thread: u64, viewers: &[u64]) {
        let Some(found) = self.channels.get(&thread) else {
            return;
        };
        let title = found.channel.name.clone();
        self.take_name(viewers, thread, &title, "title of a thread");
    }
}
