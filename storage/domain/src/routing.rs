//! Routing: which channel an issue goes to, and why (DESIGN section 3, "Where it goes").

use crate::{
    audience::Destination,
    id::{AssociationId, CircleId, ProfessionId},
    issue::{Concern, Issue, Origin},
    office::Office,
    tier::Tier,
};
use std::collections::BTreeSet;

/// Why an issue goes where it goes; a code that texts are looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The association's own matter: its private channel.
    OwnMatter,
    /// Told to the desk: it decides first.
    ToldToDesk,
    /// Tier 1, but the matter of another association.
    OthersMatter,
    /// Tier 1, and no association raised it.
    NoAssociation,
    /// Tier 1, and the association has no channel yet.
    NoChannel,
    /// Said in confidence: only a shared wording goes further.
    Confidential,
    /// Said openly: the narrowest circle that holds all concerned.
    Circle,
    /// Said openly, but no circle holds all concerned.
    NoCircle,
    /// Said openly, for the whole region.
    Region,
    /// Said openly, but the region's channel is not set up.
    NoRegion,
    /// The desk passed it on to the association that raised it.
    PassedOn,
}

crate::codes!(Why {
    OwnMatter = "own-matter",
    ToldToDesk = "told-to-desk",
    OthersMatter = "others-matter",
    NoAssociation = "no-association",
    NoChannel = "no-channel",
    Confidential = "confidential",
    Circle = "circle",
    NoCircle = "no-circle",
    Region = "region",
    NoRegion = "no-region",
    PassedOn = "passed-on",
});

/// Where an issue goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Where its card stands.
    pub destination: Destination,
    /// Why there.
    pub why: Why,
}

/// Routes an issue as it is now.
///
/// `mentioned` are the professions whose words the text contains (see
/// [`crate::profession::Vocabulary::mentions`]); those of the association that raised it may be among them.
#[must_use]
pub fn route(issue: &Issue, mentioned: &BTreeSet<ProfessionId>, office: &Office) -> Route {
    let to = |destination, why| Route { destination, why };
    let desk = |why| to(Destination::Desk, why);
    match issue.tier {
        Tier::One => {
            let Some(raised_by) = issue.association else { return desk(Why::NoAssociation) };
            let channel = office.association(raised_by).and_then(|a| a.channel);
            if issue.passed_on && channel.is_some() {
                return to(Destination::Tier1(raised_by), Why::PassedOn);
            }
            if issue.origin == Origin::Desk {
                return desk(Why::ToldToDesk);
            }
            if !is_own_matter(issue, raised_by, mentioned, office) {
                return desk(Why::OthersMatter);
            }
            match channel {
                Some(_) => to(Destination::Tier1(raised_by), Why::OwnMatter),
                None => desk(Why::NoChannel),
            }
        }
        Tier::Two | Tier::Three if issue.origin.is_confidential() => desk(match issue.origin {
            Origin::Desk => Why::ToldToDesk,
            _ => Why::Confidential,
        }),
        Tier::Two => match narrowest_circle(issue, mentioned, office) {
            Some(circle) => to(Destination::Tier2(circle), Why::Circle),
            None => desk(Why::NoCircle),
        },
        Tier::Three if Destination::Tier3.channel(office).is_some() => {
            to(Destination::Tier3, Why::Region)
        }
        Tier::Three => desk(Why::NoRegion),
    }
}

/// A matter is an association's own unless it is about somebody else: what A says about B's inner
/// matters goes to the desk, never to B (and not to A's channel as A's task either).
fn is_own_matter(
    issue: &Issue,
    raised_by: AssociationId,
    mentioned: &BTreeSet<ProfessionId>,
    office: &Office,
) -> bool {
    let own: BTreeSet<ProfessionId> = office
        .association(raised_by)
        .map(|association| association.professions.iter().copied().collect())
        .unwrap_or_default();
    let about_others = issue.about.iter().any(|concern| match concern {
        Concern::Association(id) => *id != raised_by,
        Concern::Profession(id) => !own.contains(id),
    });
    let named_own = mentioned.iter().any(|id| own.contains(id));
    let named_others = mentioned.iter().any(|id| !own.contains(id));
    !about_others && (named_own || !named_others || !issue.about.is_empty())
}

/// Every association an openly said issue concerns: the one that raised it, those it names, and those
/// that speak for the professions it names. `None` when a named profession has no association: no
/// circle can hold it then.
fn concerned(
    issue: &Issue,
    mentioned: &BTreeSet<ProfessionId>,
    office: &Office,
) -> Option<BTreeSet<AssociationId>> {
    let mut concerned: BTreeSet<AssociationId> = issue.association.into_iter().collect();
    let mut professions: BTreeSet<ProfessionId> = mentioned.clone();
    professions.extend(issue.profession);
    for concern in &issue.about {
        match concern {
            Concern::Association(id) => {
                concerned.insert(*id);
            }
            Concern::Profession(id) => {
                professions.insert(*id);
            }
        }
    }
    for profession in professions {
        let speaking: Vec<AssociationId> = office
            .associations
            .iter()
            .filter(|association| association.professions.contains(&profession))
            .map(|association| association.id)
            .collect();
        if speaking.is_empty() {
            return None;
        }
        if !speaking.iter().any(|id| concerned.contains(id)) {
            concerned.extend(speaking);
        }
    }
    Some(concerned)
}

fn narrowest_circle(
    issue: &Issue,
    mentioned: &BTreeSet<ProfessionId>,
    office: &Office,
) -> Option<CircleId> {
    let concerned = concerned(issue, mentioned, office)?;
    office
        .circles
        .iter()
        .filter(|circle| circle.associations.is_superset(&concerned))
        .min_by_key(|circle| (circle.associations.len(), circle.id))
        .map(|circle| circle.id)
}
