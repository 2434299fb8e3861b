//! Recording what becomes of a disclosure: one way for every button and form, so that audit, history,
//! search and the outbox are never forgotten.
//!
//! What is decided is decided on what stands in the transaction, not on what was read before it: of
//! two coordinators who press at the same time, one decides and the other is told.

use super::found::{self, Found};
use crate::{
    error::Error,
    issue::{change, draft, draft::Used, place, subject},
    occurrence,
    request::Request,
    text,
    text::Text,
};
use domain::{
    disclosure::{self, Audience, Disclosure, State},
    id::{IssueId, UserId},
    issue::Issue,
    office::Office,
};
use serde_json::json;
use std::sync::Arc;
use storage::Transaction;

/// Proposals of one issue that may wait at the same time: its desk card has a row of buttons for each.
pub(super) const WAITING_MAX: usize = 3;

/// Words for an audience.
#[derive(Clone, Debug)]
pub(super) struct New {
    /// For whom.
    pub(super) audience: Audience,
    /// The words; free of personal data.
    pub(super) wording: String,
    /// They are the original's.
    pub(super) as_written: bool,
    /// The audience may learn which profession said it.
    pub(super) names_source: bool,
}

/// What becomes of disclosures.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Words wait for the desk.
    Propose(New),
    /// Words are approved by the coordinator who wrote them; those of a version give way to them.
    Put(New, Option<i64>),
    /// A waiting version is approved as it is.
    Approve(i64),
    /// A waiting version is turned down.
    Decline(i64),
    /// An approved version is taken back.
    Withdraw(i64),
}

/// A step about to be recorded.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The issue.
    pub(super) issue: IssueId,
    /// What becomes of its disclosures.
    pub(super) step: Step,
    /// Code of the act, for audit and history.
    pub(super) act: &'static str,
    /// Codes beside the version and its audience; never wording.
    pub(super) details: Vec<(&'static str, String)>,
    /// The reason a person gave; kept in the history only.
    pub(super) reason: Option<String>,
    /// The draft that is used up.
    pub(super) draft: Option<Used>,
    /// The revision the person decided on, where the original wording was part of it.
    pub(super) revision: Option<i64>,
}

impl Plan {
    /// A step with nothing beside it.
    pub(super) fn new(issue: IssueId, step: Step, act: &'static str) -> Self {
        Self {
            issue,
            step,
            act,
            details: Vec::new(),
            reason: None,
            draft: None,
            revision: None,
        }
    }
}

/// What came of it.
enum Outcome {
    Stored(Box<Found>, i64),
    /// Somebody decided on this version first.
    Lost(Box<Found>, i64),
    /// As many proposals wait as may.
    Full,
    DraftGone,
    Stale,
    Missing,
}

/// Records the step; returns everything of the issue as it is then, and the version it was about.
///
/// # Errors
/// Refused with who decided what when somebody was quicker; when the form was sent twice; when the
/// issue has changed meanwhile.
pub(super) async fn record(request: &Request, plan: Plan) -> Result<(Found, i64), Error> {
    let by = By {
        office: Arc::clone(&request.office),
        who: request.person.user,
        now: request.now,
    };
    let number = plan.issue.0;
    let outcome = request
        .record(move |tx| {
            let (by, plan) = (by.clone(), plan.clone());
            Box::pin(async move { by.write(tx, plan).await })
        })
        .await
        .map_err(|error| full(number, change::stale(error)))?;
    Err(match outcome {
        Outcome::Stored(found, version) => return Ok((*found, version)),
        Outcome::Lost(found, version) => found::decided_already(request, found.version(version)?),
        Outcome::Full => Error::refuse(text!(
            "refused-share-waiting",
            number = number,
            limit = WAITING_MAX
        )),
        Outcome::DraftGone => draft::gone(),
        Outcome::Stale => Error::refuse(Text::new("refused-changed-meanwhile")),
        Outcome::Missing => Error::refuse(Text::new("refused-no-such-issue")),
    })
}

/// What is said when an issue has as many versions as it may have.
fn full(number: i64, error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::Full)) => Error::refuse(text!(
            "refused-share-full",
            number = number,
            limit = disclosure::PER_ISSUE_MAX,
        )),
        other => other,
    }
}

/// Who records, for which office, when.
#[derive(Clone)]
struct By {
    office: Arc<Office>,
    who: UserId,
    now: chrono::DateTime<chrono::Utc>,
}

