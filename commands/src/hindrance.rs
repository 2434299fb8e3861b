//! What hinders sending, in words: what is the matter, and each step that mends it, with the names
//! Discord's own client uses. Said by `/office check` and by `renkei check`.

use crate::{option::joined, text, text::Text};
use domain::{
    id::RoleId,
    proof::Hindrance,
    server::{Overseer, Server, Way, drift::Drift},
    setting::Language,
};
use std::collections::BTreeMap;

/// UTF-16 units of one list of roles or people.
const LIST_UNITS_MAX: usize = 200;

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is the matter.
    pub what: String,
    /// What to do about it.
    pub mend: String,
}

/// How roles and people are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// As mentions, which Discord shows as names; nobody is pinged where mentions are not allowed.
    Mention,
    /// As numbers, for a terminal.
    Number,
}

/// The reader's language and way of writing names.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The language.
    pub language: Language,
    /// How roles and people are written.
    pub naming: Naming,
}

impl Reader {
    /// A role, as the reader reads it.
    #[must_use]
    pub fn role(self, server: &Server, role: RoleId) -> String {
        match self.naming {
            _ if role == server.everyone() => "@everyone".to_owned(),
            Naming::Mention => format!("<@&{role}>"),
            Naming::Number => role.to_string(),
        }
    }

    /// Roles as a list that ends where it grows too long.
    pub fn roles(self, server: &Server, roles: impl IntoIterator<Item = RoleId>) -> String {
        let words = roles.into_iter().map(|role| self.role(server, role));
        joined(words, self.language, LIST_UNITS_MAX)
    }

    /// Somebody who sees everything: what it is, and its name.
    #[must_use]
    pub fn overseer(self, server: &Server, overseer: Overseer) -> String {
        let text = match overseer {
            Overseer::Owner(user) => text!("overseer-owner", name = self.user(user.0)),
            Overseer::Administrators(role) => {
                text!("overseer-role", name = self.role(server, role))
            }
            Overseer::Bot(user, _) => text!("overseer-bot", name = self.user(user.0)),
        };
        text.say(self.language)
    }

    fn user(self, user: u64) -> String {
        match self.naming {
            Naming::Mention => format!("<@{user}>"),
            Naming::Number => user.to_string(),
        }
    }

    fn told(self, what: &Text, mend: &Text) -> Told {
        Told {
            what: what.say(self.language),
            mend: mend.say(self.language),
        }
    }

    fn plain(self, what: &str, mend: &str) -> Vec<Told> {
        vec![self.told(&Text::new(what), &Text::new(mend))]
    }
}

/// Hindrances as things to mend, in order; what the bot may not do is one of them.
#[must_use]
pub fn told(hindrances: &[Hindrance], server: &Server, reader: Reader) -> Vec<Told> {
    let mut told = Vec::new();
    let mut lacking = Vec::new();
    for hindrance in hindrances {
        match hindrance {
            Hindrance::Drift(drift) => told.extend(drifted(drift, server, reader)),
            Hindrance::Kind => told.extend(reader.plain("check-kind", "check-kind-mend")),
            Hindrance::Permission(permission) => lacking.push(*permission),
        }
    }
    if !lacking.is_empty() {
        let words = lacking.iter().map(|permission| {
            let word = Text::new(format!("word-permission-{}", permission.code()));
            text!("check-quoted", word = word).say(reader.language)
        });
        let permissions: String = words.collect();
        told.push(reader.told(
            &text!("check-permission", permissions = permissions.clone()),
            &text!("check-permission-mend", permissions = permissions),
        ));
    }
    told
}

fn drifted(drift: &Drift, server: &Server, reader: Reader) -> Vec<Told> {
    let language = reader.language;
    match drift {
        Drift::Unbound => reader.plain("check-unbound", "check-unbound-mend"),
        Drift::UnknownChannel => {
            reader.plain("check-unknown-channel", "check-unknown-channel-mend")
        }
        Drift::Everyone => reader.plain("check-everyone", "check-everyone-mend"),
        Drift::Nobody => reader.plain("check-nobody", "check-nobody-mend"),
        Drift::Roles(roles) => {
            let roles = reader.roles(server, roles.iter().copied());
            vec![reader.told(
                &text!("check-roles", roles = roles.clone()),
                &text!("check-roles-mend", roles = roles),
            )]
        }
        Drift::Members(members) => {
            let words = members.iter().map(|user| reader.user(user.0));
            let members = joined(words, language, LIST_UNITS_MAX);
            vec![reader.told(
                &text!("check-members", members = members.clone()),
                &text!("check-members-mend", members = members),
            )]
        }
        Drift::Unaccepted(overseers) => {
            let words = overseers.iter().map(|o| reader.overseer(server, *o));
            let names = joined(words, language, LIST_UNITS_MAX);
            vec![reader.told(
                &text!("check-unaccepted", names = names),
                &Text::new("check-unaccepted-mend"),
            )]
        }
        Drift::SelfAssigned(roles) => self_assigned(roles, server, reader),
    }
}

/// Roles that people come by themselves, one thing to mend per way.
#[must_use]
pub fn self_assigned(roles: &BTreeMap<RoleId, Way>, server: &Server, reader: Reader) -> Vec<Told> {
    let of = |way: Way| {
        let ids: Vec<RoleId> = roles
            .iter()
            .filter(|(_, by)| **by == way)
            .map(|(id, _)| *id)
            .collect();
        let list = || reader.roles(server, ids.iter().copied());
        let (what, mend) = match way {
            Way::Prompt => (
                text!("check-prompt", roles = list()),
                text!("check-prompt-mend", roles = list()),
            ),
            Way::Connection => (
                text!("check-connection", roles = list()),
                text!("check-connection-mend", roles = list()),
            ),
            Way::Purchase => (
                text!("check-purchase", roles = list()),
                Text::new("check-purchase-mend"),
            ),
        };
        (!ids.is_empty()).then(|| reader.told(&what, &mend))
    };
    Way::ALL.iter().filter_map(|way| of(*way)).collect()
}
