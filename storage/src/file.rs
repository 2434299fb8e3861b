//! The file SQLite keeps an office in: where it is, who may read it, and its copy before a migration.

use crate::error::{Error, Result};
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// Readable and writable by the account Renkei runs under, by nobody else.
#[cfg(unix)]
const MODE: u32 = 0o600;
/// Most copies of one version that are kept apart by a number; more means that migrating keeps failing.
const COPIES_MAX: u32 = 100;

/// Makes the file if it is missing, and takes everybody else's rights away from it.
///
/// SQLite would make it readable for all; the files it keeps beside it (`-wal`, `-shm`) take their
/// mode from this one.
pub(crate) fn prepare(path: &Path) -> Result<()> {
    match create(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => restrict(path),
        Err(error) => Err(Error::File(error)),
    }
}

/// Makes the empty file for a copy of the database as it is before a migration, beside it:
/// `renkei.db` of schema 3 is copied to `renkei.db.schema-3`, again to `renkei.db.schema-3.2`.
///
/// An earlier copy is never written over: it may be the good one.
pub(crate) fn prepare_copy(path: &Path, version: i64) -> Result<PathBuf> {
    for number in 1..=COPIES_MAX {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".schema-{version}"));
        if number > 1 {
            name.push(format!(".{number}"));
        }
        let copy = PathBuf::from(name);
        match create(&copy) {
            Ok(()) => return Ok(copy),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Error::File(error)),
        }
    }
    Err(Error::File(ErrorKind::AlreadyExists.into()))
}

fn create(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, MODE);
    options.open(path).map(drop)
}

#[cfg(unix)]
fn restrict(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    if permissions.mode() & 0o077 != 0 {
        permissions.set_mode(MODE);
        fs::set_permissions(path, permissions)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> Result<()> {
    Ok(())
}
