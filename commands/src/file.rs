//! Files that people hand in with a command: a port, because fetching is the bot's.
//!
//! An address comes from Discord and is treated as hostile all the same: whoever implements this fetches
//! from Discord's own host only, follows nothing, and stops at the limit while it reads.

use futures::future::BoxFuture;
use std::time::Duration;

/// Where files come from.
pub trait Files: Send + Sync {
    /// The bytes at an address, at most `bytes_max` of them, within this time.
    fn fetch<'a>(
        &'a self,
        address: &'a str,
        bytes_max: usize,
        within: Duration,
    ) -> BoxFuture<'a, Result<Vec<u8>, FetchFault>>;
}

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchFault {
    /// The address is not one of Discord's files.
    #[error("the address is not one of Discord's files")]
    Elsewhere,
    /// There are more bytes than asked for.
    #[error("the file has too many bytes")]
    TooLarge,
    /// There is nothing any more: the address has expired, or the file was taken away.
    #[error("the file is gone")]
    Gone,
    /// It did not come, or not in time.
    #[error("the file did not come")]
    Unreachable,
}
