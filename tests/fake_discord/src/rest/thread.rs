//! Threads and forum posts: start, list, join (resources/channel, topics/threads).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::channel::{demand, shown, visible};
use super::{Answer, Call, Outcome, Refusal};
use crate::channel::{Channel, ChannelKind, GuildChannel, Thread};
use crate::event::intent;
use crate::message::{Draft, kind};
use crate::permission::{
    CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, MANAGE_THREADS, SEND_MESSAGES,
};
use crate::person::{NotAllowed, refuse};
use crate::state::State;
use crate::validation::message::{self as rules, Origin};
use crate::validation::{Errors, invalid, thread};

/// How long a thread lies before it is archived, if nothing is said.
const ARCHIVE_MINUTES_DEFAULT: u64 = 4320;

pub(crate) fn validate_new(call: &Call) -> Result<(), Refusal> {
    let mut errors = Errors::default();
    thread::check(&mut errors, "", &call.body, true);
    let message = &call.body["message"];
    rules::check(&mut errors, "message", message, &call.files, Origin::Create);
    super::message::refuse_polls(message)?;
    errors.finish()
}

/// A thread to be made.
struct Plan {
    parent: u64,
    owner: u64,
    kind: ChannelKind,
    tags: Vec<u64>,
    id: Option<u64>,
}

impl State {
    pub(crate) fn thread_mut(&mut self, id: u64) -> Result<&mut Thread, Refusal> {
        let thread = self
            .channels
            .get_mut(&id)
            .and_then(|found| found.thread.as_mut());
        thread.ok_or_else(Refusal::unknown_channel)
    }
}

/// Refuses one more active thread where a server has as many as it may.
pub(crate) fn refuse_full(state: &State, guild: u64) -> Result<(), Refusal> {
    let is_active = |found: &&GuildChannel| found.thread.as_ref().is_some_and(|t| !t.archived);
    if state.channels_of(guild).filter(is_active).count() >= state.switches.active_threads_max {
        let message = "Maximum number of active threads reached";
        return Err(Refusal::new(400, 160_006, message));
    }
    Ok(())
}

fn start(state: &mut State, plan: Plan, body: &Value) -> Result<u64, Refusal> {
    let guild = state
        .guild_of(plan.parent)
        .ok_or_else(Refusal::unknown_channel)?;
    refuse_full(state, guild)?;
    let id = plan.id.unwrap_or_else(|| state.fresh_id());
    let now = state.now();
    let thread = Thread {
        owner: plan.owner,
        archived: false,
        locked: false,
        pinned: false,
        invitable: body["invitable"] != false,
        auto_archive_minutes: body["auto_archive_duration"]
            .as_u64()
            .unwrap_or(ARCHIVE_MINUTES_DEFAULT),
        archive_changed_at: now,
        created_at: now,
        members: BTreeSet::from([plan.owner]),
        tags: plan.tags,
        message_count: 0,
        total_sent: 0,
    };
    let channel = Channel {
        name: body["name"].as_str().unwrap_or_default().trim().to_owned(),
        kind: plan.kind,
        parent: Some(plan.parent),
        rate_limit_per_user: body["rate_limit_per_user"]
            .as_u64()
            .and_then(|seconds| u32::try_from(seconds).ok())
            .unwrap_or_default(),
        ..Channel::default()
    };
    let found = GuildChannel {
        id,
        guild,
        position: 0,
        last_message: None,
        thread: Some(thread),
        channel,
    };
    state.channels.insert(id, found);
    let mut data = shown(state, id);
    data["newly_created"] = json!(true);
    state.dispatch_in(id, "THREAD_CREATE", intent::GUILDS, data);
    state.show_thread(id);
    Ok(id)
}

/// `POST /channels/{id}/messages/{id}/threads`.
pub(crate) fn from_message(state: &mut State, call: &Call, channel: u64, id: u64) -> Outcome {
    demand(state, channel, CREATE_PUBLIC_THREADS)?;
    let message = state
        .messages
        .get(&id)
        .filter(|m| m.channel == channel && m.is_history());
    let message = message.ok_or_else(Refusal::unknown_message)?;
    if message.thread.is_some() {
        let words = "A thread has already been created for this message";
        return Err(Refusal::new(400, 160_004, words));
    }
    let kind = thread_kind(state, channel)?;
    let owner = state.application;
    let plan = Plan {
        parent: channel,
        owner,
        kind,
        tags: Vec::new(),
        id: Some(id),
    };
    let thread = start(state, plan, &call.body)?;
    if let Some(message) = state.messages.get_mut(&id) {
        message.thread = Some(thread);
    }
    state.create_message(Draft {
        channel: thread,
        author: state.application,
        kind: kind::THREAD_STARTER_MESSAGE,
        reference: Some(json!({
            "type": 0,
            "message_id": id.to_string(),
            "channel_id": channel.to_string(),
        })),
        ..Draft::default()
    });
    let data = state.message_event(id);
    state.dispatch_in(channel, "MESSAGE_UPDATE", intent::GUILD_MESSAGES, data);
    Answer::created(shown(state, thread))
}

fn thread_kind(state: &State, channel: u64) -> Result<ChannelKind, Refusal> {
    match state.channels[&channel].channel.kind {
        ChannelKind::Text => Ok(ChannelKind::PublicThread),
        ChannelKind::Announcement => Ok(ChannelKind::AnnouncementThread),
        _ => Err(Refusal::new(
            400,
            50024,
            "Cannot execute action on this channel type",
        )),
    }
}

