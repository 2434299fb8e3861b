//! Which audience to offer for an issue that was said in confidence. A coordinator decides; this only
//! spares the search, and says nothing rather than guess.

use super::{Audience, Group};
use crate::{
    id::{AssociationId, CircleId, ProfessionId},
    issue::{Concern, Issue},
    office::{Association, Office},
    routing::{concerned, is_own_matter, narrowest},
    tier::Tier,
};
use std::collections::BTreeSet;

/// The audience to offer for an issue: in tier 2 the narrowest circle that holds all concerned, in
/// tier 3 the region, in tier 1 the one association it is about when that is another than the one
/// that raised it. `None` when nothing fits, or when the original stands there already.
///
/// `mentioned` are the professions whose words the text contains.
#[must_use]
pub fn offered_audience(
    issue: &Issue,
    mentioned: &BTreeSet<ProfessionId>,
    office: &Office,
) -> Option<Audience> {
    let audience = match issue.tier {
        Tier::One => other_association(issue, mentioned, office)
            .map(|id| Audience::Association(id, Group::Everyone)),
        Tier::Two => circle_of_concerned(issue, mentioned, office).map(Audience::Circle),
        Tier::Three => Some(Audience::Region),
    };
    audience.filter(|audience| audience.destination(office) != Some(issue.destination))
}

/// The narrowest circle that holds all concerned, for a wording that is to be shared. Somebody has to
/// be known to be concerned: who raised it, or at least two whom it names. One name alone says with
/// whom there is something to be settled, but not between whom.
fn circle_of_concerned(
    issue: &Issue,
    mentioned: &BTreeSet<ProfessionId>,
    office: &Office,
) -> Option<CircleId> {
    let concerned = concerned(issue, mentioned, office)?;
    let source_known = issue.association.is_some() || issue.profession.is_some();
    (source_known || concerned.len() >= 2)
        .then(|| narrowest(&concerned, office))
        .flatten()
}

/// The one association whose matter an issue of tier 1 is, when that is another than the one that
/// raised it: those it was said to be about decide, else the professions its words name.
fn other_association(
    issue: &Issue,
    mentioned: &BTreeSet<ProfessionId>,
    office: &Office,
) -> Option<AssociationId> {
    let own_matter = |raised_by| is_own_matter(issue, raised_by, mentioned, office);
    if issue.association.is_some_and(own_matter) {
        return None;
    }
    let matter = if issue.about.is_empty() {
        let named = mentioned.iter().copied();
        named.map(Concern::Profession).collect()
    } else {
        issue.about.clone()
    };
    let speaks_for = |association: &Association| {
        matter.iter().any(|concern| match concern {
            Concern::Association(id) => *id == association.id,
            Concern::Profession(id) => association.professions.contains(id),
        })
    };
    let mut others = office
        .associations
        .iter()
        .filter(|association| Some(association.id) != issue.association)
        .filter(|association| speaks_for(association))
        .map(|association| association.id);
    let only = others.next();
    only.filter(|_| others.next().is_none())
}
