//! `/office audit` 記録: who did what, when, to what; newest first, for coordinators only.
//!
//! Reading the audit is itself written down, once per reading (decision 0023). Pages stay as they were
//! while entries are added: the filter that waits in the draft says which entry was the newest.

mod line;

use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    card::frame::Frame,
    custom_id::Action,
    dispatch::{May, answer},
    error::Error,
    issue::draft as drafts,
    option::past_day,
    page, permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use domain::id::{DraftId, UserId};
use serde::{Deserialize, Serialize};
use serenity::all::User;
use storage::audit::{Filter, Page};

/// Entries a page.
const PAGE: i64 = 10;
/// UTF-16 units of a page: what an embed's description holds.
const PAGE_UNITS_MAX: usize = 4_000;
/// UTF-16 units of a line, so that all lines of a page fit.
const LINE_UNITS_MAX: usize = 390;
const STEP: &str = "office-audit";

/// Which entries are read; waits in the draft.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Wanted {
    /// The first instant, in microseconds.
    from: Option<i64>,
    /// The instant after the last, in microseconds.
    before: Option<i64>,
    who: Option<UserId>,
    /// The newest entry when the reading began.
    newest: Option<i64>,
}

/// `/office audit` 記録
#[poise::command(slash_command)]
pub(crate) async fn audit(
    ctx: Context<'_>,
    from: Option<String>,
    to: Option<String>,
    who: Option<User>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let day = |written: Option<&str>| {
            written
                .map(|written| past_day(&request, written))
                .transpose()
        };
        let (from, to) = (day(from.as_deref())?, day(to.as_deref())?);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(Error::refuse(text!(
                "refused-from-after-to",
                from = crate::card::date(from, request.language),
                to = crate::card::date(to, request.language),
            )));
        }
        begin(&request, from, to, who.map(|who| UserId(who.id.get()))).await
    })
    .await
}

/// The first page. The reading is noted after it was done, so that it does not show itself.
async fn begin(
    request: &Request,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    whose: Option<UserId>,
) -> Result<Answer, Error> {
    let after = to.and_then(|to| to.checked_add_days(Days::new(1)));
    let mut wanted = Wanted {
        from: from.map(|day| begins(request, day)),
        before: after.map(|day| begins(request, day)),
        who: whose,
        newest: None,
    };
    let found = read(request, &wanted, 0).await?;
    wanted.newest = found.entries.first().map(|entry| entry.id);
    let draft = (found.total > PAGE)
        .then(|| drafts::new(request, STEP, &wanted))
        .transpose()?;
    let details: Vec<(&'static str, String)> = [
        from.map(|day| ("from", day.to_string())),
        to.map(|day| ("to", day.to_string())),
        whose.map(|who| ("who", who.to_string())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let draft = request
        .record(move |tx| {
            let (draft, details) = (draft.clone(), details.clone());
            Box::pin(async move {
                note(tx, office, None, "audit.read", who, now, &details).await?;
                Ok(match draft {
                    Some(draft) => Some(storage::draft::put(tx, office, &draft).await?),
                    None => None,
                })
            })
        })
        .await?;
    Ok(Answer::Say(drawn(request, &found, draft, 0)))
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    let mut number = number;
    let mut found = read(request, &wanted, number).await?;
    let last = page::last(found.total, PAGE);
    if number > last {
        number = last;
        found = read(request, &wanted, number).await?;
    }
    Ok(Answer::Replace(drawn(request, &found, Some(draft), number)))
}

async fn read(request: &Request, wanted: &Wanted, number: i64) -> Result<Page, Error> {
    let office = request.office_id();
    let instant = |micros: Option<i64>| micros.and_then(DateTime::from_timestamp_micros);
    let filter = Filter {
        from: instant(wanted.from),
        before: instant(wanted.before),
        who: wanted.who,
        newest: wanted.newest,
    };
    let offset = number.saturating_mul(PAGE);
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::audit::list(connection, office, &filter, offset, PAGE).await
            })
        })
        .await?;
    Ok(found)
}

fn drawn(request: &Request, found: &Page, draft: Option<DraftId>, number: i64) -> Reply {
    if found.total == 0 {
        return Reply::of(&Text::new("audit-empty"), request.language);
    }
    let last = page::last(found.total, PAGE);
    let lines: Vec<String> = found
        .entries
        .iter()
        .map(|entry| crate::card::frame::cut(&line::of(request, entry), LINE_UNITS_MAX))
        .collect();
    let title = text!("audit-title", total = found.total);
    let frame = Frame::titled(title.say(request.language))
        .words(crate::card::fitting(&lines, PAGE_UNITS_MAX))
        .footer(page::place(request, number, last));
    let reply = Reply::default().embed(frame.draw());
    match draft {
        Some(draft) => reply.row(page::turning(request, number, last, |page| {
            Action::OfficeAudit(draft, page)
        })),
        None => reply,
    }
}

/// The first instant of a day in the office's time zone, in microseconds.
fn begins(request: &Request, day: NaiveDate) -> i64 {
    let zone = request.office.settings.time_zone;
    let midnight = day.and_time(NaiveTime::MIN);
    let begins = |time: NaiveDateTime| time.and_local_timezone(zone).earliest();
    // Where midnight falls into a gap of the clocks, the day begins an hour later.
    begins(midnight)
        .or_else(|| begins(midnight + TimeDelta::hours(1)))
        .map_or_else(
            || midnight.and_utc().timestamp_micros(),
            |begins| begins.timestamp_micros(),
        )
}
