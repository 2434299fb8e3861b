//! Proposals: what was carried out asks to be looked back on (DESIGN section 3), and the desk plans it,
//! on the day that is suggested or another, or does without.
//!
//! A proposal is made in the transaction of what leads to it. The desk is told at once, and every seven
//! days until somebody decides.

use super::{
    plan,
    record::{self, Change},
    show,
    state::State as Kept,
    undo, word,
};
use crate::{
    answer::{Answer, Field, Form, Reply},
    custom_id::{Action, Review as Button},
    dispatch::Fields,
    error::Error,
    issue::undo::UNDO_MINUTES,
    occurrence::review::buttons,
    option::day,
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{ReviewId, UserId},
    issue::{Issue, Status},
    office::Office,
    project::{self, Project},
    review::{self, Of, Review, State},
    session::{self, Purpose, Session},
};
use serenity::all::CreateActionRow;
use std::sync::Arc;
use storage::Transaction;

const DATE: &str = "date";
/// A gathering that is written down longer after its day than this, in days, is history: nothing is
/// proposed for it.
const BELATED_DAYS: i64 = 60;

/// Proposes to look back on something that was just done, unless a review of it is ahead already.
///
/// # Errors
/// Storage failed.
pub(crate) async fn propose(
    tx: &mut Transaction,
    office: &Office,
    of: Of,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Option<Review>> {
    if storage::review::ahead_of(tx, office.id, of)
        .await?
        .is_some()
    {
        return Ok(None);
    }
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    let proposed = Review {
        id: ReviewId(0),
        revision: 1,
        of,
        state: State::Proposed,
        date: Some(review::suggested(today, office.calendar())),
        start: None,
        dated: 1,
        place: None,
        note: None,
        outcome: None,
        planned_by: who,
        created_at: now,
        changed_at: now,
        retracted: false,
    };
    let details = [("of", of.to_string())];
    record::write(
        tx,
        office,
        (who, now),
        (None, &proposed),
        Change::of("review.propose", &details),
    )
    .await
    .map(Some)
}

/// As [`propose`], for a gathering that was held: one that is a review itself, or that is written down
/// long afterwards, needs none.
///
/// # Errors
/// Storage failed.
pub(crate) async fn propose_for_session(
    tx: &mut Transaction,
    office: &Office,
    held: &Session,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Option<Review>> {
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    let belated = held
        .date
        .is_none_or(|date| today - date > TimeDelta::days(BELATED_DAYS));
    let is_held = held.state == session::State::Held && !held.retracted;
    if !is_held || belated || held.purpose == Some(Purpose::Review) {
        return Ok(None);
    }
    propose(tx, office, Of::Session(held.id), (who, now)).await
}

/// Follows a change of a project: one that is finished asks to be looked back on, one that is not, or is
/// given up, does so no longer.
///
/// # Errors
/// Storage failed.
pub(crate) async fn follow_project(
    tx: &mut Transaction,
    office: &Office,
    (before, after): (Option<&Project>, &Project),
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<()> {
    let finished =
        |project: &Project| project.state == project::State::Finished && !project.retracted;
    let of = Of::Project(after.id);
    let was = before.is_some_and(finished);
    if finished(after) && !was {
        return propose(tx, office, of, (who, now)).await.map(drop);
    }
    let given_up = after.retracted || after.state == project::State::Dropped;
    if given_up || was && !finished(after) {
        withdraw(tx, office, of, given_up, (who, now)).await?;
    }
    Ok(())
}

/// Follows a change of an issue: one whose measure was carried out (反省会待ち) asks to be looked back on;
/// one that is finished, given up, put off or taken back does so no longer.
///
/// # Errors
/// Storage failed.
pub(crate) async fn follow(
    tx: &mut Transaction,
    office: &Office,
    (who, now): (UserId, DateTime<Utc>),
    before: &Issue,
    after: &Issue,
) -> storage::Result<()> {
    // Of several that say the same, the one that stands for all is looked back on.
    let waits = |issue: &Issue| {
        issue.status == Status::Review && !issue.retracted && issue.merged_into.is_none()
    };
    let over =
        |issue: &Issue| issue.retracted || !issue.status.is_open() || issue.status == Status::Later;
    let of = Of::Issue(after.id);
    if over(before) && !over(after) && bring_back(tx, office, (who, now), before).await? {
        return Ok(());
    }
    if waits(after) && !waits(before) {
        return propose(tx, office, of, (who, now)).await.map(drop);
    }
    // What somebody settled a day for stays, while the issue is in work.
    if over(after) || waits(before) && !waits(after) {
        let planned_too = over(after);
        withdraw(tx, office, of, planned_too, (who, now)).await?;
    }
    Ok(())
}

/// Brings back the review that went with an issue that was just finished or given up, because that is
/// taken back; says whether there was one.
async fn bring_back(
    tx: &mut Transaction,
    office: &Office,
    (who, now): (UserId, DateTime<Utc>),
    ended: &Issue,
) -> storage::Result<bool> {
    if now - ended.changed_at > TimeDelta::minutes(UNDO_MINUTES) {
        return Ok(false);
    }
    let of = Of::Issue(ended.id);
    let found = storage::review::dropped_last(tx, office.id, of).await?;
    // What went in the same transaction went with it.
    let Some(dropped) = found.filter(|dropped| dropped.changed_at == ended.changed_at) else {
        return Ok(false);
    };
    let steps = storage::history::of(tx, office.id, dropped.id.into()).await?;
    let state = steps.last().and_then(|step| step.before.clone());
    let Some(state) = state.and_then(|state| serde_json::from_value::<Kept>(state).ok()) else {
        return Ok(false);
    };
    let back = state.brought_back(&dropped);
    let details = [("act", "review.drop".to_owned())];
    let change = Change::of("review.undo", &details);
    let pair = (Some(&dropped), &back);
    record::write(tx, office, (who, now), pair, change).await?;
    Ok(true)
}

/// Drops what was proposed for something that is not to be looked back on any more; `planned_too` where
/// a review that has a day goes as well.
///
/// # Errors
/// Storage failed.
pub(crate) async fn withdraw(
    tx: &mut Transaction,
    office: &Office,
    of: Of,
    planned_too: bool,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<()> {
    let Some(ahead) = storage::review::ahead_of(tx, office.id, of).await? else {
        return Ok(());
    };
    if planned_too || ahead.state == State::Proposed {
        let dropped = Review {
            state: State::Dropped,
            ..ahead.clone()
        };
        let details = [("of", of.to_string())];
        record::write(
            tx,
            office,
            (who, now),
            (Some(&ahead), &dropped),
            Change::of("review.drop", &details),
        )
        .await?;
    }
    Ok(())
}

/// What is said, with its buttons, below the answer to what led to a proposal; nothing for those who may
/// not plan, and where none waits.
pub(crate) async fn offered(
    request: &Request,
    of: Of,
) -> Result<Option<(String, CreateActionRow)>, Error> {
    if !request.person.coordinator {
        return Ok(None);
    }
    let office = request.office_id();
    let ahead = request
        .app
        .store
        .read(move |connection| Box::pin(storage::review::ahead_of(connection, office, of)))
        .await?;
    Ok(ahead
        .filter(|review| review.state == State::Proposed)
        .map(|review| {
            let line = text!(
                "review-offered",
                name = word::name(&review),
                date = word::when(&review, request.language)
            );
            let presses = buttons(review.id, review.dated, true);
            (request.say(&line), show::row(request, presses))
        }))
}

/// *Plan* was pressed: it is planned for the day that is suggested.
pub(super) async fn accept(request: &Request, id: ReviewId, dated: i64) -> Result<Answer, Error> {
    let proposed = waiting(request, id, dated).await?;
    let date = proposed
        .date
        .ok_or(Error::Fault("a proposal has no day that is suggested"))?;
    plan::settle(request, proposed, date, None, plan::Said::default())
        .await
        .map(Answer::Say)
}

/// The form for another day opens.
pub(super) async fn ask(request: &Request, id: ReviewId, dated: i64) -> Result<Answer, Error> {
    let proposed = waiting(request, id, dated).await?;
    Ok(Answer::Ask(Form {
        custom_id: Action::Review(Button::Settled(id, dated)).custom_id(),
        title: request.say(&text!("form-review-settle-title", number = id.0)),
        fields: vec![Field {
            id: DATE,
            label: request.say(&Text::new("form-review-date")),
            placeholder: request.say(&Text::new("form-review-date-hint")),
            value: proposed.date.map(|date| date.to_string()),
            required: true,
            long: false,
            characters_max: 40,
        }],
    }))
}

/// That form was sent.
pub(super) async fn settled(
    request: &Request,
    id: ReviewId,
    dated: i64,
    fields: &Fields,
) -> Result<Answer, Error> {
    let proposed = waiting(request, id, dated).await?;
    let written = fields.get(DATE).map(String::as_str).unwrap_or_default();
    let date = day(request, written)?;
    plan::settle(request, proposed, date, None, plan::Said::default())
        .await
        .map(Answer::Say)
}

/// *Not needed* was pressed.
pub(super) async fn decline(request: &Request, id: ReviewId, dated: i64) -> Result<Answer, Error> {
    let before = waiting(request, id, dated).await?;
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let name = word::name(&before);
    let undo = request
        .record(move |tx| {
            let (before, set_up) = (before.clone(), Arc::clone(&set_up));
            Box::pin(async move {
                let after = Review {
                    state: State::Dropped,
                    ..before.clone()
                };
                let details = [("of", before.of.to_string())];
                let pair = (Some(&before), &after);
                let change = Change::of("review.drop", &details);
                let stored = record::write(tx, &set_up, (who, now), pair, change).await?;
                let offer = undo::Offer::of("review.drop", Some(&before));
                offer.keep(tx, set_up.id, (who, now), &stored).await
            })
        })
        .await
        .map_err(record::conflicting)?;
    let text = text!("review-dropped", name = name);
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(reply.row(undo::button(request, undo))))
}

/// The proposal behind a button, which still waits for the desk.
async fn waiting(request: &Request, id: ReviewId, dated: i64) -> Result<Review, Error> {
    permission::coordinate(request)?;
    let (review, _) = super::find(request, id).await?;
    if review.state == State::Proposed && review.dated == dated {
        return Ok(review);
    }
    Err(super::over(request, &review))
}
