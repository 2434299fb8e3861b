//! From a request's body to the message it describes, with its files.

use serde_json::Value;

use super::{Refusal, Upload};
use crate::message::{Draft, flag};
use crate::permission::{ATTACH_FILES, EMBED_LINKS};
use crate::state::State;
use crate::validation::Errors;
use crate::validation::message::id_of;

pub(crate) fn list_of(body: &Value, field: &str) -> Vec<Value> {
    body[field].as_array().cloned().unwrap_or_default()
}

/// The message a body describes, by the bot; needs what files and embeds need.
pub(crate) fn draft_of(
    state: &mut State,
    body: &Value,
    files: &[Upload],
    channel: u64,
) -> Result<Draft, Refusal> {
    let bits = state.permissions_in(channel, state.application);
    if !files.is_empty() && bits & ATTACH_FILES == 0 {
        return Err(Refusal::missing_permissions());
    }
    let mut draft = draft_unchecked(state, body, files, channel);
    if bits & EMBED_LINKS == 0 {
        // Experience: embeds are left out without a word.
        draft.embeds.clear();
    }
    Ok(draft)
}

/// The same without asking for permissions: answers to interactions need none (experience).
pub(crate) fn draft_unchecked(
    state: &mut State,
    body: &Value,
    files: &[Upload],
    channel: u64,
) -> Draft {
    Draft {
        channel,
        author: state.application,
        content: body["content"]
            .as_str()
            .unwrap_or_default()
            .trim()
            .to_owned(),
        embeds: list_of(body, "embeds"),
        components: list_of(body, "components"),
        attachments: keep_files(state, channel, body, files, &[]),
        flags: body["flags"].as_u64().unwrap_or_default() & !flag::EPHEMERAL,
        allowed_mentions: Some(body["allowed_mentions"].clone()).filter(Value::is_object),
        ..Draft::default()
    }
}

/// Files of a message after a request: with `attachments`, those it lists; without, the old ones;
/// uploads always.
pub(crate) fn keep_files(
    state: &mut State,
    channel: u64,
    body: &Value,
    files: &[Upload],
    existing: &[u64],
) -> Vec<u64> {
    let listed = body["attachments"].as_array();
    let mut kept = Vec::new();
    match listed {
        None => kept.extend(existing),
        Some(listed) => {
            kept.extend(
                listed
                    .iter()
                    .filter_map(|one| id_of(&one["id"]))
                    .filter(|id| existing.contains(id)),
            );
        }
    }
    for upload in files {
        let described = listed
            .into_iter()
            .flatten()
            .find(|one| upload.number.is_some() && id_of(&one["id"]) == upload.number);
        let field = |name: &str| {
            described
                .and_then(|one| one[name].as_str())
                .map(str::to_owned)
        };
        let name = field("filename").unwrap_or_else(|| upload.filename.clone());
        let description = field("description");
        let kind = upload.content_type.clone();
        let bytes = upload.bytes.clone();
        kept.push(state.store_sent_file(channel, name, description, kind, bytes));
    }
    kept
}

/// Files that an edit wants to keep must be there.
pub(crate) fn check_kept(body: &Value, files: &[Upload], existing: &[u64]) -> Result<(), Refusal> {
    let mut errors = Errors::default();
    for (number, one) in body["attachments"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        let id = id_of(&one["id"]);
        let is_upload = files
            .iter()
            .any(|file| file.number.is_some() && file.number == id);
        if !is_upload && !id.is_some_and(|id| existing.contains(&id)) {
            let path = format!("attachments.{number}.id");
            errors.add(&path, "ATTACHMENT_NOT_FOUND", "Attachment data not found");
        }
    }
    errors.finish()
}
