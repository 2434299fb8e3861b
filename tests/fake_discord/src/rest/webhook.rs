//! What the token of an interaction opens after the first answer: followups and `@original`
//! (interactions/receiving-and-responding, "Followup Messages").

use super::callback::{is_ephemeral, speak};
use super::draft::draft_unchecked;
use super::message::change;
use super::{Answer, Call, Outcome, Refusal};
use crate::interaction::{FirstAnswer, Interaction};
use crate::mention::MentionDefault;
use crate::state::State;
use crate::validation::Errors;
use crate::validation::message::{self as rules, Origin};

pub(crate) fn validate(call: &Call) -> Result<(), Refusal> {
    let mut errors = Errors::default();
    rules::check(&mut errors, "", &call.body, &call.files, Origin::Answer);
    super::message::refuse_polls(&call.body)?;
    errors.finish()
}

/// The interaction behind a token: answered, and not too old.
fn behind(state: &State, app: u64, token: &str) -> Result<Interaction, Refusal> {
    // The code is experience; the status was seen in public issue threads.
    let unknown = || Refusal::new(404, 10015, "Unknown Webhook");
    if app != state.application {
        return Err(unknown());
    }
    let found = state
        .tokens
        .get(token)
        .and_then(|id| state.interactions.get(id));
    let found = found.ok_or_else(unknown)?;
    if !state.token_is_alive(found) {
        return Err(Refusal::new(401, 50027, "Invalid Webhook Token"));
    }
    match found.answer {
        None | Some(FirstAnswer::Choices(_)) => Err(unknown()),
        Some(_) => Ok(found.clone()),
    }
}

fn touch(state: &mut State, id: u64) {
    if let Some(found) = state.interactions.get_mut(&id) {
        found.touched += 1;
    }
}

/// `POST /webhooks/{app}/{token}`: always answers with the message.
pub(crate) fn follow_up(state: &mut State, call: &Call, app: u64, token: &str) -> Outcome {
    let interaction = behind(state, app, token)?;
    rules::refuse_large(&call.files, state.switches.file_bytes_max)?;
    rules::refuse_empty(&call.body, &call.files)?;
    // Directly after a deferral the followup fills the loading message and its own flag is
    // ignored (documented as deprecated behaviour).
    let loading = interaction.original.filter(|id| {
        state
            .messages
            .get(id)
            .is_some_and(|message| message.loading)
    });
    let id = if let Some(original) = loading {
        change(state, call, original, MentionDefault::Users)?;
        original
    } else {
        let draft = draft_unchecked(state, &call.body, &call.files, interaction.channel);
        let id = speak(state, &interaction, draft, is_ephemeral(&call.body));
        if let Some(found) = state.interactions.get_mut(&interaction.id) {
            found.followups.push(id);
        }
        id
    };
    touch(state, interaction.id);
    Answer::ok(state.message_json(id))
}

/// GET, PATCH and DELETE of `@original` (`None`) or a followup.
pub(crate) fn message(
    state: &mut State,
    call: &Call,
    app: u64,
    token: &str,
    id: Option<u64>,
) -> Outcome {
    let interaction = behind(state, app, token)?;
    let id = id
        .or(interaction.original)
        .ok_or_else(Refusal::unknown_message)?;
    let is_own = interaction.original == Some(id) || interaction.followups.contains(&id);
    let is_there = state
        .messages
        .get(&id)
        .is_some_and(|message| !message.deleted);
    if !is_own || !is_there {
        return Err(Refusal::unknown_message());
    }
    match call.method.as_str() {
        "GET" => Answer::ok(state.message_json(id)),
        "PATCH" => {
            change(state, call, id, MentionDefault::Users)?;
            touch(state, interaction.id);
            Answer::ok(state.message_json(id))
        }
        "DELETE" => {
            state.delete_message(id);
            touch(state, interaction.id);
            Answer::empty()
        }
        _ => Err(Refusal::new(405, 0, "405: Method Not Allowed")),
    }
}
