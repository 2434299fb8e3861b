//! Registration: Discord is told the commands when they differ from those it was told last.
//!
//! Apart from opening a session: a failed registration never keeps the bot from working, and is
//! tried again.

use crate::backoff::Backoff;
use commands::App;
use serenity::all::{CreateCommand, Http};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::watch;

/// Waits between tries. Discord allows 200 new commands a day.
const BACKOFF: Backoff = Backoff {
    first: Duration::from_secs(2),
    most: Duration::from_secs(600),
};

/// Whether Discord knows the commands.
pub(crate) struct Registration {
    http: Arc<Http>,
    commands: Vec<CreateCommand>,
    application: OnceLock<u64>,
    introduced: tokio::sync::Notify,
    done: watch::Sender<bool>,
}

impl Registration {
    pub(crate) fn new(http: Arc<Http>, commands: Vec<CreateCommand>) -> Self {
        Self {
            http,
            commands,
            application: OnceLock::new(),
            introduced: tokio::sync::Notify::new(),
            done: watch::Sender::new(false),
        }
    }

    /// The application is known: it does not change while the program runs.
    pub(crate) fn introduce(&self, application: u64) {
        if application != 0 && self.application.set(application).is_ok() {
            self.introduced.notify_one();
        }
    }

    /// Whether Discord knows the commands.
    pub(crate) fn is_done(&self) -> bool {
        *self.done.borrow()
    }

    /// Tells when it does.
    pub(crate) fn watch(&self) -> watch::Receiver<bool> {
        self.done.subscribe()
    }

    /// Tells Discord the commands, with as many tries as it takes.
    pub(crate) async fn complete(&self, app: &App) {
        let application = loop {
            match self.application.get() {
                Some(application) => break *application,
                None => self.introduced.notified().await,
            }
        };
        self.http
            .set_application_id(serenity::all::ApplicationId::new(application));
        let mut failed = 0;
        while let Err(reason) = self.attempt(app, application).await {
            let wait = BACKOFF.wait(failed);
            failed += 1;
            tracing::warn!(
                reason,
                wait_ms = wait.as_millis(),
                "the commands were not registered"
            );
            tokio::time::sleep(wait).await;
        }
        self.done.send_replace(true);
    }

    async fn attempt(&self, app: &App, application: u64) -> Result<(), String> {
        let storage = |error: storage::Error| format!("storage: {error}");
        let hash = hash_of(&self.commands)?;
        let known = app
            .store
            .read(move |c| Box::pin(storage::registration::get(c, application)))
            .await
            .map_err(storage)?;
        if known.as_deref() == Some(hash.as_str()) {
            return Ok(());
        }
        self.http
            .create_global_commands(&self.commands)
            .await
            .map_err(|error| refusal(&error))?;
        tracing::info!(
            commands = self.commands.len(),
            "the commands were registered"
        );
        let now = app.clock.now();
        app.store
            .write(move |tx| {
                let hash = hash.clone();
                Box::pin(
                    async move { storage::registration::set(tx, application, &hash, now).await },
                )
            })
            .await
            .map_err(storage)
    }
}

/// What Discord said of the commands: they hold nothing that must not be logged, and an error here is
/// one of ours.
fn refusal(error: &serenity::Error) -> String {
    match error {
        serenity::Error::Http(serenity::all::HttpError::UnsuccessfulRequest(answer)) => {
            let details: Vec<String> = answer
                .error
                .errors
                .iter()
                .take(5)
                .map(|detail| format!("{}: {}", detail.path, detail.message))
                .collect();
            format!(
                "{} {} ({})",
                answer.status_code,
                answer.error.code,
                details.join("; ")
            )
        }
        _ => "no answer".to_owned(),
    }
}

/// A hash of what is registered.
fn hash_of(commands: &[CreateCommand]) -> Result<String, String> {
    let text = serde_json::to_string(commands)
        .map_err(|_| "the commands cannot be written as JSON".to_owned())?;
    let digest = Sha256::digest(text.as_bytes());
    Ok(digest.iter().fold(String::new(), |mut hash, byte| {
        write!(hash, "{byte:02x}").expect("writing to a string cannot fail");
        hash
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_changes_with_the_commands() {
        let command = |name: &str| CreateCommand::new(name).description("d");
        let hash = |name| hash_of(&[command(name)]).expect("a hash");
        assert_eq!(hash("issue"), hash("issue"));
        assert_ne!(hash("issue"), hash("issues"));
        assert_eq!(hash("issue").len(), 64);
    }
}
