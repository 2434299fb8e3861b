//! Drafts of the commands: what was chosen so far waits here while a form is open or a list is read.
//!
//! A draft holds codes, ids and masked words; it is found only by the person and the step it is for,
//! and used up in the transaction of the change it leads to.

use crate::{error::Error, request::Request, text::Text};
use chrono::Duration;
use domain::id::DraftId;
use serde::{Deserialize, Serialize};
use storage::draft::NewDraft;

/// How long a draft waits for its next step.
pub(crate) const DRAFT_HOURS: i64 = 24;

/// A draft that a change uses up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Used {
    /// The draft.
    pub(crate) id: DraftId,
    /// The code of its step.
    pub(crate) step: &'static str,
}

/// Keeps a draft for the next step of the person.
pub(crate) async fn put<T: Serialize>(
    request: &Request,
    step: &'static str,
    body: &T,
) -> Result<DraftId, Error> {
    let draft = new(request, step, body)?;
    let office = request.office_id();
    // Not claimed by the interaction: a draft is no change of a record, and the step that follows is.
    let draft = request
        .app
        .store
        .write(move |tx| {
            let draft = draft.clone();
            Box::pin(async move { storage::draft::put(tx, office, &draft).await })
        })
        .await?;
    Ok(draft)
}

/// A draft for the next step of the person, to be kept in a transaction of the caller.
pub(crate) fn new<T: Serialize>(
    request: &Request,
    step: &'static str,
    body: &T,
) -> Result<NewDraft<'static>, Error> {
    let body = serde_json::to_value(body).map_err(|_| Error::Fault("a draft cannot be written"))?;
    Ok(NewDraft {
        person: request.person.user,
        step,
        body,
        now: request.now,
        expires_at: request.now + Duration::hours(DRAFT_HOURS),
    })
}

/// Finds a draft of the person; refused when it is gone, another's, or of another step.
pub(crate) async fn find<T: for<'de> Deserialize<'de>>(
    request: &Request,
    draft: DraftId,
    step: &'static str,
) -> Result<T, Error> {
    let (office, person, now) = (request.office_id(), request.person.user, request.now);
    let body = request
        .app
        .store
        .read(move |connection| {
            Box::pin(storage::draft::find(
                connection, office, draft, person, step, now,
            ))
        })
        .await?;
    body.and_then(|body| serde_json::from_value(body).ok())
        .ok_or_else(gone)
}

/// The refusal for a draft that is gone, or was used by another delivery of the same form.
pub(crate) fn gone() -> Error {
    Error::refuse(Text::new("refused-draft-gone"))
}
