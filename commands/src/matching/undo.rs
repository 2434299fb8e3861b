//! *元に戻す* for decisions about pairs: an accepted one loses its drafted session, a dismissed one comes back.
//!
//! What it needs waits in a draft of whoever decided, for as long as any undo.

use crate::{
    answer::{Answer, Reply},
    audit::note,
    custom_id::{Action, Matching as Press},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, button_of, is_late},
    },
    permission,
    request::Request,
    session::state::State,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{DraftId, MatchingId, OfficeId, SessionId, UserId},
    matching::Decision,
    session::{Session, State as Stage},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serenity::all::CreateActionRow;
use storage::{Subject, Transaction, draft::NewDraft};

const STEP: &str = "match-undo";

/// What waits behind the button.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Undoing {
    matching: i64,
    /// The session that was drafted, with the revision it had then.
    session: Option<(i64, i64)>,
    /// When, in microseconds.
    at: i64,
}

/// What taking a decision about a pair back needs, to be kept in the transaction of the decision.
pub(super) fn offer(request: &Request, matching: MatchingId) -> Result<NewDraft<'static>, Error> {
    let undoing = Undoing {
        matching: matching.0,
        session: None,
        at: request.now.timestamp_micros(),
    };
    drafts::new(request, STEP, &undoing)
}

/// The same, with the session that was drafted, whose number is known in the transaction only.
pub(super) fn with_session(
    mut offer: NewDraft<'static>,
    session: SessionId,
    revision: i64,
) -> NewDraft<'static> {
    offer.body["session"] = json!([session.0, revision]);
    offer
}

/// The row with the button.
pub(super) fn button(request: &Request, draft: DraftId) -> CreateActionRow {
    button_of(request, Action::Matching(Press::Undo(draft)))
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(Error::refuse(Text::new("refused-undo-gone"))),
        found => found?,
    };
    let number = undoing.matching;
    if is_late(request, undoing.at) {
        let instead = text!("match-undo-late", number = number).say(request.language);
        return Err(Error::refuse(text!(
            "refused-undo-late",
            minutes = UNDO_MINUTES,
            instead = instead
        )));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let done = request
        .record(move |tx| {
            Box::pin(async move {
                let taken = storage::draft::take(tx, office, draft, who, STEP, now).await?;
                if taken.is_none() {
                    return Ok(false);
                }
                reopen(tx, office, undoing, (who, now)).await
            })
        })
        .await?;
    if !done {
        return Err(Error::refuse(text!(
            "refused-match-undo-changed",
            number = number
        )));
    }
    let text = text!("match-undone", number = number);
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}

/// Reopens the pair and takes its drafted session back; `false` when either has moved on.
async fn reopen(
    tx: &mut Transaction,
    office: OfficeId,
    undoing: Undoing,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<bool> {
    let id = MatchingId(undoing.matching);
    if let Some((session, revision)) = undoing.session {
        let found = storage::session::find(tx, office, SessionId(session)).await?;
        let Some(before) =
            found.filter(|found| found.revision == revision && found.state == Stage::Draft)
        else {
            return Ok(false);
        };
        let after = Session {
            retracted: true,
            changed_at: now,
            ..before.clone()
        };
        let stored = storage::session::update(tx, office, &after).await?;
        let (was, is) = (State::of(&before).to_value(), State::of(&stored).to_value());
        let about = Subject::from(stored.id);
        let act = "match.undo";
        storage::history::append(tx, office, about, now, who, act, Some(was), is).await?;
    }
    if !storage::matching::decide(tx, office, id, &Decision::Reopen, who, now).await? {
        return Ok(false);
    }
    note(
        tx,
        office,
        Some(Subject::from(id)),
        "match.undo",
        who,
        now,
        &[],
    )
    .await?;
    Ok(true)
}
