//! What a catalogue brings beside what is kept of the same year: lines that are new, that say something else,
//! that are there no more. The same sheet again brings nothing.

use super::{Entry, Fund, catalogue::Catalogue};
use crate::id::FundId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A part of an entry that says something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// One of the headings.
    Heading,
    /// The name.
    Title,
    /// What is paid for.
    Content,
    /// Who answers for it.
    Department,
    /// Since when.
    Since,
    /// What is doubtful, or has no place.
    Doubt,
    /// Its place among the others.
    Position,
    /// It had been taken out and is there again.
    Withdrawn,
}

crate::codes!(Part {
    Heading = "heading",
    Title = "title",
    Content = "content",
    Department = "department",
    Since = "since",
    Doubt = "doubt",
    Position = "position",
    Withdrawn = "withdrawn",
});

/// A kept line that is to say something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The line.
    pub fund: FundId,
    /// The revision it was read with.
    pub revision: i64,
    /// Its place in the sheet.
    pub position: i64,
    /// What stands in it now.
    pub entry: Entry,
    /// Whether it is taken out.
    pub withdrawn: bool,
}

/// A line there is none of yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// Its place in the sheet.
    pub position: i64,
    /// What stands in it.
    pub entry: Entry,
}

/// What becomes of the line of a catalogue at the same place in its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    New,
    /// It is kept and says something else.
    Changed(FundId, Vec<Part>),
    /// It is kept as it is.
    Same(FundId),
}

/// What a catalogue brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What becomes of each line of the catalogue, in its order.
    pub fates: Vec<Fate>,
    /// Lines to add, in the order of the catalogue.
    pub new: Vec<New>,
    /// Lines to change, those that are gone last.
    pub changed: Vec<Change>,
    /// Kept lines that stand in the catalogue no more.
    pub gone: Vec<FundId>,
}

impl Difference {
    /// Compares a catalogue with what is kept of its year, lines taken out included.
    #[must_use]
    pub fn of(catalogue: &Catalogue, kept: &[Fund]) -> Self {
        let mut left: BTreeMap<String, &Fund> = BTreeMap::new();
        for fund in kept {
            let key = fund.entry.key();
            // One that stands goes before one of the same key that was taken out.
            if left.get(&key).is_none_or(|known| known.withdrawn) {
                left.insert(key, fund);
            }
        }
        let mut difference = Self::default();
        for (line, position) in catalogue.lines.iter().zip(0..) {
            let entry = &line.entry;
            let Some(fund) = left.remove(&entry.key()) else {
                let entry = entry.clone();
                difference.new.push(New { position, entry });
                difference.fates.push(Fate::New);
                continue;
            };
            let parts = parts(fund, entry, position);
            if parts.is_empty() {
                difference.fates.push(Fate::Same(fund.id));
                continue;
            }
            difference.changed.push(Change {
                fund: fund.id,
                revision: fund.revision,
                position,
                entry: entry.clone(),
                withdrawn: false,
            });
            difference.fates.push(Fate::Changed(fund.id, parts));
        }
        let mut gone: Vec<&Fund> = left.into_values().filter(|fund| !fund.withdrawn).collect();
        gone.sort_by_key(|fund| fund.position);
        for fund in gone {
            difference.gone.push(fund.id);
            difference.changed.push(Change {
                fund: fund.id,
                revision: fund.revision,
                position: fund.position,
                entry: fund.entry.clone(),
                withdrawn: true,
            });
        }
        difference
    }

    /// Whether nothing is to be stored.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty()
    }
}

fn parts(fund: &Fund, entry: &Entry, position: i64) -> Vec<Part> {
    let kept = &fund.entry;
    let differs = [
        (
            Part::Heading,
            (&kept.large, &kept.middle) != (&entry.large, &entry.middle),
        ),
        (Part::Title, kept.title != entry.title),
        (Part::Content, kept.content != entry.content),
        (Part::Department, kept.department != entry.department),
        (Part::Since, kept.since != entry.since),
        (
            Part::Doubt,
            (&kept.doubts, &kept.stray) != (&entry.doubts, &entry.stray),
        ),
        (Part::Position, fund.position != position),
        (Part::Withdrawn, fund.withdrawn),
    ];
    let differing = differs.into_iter().filter(|(_, differs)| *differs);
    differing.map(|(part, _)| part).collect()
}