impl By {
    async fn write(&self, tx: &mut Transaction, plan: Plan) -> storage::Result<Outcome> {
        let office = self.office.id;
        let issue = storage::issue::find(tx, office, plan.issue).await?;
        let Some(issue) = issue.filter(|issue| !issue.retracted) else {
            return Ok(Outcome::Missing);
        };
        let disclosures = storage::disclosure::of(tx, office, plan.issue).await?;
        let before = Found { issue, disclosures };
        if plan
            .revision
            .is_some_and(|revision| revision != before.issue.revision)
        {
            return Ok(Outcome::Stale);
        }
        if let Some(Used { id, step }) = plan.draft
            && storage::draft::take(tx, office, id, self.who, step, self.now)
                .await?
                .is_none()
        {
            return Ok(Outcome::DraftGone);
        }
        let version = match self.decide(tx, &before, &plan.step).await? {
            Decided::Version(version) => version,
            Decided::Lost(version) => return Ok(Outcome::Lost(Box::new(before), version)),
            Decided::Full => return Ok(Outcome::Full),
        };
        let disclosures = storage::disclosure::of(tx, office, plan.issue).await?;
        let mut after = before.issue.clone();
        after.changed_at = self.now;
        // What is shared is not kept private any more.
        after.kept_private &= !disclosures.iter().any(|d| d.state == State::Approved);
        let issue = storage::issue::update(tx, office, &after).await?;
        let after = Found { issue, disclosures };
        self.trace(tx, &before.issue, &after, version, &plan)
            .await?;
        place::want(
            tx,
            &self.office,
            (&before.issue, &before.disclosures),
            (&after.issue, &after.disclosures),
            self.now,
        )
        .await?;
        Ok(Outcome::Stored(Box::new(after), version))
    }

    async fn decide(
        &self,
        tx: &mut Transaction,
        before: &Found,
        step: &Step,
    ) -> storage::Result<Decided> {
        let issue = before.issue.id;
        let (version, state) = match step {
            Step::Propose(new) => {
                let waiting = before
                    .disclosures
                    .iter()
                    .filter(|disclosure| disclosure.state == State::Proposed);
                if waiting.count() >= WAITING_MAX {
                    return Ok(Decided::Full);
                }
                let proposal = self.insert(tx, issue, new).await?;
                occurrence::issue::plan_proposal(tx, &self.office, &proposal, self.now).await?;
                return Ok(Decided::Version(proposal.version));
            }
            Step::Put(new, instead_of) => {
                if let Some(version) = *instead_of
                    && !self.settle(tx, issue, version, State::Replaced).await?
                {
                    return Ok(Decided::Lost(version));
                }
                let version = self.insert(tx, issue, new).await?.version;
                (version, State::Approved)
            }
            Step::Approve(version) => (*version, State::Approved),
            Step::Decline(version) => (*version, State::Declined),
            Step::Withdraw(version) => (*version, State::Withdrawn),
        };
        Ok(if self.settle(tx, issue, version, state).await? {
            Decided::Version(version)
        } else {
            Decided::Lost(version)
        })
    }

    async fn settle(
        &self,
        tx: &mut Transaction,
        issue: IssueId,
        version: i64,
        state: State,
    ) -> storage::Result<bool> {
        let office = self.office.id;
        let settled =
            storage::disclosure::decide(tx, office, issue, version, state, self.who, self.now)
                .await?;
        if settled {
            // Whoever decides is not reminded.
            occurrence::issue::cancel_proposal(tx, office, issue, version).await?;
        }
        Ok(settled)
    }

    async fn insert(
        &self,
        tx: &mut Transaction,
        issue: IssueId,
        new: &New,
    ) -> storage::Result<Disclosure> {
        let disclosure = Disclosure {
            issue,
            version: 0,
            audience: new.audience,
            wording: new.wording.clone(),
            as_written: new.as_written,
            names_source: new.names_source,
            state: State::Proposed,
            proposed_by: self.who,
            proposed_at: self.now,
            decided_by: None,
            decided_at: None,
        };
        storage::disclosure::insert(tx, self.office.id, &disclosure).await
    }

    /// Audit and history: versions, audiences and states, never the words (those stay in the version).
    async fn trace(
        &self,
        tx: &mut Transaction,
        before: &Issue,
        after: &Found,
        version: i64,
        plan: &Plan,
    ) -> storage::Result<()> {
        let (office, about) = (self.office.id, subject(after.issue.id));
        let mut details = vec![("version", version.to_string())];
        let disclosure = after.disclosures.iter().find(|d| d.version == version);
        if let Some(disclosure) = disclosure {
            details.push(("audience", disclosure.audience.code()));
        }
        details.extend(plan.details.iter().cloned());
        crate::audit::note(
            tx,
            office,
            Some(about),
            plan.act,
            self.who,
            self.now,
            &details,
        )
        .await?;
        let mut state_after = change::state(&after.issue);
        if let Some(disclosure) = disclosure {
            state_after["disclosure"] = json!({
                "version": disclosure.version,
                "audience": disclosure.audience.code(),
                "state": disclosure.state.code(),
            });
        }
        if let Some(reason) = &plan.reason {
            state_after["reason"] = json!(reason);
        }
        storage::history::append(
            tx,
            office,
            about,
            self.now,
            self.who,
            plan.act,
            Some(change::state(before)),
            state_after,
        )
        .await
    }
}

enum Decided {
    Version(i64),
    Lost(i64),
    Full,
}
