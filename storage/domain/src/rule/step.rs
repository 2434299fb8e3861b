//! When something of a rule is said next: a deadline that comes every month, the day a rule takes effect, the
//! end of a transition. Only the next one of each is ever planned; what follows is planned when it is said.

use super::pack::Rule;
use crate::{
    calendar::{Calendar, Shift, first_day_of_month},
    occurrence::{Lead, Moment},
};
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

/// Months that are looked through for the next deadline.
const MONTHS_AHEAD: u32 = 16;

/// What of a rule comes on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// What is to be done for a month.
    Deadline,
    /// It takes effect.
    Effect,
    /// A transition ends.
    Transition,
}

crate::codes!(Event {
    Deadline = "deadline",
    Effect = "effect",
    Transition = "transition",
});

/// One reminder of a rule, and when it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What comes.
    pub event: Event,
    /// The day it comes.
    pub date: NaiveDate,
    /// The first day of the month a deadline is about.
    pub month: Option<NaiveDate>,
    /// How many days before.
    pub lead: Lead,
    /// When it is said: on the business day at or before.
    pub moment: Moment,
}

/// The next reminder of an event of a rule after an instant; `None` where none is to come. Of several that
/// fall on one moment (two lead times before one long weekend) the nearest to the day is the one.
#[must_use]
pub fn next(
    rule: &Rule,
    event: Event,
    (time, zone): (NaiveTime, Tz),
    calendar: &Calendar,
    after: DateTime<Utc>,
) -> Option<Step> {
    let today = after.with_timezone(&zone).date_naive();
    let dates = dates(rule, event, calendar, today);
    let leads = match event {
        Event::Deadline => &rule.deadline.as_ref()?.leads,
        Event::Effect | Event::Transition => &rule.leads,
    };
    let steps = dates.into_iter().flat_map(|(date, month)| {
        leads.iter().filter_map(move |lead| {
            let day = date.checked_sub_days(Days::new(u64::from(lead.length())))?;
            let moment = Moment {
                date: calendar.shifted(day, Shift::Previous),
                time,
            };
            Some(Step {
                event,
                date,
                month,
                lead: *lead,
                moment,
            })
        })
    });
    steps
        .filter(|step| step.moment.instant(zone) > after)
        .min_by_key(|step| (step.moment.instant(zone), step.lead))
}

/// Whether a date of a rule is still to come, so that it is announced; else it is told as past.
#[must_use]
pub fn is_announced(date: NaiveDate, today: NaiveDate) -> bool {
    date > today
}

/// The days of an event that may still be spoken of, with the months deadlines are about.
fn dates(
    rule: &Rule,
    event: Event,
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    let once = |date: Option<NaiveDate>| date.map(|date| (date, None)).into_iter().collect();
    let deadline = match event {
        Event::Effect => return once(rule.effect),
        Event::Transition => return once(rule.transition),
        Event::Deadline => rule.deadline.as_ref(),
    };
    let Some(deadline) = deadline else {
        return Vec::new();
    };
    // What was done before the rule took effect is not asked for.
    let first = rule.effect.map(first_day_of_month);
    let from = first_day_of_month(today).checked_sub_months(Months::new(deadline.months_after + 1));
    let months = from.into_iter().flat_map(|from| {
        let months = 0..MONTHS_AHEAD + deadline.months_after;
        months.filter_map(move |more| from.checked_add_months(Months::new(more)))
    });
    let mut months: Vec<NaiveDate> = months.collect();
    // Long before a rule takes effect, its first month is the only one to look at.
    months.extend(first.filter(|first| months.last().is_some_and(|last| first > last)));
    months
        .into_iter()
        .filter(|month| first.is_none_or(|first| *month >= first))
        .filter_map(|month| Some((deadline.due(month, calendar)?, Some(month))))
        .collect()
}
