//! `/reminder cancel` 取消, and the button below a post: a memo is stopped by whoever may write one for
//! its place.

use super::{find, state, undo};
use crate::{
    Context,
    answer::{Answer, Reply},
    dispatch::{
        May, SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, answer as answered, suggest,
    },
    error::Error,
    occurrence,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{DraftId, MemoId, UserId},
    memo::{self, Memo, State},
    office::Office,
    text::{fold, one_line},
};
use serenity::all::CreateAutocompleteResponse;
use std::sync::Arc;
use storage::{Subject, Transaction};

/// The act in audit and history.
const ACT: &str = "memo.stop";

/// `/reminder cancel` 取消
#[poise::command(slash_command)]
pub(crate) async fn cancel(
    ctx: Context<'_>,
    #[autocomplete = "memos"] number: String,
) -> Result<(), Error> {
    answered(ctx, May::Say, async move |request: Request| {
        answer(&request, read(&number)?).await
    })
    .await
}

/// Reads `3`, `#3`.
fn read(written: &str) -> Result<MemoId, Error> {
    crate::option::issue_number(written)
        .map(|id| MemoId(id.0))
        .map_err(|_| Error::refuse(Text::new("refused-not-a-memo")))
}

/// What is still to come at the places one writes for.
async fn memos(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim().trim_start_matches(['#', '＃']));
    suggest(ctx, async move |request: Request| {
        super::permitted(&request)?;
        let office = request.office_id();
        let waiting = request
            .app
            .store
            .read(move |connection| Box::pin(storage::memo::all_waiting(connection, office)))
            .await?;
        Ok::<_, Error>(
            waiting
                .into_iter()
                .filter(|memo| memo::may_write(&request.person, memo.destination))
                .map(|memo| suggestion(&memo))
                .filter(|suggestion| {
                    suggestion.value.starts_with(&typed) || fold(&suggestion.shown).contains(&typed)
                })
                .take(SUGGESTIONS_MAX)
                .collect(),
        )
    })
    .await
}

fn suggestion(memo: &Memo) -> Suggestion {
    let shown = format!(
        "{}\u{3000}{}",
        memo.id,
        one_line(&memo.words, SUGGESTION_UNITS_MAX)
    );
    Suggestion {
        shown: one_line(&shown, SUGGESTION_UNITS_MAX),
        value: memo.id.to_string(),
    }
}

/// Stops it.
pub(crate) async fn answer(request: &Request, id: MemoId) -> Result<Answer, Error> {
    let memo = find(request, id).await?;
    if memo.state != State::Waiting {
        return Err(ended(&memo));
    }
    let (who, now) = (request.person.user, request.now);
    let office = Arc::clone(&request.office);
    let before = memo.clone();
    let draft = request
        .record(move |tx| {
            let (office, before) = (Arc::clone(&office), before.clone());
            Box::pin(async move { stop(tx, &office, &before, (who, now)).await })
        })
        .await
        .map_err(meanwhile)?;
    let text = text!("memo-stopped", number = id.0);
    let reply = Reply::of(&text, request.language).row(undo::button(request, draft));
    Ok(Answer::Say(reply))
}

async fn stop(
    tx: &mut Transaction,
    office: &Office,
    before: &Memo,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<DraftId> {
    let after = before.ended(State::Stopped, now);
    let stored = write(tx, office, before, &after, ACT, (who, now)).await?;
    let was = Memo {
        next: before.next,
        ..stored
    };
    undo::keep(tx, office.id, (who, now), &was, undo::Done::Stopped).await
}

/// Stores a memo as changed, with what is planned, audit and history.
pub(crate) async fn write(
    tx: &mut Transaction,
    office: &Office,
    before: &Memo,
    after: &Memo,
    act: &'static str,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Memo> {
    let stored = storage::memo::update(tx, office.id, after).await?;
    occurrence::memo::plan(tx, office, &stored).await?;
    let about = Subject::from(stored.id);
    let details = [("destination", stored.destination.code())];
    let details = match stored.destination {
        Destination::Desk => &[][..],
        _ => &details[..],
    };
    crate::audit::note(tx, office.id, Some(about), act, who, now, details).await?;
    let (was, is) = (state::of(before), state::of(&stored));
    storage::history::append(tx, office.id, about, now, who, act, Some(was), is).await?;
    Ok(stored)
}

/// Why one that is not to come any more cannot be stopped.
fn ended(memo: &Memo) -> Error {
    Error::refuse(text!(
        format!("refused-memo-{}", memo.state.code()),
        number = memo.id.0
    ))
}

/// Somebody was a moment earlier.
pub(crate) fn meanwhile(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::StaleRevision)) => {
            Error::refuse(Text::new("refused-memo-changed-meanwhile"))
        }
        other => other,
    }
}
