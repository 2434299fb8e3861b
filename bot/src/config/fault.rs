//! What is wrong with the configuration: where it stands, what is the matter, what to write instead.

use super::spelling;
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// Separates the Japanese from the English half of a message that passes through serde.
const HALF: char = '\u{1f}';

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Japanese, polite and short.
    pub ja: String,
    /// The same in English.
    pub en: String,
}

impl Message {
    /// A sentence in both languages.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ja: ja.into(),
            en: en.into(),
        }
    }

    /// The message as one text that serde can carry.
    pub(super) fn carried(&self) -> String {
        format!("{}{HALF}{}", self.ja, self.en)
    }
}

/// Where a fault stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of the configuration file, counted from 1, where it is known.
    File(PathBuf, Option<usize>),
    /// An environment variable.
    Variable(String),
    /// Nowhere: something is missing everywhere.
    Nowhere,
}

/// The configuration cannot be used. Never holds a value that may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub place: Place,
    /// The key, with its section: `http.listen`; empty when the whole file is meant.
    pub key: String,
    /// What is wrong, and what to write instead.
    pub message: Message,
}

impl Fault {
    pub(super) fn nowhere(key: &str, message: Message) -> Self {
        Self {
            place: Place::Nowhere,
            key: key.to_owned(),
            message,
        }
    }

    pub(super) fn of_file(file: &Path, line: Option<usize>, key: &str, message: Message) -> Self {
        Self {
            place: Place::File(file.to_owned(), line),
            key: key.to_owned(),
            message,
        }
    }

    /// What the TOML reader says of a text.
    pub(super) fn of_toml(file: &Path, text: &str, key: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| line_of(text, span.start));
        Self::of_file(file, line, key, translate(key, error.message()))
    }

    /// What the TOML reader says of an environment variable.
    pub(super) fn of_variable(variable: &str, key: &str, message: &str) -> Self {
        Self {
            place: Place::Variable(variable.to_owned()),
            key: key.to_owned(),
            message: translate(key, message),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Message { ja, en } = &self.message;
        let key = if self.key.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.key)
        };
        match &self.place {
            Place::File(file, Some(line)) => {
                let file = file.display();
                write!(
                    f,
                    "{file} の {line} 行目: {key}{ja}\n({file}, line {line}: {key}{en})"
                )
            }
            Place::File(file, None) => {
                let file = file.display();
                write!(f, "{file}: {key}{ja}\n({file}: {key}{en})")
            }
            Place::Variable(variable) => {
                write!(
                    f,
                    "環境変数 {variable}: {ja}\n(environment variable {variable}: {en})"
                )
            }
            Place::Nowhere => write!(f, "{key}{ja}\n({key}{en})"),
        }
    }
}

impl std::error::Error for Fault {}

/// The line a byte of the text stands in, counted from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(byte)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// serde's words for what is wrong, in both languages; our own pass through as they are.
fn translate(key: &str, message: &str) -> Message {
    if let Some((ja, en)) = message.split_once(HALF) {
        return Message::new(ja, en);
    }
    if let Some((found, known)) = unknown_field(message) {
        return unknown_key(&found, &known);
    }
    if let Some(missing) = message.strip_prefix("missing field ") {
        let missing = missing.trim_matches('`');
        return Message::new(
            format!("{missing} がありません。書き足してください。"),
            format!("{missing} is missing; add it"),
        );
    }
    if key == "office" || key.starts_with("office.") {
        return Message::new(
            "[office] には既定値だけを書けます。連携拠点ごとの表は [[office]] と書いてください。",
            format!(
                "[office] holds the defaults only; write [[office]] for a table of one office ({message})"
            ),
        );
    }
    Message::new(
        format!("読み取れません。書き方を確かめてください（{message}）。"),
        format!("cannot be read: {message}"),
    )
}

fn unknown_key(found: &str, known: &[String]) -> Message {
    let listed = known.join(", ");
    match spelling::nearest(found, known.iter().map(String::as_str)) {
        Some(meant) => Message::new(
            format!("{found} というキーはありません。{meant} と書いてください。"),
            format!("there is no key {found}; write {meant}"),
        ),
        None if known.iter().any(|key| key == "time_zone") && found != "time_zone" => Message::new(
            format!(
                "{found} というキーはここにはありません。使えるキー: {listed}。連携拠点ごとの表は [[office]] と書いてください。"
            ),
            format!(
                "there is no key {found} here; keys: {listed}. Write [[office]] for a table of one office"
            ),
        ),
        None => Message::new(
            format!("{found} というキーはありません。使えるキー: {listed}。"),
            format!("there is no key {found}; keys: {listed}"),
        ),
    }
}

/// The unknown key and the known ones from serde's sentence
/// (``unknown field `a`, expected one of `b`, `c` ``).
pub(super) fn unknown_field(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut quoted = rest.split('`').skip(1).step_by(2).map(str::to_owned);
    let found = quoted.next()?;
    Some((found, quoted.collect()))
}
