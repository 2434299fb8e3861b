//! Rules for what a message may be made of (resources/message, "Create Message").

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Errors, below, component, embed};
use crate::message::flag;
use crate::rest::{Refusal, Upload};

/// Characters of a message (the documentation; the OpenAPI description says 4000).
const CONTENT_MAX: usize = 2000;
const ATTACHMENTS_MAX: usize = 10;
const NONCE_MAX: usize = 25;
const MENTIONS_MAX: usize = 100;

/// Where a message comes from; the rules differ a little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Create Message, and the starter message of a post.
    Create,
    /// An edit of any message.
    Edit,
    /// An answer to an interaction, or a followup.
    Answer,
}

/// Checks a message body below a path.
pub(crate) fn check(
    errors: &mut Errors,
    path: &str,
    body: &Value,
    files: &[Upload],
    origin: Origin,
) {
    let flags = body["flags"].as_u64().unwrap_or_default();
    let v2 = flags & flag::IS_COMPONENTS_V2 != 0;
    errors.at_most(&below(path, "content"), &body["content"], CONTENT_MAX);
    // An edit may name files that the message already has; those are checked when it is found.
    let names: Vec<String> = files.iter().map(|file| file.filename.clone()).collect();
    let known = (origin != Origin::Edit).then_some(names.as_slice());
    embed::check(errors, &below(path, "embeds"), &body["embeds"], known);
    component::check(errors, &below(path, "components"), &body["components"], v2);
    check_mentions(
        errors,
        &below(path, "allowed_mentions"),
        &body["allowed_mentions"],
    );
    check_attachments(errors, &below(path, "attachments"), body, files, origin);
    check_flags(errors, &below(path, "flags"), flags, origin);
    if v2 {
        for field in ["content", "embeds", "poll", "sticker_ids"] {
            let given = match &body[field] {
                Value::String(text) => !text.is_empty(),
                Value::Array(items) => !items.is_empty(),
                Value::Object(_) => true,
                Value::Null | Value::Bool(_) | Value::Number(_) => false,
            };
            if given {
                let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
                let message = format!(
                    "The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                );
                errors.add(&below(path, field), code, message);
            }
        }
    }
    match &body["nonce"] {
        Value::String(nonce) if nonce.encode_utf16().count() > NONCE_MAX => {
            let message = format!("Must be {NONCE_MAX} or fewer in length.");
            errors.add(&below(path, "nonce"), "BASE_TYPE_MAX_LENGTH", message);
        }
        _ => {}
    }
}

fn check_mentions(errors: &mut Errors, path: &str, allowed: &Value) {
    let parse = allowed["parse"].as_array().map_or(&[][..], Vec::as_slice);
    for (number, kind) in parse.iter().enumerate() {
        if !["roles", "users", "everyone"]
            .iter()
            .any(|known| kind == known)
        {
            let message = "Value must be one of ('roles', 'users', 'everyone').";
            errors.add(
                &below(path, &format!("parse.{number}")),
                "BASE_TYPE_CHOICES",
                message,
            );
        }
    }
    for kind in ["users", "roles"] {
        let Some(listed) = allowed[kind].as_array() else {
            continue;
        };
        let place = below(path, kind);
        if listed.len() > MENTIONS_MAX {
            errors.bad_length(&place, 0, MENTIONS_MAX);
        }
        if !listed.is_empty() && parse.iter().any(|parsed| parsed == kind) {
            // The code word is experience.
            let message =
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            errors.add(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
        }
    }
}

fn check_attachments(
    errors: &mut Errors,
    path: &str,
    body: &Value,
    files: &[Upload],
    origin: Origin,
) {
    let listed = body["attachments"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    if listed.len() > ATTACHMENTS_MAX {
        errors.bad_length(path, 0, ATTACHMENTS_MAX);
    }
    let mut seen = BTreeSet::new();
    for (number, attachment) in listed.iter().enumerate() {
        let place = below(path, &number.to_string());
        errors.at_most(
            &below(&place, "description"),
            &attachment["description"],
            1024,
        );
        let Some(id) = id_of(&attachment["id"]) else {
            errors.required(&below(&place, "id"));
            continue;
        };
        let is_upload = files.iter().any(|file| file.number == Some(id));
        if !seen.insert(id) || origin != Origin::Edit && !is_upload {
            // The code word is experience.
            let message = "Attachment data not found";
            errors.add(&below(&place, "id"), "ATTACHMENT_NOT_FOUND", message);
        }
    }
}

fn check_flags(errors: &mut Errors, path: &str, flags: u64, origin: Origin) {
    const VOICE: u64 = 1 << 13;
    let mut allowed = flag::SUPPRESS_EMBEDS | flag::IS_COMPONENTS_V2;
    match origin {
        Origin::Create => allowed |= flag::SUPPRESS_NOTIFICATIONS | VOICE,
        Origin::Answer => allowed |= flag::SUPPRESS_NOTIFICATIONS | VOICE | flag::EPHEMERAL,
        Origin::Edit => {
            allowed |= flag::EPHEMERAL | flag::HAS_THREAD | flag::SUPPRESS_NOTIFICATIONS
        }
    }
    if flags & !allowed != 0 {
        // The code word is experience.
        let message = "Flags contain bits that cannot be set here.";
        errors.add(path, "FLAGS_INVALID", message);
    }
}

/// Ids come as strings or numbers.
pub(crate) fn id_of(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Whether a new message would say nothing (50006).
pub(crate) fn refuse_empty(body: &Value, files: &[Upload]) -> Result<(), Refusal> {
    let text = body["content"]
        .as_str()
        .is_some_and(|text| !text.trim().is_empty());
    let list = |field: &str| {
        body[field]
            .as_array()
            .is_some_and(|items| !items.is_empty())
    };
    let says_something = text
        || list("embeds")
        || list("components")
        || list("sticker_ids")
        || body["poll"].is_object()
        || !files.is_empty();
    if says_something {
        Ok(())
    } else {
        Err(Refusal::new(400, 50006, "Cannot send an empty message"))
    }
}

/// Too many files, or one that is too large.
pub(crate) fn refuse_large(files: &[Upload], bytes_max: usize) -> Result<(), Refusal> {
    if files.len() > ATTACHMENTS_MAX {
        let message = "Maximum number of attachments in a message reached (10)";
        return Err(Refusal::new(400, 30015, message));
    }
    if files.iter().any(|file| file.bytes.len() > bytes_max) {
        return Err(Refusal::new(413, 40005, "Request entity too large"));
    }
    Ok(())
}
