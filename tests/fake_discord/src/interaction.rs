//! Interactions: what a person did in the client, the token it was sent out with, and what the
//! application answered (interactions/receiving-and-responding).
//!
//! The rules of answering are in `rest::callback` and `rest::webhook`; here is what both keep.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::event::Event;
use crate::snowflake::made_at;
use crate::state::State;

/// Kinds of interactions, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum InteractionKind {
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    ModalSubmit = 5,
}

/// The first answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FirstAnswer {
    /// Type 4.
    Message,
    /// Type 5.
    Deferred,
    /// Type 6.
    DeferredUpdate,
    /// Type 7.
    Update,
    /// Type 8.
    Choices(Vec<Value>),
    /// Type 9.
    Modal(Value),
}

/// One interaction from the click to the last followup.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) kind: InteractionKind,
    pub(crate) guild: u64,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    /// `data` as it was sent.
    pub(crate) data: Value,
    /// Type of the command (1 slash, 2 user, 3 message), if it is one.
    pub(crate) command_type: Option<u64>,
    /// The message whose component was used (for a modal: under which it was opened).
    pub(crate) message: Option<u64>,
    pub(crate) dispatched_at: Instant,
    pub(crate) answer: Option<FirstAnswer>,
    /// The message that `@original` names.
    pub(crate) original: Option<u64>,
    pub(crate) followups: Vec<u64>,
    /// How often anything was sent or edited with the token after the first answer.
    pub(crate) touched: u64,
}

impl Interaction {
    /// Whether the first answer comes too late by now.
    pub(crate) fn is_overdue(&self, deadline: Duration) -> bool {
        self.answer.is_none() && self.dispatched_at.elapsed() > deadline
    }

    /// What a reader of a public answer can ask Discord for: the options of a slash command
    /// (unofficial documentation, "interaction-data").
    pub(crate) fn exposed_data(&self) -> &Value {
        match self.kind {
            InteractionKind::Command => &self.data["options"],
            _ => &Value::Null,
        }
    }

    /// `interaction_metadata` of the answering message.
    pub(crate) fn metadata_json(&self, state: &State) -> Value {
        let mut object = json!({
            "id": self.id.to_string(),
            "type": self.kind as u8,
            "user": state.users.get(&self.user).map(crate::user::User::to_json),
            "authorizing_integration_owners": {"0": self.guild.to_string()},
        });
        match (self.kind, self.message) {
            (InteractionKind::Command, _) => object["name"] = self.data["name"].clone(),
            (InteractionKind::Component, Some(message)) => {
                object["interacted_message_id"] = json!(message.to_string());
            }
            (InteractionKind::ModalSubmit, _) => {
                object["triggering_interaction_metadata"] = json!({
                    "id": self.id.to_string(),
                    "type": if self.message.is_some() { 3 } else { 2 },
                    "user": object["user"],
                    "authorizing_integration_owners": {"0": self.guild.to_string()},
                });
                if let Some(message) = self.message {
                    object["triggering_interaction_metadata"]["interacted_message_id"] =
                        json!(message.to_string());
                }
            }
            _ => {}
        }
        object
    }

    /// The older `interaction` field, which only answers to commands have.
    pub(crate) fn legacy_json(&self, state: &State) -> Option<Value> {
        if self.kind != InteractionKind::Command {
            return None;
        }
        Some(json!({
            "id": self.id.to_string(),
            "type": self.kind as u8,
            "name": self.data["name"],
            "user": state.users.get(&self.user)?.to_json(),
        }))
    }
}

/// What a client sends to start an interaction.
#[derive(Clone, Debug)]
pub(crate) struct Impulse {
    pub(crate) kind: InteractionKind,
    pub(crate) guild: u64,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    pub(crate) data: Value,
    pub(crate) command_type: Option<u64>,
    pub(crate) message: Option<u64>,
}

impl State {
    /// Makes the interaction and sends it to the application; gives its id.
    pub(crate) fn start_interaction(&mut self, impulse: Impulse) -> u64 {
        let id = self.fresh_id();
        let token = self.interaction_token(id);
        let interaction = Interaction {
            id,
            token: token.clone(),
            kind: impulse.kind,
            guild: impulse.guild,
            channel: impulse.channel,
            user: impulse.user,
            data: impulse.data,
            command_type: impulse.command_type,
            message: impulse.message,
            dispatched_at: Instant::now(),
            answer: None,
            original: None,
            followups: Vec::new(),
            touched: 0,
        };
        let data = self.interaction_json(&interaction);
        self.tokens.insert(token, id);
        self.interactions.insert(id, interaction);
        self.dispatch(impulse.guild, "INTERACTION_CREATE", 0, data);
        id
    }

    /// Sends the same interaction to the application again (delivery is not exactly-once).
    pub(crate) fn deliver_again(&mut self, id: u64) {
        let Some(interaction) = self.interactions.get(&id) else {
            return;
        };
        let guild = interaction.guild;
        let data = self.interaction_json(interaction);
        self.deliver(&Event {
            name: "INTERACTION_CREATE",
            intents: 0,
            guild,
            data,
        });
    }

    fn interaction_token(&self, id: u64) -> String {
        use base64::Engine;
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        hash.update(self.secret);
        hash.update(b"interaction");
        hash.update(id.to_be_bytes());
        let secret = format!("interaction:{id}:{:x?}", &hash.finalize()[..]);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(secret)
    }

    /// Whether the token still opens edits and followups.
    pub(crate) fn token_is_alive(&self, interaction: &Interaction) -> bool {
        let life = chrono::Duration::from_std(self.switches.token_life).unwrap_or_default();
        self.now() <= made_at(interaction.id) + life
    }

    /// The payload of `INTERACTION_CREATE`, whole (interactions/receiving-and-responding).
    pub(crate) fn interaction_json(&self, interaction: &Interaction) -> Value {
        let Interaction {
            guild,
            channel,
            user,
            ..
        } = *interaction;
        let locale = self
            .users
            .get(&user)
            .map_or("ja", |user| user.locale.as_str());
        let guild_locale = self
            .guilds
            .get(&guild)
            .map_or("ja", |guild| guild.locale.as_str());
        let mut member = self.member_json(guild, user).unwrap_or_else(|| json!({}));
        member["permissions"] = json!(self.permissions_in(channel, user).to_string());
        let mut object = json!({
            "id": interaction.id.to_string(),
            "application_id": self.application.to_string(),
            "type": interaction.kind as u8,
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "guild_id": guild.to_string(),
            "guild": {"id": guild.to_string(), "locale": guild_locale, "features": []},
            "guild_locale": guild_locale,
            "channel_id": channel.to_string(),
            "channel": self.resolved_channel(channel, user),
            "member": member,
            "locale": locale,
            "app_permissions": self.permissions_in(channel, self.application).to_string(),
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": {"0": guild.to_string()},
            "context": 0,
            "attachment_size_limit": self.switches.file_bytes_max,
        });
        if let Some(message) = interaction.message {
            object["message"] = self.message_json(message);
        }
        object
    }

    /// A channel as interactions show it: with the invoker's permissions, without what is implied.
    pub(crate) fn resolved_channel(&self, channel: u64, user: u64) -> Value {
        let Some(found) = self.channels.get(&channel) else {
            return Value::Null;
        };
        let mut object = found.to_json();
        if let Some(fields) = object.as_object_mut() {
            fields.remove("permission_overwrites");
        }
        object["permissions"] = json!(self.explicit_permissions_in(channel, user).to_string());
        object
    }
}
