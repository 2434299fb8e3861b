//! What is due of the tasks of projects: whoever has one is reminded before it, and the desk when it is
//! late, until it is done.

use super::{Due, Press, elsewhere};
use crate::{
    card::date,
    custom_id::{Action, Project as Pressed},
    project::word,
    text,
    text::Text,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    audience::Destination,
    id::{AssociationId, OfficeId, ProjectId, TaskId},
    occurrence::{Matter, Series},
    office::Office,
    project::{self, Holder, Project, Role, Sight, State, Task},
    review::{Rung, Step},
    setting::Language,
    text::escape_markdown,
};
use serenity::all::ButtonStyle;
use storage::{
    Connection, Subject, Transaction,
    occurrence::Occurrence,
    project::{Filter, PAGE_MAX},
};

/// Why there is still a point in speaking of a task. Never its wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    project: ProjectId,
    task: TaskId,
    role: Role,
    due: NaiveDate,
    /// The association that has it.
    association: Option<AssociationId>,
    overdue: bool,
}

impl Point {
    /// The project: people know tasks by it.
    pub(super) fn subject(&self) -> Subject {
        self.project.into()
    }

    /// After a long absence the week and the day before are one matter.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.task == other.task && self.overdue == other.overdue
    }

    pub(super) fn line(&self, office: &Office, language: Language) -> String {
        let key = if self.overdue {
            "reminder-task-overdue"
        } else {
            "reminder-task-before"
        };
        let who = self
            .association
            .and_then(|id| office.association(id))
            .map_or_else(
                || Text::new("task-who-desk").say(language),
                |association| escape_markdown(&association.name),
            );
        Text::new(key)
            .with("number", self.project.0)
            .with("role", word::role(self.role))
            .with("who", who)
            .with("date", date(self.due, language))
            .say(language)
    }

    /// *済み* where there is room for it, and the details.
    pub(super) fn presses(&self, roomy: bool) -> Vec<Press> {
        let done = roomy.then(|| Press {
            action: Action::Project(Pressed::Done(self.task)),
            label: text!(
                "reminder-button-task-done",
                number = self.project.0,
                role = word::role(self.role)
            ),
            style: ButtonStyle::Success,
        });
        let show = Press {
            action: Action::Project(Pressed::Show(self.project)),
            label: text!("reminder-button-project", number = self.project.0),
            style: ButtonStyle::Secondary,
        };
        done.into_iter().chain([show]).collect()
    }
}

/// The button that shows the project of a task.
pub(super) fn press(task: TaskId) -> Press {
    Press {
        action: Action::Project(Pressed::OfTask(task)),
        label: Text::new("reminder-button-task"),
        style: ButtonStyle::Secondary,
    }
}

/// Plans what is due of the tasks of a project that was stored, and takes back what was: only where a
/// date, a place or the work itself has changed.
///
/// # Errors
/// Storage failed.
pub async fn plan(
    tx: &mut Transaction,
    office: &Office,
    before: Option<&Project>,
    after: &Project,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let was = |id: TaskId| before.and_then(|before| before.task(id)?.reminded(before, office));
    let gone = before.iter().flat_map(|before| &before.tasks);
    for task in gone.filter(|task| after.task(task.id).is_none()) {
        take_back(tx, office.id, task.id).await?;
    }
    for task in &after.tasks {
        let is = task.reminded(after, office);
        if was(task.id) != is {
            take_back(tx, office.id, task.id).await?;
            put(tx, office, after, task, now).await?;
            if let Some((_, place)) = is {
                follow(tx, office, task, place).await?;
            }
        }
    }
    Ok(())
}

/// What a reminder was to say of a task where others had it in hand, and could not say yet, is said where
/// it belongs now.
async fn follow(
    tx: &mut Transaction,
    office: &Office,
    task: &Task,
    place: Destination,
) -> storage::Result<()> {
    for (item, waits_at) in storage::reminder::unsaid(tx, office.id, task.id.into()).await? {
        let series = item.key.series;
        let is_due = series.matter == Matter::TaskBefore && series.revision == task.due_revision;
        if is_due && !is_told(waits_at, place) {
            elsewhere(tx, office, &item, &[place]).await?;
        }
    }
    Ok(())
}

/// Whether a task is spoken of at a place: where it belongs, and at the desk.
fn is_told(at: Destination, belongs: Destination) -> bool {
    at == Destination::Desk || at == belongs
}

/// What is due of a task.
const MATTERS: [Matter; 2] = [Matter::TaskBefore, Matter::TaskOverdue];