/// `POST /channels/{id}/threads`: a post in a forum, a thread elsewhere.
pub(crate) fn create(state: &mut State, call: &Call, channel: u64) -> Outcome {
    visible(state, channel)?;
    if state.channels[&channel].channel.kind.is_forum() {
        return create_post(state, call, channel);
    }
    // Private unless the request says otherwise (resources/channel; may change in a later version).
    let kind = match call.body["type"].as_u64() {
        Some(11) => thread_kind(state, channel)?,
        Some(12) | None => ChannelKind::PrivateThread,
        Some(10) if state.channels[&channel].channel.kind == ChannelKind::Announcement => {
            ChannelKind::AnnouncementThread
        }
        Some(_) => {
            return Err(invalid(
                "type",
                "BASE_TYPE_CHOICES",
                "Value must be one of (10, 11, 12).",
            ));
        }
    };
    let is_private = kind == ChannelKind::PrivateThread;
    demand(
        state,
        channel,
        if is_private {
            CREATE_PRIVATE_THREADS
        } else {
            CREATE_PUBLIC_THREADS
        },
    )?;
    let owner = state.application;
    let plan = Plan {
        parent: channel,
        owner,
        kind,
        tags: Vec::new(),
        id: None,
    };
    let thread = start(state, plan, &call.body)?;
    if !is_private {
        let title = state.channels[&thread].channel.name.clone();
        state.create_message(Draft {
            channel,
            author: owner,
            kind: kind::THREAD_CREATED,
            content: title,
            ..Draft::default()
        });
    }
    Answer::created(shown(state, thread))
}

fn create_post(state: &mut State, call: &Call, forum: u64) -> Outcome {
    demand(state, forum, SEND_MESSAGES)?;
    let message = &call.body["message"];
    if !message.is_object() {
        return Err(invalid(
            "message",
            "BASE_TYPE_REQUIRED",
            "This field is required",
        ));
    }
    rules::refuse_large(&call.files, state.switches.file_bytes_max)?;
    rules::refuse_empty(message, &call.files)?;
    let found = state.channels[&forum].clone();
    let manages = state.permissions_in(forum, state.application) & MANAGE_THREADS != 0;
    let tags = tags_of(state, &found, &call.body, manages)?.unwrap_or_default();
    if tags.is_empty() && found.channel.require_tag {
        return Err(tag_required());
    }
    let draft = super::draft::draft_of(state, message, &call.files, forum)?;
    let owner = state.application;
    let kind = ChannelKind::PublicThread;
    let post = start(
        state,
        Plan {
            parent: forum,
            owner,
            kind,
            tags,
            id: None,
        },
        &call.body,
    )?;
    for file in &draft.attachments {
        if let Some(file) = state.files.get_mut(file) {
            file.channel = post;
        }
    }
    let starter = state.create_message(Draft {
        channel: post,
        id: Some(post),
        ..draft
    });
    if let Some(found) = state.channels.get_mut(&forum) {
        found.last_message = Some(post);
    }
    let mut object = shown(state, post);
    object["message"] = state.message_json(starter);
    Answer::created(object)
}

/// A thread or post that a person opens by hand, without a request.
pub(crate) fn open_by_hand(
    state: &mut State,
    channel: u64,
    owner: u64,
    title: &str,
    text: &str,
    tags: Vec<u64>,
) -> Result<u64, NotAllowed> {
    let found = &state.channels[&channel];
    if found.channel.require_tag && tags.is_empty() {
        return refuse("this forum asks for a tag");
    }
    let kind = match found.channel.kind {
        ChannelKind::Announcement => ChannelKind::AnnouncementThread,
        _ => ChannelKind::PublicThread,
    };
    let is_forum = found.channel.kind.is_forum();
    let plan = Plan {
        parent: channel,
        owner,
        kind,
        tags,
        id: None,
    };
    let id = match start(state, plan, &json!({"name": title})) {
        Ok(id) => id,
        Err(refusal) => return refuse(refusal.body["message"].to_string()),
    };
    state.create_message(Draft {
        channel: id,
        author: owner,
        content: text.to_owned(),
        id: is_forum.then_some(id),
        ..Draft::default()
    });
    Ok(id)
}

fn tag_required() -> Refusal {
    let message = "A tag is required to create a forum post in this channel";
    Refusal::new(400, 40067, message)
}

/// The tags a request applies, checked against the forum; `None` when it says nothing.
pub(crate) fn tags_of(
    state: &State,
    channel: &GuildChannel,
    body: &Value,
    manages: bool,
) -> Result<Option<Vec<u64>>, Refusal> {
    let Some(wanted) = body["applied_tags"].as_array() else {
        return Ok(None);
    };
    let forum = state
        .channels
        .get(&channel.permission_source())
        .unwrap_or(channel);
    let had = channel
        .thread
        .as_ref()
        .map_or(&[][..], |thread| &thread.tags);
    let mut tags = Vec::new();
    for tag in wanted {
        let id = rules::id_of(tag).unwrap_or_default();
        let known = forum.channel.tags.iter().find(|tag| tag.id == id);
        let known = known.ok_or_else(|| Refusal::new(404, 10087, "Unknown Tag"))?;
        if known.moderated && !manages && !had.contains(&id) {
            return Err(Refusal::missing_permissions());
        }
        tags.push(id);
    }
    if tags.is_empty() && forum.channel.require_tag && channel.thread.is_some() {
        return Err(tag_required());
    }
    Ok(Some(tags))
}
