//! Support projects (支援事業): an association's event the office helps with, and who does what by when.
//!
//! Seed 000, chapter 4: the association stands in front and the office behind it; what is to be done is
//! divided beforehand (事前打ち合わせにより役割を分担), and how far it has come is shared as it goes
//! (要所要所で進捗共有、再調整). An association may bring an idea of its own (持込み企画), which the desk
//! takes up or declines. The review at the end and the gatherings on the way are other nouns.
//!
//! ```
//! use domain::project::{Budget, State};
//! let budget = Budget::read("15万円 市の委託料").expect("an amount and where it comes from");
//! assert_eq!((budget.yen, budget.source.as_deref()), (150_000, Some("市の委託料")));
//! assert!(State::Running.is_open() && !State::Finished.is_open());
//! ```

use crate::{
    audience::Destination,
    id::{AssociationId, IssueId, ProjectId, SessionId, TaskId, UserId},
    office::Office,
    survey::Survey,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

mod budget;
mod sight;
mod task;

pub use budget::{Budget, BudgetFault, SOURCE_UNITS_MAX, YEN_MAX};
pub use sight::Sight;
pub(crate) use sight::spoken_for;
pub use task::{
    Done, Holder, Role, Task, WHO_UNITS_MAX, WORDING_UNITS_MAX, due, ladder, moved, next_overdue,
    suggested,
};

/// Longest title, in UTF-16 units.
pub const TITLE_UNITS_MAX: usize = 80;
/// Longest name of a fund, in UTF-16 units; it is kept as written.
pub const FUND_UNITS_MAX: usize = 100;
/// Longest note at the end, in UTF-16 units.
pub const NOTE_UNITS_MAX: usize = 1_000;
/// Longest reason for declining or dropping one, in UTF-16 units.
pub const REASON_UNITS_MAX: usize = 300;
/// Most associations of a project.
pub const ASSOCIATIONS_MAX: usize = 30;
/// Most issues a project is linked to.
pub const ISSUES_MAX: usize = 20;
/// Most gatherings a project is linked to.
pub const SESSIONS_MAX: usize = 20;
/// Most tasks of a project: a select of Discord holds 25, and a card has to be read at a glance.
pub const TASKS_MAX: usize = 20;
/// How far ahead an event is planned, in days: farther is a mistake in the year.
pub const AHEAD_DAYS_MAX: i64 = 3 * 366;
/// How far back an event that took place may be written down, in days.
pub const BACK_DAYS_MAX: i64 = 30 * 366;

/// How far a project has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 持込み企画: an association has brought it, and the desk has not answered yet.
    Idea,
    /// 予定: it will be done, and nothing of it is done yet.
    Planned,
    /// 進行中: the first of its tasks is done.
    Running,
    /// 完了
    Finished,
    /// 見送り
    Dropped,
}

crate::codes!(State {
    Idea = "idea",
    Planned = "planned",
    Running = "running",
    Finished = "finished",
    Dropped = "dropped",
});

impl State {
    /// Whether there is work on it: its tasks are reminded of.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Running)
    }
}

/// One project as it is kept, with its tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The number within the office, by which commands name it.
    pub id: ProjectId,
    /// Counts every change of it or of its tasks; starts at 1.
    pub revision: i64,
    /// How far it has come.
    pub state: State,
    /// What it is called.
    pub title: String,
    /// The associations that hold it, in the order they were named; none when it is the whole region's.
    pub associations: Vec<AssociationId>,
    /// The day of the event.
    pub date: Option<NaiveDate>,
    /// What it may cost; for the desk only.
    pub budget: Option<Budget>,
    /// The fund it is paid from, in the words of whoever wrote it; for the desk only.
    pub fund: Option<String>,
    /// The issues it answers, in the order they were named.
    pub issues: Vec<IssueId>,
    /// The gatherings that belong to it, in the order they were named.
    pub sessions: Vec<SessionId>,
    /// Who does what by when, in the order they were written down.
    pub tasks: Vec<Task>,
    /// The association that brought it as an idea.
    pub idea_of: Option<AssociationId>,
    /// Whether the desk stands behind it: from the beginning where a coordinator wrote it down, else
    /// once the idea was taken up.
    pub taken_up: bool,
    /// Why it was declined or dropped.
    pub reason: Option<String>,
    /// What people answered at the end.
    pub survey: Option<Survey>,
    /// What remains to be said at the end.
    pub note: Option<String>,
    /// The day it was finished.
    pub finished_on: Option<NaiveDate>,
    /// Who wrote it down (Discord's id).
    pub added_by: UserId,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// Taken back by undo: only the desk's audit still knows of it.
    pub retracted: bool,
}

impl Project {
    /// The associations whose officers and contacts know of it: those that hold it and the one that
    /// brought it. What is only an idea, or was declined as one, is nobody else's.
    #[must_use]
    pub fn told(&self) -> Vec<AssociationId> {
        let mut told: Vec<AssociationId> = self.idea_of.into_iter().collect();
        if self.taken_up {
            for association in &self.associations {
                if !told.contains(association) {
                    told.push(*association);
                }
            }
        }
        told
    }

    /// Whether everybody of the region may know of it: no association restricts it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.taken_up && self.associations.is_empty()
    }

    /// Where its card stands: at the desk, and at every association that knows of it and has a channel; what
    /// is public, in the region's channel.
    #[must_use]
    pub fn destinations(&self, office: &Office) -> Vec<Destination> {
        if self.retracted {
            return Vec::new();
        }
        let associations = self
            .told()
            .into_iter()
            .map(Destination::Tier1)
            .filter(|place| place.channel(office).is_some());
        let region = (self.is_public() && Destination::Tier3.channel(office).is_some())
            .then_some(Destination::Tier3);
        std::iter::once(Destination::Desk)
            .chain(associations)
            .chain(region)
            .collect()
    }

    /// How many of its tasks are done, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let done = self.tasks.iter().filter(|task| task.done.is_some());
        (done.count(), self.tasks.len())
    }

    /// One of its tasks.
    #[must_use]
    pub fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// Its task of this role and wording, if there is one.
    #[must_use]
    pub fn task_named(&self, role: Role, wording: Option<&str>) -> Option<&Task> {
        self.tasks.iter().find(|task| task.is_named(role, wording))
    }

    /// The same with the state its tasks give it: work begins with the first that is done. Ideas, and
    /// what has come to an end, stay as they are.
    #[must_use]
    pub fn settled(self) -> Self {
        let state = match (self.state, self.progress()) {
            (State::Planned, (1.., _)) => State::Running,
            (State::Running, (0, _)) => State::Planned,
            (state, _) => state,
        };
        Self { state, ..self }
    }

    /// Whether people are reminded of its tasks.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.retracted && self.taken_up && self.state.is_open()
    }
}

/// Whether an event may be on this day; `false` is a mistake in the year.
#[must_use]
pub fn is_near(date: NaiveDate, today: NaiveDate) -> bool {
    let ahead = date.signed_duration_since(today);
    ahead <= TimeDelta::days(AHEAD_DAYS_MAX) && ahead >= TimeDelta::days(-BACK_DAYS_MAX)
}

#[cfg(test)]
mod tests;
