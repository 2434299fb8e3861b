//! Who may know of a target (DESIGN section 9): said once, for the page of a list and for one target.

use super::Target;
use crate::{
    audience::Destination, id::AssociationId, office::Office, person::Person, project::spoken_for,
};
use std::collections::BTreeSet;

/// What a person may know of the office's targets.
///
/// - coordinators and the adviser: all;
/// - officers and contacts: those their association sees to, and those of nobody's association;
/// - everybody else the office knows: those of nobody's association.
///
/// Nobody knows of what was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// All of them.
    pub everything: bool,
    /// Associations the person speaks for as an officer or a contact.
    pub associations: BTreeSet<AssociationId>,
    /// Those no association sees to.
    pub public: bool,
}

impl Sight {
    /// What a person may know.
    #[must_use]
    pub fn of(person: &Person, office: &Office) -> Self {
        if person.coordinator || person.adviser {
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

    /// Whether a target is the person's to know.
    #[must_use]
    pub fn sees(&self, target: &Target) -> bool {
        if target.withdrawn {
            return false;
        }
        let own = target
            .association()
            .map_or(self.public, |id| self.associations.contains(&id));
        self.everything || own
    }

    /// Whether there can be any target the person may know of.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::{Owner, standing::tests::target};

    #[test]
    fn a_target_of_an_association_is_for_it_and_the_desk() {
        let sight = |everything, own: &[i64], public| Sight {
            everything,
            associations: own.iter().copied().map(AssociationId).collect(),
            public,
        };
        let (desk, officer) = (sight(true, &[], false), sight(false, &[1], true));
        let (member, stranger) = (sight(false, &[], true), Sight::default());
        let named = Owner::Named("産業振興課".to_owned());
        let of = |id| Some(Owner::Association(AssociationId(id)));
        for (owner, seen_by) in [
            (None, [true, true, true, false]),
            (Some(named), [true, true, true, false]),
            (of(1), [true, true, false, false]),
            (of(2), [true, false, false, false]),
        ] {
            let target = Target { owner, ..target(1) };
            let seen = [&desk, &officer, &member, &stranger].map(|sight| sight.sees(&target));
            assert_eq!(seen, seen_by, "{:?}", target.owner);
            let gone = Target {
                withdrawn: true,
                ..target
            };
            assert!(!desk.sees(&gone), "what was taken back stands nowhere");
        }
    }
}
