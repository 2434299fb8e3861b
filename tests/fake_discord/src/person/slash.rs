//! Slash commands, autocomplete and the message menu at the client.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::outcome::Outcome;
use super::{NotAllowed, Person, decoded, refuse, takes_commands};
use crate::command::{self, id_of, localized, option};
use crate::interaction::InteractionKind;
use crate::state::State;

impl Person {
    /// Uses a slash command: canonical words such as `issue add`, options by canonical name.
    /// Users, roles and channels are given by id; a file as
    /// `{"name": …, "bytes_base64": …}`.
    pub async fn slash(&self, channel: u64, path: &str, options: Value) -> Outcome {
        let data = self.fake.inner.change(|state| {
            let call = SlashCall {
                person: self,
                channel,
                options: &options,
                focused: None,
            };
            call.data(state, path)
        });
        match data {
            Ok(data) => {
                self.start(channel, InteractionKind::Command, data, Some(1), None)
                    .await
            }
            Err(refused) => Outcome::Refused {
                reason: refused.reason,
            },
        }
    }

    /// Types into an option; the other options may be there already. What has been typed is the
    /// focused option's value, as text.
    pub async fn autocomplete(
        &self,
        channel: u64,
        path: &str,
        options: Value,
        focused: &str,
    ) -> Outcome {
        let data = self.fake.inner.change(|state| {
            let focused = Some(focused);
            let call = SlashCall {
                person: self,
                channel,
                options: &options,
                focused,
            };
            call.data(state, path)
        });
        match data {
            Ok(data) => {
                self.start(channel, InteractionKind::Autocomplete, data, Some(1), None)
                    .await
            }
            Err(refused) => Outcome::Refused {
                reason: refused.reason,
            },
        }
    }

    /// Uses an entry of a message's menu, by canonical or translated name.
    pub async fn menu(&self, channel: u64, message: u64, name: &str) -> Outcome {
        let data = self.message(message).and_then(|_| {
            self.look(|state| {
                let locale = state
                    .users
                    .get(&self.user)
                    .map_or("ja", |u| u.locale.as_str());
                let offered = state.offered(channel, self.user).into_iter().find(|one| {
                    let named = one["name"] == name || localized(one, "name", locale) == name;
                    command::kind_of(one) == command::kind::MESSAGE && named
                });
                let Some(offered) = offered.filter(|_| takes_commands(state, channel)) else {
                    return refuse(format!("the menu does not offer {name}"));
                };
                let key = message.to_string();
                let mut data = head_of(&offered);
                data["target_id"] = json!(key);
                data["resolved"] = json!({"messages": {&key: state.message_json(message)}});
                Ok(data)
            })
        });
        match data {
            Ok(data) => {
                let menu = Some(command::kind::MESSAGE);
                self.start(channel, InteractionKind::Command, data, menu, None)
                    .await
            }
            Err(refused) => Outcome::Refused {
                reason: refused.reason,
            },
        }
    }
}

/// The part of `data` that names the command.
fn head_of(offered: &Value) -> Value {
    let mut data = json!({
        "id": id_of(offered).to_string(),
        "name": offered["name"],
        "type": command::kind_of(offered),
    });
    if offered["guild_id"].is_string() {
        data["guild_id"] = offered["guild_id"].clone();
    }
    data
}

/// One use of a slash command.
struct SlashCall<'a> {
    person: &'a Person,
    channel: u64,
    options: &'a Value,
    /// The option being typed, for autocomplete.
    focused: Option<&'a str>,
}

type Resolved = BTreeMap<&'static str, serde_json::Map<String, Value>>;

