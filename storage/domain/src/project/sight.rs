//! Who may know of a project: said once, as something a query can ask too.

use super::Project;
use crate::{
    audience::Destination, id::AssociationId, office::Office, person::Person, person::Rank,
};
use std::collections::BTreeSet;

/// What a person may know of the office's projects.
///
/// - coordinators: all, ideas included;
/// - officers and contacts: those of their associations, and what these brought as an idea;
/// - everybody the office knows: those of the whole region, which no association restricts.
///
/// Nobody knows of what was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// All of them: a coordinator.
    pub everything: bool,
    /// Associations the person speaks for as an officer or a contact.
    pub associations: BTreeSet<AssociationId>,
    /// Those of the whole region.
    pub public: bool,
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
        Self {
            everything: false,
            associations: spoken_for(person).collect(),
            public: Destination::Tier3.is_for(person, office),
        }
    }

    /// Whether a project is the person's to know.
    #[must_use]
    pub fn sees(&self, project: &Project) -> bool {
        if project.retracted {
            return false;
        }
        self.everything
            || (self.public && project.is_public())
            || project
                .told()
                .iter()
                .any(|association| self.associations.contains(association))
    }

    /// Whether there can be any project the person may know of.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        *self == Self::default()
    }
}

/// The associations a person speaks for, in the office's order: as an officer or a contact.
pub(crate) fn spoken_for(person: &Person) -> impl Iterator<Item = AssociationId> {
    person
        .memberships
        .iter()
        .filter(|membership| membership.contact || membership.rank != Rank::Member)
        .map(|membership| membership.association)
}
