//! Who may know of a session (DESIGN sections 2 and 9): said once, as something a query can ask too.

use super::Session;
use crate::{audience::Destination, id::AssociationId, office::Office, person::Person, tier::Tier};
use std::collections::BTreeSet;

/// What a person may know of the office's sessions.
///
/// - coordinators: all, drafts included;
/// - tier 1: whoever takes part in the talk of one of its associations;
/// - tier 2: officers and contacts of its associations, members where the talk is theirs, and the
///   adviser where the office grants tier 2;
/// - tier 3: everybody the office knows.
///
/// Nobody but coordinators knows of drafts, of what was given up before it was planned (it has no number),
/// and nobody of what was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// All of them: a coordinator.
    pub everything: bool,
    /// Associations whose tier 1 sessions are the person's to know.
    pub tier1: BTreeSet<AssociationId>,
    /// Associations whose tier 2 sessions are.
    pub tier2: BTreeSet<AssociationId>,
    /// Every tier 2 session, whosever it is.
    pub tier2_all: bool,
    /// Those of the region.
    pub tier3: bool,
}

impl Sight {
    /// What a person may know.
    #[must_use]
    pub fn of(person: &Person, office: &Office) -> Self {
        if person.coordinator {
            return Self {
                everything: true,
                ..Self::default()
            };
        }
        let tier1 = office
            .associations
            .iter()
            .map(|association| association.id)
            .filter(|id| Destination::Tier1(*id).is_for(person, office))
            .collect();
        let tier2 = person
            .memberships
            .iter()
            .filter(|membership| {
                office
                    .association(membership.association)
                    .is_some_and(|association| association.talks_with(membership.rank))
            })
            .map(|membership| membership.association)
            .collect();
        Self {
            everything: false,
            tier1,
            tier2,
            tier2_all: person.adviser && office.settings.adviser_sees.tier2,
            tier3: Destination::Tier3.is_for(person, office),
        }
    }

    /// Whether a session is the person's to know.
    #[must_use]
    pub fn sees(&self, session: &Session) -> bool {
        if session.retracted {
            return false;
        }
        if self.everything {
            return true;
        }
        let holds = |own: &BTreeSet<AssociationId>| {
            session
                .associations
                .iter()
                .any(|association| own.contains(association))
        };
        session.was_planned()
            && match session.tier {
                Tier::One => holds(&self.tier1),
                Tier::Two => self.tier2_all || holds(&self.tier2),
                Tier::Three => self.tier3,
            }
    }

    /// Whether there can be any session the person may know of.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        *self == Self::default()
    }
}
