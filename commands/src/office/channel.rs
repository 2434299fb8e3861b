//! `/office channel` チャンネル: what a channel is used for.
//!
//! Whether only the declared audience can see it is proven by the outbox right before each send; a
//! channel that is open to others can be bound, and nothing is sent to it. So can one the bot cannot
//! see yet: the option is taken as Discord resolved it, without asking for the channel.

use super::{check, check_channel, fixed, taken_meanwhile};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    dispatch::{May, answer},
    error::Error,
    option::{ChannelUse, NAMES_UNITS_MAX, UseChoice, listed},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    id::{AssociationId, ChannelId},
    office::{Office, Use},
    setting::names,
};
use serenity::all::PartialChannel;
use std::collections::BTreeSet;

/// `/office channel` チャンネル
#[poise::command(slash_command)]
pub(crate) async fn channel(
    ctx: Context<'_>,
    #[rename = "use"] used: UseChoice,
    #[channel_types("Text", "Forum")] channel: PartialChannel,
    #[autocomplete = "crate::issue::suggest::about"] association: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::set_up(&request)?;
        let channel = ChannelId(channel.id.get());
        match single_use(used.0) {
            Some(used) => bind(&request, used, channel).await,
            None => bind_circle(&request, channel, association.as_deref()).await,
        }
    })
    .await
}

fn single_use(used: ChannelUse) -> Option<Use> {
    match used {
        ChannelUse::Desk => Some(Use::Desk),
        ChannelUse::Tier3 => Some(Use::Tier3),
        ChannelUse::Progress => Some(Use::Progress),
        ChannelUse::Notice => Some(Use::Notice),
        ChannelUse::Tier2 => None,
    }
}

async fn bind(request: &Request, used: Use, channel: ChannelId) -> Result<Answer, Error> {
    let destination = Destination::from(used);
    check_channel(request, channel, Some(destination))?;
    if request
        .office
        .channels
        .iter()
        .any(|(bound, b)| *bound == used && b.fixed)
    {
        return Err(fixed());
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .record(move |tx| {
            Box::pin(async move {
                storage::office::set_channel(tx, office, used, Some(channel), false).await?;
                storage::outbox::release_refused(tx, office, destination).await?;
                let details = [
                    ("use", used.code().to_owned()),
                    ("channel", channel.to_string()),
                ];
                note(tx, office, None, "office.channel", who, now, &details).await
            })
        })
        .await
        .map_err(taken_meanwhile)?;
    let place = crate::card::place_word(&request.office, destination);
    let text = text!(
        "channel-set",
        place = place,
        channel = format!("<#{channel}>")
    );
    Ok(answered(request, &text, channel).await)
}

/// The answer, and whether nothing can be sent there yet.
async fn answered(request: &Request, text: &Text, channel: ChannelId) -> Answer {
    let reply = Reply::of(text, request.language);
    let here = |office: &Office, used: Destination| used.channel(office) == Some(channel);
    Answer::Say(match check::hint(request, here).await {
        Some(hint) => reply.line(&hint),
        None => reply,
    })
}

async fn bind_circle(
    request: &Request,
    channel: ChannelId,
    associations: Option<&str>,
) -> Result<Answer, Error> {
    let existing = request
        .office
        .circles
        .iter()
        .find(|circle| circle.channel == channel);
    check_channel(
        request,
        channel,
        existing.map(|circle| Destination::Tier2(circle.id)),
    )?;
    if existing.is_some_and(|circle| circle.fixed) {
        return Err(fixed());
    }
    let mut ids: BTreeSet<AssociationId> = BTreeSet::new();
    for name in associations.into_iter().flat_map(names) {
        let association = request
            .office
            .association_named(name)
            .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))?;
        ids.insert(association.id);
    }
    if ids.len() < 2 {
        return Err(Error::refuse(Text::new(
            "refused-circle-needs-associations",
        )));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let members = ids.clone();
    request
        .record(move |tx| {
            let members = members.clone();
            Box::pin(async move {
                let circle = storage::circle::put(tx, office, channel, &members, false).await?;
                storage::outbox::release_refused(tx, office, Destination::Tier2(circle)).await?;
                let details = [
                    ("use", "tier2".to_owned()),
                    ("channel", channel.to_string()),
                    ("circle", circle.to_string()),
                ];
                note(tx, office, None, "office.channel", who, now, &details).await
            })
        })
        .await
        .map_err(taken_meanwhile)?;
    let members = ids
        .iter()
        .filter_map(|id| request.office.association(*id))
        .map(|a| a.name.as_str());
    let text = text!(
        "circle-set",
        channel = format!("<#{channel}>"),
        associations = listed(request, members, NAMES_UNITS_MAX),
    );
    Ok(answered(request, &text, channel).await)
}
