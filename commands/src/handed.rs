//! Sheets that people hand in with a command: fetched, read and understood where that hinders nobody.
//!
//! Files are hostile, so only a few are read at a time, and each within its time. What the cells mean is
//! asked by whoever understands them.

use crate::{
    error::Error,
    file::FetchFault,
    request::Request,
    sheet::{self, SheetFault},
    text,
    text::Text,
};
use domain::sheet::Sheet;
use serenity::all::Attachment;
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Most files that are fetched and understood at a time: each takes some dozens of megabytes and one
/// core.
const READING_MAX: usize = 2;
/// How long a file waits for its turn.
const TURN_SECONDS_MAX: u64 = 30;
/// How long fetching may take.
const FETCH_SECONDS_MAX: u64 = 20;

static READING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(READING_MAX)));

/// Fetches a file, reads its sheets, and has them understood.
///
/// # Errors
/// Refused when it cannot be fetched or read.
pub(crate) async fn understood<T: Send + 'static>(
    request: &Request,
    file: &Attachment,
    understand: impl FnOnce(Vec<Sheet>) -> T + Send + 'static,
) -> Result<T, Error> {
    let size = usize::try_from(file.size).unwrap_or(usize::MAX);
    if size > sheet::BYTES_MAX {
        return Err(unread(SheetFault::TooLarge));
    }
    let permit = turn_to_read().await?;
    let within = Duration::from_secs(FETCH_SECONDS_MAX);
    let bytes = request
        .app
        .files
        .fetch(&file.url, sheet::BYTES_MAX, within)
        .await
        .map_err(unfetched)?;
    let work = move || {
        let sheets = sheet::read(&bytes)?;
        drop(bytes);
        let understood = understand(sheets);
        drop(permit);
        Ok(understood)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(understood)) => Ok(understood),
        Ok(Err(fault)) => Err(unread(fault)),
        // A file that a library stumbles over is a broken file to the person.
        Err(_) => Err(unread(SheetFault::Broken)),
    }
}

async fn turn_to_read() -> Result<OwnedSemaphorePermit, Error> {
    let turn = Arc::clone(&READING).acquire_owned();
    match tokio::time::timeout(Duration::from_secs(TURN_SECONDS_MAX), turn).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Error::refuse(Text::new("import-busy"))),
    }
}

/// The refusal of a file that is not read, with the limits it may have passed.
pub(crate) fn unread(fault: SheetFault) -> Error {
    Error::refuse(text!(
        format!("import-file-{}", fault.code()),
        megabytes = sheet::BYTES_MAX / 1024 / 1024,
        rows = sheet::ROWS_MAX,
        columns = sheet::COLUMNS_MAX,
        letters = sheet::LETTERS_MAX,
        cell = sheet::CELL_LETTERS_MAX,
    ))
}

fn unfetched(fault: FetchFault) -> Error {
    match fault {
        FetchFault::TooLarge => unread(SheetFault::TooLarge),
        FetchFault::Elsewhere | FetchFault::Gone | FetchFault::Unreachable => {
            Error::refuse(Text::new("import-unfetched"))
        }
    }
}
