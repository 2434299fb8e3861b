//! The proof before sending (DESIGN section 2, rule 5): everyone who can see the channel of a
//! destination belongs to its audience, and the bot may do there what it has to.
//!
//! Pure. Whether the picture it rests on is fresh enough, and the session alive, is for whoever sends.

use crate::{
    audience::Destination,
    id::{ChannelId, RoleId},
    office::{Capacity, Office},
    server::{Kind, Server, drift::Drift, permission},
};
use std::collections::BTreeSet;

/// What the bot must be allowed to do in a channel. The code names what Discord's client calls
/// "View Channel", and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// チャンネルを見る
    ViewChannel,
    /// メッセージを送信; in a forum it creates posts.
    SendMessages,
    /// スレッドでメッセージを送信; asked for in forums only.
    SendMessagesInThreads,
    /// 埋め込みリンク: a card is an embed.
    EmbedLinks,
    /// ファイルを添付: asked for where the chart and the sheet of a month are posted; elsewhere a post goes
    /// out without its files.
    AttachFiles,
    /// メッセージ履歴を読む: without it a message cannot be found again after doubt.
    ReadMessageHistory,
    /// 公開スレッドの作成: asked for where somebody wants to talk about a card; nothing else needs it.
    CreatePublicThreads,
}

crate::codes!(Permission {
    ViewChannel = "view-channel",
    SendMessages = "send-messages",
    SendMessagesInThreads = "send-messages-in-threads",
    EmbedLinks = "embed-links",
    AttachFiles = "attach-files",
    ReadMessageHistory = "read-message-history",
    CreatePublicThreads = "create-public-threads",
});

/// What a thread below a card takes, besides what the card itself does.
pub const DISCUSSION: [Permission; 1] = [Permission::CreatePublicThreads];

impl Permission {
    /// Its bit (topics/permissions, "Bitwise Permission Flags").
    #[must_use]
    pub fn bit(self) -> u64 {
        match self {
            Self::ViewChannel => permission::VIEW_CHANNEL,
            Self::SendMessages => permission::SEND_MESSAGES,
            Self::SendMessagesInThreads => permission::SEND_MESSAGES_IN_THREADS,
            Self::EmbedLinks => permission::EMBED_LINKS,
            Self::AttachFiles => permission::ATTACH_FILES,
            Self::ReadMessageHistory => permission::READ_MESSAGE_HISTORY,
            Self::CreatePublicThreads => permission::CREATE_PUBLIC_THREADS,
        }
    }

    fn is_needed_in(self, kind: Kind, destination: Destination) -> bool {
        match self {
            Self::SendMessagesInThreads => kind == Kind::Forum,
            Self::AttachFiles => destination == Destination::Progress,
            // Cards do well without threads.
            Self::CreatePublicThreads => false,
            _ => true,
        }
    }
}

/// Why nothing may be sent somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The channel is not what its use declares.
    Drift(Drift),
    /// The channel holds neither messages nor posts.
    Kind,
    /// The bot lacks a permission there.
    Permission(Permission),
}

impl Hindrance {
    /// The stable word for the outbox, logs and texts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Drift(drift) => drift.code(),
            Self::Kind => "channel-kind",
            Self::Permission(Permission::ViewChannel) => "permission-view-channel",
            Self::Permission(Permission::SendMessages) => "permission-send-messages",
            Self::Permission(Permission::SendMessagesInThreads) => {
                "permission-send-messages-in-threads"
            }
            Self::Permission(Permission::EmbedLinks) => "permission-embed-links",
            Self::Permission(Permission::AttachFiles) => "permission-attach-files",
            Self::Permission(Permission::ReadMessageHistory) => "permission-read-message-history",
            Self::Permission(Permission::CreatePublicThreads) => "permission-create-public-threads",
        }
    }
}

