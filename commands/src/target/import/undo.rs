//! A plan table taken back in one step: what it brought is withdrawn, what it changed is as it was, as long
//! as nobody has changed anything of it since.

use super::{history, seen::Seen, store::details};
use crate::{
    answer::{Answer, Reply},
    audit,
    custom_id::{Action, Plan},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, is_late},
    },
    request::Request,
    target::state::{RecordState, TargetState},
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{DraftId, OfficeId, RecordId, TargetId, UserId},
    target::{Record, Target},
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::{Conflict, Transaction, target::Applied};

const STEP: &str = "target-import-undo";
/// The act in audit and history.
const ACT: &str = "target.import-undo";

/// What waits behind the button.
#[derive(Clone, Serialize, Deserialize)]
struct Undoing {
    applied: Applied,
    items: Vec<Item>,
    records: Vec<Line>,
    /// When, in microseconds.
    at: i64,
}

/// A kept target as it was.
#[derive(Clone, Serialize, Deserialize)]
struct Item {
    target: TargetId,
    /// The revision the table led to.
    revision: i64,
    before: TargetState,
}

/// A kept record as it was.
#[derive(Clone, Serialize, Deserialize)]
struct Line {
    record: RecordId,
    /// The revision the table led to.
    revision: i64,
    before: RecordState,
}

impl Undoing {
    fn of(seen: &Seen, applied: &Applied, now: DateTime<Utc>) -> Self {
        let items = changed_targets(seen, applied).map(|(before, _)| Item {
            target: before.id,
            revision: before.revision + 1,
            before: TargetState::of(before),
        });
        let records = changed_records(seen, applied).map(|(before, _)| Line {
            record: before.id,
            revision: before.revision + 1,
            before: RecordState::of(before),
        });
        Self {
            applied: applied.clone(),
            items: items.collect(),
            records: records.collect(),
            at: now.timestamp_micros(),
        }
    }
}

/// Kept targets that the table changes: as they were, and as they are to be.
fn changed_targets<'s>(
    seen: &'s Seen,
    applied: &'s Applied,
) -> impl Iterator<Item = (&'s Target, Target)> {
    applied.changed_targets.iter().filter_map(|id| {
        let before = seen.kept.targets.iter().find(|it| it.id == *id)?;
        let mut items = seen.compared.difference.items.iter();
        let change = items.find(|it| it.target == *id)?;
        let after = Target {
            item: change.item.clone(),
            position: change.position,
            ..before.clone()
        };
        Some((before, after))
    })
}

/// Kept records that the table corrects: as they were, and as they are to be.
fn changed_records<'s>(
    seen: &'s Seen,
    applied: &'s Applied,
) -> impl Iterator<Item = (&'s Record, &'s Record)> {
    applied.changed_records.iter().filter_map(|id| {
        let before = seen.kept.records.iter().find(|it| it.id == *id)?;
        let mut corrected = seen.compared.difference.corrected.iter();
        Some((before, corrected.find(|it| it.id == *id)?))
    })
}

/// Notes in the history what the table changed of kept targets and records.
pub(super) async fn remember(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    seen: &Seen,
    applied: &Applied,
) -> storage::Result<()> {
    for (before, after) in changed_targets(seen, applied) {
        history::remember_target(tx, office, (who, now), super::store::ACT, (before, &after))
            .await?;
    }
    for (before, after) in changed_records(seen, applied) {
        history::remember_record(tx, office, (who, now), super::store::ACT, (before, after))
            .await?;
    }
    Ok(())
}

/// Keeps what taking it back needs, in the transaction that stores it.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    seen: &Seen,
    applied: &Applied,
) -> storage::Result<DraftId> {
    let draft = storage::draft::NewDraft {
        person: who,
        step: STEP,
        body: serde_json::to_value(Undoing::of(seen, applied, now))?,
        now,
        // Longer than it can be used, so that a late press is told what to do instead.
        expires_at: now + Duration::hours(drafts::DRAFT_HOURS),
    };
    storage::draft::put(tx, office, &draft).await
}

/// The row with the button.
pub(super) fn button(request: &Request, draft: DraftId) -> CreateActionRow {
    let button = CreateButton::new(Action::Plan(Plan::Undo(draft)).custom_id())
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
            "refused-plan-undo-late",
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
                storage::target::take_back(tx, office, &undoing.applied, now).await?;
                for item in &undoing.items {
                    bring_target_back(tx, office, (who, now), item).await?;
                }
                for line in &undoing.records {
                    bring_record_back(tx, office, (who, now), line).await?;
                }
                let details = details(&undoing.applied);
                audit::note(tx, office, None, ACT, who, now, &details).await?;
                Ok(true)
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => {
                Error::refuse(Text::new("refused-plan-undo-changed"))
            }
            other => other,
        })?;
    if !undone {
        return Err(gone());
    }
    let reply = Reply::of(&Text::new("plan-undone"), request.language);
    Ok(Answer::Replace(reply))
}

async fn bring_target_back(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    item: &Item,
) -> storage::Result<()> {
    let found = storage::target::find(tx, office, item.target).await?;
    let now_kept = found.filter(|target| target.revision == item.revision);
    let before = now_kept.ok_or(Conflict::StaleRevision)?;
    let after = Target {
        changed_at: now,
        ..item.before.clone().brought_back(&before)
    };
    storage::target::update(tx, office, &after).await?;
    history::remember_target(tx, office, (who, now), ACT, (&before, &after)).await
}

async fn bring_record_back(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    line: &Line,
) -> storage::Result<()> {
    let found = storage::target::record::find(tx, office, line.record).await?;
    let now_kept = found.filter(|record| record.revision == line.revision);
    let before = now_kept.ok_or(Conflict::StaleRevision)?;
    let after = Record {
        changed_at: now,
        ..line.before.clone().brought_back(&before)
    };
    storage::target::record::update(tx, office, &after).await?;
    history::remember_record(tx, office, (who, now), ACT, (&before, &after)).await
}

fn gone() -> Error {
    Error::refuse(Text::new("refused-plan-undo-gone"))
}
