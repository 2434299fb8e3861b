//! What is due of the week and of the year: the desk's digest (週のまとめ), the proposal of a council
//! (協議会), and the reminder to hand over (引継ぎ). Every office has the next of each planned, whatever happens
//! to the one before.

use super::{Due, Press, handover, month, retention};
use crate::{
    custom_id::{self, Action},
    text::Text,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    audience::Destination,
    era::FiscalYear,
    id::OfficeId,
    occurrence::{Matter, Moment, ON_THE_DAY, Series},
    office::Office,
    round,
};
use serenity::all::ButtonStyle;
use storage::{Connection, Subject, Transaction, occurrence::Occurrence, reminder::Content};

/// Offices whose next is planned in one transaction.
const AT_ONCE: i64 = 50;
/// What every office has planned, whatever happens: its digest, its council, its handover, its month,
/// its feedback, what was kept long enough.
const ROUNDS: [Matter; 7] = [
    Matter::Digest,
    Matter::Council,
    Matter::Handover,
    Matter::MonthPreview,
    Matter::MonthPost,
    Matter::FeedbackMonth,
    Matter::Retention,
];

/// Plans the next of every round for every office that has none waiting: new ones, and those of an older
/// program. Says how many were planned.
///
/// # Errors
/// Storage failed; what is left is found again.
pub async fn plan_rounds(app: &crate::App, now: DateTime<Utc>) -> storage::Result<usize> {
    let mut planned = 0;
    loop {
        // Almost always there is nothing to do: one look for all.
        let missing = app
            .store
            .read(|connection| Box::pin(without(connection)))
            .await?;
        if missing.iter().all(|(_, offices)| offices.is_empty()) {
            return Ok(planned);
        }
        let mut some = 0;
        for (matter, offices) in missing {
            let done = app.store.write(move |tx| {
                let offices = offices.clone();
                Box::pin(async move { plan_some(tx, &offices, matter, now).await })
            });
            some += done.await?;
        }
        planned += some;
        // Another process was faster, or an office can have none: the next look sees.
        if some == 0 {
            return Ok(planned);
        }
    }
}

/// Offices for which the next of a matter is not planned, by matter.
async fn without(connection: &mut Connection) -> storage::Result<Vec<(Matter, Vec<OfficeId>)>> {
    let mut missing = Vec::new();
    for matter in ROUNDS {
        let offices = storage::occurrence::offices_without(connection, matter, AT_ONCE).await?;
        missing.push((matter, offices));
    }
    Ok(missing)
}

async fn plan_some(
    tx: &mut Transaction,
    offices: &[OfficeId],
    matter: Matter,
    now: DateTime<Utc>,
) -> storage::Result<usize> {
    let mut planned = 0;
    for id in offices {
        if let Some(office) = storage::office::load(tx, *id).await? {
            planned += usize::from(begin(tx, &office, matter, now).await?);
        }
    }
    Ok(planned)
}

/// Plans the next of a matter where none waits; `false` when there is none. A council is proposed once a
/// year: where this year's was, because the calendar or the hour was another one then, the next year's is
/// planned.
async fn begin(
    tx: &mut Transaction,
    office: &Office,
    matter: Matter,
    now: DateTime<Utc>,
) -> storage::Result<bool> {
    if matter == Matter::Retention {
        return retention::begin(tx, office, now).await;
    }
    if plan(tx, office, matter, now).await? {
        return Ok(true);
    }
    // Whoever looked at the same time may have planned this year's a moment ago.
    if matter != Matter::Council || storage::occurrence::waits(tx, office.id, matter).await? {
        return Ok(false);
    }
    let (settings, calendar) = (&office.settings, office.calendar());
    let (start, time, zone) = (
        settings.fiscal_year_start,
        settings.reminded_at,
        settings.time_zone,
    );
    let (year, _) = round::next_council(start, time, now, zone, calendar);
    let year = FiscalYear::starting_in(year.western() + 1);
    let moment = round::council_proposed(year, start, time, calendar);
    let key = council_of(year).at(ON_THE_DAY);
    storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk).await
}

