//! The configuration file as it is written: every table, every key, nothing decided yet.
//!
//! The environment is read into the same tables and laid over them, so that both know the same keys.

use super::{
    office::OfficeFile,
    value::{
        Connections, HostPort, Listen, LogFormat, LogLevel, Month, Parsed, Requests, Token, Url,
    },
};
use chrono_tz::Tz;
use domain::setting::Language;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use std::{fmt, path::PathBuf};
use toml::Spanned;

/// Most `[[office]]` tables.
pub(super) const OFFICES_MAX: usize = 100;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) discord: DiscordTable,
    pub(super) storage: StorageTable,
    pub(super) office: OfficeSection,
    pub(super) defaults: Option<DefaultsTable>,
    pub(super) http: HttpTable,
    pub(super) log: LogTable,
}

/// `[discord]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DiscordTable {
    pub(super) token: Option<Parsed<Token>>,
    pub(super) token_file: Option<Parsed<PathBuf>>,
    pub(super) address: Option<Parsed<HostPort>>,
    pub(super) ca_file: Option<Parsed<PathBuf>>,
    pub(super) localise_names: Option<Parsed<bool>>,
    pub(super) requests_per_second: Option<Parsed<Requests>>,
}

/// `[storage]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StorageTable {
    pub(super) url: Option<Parsed<Url>>,
    pub(super) speaker_key_file: Option<Parsed<PathBuf>>,
    pub(super) connections_max: Option<Parsed<Connections>>,
}

/// `[defaults]`, or `[office]` where no `[[office]]` table is used.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DefaultsTable {
    pub(super) time_zone: Option<Parsed<Tz>>,
    pub(super) locale: Option<Parsed<Language>>,
    pub(super) fiscal_year_start: Option<Parsed<Month>>,
}

/// `[http]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct HttpTable {
    pub(super) listen: Option<Parsed<Listen>>,
}

/// `[log]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LogTable {
    pub(super) format: Option<Parsed<LogFormat>>,
    pub(super) level: Option<Parsed<LogLevel>>,
}

/// What stands under the name `office`. TOML allows one of the two spellings in one file.
#[derive(Debug, Default)]
pub(super) enum OfficeSection {
    /// Nothing.
    #[default]
    Nothing,
    /// `[office]`: the defaults of new offices.
    Defaults(DefaultsTable),
    /// `[[office]]`: one table per office.
    Offices(Vec<Spanned<OfficeFile>>),
}

impl<'de> Deserialize<'de> for OfficeSection {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SectionVisitor)
    }
}

struct SectionVisitor;

impl<'de> Visitor<'de> for SectionVisitor {
    type Value = OfficeSection;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[office] or [[office]]")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OfficeSection, A::Error> {
        DefaultsTable::deserialize(MapAccessDeserializer::new(map)).map(OfficeSection::Defaults)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OfficeSection, A::Error> {
        let mut offices = Vec::new();
        while let Some(office) = seq.next_element()? {
            offices.push(office);
            if offices.len() > OFFICES_MAX {
                return Err(serde::de::Error::custom(
                    super::fault::Message::new(
                        format!("[[office]] は {OFFICES_MAX} 個までです。"),
                        format!("at most {OFFICES_MAX} tables [[office]]"),
                    )
                    .carried(),
                ));
            }
        }
        Ok(OfficeSection::Offices(offices))
    }
}

impl File {
    /// Lays the tables of the environment over those of the file: what the environment says wins.
    pub(super) fn overlaid(self, environment: Self) -> Self {
        let discord = environment.discord;
        // A secret named in the environment replaces either spelling of it in the file.
        let named = discord.token.is_some() || discord.token_file.is_some();
        let secret = if named {
            (None, None)
        } else {
            (self.discord.token, self.discord.token_file)
        };
        Self {
            discord: DiscordTable {
                token: discord.token.or(secret.0),
                token_file: discord.token_file.or(secret.1),
                address: discord.address.or(self.discord.address),
                ca_file: discord.ca_file.or(self.discord.ca_file),
                localise_names: discord.localise_names.or(self.discord.localise_names),
                requests_per_second: discord
                    .requests_per_second
                    .or(self.discord.requests_per_second),
            },
            storage: StorageTable {
                url: environment.storage.url.or(self.storage.url),
                speaker_key_file: environment
                    .storage
                    .speaker_key_file
                    .or(self.storage.speaker_key_file),
                connections_max: environment
                    .storage
                    .connections_max
                    .or(self.storage.connections_max),
            },
            office: self.office,
            defaults: self.defaults,
            http: HttpTable {
                listen: environment.http.listen.or(self.http.listen),
            },
            log: LogTable {
                format: environment.log.format.or(self.log.format),
                level: environment.log.level.or(self.log.level),
            },
        }
    }
}

impl DefaultsTable {
    /// The same for the defaults of new offices.
    pub(super) fn overlaid(self, environment: Self) -> Self {
        Self {
            time_zone: environment.time_zone.or(self.time_zone),
            locale: environment.locale.or(self.locale),
            fiscal_year_start: environment.fiscal_year_start.or(self.fiscal_year_start),
        }
    }
}
