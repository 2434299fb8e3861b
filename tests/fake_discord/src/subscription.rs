//! Who wants to hear that something visible to a person changed: the web page of a rehearsal.
//!
//! Carries no content; the listener asks for the new view.

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What changed for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Channels, threads, roles or commands.
    Server,
    /// Messages of this channel, the person's own ephemeral ones included.
    Messages(u64),
}

/// Listeners by person.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    listeners: Vec<(u64, UnboundedSender<Change>)>,
}

impl Subscriptions {
    pub(crate) fn add(&mut self, user: u64) -> UnboundedReceiver<Change> {
        let (sender, receiver) = unbounded_channel();
        self.listeners.push((user, sender));
        receiver
    }

    /// Tells one person's listeners; those that are gone are forgotten.
    pub(crate) fn tell(&mut self, user: u64, change: Change) {
        self.listeners
            .retain(|(who, sender)| *who != user || sender.send(change).is_ok());
    }

    /// Tells everybody.
    pub(crate) fn tell_all(&mut self, change: Change) {
        self.listeners
            .retain(|(_, sender)| sender.send(change).is_ok());
    }
}
