//! Merging (同じ意見としてまとめる): one issue stands for several that say the same.
//!
//! Whoever has just written an issue down merges it into one of their own association with a button on
//! the answer; the desk merges any two, and takes them apart again. The rule is [`domain::merge`]; here
//! it is asked within the transaction, of the records as they are then, so that of two who press at
//! once one is told what the other did.
//!
//! Not here: which issues are alike ([`super::similar`]).

mod follow;
pub(crate) mod seen;

use super::{change, original, source, undo};
use crate::{
    answer::{Answer, Reply},
    custom_id::{Action, Merge},
    error::Error,
    issue::change::Change,
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    disclosure::Disclosure,
    id::{DraftId, IssueId, OfficeId, UserId},
    issue::Issue,
    merge::{self, Facts, Fault, MERGED_MAX, OWN_MINUTES},
    office::Office,
    person::Person,
    routing::{self, Route},
    visibility::{Seen, view},
};
pub(crate) use follow::{follow, undone};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::Transaction;

// Whoever may take an issue back may as well merge it.
const _: () = assert!(OWN_MINUTES == undo::UNDO_MINUTES);

/// Who merges, and when.
#[derive(Clone)]
struct Merging {
    office: Arc<Office>,
    person: Person,
    now: DateTime<Utc>,
}

/// What came of a press.
enum Outcome {
    /// The issue that stands for it now, and how the merge is taken back.
    Merged(Box<Issue>, DraftId),
    /// The rule speaks against it.
    Refused(Fault),
    /// One of them is gone, or no longer the person's to read.
    Gone,
}

/// The button that takes two issues for the same opinion; the newer is merged into the older.
pub(crate) fn button(request: &Request, one: IssueId, other: IssueId, key: &str) -> CreateButton {
    let (issue, into) = (one.max(other), one.min(other));
    // What the person looks at is one of them: the other one is named.
    let named = if one == issue { into } else { issue };
    let action = Action::Merge(Merge::Same(issue, into));
    CreateButton::new(action.custom_id())
        .label(request.say(&Text::new(key).with("number", named.0)))
        .style(ButtonStyle::Secondary)
}

/// A button was pressed.
pub(crate) async fn pressed(request: &Request, merge: Merge) -> Result<Answer, Error> {
    match merge {
        Merge::Same(issue, into) => same(request, issue, into).await,
        Merge::Apart(issue) => apart(request, issue).await,
    }
}

/// Merges an issue into another.
async fn same(request: &Request, issue: IssueId, into: IssueId) -> Result<Answer, Error> {
    permission::add_issue(request)?;
    // Numbers the person may not see and those that do not exist are answered alike.
    for id in [issue, into] {
        original(request, id).await?;
    }
    let merging = Merging {
        office: Arc::clone(&request.office),
        person: request.person.clone(),
        now: request.now,
    };
    let outcome = request
        .record(move |tx| {
            let merging = merging.clone();
            Box::pin(async move { merging.merge(tx, issue, into).await })
        })
        .await
        .map_err(change::stale)?;
    match outcome {
        Outcome::Merged(stands, undo) => {
            let weight = seen::weight(request, stands.id).await?;
            let text = text!(
                "merged",
                number = issue.0,
                into = stands.id.0,
                weight = weight
            );
            let reply = Reply::of(&text, request.language);
            Ok(Answer::Say(reply.row(undo::button(request, undo))))
        }
        Outcome::Refused(fault) => Err(refusal(fault, issue, into)),
        Outcome::Gone => Err(Error::refuse(Text::new("refused-changed-meanwhile"))),
    }
}

fn refusal(fault: Fault, issue: IssueId, into: IssueId) -> Error {
    let (number, into) = (issue.0, into.0);
    Error::refuse(match fault {
        Fault::Itself | Fault::Together => {
            text!("refused-merge-together", number = number, into = into)
        }
        Fault::Elsewhere(_) => text!("refused-merge-elsewhere", number = number),
        Fault::Ended => text!("refused-merge-ended", number = number, into = into),
        Fault::Waiting => text!("refused-merge-waiting", number = number),
        Fault::Full => text!("refused-merge-full", into = into, limit = MERGED_MAX),
        Fault::ForTheDesk => Text::new("refused-merge-for-the-desk"),
        Fault::TooLate => text!("refused-merge-too-late", minutes = OWN_MINUTES),
    })
}

impl Merging {
    fn who(&self) -> (UserId, DateTime<Utc>) {
        (self.person.user, self.now)
    }

