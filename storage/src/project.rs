//! Support projects (支援事業) as they are kept: numbered per office, each with its tasks.
//!
//! A project and its tasks are read and written together: whatever changes of either, the project's
//! revision counts it. Lists, and who may know of what is in them, are in `listing`.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, all, optional, run},
    report,
};
use chrono::NaiveDate;
use domain::{
    id::{AssociationId, IssueId, OfficeId, ProjectId, SessionId, TaskId},
    project::{Project, State, Task},
};
use row::{Holder, Row};
use std::collections::BTreeSet;

#[macro_use]
mod row;
mod listing;

pub(crate) use listing::known;
pub use listing::{Filter, PAGE_MAX, Page, list};

/// Stores a new project and returns it as it is kept: with its number, revision 1 and the numbers of its
/// tasks. Its `id` and `revision`, and the ids of its tasks, are not looked at.
///
/// # Errors
/// [`Conflict::Missing`] when the office, an association, an issue or a session does not exist.
pub async fn insert(tx: &mut Transaction, office: OfficeId, project: &Project) -> Result<Project> {
    let id = counter::next(tx, office, Noun::Project).await?;
    let mut stored = Project {
        id: ProjectId(id),
        revision: 1,
        ..kept(project)
    };
    for task in &mut stored.tasks {
        task.id = TaskId(0);
    }
    run!(
        tx,
        "insert into project (office_id, id, revision, state, title, held_on, budget_yen, \
         budget_source, fund, idea_of, taken_up, reason, survey, note, finished_on, added_by, \
         created_at, changed_at, retracted) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        office.0,
        id,
        stored.state.code(),
        &stored.title,
        stored.date.map(|day| day.to_string()),
        stored.budget.as_ref().map(|budget| budget.yen),
        stored.budget.as_ref().and_then(|budget| budget.source.clone()),
        &stored.fund,
        stored.idea_of.map(|id| id.0),
        stored.taken_up,
        &stored.reason,
        survey(&stored)?,
        &stored.note,
        stored.finished_on.map(|day| day.to_string()),
        stored.added_by.to_stored(),
        instant::to_stored(stored.created_at),
        instant::to_stored(stored.changed_at),
        stored.retracted,
    )
    .map_err(missing)?;
    put_lists(tx, office, &stored).await?;
    put_tasks(tx, office, &mut stored).await?;
    Ok(stored)
}

/// Stores a change of a project that was read with the revision it carries, and returns it with the next
/// one. Its tasks become those it carries: one with number 0 is new, one that is not among them is taken
/// away, and one that was taken away comes back under its number. Who wrote it down, and when, does not
/// change.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, and as [`insert`].
pub async fn update(tx: &mut Transaction, office: OfficeId, project: &Project) -> Result<Project> {
    let mut stored = kept(project);
    let before = find(tx, office, project.id).await?;
    let touched = run!(
        tx,
        "update project set revision = revision + 1, state = $4, title = $5, held_on = $6, \
         budget_yen = $7, budget_source = $8, fund = $9, idea_of = $10, taken_up = $11, reason = $12, \
         survey = $13, note = $14, finished_on = $15, changed_at = $16, retracted = $17 \
         where office_id = $1 and id = $2 and revision = $3",
        office.0,
        stored.id.0,
        stored.revision,
        stored.state.code(),
        &stored.title,
        stored.date.map(|day| day.to_string()),
        stored.budget.as_ref().map(|budget| budget.yen),
        stored.budget.as_ref().and_then(|budget| budget.source.clone()),
        &stored.fund,
        stored.idea_of.map(|id| id.0),
        stored.taken_up,
        &stored.reason,
        survey(&stored)?,
        &stored.note,
        stored.finished_on.map(|day| day.to_string()),
        instant::to_stored(stored.changed_at),
        stored.retracted,
    )
    .map_err(missing)?;
    if touched == 0 {
        let there = find(tx, office, stored.id).await?;
        let conflict = there.map_or(Conflict::Missing, |_| Conflict::StaleRevision);
        return Err(conflict.into());
    }
    for sql in [
        "delete from project_association where office_id = $1 and project_id = $2",
        "delete from project_issue where office_id = $1 and project_id = $2",
        "delete from project_session where office_id = $1 and project_id = $2",
        "update task set removed = true where office_id = $1 and project_id = $2",
    ] {
        run!(tx, sql, office.0, stored.id.0)?;
    }
    put_lists(tx, office, &stored).await?;
    put_tasks(tx, office, &mut stored).await?;
    stored.revision += 1;
    let (was, is) = (before.as_ref().and_then(counted), counted(&stored));
    if was != is {
        let days = was.into_iter().chain(is).collect();
        report::touch_counted(tx, office, &days, stored.changed_at).await?;
    }
    Ok(stored)
}

/// What targets count of a project: the day on which it came to an end.
fn counted(project: &Project) -> Option<NaiveDate> {
    let finished = project.state == State::Finished && !project.retracted;
    project.finished_on.filter(|_| finished)
}

