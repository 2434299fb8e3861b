//! Lists of threads, and who is in one (resources/channel, topics/threads).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::channel::{demand, shown, visible};
use super::{Answer, Call, Outcome, Refusal};
use crate::channel::ChannelKind;
use crate::event::intent;
use crate::permission::{MANAGE_THREADS, READ_MESSAGE_HISTORY};
use crate::state::State;

/// Threads in a page when nothing is said.
const PAGE_DEFAULT: u64 = 50;

fn thread_list(state: &State, threads: &[u64], has_more: Option<bool>) -> Outcome {
    let own = state.application;
    let joined = threads.iter().filter(|id| {
        let thread = state.channels[*id].thread.as_ref();
        thread.is_some_and(|thread| thread.members.contains(&own))
    });
    Answer::ok(json!({
        "threads": threads.iter().map(|id| shown(state, *id)).collect::<Vec<_>>(),
        "members": joined.map(|id| state.thread_member_json(*id, own)).collect::<Vec<_>>(),
        "has_more": has_more.unwrap_or(false),
    }))
}

/// `GET /guilds/{id}/threads/active`: newest first.
pub(crate) fn active(state: &State, guild: u64) -> Outcome {
    if !state.bot_in(guild) {
        return Err(Refusal::new(404, 10004, "Unknown Guild"));
    }
    let mut threads: Vec<u64> = state
        .channels_of(guild)
        .filter(|found| found.thread.as_ref().is_some_and(|thread| !thread.archived))
        .filter(|found| state.can_view(found.id, state.application))
        .map(|found| found.id)
        .collect();
    threads.reverse();
    thread_list(state, &threads, None)
}

/// `GET /channels/{id}/threads/archived/public`: by the time of archiving, newest first.
pub(crate) fn archived(state: &State, call: &Call, channel: u64) -> Outcome {
    demand(state, channel, READ_MESSAGE_HISTORY)?;
    let before = call
        .query
        .get("before")
        .and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    let before = before.map_or_else(|| state.now(), |at| at.with_timezone(&Utc));
    let limit = usize::try_from(call.number("limit").unwrap_or(PAGE_DEFAULT)).unwrap_or(1);
    let mut threads: Vec<(DateTime<Utc>, u64)> = state
        .channels
        .values()
        .filter(|found| found.channel.parent == Some(channel))
        .filter(|found| found.channel.kind != ChannelKind::PrivateThread)
        .filter_map(|found| Some((found, found.thread.as_ref()?)))
        .filter(|(_, thread)| thread.archived && thread.archive_changed_at < before)
        .map(|(found, thread)| (thread.archive_changed_at, found.id))
        .collect();
    threads.sort_unstable_by(|one, other| other.cmp(one));
    let has_more = threads.len() > limit;
    let page: Vec<u64> = threads.into_iter().take(limit).map(|(_, id)| id).collect();
    thread_list(state, &page, Some(has_more))
}

/// `GET /channels/{id}/thread-members`.
pub(crate) fn members(state: &State, id: u64) -> Outcome {
    visible(state, id)?;
    let thread = state.channels[&id]
        .thread
        .as_ref()
        .ok_or_else(Refusal::unknown_channel)?;
    Answer::ok(
        thread
            .members
            .iter()
            .map(|user| state.thread_member_json(id, *user))
            .collect(),
    )
}

/// `PUT` and `DELETE` of a membership, one's own or somebody's.
pub(crate) fn join(state: &mut State, call: &Call, id: u64, user: u64) -> Outcome {
    let adds = call.method == "PUT";
    let is_own = user == state.application;
    visible(state, id)?;
    let bits = state.permissions_in(id, state.application);
    let guild = state.channels[&id].guild;
    let is_member = state.guilds[&guild].members.contains_key(&user);
    let thread = state.thread_mut(id)?;
    if thread.archived {
        return Err(Refusal::archived());
    }
    if !adds && !is_own && bits & MANAGE_THREADS == 0 {
        return Err(Refusal::missing_permissions());
    }
    if adds && !is_member {
        return Err(Refusal::new(404, 10007, "Unknown Member"));
    }
    if adds {
        thread.members.insert(user);
    } else {
        thread.members.remove(&user);
    }
    let count = thread.members.len();
    let (added, removed) = if adds {
        (json!([state.thread_member_json(id, user)]), json!([]))
    } else {
        (json!([]), json!([user.to_string()]))
    };
    let data = json!({
        "id": id.to_string(),
        "guild_id": guild.to_string(),
        "member_count": count.min(50),
        "added_members": added,
        "removed_member_ids": removed,
    });
    if is_own {
        state.dispatch_in(id, "THREAD_MEMBERS_UPDATE", intent::GUILDS, data);
    }
    state.sweep(guild);
    Answer::empty()
}
