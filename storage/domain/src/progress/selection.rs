//! Which areas and targets have room on a picture that is read on a phone.

use super::row::{Figure, Row};
use crate::{target::pace::State, text};

/// Most areas with a bar of their own; those after it share the last.
pub const AREAS_MAX: usize = 10;
/// Most figures with a bar.
pub const FIGURES_MAX: usize = 6;
/// Most letters of a name on a picture; what is longer ends in `…`.
pub const NAME_LETTERS_MAX: usize = 40;
/// How many states there are.
const STATES: usize = State::ALL.len();

/// How many targets of an area are in each state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its name, cut for the picture; none for those that share the last bar.
    pub name: Option<String>,
    /// How many areas it stands for: 1, or those that share the last bar.
    pub areas: usize,
    /// Counts in the order of [`State::ALL`].
    pub counts: [usize; STATES],
}

impl Area {
    /// How many targets it has.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// How many of them are in a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.counts[place(state)]
    }
}

fn place(state: State) -> usize {
    let found = State::ALL.iter().position(|one| *one == state);
    found.expect("every state is in the list of all")
}

/// The areas in the order of the table, at most [`AREAS_MAX`]; every target is counted in one of them.
#[must_use]
pub fn areas(rows: &[Row]) -> Vec<Area> {
    let mut names: Vec<&str> = Vec::new();
    let mut counts: Vec<[usize; STATES]> = Vec::new();
    for row in rows {
        let at = names.iter().position(|name| *name == row.area);
        let at = at.unwrap_or_else(|| {
            names.push(&row.area);
            counts.push([0; STATES]);
            names.len() - 1
        });
        counts[at][place(row.state)] += 1;
    }
    let apart = if names.len() > AREAS_MAX {
        AREAS_MAX - 1
    } else {
        names.len()
    };
    let mut found: Vec<Area> = names
        .iter()
        .zip(&counts)
        .take(apart)
        .map(|(name, counts)| Area {
            name: Some(text::cut(name, NAME_LETTERS_MAX)),
            areas: 1,
            counts: *counts,
        })
        .collect();
    if names.len() > apart {
        let mut rest = [0; STATES];
        for counts in &counts[apart..] {
            for (sum, count) in rest.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        found.push(Area {
            name: None,
            areas: names.len() - apart,
            counts: rest,
        });
    }
    found
}

/// The targets whose figure has a bar, in the order of the table, and how many have none for want of room.
///
/// Where there are more than `most`, those that need a look come first: behind, then on the way, not begun,
/// and reached last; among equals the one with the smaller part of its goal done.
#[must_use]
pub fn figures(rows: &[Row], most: usize) -> (Vec<(&Row, &Figure)>, usize) {
    let all = rows.iter().enumerate().filter_map(|(at, row)| {
        let figure = row.figure.as_ref().filter(|_| row.state != State::NoGoal)?;
        Some((at, row, figure))
    });
    let mut all: Vec<_> = all.collect();
    let left_out = all.len().saturating_sub(most);
    if left_out > 0 {
        all.sort_by_key(|(at, row, figure)| (need(row.state), figure.percent(), *at));
        all.truncate(most);
        all.sort_by_key(|(at, _, _)| *at);
    }
    let shown = all.into_iter().map(|(_, row, figure)| (row, figure));
    (shown.collect(), left_out)
}

/// How soon a state asks for a look, the soonest first.
fn need(state: State) -> usize {
    match state {
        State::Behind => 0,
        State::OnTrack => 1,
        State::NotBegun => 2,
        State::Reached => 3,
        State::NoGoal => 4,
    }
}
