//! Finding again what was sent: the mark of an outbox row stands at the end of a custom id.

use super::{Made, Outcome, Port, discord, guild, raw};
use chrono::{DateTime, Utc};
use domain::id::{ChannelId, MessageId, ServerId, UserId};
use serde::Deserialize;
use serde_json::Value;
use serenity::http::Route;

/// Most pages that are looked through, of [`PAGE`] entries each.
const PAGES_MAX: usize = 20;
/// Entries of a page, the most Discord gives.
const PAGE: usize = 100;
/// Most forum posts that are opened to look for the mark.
const POSTS_MAX: usize = 200;
/// Discord's ids count from this moment, in milliseconds since 1970 (reference, "Snowflakes").
const DISCORD_EPOCH: i64 = 1_420_070_400_000;

#[derive(Deserialize)]
struct Message {
    #[serde(deserialize_with = "raw::id")]
    id: u64,
    author: Author,
    #[serde(default)]
    components: Value,
}

#[derive(Deserialize)]
struct Author {
    #[serde(deserialize_with = "raw::id")]
    id: u64,
}

#[derive(Deserialize)]
struct Threads {
    threads: Vec<Thread>,
    #[serde(default)]
    has_more: bool,
}

#[derive(Deserialize)]
struct Thread {
    #[serde(deserialize_with = "raw::id")]
    id: u64,
    #[serde(default)]
    parent_id: Option<raw::RawId>,
    #[serde(default)]
    owner_id: Option<raw::RawId>,
    #[serde(default)]
    thread_metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    archive_timestamp: String,
}

impl Port {
    /// The bot's messages in a channel that carry the mark and were sent since, oldest first.
    pub(crate) async fn find_messages(
        &self,
        channel: ChannelId,
        bot: UserId,
        mark: &str,
        since: DateTime<Utc>,
    ) -> Outcome<Vec<MessageId>> {
        let since = first_id_since(since);
        let mut found = Vec::new();
        let mut oldest = None;
        // Newest first: what is searched for was sent lately.
        for _ in 0..PAGES_MAX {
            let route = Route::ChannelMessages {
                channel_id: discord(channel),
            };
            let mut page = vec![("limit", PAGE.to_string())];
            page.extend(oldest.map(|id: u64| ("before", id.to_string())));
            let messages: Vec<Message> = match self.look_up_with(route, page).await {
                Outcome::Done(messages) => messages,
                other => return other.map(|_: Vec<Message>| Vec::new()),
            };
            let carrying = messages
                .iter()
                .filter(|m| m.id >= since && m.author.id == bot.0 && carries(m, mark));
            found.extend(carrying.map(|message| MessageId(message.id)));
            oldest = messages.iter().map(|message| message.id).min();
            if messages.len() < PAGE || oldest.is_none_or(|id| id < since) {
                break;
            }
        }
        found.sort_unstable();
        Outcome::Done(found)
    }

    /// The bot's posts in a forum that carry the mark and were made since, oldest first; active and
    /// archived ones.
    pub(crate) async fn find_posts(
        &self,
        server: ServerId,
        forum: ChannelId,
        bot: UserId,
        mark: &str,
        since: DateTime<Utc>,
    ) -> Outcome<Vec<Made>> {
        let since = first_id_since(since);
        let route = Route::GuildThreadsActive {
            guild_id: guild(server),
        };
        let mut threads = match self.look_up::<Threads>(route).await {
            Outcome::Done(active) => active.threads,
            other => return other.map(|_| Vec::new()),
        };
        threads.retain(|thread| thread.parent_id.is_some_and(|parent| parent.0 == forum.0));
        match self.archived(forum).await {
            Outcome::Done(archived) => threads.extend(archived),
            other => return other.map(|_| Vec::new()),
        }
        threads.retain(|t| t.id >= since && t.owner_id.is_none_or(|owner| owner.0 == bot.0));
        threads.sort_unstable_by_key(|thread| thread.id);
        threads.dedup_by_key(|thread| thread.id);
        let mut found = Vec::new();
        for thread in threads.iter().rev().take(POSTS_MAX) {
            // The first message of a forum post has the id of its thread.
            let made = Made {
                thread: ChannelId(thread.id),
                message: MessageId(thread.id),
            };
            let route = Route::ChannelMessage {
                channel_id: discord(made.thread),
                message_id: serenity::all::MessageId::new(made.message.0),
            };
            match self.look_up::<Message>(route).await {
                Outcome::Done(message) if carries(&message, mark) => found.push(made),
                Outcome::Done(_) | Outcome::Gone => {}
                other => return other.map(|_| Vec::new()),
            }
        }
        found.reverse();
        Outcome::Done(found)
    }

    async fn archived(&self, forum: ChannelId) -> Outcome<Vec<Thread>> {
        let mut threads: Vec<Thread> = Vec::new();
        for _ in 0..PAGES_MAX {
            let route = Route::ChannelArchivedPublicThreads {
                channel_id: discord(forum),
            };
            let mut page = vec![("limit", PAGE.to_string())];
            let before = threads
                .last()
                .and_then(|thread| thread.thread_metadata.as_ref());
            if let Some(metadata) = before {
                // The only letter of an ISO time that a query does not take as it is.
                page.push(("before", metadata.archive_timestamp.replace('+', "%2B")));
            }
            let archived: Threads = match self.look_up_with(route, page).await {
                Outcome::Done(archived) => archived,
                other => return other.map(|_: Threads| Vec::new()),
            };
            let last = archived.threads.is_empty() || !archived.has_more;
            threads.extend(archived.threads);
            if last {
                break;
            }
        }
        Outcome::Done(threads)
    }
}

/// The smallest id something made at that moment can have.
fn first_id_since(since: DateTime<Utc>) -> u64 {
    let milliseconds = (since.timestamp_millis() - DISCORD_EPOCH).max(0);
    milliseconds.cast_unsigned() << 22
}

fn carries(message: &Message, mark: &str) -> bool {
    holds_mark(&message.components, mark)
}

/// Whether a custom id somewhere in the components ends with the mark.
fn holds_mark(value: &Value, mark: &str) -> bool {
    match value {
        Value::Array(entries) => entries.iter().any(|entry| holds_mark(entry, mark)),
        Value::Object(fields) => fields.iter().any(|(name, field)| match field {
            Value::String(id) if name == "custom_id" => {
                id.rsplit_once(':').is_some_and(|(_, end)| end == mark)
            }
            field => holds_mark(field, mark),
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_mark_is_found_in_any_button_and_nowhere_else() {
        let row = |id: &str| {
            json!([{ "type": 1, "components": [
                { "type": 2, "custom_id": "v1:issue-pass-on:1", "label": "abc" },
                { "type": 2, "custom_id": id, "label": "x" },
            ]}])
        };
        assert!(holds_mark(&row("v1:issue-show:1:abc"), "abc"));
        assert!(!holds_mark(&row("v1:issue-show:1:abcd"), "abc"));
        assert!(!holds_mark(&row("abc"), "abc"));
        assert!(!holds_mark(&Value::Null, "abc"));
    }

    #[test]
    fn ids_count_from_discords_epoch() {
        let moment = DateTime::from_timestamp_millis(1_462_015_105_796).expect("a moment");
        // The example of Discord's reference.
        assert_eq!(
            first_id_since(moment) >> 22,
            175_928_847_299_117_063_u64 >> 22
        );
        assert_eq!(first_id_since(DateTime::UNIX_EPOCH), 0);
    }
}