async fn take_back(tx: &mut Transaction, office: OfficeId, task: TaskId) -> storage::Result<()> {
    for matter in MATTERS {
        storage::occurrence::cancel_all(tx, office, matter, task.0).await?;
    }
    Ok(())
}

async fn put(
    tx: &mut Transaction,
    office: &Office,
    project: &Project,
    task: &Task,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some((due, place)) = task.reminded(project, office) else {
        return Ok(());
    };
    let settings = &office.settings;
    let (time, zone) = (settings.reminded_at, settings.time_zone);
    for step in project::ladder(due, time, office.calendar(), zone, now) {
        put_step(tx, office, task, step, place).await?;
    }
    Ok(())
}

async fn put_step(
    tx: &mut Transaction,
    office: &Office,
    task: &Task,
    step: Step,
    place: Destination,
) -> storage::Result<()> {
    let (matter, lead, place) = match step.rung {
        Rung::Before(lead) => (Matter::TaskBefore, lead, place),
        // Nobody but the desk is reminded of what was missed.
        Rung::Overdue(lead) => (Matter::TaskOverdue, lead, Destination::Desk),
        Rung::OnTheDay => return Ok(()),
    };
    let series = Series {
        matter,
        id: task.id.0,
        revision: task.due_revision,
    };
    let zone = office.settings.time_zone;
    let key = series.at(lead);
    storage::occurrence::put(tx, office.id, key, step.moment, zone, place)
        .await
        .map(drop)
}

/// Settles what has come due of a task: while it is late, the desk is told again a week later.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let series = item.key.series;
    let Some((project, point)) = find(tx, office, (series, item.destination), now).await? else {
        return Ok(Due::Pointless);
    };
    if point.overdue {
        let task = project.task(point.task);
        let settings = &office.settings;
        let (time, zone) = (settings.reminded_at, settings.time_zone);
        // What is due at this very moment is what has just been settled.
        let after = now + TimeDelta::microseconds(1);
        let next = project::next_overdue(point.due, time, office.calendar(), zone, after);
        if let Some((task, next)) = task.zip(next) {
            put_step(tx, office, task, next, Destination::Desk).await?;
        }
    }
    Ok(Due::Say)
}

/// Asks a task whether what is due by it still has a point at a destination: it is the task's date, it is
/// not done, a reminder before it does not come after it, and whoever reads there has it in hand.
pub(super) async fn point(
    connection: &mut Connection,
    office: &Office,
    (series, destination): (Series, Destination),
    now: DateTime<Utc>,
) -> storage::Result<Option<Point>> {
    let found = find(connection, office, (series, destination), now).await?;
    Ok(found.map(|(_, point)| point))
}

/// The project of a task of which there is a point in speaking.
async fn find(
    connection: &mut Connection,
    office: &Office,
    (series, destination): (Series, Destination),
    now: DateTime<Utc>,
) -> storage::Result<Option<(Project, Point)>> {
    let task = TaskId(series.id);
    let Some(project) = storage::project::of_task(connection, office.id, task).await? else {
        return Ok(None);
    };
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    let point = pointed(&project, office, (series, destination), today);
    Ok(point.map(|point| (project, point)))
}

fn pointed(
    project: &Project,
    office: &Office,
    (series, destination): (Series, Destination),
    today: NaiveDate,
) -> Option<Point> {
    let task = project.task(TaskId(series.id))?;
    let (due, place) = task.reminded(project, office)?;
    if !is_told(destination, place) {
        return None;
    }
    let overdue = series.matter == Matter::TaskOverdue;
    let in_time = overdue == (due < today);
    (task.due_revision == series.revision && in_time).then_some(Point {
        project: project.id,
        task: task.id,
        role: task.role,
        due,
        association: match task.holder {
            Holder::Association(id) => Some(id),
            Holder::Desk | Holder::Person(_) | Holder::Named(_) => None,
        },
        overdue,
    })
}

/// Plans anew what waits of every task, because the office's calendar or its time of day have changed;
/// what is due already is said all the same.
pub(super) async fn plan_anew(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    for state in [State::Planned, State::Running] {
        let filter = Filter {
            state: Some(state),
            sight: Sight {
                everything: true,
                ..Sight::default()
            },
        };
        let mut offset = 0;
        loop {
            let page = storage::project::list(tx, office.id, &filter, offset, PAGE_MAX).await?;
            for project in &page.items {
                for task in &project.tasks {
                    for matter in MATTERS {
                        let task = task.id.0;
                        storage::occurrence::cancel_ahead(tx, office.id, matter, task, now).await?;
                    }
                    put(tx, office, project, task, now).await?;
                }
            }
            offset += PAGE_MAX;
            if offset >= page.total {
                break;
            }
        }
    }
    Ok(())
}
