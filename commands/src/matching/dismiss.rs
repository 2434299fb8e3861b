//! `/match dismiss` 見送り: a pair does not come back while both say what they said; the reason is remembered.

use super::{met, number, undo};
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    audit::note,
    custom_id::{Action, Matching as Press},
    dispatch::{Fields, May, answer},
    error::Error,
    issue::privacy,
    option::clean,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::MatchingId,
    matching::{Decision, REASON_UNITS_MAX, State},
};
use storage::Subject;

const REASON: &str = "reason";

/// `/match dismiss` 見送り
#[poise::command(slash_command)]
pub(crate) async fn dismiss(
    ctx: Context<'_>,
    #[rename = "number"] written: String,
    reason: String,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        record(&request, number(&written)?, &reason).await
    })
    .await
}

/// The button was pressed: the form for the reason opens.
pub(super) async fn ask(request: &Request, id: MatchingId) -> Result<Answer, Error> {
    check(met(request, id).await?.matching.state, id)?;
    let units_max = u16::try_from(REASON_UNITS_MAX).unwrap_or(u16::MAX);
    Ok(Answer::Ask(Form {
        custom_id: Action::Matching(Press::Dismissed(id)).custom_id(),
        title: request.say(&text!("form-match-dismiss-title", number = id.0)),
        fields: vec![Field {
            id: REASON,
            label: request.say(&Text::new("form-match-reason")),
            placeholder: request.say(&Text::new("form-match-reason-hint")),
            value: None,
            required: true,
            long: true,
            characters_max: units_max,
        }],
    }))
}

/// The form was sent.
pub(super) async fn sent(
    request: &Request,
    id: MatchingId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let reason = fields.get(REASON).map(String::as_str).unwrap_or_default();
    record(request, id, reason).await
}

async fn record(request: &Request, id: MatchingId, reason: &str) -> Result<Answer, Error> {
    let found = met(request, id).await?;
    check(found.matching.state, id)?;
    let reason = clean(reason, REASON_UNITS_MAX, "what-reason")?;
    privacy::refuse_personal_data(&reason)?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let offer = undo::offer(request, id)?;
    let draft = request
        .record(move |tx| {
            let (reason, offer) = (reason.clone(), offer.clone());
            Box::pin(async move {
                let decision = Decision::Dismiss(reason);
                if !storage::matching::decide(tx, office, id, &decision, who, now).await? {
                    return Ok(None);
                }
                let about = Some(Subject::from(id));
                note(tx, office, about, "match.dismiss", who, now, &[]).await?;
                storage::draft::put(tx, office, &offer).await.map(Some)
            })
        })
        .await?
        .ok_or_else(|| decided_meanwhile(id))?;
    let text = text!("match-dismissed", number = id.0);
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(reply.row(undo::button(request, draft))))
}

/// Whether a pair still waits for a decision.
fn check(state: State, id: MatchingId) -> Result<(), Error> {
    match state {
        State::Proposed => Ok(()),
        State::Accepted => Err(Error::refuse(text!(
            "refused-match-accepted",
            number = id.0
        ))),
        State::Dismissed => Err(Error::refuse(text!(
            "refused-match-dismissed",
            number = id.0
        ))),
    }
}

/// The refusal of who was a moment later than another coordinator.
pub(super) fn decided_meanwhile(id: MatchingId) -> Error {
    Error::refuse(text!("refused-match-decided", number = id.0))
}
