//! A lean snapshot of each server ([`domain::server::Server`]): roles, channels, the bot's own place;
//! nothing of its people.
//!
//! The rules are read whole, by Discord's REST interface with every permission bit, whenever an event
//! says that something changed, after every reconnect, and when they have become old. An event never
//! edits a snapshot: events overtake each other, and a proof must not rest on their order.

mod shelf;

pub(crate) use shelf::{Shelf, Unknown};

use crate::discord::{Outcome, Port, RawChannel, RawOverwrite, RawRole, RawRoleTags, RawTag};
use domain::{
    id::{ChannelId, RoleId, ServerId, UserId},
    server::{ForumTag, Kind, Overwrite, Principal, Server, ServerChannel, ServerRole, Way},
};

/// Role flag IN_PROMPT: people can give it to themselves when they join (topics/permissions, "Role
/// Flags").
const IN_PROMPT: u64 = 1;
/// Channel flag REQUIRE_TAG: a forum takes no post without a tag (resources/channel, "Channel Flags").
const REQUIRE_TAG: u64 = 1 << 4;
/// The type of an overwrite that is meant for a role (as opposed to a member).
const OF_ROLE: u8 = 0;

/// Reads a server as it is now.
pub(crate) async fn read(port: &Port, server: ServerId, bot: UserId) -> Outcome<Server> {
    let (whole, roles, channels, member) = tokio::join!(
        port.server(server),
        port.roles(server),
        port.channels(server),
        port.member(server, bot),
    );
    whole
        .and(roles)
        .and(channels)
        .and(member)
        .map(|(((whole, roles), channels), member)| Server {
            id: server,
            owner: UserId(whole.owner_id),
            bot,
            bot_roles: member.roles.iter().map(|id| RoleId(id.0)).collect(),
            roles: roles.into_iter().map(role).collect(),
            channels: channels.into_iter().map(channel).collect(),
        })
}

fn role(raw: RawRole) -> (RoleId, ServerRole) {
    let tags = raw.tags.unwrap_or_default();
    let role = ServerRole {
        name: raw.name,
        permissions: raw.permissions,
        self_assigned: way(raw.flags, raw.managed, &tags),
        managed: raw.managed,
        of_bot: tags.bot_id.map(UserId),
    };
    (RoleId(raw.id), role)
}

/// How people come by a role that nobody gives them.
fn way(flags: u64, managed: bool, tags: &RawRoleTags) -> Option<Way> {
    let sold = tags.available_for_purchase
        || tags.subscription_listing_id.is_some()
        || tags.premium_subscriber;
    if flags & IN_PROMPT != 0 {
        Some(Way::Prompt)
    } else if sold {
        Some(Way::Purchase)
    } else if tags.guild_connections || (managed && tags.bot_id.is_none()) {
        // What no person can give and no bot was made with comes from a service elsewhere.
        Some(Way::Connection)
    } else {
        None
    }
}

fn channel(raw: RawChannel) -> (ChannelId, ServerChannel) {
    let channel = ServerChannel {
        // Text and announcements; forums and media channels; threads of both (resources/channel,
        // "Channel Types").
        kind: match raw.kind {
            0 | 5 => Kind::Text,
            15 | 16 => Kind::Forum,
            10..=12 => Kind::Thread,
            _ => Kind::Other,
        },
        parent: raw.parent_id.map(ChannelId),
        overwrites: raw.permission_overwrites.iter().map(overwrite).collect(),
        tags: raw.available_tags.into_iter().map(tag).collect(),
        requires_tag: raw.flags & REQUIRE_TAG != 0,
    };
    (ChannelId(raw.id), channel)
}

fn overwrite(raw: &RawOverwrite) -> Overwrite {
    Overwrite {
        of: if raw.kind == OF_ROLE {
            Principal::Role(RoleId(raw.id))
        } else {
            Principal::Member(UserId(raw.id))
        },
        allow: raw.allow,
        deny: raw.deny,
    }
}

pub(crate) fn tag(raw: RawTag) -> ForumTag {
    ForumTag {
        id: raw.id,
        name: raw.name,
        moderated: raw.moderated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read_role(object: Value) -> ServerRole {
        let raw: RawRole = serde_json::from_value(object).expect("a role");
        role(raw).1
    }

    #[test]
    fn a_role_says_how_people_come_by_it() {
        for (managed, flags, tags, expected) in [
            (false, 0, json!({}), None),
            (false, 1, json!({}), Some(Way::Prompt)),
            (false, 2, json!({}), None),
            (true, 0, json!({"bot_id": "9"}), None),
            (
                false,
                0,
                json!({"guild_connections": null}),
                Some(Way::Connection),
            ),
            (
                true,
                0,
                json!({"integration_id": "9"}),
                Some(Way::Connection),
            ),
            (
                true,
                0,
                json!({"premium_subscriber": null}),
                Some(Way::Purchase),
            ),
            (
                true,
                0,
                json!({"subscription_listing_id": "9"}),
                Some(Way::Purchase),
            ),
            (
                false,
                0,
                json!({"available_for_purchase": null}),
                Some(Way::Purchase),
            ),
        ] {
            let object = json!({
                "id": "5", "name": "会員", "permissions": "0", "flags": flags, "managed": managed,
                "tags": tags,
            });
            assert_eq!(
                read_role(object.clone()).self_assigned,
                expected,
                "{object}"
            );
        }
    }

    #[test]
    fn every_bit_of_a_permission_is_kept() {
        let bits = u64::MAX.to_string();
        let role = read_role(json!({"id": "5", "permissions": bits}));
        assert_eq!((role.permissions, role.self_assigned), (u64::MAX, None));
        let raw: RawOverwrite = serde_json::from_value(json!({
            "id": "7", "type": 1, "allow": (1_u64 << 60).to_string(), "deny": "0",
        }))
        .expect("an overwrite");
        let expected = Overwrite {
            of: Principal::Member(UserId(7)),
            allow: 1 << 60,
            deny: 0,
        };
        assert_eq!(overwrite(&raw), expected);
    }
}
