//! The configuration: one TOML file, with the environment laid over it.
//!
//! Reading is strict: unknown keys are refused with the line and the word that was probably meant, and
//! every value is checked before anything starts. Secrets never appear in `Debug` or in a fault.
//!
//! The keys are documented in `config.example.toml`. One thing is not as plain as it looks: the
//! contract names both `[office]` (defaults of new offices) and `[[office]]` (one table per office),
//! and TOML allows only one of them in one file. The defaults may therefore stand in `[defaults]` at
//! any time, and in `[office]` as long as no `[[office]]` is used.

mod environment;
mod fault;
mod file;
mod office;
mod spelling;
#[cfg(test)]
mod tests;
mod value;

pub use environment::Environment;
pub use fault::{Fault, Message, Place};
pub use office::{AssociationTable, CircleTable, OfficeTable};
pub use value::{CONNECTIONS_MAX, LogFormat, LogLevel, NAME_UNITS_MAX, REQUESTS_MAX};

use chrono_tz::Tz;
use domain::setting::Language;
use file::{DefaultsTable, File, OfficeSection};
use secrecy::SecretString;
use std::{
    collections::BTreeSet,
    fs::OpenOptions,
    io::{ErrorKind, Read},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};
use toml::Spanned;
use value::{Token, Value};

/// The file that is read when none is named.
pub const DEFAULT_FILE: &str = "config.toml";
/// Largest configuration file, in bytes.
pub const FILE_BYTES_MAX: u64 = 256 * 1024;
/// Largest file that holds one secret, in bytes.
const SECRET_BYTES_MAX: u64 = 4 * 1024;
/// The database when none is named.
const DEFAULT_URL: &str = "sqlite://renkei.db";
/// Connections to the database when no number is given.
const DEFAULT_CONNECTIONS: u32 = 8;
/// Changes a second when no number is given: Discord takes fifty requests, and a tenth is left for
/// looking things up.
const DEFAULT_REQUESTS: u32 = 45;
/// Where health is told when nothing is said.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);

/// Everything the program is told before it starts.
#[derive(Clone, Debug)]
pub struct Config {
    /// How Discord is reached.
    pub discord: Discord,
    /// Where the records are.
    pub storage: Storage,
    /// What a new office begins with.
    pub defaults: Defaults,
    /// Where health is told.
    pub http: Http,
    /// How is logged.
    pub log: Log,
    /// Offices set up by the file.
    pub offices: Vec<OfficeTable>,
}

/// `[discord]`
#[derive(Clone, Debug)]
pub struct Discord {
    /// The bot's token, without `Bot `.
    pub token: SecretString,
    /// A stand-in to talk to in place of discord.com; for test workspaces.
    pub address: Option<Address>,
    /// Whether commands have Japanese names; off for clients that hide localised subcommands.
    pub localise_names: bool,
    /// Most changes a second that this process asks of Discord, 1 to [`REQUESTS_MAX`].
    pub requests_per_second: u32,
}

/// A stand-in for Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// `host:port`, connected to over TLS in place of discord.com and cdn.discordapp.com.
    pub host_port: String,
    /// PEM file of the only certificate authority trusted there.
    pub ca_file: PathBuf,
}

/// `[storage]`
#[derive(Clone, Debug)]
pub struct Storage {
    /// `sqlite://FILE` or `postgres://…`, perhaps with a password.
    pub url: SecretString,
    /// The file of the keys that seal speakers' names; beside a SQLite database when not named.
    pub speaker_key_file: Option<PathBuf>,
    /// Most connections to the database, 1 to [`CONNECTIONS_MAX`].
    pub connections_max: u32,
}

/// `[defaults]`: what a new office begins with; it may change it by `/office setting`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defaults {
    /// Time zone.
    pub time_zone: Tz,
    /// Language of posts.
    pub locale: Language,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_year_start: u32,
}

/// `[http]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// Where `/live`, `/ready` and `/metrics` are answered; nowhere when `None`. Port 0 takes a free one.
    pub listen: Option<SocketAddr>,
}

/// `[log]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// How lines are written.
    pub format: LogFormat,
    /// The least important lines that are written.
    pub level: LogLevel,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            time_zone: Tz::Asia__Tokyo,
            locale: Language::Ja,
            fiscal_year_start: 4,
        }
    }
}

