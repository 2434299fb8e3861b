//! What else happens in an office that is handed over at the end of the year: issues are raised and
//! come on, wordings are proposed and approved, ideas and sessions are asked for, targets are set and
//! recorded, key persons are noted. None of it is due on a day; all of it is told here as well, for the
//! document to be held against ([`crate::handover`]).

mod aim;
mod issue;

use crate::{expected::Record, office::Office};
pub(crate) use aim::{AREA, item};
use chrono::{DateTime, Utc};
use domain::{
    disclosure,
    id::IssueId,
    issue::{Origin, Status},
    project::{Holder, Role},
    target::Owner,
    tier::Tier,
};
use std::collections::BTreeMap;
use storage::Store;
use tests::dice::Dice;

/// What is done, and how often.
const MATTERS: [(usize, Matter); 9] = [
    (24, Matter::Raise),
    (16, Matter::Turn),
    (12, Matter::Propose),
    (8, Matter::Decide),
    (6, Matter::Bring),
    (5, Matter::Ask),
    (6, Matter::Know),
    (9, Matter::Aim),
    (14, Matter::Record),
];
/// Of a hundred sessions so many talk about an issue.
const AGENDAS: usize = 60;
/// What every idea is called, and every session somebody asks for.
pub(crate) const IDEA: &str = "お薬相談会";
pub(crate) const ASKED: &str = "情報交換会";

#[derive(Clone, Copy, Debug)]
enum Matter {
    Raise,
    Turn,
    Propose,
    Decide,
    Bring,
    Ask,
    Know,
    Aim,
    Record,
}

/// An issue.
#[derive(Clone, Debug)]
pub(crate) struct Raised {
    pub(crate) tier: Tier,
    pub(crate) status: Status,
    /// The fiscal year it was put off to.
    pub(crate) later: Option<i32>,
    pub(crate) text: String,
    pub(crate) note: Option<String>,
    /// The association, by its place in the office.
    pub(crate) association: Option<usize>,
    pub(crate) origin: Origin,
    pub(crate) at_desk: bool,
    pub(crate) raised: DateTime<Utc>,
    /// When its status was changed last.
    pub(crate) turned: Option<DateTime<Utc>>,
}

impl Raised {
    /// One whose measure is to be looked back on.
    pub(crate) fn looked_back_on(association: Option<usize>, now: DateTime<Utc>) -> Self {
        Self {
            tier: Tier::One,
            status: Status::Review,
            later: None,
            text: crate::office::LOOKED_BACK_ON.to_owned(),
            note: None,
            association,
            origin: Origin::Meeting,
            at_desk: association.is_none(),
            raised: now,
            turned: None,
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.status, Status::Done | Status::Dropped)
    }
}

/// A wording for others.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// For the region; else for the circle of the first two associations.
    pub(crate) region: bool,
    pub(crate) wording: String,
    pub(crate) state: disclosure::State,
    /// When it was proposed, and then when it was decided.
    pub(crate) at: DateTime<Utc>,
}

/// A target.
#[derive(Clone, Debug)]
pub(crate) struct Aimed {
    pub(crate) number: usize,
    /// How often it is to be done in the year.
    pub(crate) goal: i64,
    pub(crate) owner: Option<Owner>,
    pub(crate) year: i32,
    pub(crate) done: i64,
    pub(crate) records: usize,
}

/// Everything of an office that is told by a handover and by nothing on a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matters {
    pub(crate) issues: BTreeMap<i64, Raised>,
    /// By issue and version.
    pub(crate) told: BTreeMap<(i64, i64), Told>,
    /// Tasks, with their projects in what is due.
    pub(crate) tasks: BTreeMap<i64, (Role, Holder)>,
    /// Ideas, with the association that brought each, and when.
    pub(crate) ideas: BTreeMap<i64, (usize, DateTime<Utc>)>,
    /// Sessions somebody asked for.
    pub(crate) asked: BTreeMap<i64, DateTime<Utc>>,
    /// Key persons: association, name, note.
    pub(crate) persons: Vec<(Option<usize>, String, String)>,
    pub(crate) targets: BTreeMap<i64, Aimed>,
    /// Whoever said something in confidence.
    pub(crate) speakers: Vec<String>,
    /// When somebody last did something of which there is an audit.
    pub(crate) acted: Option<DateTime<Utc>>,
    /// What was set, by the setting's code, as it is written there.
    pub(crate) settings: BTreeMap<&'static str, String>,
}

impl Matters {
    /// A task was given to somebody.
    pub(crate) fn divide(&mut self, task: i64, role: Role, holder: Holder) {
        self.tasks.insert(task, (role, holder));
    }
}

impl Office {
    /// Something of it happens.
    pub(crate) async fn keep(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        match dice.weighed(&MATTERS) {
            Matter::Raise => self.raise(store, dice, now).await,
            Matter::Turn => self.turn(store, dice, now).await,
            Matter::Propose => self.propose(store, dice, now).await,
            Matter::Decide => self.decide(store, dice, now).await,
            Matter::Bring => self.bring(store, dice, now).await,
            Matter::Ask => self.ask(store, now).await,
            Matter::Know => self.know(store, dice, now).await,
            Matter::Aim => self.aim(store, dice, now).await,
            Matter::Record => self.record(store, dice, now).await,
        }
    }

    /// The issues a session talks about.
    pub(crate) fn agenda(&self, dice: &mut Dice) -> Vec<IssueId> {
        let open = self.matters.issues.iter().filter(|(_, one)| one.is_open());
        let open: Vec<IssueId> = open.map(|(id, _)| IssueId(*id)).collect();
        let chosen = dice.pick(&open).filter(|_| dice.chance(AGENDAS));
        chosen.into_iter().collect()
    }

    /// The tasks of each project, with what is known of their days.
    pub(crate) fn projects(&self) -> BTreeMap<i64, Vec<&Record>> {
        let mut projects: BTreeMap<i64, Vec<&Record>> = BTreeMap::new();
        let records = self.expected.records.values();
        for record in records.filter(|record| record.noun == "task") {
            let project = record.about.expect("a task is of a project");
            projects.entry(project).or_default().push(record);
        }
        projects
    }
}
