//! Pictures of servers, for commands that look at one: a port, because reading Discord is the bot's.

use domain::{id::ServerId, server::Server};
use futures::future::BoxFuture;
use std::sync::Arc;

/// Where pictures of servers come from.
pub trait Servers: Send + Sync {
    /// The server as it is now; `None` when it cannot be seen or read.
    fn look(&self, server: ServerId) -> BoxFuture<'_, Option<Arc<Server>>>;
}
