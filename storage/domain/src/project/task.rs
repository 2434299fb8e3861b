//! Tasks (分担): one part of a project, who has it, and by when it is to be done.
//!
//! The roles are those the manual gives the office (seed 000, chapter 4, 連携拠点の主な役割). The manual
//! names no dates; how far before or after the event each is due is ours, said in one table.

use super::{Project, sight::spoken_for};
use crate::{
    audience::Destination,
    calendar::{Calendar, Shift},
    id::{AssociationId, TaskId, UserId},
    office::Office,
    person::Person,
    review::{self, Leads},
    text::fold,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Longest wording of a task, in UTF-16 units.
pub const WORDING_UNITS_MAX: usize = 60;
/// Longest words on who has it, in UTF-16 units.
pub const WHO_UNITS_MAX: usize = 60;
/// When whoever has a task is reminded of it, as an office writes such leads.
const BEFORE: &str = "7日前、1日前";

/// What is to be done (seed 000, chapter 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 講師派遣
    Lecturer,
    /// 周知
    Announcement,
    /// 参加者取りまとめ
    Participants,
    /// 当日運営
    Day,
    /// アンケート
    Survey,
    /// その他, in words of its own.
    Other,
}

crate::codes!(Role {
    Lecturer = "lecturer",
    Announcement = "announcement",
    Participants = "participants",
    Day = "day",
    Survey = "survey",
    Other = "other",
});

impl Role {
    /// How many days after the event (before it, where negative) it is due when nobody says otherwise;
    /// `None` for what is in words of its own.
    #[must_use]
    pub fn lead_days(self) -> Option<i64> {
        Some(match self {
            // A speaker is asked two months ahead, and people are told of it a month ahead.
            Self::Lecturer => -60,
            Self::Announcement => -30,
            Self::Participants => -7,
            Self::Day => 0,
            // Answers are counted while people remember.
            Self::Survey => 14,
            Self::Other => return None,
        })
    }
}

/// Who has a task; never a patient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The office itself: where nobody else was named.
    Desk,
    /// An association: its officers and contacts see to it.
    Association(AssociationId),
    /// A person of the server.
    Person(UserId),
    /// A role in words: 司会, 会場係.
    Named(String),
}

impl Holder {
    /// Where whoever has it is reminded: the association's channel, else the desk.
    #[must_use]
    pub fn destination(&self, office: &Office) -> Destination {
        match self {
            Self::Association(id) if Destination::Tier1(*id).channel(office).is_some() => {
                Destination::Tier1(*id)
            }
            _ => Destination::Desk,
        }
    }
}

/// That a task was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// On which day somebody said so.
    pub on: NaiveDate,
    /// Who said so (Discord's id).
    pub by: UserId,
}

/// One task as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its number within the office; people read it nowhere.
    pub id: TaskId,
    /// What is to be done.
    pub role: Role,
    /// More exactly; never missing for [`Role::Other`].
    pub wording: Option<String>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Counts the dates it has had, and the places where it was to be reminded of; from 1.
    pub due_revision: i64,
    /// Who has it.
    pub holder: Holder,
    /// Whether it is done.
    pub done: Option<Done>,
}

impl Task {
    /// Whether it is the task of this role and wording; width and case do not count.
    #[must_use]
    pub fn is_named(&self, role: Role, wording: Option<&str>) -> bool {
        self.role == role && self.wording.as_deref().map(fold) == wording.map(fold)
    }

    /// Whether a person who knows of its project may say that it is done: coordinators, whoever speaks
    /// for the association that has it, and the person who has it.
    #[must_use]
    pub fn is_done_by(&self, person: &Person) -> bool {
        if person.coordinator {
            return true;
        }
        match &self.holder {
            Holder::Association(id) => spoken_for(person).any(|own| own == *id),
            Holder::Person(user) => *user == person.user,
            Holder::Desk | Holder::Named(_) => false,
        }
    }

    /// How many days it is late; `None` while it is in time, done, or without a date.
    #[must_use]
    pub fn days_late(&self, today: NaiveDate) -> Option<i64> {
        let late = today.signed_duration_since(self.due?).num_days();
        (late > 0 && self.done.is_none()).then_some(late)
    }

    /// What its reminders depend on; while it is the same, those that wait stay.
    #[must_use]
    pub fn reminded(&self, project: &Project, office: &Office) -> Option<(NaiveDate, Destination)> {
        let is_due = project.is_open() && self.done.is_none();
        self.due
            .filter(|_| is_due)
            .map(|due| (due, self.holder.destination(office)))
    }
}

/// The tasks the manual names, with their dates counted back from the event; without one they have none.
#[must_use]
pub fn suggested(
    event: Option<NaiveDate>,
    today: NaiveDate,
    calendar: &Calendar,
) -> Vec<(Role, Option<NaiveDate>)> {
    Role::ALL
        .iter()
        .filter(|role| role.lead_days().is_some())
        .map(|role| {
            (
                *role,
                event.and_then(|event| due(*role, event, today, calendar)),
            )
        })
        .collect()
}

/// By when a role is to be done for an event: before it on the business day before, after it on the next
/// one, on the day itself whatever day it is. Where that has passed and the event has not, the next day
/// somebody works; nothing where the event has passed as well.
#[must_use]
pub fn due(
    role: Role,
    event: NaiveDate,
    today: NaiveDate,
    calendar: &Calendar,
) -> Option<NaiveDate> {
    let day = event.checked_add_signed(TimeDelta::days(role.lead_days()?))?;
    fitted(day, event, today, calendar)
}

/// The due date of a task whose event goes from one day to another: as far from it as it was, shifted
/// as [`due`] does.
#[must_use]
pub fn moved(
    due: NaiveDate,
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
    calendar: &Calendar,
) -> Option<NaiveDate> {
    let day = to.checked_add_signed(due.signed_duration_since(from))?;
    fitted(day, to, today, calendar)
}

fn fitted(
    day: NaiveDate,
    event: NaiveDate,
    today: NaiveDate,
    calendar: &Calendar,
) -> Option<NaiveDate> {
    let shift = match day.cmp(&event) {
        std::cmp::Ordering::Less => Shift::Previous,
        std::cmp::Ordering::Equal => Shift::None,
        std::cmp::Ordering::Greater => Shift::Next,
    };
    let day = calendar.shifted(day, shift);
    if day >= today {
        return Some(day);
    }
    (event >= today).then(|| calendar.shifted(today, Shift::Next).min(event))
}

/// The reminders of a task that are still ahead: 7 days and 1 day before it, and every 7 days at the
/// desk once it is late, as [`review::ladder`] counts them.
#[must_use]
pub fn ladder(
    due: NaiveDate,
    time: NaiveTime,
    calendar: &Calendar,
    zone: Tz,
    now: DateTime<Utc>,
) -> Vec<review::Step> {
    review::ladder(due, None, &leads(time), calendar, zone, now)
}

fn leads(time: NaiveTime) -> Leads {
    Leads::default()
        .with_before(BEFORE)
        .expect("leads of this module are well written")
        .at(time)
}

/// The first reminder of a late task at or after `now`, as [`review::next_overdue`] counts it.
#[must_use]
pub fn next_overdue(
    due: NaiveDate,
    time: NaiveTime,
    calendar: &Calendar,
    zone: Tz,
    now: DateTime<Utc>,
) -> Option<review::Step> {
    review::next_overdue(due, &leads(time), calendar, zone, now)
}
