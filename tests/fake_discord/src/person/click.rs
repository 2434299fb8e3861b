//! Buttons and selects on messages.

use serde_json::{Value, json};

use super::outcome::Outcome;
use super::{NotAllowed, Person, refuse};
use crate::component::{self, is_disabled, is_select, kind};
use crate::interaction::InteractionKind;
use crate::state::State;

impl Person {
    /// Presses the button with this custom id.
    pub async fn press(&self, message: u64, custom_id: &str) -> Outcome {
        self.use_component(message, custom_id, None).await
    }

    /// Presses the button with these words on it.
    pub async fn press_label(&self, message: u64, label: &str) -> Outcome {
        let found = self.message(message).map(|view| {
            view.buttons()
                .into_iter()
                .find(|button| button.label == label)?
                .custom_id
        });
        match found {
            Ok(Some(custom_id)) => self.press(message, &custom_id).await,
            Ok(None) => Outcome::Refused {
                reason: format!("there is no button {label} to press"),
            },
            Err(refused) => Outcome::Refused {
                reason: refused.reason,
            },
        }
    }

    /// Chooses in the select with this custom id: values of its options, or ids as texts.
    pub async fn select(&self, message: u64, custom_id: &str, values: &[&str]) -> Outcome {
        self.use_component(message, custom_id, Some(values)).await
    }

    async fn use_component(
        &self,
        message: u64,
        custom_id: &str,
        values: Option<&[&str]>,
    ) -> Outcome {
        let checked = self.message(message).and_then(|view| {
            let component = component::find(&view.components, custom_id);
            let Some(component) = component else {
                return refuse(format!("the message has no component {custom_id}"));
            };
            let data = self.look(|state| data_of(state, self.guild, component, values))?;
            Ok((view.channel, data))
        });
        match checked {
            Ok((channel, data)) => {
                let kind = InteractionKind::Component;
                self.start(channel, kind, data, None, Some(message)).await
            }
            Err(refused) => Outcome::Refused {
                reason: refused.reason,
            },
        }
    }
}

/// `data` of the interaction, if the client lets it happen.
fn data_of(
    state: &State,
    guild: u64,
    component: &Value,
    values: Option<&[&str]>,
) -> Result<Value, NotAllowed> {
    if is_disabled(component) {
        return refuse("the component is disabled");
    }
    let kind = component["type"].as_u64().unwrap_or_default();
    let mut data = json!({
        "custom_id": component["custom_id"],
        "component_type": kind,
        "id": component["id"],
    });
    match values {
        None if kind == kind::BUTTON => Ok(data),
        Some(values) if is_select(kind) => {
            check_values(component, kind, values)?;
            data["values"] = json!(values);
            if kind != kind::STRING_SELECT {
                data["resolved"] = resolved(state, guild, values)?;
            }
            Ok(data)
        }
        _ => refuse("this is another kind of component"),
    }
}

fn check_values(component: &Value, kind: u64, values: &[&str]) -> Result<(), NotAllowed> {
    let bound = |name: &str| component[name].as_u64().unwrap_or(1);
    let count = values.len() as u64;
    if !(bound("min_values")..=bound("max_values")).contains(&count) {
        return refuse(format!("{count} values cannot be chosen here"));
    }
    if kind != kind::STRING_SELECT {
        return Ok(());
    }
    let options = component["options"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    match values
        .iter()
        .find(|value| !options.iter().any(|option| option["value"] == ***value))
    {
        None => Ok(()),
        Some(value) => refuse(format!("there is no option {value}")),
    }
}

/// What the ids of a user, role or channel select stand for.
fn resolved(state: &State, guild: u64, values: &[&str]) -> Result<Value, NotAllowed> {
    let mut resolved = json!({});
    for value in values {
        let Ok(id) = value.parse::<u64>() else {
            return refuse(format!("{value} is not an id"));
        };
        let key = id.to_string();
        if let Some(user) = state.users.get(&id) {
            resolved["users"][&key] = user.to_json();
            if let Some(mut member) = state.member_json(guild, id) {
                if let Some(fields) = member.as_object_mut() {
                    fields.remove("user");
                }
                resolved["members"][&key] = member;
            }
        } else if let Some(role) = state.guilds.get(&guild).and_then(|g| g.roles.get(&id)) {
            resolved["roles"][&key] = role.to_json();
        } else if state.channels.contains_key(&id) {
            resolved["channels"][&key] = state.resolved_channel(id, 0);
        } else {
            return refuse(format!("nothing has the id {value}"));
        }
    }
    Ok(resolved)
}
