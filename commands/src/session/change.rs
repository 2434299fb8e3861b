//! Changing a session: one way for every command, so that audit, history, what channels are told and what
//! is due later are never forgotten.

use super::{state, told, undo};
use crate::{
    audit, error::Error, issue::draft as drafts, occurrence, request::Request, review::propose,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{DraftId, UserId},
    office::Office,
    review::Of,
    session::{Session, Standstill, State},
};
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction};

/// What is done to a session.
#[derive(Clone, Debug)]
pub(super) struct Act {
    /// Its code, for audit and history.
    pub(super) code: &'static str,
    /// Codes that say what was done; never wording.
    pub(super) details: Vec<(&'static str, String)>,
}

/// Makes a change that a person has confirmed, using its draft up; the session as it is kept now, and the
/// draft of its undo. A change against an older revision is refused.
///
/// # Errors
/// Refused when the draft is gone, or somebody else was quicker.
pub(super) async fn apply(
    request: &Request,
    (draft, step): (DraftId, &'static str),
    (before, after): (Session, Session),
    act: Act,
) -> Result<(Session, DraftId), Error> {
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let changed = request
        .record(move |tx| {
            let (before, after, act) = (before.clone(), after.clone(), act.clone());
            let set_up = Arc::clone(&set_up);
            Box::pin(async move {
                let office = set_up.id;
                let used = storage::draft::take(tx, office, draft, who, step, now).await?;
                if used.is_none() {
                    return Ok(None);
                }
                let stored = storage::session::update(tx, office, &after).await?;
                let states = (Some(&before), &stored);
                told(tx, &set_up, (who, now), states, &act).await?;
                let was = undo::Was::Session(Box::new(state::State::of(&before)));
                let undo = undo::keep(tx, office, (who, now), &stored, was).await?;
                Ok(Some((stored, undo)))
            })
        })
        .await
        .map_err(stale)?;
    changed.ok_or_else(drafts::gone)
}

/// What goes with every change that was stored: audit, history, what is due later, the cards in channels.
///
/// # Errors
/// Storage failed.
pub(super) async fn told(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    (before, after): (Option<&Session>, &Session),
    act: &Act,
) -> storage::Result<()> {
    let (office, about) = (set_up.id, Subject::from(after.id));
    audit::note(tx, office, Some(about), act.code, who, now, &act.details).await?;
    let was = before.map(|before| state::State::of(before).to_value());
    let is = state::State::of(after).to_value();
    storage::history::append(tx, office, about, now, who, act.code, was, is).await?;
    follow(tx, set_up, (who, now), (before, after)).await
}

/// What follows from a change of a session: what is due later, whether it is to be looked back on, and
/// the cards in channels.
///
/// # Errors
/// Storage failed.
pub(super) async fn follow(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    (before, after): (Option<&Session>, &Session),
) -> storage::Result<()> {
    occurrence::session::plan(tx, set_up, after, now).await?;
    let is_held = |session: &Session| session.state == State::Held && !session.retracted;
    let was_held = before.is_some_and(is_held);
    if is_held(after) && !was_held {
        propose::propose_for_session(tx, set_up, after, (who, now)).await?;
    }
    // What somebody settled a day for stays while there is a gathering to look back on.
    let is_over = after.retracted || after.state == State::Cancelled;
    if is_over || was_held && !is_held(after) {
        propose::withdraw(tx, set_up, Of::Session(after.id), is_over, (who, now)).await?;
    }
    told::announce(tx, set_up, after, now).await
}

/// Somebody else changed it in between.
pub(super) fn stale(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => changed_meanwhile(),
        other => other,
    }
}

/// The refusal for what is no longer as it was shown.
pub(super) fn changed_meanwhile() -> Error {
    Error::refuse(Text::new("refused-session-changed"))
}

/// The refusal for what can no longer be done to a session.
pub(super) fn refused(standstill: Standstill) -> Error {
    Error::refuse(Text::new(match standstill {
        Standstill::Held => "refused-session-held",
        Standstill::Cancelled => "refused-session-cancelled",
        Standstill::Unmoved => "refused-session-unmoved",
        Standstill::Ahead => "refused-session-ahead",
        Standstill::Draft => "refused-session-draft",
    }))
}
