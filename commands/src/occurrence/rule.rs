//! What is due of rules (基準): a deadline that comes every month, a day a rule takes effect, the end of a
//! transition. The association it is switched on for is reminded in its own channel, by the lead times the
//! pack names; when one has been said, the next is planned. Nobody is told what has passed.

use super::{Due, Press};
use crate::{
    card::date,
    custom_id::{self, Action},
    text,
    text::Text,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    audience::Destination,
    id::{AssociationId, OfficeId, RuleId},
    occurrence::{Matter, Series},
    office::Office,
    rule::{self, Event, Rule, RuleAssociation, Step},
    setting::Language,
    text::escape_markdown,
};
use serenity::all::ButtonStyle;
use storage::{Connection, Transaction, occurrence::Occurrence};

/// What is due of rules, and what of each.
const MATTERS: [(Matter, Event); 3] = [
    (Matter::RuleDeadline, Event::Deadline),
    (Matter::RuleEffect, Event::Effect),
    (Matter::RuleTransition, Event::Transition),
];

/// Why there is still a point in speaking of a rule: it is on, and its day is ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    row: RuleId,
    rule: &'static Rule,
    event: Event,
    date: NaiveDate,
    /// The month a deadline is about.
    month: Option<NaiveDate>,
    association: AssociationId,
}

impl Point {
    /// The rule as it is switched for the association.
    pub(super) fn rule(&self) -> RuleId {
        self.row
    }

    /// The button that shows it; it says which of the rules of one message it is.
    pub(super) fn press(&self) -> Press {
        let article = self.rule.article.clone();
        Press {
            label: text!("reminder-button-rule-article", article = article),
            ..press(self.row)
        }
    }

    /// After a long absence the week and the day before are one matter.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (self.row, self.event, self.date) == (other.row, other.event, other.date)
    }

    /// What is due, why it came, and how it stops.
    pub(super) fn line(&self, office: &Office, language: Language) -> String {
        let association = office.association(self.association);
        let name = association.map_or_else(String::new, |it| escape_markdown(&it.name));
        Text::new(format!("reminder-rule-{}", self.event.code()))
            .with("article", self.rule.article.clone())
            .with("phrase", self.rule.phrase.say(language).to_owned())
            .with("month", month_word(self.month, language))
            .with("date", date(self.date, language))
            .with("association", name)
            .say(language)
    }
}

/// The button that shows a rule.
pub(super) fn press(row: RuleId) -> Press {
    Press {
        action: Action::Rule(custom_id::Rule::Show(row)),
        label: Text::new("reminder-button-rule"),
        style: ButtonStyle::Secondary,
    }
}

/// The month a deadline is about.
pub(crate) fn month_word(month: Option<NaiveDate>, language: Language) -> String {
    month.map_or_else(String::new, |month| {
        text!("rule-month", month = i64::from(month.month())).say(language)
    })
}

/// Plans what is said next of a rule that was switched, in place of what was planned for it before.
///
/// # Errors
/// Storage failed.
pub async fn plan(
    tx: &mut Transaction,
    office: &Office,
    row: &RuleAssociation,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    for (matter, event) in MATTERS {
        storage::occurrence::cancel_all(tx, office.id, matter, row.id.0).await?;
        put(tx, office, (row, event), now).await?;
    }
    Ok(())
}

/// Plans the next reminder of an event after an instant.
async fn put(
    tx: &mut Transaction,
    office: &Office,
    (row, event): (&RuleAssociation, Event),
    after: DateTime<Utc>,
) -> storage::Result<()> {
    let shipped = row.shipped().filter(|_| row.active);
    let Some((_, rule)) = shipped else {
        return Ok(());
    };
    let settings = &office.settings;
    let (time, zone) = (settings.reminded_at, settings.time_zone);
    let mut after = after;
    while let Some(step) = rule::next(rule, event, (time, zone), office.calendar(), after) {
        let Some(series) = series(row.id, &step) else {
            return Ok(());
        };
        let key = series.at(step.lead);
        let place = Destination::Tier1(row.association);
        if storage::occurrence::put(tx, office.id, key, step.moment, zone, place).await? {
            return Ok(());
        }
        // It was said before the rule was switched off and on again, or before a day was moved.
        after = step.moment.instant(zone);
    }
    Ok(())
}

fn series(row: RuleId, step: &Step) -> Option<Series> {
    let (matter, _) = MATTERS.iter().find(|(_, event)| *event == step.event)?;
    Some(Series {
        matter: *matter,
        id: row.0,
        revision: number(step.date),
    })
}

/// A day as a number: 20261130.
fn number(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The day of a number.
fn day(number: i64) -> Option<NaiveDate> {
    let year = i32::try_from(number / 10_000).ok()?;
    let month = u32::try_from(number / 100 % 100).ok()?;
    NaiveDate::from_ymd_opt(year, month, u32::try_from(number % 100).ok()?)
}

/// Settles what has come due of a rule, and plans what follows.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let series = item.key.series;
    let found = storage::rule::find(tx, office.id, RuleId(series.id)).await?;
    let Some(row) = found.filter(|row| row.active) else {
        return Ok(Due::Pointless);
    };
    if let Some((_, event)) = MATTERS.iter().find(|(matter, _)| *matter == series.matter) {
        put(tx, office, (&row, *event), now.max(item.due_at)).await?;
    }
    let point = pointed(&row, office, series, now);
    Ok(Due::of(point.as_ref()))
}

/// Asks a rule whether what is due by it still has a point.
pub(super) async fn point(
    connection: &mut Connection,
    office: &Office,
    series: Series,
    now: DateTime<Utc>,
) -> storage::Result<Option<Point>> {
    let found = storage::rule::find(connection, office.id, RuleId(series.id)).await?;
    Ok(found.and_then(|row| pointed(&row, office, series, now)))
}

fn pointed(
    row: &RuleAssociation,
    office: &Office,
    series: Series,
    now: DateTime<Utc>,
) -> Option<Point> {
    let (_, rule) = row.shipped().filter(|_| row.active)?;
    let (_, event) = MATTERS
        .iter()
        .find(|(matter, _)| *matter == series.matter)?;
    let date = day(series.revision)?;
    let deadline = rule.deadline.as_ref().filter(|_| *event == Event::Deadline);
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    (date >= today).then_some(Point {
        row: row.id,
        rule,
        event: *event,
        date,
        month: deadline.and_then(|deadline| deadline.month_of(date, office.calendar())),
        association: row.association,
    })
}

/// Plans anew what waits of every rule, because the office's calendar or its time of day have changed; what is
/// due already is said all the same.
pub(super) async fn plan_anew(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let rows = storage::rule::all_active(tx, office.id).await?;
    for row in &rows {
        for (matter, event) in MATTERS {
            cancel_ahead(tx, office.id, matter, row.id, now).await?;
            put(tx, office, (row, event), now).await?;
        }
    }
    Ok(())
}

async fn cancel_ahead(
    tx: &mut Transaction,
    office: OfficeId,
    matter: Matter,
    row: RuleId,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    storage::occurrence::cancel_ahead(tx, office, matter, row.0, now)
        .await
        .map(drop)
}
