//! Messages in channels and threads: create, get, list, edit, delete (resources/message).

use serde_json::{Value, json};

use super::channel::{demand, visible};
use super::draft::{check_kept, draft_of, keep_files, list_of};
use super::{Answer, Call, Outcome, Refusal, Upload};
use crate::channel::ChannelKind;
use crate::event::intent;
use crate::mention::MentionDefault;
use crate::message::{Message, Patch, flag, kind};
use crate::permission::{
    ATTACH_FILES, MANAGE_MESSAGES, MANAGE_THREADS, READ_MESSAGE_HISTORY, SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
};
use crate::state::State;
use crate::validation::message::{self as rules, Origin, id_of};
use crate::validation::{Errors, invalid};

/// Messages in one page of a list.
const PAGE_MAX: u64 = 100;
const PAGE_DEFAULT: u64 = 50;
/// After this age an edit counts against its own limit (30046).
const OLD_AFTER_SECONDS: i64 = 3600;

pub(crate) fn validate_new(call: &Call) -> Result<(), Refusal> {
    let mut errors = Errors::default();
    rules::check(&mut errors, "", &call.body, &call.files, Origin::Create);
    refuse_polls(&call.body)?;
    errors.finish()
}

pub(crate) fn validate_edit(call: &Call) -> Result<(), Refusal> {
    let mut errors = Errors::default();
    rules::check(&mut errors, "", &call.body, &call.files, Origin::Edit);
    errors.finish()
}

/// Polls are not built; better a loud refusal than a message without its poll.
pub(crate) fn refuse_polls(body: &Value) -> Result<(), Refusal> {
    if body["poll"].is_object() {
        return Err(Refusal::new(501, 0, "the stand-in knows no polls"));
    }
    Ok(())
}

/// Whether the bot may write here: the bit depends on channel or thread, and a locked thread is
/// for managers.
pub(crate) fn may_write(state: &State, channel: u64) -> Result<(), Refusal> {
    visible(state, channel)?;
    let found = &state.channels[&channel];
    let needed = if found.thread.is_some() {
        SEND_MESSAGES_IN_THREADS
    } else {
        SEND_MESSAGES
    };
    demand(state, channel, needed)?;
    let is_locked = found.thread.as_ref().is_some_and(|thread| thread.locked);
    if is_locked && state.permissions_in(channel, state.application) & MANAGE_THREADS == 0 {
        return Err(Refusal::new(400, 160_005, "This thread is locked"));
    }
    Ok(())
}

/// `POST /channels/{id}/messages`.
pub(crate) fn create(state: &mut State, call: &Call, channel: u64) -> Outcome {
    visible(state, channel)?;
    match state.channels[&channel].channel.kind {
        ChannelKind::Forum | ChannelKind::Media => {
            return Err(Refusal::new(
                400,
                40058,
                "Cannot send messages in a forum channel",
            ));
        }
        ChannelKind::Category => {
            return Err(Refusal::new(
                400,
                50008,
                "Cannot send messages in a non-text channel",
            ));
        }
        _ => {}
    }
    may_write(state, channel)?;
    rules::refuse_large(&call.files, state.switches.file_bytes_max)?;
    rules::refuse_empty(&call.body, &call.files)?;
    let reference = reference_of(state, &call.body, channel)?;
    if let Some(known) = sent_before(state, &call.body)? {
        return Answer::ok(state.message_json(known));
    }
    open_again(state, channel);
    let mut draft = draft_of(state, &call.body, &call.files, channel)?;
    draft.kind = if reference.is_some() {
        kind::REPLY
    } else {
        kind::DEFAULT
    };
    draft.reference = reference;
    draft.nonce = Some(call.body["nonce"].clone()).filter(|nonce| !nonce.is_null());
    let nonce = draft.nonce.clone();
    let id = state.create_message(draft);
    if let Some(nonce) = nonce {
        let (author, now) = (state.application, state.now());
        state.nonces.remember(author, &nonce, id, now);
    }
    Answer::ok(state.message_json(id))
}

