//! `/office association` 職能団体: made or changed by its name; with the name alone it is shown.

use super::{
    check_channel, check_role, fixed, following, profession::name_of, role_in_use, taken_meanwhile,
};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    card::frame::Frame,
    dispatch::{May, answer},
    error::Error,
    option::{NAMES_UNITS_MAX, TalkChoice, clean, listed},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    id::{AssociationId, ChannelId, ProfessionId, RoleId},
    office::{Association, Talk},
    person::Rank,
    setting::names as names_of,
};
use serenity::all::{PartialChannel, Role};

/// Most associations of an office.
const ASSOCIATIONS_MAX: usize = 60;
/// Most service scopes of an association.
const SCOPES_MAX: usize = 20;
/// Longest service scope, in UTF-16 units.
const SCOPE_UNITS_MAX: usize = 40;

/// What was given besides the name.
struct Given {
    professions: Option<String>,
    scopes: Option<String>,
    channel: Option<PartialChannel>,
    feedback: Option<PartialChannel>,
    roles: [(Rank, Option<Role>); 3],
    talk: Option<Talk>,
    rename: Option<String>,
}

/// `/office association` 職能団体
#[poise::command(slash_command)]
#[expect(
    clippy::too_many_arguments,
    reason = "one argument per option of the command"
)]
pub(crate) async fn association(
    ctx: Context<'_>,
    #[autocomplete = "crate::issue::suggest::associations"] name: String,
    #[autocomplete = "crate::issue::suggest::about"] professions: Option<String>,
    scopes: Option<String>,
    #[channel_types("Text", "Forum")] channel: Option<PartialChannel>,
    #[channel_types("Text", "Forum")] feedback: Option<PartialChannel>,
    members: Option<Role>,
    officers: Option<Role>,
    contacts: Option<Role>,
    circle: Option<TalkChoice>,
    rename: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::set_up(&request)?;
        let given = Given {
            professions,
            scopes,
            channel,
            feedback,
            roles: [
                (Rank::Officer, officers),
                (Rank::Contact, contacts),
                (Rank::Member, members),
            ],
            talk: circle.map(|circle| circle.0),
            rename,
        };
        put(&request, &name, given).await
    })
    .await
}

