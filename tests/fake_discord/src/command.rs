//! The commands an application has registered, globally and per server
//! (interactions/application-commands).
//!
//! Their rules are in `validation::command`; here they are kept, numbered and offered to people.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::permission::{ADMINISTRATOR, USE_APPLICATION_COMMANDS};
use crate::state::State;

/// Command types.
pub(crate) mod kind {
    pub(crate) const CHAT_INPUT: u64 = 1;
    pub(crate) const MESSAGE: u64 = 3;
}

/// Option types.
pub(crate) mod option {
    pub(crate) const SUBCOMMAND: u64 = 1;
    pub(crate) const GROUP: u64 = 2;
    pub(crate) const STRING: u64 = 3;
    pub(crate) const INTEGER: u64 = 4;
    pub(crate) const BOOLEAN: u64 = 5;
    pub(crate) const USER: u64 = 6;
    pub(crate) const CHANNEL: u64 = 7;
    pub(crate) const ROLE: u64 = 8;
    pub(crate) const MENTIONABLE: u64 = 9;
    pub(crate) const NUMBER: u64 = 10;
    pub(crate) const ATTACHMENT: u64 = 11;
}

/// Where commands live: everywhere (`None`) or in one server.
pub(crate) type Scope = Option<u64>;

/// All registered commands.
#[derive(Debug, Default)]
pub(crate) struct CommandBook {
    shelves: BTreeMap<Scope, BTreeMap<u64, Value>>,
    /// Creations so far; Discord allows 200 a day (30034).
    created: BTreeMap<Scope, u32>,
}

/// Creations a day and scope.
pub(crate) const CREATED_PER_DAY_MAX: u32 = 200;

impl CommandBook {
    pub(crate) fn all(&self, scope: Scope) -> impl Iterator<Item = &Value> {
        self.shelves
            .get(&scope)
            .into_iter()
            .flat_map(BTreeMap::values)
    }

    pub(crate) fn get(&self, scope: Scope, id: u64) -> Option<&Value> {
        self.shelves.get(&scope)?.get(&id)
    }

    pub(crate) fn remove(&mut self, scope: Scope, id: u64) -> bool {
        self.shelves
            .get_mut(&scope)
            .is_some_and(|shelf| shelf.remove(&id).is_some())
    }

    /// The command of this type and name.
    pub(crate) fn named(&self, scope: Scope, kind: u64, name: &str) -> Option<&Value> {
        self.all(scope)
            .find(|command| command["type"] == kind && command["name"] == name)
    }

    /// How many of one type there are.
    pub(crate) fn count(&self, scope: Scope, kind: u64) -> usize {
        self.all(scope)
            .filter(|command| command["type"] == kind)
            .count()
    }

    pub(crate) fn created(&self, scope: Scope) -> u32 {
        self.created.get(&scope).copied().unwrap_or_default()
    }

    /// Puts a command on its shelf under its own id.
    pub(crate) fn put(&mut self, scope: Scope, command: Value) {
        let id = id_of(&command);
        self.shelves.entry(scope).or_default().insert(id, command);
    }

    pub(crate) fn count_created(&mut self, scope: Scope) {
        *self.created.entry(scope).or_default() += 1;
    }

    /// Empties a shelf.
    pub(crate) fn clear(&mut self, scope: Scope) {
        self.shelves.remove(&scope);
    }
}

/// The id of a stored command.
pub(crate) fn id_of(command: &Value) -> u64 {
    command["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .unwrap_or_default()
}

/// The type of a command in a request: a slash command unless it says otherwise.
pub(crate) fn kind_of(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(kind::CHAT_INPUT)
}

/// A choice of words in the reader's language, else the canonical one.
pub(crate) fn localized<'a>(thing: &'a Value, field: &str, locale: &str) -> &'a str {
    let translated = thing[format!("{field}_localizations")][locale].as_str();
    translated.or(thing[field].as_str()).unwrap_or_default()
}

impl State {
    /// Makes a stored command from a request; keeps the id of the one it replaces.
    pub(crate) fn command_from(
        &mut self,
        scope: Scope,
        body: &Value,
        kept_id: Option<u64>,
    ) -> Value {
        let id = kept_id.unwrap_or_else(|| self.fresh_id());
        let version = self.fresh_id();
        let kind = kind_of(body);
        let mut command = json!({
            "id": id.to_string(),
            "application_id": self.application.to_string(),
            "version": version.to_string(),
            "type": kind,
            "name": body["name"],
            "name_localizations": body["name_localizations"],
            "description": body["description"].as_str().unwrap_or_default(),
            "description_localizations": body["description_localizations"],
            "default_member_permissions": body["default_member_permissions"],
            "nsfw": body["nsfw"] == true,
            "integration_types": [0],
        });
        if let Some(guild) = scope {
            command["guild_id"] = json!(guild.to_string());
        } else {
            command["contexts"] = body["contexts"].clone();
            command["dm_permission"] = json!(body["dm_permission"] != false);
            if body["integration_types"].is_array() {
                command["integration_types"] = body["integration_types"].clone();
            }
        }
        if kind == kind::CHAT_INPUT {
            command["options"] = finished_options(&body["options"]);
        }
        command
    }

    /// Whether a person's picker shows a command in a channel: registered, open to servers, and
    /// the person holds its default permissions there.
    pub(crate) fn offers(&self, command: &Value, channel: u64, user: u64) -> bool {
        let bits = self.permissions_in(channel, user);
        if !self.can_view(channel, user) || bits & USE_APPLICATION_COMMANDS == 0 {
            return false;
        }
        let contexts = command["contexts"].as_array();
        if contexts.is_some_and(|contexts| !contexts.contains(&json!(0))) {
            return false;
        }
        match command["default_member_permissions"].as_str() {
            None => true,
            Some(needed) => {
                let needed: u64 = needed.parse().unwrap_or_default();
                let is_admin = bits & ADMINISTRATOR != 0;
                is_admin || needed != 0 && bits & needed == needed
            }
        }
    }

    /// The commands a person is offered in a channel; a server's own ones beside the global ones.
    pub(crate) fn offered(&self, channel: u64, user: u64) -> Vec<Value> {
        let Some(guild) = self.guild_of(channel) else {
            return Vec::new();
        };
        if !self.bot_in(guild) {
            return Vec::new();
        }
        self.commands
            .all(None)
            .chain(self.commands.all(Some(guild)))
            .filter(|command| self.offers(command, channel, user))
            .cloned()
            .collect()
    }
}

/// Options as they are answered: without nulls, subcommands always with a list.
fn finished_options(options: &Value) -> Value {
    let finished = |option: &Value| {
        let mut option = option.clone();
        if let Some(fields) = option.as_object_mut() {
            fields.retain(|name, field| !field.is_null() || name.ends_with("_localizations"));
        }
        let kind = option["type"].as_u64().unwrap_or_default();
        if matches!(kind, option::SUBCOMMAND | option::GROUP) {
            option["options"] = finished_options(&option["options"]);
        }
        option
    };
    options
        .as_array()
        .into_iter()
        .flatten()
        .map(finished)
        .collect()
}
