//! What is due of reviews: those that are near, those nobody wrote down, those somebody wanted to hear
//! of again, and proposals nobody has decided.
//!
//! Before the day and on it the audience of what is looked back on is told; what is overdue or proposed
//! is the desk's (DESIGN section 4).

mod point;

use super::Due;
use crate::review::about;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    audience::Destination,
    calendar::Shift,
    id::ReviewId,
    occurrence::{Lead, Matter, Moment, ON_THE_DAY, Series},
    office::Office,
    review::{self, PROPOSED_EVERY_DAYS, Review, Rung, State},
};
use storage::{Transaction, occurrence::Occurrence};

pub(crate) use point::{Point, buttons};
pub(super) use point::{point, press};

/// Everything that is ever planned for a review.
const MATTERS: [Matter; 4] = [
    Matter::ReviewBefore,
    Matter::ReviewOverdue,
    Matter::ReviewSnooze,
    Matter::ReviewProposed,
];

/// Plans what is due of a review as it is now, and takes back what was planned before: nothing of one
/// that is over.
///
/// # Errors
/// Storage failed.
pub async fn plan(
    tx: &mut Transaction,
    office: &Office,
    review: &Review,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    cancel(tx, office, review.id, &MATTERS).await?;
    if !review.is_ahead() {
        return Ok(());
    }
    if review.state == State::Proposed {
        return propose_again(tx, office, review, now, 0).await;
    }
    climb(tx, office, review, now).await
}

/// Plans the ladder of a review that has a day.
async fn climb(
    tx: &mut Transaction,
    office: &Office,
    review: &Review,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some(date) = review.date else {
        return Ok(());
    };
    let (leads, zone) = (office.settings.review_leads(), office.settings.time_zone);
    let steps = review::ladder(date, review.start, &leads, office.calendar(), zone, now);
    let places = about::destinations(tx, office, review.of).await?;
    for step in steps {
        match step.rung {
            Rung::Before(lead) => {
                put(tx, office, review, lead, step.moment, &places).await?;
            }
            Rung::OnTheDay => {
                put(tx, office, review, ON_THE_DAY, step.moment, &places).await?;
            }
            Rung::Overdue(lead) => {
                let key = series(Matter::ReviewOverdue, review).at(lead);
                let desk = Destination::Desk;
                storage::occurrence::put(tx, office.id, key, step.moment, zone, desk).await?;
            }
        }
    }
    Ok(())
}

async fn put(
    tx: &mut Transaction,
    office: &Office,
    review: &Review,
    lead: Lead,
    moment: Moment,
    places: &[Destination],
) -> storage::Result<()> {
    let key = series(Matter::ReviewBefore, review).at(lead);
    let zone = office.settings.time_zone;
    for place in places {
        storage::occurrence::put(tx, office.id, key, moment, zone, *place).await?;
    }
    Ok(())
}

/// Plans the word about a proposal at the desk, so many days from now; 0 is at once.
async fn propose_again(
    tx: &mut Transaction,
    office: &Office,
    review: &Review,
    now: DateTime<Utc>,
    days: u16,
) -> storage::Result<()> {
    let settings = &office.settings;
    let zone = settings.time_zone;
    let local = now.with_timezone(&zone).naive_local();
    let moment = if days == 0 {
        Moment {
            date: local.date(),
            time: local.time(),
        }
    } else {
        let day = local.date() + Days::new(u64::from(days));
        Moment {
            date: office.calendar().shifted(day, Shift::Next),
            time: settings.reminded_at,
        }
    };
    // The days since it was proposed tell one time from the next.
    let created = review.created_at.with_timezone(&zone).date_naive();
    let since = moment.date.signed_duration_since(created).num_days();
    let lead = u16::try_from(since).ok().and_then(Lead::days);
    let Some(lead) = lead else { return Ok(()) };
    let key = series(Matter::ReviewProposed, review).at(lead);
    storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk)
        .await
        .map(drop)
}

/// Speaks of a review again after some days, on a business day, at these places; what was overdue waits
/// until then. Says the day.
///
/// # Errors
/// Storage failed.
pub(crate) async fn snooze(
    tx: &mut Transaction,
    office: &Office,
    review: &Review,
    days: u16,
    places: &[Destination],
    now: DateTime<Utc>,
) -> storage::Result<NaiveDate> {
    let settings = &office.settings;
    let zone = settings.time_zone;
    let moment = Moment {
        date: snoozed_until(office, days, now),
        time: settings.reminded_at,
    };
    cancel(tx, office, review.id, &[Matter::ReviewSnooze]).await?;
    if places == [Destination::Desk] {
        cancel(tx, office, review.id, &[Matter::ReviewOverdue]).await?;
    }
    let series = Series {
        matter: Matter::ReviewSnooze,
        id: review.id.0,
        revision: now.timestamp_micros().max(1),
    };
    let lead = Lead::days(days).unwrap_or(ON_THE_DAY);
    for place in places {
        storage::occurrence::put(tx, office.id, series.at(lead), moment, zone, *place).await?;
    }
    Ok(moment.date)
}

