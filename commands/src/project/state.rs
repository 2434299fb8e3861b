//! The state of a project, as its history keeps it and as a draft carries it to an undo.

use chrono::NaiveDate;
use domain::{
    id::{AssociationId, IssueId, SessionId, TaskId, UserId},
    project::{Budget, Done, Holder, Project, Role, State as Stage, Task},
    survey::Survey,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What of a project a change may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    state: Stage,
    title: String,
    associations: Vec<AssociationId>,
    date: Option<String>,
    budget: Option<Budget>,
    fund: Option<String>,
    issues: Vec<IssueId>,
    sessions: Vec<SessionId>,
    tasks: Vec<Part>,
    idea_of: Option<AssociationId>,
    taken_up: bool,
    reason: Option<String>,
    survey: Option<Survey>,
    note: Option<String>,
    finished_on: Option<String>,
    retracted: bool,
    revision: i64,
}

/// The state of a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Part {
    id: TaskId,
    role: Role,
    wording: Option<String>,
    due: Option<String>,
    due_revision: i64,
    holder: Holder,
    done: Option<(String, UserId)>,
}

impl State {
    /// The state of a project now.
    pub(crate) fn of(project: &Project) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        Self {
            state: project.state,
            title: project.title.clone(),
            associations: project.associations.clone(),
            date: day(project.date),
            budget: project.budget.clone(),
            fund: project.fund.clone(),
            issues: project.issues.clone(),
            sessions: project.sessions.clone(),
            tasks: project.tasks.iter().map(Part::of).collect(),
            idea_of: project.idea_of,
            taken_up: project.taken_up,
            reason: project.reason.clone(),
            survey: project.survey.clone(),
            note: project.note.clone(),
            finished_on: day(project.finished_on),
            retracted: project.retracted,
            revision: project.revision,
        }
    }

    /// The state as the history keeps it.
    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a state is codes, numbers and texts")
    }

    /// A project as it stands, brought to this state. It keeps its revision, for the change that is
    /// about to be stored.
    pub(crate) fn brought_back(self, project: &Project) -> Project {
        Project {
            state: self.state,
            title: self.title,
            associations: self.associations,
            date: read(self.date.as_deref()),
            budget: self.budget,
            fund: self.fund,
            issues: self.issues,
            sessions: self.sessions,
            tasks: self.tasks.into_iter().map(Part::into_task).collect(),
            idea_of: self.idea_of,
            taken_up: self.taken_up,
            reason: self.reason,
            survey: self.survey,
            note: self.note,
            finished_on: read(self.finished_on.as_deref()),
            retracted: self.retracted,
            ..project.clone()
        }
    }
}

impl Part {
    fn of(task: &Task) -> Self {
        Self {
            id: task.id,
            role: task.role,
            wording: task.wording.clone(),
            due: task.due.map(|day| day.to_string()),
            due_revision: task.due_revision,
            holder: task.holder.clone(),
            done: task.done.map(|done| (done.on.to_string(), done.by)),
        }
    }

    fn into_task(self) -> Task {
        let done = self.done.and_then(|(on, by)| {
            let on = on.parse().ok()?;
            Some(Done { on, by })
        });
        Task {
            id: self.id,
            role: self.role,
            wording: self.wording,
            due: read(self.due.as_deref()),
            due_revision: self.due_revision,
            holder: self.holder,
            done,
        }
    }
}

fn read(day: Option<&str>) -> Option<NaiveDate> {
    day?.parse().ok()
}
