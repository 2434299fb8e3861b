//! Taking the posting of a month or a year back, within the time of every undo: the post leaves the channel,
//! and the desk has before it what it had before.
//!
//! Only a posting that somebody asked for can be taken back, and only the first: what stood there already
//! was brought up to date and has nothing to go back to.

use super::record;
use crate::{
    answer::{Answer, Reply},
    custom_id::{Action, Report},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, button_of, is_late},
    },
    occurrence, permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{DraftId, OfficeId, UserId},
    progress::Period,
};
use serde::{Deserialize, Serialize};
use storage::{Subject, SubjectKind, Transaction};

const STEP: &str = "report-undo";
/// The act in the audit.
const ACT: &str = "report.undo";

/// What waits behind the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Undoing {
    is_year: bool,
    number: i64,
    /// Whether the desk held it before.
    held: bool,
    /// When it was posted, in microseconds.
    at: i64,
}

impl Undoing {
    /// What is needed to take back a posting of now.
    pub(super) fn of(period: Period, held: bool, now: DateTime<Utc>) -> Self {
        let subject = Subject::from(period);
        Self {
            is_year: subject.kind == SubjectKind::Yearly,
            number: subject.id,
            held,
            at: now.timestamp_micros(),
        }
    }

    fn period(&self) -> Option<Period> {
        let kind = if self.is_year {
            SubjectKind::Yearly
        } else {
            SubjectKind::Month
        };
        let id = self.number;
        Subject { kind, id }.period()
    }
}

/// Keeps it in the transaction of the posting.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    undoing: &Undoing,
) -> storage::Result<DraftId> {
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

/// An answer with the button, where there is something to take back.
pub(super) fn with_button(request: &Request, reply: Reply, draft: Option<DraftId>) -> Reply {
    match draft {
        Some(draft) => reply.row(button_of(request, Action::Report(Report::Undo(draft)))),
        None => reply,
    }
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let gone = || Error::refuse(Text::new("refused-report-undo-gone"));
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(gone()),
        found => found?,
    };
    let period = undoing.period();
    let period = period.ok_or(Error::Fault("a kept period is none"))?;
    let named = record::name(request, period);
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-report-undo-late",
            minutes = UNDO_MINUTES,
            name = named
        )));
    }
    let at = DateTime::from_timestamp_micros(undoing.at);
    let at = at.ok_or(Error::Fault("a kept instant is none"))?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let before = (at, undoing.held);
    let done = request
        .record(move |tx| {
            Box::pin(async move {
                let taken = storage::draft::take(tx, office, draft, who, STEP, now).await?;
                if taken.is_none()
                    || !storage::report::take_back(tx, office, period, before, now).await?
                {
                    return Ok(false);
                }
                record::written(tx, office, ACT, period, (who, now)).await?;
                Ok(true)
            })
        })
        .await?;
    if !done {
        return Err(gone());
    }
    let planned = match period {
        Period::Month(month) => occurrence::month::planned(&request.office, month, now),
        Period::Year(_) => None,
    };
    let said = match planned {
        _ if undoing.held => text!("report-undone-held", name = named),
        Some(moment) => text!(
            "report-undone-planned",
            name = named,
            moment = crate::memo::when::moment(moment, request.language),
        ),
        None => text!("report-undone", name = named),
    };
    Ok(Answer::Replace(Reply::of(&said, request.language)))
}
