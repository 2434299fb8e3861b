//! The one port to Discord: everything the bot says outside an answer to an interaction goes through
//! here, and so does everything it looks up.
//!
//! What is sent never mentions anybody (`allowed_mentions` is always empty), an edit always sends the
//! whole message, and every result is an [`Outcome`] that says what to do next. Changes are requests
//! made once, by our own [`wire`]; looking goes through serenity and its limiter. Whether something
//! may be sent is not asked here; see [`crate::outbox`].

pub(crate) mod event;
mod pace;
mod raw;
mod search;
mod thread;
mod upload;
mod verdict;
mod wire;

use pace::Pace;
pub(crate) use raw::{
    RawChannel, RawMember, RawOverwrite, RawRole, RawRoleTags, RawServer, RawTag,
};
pub(crate) use thread::{TAGS_OF_FORUM_MAX, TAGS_OF_POST_MAX, ThreadNow};
pub(crate) use verdict::Outcome;
use wire::Wire;

use crate::address::ANSWER_SECONDS_MAX;
use commands::{answer::File, card::Post};
use domain::id::{ChannelId, MessageId, ServerId, UserId};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use serenity::{
    all::{CreateActionRow, GuildId, Http},
    http::{LightMethod, Request, Route},
};
use std::{sync::Arc, time::Duration};

/// Longest time for one request, waiting for the rate limit included. A lease is longer.
pub(crate) const REQUEST_SECONDS_MAX: u64 = 12;
const _: () = assert!(REQUEST_SECONDS_MAX > ANSWER_SECONDS_MAX);
/// What is left as the title of a post that may not be deleted.
const RETIRED_TITLE: &str = "削除済み";

/// The status of an answer to a token that is not known.
const UNAUTHORISED: reqwest::StatusCode = reqwest::StatusCode::UNAUTHORIZED;

/// The port.
#[derive(Clone)]
pub(crate) struct Port {
    http: Arc<Http>,
    wire: Arc<Wire>,
    pace: Arc<Pace>,
}

/// What Discord limits apart, by channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// A message.
    Send,
    /// A forum post.
    Post,
    /// An edit of a message.
    Edit,
    /// A thread below a message.
    Discuss,
    /// Taking a message away.
    Remove,
    /// Taking a forum post away; the channel is its thread.
    RemovePost,
}

/// A forum post that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Its thread.
    pub(crate) thread: ChannelId,
    /// Its first message.
    pub(crate) message: MessageId,
}

#[derive(Deserialize)]
struct WithId {
    #[serde(deserialize_with = "raw::id")]
    id: u64,
}

#[derive(Deserialize)]
struct Thread {
    #[serde(deserialize_with = "raw::id")]
    id: u64,
    #[serde(default)]
    message: Option<WithId>,
}

impl Port {
    /// The port over serenity's HTTP, with the client that its requests are made by and how many changes
    /// a second it is asked for at most.
    pub(crate) fn new(http: Arc<Http>, client: reqwest::Client, changes_per_second: u32) -> Self {
        let wire = Arc::new(Wire::new(Arc::clone(&http), client));
        let pace = Arc::new(Pace::new(changes_per_second));
        Self { http, wire, pace }
    }

    /// Takes the next turn to make a change, after all that wait already; says how long it is until then.
    pub(crate) fn turn(&self) -> Duration {
        self.pace.turn()
    }

    /// How many changes may be made in a time.
    pub(crate) fn turns_in(&self, time: Duration) -> usize {
        self.pace.turns_in(time)
    }

    /// How long an act in a channel (or, for an edit in a forum, its thread) has to wait for Discord's
    /// limits, as far as they are known.
    pub(crate) fn closed_for(&self, act: Act, channel: ChannelId) -> Duration {
        let channel_id = discord(channel);
        let (route, method) = match act {
            Act::Send => (Route::ChannelMessages { channel_id }, LightMethod::Post),
            Act::Post => (Route::ChannelForumPosts { channel_id }, LightMethod::Post),
            Act::Edit => (any_message(channel_id), LightMethod::Patch),
            Act::Discuss => (
                Route::ChannelMessageThreads {
                    channel_id,
                    message_id: serenity::all::MessageId::new(channel_id.get()),
                },
                LightMethod::Post,
            ),
            Act::Remove => (any_message(channel_id), LightMethod::Delete),
            Act::RemovePost => (Route::Channel { channel_id }, LightMethod::Delete),
        };
        self.wire.closed_for(&Request::new(route, method))
    }

    /// Sends a message, with a line above it. The nonce makes a second one with the same nonce the same
    /// message, for some minutes.
    pub(crate) async fn send(
        &self,
        channel: ChannelId,
        post: &Post,
        line: Option<&str>,
        nonce: &str,
    ) -> Outcome<MessageId> {
        let mut body = message(post, &post.rows_in_text(), line);
        body["nonce"] = json!(nonce);
        body["enforce_nonce"] = json!(true);
        let route = Route::ChannelMessages {
            channel_id: discord(channel),
        };
        let sent: Outcome<WithId> = self
            .carry(route, LightMethod::Post, &body, &post.files)
            .await;
        sent.map(|message| MessageId(message.id))
    }