    /// Merges, or says what speaks against it; nothing is changed then.
    async fn merge(
        &self,
        tx: &mut Transaction,
        issue: IssueId,
        into: IssueId,
    ) -> storage::Result<Outcome> {
        let office = self.office.id;
        let Some((issue, disclosures)) = self.read(tx, issue).await? else {
            return Ok(Outcome::Gone);
        };
        let Some((named, _)) = self.read(tx, into).await? else {
            return Ok(Outcome::Gone);
        };
        // What it was merged into meanwhile stands for it; there is never a second step.
        let Some((into, _)) = self.read(tx, merge::stands_for(&named)).await? else {
            return Ok(Outcome::Refused(Fault::ForTheDesk));
        };
        let behind = storage::issue::merged_into(tx, office, issue.id).await?;
        let facts = Facts {
            behind: behind.len(),
            beside: storage::issue::merged_into(tx, office, into.id)
                .await?
                .len(),
            proposal_waits: disclosures.iter().any(Disclosure::is_waiting),
        };
        if let Err(fault) = merge::check(&issue, &into, facts, &self.person, self.now) {
            return Ok(Outcome::Refused(fault));
        }
        for id in &behind {
            follow::point(tx, &self.office, self.who(), *id, &into).await?;
        }
        let after = Issue {
            changed_at: self.now,
            ..merge::following(&issue, &into)
        };
        let change = Change {
            act: "issue.merge",
            details: vec![("into", into.id.to_string())],
            ..Change::default()
        };
        let stored = change::write(tx, &self.office, self.who(), &issue, &after, &change).await?;
        let stands = follow::note(
            tx,
            &self.office,
            self.who(),
            &into,
            ("issue.gather", issue.id),
        )
        .await?;
        let offer = undo::Offer::of_merge(&issue, &behind);
        let undo = offer.keep(tx, office, self.who(), &stored).await?;
        Ok(Outcome::Merged(Box::new(stands), undo))
    }

    /// The original, if the person reads it.
    async fn read(
        &self,
        tx: &mut Transaction,
        id: IssueId,
    ) -> storage::Result<Option<(Issue, Vec<Disclosure>)>> {
        let office = self.office.id;
        let Some(issue) = storage::issue::find(tx, office, id).await? else {
            return Ok(None);
        };
        let disclosures = storage::disclosure::of(tx, office, id).await?;
        let seen = view(issue, &disclosures, &self.person, &self.office);
        Ok(match seen {
            Some(Seen::Whole(issue, _)) => Some((issue, disclosures)),
            Some(Seen::Shared(_)) | None => None,
        })
    }
}

/// The desk lets a merged issue stand for itself again. Its status stays what it has become.
async fn apart(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let (issue, _) = original(request, id).await?;
    permission::coordinate(request)?;
    let set_up = Arc::clone(&request.office);
    let who = (request.person.user, request.now);
    let done = request
        .record(move |tx| {
            let (set_up, id) = (Arc::clone(&set_up), issue.id);
            Box::pin(async move { take_apart(tx, &set_up, who, id).await })
        })
        .await
        .map_err(change::stale)?;
    let Some((into, route)) = done else {
        return Err(Error::refuse(text!("refused-not-merged", number = id.0)));
    };
    let lines = [
        request.say(&text!("merged-apart", number = id.0)),
        change::arrival(request, &route),
    ];
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    let again = button(request, id, into, "button-merge-again");
    Ok(Answer::Say(
        reply.row(CreateActionRow::Buttons(vec![again])),
    ))
}

async fn take_apart(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    id: IssueId,
) -> storage::Result<Option<(IssueId, Route)>> {
    let office: OfficeId = set_up.id;
    let Some(issue) = storage::issue::find(tx, office, id).await? else {
        return Ok(None);
    };
    let Some(into) = issue.merged_into else {
        return Ok(None);
    };
    let route = routing::route(&issue, &source::mentioned(set_up, &issue.text), set_up);
    let after = Issue {
        merged_into: None,
        destination: route.destination,
        changed_at: now,
        ..issue.clone()
    };
    let change = Change {
        act: "issue.apart",
        details: vec![("from", into.to_string())],
        ..Change::default()
    };
    change::write(tx, set_up, (who, now), &issue, &after, &change).await?;
    if let Some(stood) = storage::issue::find(tx, office, into).await? {
        follow::note(tx, set_up, (who, now), &stood, ("issue.release", id)).await?;
    }
    Ok(Some((into, route)))
}

/// Whether an act is told to the desk only: that others said the same is not for those who read the
/// issue that stands for them.
pub(crate) fn is_for_the_desk(act: &str) -> bool {
    matches!(act, "issue.gather" | "issue.release")
}
