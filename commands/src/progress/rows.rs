//! The targets of a month or a year as rows: how they stand, what was done, what is planned.

use super::reader::Reader;
use chrono::NaiveDate;
use domain::{
    era::FiscalYear,
    id::TargetId,
    office::Office,
    progress::{Before, Figure, Goal, Row, Told, Wish},
    target::{self, Record, Standing, bullet, goal, pace::Aim},
};
use std::collections::BTreeMap;
use storage::Connection;

/// What rows are made of.
pub(super) struct Table {
    /// How the targets stand on the day, those the reader may know of.
    now: Vec<Standing>,
    /// How they stood on an earlier day of the same year.
    before: BTreeMap<TargetId, (Standing, NaiveDate)>,
    /// The goals of every year, as they are now.
    goals: BTreeMap<(TargetId, FiscalYear), target::Goal>,
    /// What was done in the year up to the day, by target.
    told: BTreeMap<TargetId, Vec<Record>>,
    year: FiscalYear,
    planned: FiscalYear,
}

impl Table {
    /// Reads the targets as they stand on a day of a year, with what they were on `earlier`, and what is
    /// planned for `planned`. Nine queries, fifteen with an earlier day.
    ///
    /// # Errors
    /// Storage failed.
    pub(super) async fn read(
        connection: &mut Connection,
        office: &Office,
        (year, day): (FiscalYear, NaiveDate),
        earlier: Option<NaiveDate>,
        planned: FiscalYear,
        reader: &Reader,
    ) -> storage::Result<Self> {
        let (id, start) = (office.id, office.settings.fiscal_year_start);
        let sight = reader.targets(office);
        let all = storage::target::standings(connection, id, (year, start), day).await?;
        let now: Vec<Standing> = all
            .into_iter()
            .filter(|standing| sight.sees(&standing.target))
            .collect();
        let before = match earlier {
            Some(earlier) => {
                let all =
                    storage::target::standings(connection, id, (year, start), earlier).await?;
                all.into_iter()
                    .map(|standing| (standing.target.id, (standing, earlier)))
                    .collect()
            }
            None => BTreeMap::new(),
        };
        let goals = storage::target::goal::latest(connection, id).await?;
        let span = (year.first_day(start), day);
        let mut told: BTreeMap<TargetId, Vec<Record>> = BTreeMap::new();
        for record in storage::target::record::between(connection, id, span).await? {
            for target in &record.targets {
                told.entry(*target).or_default().push(record.clone());
            }
        }
        Ok(Self {
            now,
            before,
            goals,
            told,
            year,
            planned,
        })
    }

    /// The years that have a goal of any of the targets, in the order of time.
    pub(super) fn years(&self) -> Vec<FiscalYear> {
        let shown = |id: TargetId| self.now.iter().any(|standing| standing.target.id == id);
        let mut years: Vec<FiscalYear> = self
            .goals
            .keys()
            .filter(|(target, _)| shown(*target))
            .map(|(_, year)| *year)
            .chain([self.year])
            .collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// A target the reader may know of.
    pub(super) fn target(&self, id: TargetId) -> Option<&target::Target> {
        let found = self.now.iter().find(|standing| standing.target.id == id);
        found.map(|standing| &standing.target)
    }

    /// The rows, in the order of the table.
    pub(super) fn rows(&self) -> Vec<Row> {
        self.now.iter().map(|standing| self.row(standing)).collect()
    }

    fn row(&self, standing: &Standing) -> Row {
        let target = &standing.target;
        let records = self.told.get(&target.id).map_or(&[][..], Vec::as_slice);
        let unit = standing.goal.as_ref().and_then(|goal| goal.content.unit());
        let before = self.before.get(&target.id).map(|(before, day)| Before {
            state: before.state,
            done: figure(before).map_or(0, |figure| figure.done),
            records: records.iter().filter(|record| record.date <= *day).count(),
        });
        Row {
            area: target.area.clone(),
            number: target.number.clone(),
            item: target.item.clone(),
            goals: self.goals(standing),
            figure: figure(standing),
            state: standing.state,
            before,
            told: records.iter().map(|record| told(record, unit)).collect(),
            plan: self.plan(standing),
        }
    }

    /// The goals by year: this year's as it held on the day, those of other years as they are now.
    fn goals(&self, standing: &Standing) -> BTreeMap<FiscalYear, Goal> {
        let of_others = self
            .goals
            .iter()
            .filter(|((target, year), _)| *target == standing.target.id && *year != self.year);
        of_others
            .map(|((_, year), goal)| (*year, goal))
            .chain(standing.goal.as_ref().map(|goal| (self.year, goal)))
            .filter(|(_, goal)| !goal.content.text.is_empty())
            .map(|(year, goal)| (year, wanted(goal)))
            .collect()
    }

    fn plan(&self, standing: &Standing) -> Vec<Told> {
        let goal = if self.planned == self.year {
            standing.goal.as_ref()
        } else {
            self.goals.get(&(standing.target.id, self.planned))
        };
        let plan = goal.and_then(|goal| goal.content.plan.as_deref());
        bullet::bullets(plan.unwrap_or_default())
            .into_iter()
            .map(|line| Told {
                mark: line.mark.map(String::from),
                text: line.text,
                again: line.again,
                ..Told::default()
            })
            .collect()
    }
}

fn wanted(goal: &target::Goal) -> Goal {
    Goal {
        text: goal.content.text.clone(),
        wish: match goal.content.state {
            goal::State::Set => Wish::Set,
            goal::State::Reduced => Wish::Reduced,
            goal::State::Withdrawn => Wish::Withdrawn,
            goal::State::Bracketed => Wish::Bracketed,
        },
        again: goal.content.again.is_some(),
    }
}

/// The figure of a goal that is counted here and not where it stands first.
fn figure(standing: &Standing) -> Option<Figure> {
    let goal = standing.goal.as_ref()?;
    let Aim::Figure(wanted) = goal.content.aim() else {
        return None;
    };
    goal.content.again.is_none().then(|| Figure {
        goal: wanted,
        done: standing.sum(),
        unit: goal.content.unit().unwrap_or_default().to_owned(),
    })
}

fn told(record: &Record, unit: Option<&str>) -> Told {
    let of = record.unit.as_deref().or(unit).unwrap_or_default();
    Told {
        date: Some(record.date),
        mark: record.mark.map(String::from),
        text: record.text.clone().unwrap_or_default(),
        amount: record.amount.map(|amount| (amount, of.to_owned())),
        again: record.again.is_some(),
    }
}