/// The business day on which a review is spoken of again.
pub(crate) fn snoozed_until(office: &Office, days: u16, now: DateTime<Utc>) -> NaiveDate {
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    let day = today + Days::new(u64::from(days));
    office.calendar().shifted(day, Shift::Next)
}

/// Settles what has come due of a review, and plans what follows while nobody deals with it.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let series = item.key.series;
    let Some(review) = storage::review::find(tx, office.id, ReviewId(series.id)).await? else {
        return Ok(Due::Pointless);
    };
    let point = point::of(office, &review, series, now);
    if point.is_some() && follow(tx, office, &review, item).await? {
        return Ok(Due::Done);
    }
    if point.is_some() {
        // Strictly after what is being dealt with, or the next would be the same.
        let after = now.max(item.due_at) + TimeDelta::seconds(1);
        match series.matter {
            Matter::ReviewProposed => {
                propose_again(tx, office, &review, after, PROPOSED_EVERY_DAYS).await?;
            }
            _ => plan_overdue(tx, office, &review, after).await?,
        }
    }
    Ok(Due::of(point.as_ref()))
}

/// Where people are told may have changed since it was planned: what it looks back on went to another
/// tier, or was raised by somebody else. Then it is due there, and not where fewer may know of it; says
/// whether that is so.
async fn follow(
    tx: &mut Transaction,
    office: &Office,
    review: &Review,
    item: &Occurrence,
) -> storage::Result<bool> {
    if item.destination == Destination::Desk {
        return Ok(false);
    }
    let places = about::destinations(tx, office, review.of).await?;
    if is_told_at(&places, item.destination) {
        return Ok(false);
    }
    let zone = office.settings.time_zone;
    let local = item.due_at.with_timezone(&zone).naive_local();
    let moment = Moment {
        date: local.date(),
        time: local.time(),
    };
    for place in places {
        storage::occurrence::put(tx, office.id, item.key, moment, zone, place).await?;
    }
    Ok(true)
}

/// Whether people are told at a destination; the desk is told everything.
fn is_told_at(places: &[Destination], destination: Destination) -> bool {
    destination == Destination::Desk || places.contains(&destination)
}

/// Plans the next time an overdue review is spoken of; planned twice it is planned once.
async fn plan_overdue(
    tx: &mut Transaction,
    office: &Office,
    review: &Review,
    after: DateTime<Utc>,
) -> storage::Result<()> {
    let (settings, Some(date)) = (&office.settings, review.date) else {
        return Ok(());
    };
    let (leads, zone) = (settings.review_leads(), settings.time_zone);
    let Some(step) = review::next_overdue(date, &leads, office.calendar(), zone, after) else {
        return Ok(());
    };
    let Rung::Overdue(lead) = step.rung else {
        return Ok(());
    };
    let key = series(Matter::ReviewOverdue, review).at(lead);
    storage::occurrence::put(tx, office.id, key, step.moment, zone, Destination::Desk)
        .await
        .map(drop)
}

/// Plans anew what waits of the office's reviews, by its settings as they are now.
pub(super) async fn plan_anew(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    for review in storage::review::ahead(tx, office.id).await? {
        if review.state == State::Planned {
            // What somebody wanted to hear again is not of the office's settings, but for its hour.
            // Nor is what is due already, and is only still to be said.
            for matter in [Matter::ReviewBefore, Matter::ReviewOverdue] {
                storage::occurrence::cancel_ahead(tx, office.id, matter, review.id.0, now).await?;
            }
            climb(tx, office, &review, now).await?;
        }
    }
    let (time, zone) = (office.settings.reminded_at, office.settings.time_zone);
    for matter in [Matter::ReviewSnooze, Matter::ReviewProposed] {
        storage::occurrence::move_to_time(tx, office.id, matter, time, zone).await?;
    }
    Ok(())
}

async fn cancel(
    tx: &mut Transaction,
    office: &Office,
    review: ReviewId,
    matters: &[Matter],
) -> storage::Result<()> {
    for matter in matters {
        storage::occurrence::cancel_all(tx, office.id, *matter, review.0).await?;
    }
    Ok(())
}

fn series(matter: Matter, review: &Review) -> Series {
    Series {
        matter,
        id: review.id.0,
        revision: review.dated,
    }
}
