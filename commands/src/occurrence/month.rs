//! What is due of the month (月次): its post in the progress channel, and before that the desk's look at
//! it. Every office has the next of each planned, whatever happens to the one before; where the office
//! wants none, nothing is done when it comes due.
//!
//! After a long absence only the newest month is posted by itself; the desk is told of the others, and
//! posts those it wants by `/progress month`.

use super::{Due, Press};
use crate::{
    custom_id::{Action, Report},
    text::Text,
};
use chrono::{DateTime, Timelike, Utc};
use domain::{
    audience::Destination,
    feedback,
    occurrence::{Matter, Moment, ON_THE_DAY, Series},
    office::Office,
    progress::{
        Period, YearMonth,
        posting::{self, Posting},
    },
    schedule::Schedule,
};
use serenity::all::ButtonStyle;
use storage::{Transaction, occurrence::Occurrence};

/// Minutes of a day.
const DAY_MINUTES: i64 = 24 * 60;

/// Plans the next of a matter after an instant; `false` when it is planned already, or there is none.
pub(super) async fn plan(
    tx: &mut Transaction,
    office: &Office,
    matter: Matter,
    after: DateTime<Utc>,
) -> storage::Result<bool> {
    let schedule = schedule(office, matter);
    let (zone, calendar) = (office.settings.time_zone, office.calendar());
    let next = if matter == Matter::MonthPreview {
        posting::next_preview(&schedule, after, zone, calendar)
            .map(|posting| (posting, posting.preview))
    } else {
        posting::next(&schedule, after, zone, calendar).map(|posting| (posting, posting.moment))
    };
    let Some((Posting { month, .. }, moment)) = next else {
        return Ok(false);
    };
    let series = Series {
        matter,
        id: month.number(),
        revision: minute_of(moment),
    };
    let key = series.at(ON_THE_DAY);
    storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk).await
}

/// The office's schedule; the usual one where it wants nothing posted or drafted, so that the calendar goes
/// on and finds out when that changes.
fn schedule(office: &Office, matter: Matter) -> Schedule {
    let settings = &office.settings;
    if matter == Matter::FeedbackMonth {
        let own = settings.feedback.clone();
        return own.unwrap_or_else(feedback::standard);
    }
    let own = settings.progress.clone();
    own.unwrap_or_else(posting::standard)
}

/// Tells one moment of a month apart from another: minutes since the era of the calendar.
fn minute_of(moment: Moment) -> i64 {
    use chrono::Datelike;
    i64::from(moment.date.num_days_from_ce()) * DAY_MINUTES
        + i64::from(moment.time.num_seconds_from_midnight() / 60)
}

/// Settles a preview or a post, and plans the next.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let matter = item.key.series.matter;
    // What was missed comes due at once, so that each missed month is told by itself.
    plan(tx, office, matter, item.due_at).await?;
    let (Some(_), Some(month)) = (
        &office.settings.progress,
        YearMonth::from_number(item.key.series.id),
    ) else {
        return Ok(Due::Done);
    };
    if storage::target::count(tx, office.id).await? == 0 {
        return Ok(Due::Done);
    }
    if matter == Matter::MonthPreview {
        preview(tx, office, month, item, now).await
    } else {
        post(tx, office, month, item, now).await
    }
}

/// The desk sees what is going to be posted, unless that has been or should have been done already.
async fn preview(
    tx: &mut Transaction,
    office: &Office,
    month: YearMonth,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let period = Period::Month(month);
    let (zone, calendar) = (office.settings.time_zone, office.calendar());
    let post = posting::next(
        &schedule(office, Matter::MonthPost),
        item.due_at,
        zone,
        calendar,
    );
    let is_over = post.is_some_and(|post| post.moment.instant(zone) <= now);
    let known = storage::report::find(tx, office.id, period).await?;
    let posted = known.is_some_and(|report| report.posted_at.is_some());
    if !is_over && !posted && Destination::Desk.channel(office).is_some() {
        storage::report::preview(tx, office.id, period, item.due_at).await?;
    }
    Ok(Due::Done)
}

/// The month is posted, unless the desk holds it, a newer one is due as well, or it has no channel.
async fn post(
    tx: &mut Transaction,
    office: &Office,
    month: YearMonth,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let period = Period::Month(month);
    let known = storage::report::find(tx, office.id, period).await?;
    if known.is_some_and(|report| report.held) {
        return Ok(Due::Done);
    }
    // What was posted early is brought up to its last day.
    let posted = known.is_some_and(|report| report.posted_at.is_some());
    let (zone, calendar) = (office.settings.time_zone, office.calendar());
    let next = posting::next(
        &schedule(office, Matter::MonthPost),
        item.due_at,
        zone,
        calendar,
    );
    let newer_is_due = next.is_some_and(|next| next.moment.instant(zone) <= now);
    if newer_is_due && !posted {
        return Ok(Due::Pointless);
    }
    if Destination::Progress.channel(office).is_some() {
        storage::report::post(tx, office.id, period, item.due_at, now).await?;
    }
    Ok(Due::Done)
}

/// When a month is posted by itself; `None` when it is over or the office wants none.
pub(crate) fn planned(office: &Office, month: YearMonth, now: DateTime<Utc>) -> Option<Moment> {
    let (zone, calendar) = (office.settings.time_zone, office.calendar());
    let schedule = office.settings.progress.as_ref()?;
    let next = posting::next(schedule, now, zone, calendar)?;
    (next.month == month).then_some(next.moment)
}

/// The button that shows the month as it is now.
pub(super) fn press(series: Series) -> Press {
    // A series of ours is numbered by a month.
    let month = YearMonth::from_number(series.id);
    let month = month.unwrap_or_else(|| YearMonth::of(DateTime::<Utc>::UNIX_EPOCH.date_naive()));
    Press {
        action: Action::Report(Report::Show(Period::Month(month))),
        label: Text::new("button-report-show"),
        style: ButtonStyle::Secondary,
    }
}
