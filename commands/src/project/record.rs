//! One change of a project, whatever it is: stored, traced, told, planned and ready to be taken back, in
//! one transaction.

use super::{state::State, undo};
use crate::{error::Error, occurrence, request::Request, review::propose, text::Text};
use chrono::{DateTime, Utc};
use domain::{
    id::{DraftId, UserId},
    office::Office,
    project::Project,
};
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction};

/// A change that is about to be recorded.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// What it was before; `None` when it is new.
    pub(super) before: Option<Project>,
    /// What it is to be.
    pub(super) after: Project,
    /// The act in audit and history.
    pub(super) act: &'static str,
    /// A draft that is used up by it.
    pub(super) used: Option<(DraftId, &'static str)>,
}

impl Change {
    /// A change of a project that is there.
    pub(super) fn of(before: Project, after: Project, act: &'static str) -> Self {
        Self {
            before: Some(before),
            after: after.settled(),
            act,
            used: None,
        }
    }
}

/// Records a change, and returns the project as it is kept with the draft by which it can be taken back.
///
/// # Errors
/// Refused when somebody else changed it meanwhile, or its draft was used already.
pub(super) async fn record(request: &Request, change: Change) -> Result<(Project, DraftId), Error> {
    let (office, who, now) = (
        Arc::clone(&request.office),
        request.person.user,
        request.now,
    );
    let recorded = request
        .record(move |tx| {
            let (office, change) = (Arc::clone(&office), change.clone());
            Box::pin(async move {
                if let Some((draft, step)) = change.used
                    && storage::draft::take(tx, office.id, draft, who, step, now)
                        .await?
                        .is_none()
                {
                    return Ok(None);
                }
                let stored = store(tx, &office, &change, (who, now)).await?;
                let draft = undo::keep(tx, office.id, (who, now), &change, &stored).await?;
                Ok(Some((stored, draft)))
            })
        })
        .await
        .map_err(changed_meanwhile)?;
    recorded.ok_or_else(crate::issue::draft::gone)
}

/// Stores a change with audit, history, what is due later and what is to be told.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it meanwhile.
pub(super) async fn store(
    tx: &mut Transaction,
    office: &Office,
    change: &Change,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Project> {
    let before = change.before.as_ref();
    let mut after = Project {
        changed_at: now,
        ..change.after.clone()
    };
    count_dates(office, before, &mut after);
    let stored = match before {
        Some(_) => storage::project::update(tx, office.id, &after).await?,
        None => storage::project::insert(tx, office.id, &after).await?,
    };
    let about = Subject::from(stored.id);
    let details = [("state", stored.state.code().to_owned())];
    crate::audit::note(tx, office.id, Some(about), change.act, who, now, &details).await?;
    let was = before.map(|before| State::of(before).to_value());
    let is = State::of(&stored).to_value();
    storage::history::append(tx, office.id, about, now, who, change.act, was, is).await?;
    occurrence::project::plan(tx, office, before, &stored, now).await?;
    propose::follow_project(tx, office, (before, &stored), (who, now)).await?;
    tell(tx, office, &stored, now).await?;
    Ok(stored)
}

/// A date that changed counts on, so that what was due by the older one is told apart; so does one whose
/// task goes to somebody else, is taken up again, or comes back.
fn count_dates(office: &Office, before: Option<&Project>, after: &mut Project) {
    let Some(before) = before else { return };
    let whole = after.clone();
    for task in &mut after.tasks {
        let was = before.task(task.id);
        let due = task.reminded(&whole, office);
        if was.is_some_and(|was| was.reminded(before, office) == due) {
            task.due_revision = was.map_or(1, |was| was.due_revision);
        } else if task.id.0 != 0 {
            let last = was.map_or(0, |was| was.due_revision);
            task.due_revision = last.max(task.due_revision) + 1;
        }
    }
}

/// Wants the card right wherever it belongs, and wherever it stood.
async fn tell(
    tx: &mut Transaction,
    office: &Office,
    stored: &Project,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let about = Subject::from(stored.id);
    let mut places = storage::outbox::wanted_at(tx, office.id, about).await?;
    for place in stored.destinations(office) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    for place in places {
        storage::outbox::want(tx, office.id, about, place, stored.revision, now).await?;
    }
    Ok(())
}

/// Somebody else was a moment quicker.
pub(super) fn changed_meanwhile(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => {
            Error::refuse(Text::new("refused-project-changed"))
        }
        other => other,
    }
}
