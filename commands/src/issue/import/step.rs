//! One step of an import: some rows become issues in one transaction.

use super::{There, waiting::Waiting};
use crate::{
    issue::{source, state::State, subject},
    request::Request,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{ImportId, IssueId, OfficeId, UserId},
    import::{Same, Taken},
    issue::{Issue, Status, TierBy},
    office::Office,
    routing,
    speaker::Speaker,
};
use std::{collections::HashSet, sync::Arc};
use storage::{Subject, Transaction, import::Import};

/// Rows of one step; each writes about four rows of the database, and a change touches some 200.
pub(super) const ROWS_AT_ONCE: usize = 50;
/// An import of so few issues gives each a card, as if they had been written down one by one; a longer
/// one is told of in one line for each channel, and an issue gets its card when it next changes.
pub(super) const CARDS_MAX: usize = 20;
/// What others have added since one looked last.
const ADDED_MAX: i64 = 2_000;
/// The act in audit and history.
pub(super) const ACT: &str = "issue.import";

/// What a step works with.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) import: Import,
    /// Rows from here up to there (not with it).
    pub(super) range: (usize, usize),
    pub(super) issues: Arc<Vec<Issue>>,
    /// What was there when one looked first.
    pub(super) there: Arc<There>,
    /// What has come since, but for what this import has stored itself.
    pub(super) since: Arc<HashSet<Same>>,
    /// Up to which number that is known.
    pub(super) known_to: IssueId,
    pub(super) office: Arc<Office>,
    pub(super) who: UserId,
    pub(super) now: DateTime<Utc>,
}

/// What a step has done.
#[derive(Debug)]
pub(super) struct Done {
    /// What others have added.
    pub(super) added: Vec<Same>,
    /// The highest number now.
    pub(super) known_to: IssueId,
}

/// The issues of some rows, routed by the set-up as it is.
pub(super) fn issues(
    request: &Request,
    office: &Office,
    waiting: &Waiting,
    rows: &[(&Taken, Option<Speaker>)],
) -> Vec<Issue> {
    rows.iter()
        .map(|(taken, speaker)| {
            let mut issue = issue(request, waiting, taken, speaker.clone());
            // A category may have gone, or been merged into another, since the preview.
            issue
                .categories
                .retain(|id| office.category(*id).is_some_and(|found| !found.retired));
            let mentioned = source::mentioned(office, &issue.text);
            issue.destination = routing::route(&issue, &mentioned, office).destination;
            issue
        })
        .collect()
}

fn issue(request: &Request, waiting: &Waiting, taken: &Taken, speaker: Option<Speaker>) -> Issue {
    Issue {
        id: IssueId(0),
        revision: 1,
        kind: taken.kind,
        origin: waiting.origin,
        tier: taken.tier,
        tier_by: if taken.tier_named {
            TierBy::Person
        } else {
            TierBy::Rules
        },
        status: Status::Open,
        later_year: None,
        measure_open: false,
        text: taken.text.clone(),
        note: taken.note.clone(),
        profession: taken.profession,
        association: taken.association,
        about: Vec::new(),
        categories: taken.categories.clone(),
        session: waiting.said_at(),
        merged_into: None,
        speaker,
        reporter: request.person.user,
        created_at: request.now,
        changed_at: request.now,
        passed_on: false,
        kept_private: false,
        retracted: false,
        destination: Destination::Desk,
    }
}

impl Step {
    /// Does it; `None` when somebody else has, the import was taken back, or its rows wait no more: they went
    /// because they may hold the name of somebody who had it removed, or what was deleted since. Then none is
    /// stored, and the import ends with what was stored before.
    pub(super) async fn take(&self, tx: &mut Transaction) -> storage::Result<Option<Done>> {
        let (office, id) = (self.office.id, self.import.id);
        if !storage::draft::hold(tx, office, self.import.draft).await? {
            cut_short(tx, office, id, self.now).await?;
            return Ok(None);
        }
        if !storage::import::advance(tx, office, id, self.range).await? {
            return Ok(None);
        }
        storage::office::decided_by(tx, office, self.office.revision).await?;
        let added = storage::issue::wordings(tx, office, self.known_to, ADDED_MAX).await?;
        let mut known_to = added.last().map_or(self.known_to, |last| last.id);
        let added: Vec<Same> = added
            .into_iter()
            .map(|worded| Same::of(worded.profession, worded.session, &worded.folded))
            .collect();
        for issue in self.issues.iter() {
            let same = Same::of(issue.profession, issue.session, &issue.text);
            let is_there = self.there.known.contains_key(&same)
                || self.since.contains(&same)
                || added.contains(&same);
            if !is_there {
                known_to = known_to.max(self.keep(tx, issue).await?);
            }
        }
        if self.range.1 >= self.import.rows {
            end(tx, office, &self.import, self.now).await?;
        }
        Ok(Some(Done { added, known_to }))
    }

    async fn keep(&self, tx: &mut Transaction, issue: &Issue) -> storage::Result<IssueId> {
        let office = self.office.id;
        let stored = storage::issue::insert(tx, office, issue).await?;
        let (about, state) = (subject(stored.id), State::of(&stored).to_value());
        storage::history::append(tx, office, about, self.now, self.who, ACT, None, state).await?;
        storage::import::note(tx, office, self.import.id, stored.id).await?;
        if self.import.cards {
            let (place, revision) = (stored.destination, stored.revision);
            storage::outbox::want(tx, office, about, place, revision, self.now).await?;
        }
        Ok(stored.id)
    }
}

/// The rest of the rows went: channels are told of those that were stored. An import that was taken back
/// tells them itself.
pub(super) async fn cut_short(
    tx: &mut Transaction,
    office: OfficeId,
    import: ImportId,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let found = storage::import::find(tx, office, import).await?;
    match found.filter(|import| import.undone_at.is_none()) {
        Some(import) => end(tx, office, &import, now).await,
        None => Ok(()),
    }
}

/// After the last row: the draft has served, and each channel is told once.
async fn end(
    tx: &mut Transaction,
    office: OfficeId,
    import: &Import,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    storage::draft::remove(tx, office, import.draft).await?;
    if !storage::import::end(tx, office, import.id, now).await? || import.cards {
        return Ok(());
    }
    let revision = import.revision + 1;
    for (place, _) in storage::import::places(tx, office, import.id).await? {
        let about = Subject::from(import.id);
        storage::outbox::want(tx, office, about, place, revision, now).await?;
    }
    Ok(())
}
