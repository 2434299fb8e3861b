//! `/office role` 役割: which role of the server makes somebody coordinator, adviser, observer.

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
use serenity::all::Role;

/// `/office role` 役割
#[poise::command(slash_command)]
pub(crate) async fn role(
    ctx: Context<'_>,
    #[rename = "use"] capacity: CapacityChoice,
    role: Role,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::set_up(&request)?;
        let capacity = capacity.0;
        let role = check_role(&request, &role)?;
        if request
            .office
            .roles
            .iter()
            .any(|(mapped, b)| *mapped == capacity && b.fixed)
        {
            return Err(fixed());
        }
        let word = Text::new(format!("word-capacity-{}", capacity.code()));
        if request.office.role(capacity) != Some(role)
            && let Some(used) = role_in_use(&request.office, role, None)
        {
            return Err(Error::refuse(text!("refused-role-in-use", used = used)));
        }
        let (office, who, now) = (request.office_id(), request.person.user, request.now);
        request
            .record(move |tx| {
                Box::pin(async move {
                    storage::office::set_role(tx, office, capacity, Some(role), false).await?;
                    let details = [
                        ("use", capacity.code().to_owned()),
                        ("role", role.to_string()),
                    ];
                    note(tx, office, None, "office.role", who, now, &details).await
                })
            })
            .await
            .map_err(taken_meanwhile)?;
        let text = text!("role-set", capacity = word, role = format!("<@&{role}>"));
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
