//! What is due of bulletins: an association that has not confirmed is reminded in its own channel after
//! some business days, a few times, until it confirms or nothing of the bulletin is left.

use super::{Due, Press};
use crate::{
    card::date,
    custom_id::{Action, Notice as Pressed},
    notice::digest,
    text,
    text::Text,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    audience::Destination,
    id::BulletinId,
    notice::bulletin::REMINDED_AFTER_BUSINESS_DAYS,
    occurrence::{Lead, Matter, Moment, Series},
    office::Office,
    setting::Language,
};
use serenity::all::ButtonStyle;
use storage::{Connection, Transaction, notice::bulletin::Bulletin, occurrence::Occurrence};

/// The last reminder of a bulletin comes within so many days, however long an office is closed.
const REMINDED_DAYS_MAX: i64 = 120;

/// Why there is still a point in speaking of a bulletin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) bulletin: BulletinId,
    pub(crate) posted: NaiveDate,
    pub(crate) notices: usize,
}

impl Point {
    pub(super) fn line(&self, language: Language) -> String {
        text!(
            "reminder-bulletin",
            date = date(self.posted, language),
            count = self.notices
        )
        .say(language)
    }

    /// Its buttons; each says of which day the bulletin is, because one message may speak of several.
    /// Everything in it also stands in its post.
    pub(super) fn presses(&self, roomy: bool, language: Language) -> Vec<Press> {
        let posted = date(self.posted, language);
        let confirm = Press {
            action: Action::Notice(Pressed::Confirm(self.bulletin)),
            label: text!("reminder-button-bulletin-confirm", date = posted.clone()),
            style: ButtonStyle::Success,
        };
        let all = roomy.then(|| Press {
            label: text!("reminder-button-bulletin", date = posted),
            ..press(self.bulletin)
        });
        [confirm].into_iter().chain(all).collect()
    }
}

/// The button that shows everything in a bulletin.
pub(super) fn press(bulletin: BulletinId) -> Press {
    Press {
        action: Action::Notice(Pressed::Bulletin(bulletin, 0)),
        label: Text::new("button-bulletin-all"),
        style: ButtonStyle::Secondary,
    }
}

fn posted_on(bulletin: &Bulletin, office: &Office) -> NaiveDate {
    let zone = office.settings.time_zone;
    bulletin.posted_at.with_timezone(&zone).date_naive()
}

/// Plans the reminders of a bulletin that was just posted.
pub(crate) async fn plan(
    tx: &mut Transaction,
    office: &Office,
    bulletin: &Bulletin,
    place: Destination,
) -> storage::Result<()> {
    put(tx, office, bulletin, place, bulletin.posted_at).await
}

/// Plans anew what waits of every bulletin nobody has confirmed, because the office's calendar or its time
/// of day have changed; what is due already is said all the same, and what would have come by now is not.
pub(super) async fn plan_anew(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let since = now - TimeDelta::days(REMINDED_DAYS_MAX);
    let waiting = storage::notice::bulletin::unconfirmed(tx, office.id, since).await?;
    for bulletin in &waiting {
        let association = office.association(bulletin.association);
        let Some(place) = association.and_then(digest::place) else {
            continue;
        };
        let (matter, id) = (Matter::Bulletin, bulletin.id.0);
        storage::occurrence::cancel_ahead(tx, office.id, matter, id, now).await?;
        put(tx, office, bulletin, place, now).await?;
    }
    Ok(())
}

/// Plans the reminders of a bulletin that come after an instant.
async fn put(
    tx: &mut Transaction,
    office: &Office,
    bulletin: &Bulletin,
    place: Destination,
    after: DateTime<Utc>,
) -> storage::Result<()> {
    let series = Series {
        matter: Matter::Bulletin,
        id: bulletin.id.0,
        revision: 1,
    };
    let zone = office.settings.time_zone;
    for (lead, moment) in moments(office, posted_on(bulletin, office)) {
        if moment.instant(zone) <= after {
            continue;
        }
        let key = series.at(lead);
        storage::occurrence::put(tx, office.id, key, moment, zone, place).await?;
    }
    Ok(())
}

/// When an association is reminded of a bulletin that was posted on a day, each with its lead; never where
/// the office works too seldom to tell.
pub(crate) fn moments(office: &Office, posted: NaiveDate) -> Vec<(Lead, Moment)> {
    let (calendar, time) = (office.calendar(), office.settings.reminded_at);
    let moments = REMINDED_AFTER_BUSINESS_DAYS.into_iter().filter_map(|days| {
        let date = calendar.business_days_from(posted, i32::from(days))?;
        Some((Lead::days(days)?, Moment { date, time }))
    });
    moments.collect()
}

/// Settles what has come due of a bulletin.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let at = (item.key.series, item.destination);
    let point = point(tx, office, at, now).await?;
    Ok(Due::of(point.as_ref()))
}

/// Asks a bulletin whether there is a point in speaking of it at a place: it is its association's own
/// channel, nobody of it has confirmed, and something of what is in it still stands.
pub(super) async fn point(
    connection: &mut Connection,
    office: &Office,
    (series, destination): (Series, Destination),
    now: DateTime<Utc>,
) -> storage::Result<Option<Point>> {
    let id = BulletinId(series.id);
    let found = storage::notice::bulletin::find(connection, office.id, id).await?;
    let Some(bulletin) = found.filter(|it| it.confirmed.is_none()) else {
        return Ok(None);
    };
    let own = matches!(destination, Destination::Feedback(of) | Destination::Tier1(of)
        if of == bulletin.association);
    if !own {
        return Ok(None);
    }
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    let told = crate::notice::bulletin::notices(connection, office.id, &bulletin.notices).await?;
    let left = told
        .iter()
        .filter(|(it, _)| it.is_for_digests_on(today))
        .count();
    Ok((left > 0).then_some(Point {
        bulletin: id,
        posted: posted_on(&bulletin, office),
        notices: left,
    }))
}
