//! What is read of Discord's own objects: only what the bot needs, with every bit of a permission.
//!
//! serenity's types drop permission bits they do not know and the flags of roles; these do not.

use serde::{Deserialize, Deserializer, de::Error};

/// A server (resources/guild).
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RawServer {
    #[serde(deserialize_with = "id")]
    pub(crate) owner_id: u64,
}

/// A role (topics/permissions, "Role Object").
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RawRole {
    #[serde(deserialize_with = "id")]
    pub(crate) id: u64,
    #[serde(default)]
    pub(crate) name: String,
    #[serde(deserialize_with = "id")]
    pub(crate) permissions: u64,
    #[serde(default)]
    pub(crate) flags: u64,
    #[serde(default)]
    pub(crate) managed: bool,
    #[serde(default)]
    pub(crate) tags: Option<RawRoleTags>,
}

/// What a role belongs to (topics/permissions, "Role Tags Structure"): of some tags Discord sends
/// `null` when they are there, and nothing when they are not.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct RawRoleTags {
    #[serde(default, deserialize_with = "optional_id")]
    pub(crate) bot_id: Option<u64>,
    #[serde(default, deserialize_with = "optional_id")]
    pub(crate) subscription_listing_id: Option<u64>,
    #[serde(default, deserialize_with = "there")]
    pub(crate) premium_subscriber: bool,
    #[serde(default, deserialize_with = "there")]
    pub(crate) available_for_purchase: bool,
    #[serde(default, deserialize_with = "there")]
    pub(crate) guild_connections: bool,
}

/// A channel (resources/channel).
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RawChannel {
    #[serde(deserialize_with = "id")]
    pub(crate) id: u64,
    #[serde(rename = "type")]
    pub(crate) kind: u8,
    #[serde(default, deserialize_with = "optional_id")]
    pub(crate) parent_id: Option<u64>,
    #[serde(default)]
    pub(crate) permission_overwrites: Vec<RawOverwrite>,
    #[serde(default)]
    pub(crate) available_tags: Vec<RawTag>,
    #[serde(default)]
    pub(crate) flags: u64,
}

/// One overwrite of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct RawOverwrite {
    #[serde(deserialize_with = "id")]
    pub(crate) id: u64,
    /// 0 a role, 1 a member.
    #[serde(rename = "type")]
    pub(crate) kind: u8,
    #[serde(deserialize_with = "id")]
    pub(crate) allow: u64,
    #[serde(deserialize_with = "id")]
    pub(crate) deny: u64,
}

/// A tag of a forum.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct RawTag {
    #[serde(deserialize_with = "id")]
    pub(crate) id: u64,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) moderated: bool,
}

/// A member of a server.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RawMember {
    pub(crate) roles: Vec<RawId>,
}

/// An id that stands alone.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct RawId(#[serde(deserialize_with = "id")] pub(crate) u64);

/// Discord writes ids and permissions as text.
pub(super) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Number(u64),
    }
    match Written::deserialize(deserializer)? {
        Written::Text(text) => text.parse().map_err(|_| D::Error::custom("not a number")),
        Written::Number(number) => Ok(number),
    }
}

/// A tag that is there, whatever its value.
fn there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    serde::de::IgnoredAny::deserialize(deserializer).map(|_| true)
}

fn optional_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(Option::<RawId>::deserialize(deserializer)?.map(|id| id.0))
}
