//! A year (年次): what the council (協議会) is told of a fiscal year, with the next year's draft.

use super::{
    month::Counted,
    row::{Row, Told},
};
use crate::{
    era::FiscalYear,
    project::{self, Budget},
    session,
    setting::Language,
    target::{mark::Marks, number::ItemNumber, pace::State},
    tier::Tier,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What a year consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// What the office is called.
    pub office: String,
    /// The language it is written in.
    pub language: Language,
    /// The fiscal year.
    pub year: FiscalYear,
    /// The day it is told as of: the year's last, or today while it runs.
    pub as_of: NaiveDate,
    /// What the office says its marks mean.
    pub marks: Marks,
    /// The targets, in the order of the table; their plans are of the next year.
    pub rows: Vec<Row>,
    /// The gatherings that were held, in the order of their days.
    pub sessions: Vec<Gathered>,
    /// The support projects, in the order of their days; those without one last.
    pub projects: Vec<Helped>,
    /// The funds that were used; none for readers other than the desk.
    pub funds: Vec<FundUse>,
    /// What became of the issues, tier by tier.
    pub issues: BTreeMap<Tier, Balance>,
    /// Issues by category at the end of the year and at its beginning, small ones together.
    pub categories: Vec<Counted>,
    /// The next year's plan as it is proposed, in the order of the table.
    pub drafts: Vec<Draft>,
}

/// A gathering that was held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// The day.
    pub date: NaiveDate,
    /// Between whom.
    pub tier: Tier,
    /// What kind.
    pub kind: session::Kind,
    /// The office's part in it.
    pub role: session::Role,
    /// Its n of 第n回.
    pub number: Option<i64>,
    /// What it is called; none where the council may not know (a tier 1 talk).
    pub name: Option<String>,
    /// How many people came.
    pub people: Option<i64>,
}

/// A support project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helped {
    /// What it is called.
    pub name: String,
    /// The day of the event.
    pub date: Option<NaiveDate>,
    /// The associations that held it, by name.
    pub associations: Vec<String>,
    /// How far it has come.
    pub state: project::State,
    /// What it cost; none for readers other than the desk.
    pub budget: Option<Budget>,
    /// The fund it was paid from, as written; none for readers other than the desk.
    pub fund: Option<String>,
}

/// A fund that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundUse {
    /// What it is called.
    pub name: String,
    /// What it was used for.
    pub used_for: String,
    /// How much of it, in yen.
    pub yen: Option<i64>,
}

/// What became of the issues of one tier in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Open when the year began.
    pub carried_in: u64,
    /// Raised within the year.
    pub raised: u64,
    /// Solved (完了) within the year.
    pub solved: u64,
    /// Dropped (見送り) within the year.
    pub dropped: u64,
    /// Put off to a later year (次年度以降).
    pub later: u64,
    /// Open when the year ended, those put off among them.
    pub carried_over: u64,
}

/// One target of the next year's plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its area.
    pub area: String,
    /// Its number.
    pub number: ItemNumber,
    /// The item.
    pub item: String,
    /// How it ended this year.
    pub state: State,
    /// Why it is proposed, or not.
    pub carry: Carry,
    /// The goal: the next year's where there is one, else this year's as a proposal; empty for none.
    pub goal: String,
    /// What is planned, marks as written.
    pub plan: Vec<Told>,
}

/// Why a target stands in the next year's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    /// The next year has a goal for it already.
    Planned,
    /// Its goal was not reached: carried over.
    Unfinished,
    /// Nothing was done of it: carried over, or to be thought over.
    NotBegun,
    /// A goal in words that goes on.
    GoesOn,
    /// Reached: whether it is wanted again is for the office to decide.
    Reached,
    /// Neither year has a goal for it.
    NoGoal,
}

crate::codes!(Carry {
    Planned = "planned",
    Unfinished = "unfinished",
    NotBegun = "not-begun",
    GoesOn = "goes-on",
    Reached = "reached",
    NoGoal = "no-goal",
});

impl Carry {
    /// Whether the year's goal is proposed for the next.
    #[must_use]
    pub fn proposes(self) -> bool {
        matches!(self, Self::Unfinished | Self::NotBegun | Self::GoesOn)
    }
}

/// Why a target that ended a year in a state stands in the next year's plan.
#[must_use]
pub fn carry(state: State, has_figure: bool, planned: bool) -> Carry {
    match state {
        _ if planned => Carry::Planned,
        State::Reached => Carry::Reached,
        State::NoGoal => Carry::NoGoal,
        State::NotBegun => Carry::NotBegun,
        State::OnTrack if !has_figure => Carry::GoesOn,
        State::OnTrack | State::Behind => Carry::Unfinished,
    }
}

impl Draft {
    /// What is proposed of a row of a year for the next year. A goal that was withdrawn is none.
    #[must_use]
    pub fn of(row: &Row, year: FiscalYear) -> Self {
        let goal = |year| row.goals.get(&year).filter(|goal| goal.holds());
        let next = goal(year.next());
        let carry = carry(row.state, row.figure.is_some(), next.is_some());
        let proposed = next.or_else(|| goal(year).filter(|_| carry.proposes()));
        Self {
            area: row.area.clone(),
            number: row.number.clone(),
            item: row.item.clone(),
            state: row.state,
            carry,
            goal: proposed.map_or_else(String::new, |goal| goal.text.clone()),
            plan: row.plan.clone(),
        }
    }
}

impl Year {
    /// Whether its reader is told what projects cost and from which fund.
    #[must_use]
    pub fn tells_budget(&self) -> bool {
        let told = |one: &Helped| one.budget.is_some() || one.fund.is_some();
        !self.funds.is_empty() || self.projects.iter().any(told)
    }

    /// How many gatherings of each tier were held, by kind, in the order of tiers and kinds.
    #[must_use]
    pub fn sessions_by_tier(&self) -> BTreeMap<(Tier, session::Kind), usize> {
        let mut counts = BTreeMap::new();
        for session in &self.sessions {
            *counts.entry((session.tier, session.kind)).or_default() += 1;
        }
        counts
    }
}
