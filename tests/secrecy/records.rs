//! What is on record at one moment, read from the database and not from what anybody was told.

use domain::{
    category::Category,
    disclosure::{Disclosure, State},
    id::{IssueId, MatchingId},
    issue::Issue,
    key_person::KeyPerson,
    matching::Matching,
    office::Office,
    session::Session,
};
use std::collections::{BTreeMap, BTreeSet};
use storage::{Connection, Result};
use tests::{leak::all_issues, world::World};

/// Sessions that are read; no life plans more.
const SESSIONS_MAX: i64 = storage::session::PAGE_MAX;

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
        let around = world
            .store()
            .read(move |connection| Box::pin(around(connection, id, issues)))
            .await
            .expect("records can be read");
        for (issue, shares, links) in around.issues {
            records.shares.insert(issue.0, shares);
            let pair = |other: IssueId| (issue.0.min(other.0), issue.0.max(other.0));
            records.links.extend(links.into_iter().map(pair));
        }
        records.sessions = around.sessions;
        records.matchings = around.matchings;
        records.key_persons = around.key_persons;
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
}

/// What hangs at issues, and what the desk keeps besides.
struct Around {
    issues: Vec<(IssueId, Vec<Disclosure>, Vec<IssueId>)>,
    sessions: Vec<Session>,
    matchings: Vec<Matching>,
    key_persons: Vec<KeyPerson>,
}

async fn around(
    connection: &mut Connection,
    office: domain::id::OfficeId,
    numbers: Vec<IssueId>,
) -> Result<Around> {
    let mut issues = Vec::new();
    for number in numbers {
        let shares = storage::disclosure::of(connection, office, number).await?;
        let links = storage::issue::link::of(connection, office, number).await?;
        issues.push((number, shares, links));
    }
    let all = storage::session::Filter {
        from: None,
        to: None,
        tier: None,
        sight: domain::session::Sight {
            everything: true,
            ..domain::session::Sight::default()
        },
    };
    let sessions = storage::session::list(connection, office, &all, 0, SESSIONS_MAX).await?;
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
        sessions: sessions.items,
        matchings,
        key_persons: storage::key_person::of(connection, office).await?,
    })
}
