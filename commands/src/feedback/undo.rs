//! Taking back an edit, a correction, a withdrawal, or that a draft is not sent, within the time of every
//! undo.

use super::{desk, record, send, state::State};
use crate::{
    answer::Answer,
    custom_id::{self, Action},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, button_of, is_late},
    },
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    feedback::Feedback,
    id::{DraftId, FeedbackId, OfficeId, UserId},
};
use serde::{Deserialize, Serialize};
use serenity::all::CreateActionRow;
use storage::Transaction;

const STEP: &str = "feedback-undo";
/// The act in audit and history.
const ACT: &str = "feedback.undo";

/// What waits behind the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Undoing {
    feedback: FeedbackId,
    /// The state before, and after.
    before: State,
    after: State,
    /// When it was done, in microseconds.
    at: i64,
}

/// Keeps what taking it back needs, in the transaction of the change.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    (before, after): (&Feedback, &Feedback),
) -> storage::Result<DraftId> {
    let undoing = Undoing {
        feedback: after.id,
        before: State::of(before),
        after: State::of(after),
        at: now.timestamp_micros(),
    };
    let draft = storage::draft::NewDraft {
        person: who,
        step: STEP,
        body: serde_json::to_value(undoing)?,
        now,
        // Longer than it can be used, so that a late press is told what to do instead.
        expires_at: now + Duration::hours(drafts::DRAFT_HOURS),
    };
    storage::draft::put(tx, office, &draft).await
}

/// The row with the button.
pub(super) fn button(request: &Request, draft: DraftId) -> CreateActionRow {
    button_of(request, Action::Feedback(custom_id::Feedback::Undo(draft)))
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let gone = || Error::refuse(Text::new("refused-undo-gone"));
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(gone()),
        found => found?,
    };
    let before = desk(request, undoing.feedback).await?;
    let number = before.id.0;
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-feedback-undo-late",
            minutes = UNDO_MINUTES,
            number = number
        )));
    }
    // What is drawn anew by itself counts up, and changes nothing of what a person wrote.
    if !undoing.after.is_as(&State::of(&before)) {
        return Err(record::changed(number));
    }
    let after = undoing
        .before
        .brought_back(&before)
        .ok_or(Error::Fault("a kept code is unknown"))?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let done = request
        .record(move |tx| {
            let (before, after) = (before.clone(), after.clone());
            Box::pin(async move {
                let taken = storage::draft::take(tx, office, draft, who, STEP, now).await?;
                if taken.is_none() {
                    return Ok(None);
                }
                let states = (Some(&before), &after);
                record::keep(tx, office, states, ACT, (who, now))
                    .await
                    .map(Some)
            })
        })
        .await
        .map_err(|error| record::meanwhile(error, number))?;
    let stored = done.ok_or_else(gone)?;
    let said = text!("feedback-undone", number = number);
    let reply = send::preview(request, &stored, Some(&said)).await?;
    Ok(Answer::Replace(reply))
}
