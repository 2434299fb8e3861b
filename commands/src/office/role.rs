//! `/office role` 役割: which role of the server makes somebody coordinator, adviser, observer.
//! Without a role the use is taken back.

use super::{check, check_role, fixed, role_in_use, taken_meanwhile};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    dispatch::{May, answer},
    error::Error,
    option::CapacityChoice,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{id::RoleId, office::Capacity};
use serenity::all::Role;

/// `/office role` 役割
#[poise::command(slash_command)]
pub(crate) async fn role(
    ctx: Context<'_>,
    #[rename = "use"] capacity: CapacityChoice,
    role: Option<Role>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::set_up(&request)?;
        let capacity = capacity.0;
        let mut mapped = request.office.roles.iter();
        if mapped.any(|(mapped, binding)| *mapped == capacity && binding.fixed) {
            return Err(fixed());
        }
        let text = match role {
            Some(role) => map(&request, capacity, check_role(&request, &role)?).await?,
            None => unmap(&request, capacity).await?,
        };
        let reply = Reply::of(&text, request.language);
        Ok(Answer::Say(
            match check::hint(&request, |_, _| true).await {
                Some(hint) => reply.line(&hint),
                None => reply,
            },
        ))
    })
    .await
}

fn word(capacity: Capacity) -> Text {
    Text::new(format!("word-capacity-{}", capacity.code()))
}

async fn map(request: &Request, capacity: Capacity, role: RoleId) -> Result<Text, Error> {
    if request.office.role(capacity) != Some(role)
        && let Some(used) = role_in_use(&request.office, role, None)
    {
        return Err(Error::refuse(text!("refused-role-in-use", used = used)));
    }
    set(request, capacity, Some(role)).await?;
    Ok(text!(
        "role-set",
        capacity = word(capacity),
        role = format!("<@&{role}>")
    ))
}

async fn unmap(request: &Request, capacity: Capacity) -> Result<Text, Error> {
    let capacity_word = word(capacity);
    if request.office.role(capacity).is_none() {
        return Err(Error::refuse(text!(
            "refused-role-unset",
            capacity = capacity_word
        )));
    }
    set(request, capacity, None).await?;
    let then = Text::new(format!("role-unset-{}", capacity.code()));
    Ok(text!("role-unset", capacity = capacity_word, then = then))
}

async fn set(request: &Request, capacity: Capacity, role: Option<RoleId>) -> Result<(), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .record(move |tx| {
            Box::pin(async move {
                storage::office::set_role(tx, office, capacity, role, false).await?;
                let details = [
                    ("use", capacity.code().to_owned()),
                    (
                        "role",
                        role.map_or("none".to_owned(), |role| role.to_string()),
                    ),
                ];
                note(tx, office, None, "office.role", who, now, &details).await
            })
        })
        .await
        .map_err(taken_meanwhile)
}
