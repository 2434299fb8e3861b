//! Whose phone rang: a record of every mention that notified somebody.
//!
//! Edits never notify, so they are not here (their mentions are in the message).

use std::collections::BTreeSet;

use crate::message::{flag, kind};
use crate::state::State;

/// One message that pinged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ping {
    /// The message.
    pub message: u64,
    /// Its channel.
    pub channel: u64,
    /// Who wrote it.
    pub author: u64,
    /// Users named.
    pub users: BTreeSet<u64>,
    /// Roles named.
    pub roles: BTreeSet<u64>,
    /// `@everyone` or `@here`.
    pub everyone: bool,
    /// The people reached: named one way or the other, and able to see the channel.
    pub reached: BTreeSet<u64>,
    /// Sent with SUPPRESS_NOTIFICATIONS: marked, but no sound.
    pub silent: bool,
}

impl State {
    pub(crate) fn record_ping(&mut self, message: u64) {
        let Some(found) = self.messages.get(&message) else {
            return;
        };
        // What a thread begins with only shows its message again: nobody is called (experience).
        if found.kind == kind::THREAD_STARTER_MESSAGE {
            return;
        }
        let mentions = found.now().mentions.clone();
        if mentions.users.is_empty() && mentions.roles.is_empty() && !mentions.everyone {
            return;
        }
        let guild = self.guild_of(found.channel).unwrap_or_default();
        let named = |user: &u64| {
            mentions.everyone
                || mentions.users.contains(user)
                || self
                    .roles_of(guild, *user)
                    .iter()
                    .any(|role| mentions.roles.contains(role))
        };
        let reached = self
            .viewers(found.channel)
            .into_iter()
            .filter(named)
            .collect();
        let ping = Ping {
            message,
            channel: found.channel,
            author: found.author,
            silent: found.now().flags & flag::SUPPRESS_NOTIFICATIONS != 0,
            everyone: mentions.everyone,
            users: mentions.users,
            roles: mentions.roles,
            reached,
        };
        self.pings.push(ping);
    }
}
