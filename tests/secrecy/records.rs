//! What is on record at one moment, read from the database and not from what anybody was told.

mod kept;
mod year;

use domain::{
    account::Account,
    category::Category,
    disclosure::{Disclosure, State},
    feedback::Feedback,
    id::{FeedbackId, IssueId, MatchingId, MemoId, OfficeId, ProjectId, ReviewId, SessionId},
    issue::Issue,
    key_person::KeyPerson,
    matching::Matching,
    memo::Memo,
    office::Office,
    project::Project,
    review::Review,
    session::Session,
};
use std::collections::{BTreeMap, BTreeSet};
use storage::{Connection, Result, Subject};
use tests::{leak::all_issues, world::World};

pub(crate) use kept::Kept;
pub(crate) use year::{Issued, Planned, Year};

/// The act of moving a review, in its history.
const MOVED: &str = "review.move";

/// What is on record at one moment.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) issues: Vec<Issue>,
    pub(crate) shares: BTreeMap<i64, Vec<Disclosure>>,
    /// Links, each by its smaller number first.
    pub(crate) links: BTreeSet<(i64, i64)>,
    pub(crate) categories: Vec<Category>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) matchings: Vec<Matching>,
    pub(crate) key_persons: Vec<KeyPerson>,
    pub(crate) projects: Vec<Project>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) memos: Vec<Memo>,
    pub(crate) feedbacks: Vec<Feedback>,
    /// What came of sessions, by the session's number.
    pub(crate) accounts: BTreeMap<i64, Account>,
    /// Why reviews were moved, the last time somebody said so, by number.
    pub(crate) moved_because: BTreeMap<i64, String>,
    /// Targets, notices, and what persons asked.
    pub(crate) year: Year,
}

impl Records {
    pub(crate) async fn read(world: &World, office: &Office) -> Self {
        let mut records = Self {
            issues: all_issues(world.store(), office).await,
            categories: office.categories.clone(),
            ..Self::default()
        };
        let (id, issues) = (
            office.id,
            records.issues.iter().map(|issue| issue.id).collect(),
        );
        let store = world.store();
        let around = store.read(move |connection| Box::pin(around(connection, id, issues)));
        let around = around.await.expect("records can be read");
        let work = store.read(move |connection| Box::pin(work(connection, id)));
        let work = work.await.expect("records can be read");
        for (issue, shares, links) in around.issues {
            records.shares.insert(issue.0, shares);
            let pair = |other: IssueId| (issue.0.min(other.0), issue.0.max(other.0));
            records.links.extend(links.into_iter().map(pair));
        }
        records.sessions = work.sessions;
        records.matchings = around.matchings;
        records.key_persons = around.key_persons;
        (records.projects, records.reviews, records.memos) =
            (work.projects, work.reviews, work.memos);
        records.feedbacks = work.feedbacks;
        let year = store.read(move |connection| Box::pin(year::read(connection, id)));
        records.year = year.await.expect("records can be read");
        (records.accounts, records.moved_because) = (work.accounts, work.moved_because);
        records
    }

    /// The state a version had.
    pub(crate) fn state(&self, share: &Disclosure) -> Option<State> {
        let of = self.shares.get(&share.issue.0)?;
        let found = of.iter().find(|known| known.version == share.version);
        found.map(|known| known.state)
    }

    pub(crate) fn issue(&self, number: i64) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.id.0 == number)
    }

    pub(crate) fn session(&self, number: i64) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id.0 == number)
    }

    pub(crate) fn project(&self, number: i64) -> Option<&Project> {
        self.projects.iter().find(|project| project.id.0 == number)
    }

    pub(crate) fn review(&self, number: i64) -> Option<&Review> {
        self.reviews.iter().find(|review| review.id.0 == number)
    }

    pub(crate) fn memo(&self, number: i64) -> Option<&Memo> {
        self.memos.iter().find(|memo| memo.id.0 == number)
    }

    pub(crate) fn feedback(&self, number: i64) -> Option<&Feedback> {
        self.feedbacks.iter().find(|one| one.id.0 == number)
    }
}

/// What hangs at issues, and what the desk keeps besides.
struct Around {
    issues: Vec<(IssueId, Vec<Disclosure>, Vec<IssueId>)>,
    matchings: Vec<Matching>,
    key_persons: Vec<KeyPerson>,
}

async fn around(
    connection: &mut Connection,
    office: OfficeId,
    numbers: Vec<IssueId>,
) -> Result<Around> {
    let mut issues = Vec::new();
    for number in numbers {
        let shares = storage::disclosure::of(connection, office, number).await?;
        let links = storage::issue::link::of(connection, office, number).await?;
        issues.push((number, shares, links));
    }
    let mut matchings = Vec::new();
    // Numbers have no gap.
    while let Some(found) = storage::matching::find(
        connection,
        office,
        MatchingId(i64::try_from(matchings.len() + 1).expect("few")),
    )
    .await?
    {
        matchings.push(found);
    }
    Ok(Around {
        issues,
        matchings,
        key_persons: storage::key_person::of(connection, office).await?,
    })
}

/// What is planned and done together, and what people are reminded of.
#[derive(Default)]
struct Work {
    sessions: Vec<Session>,
    accounts: BTreeMap<i64, Account>,
    projects: Vec<Project>,
    reviews: Vec<Review>,
    moved_because: BTreeMap<i64, String>,
    memos: Vec<Memo>,
    feedbacks: Vec<Feedback>,
}

/// The next number of a list without gaps.
fn next<T>(known: &[T]) -> i64 {
    i64::try_from(known.len() + 1).expect("few")
}

async fn work(connection: &mut Connection, office: OfficeId) -> Result<Work> {
    let mut work = Work::default();
    loop {
        let number = SessionId(next(&work.sessions));
        let Some(session) = storage::session::find(connection, office, number).await? else {
            break;
        };
        let account = storage::session::account::find(connection, office, number).await?;
        work.accounts
            .extend(account.map(|account| (number.0, account)));
        work.sessions.push(session);
    }
    loop {
        let number = ProjectId(next(&work.projects));
        match storage::project::find(connection, office, number).await? {
            Some(project) => work.projects.push(project),
            None => break,
        }
    }
    loop {
        let number = MemoId(next(&work.memos));
        match storage::memo::find(connection, office, number).await? {
            Some(memo) => work.memos.push(memo),
            None => break,
        }
    }
    loop {
        let number = FeedbackId(next(&work.feedbacks));
        match storage::feedback::find(connection, office, number).await? {
            Some(feedback) => work.feedbacks.push(feedback),
            None => break,
        }
    }
    loop {
        let number = ReviewId(next(&work.reviews));
        let Some(review) = storage::review::find(connection, office, number).await? else {
            return Ok(work);
        };
        let steps = storage::history::of(connection, office, Subject::from(number)).await?;
        let moved = steps.iter().rev().filter(|step| step.act == MOVED);
        let mut why = moved.filter_map(|step| step.after["reason"].as_str().map(str::to_owned));
        work.moved_because
            .extend(why.next().map(|why| (number.0, why)));
        work.reviews.push(review);
    }
}