/// The project of a number, whatever its state.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    project: ProjectId,
) -> Result<Option<Project>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from project where office_id = $1 and id = $2"
        ),
        office.0,
        project.0,
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(listing::whole(connection, office, vec![row]).await?.pop())
}

/// The project a task belongs to; `None` once the task was taken away.
///
/// # Errors
/// As [`find`].
pub async fn of_task(
    connection: &mut Connection,
    office: OfficeId,
    task: TaskId,
) -> Result<Option<Project>> {
    let found = optional!(
        connection,
        (i64,),
        "select project_id from task where office_id = $1 and id = $2 and not removed",
        office.0,
        task.0,
    )?;
    match found {
        Some((project,)) => find(connection, office, ProjectId(project)).await,
        None => Ok(None),
    }
}

/// The projects that answer an issue, by number; those that were taken back do not count.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn of_issue(
    connection: &mut Connection,
    office: OfficeId,
    issue: IssueId,
) -> Result<Vec<ProjectId>> {
    let rows = all!(
        connection,
        (i64,),
        "select project.id from project_issue join project on project.office_id = $1 \
         and project.id = project_issue.project_id where project_issue.office_id = $1 \
         and project_issue.issue_id = $2 and not project.retracted order by project.id",
        office.0,
        issue.0,
    )?;
    Ok(rows.into_iter().map(|(id,)| ProjectId(id)).collect())
}

/// What is kept in rows of its own beside the tasks, in the order in which it was named.
async fn put_lists(tx: &mut Transaction, office: OfficeId, project: &Project) -> Result<()> {
    let associations = project.associations.iter().map(|AssociationId(id)| *id);
    let issues = project.issues.iter().map(|IssueId(id)| *id);
    let sessions = project.sessions.iter().map(|SessionId(id)| *id);
    let lists: [(&'static str, Vec<i64>); 3] = [
        (
            "insert into project_association (office_id, project_id, position, association_id) \
             values ($1, $2, $3, $4)",
            associations.collect(),
        ),
        (
            "insert into project_issue (office_id, project_id, position, issue_id) \
             values ($1, $2, $3, $4)",
            issues.collect(),
        ),
        (
            "insert into project_session (office_id, project_id, position, session_id) \
             values ($1, $2, $3, $4)",
            sessions.collect(),
        ),
    ];
    for (sql, ids) in lists {
        for (position, id) in (0_i64..).zip(ids) {
            run!(tx, sql, office.0, project.id.0, position, id).map_err(missing)?;
        }
    }
    Ok(())
}

/// The tasks, in their order; those without a number get one.
async fn put_tasks(tx: &mut Transaction, office: OfficeId, project: &mut Project) -> Result<()> {
    let mut known = BTreeSet::new();
    for (position, task) in (0_i64..).zip(&mut project.tasks) {
        if task.id.0 == 0 {
            task.id = TaskId(counter::next(tx, office, Noun::Task).await?);
        }
        // A number twice in one list would be one task with two meanings.
        if !known.insert(task.id) {
            return Err(Conflict::Missing.into());
        }
        put_task(tx, office, project.id, position, task).await?;
    }
    Ok(())
}

async fn put_task(
    tx: &mut Transaction,
    office: OfficeId,
    project: ProjectId,
    position: i64,
    task: &Task,
) -> Result<()> {
    let holder = Holder::of(&task.holder);
    let touched = run!(
        tx,
        "insert into task (office_id, id, project_id, position, role, wording, due_on, \
         due_revision, holder, holder_association_id, holder_person, holder_name, done_on, done_by, \
         removed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, false) \
         on conflict (office_id, id) do update set position = excluded.position, \
         role = excluded.role, wording = excluded.wording, due_on = excluded.due_on, \
         due_revision = excluded.due_revision, holder = excluded.holder, \
         holder_association_id = excluded.holder_association_id, \
         holder_person = excluded.holder_person, holder_name = excluded.holder_name, \
         done_on = excluded.done_on, done_by = excluded.done_by, removed = false \
         where task.project_id = excluded.project_id",
        office.0,
        task.id.0,
        project.0,
        position,
        task.role.code(),
        &task.wording,
        task.due.map(|day| day.to_string()),
        task.due_revision,
        holder.kind,
        holder.association,
        holder.person,
        holder.name,
        task.done.map(|done| done.on.to_string()),
        task.done.map(|done| done.by.to_stored()),
    )
    .map_err(missing)?;
    if touched == 0 {
        // The number is another project's.
        return Err(Conflict::Missing.into());
    }
    Ok(())
}

fn missing(error: crate::Error) -> crate::Error {
    error.naming(Conflict::Missing, Conflict::Missing)
}

fn survey(project: &Project) -> Result<Option<String>> {
    let written = project.survey.as_ref().map(serde_json::to_string);
    Ok(written.transpose()?)
}

/// The project as it will be read again.
fn kept(project: &Project) -> Project {
    Project {
        created_at: instant::kept(project.created_at),
        changed_at: instant::kept(project.changed_at),
        ..project.clone()
    }
}
