//! Taking the making or the stopping of a memo back, within the time of every undo.

use super::{find, stop};
use crate::{
    answer::{Answer, Reply},
    custom_id::{self, Action},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, button_of, is_late},
    },
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use domain::{
    id::{DraftId, MemoId, OfficeId, UserId},
    memo::{Memo, State},
    occurrence::Moment,
};
use serde::{Deserialize, Serialize};
use serenity::all::CreateActionRow;
use std::sync::Arc;
use storage::Transaction;

const STEP: &str = "memo-undo";
/// The act in audit and history.
const ACT: &str = "memo.undo";

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Done {
    /// It was made.
    Added,
    /// It was stopped.
    Stopped,
}

/// What waits behind the button.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Undoing {
    memo: MemoId,
    /// The revision the change led to.
    revision: i64,
    done: Done,
    /// When it was to be said before it was stopped.
    next: Option<(NaiveDate, NaiveTime)>,
    /// When it was done, in microseconds.
    at: i64,
}

/// Keeps what taking it back needs, in the transaction of the change. `memo` is as it was stored, with
/// the time it was to be said.
pub(crate) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    memo: &Memo,
    done: Done,
) -> storage::Result<DraftId> {
    let undoing = Undoing {
        memo: memo.id,
        revision: memo.revision,
        done,
        next: memo.next.map(|Moment { date, time }| (date, time)),
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
pub(crate) fn button(request: &Request, draft: DraftId) -> CreateActionRow {
    button_of(request, Action::Memo(custom_id::Memo::Undo(draft)))
}

/// The button was pressed.
pub(crate) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(Error::refuse(Text::new("refused-memo-undo-gone"))),
        found => found?,
    };
    let memo = find(request, undoing.memo).await?;
    let number = memo.id.0;
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-memo-undo-late",
            minutes = UNDO_MINUTES,
            number = number
        )));
    }
    if memo.revision != undoing.revision {
        return Err(Error::refuse(text!(
            "refused-memo-undo-changed",
            number = number
        )));
    }
    let after = after(request, &memo, undoing)?;
    let (who, now) = (request.person.user, request.now);
    let office = Arc::clone(&request.office);
    let done = request
        .record(move |tx| {
            let (office, memo, after) = (Arc::clone(&office), memo.clone(), after.clone());
            Box::pin(async move {
                let taken = storage::draft::take(tx, office.id, draft, who, STEP, now).await?;
                if taken.is_none() {
                    return Ok(None);
                }
                stop::write(tx, &office, &memo, &after, ACT, (who, now))
                    .await
                    .map(Some)
            })
        })
        .await
        .map_err(stop::meanwhile)?;
    let stored = done.ok_or_else(|| Error::refuse(Text::new("refused-memo-undo-gone")))?;
    let text = match stored.next {
        None => text!("memo-undone-added", number = number),
        Some(next) => text!(
            "memo-undone-stopped",
            number = number,
            next = super::when::moment(next, request.language)
        ),
    };
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}

/// The memo as it will be.
fn after(request: &Request, memo: &Memo, undoing: Undoing) -> Result<Memo, Error> {
    let (now, zone) = (request.now, request.office.settings.time_zone);
    let once = undoing.next.map(|(date, time)| Moment { date, time });
    match undoing.done {
        Done::Added => Ok(memo.ended(State::Stopped, now)),
        Done::Stopped => memo
            .resumed(once, now, zone, request.office.calendar())
            .ok_or_else(|| Error::refuse(text!("refused-memo-undo-passed", number = memo.id.0))),
    }
}
