//! Which of the records known before are still there, after the office has let go of some.

use super::Records;
use domain::id::{
    FeedbackId, IssueId, MemoId, OfficeId, ProjectId, RecordId, ReviewId, SessionId, TargetId,
};
use std::collections::BTreeSet;
use storage::{Connection, Result};
use tests::world::World;

/// Numbers of what is still there, noun by noun.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    issues: BTreeSet<i64>,
    sessions: BTreeSet<i64>,
    projects: BTreeSet<i64>,
    reviews: BTreeSet<i64>,
    memos: BTreeSet<i64>,
    feedbacks: BTreeSet<i64>,
    targets: BTreeSet<i64>,
    entries: BTreeSet<i64>,
}

impl Kept {
    /// Reads which of these records are still there.
    pub(crate) async fn read(world: &World, office: OfficeId, before: &Records) -> Self {
        let year = &before.year;
        let all = Self {
            issues: before.issues.iter().map(|it| it.id.0).collect(),
            sessions: before.sessions.iter().map(|it| it.id.0).collect(),
            projects: before.projects.iter().map(|it| it.id.0).collect(),
            reviews: before.reviews.iter().map(|it| it.id.0).collect(),
            memos: before.memos.iter().map(|it| it.id.0).collect(),
            feedbacks: before.feedbacks.iter().map(|it| it.id.0).collect(),
            targets: year.targets.iter().map(|it| it.target.id.0).collect(),
            entries: year.entries.iter().map(|it| it.id.0).collect(),
        };
        let store = world.store();
        let kept = store.read(move |connection| Box::pin(all.kept(connection, office)));
        kept.await.expect("records can be read")
    }

    async fn kept(self, connection: &mut Connection, office: OfficeId) -> Result<Self> {
        let mut kept = Self::default();
        for id in self.issues {
            let found = storage::issue::find(connection, office, IssueId(id)).await?;
            kept.issues.extend(found.map(|_| id));
        }
        for id in self.sessions {
            let found = storage::session::find(connection, office, SessionId(id)).await?;
            kept.sessions.extend(found.map(|_| id));
        }
        for id in self.projects {
            let found = storage::project::find(connection, office, ProjectId(id)).await?;
            kept.projects.extend(found.map(|_| id));
        }
        for id in self.reviews {
            let found = storage::review::find(connection, office, ReviewId(id)).await?;
            kept.reviews.extend(found.map(|_| id));
        }
        for id in self.memos {
            let found = storage::memo::find(connection, office, MemoId(id)).await?;
            kept.memos.extend(found.map(|_| id));
        }
        for id in self.feedbacks {
            let found = storage::feedback::find(connection, office, FeedbackId(id)).await?;
            kept.feedbacks.extend(found.map(|_| id));
        }
        for id in self.targets {
            let found = storage::target::find(connection, office, TargetId(id)).await?;
            kept.targets.extend(found.map(|_| id));
        }
        for id in self.entries {
            let found = storage::target::record::find(connection, office, RecordId(id)).await?;
            kept.entries.extend(found.map(|_| id));
        }
        Ok(kept)
    }
}

impl Records {
    /// Forgets what is no more; the commands that showed it, with its numbers.
    pub(crate) fn keep(&mut self, kept: &Kept) -> Vec<(&'static str, i64)> {
        let mut gone = Vec::new();
        let mut is_kept = |path: &'static str, id: i64, kept: &BTreeSet<i64>| {
            let stays = kept.contains(&id);
            gone.extend((!stays).then_some((path, id)));
            stays
        };
        self.issues
            .retain(|it| is_kept("issue show", it.id.0, &kept.issues));
        self.sessions
            .retain(|it| is_kept("session show", it.id.0, &kept.sessions));
        self.projects
            .retain(|it| is_kept("project show", it.id.0, &kept.projects));
        self.year
            .targets
            .retain(|it| is_kept("target show", it.target.id.0, &kept.targets));
        self.reviews.retain(|it| kept.reviews.contains(&it.id.0));
        self.memos.retain(|it| kept.memos.contains(&it.id.0));
        self.feedbacks
            .retain(|it| kept.feedbacks.contains(&it.id.0));
        self.year
            .entries
            .retain(|it| kept.entries.contains(&it.id.0));
        let issues = &self.issues;
        let there = |id: IssueId| issues.iter().any(|issue| issue.id == id);
        self.matchings
            .retain(|pair| there(pair.first) && there(pair.second));
        gone
    }
}
