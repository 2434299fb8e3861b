//! Components and embeds as the answering object shows them: numbered, without nulls, with what
//! Discord fills in (components/reference).

use serde_json::{Value, json};

/// Component types (components/reference, "Component Types").
pub(crate) mod kind {
    pub(crate) const ACTION_ROW: u64 = 1;
    pub(crate) const BUTTON: u64 = 2;
    pub(crate) const STRING_SELECT: u64 = 3;
    pub(crate) const TEXT_INPUT: u64 = 4;
    pub(crate) const USER_SELECT: u64 = 5;
    pub(crate) const ROLE_SELECT: u64 = 6;
    pub(crate) const MENTIONABLE_SELECT: u64 = 7;
    pub(crate) const CHANNEL_SELECT: u64 = 8;
    pub(crate) const TEXT_DISPLAY: u64 = 10;
    pub(crate) const LABEL: u64 = 18;
}

/// Whether this is one of the five selects.
pub(crate) fn is_select(kind: u64) -> bool {
    matches!(
        kind,
        kind::STRING_SELECT
            | kind::USER_SELECT
            | kind::ROLE_SELECT
            | kind::MENTIONABLE_SELECT
            | kind::CHANNEL_SELECT
    )
}

/// Removes what was sent as null: an absent field in the answer.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Components as they are answered: without nulls, each with an `id`, selects with their bounds.
pub(crate) fn numbered(mut components: Vec<Value>) -> Vec<Value> {
    let mut next = 0;
    for component in &mut components {
        drop_nulls(component);
        number(component, &mut next);
    }
    components
}

fn number(component: &mut Value, next: &mut u64) {
    *next += 1;
    let given = component["id"].as_u64().filter(|id| *id > 0);
    component["id"] = json!(given.unwrap_or(*next));
    let kind = component["type"].as_u64().unwrap_or_default();
    if is_select(kind) {
        for bound in ["min_values", "max_values"] {
            if component[bound].is_null() {
                component[bound] = json!(1);
            }
        }
    }
    if let Some(inner) = component
        .get_mut("components")
        .and_then(Value::as_array_mut)
    {
        inner.iter_mut().for_each(|inner| number(inner, next));
    }
    for slot in ["component", "accessory"] {
        if let Some(inner) = component.get_mut(slot) {
            number(inner, next);
        }
    }
}

/// Embeds as they are answered: without nulls, always of type `rich`.
pub(crate) fn finished_embeds(mut embeds: Vec<Value>) -> Vec<Value> {
    for embed in &mut embeds {
        drop_nulls(embed);
        embed["type"] = json!("rich");
        for field in embed
            .get_mut("fields")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if field["inline"].is_null() {
                field["inline"] = json!(false);
            }
        }
    }
    embeds
}

/// Every component at any depth, from the top.
pub(crate) fn walk<'a>(components: &'a [Value], visit: &mut dyn FnMut(&'a Value)) {
    for component in components {
        visit(component);
        if let Some(inner) = component["components"].as_array() {
            walk(inner, visit);
        }
        for slot in ["component", "accessory"] {
            if component[slot].is_object() {
                walk(std::slice::from_ref(&component[slot]), visit);
            }
        }
    }
}

/// The component with this custom id.
pub(crate) fn find<'a>(components: &'a [Value], custom_id: &str) -> Option<&'a Value> {
    let mut found = None;
    walk(components, &mut |component| {
        if component["custom_id"] == custom_id {
            found = found.or(Some(component));
        }
    });
    found
}

/// Whether a client would refuse to press it.
pub(crate) fn is_disabled(component: &Value) -> bool {
    component["disabled"] == true
}
