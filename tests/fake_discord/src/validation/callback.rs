//! Rules for the first answer to an interaction (interactions/receiving-and-responding).

use serde_json::Value;

use super::message::{self, Origin};
use super::{Errors, below, modal};
use crate::interaction::InteractionKind;
use crate::message::flag;
use crate::rest::Upload;

const CHOICES_MAX: usize = 25;

/// Answer types.
pub(crate) mod kind {
    pub(crate) const MESSAGE: u64 = 4;
    pub(crate) const DEFERRED: u64 = 5;
    pub(crate) const DEFERRED_UPDATE: u64 = 6;
    pub(crate) const UPDATE: u64 = 7;
    pub(crate) const CHOICES: u64 = 8;
    pub(crate) const MODAL: u64 = 9;
}

/// Which types may answer which kind of interaction. A modal that was opened from a component may
/// be answered by an update of that component's message.
fn allowed(kind: InteractionKind, from_message: bool) -> &'static [u64] {
    match (kind, from_message) {
        (InteractionKind::Command, _) => &[kind::MESSAGE, kind::DEFERRED, kind::MODAL],
        (InteractionKind::Component, _) => &[
            kind::MESSAGE,
            kind::DEFERRED,
            kind::DEFERRED_UPDATE,
            kind::UPDATE,
            kind::MODAL,
        ],
        (InteractionKind::Autocomplete, _) => &[kind::CHOICES],
        (InteractionKind::ModalSubmit, true) => &[
            kind::MESSAGE,
            kind::DEFERRED,
            kind::DEFERRED_UPDATE,
            kind::UPDATE,
        ],
        (InteractionKind::ModalSubmit, false) => &[kind::MESSAGE, kind::DEFERRED],
    }
}

/// Checks a callback against the interaction it answers.
pub(crate) fn check(
    errors: &mut Errors,
    body: &Value,
    files: &[Upload],
    interaction: InteractionKind,
    from_message: bool,
) {
    let kinds = allowed(interaction, from_message);
    let data = &body["data"];
    match body["type"].as_u64() {
        None => errors.required("type"),
        // The wording of the tree is experience.
        Some(kind) if !kinds.contains(&kind) => errors.choices("type", kinds),
        Some(kind::MESSAGE) => message::check(errors, "data", data, files, Origin::Answer),
        Some(kind::UPDATE) => message::check(errors, "data", data, files, Origin::Edit),
        Some(kind::DEFERRED) => {
            let flags = data["flags"].as_u64().unwrap_or_default();
            if flags & !flag::EPHEMERAL != 0 {
                errors.add(
                    "data.flags",
                    "FLAGS_INVALID",
                    "Only EPHEMERAL can be set here.",
                );
            }
        }
        Some(kind::CHOICES) => check_choices(errors, "data.choices", &data["choices"]),
        Some(kind::MODAL) => modal::check(errors, "data", data),
        Some(_) => {}
    }
}

fn check_choices(errors: &mut Errors, path: &str, choices: &Value) {
    let Some(list) = choices.as_array() else {
        errors.required(path);
        return;
    };
    if list.len() > CHOICES_MAX {
        let message = format!("Must be {CHOICES_MAX} or fewer in length.");
        errors.add(path, "BASE_TYPE_MAX_LENGTH", message);
    }
    for (number, choice) in list.iter().enumerate() {
        let place = below(path, &number.to_string());
        errors.between(&below(&place, "name"), &choice["name"], (1, 100), true);
        match &choice["value"] {
            Value::String(_) => {
                errors.between(&below(&place, "value"), &choice["value"], (0, 100), true);
            }
            Value::Number(_) => {}
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                errors.required(&below(&place, "value"));
            }
        }
    }
}
