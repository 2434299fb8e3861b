//! A catalogue taken back in one step: what it brought is taken out, what it changed is as it was, as long as
//! nobody has changed anything of it since.

use super::store::{details, remember};
use crate::{
    answer::{Answer, Reply},
    audit,
    custom_id::{Action, Fund as Press},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, is_late},
    },
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    fund::difference::Change,
    id::{DraftId, OfficeId, UserId},
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::{Conflict, Transaction, fund::Applied};

const STEP: &str = "fund-import-undo";
/// The act in audit and history.
const ACT: &str = "fund.import-undo";

/// What waits behind the button.
#[derive(Clone, Serialize, Deserialize)]
struct Undoing {
    applied: Applied,
    /// When, in microseconds.
    at: i64,
}

/// Keeps what taking it back needs, in the transaction that stores it.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    applied: &Applied,
) -> storage::Result<DraftId> {
    let undoing = Undoing {
        applied: applied.clone(),
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
    storage::draft::put_large(tx, office, &draft).await
}

/// The row with the button.
pub(super) fn button(request: &Request, draft: DraftId) -> CreateActionRow {
    let button = CreateButton::new(Action::Fund(Press::ImportUndo(draft)).custom_id())
        .label(request.say(&text!("button-plan-undo", minutes = UNDO_MINUTES)))
        .style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button])
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(gone()),
        found => found?,
    };
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-fund-undo-late",
            minutes = UNDO_MINUTES
        )));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let undoing = Arc::new(undoing);
    let undone = request
        .record(move |tx| {
            let undoing = Arc::clone(&undoing);
            Box::pin(async move {
                if storage::draft::take(tx, office, draft, who, STEP, now)
                    .await?
                    .is_none()
                {
                    return Ok(false);
                }
                for id in &undoing.applied.new {
                    // What a project was paid from in the meantime is not taken away under it.
                    if !storage::fund::uses_of(tx, office, *id).await?.is_empty() {
                        return Err(Conflict::StaleRevision.into());
                    }
                }
                let mut left = Applied::default();
                for change in &undoing.applied.changed {
                    let found = storage::fund::find(tx, office, change.fund).await?;
                    let found = found.ok_or(Conflict::StaleRevision)?;
                    left.changed.push(Change {
                        fund: found.id,
                        revision: found.revision,
                        position: found.position,
                        entry: found.entry,
                        withdrawn: found.withdrawn,
                    });
                }
                storage::fund::take_back(tx, office, &undoing.applied, now).await?;
                remember(tx, office, (who, now), &left, ACT).await?;
                let details = details(&undoing.applied);
                audit::note(tx, office, None, ACT, who, now, &details).await?;
                Ok(true)
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => {
                Error::refuse(Text::new("refused-fund-import-undo-changed"))
            }
            other => other,
        })?;
    if !undone {
        return Err(gone());
    }
    let reply = Reply::of(&Text::new("fund-import-undone"), request.language);
    Ok(Answer::Replace(reply))
}

fn gone() -> Error {
    Error::refuse(Text::new("refused-fund-undo-gone"))
}
