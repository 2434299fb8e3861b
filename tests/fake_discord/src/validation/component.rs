//! Rules for the components of a message (components/reference).

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Errors, below};
use crate::component::{is_select, kind, walk};

/// Rows of a message without components v2.
const ROWS_MAX: usize = 5;
/// Buttons in a row.
const BUTTONS_MAX: usize = 5;
/// Components in a message with components v2, nested ones included.
const COMPONENTS_V2_MAX: usize = 40;
const OPTIONS_MAX: usize = 25;
const STYLE_LINK: u64 = 5;
const STYLE_PREMIUM: u64 = 6;

/// Checks a message's components; `v2` is the flag IS_COMPONENTS_V2.
pub(crate) fn check(errors: &mut Errors, path: &str, components: &Value, v2: bool) {
    let Some(list) = components.as_array() else {
        return;
    };
    if v2 {
        let mut count = 0;
        walk(list, &mut |_| count += 1);
        if count > COMPONENTS_V2_MAX {
            let message =
                format!("The total number of components is limited to {COMPONENTS_V2_MAX}");
            errors.add(path, "BASE_TYPE_BAD_LENGTH", message);
        }
    } else if list.len() > ROWS_MAX {
        errors.bad_length(path, 0, ROWS_MAX);
    }
    for (number, component) in list.iter().enumerate() {
        let place = below(path, &number.to_string());
        if !v2 && component["type"].as_u64() != Some(kind::ACTION_ROW) {
            errors.choices(&below(&place, "type"), &[kind::ACTION_ROW]);
        } else {
            check_tree(errors, &place, component);
        }
    }
    check_custom_ids(errors, path, list);
}

fn check_tree(errors: &mut Errors, path: &str, component: &Value) {
    match component["type"].as_u64() {
        Some(kind::ACTION_ROW) => check_row(errors, path, component),
        Some(kind::BUTTON) => check_button(errors, path, component),
        Some(select) if is_select(select) => check_select(errors, path, component),
        Some(kind::TEXT_INPUT | kind::LABEL) => {
            let message = "This component is for modals only.";
            errors.add(&below(path, "type"), "COMPONENT_TYPE_INVALID", message);
        }
        Some(kind::TEXT_DISPLAY) => {
            errors.between(
                &below(path, "content"),
                &component["content"],
                (1, 4000),
                true,
            );
        }
        Some(_) => {
            let inner = component["components"].as_array().into_iter().flatten();
            for (number, inner) in inner.enumerate() {
                check_tree(errors, &below(path, &format!("components.{number}")), inner);
            }
            if component["accessory"].is_object() {
                check_tree(errors, &below(path, "accessory"), &component["accessory"]);
            }
        }
        None => errors.required(&below(path, "type")),
    }
}

