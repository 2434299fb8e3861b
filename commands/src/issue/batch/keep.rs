//! *n件として記録*: all lines that fit become issues in one transaction, with numbers in order.

use super::{Batch, STEP, Waiting, kept_already, line::Said, screen, undo};
use crate::{
    answer::Answer,
    error::Error,
    issue::{
        add::{self, Composed},
        draft as drafts,
    },
    request::Request,
    session,
    text::Text,
};
use domain::{id::DraftId, issue::Issue};
use serde_json::Value;

/// A line as the issue it becomes.
pub(super) fn composed(request: &Request, batch: &Batch, said: &Said) -> Result<Composed, Error> {
    let source = said.source(request, batch.chosen.source())?;
    let chosen = batch.chosen.clone().with(source, said.tier);
    Ok(add::composed(request, &chosen, batch.words(said)))
}

/// What became of the press inside its transaction.
enum Ended {
    Kept(Vec<Issue>, DraftId),
    /// Another press was quicker, or has changed the lines.
    Otherwise(Option<Value>),
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let read: Value = drafts::find(request, draft, STEP).await?;
    let batch = match serde_json::from_value(read.clone()) {
        Ok(Waiting::Lines(batch)) => *batch,
        Ok(Waiting::Kept { numbers, .. }) => return Err(kept_already(numbers)),
        Err(_) => return Err(drafts::gone()),
    };
    batch.chosen.check_still(request)?;
    session::option::still_takes_issues(request, batch.chosen.session()).await?;
    let ready = batch
        .fit()
        .map(|(_, said)| composed(request, &batch, said))
        .collect::<Result<Vec<Composed>, Error>>()?;
    if ready.is_empty() {
        return Err(Error::refuse(Text::new("refused-batch-nothing-fits")));
    }
    let rest: Vec<Said> = batch
        .lines
        .iter()
        .filter(|said| said.held.is_some())
        .cloned()
        .collect();
    let issues: Vec<Issue> = ready
        .iter()
        .map(|composed| composed.issue.clone())
        .collect();
    let (stored, undo) = match record(request, draft, read, &batch, rest.clone(), issues).await? {
        Ended::Kept(stored, undo) => (stored, undo),
        Ended::Otherwise(found) => return Err(otherwise(found)),
    };
    let reply = screen::kept(request, &stored, &ready, &batch.chosen);
    let reply = reply.row(undo::row(request, draft, undo, rest.len()));
    Ok(Answer::Replace(reply))
}

async fn record(
    request: &Request,
    draft: DraftId,
    read: Value,
    batch: &Batch,
    rest: Vec<Said>,
    issues: Vec<Issue>,
) -> Result<Ended, Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let (chosen, note) = (Box::new(batch.chosen.clone()), batch.note.clone());
    request
        .record(move |tx| {
            let (read, issues) = (read.clone(), issues.clone());
            let (chosen, note, rest) = (chosen.clone(), note.clone(), rest.clone());
            Box::pin(async move {
                let found = storage::draft::find(tx, office, draft, who, STEP, now).await?;
                if found.as_ref() != Some(&read) {
                    return Ok(Ended::Otherwise(found));
                }
                let mut stored = Vec::with_capacity(issues.len());
                for issue in &issues {
                    stored.push(add::store(tx, office, (who, now), issue, false).await?);
                }
                let number = |issue: Option<&Issue>| issue.map_or(0, |issue| issue.id.0);
                let kept = Waiting::Kept {
                    numbers: (number(stored.first()), number(stored.last())),
                    chosen,
                    note,
                    rest,
                };
                let kept = serde_json::to_value(kept)?;
                storage::draft::exchange(tx, office, draft, who, STEP, now, &kept).await?;
                let undo = undo::keep(tx, office, (who, now), &stored).await?;
                Ok(Ended::Kept(stored, undo))
            })
        })
        .await
}

/// Why the press came too late.
fn otherwise(found: Option<Value>) -> Error {
    match found.and_then(|body| serde_json::from_value(body).ok()) {
        Some(Waiting::Kept { numbers, .. }) => kept_already(numbers),
        Some(Waiting::Lines(_)) => Error::refuse(Text::new("refused-batch-changed")),
        None => drafts::gone(),
    }
}
