//! Rules of the year: offices switch them on for associations and off again; their deadlines and days are
//! announced. The days stand here as seed 002 has them, and are reckoned by nothing of the product.

use crate::{
    Harm,
    day::{instant, wall},
    expected::Rules,
    notice::Due,
    office::{Office, WHO, set_up},
};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use commands::occurrence;
use domain::id::RuleId;
use std::collections::{BTreeMap, BTreeSet};
use storage::Store;
use tests::dice::Dice;

/// The standard for care management offices.
const PACK: &str = "care-management";
/// Its rules, by weight: one with a deadline that also takes effect on a day, one with a transition, one
/// of which nothing is ever due.
const RULES: [(usize, &str); 3] = [(5, NOTIFICATION), (4, MANAGER), (1, "meeting-record")];
/// 第13条第18号の2: care plans with many visits are handed in by the end of the next month, from October 2018.
const NOTIFICATION: &str = "plan-notification";
/// 第2の2(2): another care manager may be the manager until the end of March 2021.
const MANAGER: &str = "manager";
/// Months that are looked ahead for the next deadline.
const MONTHS_AHEAD: u32 = 12;

/// A rule for an association.
#[derive(Clone, Debug)]
pub(crate) struct Switched {
    pub(crate) code: &'static str,
    /// The association, by its place in the office.
    pub(crate) association: usize,
    pub(crate) on: bool,
    /// When it was switched last.
    pub(crate) at: DateTime<Utc>,
    place: String,
}

/// The rules of one office, by number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Switches {
    pub(crate) rows: BTreeMap<i64, Switched>,
    /// What waits, by its key, of which row.
    pending: BTreeMap<String, (i64, Step)>,
    settled: BTreeSet<String>,
}

/// One announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    what: &'static str,
    /// The day that is announced.
    day: NaiveDate,
    at: DateTime<Utc>,
}

/// The days a rule has of one kind from a day on, and how many days before each it is announced.
fn days(code: &str, what: &str, from: NaiveDate) -> (Vec<NaiveDate>, &'static [u64]) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    match (code, what) {
        (NOTIFICATION, "effect") => (vec![day(2018, 10, 1)], &[90, 30, 7]),
        (MANAGER, "transition") => (vec![day(2021, 3, 31)], &[180, 90, 30]),
        (NOTIFICATION, "deadline") => {
            // For every month from October 2018 on, the last day of the month after it.
            let first = from.with_day(1).expect("every month has a first day") - Months::new(2);
            let months = (0..MONTHS_AHEAD).map(|later| first + Months::new(later));
            let months = months.filter(|month| *month >= day(2018, 10, 1));
            let due = months.map(|month| month + Months::new(2) - Days::new(1));
            (due.collect(), &[7, 1])
        }
        _ => (Vec::new(), &[]),
    }
}

impl Switches {
    /// When the next of it is due.
    pub(crate) fn next(&self) -> Option<DateTime<Utc>> {
        self.pending.values().map(|(_, step)| step.at).min()
    }

    /// Days off or the hour have changed: what is due already is said all the same.
    pub(crate) fn plan_anew(&mut self, rules: &Rules, now: DateTime<Utc>) {
        self.pending.retain(|_, (_, step)| step.at <= now);
        for row in self.rows.keys().copied().collect::<Vec<i64>>() {
            self.plan(row, rules, now);
        }
    }

    /// A rule was switched: nothing of before waits any more.
    fn switch(&mut self, id: i64, switched: Switched, rules: &Rules, now: DateTime<Utc>) {
        self.pending.retain(|_, (row, _)| *row != id);
        self.rows.insert(id, switched);
        self.plan(id, rules, now);
    }

    fn plan(&mut self, row: i64, rules: &Rules, after: DateTime<Utc>) {
        for what in ["deadline", "effect", "transition"] {
            self.plan_next(row, what, rules, after);
        }
    }

    /// The next announcement of one kind after an instant that was not made and does not wait. Of two that
    /// would come together only the nearer one is made.
    fn plan_next(&mut self, row: i64, what: &'static str, rules: &Rules, after: DateTime<Utc>) {
        let switched = &self.rows[&row];
        if !switched.on {
            return;
        }
        let (today, _) = wall(after);
        let (days, leads) = days(switched.code, what, today);
        let mut steps: BTreeMap<DateTime<Utc>, (u64, NaiveDate)> = BTreeMap::new();
        for day in days {
            for lead in leads {
                let at = instant(rules.days.before(day - Days::new(*lead)), rules.at);
                let nearest = steps.entry(at).or_insert((*lead, day));
                *nearest = (*lead, day).min(*nearest);
            }
        }
        let ahead = steps.into_iter().filter(|(at, _)| *at > after);
        for (at, (lead, day)) in ahead {
            let number = day.year() * 10_000 + (day.month() * 100 + day.day()) as i32;
            let key = format!("rule:{row}@{number}:{what}:{lead}d");
            if !self.settled.contains(&key) && !self.pending.contains_key(&key) {
                self.pending.insert(key, (row, Step { what, day, at }));
                return;
            }
        }
    }

    /// What is due by now; what follows is planned. What has passed is not announced any more.
    pub(crate) fn take(&mut self, rules: &Rules, now: DateTime<Utc>) -> Vec<Due> {
        let (today, _) = wall(now);
        let mut taken = Vec::new();
        let due = self.pending.iter().filter(|(_, (_, step))| step.at <= now);
        let mut due: Vec<(String, i64, Step)> = due
            .map(|(key, (row, step))| (key.clone(), *row, *step))
            .collect();
        due.sort_by_key(|(_, _, step)| step.at);
        for (key, row, step) in due {
            self.pending.remove(&key);
            self.settled.insert(key.clone());
            self.plan_next(row, step.what, rules, now.max(step.at));
            taken.push(Due {
                item: (key, self.rows[&row].place.clone()),
                at: step.at,
                has_point: self.rows[&row].on && step.day >= today,
            });
        }
        taken
    }
}

impl Office {
    /// The office switches a rule on for an association, or off where it is on.
    pub(crate) async fn switch_rule(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        let (code, association) = (dice.weighed(&RULES), dice.below(self.associations.len()));
        let rows = &self.expected.switches.rows;
        let of = |row: &&Switched| (row.code, row.association) == (code, association);
        let on = !rows.values().find(of).is_some_and(|row| row.on);
        // Whoever has switched something on mostly keeps it.
        if !on && dice.chance(50) {
            return Ok(());
        }
        let (office, of) = (self.id, self.associations[association]);
        let forgets = !on && harm == Some(Harm::Forgets("rule"));
        let stored = store.write(move |tx| {
            Box::pin(async move {
                let named = (PACK, code, of);
                let (_, row) = storage::rule::switch(tx, office, named, on, (WHO, now)).await?;
                if !forgets {
                    let set_up = set_up(tx, office).await?;
                    occurrence::plan_rule(tx, &set_up, &row, now).await?;
                }
                Ok(row.id)
            })
        });
        let RuleId(id) = stored.await?;
        // The last association has no channel of its own.
        let place = match association {
            2 => "desk".to_owned(),
            _ => format!("tier1:{of}"),
        };
        let switched = Switched {
            code,
            association,
            on,
            at: now,
            place,
        };
        let expected = &mut self.expected;
        expected.switches.switch(id, switched, &expected.rules, now);
        Ok(())
    }
}
