//! Recording a change of a feedback: one transaction with audit, history and what the association's
//! channel is to show.

use super::state::State;
use crate::{audit, error::Error, request::Request, text};
use chrono::{DateTime, Utc};
use domain::{
    feedback::{Feedback, State as Stage},
    id::{DraftId, OfficeId, UserId},
};
use storage::{Conflict, Subject, Transaction};

/// Stores a feedback, new (`before` is `None`) or changed, with audit and history. What stands in the
/// association's channel, or is to, is wanted there.
///
/// # Errors
/// Storage failed, or somebody was faster.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (before, after): (Option<&Feedback>, &Feedback),
    act: &'static str,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Feedback> {
    let after = Feedback {
        changed_at: now,
        ..after.clone()
    };
    let stored = match before {
        None => storage::feedback::insert(tx, office, &after).await?,
        Some(_) => storage::feedback::update(tx, office, &after).await?,
    };
    let about = Subject::from(stored.id);
    let details = [
        ("association", stored.association.to_string()),
        ("state", stored.state.code().to_owned()),
    ];
    audit::note(tx, office, Some(about), act, who, now, &details).await?;
    let was = before.map(|before| State::of(before).to_value());
    let is = State::of(&stored).to_value();
    storage::history::append(tx, office, about, now, who, act, was, is).await?;
    let stood = before.is_some_and(|before| before.state == Stage::Sent);
    if stored.state == Stage::Sent || stood {
        storage::feedback::want(tx, office, &stored, now).await?;
    }
    Ok(stored)
}

/// Records a change a person made, with what taking it back needs (`undo`).
pub(super) async fn record(
    request: &Request,
    (before, after): (&Feedback, Feedback),
    act: &'static str,
    undo: bool,
) -> Result<(Feedback, Option<DraftId>), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let before = before.clone();
    let number = before.id.0;
    request
        .record(move |tx| {
            let (before, after) = (before.clone(), after.clone());
            Box::pin(async move {
                let states = (Some(&before), &after);
                let stored = keep(tx, office, states, act, (who, now)).await?;
                let draft = if undo {
                    let kept = super::undo::keep(tx, office, (who, now), (&before, &stored));
                    Some(kept.await?)
                } else {
                    None
                };
                Ok((stored, draft))
            })
        })
        .await
        .map_err(|error| meanwhile(error, number))
}

/// Somebody else was faster.
pub(super) fn meanwhile(error: Error, number: i64) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => changed(number),
        Error::Storage(storage::Error::Conflict(Conflict::InUse)) => {
            Error::refuse(text!("refused-feedback-second", number = number))
        }
        other => other,
    }
}

/// The refusal for what somebody else has changed since it was looked at.
pub(super) fn changed(number: i64) -> Error {
    Error::refuse(text!("refused-feedback-changed", number = number))
}
