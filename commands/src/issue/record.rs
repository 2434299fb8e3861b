//! The message menu 課題として記録 / Record as issue: the form, filled with a message's words.
//!
//! A message in a bound tier 2 or 3 channel (or a thread below it) was said openly; anywhere else the
//! person's own origin counts. What stands in an association's own channel is that association's. The author of the message becomes the speaker, for the desk only.

use super::{add, chosen::Chosen, form, source};
use crate::{
    Context,
    dispatch::{May, answer},
    error::Error,
    permission,
    request::Request,
    text::Text,
};
use domain::{audience::Destination, issue::Origin};
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
        let chosen = chosen(&request, own);
        // Longer messages are cut to what an issue holds; the form shows what is left to correct.
        let words = form::Words {
            text: message.content.clone(),
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

/// What the place and the author of the message decide.
fn chosen(request: &Request, own: bool) -> Chosen {
    let person = &request.person;
    let confidential = if person.coordinator {
        Origin::Desk
    } else {
        Origin::Meeting
    };
    let source = if own && !person.coordinator {
        source::own(request)
    } else {
        source::Source::default()
    };
    match request.office.destination_of(request.channel) {
        Some(Destination::Tier2(circle)) => {
            Chosen::new(request, source, Origin::Open).said_in(circle)
        }
        Some(Destination::Tier3) => Chosen::new(request, source, Origin::Open),
        Some(Destination::Tier1(id)) if person.coordinator || person.rank_in(id).is_some() => {
            Chosen::new(request, source::of(request, Some(id)), confidential)
        }
        _ => Chosen::new(request, source, confidential),
    }
}
