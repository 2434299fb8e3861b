//! The message menu 課題として記録 / Record as issue: the form, filled with a message's words.
//!
//! A message in a bound tier 2 or 3 channel was said openly; anywhere else the person's own origin
//! counts. The author of the message becomes the speaker, for the desk only.

use super::{add, source};
use crate::{
    Context,
    dispatch::{May, answer},
    error::Error,
    permission,
    request::Request,
    text::Text,
};
use domain::{
    audience::Destination,
    id::ChannelId,
    issue::{Kind, Origin, TEXT_UNITS_MAX},
};
use serenity::all::Message;

/// 課題として記録
#[poise::command(context_menu_command = "Record as issue", rename = "record-as-issue")]
pub(crate) async fn record_as_issue(ctx: Context<'_>, message: Message) -> Result<(), Error> {
    answer(ctx, May::Ask, async move |request: Request| {
        permission::add_issue(&request)?;
        if message.content.trim().is_empty() {
            return Err(Error::refuse(Text::new("refused-message-without-words")));
        }
        let own = message.author.id.get() == request.person.user.0;
        let source = if own && !request.person.coordinator {
            source::own(&request)
        } else {
            source::Source::default()
        };
        let chosen = add::Chosen::new(source, Vec::new(), Kind::Issue, None, origin(&request));
        // Longer messages are cut to what an issue holds; the form shows what is left to correct.
        let words = add::Words {
            text: domain::text::clean(&message.content, TEXT_UNITS_MAX)
                .unwrap_or_else(|_| domain::text::one_line(&message.content, TEXT_UNITS_MAX)),
            note: None,
            speaker: (!own && !message.author.bot).then(|| {
                message
                    .author
                    .global_name
                    .clone()
                    .unwrap_or_else(|| message.author.name.clone())
            }),
        };
        add::ask(&request, &chosen, words).await
    })
    .await
}

fn origin(request: &Request) -> Origin {
    let channel = ChannelId(request.channel.0);
    match request.office.destination_of(channel) {
        Some(Destination::Tier2(_) | Destination::Tier3) => Origin::Open,
        _ if request.person.coordinator => Origin::Desk,
        _ => Origin::Meeting,
    }
}
