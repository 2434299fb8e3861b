//! Support projects of the year, whose tasks have dates and holders: each task is a record of what must
//! be said of it.

use crate::{
    Harm,
    day::wall,
    expected::Record,
    office::{Office, WHO, moment, set_up},
};
use chrono::{DateTime, NaiveDate, Utc};
use commands::occurrence;
use domain::{
    id::{ProjectId, TaskId, UserId},
    project::{Done, Holder, Project, Role, State, Task},
};
use storage::Store;
use tests::dice::Dice;

/// Somebody who has a task and is no coordinator.
pub(crate) const HELPER: UserId = UserId(22);
/// Somebody of whom only the name is known.
pub(crate) const NAMED: &str = "会場係";
/// What every event is called.
pub(crate) const EVENT: &str = "合同研修会";
/// What is divided up.
const ROLES: [Role; 3] = [Role::Announcement, Role::Participants, Role::Survey];

impl Office {
    /// An event is planned, and who does what for it by when.
    pub(crate) async fn plan_project(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let mut tasks = Vec::new();
        let mut places = Vec::new();
        for role in &ROLES[..1 + dice.below(ROLES.len())] {
            let (due, _) = moment(dice, now);
            // The last association has no channel of its own.
            let (holder, place) = match dice.below(6) {
                0 => (Holder::Desk, "desk".to_owned()),
                1 => (Holder::Named(NAMED.to_owned()), "desk".to_owned()),
                2 => (Holder::Person(HELPER), "desk".to_owned()),
                3 => (Holder::Association(self.associations[2]), "desk".to_owned()),
                other => {
                    let id = self.associations[other - 4];
                    (Holder::Association(id), format!("tier1:{id}"))
                }
            };
            tasks.push(task(*role, due, holder.clone()));
            places.push((due, place, *role, holder));
        }
        let (office, project) = (self.id, project(tasks, now));
        let stored = store.write(move |tx| {
            let project = project.clone();
            Box::pin(async move {
                let set_up = set_up(tx, office).await?;
                let stored = storage::project::insert(tx, office, &project).await?;
                occurrence::plan_project(tx, &set_up, None, &stored, now).await?;
                Ok(stored)
            })
        });
        let stored = stored.await?;
        for (task, (date, place, role, holder)) in stored.tasks.iter().zip(places) {
            self.matters.divide(task.id.0, role, holder);
            let record = Record {
                places: vec![place],
                about: Some(stored.id.0),
                ..Record::new("task", task.id.0, (date, None))
            };
            self.expected.tell(record, now);
        }
        Ok(())
    }

    /// A task gets another date, or is done.
    pub(crate) async fn change_task(
        &mut self,
        store: &Store,
        record: &Record,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        let (office, forgets) = (self.id, harm == Some(Harm::Forgets("task")));
        let wanted = record.clone();
        let changed = store.write(move |tx| {
            let record = wanted.clone();
            Box::pin(async move {
                let set_up = set_up(tx, office).await?;
                let id = TaskId(record.id);
                let found = storage::project::of_task(tx, office, id).await?;
                let before = found.expect("it was planned");
                let mut after = before.clone();
                after.changed_at = now;
                let mut tasks = after.tasks.iter_mut();
                let task = tasks.find(|task| task.id == id).expect("it is one of them");
                (task.due, task.due_revision) = (Some(record.date), record.dated);
                task.done = (!record.open).then(|| Done {
                    on: wall(now).0,
                    by: WHO,
                });
                let stored = storage::project::update(tx, office, &after).await?;
                if !forgets {
                    occurrence::plan_project(tx, &set_up, Some(&before), &stored, now).await?;
                }
                Ok(())
            })
        });
        changed.await
    }
}

fn task(role: Role, due: NaiveDate, holder: Holder) -> Task {
    Task {
        id: TaskId(0),
        role,
        wording: None,
        due: Some(due),
        due_revision: 1,
        holder,
        done: None,
    }
}

pub(crate) fn project(tasks: Vec<Task>, now: DateTime<Utc>) -> Project {
    Project {
        id: ProjectId(0),
        revision: 1,
        state: State::Planned,
        title: EVENT.to_owned(),
        associations: Vec::new(),
        date: None,
        budget: None,
        fund: None,
        issues: Vec::new(),
        sessions: Vec::new(),
        tasks,
        idea_of: None,
        taken_up: true,
        reason: None,
        survey: None,
        note: None,
        finished_on: None,
        added_by: WHO,
        created_at: now,
        changed_at: now,
        retracted: false,
    }
}
