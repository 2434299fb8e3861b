//! `/office channel` チャンネル: what a channel is used for.
//!
//! Whether only the declared audience can see it is proven by the outbox right before each send; a
//! channel that is open to others can be bound, and nothing is sent to it. So can one the bot cannot
//! see yet: the option is taken as Discord resolved it, without asking for the channel.
//!
//! Without a channel the use is taken back. A circle is known by its associations: with another channel
//! it moves, without one it ends. Cards follow ([`crate::relocation`]).

use super::{check, check_channel, fixed, following, taken_meanwhile};
use crate::{
    Context,
    answer::Reply,
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
    office::{Circle, Office, Use},
    setting::names,
};
use serenity::all::PartialChannel;
use std::collections::BTreeSet;

/// `/office channel` チャンネル
#[poise::command(slash_command)]
pub(crate) async fn channel(
    ctx: Context<'_>,
    #[rename = "use"] used: UseChoice,
    #[channel_types("Text", "Forum")] channel: Option<PartialChannel>,
    #[autocomplete = "crate::issue::suggest::about"] association: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::set_up(&request)?;
        let channel = channel.map(|channel| ChannelId(channel.id.get()));
        let text = match (single_use(used.0), channel) {
            (Some(used), Some(channel)) => bind(&request, used, channel).await?,
            (Some(used), None) => unbind(&request, used).await?,
            (None, Some(channel)) => bind_circle(&request, channel, association.as_deref()).await?,
            (None, None) => end_circle(&request, association.as_deref()).await?,
        };
        let mut reply = Reply::of(&text, request.language);
        if let Some(channel) = channel {
            // Whether nothing can be sent there yet.
            let here = |office: &Office, used: Destination| used.channel(office) == Some(channel);
            if let Some(hint) = check::hint(&request, here).await {
                reply = reply.line(&hint);
            }
        }
        following(&request, reply).await
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

fn check_not_fixed(request: &Request, used: Use) -> Result<(), Error> {
    let mut bound = request.office.channels.iter();
    if bound.any(|(bound, binding)| *bound == used && binding.fixed) {
        return Err(fixed());
    }
    Ok(())
}

async fn bind(request: &Request, used: Use, channel: ChannelId) -> Result<Text, Error> {
    let destination = Destination::from(used);
    check_channel(request, channel, Some(destination))?;
    check_not_fixed(request, used)?;
    set(request, used, Some(channel)).await?;
    Ok(text!(
        "channel-set",
        place = crate::card::place_word(&request.office, destination),
        channel = format!("<#{channel}>")
    ))
}

async fn unbind(request: &Request, used: Use) -> Result<Text, Error> {
    let place = crate::card::place_word(&request.office, Destination::from(used));
    check_not_fixed(request, used)?;
    if request.office.channel(used).is_none() {
        return Err(Error::refuse(text!("refused-channel-unset", place = place)));
    }
    set(request, used, None).await?;
    let then = Text::new(format!("channel-unset-{}", used.code()));
    Ok(text!("channel-unset", place = place, then = then))
}

async fn set(request: &Request, used: Use, channel: Option<ChannelId>) -> Result<(), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .record(move |tx| {
            Box::pin(async move {
                storage::office::set_channel(tx, office, used, channel, false).await?;
                storage::stoppage::mend(tx, office, Destination::from(used), now).await?;
                let details = [
                    ("use", used.code().to_owned()),
                    ("channel", written(channel)),
                ];
                note(tx, office, None, "office.channel", who, now, &details).await
            })
        })
        .await
        .map_err(taken_meanwhile)
}

/// A channel as the audit keeps it.
fn written(channel: Option<ChannelId>) -> String {
    channel.map_or("none".to_owned(), |channel| channel.to_string())
}

/// The associations of a circle as the audit keeps them.
fn codes(members: &BTreeSet<AssociationId>) -> String {
    let ids: Vec<String> = members.iter().map(ToString::to_string).collect();
    ids.join(",")
}

