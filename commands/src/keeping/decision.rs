//! What the desk decides about what was kept long enough: deleted after a second look, kept longer, and
//! that taken back.

use super::{
    departure::export_button,
    retention::{button, counts, nothing, read, reopen_button, subject, to_i64},
};
use crate::{
    answer::{Answer, Reply},
    audit::note,
    custom_id::{Action, Keeping},
    error::Error,
    issue::draft as drafts,
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    era::FiscalYear,
    id::{DraftId, OfficeId},
    retention::{LONGER_YEARS, LONGER_YEARS_MAX},
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{Transaction, retention::Word};

const STEP: &str = "retention-delete";

/// What was shown before the second confirmation; waits in the draft.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Seen {
    records: usize,
}

/// What would be deleted, with what is never deleted and where copies remain; to be confirmed.
pub(crate) async fn ask(request: &Request) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    asked(request).await.map(Answer::Say)
}

async fn asked(request: &Request) -> Result<Reply, Error> {
    let shelf = read(request).await?;
    if shelf.due.is_empty() {
        return Err(Error::refuse(nothing(request)));
    }
    let seen = Seen {
        records: shelf.due.len(),
    };
    let draft = drafts::put(request, STEP, &seen).await?;
    let text = text!(
        "retention-ask",
        count = to_i64(seen.records),
        counts = counts(&shelf.due, request.language),
    );
    let language = request.language;
    let buttons = vec![
        button(
            Keeping::Delete(draft),
            "button-retention-delete",
            ButtonStyle::Danger,
            language,
        ),
        export_button(language),
        button(
            Keeping::Open,
            "button-retention-list",
            ButtonStyle::Secondary,
            language,
        ),
    ];
    Ok(Reply::of(&text, language).row(CreateActionRow::Buttons(buttons)))
}

/// It was confirmed. Where something else is due now than was shown, that is shown first.
pub(crate) async fn delete(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let seen: Seen = drafts::find(request, draft, STEP).await?;
    let shelf = read(request).await?;
    if shelf.due.len() != seen.records {
        let reply = asked(request).await?;
        let line = request.say(&Text::new("retention-changed"));
        return Ok(Answer::Replace(reply.line(&line)));
    }
    let count = to_i64(seen.records);
    decide(request, Word::Delete, count, Some(draft)).await?;
    let text = text!("retention-deleting", count = count);
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}

/// For how long it may be kept.
pub(crate) fn longer(request: &Request) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let this = this_year(request);
    let buttons = LONGER_YEARS.iter().map(|years| {
        let until = FiscalYear::starting_in(this + years);
        let until_name = crate::card::year_name(until, request.language);
        let label = text!(
            "button-retention-until",
            years = i64::from(*years),
            year = until_name
        );
        CreateButton::new(Action::Keeping(Keeping::Until(this + years)).custom_id())
            .label(request.say(&label))
            .style(ButtonStyle::Secondary)
    });
    let row = CreateActionRow::Buttons(buttons.collect());
    let text = Text::new("retention-longer");
    Ok(Answer::Say(Reply::of(&text, request.language).row(row)))
}

fn this_year(request: &Request) -> i32 {
    let start = request.office.settings.fiscal_year_start;
    FiscalYear::of(request.today(), start).western()
}

/// It is kept until a fiscal year begins.
pub(crate) async fn until(request: &Request, until: i32) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let this = this_year(request);
    if !(this + 1..=this + LONGER_YEARS_MAX).contains(&until) {
        return Err(Error::refuse(Text::new("refused-unknown-button")));
    }
    let shelf = read(request).await?;
    if shelf.due.is_empty() {
        return Err(Error::refuse(nothing(request)));
    }
    let count = to_i64(shelf.due.len());
    decide(request, Word::Keep(until), count, None).await?;
    let year = crate::card::year_name(FiscalYear::starting_in(until), request.language);
    let text = text!("retention-kept", count = count, year = year);
    let row = CreateActionRow::Buttons(vec![reopen_button(this, request.language)]);
    Ok(Answer::Replace(Reply::of(&text, request.language).row(row)))
}

/// Records what the desk has decided, with the card that says so.
async fn decide(
    request: &Request,
    word: Word,
    count: i64,
    used: Option<DraftId>,
) -> Result<(), Error> {
    let (office, year, day) = (request.office_id(), this_year(request), request.today());
    let (who, now) = (request.person.user, request.now);
    request
        .record(move |tx| {
            Box::pin(async move {
                if let Some(used) = used
                    && storage::draft::take(tx, office, used, who, STEP, now)
                        .await?
                        .is_none()
                {
                    return Err(storage::Conflict::StaleRevision.into());
                }
                let decided =
                    storage::retention::decide(tx, office, year, word, (day, count), (who, now))
                        .await?;
                let act = match word {
                    Word::Delete => "retention.decide",
                    Word::Keep(_) => "retention.keep",
                };
                let mut details = vec![("count", count.to_string())];
                if let Word::Keep(until) = word {
                    details.push(("until", until.to_string()));
                }
                let about = Some(subject(year));
                note(tx, office, about, act, who, now, &details).await?;
                say(tx, office, year, decided.revision, now).await
            })
        })
        .await
        .map_err(meanwhile)
}

/// Has the card at the desk say what is so now.
async fn say(
    tx: &mut Transaction,
    office: OfficeId,
    year: i32,
    revision: i64,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    storage::outbox::want(tx, office, subject(year), Destination::Desk, revision, now).await
}

/// What was kept longer is due again.
pub(crate) async fn reopen(request: &Request, year: i32) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let office = request.office_id();
    let (who, now) = (request.person.user, request.now);
    let reopened = request
        .record(move |tx| {
            Box::pin(async move {
                let Some(again) = storage::retention::reopen(tx, office, year).await? else {
                    return Ok(false);
                };
                let about = Some(subject(year));
                note(tx, office, about, "retention.reopen", who, now, &[]).await?;
                say(tx, office, year, again.revision, now).await?;
                Ok(true)
            })
        })
        .await?;
    if !reopened {
        return Err(Error::refuse(Text::new("refused-retention-meanwhile")));
    }
    Ok(Answer::Say(Reply::of(
        &Text::new("retention-reopened"),
        request.language,
    )))
}

/// Somebody was a moment earlier.
fn meanwhile(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::StaleRevision)) => {
            Error::refuse(Text::new("refused-retention-meanwhile"))
        }
        other => other,
    }
}