/// Plans the next of a matter after an instant; `false` when it is planned or was said already, or there
/// is none.
async fn plan(
    tx: &mut Transaction,
    office: &Office,
    matter: Matter,
    now: DateTime<Utc>,
) -> storage::Result<bool> {
    if matches!(
        matter,
        Matter::MonthPreview | Matter::MonthPost | Matter::FeedbackMonth
    ) {
        return month::plan(tx, office, matter, now).await;
    }
    let (settings, calendar) = (&office.settings, office.calendar());
    let zone = settings.time_zone;
    let next = match matter {
        Matter::Council => {
            let (start, time) = (settings.fiscal_year_start, settings.reminded_at);
            let (year, moment) = round::next_council(start, time, now, zone, calendar);
            Some((council_of(year), moment))
        }
        Matter::Handover => {
            let moment = handover::schedule(settings).next_moment(now, zone, calendar);
            moment.map(|moment| (by_day(matter, moment), moment))
        }
        _ => {
            let moment = settings.digest.next_moment(now, zone, calendar);
            moment.map(|moment| (by_day(Matter::Digest, moment), moment))
        }
    };
    let Some((series, moment)) = next else {
        return Ok(false);
    };
    let key = series.at(ON_THE_DAY);
    storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk).await
}

/// A council is proposed once a year, at whatever hour.
fn council_of(year: FiscalYear) -> Series {
    Series {
        matter: Matter::Council,
        id: i64::from(year.western()),
        revision: 1,
    }
}

/// What is numbered by its day.
fn by_day(matter: Matter, moment: Moment) -> Series {
    Series {
        matter,
        id: number_of(moment.date),
        revision: minute_of(moment),
    }
}

/// 20261124, the number of a day.
fn number_of(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// Tells a moment apart from another of the same day; from 1.
fn minute_of(moment: Moment) -> i64 {
    use chrono::Timelike;
    i64::from(moment.time.num_seconds_from_midnight() / 60) + 1
}

/// Settles a digest, a proposal or a reminder to hand over: it is said in a post of its own, and the next
/// is planned. An office without a desk gets none.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let matter = item.key.series.matter;
    // Clocks of processes may differ a little: what follows is later than what is settled.
    plan(tx, office, matter, now.max(item.due_at)).await?;
    if Destination::Desk.channel(office).is_none() || !has_point(tx, office, item).await? {
        return Ok(Due::Done);
    }
    let content = Content {
        items: std::slice::from_ref(item),
        passed: &[],
    };
    let made = storage::reminder::insert(tx, office.id, Destination::Desk, content, now).await?;
    if let Some(made) = made {
        let about = Subject::from(made.id);
        storage::outbox::want(
            tx,
            office.id,
            about,
            Destination::Desk,
            made.revision,
            made.due_at,
        )
        .await?;
    }
    Ok(Due::Done)
}

/// A council that is planned, or was held, is not proposed; and where nobody wants to be reminded to hand
/// over, nobody is.
async fn has_point(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
) -> storage::Result<bool> {
    if item.key.series.matter == Matter::Handover {
        return Ok(office.settings.handover.is_some());
    }
    let Some(year) = council_year(item.key.series) else {
        return Ok(true);
    };
    let start = office.settings.fiscal_year_start;
    let (first, last) = (year.first_day(start), year.last_day(start));
    let planned = storage::round::council(tx, office.id, first, last).await?;
    Ok(planned.is_none())
}

/// The fiscal year a proposal is about.
pub(crate) fn council_year(series: Series) -> Option<FiscalYear> {
    (series.matter == Matter::Council)
        .then(|| i32::try_from(series.id).ok())
        .flatten()
        .map(FiscalYear::starting_in)
}

/// Plans what waits anew, because the calendar, the schedule or the time of day has changed. What is due
/// already is said all the same.
pub(crate) async fn plan_anew(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    for matter in ROUNDS {
        storage::occurrence::cancel_matter(tx, office.id, matter, now).await?;
        begin(tx, office, matter, now).await?;
    }
    Ok(())
}

/// The button that shows the digest as it is now.
pub(super) fn press() -> Press {
    Press {
        action: Action::Round(custom_id::Round::Digest),
        label: Text::new("button-digest"),
        style: ButtonStyle::Secondary,
    }
}