impl Config {
    /// The defaults with a token.
    #[must_use]
    pub fn with_token(token: impl Into<String>) -> Self {
        Self {
            discord: Discord {
                token: SecretString::from(token.into()),
                address: None,
                localise_names: true,
                requests_per_second: DEFAULT_REQUESTS,
            },
            storage: Storage {
                url: SecretString::from(DEFAULT_URL),
                speaker_key_file: None,
                connections_max: DEFAULT_CONNECTIONS,
            },
            defaults: Defaults::default(),
            http: Http {
                listen: Some(DEFAULT_LISTEN),
            },
            log: Log::default(),
            offices: Vec::new(),
        }
    }

    /// Reads the file and the environment. A file that was named must be there; [`DEFAULT_FILE`] may
    /// be missing, then the defaults and the environment are all.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn load(named: Option<&Path>, environment: &Environment) -> Result<Self, Fault> {
        let file = named.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match read_text(file, FILE_BYTES_MAX) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => String::new(),
            Err(error) => return Err(Fault::of_file(file, None, "", unreadable(&error))),
        };
        Self::parse(&text, file, environment)
    }

    /// Reads the text of a file with the environment laid over it. Relative names of files are taken
    /// from the folder of `file`.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str, file: &Path, environment: &Environment) -> Result<Self, Fault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let written = read_toml(text, file)?;
        let (over, defaults_over) = environment.tables()?;
        let written = written.overlaid(over);
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let beside = |path: PathBuf| {
            if path.is_absolute() {
                path
            } else {
                folder.join(path)
            }
        };

        let (defaults, offices) = sections(written.office, written.defaults, text, file)?;
        let defaults = defaults.overlaid(defaults_over);
        let usual = Defaults::default();
        let storage = written.storage;
        Ok(Self {
            discord: Discord {
                token: token(
                    written.discord.token.map(|token| token.0),
                    written.discord.token_file.map(|path| beside(path.0)),
                )?,
                address: address(
                    written.discord.address.map(|address| address.0.0),
                    written.discord.ca_file.map(|path| beside(path.0)),
                )?,
                localise_names: written.discord.localise_names.is_none_or(|on| on.0),
                requests_per_second: written
                    .discord
                    .requests_per_second
                    .map_or(DEFAULT_REQUESTS, |n| n.0.0),
            },
            storage: Storage {
                url: storage
                    .url
                    .map_or_else(|| SecretString::from(DEFAULT_URL), |url| url.0.0),
                speaker_key_file: storage.speaker_key_file.map(|path| beside(path.0)),
                connections_max: storage
                    .connections_max
                    .map_or(DEFAULT_CONNECTIONS, |n| n.0.0),
            },
            defaults: Defaults {
                time_zone: defaults.time_zone.map_or(usual.time_zone, |zone| zone.0),
                locale: defaults.locale.map_or(usual.locale, |language| language.0),
                fiscal_year_start: defaults
                    .fiscal_year_start
                    .map_or(usual.fiscal_year_start, |month| month.0.0),
            },
            http: Http {
                listen: written.http.listen.map_or(Some(DEFAULT_LISTEN), |l| l.0.0),
            },
            log: Log {
                format: written
                    .log
                    .format
                    .map(|format| format.0)
                    .unwrap_or_default(),
                level: written.log.level.map(|level| level.0).unwrap_or_default(),
            },
            offices,
        })
    }
}

fn read_toml(text: &str, file: &Path) -> Result<File, Fault> {
    let reader =
        toml::Deserializer::parse(text).map_err(|error| Fault::of_toml(file, text, "", &error))?;
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let key = key_of(error.path());
        Fault::of_toml(file, text, &key, error.inner())
    })
}

/// The key of a path in the file, without what serde keeps for itself.
fn key_of(path: &serde_path_to_error::Path) -> String {
    let text = path.to_string();
    let parts = text
        .split('.')
        .filter(|part| !part.contains("$__") && *part != "?" && *part != ".");
    parts.collect::<Vec<_>>().join(".")
}

