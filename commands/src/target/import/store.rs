//! What the preview of a plan table shows becomes the office's: all of it in one transaction.

use super::{
    preview,
    seen::{self, Seen},
    undo,
    waiting::{self, Waiting},
};
use crate::{
    answer::{Answer, Reply},
    audit,
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::id::DraftId;
use std::sync::Arc;
use storage::{Conflict, target::Applied};

/// The act in audit and history.
pub(super) const ACT: &str = "target.import";

/// The button was pressed. Only what it showed is stored: where something has changed since, the preview is
/// shown anew.
pub(super) async fn confirm(
    request: &Request,
    draft: DraftId,
    shown: u64,
) -> Result<Answer, Error> {
    let waiting = Waiting::find(request, draft).await?;
    let seen = Seen::of(request, &waiting).await?;
    if seen.number != shown {
        return Ok(anew(request, &seen, draft));
    }
    if seen.compared.difference.is_nothing() {
        return Err(Error::refuse(Text::new("plan-nothing-to-store")));
    }
    let left = seen.plan.unread.len() + seen.compared.left.len();
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
                let years = seen::years(&seen.plan);
                let kept = seen::kept(tx, office, seen.kept.start_month, &years).await?;
                if kept != seen.kept {
                    return Err(Conflict::StaleRevision.into());
                }
                let difference = &seen.compared.difference;
                let applied = storage::target::apply(tx, office, difference, (who, now)).await?;
                undo::remember(tx, office, (who, now), &seen, &applied).await?;
                let mut details = details(&applied);
                details.push(("refused", left.to_string()));
                audit::note(tx, office, None, ACT, who, now, &details).await?;
                let back = undo::keep(tx, office, (who, now), &seen, &applied).await?;
                Ok(Some((applied, back)))
            })
        })
        .await;
    let stored = match stored {
        Err(Error::Storage(storage::Error::Conflict(Conflict::StaleRevision))) => {
            let seen = Seen::of(request, &waiting).await?;
            return Ok(anew(request, &seen, draft));
        }
        stored => stored?,
    };
    let (applied, back) = stored.ok_or_else(waiting::gone)?;
    Ok(Answer::Replace(told(request, &applied, left, back)))
}

/// The preview once more, because something has changed since it was shown.
fn anew(request: &Request, seen: &Seen, draft: DraftId) -> Answer {
    let reply = preview::page(request, seen, draft, preview::first(seen), 0);
    Answer::Replace(reply.line(&request.say(&Text::new("plan-changed-meanwhile"))))
}

/// How much was stored, for the audit; never what.
pub(super) fn details(applied: &Applied) -> Vec<(&'static str, String)> {
    vec![
        ("targets", applied.new_targets.len().to_string()),
        ("items", applied.changed_targets.len().to_string()),
        ("goals", applied.new_goals.len().to_string()),
        ("records", applied.new_records.len().to_string()),
        ("corrected", applied.changed_records.len().to_string()),
    ]
}

fn told(request: &Request, applied: &Applied, left: usize, back: DraftId) -> Reply {
    let mut reply = Reply::of(
        &text!(
            "plan-stored",
            targets = applied.new_targets.len(),
            items = applied.changed_targets.len(),
            goals = applied.new_goals.len(),
            records = applied.new_records.len(),
            corrected = applied.changed_records.len(),
        ),
        request.language,
    );
    if left > 0 {
        reply = reply.line(&request.say(&text!("plan-stored-left", count = left)));
    }
    reply.row(undo::button(request, back))
}
