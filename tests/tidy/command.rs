//! Commands as Discord is told them: Japanese and English everywhere, within Discord's limits
//! (interactions/application-commands).

use crate::{Complaint, finds, hold};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::LazyLock};

/// Slash commands per application.
const COMMANDS_MAX: usize = 100;
/// Message menu entries per application.
const MENU_MAX: usize = 15;
/// Options of a command, choices of an option.
const LISTED_MAX: usize = 25;
/// Characters of a name.
const NAME_MAX: usize = 32;
/// Characters of a description, of a choice's name, of a choice's value.
const TEXT_MAX: usize = 100;
/// Characters of a whole command: names, descriptions and values, the longest language of each.
const COMMAND_MAX: usize = 8_000;
/// Types of commands and options with rules of their own.
const SLASH: u64 = 1;
const MESSAGE_MENU: u64 = 3;
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

/// Discord's pattern of names, without Devanagari and Thai, which we have no words in.
static NAME: LazyLock<regex::Regex> =
    LazyLock::new(|| regex::Regex::new(r"^[-_\p{L}\p{N}]{1,32}$").expect("a good pattern"));

/// Looks at one payload and collects complaints by the path of the command.
struct Look {
    complaints: Vec<Complaint>,
    names_localised: bool,
}

fn length(text: &str) -> usize {
    text.chars().count()
}

impl Look {
    fn complain(&mut self, path: &str, what: impl Into<String>) {
        self.complaints
            .push(Complaint::new(&format!("/{path}"), 0, what));
    }

    /// A text in both languages; returns the characters of the longer one.
    fn text(&mut self, path: &str, of: &Value, field: &str, max: usize, both: bool) -> usize {
        let english = of[field].as_str().unwrap_or_default();
        let japanese = of[format!("{field}_localizations")]["ja"].as_str();
        if both && japanese.is_none() {
            self.complain(path, format!("{field}: the Japanese is missing"));
        }
        let mut longest = 0;
        for text in [Some(english), japanese].into_iter().flatten() {
            longest = longest.max(length(text));
            if text.trim().is_empty() || length(text) > max {
                self.complain(path, format!("{field}: 1 to {max} characters: {text:?}"));
            }
            // A key that the catalogue lacks comes out as itself.
            if text.starts_with("command-") || text.starts_with("word-") {
                self.complain(path, format!("{field}: no words for {text}"));
            }
        }
        longest
    }

    fn name(&mut self, path: &str, of: &Value) -> usize {
        for text in [of["name"].as_str(), of["name_localizations"]["ja"].as_str()] {
            if let Some(text) = text
                && (!NAME.is_match(text) || text.to_lowercase() != text)
            {
                self.complain(path, format!("name: Discord does not take {text:?}"));
            }
        }
        self.text(path, of, "name", NAME_MAX, self.names_localised)
    }

    /// Names must differ among siblings, in each language.
    fn siblings(&mut self, path: &str, siblings: &[Value], field: &str) {
        for of in [
            |v: &Value, f: &str| v[f].as_str().map(str::to_owned),
            |v: &Value, f: &str| {
                v[format!("{f}_localizations")]["ja"]
                    .as_str()
                    .map(str::to_owned)
            },
        ] {
            let names: Vec<String> = siblings.iter().filter_map(|s| of(s, field)).collect();
            let unique: BTreeSet<&String> = names.iter().collect();
            if unique.len() != names.len() {
                self.complain(
                    path,
                    format!("two of the same {field}: {}", names.join(" ")),
                );
            }
        }
    }

    fn options(&mut self, path: &str, of: &Value) -> usize {
        let none = Vec::new();
        let options = of["options"].as_array().unwrap_or(&none);
        if options.len() > LISTED_MAX {
            self.complain(
                path,
                format!("{} options; at most {LISTED_MAX}", options.len()),
            );
        }
        self.siblings(path, options, "name");
        let mut optional_seen = false;
        let mut characters = 0;
        for option in options {
            let path = format!("{path} {}", option["name"].as_str().unwrap_or_default());
            characters += self.name(&path, option);
            characters += self.text(&path, option, "description", TEXT_MAX, true);
            let kind = option["type"].as_u64().unwrap_or_default();
            if kind == SUBCOMMAND || kind == GROUP {
                characters += self.options(&path, option);
                continue;
            }
            let required = option["required"].as_bool().unwrap_or_default();
            if required && optional_seen {
                self.complain(&path, "a required option comes before the others");
            }
            optional_seen |= !required;
            characters += self.choices(&path, option);
        }
        characters
    }

