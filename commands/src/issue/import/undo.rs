//! A whole import taken back: every issue of it that nobody has touched since is retracted, in small
//! steps. What has changed since stays, because somebody works with it.

use super::{find, told};
use crate::{
    answer::Answer,
    audit,
    error::Error,
    issue::{place, state::State, subject, undo::UNDO_MINUTES},
    request::Request,
    text,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{ImportId, IssueId, UserId},
    issue::Issue,
    office::Office,
};
use std::sync::Arc;
use storage::{Subject, Transaction, import::Import};

/// Issues taken back in one transaction; one with a card writes some ten rows.
const ISSUES_AT_ONCE: i64 = 20;
/// The act in audit and history.
const ACT: &str = "issue.import-undo";

/// The button was pressed.
pub(super) async fn answer(request: &Request, id: ImportId) -> Result<Answer, Error> {
    let import = find(request, id).await?;
    if import.undone_at.is_none() {
        let since = import.ended_at.unwrap_or(import.begun_at);
        if request.now - since > TimeDelta::minutes(UNDO_MINUTES) {
            return Err(Error::refuse(text!(
                "refused-import-undo-late",
                minutes = UNDO_MINUTES
            )));
        }
        begin(request, &import).await?;
    }
    retract(request, id).await
}

/// From here on nothing more is stored, and what is there goes.
async fn begin(request: &Request, import: &Import) -> Result<(), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let (id, draft) = (import.id, import.draft);
    request
        .record(move |tx| {
            Box::pin(async move {
                if !storage::import::begin_undo(tx, office, id, now).await? {
                    return Ok(());
                }
                storage::draft::remove(tx, office, draft).await?;
                let counts = storage::import::counts(tx, office, id).await?;
                let gone = counts.issues - counts.changed - counts.retracted;
                let details = [
                    ("rows", gone.to_string()),
                    ("kept", counts.changed.to_string()),
                ];
                let about = Some(Subject::from(id));
                audit::note(tx, office, about, ACT, who, now, &details).await
            })
        })
        .await
}

async fn retract(request: &Request, id: ImportId) -> Result<Answer, Error> {
    let (office, who) = (request.office_id(), request.person.user);
    let app = &request.app;
    loop {
        let set_up = app
            .store
            .office(request.office.server)
            .await?
            .ok_or(Error::Fault("the office of an import is gone"))?;
        let now = app.clock.now();
        let left = app
            .store
            .write(move |tx| {
                let set_up = Arc::clone(&set_up);
                Box::pin(async move { retract_some(tx, &set_up, id, (who, now)).await })
            })
            .await?;
        let counts = app
            .store
            .read(move |connection| Box::pin(storage::import::counts(connection, office, id)))
            .await?;
        if !left {
            return Ok(told::undone(request, counts));
        }
        request.progress.tell(told::undoing(request, counts));
    }
}

/// Retracts some issues; `false` when none is left.
async fn retract_some(
    tx: &mut Transaction,
    office: &Office,
    id: ImportId,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<bool> {
    let some = storage::import::unchanged(tx, office.id, id, ISSUES_AT_ONCE).await?;
    if some.is_empty() {
        tell_channels(tx, office, id, now).await?;
        return Ok(false);
    }
    for number in some {
        retract_one(tx, office, number, (who, now)).await?;
    }
    Ok(true)
}

async fn retract_one(
    tx: &mut Transaction,
    office: &Office,
    number: IssueId,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<()> {
    let Some(before) = storage::issue::find(tx, office.id, number).await? else {
        return Ok(());
    };
    let after = Issue {
        retracted: true,
        changed_at: now,
        ..before.clone()
    };
    let stored = storage::issue::update(tx, office.id, &after).await?;
    let about = subject(number);
    let (was, is) = (State::of(&before).to_value(), State::of(&stored).to_value());
    storage::history::append(tx, office.id, about, now, who, ACT, Some(was), is).await?;
    // Without a card there is nothing to take away.
    if !storage::outbox::is_known(tx, office.id, about).await? {
        return Ok(());
    }
    let disclosures = storage::disclosure::of(tx, office.id, number).await?;
    let (was, is) = ((&before, &disclosures[..]), (&stored, &disclosures[..]));
    place::want(tx, office, was, is, now).await
}

/// The channels that were told of the import are told that it was taken back.
async fn tell_channels(
    tx: &mut Transaction,
    office: &Office,
    id: ImportId,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some(import) = storage::import::find(tx, office.id, id).await? else {
        return Ok(());
    };
    let about = Subject::from(id);
    for place in storage::outbox::wanted_at(tx, office.id, about).await? {
        storage::outbox::want(tx, office.id, about, place, import.revision, now).await?;
    }
    Ok(())
}
