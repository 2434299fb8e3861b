//! The proof before sending: everyone who can see the channel belongs to the audience, and the bot
//! may do there what it has to.

use crate::snapshot::{Kind, Snapshot, permission};
use domain::{
    audience::{Destination, Drift},
    id::ChannelId,
    office::Office,
};

/// What the bot must be allowed to do in a channel, with the code told when it is not.
const NEEDED: [(u64, &str); 4] = [
    (permission::VIEW_CHANNEL, "permission-view-channel"),
    (permission::SEND_MESSAGES, "permission-send-messages"),
    (permission::EMBED_LINKS, "permission-embed-links"),
    // Without it a message cannot be found again after doubt.
    (
        permission::READ_MESSAGE_HISTORY,
        "permission-read-message-history",
    ),
];

/// Why nothing may be sent somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hindrance {
    /// The channel is not what its use declares.
    Drift(Drift),
    /// The channel holds neither messages nor posts.
    Kind,
    /// The bot lacks a permission; its code.
    Permission(&'static str),
}

impl Hindrance {
    /// The stable word for the outbox, logs and texts.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Drift(Drift::Unbound) => "unbound",
            Self::Drift(Drift::UnknownChannel) => "drift-unknown-channel",
            Self::Drift(Drift::Everyone) => "drift-everyone",
            Self::Drift(Drift::Roles(_)) => "drift-roles",
            Self::Drift(Drift::Members(_)) => "drift-members",
            Self::Drift(Drift::SelfAssigned(_)) => "drift-self-assigned",
            Self::Kind => "channel-kind",
            Self::Permission(code) => code,
        }
    }
}

/// Where something may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proven {
    /// The channel.
    pub(crate) channel: ChannelId,
    /// Messages or posts.
    pub(crate) kind: Kind,
    /// Whether the bot may apply tags that are kept for moderators.
    pub(crate) moderates: bool,
}

/// Proves that a destination's channel is seen by its declared audience only, and that the bot may
/// send there.
///
/// # Errors
/// Why nothing may be sent.
pub(crate) fn prove(
    office: &Office,
    destination: Destination,
    snapshot: &Snapshot,
) -> Result<Proven, Hindrance> {
    let drift = Hindrance::Drift;
    let channel = destination.channel(office).ok_or(drift(Drift::Unbound))?;
    let declared = destination
        .declared_roles(office)
        .ok_or(drift(Drift::Unbound))?;
    let picture = snapshot
        .picture(channel)
        .ok_or(drift(Drift::UnknownChannel))?;
    picture.prove(&declared).map_err(drift)?;

    let kind = snapshot
        .channels
        .get(&channel)
        .map_or(Kind::Other, |channel| channel.kind);
    if kind == Kind::Other {
        return Err(Hindrance::Kind);
    }
    let may = snapshot.own_permissions(channel).unwrap_or(0);
    match NEEDED.iter().find(|(bit, _)| may & bit == 0) {
        Some((_, code)) => Err(Hindrance::Permission(code)),
        None => Ok(Proven {
            channel,
            kind,
            moderates: may & permission::MANAGE_THREADS != 0,
        }),
    }
}
