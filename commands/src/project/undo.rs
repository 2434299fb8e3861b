//! Taking a change of a project back, within the time of every undo and only while nobody has changed it
//! since.

use super::{record, record::Change, state::State};
use crate::{
    answer::{Answer, Reply},
    custom_id::{Action, Project as Press},
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
    id::{DraftId, OfficeId, ProjectId, UserId},
    project::Project,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::Transaction;

const STEP: &str = "project-undo";
/// The act in audit and history.
const ACT: &str = "project.undo";

/// What waits behind the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Undoing {
    project: ProjectId,
    /// The revision the change led to.
    revision: i64,
    /// The state before it; none when it was new.
    before: Option<State>,
    /// When, in microseconds.
    at: i64,
}

/// Keeps what taking it back needs, in the transaction of the change.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    change: &Change,
    stored: &Project,
) -> storage::Result<DraftId> {
    let undoing = Undoing {
        project: stored.id,
        revision: stored.revision,
        before: change.before.as_ref().map(State::of),
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
    let button = CreateButton::new(Action::Project(Press::Undo(draft)).custom_id())
        .label(request.say(&text!("button-undo", minutes = UNDO_MINUTES)))
        .style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button])
}

/// The button was pressed. The draft is its maker's; what they may not know of (any more) they do not
/// take back either.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(gone()),
        found => found?,
    };
    let number = undoing.project.0;
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-project-undo-late",
            minutes = UNDO_MINUTES,
            number = number
        )));
    }
    let now = super::find(request, undoing.project).await?;
    if now.revision != undoing.revision {
        return Err(Error::refuse(text!(
            "refused-project-undo-changed",
            number = number
        )));
    }
    let is_new = undoing.before.is_none();
    let after = match undoing.before {
        Some(before) => before.brought_back(&now),
        None => Project {
            retracted: true,
            ..now.clone()
        },
    };
    let change = Change {
        before: Some(now),
        after,
        act: ACT,
        used: None,
    };
    let (office, who, at) = (
        Arc::clone(&request.office),
        request.person.user,
        request.now,
    );
    let undone = request
        .record(move |tx| {
            let (office, change) = (Arc::clone(&office), change.clone());
            Box::pin(async move {
                let taken = storage::draft::take(tx, office.id, draft, who, STEP, at).await?;
                if taken.is_none() {
                    return Ok(false);
                }
                record::store(tx, &office, &change, (who, at)).await?;
                Ok(true)
            })
        })
        .await
        .map_err(record::changed_meanwhile)?;
    if !undone {
        return Err(gone());
    }
    let key = if is_new {
        "project-undone-add"
    } else {
        "project-undone"
    };
    Ok(Answer::Replace(Reply::of(
        &text!(key, number = number),
        request.language,
    )))
}

fn gone() -> Error {
    Error::refuse(Text::new("refused-project-undo-gone"))
}
