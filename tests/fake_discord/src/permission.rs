//! Who may do what: Discord's permission bits and the order in which they are computed
//! (documentation, topics/permissions).
//!
//! Pure functions over numbers; which roles and overwrites apply is decided by the guild.

use serde_json::{Value, json};

/// May add and change channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// May everything, overwrites notwithstanding.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// May add reactions.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// Sees the channel at all.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// May send messages, and create posts in a forum.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// May delete and pin messages of others.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Embeds of the author are shown.
pub const EMBED_LINKS: u64 = 1 << 14;
/// May upload files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// May read what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// May ping everyone and roles that are not mentionable.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// May join a voice channel.
pub const CONNECT: u64 = 1 << 20;
/// May edit roles and overwrites.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// May use slash commands and context menus.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// May edit scheduled events of others.
pub const MANAGE_EVENTS: u64 = 1 << 33;
/// May edit, lock and see every thread.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// May start public threads.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// May start private threads.
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
/// May write in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// May create scheduled events.
pub const CREATE_EVENTS: u64 = 1 << 44;
/// May create polls.
pub const SEND_POLLS: u64 = 1 << 49;
/// May pin messages.
pub const PIN_MESSAGES: u64 = 1 << 51;
/// Is not slowed down by slow mode.
pub const BYPASS_SLOWMODE: u64 = 1 << 52;
/// Every bit that Discord has given out.
pub const ALL: u64 = (1 << 53) - 1;

/// What `@everyone` may do in a server that nobody has configured yet (experience: what a new
/// server shows in its settings, cut to the bits the stand-in knows).
pub const EVERYONE_DEFAULT: u64 = VIEW_CHANNEL
    | ADD_REACTIONS
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MENTION_EVERYONE
    | CONNECT
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS
    | SEND_POLLS;

/// For whom an overwrite is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Principal {
    /// A role; the role with the id of the guild is `@everyone`.
    Role(u64),
    /// A single member.
    Member(u64),
}

/// One row of a channel's permission settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// For whom.
    pub principal: Principal,
    /// Bits that are given.
    pub allow: u64,
    /// Bits that are taken.
    pub deny: u64,
}

impl Overwrite {
    /// A row for a role (or for `@everyone`, with the guild's id).
    pub const fn role(id: u64, allow: u64, deny: u64) -> Self {
        Self {
            principal: Principal::Role(id),
            allow,
            deny,
        }
    }

    /// A row for one member.
    pub const fn member(id: u64, allow: u64, deny: u64) -> Self {
        Self {
            principal: Principal::Member(id),
            allow,
            deny,
        }
    }

    pub(crate) fn id(&self) -> u64 {
        match self.principal {
            Principal::Role(id) | Principal::Member(id) => id,
        }
    }

    pub(crate) fn to_json(self) -> Value {
        let kind = u8::from(matches!(self.principal, Principal::Member(_)));
        json!({
            "id": self.id().to_string(),
            "type": kind,
            "allow": self.allow.to_string(),
            "deny": self.deny.to_string(),
        })
    }
}

/// Guild-level permissions: `everyone` or'ed with the member's roles; owners and administrators
/// have all of them.
pub fn base(is_owner: bool, everyone: u64, roles: impl IntoIterator<Item = u64>) -> u64 {
    let sum = roles.into_iter().fold(everyone, |sum, bits| sum | bits);
    if is_owner || sum & ADMINISTRATOR != 0 {
        ALL
    } else {
        sum
    }
}