/// Where something may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The channel.
    pub channel: ChannelId,
    /// Messages or posts.
    pub kind: Kind,
    /// Whether the bot may apply tags that are kept for moderators, and open what is locked.
    pub moderates: bool,
    /// Whether the bot may make tags.
    pub manages: bool,
    /// Whether the bot may send files.
    pub attaches: bool,
}

/// Proves that a destination's channel is seen by its declared audience only, and that the bot may
/// send there.
///
/// # Errors
/// Everything that hinders it, the gravest first; never empty.
pub fn prove(
    office: &Office,
    destination: Destination,
    server: &Server,
) -> Result<Proven, Vec<Hindrance>> {
    let drift = |drift| vec![Hindrance::Drift(drift)];
    let (Some(channel), Some(declared)) = (
        destination.channel(office),
        destination.declared_roles(office),
    ) else {
        return Err(drift(Drift::Unbound));
    };
    let Some(found) = server.channels.get(&channel) else {
        return Err(drift(Drift::UnknownChannel));
    };
    let mut drifts = server
        .prove(channel, &declared, &office.accepted_ids())
        .err()
        .unwrap_or_default();
    if !drifts.contains(&Drift::Nobody) && is_desk_without_coordinators(office, destination, server)
    {
        drifts.push(Drift::Nobody);
    }
    let mut hindrances: Vec<Hindrance> = drifts.into_iter().map(Hindrance::Drift).collect();
    let may = server.own_grants(channel).unwrap_or(0);
    if matches!(found.kind, Kind::Text | Kind::Forum) {
        let lacking = Permission::ALL.iter().copied().filter(|needed| {
            needed.is_needed_in(found.kind, destination) && may & needed.bit() == 0
        });
        hindrances.extend(lacking.map(Hindrance::Permission));
    } else {
        hindrances.push(Hindrance::Kind);
    }
    if !hindrances.is_empty() {
        return Err(hindrances);
    }
    Ok(Proven {
        channel,
        kind: found.kind,
        moderates: may & permission::MANAGE_THREADS != 0,
        manages: may & permission::MANAGE_CHANNELS != 0,
        attaches: may & permission::ATTACH_FILES != 0,
    })
}

/// A desk is read by coordinators; an adviser who may look in does not make it one.
fn is_desk_without_coordinators(
    office: &Office,
    destination: Destination,
    server: &Server,
) -> bool {
    let there = |role: RoleId| server.roles.contains_key(&role);
    destination == Destination::Desk && !office.role(Capacity::Coordinator).is_some_and(there)
}

/// Every destination an office has, bound or not, in the order people meet them.
#[must_use]
pub fn destinations(office: &Office) -> Vec<Destination> {
    let single = crate::office::Use::ALL
        .iter()
        .copied()
        .map(Destination::from);
    let circles = office
        .circles
        .iter()
        .map(|circle| Destination::Tier2(circle.id));
    let associations = office
        .associations
        .iter()
        .flat_map(|a| [Destination::Tier1(a.id), Destination::Feedback(a.id)]);
    single.chain(circles).chain(associations).collect()
}

/// Channels that more than one use is bound to, with those uses. An association's own channel may
/// also be where it reads its feedback: the audience is the same.
#[must_use]
pub fn shared_channels(office: &Office) -> Vec<(ChannelId, Vec<Destination>)> {
    let bound: Vec<(ChannelId, Destination)> = destinations(office)
        .into_iter()
        .filter_map(|destination| Some((destination.channel(office)?, destination)))
        .collect();
    let channels: BTreeSet<ChannelId> = bound.iter().map(|(channel, _)| *channel).collect();
    let uses = |channel: ChannelId| -> Vec<Destination> {
        let of = bound.iter().filter(|(id, _)| *id == channel);
        of.map(|(_, destination)| *destination).collect()
    };
    channels
        .into_iter()
        .map(|channel| (channel, uses(channel)))
        .filter(|(_, uses)| match uses[..] {
            [Destination::Tier1(one), Destination::Feedback(other)] => one != other,
            _ => uses.len() > 1,
        })
        .collect()
}
