//! `/office` 拠点設定: channels, associations, professions, roles, settings, and the check of it all.
//!
//! What the configuration file has set, these commands refuse to change.

pub(crate) mod association;
pub(crate) mod audit;
pub(crate) mod category;
pub(crate) mod channel;
pub(crate) mod check;
pub(crate) mod person;
pub(crate) mod profession;
pub(crate) mod role;
pub(crate) mod rule;
pub(crate) mod setting;

use crate::{
    Context,
    answer::{Answer, Reply},
    error::Error,
    relocation,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{AssociationId, ChannelId, RoleId},
    office::Office,
};

/// `/office` 拠点設定
#[poise::command(
    slash_command,
    subcommands(
        "channel::channel",
        "association::association",
        "profession::profession",
        "category::category",
        "person::person",
        "role::role",
        "setting::setting",
        "rule::rule",
        "crate::digest::schedule::schedule",
        "check::check",
        "crate::handover::handover",
        "audit::audit",
        "crate::keeping::retention::retention",
        "crate::keeping::export::export",
        "crate::keeping::deletion::delete"
    ),
    subcommand_required
)]
pub(crate) async fn office(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// The refusal for what the configuration file has set.
pub(crate) fn fixed() -> Error {
    Error::refuse(Text::new("refused-fixed"))
}

/// The answer to a change of the set-up, once cards are on their way to where they belong now: it says
/// how many move.
pub(crate) async fn following(request: &Request, mut reply: Reply) -> Result<Answer, Error> {
    let moved = relocation::carry_out(&request.app, request.office.server).await?;
    if moved.cards > 0 {
        let count = i64::try_from(moved.cards).unwrap_or(i64::MAX);
        reply.content.push('\n');
        reply.content += &request.say(&text!("cards-move", count = count));
    }
    Ok(Answer::Say(reply))
}

/// The refusal of who was a moment later than somebody else who bound the same channel or role.
pub(crate) fn taken_meanwhile(error: Error) -> Error {
    use storage::{Conflict, Error as Storage};
    match error {
        Error::Storage(Storage::Conflict(Conflict::ChannelTaken | Conflict::RoleTaken)) => {
            Error::refuse(Text::new("refused-taken-meanwhile"))
        }
        other => other,
    }
}

/// What a role carries already outside an association (which may swap its own), so that it is not given a second meaning: the members of an
/// association who also carry the coordinators' role would see everything.
pub(crate) fn role_in_use(
    office: &Office,
    role: RoleId,
    within: Option<AssociationId>,
) -> Option<Text> {
    use domain::person::Rank;
    let capacity = office.roles.iter().find(|(_, binding)| binding.to == role);
    if let Some((capacity, _)) = capacity {
        return Some(Text::new(format!("word-capacity-{}", capacity.code())));
    }
    let mut others = office.associations.iter().filter(|a| Some(a.id) != within);
    others.find_map(|association| {
        let rank = Rank::ALL
            .iter()
            .find(|rank| association.role(**rank) == Some(role))?;
        Some(text!(
            "association-rank",
            association = domain::text::escape_markdown(&association.name),
            rank = Text::new(format!("word-rank-{}", rank.code())),
        ))
    })
}

/// Checks a role before it gets a meaning.
pub(crate) fn check_role(request: &Request, role: &serenity::all::Role) -> Result<RoleId, Error> {
    let id = RoleId(role.id.get());
    if id.0 == request.office.server.0 {
        return Err(Error::refuse(Text::new("refused-everyone-role")));
    }
    if role.managed {
        return Err(Error::refuse(Text::new("refused-managed-role")));
    }
    Ok(id)
}

/// Checks that a channel has no other use yet.
pub(crate) fn check_channel(
    request: &Request,
    channel: ChannelId,
    wanted: Option<domain::audience::Destination>,
) -> Result<(), Error> {
    match request.office.destination_of(channel) {
        Some(used) if Some(used) != wanted => Err(Error::refuse(text!(
            "refused-channel-in-use",
            place = crate::card::place_word(&request.office, used),
        ))),
        _ => Ok(()),
    }
}
