//! Taking a change of a review back, within the time of every undo: the review, the issues its outcome
//! moved, and what was proposed because of it. An undo is a change of its own; nothing is wiped out.

use super::{
    find,
    record::{self, Change},
    state::State,
    word,
};
use crate::{
    answer::{Answer, Reply},
    audit,
    custom_id::{Action, Review as Button},
    error::Error,
    issue::{
        change::{self, Change as IssueChange},
        draft as drafts,
        state::State as IssueState,
        undo::{UNDO_MINUTES, button_of, is_late},
    },
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{DraftId, IssueId, OfficeId, ReviewId, UserId},
    issue::Issue,
    office::Office,
    review::{Review, State as Stage},
};
use serde::{Deserialize, Serialize};
use serenity::all::CreateActionRow;
use std::sync::Arc;
use storage::{Conflict, Transaction};

const STEP: &str = "review-undo";

/// What waits behind the button.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Offer {
    act: String,
    /// The state before; `None` when the change made the review.
    before: Option<State>,
    review: i64,
    /// The revision the change led to.
    revision: i64,
    /// When, in microseconds.
    at: i64,
    /// The issues that were moved: number, the revision the change led to, the state before.
    issues: Vec<(i64, i64, IssueState)>,
    /// What was proposed because of it, with its revision.
    proposed: Option<(i64, i64)>,
}

impl Offer {
    /// For a change of a review; without one before it made the review.
    pub(super) fn of(act: &'static str, before: Option<&Review>) -> Self {
        Self {
            act: act.to_owned(),
            before: before.map(State::of),
            review: 0,
            revision: 0,
            at: 0,
            issues: Vec::new(),
            proposed: None,
        }
    }

    /// With an issue that was moved.
    pub(super) fn with_issue(mut self, before: &Issue, stored: &Issue) -> Self {
        let state = IssueState::of(before);
        self.issues.push((stored.id.0, stored.revision, state));
        self
    }

    /// With what was proposed because of it.
    pub(super) fn with_proposed(mut self, proposed: &Review) -> Self {
        self.proposed = Some((proposed.id.0, proposed.revision));
        self
    }

    /// Keeps it, in the transaction of the change.
    pub(super) async fn keep(
        mut self,
        tx: &mut Transaction,
        office: OfficeId,
        (who, now): (UserId, DateTime<Utc>),
        stored: &Review,
    ) -> storage::Result<DraftId> {
        self.review = stored.id.0;
        self.revision = stored.revision;
        self.at = now.timestamp_micros();
        let draft = storage::draft::NewDraft {
            person: who,
            step: STEP,
            body: serde_json::to_value(self)?,
            now,
            // Longer than it can be used, so that a late press is told what to do instead.
            expires_at: now + Duration::hours(drafts::DRAFT_HOURS),
        };
        storage::draft::put(tx, office, &draft).await
    }
}

/// The row with the button.
pub(super) fn button(request: &Request, draft: DraftId) -> CreateActionRow {
    button_of(request, Action::Review(Button::Undo(draft)))
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let offer: Offer = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(Error::refuse(Text::new("refused-undo-gone"))),
        found => found?,
    };
    let (review, about) = find(request, ReviewId(offer.review)).await?;
    permission::deal_with_review(request, &about)?;
    if is_late(request, offer.at) {
        let instead = text!("undo-late-review", number = review.id.0);
        return Err(Error::refuse(text!(
            "refused-undo-late",
            minutes = UNDO_MINUTES,
            instead = instead
        )));
    }
    if review.revision != offer.revision {
        return Err(Error::refuse(Text::new("refused-review-undo-changed")));
    }
    let issues = issues(request, &offer).await?;
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let act = audit::act(&offer.act, request.language);
    let name = word::name(&review);
    let undone = request
        .record(move |tx| {
            let (offer, review, issues) = (offer.clone(), review.clone(), issues.clone());
            let set_up = Arc::clone(&set_up);
            Box::pin(async move {
                let taken = storage::draft::take(tx, set_up.id, draft, who, STEP, now).await?;
                if taken.is_none() {
                    return Ok(false);
                }
                take_back(tx, &set_up, (who, now), (&offer, &review), &issues).await?;
                Ok(true)
            })
        })
        .await
        .map_err(changed)?;
    if !undone {
        return Err(Error::refuse(Text::new("refused-undo-gone")));
    }
    let text = text!("review-undone", name = name, act = act);
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}

/// The issues as they are and as they were; refused when somebody has changed one since.
async fn issues(request: &Request, offer: &Offer) -> Result<Vec<(Issue, Issue)>, Error> {
    let office = request.office_id();
    let wanted: Vec<IssueId> = offer.issues.iter().map(|(id, ..)| IssueId(*id)).collect();
    let found = request
        .app
        .store
        .read(move |connection| {
            let wanted = wanted.clone();
            Box::pin(async move {
                let mut found = Vec::with_capacity(wanted.len());
                for id in wanted {
                    found.extend(storage::issue::find(connection, office, id).await?);
                }
                Ok(found)
            })
        })
        .await?;
    let mut pairs = Vec::with_capacity(found.len());
    for (now, (_, revision, state)) in found.into_iter().zip(&offer.issues) {
        if now.revision != *revision {
            return Err(Error::refuse(Text::new("refused-review-undo-changed")));
        }
        let mut back = state.clone().brought_back(&now);
        change::reroute(request, &mut back);
        pairs.push((now, back));
    }
    Ok(pairs)
}

async fn take_back(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    (offer, review): (&Offer, &Review),
    issues: &[(Issue, Issue)],
) -> storage::Result<()> {
    if let Some((proposed, revision)) = offer.proposed {
        let found = storage::review::find(tx, set_up.id, ReviewId(proposed)).await?;
        let Some(proposed) = found.filter(|found| found.revision == revision) else {
            return Err(Conflict::StaleRevision.into());
        };
        let gone = Review {
            state: Stage::Dropped,
            retracted: true,
            ..proposed.clone()
        };
        let details = [("act", "review.propose".to_owned())];
        let change = Change::of("review.undo", &details);
        let pair = (Some(&proposed), &gone);
        record::write(tx, set_up, (who, now), pair, change).await?;
    }
    let back = match offer.before.clone() {
        Some(state) => state.brought_back(review),
        None => Review {
            retracted: true,
            ..review.clone()
        },
    };
    let details = [("act", offer.act.clone())];
    let change = Change::of("review.undo", &details);
    record::write(tx, set_up, (who, now), (Some(review), &back), change).await?;
    // The review is back before its issues are, so that none is proposed for them anew.
    for (is, was) in issues {
        let change = IssueChange {
            act: "issue.undo",
            details: vec![("act", "issue.review".to_owned())],
            undone: Some("issue.review".to_owned()),
            ..IssueChange::default()
        };
        change::write(tx, set_up, (who, now), is, was, &change).await?;
    }
    Ok(())
}

fn changed(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::StaleRevision | Conflict::InUse)) => {
            Error::refuse(Text::new("refused-review-undo-changed"))
        }
        other => other,
    }
}
