//! Tallies (件数): how many issues there are and how far they have come, so that whoever raised something
//! sees what became of it (DESIGN sections 2 and 3).
//!
//! Whose issues are counted is decided by whoever counts: only what the reader may read. An issue that
//! was merged into another is counted as the opinion it is, with the status that it follows.
//!
//! ```
//! use domain::{issue::Status, tally::Tally};
//!
//! let tally: Tally = [(Status::Acting, 1), (Status::Planning, 3)].into_iter().collect();
//! assert_eq!(tally.total(), 4);
//! let counts: Vec<_> = tally.by_status().collect();
//! assert_eq!(counts, [(Status::Planning, 3), (Status::Acting, 1)]);
//! ```

mod merged;

use crate::{issue::Status, tier::Tier};
use std::collections::BTreeMap;

pub use merged::{APART_MIN, Merged, merge};

/// Issues counted by how far they have come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Status, u64>,
}

impl Tally {
    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many have each status that occurs, from 受付 on.
    pub fn by_status(&self) -> impl Iterator<Item = (Status, u64)> {
        self.counts.iter().map(|(status, count)| (*status, *count))
    }
}

impl FromIterator<(Status, u64)> for Tally {
    fn from_iter<I: IntoIterator<Item = (Status, u64)>>(counted: I) -> Self {
        let mut counts = BTreeMap::new();
        for (status, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
            *counts.entry(status).or_default() += count;
        }
        Self { counts }
    }
}

/// Issues counted by tier and status together: what a wide audience is told is made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    counts: BTreeMap<(Tier, Status), u64>,
}

impl Totals {
    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many are of each tier that occurs.
    #[must_use]
    pub fn by_tier(&self) -> Vec<(Tier, u64)> {
        let mut tiers: BTreeMap<Tier, u64> = BTreeMap::new();
        for ((tier, _), count) in &self.counts {
            *tiers.entry(*tier).or_default() += count;
        }
        tiers.into_iter().collect()
    }

    /// Those of one tier.
    #[must_use]
    pub fn of_tier(&self, tier: Tier) -> Self {
        let counts = self.counts.iter().filter(|((of, _), _)| *of == tier);
        Self {
            counts: counts.map(|(key, count)| (*key, *count)).collect(),
        }
    }

    /// The same issues by status alone.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let counts = self.counts.iter();
        counts
            .map(|((_, status), count)| (*status, *count))
            .collect()
    }
}

impl FromIterator<(Tier, Status, u64)> for Totals {
    fn from_iter<I: IntoIterator<Item = (Tier, Status, u64)>>(counted: I) -> Self {
        let mut counts = BTreeMap::new();
        for (tier, status, count) in counted.into_iter().filter(|(_, _, count)| *count > 0) {
            *counts.entry((tier, status)).or_default() += count;
        }
        Self { counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_occur_is_not_counted() {
        let nothing = Tally::default();
        assert_eq!((nothing.total(), nothing.by_status().count()), (0, 0));
        let tally: Tally = [(Status::Done, 0), (Status::Open, 2), (Status::Open, 1)]
            .into_iter()
            .collect();
        assert_eq!(tally.by_status().collect::<Vec<_>>(), [(Status::Open, 3)]);
    }

    #[test]
    fn tiers_and_statuses_count_the_same_issues() {
        let totals: Totals = [
            (Tier::Three, Status::Done, 4),
            (Tier::Two, Status::Open, 2),
            (Tier::Three, Status::Open, 1),
        ]
        .into_iter()
        .collect();
        assert_eq!(totals.by_tier(), [(Tier::Two, 2), (Tier::Three, 5)]);
        let tally = totals.tally();
        assert_eq!(
            tally.by_status().collect::<Vec<_>>(),
            [(Status::Open, 3), (Status::Done, 4)]
        );
        assert_eq!(tally.total(), totals.total());
        assert_eq!(totals.of_tier(Tier::Two).by_tier(), [(Tier::Two, 2)]);
    }
}
