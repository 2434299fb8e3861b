//! What a test may turn: time spans and limits that Discord does not publish, or that would make
//! a test wait.
//!
//! Faults have their own place ([`crate::Faults`]), and so has the gateway ([`crate::Gateway`]).

use std::time::Duration;

/// Settings of one stand-in, read at the moment they matter; change them with
/// [`crate::Fake::set`].
#[derive(Clone, Debug)]
pub struct Switches {
    /// Time for the first answer to an interaction (documentation: three seconds).
    pub interaction_deadline: Duration,
    /// Life of an interaction's token (documentation: fifteen minutes).
    pub token_life: Duration,
    /// How long a nonce is remembered when `enforce_nonce` is given ("past few minutes").
    pub nonce_window: Duration,
    /// How long the address of an attachment can be fetched.
    pub attachment_life: Duration,
    /// How long a person looks at "thinking…" before the call gives up.
    pub patience_deferred: Duration,
    /// How long a person waits for a visible change after a bare acknowledgement (type 6).
    pub patience_update: Duration,
    /// Requests per second over all routes but interactions; `None` does not count them.
    /// Discord's own number is 50.
    pub global_limit_per_second: Option<u32>,
    /// Renames or topic changes of one channel in a span (experience: 2 in 10 minutes, threads
    /// too); `None` does not count them.
    pub rename_limit: Option<(u32, Duration)>,
    /// Edits of one channel's messages that are older than an hour, in a span (30046; the number
    /// is not published); `None` does not count them.
    pub old_edit_limit: Option<(u32, Duration)>,
    /// Largest file in bytes (documentation: 10 MiB).
    pub file_bytes_max: usize,
    /// Threads that may be active in a guild at once (experience: 1000).
    pub active_threads_max: usize,
    /// Whether channels hidden from the bot are in `GUILD_CREATE` and `CHANNEL_*` events. Discord
    /// sends them (unofficial documentation, gateway).
    pub hidden_channels_sent: bool,
    /// Whether a scheduled event that is over cannot be read any more (nothing is documented).
    pub events_cleared: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            interaction_deadline: Duration::from_secs(3),
            token_life: Duration::from_secs(15 * 60),
            nonce_window: Duration::from_secs(5 * 60),
            attachment_life: Duration::from_secs(24 * 60 * 60),
            patience_deferred: Duration::from_secs(20),
            patience_update: Duration::from_secs(3),
            global_limit_per_second: None,
            rename_limit: Some((2, Duration::from_secs(600))),
            old_edit_limit: None,
            file_bytes_max: 10 * 1024 * 1024,
            active_threads_max: 1000,
            hidden_channels_sent: true,
            events_cleared: false,
        }
    }
}
