//! What labelled statements teach beyond the rules: how much each pair and triple of letters speaks for each tier.
//!
//! The rules name what is known to decide; the field has more wordings than anyone writes down. So the statements of
//! `standard/examples.csv` are read once, at first use, and every short run of letters in them (with the signs for
//! professions) is weighed by logistic regression. To teach a wording, add a row; there is no other file to keep in step.
//! It is no second opinion of its own: its points are added to those of the rules, and few of them outweigh a clear rule.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::rule::marked;
use super::{Statement, Tier};
use crate::profession::Vocabulary;

/// Statement, profession of the speaker (may be empty), tier; the heading first.
const EXAMPLES: &str = include_str!("standard/examples.csv");

/// Letters in a run.
const RUN_LETTERS: [usize; 2] = [2, 3];

/// Examples a run must occur in to be weighed; what occurs once teaches only its own statement.
const OCCURRENCES_MIN: usize = 2;

/// Times the examples are gone through, and the size of the first step. Chosen on statements kept apart from the examples.
const ROUNDS: u16 = 10;
const FIRST_STEP: f32 = 0.02;

/// Points of a rule that one unit of log-odds is worth.
const POINTS: f32 = 17.0;

/// Most words named as a reason.
const WORDS_MAX: usize = 3;

/// Weights learned, for tiers 1 to 3 in this order.
#[derive(Debug)]
pub(super) struct Lesson {
    runs: HashMap<String, [f32; 3]>,
}

/// What the lesson says of one text.
pub(super) struct Opinion {
    /// Points for each tier, the least of them 0.
    pub(super) points: [i32; 3],
    /// Where the words stand that speak most for each tier, in bytes of the marked text.
    pub(super) words: [Vec<Range<usize>>; 3],
}

impl Lesson {
    /// The lesson of the standard examples.
    pub(super) fn standard() -> &'static Self {
        static STANDARD: LazyLock<Lesson> = LazyLock::new(|| {
            let vocabulary = Vocabulary::standard();
            let examples: Vec<(String, usize)> = examples()
                .map(|(text, speaker, tier)| {
                    (marked(&statement(text, &speaker), &vocabulary), tier)
                })
                .collect();
            Lesson::learn(&examples)
        });
        &STANDARD
    }

    /// Weighs the runs of `examples`, each a marked text with the index of its tier.
    fn learn(examples: &[(String, usize)]) -> Self {
        let mut count: HashMap<&str, usize> = HashMap::new();
        let distinct: Vec<Vec<&str>> = examples
            .iter()
            .map(|(text, _)| distinct_runs(text))
            .collect();
        for run in distinct.iter().flatten() {
            *count.entry(run).or_default() += 1;
        }
        let mut known: Vec<&str> = count
            .into_iter()
            .filter(|(_, count)| *count >= OCCURRENCES_MIN)
            .map(|(run, _)| run)
            .collect();
        known.sort_unstable();
        let places: HashMap<&str, usize> = known
            .iter()
            .enumerate()
            .map(|(place, run)| (*run, place))
            .collect();
        let rows: Vec<(Vec<usize>, usize)> = distinct
            .iter()
            .zip(examples)
            .map(|(runs, (_, tier))| {
                (
                    runs.iter()
                        .filter_map(|run| places.get(run).copied())
                        .collect(),
                    *tier,
                )
            })
            .collect();
        let weights = descend(&rows, known.len());
        Self {
            runs: known.into_iter().map(str::to_owned).zip(weights).collect(),
        }
    }

    /// What the runs of a marked text say.
    pub(super) fn opinion(&self, text: &str) -> Opinion {
        let mut sums = [0.0_f32; 3];
        let mut seen: Vec<&str> = Vec::new();
        let mut leads: [Vec<(f32, Range<usize>)>; 3] = Default::default();
        for range in runs(text) {
            let Some(weights) = self.runs.get(&text[range.clone()]) else {
                continue;
            };
            if seen.contains(&&text[range.clone()]) {
                continue;
            }
            seen.push(&text[range.clone()]);
            for (tier, weight) in weights.iter().enumerate() {
                sums[tier] += weight;
                let lead = weight - weights.iter().sum::<f32>() / 3.0;
                if lead > 0.0 {
                    leads[tier].push((lead, range.clone()));
                }
            }
        }
        let least = sums.into_iter().fold(f32::INFINITY, f32::min);
        Opinion {
            points: sums.map(|sum| whole(POINTS * (sum - least))),
            words: leads.map(strongest),
        }
    }
}