/// Applies a channel's overwrites in Discord's order: `@everyone`, all denies of roles, all allows
/// of roles, then the member's own row. Does not apply what is implied (see [`implied`]).
pub fn overwritten(
    base: u64,
    guild: u64,
    user: u64,
    roles: &[u64],
    overwrites: &[Overwrite],
) -> u64 {
    if base & ADMINISTRATOR != 0 {
        return ALL;
    }
    let mut bits = base;
    let (mut allow, mut deny) = (0, 0);
    let mut own = (0, 0);
    for row in overwrites {
        match row.principal {
            Principal::Role(id) if id == guild => bits = bits & !row.deny | row.allow,
            Principal::Role(id) if roles.contains(&id) => {
                allow |= row.allow;
                deny |= row.deny;
            }
            Principal::Member(id) if id == user => own = (row.allow, row.deny),
            Principal::Role(_) | Principal::Member(_) => {}
        }
    }
    bits = bits & !deny | allow;
    bits & !own.1 | own.0
}

/// Takes away what cannot count: without VIEW_CHANNEL nothing does, without SEND_MESSAGES neither
/// mentions nor files nor embeds, and a member in time-out keeps reading only.
pub fn implied(bits: u64, timed_out: bool) -> u64 {
    if bits & ADMINISTRATOR != 0 {
        return ALL;
    }
    if bits & VIEW_CHANNEL == 0 {
        return 0;
    }
    let mut left = bits;
    if timed_out {
        left &= VIEW_CHANNEL | READ_MESSAGE_HISTORY;
    }
    if left & (SEND_MESSAGES | SEND_MESSAGES_IN_THREADS) == 0 {
        left &= !(MENTION_EVERYONE | ATTACH_FILES | EMBED_LINKS);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUILD: u64 = 1;
    const ME: u64 = 50;

    fn check(base: u64, roles: &[u64], rows: &[Overwrite], expected: u64) {
        let bits = implied(overwritten(base, GUILD, ME, roles, rows), false);
        assert_eq!(
            bits, expected,
            "base {base:#x}, roles {roles:?}, rows {rows:?}"
        );
    }

    #[test]
    fn overwrites_apply_in_the_documented_order() {
        let talk = VIEW_CHANNEL | SEND_MESSAGES;
        check(talk, &[], &[], talk);
        check(talk, &[], &[Overwrite::role(GUILD, 0, VIEW_CHANNEL)], 0);
        // A role's allow beats the deny of @everyone.
        let hidden = Overwrite::role(GUILD, 0, VIEW_CHANNEL);
        check(
            talk,
            &[7],
            &[hidden, Overwrite::role(7, VIEW_CHANNEL, 0)],
            talk,
        );
        // Among roles an allow beats a deny, whatever the order of the rows.
        let denies = Overwrite::role(8, 0, SEND_MESSAGES);
        let allows = Overwrite::role(9, SEND_MESSAGES, 0);
        check(talk, &[8, 9], &[allows, denies], talk);
        check(talk, &[8, 9], &[denies, allows], talk);
        check(talk, &[8], &[allows, denies], VIEW_CHANNEL);
        // The member's own row is last, wherever it is written.
        let mine = Overwrite::member(ME, 0, SEND_MESSAGES);
        check(talk, &[9], &[mine, allows], VIEW_CHANNEL);
        check(talk, &[], &[Overwrite::member(51, 0, SEND_MESSAGES)], talk);
    }

    #[test]
    fn administrators_and_owners_pass_every_overwrite() {
        let nothing = Overwrite::role(GUILD, 0, ALL);
        check(base(false, 0, [ADMINISTRATOR]), &[], &[nothing], ALL);
        check(base(true, 0, []), &[], &[nothing], ALL);
        assert_eq!(base(false, 1, [2, 4]), 7);
    }

    #[test]
    fn what_is_implied_falls_away() {
        assert_eq!(implied(SEND_MESSAGES | ATTACH_FILES, false), 0);
        let silent = VIEW_CHANNEL | ATTACH_FILES | MENTION_EVERYONE | EMBED_LINKS;
        assert_eq!(implied(silent, false), VIEW_CHANNEL);
        let all = VIEW_CHANNEL | READ_MESSAGE_HISTORY | SEND_MESSAGES | MANAGE_THREADS;
        assert_eq!(implied(all, true), VIEW_CHANNEL | READ_MESSAGE_HISTORY);
    }
}
