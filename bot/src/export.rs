//! The export: `renkei export DIR` writes the archive of every office into a folder, for the administrator
//! who moves on, or where an archive is too large for Discord. It goes without names: those are for the
//! desk, and the coordinators' `/office export` has them.

use crate::{
    config::Config,
    error::{Error, Result},
    run,
};
use chrono::{DateTime, Utc};
use domain::office::Office;
use std::{
    fs::OpenOptions,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};
use storage::Store;

/// Writes the archives; says which files. Nothing is written over: a file that is there is a failure.
///
/// # Errors
/// The database cannot be read, or a file cannot be written.
pub async fn export(config: &Config, folder: &Path, now: DateTime<Utc>) -> Result<Vec<PathBuf>> {
    let (store, _) = run::connect(config).await?;
    store.check_schema().await?;
    let system = |error: std::io::Error| Error::System(error.to_string());
    std::fs::create_dir_all(folder).map_err(system)?;
    let known = store.read(|c| Box::pin(storage::office::all(c))).await?;
    let mut files = Vec::with_capacity(known.len());
    for (_, server) in known {
        if let Some(office) = store.office(server).await? {
            files.push(write(&store, office, folder, now).await?);
        }
    }
    store.close().await;
    Ok(files)
}

async fn write(
    store: &Store,
    office: Arc<Office>,
    folder: &Path,
    now: DateTime<Utc>,
) -> Result<PathBuf> {
    let (id, language) = (office.id, office.settings.locale);
    let day = now.with_timezone(&office.settings.time_zone).date_naive();
    let made = commands::keeping::archive::build(store, office, (None, language), now, |_, _| {})
        .await
        .map_err(|error| Error::System(error.to_string()))?;
    let path = folder.join(format!("renkei-office-{id}-{day}.zip"));
    let system = |error: std::io::Error| Error::System(format!("{}: {error}", path.display()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .map_err(system)?;
    file.write_all(&made.bytes).map_err(system)?;
    file.sync_all().map_err(system)?;
    Ok(path)
}
