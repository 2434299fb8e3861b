//! The picture of a server at one moment: its roles, its channels, the bot's own place, and who sees
//! what by them; nothing of its people.
//!
//! Pure: it is read elsewhere, with every permission bit, and only asked here. What is asked follows
//! Discord's order to the letter (topics/permissions, "Permission Overwrites"): owner and
//! administrators see everything; then the overwrite of @everyone; then all denies of the roles
//! together, then all their allows; then the member's own overwrite. Whether the people who see a
//! channel are the right ones is asked in [`drift`].

pub mod drift;

use crate::id::{ChannelId, RoleId, ServerId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Permission bits (topics/permissions, "Bitwise Permission Flags").
pub mod permission {
    /// May everything, whatever a channel says.
    pub const ADMINISTRATOR: u64 = 1 << 3;
    /// Changes the channel: its name, its tags.
    pub const MANAGE_CHANNELS: u64 = 1 << 4;
    /// Sees the channel at all.
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    /// Sends messages, and creates posts in a forum.
    pub const SEND_MESSAGES: u64 = 1 << 11;
    /// Embeds of the author are shown.
    pub const EMBED_LINKS: u64 = 1 << 14;
    /// Sends files.
    pub const ATTACH_FILES: u64 = 1 << 15;
    /// Reads what was written before.
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    /// Edits and sees every thread, and applies tags kept for moderators.
    pub const MANAGE_THREADS: u64 = 1 << 34;
    /// Starts threads from messages.
    pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    /// Writes in threads and posts.
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    /// Makes events of the server, and changes its own.
    pub const CREATE_EVENTS: u64 = 1 << 44;
}

/// A server at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Discord's id; the @everyone role has the same number.
    pub id: ServerId,
    /// Who owns it.
    pub owner: UserId,
    /// Our own account.
    pub bot: UserId,
    /// Roles our account holds, without @everyone.
    pub bot_roles: BTreeSet<RoleId>,
    /// Every role, @everyone among them.
    pub roles: BTreeMap<RoleId, ServerRole>,
    /// Every channel that Discord tells the bot of; threads are not among them.
    pub channels: BTreeMap<ChannelId, ServerChannel>,
}

/// A role of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerRole {
    /// The name, which every member of the server can read.
    pub name: String,
    /// Every bit, known or not.
    pub permissions: u64,
    /// The way by which people get it without anybody deciding so, if there is one.
    pub self_assigned: Option<Way>,
    /// Belongs to a bot or a service: nobody can give it by hand.
    pub managed: bool,
    /// The bot it was made for.
    pub of_bot: Option<UserId>,
}

/// How people come by a role that nobody gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Way {
    /// They choose it when they join: the role's flag IN_PROMPT (onboarding).
    Prompt,
    /// They link an account, or a service gives it (tag `guild_connections`, or managed by no bot).
    Connection,
    /// They pay for it (tags `available_for_purchase`, `subscription_listing_id`,
    /// `premium_subscriber`).
    Purchase,
}

crate::codes!(Way { Prompt = "prompt", Connection = "connection", Purchase = "purchase" });

/// A channel of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerChannel {
    /// What it is.
    pub kind: Kind,
    /// The category above it, or the channel a thread belongs to.
    pub parent: Option<ChannelId>,
    /// Its permission rows; a thread has none of its own.
    pub overwrites: Vec<Overwrite>,
    /// The tags of a forum.
    pub tags: Vec<ForumTag>,
    /// A forum that takes no post without a tag.
    pub requires_tag: bool,
}

/// What a channel is, as far as sending is concerned (resources/channel, "Channel Types").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Messages are sent into it: text and announcements.
    Text,
    /// It holds posts: forums and media channels.
    Forum,
    /// A thread or a post: seen by whoever sees the channel it belongs to.
    Thread,
    /// Neither: a voice channel, a category …
    Other,
}

/// One permission row of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// For whom.
    pub of: Principal,
    /// Bits that are given; they beat what the same row takes.
    pub allow: u64,
    /// Bits that are taken.
    pub deny: u64,
}

/// For whom a permission row is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// All who hold a role; the role with the server's number is @everyone.
    Role(RoleId),
    /// One member.
    Member(UserId),
}