/// The nearest whole number; the sums of a statement are far below the limit.
#[expect(clippy::cast_possible_truncation, reason = "clamped just before")]
fn whole(points: f32) -> i32 {
    points.round().clamp(0.0, 10_000.0) as i32
}

/// The stretches with most weight, in which runs that overlap are one.
fn strongest(mut leads: Vec<(f32, Range<usize>)>) -> Vec<Range<usize>> {
    leads.sort_by_key(|(_, range)| (range.start, range.end));
    let mut stretches: Vec<(f32, Range<usize>)> = Vec::new();
    for (lead, range) in leads {
        match stretches.last_mut() {
            Some((sum, last)) if range.start < last.end => {
                *sum += lead;
                last.end = last.end.max(range.end);
            }
            _ => stretches.push((lead, range)),
        }
    }
    stretches.sort_by(|one, other| other.0.total_cmp(&one.0));
    stretches
        .into_iter()
        .take(WORDS_MAX)
        .map(|(_, range)| range)
        .collect()
}

/// Stochastic descent on the softmax loss, in a fixed order that mixes the tiers.
fn descend(rows: &[(Vec<usize>, usize)], width: usize) -> Vec<[f32; 3]> {
    /// Prime, so that every row is visited once a round while their number is no multiple of it.
    const STRIDE: usize = 389;
    let mut weights = vec![[0.0_f32; 3]; width];
    for round in 0..ROUNDS {
        let step = FIRST_STEP / f32::from(round + 1);
        for visit in 0..rows.len() {
            let (runs, tier) = &rows[visit * STRIDE % rows.len()];
            let mut odds = [0.0_f32; 3];
            for run in runs {
                for (sum, weight) in odds.iter_mut().zip(weights[*run]) {
                    *sum += weight;
                }
            }
            let most = odds.into_iter().fold(f32::NEG_INFINITY, f32::max);
            let odds = odds.map(|sum| (sum - most).exp());
            let all: f32 = odds.iter().sum();
            let mut fault = odds.map(|odd| odd / all);
            fault[*tier] -= 1.0;
            for run in runs {
                for (weight, fault) in weights[*run].iter_mut().zip(fault) {
                    *weight -= step * fault;
                }
            }
        }
    }
    weights
}

fn examples() -> impl Iterator<Item = (&'static str, [String; 1], usize)> {
    EXAMPLES.lines().skip(1).filter_map(|row| {
        let mut fields = row.rsplitn(3, ',');
        let tier: i64 = fields.next()?.parse().ok()?;
        let speaker = fields.next()?.to_owned();
        let text = fields.next()?;
        let index = Tier::ALL.iter().position(|known| known.number() == tier)?;
        Some((text, [speaker], index))
    })
}

fn statement<'a>(text: &'a str, speaker: &'a [String; 1]) -> Statement<'a> {
    Statement {
        text,
        speaker_professions: speaker,
        about: &[],
    }
}

/// The runs of a text, in order, as ranges of bytes; none reaches across a line end.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let ends: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let ranges: Vec<Range<usize>> = RUN_LETTERS
        .iter()
        .flat_map(|letters| {
            ends.windows(letters + 1)
                .map(|window| window[0]..window[window.len() - 1])
                .collect::<Vec<_>>()
        })
        .collect();
    ranges
        .into_iter()
        .filter(|range| !text[range.clone()].contains('\n'))
}

fn distinct_runs(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = runs(text).map(|range| &text[range]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_read() {
        assert_eq!(examples().count(), EXAMPLES.lines().count() - 1);
        assert!(
            Tier::ALL
                .iter()
                .enumerate()
                .all(|(index, _)| examples().any(|row| row.2 == index))
        );
    }

    #[test]
    fn a_lesson_speaks_for_what_it_was_taught() {
        let examples = [
            ("火事のとき", 2),
            ("火事のあと", 2),
            ("知識がない", 0),
            ("知識がたりない", 0),
        ]
        .map(|(text, tier)| (text.to_owned(), tier));
        let opinion = Lesson::learn(&examples).opinion("火事の知らせ");
        assert!(opinion.points[2] > opinion.points[0]);
        assert_eq!(opinion.words[2].first(), Some(&(0..9)));
    }
}
