//! Why the program cannot start, or has to end.

use crate::config;
use std::path::PathBuf;

/// The result of starting.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the program cannot start, or has to end. Japanese first, as an administrator reads it; never
/// holds a token, a password or wording.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The configuration cannot be used.
    #[error("{0}")]
    Config(#[from] config::Fault),
    /// The address or its certificate cannot be used.
    #[error(
        "Discord の代わりの接続先（discord.address、discord.ca_file）を使えません: {0}\n(the address in place of Discord cannot be used: {0})"
    )]
    Address(String),
    /// The file of the speaker keys cannot be used.
    #[error("発言者の氏名を守る鍵のファイル {0} を使えません: {1}\n(the key file {0} cannot be used: {2})", .path.display(), .ja, .en)]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong, in Japanese.
        ja: String,
        /// What is wrong, in English.
        en: String,
    },
    /// PostgreSQL has no key file of its own place.
    #[error(
        "PostgreSQL では storage.speaker_key_file が必要です。すべてのプロセスで同じファイルを使います。\
         次のように作れます: (umask 077; echo \"$(openssl rand -hex 4) $(openssl rand -hex 32)\" > speaker.key)\n\
         (with PostgreSQL, storage.speaker_key_file is required, the same file for every process; \
         the command above makes one)"
    )]
    KeyFileMissing,
    /// The database failed.
    #[error("データベースを使えません: {0}\n(the database cannot be used: {0})")]
    Storage(String),
    /// The schema of PostgreSQL is older.
    #[error(
        "データベースの形式が古いままです。すべてのプロセスを確かめてから renkei migrate を実行してください。\n\
         (the schema is older than this program needs; run renkei migrate)"
    )]
    SchemaOlder,
    /// The schema is newer.
    #[error(
        "データベースの形式がこのプログラムより新しくなっています（{found}、対応は {known} まで）。新しい renkei をお使いください。\n\
         (the schema {found} is newer than this program, which knows up to {known}; use the newer renkei)"
    )]
    SchemaNewer {
        /// What the database has.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// Speakers' names are sealed with a key that is not at hand.
    #[error(
        "発言者の氏名を守る鍵が足りません。控えておいた鍵のファイルを元の場所に戻してください。\n\
         (a key that seals speakers' names is missing; put the key file back)"
    )]
    KeysMissing,
    /// Health cannot be told there.
    #[error("http.listen の {0} で待ち受けできません: {1}\n(cannot listen on {0}: {1})")]
    Listen(std::net::SocketAddr, String),
    /// Discord named a gateway that must not get the token.
    #[error(
        "Discord の接続先として受け入れられないアドレスが返されたため、トークンを送らずに終了します: {0}\n\
         (an unacceptable gateway address was given; ending before the token is sent: {0})"
    )]
    Gateway(String),
    /// Discord refuses the token.
    #[error(
        "Discord がトークンを受け付けません。Developer Portal で作り直して設定してください。\n\
         (Discord refuses the token; make a new one in the Developer Portal)"
    )]
    Token,
    /// Discord refuses the intents.
    #[error(
        "Discord がボットのインテントを受け付けません。Developer Portal の設定を確かめてください。\n\
         (Discord refuses the bot's intents; look at the Developer Portal)"
    )]
    Intents,
    /// The system refused something the program cannot do without.
    #[error("システムの資源を使えません: {0}\n(the system refused: {0})")]
    System(String),
}

impl Error {
    /// Whether the configuration is at fault (exit code 2) rather than the surroundings (1).
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        matches!(
            self,
            Self::Config(_) | Self::Address(_) | Self::KeyFileMissing
        )
    }
}

impl From<storage::Error> for Error {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::SchemaOlder => Self::SchemaOlder,
            storage::Error::SchemaNewer { found, known } => Self::SchemaNewer { found, known },
            storage::Error::Sealed => Self::KeysMissing,
            error => Self::Storage(error.to_string()),
        }
    }
}
