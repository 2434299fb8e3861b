//! Channels and threads as a whole: get, change, delete (resources/channel).

use serde_json::Value;

use super::{Answer, Call, Outcome, Refusal};
use crate::channel::{PINNED, Tag};
use crate::event::intent;
use crate::permission::{MANAGE_CHANNELS, MANAGE_THREADS};
use crate::state::State;
use crate::validation::{Errors, thread};

/// A channel the bot can see.
pub(crate) fn visible(state: &State, channel: u64) -> Result<(), Refusal> {
    let guild = state
        .guild_of(channel)
        .ok_or_else(Refusal::unknown_channel)?;
    if state.bot_in(guild) && state.can_view(channel, state.application) {
        Ok(())
    } else {
        Err(Refusal::missing_access())
    }
}

/// Bits the bot must hold in a channel it can see.
pub(crate) fn demand(state: &State, channel: u64, bits: u64) -> Result<(), Refusal> {
    visible(state, channel)?;
    if state.permissions_in(channel, state.application) & bits == bits {
        Ok(())
    } else {
        Err(Refusal::missing_permissions())
    }
}

/// The object as the bot gets it.
pub(crate) fn shown(state: &State, channel: u64) -> Value {
    state.thread_json_for(channel, state.application)
}

/// `GET /channels/{id}`.
pub(crate) fn get(state: &State, channel: u64) -> Outcome {
    visible(state, channel)?;
    Answer::ok(shown(state, channel))
}

/// `POST /channels/{id}/typing`.
pub(crate) fn typing(state: &State, channel: u64) -> Outcome {
    super::message::may_write(state, channel)?;
    Answer::empty()
}

/// `PATCH /channels/{id}`.
pub(crate) fn change(state: &mut State, call: &Call, channel: u64) -> Outcome {
    visible(state, channel)?;
    let is_thread = state.channels[&channel].thread.is_some();
    if is_thread {
        change_thread(state, call, channel)
    } else {
        change_channel(state, call, channel)
    }
}

/// Renames are counted apart from the limits that headers show (public issue threads).
fn count_rename(state: &mut State, body: &Value, channel: u64) -> Result<(), Refusal> {
    let current = &state.channels[&channel].channel;
    let renames = body["name"]
        .as_str()
        .is_some_and(|name| name != current.name);
    let topic = body["topic"].as_str();
    let retopics = body.get("topic").is_some() && topic != current.topic.as_deref();
    match state.switches.rename_limit {
        Some(limit) if renames || retopics => {
            state.rate_limits.count_hidden("rename", channel, limit)
        }
        _ => Ok(()),
    }
}

fn change_channel(state: &mut State, call: &Call, channel: u64) -> Outcome {
    demand(state, channel, MANAGE_CHANNELS)?;
    let body = &call.body;
    let mut errors = Errors::default();
    errors.between("name", &body["name"], (1, 100), false);
    let topic_max = if state.channels[&channel].channel.kind.is_forum() {
        4096
    } else {
        1024
    };
    errors.at_most("topic", &body["topic"], topic_max);
    errors.finish()?;
    for unbuilt in ["permission_overwrites", "parent_id", "position"] {
        if body.get(unbuilt).is_some() {
            return Err(Refusal::new(501, 0, "the stand-in does not change this"));
        }
    }
    let tags = tags_of(&state.channels[&channel].channel.tags, body)?;
    count_rename(state, body, channel)?;
    let guild = state.channels[&channel].guild;
    if let Some(tags) = tags {
        set_tags(state, channel, tags);
    }
    if let Some(found) = state.channels.get_mut(&channel) {
        if let Some(name) = body["name"].as_str() {
            found.channel.name = name.to_owned();
        }
        if let Some(topic) = body.get("topic") {
            found.channel.topic = topic.as_str().map(str::to_owned);
        }
    }
    state.channel_event(channel, "CHANNEL_UPDATE");
    state.sweep(guild);
    Answer::ok(shown(state, channel))
}

/// Tags of a forum (resources/channel, "Forum Tag Structure").
const TAGS_MAX: usize = 20;
/// Characters of a tag's name, as the documentation says; the API description allows more.
const TAG_NAME_MAX: usize = 20;

/// The tags a request gives a forum, all of them: those with an id are there already, the others are
/// new. `None` when it says nothing of them.
fn tags_of(current: &[Tag], body: &Value) -> Result<Option<Vec<Tag>>, Refusal> {
    let Some(wanted) = body["available_tags"].as_array() else {
        return Ok(None);
    };
    if wanted.len() > TAGS_MAX {
        let words = "Maximum number of tags reached (20)";
        return Err(Refusal::new(400, 30_048, words));
    }
    let mut errors = Errors::default();
    let mut tags = Vec::with_capacity(wanted.len());
    for (place, tag) in wanted.iter().enumerate() {
        let path = format!("available_tags.{place}.name");
        errors.between(&path, &tag["name"], (1, TAG_NAME_MAX), true);
        let id = crate::validation::message::id_of(&tag["id"]).unwrap_or_default();
        if id != 0 && !current.iter().any(|known| known.id == id) {
            return Err(Refusal::new(404, 10_087, "Unknown Tag"));
        }
        tags.push(Tag {
            id,
            name: tag["name"].as_str().unwrap_or_default().to_owned(),
            moderated: tag["moderated"] == true,
        });
    }
    errors.finish()?;
    Ok(Some(tags))
}

