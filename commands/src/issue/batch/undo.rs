//! Taking a batch back: all of it with one press, but for what somebody has changed since.

use crate::{
    answer::{Answer, Reply},
    custom_id::{self, Action},
    error::Error,
    issue::{
        change::{self, Change},
        draft as drafts, subject,
        undo::{UNDO_MINUTES, is_late},
    },
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    audience::Destination,
    id::{DraftId, IssueId, OfficeId, UserId},
    issue::Issue,
    office::Office,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::{collections::BTreeSet, sync::Arc};
use storage::Transaction;

const STEP: &str = "issue-batch-undo";

/// What waits behind the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Waiting {
    /// The issues, each with the revision it was stored as.
    Batch {
        issues: Vec<(IssueId, i64)>,
        /// When, in microseconds.
        at: i64,
    },
    /// They were taken back; the draft stays to say so.
    Undone,
}

/// Keeps what taking the batch back needs, in its transaction.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    stored: &[Issue],
) -> storage::Result<DraftId> {
    let waiting = Waiting::Batch {
        issues: stored
            .iter()
            .map(|issue| (issue.id, issue.revision))
            .collect(),
        at: now.timestamp_micros(),
    };
    let draft = storage::draft::NewDraft {
        person: who,
        step: STEP,
        body: serde_json::to_value(waiting)?,
        now,
        // Longer than it can be used, so that a late press is told what to do instead.
        expires_at: now + Duration::hours(drafts::DRAFT_HOURS),
    };
    storage::draft::put(tx, office, &draft).await
}

/// The row below a kept batch: *undo all*, and what was kept back to be reworded.
pub(super) fn row(
    request: &Request,
    batch: DraftId,
    undo: DraftId,
    rest: usize,
) -> CreateActionRow {
    let button = |action: custom_id::Batch, label: &Text, style| {
        CreateButton::new(Action::Batch(action).custom_id())
            .label(request.say(label))
            .style(style)
    };
    let mut buttons = Vec::new();
    if rest > 0 {
        let label = text!("button-batch-rest", count = rest);
        buttons.push(button(
            custom_id::Batch::Rest(batch),
            &label,
            ButtonStyle::Primary,
        ));
    }
    buttons.push(button(
        custom_id::Batch::Undo(undo),
        &text!("button-batch-undo", minutes = UNDO_MINUTES),
        ButtonStyle::Secondary,
    ));
    CreateActionRow::Buttons(buttons)
}

/// What was taken back, what was not, and where people may have read it.
#[derive(Default)]
struct Ended {
    undone: Vec<IssueId>,
    stayed: Vec<IssueId>,
    read_at: BTreeSet<Destination>,
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::add_issue(request)?;
    let (issues, at) = match drafts::find(request, draft, STEP).await {
        Ok(Waiting::Batch { issues, at }) => (issues, at),
        Ok(Waiting::Undone) => return Err(undone_already()),
        Err(Error::Refusal(_)) => return Err(Error::refuse(Text::new("refused-undo-gone"))),
        Err(fault) => return Err(fault),
    };
    if is_late(request, at) {
        return Err(Error::refuse(text!(
            "refused-batch-undo-late",
            minutes = UNDO_MINUTES
        )));
    }
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let ended = request
        .record(move |tx| {
            let (set_up, issues) = (Arc::clone(&set_up), issues.clone());
            Box::pin(async move {
                let used = serde_json::to_value(Waiting::Undone)?;
                let found =
                    storage::draft::exchange(tx, set_up.id, draft, who, STEP, now, &used).await?;
                let waits = found.is_some_and(|found| {
                    matches!(serde_json::from_value(found), Ok(Waiting::Batch { .. }))
                });
                if !waits {
                    return Ok(None);
                }
                let mut ended = Ended::default();
                for (id, revision) in issues {
                    take_back(tx, &set_up, (who, now), (id, revision), &mut ended).await?;
                }
                Ok(Some(ended))
            })
        })
        .await?
        .ok_or_else(undone_already)?;
    Ok(Answer::Replace(Reply {
        content: told(request, &ended),
        ..Reply::default()
    }))
}

/// Takes one issue back, unless somebody has changed it since.
async fn take_back(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    (id, revision): (IssueId, i64),
    ended: &mut Ended,
) -> storage::Result<()> {
    let found = storage::issue::find(tx, set_up.id, id).await?;
    let Some(before) = found.filter(|issue| issue.revision == revision && !issue.retracted) else {
        ended.stayed.push(id);
        return Ok(());
    };
    let standing = storage::outbox::standing(tx, set_up.id, subject(id)).await?;
    let read_at = standing
        .into_iter()
        .filter(|(_, _, sent)| *sent >= revision);
    ended
        .read_at
        .extend(read_at.map(|(destination, ..)| destination));
    let after = Issue {
        retracted: true,
        changed_at: now,
        ..before.clone()
    };
    let change = Change {
        act: "issue.undo",
        details: vec![
            ("act", "issue.add".to_owned()),
            ("revision", revision.to_string()),
        ],
        undone: Some("issue.add".to_owned()),
        ..Change::default()
    };
    change::write(tx, set_up, (who, now), &before, &after, &change).await?;
    ended.undone.push(id);
    Ok(())
}

fn undone_already() -> Error {
    Error::refuse(Text::new("refused-batch-undone"))
}

fn told(request: &Request, ended: &Ended) -> String {
    let separator = request.say(&Text::new("list-separator"));
    let numbers = |ids: &[IssueId]| {
        let numbers: Vec<String> = ids.iter().map(|id| format!("#{id}")).collect();
        numbers.join(&separator)
    };
    let mut lines = Vec::new();
    if let (Some(first), Some(last)) = (ended.undone.first(), ended.undone.last()) {
        lines.push(request.say(&text!(
            "batch-undone",
            count = ended.undone.len(),
            first = first.0,
            last = last.0
        )));
    }
    if !ended.stayed.is_empty() {
        let stayed = text!("batch-undone-stayed", numbers = numbers(&ended.stayed));
        lines.push(request.say(&stayed));
    }
    if !ended.read_at.is_empty() {
        let places: Vec<String> = ended
            .read_at
            .iter()
            .map(|destination| change::place(request, *destination))
            .collect();
        let read = text!("undone-read", places = places.join(&separator));
        lines.push(request.say(&read));
    }
    lines.push(request.say(&Text::new("undone-again-add")));
    lines.join("\n")
}
