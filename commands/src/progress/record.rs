//! Posting a month or a year, and letting a month wait: what only coordinators may do.

use super::{month, undo, year};
use crate::{
    answer::{Answer, Reply},
    audit::note,
    error::Error,
    occurrence, permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{OfficeId, UserId},
    progress::{Period, YearMonth},
};
use storage::{Subject, Transaction};

/// What is called as people name it: 令和8年11月の進捗, 令和8年度の報告.
pub(super) fn name(request: &Request, period: Period) -> Text {
    match period {
        Period::Month(month) => text!(
            "month-title",
            month = super::page::month_name(month, request.language)
        ),
        Period::Year(year) => text!(
            "year-title",
            year = crate::card::year_name(year, request.language)
        ),
    }
}

/// Posts a month or a year, or brings what stands there up to date.
pub(super) async fn post(request: &Request, period: Period) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    match period {
        Period::Month(of) => month::refuse_future(request, of)?,
        Period::Year(of) => year::refuse_future(request, of)?,
    }
    if Destination::Progress.channel(&request.office).is_none() {
        return Err(Error::refuse(Text::new("refused-no-progress-channel")));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let (targets, known) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let targets = storage::target::count(connection, office).await?;
                let known = storage::report::find(connection, office, period).await?;
                Ok((targets, known))
            })
        })
        .await?;
    if targets == 0 {
        return Err(Error::refuse(Text::new("refused-no-target-to-post")));
    }
    let again = known.is_some_and(|report| report.posted_at.is_some());
    let held = known.is_some_and(|report| report.held);
    let draft = request
        .record(move |tx| {
            Box::pin(async move {
                storage::report::post(tx, office, period, now, now).await?;
                written(tx, office, "report.post", period, (who, now)).await?;
                // What stood there already was only brought up to date.
                if again {
                    return Ok(None);
                }
                let undoing = undo::Undoing::of(period, held, now);
                undo::keep(tx, office, (who, now), &undoing).await.map(Some)
            })
        })
        .await?;
    let key = if again {
        "report-posted-again"
    } else {
        "report-posted"
    };
    let mut lines = vec![request.say(&text!(key, name = name(request, period)))];
    if request.office.stopped_at(Destination::Progress).is_some() {
        lines.push(request.say(&Text::new("arrival-stopped")));
    }
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Ok(Answer::Say(undo::with_button(request, reply, draft)))
}

/// Lets a month wait, or go again. What should have gone out by now goes out at once.
pub(super) async fn hold(request: &Request, month: YearMonth, held: bool) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let period = Period::Month(month);
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let known = request
        .app
        .store
        .read(move |connection| Box::pin(storage::report::find(connection, office, period)))
        .await?;
    let named = name(request, period);
    let Some(known) = known else {
        return Err(Error::refuse(Text::new("refused-no-preview")));
    };
    if known.posted_at.is_some() {
        return Err(Error::refuse(text!("refused-posted-already", name = named)));
    }
    let planned = occurrence::month::planned(&request.office, month, now);
    let at_once = !held
        && known.held
        && planned.is_none()
        && Destination::Progress.channel(&request.office).is_some();
    let act = if held {
        "report.hold"
    } else {
        "report.release"
    };
    let (changed, draft) = request
        .record(move |tx| {
            Box::pin(async move {
                if !storage::report::hold(tx, office, period, held, now).await? {
                    return Ok((false, None));
                }
                written(tx, office, act, period, (who, now)).await?;
                if !at_once {
                    return Ok((true, None));
                }
                storage::report::post(tx, office, period, now, now).await?;
                let undoing = undo::Undoing::of(period, true, now);
                let draft = undo::keep(tx, office, (who, now), &undoing).await?;
                Ok((true, Some(draft)))
            })
        })
        .await?;
    let said = match (held, changed, planned) {
        (true, true, _) => text!("report-held", name = named),
        (true, false, _) => text!("report-held-already", name = named),
        (false, _, _) if at_once && changed => text!("report-released-now", name = named),
        (false, _, Some(moment)) => text!(
            "report-released",
            name = named,
            moment = crate::memo::when::moment(moment, request.language),
        ),
        (false, _, None) => text!("report-released-nowhere", name = named),
    };
    let reply = Reply::of(&said, request.language);
    Ok(Answer::Say(undo::with_button(request, reply, draft)))
}

/// Notes in the audit what was done with a month or a year.
///
/// # Errors
/// Storage failed.
pub(super) async fn written(
    tx: &mut Transaction,
    office: OfficeId,
    act: &'static str,
    period: Period,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<()> {
    note(tx, office, Some(Subject::from(period)), act, who, now, &[]).await
}
