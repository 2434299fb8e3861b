//! 再掲: what is listed again is linked to where it stands first, so that it is counted once.
//!
//! What stands earlier with the same words is meant for sure. Else what is nearest in its words anywhere in
//! the table is taken, and said to be a guess: people word the same thing otherwise, and list it again
//! before it stands.

use super::{Doubt, PlanRow};
use crate::text::bigrams;
use std::collections::{BTreeSet, HashMap};

/// So many percent of what is listed again must stand in what it repeats.
const CONTAINED_PERCENT_MIN: usize = 70;
/// So many percent are enough for a guess.
const GUESSED_PERCENT_MIN: usize = 45;
/// Most entries that are looked for; a city's table lists some ten again.
const AGAIN_MAX: usize = 500;
/// How often what is listed again may itself be listed again.
const STEPS_MAX: usize = 10;

/// Everything that stands in a table, found by pairs of letters.
#[derive(Default)]
struct Stood {
    /// The row of each entry, or the row of what it repeats itself.
    rows: Vec<usize>,
    /// For each pair of letters the entries that hold it.
    pairs: HashMap<String, Vec<usize>>,
}

impl Stood {
    fn add(&mut self, row: usize, text: &str) {
        let entry = self.rows.len();
        self.rows.push(row);
        for pair in bigrams(text) {
            self.pairs.entry(pair).or_default().push(entry);
        }
    }

    /// The row that holds most of it, if that is so many percent; the first of equals.
    fn nearest(&self, pairs: &BTreeSet<String>, percent: usize, besides: usize) -> Option<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for entry in pairs
            .iter()
            .filter_map(|pair| self.pairs.get(pair))
            .flatten()
        {
            *shared.entry(*entry).or_default() += 1;
        }
        let enough = shared
            .into_iter()
            .filter(|(entry, count)| {
                self.rows[*entry] != besides && count * 100 >= pairs.len() * percent
            })
            .max_by_key(|(entry, count)| (*count, std::cmp::Reverse(*entry)));
        enough.map(|(entry, _)| self.rows[entry])
    }
}

/// What is listed again and not linked yet.
struct Open {
    row: usize,
    place: Where,
    pairs: BTreeSet<String>,
}

#[derive(Clone, Copy)]
enum Where {
    Goal(crate::era::FiscalYear),
    /// Of a column, a line.
    Line(usize, usize),
}

/// Links goals and lines that are listed again; what was guessed or repeats nothing is doubtful.
pub(super) fn link(rows: &mut [PlanRow]) {
    let (mut goals, mut lines) = (Stood::default(), Stood::default());
    let mut open = Vec::new();
    let mut looked_for = 0;
    for (at, row) in rows.iter_mut().enumerate() {
        for place in again(row) {
            looked_for += 1;
            if looked_for > AGAIN_MAX {
                continue;
            }
            let pairs = bigrams(words(row, place));
            let mut found = match place {
                Where::Goal(_) => goals.nearest(&pairs, CONTAINED_PERCENT_MIN, at),
                Where::Line(..) => None,
            };
            if found.is_none() {
                found = lines.nearest(&pairs, CONTAINED_PERCENT_MIN, at);
            }
            match found {
                Some(first) => set(row, place, first),
                None => open.push(Open {
                    row: at,
                    place,
                    pairs,
                }),
            }
        }
        for goal in row.goals.values() {
            goals.add(goal.first.unwrap_or(at), &goal.text);
        }
        for line in row.told.iter().flat_map(|told| &told.lines) {
            lines.add(line.first.unwrap_or(at), &line.bullet.text);
        }
    }
    guess(rows, &open, &lines);
    follow(rows);
    for row in rows {
        if again(row).next().is_some() {
            row.doubts.push(Doubt::AgainWithoutFirst);
        }
    }
}

/// Links what stands nowhere earlier: a goal as the other goals of its row, else what is nearest.
fn guess(rows: &mut [PlanRow], open: &[Open], lines: &Stood) {
    for open in open {
        let row = &rows[open.row];
        let beside = match open.place {
            Where::Goal(_) => row.goals.values().find_map(|goal| goal.first),
            Where::Line(..) => None,
        };
        let found = beside.or_else(|| lines.nearest(&open.pairs, GUESSED_PERCENT_MIN, open.row));
        let Some(first) = found else { continue };
        set(&mut rows[open.row], open.place, first);
        let doubt = Doubt::AgainGuessed(first);
        if !rows[open.row].doubts.contains(&doubt) {
            rows[open.row].doubts.push(doubt);
        }
    }
}

/// Lets goals point to where they are counted, and not to what repeats that itself.
fn follow(rows: &mut [PlanRow]) {
    for at in 0..rows.len() {
        for year in rows[at].goals.keys().copied().collect::<Vec<_>>() {
            let next = |at: usize| rows[at].goals.get(&year).and_then(|goal| goal.first);
            let Some(mut first) = next(at) else { continue };
            // A ring has no first; whoever closes it stays as it is.
            for _ in 0..STEPS_MAX {
                match next(first).filter(|further| *further != at && *further != first) {
                    Some(further) => first = further,
                    None => break,
                }
            }
            set(&mut rows[at], Where::Goal(year), first);
        }
    }
}

/// What is listed again in a row and not linked.
fn again(row: &PlanRow) -> impl Iterator<Item = Where> + use<> {
    let goals = row.goals.iter();
    let goals = goals.filter(|(_, goal)| goal.again && goal.first.is_none());
    let mut places: Vec<Where> = goals.map(|(year, _)| Where::Goal(*year)).collect();
    for (column, told) in row.told.iter().enumerate() {
        for (at, line) in told.lines.iter().enumerate() {
            if line.bullet.again && line.first.is_none() {
                places.push(Where::Line(column, at));
            }
        }
    }
    places.into_iter()
}

fn words(row: &PlanRow, place: Where) -> &str {
    match place {
        Where::Goal(year) => row.goals.get(&year).map_or("", |goal| &goal.text),
        Where::Line(column, at) => &row.told[column].lines[at].bullet.text,
    }
}

fn set(row: &mut PlanRow, place: Where, first: usize) {
    match place {
        Where::Goal(year) => {
            if let Some(goal) = row.goals.get_mut(&year) {
                goal.first = Some(first);
            }
        }
        Where::Line(column, at) => row.told[column].lines[at].first = Some(first),
    }
}