/// The message that an enforced nonce names; 10008 if it has been deleted meanwhile.
fn sent_before(state: &State, body: &Value) -> Result<Option<u64>, Refusal> {
    if body["enforce_nonce"] != true || body["nonce"].is_null() {
        return Ok(None);
    }
    let window = state.switches.nonce_window;
    let known = state
        .nonces
        .find(state.application, &body["nonce"], state.now(), window);
    let Some(known) = known else { return Ok(None) };
    if state
        .messages
        .get(&known)
        .is_some_and(|message| !message.deleted)
    {
        Ok(Some(known))
    } else {
        Err(Refusal::unknown_message())
    }
}

fn reference_of(state: &State, body: &Value, channel: u64) -> Result<Option<Value>, Refusal> {
    let reference = &body["message_reference"];
    if !reference.is_object() {
        return Ok(None);
    }
    let id = id_of(&reference["message_id"]);
    let found = id.and_then(|id| state.messages.get(&id));
    let is_here = found.is_some_and(|message| message.channel == channel && message.is_history());
    if !is_here && reference["fail_if_not_exists"] != false {
        return Err(invalid(
            "message_reference",
            "REPLIES_UNKNOWN_MESSAGE",
            "Unknown message",
        ));
    }
    Ok(id.filter(|_| is_here).map(|id| {
        json!({
            "type": 0,
            "message_id": id.to_string(),
            "channel_id": channel.to_string(),
            "guild_id": state.guild_of(channel).map(|guild| guild.to_string()),
        })
    }))
}

/// Writing in an archived thread opens it.
pub(crate) fn open_again(state: &mut State, channel: u64) {
    let now = state.now();
    let thread = state
        .channels
        .get_mut(&channel)
        .and_then(|found| found.thread.as_mut());
    if let Some(thread) = thread.filter(|thread| thread.archived) {
        thread.archived = false;
        thread.archive_changed_at = now;
        let data = super::channel::shown(state, channel);
        state.dispatch_in(channel, "THREAD_UPDATE", intent::GUILDS, data);
        state.show_thread(channel);
    }
}

/// A message of a channel's history.
fn in_history(state: &State, channel: u64, id: u64) -> Result<&Message, Refusal> {
    let found = state
        .messages
        .get(&id)
        .filter(|found| found.channel == channel);
    found
        .filter(|found| found.is_history())
        .ok_or_else(Refusal::unknown_message)
}

/// `GET /channels/{id}/messages/{id}`.
pub(crate) fn get(state: &State, channel: u64, id: u64) -> Outcome {
    demand(state, channel, READ_MESSAGE_HISTORY)?;
    in_history(state, channel, id)?;
    Answer::ok(state.message_json(id))
}

/// `GET /channels/{id}/messages`: newest first; nothing without READ_MESSAGE_HISTORY.
pub(crate) fn list(state: &State, call: &Call, channel: u64) -> Outcome {
    visible(state, channel)?;
    let limit = call.number("limit").unwrap_or(PAGE_DEFAULT);
    if limit == 0 || limit > PAGE_MAX {
        let message = format!("int value should be between 1 and {PAGE_MAX}.");
        return Err(invalid("limit", "NUMBER_TYPE_MAX", message));
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if state.permissions_in(channel, state.application) & READ_MESSAGE_HISTORY == 0 {
        return Answer::ok(json!([]));
    }
    let ids: Vec<u64> = state
        .history(channel)
        .iter()
        .map(|message| message.id)
        .collect();
    let page = page_of(&ids, call, limit);
    Answer::ok(
        page.iter()
            .rev()
            .map(|id| state.message_json(*id))
            .collect(),
    )
}

/// The ids of a page, oldest first.
fn page_of<'a>(ids: &'a [u64], call: &Call, limit: usize) -> &'a [u64] {
    let newest = |ids: &'a [u64]| &ids[ids.len().saturating_sub(limit)..];
    if let Some(around) = call.number("around") {
        let middle = ids.partition_point(|id| *id < around);
        let start = middle.saturating_sub(limit / 2);
        &ids[start..(start + limit).min(ids.len())]
    } else if let Some(after) = call.number("after") {
        let start = ids.partition_point(|id| *id <= after);
        &ids[start..(start + limit).min(ids.len())]
    } else if let Some(before) = call.number("before") {
        newest(&ids[..ids.partition_point(|id| *id < before)])
    } else {
        newest(ids)
    }
}

