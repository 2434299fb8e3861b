//! Threads: what one is like now, opening and archiving it, its tags and its name, and a new one below a
//! message; and the tags a forum has.

use super::{Outcome, Port, RawTag, Thread, discord, raw, tag_ids};
use domain::id::{ChannelId, MessageId};
use serde::Deserialize;
use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};

/// Most tags of one post (Discord, resources/channel).
pub(crate) const TAGS_OF_POST_MAX: usize = 5;
/// Most tags of one forum (Discord, resources/channel, 30048).
pub(crate) const TAGS_OF_FORUM_MAX: usize = 20;
/// After how many minutes without a word a thread is archived: seven days, the longest there is.
const AUTO_ARCHIVE_MINUTES: u64 = 10_080;

/// A thread as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ThreadNow {
    /// Its title.
    pub(crate) name: String,
    /// The tags of a forum post.
    pub(crate) tags: Vec<u64>,
    /// Nothing in it can be changed before it is opened.
    pub(crate) archived: bool,
    /// Only moderators may open it and write in it.
    pub(crate) locked: bool,
    /// How many messages were ever written in it, as far as Discord says.
    pub(crate) written: Option<u64>,
}

#[derive(Deserialize)]
struct RawThread {
    #[serde(default)]
    name: String,
    #[serde(default)]
    applied_tags: Vec<raw::RawId>,
    #[serde(default)]
    thread_metadata: Metadata,
    #[serde(default)]
    total_message_sent: Option<u64>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    archived: bool,
    #[serde(default)]
    locked: bool,
}

impl Port {
    /// A thread as it is now.
    pub(crate) async fn thread(&self, thread: ChannelId) -> Outcome<ThreadNow> {
        let route = Route::Channel {
            channel_id: discord(thread),
        };
        let raw: Outcome<RawThread> = self.look_up(route).await;
        raw.map(|raw| ThreadNow {
            name: raw.name,
            tags: raw.applied_tags.iter().map(|id| id.0).collect(),
            archived: raw.thread_metadata.archived,
            locked: raw.thread_metadata.locked,
            written: raw.total_message_sent,
        })
    }

    /// Opens an archived thread. A lock stays.
    pub(crate) async fn open_thread(&self, thread: ChannelId) -> Outcome<()> {
        self.change_thread(thread, &json!({ "archived": false }))
            .await
            .map(drop)
    }

    /// Archives a thread. A lock stays.
    pub(crate) async fn archive_thread(&self, thread: ChannelId) -> Outcome<()> {
        self.change_thread(thread, &json!({ "archived": true }))
            .await
            .map(drop)
    }

    /// Archives a thread and keeps people from opening it by a message.
    pub(crate) async fn lock_thread(&self, thread: ChannelId) -> Outcome<()> {
        self.change_thread(thread, &json!({ "archived": true, "locked": true }))
            .await
            .map(drop)
    }

    /// Gives an open forum post its tags, all of them.
    pub(crate) async fn tag_post(&self, thread: ChannelId, tags: &[u64]) -> Outcome<()> {
        self.change_thread(thread, &json!({ "applied_tags": tag_ids(tags) }))
            .await
            .map(drop)
    }

    /// Gives an open forum post another title. Discord allows few changes of names.
    pub(crate) async fn name_post(&self, thread: ChannelId, title: &str) -> Outcome<()> {
        self.change_thread(thread, &json!({ "name": title }))
            .await
            .map(drop)
    }

    /// Starts a thread below a message; its id. A message has one thread at most: a second is refused as
    /// `discord-160004`, and the one it has bears the message's id.
    pub(crate) async fn start_thread(
        &self,
        channel: ChannelId,
        message: MessageId,
        name: &str,
    ) -> Outcome<ChannelId> {
        let body = json!({ "name": name, "auto_archive_duration": AUTO_ARCHIVE_MINUTES });
        let route = Route::ChannelMessageThreads {
            channel_id: discord(channel),
            message_id: serenity::all::MessageId::new(message.0),
        };
        let made: Outcome<Thread> = self.ask(route, LightMethod::Post, Some(&body)).await;
        made.map(|thread| ChannelId(thread.id))
    }

    /// Adds tags of these names to a forum that has none of them, as far as there is room; all it has
    /// then. Those that are there are sent back as they were, with what we know nothing of.
    pub(crate) async fn make_tags(
        &self,
        forum: ChannelId,
        names: &[String],
    ) -> Outcome<Vec<RawTag>> {
        #[derive(Deserialize)]
        struct Forum {
            #[serde(default)]
            available_tags: Vec<Value>,
        }
        #[derive(Deserialize)]
        struct Made {
            #[serde(default)]
            available_tags: Vec<RawTag>,
        }
        let route = || Route::Channel {
            channel_id: discord(forum),
        };
        let mut tags = match self.look_up::<Forum>(route()).await {
            Outcome::Done(forum) => forum.available_tags,
            other => return other.map(|_| Vec::new()),
        };
        let is_there = |tags: &[Value], name: &str| tags.iter().any(|tag| tag["name"] == name);
        for name in names {
            if tags.len() < TAGS_OF_FORUM_MAX && !is_there(&tags, name) {
                tags.push(json!({ "name": name }));
            }
        }
        let body = json!({ "available_tags": tags });
        let made: Outcome<Made> = self.ask(route(), LightMethod::Patch, Some(&body)).await;
        made.map(|made| made.available_tags)
    }
}