/// A tag of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumTag {
    /// Discord's id.
    pub id: u64,
    /// The name, which every member of the server can read.
    pub name: String,
    /// Only moderators may apply it.
    pub moderated: bool,
}

/// Somebody who sees every channel, or a bot that sees the channel in question: the desk accepts
/// each by name (DESIGN section 2, rule 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Overseer {
    /// The owner of the server.
    Owner(UserId),
    /// A role with the permission of an administrator.
    Administrators(RoleId),
    /// Another bot, with the role that was made for it.
    Bot(UserId, RoleId),
}

/// What an overseer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverseerKind {
    /// サーバーの所有者
    Owner,
    /// 管理者の権限をもつ役割
    Role,
    /// ほかのボット
    Bot,
}

crate::codes!(OverseerKind { Owner = "owner", Role = "role", Bot = "bot" });

impl Overseer {
    /// What it is.
    #[must_use]
    pub fn kind(self) -> OverseerKind {
        match self {
            Self::Owner(_) => OverseerKind::Owner,
            Self::Administrators(_) => OverseerKind::Role,
            Self::Bot(..) => OverseerKind::Bot,
        }
    }

    /// The number under which it is accepted: of the person, of the role, of the bot.
    #[must_use]
    pub fn id(self) -> u64 {
        match self {
            Self::Owner(user) | Self::Bot(user, _) => user.0,
            Self::Administrators(role) => role.0,
        }
    }

    /// Whether the desk has accepted it; a bot may also be named by its role.
    #[must_use]
    pub fn is_accepted(self, accepted: &BTreeSet<u64>) -> bool {
        accepted.contains(&self.id())
            || matches!(self, Self::Bot(_, role) if accepted.contains(&role.0))
    }
}

impl ServerRole {
    /// Whether it sees everything, whatever a channel says.
    #[must_use]
    pub fn administers(&self) -> bool {
        self.permissions & permission::ADMINISTRATOR != 0
    }
}

impl Server {
    /// The @everyone role.
    #[must_use]
    pub fn everyone(&self) -> RoleId {
        RoleId(self.id.0)
    }

    /// The channel whose permission rows count: itself, or the one a thread belongs to. `None` for a
    /// channel that is not known.
    #[must_use]
    pub fn ruling(&self, channel: ChannelId) -> Option<&ServerChannel> {
        let found = self.channels.get(&channel)?;
        match found.kind {
            Kind::Thread => self.channels.get(&found.parent?),
            _ => Some(found),
        }
    }

    /// What a member with these roles (beside @everyone) may do in a channel, as bits; nothing counts
    /// for who does not see it. `None` for a channel that is not known.
    #[must_use]
    pub fn permissions(
        &self,
        channel: ChannelId,
        member: UserId,
        roles: &BTreeSet<RoleId>,
    ) -> Option<u64> {
        let bits = self.granted(channel, member, roles)?;
        let sees = bits & permission::VIEW_CHANNEL != 0;
        Some(if sees { bits } else { 0 })
    }

    /// The bits as the rows of a channel leave them, also for who does not see it. `None` for a
    /// channel that is not known.
    fn granted(&self, channel: ChannelId, member: UserId, roles: &BTreeSet<RoleId>) -> Option<u64> {
        let rows = &self.ruling(channel)?.overwrites;
        let of = |id: &RoleId| self.roles.get(id).map_or(0, |role| role.permissions);
        let base = roles
            .iter()
            .fold(of(&self.everyone()), |bits, id| bits | of(id));
        if member == self.owner || base & permission::ADMINISTRATOR != 0 {
            return Some(u64::MAX);
        }
        let everyone = Principal::Role(self.everyone());
        let bits = overwritten(base, rows, |of| of == everyone);
        let bits = overwritten(bits, rows, |of| {
            of != everyone && matches!(of, Principal::Role(role) if roles.contains(&role))
        });
        Some(overwritten(bits, rows, |of| {
            of == Principal::Member(member)
        }))
    }

    /// What the bot may do in the server as a whole.
    #[must_use]
    pub fn own_rights(&self) -> u64 {
        let of = |id: &RoleId| self.roles.get(id).map_or(0, |role| role.permissions);
        let bits = self
            .bot_roles
            .iter()
            .fold(of(&self.everyone()), |bits, id| bits | of(id));
        if self.bot == self.owner || bits & permission::ADMINISTRATOR != 0 {
            u64::MAX
        } else {
            bits
        }
    }

