//! What the gateway tells the bot: which event goes to which session, and the switches that
//! duplicate, delay or lose it.
//!
//! Filtering by the bot's view of a channel is the caller's choice of method; filtering by intents
//! is done here.

use std::time::Duration;

use serde_json::{Value, json};

use crate::gateway::{Outgoing, Session, Twist};
use crate::state::State;

/// Gateway intents (events/gateway, "List of Intents").
pub(crate) mod intent {
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const GUILD_MEMBERS: u64 = 1 << 1;
    pub(crate) const GUILD_PRESENCES: u64 = 1 << 8;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    pub(crate) const GUILD_SCHEDULED_EVENTS: u64 = 1 << 16;
    /// Every intent that exists.
    pub(crate) const KNOWN: u64 = 0x1FF_FFFF & !(0b111 << 17) & !(0b11 << 22);
    pub(crate) const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
}

/// One event before it has a sequence number.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    /// Any of these intents is enough; 0 reaches everybody.
    pub(crate) intents: u64,
    pub(crate) guild: u64,
    pub(crate) data: Value,
}

impl State {
    /// Sends an event of a server the bot is in.
    pub(crate) fn dispatch(&mut self, guild: u64, name: &'static str, intents: u64, data: Value) {
        if !self.bot_in(guild) {
            return;
        }
        self.dispatch_anyway(Event {
            name,
            intents,
            guild,
            data,
        });
    }

    /// Sends an event about a channel that only those hear who see it.
    pub(crate) fn dispatch_in(
        &mut self,
        channel: u64,
        name: &'static str,
        intents: u64,
        data: Value,
    ) {
        if let Some(guild) = self.guild_of(channel)
            && self.can_view(channel, self.application)
        {
            self.dispatch(guild, name, intents, data);
        }
    }

    /// Sends an event without asking whether the bot is in the server.
    pub(crate) fn dispatch_anyway(&mut self, event: Event) {
        match self.gateway.twist_for(event.name) {
            None => self.deliver(&event),
            Some(Twist::Drop) => {}
            Some(Twist::Repeat(times)) => {
                for _ in 0..times {
                    self.deliver(&event);
                }
            }
            Some(Twist::Delay(span)) => self.deliver_later(event, span),
            Some(Twist::Hold) => self.gateway.held.push(event),
        }
    }

    fn deliver_later(&mut self, event: Event, span: Duration) {
        let house = self.house.clone();
        tokio::spawn(async move {
            tokio::time::sleep(span).await;
            if let Some(house) = house.upgrade() {
                house.change(|state| state.deliver(&event));
            }
        });
    }

    /// Gives the event to every session that is entitled to it, connected or waiting to resume.
    pub(crate) fn deliver(&mut self, event: &Event) {
        let application = self.application;
        for session in self.gateway.sessions.values_mut() {
            if session.wants(event) {
                let data = visible_content(session, event, application);
                session.push(event.name, data);
            }
        }
    }
}

/// A message's text is empty for bots without the MESSAGE_CONTENT intent, except in their own
/// messages and where they are mentioned (events/gateway, "Message Content Intent").
fn visible_content(session: &Session, event: &Event, application: u64) -> Value {
    let mut data = event.data.clone();
    let is_message = matches!(event.name, "MESSAGE_CREATE" | "MESSAGE_UPDATE");
    if !is_message || session.intents & intent::MESSAGE_CONTENT != 0 {
        return data;
    }
    let bot = application.to_string();
    let mentioned = data["mentions"]
        .as_array()
        .is_some_and(|users| users.iter().any(|user| user["id"] == bot.as_str()));
    if data["author"]["id"] != bot.as_str() && !mentioned {
        data["content"] = json!("");
        for list in ["embeds", "attachments", "components"] {
            data[list] = json!([]);
        }
    }
    data
}

impl Session {
    fn wants(&self, event: &Event) -> bool {
        let (shard, shards) = self.shard;
        let mine = event.guild == 0 || (event.guild >> 22) % shards == shard;
        mine && (event.intents == 0 || self.intents & event.intents != 0)
    }

    /// Numbers an event, keeps it for a resume, and sends it if the line is up.
    pub(crate) fn push(&mut self, name: &str, data: Value) {
        self.sequence += 1;
        let frame = json!({"op": 0, "s": self.sequence, "t": name, "d": data}).to_string();
        self.replay.push_back((self.sequence, frame.clone()));
        if self.replay.len() > REPLAY_MAX {
            self.replay.pop_front();
        }
        if let Some(line) = &self.line {
            // A line that has just gone is noticed by its own task; the event waits in `replay`.
            let _gone = line.send(Outgoing::Text(frame));
        }
    }
}

/// Events kept for a resume.
const REPLAY_MAX: usize = 10_000;
