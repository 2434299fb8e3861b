//! Pictures of servers, for commands that look at one, and who a member is: a port, because reading Discord
//! is the bot's.

use domain::{
    id::{RoleId, ServerId, UserId},
    server::Server,
};
use futures::future::BoxFuture;
use std::sync::Arc;

/// Where pictures of servers come from.
pub trait Servers: Send + Sync {
    /// The server as it is now; `None` when it cannot be seen or read.
    fn look(&self, server: ServerId) -> BoxFuture<'_, Option<Arc<Server>>>;

    /// The member of a server whom somebody has named (Discord, resources/guild, "Get Guild Member": asked
    /// for one person, which needs no intent).
    fn member(&self, server: ServerId, user: UserId) -> BoxFuture<'_, Member>;
}

/// What Discord says of a person in a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    /// A member, with these roles.
    Here(Vec<RoleId>),
    /// No member.
    Absent,
    /// Discord has not answered, or not now.
    Unread,
}
