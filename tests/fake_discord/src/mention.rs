//! Who a message names, and whom it may ping (resources/message, "Allowed Mentions Object").

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::message::Draft;
use crate::oracle::strings_of;
use crate::permission::MENTION_EVERYONE;
use crate::state::State;

/// What counts when `allowed_mentions` is not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MentionDefault {
    /// Messages of bots and people: every kind.
    #[default]
    All,
    /// Answers to interactions and followups: users only.
    Users,
}

/// The mentions that count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentions {
    pub(crate) users: BTreeSet<u64>,
    pub(crate) roles: BTreeSet<u64>,
    pub(crate) everyone: bool,
}

/// The parts of a message that decide about mentions.
pub(crate) struct Words<'a> {
    channel: u64,
    author: u64,
    text: String,
    allowed: Option<&'a Value>,
    default: MentionDefault,
    reference: Option<&'a Value>,
}

impl Draft {
    /// Text that can mention: the content and, with components v2, the text displays.
    pub(crate) fn words(&self) -> Words<'_> {
        let mut text = vec![self.content.clone()];
        for component in &self.components {
            collect_displays(component, &mut text);
        }
        Words {
            channel: self.channel,
            author: self.author,
            text: text.join("\n"),
            allowed: self.allowed_mentions.as_ref(),
            default: self.mention_default,
            reference: self.reference.as_ref(),
        }
    }
}

fn collect_displays(component: &Value, text: &mut Vec<String>) {
    const TEXT_DISPLAY: u64 = 10;
    if component["type"].as_u64() == Some(TEXT_DISPLAY) {
        strings_of(&component["content"], text);
    }
    for inner in component["components"].as_array().into_iter().flatten() {
        collect_displays(inner, text);
    }
}

static USER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<@!?(\d{1,20})>").expect("the pattern is valid"));
static ROLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<@&(\d{1,20})>").expect("the pattern is valid"));

fn ids(pattern: &Regex, text: &str) -> impl Iterator<Item = u64> {
    pattern
        .captures_iter(text)
        .filter_map(|found| found[1].parse().ok())
}

/// Whether a kind of mention is open to all, or which ids are listed.
enum Gate {
    Open,
    Listed(BTreeSet<u64>),
}

impl Gate {
    fn of(words: &Words<'_>, kind: &str) -> Self {
        let Some(allowed) = words.allowed.filter(|value| value.is_object()) else {
            let open = words.default == MentionDefault::All || kind == "users";
            return if open {
                Self::Open
            } else {
                Self::Listed(BTreeSet::new())
            };
        };
        let parsed = allowed["parse"].as_array();
        if parsed.is_some_and(|kinds| kinds.iter().any(|value| value == kind)) {
            return Self::Open;
        }
        let listed = allowed[kind].as_array().into_iter().flatten();
        Self::Listed(
            listed
                .filter_map(Value::as_str)
                .filter_map(|id| id.parse().ok())
                .collect(),
        )
    }

    fn passes(&self, id: u64) -> bool {
        match self {
            Self::Open => true,
            Self::Listed(ids) => ids.contains(&id),
        }
    }
}

impl State {
    /// The mentions of a text that count under its `allowed_mentions` and its author's
    /// permissions.
    pub(crate) fn mentions_of(&self, words: &Words<'_>) -> Mentions {
        let Some(guild) = self
            .guild_of(words.channel)
            .and_then(|id| self.guilds.get(&id))
        else {
            return Mentions::default();
        };
        let author_bits = self.permissions_in(words.channel, words.author);
        let may_ping_all = author_bits & MENTION_EVERYONE != 0;
        let users = Gate::of(words, "users");
        let roles = Gate::of(words, "roles");
        let everyone = matches!(Gate::of(words, "everyone"), Gate::Open);
        let mut mentions = Mentions {
            users: ids(&USER, &words.text)
                .filter(|id| users.passes(*id) && self.users.contains_key(id))
                .collect(),
            roles: ids(&ROLE, &words.text)
                .filter(|id| roles.passes(*id))
                .filter(|id| {
                    let role = guild.roles.get(id);
                    role.is_some_and(|role| role.role.mentionable || may_ping_all)
                })
                .collect(),
            everyone: everyone
                && may_ping_all
                && (words.text.contains("@everyone") || words.text.contains("@here")),
        };
        mentions.users.extend(self.replied_author(words));
        mentions
    }

    /// The author a reply answers; pinged unless `allowed_mentions` is given without
    /// `replied_user`.
    fn replied_author(&self, words: &Words<'_>) -> Option<u64> {
        let message = words.reference?["message_id"].as_str()?.parse().ok()?;
        let pings = match words.allowed {
            Some(allowed) => allowed["replied_user"] == true,
            None => words.default == MentionDefault::All,
        };
        self.messages
            .get(&message)
            .filter(|_| pings)
            .map(|message| message.author)
    }
}
