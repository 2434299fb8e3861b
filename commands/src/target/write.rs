//! One change of a target, a goal, a word or a record: stored with audit and history, and ready to be
//! taken back, in one transaction.

use super::{
    state::{RecordState, TargetState},
    undo::{self, Was},
};
use crate::{audit, error::Error, request::Request, text::Text};
use chrono::{DateTime, Utc};
use domain::{
    id::{DraftId, OfficeId, UserId},
    target::{Goal, Record, Target, goal::Word},
};
use futures::future::BoxFuture;
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction};

/// Who changes something, when, and of which office.
pub(super) type By = (OfficeId, UserId, DateTime<Utc>);

/// A draft that a change uses up, and the code of its step.
pub(super) type Used = Option<(DraftId, &'static str)>;

/// A detail of the audit: names and values are codes.
pub(super) type Details = Vec<(&'static str, String)>;

/// Records a change together with the draft by which it can be taken back.
///
/// # Errors
/// Refused when somebody else was quicker, or the form was sent twice.
pub(super) async fn record<T, F>(
    request: &Request,
    used: Used,
    change: F,
) -> Result<(T, DraftId), Error>
where
    T: Send + 'static,
    F: for<'t> Fn(&'t mut Transaction, By) -> BoxFuture<'t, storage::Result<(T, Was)>>
        + Send
        + Sync
        + 'static,
{
    let by = (request.office_id(), request.person.user, request.now);
    let change = Arc::new(change);
    let done = request
        .record(move |tx| {
            let change = Arc::clone(&change);
            Box::pin(async move {
                let (office, who, now) = by;
                if let Some((draft, step)) = used
                    && storage::draft::take(tx, office, draft, who, step, now)
                        .await?
                        .is_none()
                {
                    return Ok(None);
                }
                let (stored, was) = change(tx, by).await?;
                let draft = undo::keep(tx, by, was).await?;
                Ok(Some((stored, draft)))
            })
        })
        .await
        .map_err(refused)?;
    done.ok_or_else(crate::issue::draft::gone)
}

/// Stores a record as it is to be.
pub(super) async fn entry(
    tx: &mut Transaction,
    (office, who, now): By,
    (before, after): (Option<&Record>, &Record),
    act: &'static str,
    details: &[(&'static str, String)],
) -> storage::Result<Record> {
    let after = Record {
        changed_at: now,
        ..after.clone()
    };
    let stored = match before {
        None => storage::target::record::insert(tx, office, &after).await?,
        Some(_) => storage::target::record::update(tx, office, &after).await?,
    };
    let about = Subject::from(stored.id);
    audit::note(tx, office, Some(about), act, who, now, details).await?;
    let was = before.map(|before| RecordState::of(before).to_value());
    let is = RecordState::of(&stored).to_value()?;
    storage::history::append(tx, office, about, now, who, act, was.transpose()?, is).await?;
    Ok(stored)
}

/// Stores a target as it is to be.
pub(super) async fn target(
    tx: &mut Transaction,
    (office, who, now): By,
    (before, after): (Option<&Target>, &Target),
    act: &'static str,
) -> storage::Result<Target> {
    let after = Target {
        changed_at: now,
        ..after.clone()
    };
    let stored = match before {
        None => storage::target::insert(tx, office, &after).await?,
        Some(_) => storage::target::update(tx, office, &after).await?,
    };
    let about = Subject::from(stored.id);
    audit::note(tx, office, Some(about), act, who, now, &[]).await?;
    let was = before.map(|before| TargetState::of(before).to_value());
    let is = TargetState::of(&stored).to_value()?;
    storage::history::append(tx, office, about, now, who, act, was.transpose()?, is).await?;
    Ok(stored)
}

/// Adds a version of a goal. Its versions are its history.
pub(super) async fn goal(
    tx: &mut Transaction,
    (office, who, now): By,
    goal: &Goal,
    act: &'static str,
    details: &[(&'static str, String)],
) -> storage::Result<Goal> {
    let stored = storage::target::goal::add(tx, office, goal).await?;
    let mut details = details.to_vec();
    details.push(("state", stored.content.state.code().to_owned()));
    details.push(("year", stored.year.western().to_string()));
    let about = Subject::from(stored.target);
    audit::note(tx, office, Some(about), act, who, now, &details).await?;
    Ok(stored)
}

/// Adds a coordinator's word. Words are their own history.
pub(super) async fn word(
    tx: &mut Transaction,
    (office, who, now): By,
    word: &Word,
    act: &'static str,
) -> storage::Result<()> {
    storage::target::goal::say(tx, office, word).await?;
    let said = word.state.map_or("none", domain::target::pace::State::code);
    let details = [
        ("word", said.to_owned()),
        ("year", word.year.western().to_string()),
    ];
    let about = Subject::from(word.target);
    audit::note(tx, office, Some(about), act, who, now, &details).await
}

/// What stands in the way, in words.
pub(super) fn refused(error: Error) -> Error {
    let Error::Storage(storage::Error::Conflict(conflict)) = &error else {
        return error;
    };
    Error::refuse(match conflict {
        Conflict::StaleRevision | Conflict::Missing => Text::new("refused-target-changed"),
        Conflict::NumberTaken => Text::new("refused-target-number-taken"),
        Conflict::Full => Text::new("refused-target-full"),
        _ => return error,
    })
}
