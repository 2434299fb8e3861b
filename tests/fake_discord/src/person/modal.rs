//! Modals at the client: what they show, and sending them off.

use serde_json::{Value, json};

use super::outcome::Outcome;
use super::view::{FieldView, ModalView};
use super::{NotAllowed, Person, refuse};
use crate::component::{is_select, kind};
use crate::interaction::{Interaction, InteractionKind};

/// Characters of a field without a limit of its own.
const FIELD_MAX: u64 = 4000;

/// The modal an interaction was answered with.
pub(crate) fn modal_view(interaction: &Interaction, data: &Value) -> ModalView {
    let components = data["components"].as_array().cloned().unwrap_or_default();
    ModalView {
        interaction: interaction.id,
        channel: interaction.channel,
        message: interaction.message,
        title: data["title"].as_str().unwrap_or_default().to_owned(),
        custom_id: data["custom_id"].as_str().unwrap_or_default().to_owned(),
        fields: components.iter().filter_map(field_view).collect(),
        components,
    }
}

fn field_view(top: &Value) -> Option<FieldView> {
    let (input, label) = match top["type"].as_u64()? {
        kind::ACTION_ROW => (&top["components"][0], &top["components"][0]["label"]),
        kind::LABEL => (&top["component"], &top["label"]),
        _ => return None,
    };
    let text = |name: &str| input[name].as_str().map(str::to_owned);
    Some(FieldView {
        custom_id: text("custom_id")?,
        label: label.as_str().unwrap_or_default().to_owned(),
        is_long: input["style"].as_u64() == Some(2),
        value: text("value"),
        placeholder: text("placeholder"),
        required: input["required"] != false,
        min_length: input["min_length"].as_u64().unwrap_or(0),
        max_length: input["max_length"].as_u64().unwrap_or(FIELD_MAX),
        raw: input.clone(),
    })
}

impl Person {
    /// Sends a modal off. `fields` maps custom ids to texts (to lists of values for selects);
    /// fields that are left out keep what stood in them.
    pub async fn submit(&self, modal: &ModalView, fields: Value) -> Outcome {
        match filled(modal, &fields) {
            Err(refused) => Outcome::Refused {
                reason: refused.reason,
            },
            Ok(components) => {
                let data = json!({
                    "custom_id": modal.custom_id,
                    "components": components,
                    "resolved": {},
                });
                let kind = InteractionKind::ModalSubmit;
                self.start(modal.channel, kind, data, None, modal.message)
                    .await
            }
        }
    }
}

/// The components as the client sends them back: those of the modal, with values.
fn filled(modal: &ModalView, fields: &Value) -> Result<Vec<Value>, NotAllowed> {
    for name in fields
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
    {
        if !modal.fields.iter().any(|field| field.custom_id == *name) {
            return refuse(format!("the modal has no field {name}"));
        }
    }
    let mut sent = Vec::new();
    for (number, top) in modal.components.iter().enumerate() {
        let Some(view) = field_view(top) else {
            continue;
        };
        let given = &fields[&view.custom_id];
        let input = input_sent(&view, given, 2 * number + 2)?;
        sent.push(match top["type"].as_u64() {
            Some(kind::LABEL) => {
                json!({"type": kind::LABEL, "id": 2 * number + 1, "component": input})
            }
            _ => json!({"type": kind::ACTION_ROW, "id": 2 * number + 1, "components": [input]}),
        });
    }
    Ok(sent)
}

fn input_sent(view: &FieldView, given: &Value, id: usize) -> Result<Value, NotAllowed> {
    let kind = view.raw["type"].as_u64().unwrap_or_default();
    if is_select(kind) {
        let values = given.as_array().cloned().unwrap_or_default();
        if values.is_empty() && view.required {
            return refuse(format!("{} must be chosen", view.label));
        }
        return Ok(json!({"type": kind, "id": id, "custom_id": view.custom_id, "values": values}));
    }
    let value = match given {
        Value::Null => view.value.clone().unwrap_or_default(),
        Value::String(text) => text.clone(),
        other => return refuse(format!("{} takes a text, not {other}", view.label)),
    };
    let count = value.encode_utf16().count() as u64;
    if value.is_empty() && view.required {
        return refuse(format!("{} must be filled", view.label));
    }
    let is_bounded = !value.is_empty();
    if is_bounded && !(view.min_length..=view.max_length).contains(&count) {
        return refuse(format!(
            "{} takes {} to {} characters, not {count}",
            view.label, view.min_length, view.max_length
        ));
    }
    Ok(json!({"type": kind, "id": id, "custom_id": view.custom_id, "value": value}))
}
