//! What is due of keeping: once a year the desk is told what was kept long enough, in a post of its own.

use super::Press;
use crate::{
    custom_id::{Action, Keeping},
    keeping::work,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    era::FiscalYear,
    occurrence::{Matter, Moment, ON_THE_DAY, Series},
    office::Office,
    retention::{next_proposed, proposed},
};
use serenity::all::ButtonStyle;
use storage::{Transaction, occurrence::Occurrence};

/// Plans when the desk is told next; `false` when that is planned or was said already.
pub(super) async fn plan(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<bool> {
    let (year, moment) = next(office, now);
    put(tx, office, year, moment).await
}

/// As [`plan`]; where this year's was said already, the next year's is planned.
pub(super) async fn begin(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<bool> {
    if plan(tx, office, now).await? {
        return Ok(true);
    }
    // Whoever looked at the same time may have planned this year's a moment ago.
    if storage::occurrence::waits(tx, office.id, Matter::Retention).await? {
        return Ok(false);
    }
    let (year, _) = next(office, now);
    let settings = &office.settings;
    let year = FiscalYear::starting_in(year.western() + 1);
    let moment = proposed(
        year,
        settings.fiscal_year_start,
        settings.reminded_at,
        office.calendar(),
    );
    put(tx, office, year, moment).await
}

fn next(office: &Office, now: DateTime<Utc>) -> (FiscalYear, Moment) {
    let settings = &office.settings;
    next_proposed(
        settings.fiscal_year_start,
        settings.reminded_at,
        now,
        settings.time_zone,
        office.calendar(),
    )
}

async fn put(
    tx: &mut Transaction,
    office: &Office,
    year: FiscalYear,
    moment: Moment,
) -> storage::Result<bool> {
    let series = Series {
        matter: Matter::Retention,
        id: i64::from(year.western()),
        revision: 1,
    };
    let (key, zone) = (series.at(ON_THE_DAY), office.settings.time_zone);
    storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk).await
}

/// Tells the desk, and plans the next year's. An office without a desk is not told.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<super::Due> {
    plan(tx, office, now.max(item.due_at)).await?;
    if Destination::Desk.channel(office).is_some() {
        // What comes late speaks of the year it comes in.
        let settings = &office.settings;
        let today = now.with_timezone(&settings.time_zone).date_naive();
        let year = FiscalYear::of(today, settings.fiscal_year_start);
        work::propose(tx, office, year.western(), now).await?;
    }
    Ok(super::Due::Done)
}

/// The button that shows what was kept long enough.
pub(super) fn press() -> Press {
    Press {
        action: Action::Keeping(Keeping::Open),
        label: Text::new("button-retention-list"),
        style: ButtonStyle::Secondary,
    }
}
