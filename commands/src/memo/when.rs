//! When something is due, as people write and read it: phrases, dates, expressions ([`When`]).

use crate::{
    card,
    error::Error,
    option::{no_date, no_time},
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    memo::APART_MINUTES_MIN,
    occurrence::Moment,
    schedule::{
        BUSINESS_DAY_NUMBER_MAX, EXAMPLES, PHRASE_MAX, Schedule, ScheduleFault, When, WhenFault,
        YEARS_AHEAD_MAX,
    },
    setting::Language,
    text::{escape_markdown, one_line},
};

/// UTF-16 units of what was not understood, repeated in a refusal.
const PART_UNITS_MAX: usize = 60;

/// Reads a phrase, a date or an expression.
///
/// # Errors
/// Refused with what was not understood and what works.
pub(crate) fn read(request: &Request, written: &str) -> Result<When, Error> {
    let now = on_the_wall(request.now, request);
    When::read(written, now, request.office.calendar())
        .map_err(|fault| Error::refuse(refusal(fault, request.language)))
}

/// The present on the office's wall.
fn on_the_wall(now: DateTime<Utc>, request: &Request) -> Moment {
    let local = now
        .with_timezone(&request.office.settings.time_zone)
        .naive_local();
    Moment {
        date: local.date(),
        time: local.time(),
    }
}

/// 令和8年11月27日(金) 9:00.
pub(crate) fn moment(moment: Moment, language: Language) -> String {
    let date = card::date(moment.date, language);
    format!("{date} {}", moment.time.format("%-H:%M"))
}

/// 毎月第2火曜 14:00; in English, which has no phrases of ours, as its expression.
pub(crate) fn schedule(schedule: &Schedule, language: Language) -> String {
    match language {
        Language::Ja => escape_markdown(&schedule.words()),
        Language::En => format!("`{schedule}`"),
    }
}

/// The coming moments of a schedule, a line each.
pub(crate) fn coming(request: &Request, of: &Schedule, count: usize) -> Vec<String> {
    let zone = request.office.settings.time_zone;
    of.upcoming(request.now, zone, request.office.calendar())
        .take(count)
        .map(|next| {
            request.say(&text!(
                "when-coming",
                moment = moment(next, request.language)
            ))
        })
        .collect()
}

fn part(written: &str) -> String {
    escape_markdown(&one_line(written, PART_UNITS_MAX))
}

fn refusal(fault: WhenFault, language: Language) -> Text {
    match fault {
        WhenFault::TooLong => text!("refused-when-too-long", limit = PHRASE_MAX),
        WhenFault::NotUnderstood(written) => text!(
            "refused-when",
            part = part(&written),
            examples = EXAMPLES.join(&Text::new("when-examples-separator").say(language)),
        ),
        WhenFault::Date(fault) => no_date(&fault, language),
        WhenFault::Time(fault) => no_time(&fault),
        WhenFault::Schedule(fault) => expression(fault),
        WhenFault::Past(passed) => {
            text!("refused-when-past", moment = moment(passed, language))
        }
        WhenFault::TooFar => {
            text!("refused-when-too-far", years = i64::from(YEARS_AHEAD_MAX))
        }
        WhenFault::SeveralTimes => Text::new("refused-when-several-times"),
        WhenFault::SeveralDays => Text::new("refused-when-several-days"),
        WhenFault::NoSuchPlace(written) => text!(
            "refused-when-no-place",
            part = part(&written),
            limit = i64::from(BUSINESS_DAY_NUMBER_MAX),
        ),
        WhenFault::NotThatMonth => Text::new("refused-when-not-that-month"),
        WhenFault::MonthStep(months) => {
            text!("refused-when-month-step", months = i64::from(months))
        }
    }
}

fn expression(fault: ScheduleFault) -> Text {
    match fault {
        ScheduleFault::FieldCount(count) => text!("refused-expression-fields", count = count),
        ScheduleFault::Unreadable(_, written)
        | ScheduleFault::Backwards(_, written)
        | ScheduleFault::Step(_, written)
        | ScheduleFault::Option(written) => {
            text!("refused-expression-part", part = part(&written))
        }
        ScheduleFault::OutOfRange {
            value, least, most, ..
        } => text!(
            "refused-expression-range",
            value = i64::from(value),
            least = i64::from(least),
            most = i64::from(most),
        ),
        ScheduleFault::TooOften => text!("refused-too-often", minutes = APART_MINUTES_MIN),
        ScheduleFault::Never => Text::new("refused-never-due"),
        ScheduleFault::TooLong | ScheduleFault::BusinessDayAndWeekday | ScheduleFault::Weeks => {
            Text::new("refused-expression")
        }
    }
}