/// The associations of a circle, at least two.
fn members_of(request: &Request, written: Option<&str>) -> Result<BTreeSet<AssociationId>, Error> {
    let mut ids: BTreeSet<AssociationId> = BTreeSet::new();
    for name in written.into_iter().flat_map(names) {
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
    Ok(ids)
}

/// The circle of exactly these associations.
fn circle_of<'a>(request: &'a Request, members: &BTreeSet<AssociationId>) -> Option<&'a Circle> {
    let mut circles = request.office.circles.iter();
    circles.find(|circle| circle.associations == *members)
}

fn listed_members(request: &Request, members: &BTreeSet<AssociationId>) -> String {
    let names = members
        .iter()
        .filter_map(|id| request.office.association(*id))
        .map(|association| association.name.as_str());
    listed(request, names, NAMES_UNITS_MAX)
}

async fn bind_circle(
    request: &Request,
    channel: ChannelId,
    associations: Option<&str>,
) -> Result<Text, Error> {
    let here = request
        .office
        .circles
        .iter()
        .find(|circle| circle.channel == channel);
    let place = here.map(|circle| Destination::Tier2(circle.id));
    check_channel(request, channel, place)?;
    let members = members_of(request, associations)?;
    let known = circle_of(request, &members);
    if here.or(known).is_some_and(|circle| circle.fixed) {
        return Err(fixed());
    }
    let moves = match (here, known) {
        (Some(here), Some(known)) if here.id != known.id => {
            let there = format!("<#{}>", known.channel);
            return Err(Error::refuse(text!(
                "refused-circle-known",
                channel = there
            )));
        }
        (None, Some(known)) => Some(known.id),
        _ => None,
    };
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let stored = members.clone();
    let before = here.map(|circle| circle.id);
    let circle = request
        .record(move |tx| {
            let members = stored.clone();
            Box::pin(async move {
                let circle = match moves {
                    Some(circle) => {
                        storage::circle::rebind(tx, office, circle, channel).await?;
                        circle
                    }
                    None => storage::circle::put(tx, office, channel, &members, false).await?,
                };
                storage::outbox::release_refused(tx, office, Destination::Tier2(circle)).await?;
                if let Some(before) = before.filter(|before| *before != circle) {
                    // What hindered it hinders nobody any more.
                    storage::stoppage::mend(tx, office, Destination::Tier2(before), now).await?;
                }
                let details = [
                    ("use", "tier2".to_owned()),
                    ("channel", channel.to_string()),
                    ("circle", circle.to_string()),
                    ("associations", codes(&members)),
                ];
                note(tx, office, None, "office.channel", who, now, &details).await?;
                Ok(circle)
            })
        })
        .await
        .map_err(taken_meanwhile)?;
    let said = if before.is_some_and(|before| before != circle) {
        "circle-set-anew"
    } else {
        "circle-set"
    };
    Ok(text!(
        said,
        channel = format!("<#{channel}>"),
        associations = listed_members(request, &members),
    ))
}

async fn end_circle(request: &Request, associations: Option<&str>) -> Result<Text, Error> {
    let members = members_of(request, associations)?;
    let Some(circle) = circle_of(request, &members) else {
        return Err(Error::refuse(text!(
            "refused-circle-unknown",
            associations = listed_members(request, &members),
        )));
    };
    if circle.fixed {
        return Err(fixed());
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let (id, channel) = (circle.id, circle.channel);
    let ended = members.clone();
    request
        .record(move |tx| {
            let members = ended.clone();
            Box::pin(async move {
                storage::circle::remove(tx, office, channel).await?;
                // What hindered it hinders nobody any more.
                storage::stoppage::mend(tx, office, Destination::Tier2(id), now).await?;
                let details = [
                    ("use", "tier2".to_owned()),
                    ("channel", written(None)),
                    ("circle", id.to_string()),
                    ("associations", codes(&members)),
                ];
                note(tx, office, None, "office.channel", who, now, &details).await
            })
        })
        .await?;
    Ok(text!(
        "circle-ended",
        channel = format!("<#{channel}>"),
        associations = listed_members(request, &members),
    ))
}
