//! How an answer reaches the person: as the first answer, as a deferral, or as the edit that follows one.
//! The only place of this crate that speaks to Discord.

use super::May;
use crate::answer::{Answer, Form, Reply};
use domain::setting::Language;
use serenity::all::{
    CreateActionRow, CreateAllowedMentions, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseMessage, CreateModal, EditInteractionResponse, Http, InputTextStyle,
};

/// Where an answer goes: the one thing the dispatcher needs of an interaction.
pub(super) struct Addressee<'a> {
    pub(super) http: &'a Http,
    pub(super) id: serenity::all::InteractionId,
    pub(super) token: &'a str,
    pub(super) language: Language,
    /// What was asked, for logs and metrics: a command's or an action's name, never content.
    pub(super) name: String,
}

/// Asks Discord for more time; `false` when that came too late.
pub(super) async fn defer(to: &Addressee<'_>, may: May) -> bool {
    let response = match may {
        May::Replace => CreateInteractionResponse::Acknowledge,
        _ => CreateInteractionResponse::Defer(
            CreateInteractionResponseMessage::new().ephemeral(true),
        ),
    };
    callback(to, &response).await
}

/// Sends the first answer.
pub(super) async fn send(to: &Addressee<'_>, answer: Answer) {
    let message = |reply: Reply| {
        CreateInteractionResponseMessage::new()
            .content(reply.content)
            .embeds(reply.embeds)
            .components(reply.rows)
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true)
    };
    let response = match answer {
        Answer::Say(reply) => CreateInteractionResponse::Message(message(reply)),
        Answer::Replace(reply) => CreateInteractionResponse::UpdateMessage(message(reply)),
        Answer::Ask(form) => CreateInteractionResponse::Modal(modal_of(form)),
    };
    callback(to, &response).await;
}

async fn callback(to: &Addressee<'_>, response: &CreateInteractionResponse) -> bool {
    match to
        .http
        .create_interaction_response(to.id, to.token, response, Vec::new())
        .await
    {
        Ok(()) => true,
        Err(error) => {
            // 10062 (too late) and 40060 (answered already) are answers of Discord that nothing can
            // be done about; the text of other errors may quote the request, so only its kind is kept.
            tracing::warn!(interaction.name = %to.name, error.code = code_of(&error), "an answer did not arrive");
            metrics::counter!("renkei_answers_lost_total").increment(1);
            false
        }
    }
}

/// Sends the answer that follows a deferral.
pub(super) async fn edit(to: &Addressee<'_>, answer: Answer) {
    let (Answer::Say(reply) | Answer::Replace(reply)) = answer else {
        tracing::error!(interaction.name = %to.name, "a form cannot follow a deferred answer");
        return;
    };
    let response = EditInteractionResponse::new()
        .content(reply.content)
        .embeds(reply.embeds)
        .components(reply.rows)
        .allowed_mentions(CreateAllowedMentions::new());
    if let Err(error) = to
        .http
        .edit_original_interaction_response(to.token, &response, Vec::new())
        .await
    {
        tracing::warn!(interaction.name = %to.name, error.code = code_of(&error), "a late answer did not arrive");
        metrics::counter!("renkei_answers_lost_total").increment(1);
    }
}

fn code_of(error: &serenity::Error) -> i64 {
    match error {
        serenity::Error::Http(serenity::all::HttpError::UnsuccessfulRequest(response)) => {
            i64::try_from(response.error.code).unwrap_or(-1)
        }
        _ => -1,
    }
}

fn modal_of(form: Form) -> CreateModal {
    let rows = form
        .fields
        .into_iter()
        .map(|field| {
            let style = if field.long {
                InputTextStyle::Paragraph
            } else {
                InputTextStyle::Short
            };
            let mut input = CreateInputText::new(style, field.label, field.id)
                .required(field.required)
                .max_length(field.characters_max);
            if !field.placeholder.is_empty() {
                input = input.placeholder(field.placeholder);
            }
            if let Some(value) = field.value {
                input = input.value(value);
            }
            CreateActionRow::InputText(input)
        })
        .collect();
    CreateModal::new(form.custom_id, form.title).components(rows)
}
