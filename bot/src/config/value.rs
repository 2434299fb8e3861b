//! Values: how the text of one key becomes what the program works with.
//!
//! A value may stand in the file as text, number or truth value, or come from an environment variable
//! as text; all are read by the same function, so that they cannot differ.

use super::fault::Message;
use chrono_tz::Tz;
use domain::{office::Talk, setting::Language};
use secrecy::SecretString;
use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};
use std::{fmt, marker::PhantomData, net::SocketAddr, path::PathBuf};

/// Reads a value from its text.
pub(super) trait Value: Sized {
    /// The value, or what is wrong with the text and what to write instead. The message of a secret
    /// never quotes it.
    fn read(text: &str) -> Result<Self, Message>;
}

/// A value read while the file is read, so that the fault knows its line.
#[derive(Clone, Debug)]
pub(super) struct Parsed<T>(pub(super) T);

impl<'de, T: Value> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(Scalar(PhantomData))
            .map(Parsed)
    }
}

struct Scalar<T>(PhantomData<T>);

impl<T: Value> Scalar<T> {
    fn read<E: de::Error>(text: &str) -> Result<T, E> {
        T::read(text).map_err(|message| E::custom(message.carried()))
    }
}

impl<T: Value> Visitor<'_> for Scalar<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one value")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Self::read(text)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        Self::read(&number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        Self::read(&number.to_string())
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<T, E> {
        Self::read(if truth { "true" } else { "false" })
    }
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object per line, for collectors.
    #[default]
    Json,
    /// Plain lines, for people.
    Text,
}

/// The least important lines that are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogLevel {
    /// Only what failed.
    Error,
    /// And what is strange.
    Warn,
    /// And what happens.
    #[default]
    Info,
    /// And how.
    Debug,
    /// And everything else.
    Trace,
}

/// The bot's token.
#[derive(Clone, Debug)]
pub(super) struct Token(pub(super) SecretString);

impl Value for Token {
    fn read(text: &str) -> Result<Self, Message> {
        let token = text.trim();
        let token = token.strip_prefix("Bot ").unwrap_or(token).trim();
        if token.is_empty() || !token.chars().all(|letter| letter.is_ascii_graphic()) {
            return Err(Message::new(
                "Discord のトークンの形ではありません。Developer Portal の Bot の画面で写し直してください。",
                "this is not a token of Discord; copy it again from the Bot page of the Developer Portal",
            ));
        }
        Ok(Self(SecretString::from(token)))
    }
}

/// The address of the database; it may hold a password.
#[derive(Clone, Debug)]
pub(super) struct Url(pub(super) SecretString);

impl Value for Url {
    fn read(text: &str) -> Result<Self, Message> {
        let text = text.trim();
        let fits = ["sqlite:", "postgres:", "postgresql:"]
            .iter()
            .any(|s| text.starts_with(s));
        if !fits {
            return Err(Message::new(
                "sqlite://ファイル名 または postgres://利用者@ホスト/データベース名 と書いてください。",
                "write sqlite://FILE or postgres://USER@HOST/DATABASE",
            ));
        }
        Ok(Self(SecretString::from(text)))
    }
}

impl Value for PathBuf {
    fn read(text: &str) -> Result<Self, Message> {
        if text.is_empty() {
            return Err(Message::new(
                "ファイル名を書いてください。",
                "write the name of a file",
            ));
        }
        Ok(Self::from(text))
    }
}

/// `host:port`, not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HostPort(pub(super) String);