fn check_row(errors: &mut Errors, path: &str, row: &Value) {
    let inner = row["components"].as_array().map_or(&[][..], Vec::as_slice);
    let place = below(path, "components");
    if inner.is_empty() || inner.len() > BUTTONS_MAX {
        errors.bad_length(&place, 1, BUTTONS_MAX);
    }
    let selects = inner
        .iter()
        .filter(|c| c["type"].as_u64().is_some_and(is_select))
        .count();
    if selects > 0 && inner.len() > 1 {
        // The code word is experience.
        let message = "The specified component exceeds the maximum width";
        errors.add(&place, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
    }
    for (number, component) in inner.iter().enumerate() {
        let place = below(&place, &number.to_string());
        match component["type"].as_u64() {
            Some(kind::BUTTON) => check_button(errors, &place, component),
            Some(select) if is_select(select) => check_select(errors, &place, component),
            _ => errors.choices(&below(&place, "type"), &[2, 3, 5, 6, 7, 8]),
        }
    }
}

fn check_button(errors: &mut Errors, path: &str, button: &Value) {
    errors.at_most(&below(path, "label"), &button["label"], 80);
    let style = button["style"].as_u64();
    let has_face = button["label"].is_string() || button["emoji"].is_object();
    match style {
        Some(STYLE_LINK) => {
            errors.between(&below(path, "url"), &button["url"], (1, 512), true);
            if button["custom_id"].is_string() {
                let message = "A custom id and url cannot both be specified";
                errors.add(
                    &below(path, "custom_id"),
                    "COMPONENT_CUSTOM_ID_AND_URL",
                    message,
                );
            }
        }
        Some(STYLE_PREMIUM) => {}
        Some(1..=4) => {
            errors.between(
                &below(path, "custom_id"),
                &button["custom_id"],
                (1, 100),
                true,
            );
            if button["url"].is_string() {
                errors.add(
                    &below(path, "url"),
                    "BUTTON_COMPONENT_INVALID_URL",
                    "No url here.",
                );
            }
        }
        _ => errors.choices(&below(path, "style"), &[1, 2, 3, 4, 5, 6]),
    }
    if !has_face && style != Some(STYLE_PREMIUM) {
        let message = "A label or emoji is required.";
        errors.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
    }
}

/// Rules of the five selects; in modals they are the same.
pub(crate) fn check_select(errors: &mut Errors, path: &str, select: &Value) {
    errors.between(
        &below(path, "custom_id"),
        &select["custom_id"],
        (1, 100),
        true,
    );
    errors.at_most(&below(path, "placeholder"), &select["placeholder"], 150);
    errors.number(&below(path, "min_values"), &select["min_values"], 0, 25);
    errors.number(&below(path, "max_values"), &select["max_values"], 1, 25);
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(1);
    if least > most {
        let message = "Minimum must not be greater than maximum.";
        errors.add(
            &below(path, "min_values"),
            "COMPONENT_SELECT_BOUNDS",
            message,
        );
    }
    if select["type"].as_u64() != Some(kind::STRING_SELECT) {
        return;
    }
    let options = select["options"].as_array().map_or(&[][..], Vec::as_slice);
    let place = below(path, "options");
    if options.is_empty() || options.len() > OPTIONS_MAX {
        errors.bad_length(&place, 1, OPTIONS_MAX);
    }
    if least as usize > options.len() {
        let message = "There are fewer options than must be chosen.";
        errors.add(
            &below(path, "min_values"),
            "COMPONENT_SELECT_BOUNDS",
            message,
        );
    }
    let mut values = BTreeSet::new();
    for (number, option) in options.iter().enumerate() {
        let place = below(&place, &number.to_string());
        errors.between(&below(&place, "label"), &option["label"], (1, 100), true);
        errors.between(&below(&place, "value"), &option["value"], (1, 100), true);
        errors.at_most(&below(&place, "description"), &option["description"], 100);
        if let Some(value) = option["value"].as_str()
            && !values.insert(value)
        {
            let message = "The specified option value is already used";
            errors.add(
                &below(&place, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                message,
            );
        }
    }
    let chosen = options
        .iter()
        .filter(|option| option["default"] == true)
        .count();
    if chosen > usize::try_from(most).unwrap_or(usize::MAX) {
        let message = "More options are chosen at first than may be.";
        errors.add(&place, "SELECT_COMPONENT_DEFAULTS", message);
    }
}

fn check_custom_ids(errors: &mut Errors, path: &str, components: &[Value]) {
    let mut seen = BTreeSet::new();
    let mut twice = false;
    walk(components, &mut |component| {
        if let Some(custom_id) = component["custom_id"].as_str() {
            twice |= !seen.insert(custom_id.to_owned());
        }
    });
    if twice {
        let message = "Component custom id cannot be duplicated";
        errors.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn code(components: Value, pointer: &str) -> Option<String> {
        let mut errors = Errors::default();
        check(&mut errors, "components", &components, false);
        let body = errors.refusal().body;
        body.pointer(&format!("/errors/components{pointer}/_errors/0/code"))
            .and_then(Value::as_str)
            .map(str::to_owned)
    }

    fn button(custom_id: &str) -> Value {
        json!({"type": 2, "style": 1, "label": "押す", "custom_id": custom_id})
    }

    #[test]
    fn a_row_holds_five_buttons_or_one_select() {
        let six: Vec<Value> = (0..6).map(|n| button(&n.to_string())).collect();
        let row = json!([{"type": 1, "components": six}]);
        assert_eq!(
            code(row, "/0/components").as_deref(),
            Some("BASE_TYPE_BAD_LENGTH")
        );
        let select =
            json!({"type": 3, "custom_id": "s", "options": [{"label": "l", "value": "v"}]});
        let both = json!([{"type": 1, "components": [select, button("a")]}]);
        let found = code(both, "/0/components");
        assert_eq!(found.as_deref(), Some("COMPONENT_LAYOUT_WIDTH_EXCEEDED"));
    }

    #[test]
    fn custom_ids_are_unique_in_a_message() {
        let rows = json!([
            {"type": 1, "components": [button("a")]},
            {"type": 1, "components": [button("a")]},
        ]);
        assert_eq!(
            code(rows, "").as_deref(),
            Some("COMPONENT_CUSTOM_ID_DUPLICATED")
        );
    }

    #[test]
    fn a_long_label_and_a_missing_custom_id_are_found() {
        let row = json!([{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "長".repeat(81)},
        ]}]);
        let label = code(row.clone(), "/0/components/0/label");
        assert_eq!(label.as_deref(), Some("BASE_TYPE_MAX_LENGTH"));
        let custom_id = code(row, "/0/components/0/custom_id");
        assert_eq!(custom_id.as_deref(), Some("BASE_TYPE_REQUIRED"));
    }
}
