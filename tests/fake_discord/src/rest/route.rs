//! Which route a path names: the ids in it, and the path with placeholders as Discord's
//! description writes it.

/// A route with its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Gateway,
    GatewayBot,
    Application,
    OauthApplication,
    Me,
    MyGuilds,
    LeaveGuild(u64),
    User(u64),
    Guild(u64),
    GuildChannels(u64),
    GuildRoles(u64),
    GuildMember(u64, u64),
    ActiveThreads(u64),
    Events(u64),
    Event(u64, u64),
    Channel(u64),
    Messages(u64),
    Message(u64, u64),
    MessageThreads(u64, u64),
    Typing(u64),
    Threads(u64),
    ArchivedThreads(u64),
    ThreadMembers(u64),
    OwnThreadMember(u64),
    ThreadMember(u64, u64),
    Commands(u64, Option<u64>),
    Command(u64, Option<u64>, u64),
    Callback(u64, String),
    Webhook(u64, String),
    /// `None` is `@original`.
    WebhookMessage(u64, String, Option<u64>),
}

impl Route {
    /// The route of a path below `/api/v10`, and its spelling with placeholders.
    pub(crate) fn of(path: &str) -> Option<(Self, &'static str)> {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let (first, rest) = parts.split_first()?;
        match *first {
            "gateway" => match rest {
                [] => Some((Self::Gateway, "/gateway")),
                ["bot"] => Some((Self::GatewayBot, "/gateway/bot")),
                _ => None,
            },
            "oauth2" => match rest {
                ["applications", "@me"] => {
                    Some((Self::OauthApplication, "/oauth2/applications/@me"))
                }
                _ => None,
            },
            "users" => of_user(rest),
            "guilds" => of_guild(rest),
            "channels" => of_channel(rest),
            "applications" => of_application(rest),
            "interactions" => match rest {
                [id, token, "callback"] => Some((
                    Self::Callback(number(id)?, (*token).to_owned()),
                    "/interactions/{interaction_id}/{interaction_token}/callback",
                )),
                _ => None,
            },
            "webhooks" => of_webhook(rest),
            _ => None,
        }
    }

    /// The id that shares a rate limit: channel, guild, or the interaction behind a token.
    pub(crate) fn major(&self) -> u64 {
        match self {
            Self::Guild(id)
            | Self::GuildChannels(id)
            | Self::GuildRoles(id)
            | Self::GuildMember(id, _)
            | Self::ActiveThreads(id)
            | Self::Events(id)
            | Self::Event(id, _)
            | Self::Channel(id)
            | Self::Messages(id)
            | Self::Message(id, _)
            | Self::MessageThreads(id, _)
            | Self::Typing(id)
            | Self::Threads(id)
            | Self::ArchivedThreads(id)
            | Self::ThreadMembers(id)
            | Self::OwnThreadMember(id)
            | Self::ThreadMember(id, _)
            | Self::Callback(id, _) => *id,
            Self::Webhook(_, token) | Self::WebhookMessage(_, token, _) => hash(token),
            _ => 0,
        }
    }