    /// What the bot may do in a channel; `None` for a channel that is not known.
    #[must_use]
    pub fn own_permissions(&self, channel: ChannelId) -> Option<u64> {
        self.permissions(channel, self.bot, &self.bot_roles)
    }

    /// What the bot was given in a channel, even where it does not see it: so that everything that is
    /// missing can be told at once. `None` for a channel that is not known.
    #[must_use]
    pub fn own_grants(&self, channel: ChannelId) -> Option<u64> {
        self.granted(channel, self.bot, &self.bot_roles)
    }

    /// The roles that see a channel, each held alone (beside @everyone); with @everyone among them
    /// when everybody does. `None` for a channel that is not known.
    ///
    /// Alone is enough for any set of roles. Whoever sees a channel does so because @everyone sees it,
    /// or because a role gives or leaves them the permission; that role alone gives or leaves it too,
    /// for other roles' denies only take away.
    #[must_use]
    pub fn seeing_roles(&self, channel: ChannelId) -> Option<BTreeSet<RoleId>> {
        self.ruling(channel)?;
        let sees = |role: &RoleId| {
            // Nobody has this number: no member's row, and not the owner.
            let bits = self.permissions(channel, UserId(0), &BTreeSet::from([*role]));
            bits.is_some_and(|bits| bits != 0)
        };
        Some(self.roles.keys().copied().filter(sees).collect())
    }

    /// Members whom a channel's own rows let in, without our bot. `None` for a channel that is not
    /// known.
    #[must_use]
    pub fn seeing_members(&self, channel: ChannelId) -> Option<BTreeSet<UserId>> {
        let rows = &self.ruling(channel)?.overwrites;
        let let_in = rows.iter().filter_map(|row| match row.of {
            Principal::Member(user) if user != self.bot => {
                (row.allow & permission::VIEW_CHANNEL != 0).then_some(user)
            }
            _ => None,
        });
        Some(let_in.collect())
    }

    /// Whether a role is our bot's own: made for it, so that nobody else can hold it. Another role
    /// that it holds opens a channel to people.
    #[must_use]
    pub fn is_own(&self, role: RoleId) -> bool {
        self.roles
            .get(&role)
            .is_some_and(|role| role.of_bot == Some(self.bot))
    }

    /// Everybody who sees every channel: the owner, each role of administrators, each other bot that
    /// administers.
    #[must_use]
    pub fn overseers(&self) -> BTreeSet<Overseer> {
        let owner = (self.owner != self.bot).then_some(Overseer::Owner(self.owner));
        let roles = self
            .roles
            .iter()
            .filter(|(id, role)| role.administers() && !self.is_own(**id));
        let roles = roles.map(|(id, role)| overseer(*id, role));
        owner.into_iter().chain(roles).collect()
    }

    /// As [`Server::overseers`], with the other bots that see this channel.
    #[must_use]
    pub fn overseers_of(&self, channel: ChannelId) -> BTreeSet<Overseer> {
        let mut overseers = self.overseers();
        let seeing = self.seeing_roles(channel).unwrap_or_default();
        overseers.extend(seeing.into_iter().filter_map(|id| {
            let bot = self.roles.get(&id)?.of_bot.filter(|bot| *bot != self.bot)?;
            Some(Overseer::Bot(bot, id))
        }));
        overseers
    }
}

fn overseer(id: RoleId, role: &ServerRole) -> Overseer {
    match role.of_bot {
        Some(bot) => Overseer::Bot(bot, id),
        None => Overseer::Administrators(id),
    }
}

/// One step of the order: all denies of its rows together, then all their allows.
fn overwritten(bits: u64, rows: &[Overwrite], counts: impl Fn(Principal) -> bool) -> u64 {
    let of_step = rows.iter().filter(|row| counts(row.of));
    let (deny, allow) = of_step.fold((0, 0), |(deny, allow), row| {
        (deny | row.deny, allow | row.allow)
    });
    bits & !deny | allow
}

#[cfg(test)]
mod tests;
