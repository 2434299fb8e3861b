//! People and the bot as Discord accounts, without any server.

use serde_json::{Value, json};

/// One account.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: u64,
    /// The display name, as the person typed it.
    pub(crate) name: String,
    /// The language of the person's client, such as `ja`.
    pub(crate) locale: String,
    pub(crate) bot: bool,
}

impl User {
    /// The user object (resources/user).
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "username": self.username(),
            "discriminator": "0",
            "global_name": if self.bot { Value::Null } else { json!(self.name) },
            "avatar": null,
            "avatar_decoration_data": null,
            "banner": null,
            "accent_color": null,
            "bot": self.bot,
            "system": false,
            "flags": 0,
            "public_flags": 0,
            "primary_guild": null,
        })
    }

    /// User names are plain ASCII at Discord; display names are not.
    fn username(&self) -> String {
        if self.bot {
            self.name.clone()
        } else {
            format!("user{}", self.id)
        }
    }
}
