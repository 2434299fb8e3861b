//! `/office schedule` 予定: when regular posts come. What was set is shown with its next days, and can be
//! taken back. The month (月次) and the reminder to hand over (引継ぎ) can be switched off as well.

use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    custom_id::{Action, Round},
    dispatch::{May, answer},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, button_of, is_late},
    },
    memo::when,
    occurrence,
    office::fixed,
    option::{ShiftChoice, WhatChoice},
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    calendar::Shift,
    digest::{DigestFault, What, fit},
    id::{DraftId, UserId},
    memo,
    office::Office,
    progress::posting::{self, PostingFault},
    schedule::{Schedule, When},
    setting::says_nothing,
    text::normalise,
};
use serde::{Deserialize, Serialize};
use storage::Transaction;

const UNDO: &str = "schedule-undo";

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
        if says_nothing(&normalise(&cron)) {
            if what == What::Digest {
                let refused = text!("refused-schedule-digest-off", what = name());
                return Err(Error::refuse(refused));
            }
            return set(&request, what, posting::NEVER).await;
        }
        let When::Repeated(written) = when::read(&request, &cron)? else {
            return Err(Error::refuse(text!("refused-schedule-once", what = name())));
        };
        let schedule = shifted(written, shift.map(|shift| shift.0))?;
        check(&request, what, &schedule)?;
        set(&request, what, &schedule.to_string()).await
    })
    .await
}

/// Keeps a schedule as it is written, and says when the post comes from now on.
async fn set(request: &Request, what: What, written: &str) -> Result<Answer, Error> {
    let draft = record(request, what, written).await?;
    let reply = told(request, "schedule-set", what, written)?;
    let undo = Action::Round(Round::Undo(draft));
    Ok(Answer::Say(reply.row(button_of(request, undo))))
}

/// Whether a post may come so often.
fn check(request: &Request, what: What, schedule: &Schedule) -> Result<(), Error> {
    let (zone, calendar) = (request.office.settings.time_zone, request.office.calendar());
    let never = || Error::refuse(Text::new("refused-never-due"));
    match what {
        What::Digest | What::Handover => {
            fit(schedule, request.now, zone, calendar).map_err(|fault| match fault {
                DigestFault::TooOften => {
                    let name = Text::new(format!("word-schedule-{}", what.code()));
                    Error::refuse(text!("refused-schedule-too-often", what = name))
                }
                DigestFault::Never => never(),
            })
        }
        What::Progress | What::Feedback => {
            let too_often = if what == What::Progress {
                "refused-schedule-month"
            } else {
                "refused-schedule-feedback"
            };
            posting::fit(schedule, request.now, zone, calendar).map_err(|fault| match fault {
                PostingFault::TooOften => Error::refuse(Text::new(too_often)),
                PostingFault::Never => never(),
            })
        }
    }
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

/// What waits behind the *undo* button.
#[derive(Clone, Serialize, Deserialize)]
struct Undoing {
    what: String,
    /// The schedule before and after, as the setting keeps them.
    before: String,
    after: String,
    /// When it was set, in microseconds.
    at: i64,
}

/// Keeps a schedule, and what taking it back needs.
async fn record(request: &Request, what: What, written: &str) -> Result<DraftId, Error> {
    let after = written.to_owned();
    let undoing = Undoing {
        what: what.code().to_owned(),
        before: request.office.settings.stored(what.key()),
        after: after.clone(),
        at: request.now.timestamp_micros(),
    };
    let draft = drafts::new(request, UNDO, &undoing)?;
    let changed = with(request, what, &after)?;
    let (who, now) = (request.person.user, request.now);
    request
        .record(move |tx| {
            let (changed, after, draft) = (changed.clone(), after.clone(), draft.clone());
            Box::pin(async move {
                keep(tx, &changed, (what, &after), "office.schedule", (who, now)).await?;
                storage::draft::put(tx, changed.id, &draft).await
            })
        })
        .await
}

/// The office as it is with another schedule.
fn with(request: &Request, what: What, written: &str) -> Result<Office, Error> {
    let mut settings = request.office.settings.clone();
    settings
        .set(what.key(), written, &|_| None)
        .map_err(|_| Error::Fault("a schedule that was read is not one"))?;
    Ok(Office {
        settings,
        ..(*request.office).clone()
    })
}

async fn keep(
    tx: &mut Transaction,
    changed: &Office,
    (what, written): (What, &str),
    act: &'static str,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<()> {
    let key = what.key();
    storage::office::set_setting(tx, changed.id, key, written, false).await?;
    occurrence::digest::plan_anew(tx, changed, now).await?;
    let details = [("key", key.code().to_owned())];
    note(tx, changed.id, None, act, who, now, &details).await
}

/// *元に戻す* was pressed: the posts come again when they came before.
pub(super) async fn take_back(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let undoing: Undoing = match drafts::find(request, draft, UNDO).await {
        Err(Error::Refusal(_)) => return Err(Error::refuse(Text::new("refused-undo-gone"))),
        found => found?,
    };
    let what = What::from_code(&undoing.what).ok_or(Error::Fault("a kept code is unknown"))?;
    if is_late(request, undoing.at) {
        let instead = Text::new("undo-late-schedule").say(request.language);
        return Err(Error::refuse(text!(
            "refused-undo-late",
            minutes = UNDO_MINUTES,
            instead = instead
        )));
    }
    let settings = &request.office.settings;
    if settings.stored(what.key()) != undoing.after {
        return Err(Error::refuse(Text::new("refused-schedule-changed")));
    }
    if settings.fixed.contains(what.key().code()) {
        return Err(fixed());
    }
    let (who, now) = (request.person.user, request.now);
    let (changed, before) = (with(request, what, &undoing.before)?, undoing.before);
    let written = before.clone();
    let taken = request
        .record(move |tx| {
            let (changed, written) = (changed.clone(), written.clone());
            Box::pin(async move {
                let taken = storage::draft::take(tx, changed.id, draft, who, UNDO, now).await?;
                if taken.is_some() {
                    let to = (what, written.as_str());
                    keep(tx, &changed, to, "office.schedule-undo", (who, now)).await?;
                }
                Ok(taken.is_some())
            })
        })
        .await?;
    if !taken {
        return Err(Error::refuse(Text::new("refused-undo-gone")));
    }
    let reply = told(request, "schedule-undone", what, &before)?;
    Ok(Answer::Replace(reply))
}

/// When it comes from now on, with the next days; or that it does not come by itself.
fn told(request: &Request, key: &'static str, what: What, written: &str) -> Result<Reply, Error> {
    if says_nothing(written) {
        let name = Text::new(format!("word-schedule-{}", what.code()));
        let key = if what == What::Feedback {
            "schedule-off-feedback"
        } else {
            "schedule-off"
        };
        let said = text!(key, what = name);
        return Ok(Reply::of(&said, request.language));
    }
    let schedule = Schedule::parse(written).map_err(|_| Error::Fault("a kept schedule is none"))?;
    let mut lines = vec![request.say(&text!(
        key,
        what = Text::new(format!("word-schedule-{}", what.code())),
        cadence = when::schedule(&schedule, request.language)
    ))];
    lines.extend(when::coming(request, &schedule, memo::SHOWN));
    Ok(Reply {
        content: lines.join("\n"),
        ..Reply::default()
    })
}
