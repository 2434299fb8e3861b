//! Changing a review: one way for everything, so that audit, history and what is due later are never
//! forgotten.

use super::state::State;
use crate::{error::Error, occurrence, text::Text};
use chrono::{DateTime, Utc};
use domain::{id::UserId, office::Office, review::Review};
use serde_json::json;
use storage::{Conflict, Subject, Transaction};

/// What is done to a review.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change<'a> {
    /// Code of the act, for audit and history.
    pub(crate) act: &'static str,
    /// Codes that say what was done; never wording.
    pub(crate) details: &'a [(&'static str, String)],
    /// The reason a person gave; kept in the history only.
    pub(crate) reason: Option<&'a str>,
}

impl<'a> Change<'a> {
    /// One that needs no reason.
    pub(crate) fn of(act: &'static str, details: &'a [(&'static str, String)]) -> Self {
        Self {
            act,
            details,
            reason: None,
        }
    }
}

/// Stores a review (a new one where there is none before), with audit, history and what is due of it.
///
/// # Errors
/// As [`storage::review::insert`] and [`storage::review::update`].
pub(crate) async fn write(
    tx: &mut Transaction,
    office: &Office,
    (who, now): (UserId, DateTime<Utc>),
    (before, after): (Option<&Review>, &Review),
    change: Change<'_>,
) -> storage::Result<Review> {
    let after = Review {
        changed_at: now,
        ..after.clone()
    };
    let stored = match before {
        None => storage::review::insert(tx, office.id, &after).await?,
        Some(_) => storage::review::update(tx, office.id, &after).await?,
    };
    let about = Subject::from(stored.id);
    let Change {
        act,
        details,
        reason,
    } = change;
    crate::audit::note(tx, office.id, Some(about), act, who, now, details).await?;
    let was = before.map(|before| State::of(before).to_value());
    let mut is = State::of(&stored).to_value();
    if let Some(reason) = reason {
        is["reason"] = json!(reason);
    }
    storage::history::append(tx, office.id, about, now, who, act, was, is).await?;
    occurrence::review::plan(tx, office, &stored, now).await?;
    Ok(stored)
}

/// What is said when somebody changed the review, or an issue it moves, between reading and writing, or
/// planned another of the same thing.
pub(crate) fn conflicting(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => {
            Error::refuse(Text::new("refused-review-changed-meanwhile"))
        }
        Error::Storage(storage::Error::Conflict(Conflict::InUse)) => {
            Error::refuse(Text::new("refused-review-second"))
        }
        other => other,
    }
}
