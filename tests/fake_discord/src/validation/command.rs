//! Rules for commands (interactions/application-commands, "Application Command Naming" and the
//! tables of limits).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::{Errors, below};
use crate::command::{kind, kind_of, option};

/// Characters of one command, all names, descriptions and values together.
const SIZE_MAX: usize = 8000;
const OPTIONS_MAX: usize = 25;
const CHOICES_MAX: usize = 25;
/// The largest whole number a client can send, 2^53 - 1.
const INTEGER_MAX: i64 = (1 << 53) - 1;

/// The documented pattern; the apostrophe is U+02BC in what the API takes (public issue threads).
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[-_\u{02BC}\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$")
        .expect("the pattern is valid")
});

/// Languages that names and descriptions can be translated into (reference, "Locales").
const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko", "ar", "he",
];

/// Checks one command; `is_new` asks for the fields that an edit may leave out.
pub(crate) fn check(errors: &mut Errors, path: &str, command: &Value, is_new: bool) {
    let kind = kind_of(command);
    if !(kind::CHAT_INPUT..=kind::MESSAGE).contains(&kind) {
        errors.choices(&below(path, "type"), &[1, 2, 3]);
    }
    if kind == kind::CHAT_INPUT {
        check_name(errors, path, command, is_new);
        check_description(errors, path, command, is_new);
        check_options(errors, &below(path, "options"), &command["options"], 0);
    } else {
        errors.between(&below(path, "name"), &command["name"], (1, 32), is_new);
        check_locales(errors, path, command, "name_localizations", 32);
        if command["description"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
        {
            let message = "Context menu commands cannot have description";
            errors.add(
                &below(path, "description"),
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
                message,
            );
        }
        if command["options"]
            .as_array()
            .is_some_and(|options| !options.is_empty())
        {
            let message = "Context menu commands cannot have options";
            errors.add(
                &below(path, "options"),
                "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS",
                message,
            );
        }
    }
    let permissions = &command["default_member_permissions"];
    if permissions
        .as_str()
        .is_some_and(|bits| bits.parse::<u64>().is_err())
    {
        let message = "String value did not match validation regex.";
        errors.add(
            &below(path, "default_member_permissions"),
            "STRING_TYPE_REGEX",
            message,
        );
    }
    if size(command) > SIZE_MAX {
        let message = format!("Command exceeds maximum size ({SIZE_MAX})");
        errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", message);
    }
}

fn check_name(errors: &mut Errors, path: &str, thing: &Value, needed: bool) {
    let place = below(path, "name");
    match thing["name"].as_str() {
        None if needed => errors.required(&place),
        None => {}
        Some(name) => check_word(errors, &place, name),
    }
    for (locale, name) in thing["name_localizations"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let place = below(path, &format!("name_localizations.{locale}"));
        if let Some(name) = name.as_str() {
            check_word(errors, &place, name);
        }
    }
    check_locales(errors, path, thing, "name_localizations", 32);
}

fn check_word(errors: &mut Errors, place: &str, name: &str) {
    if !NAME.is_match(name) {
        let message = "String value did not match validation regex.";
        errors.add(place, "STRING_TYPE_REGEX", message);
    }
    if name != name.to_lowercase() {
        errors.add(
            place,
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        );
    }
}

fn check_description(errors: &mut Errors, path: &str, thing: &Value, needed: bool) {
    errors.between(
        &below(path, "description"),
        &thing["description"],
        (1, 100),
        needed,
    );
    check_locales(errors, path, thing, "description_localizations", 100);
}

fn check_locales(errors: &mut Errors, path: &str, thing: &Value, field: &str, most: usize) {
    for (locale, text) in thing[field].as_object().into_iter().flatten() {
        let place = below(path, &format!("{field}.{locale}"));
        if !LOCALES.contains(&locale.as_str()) {
            let message = format!("{locale} is not a known locale.");
            errors.add(&place, "INVALID_LOCALE", message);
        }
        errors.between(&place, text, (1, most), true);
    }
}

/// `depth` is 0 for a command, 1 below a group or subcommand of it, 2 below a group's subcommand.
fn check_options(errors: &mut Errors, path: &str, options: &Value, depth: u8) {
    let list = options.as_array().map_or(&[][..], Vec::as_slice);
    if list.len() > OPTIONS_MAX {
        errors.bad_length(path, 0, OPTIONS_MAX);
    }
    let is_nest = |one: &Value| {
        matches!(
            one["type"].as_u64(),
            Some(option::SUBCOMMAND | option::GROUP)
        )
    };
    let nests = list.iter().filter(|one| is_nest(one)).count();
    if nests > 0 && nests < list.len() {
        // The code word is experience.
        let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        errors.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    let mut names = BTreeSet::new();
    let mut optional_seen = false;
    for (number, one) in list.iter().enumerate() {
        let place = below(path, &number.to_string());
        check_option(errors, &place, one, depth);
        if one["name"].as_str().is_some_and(|name| !names.insert(name)) {
            let message = "Option name already exists";
            errors.add(
                &below(&place, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                message,
            );
        }
        if one["required"] == true && optional_seen {
            let message = "Required options must be placed before non-required options";
            errors.add(
                &place,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                message,
            );
        }
        optional_seen |= one["required"] != true && !is_nest(one);
    }
    check_translated_twice(errors, path, list);
}

/// Translated names are unique in a list as well.
fn check_translated_twice(errors: &mut Errors, path: &str, list: &[Value]) {
    let mut seen = BTreeSet::new();
    for (number, one) in list.iter().enumerate() {
        for (locale, name) in one["name_localizations"].as_object().into_iter().flatten() {
            if !seen.insert((locale.clone(), name.to_string())) {
                let place = below(path, &format!("{number}.name_localizations.{locale}"));
                let message = "Option name already exists";
                errors.add(
                    &place,
                    "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                    message,
                );
            }
        }
    }
}

fn check_option(errors: &mut Errors, path: &str, one: &Value, depth: u8) {
    check_name(errors, path, one, true);
    check_description(errors, path, one, true);
    let deeper = below(path, "options");
    match one["type"].as_u64() {
        Some(option::GROUP) if depth == 0 => {
            check_options(errors, &deeper, &one["options"], 1);
            let inner = one["options"].as_array().map_or(&[][..], Vec::as_slice);
            if inner
                .iter()
                .any(|sub| sub["type"].as_u64() != Some(option::SUBCOMMAND))
            {
                errors.choices(&below(path, "type"), &[option::SUBCOMMAND]);
            }
        }
        Some(option::SUBCOMMAND) if depth <= 1 => {
            check_options(errors, &deeper, &one["options"], 2);
        }
        Some(option::STRING..=option::ATTACHMENT) => check_plain(errors, path, one),
        _ => errors.choices(&below(path, "type"), &[3, 4, 5, 6, 7, 8, 9, 10, 11]),
    }
}

fn check_plain(errors: &mut Errors, path: &str, one: &Value) {
    let kind = one["type"].as_u64().unwrap_or_default();
    let choices = one["choices"].as_array().map_or(&[][..], Vec::as_slice);
    let place = below(path, "choices");
    if choices.len() > CHOICES_MAX {
        errors.bad_length(&place, 0, CHOICES_MAX);
    }
    if one["autocomplete"] == true && !choices.is_empty() {
        let message = "Autocomplete and choices cannot both be given.";
        errors.add(
            &below(path, "autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
            message,
        );
    }
    let takes_choices = matches!(kind, option::STRING | option::INTEGER | option::NUMBER);
    if one["autocomplete"] == true && !takes_choices {
        errors.choices(&below(path, "type"), &[3, 4, 10]);
    }
    let mut names = BTreeSet::new();
    for (number, choice) in choices.iter().enumerate() {
        let place = below(&place, &number.to_string());
        errors.between(&below(&place, "name"), &choice["name"], (1, 100), true);
        check_locales(errors, &place, choice, "name_localizations", 100);
        let fits = match kind {
            option::STRING => choice["value"].is_string(),
            option::INTEGER => choice["value"].is_i64(),
            option::NUMBER => choice["value"].is_number(),
            _ => false,
        };
        if !fits {
            let message = "Value does not fit the option's type.";
            errors.add(
                &below(&place, "value"),
                "APPLICATION_COMMAND_OPTIONS_CHOICES",
                message,
            );
        }
        errors.at_most(&below(&place, "value"), &choice["value"], 100);
        if choice["name"]
            .as_str()
            .is_some_and(|name| !names.insert(name))
        {
            let message = "Choice name already exists";
            errors.add(
                &below(&place, "name"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS",
                message,
            );
        }
    }
    errors.number(&below(path, "min_length"), &one["min_length"], 0, 6000);
    errors.number(&below(path, "max_length"), &one["max_length"], 1, 6000);
    if kind == option::INTEGER {
        errors.number(
            &below(path, "min_value"),
            &one["min_value"],
            -INTEGER_MAX,
            INTEGER_MAX,
        );
        errors.number(
            &below(path, "max_value"),
            &one["max_value"],
            -INTEGER_MAX,
            INTEGER_MAX,
        );
    }
}

/// Names, descriptions and values; of translations the longest counts, if longer than the
/// canonical text.
fn size(thing: &Value) -> usize {
    let count = |text: &Value| text.as_str().map_or(0, |text| text.encode_utf16().count());
    let field = |name: &str| {
        let translated = thing[format!("{name}_localizations")].as_object();
        let longest = translated
            .into_iter()
            .flat_map(|all| all.values())
            .map(count)
            .max();
        count(&thing[name]).max(longest.unwrap_or(0))
    };
    let inner = |name: &str| {
        thing[name]
            .as_array()
            .into_iter()
            .flatten()
            .map(size)
            .sum::<usize>()
    };
    field("name")
        + field("description")
        + count(&thing["value"])
        + inner("options")
        + inner("choices")
}

/// Names that stand twice in a bulk overwrite, per type.
pub(crate) fn check_bulk(errors: &mut Errors, commands: &[Value]) {
    let mut names = BTreeSet::new();
    for (number, command) in commands.iter().enumerate() {
        check(errors, &number.to_string(), command, true);
        let name = command["name"].as_str().unwrap_or_default().to_owned();
        if !names.insert((kind_of(command), name)) {
            let message = "Application command names must be unique";
            errors.add(
                &number.to_string(),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                message,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn errors_of(command: Value) -> Value {
        let mut errors = Errors::default();
        check(&mut errors, "", &command, true);
        errors.refusal().body["errors"].clone()
    }

    fn slash(name: &str) -> Value {
        json!({"name": name, "description": "説明"})
    }

    #[test]
    fn japanese_names_are_legal_and_punctuation_is_not() {
        for legal in ["issue", "課題", "フィードバック", "人々", "r8-12"] {
            assert_eq!(errors_of(slash(legal)), json!({}), "{legal}");
        }
        for wrong in ["課題・記録", "two words", "「課題」", "", "Issue", "ＡＢ"] {
            assert!(errors_of(slash(wrong))["name"].is_object(), "{wrong}");
        }
    }

    #[test]
    fn a_command_may_not_exceed_eight_thousand_characters() {
        let choice = |n: usize| json!({"name": format!("{n:0>100}"), "value": "v".repeat(100)});
        let option = |n: usize| {
            json!({"type": 3, "name": format!("o{n}"), "description": "d",
                "choices": (0..25).map(choice).collect::<Vec<_>>()})
        };
        let mut command = slash("large");
        command["options"] = json!([option(1)]);
        assert_eq!(errors_of(command.clone()), json!({}));
        command["options"] = json!([option(1), option(2)]);
        let code = &errors_of(command)["_errors"][0]["code"];
        assert_eq!(code, "APPLICATION_COMMAND_TOO_LARGE");
    }

    #[test]
    fn of_translations_only_the_longest_counts() {
        let long = "長".repeat(100);
        let description = json!({"ja": long, "ko": long, "zh-TW": long});
        let choice = |n: usize| json!({"name": n.to_string(), "value": "v"});
        let option = |n: usize| {
            json!({"type": 3, "name": format!("o{n}"), "description": "d",
                "description_localizations": description, "choices": [choice(n)]})
        };
        let mut command = slash("ok");
        command["options"] = (0..25).map(option).collect();
        assert_eq!(errors_of(command), json!({}));
    }

    #[test]
    fn nesting_ends_below_a_subcommand() {
        let text = json!({"type": 3, "name": "text", "description": "d"});
        let sub = json!({"type": 1, "name": "add", "description": "d", "options": [text]});
        let group = json!({"type": 2, "name": "group", "description": "d", "options": [sub]});
        let mut command = slash("issue");
        command["options"] = json!([sub, group]);
        assert_eq!(errors_of(command.clone()), json!({}));
        let nested = json!({"type": 1, "name": "bad", "description": "d", "options": [sub]});
        command["options"] = json!([nested]);
        assert!(errors_of(command.clone())["options"]["0"].is_object());
        command["options"] = json!([sub, text]);
        assert!(errors_of(command)["options"]["_errors"].is_array());
    }

    #[test]
    fn required_options_come_first_and_names_are_unique() {
        let option = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "d", "required": required});
        let mut command = slash("issue");
        command["options"] = json!([option("a", false), option("b", true)]);
        let code = &errors_of(command.clone())["options"]["1"]["_errors"][0]["code"];
        assert_eq!(code, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID");
        command["options"] = json!([option("a", true), option("a", true)]);
        assert!(errors_of(command)["options"]["1"]["name"].is_object());
    }

    #[test]
    fn translations_use_discords_locales() {
        let mut command = slash("issue");
        command["name_localizations"] = json!({"ja": "課題"});
        assert_eq!(errors_of(command.clone()), json!({}));
        command["name_localizations"] = json!({"ja-JP": "課題"});
        assert!(errors_of(command)["name_localizations"]["ja-JP"].is_object());
    }
}