    fn choices(&mut self, path: &str, option: &Value) -> usize {
        let none = Vec::new();
        let choices = option["choices"].as_array().unwrap_or(&none);
        if choices.len() > LISTED_MAX {
            self.complain(
                path,
                format!("{} choices; at most {LISTED_MAX}", choices.len()),
            );
        }
        if !choices.is_empty() && option["autocomplete"] == true {
            self.complain(path, "either choices or suggestions");
        }
        self.siblings(path, choices, "name");
        let mut characters = 0;
        for choice in choices {
            characters += self.text(path, choice, "name", TEXT_MAX, true);
            let value = choice["value"]
                .as_str()
                .map_or_else(|| choice["value"].to_string(), str::to_owned);
            if length(&value) > TEXT_MAX {
                self.complain(path, format!("a value has at most {TEXT_MAX} characters"));
            }
            characters += length(&value);
        }
        characters
    }

    fn command(&mut self, command: &Value) {
        let path = command["name"].as_str().unwrap_or_default().to_owned();
        let mut characters = 0;
        match command["type"].as_u64().unwrap_or(SLASH) {
            SLASH => {
                characters += self.name(&path, command);
                characters += self.text(&path, command, "description", TEXT_MAX, true);
                characters += self.options(&path, command);
            }
            // A menu entry has no description, and its name may hold spaces and capitals.
            MESSAGE_MENU => {
                self.text(&path, command, "name", NAME_MAX, true);
            }
            other => self.complain(&path, format!("a command of type {other}")),
        }
        if characters > COMMAND_MAX {
            self.complain(
                &path,
                format!("{characters} characters; at most {COMMAND_MAX}"),
            );
        }
        if command["contexts"] != json!([0]) || command["integration_types"] != json!([0]) {
            self.complain(&path, "a command is for servers only");
        }
    }
}

fn check(payload: &[Value], names_localised: bool) -> Vec<Complaint> {
    let mut look = Look {
        complaints: Vec::new(),
        names_localised,
    };
    for (kind, max) in [(SLASH, COMMANDS_MAX), (MESSAGE_MENU, MENU_MAX)] {
        let of_kind = payload
            .iter()
            .filter(|c| c["type"].as_u64().unwrap_or(SLASH) == kind)
            .count();
        if of_kind > max {
            look.complain(
                "",
                format!("{of_kind} commands of type {kind}; at most {max}"),
            );
        }
    }
    look.siblings("", payload, "name");
    for command in payload {
        look.command(command);
    }
    look.complaints
}

/// The commands as they are registered.
pub(crate) fn payload(names_localised: bool) -> Vec<Value> {
    let commands = commands::registration::payload(names_localised);
    let commands = serde_json::to_value(commands).expect("commands become JSON");
    commands.as_array().expect("a list of commands").clone()
}

#[test]
fn every_command_speaks_both_languages_within_discords_limits() {
    for names_localised in [true, false] {
        let payload = payload(names_localised);
        assert!(!payload.is_empty());
        hold(check(&payload, names_localised));
    }
}

#[test]
fn japanese_names_of_slash_commands_are_left_out_when_the_office_wants_it() {
    for command in payload(false)
        .iter()
        .filter(|command| command["type"] != MESSAGE_MENU)
    {
        let names = command
            .to_string()
            .matches("\"name_localizations\":{\"ja\"")
            .count();
        // What is left are the names of choices, which no client hides.
        let choices = command.to_string().matches("\"value\":").count();
        assert_eq!(names, choices, "{}", command["name"]);
    }
}

#[test]
fn a_command_discord_would_refuse_is_found() {
    let both = |english: &str, japanese: &str| {
        json!({ "name": english, "name_localizations": { "ja": japanese },
                "description": "Words", "description_localizations": { "ja": "ことば" },
                "type": 1, "contexts": [0], "integration_types": [0] })
    };
    let with = |mut command: Value, field: &str, value: Value| {
        command[field] = value;
        command
    };
    let option = |name: &str, required: bool| {
        with(
            with(both(name, name), "type", json!(3)),
            "required",
            json!(required),
        )
    };
    let payload = [
        both("Issue", "課題"),
        both("idea", "課題・アイデア"),
        with(both("a", "あ"), "description", json!("x".repeat(101))),
        with(both("b", "い"), "description_localizations", Value::Null),
        with(
            both("c", "う"),
            "options",
            json!([option("x", false), option("y", true)]),
        ),
        with(
            both("d", "え"),
            "options",
            json!([option("x", true), option("x", true)]),
        ),
        with(both("e", "command-e"), "contexts", json!([0, 1])),
    ];
    finds(
        &check(&payload, true),
        &[
            "\"Issue\"",
            "課題・アイデア",
            "1 to 100",
            "Japanese is missing",
            "comes before",
            "same name",
            "same name",
            "no words for command-e",
            "servers only",
        ],
    );
}
