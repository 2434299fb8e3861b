//! Stoppages (送信の停止) as far as rules and answers need them: why nothing is sent, and which channels
//! nothing is sent to now.
//!
//! What began when, and what is told at the desk, is kept by storage; an office carries what is open.

use crate::{audience::Destination, id::StoppageId};
use serde::{Deserialize, Serialize};

/// Why nothing is sent, as far as people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The use has no channel.
    Unbound,
    /// The channel is gone, or the bot cannot see it.
    DriftUnknownChannel,
    /// Everybody in the server can see it.
    DriftEveryone,
    /// Roles outside the audience can see it.
    DriftRoles,
    /// People can see it by a right of their own.
    DriftMembers,
    /// The owner, administrators or other bots can see it whom the desk has not accepted.
    DriftUnaccepted,
    /// Roles of the audience that people can give themselves.
    DriftSelfAssigned,
    /// Nobody of the audience can see it.
    DriftNobody,
    /// It holds neither messages nor posts.
    ChannelKind,
    /// The bot lacks 「チャンネルを見る」.
    PermissionViewChannel,
    /// The bot lacks 「メッセージを送信」.
    PermissionSendMessages,
    /// The bot lacks 「スレッドでメッセージを送信」.
    PermissionSendMessagesInThreads,
    /// The bot lacks 「埋め込みリンク」.
    PermissionEmbedLinks,
    /// The bot lacks 「ファイルを添付」.
    PermissionAttachFiles,
    /// The bot lacks 「メッセージ履歴を読む」.
    PermissionReadMessageHistory,
    /// Discord refuses the bot the channel, though its permissions look well.
    DiscordAccess,
    /// Discord will not take one message.
    DiscordMessage,
    /// The forum takes no post without a tag, and has none that fits.
    TagRequired,
    /// The server has as many open threads as Discord allows.
    ThreadsFull,
    /// The post is locked, and the bot may not open it.
    ThreadLocked,
    /// The bot lacks 「イベントを作成」.
    PermissionCreateEvents,
    /// The server has as many events as Discord allows.
    EventsFull,
}

crate::codes!(Reason {
    Unbound = "unbound",
    DriftUnknownChannel = "drift-unknown-channel",
    DriftEveryone = "drift-everyone",
    DriftRoles = "drift-roles",
    DriftMembers = "drift-members",
    DriftUnaccepted = "drift-unaccepted",
    DriftSelfAssigned = "drift-self-assigned",
    DriftNobody = "drift-nobody",
    ChannelKind = "channel-kind",
    PermissionViewChannel = "permission-view-channel",
    PermissionSendMessages = "permission-send-messages",
    PermissionSendMessagesInThreads = "permission-send-messages-in-threads",
    PermissionEmbedLinks = "permission-embed-links",
    PermissionAttachFiles = "permission-attach-files",
    PermissionReadMessageHistory = "permission-read-message-history",
    DiscordAccess = "discord-access",
    DiscordMessage = "discord-message",
    TagRequired = "tag-required",
    ThreadsFull = "threads-full",
    ThreadLocked = "thread-locked",
    PermissionCreateEvents = "permission-create-events",
    EventsFull = "events-full",
});

/// Missing Access, Missing Permissions (topics/opcodes-and-status-codes), and a refusal without a code.
const ACCESS: [&str; 3] = ["discord-50001", "discord-50013", "http-403"];

impl Reason {
    /// The reason behind the code with which a row was refused.
    #[must_use]
    pub fn of(code: &str) -> Self {
        Self::from_code(code).unwrap_or(match code {
            // A tag is required; too many active threads; the thread is locked.
            "discord-40067" => Self::TagRequired,
            "discord-160006" => Self::ThreadsFull,
            "discord-160005" => Self::ThreadLocked,
            // Too many events that are not over.
            "discord-30038" => Self::EventsFull,
            code if ACCESS.contains(&code) => Self::DiscordAccess,
            _ => Self::DiscordMessage,
        })
    }

    /// Whether others can read what stands in the channel (DESIGN section 2, rule 5): then what was
    /// sent just now is taken back, and the rest is told.
    #[must_use]
    pub fn widens(self) -> bool {
        matches!(
            self,
            Self::DriftEveryone
                | Self::DriftRoles
                | Self::DriftMembers
                | Self::DriftUnaccepted
                | Self::DriftSelfAssigned
        )
    }

    /// Whether it stops one message only, and not the channel: what Discord itself refuses about
    /// something that stands there already (`stands`), and a new message it does not take as it is.
    #[must_use]
    pub fn is_of_one_message(self, stands: bool) -> bool {
        match self {
            Self::DiscordMessage
            | Self::TagRequired
            | Self::ThreadsFull
            | Self::ThreadLocked
            | Self::EventsFull => true,
            Self::DiscordAccess => stands,
            _ => false,
        }
    }
}

/// A channel use that nothing is sent to now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// The stoppage; people read it as 停止 3.
    pub id: StoppageId,
    /// The use of the channel.
    pub destination: Destination,
    /// Why: a stable word such as `drift-everyone`.
    pub code: String,
    /// Others can read what stands in the channel.
    pub widens: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_a_refusal_has_a_reason() {
        for (code, reason) in [
            ("drift-everyone", Reason::DriftEveryone),
            ("unbound", Reason::Unbound),
            ("discord-50013", Reason::DiscordAccess),
            ("http-403", Reason::DiscordAccess),
            ("discord-50035", Reason::DiscordMessage),
            ("http-413", Reason::DiscordMessage),
            ("discord-40067", Reason::TagRequired),
            ("discord-160005", Reason::ThreadLocked),
            ("thread-locked", Reason::ThreadLocked),
            ("discord-160006", Reason::ThreadsFull),
            ("discord-30038", Reason::EventsFull),
            ("permission-create-events", Reason::PermissionCreateEvents),
        ] {
            assert_eq!(Reason::of(code), reason, "{code}");
        }
    }

    #[test]
    fn only_who_can_read_too_much_makes_posts_visible() {
        let widening: Vec<&str> = Reason::ALL
            .iter()
            .filter(|reason| reason.widens())
            .map(|reason| reason.code())
            .collect();
        assert_eq!(
            widening,
            [
                "drift-everyone",
                "drift-roles",
                "drift-members",
                "drift-unaccepted",
                "drift-self-assigned"
            ]
        );
    }
}
