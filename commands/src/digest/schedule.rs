//! `/office schedule` 予定: when regular posts come. What was set is shown with its next days.

use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    dispatch::{May, answer},
    error::Error,
    memo::when,
    occurrence,
    office::fixed,
    option::{ShiftChoice, WhatChoice},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    calendar::Shift,
    digest::{DigestFault, What, fit},
    memo,
    schedule::{Schedule, When},
    setting::Settings,
};
use std::sync::Arc;

/// `/office schedule` 予定
#[poise::command(slash_command)]
pub(crate) async fn schedule(
    ctx: Context<'_>,
    what: WhatChoice,
    cron: String,
    shift: Option<ShiftChoice>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let what = what.0;
        let name = || Text::new(format!("word-schedule-{}", what.code()));
        if request.office.settings.fixed.contains(what.key().code()) {
            return Err(fixed());
        }
        let When::Repeated(written) = when::read(&request, &cron)? else {
            return Err(Error::refuse(text!("refused-schedule-once", what = name())));
        };
        let schedule = shifted(written, shift.map(|shift| shift.0))?;
        let zone = request.office.settings.time_zone;
        fit(&schedule, request.now, zone, request.office.calendar()).map_err(|fault| {
            Error::refuse(match fault {
                DigestFault::TooOften => text!("refused-schedule-too-often", what = name()),
                DigestFault::Never => Text::new("refused-never-due"),
            })
        })?;
        record(&request, what, &schedule).await?;
        let mut lines = vec![request.say(&text!(
            "schedule-set",
            what = name(),
            cadence = when::schedule(&schedule, request.language)
        ))];
        lines.extend(when::coming(&request, &schedule, memo::SHOWN));
        Ok(Answer::Say(Reply {
            content: lines.join("\n"),
            ..Reply::default()
        }))
    })
    .await
}

/// The schedule with what happens on days off: the next business day, unless somebody says otherwise.
fn shifted(schedule: Schedule, shift: Option<Shift>) -> Result<Schedule, Error> {
    match (schedule.shift(), shift) {
        (Shift::None, shift) => Ok(schedule.shifting(shift.unwrap_or(Shift::Next))),
        (_, None) => Ok(schedule),
        (said, Some(shift)) if said == shift => Ok(schedule),
        _ => Err(Error::refuse(Text::new("schedule-shift-unclear"))),
    }
}

async fn record(request: &Request, what: What, schedule: &Schedule) -> Result<(), Error> {
    let (who, now) = (request.person.user, request.now);
    let written = schedule.to_string();
    let office = Arc::clone(&request.office);
    let settings = Settings {
        digest: schedule.clone(),
        ..office.settings.clone()
    };
    request
        .record(move |tx| {
            let (office, written, settings) =
                (Arc::clone(&office), written.clone(), settings.clone());
            Box::pin(async move {
                let key = what.key();
                storage::office::set_setting(tx, office.id, key, &written, false).await?;
                let changed = domain::office::Office {
                    settings,
                    ..(*office).clone()
                };
                occurrence::digest::plan_anew(tx, &changed, now).await?;
                let details = [("key", key.code().to_owned())];
                note(tx, office.id, None, "office.schedule", who, now, &details).await
            })
        })
        .await
}