/// The defaults and the offices, whichever spelling was used.
fn sections(
    office: OfficeSection,
    defaults: Option<DefaultsTable>,
    text: &str,
    file: &Path,
) -> Result<(DefaultsTable, Vec<OfficeTable>), Fault> {
    let written = match office {
        OfficeSection::Nothing => return Ok((defaults.unwrap_or_default(), Vec::new())),
        OfficeSection::Defaults(_) if defaults.is_some() => {
            return Err(Fault::of_file(
                file,
                None,
                "office",
                Message::new(
                    "[office] と [defaults] は同じものです。どちらか一つにしてください。",
                    "[office] and [defaults] are the same; keep one of them",
                ),
            ));
        }
        OfficeSection::Defaults(table) => return Ok((table, Vec::new())),
        OfficeSection::Offices(written) => written,
    };
    let mut servers = BTreeSet::new();
    let mut offices = Vec::new();
    for office in written {
        let line = Some(fault::line_of(text, Spanned::span(&office).start));
        let table = office.into_inner().meant();
        table.check().map_err(|(key, message)| {
            Fault::of_file(file, line, &format!("office.{key}"), message)
        })?;
        if !servers.insert(table.server) {
            return Err(Fault::of_file(
                file,
                line,
                "office.guild_id",
                Message::new(
                    format!("サーバー {} の [[office]] が二度あります。", table.server),
                    format!("[[office]] of server {} occurs twice", table.server),
                ),
            ));
        }
        offices.push(table);
    }
    Ok((defaults.unwrap_or_default(), offices))
}

fn token(given: Option<Token>, file: Option<PathBuf>) -> Result<SecretString, Fault> {
    match (given, file) {
        (Some(_), Some(_)) => Err(Fault::nowhere(
            "discord.token",
            Message::new(
                "token と token_file の両方があります。どちらか一つにしてください。",
                "both token and token_file are given; keep one of them",
            ),
        )),
        (Some(token), None) => Ok(token.0),
        (None, Some(path)) => {
            let text = read_text(&path, SECRET_BYTES_MAX).map_err(|error| {
                Fault::of_file(&path, None, "discord.token_file", unreadable(&error))
            })?;
            Token::read(&text)
                .map(|token| token.0)
                .map_err(|message| Fault::of_file(&path, None, "discord.token_file", message))
        }
        (None, None) => Err(Fault::nowhere(
            "discord.token",
            Message::new(
                "Discord のトークンがありません。環境変数 DISCORD_TOKEN に入れるか、token_file にファイルの名前を書いてください。",
                "there is no token; put it into the environment variable DISCORD_TOKEN or name its file in token_file",
            ),
        )),
    }
}

fn address(host_port: Option<String>, ca_file: Option<PathBuf>) -> Result<Option<Address>, Fault> {
    match (host_port, ca_file) {
        (Some(host_port), Some(ca_file)) => Ok(Some(Address { host_port, ca_file })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(Fault::nowhere(
            "discord.ca_file",
            Message::new(
                "address を使うときは、信頼する証明書のファイルを ca_file に書いてください。",
                "with address, name the certificate to trust in ca_file",
            ),
        )),
        (None, Some(_)) => Err(Fault::nowhere(
            "discord.ca_file",
            Message::new(
                "ca_file は address と一緒のときだけ使います。消すか、address を書いてください。",
                "ca_file is used together with address only; remove it or write address",
            ),
        )),
    }
}

fn unreadable(error: &std::io::Error) -> Message {
    let ja = match error.kind() {
        ErrorKind::NotFound => {
            "ファイルが見つかりません。名前と場所を確かめてください。".to_owned()
        }
        ErrorKind::PermissionDenied => {
            "ファイルを読む権限がありません。持ち主と権限を確かめてください。".to_owned()
        }
        _ => format!("ファイルを読めません（{error}）。"),
    };
    Message::new(ja, format!("cannot read the file: {error}"))
}

fn read_text(path: &Path, bytes_max: u64) -> std::io::Result<String> {
    let file = OpenOptions::new().read(true).open(path)?;
    let mut text = String::new();
    file.take(bytes_max + 1).read_to_string(&mut text)?;
    if text.len() as u64 > bytes_max {
        return Err(std::io::Error::new(
            ErrorKind::FileTooLarge,
            format!("more than {bytes_max} bytes"),
        ));
    }
    Ok(text)
}
