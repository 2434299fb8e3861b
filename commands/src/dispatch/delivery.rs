//! How an answer reaches the person: as the first answer, as a deferral, or as the edit that follows one.
//! The only place of this crate that speaks to Discord.

use super::{May, Progress};
use crate::{
    answer::{Answer, File, Form, Reply},
    request::Recorded,
};
use domain::setting::Language;
use serenity::all::{
    Builder, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateInputText,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateModal, EditAttachments,
    EditInteractionResponse, Http, InputTextStyle,
};

/// Where an answer goes: the one thing the dispatcher needs of an interaction.
pub(super) struct Addressee<'a> {
    pub(super) http: &'a Http,
    pub(super) id: serenity::all::InteractionId,
    pub(super) token: &'a str,
    pub(super) language: Language,
    /// What was asked, for logs and metrics: a command's or an action's name, never content.
    pub(super) name: String,
    /// Whether this delivery has recorded the change.
    pub(super) recorded: Recorded,
    /// Where a handler that takes long says how far it is.
    pub(super) progress: Progress,
}

/// What became of a first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// The person has it.
    Arrived,
    /// Something has answered the interaction before: the same event was delivered twice.
    AnsweredAlready,
    /// Nobody has it; Discord waits no longer, or was not reached.
    Lost,
}

/// Discord's code for an interaction that was answered before (topics/opcodes-and-status-codes, "JSON").
const ANSWERED_ALREADY: i64 = 40_060;

/// Asks Discord for more time.
pub(super) async fn defer(to: &Addressee<'_>, may: May) -> Arrival {
    let response = match may {
        May::Replace => CreateInteractionResponse::Acknowledge,
        _ => CreateInteractionResponse::Defer(
            CreateInteractionResponseMessage::new().ephemeral(true),
        ),
    };
    callback(to, response).await
}

/// Sends the first answer.
pub(super) async fn send(to: &Addressee<'_>, answer: Answer) -> Arrival {
    let message = |reply: Reply| {
        CreateInteractionResponseMessage::new()
            .content(reply.content)
            .embeds(reply.embeds)
            .components(reply.rows)
            .files(reply.files.iter().map(attachment))
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true)
    };
    let response = match answer {
        Answer::Say(reply) => CreateInteractionResponse::Message(message(reply)),
        Answer::Replace(reply) => CreateInteractionResponse::UpdateMessage(message(reply)),
        Answer::Ask(form) => CreateInteractionResponse::Modal(modal_of(form)),
    };
    callback(to, response).await
}

/// A file as Discord takes it: part of a multipart request, matched to its description by position.
fn attachment(file: &File) -> CreateAttachment {
    CreateAttachment::bytes(file.bytes(), file.name()).description(file.description())
}

async fn callback(to: &Addressee<'_>, response: CreateInteractionResponse) -> Arrival {
    match response.execute(to.http, (to.id, to.token)).await {
        Ok(()) => Arrival::Arrived,
        Err(error) if code_of(&error) == ANSWERED_ALREADY => {
            // Two deliveries of one event may both find nothing to do; the first one has said so.
            tracing::debug!(interaction.name = %to.name, "an interaction was answered already");
            Arrival::AnsweredAlready
        }
        Err(error) => {
            // Nothing can be done about 10062 (too late); the text of other errors may quote the
            // request, so only its code is kept.
            tracing::warn!(interaction.name = %to.name, error.code = code_of(&error), "an answer did not arrive");
            metrics::counter!("renkei_answers_lost_total").increment(1);
            Arrival::Lost
        }
    }
}

/// Sends the answer that follows a deferral.
pub(super) async fn edit(to: &Addressee<'_>, answer: Answer) {
    let (Answer::Say(reply) | Answer::Replace(reply)) = answer else {
        tracing::error!(interaction.name = %to.name, "a form cannot follow a deferred answer");
        return;
    };
    // Naming the files, even none of them, takes away those of the message that is replaced.
    let files = reply.files.iter().map(attachment);
    let response = EditInteractionResponse::new()
        .content(reply.content)
        .embeds(reply.embeds)
        .components(reply.rows)
        .attachments(files.fold(EditAttachments::new(), EditAttachments::add))
        .allowed_mentions(CreateAllowedMentions::new());
    if let Err(error) = response.execute(to.http, to.token).await {
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