impl SlashCall<'_> {
    /// `data` of the interaction, if the client lets it happen.
    fn data(&self, state: &mut State, path: &str) -> Result<Value, NotAllowed> {
        if !takes_commands(state, self.channel) {
            return refuse("commands cannot be used here");
        }
        let words: Vec<&str> = path.split_whitespace().collect();
        let Some((first, deeper)) = words.split_first() else {
            return refuse("no command");
        };
        let offered = state.offered(self.channel, self.person.user);
        let offered = offered.into_iter().find(|one| {
            command::kind_of(one) == command::kind::CHAT_INPUT && one["name"] == *first
        });
        let Some(offered) = offered else {
            return refuse(format!("the picker does not offer /{path}"));
        };
        let mut leaf = &offered;
        let mut nests = Vec::new();
        for word in deeper {
            let inner = leaf["options"].as_array().into_iter().flatten();
            let found = inner.into_iter().find(|one| {
                one["name"] == *word
                    && matches!(
                        one["type"].as_u64(),
                        Some(option::SUBCOMMAND | option::GROUP)
                    )
            });
            let Some(found) = found else {
                return refuse(format!("the picker does not offer /{path}"));
            };
            nests.push((found["name"].clone(), found["type"].clone()));
            leaf = found;
        }
        let declared = leaf["options"].as_array().map_or(&[][..], Vec::as_slice);
        if declared
            .iter()
            .any(|one| one["type"].as_u64() <= Some(option::GROUP))
        {
            return refuse(format!(
                "/{path} has subcommands and cannot be used by itself"
            ));
        }
        let mut resolved = Resolved::new();
        let mut options = self.filled(state, declared, &mut resolved)?;
        for (name, kind) in nests.into_iter().rev() {
            options = vec![json!({"name": name, "type": kind, "options": options})];
        }
        let mut data = head_of(&offered);
        data["options"] = Value::Array(options);
        if !resolved.is_empty() {
            data["resolved"] = json!(resolved);
        }
        Ok(data)
    }

    /// Options in the declared order, checked as the client does.
    fn filled(
        &self,
        state: &mut State,
        declared: &[Value],
        resolved: &mut Resolved,
    ) -> Result<Vec<Value>, NotAllowed> {
        for name in self
            .options
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
        {
            if !declared.iter().any(|one| one["name"] == name.as_str()) {
                return refuse(format!("the command has no option {name}"));
            }
        }
        let mut filled = Vec::new();
        for one in declared {
            let name = one["name"].as_str().unwrap_or_default();
            let given = &self.options[name];
            let is_focused = self.focused == Some(name);
            if given.is_null() && !is_focused {
                if one["required"] == true && self.focused.is_none() {
                    return refuse(format!("the option {name} is required"));
                }
                continue;
            }
            if is_focused {
                if one["autocomplete"] != true {
                    return refuse(format!("the option {name} has no autocomplete"));
                }
                let typed = given
                    .as_str()
                    .map_or_else(|| given.to_string(), str::to_owned);
                let typed = if given.is_null() {
                    String::new()
                } else {
                    typed
                };
                filled.push(json!({
                    "name": name, "type": one["type"], "value": typed, "focused": true,
                }));
                continue;
            }
            let value = self.value_of(state, one, name, given, resolved)?;
            filled.push(json!({"name": name, "type": one["type"], "value": value}));
        }
        match self.focused {
            Some(name) if !filled.iter().any(|one| one["focused"] == true) => {
                refuse(format!("the command has no option {name}"))
            }
            _ => Ok(filled),
        }
    }

    fn value_of(
        &self,
        state: &mut State,
        one: &Value,
        name: &str,
        given: &Value,
        resolved: &mut Resolved,
    ) -> Result<Value, NotAllowed> {
        let kind = one["type"].as_u64().unwrap_or_default();
        let fits = match kind {
            option::STRING => given.as_str().is_some_and(|text| {
                let count = text.encode_utf16().count() as u64;
                count >= one["min_length"].as_u64().unwrap_or(0)
                    && count <= one["max_length"].as_u64().unwrap_or(6000)
            }),
            option::INTEGER => given.is_i64() && is_between(one, given),
            option::NUMBER => given.is_number() && is_between(one, given),
            option::BOOLEAN => given.is_boolean(),
            option::ATTACHMENT => return self.attach(state, given, resolved),
            _ => return self.resolve(state, (name, kind), given, resolved),
        };
        if !fits {
            return refuse(format!("{given} does not fit the option {name}"));
        }
        let choices = one["choices"].as_array().map_or(&[][..], Vec::as_slice);
        if !choices.is_empty() && !choices.iter().any(|choice| choice["value"] == *given) {
            return refuse(format!("{given} is not a choice of the option {name}"));
        }
        Ok(given.clone())
    }

    fn attach(
        &self,
        state: &mut State,
        given: &Value,
        resolved: &mut Resolved,
    ) -> Result<Value, NotAllowed> {
        let (Some(name), Some(bytes)) = (given["name"].as_str(), given["bytes_base64"].as_str())
        else {
            return refuse("a file is given as {\"name\", \"bytes_base64\"}");
        };
        let bytes = decoded(bytes)?;
        if bytes.len() > state.switches.file_bytes_max {
            return refuse("the file is too large");
        }
        let id = state.store_file(self.channel, name.to_owned(), None, None, bytes.into());
        let object = state.file_json(id, true);
        resolved
            .entry("attachments")
            .or_default()
            .insert(id.to_string(), object);
        Ok(json!(id.to_string()))
    }

    /// Users, roles, channels: an id, and what it stands for.
    fn resolve(
        &self,
        state: &State,
        (name, kind): (&str, u64),
        given: &Value,
        resolved: &mut Resolved,
    ) -> Result<Value, NotAllowed> {
        let takes = |wanted: u64| {
            kind == wanted || kind == option::MENTIONABLE && wanted != option::CHANNEL
        };
        let id = given.as_u64().or_else(|| given.as_str()?.parse().ok());
        let Some(id) = id else {
            return refuse(format!("the option {name} takes an id"));
        };
        let guild = self.person.guild;
        let key = id.to_string();
        let mut put = |shelf: &'static str, object: Value| {
            resolved
                .entry(shelf)
                .or_default()
                .insert(key.clone(), object);
        };
        if let Some(user) = state.users.get(&id).filter(|_| takes(option::USER)) {
            put("users", user.to_json());
            if let Some(mut member) = state.member_json(guild, id) {
                if let Some(fields) = member.as_object_mut() {
                    fields.retain(|field, _| !matches!(field.as_str(), "user" | "deaf" | "mute"));
                }
                member["permissions"] = json!(state.permissions_in(self.channel, id).to_string());
                put("members", member);
            }
        } else if let Some(role) = state.guilds.get(&guild).and_then(|g| g.roles.get(&id))
            && takes(option::ROLE)
        {
            put("roles", role.to_json());
        } else if takes(option::CHANNEL) && state.can_view(id, self.person.user) {
            put("channels", state.resolved_channel(id, self.person.user));
        } else {
            return refuse(format!("the option {name} offers nothing with the id {id}"));
        }
        Ok(json!(id.to_string()))
    }
}

fn is_between(one: &Value, given: &Value) -> bool {
    let number = given.as_f64().unwrap_or_default();
    one["min_value"]
        .as_f64()
        .is_none_or(|least| number >= least)
        && one["max_value"].as_f64().is_none_or(|most| number <= most)
}
