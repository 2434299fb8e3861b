//! Taking a change of a target, a goal, a word or a record back, within the time of every undo and only
//! while nobody has changed it since.

use super::{
    state::{RecordState, TargetState},
    write::{self, By},
};
use crate::{
    answer::{Answer, Reply},
    audit,
    custom_id::{Action, Target as Press},
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
use chrono::Duration;
use domain::{
    era::FiscalYear,
    id::{DraftId, RecordId, TargetId},
    target::{Record, Target, goal::Word, pace::State},
};
use serde::{Deserialize, Serialize};
use serenity::all::CreateActionRow;
use storage::{Conflict, Subject, Transaction};

const STEP: &str = "target-undo";
/// The act in audit and history.
const ACT: &str = "target.undo";

/// What was changed, and what it was.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub(super) enum Was {
    /// A record; `None` when it was new.
    Record {
        record: RecordId,
        revision: i64,
        before: Option<RecordState>,
    },
    /// A target; `None` when it was new.
    Target {
        target: TargetId,
        revision: i64,
        before: Option<TargetState>,
    },
    /// A version of a goal was added.
    Goal {
        target: TargetId,
        year: FiscalYear,
        version: i64,
    },
    /// A word was said, after another or none.
    Word {
        target: TargetId,
        year: FiscalYear,
        turn: i64,
        before: Option<String>,
    },
}

/// What waits behind the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Undoing {
    was: Was,
    /// When, in microseconds.
    at: i64,
}

/// Keeps what taking it back needs, in the transaction of the change.
pub(super) async fn keep(
    tx: &mut Transaction,
    (office, who, now): By,
    was: Was,
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
    button_of(request, Action::Target(Press::Undo(draft)))
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(gone()),
        found => found?,
    };
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-target-undo-late",
            minutes = UNDO_MINUTES
        )));
    }
    let by = (request.office_id(), request.person.user, request.now);
    let (was, today) = (undoing.was, request.today());
    let said = Text::new(match &was {
        Was::Record { before: None, .. } => "target-undone-record",
        Was::Target { before: None, .. } => "target-undone-add",
        _ => "target-undone",
    });
    let done = request
        .record(move |tx| {
            let was = was.clone();
            Box::pin(async move {
                let (office, who, now) = by;
                let taken = storage::draft::take(tx, office, draft, who, STEP, now).await?;
                if taken.is_none() {
                    return Ok(false);
                }
                take_back(tx, by, was, today).await?;
                Ok(true)
            })
        })
        .await
        .map_err(changed)?;
    if !done {
        return Err(gone());
    }
    Ok(Answer::Replace(Reply::of(&said, request.language)))
}

async fn take_back(
    tx: &mut Transaction,
    by: By,
    was: Was,
    today: chrono::NaiveDate,
) -> storage::Result<()> {
    let (office, who, now) = by;
    match was {
        Was::Record {
            record,
            revision,
            before,
        } => {
            let found = storage::target::record::find(tx, office, record).await?;
            let found = found.ok_or(Conflict::Missing)?;
            let mut after = match before {
                Some(before) => before.brought_back(&found),
                None => Record {
                    withdrawn: true,
                    ..found.clone()
                },
            };
            after.revision = revision;
            write::entry(tx, by, (Some(&found), &after), ACT, &[])
                .await
                .map(drop)
        }
        Was::Target {
            target,
            revision,
            before,
        } => {
            let found = storage::target::find(tx, office, target).await?;
            let found = found.ok_or(Conflict::Missing)?;
            let mut after = match before {
                Some(before) => before.brought_back(&found),
                None => Target {
                    withdrawn: true,
                    ..found.clone()
                },
            };
            after.revision = revision;
            write::target(tx, by, (Some(&found), &after), ACT)
                .await
                .map(drop)
        }
        Was::Goal {
            target,
            year,
            version,
        } => {
            storage::target::goal::retract(tx, office, (target, year, version), true).await?;
            let about = Subject::from(target);
            let details = [("year", year.western().to_string())];
            audit::note(tx, office, Some(about), ACT, who, now, &details).await
        }
        Was::Word {
            target,
            year,
            turn,
            before,
        } => {
            let word = Word {
                target,
                year,
                turn: turn + 1,
                day: today,
                state: before.as_deref().and_then(State::from_code),
                said_by: who,
                said_at: now,
            };
            write::word(tx, by, &word, ACT).await
        }
    }
}

fn changed(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(
            Conflict::StaleRevision | Conflict::Missing | Conflict::NumberTaken,
        )) => Error::refuse(Text::new("refused-target-undo-changed")),
        other => other,
    }
}

fn gone() -> Error {
    Error::refuse(Text::new("refused-target-undo-gone"))
}
