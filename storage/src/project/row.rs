//! Rows of the tables `project` and `task`, and what they become.

use crate::{
    error::{Error, Result},
    instant,
};
use chrono::NaiveDate;
use domain::{
    id::{AssociationId, IssueId, ProjectId, SessionId, TaskId, UserId},
    project::{self, Budget, Done, Project, Role, State, Task},
};
use sqlx::{ColumnIndex, Decode, FromRow, Type};

/// The columns of a [`Row`].
macro_rules! columns {
    () => {
        "id, revision, state, title, held_on, budget_yen, budget_source, fund, idea_of, taken_up, \
         reason, survey, note, finished_on, added_by, created_at, changed_at, retracted"
    };
}

/// A project as either database hands it out.
pub(super) struct Row {
    pub(super) id: i64,
    revision: i64,
    state: String,
    title: String,
    held_on: Option<String>,
    budget_yen: Option<i64>,
    budget_source: Option<String>,
    fund: Option<String>,
    idea_of: Option<i64>,
    taken_up: bool,
    reason: Option<String>,
    survey: Option<String>,
    note: Option<String>,
    finished_on: Option<String>,
    added_by: i64,
    created_at: i64,
    changed_at: i64,
    retracted: bool,
}

// By hand, because tuples end at sixteen columns and the derive would bring the macros of sqlx.
impl<'r, R> FromRow<'r, R> for Row
where
    R: sqlx::Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            revision: row.try_get("revision")?,
            state: row.try_get("state")?,
            title: row.try_get("title")?,
            held_on: row.try_get("held_on")?,
            budget_yen: row.try_get("budget_yen")?,
            budget_source: row.try_get("budget_source")?,
            fund: row.try_get("fund")?,
            idea_of: row.try_get("idea_of")?,
            taken_up: row.try_get("taken_up")?,
            reason: row.try_get("reason")?,
            survey: row.try_get("survey")?,
            note: row.try_get("note")?,
            finished_on: row.try_get("finished_on")?,
            added_by: row.try_get("added_by")?,
            created_at: row.try_get("created_at")?,
            changed_at: row.try_get("changed_at")?,
            retracted: row.try_get("retracted")?,
        })
    }
}

/// What belongs to a project in rows of its own, in its order.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) associations: Vec<i64>,
    pub(super) issues: Vec<i64>,
    pub(super) sessions: Vec<i64>,
    pub(super) tasks: Vec<Task>,
}

impl Row {
    /// The project with what belongs to it.
    pub(super) fn into_project(self, lists: Lists) -> Result<Project> {
        let budget = self.budget_yen.map(|yen| Budget {
            yen,
            source: self.budget_source,
        });
        let survey = self.survey.as_deref().map(serde_json::from_str);
        Ok(Project {
            id: ProjectId(self.id),
            revision: self.revision,
            state: State::from_code(&self.state).ok_or(Error::Unreadable("state of project"))?,
            title: self.title,
            associations: lists.associations.into_iter().map(AssociationId).collect(),
            date: day(self.held_on.as_deref())?,
            budget,
            fund: self.fund,
            issues: lists.issues.into_iter().map(IssueId).collect(),
            sessions: lists.sessions.into_iter().map(SessionId).collect(),
            tasks: lists.tasks,
            idea_of: self.idea_of.map(AssociationId),
            taken_up: self.taken_up,
            reason: self.reason,
            survey: survey
                .transpose()
                .map_err(|_| Error::Unreadable("survey"))?,
            note: self.note,
            finished_on: day(self.finished_on.as_deref())?,
            added_by: UserId::from_stored(self.added_by),
            created_at: instant::from_stored(self.created_at)?,
            changed_at: instant::from_stored(self.changed_at)?,
            retracted: self.retracted,
        })
    }
}

/// A task as either database hands it out: project, number, role, wording, due, its revision, holder
/// (kind, association, person, name), done on, done by.
pub(super) type TaskRow = (
    i64,
    i64,
    String,
    Option<String>,
    Option<String>,
    i64,
    String,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<i64>,
);

/// The project's number and the task of a row.
pub(super) fn task(row: TaskRow) -> Result<(i64, Task)> {
    let (project, id, role, wording, due, due_revision, kind, association, person, name, on, by) =
        row;
    let holder = Holder {
        kind: &kind,
        association,
        person,
        name,
    };
    let done = day(on.as_deref())?.zip(by).map(|(on, by)| Done {
        on,
        by: UserId::from_stored(by),
    });
    let task = Task {
        id: TaskId(id),
        role: Role::from_code(&role).ok_or(Error::Unreadable("role of task"))?,
        wording,
        due: day(due.as_deref())?,
        due_revision,
        holder: holder.read()?,
        done,
    };
    Ok((project, task))
}

/// Who has a task, in columns.
pub(super) struct Holder<'k> {
    pub(super) kind: &'k str,
    pub(super) association: Option<i64>,
    pub(super) person: Option<i64>,
    pub(super) name: Option<String>,
}

impl Holder<'static> {
    pub(super) fn of(holder: &project::Holder) -> Self {
        let (kind, association, person, name) = match holder {
            project::Holder::Desk => ("desk", None, None, None),
            project::Holder::Association(id) => ("association", Some(id.0), None, None),
            project::Holder::Person(user) => ("person", None, Some(user.to_stored()), None),
            project::Holder::Named(name) => ("named", None, None, Some(name.clone())),
        };
        Self {
            kind,
            association,
            person,
            name,
        }
    }
}

impl Holder<'_> {
    fn read(self) -> Result<project::Holder> {
        let unreadable = Error::Unreadable("holder of task");
        match (self.kind, self.association, self.person, self.name) {
            ("desk", ..) => Ok(project::Holder::Desk),
            ("association", Some(id), ..) => Ok(project::Holder::Association(AssociationId(id))),
            ("person", _, Some(user), _) => Ok(project::Holder::Person(UserId::from_stored(user))),
            ("named", _, _, Some(name)) => Ok(project::Holder::Named(name)),
            _ => Err(unreadable),
        }
    }
}

fn day(written: Option<&str>) -> Result<Option<NaiveDate>> {
    written
        .map(str::parse)
        .transpose()
        .map_err(|_| Error::Unreadable("day"))
}
