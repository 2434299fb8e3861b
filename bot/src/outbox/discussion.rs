//! The thread below a post in a text channel: opened when somebody has asked for it, closed when its post
//! goes away.
//!
//! A message has one thread at most, and the thread bears the message's id: so opening it again after a
//! crash or a lost answer finds the one that was opened before. What people wrote in a thread is not the
//! bot's to delete: it is archived and locked, and the desk is told (decision 0030).

use super::{
    delivery::Delivery,
    edit::there,
    settled::{Settled, Step, fault, later, not_done},
};
use crate::discord::{Act, Outcome};
use commands::card;
use domain::{id::ChannelId, office::Office};
use std::sync::Arc;
use storage::outbox::{self, Claimed, StandingPost};

/// The message has a thread already.
const HAS_THREAD: &str = "discord-160004";

impl Delivery {
    /// Opens the thread that is wanted below a post, if it is not open; `None` when the post is not there
    /// any more.
    pub(super) async fn discuss(
        &self,
        office: &Office,
        row: &Claimed,
        standing: StandingPost,
    ) -> Step<Option<()>> {
        if let Some(thread) = row.discussion.open() {
            match self.port.thread(thread).await {
                Outcome::Done(now) if now.archived && !now.locked => {
                    self.reopen(row, thread).await?;
                    return self.note_opened(row, Ok(thread)).await;
                }
                Outcome::Done(_) => return self.note_opened(row, Ok(thread)).await,
                // Deleted by hand: whoever asks gets another one.
                Outcome::Gone => {}
                // What the bot may not even look at: it is told where the thread was.
                Outcome::Refused(code) => return self.note_opened(row, Err(&code)).await,
                other => return Err(not_done(row, &other)),
            }
        }
        let Some(name) = self.thread_name(office, row).await? else {
            return self.note_opened(row, Err("nothing-to-discuss")).await;
        };
        self.wait_for_limit(row, Act::Discuss, standing.channel)
            .await?;
        self.prove(office, row).await?;
        let started = self
            .port
            .start_thread(standing.channel, standing.message, &name)
            .await;
        match started {
            Outcome::Done(thread) => self.note_opened(row, Ok(thread)).await,
            Outcome::Gone => Ok(None),
            Outcome::Refused(code) if code == HAS_THREAD => self.take_up(row, standing).await,
            Outcome::Refused(code) => self.note_opened(row, Err(&code)).await,
            // Asking again finds what was opened.
            Outcome::Doubtful(_) => Err(later(row, "opening a thread was not answered")),
            other => Err(not_done(row, &other)),
        }
    }

    /// The thread that a message has already.
    async fn take_up(&self, row: &Claimed, standing: StandingPost) -> Step<Option<()>> {
        let thread = ChannelId(standing.message.0);
        match self.port.thread(thread).await {
            Outcome::Done(now) => {
                if now.archived && !now.locked {
                    self.reopen(row, thread).await?;
                }
                self.note_opened(row, Ok(thread)).await
            }
            Outcome::Gone | Outcome::Refused(_) => self.note_opened(row, Err(HAS_THREAD)).await,
            other => Err(not_done(row, &other)),
        }
    }

    /// Opens a thread that lay too long. Where Discord will not, whoever writes there opens it.
    async fn reopen(&self, row: &Claimed, thread: ChannelId) -> Step<()> {
        match self.port.open_thread(thread).await {
            Outcome::Refused(_) => Ok(()),
            outcome => there(row, outcome).map(drop),
        }
    }

    async fn thread_name(&self, office: &Office, row: &Claimed) -> Step<Option<String>> {
        card::thread_name(&self.app, office, row)
            .await
            .map_err(|error| fault(row, &error))
    }

    /// Closes the thread of a post that goes away, or that offers none any more. What was written in it
    /// stays for those who could read it there.
    pub(super) async fn close(&self, office: &Office, row: &Claimed) -> Step<()> {
        let Some(thread) = row.discussion.open() else {
            return Ok(());
        };
        let left = match self.port.thread(thread).await {
            Outcome::Gone => None,
            Outcome::Done(now) => {
                if !(now.archived && now.locked) {
                    self.lock(row, thread).await?;
                }
                Some(now.written)
            }
            // The channel is closed to the bot: nobody but a person can do anything there.
            Outcome::Refused(_) => Some(None),
            other => return Err(not_done(row, &other)),
        };
        let untouched = left == Some(Some(0));
        let told = left.is_some() && !untouched;
        let (office, claimed) = (Arc::new(office.clone()), row.clone());
        let (left, now) = (left.map(|_| thread), self.app.clock.now());
        let counted = self
            .app
            .store
            .write(move |tx| {
                let (office, claimed) = (Arc::clone(&office), claimed.clone());
                Box::pin(async move {
                    let counted = outbox::discussion_closed(tx, &claimed, left).await?;
                    if counted && told {
                        commands::occurrence::tell_of_thread(tx, &office, &claimed, now).await?;
                    }
                    Ok(counted)
                })
            })
            .await
            .map_err(|error| fault(row, &error))?;
        // Somebody else has the row by now.
        if counted {
            Ok(())
        } else {
            Err(Settled::Doubtful)
        }
    }

    /// Archives and locks a thread; where the bot may not lock, it archives.
    async fn lock(&self, row: &Claimed, thread: ChannelId) -> Step<()> {
        let locked = match self.port.lock_thread(thread).await {
            Outcome::Refused(_) => self.port.archive_thread(thread).await,
            locked => locked,
        };
        match locked {
            // Nothing more can be done about it; the desk is told of it all the same.
            Outcome::Refused(code) => {
                tracing::warn!(
                    office.id = %row.office, outbox.id = %row.id, code,
                    "the thread of a card that went away could not be closed"
                );
                Ok(())
            }
            outcome => there(row, outcome).map(drop),
        }
    }

    async fn note_opened(
        &self,
        row: &Claimed,
        opened: Result<ChannelId, &str>,
    ) -> Step<Option<()>> {
        let (claimed, opened) = (row.clone(), opened.map_err(str::to_owned));
        if let Err(code) = &opened {
            tracing::warn!(
                office.id = %row.office, outbox.id = %row.id, code,
                "a thread that was asked for could not be opened"
            );
        }
        let counted = self
            .app
            .store
            .write(move |tx| {
                let (claimed, opened) = (claimed.clone(), opened.clone());
                Box::pin(async move {
                    let opened = opened.as_ref().map(|thread| *thread);
                    outbox::discussed(tx, &claimed, opened.map_err(String::as_str)).await
                })
            })
            .await
            .map_err(|error| fault(row, &error))?;
        if counted {
            Ok(Some(()))
        } else {
            Err(Settled::Doubtful)
        }
    }
}
