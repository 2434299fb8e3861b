//! What a person does: commands, buttons, forms, words. Every answer says what became of it.

use std::sync::PoisonError;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use fake_discord::{ModalView, Outcome};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Page;
use super::refusal::Refusal;

/// A person and a channel, as the address names them.
type Place = Path<(String, String)>;
type Body<T> = Result<Json<T>, JsonRejection>;
type Answer = Result<Json<Value>, Refusal>;

/// Longest plain message, in UTF-16 units (resources/message, "Create Message").
const WORDS_UNITS_MAX: usize = 2_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slash {
    command: String,
    #[serde(default)]
    options: Map<String, Value>,
}

pub(super) async fn slash(
    State(page): State<Page>,
    Path((person, channel)): Place,
    body: Body<Slash>,
) -> Answer {
    let (person, channel) = page.room(&person, &channel)?;
    let Json(Slash { command, options }) = body?;
    let outcome = person
        .slash(channel, &command, Value::Object(options))
        .await;
    told(&page, person.id(), outcome)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typing {
    command: String,
    #[serde(default)]
    options: Map<String, Value>,
    focused: String,
}

pub(super) async fn autocomplete(
    State(page): State<Page>,
    Path((person, channel)): Place,
    body: Body<Typing>,
) -> Answer {
    let (person, channel) = page.room(&person, &channel)?;
    let Json(Typing {
        command,
        options,
        focused,
    }) = body?;
    let options = Value::Object(options);
    match person
        .autocomplete(channel, &command, options, &focused)
        .await
    {
        Outcome::Choices(choices) => Ok(Json(json!({"kind": "choices", "choices": choices}))),
        // A client whose question is not answered shows an empty list.
        Outcome::Failed { .. } => Ok(Json(json!({"kind": "choices", "choices": []}))),
        other => told(&page, person.id(), other),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Press {
    message: String,
    custom_id: String,
}

pub(super) async fn press(
    State(page): State<Page>,
    Path((person, channel)): Place,
    body: Body<Press>,
) -> Answer {
    let (person, _) = page.room(&person, &channel)?;
    let Json(Press { message, custom_id }) = body?;
    let outcome = person.press(number(&message)?, &custom_id).await;
    told(&page, person.id(), outcome)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Select {
    message: String,
    custom_id: String,
    values: Vec<String>,
}

pub(super) async fn select(
    State(page): State<Page>,
    Path((person, channel)): Place,
    body: Body<Select>,
) -> Answer {
    let (person, _) = page.room(&person, &channel)?;
    let Json(Select {
        message,
        custom_id,
        values,
    }) = body?;
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let outcome = person.select(number(&message)?, &custom_id, &values).await;
    told(&page, person.id(), outcome)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Submit {
    modal: String,
    fields: Map<String, Value>,
}

pub(super) async fn submit(
    State(page): State<Page>,
    Path((person, channel)): Place,
    body: Body<Submit>,
) -> Answer {
    let (person, _) = page.room(&person, &channel)?;
    let Json(Submit { modal, fields }) = body?;
    let id = number(&modal)?;
    let modal = page
        .modals(|open| open.find(person.id(), id))
        .ok_or_else(Refusal::unknown_modal)?;
    let outcome = person.submit(&modal, Value::Object(fields)).await;
    // A form that did not arrive stays open, so that nobody types it again.
    if !matches!(outcome, Outcome::Failed { .. } | Outcome::Refused { .. }) {
        page.modals(|open| open.close(person.id(), id));
    }
    told(&page, person.id(), outcome)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Menu {
    message: String,
    command: String,
}

pub(super) async fn menu(
    State(page): State<Page>,
    Path((person, channel)): Place,
    body: Body<Menu>,
) -> Answer {
    let (person, channel) = page.room(&person, &channel)?;
    let Json(Menu { message, command }) = body?;
    let outcome = person.menu(channel, number(&message)?, &command).await;
    told(&page, person.id(), outcome)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    text: String,
}

pub(super) async fn say(
    State(page): State<Page>,
    Path((person, channel)): Place,
    body: Body<Words>,
) -> Answer {
    let (person, channel) = page.room(&person, &channel)?;
    let Json(Words { text }) = body?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::bad_value("ことばを入れてください。"));
    }
    if text.encode_utf16().count() > WORDS_UNITS_MAX {
        return Err(Refusal::bad_value("一つのメッセージは2000字までです。"));
    }
    let message = person.say(channel, text)?;
    Ok(Json(
        json!({"kind": "said", "message": message.to_string()}),
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dismiss {
    message: String,
}

pub(super) async fn dismiss(
    State(page): State<Page>,
    Path((person, channel)): Place,
    body: Body<Dismiss>,
) -> Answer {
    let (person, _) = page.room(&person, &channel)?;
    let Json(Dismiss { message }) = body?;
    person.dismiss(number(&message)?)?;
    Ok(Json(json!({"kind": "removed"})))
}

fn number(id: &str) -> Result<u64, Refusal> {
    id.parse()
        .map_err(|_| Refusal::bad_value("番号が正しくありません。"))
}

impl Page {
    fn modals<R>(&self, ask: impl FnOnce(&mut super::modal::OpenModals) -> R) -> R {
        ask(&mut self.0.modals.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The outcome for the page; a form is kept until it is sent.
fn told(page: &Page, person: u64, outcome: Outcome) -> Answer {
    Ok(Json(match outcome {
        Outcome::Message(message) => json!({"kind": "message", "message": message.id.to_string()}),
        Outcome::Updated(message) => json!({"kind": "updated", "message": message.id.to_string()}),
        Outcome::Modal(modal) => {
            let shown = modal_json(&modal);
            page.modals(|open| open.open(person, *modal));
            json!({"kind": "modal", "modal": shown})
        }
        Outcome::Acknowledged => json!({"kind": "acknowledged"}),
        Outcome::Removed => json!({"kind": "removed"}),
        Outcome::Choices(choices) => json!({"kind": "choices", "choices": choices}),
        Outcome::Failed { reason } => json!({"kind": "failed", "reason": reason}),
        Outcome::Refused { reason } => {
            return Err(fake_discord::NotAllowed { reason }.into());
        }
    }))
}

fn modal_json(modal: &ModalView) -> Value {
    let field = |field: &fake_discord::FieldView| {
        json!({
            "id": field.custom_id,
            "label": field.label,
            "long": field.is_long,
            "value": field.value,
            "placeholder": field.placeholder,
            "required": field.required,
            "min_length": field.min_length,
            "max_length": field.max_length,
        })
    };
    json!({
        "id": modal.interaction.to_string(),
        "title": modal.title,
        "fields": modal.fields.iter().map(field).collect::<Vec<_>>(),
    })
}