/// Gives a forum its tags; posts lose those that are gone.
fn set_tags(state: &mut State, forum: u64, tags: Vec<Tag>) {
    if let Some(found) = state.channels.get_mut(&forum) {
        found.channel.tags = tags;
    }
    state.number_tags(forum);
    let left: Vec<u64> = state.channels[&forum]
        .channel
        .tags
        .iter()
        .map(|tag| tag.id)
        .collect();
    for post in state.channels.values_mut() {
        if post.channel.parent == Some(forum)
            && let Some(thread) = post.thread.as_mut()
        {
            thread.tags.retain(|tag| left.contains(tag));
        }
    }
}

/// What a change of a thread asks for.
#[derive(Debug)]
struct Wish<'a> {
    body: &'a Value,
    is_owner: bool,
    manages: bool,
}

impl Wish<'_> {
    fn flag(&self, name: &str) -> Option<bool> {
        self.body[name].as_bool()
    }

    /// The owner may rename, archive and tag an open thread; the rest takes MANAGE_THREADS.
    fn is_allowed(&self, locked: bool) -> bool {
        let for_managers = self.body.get("locked").is_some()
            || self.body.get("flags").is_some()
            || self.body.get("rate_limit_per_user").is_some();
        self.manages || self.is_owner && !for_managers && !locked
    }
}

fn change_thread(state: &mut State, call: &Call, id: u64) -> Outcome {
    let body = &call.body;
    let mut errors = Errors::default();
    thread::check(&mut errors, "", body, false);
    errors.finish()?;
    let own = state.application;
    let bits = state.permissions_in(id, own);
    let found = state.channels[&id].clone();
    let current = found.thread.clone().ok_or_else(Refusal::unknown_channel)?;
    let wish = Wish {
        body,
        is_owner: current.owner == own,
        manages: bits & MANAGE_THREADS != 0,
    };
    // Anybody who may write can open an archived thread that is not locked.
    let only_opens = wish.flag("archived") == Some(false)
        && body.as_object().is_some_and(|fields| fields.len() == 1);
    let may_open = only_opens && !current.locked && super::message::may_write(state, id).is_ok();
    if !may_open && !wish.is_allowed(current.locked) {
        return Err(Refusal::missing_permissions());
    }
    let stays_archived = current.archived && wish.flag("archived") != Some(false);
    let changes_more = body.as_object().is_some_and(|fields| {
        fields
            .keys()
            .any(|name| name != "archived" && name != "locked")
    });
    if stays_archived && changes_more {
        return Err(Refusal::archived());
    }
    if current.archived && wish.flag("archived") == Some(false) {
        super::thread::refuse_full(state, found.guild)?;
    }
    if let Some(tags) = super::thread::tags_of(state, &found, body, wish.manages)? {
        state.thread_mut(id)?.tags = tags;
    }
    count_rename(state, body, id)?;
    apply(state, id, &wish)?;
    state.dispatch_in(id, "THREAD_UPDATE", intent::GUILDS, found_json(state, id));
    state.show_thread(id);
    Answer::ok(shown(state, id))
}

fn found_json(state: &State, id: u64) -> Value {
    state
        .channels
        .get(&id)
        .map_or(Value::Null, crate::channel::GuildChannel::to_json)
}

fn apply(state: &mut State, id: u64, wish: &Wish<'_>) -> Result<(), Refusal> {
    let now = state.now();
    if let Some(name) = wish.body["name"].as_str()
        && let Some(found) = state.channels.get_mut(&id)
    {
        found.channel.name = name.trim().to_owned();
    }
    let thread = state.thread_mut(id)?;
    if let Some(archived) = wish.flag("archived")
        && archived != thread.archived
    {
        thread.archived = archived;
        thread.archive_changed_at = now;
    }
    if let Some(locked) = wish.flag("locked") {
        thread.locked = locked;
    }
    if let Some(invitable) = wish.flag("invitable") {
        thread.invitable = invitable;
    }
    if let Some(minutes) = wish.body["auto_archive_duration"].as_u64() {
        thread.auto_archive_minutes = minutes;
    }
    if let Some(flags) = wish.body["flags"].as_u64() {
        thread.pinned = flags & PINNED != 0;
    }
    Ok(())
}

/// `DELETE /channels/{id}`.
pub(crate) fn delete(state: &mut State, channel: u64) -> Outcome {
    visible(state, channel)?;
    let is_thread = state.channels[&channel].thread.is_some();
    demand(
        state,
        channel,
        if is_thread {
            MANAGE_THREADS
        } else {
            MANAGE_CHANNELS
        },
    )?;
    let object = shown(state, channel);
    state.remove_channel(channel);
    Answer::ok(object)
}