fn is_archived(state: &State, channel: u64) -> bool {
    state.channels[&channel]
        .thread
        .as_ref()
        .is_some_and(|thread| thread.archived)
}

/// `PATCH /channels/{id}/messages/{id}`.
pub(crate) fn edit(state: &mut State, call: &Call, channel: u64, id: u64) -> Outcome {
    visible(state, channel)?;
    let message = in_history(state, channel, id)?;
    let age = state.now() - message.versions[0].at;
    if message.author != state.application {
        let words = "Cannot edit a message authored by another user";
        return Err(Refusal::new(403, 50005, words));
    }
    if is_archived(state, channel) {
        return Err(Refusal::archived());
    }
    if let Some(limit) = state.switches.old_edit_limit
        && age.num_seconds() > OLD_AFTER_SECONDS
    {
        state
            .rate_limits
            .count_hidden("old edit", channel, limit)
            .map_err(|mut refusal| {
                refusal.code = Some(30046);
                refusal.body["code"] = json!(30046);
                refusal.body["message"] =
                    json!("Maximum number of edits to messages older than 1 hour reached.");
                refusal
            })?;
    }
    let bits = state.permissions_in(channel, state.application);
    if !call.files.is_empty() && bits & ATTACH_FILES == 0 {
        return Err(Refusal::missing_permissions());
    }
    change(state, call, id, MentionDefault::All)?;
    Answer::ok(state.message_json(id))
}

/// Applies an edit to a message whose editor has been checked.
pub(crate) fn change(
    state: &mut State,
    call: &Call,
    id: u64,
    mention_default: MentionDefault,
) -> Result<(), Refusal> {
    change_with(state, &call.body, &call.files, id, mention_default)
}

/// The same with the message body apart from the request.
pub(crate) fn change_with(
    state: &mut State,
    body: &Value,
    files: &[Upload],
    id: u64,
    mention_default: MentionDefault,
) -> Result<(), Refusal> {
    rules::refuse_large(files, state.switches.file_bytes_max)?;
    let message = state
        .messages
        .get(&id)
        .ok_or_else(Refusal::unknown_message)?;
    let channel = message.channel;
    let current = message.now().clone();
    let was_v2 = current.flags & flag::IS_COMPONENTS_V2 != 0;
    if was_v2
        && body["content"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    {
        let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
        return Err(invalid("content", code, "The message uses components v2."));
    }
    let list = |field: &str| body.get(field).map(|_| list_of(body, field));
    let flags = body["flags"].as_u64().map(|flags| {
        flags & !(flag::EPHEMERAL | flag::HAS_THREAD) | current.flags & flag::IS_COMPONENTS_V2
    });
    check_kept(body, files, &current.attachments)?;
    let files_change = body.get("attachments").is_some() || !files.is_empty();
    let attachments =
        files_change.then(|| keep_files(state, channel, body, files, &current.attachments));
    let patch = Patch {
        content: body
            .get("content")
            .map(|text| text.as_str().unwrap_or_default().trim().to_owned()),
        embeds: list("embeds"),
        components: list("components"),
        attachments,
        flags,
        allowed_mentions: Some(body["allowed_mentions"].clone()).filter(Value::is_object),
        mention_default,
    };
    let empty = |field: Option<&Vec<Value>>, old: &[Value]| field.map_or(old, |new| new).is_empty();
    let says_nothing = patch
        .content
        .as_ref()
        .unwrap_or(&current.content)
        .is_empty()
        && empty(patch.embeds.as_ref(), &current.embeds)
        && empty(patch.components.as_ref(), &current.components)
        && patch
            .attachments
            .as_ref()
            .unwrap_or(&current.attachments)
            .is_empty();
    if says_nothing {
        return Err(Refusal::new(400, 50006, "Cannot send an empty message"));
    }
    state.edit_message(id, patch);
    Ok(())
}

/// `DELETE /channels/{id}/messages/{id}`.
pub(crate) fn delete(state: &mut State, channel: u64, id: u64) -> Outcome {
    visible(state, channel)?;
    let author = in_history(state, channel, id)?.author;
    if author != state.application {
        demand(state, channel, MANAGE_MESSAGES)?;
    }
    if is_archived(state, channel) {
        return Err(Refusal::archived());
    }
    state.delete_message(id);
    Answer::empty()
}
