//! What the preview of a catalogue shows becomes the office's: all of it in one transaction.

use super::{
    Seen, preview, undo,
    waiting::{self, Waiting},
};
use crate::{
    answer::{Answer, Reply},
    audit,
    card::year_name,
    error::Error,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    fund::{Fund, LINES_MAX},
    id::{DraftId, OfficeId, UserId},
};
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction, fund::Applied};

/// The act in audit and history.
const ACT: &str = "fund.import";

/// The button was pressed. Only what it showed is stored: where something has changed since, the preview is
/// shown anew.
pub(super) async fn confirm(
    request: &Request,
    draft: DraftId,
    shown: u64,
) -> Result<Answer, Error> {
    let seen = Seen::of(request, Waiting::find(request, draft).await?).await?;
    if seen.number != shown {
        return Ok(anew(request, &seen, draft));
    }
    if seen.difference.is_nothing() {
        return Err(Error::refuse(Text::new("fund-nothing-to-store")));
    }
    let seen = Arc::new(seen);
    let of = Arc::clone(&seen);
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let stored = request
        .record(move |tx| {
            let seen = Arc::clone(&of);
            Box::pin(async move {
                let step = waiting::STEP;
                if storage::draft::take(tx, office, draft, who, step, now)
                    .await?
                    .is_none()
                {
                    return Ok(None);
                }
                // What was compared with must still be what is kept.
                let year = seen.waiting.year;
                let kept = storage::fund::of_year(tx, office, year).await?;
                if kept != seen.kept {
                    return Err(Conflict::StaleRevision.into());
                }
                let brought = (&seen.difference.new[..], &seen.difference.changed[..]);
                let applied =
                    storage::fund::apply(tx, office, year, brought, &kept, (who, now)).await?;
                remember(tx, office, (who, now), &applied, ACT).await?;
                let mut details = details(&applied);
                details.push(("year", year.western().to_string()));
                audit::note(tx, office, None, ACT, who, now, &details).await?;
                let back = undo::keep(tx, office, (who, now), &applied).await?;
                Ok(Some((applied, back)))
            })
        })
        .await;
    let stored = match stored {
        Err(Error::Storage(storage::Error::Conflict(Conflict::StaleRevision))) => {
            let seen = Seen::of(request, Waiting::find(request, draft).await?).await?;
            return Ok(anew(request, &seen, draft));
        }
        Err(Error::Storage(storage::Error::Conflict(Conflict::Full))) => {
            return Err(Error::refuse(text!("refused-fund-full", limit = LINES_MAX)));
        }
        stored => stored?,
    };
    let (applied, back) = stored.ok_or_else(waiting::gone)?;
    Ok(Answer::Replace(told(request, &seen, &applied, back)))
}

/// The preview once more, because something has changed since it was shown.
fn anew(request: &Request, seen: &Seen, draft: DraftId) -> Answer {
    let reply = preview::page(request, seen, draft, preview::first(seen), 0);
    Answer::Replace(reply.line(&request.say(&Text::new("plan-changed-meanwhile"))))
}

/// How much was stored, for the audit; never what.
pub(super) fn details(applied: &Applied) -> Vec<(&'static str, String)> {
    vec![
        ("funds", applied.new.len().to_string()),
        ("changed", applied.changed.len().to_string()),
    ]
}

/// Notes in the history what became of kept lines: as they were and as they are.
pub(super) async fn remember(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    applied: &Applied,
    act: &'static str,
) -> storage::Result<()> {
    for before in &applied.changed {
        let after = storage::fund::find(tx, office, before.fund).await?;
        let Fund {
            entry, withdrawn, ..
        } = after.ok_or(Conflict::Missing)?;
        let was = serde_json::json!({ "entry": before.entry, "withdrawn": before.withdrawn });
        let is = serde_json::json!({ "entry": entry, "withdrawn": withdrawn });
        let about = Subject::from(before.fund);
        storage::history::append(tx, office, about, now, who, act, Some(was), is).await?;
    }
    Ok(())
}

fn told(request: &Request, seen: &Seen, applied: &Applied, back: DraftId) -> Reply {
    let gone = seen.difference.gone.len();
    let mut reply = Reply::of(
        &text!(
            "fund-stored",
            year = year_name(seen.waiting.year, request.language),
            new = applied.new.len(),
            changed = applied.changed.len() - gone,
            gone = gone,
        ),
        request.language,
    );
    let left = seen.catalogue().unread.len();
    if left > 0 {
        reply = reply.line(&request.say(&text!("fund-stored-left", count = left)));
    }
    reply.row(undo::button(request, back))
}
