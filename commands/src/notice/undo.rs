//! Taking back that notices were written down, or what became of one, within the time of every undo and
//! only while nobody has changed them since.

use super::state::NoticeState;
use crate::{
    answer::{Answer, Reply},
    audit,
    custom_id::{Action, Notice as Press},
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
    id::{DraftId, NoticeId, OfficeId, UserId},
    notice::Notice,
};
use serde::{Deserialize, Serialize};
use serenity::all::CreateActionRow;
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction};

const STEP: &str = "notice-undo";
/// The act in audit and history.
const ACT: &str = "notice.undo";

/// One notice: the revision the change led to, and what it was; nothing when it was new.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Was {
    notice: NoticeId,
    revision: i64,
    before: Option<NoticeState>,
}

impl Was {
    /// A change that was stored.
    pub(super) fn of(before: Option<&Notice>, stored: &Notice) -> Self {
        Self {
            notice: stored.id,
            revision: stored.revision,
            before: before.map(NoticeState::of),
        }
    }
}

/// What waits behind the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Undoing {
    was: Vec<Was>,
    /// When, in microseconds.
    at: i64,
}

/// Keeps what taking it back needs, in the transaction of the change.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    was: Vec<Was>,
) -> storage::Result<DraftId> {
    let undoing = Undoing {
        was,
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
    button_of(request, Action::Notice(Press::Undo(draft)))
}

/// Notes a change of a notice in audit and history.
pub(super) async fn note(
    tx: &mut Transaction,
    office: OfficeId,
    act: &'static str,
    (who, now): (UserId, DateTime<Utc>),
    (before, after): (Option<&Notice>, &Notice),
) -> storage::Result<()> {
    let about = Subject::from(after.id);
    let was = before
        .map(|before| NoticeState::of(before).to_value())
        .transpose()?;
    let is = NoticeState::of(after).to_value()?;
    storage::history::append(tx, office, about, now, who, act, was, is).await
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(gone()),
        found => found?,
    };
    if is_late(request, undoing.at) {
        let late = text!("refused-notice-undo-late", minutes = UNDO_MINUTES);
        return Err(Error::refuse(late));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let (count, was) = (undoing.was.len(), Arc::new(undoing.was));
    let done = request
        .record(move |tx| {
            let was = Arc::clone(&was);
            Box::pin(async move {
                if storage::draft::take(tx, office, draft, who, STEP, now)
                    .await?
                    .is_none()
                {
                    return Ok(false);
                }
                for one in was.iter() {
                    take_back(tx, office, (who, now), one).await?;
                }
                let details = [("notices", was.len().to_string())];
                audit::note(tx, office, None, ACT, who, now, &details).await?;
                Ok(true)
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(
                Conflict::StaleRevision | Conflict::Missing | Conflict::InUse,
            )) => Error::refuse(Text::new("refused-notice-undo-changed")),
            other => other,
        })?;
    if !done {
        return Err(gone());
    }
    let said = text!("notice-undone", count = count);
    Ok(Answer::Replace(Reply::of(&said, request.language)))
}

async fn take_back(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    was: &Was,
) -> storage::Result<()> {
    let found = storage::notice::find(tx, office, was.notice).await?;
    let before = found
        .filter(|found| found.revision == was.revision)
        .ok_or(Conflict::StaleRevision)?;
    if was.before.is_none() {
        // What others were replaced by, or were told of, cannot be as if it had never been.
        let used = !storage::notice::replaced_by(tx, office, was.notice)
            .await?
            .is_empty();
        if used || storage::notice::bulletin::is_told(tx, office, was.notice).await? {
            return Err(Conflict::InUse.into());
        }
    }
    let after = match was.before.clone() {
        Some(state) => state.brought_back(&before),
        None => Notice {
            retracted: true,
            ..before.clone()
        },
    };
    let after = Notice {
        changed_at: now,
        ..after
    };
    let stored = storage::notice::update(tx, office, &after).await?;
    note(tx, office, ACT, (who, now), (Some(&before), &stored)).await
}

fn gone() -> Error {
    Error::refuse(Text::new("refused-notice-undo-gone"))
}
