//! Both issues of an accepted pair become 検討中, when the coordinator says so: one transaction, each with its undo.

use super::met;
use crate::{
    answer::{Answer, Reply},
    error::Error,
    issue::{
        change::{self, Change},
        undo,
    },
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, MatchingId},
    issue::{Issue, Status},
    matching::State,
};
use std::sync::Arc;

/// The button was pressed.
pub(super) async fn answer(request: &Request, id: MatchingId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let met = met(request, id).await?;
    if met.matching.state != State::Accepted {
        return Err(Error::refuse(text!(
            "refused-match-not-accepted",
            number = id.0
        )));
    }
    let waiting: Vec<Issue> = [met.first, met.second]
        .into_iter()
        // One that was merged meanwhile follows the issue that stands for it.
        .filter(|issue| issue.merged_into.is_none())
        .filter(|issue| matches!(issue.status, Status::Open | Status::Sorted))
        .collect();
    if waiting.is_empty() {
        return Err(Error::refuse(text!("refused-match-planned", number = id.0)));
    }
    let changes: Vec<(Issue, Issue, undo::Offer)> = waiting
        .into_iter()
        .map(|before| {
            let mut after = before.clone();
            after.status = Status::Planning;
            change::reroute(request, &mut after);
            let offer = undo::Offer::of(request, "issue.status", &before, &after);
            (before, after, offer)
        })
        .collect();
    let undos = record(request, changes).await?;
    let numbers: Vec<String> = undos.iter().map(|(issue, _)| format!("#{issue}")).collect();
    let separator = request.say(&Text::new("list-separator"));
    let text = text!("match-planned", numbers = numbers.join(&separator));
    let reply = Reply::of(&text, request.language);
    let rows = undos
        .into_iter()
        .map(|(issue, draft)| undo::button_for(request, draft, issue))
        .collect();
    Ok(Answer::Replace(Reply { rows, ..reply }))
}

/// The numbers that were changed, each with what its undo needs.
async fn record(
    request: &Request,
    changes: Vec<(Issue, Issue, undo::Offer)>,
) -> Result<Vec<(i64, DraftId)>, Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    request
        .record(move |tx| {
            let (changes, set_up) = (changes.clone(), Arc::clone(&set_up));
            Box::pin(async move {
                let mut undos = Vec::new();
                for (before, after, offer) in changes {
                    let change = Change {
                        act: "issue.status",
                        details: vec![
                            ("from", before.status.code().to_owned()),
                            ("to", after.status.code().to_owned()),
                        ],
                        ..Change::default()
                    };
                    let stored =
                        change::write(tx, &set_up, (who, now), &before, &after, &change).await?;
                    let draft = offer.keep(tx, office, (who, now), &stored).await?;
                    undos.push((stored.id.0, draft));
                }
                Ok(undos)
            })
        })
        .await
        .map_err(change::stale)
}
