//! Goals and plans beside those that are kept.

use super::{
    super::{Goal, Plan, PlanRow, cell::squeezed, content, written},
    Change, Comparison, Gone, What, unfit,
};
use crate::{
    era::FiscalYear,
    id::TargetId,
    target::{
        difference::{NewGoal, TargetRef},
        figure,
        goal::{
            Content, PLAN_UNITS_MAX, Quantity, REASON_UNITS_MAX, State, TEXT_UNITS_MAX, day_of,
        },
    },
    text::one_line,
};
use std::collections::BTreeSet;

/// Behind a goal that is listed again but leads nowhere.
const AGAIN: &str = "（再掲）";

/// What a row says of a year, as far as it is taken.
struct Said<'a> {
    goal: Option<&'a Goal>,
    plan: Option<&'a str>,
}

impl<'a> Comparison<'a> {
    /// The goals and plans of every row.
    pub(super) fn goals(&mut self) {
        let plan = self.plan;
        let planned = plan.columns.iter().filter(|column| column.planned);
        let planned: BTreeSet<FiscalYear> = planned.map(|column| column.year).collect();
        let years: BTreeSet<FiscalYear> = plan.years.iter().chain(&planned).copied().collect();
        for (at, row) in plan.rows.iter().enumerate() {
            let Some(target) = self.targets[at] else {
                continue;
            };
            for year in &years {
                let said = self.said(at, row, *year);
                if let TargetRef::Kept(id) = target {
                    self.gone_of_year(id, *year, &said, planned.contains(year));
                }
                self.goal(at, target, *year, &said);
            }
        }
    }

