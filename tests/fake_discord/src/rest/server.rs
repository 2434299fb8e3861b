//! The bot itself and the servers it is in: application, user, guild, roles, members.

use serde_json::{Value, json};

use super::{Answer, Call, Outcome, Refusal};
use crate::state::State;

/// `GET /gateway`.
pub(crate) fn gateway(state: &State) -> Outcome {
    Answer::ok(json!({"url": state.gateway_url}))
}

/// `GET /gateway/bot`.
pub(crate) fn gateway_bot(state: &State) -> Outcome {
    let budget = state.gateway.identify_budget;
    Answer::ok(json!({
        "url": state.gateway_url,
        "shards": 1,
        "session_start_limit": {
            "total": budget,
            "remaining": budget.saturating_sub(state.gateway.identifies.len()),
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }))
}

/// `GET /applications/@me` and its older twin below `/oauth2`.
pub(crate) fn application(state: &State) -> Outcome {
    let bot = state.users[&state.application].to_json();
    // The bot has no owner among the people of the servers; a developer of its own stands in.
    let owner = crate::user::User {
        id: state.application - 1,
        name: "developer".to_owned(),
        locale: "ja".to_owned(),
        bot: false,
    };
    Answer::ok(json!({
        "id": state.application.to_string(),
        "name": bot["username"],
        "icon": null,
        "description": "",
        "summary": "",
        "type": null,
        "bot": bot,
        "bot_public": false,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "flags": 0,
        "flags_new": "0",
        "hook": true,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "integration_types_config": {"0": {}},
        "owner": owner.to_json(),
        "team": null,
        "approximate_guild_count": state.guilds.keys().filter(|id| state.bot_in(**id)).count(),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
    }))
}

/// `GET /users/@me`.
pub(crate) fn me(state: &State) -> Outcome {
    Answer::ok(state.own_user_json())
}

/// `GET /users/{id}`.
pub(crate) fn user(state: &State, user: u64) -> Outcome {
    let found = state
        .users
        .get(&user)
        .ok_or_else(|| Refusal::new(404, 10013, "Unknown User"))?;
    Answer::ok(found.to_json())
}

/// `GET /users/@me/guilds`.
pub(crate) fn my_guilds(state: &State) -> Outcome {
    let own = state.application;
    let guilds = state
        .guilds
        .values()
        .filter(|guild| state.bot_in(guild.id))
        .map(|guild| {
            json!({
                "id": guild.id.to_string(),
                "name": guild.name,
                "icon": null,
                "banner": null,
                "owner": false,
                "permissions": state.guild_permissions(guild.id, own).to_string(),
                "features": [],
            })
        });
    Answer::ok(guilds.collect::<Vec<Value>>().into())
}

/// `DELETE /users/@me/guilds/{id}`.
pub(crate) fn leave(state: &mut State, guild: u64) -> Outcome {
    reachable(state, guild)?;
    state.bot_leaves(guild);
    Answer::empty()
}

/// A server the bot is in.
fn reachable(state: &State, guild: u64) -> Result<(), Refusal> {
    if state.bot_in(guild) {
        Ok(())
    } else if state.guilds.contains_key(&guild) {
        Err(Refusal::missing_access())
    } else {
        Err(Refusal::new(404, 10004, "Unknown Guild"))
    }
}

/// `GET /guilds/{id}`.
pub(crate) fn guild(state: &State, call: &Call, guild: u64) -> Outcome {
    reachable(state, guild)?;
    let found = &state.guilds[&guild];
    let mut object = found.to_json();
    if call.is_set("with_counts") {
        object["approximate_member_count"] = json!(found.members.len());
        object["approximate_presence_count"] = json!(1);
    }
    Answer::ok(object)
}

/// `GET /guilds/{id}/channels`: without threads; those hidden from the bot are left out.
pub(crate) fn channels(state: &State, guild: u64) -> Outcome {
    reachable(state, guild)?;
    let shown = state
        .channels_of(guild)
        .filter(|channel| channel.thread.is_none())
        .filter(|channel| state.can_view(channel.id, state.application))
        .map(crate::channel::GuildChannel::to_json);
    Answer::ok(shown.collect::<Vec<Value>>().into())
}

/// `GET /guilds/{id}/roles`.
pub(crate) fn roles(state: &State, guild: u64) -> Outcome {
    reachable(state, guild)?;
    Answer::ok(state.guilds[&guild].roles_json().into())
}

/// `GET /guilds/{id}/members/{user}`.
pub(crate) fn member(state: &State, guild: u64, user: u64) -> Outcome {
    reachable(state, guild)?;
    let unknown = || match state.users.contains_key(&user) {
        true => Refusal::new(404, 10007, "Unknown Member"),
        false => Refusal::new(404, 10013, "Unknown User"),
    };
    Answer::ok(state.member_json(guild, user).ok_or_else(unknown)?)
}