    /// Replaces a message of a text channel by the post, whole.
    pub(crate) async fn edit(&self, channel: ChannelId, of: MessageId, post: &Post) -> Outcome<()> {
        let body = message(post, &post.rows_in_text(), None);
        self.replace(channel, of, body, &post.files).await
    }

    /// Replaces the message of a forum post, whole.
    pub(crate) async fn edit_post(&self, made: Made, post: &Post) -> Outcome<()> {
        let body = message(post, &post.rows, None);
        self.replace(made.thread, made.message, body, &post.files)
            .await
    }

    async fn replace(
        &self,
        channel: ChannelId,
        of: MessageId,
        body: Value,
        files: &[File],
    ) -> Outcome<()> {
        let route = Route::ChannelMessage {
            channel_id: discord(channel),
            message_id: serenity::all::MessageId::new(of.0),
        };
        let edited: Outcome<WithId> = self.carry(route, LightMethod::Patch, &body, files).await;
        edited.map(drop)
    }

    /// Deletes a message of the bot; one that is gone already counts as deleted.
    pub(crate) async fn delete(&self, channel: ChannelId, message: MessageId) -> Outcome<()> {
        let route = Route::ChannelMessage {
            channel_id: discord(channel),
            message_id: serenity::all::MessageId::new(message.0),
        };
        gone_is_done(self.tell(route, LightMethod::Delete, None).await)
    }

    /// Makes a forum post, with a line above its message.
    pub(crate) async fn make_post(
        &self,
        forum: ChannelId,
        post: &Post,
        line: Option<&str>,
        tags: &[u64],
    ) -> Outcome<Made> {
        let body = json!({
            "name": post.title,
            "message": message(post, &post.rows, line),
            "applied_tags": tag_ids(tags),
        });
        let route = Route::ChannelForumPosts {
            channel_id: discord(forum),
        };
        let made: Outcome<Thread> = self
            .carry(route, LightMethod::Post, &body, &post.files)
            .await;
        made.map(|thread| Made {
            thread: ChannelId(thread.id),
            // The first message of a forum post has the id of its thread.
            message: MessageId(thread.message.map_or(thread.id, |message| message.id)),
        })
    }

    /// Takes a forum post away: deletes it where the bot may, else leaves nothing of it but an
    /// archived thread without words.
    pub(crate) async fn retire_post(&self, made: Made) -> Outcome<()> {
        let route = Route::Channel {
            channel_id: discord(made.thread),
        };
        match gone_is_done(self.tell(route, LightMethod::Delete, None).await) {
            Outcome::Refused(_) => {}
            other => return other,
        }
        let body = json!({ "archived": false, "name": RETIRED_TITLE });
        for outcome in [
            self.change_thread(made.thread, &body).await.map(drop),
            self.delete(made.thread, made.message).await,
        ] {
            if !matches!(outcome, Outcome::Done(()) | Outcome::Gone) {
                return outcome;
            }
        }
        gone_is_done(
            self.change_thread(made.thread, &json!({ "archived": true }))
                .await
                .map(drop),
        )
    }

    /// Who the bot is; `None` when Discord refuses the token.
    pub(crate) async fn whoami(&self) -> Outcome<Option<(UserId, String)>> {
        #[derive(Deserialize)]
        struct Me {
            #[serde(deserialize_with = "raw::id")]
            id: u64,
            username: String,
        }
        let request = Request::new(Route::UserMe, LightMethod::Get);
        let me = within(async {
            match self.http.fire::<Me>(request).await {
                Ok(me) => Ok(Some((UserId(me.id), me.username))),
                Err(serenity::Error::Http(error)) if error.status_code() == Some(UNAUTHORISED) => {
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        });
        me.await.of_reading()
    }

    /// A server's own data.
    pub(crate) async fn server(&self, server: ServerId) -> Outcome<RawServer> {
        self.look_up(Route::Guild {
            guild_id: guild(server),
        })
        .await
    }

    /// A server's roles, with flags and every permission bit.
    pub(crate) async fn roles(&self, server: ServerId) -> Outcome<Vec<RawRole>> {
        self.look_up(Route::GuildRoles {
            guild_id: guild(server),
        })
        .await
    }

    /// A server's channels, without threads.
    pub(crate) async fn channels(&self, server: ServerId) -> Outcome<Vec<RawChannel>> {
        self.look_up(Route::GuildChannels {
            guild_id: guild(server),
        })
        .await
    }

    /// One member of a server.
    pub(crate) async fn member(&self, server: ServerId, user: UserId) -> Outcome<RawMember> {
        let user_id = serenity::all::UserId::new(user.0);
        self.look_up(Route::GuildMember {
            guild_id: guild(server),
            user_id,
        })
        .await
    }

    async fn change_thread(&self, thread: ChannelId, body: &Value) -> Outcome<Thread> {
        let route = Route::Channel {
            channel_id: discord(thread),
        };
        self.ask(route, LightMethod::Patch, Some(body)).await
    }

    async fn look_up<T: DeserializeOwned>(&self, route: Route<'_>) -> Outcome<T> {
        let request = Request::new(route, LightMethod::Get);
        within(self.http.fire(request)).await.of_reading()
    }

    /// A change with an answer worth reading.
    async fn ask<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        method: LightMethod,
        body: Option<&Value>,
    ) -> Outcome<T> {
        let request = Request::new(route, method).body(body.map(bytes));
        understood(change(self.wire.send(request, None)).await)
    }

    /// The same, with files beside the body.
    async fn carry<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        method: LightMethod,
        body: &Value,
        files: &[File],
    ) -> Outcome<T> {
        match upload::form(body, files) {
            Ok(None) => self.ask(route, method, Some(body)).await,
            Ok(form) => {
                let request = Request::new(route, method);
                understood(change(self.wire.send(request, form)).await)
            }
            Err(error) => Outcome::of_transport(&error),
        }
    }