    /// What may be taken of what a row says of a year.
    fn said(&mut self, at: usize, row: &'a PlanRow, year: FiscalYear) -> Said<'a> {
        let mut goal = row.goals.get(&year);
        if let Some(why) = goal.and_then(|goal| unfit(&goal.text, TEXT_UNITS_MAX)) {
            self.leave(at, What::Goal(year), why);
            goal = None;
        }
        let mut plan = planned(self.plan, row, year);
        if let Some(why) = plan.and_then(|plan| unfit(plan, PLAN_UNITS_MAX)) {
            self.leave(at, What::Plan(year), why);
            plan = None;
        }
        Said { goal, plan }
    }

    /// What is kept of a year, and no longer stands in a cell that is there for it.
    fn gone_of_year(&mut self, id: TargetId, year: FiscalYear, said: &Said<'_>, has_plans: bool) {
        let Some(kept) = self.kept.goals.get(&(id, year)) else {
            return;
        };
        let has_goals = self.plan.years.contains(&year);
        if has_goals && said.goal.is_none() && !kept.content.text.is_empty() {
            self.found.gone.push(Gone::Goal(id, year));
        }
        if has_plans && said.plan.is_none() && kept.content.plan.is_some() {
            self.found.gone.push(Gone::Plan(id, year));
        }
    }

    /// Compares the goal of a year, and makes its next version where it differs.
    fn goal(&mut self, at: usize, target: TargetRef, year: FiscalYear, said: &Said<'_>) {
        let id = self.kept_id(at);
        let kept = id.and_then(|id| self.kept.goals.get(&(id, year)));
        let cell = kept.map(|goal| written::goal_cell(&goal.content));
        let same_goal = said.goal.is_none_or(|goal| {
            let kept = cell.as_deref().and_then(content::read_goal);
            kept.is_some_and(|kept| says_the_same(goal, &kept))
        });
        let kept_plan = kept.and_then(|goal| goal.content.plan.as_deref());
        let same_plan = said
            .plan
            .is_none_or(|plan| kept_plan.is_some_and(|kept| squeezed(kept) == squeezed(plan)));
        if same_goal && same_plan {
            return;
        }
        let content = self.content(target, said, kept.map(|goal| &goal.content));
        let reason = self.reason(at, year, content.state);
        let changes = &mut self.found.fates[at].changes;
        if !same_goal {
            changes.push(Change::Goal {
                year,
                from: cell.filter(|cell| !cell.is_empty()),
                to: written::goal_cell(&content),
            });
        }
        if !same_plan {
            changes.push(Change::Plan {
                year,
                from: kept_plan.map(str::to_owned),
                to: content.plan.clone().unwrap_or_default(),
            });
        }
        self.found.difference.goals.push(NewGoal {
            target,
            year,
            day: day_of(year, self.kept.start_month, self.today, kept),
            content,
            reason,
        });
    }

    /// What the next version says: what the table says, and what is kept where it says nothing.
    fn content(
        &self,
        target: TargetRef,
        said: &Said<'_>,
        kept: Option<&Content>,
    ) -> Content<TargetRef> {
        let (text, again) = match (said.goal, kept) {
            (Some(goal), _) => {
                let first = goal.first.and_then(|first| self.targets[first]);
                let first = first.filter(|first| *first != target);
                let mark = if goal.again && first.is_none() {
                    AGAIN
                } else {
                    ""
                };
                (format!("{}{mark}", goal.text), first)
            }
            (None, Some(kept)) => (kept.text.clone(), kept.again.map(TargetRef::Kept)),
            (None, None) => (String::new(), None),
        };
        let plan = said
            .plan
            .map(str::to_owned)
            .or_else(|| kept.and_then(|kept| kept.plan.clone()));
        let is_again = again.is_some() || said.goal.is_some_and(|goal| goal.again);
        let figure = content::figure_of(&text, plan.as_deref().unwrap_or_default());
        let figure = figure.filter(|_| !is_again).map(|(figure, _)| figure);
        let read = figure.as_ref().map(Quantity::from);
        let quantity = match kept {
            // A figure that somebody has set by hand is not lost because the words around it change.
            Some(kept) if kept.quantity != quantity_of(kept) => kept.quantity.clone(),
            _ => read,
        };
        let state = state(said, kept, quantity.as_ref(), &text, plan.as_deref());
        Content {
            text,
            plan,
            quantity,
            state,
            again,
        }
    }

    /// Why less is wanted, where the plan says so itself (※提出事例が少ないため、年2回から1回としたい).
    fn reason(&self, at: usize, year: FiscalYear, state: State) -> Option<String> {
        let row = &self.plan.rows[at];
        let planned = row.told.iter().zip(&self.plan.columns);
        let planned = planned.filter(|(_, column)| column.planned && column.year == year);
        let mut lines = planned.flat_map(|(told, _)| &told.lines);
        let line = lines.find(|line| figure::change(&line.bullet.text).is_some())?;
        let reduced = state == State::Reduced;
        reduced.then(|| one_line(&line.bullet.text, REASON_UNITS_MAX))
    }
}

/// What is planned for a year in a row, as written; what it shares with a row above is its own as well.
fn planned<'a>(plan: &'a Plan, row: &'a PlanRow, year: FiscalYear) -> Option<&'a str> {
    let told = row.told.iter().enumerate();
    let mut planned = told.filter(|(at, _)| {
        let column = &plan.columns[*at];
        column.planned && column.year == year
    });
    planned
        .find_map(|(at, told)| match told.shared_with {
            Some(first) => plan.rows.get(first)?.told.get(at),
            None => Some(told),
        })
        .map(|told| told.written.as_str())
        .filter(|words| !words.is_empty())
}

fn says_the_same(goal: &Goal, kept: &content::ReadGoal) -> bool {
    // What is given up says so itself; brackets add nothing to it.
    let as_bracketed = goal.withdrawn && kept.withdrawn || goal.bracketed == kept.bracketed;
    goal.again == kept.again && as_bracketed && squeezed(&goal.text) == squeezed(&kept.text)
}

/// The figure that the words of a kept goal stand for.
fn quantity_of(kept: &Content) -> Option<Quantity> {
    if kept.again.is_some() {
        return None;
    }
    let plan = kept.plan.as_deref().unwrap_or_default();
    let read = content::figure_of(&kept.text, plan);
    read.map(|(figure, _)| Quantity::from(&figure))
}

/// What stands of a goal as the table has it now.
fn state(
    said: &Said<'_>,
    kept: Option<&Content>,
    quantity: Option<&Quantity>,
    text: &str,
    plan: Option<&str>,
) -> State {
    if let Some(goal) = said.goal {
        let was = kept.map(|kept| kept.state);
        if goal.withdrawn || goal.bracketed && was == Some(State::Withdrawn) {
            return State::Withdrawn;
        }
        if goal.bracketed {
            return State::Bracketed;
        }
    }
    let only_plan =
        text.is_empty() && plan.is_some_and(|plan| super::super::Told::read(plan).bracketed);
    if only_plan {
        return State::Bracketed;
    }
    let lines = plan.map(super::super::Told::read).unwrap_or_default().lines;
    let says_so = lines
        .iter()
        .map(|line| line.bullet.text.as_str())
        .chain([text])
        .any(|words| figure::change(words).is_some_and(|change| change.reduces()));
    let less = kept.and_then(|kept| kept.quantity.as_ref()).zip(quantity);
    let is_less = less.is_some_and(|(was, is)| was.unit == is.unit && is.amount < was.amount);
    match kept.map(|kept| kept.state) {
        _ if says_so || is_less => State::Reduced,
        // What is not said again is as it was.
        Some(state) if said.goal.is_none() => state,
        Some(State::Reduced) => State::Reduced,
        _ => State::Set,
    }
}
