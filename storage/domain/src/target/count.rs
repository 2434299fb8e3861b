//! What a target counts by itself: sessions that were held and projects that came to an end
//! (DESIGN section 5). What is counted is computed whenever somebody looks and never kept.

use crate::{session::Kind, tier::Tier};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// Sessions that were held, of a tier, of a kind, of both, or all.
    Sessions {
        /// Of this tier only.
        tier: Option<Tier>,
        /// Of this kind only.
        kind: Option<Kind>,
    },
    /// Support projects that came to an end.
    Projects,
}

/// Before what narrows sessions.
const SESSION: &str = "session";
const PROJECT: &str = "project";

/// How many sessions of a tier and kind were held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Their tier.
    pub tier: Tier,
    /// Their kind.
    pub kind: Kind,
    /// How many.
    pub number: i64,
}

/// What there is to count, of one year and up to a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Countable {
    /// Sessions that were held; several entries of one tier and kind count together.
    pub sessions: Vec<Held>,
    /// Projects that came to an end.
    pub projects: i64,
}

impl Count {
    /// The word under which it is stored and by which options name it: `session`, `session:tier2`,
    /// `session:council`, `session:tier2:training`, `project`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Projects => PROJECT.to_owned(),
            Self::Sessions { tier, kind } => {
                let tier = tier.map(|tier| format!(":tier{}", tier.number()));
                let kind = kind.map(|kind| format!(":{}", kind.code()));
                let (tier, kind) = (tier.unwrap_or_default(), kind.unwrap_or_default());
                format!("{SESSION}{tier}{kind}")
            }
        }
    }

    /// What a word names; `None` for a word this version does not know.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.split(':');
        match parts.next()? {
            PROJECT => parts.next().is_none().then_some(Self::Projects),
            SESSION => {
                let (mut tier, mut kind) = (None, None);
                for part in parts {
                    let named = part.strip_prefix("tier").and_then(|part| part.parse().ok());
                    match (named.and_then(Tier::from_number), Kind::from_code(part)) {
                        (Some(of), _) if tier.is_none() && kind.is_none() => tier = Some(of),
                        (None, Some(of)) if kind.is_none() => kind = Some(of),
                        _ => return None,
                    }
                }
                Some(Self::Sessions { tier, kind })
            }
            _ => None,
        }
    }

    /// Whether a session of a tier and kind counts, once it was held.
    #[must_use]
    pub fn takes(self, tier: Tier, kind: Kind) -> bool {
        match self {
            Self::Projects => false,
            Self::Sessions {
                tier: of_tier,
                kind: of_kind,
            } => {
                of_tier.is_none_or(|wanted| wanted == tier)
                    && of_kind.is_none_or(|wanted| wanted == kind)
            }
        }
    }

    /// How many there are.
    #[must_use]
    pub fn of(self, countable: &Countable) -> i64 {
        match self {
            Self::Projects => countable.projects,
            Self::Sessions { .. } => {
                let held = countable.sessions.iter();
                held.filter(|held| self.takes(held.tier, held.kind))
                    .map(|held| held.number)
                    .sum()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_has_a_word_and_is_read_from_it() {
        let tiers = [None, Some(Tier::One), Some(Tier::Two), Some(Tier::Three)];
        let kinds = Kind::ALL.iter().copied().map(Some).chain([None]);
        let mut all: Vec<Count> = kinds
            .flat_map(|kind| tiers.map(|tier| Count::Sessions { tier, kind }))
            .collect();
        all.push(Count::Projects);
        for count in all {
            assert_eq!(Count::from_code(&count.code()), Some(count));
        }
        assert_eq!(
            Count::Sessions {
                tier: Some(Tier::Two),
                kind: Some(Kind::Training)
            }
            .code(),
            "session:tier2:training"
        );
    }

    #[test]
    fn words_that_name_nothing_are_refused() {
        for word in [
            "",
            "session:",
            "session:tier4",
            "session:tier2:tier2",
            "session:training:tier2",
            "session:council:report",
            "project:council",
            "projects",
            "協議会",
        ] {
            assert_eq!(Count::from_code(word), None, "{word}");
        }
    }

    #[test]
    fn what_was_held_is_counted_by_tier_and_kind() {
        let held = |tier, kind, number| Held { tier, kind, number };
        let countable = Countable {
            sessions: vec![
                held(Tier::One, Kind::Meeting, 4),
                held(Tier::Two, Kind::Training, 3),
                held(Tier::Two, Kind::Exchange, 2),
                held(Tier::Three, Kind::Training, 1),
                held(Tier::Three, Kind::Council, 2),
            ],
            projects: 5,
        };
        for (code, expected) in [
            ("session", 12),
            ("session:tier2", 5),
            ("session:training", 4),
            ("session:tier2:training", 3),
            ("session:council", 2),
            ("session:visit", 0),
            ("project", 5),
        ] {
            let count = Count::from_code(code).expect("a count");
            assert_eq!(count.of(&countable), expected, "{code}");
        }
    }
}
