//! Taking the planning of a session back, within the time of every undo and only while nothing was
//! written down as said there.

use super::state::State;
use crate::{
    answer::{Answer, Reply},
    custom_id::{self, Action},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, is_late},
    },
    permission,
    request::Request,
    review::propose,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{DraftId, OfficeId, SessionId, UserId},
    office::Office,
    review::Of,
    session::Session,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::{Subject, Transaction};

const STEP: &str = "session-undo";

/// What waits behind the button.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Undoing {
    session: SessionId,
    /// The revision the planning led to.
    revision: i64,
    /// When, in microseconds.
    at: i64,
}

/// Keeps what taking it back needs, in the transaction of the planning.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    stored: &Session,
) -> storage::Result<DraftId> {
    let undoing = Undoing {
        session: stored.id,
        revision: stored.revision,
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
    let button = CreateButton::new(Action::Session(custom_id::Session::Undo(draft)).custom_id())
        .label(request.say(&text!("button-undo", minutes = UNDO_MINUTES)))
        .style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button])
}

/// What became of the undo inside its transaction.
enum Ended {
    Undone,
    Gone,
    Changed,
    Used,
}

/// The button was pressed.
pub(crate) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => {
            return Err(Error::refuse(Text::new("refused-session-undo-gone")));
        }
        found => found?,
    };
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-session-undo-late",
            minutes = UNDO_MINUTES
        )));
    }
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let ended = request
        .record(move |tx| {
            let set_up = Arc::clone(&set_up);
            Box::pin(async move { take_back(tx, &set_up, draft, (who, now), undoing).await })
        })
        .await?;
    let number = undoing.session.0;
    match ended {
        Ended::Undone => Ok(Answer::Replace(Reply::of(
            &text!("session-undone", number = number),
            request.language,
        ))),
        Ended::Gone => Err(Error::refuse(Text::new("refused-session-undo-gone"))),
        Ended::Changed => Err(Error::refuse(Text::new("refused-session-undo-changed"))),
        Ended::Used => Err(Error::refuse(text!(
            "refused-session-undo-used",
            number = number
        ))),
    }
}

async fn take_back(
    tx: &mut Transaction,
    set_up: &Office,
    draft: DraftId,
    (who, now): (UserId, DateTime<Utc>),
    undoing: Undoing,
) -> storage::Result<Ended> {
    let office = set_up.id;
    // What was said there needs it, so the draft stays for whoever takes that back first.
    if storage::session::issues(tx, office, undoing.session).await? > 0 {
        return Ok(Ended::Used);
    }
    if storage::draft::take(tx, office, draft, who, STEP, now)
        .await?
        .is_none()
    {
        return Ok(Ended::Gone);
    }
    let found = storage::session::find(tx, office, undoing.session).await?;
    let Some(before) = found.filter(|session| session.revision == undoing.revision) else {
        return Ok(Ended::Changed);
    };
    let after = Session {
        retracted: true,
        changed_at: now,
        ..before.clone()
    };
    let stored = storage::session::update(tx, office, &after).await?;
    let about = Subject::from(stored.id);
    let of = Of::Session(stored.id);
    propose::withdraw(tx, set_up, of, true, (who, now)).await?;
    let details = [("act", "session.plan".to_owned())];
    crate::audit::note(tx, office, Some(about), "session.undo", who, now, &details).await?;
    let (was, is) = (State::of(&before).to_value(), State::of(&stored).to_value());
    storage::history::append(tx, office, about, now, who, "session.undo", Some(was), is).await?;
    Ok(Ended::Undone)
}