    /// A reading request with parameters.
    async fn look_up_with<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        parameters: Vec<(&'static str, String)>,
    ) -> Outcome<T> {
        let request = Request::new(route, LightMethod::Get).params(Some(parameters));
        within(self.http.fire(request)).await.of_reading()
    }

    /// A change whose success has no content.
    async fn tell(
        &self,
        route: Route<'_>,
        method: LightMethod,
        body: Option<&Value>,
    ) -> Outcome<()> {
        let request = Request::new(route, method).body(body.map(bytes));
        change(self.wire.send(request, None)).await.map(drop)
    }
}

/// Reads the answer to a change. A success that cannot be read was one all the same; only what it made is
/// not known.
fn understood<T: DeserializeOwned>(outcome: Outcome<Vec<u8>>) -> Outcome<T> {
    outcome.then(|answer| {
        serde_json::from_slice(&answer).map_or(Outcome::Doubtful(true), Outcome::Done)
    })
}

/// A request that changes something at Discord.
async fn change<T>(request: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    tracing::trace!(target: "renkei::point", point = "before-send");
    let limit = Duration::from_secs(REQUEST_SECONDS_MAX);
    let outcome = tokio::time::timeout(limit, request).await;
    let outcome = outcome.unwrap_or(Outcome::Doubtful(false));
    tracing::trace!(target: "renkei::point", point = "after-send");
    outcome
}

async fn within<T>(request: impl Future<Output = Result<T, serenity::Error>>) -> Outcome<T> {
    match tokio::time::timeout(Duration::from_secs(REQUEST_SECONDS_MAX), request).await {
        Ok(result) => Outcome::judge(result),
        Err(_) => Outcome::Doubtful(false),
    }
}

fn gone_is_done(outcome: Outcome<()>) -> Outcome<()> {
    match outcome {
        Outcome::Gone => Outcome::Done(()),
        other => other,
    }
}

/// The whole of a message: what is not in the post is taken away by an edit.
fn message(post: &Post, rows: &[CreateActionRow], line: Option<&str>) -> Value {
    json!({
        "content": line.unwrap_or_default(),
        "embeds": post.embeds,
        "components": rows,
        "allowed_mentions": { "parse": [] },
        "attachments": upload::named(&post.files),
    })
}

fn tag_ids(tags: &[u64]) -> Vec<String> {
    tags.iter().map(u64::to_string).collect()
}

fn bytes(body: &Value) -> Vec<u8> {
    body.to_string().into_bytes()
}

fn discord(channel: ChannelId) -> serenity::all::ChannelId {
    serenity::all::ChannelId::new(channel.0)
}

/// The route of any message of a channel: its limits are of the channel.
fn any_message(channel_id: serenity::all::ChannelId) -> Route<'static> {
    Route::ChannelMessage {
        channel_id,
        message_id: serenity::all::MessageId::new(channel_id.get()),
    }
}

fn guild(server: ServerId) -> GuildId {
    GuildId::new(server.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use commands::card::Tags;
    use serenity::all::{CreateButton, CreateEmbed};

    fn post() -> Post {
        Post {
            revision: 3,
            title: "#12".to_owned(),
            tags: Tags::default(),
            discussion: Some(CreateButton::new("v1:discuss:12")),
            files: Vec::new(),
            embeds: vec![CreateEmbed::new().description("<@1> @everyone")],
            rows: vec![CreateActionRow::Buttons(vec![CreateButton::new(
                "v1:issue-show:12:ab",
            )])],
        }
    }

    #[test]
    fn nothing_that_is_sent_can_mention_anybody() {
        let post = post();
        let body = message(&post, &post.rows, None);
        assert_eq!(body["allowed_mentions"], json!({ "parse": [] }));
        assert_eq!(body["content"], "");
        assert_eq!(
            body["components"][0]["components"][0]["custom_id"],
            "v1:issue-show:12:ab"
        );
        assert_eq!(body["embeds"][0]["description"], "<@1> @everyone");
    }

    #[test]
    fn only_a_text_channel_offers_a_thread() {
        let post = post();
        let buttons = |rows: &[CreateActionRow]| {
            let body = message(&post, rows, None);
            body["components"][0]["components"]
                .as_array()
                .map_or(0, Vec::len)
        };
        assert_eq!((buttons(&post.rows), buttons(&post.rows_in_text())), (1, 2));
    }
}
