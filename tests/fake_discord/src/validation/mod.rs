//! Discord's rules for what is sent to it, as trees of errors under code 50035 (reference, "Error
//! Messages").
//!
//! Only the payload is judged here; permissions and state are the routes' business. The words of
//! codes marked *experience* are not in the documentation.

pub(crate) mod callback;
pub(crate) mod command;
pub(crate) mod component;
pub(crate) mod embed;
pub(crate) mod message;
pub(crate) mod modal;
pub(crate) mod thread;

use serde_json::{Value, json};

use crate::rest::Refusal;

/// A growing tree of errors.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    tree: serde_json::Map<String, Value>,
}

impl Errors {
    /// Adds an error at a path such as `embeds.0.title`; an empty path means the whole body.
    pub(crate) fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut branch = &mut self.tree;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let next = branch.entry(step).or_insert_with(|| json!({}));
            branch = next
                .as_object_mut()
                .expect("branches of the tree are objects");
        }
        let leaf = branch.entry("_errors").or_insert_with(|| json!([]));
        let errors = leaf.as_array_mut().expect("leaves of the tree are lists");
        errors.push(json!({"code": code, "message": message.into()}));
    }

    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    pub(crate) fn choices(&mut self, path: &str, allowed: &[u64]) {
        let listed: Vec<String> = allowed.iter().map(u64::to_string).collect();
        let message = format!("Value must be one of ({}).", listed.join(", "));
        self.add(path, "BASE_TYPE_CHOICES", message);
    }

    /// At most so many characters, counted as UTF-16 units (the unit is not documented).
    pub(crate) fn at_most(&mut self, path: &str, text: &Value, most: usize) {
        if text.as_str().is_some_and(|text| length(text) > most) {
            let message = format!("Must be {most} or fewer in length.");
            self.add(path, "BASE_TYPE_MAX_LENGTH", message);
        }
    }

    /// A text of a length between bounds; absent texts are errors if `needed`.
    pub(crate) fn between(
        &mut self,
        path: &str,
        text: &Value,
        (least, most): (usize, usize),
        needed: bool,
    ) {
        match text.as_str() {
            None if needed => self.required(path),
            Some(text) if !(least..=most).contains(&length(text)) => {
                self.bad_length(path, least, most);
            }
            _ => {}
        }
    }

    pub(crate) fn bad_length(&mut self, path: &str, least: usize, most: usize) {
        let message = format!("Must be between {least} and {most} in length.");
        self.add(path, "BASE_TYPE_BAD_LENGTH", message);
    }

    /// A whole number between bounds, if there is one.
    pub(crate) fn number(&mut self, path: &str, value: &Value, least: i64, most: i64) {
        let Some(number) = value.as_i64() else {
            if !value.is_null() {
                self.add(path, "NUMBER_TYPE_COERCE", "Value is not int.");
            }
            return;
        };
        if number < least {
            let message = format!("int value should be greater than or equal to {least}.");
            self.add(path, "NUMBER_TYPE_MIN", message);
        }
        if number > most {
            let message = format!("int value should be less than or equal to {most}.");
            self.add(path, "NUMBER_TYPE_MAX", message);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// The refusal, if there was any error.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    /// The answer 400, 50035. Errors of the whole body stand under `errors._errors`.
    pub(crate) fn refusal(self) -> Refusal {
        let mut refusal = Refusal::new(400, 50035, "Invalid Form Body");
        refusal.body["errors"] = Value::Object(self.tree);
        refusal
    }
}

/// A refusal with a single error.
pub(crate) fn invalid(path: &str, code: &str, message: impl Into<String>) -> Refusal {
    let mut errors = Errors::default();
    errors.add(path, code, message);
    errors.refusal()
}

/// Characters as UTF-16 units, without the white space Discord trims.
pub(crate) fn length(text: &str) -> usize {
    text.trim().encode_utf16().count()
}

/// A path below another.
pub(crate) fn below(path: &str, step: &str) -> String {
    if path.is_empty() {
        step.to_owned()
    } else {
        format!("{path}.{step}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_nest_along_their_path() {
        let mut errors = Errors::default();
        errors.add("embeds.0.title", "A", "first");
        errors.add("", "B", "whole");
        errors.at_most("content", &json!("あ".repeat(2001)), 2000);
        errors.at_most("content", &json!("あ".repeat(2000)), 2000);
        let refusal = errors.refusal();
        assert_eq!(refusal.status, 400);
        let tree = &refusal.body["errors"];
        assert_eq!(tree["embeds"]["0"]["title"]["_errors"][0]["code"], "A");
        assert_eq!(tree["_errors"][0]["message"], "whole");
        assert_eq!(tree["content"]["_errors"].as_array().unwrap().len(), 1);
    }
}
