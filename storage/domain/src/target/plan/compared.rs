//! What a table brings beside what is kept: new, changed from old to new, unchanged, and what is kept but
//! no longer in the table, which stays.
//!
//! Both sides are compared as a table says them ([`super::written`]), so whatever goes out as a table comes
//! in again without a change. Spaces and line breaks do not count.

mod done;
mod goal;
mod place;

use super::{Plan, PlanRow, written::Kept};
use crate::{
    era::FiscalYear,
    id::{RecordId, TargetId},
    personal_data,
    target::{
        AREA_UNITS_MAX, ITEM_UNITS_MAX, TARGETS_MAX,
        difference::{Difference, ItemChange, NewTarget, TargetRef},
        number::ItemNumber,
    },
    text::utf16_len,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A table beside what is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// What there is to store.
    pub difference: Difference,
    /// What becomes of each row of the plan, in its order.
    pub fates: Vec<Fate>,
    /// What is kept and not in the table any more; it stays.
    pub gone: Vec<Gone>,
    /// What is not taken.
    pub left: Vec<Left>,
}

/// What becomes of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// There was no such target.
    pub is_new: bool,
    /// The whole row is left out.
    pub is_left: bool,
    /// What changes; of a new target everything it brings.
    pub changes: Vec<Change>,
}

impl Fate {
    /// Whether the row says what is kept already.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        !self.is_new && !self.is_left && self.changes.is_empty()
    }
}

/// One change: what was, and what is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The item has other words.
    Item {
        /// As it was.
        from: String,
        /// As it is to be.
        to: String,
    },
    /// It stands in another place of the table.
    Moved,
    /// The goal of a year, as its cell says it.
    Goal {
        /// Of which year.
        year: FiscalYear,
        /// As it was; `None` when there was none.
        from: Option<String>,
        /// As it is to be.
        to: String,
    },
    /// The plan for a year.
    Plan {
        /// For which year.
        year: FiscalYear,
        /// As it was; `None` when there was none.
        from: Option<String>,
        /// As it is to be.
        to: String,
    },
    /// A line of what was done.
    Done {
        /// As it was; `None` when it is new.
        from: Option<String>,
        /// As it is to be.
        to: String,
    },
    /// A record that is kept belongs to this item as well: they share a cell.
    Shared(RecordId),
}

/// What is kept and not in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gone {
    /// A target.
    Target(TargetId),
    /// The goal of a year, though the table has a column for it.
    Goal(TargetId, FiscalYear),
    /// The plan for a year, though the table has a column for it.
    Plan(TargetId, FiscalYear),
    /// What was done in a year the table tells of.
    Record(RecordId),
}

/// Something of a row that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The row (its place in [`Plan::rows`]).
    pub row: usize,
    /// What.
    pub what: What,
    /// Why.
    pub why: WhyLeft,
}

/// A piece of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// All of it.
    Row,
    /// The goal of a year.
    Goal(FiscalYear),
    /// The plan for a year.
    Plan(FiscalYear),
    /// A line of what was done.
    Done,
}

/// Why something is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyLeft {
    /// More UTF-16 units than fit.
    TooLong {
        /// Those that fit.
        limit: usize,
    },
    /// It holds what must not be kept of persons.
    PersonalData,
    /// There is no room for more.
    Full,
}

/// Compares a plan with what is kept. Goals of `kept` are the ones last set, its records all that stand in
/// the years the plan tells of, and `keys` those of every imported record.
#[must_use]
pub fn compare(plan: &Plan, kept: &Kept, keys: &BTreeSet<String>, today: NaiveDate) -> Compared {
    let mut comparison = Comparison {
        plan,
        kept,
        today,
        targets: Vec::new(),
        by_name: kept
            .targets
            .iter()
            .map(|target| ((target.area.as_str(), &target.number), target.id))
            .collect(),
        found: Compared {
            fates: vec![Fate::default(); plan.rows.len()],
            ..Compared::default()
        },
    };
    comparison.targets();
    comparison.items();
    comparison.goals();
    done::compare(&mut comparison, keys);
    comparison.gone();
    comparison.found
}

