//! Roles of a server.

use serde_json::{Value, json};

/// The role flag that says people may give it to themselves at onboarding (resources/role).
pub const IN_PROMPT: u64 = 1;

/// A role as a test describes it.
#[derive(Clone, Debug, Default)]
pub struct Role {
    /// The name; every member of the server can read it.
    pub name: String,
    /// Guild-level permission bits.
    pub permissions: u64,
    /// Colour, 0 for none.
    pub color: u32,
    /// Shown apart in the member list.
    pub hoist: bool,
    /// May be pinged by anybody.
    pub mentionable: bool,
    /// Role flags, such as [`IN_PROMPT`].
    pub flags: u64,
    /// Belongs to an integration, cannot be given by hand.
    pub managed: bool,
    /// Given by a linked account (tag `guild_connections`).
    pub linked: bool,
}

impl Role {
    /// A plain role of this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// The same role with these permission bits.
    #[must_use]
    pub fn with_permissions(mut self, bits: u64) -> Self {
        self.permissions = bits;
        self
    }

    /// The same role, mentionable by anybody.
    #[must_use]
    pub fn mentionable(mut self) -> Self {
        self.mentionable = true;
        self
    }
}

/// A role in a guild.
#[derive(Clone, Debug)]
pub(crate) struct GuildRole {
    pub(crate) id: u64,
    pub(crate) position: u32,
    /// The bot this role belongs to, for the role that an invitation makes.
    pub(crate) bot: Option<u64>,
    pub(crate) role: Role,
}

impl GuildRole {
    pub(crate) fn to_json(&self) -> Value {
        let role = &self.role;
        let mut object = json!({
            "id": self.id.to_string(),
            "name": role.name,
            "permissions": role.permissions.to_string(),
            "position": self.position,
            "color": role.color,
            "colors": {
                "primary_color": role.color,
                "secondary_color": null,
                "tertiary_color": null,
            },
            "hoist": role.hoist,
            "managed": role.managed,
            "mentionable": role.mentionable,
            "icon": null,
            "unicode_emoji": null,
            "flags": role.flags,
        });
        let mut tags = serde_json::Map::new();
        if let Some(bot) = self.bot {
            tags.insert("bot_id".into(), json!(bot.to_string()));
        }
        if role.linked {
            tags.insert("guild_connections".into(), Value::Null);
        }
        if !tags.is_empty() {
            object["tags"] = Value::Object(tags);
        }
        object
    }
}