    /// Whether the token in the path is all the authority that is needed; such routes are not
    /// bound by the global limit (topics/rate-limits).
    pub(crate) fn is_interaction(&self) -> bool {
        matches!(
            self,
            Self::Callback(..) | Self::Webhook(..) | Self::WebhookMessage(..)
        )
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok()
}

fn of_user(rest: &[&str]) -> Option<(Route, &'static str)> {
    Some(match rest {
        ["@me"] => (Route::Me, "/users/@me"),
        ["@me", "guilds"] => (Route::MyGuilds, "/users/@me/guilds"),
        ["@me", "guilds", guild] => (
            Route::LeaveGuild(number(guild)?),
            "/users/@me/guilds/{guild_id}",
        ),
        [user] => (Route::User(number(user)?), "/users/{user_id}"),
        _ => return None,
    })
}

fn of_guild(rest: &[&str]) -> Option<(Route, &'static str)> {
    let (guild, rest) = rest.split_first()?;
    let guild = number(guild)?;
    Some(match rest {
        [] => (Route::Guild(guild), "/guilds/{guild_id}"),
        ["channels"] => (Route::GuildChannels(guild), "/guilds/{guild_id}/channels"),
        ["roles"] => (Route::GuildRoles(guild), "/guilds/{guild_id}/roles"),
        ["members", user] => (
            Route::GuildMember(guild, number(user)?),
            "/guilds/{guild_id}/members/{user_id}",
        ),
        ["scheduled-events"] => (Route::Events(guild), "/guilds/{guild_id}/scheduled-events"),
        ["scheduled-events", event] => (
            Route::Event(guild, number(event)?),
            "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        ),
        ["threads", "active"] => (
            Route::ActiveThreads(guild),
            "/guilds/{guild_id}/threads/active",
        ),
        _ => return None,
    })
}

fn of_channel(rest: &[&str]) -> Option<(Route, &'static str)> {
    let (channel, rest) = rest.split_first()?;
    let channel = number(channel)?;
    Some(match rest {
        [] => (Route::Channel(channel), "/channels/{channel_id}"),
        ["typing"] => (Route::Typing(channel), "/channels/{channel_id}/typing"),
        ["messages"] => (Route::Messages(channel), "/channels/{channel_id}/messages"),
        ["messages", message] => (
            Route::Message(channel, number(message)?),
            "/channels/{channel_id}/messages/{message_id}",
        ),
        ["messages", message, "threads"] => (
            Route::MessageThreads(channel, number(message)?),
            "/channels/{channel_id}/messages/{message_id}/threads",
        ),
        ["threads"] => (Route::Threads(channel), "/channels/{channel_id}/threads"),
        ["threads", "archived", "public"] => (
            Route::ArchivedThreads(channel),
            "/channels/{channel_id}/threads/archived/public",
        ),
        ["thread-members"] => (
            Route::ThreadMembers(channel),
            "/channels/{channel_id}/thread-members",
        ),
        ["thread-members", "@me"] => (
            Route::OwnThreadMember(channel),
            "/channels/{channel_id}/thread-members/@me",
        ),
        ["thread-members", user] => (
            Route::ThreadMember(channel, number(user)?),
            "/channels/{channel_id}/thread-members/{user_id}",
        ),
        _ => return None,
    })
}

fn of_application(rest: &[&str]) -> Option<(Route, &'static str)> {
    Some(match rest {
        ["@me"] => (Route::Application, "/applications/@me"),
        [app, "commands"] => (
            Route::Commands(number(app)?, None),
            "/applications/{application_id}/commands",
        ),
        [app, "commands", id] => (
            Route::Command(number(app)?, None, number(id)?),
            "/applications/{application_id}/commands/{command_id}",
        ),
        [app, "guilds", guild, "commands"] => (
            Route::Commands(number(app)?, Some(number(guild)?)),
            "/applications/{application_id}/guilds/{guild_id}/commands",
        ),
        [app, "guilds", guild, "commands", id] => (
            Route::Command(number(app)?, Some(number(guild)?), number(id)?),
            "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        ),
        _ => return None,
    })
}

fn of_webhook(rest: &[&str]) -> Option<(Route, &'static str)> {
    Some(match rest {
        [app, token] => (
            Route::Webhook(number(app)?, (*token).to_owned()),
            "/webhooks/{webhook_id}/{webhook_token}",
        ),
        [app, token, "messages", "@original"] => (
            Route::WebhookMessage(number(app)?, (*token).to_owned(), None),
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        ),
        [app, token, "messages", message] => (
            Route::WebhookMessage(number(app)?, (*token).to_owned(), Some(number(message)?)),
            "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_find_their_routes() {
        assert_eq!(Route::of("/gateway").unwrap().0, Route::Gateway);
        assert_eq!(
            Route::of("/channels/5/messages/6").unwrap().0,
            Route::Message(5, 6)
        );
        let (route, spelled) = Route::of("/webhooks/1/tok/messages/@original").unwrap();
        assert_eq!(route, Route::WebhookMessage(1, "tok".into(), None));
        assert_eq!(
            spelled,
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        );
        assert_eq!(Route::of("/channels/x"), None);
        assert_eq!(Route::of("/nowhere"), None);
    }
}