impl Value for HostPort {
    fn read(text: &str) -> Result<Self, Message> {
        let text = text.trim();
        let fits = text.rsplit_once(':').is_some_and(|(host, port)| {
            let host = host
                .strip_prefix('[')
                .and_then(|h| h.strip_suffix(']'))
                .unwrap_or(host);
            !host.is_empty()
                && !host.contains(['/', '@', ' '])
                && port.parse::<u16>().is_ok_and(|port| port != 0)
        });
        if !fits {
            return Err(Message::new(
                "ホスト名:ポート番号 と書いてください（例 127.0.0.1:8443）。https:// は付けません。",
                "write HOST:PORT such as 127.0.0.1:8443, without https://",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Where to listen; nothing for the empty text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listen(pub(super) Option<SocketAddr>);

impl Value for Listen {
    fn read(text: &str) -> Result<Self, Message> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self(None));
        }
        text.parse().map(|address| Self(Some(address))).map_err(|_| {
            Message::new(
                "IPアドレス:ポート番号 と書いてください（例 127.0.0.1:9464）。使わないときは空にします。",
                "write IP:PORT such as 127.0.0.1:9464, or nothing to switch it off",
            )
        })
    }
}

impl Value for bool {
    fn read(text: &str) -> Result<Self, Message> {
        text.trim().parse().map_err(|_| {
            Message::new(
                "true または false と書いてください。",
                "write true or false",
            )
        })
    }
}

/// A number of connections, 1 to [`CONNECTIONS_MAX`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Connections(pub(super) u32);

/// Most connections to the database that may be configured.
pub const CONNECTIONS_MAX: u32 = 100;

impl Value for Connections {
    fn read(text: &str) -> Result<Self, Message> {
        number(text, 1, CONNECTIONS_MAX).map(Self)
    }
}

/// Requests a second, 1 to [`REQUESTS_MAX`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Requests(pub(super) u32);

/// Most requests a second that may be configured.
pub const REQUESTS_MAX: u32 = 1_000;

impl Value for Requests {
    fn read(text: &str) -> Result<Self, Message> {
        number(text, 1, REQUESTS_MAX).map(Self)
    }
}

/// A month, 1 to 12.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month(pub(super) u32);

impl Value for Month {
    fn read(text: &str) -> Result<Self, Message> {
        number(text, 1, 12).map(Self)
    }
}

fn number(text: &str, least: u32, most: u32) -> Result<u32, Message> {
    text.trim()
        .parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| {
            Message::new(
                format!("{least} から {most} までの整数を書いてください。"),
                format!("write a whole number from {least} to {most}"),
            )
        })
}

impl Value for Tz {
    fn read(text: &str) -> Result<Self, Message> {
        text.trim().parse().map_err(|_| {
            Message::new(
                "時間帯の名前ではありません。Asia/Tokyo のように IANA の名前で書いてください。",
                "not a time zone; write a name of the IANA list such as Asia/Tokyo",
            )
        })
    }
}

macro_rules! words {
    ($type:ty, $($word:literal => $value:expr),+ $(,)?) => {
        impl Value for $type {
            fn read(text: &str) -> Result<Self, Message> {
                match text.trim() {
                    $($word => Ok($value),)+
                    _ => {
                        let known = [$($word),+].join(", ");
                        Err(Message::new(
                            format!("次のどれかを書いてください: {known}。"),
                            format!("write one of {known}"),
                        ))
                    }
                }
            }
        }
    };
}

words!(LogFormat, "json" => Self::Json, "text" => Self::Text);
words!(
    LogLevel,
    "error" => Self::Error,
    "warn" => Self::Warn,
    "info" => Self::Info,
    "debug" => Self::Debug,
    "trace" => Self::Trace,
);
words!(Language, "ja" => Self::Ja, "en" => Self::En);
words!(Talk, "officers" => Self::Officers, "members" => Self::Members);

/// An id of Discord: as text (no program rounds it) or as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(pub(super) u64);

impl Value for Id {
    fn read(text: &str) -> Result<Self, Message> {
        let text = text.trim();
        let digits = (15..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|id| digits && *id != 0).map(Self).ok_or_else(|| {
            Message::new(
                "Discord の ID ではありません。開発者モードの「IDをコピー」で得た 17〜20 桁の数字を書いてください。",
                "not an id of Discord; write the 17 to 20 digits that \"Copy ID\" of the developer mode gives",
            )
        })
    }
}

/// A name people gave: not blank, at most [`NAME_UNITS_MAX`] long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name(pub(super) String);

/// Longest name in the configuration, in UTF-16 units, as in `/office association`.
pub const NAME_UNITS_MAX: usize = 40;

impl Value for Name {
    fn read(text: &str) -> Result<Self, Message> {
        domain::text::clean(text, NAME_UNITS_MAX)
            .map(Self)
            .map_err(|_| {
                Message::new(
                    format!("1〜{NAME_UNITS_MAX} 文字の名前を書いてください。"),
                    format!("write a name of 1 to {NAME_UNITS_MAX} characters"),
                )
            })
    }
}
