//! Rules for modals (components/reference; using-modal-components).

use std::collections::BTreeSet;

use serde_json::Value;

use super::component::check_select;
use super::{Errors, below, length};
use crate::component::{is_select, kind, walk};

/// Rows, labels and texts at the top of a modal.
const TOP_MAX: usize = 5;

/// Checks the `data` of a modal answer.
pub(crate) fn check(errors: &mut Errors, path: &str, modal: &Value) {
    errors.between(&below(path, "title"), &modal["title"], (1, 45), true);
    errors.between(
        &below(path, "custom_id"),
        &modal["custom_id"],
        (1, 100),
        true,
    );
    let components = modal["components"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let place = below(path, "components");
    if components.is_empty() || components.len() > TOP_MAX {
        errors.bad_length(&place, 1, TOP_MAX);
    }
    for (number, component) in components.iter().enumerate() {
        check_top(errors, &below(&place, &number.to_string()), component);
    }
    let mut seen = BTreeSet::new();
    walk(components, &mut |component| {
        if let Some(custom_id) = component["custom_id"].as_str()
            && !seen.insert(custom_id)
        {
            let message = "Component custom id cannot be duplicated";
            errors.add(&place, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
        if component["disabled"] == true {
            let message = "Components in modals cannot be disabled.";
            errors.add(&place, "COMPONENT_DISABLED_IN_MODAL", message);
        }
    });
}

fn check_top(errors: &mut Errors, path: &str, component: &Value) {
    match component["type"].as_u64() {
        Some(kind::ACTION_ROW) => {
            let inner = component["components"]
                .as_array()
                .map_or(&[][..], Vec::as_slice);
            let place = below(path, "components");
            if inner.len() != 1 {
                errors.bad_length(&place, 1, 1);
            }
            for (number, input) in inner.iter().enumerate() {
                let place = below(&place, &number.to_string());
                if input["type"].as_u64() == Some(kind::TEXT_INPUT) {
                    errors.between(&below(&place, "label"), &input["label"], (1, 45), true);
                    check_input(errors, &place, input);
                } else {
                    errors.choices(&below(&place, "type"), &[kind::TEXT_INPUT]);
                }
            }
        }
        Some(kind::LABEL) => {
            errors.between(&below(path, "label"), &component["label"], (1, 45), true);
            errors.at_most(&below(path, "description"), &component["description"], 100);
            let place = below(path, "component");
            match component["component"]["type"].as_u64() {
                Some(kind::TEXT_INPUT) => check_input(errors, &place, &component["component"]),
                Some(select) if is_select(select) => {
                    check_select(errors, &place, &component["component"]);
                }
                // File upload, radio group, checkbox group, checkbox.
                Some(19 | 21 | 22 | 23) => {}
                _ => errors.choices(&below(&place, "type"), &[3, 4, 5, 6, 7, 8, 19, 21, 22, 23]),
            }
        }
        Some(kind::TEXT_DISPLAY) => {
            errors.between(
                &below(path, "content"),
                &component["content"],
                (1, 4000),
                true,
            );
        }
        _ => errors.choices(&below(path, "type"), &[1, 10, 18]),
    }
}

fn check_input(errors: &mut Errors, path: &str, input: &Value) {
    errors.between(
        &below(path, "custom_id"),
        &input["custom_id"],
        (1, 100),
        true,
    );
    errors.at_most(&below(path, "placeholder"), &input["placeholder"], 100);
    errors.at_most(&below(path, "value"), &input["value"], 4000);
    errors.number(&below(path, "min_length"), &input["min_length"], 0, 4000);
    errors.number(&below(path, "max_length"), &input["max_length"], 1, 4000);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        errors.choices(&below(path, "style"), &[1, 2]);
    }
    let least = input["min_length"].as_u64().unwrap_or(0);
    let most = input["max_length"].as_u64().unwrap_or(4000);
    if least > most {
        let message = "Minimum length must not be greater than maximum length.";
        errors.add(&below(path, "min_length"), "TEXT_INPUT_BOUNDS", message);
    }
    let value = input["value"].as_str().map_or(0, length);
    if value > usize::try_from(most).unwrap_or(usize::MAX) {
        // The code word is experience; a client could not send the value back unchanged.
        let message = format!("Must be {most} or fewer in length.");
        errors.add(&below(path, "value"), "BASE_TYPE_MAX_LENGTH", message);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn errors_of(modal: Value) -> Value {
        let mut errors = Errors::default();
        check(&mut errors, "data", &modal);
        errors.refusal().body["errors"].clone()
    }

    fn row(custom_id: &str) -> Value {
        let input = json!({"type": 4, "custom_id": custom_id, "label": "課題", "style": 2});
        json!({"type": 1, "components": [input]})
    }

    #[test]
    fn a_modal_has_one_to_five_rows_and_a_short_title() {
        let rows: Vec<Value> = (0..5).map(|n| row(&n.to_string())).collect();
        let modal = json!({"title": "題".repeat(45), "custom_id": "m", "components": rows});
        assert_eq!(errors_of(modal), json!({}));
        let rows: Vec<Value> = (0..6).map(|n| row(&n.to_string())).collect();
        let modal = json!({"title": "題".repeat(46), "custom_id": "m", "components": rows});
        let errors = errors_of(modal);
        assert!(errors["data"]["title"].is_object());
        assert!(errors["data"]["components"]["_errors"].is_array());
    }

    #[test]
    fn inputs_with_the_same_id_are_refused() {
        let modal = json!({"title": "題", "custom_id": "m", "components": [row("a"), row("a")]});
        let code = &errors_of(modal)["data"]["components"]["_errors"][0]["code"];
        assert_eq!(code, "COMPONENT_CUSTOM_ID_DUPLICATED");
    }

    #[test]
    fn a_label_may_wrap_a_select() {
        let select =
            json!({"type": 3, "custom_id": "s", "options": [{"label": "l", "value": "v"}]});
        let label = json!({"type": 18, "label": "階層", "component": select});
        let modal = json!({"title": "題", "custom_id": "m", "components": [label]});
        assert_eq!(errors_of(modal), json!({}));
    }
}
