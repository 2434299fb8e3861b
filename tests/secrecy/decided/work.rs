//! Projects, reviews, memos and what came of sessions: changed by whoever may.

use super::Decided;
use domain::{
    issue::Issue,
    memo::{self, Memo},
    project::{Project, State as Stage},
    review::{Of, Review, State},
};

impl Decided<'_> {
    pub(super) fn check_work(&self) {
        for project in &self.after.projects {
            self.check_project(self.before.project(project.id.0), project);
        }
        for review in &self.after.reviews {
            self.check_review(self.before.review(review.id.0), review);
        }
        for memo in &self.after.memos {
            self.check_memo(self.before.memo(memo.id.0), memo);
        }
        assert!(
            self.by_desk() || self.before.accounts == self.after.accounts,
            "what came of a session was changed by {:?}",
            self.actor
        );
    }

    /// The desk does everything; officers and contacts bring ideas of their own, and take them back;
    /// whoever has a task says that it is done.
    fn check_project(&self, before: Option<&Project>, after: &Project) {
        if self.by_desk() || before == Some(after) {
            return;
        }
        let (number, actor) = (after.id, self.actor);
        let Some(before) = before else {
            let own = after
                .idea_of
                .is_some_and(|id| self.is(&self.model.leads(id)));
            let idea = after.state == Stage::Idea && !after.taken_up;
            assert!(
                own && idea,
                "project {number} was written down by {actor:?}"
            );
            return;
        };
        let withdrawn = after.retracted && !before.retracted;
        assert!(
            !withdrawn || actor == Some(before.added_by.0),
            "project {number} was taken back by {actor:?}"
        );
        for task in &after.tasks {
            let was = before.task(task.id);
            let done = was.is_none_or(|was| was.done != task.done);
            assert!(
                !done || self.is(&self.model.sees_to(&task.holder)),
                "a task of project {number} was said to be done by {actor:?}"
            );
        }
        assert!(
            kept(before) == kept(after),
            "project {number} was changed by {actor:?}"
        );
    }

    /// The desk plans; whoever it is about moves it and says what came of it.
    fn check_review(&self, before: Option<&Review>, after: &Review) {
        let told = |review: &Review| {
            let words = (review.place.clone(), review.note.clone());
            (review.date, review.start, words, review.outcome.clone())
        };
        let state = before.map(|before| before.state);
        let proposed = before.is_none() && after.state == State::Proposed;
        if proposed || before.is_some_and(|it| told(it) == told(after) && it.state == after.state) {
            return;
        }
        let (number, actor) = (after.id, self.actor);
        if matches!(state, None | Some(State::Proposed)) && after.state == State::Planned {
            assert!(self.by_desk(), "review {number} was planned by {actor:?}");
        }
        // What is given up goes with what it looks back on, whoever may change that.
        if after.state != State::Dropped && state != Some(State::Dropped) {
            let own = self.model.deal_with(self.after, after.of);
            assert!(self.is(&own), "review {number} was changed by {actor:?}");
        }
    }

    /// Whoever may write one for its place; what was due and said is nobody's doing.
    fn check_memo(&self, before: Option<&Memo>, after: &Memo) {
        let stopped = |memo: &Memo| memo.state == memo::State::Stopped;
        let same = |was: &Memo| {
            (&was.words, was.destination) == (&after.words, after.destination)
                && stopped(was) == stopped(after)
        };
        assert!(
            before.is_some_and(same) || self.is(&self.model.may_remind(after.destination)),
            "memo {} was written or stopped by {:?}",
            after.id,
            self.actor
        );
    }

    /// Whether an issue only came to another status, by a review in which its matter was looked back on
    /// and of which this person may say what came of it, or take that back (decision 0035).
    pub(super) fn is_moved_by_review(&self, before: &Issue, after: &Issue) -> bool {
        let placed = |issue: &Issue| Issue {
            status: after.status,
            later_year: after.later_year,
            measure_open: after.measure_open,
            destination: after.destination,
            passed_on: after.passed_on,
            revision: after.revision,
            changed_at: after.changed_at,
            ..issue.clone()
        };
        placed(before) == *after
            && self.after.reviews.iter().any(|review| {
                let was = self.before.review(review.id.0);
                let talked = match review.of {
                    Of::Issue(id) => vec![id],
                    Of::Session(id) => {
                        let session = self.after.session(id.0).expect("sessions stay");
                        session.agenda.clone()
                    }
                    Of::Project(id) => {
                        let project = self.after.project(id.0).expect("projects stay");
                        project.issues.clone()
                    }
                };
                was.map(|was| was.state) != Some(review.state)
                    && talked.contains(&after.id)
                    && self.is(&self.model.deal_with(self.after, review.of))
            })
    }
}

/// What of a project the desk alone decides: all but which of its tasks are done, and what follows from
/// that.
fn kept(project: &Project) -> Project {
    let mut kept = project.clone();
    for task in &mut kept.tasks {
        (task.done, task.due_revision) = (None, 0);
    }
    if kept.state == Stage::Running {
        kept.state = Stage::Planned;
    }
    Project {
        revision: 0,
        changed_at: chrono::DateTime::UNIX_EPOCH,
        retracted: false,
        ..kept
    }
}
