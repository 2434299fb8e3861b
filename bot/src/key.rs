//! The file of the keys that seal speakers' names.
//!
//! Beside a SQLite database it is made at the first start. It is written only after the database has
//! shown that nothing in it is sealed with a key that is not at hand, so that a lost file is noticed
//! and never covered up by a new one.

use crate::{
    config,
    error::{Error, Result},
};
use secrecy::ExposeSecret;
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};
use storage::SpeakerKeys;

/// The file beside a SQLite database.
const FILE: &str = "speaker.key";
/// Largest key file, in bytes.
const BYTES_MAX: u64 = 16 * 1024;

/// Keys at hand, and the file they are to be written to when they are new.
pub(crate) struct Keys {
    pub(crate) keys: SpeakerKeys,
    new: Option<PathBuf>,
}

impl Keys {
    /// Reads the key file; makes new keys, not written yet, where there may be none so far.
    ///
    /// # Errors
    /// [`Error::KeyFileMissing`], [`Error::Key`].
    pub(crate) fn find(storage: &config::Storage) -> Result<Self> {
        let url = storage.url.expose_secret();
        let (path, may_be_new) = match (&storage.speaker_key_file, beside(url)) {
            (Some(named), beside) => (named.clone(), beside.is_some()),
            (None, Some(beside)) => (beside, true),
            (None, None) => return Err(Error::KeyFileMissing),
        };
        match read(&path) {
            Ok(keys) => Ok(Self { keys, new: None }),
            Err(Unread::Missing) if may_be_new => Ok(Self {
                keys: SpeakerKeys::generate()?,
                new: Some(path),
            }),
            Err(Unread::Missing) => Err(Error::KeyFileMissing),
            Err(Unread::Bad(ja, en)) => Err(Error::Key { path, ja, en }),
        }
    }

    /// Writes new keys to their file, for the owner only. Another process that was faster wins: its
    /// keys are the ones to start with, so this one has to start again.
    ///
    /// # Errors
    /// [`Error::Key`].
    pub(crate) fn keep(&self) -> Result<()> {
        let Some(path) = &self.new else { return Ok(()) };
        write(path, &self.keys.to_file_text()).map_err(|error| Error::Key {
            path: path.clone(),
            ja: format!("書き込めません（{error}）。"),
            en: format!("cannot be written: {error}"),
        })?;
        tracing::warn!(
            file = %path.display(),
            "a key that seals speakers' names was made; keep a copy apart from the database"
        );
        Ok(())
    }
}

/// The file beside a SQLite database; none beside PostgreSQL.
fn beside(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    Some(Path::new(path).with_file_name(FILE))
}

enum Unread {
    Missing,
    Bad(String, String),
}

fn read(path: &Path) -> std::result::Result<SpeakerKeys, Unread> {
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Bad(
            format!("読めません（{error}）。"),
            format!("cannot be read: {error}"),
        ),
    };
    let file = OpenOptions::new()
        .read(true)
        .open(path)
        .map_err(unreadable)?;
    let mode = file.metadata().map_err(unreadable)?.permissions().mode();
    if mode & 0o077 != 0 {
        tracing::warn!(file = %path.display(), "others may read the key file; chmod 600 it");
    }
    let mut text = String::new();
    file.take(BYTES_MAX)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    SpeakerKeys::from_file_text(&text).map_err(|fault| {
        Unread::Bad(
            "鍵のファイルの形ではありません。控えから戻してください。".to_owned(),
            fault.to_string(),
        )
    })
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use secrecy::SecretString;

    fn storage(url: &str, file: Option<PathBuf>) -> config::Storage {
        let mut storage = Config::with_token("t").storage;
        storage.url = SecretString::from(url);
        storage.speaker_key_file = file;
        storage
    }

    #[test]
    fn keys_are_made_once_beside_a_sqlite_database_and_for_the_owner_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("renkei.db").display());
        let path = folder.path().join(FILE);
        let found = Keys::find(&storage(&url, None)).expect("keys");
        assert!(
            !path.exists(),
            "nothing is written before the database was asked"
        );
        found.keep().expect("written");
        let mode = std::fs::metadata(&path)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        let again = Keys::find(&storage(&url, None)).expect("keys");
        assert_eq!(again.keys.to_file_text(), found.keys.to_file_text());
        assert!(again.new.is_none());
        assert!(
            found.keep().is_err(),
            "a file that is there is never covered up"
        );
    }

    #[test]
    fn postgresql_needs_a_key_file_that_is_there() {
        let url = "postgres://renkei@db/renkei";
        assert!(matches!(
            Keys::find(&storage(url, None)),
            Err(Error::KeyFileMissing)
        ));
        let missing = Some(PathBuf::from("/nowhere/speaker.key"));
        assert!(matches!(
            Keys::find(&storage(url, missing)),
            Err(Error::KeyFileMissing)
        ));
    }

    #[test]
    fn a_damaged_key_file_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("renkei.db").display());
        std::fs::write(folder.path().join(FILE), "not a key").expect("written");
        assert!(matches!(
            Keys::find(&storage(&url, None)),
            Err(Error::Key { .. })
        ));
    }

    #[test]
    fn the_file_stands_beside_the_database() {
        for (url, path) in [
            ("sqlite://renkei.db", Some("speaker.key")),
            ("sqlite:renkei.db", Some("speaker.key")),
            (
                "sqlite:///var/lib/renkei/renkei.db?mode=rwc",
                Some("/var/lib/renkei/speaker.key"),
            ),
            ("postgres://db/renkei", None),
        ] {
            assert_eq!(beside(url), path.map(PathBuf::from), "{url}");
        }
    }
}
