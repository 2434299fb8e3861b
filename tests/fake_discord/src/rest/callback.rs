//! The first answer to an interaction (interactions/receiving-and-responding, "Create Interaction
//! Response").

use serde_json::{Value, json};

use super::draft::draft_unchecked;
use super::message::change_with;
use super::{Answer, Call, Outcome, Refusal};
use crate::interaction::{FirstAnswer, Interaction, InteractionKind};
use crate::mention::MentionDefault;
use crate::message::{Draft, flag, kind};
use crate::oracle::strings_of;
use crate::state::State;
use crate::subscription::Change;
use crate::validation::callback::{self as rules, kind as answer};
use crate::validation::{Errors, message};

fn unknown() -> Refusal {
    Refusal::new(404, 10062, "Unknown interaction")
}

pub(crate) fn validate(state: &State, call: &Call, id: u64) -> Result<(), Refusal> {
    let interaction = state.interactions.get(&id).ok_or_else(unknown)?;
    if interaction.answer.is_some() || is_too_late(state, interaction) {
        // Says so below, in the order Discord does.
        return Ok(());
    }
    let mut errors = Errors::default();
    let from_message = interaction.message.is_some();
    rules::check(
        &mut errors,
        &call.body,
        &call.files,
        interaction.kind,
        from_message,
    );
    errors.finish()
}

fn is_too_late(state: &State, interaction: &Interaction) -> bool {
    interaction.is_overdue(state.switches.interaction_deadline)
}

/// `POST /interactions/{id}/{token}/callback`.
pub(crate) fn answer(state: &mut State, call: &Call, id: u64, token: &str) -> Outcome {
    let found = state
        .interactions
        .get(&id)
        .filter(|found| found.token == token);
    let interaction = found.ok_or_else(unknown)?.clone();
    if interaction.answer.is_some() {
        let message = "Interaction has already been acknowledged.";
        return Err(Refusal::new(400, 40060, message));
    }
    if is_too_late(state, &interaction) {
        return Err(unknown());
    }
    if is_sealed(state, interaction.channel) {
        return Err(Refusal::archived());
    }
    let data = &call.body["data"];
    let first = match call.body["type"].as_u64() {
        Some(answer::MESSAGE) => {
            message::refuse_large(&call.files, state.switches.file_bytes_max)?;
            message::refuse_empty(data, &call.files)?;
            super::message::refuse_polls(data)?;
            let draft = draft_unchecked(state, data, &call.files, interaction.channel);
            let original = speak(state, &interaction, draft, is_ephemeral(data));
            set_original(state, id, original);
            FirstAnswer::Message
        }
        Some(answer::DEFERRED) => {
            let draft = Draft {
                channel: interaction.channel,
                author: state.application,
                loading: true,
                ..Draft::default()
            };
            let original = speak(state, &interaction, draft, is_ephemeral(data));
            set_original(state, id, original);
            FirstAnswer::Deferred
        }
        Some(answer::DEFERRED_UPDATE) => {
            set_original(state, id, interaction.message.unwrap_or_default());
            FirstAnswer::DeferredUpdate
        }
        Some(answer::UPDATE) => {
            let message = interaction.message.unwrap_or_default();
            change_with(state, data, &call.files, message, MentionDefault::Users)?;
            set_original(state, id, message);
            FirstAnswer::Update
        }
        Some(answer::CHOICES) => {
            let choices = data["choices"].as_array().cloned().unwrap_or_default();
            show_data(state, &interaction, &json!(choices), "choices");
            FirstAnswer::Choices(choices)
        }
        Some(answer::MODAL) => {
            show_data(state, &interaction, data, "modal");
            FirstAnswer::Modal(data.clone())
        }
        _ => return Err(unknown()),
    };
    if let Some(found) = state.interactions.get_mut(&id) {
        found.answer = Some(first);
    }
    state
        .subscriptions
        .tell(interaction.user, Change::Messages(interaction.channel));
    if call.is_set("with_response") {
        with_response(state, id)
    } else {
        Answer::empty()
    }
}

/// A thread that is archived and locked takes no answers (public issue threads).
fn is_sealed(state: &State, channel: u64) -> bool {
    let thread = state
        .channels
        .get(&channel)
        .and_then(|found| found.thread.as_ref());
    thread.is_some_and(|thread| thread.archived && thread.locked)
}

pub(crate) fn is_ephemeral(data: &Value) -> bool {
    data["flags"].as_u64().unwrap_or_default() & flag::EPHEMERAL != 0
}

fn set_original(state: &mut State, id: u64, message: u64) {
    if let Some(found) = state.interactions.get_mut(&id) {
        found.original = Some(message).filter(|message| *message != 0);
    }
}

fn show_data(state: &mut State, interaction: &Interaction, data: &Value, what: &str) {
    let mut words = Vec::new();
    strings_of(data, &mut words);
    state.show(
        interaction.user,
        &words,
        format!("{what} of interaction {}", interaction.id),
    );
}

/// Says something with an interaction's token: an answer or a followup.
pub(crate) fn speak(
    state: &mut State,
    interaction: &Interaction,
    draft: Draft,
    ephemeral: bool,
) -> u64 {
    let kind = match (interaction.kind, interaction.command_type) {
        (InteractionKind::Command, Some(1)) => kind::CHAT_INPUT_COMMAND,
        (InteractionKind::Command, _) => kind::CONTEXT_MENU_COMMAND,
        (InteractionKind::Component, _) => kind::REPLY,
        _ => kind::DEFAULT,
    };
    let draft = Draft {
        kind,
        origin: Some(interaction.id),
        ephemeral_for: ephemeral.then_some(interaction.user),
        mention_default: MentionDefault::Users,
        ..draft
    };
    state.create_message(draft)
}

/// The callback object of `with_response=true`.
fn with_response(state: &State, id: u64) -> Outcome {
    let Some(interaction) = state.interactions.get(&id) else {
        return Err(unknown());
    };
    let mut object = json!({
        "interaction": {"id": id.to_string(), "type": interaction.kind as u8},
    });
    let resource = match interaction.answer {
        Some(FirstAnswer::Message) => Some(answer::MESSAGE),
        Some(FirstAnswer::Update) => Some(answer::UPDATE),
        _ => None,
    };
    if let Some(message) = interaction.original.and_then(|id| state.messages.get(&id)) {
        object["interaction"]["response_message_id"] = json!(message.id.to_string());
        object["interaction"]["response_message_loading"] = json!(message.loading);
        object["interaction"]["response_message_ephemeral"] =
            json!(message.ephemeral_for.is_some());
        if let Some(kind) = resource {
            object["resource"] = json!({"type": kind, "message": state.message_json(message.id)});
        }
    }
    Answer::ok(object)
}
