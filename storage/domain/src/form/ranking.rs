//! Form 2 (様式2): categories ranked by how many opinions they hold.
//!
//! Seed 000, chapter 2 (1), example 2: 意見の多い順に順位をつける。一つの意見が複数の項目に分類される場合には、その項目ごとに
//! 記載し、それぞれカウントする。 Equal counts share a rank (1, 1, 3) and stand in the order of their names. An opinion in
//! several categories is counted in each, and marked 【再掲】 in all but the first of them by rank.

use super::Said;
use crate::{id::CategoryId, issue::Kind, text::fold};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// One category of form 2, or what is in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// From 1; none for what is in no category (未分類), which comes last.
    pub rank: Option<usize>,
    /// The category; none for what is in none.
    pub category: Option<CategoryId>,
    /// Opinions in it, issues and ideas together, each voice counted.
    pub count: usize,
    /// Its lines: issues before ideas, what is listed again after what is not, then by weight.
    pub lines: Vec<Line>,
}

/// One line of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The opinion whose wording is shown, by its place in [`Said::opinions`].
    pub place: usize,
    /// Issue or idea.
    pub kind: Kind,
    /// Voices it stands for, itself among them.
    pub weight: usize,
    /// It stands in a category before this one as well (【再掲】).
    pub again: bool,
}

impl Standing {
    /// The lines of one kind.
    pub fn lines_of(&self, kind: Kind) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.kind == kind)
    }
}

/// Ranks the categories of opinions. `names` are the office's categories; one that is not among them
/// counts as none.
#[must_use]
pub fn ranked(said: &Said, names: &BTreeMap<CategoryId, String>) -> Vec<Standing> {
    let mut groups: BTreeMap<Option<CategoryId>, Vec<Line>> = BTreeMap::new();
    for (place, voices) in said.voices() {
        let line = Line {
            place,
            kind: said.opinions[place].kind,
            weight: voices.len(),
            again: false,
        };
        let categories = categories_of(said, place, &voices, names);
        if categories.is_empty() {
            groups.entry(None).or_default().push(line);
        }
        for category in categories {
            groups.entry(Some(category)).or_default().push(line);
        }
    }
    let mut standings: Vec<Standing> = groups
        .into_iter()
        .map(|(category, lines)| Standing {
            rank: None,
            category,
            count: lines.iter().map(|line| line.weight).sum(),
            lines,
        })
        .collect();
    standings.sort_by_cached_key(|standing| {
        let name = standing.category.and_then(|id| names.get(&id));
        (
            standing.category.is_none(),
            Reverse(standing.count),
            name.map(|name| fold(name)),
            standing.category,
        )
    });
    give_ranks(&mut standings);
    mark_again(&mut standings);
    standings
}

/// The categories of an opinion: those of the one that stands for it, or where that has none, those of
/// the others.
fn categories_of(
    said: &Said,
    place: usize,
    voices: &[usize],
    names: &BTreeMap<CategoryId, String>,
) -> BTreeSet<CategoryId> {
    let known = |place: usize| {
        let categories = said.opinions[place].categories.iter().copied();
        categories.filter(|category| names.contains_key(category))
    };
    let own: BTreeSet<CategoryId> = known(place).collect();
    if own.is_empty() {
        voices.iter().flat_map(|voice| known(*voice)).collect()
    } else {
        own
    }
}

/// Equal counts share a rank, and the next one counts on from all before it.
fn give_ranks(standings: &mut [Standing]) {
    let mut before: Option<(usize, usize)> = None;
    for (place, standing) in standings.iter_mut().enumerate() {
        if standing.category.is_none() {
            continue;
        }
        let rank = match before {
            Some((count, rank)) if count == standing.count => rank,
            _ => place + 1,
        };
        standing.rank = Some(rank);
        before = Some((standing.count, rank));
    }
}

/// Marks what stands in an earlier category as well, and puts each category's lines in order.
fn mark_again(standings: &mut [Standing]) {
    let mut listed = BTreeSet::new();
    for standing in standings {
        for line in &mut standing.lines {
            line.again = !listed.insert(line.place);
        }
        standing.lines.sort_by_key(|line| {
            (
                line.kind == Kind::Idea,
                line.again,
                Reverse(line.weight),
                line.place,
            )
        });
    }
}
