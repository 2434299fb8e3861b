//! 再掲: what is listed again is linked to where it stands first, so that it is counted once.

use super::{Doubt, PlanRow};
use crate::text::bigrams;
use std::collections::BTreeSet;

/// So much of what is listed again must stand in what it repeats.
const CONTAINED: f64 = 0.7;

/// Something that stands in a row, as pairs of letters.
struct Stood {
    /// The row, or the row of what it repeats itself.
    row: usize,
    pairs: BTreeSet<String>,
}

/// Links goals and lines that are listed again; one that repeats nothing is doubtful.
pub(super) fn link(rows: &mut [PlanRow]) {
    let (mut goals, mut lines): (Vec<Stood>, Vec<Stood>) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter_mut().enumerate() {
        let mut without_first = false;
        for goal in row.goals.values_mut().filter(|goal| goal.again) {
            let pairs = bigrams(&goal.text);
            goal.first = first(&goals, &pairs).or_else(|| first(&lines, &pairs));
            without_first |= goal.first.is_none();
        }
        let told = row.told.iter_mut().flat_map(|told| &mut told.lines);
        for line in told.filter(|line| line.bullet.again) {
            line.first = first(&lines, &bigrams(&line.bullet.text));
            without_first |= line.first.is_none();
        }
        if without_first {
            row.doubts.push(Doubt::AgainWithoutFirst);
        }
        let stood = |text: &str, first: Option<usize>| Stood {
            row: first.unwrap_or(at),
            pairs: bigrams(text),
        };
        goals.extend(row.goals.values().map(|goal| stood(&goal.text, goal.first)));
        let told = row.told.iter().flat_map(|told| &told.lines);
        lines.extend(told.map(|line| stood(&line.bullet.text, line.first)));
    }
}

/// The row that holds most of it; the first of equals.
fn first(stood: &[Stood], pairs: &BTreeSet<String>) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for earlier in stood {
        let shared = pairs.intersection(&earlier.pairs).count();
        let contained = count(shared) / count(pairs.len()).max(1.0);
        if contained >= CONTAINED && best.is_none_or(|(most, _)| contained > most) {
            best = Some((contained, earlier.row));
        }
    }
    best.map(|(_, row)| row)
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