async fn put(request: &Request, name: &str, given: Given) -> Result<Answer, Error> {
    let name = name_of(name)?;
    let existing = request.office.association_named(&name);
    if existing.is_none() && given.rename.is_some() {
        return Err(Error::refuse(Text::new("refused-unknown-association")));
    }
    let before = existing.cloned().unwrap_or_else(|| fresh(name));
    let mut after = before.clone();
    apply(request, &mut after, given)?;
    if existing.is_some() && after == before {
        return Ok(Answer::Say(
            Reply::default().embed(shown(request, &before).draw()),
        ));
    }
    if before.fixed {
        return Err(fixed());
    }
    if existing.is_none() && request.office.associations.len() >= ASSOCIATIONS_MAX {
        return Err(Error::refuse(text!(
            "refused-too-many",
            limit = ASSOCIATIONS_MAX
        )));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let stored = after.clone();
    let reads_anew = before.talk != after.talk;
    request
        .record(move |tx| {
            let stored = stored.clone();
            Box::pin(async move {
                let id = storage::association::put(tx, office, &stored).await?;
                for destination in [Destination::Tier1(id), Destination::Feedback(id)] {
                    storage::outbox::release_refused(tx, office, destination).await?;
                }
                if reads_anew {
                    storage::feedback::touch_all(tx, office, now).await?;
                }
                let details = [("association", id.to_string())];
                note(tx, office, None, "office.association", who, now, &details).await
            })
        })
        .await
        .map_err(taken)?;
    let key = if existing.is_some() {
        "association-changed"
    } else {
        "association-made"
    };
    let text = text!(
        key,
        association = domain::text::escape_markdown(&after.name)
    );
    let reply = Reply::of(&text, request.language).embed(shown(request, &after).draw());
    following(request, reply).await
}

fn fresh(name: String) -> Association {
    Association {
        id: AssociationId(0),
        name,
        professions: Vec::new(),
        scopes: Vec::new(),
        channel: None,
        feedback: None,
        officers: None,
        contacts: None,
        members: None,
        talk: Talk::default(),
        fixed: false,
    }
}

fn apply(request: &Request, association: &mut Association, given: Given) -> Result<(), Error> {
    if let Some(name) = given.rename {
        association.name = name_of(&name)?;
    }
    if let Some(names) = given.professions {
        association.professions = professions(request, &names)?;
    }
    if let Some(scopes) = given.scopes {
        association.scopes = names_of(&scopes)
            .map(|scope| clean(scope, SCOPE_UNITS_MAX, "what-scope"))
            .collect::<Result<_, _>>()?;
        if association.scopes.len() > SCOPES_MAX {
            return Err(Error::refuse(text!("refused-too-many", limit = SCOPES_MAX)));
        }
    }
    let exists = association.id.0 != 0;
    if let Some(channel) = given.channel {
        let channel = ChannelId(channel.id.get());
        // The association's feedback may share its channel, whichever was chosen first.
        if association.feedback != Some(channel) {
            check_channel(
                request,
                channel,
                exists.then_some(Destination::Tier1(association.id)),
            )?;
        }
        association.channel = Some(channel);
    }
    if let Some(feedback) = given.feedback {
        let feedback = ChannelId(feedback.id.get());
        let same = association.channel == Some(feedback);
        if !same {
            check_channel(
                request,
                feedback,
                exists.then_some(Destination::Feedback(association.id)),
            )?;
        }
        association.feedback = Some(feedback);
    }
    for (rank, role) in given.roles {
        if let Some(role) = role {
            set_role(request, association, rank, check_role(request, &role)?)?;
        }
    }
    check_ranks_differ(association)?;
    if let Some(talk) = given.talk {
        association.talk = talk;
    }
    Ok(())
}

fn set_role(
    request: &Request,
    association: &mut Association,
    rank: Rank,
    role: RoleId,
) -> Result<(), Error> {
    if let Some(used) = role_in_use(&request.office, role, Some(association.id)) {
        return Err(Error::refuse(text!("refused-role-in-use", used = used)));
    }
    match rank {
        Rank::Officer => association.officers = Some(role),
        Rank::Contact => association.contacts = Some(role),
        Rank::Member => association.members = Some(role),
    }
    Ok(())
}

/// Asked when all ranks have their roles, so that two of them can be swapped at once.
fn check_ranks_differ(association: &Association) -> Result<(), Error> {
    let roles: Vec<RoleId> = Rank::ALL
        .iter()
        .filter_map(|rank| association.role(*rank))
        .collect();
    let distinct: std::collections::BTreeSet<&RoleId> = roles.iter().collect();
    if distinct.len() < roles.len() {
        return Err(Error::refuse(Text::new("refused-role-twice")));
    }
    Ok(())
}

fn professions(request: &Request, names: &str) -> Result<Vec<ProfessionId>, Error> {
    let mut ids = Vec::new();
    for name in names_of(names) {
        let profession = request.office.profession_named(name).ok_or_else(|| {
            let known = request.office.professions.iter().map(|p| p.name.as_str());
            Error::refuse(text!(
                "refused-unknown-profession-of",
                written = domain::text::escape_markdown(&domain::text::one_line(name, 40)),
                names = listed(request, known, NAMES_UNITS_MAX),
            ))
        })?;
        if !ids.contains(&profession.id) {
            ids.push(profession.id);
        }
    }
    Ok(ids)
}

fn taken(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::NameTaken)) => {
            Error::refuse(Text::new("refused-name-taken"))
        }
        other => taken_meanwhile(other),
    }
}

fn shown(request: &Request, association: &Association) -> Frame {
    let say = |key: &str| request.say(&Text::new(key));
    let unset = say("association-unset");
    let channel = |id: Option<ChannelId>| id.map_or(unset.clone(), |id| format!("<#{id}>"));
    let role = |id: Option<RoleId>| id.map_or(unset.clone(), |id| format!("<@&{id}>"));
    let names = association
        .professions
        .iter()
        .filter_map(|id| request.office.profession(*id))
        .map(|profession| profession.name.as_str());
    let or_unset = |list: String| if list.is_empty() { unset.clone() } else { list };
    Frame::titled(domain::text::escape_markdown(&association.name))
        .field(
            say("association-professions"),
            or_unset(listed(request, names, NAMES_UNITS_MAX)),
            false,
        )
        .field(
            say("association-scopes"),
            or_unset(listed(
                request,
                association.scopes.iter().map(String::as_str),
                NAMES_UNITS_MAX,
            )),
            false,
        )
        .field(
            say("association-channel"),
            channel(association.channel),
            true,
        )
        .field(
            say("association-feedback"),
            channel(association.feedback),
            true,
        )
        .field(
            say("association-talk"),
            say(&format!("word-talk-{}", association.talk.code())),
            true,
        )
        .field(say("word-rank-officers"), role(association.officers), true)
        .field(say("word-rank-contacts"), role(association.contacts), true)
        .field(say("word-rank-members"), role(association.members), true)
}