/// A comparison on its way.
struct Comparison<'a> {
    plan: &'a Plan,
    kept: &'a Kept,
    today: NaiveDate,
    /// The target of each row; `None` for those that are left out.
    targets: Vec<Option<TargetRef>>,
    by_name: BTreeMap<(&'a str, &'a ItemNumber), TargetId>,
    found: Compared,
}

impl Comparison<'_> {
    /// Finds or makes the target of each row.
    fn targets(&mut self) {
        let plan = self.plan;
        for (at, row) in plan.rows.iter().enumerate() {
            let kept = self.by_name.get(&(row.area.as_str(), &row.number)).copied();
            let new = self.found.difference.targets.len();
            let full = kept.is_none() && self.kept.targets.len() + new >= TARGETS_MAX;
            let why = unfit(&row.area, AREA_UNITS_MAX)
                .or_else(|| unfit(&row.item, ITEM_UNITS_MAX))
                .or_else(|| full.then_some(WhyLeft::Full));
            if let Some(why) = why {
                self.leave(at, What::Row, why);
                self.found.fates[at].is_left = true;
                self.targets.push(None);
                continue;
            }
            self.targets.push(Some(match kept {
                Some(id) => TargetRef::Kept(id),
                None => {
                    self.found.fates[at].is_new = true;
                    self.found.difference.targets.push(NewTarget {
                        area: row.area.clone(),
                        number: row.number.clone(),
                        item: row.item.clone(),
                        position: 0,
                    });
                    TargetRef::New(new)
                }
            }));
        }
    }

    /// Other words and other places.
    fn items(&mut self) {
        let plan = self.plan;
        let positions = place::positions(&self.targets, &self.kept.targets);
        for (at, row) in plan.rows.iter().enumerate() {
            match self.targets[at] {
                Some(TargetRef::New(new)) => {
                    self.found.difference.targets[new].position = positions[at];
                }
                Some(TargetRef::Kept(id)) => self.item(at, row, id, positions[at]),
                None => {}
            }
        }
    }

    fn item(&mut self, at: usize, row: &PlanRow, id: TargetId, position: i64) {
        let mut kept = self.kept.targets.iter();
        let Some(kept) = kept.find(|target| target.id == id) else {
            return;
        };
        let same_words = super::cell::squeezed(&kept.item) == super::cell::squeezed(&row.item);
        if same_words && kept.position == position {
            return;
        }
        let fate = &mut self.found.fates[at].changes;
        if !same_words {
            fate.push(Change::Item {
                from: kept.item.clone(),
                to: row.item.clone(),
            });
        }
        if kept.position != position {
            fate.push(Change::Moved);
        }
        self.found.difference.items.push(ItemChange {
            target: id,
            revision: kept.revision,
            item: if same_words { &kept.item } else { &row.item }.clone(),
            position,
        });
    }

    fn leave(&mut self, row: usize, what: What, why: WhyLeft) {
        self.found.left.push(Left { row, what, why });
    }

    /// The number of a target that is kept.
    fn kept_id(&self, row: usize) -> Option<TargetId> {
        match self.targets[row] {
            Some(TargetRef::Kept(id)) => Some(id),
            Some(TargetRef::New(_)) | None => None,
        }
    }

    /// Targets that no row names.
    fn gone(&mut self) {
        let named: BTreeSet<TargetId> = (0..self.targets.len())
            .filter_map(|row| self.kept_id(row))
            .collect();
        let gone = self.kept.targets.iter().map(|target| target.id);
        let gone = gone.filter(|id| !named.contains(id)).map(Gone::Target);
        self.found.gone.extend(gone);
        self.found.gone.sort_unstable();
    }
}

/// Why words are not kept, if they are not.
fn unfit(words: &str, limit: usize) -> Option<WhyLeft> {
    if utf16_len(words) > limit {
        return Some(WhyLeft::TooLong { limit });
    }
    let holds =
        !personal_data::check(words).is_empty() || personal_data::single_case(words).is_some();
    holds.then_some(WhyLeft::PersonalData)
}
