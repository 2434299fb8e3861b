//! Routing: which channel an issue goes to, and why (DESIGN section 3, "Where it goes").

use crate::{
    audience::Destination,
    id::{AssociationId, CircleId, ProfessionId},
    issue::{Concern, Issue, Origin},
    office::Office,
    tier::Tier,
};
use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
};

/// Why an issue goes where it goes; a code that texts are looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The association's own matter: its private channel.
    OwnMatter,
    /// Told to the desk: it decides first.
    ToldToDesk,
    /// Tier 1, but the matter of another association.
    OthersMatter,
    /// Tier 1, and no association raised it; or tier 2, and nobody knows who said it where.
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

/// What routing depends on in an office's set-up, as a word: while it is the same, no issue would be
/// routed otherwise. It may differ between versions of the program; then everything is looked at once.
#[must_use]
pub fn imprint(office: &Office) -> String {
    let associations: Vec<_> = office
        .associations
        .iter()
        .map(|a| (a.id, &a.professions, a.channel.is_some()))
        .collect();
    let circles: Vec<_> = office
        .circles
        .iter()
        .map(|circle| (circle.id, &circle.associations))
        .collect();
    let region = Destination::Tier3.channel(office).is_some();
    let mut hasher = DefaultHasher::new();
    format!(
        "{associations:?}{circles:?}{region}{:?}",
        office.professions
    )
    .hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Routes an issue as it is now.
///
/// `mentioned` are the professions whose words the text contains (see
/// [`crate::profession::Vocabulary::mentions`]); those of the association that raised it may be among them.
/// `issue.destination` is where it stands so far; for a new issue, the circle it was said in, or the desk.
#[must_use]
pub fn route(issue: &Issue, mentioned: &BTreeSet<ProfessionId>, office: &Office) -> Route {
    let to = |destination, why| Route { destination, why };
    let desk = |why| to(Destination::Desk, why);
    match issue.tier {
        Tier::One => {
            let Some(raised_by) = issue.association else {
                return desk(Why::NoAssociation);
            };
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
        Tier::Two => {
            let source_known = issue.association.is_some() || issue.profession.is_some();
            let circle = if source_known {
                narrowest_circle(issue, mentioned, office)
            } else {
                circle_it_was_said_in(issue, mentioned, office)
            };
            match circle {
                Some(circle) => to(Destination::Tier2(circle), Why::Circle),
                None if source_known => desk(Why::NoCircle),
                None => desk(Why::NoAssociation),
            }
        }
        Tier::Three if Destination::Tier3.channel(office).is_some() => {
            to(Destination::Tier3, Why::Region)
        }
        Tier::Three => desk(Why::NoRegion),
    }
}

/// A matter is an association's own unless it is about somebody else: what A says about B's inner
/// matters goes to the desk, never to B (and not to A's channel as A's task either).
pub(crate) fn is_own_matter(
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
pub(crate) fn concerned(
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
    narrowest(&concerned(issue, mentioned, office)?, office)
}

/// The circle with the fewest associations that holds all of these.
pub(crate) fn narrowest(concerned: &BTreeSet<AssociationId>, office: &Office) -> Option<CircleId> {
    office
        .circles
        .iter()
        .filter(|circle| circle.associations.is_superset(concerned))
        .min_by_key(|circle| (circle.associations.len(), circle.id))
        .map(|circle| circle.id)
}

/// Without a source nobody can say that a circle holds all concerned: the smallest of all would be a
/// guess that carries what was said in one circle into another. Only the circle where it was said (and
/// so stands) may have it.
fn circle_it_was_said_in(
    issue: &Issue,
    mentioned: &BTreeSet<ProfessionId>,
    office: &Office,
) -> Option<CircleId> {
    let Destination::Tier2(said_in) = issue.destination else {
        return None;
    };
    let concerned = concerned(issue, mentioned, office)?;
    let circle = office.circle(said_in)?;
    circle
        .associations
        .is_superset(&concerned)
        .then_some(said_in)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{ChannelId, IssueId, OfficeId, RoleId, ServerId, UserId},
        issue::{Kind, Status, TierBy},
        office::{Association, Binding, Circle, Derived, Profession, Talk, Use},
        setting::Settings,
    };
    use chrono::DateTime;

    const PHARMACISTS: AssociationId = AssociationId(1);
    const HOSPITAL: AssociationId = AssociationId(2);
    const CARE_MANAGERS: AssociationId = AssociationId(3);
    const DENTISTS_WITHOUT_CHANNEL: AssociationId = AssociationId(4);
    const NOBODYS_PROFESSION: ProfessionId = ProfessionId(9);

    fn association(id: AssociationId, channel: Option<u64>) -> Association {
        Association {
            id,
            name: format!("団体{id}"),
            professions: vec![ProfessionId(id.0)],
            scopes: Vec::new(),
            channel: channel.map(ChannelId),
            feedback: None,
            officers: Some(RoleId(id.0.unsigned_abs())),
            contacts: None,
            members: None,
            talk: Talk::Officers,
            fixed: false,
        }
    }

    fn circle(id: i64, associations: &[AssociationId]) -> Circle {
        Circle {
            id: CircleId(id),
            channel: ChannelId(100 + id.unsigned_abs()),
            associations: associations.iter().copied().collect(),
            fixed: false,
        }
    }

    fn office(region: bool) -> Office {
        let channel = |used, to| {
            (
                used,
                Binding {
                    to: ChannelId(to),
                    fixed: false,
                },
            )
        };
        let mut channels = vec![channel(Use::Desk, 50)];
        if region {
            channels.push(channel(Use::Tier3, 53));
        }
        Office {
            id: OfficeId(1),
            server: ServerId(1),
            revision: 1,
            settings: Settings::default(),
            professions: [1, 2, 3, 4, 9]
                .map(|id| Profession {
                    id: ProfessionId(id),
                    name: format!("職種{id}"),
                    aliases: Vec::new(),
                })
                .to_vec(),
            associations: vec![
                association(PHARMACISTS, Some(11)),
                association(HOSPITAL, Some(12)),
                association(CARE_MANAGERS, Some(13)),
                association(DENTISTS_WITHOUT_CHANNEL, None),
            ],
            categories: Vec::new(),
            circles: vec![
                circle(1, &[PHARMACISTS, HOSPITAL, CARE_MANAGERS]),
                circle(2, &[HOSPITAL, CARE_MANAGERS]),
            ],
            channels,
            roles: Vec::new(),
            stopped: Vec::new(),
            accepted: Vec::new(),
            derived: Derived::default(),
        }
    }

    fn issue(tier: Tier, origin: Origin, association: Option<AssociationId>) -> Issue {
        let now = DateTime::UNIX_EPOCH;
        Issue {
            id: IssueId(1),
            revision: 1,
            kind: Kind::Issue,
            origin,
            tier,
            tier_by: TierBy::Rules,
            status: Status::Open,
            later_year: None,
            measure_open: false,
            text: String::new(),
            note: None,
            profession: None,
            association,
            about: Vec::new(),
            speaker: None,
            reporter: UserId(1),
            created_at: now,
            changed_at: now,
            passed_on: false,
            kept_private: false,
            retracted: false,
            categories: Vec::new(),
            session: None,
            merged_into: None,
            destination: Destination::Desk,
        }
    }

    /// Tier, origin, raised by, professions the words name; where it goes, why.
    type Row<'a> = (
        Tier,
        Origin,
        Option<AssociationId>,
        &'a [i64],
        Destination,
        Why,
    );

    #[test]
    fn every_issue_goes_where_the_manual_says() {
        use Destination::{Desk, Tier1, Tier2, Tier3};
        use Origin::{Desk as AtDesk, Meeting, Open};
        let own = Some(HOSPITAL);
        let table: &[Row] = &[
            (
                Tier::One,
                Meeting,
                own,
                &[],
                Tier1(HOSPITAL),
                Why::OwnMatter,
            ),
            (
                Tier::One,
                Meeting,
                own,
                &[2],
                Tier1(HOSPITAL),
                Why::OwnMatter,
            ),
            (Tier::One, Open, own, &[2], Tier1(HOSPITAL), Why::OwnMatter),
            (Tier::One, AtDesk, own, &[], Desk, Why::ToldToDesk),
            (Tier::One, Meeting, own, &[3], Desk, Why::OthersMatter),
            (Tier::One, Meeting, None, &[], Desk, Why::NoAssociation),
            (
                Tier::One,
                Meeting,
                Some(DENTISTS_WITHOUT_CHANNEL),
                &[],
                Desk,
                Why::NoChannel,
            ),
            (Tier::Two, Meeting, own, &[3], Desk, Why::Confidential),
            (Tier::Two, AtDesk, own, &[3], Desk, Why::ToldToDesk),
            (Tier::Three, Meeting, own, &[], Desk, Why::Confidential),
            (Tier::Two, Open, own, &[3], Tier2(CircleId(2)), Why::Circle),
            (
                Tier::Two,
                Open,
                own,
                &[1, 3],
                Tier2(CircleId(1)),
                Why::Circle,
            ),
            (Tier::Two, Open, own, &[4], Desk, Why::NoCircle),
            (
                Tier::Two,
                Open,
                own,
                &[NOBODYS_PROFESSION.0],
                Desk,
                Why::NoCircle,
            ),
            (Tier::Three, Open, own, &[1, 2, 3, 4], Tier3, Why::Region),
        ];
        for (tier, origin, association, mentioned, destination, why) in table {
            let mentioned = mentioned.iter().copied().map(ProfessionId).collect();
            assert_eq!(
                route(
                    &issue(*tier, *origin, *association),
                    &mentioned,
                    &office(true)
                ),
                Route {
                    destination: *destination,
                    why: *why
                },
                "{tier:?} {origin:?} {association:?} {mentioned:?}"
            );
        }
    }

    #[test]
    fn without_a_source_only_the_circle_it_was_said_in_may_have_it() {
        let mut said = issue(Tier::Two, Origin::Open, None);
        let found = route(&said, &BTreeSet::new(), &office(true));
        assert_eq!(
            (found.destination, found.why),
            (Destination::Desk, Why::NoAssociation)
        );
        said.destination = Destination::Tier2(CircleId(2));
        let found = route(&said, &BTreeSet::new(), &office(true));
        assert_eq!(found.destination, said.destination);
        let pharmacists = BTreeSet::from([ProfessionId(1)]);
        let found = route(&said, &pharmacists, &office(true));
        assert_eq!(found.destination, Destination::Desk, "they are not in it");
    }

    #[test]
    fn without_a_region_channel_the_desk_keeps_what_concerns_the_region() {
        let open = issue(Tier::Three, Origin::Open, Some(HOSPITAL));
        let found = route(&open, &BTreeSet::new(), &office(false));
        assert_eq!(
            found,
            Route {
                destination: Destination::Desk,
                why: Why::NoRegion
            }
        );
    }

    #[test]
    fn what_one_association_says_about_another_never_reaches_either_channel() {
        let mut about = issue(Tier::One, Origin::Meeting, Some(HOSPITAL));
        about.about = vec![Concern::Association(CARE_MANAGERS)];
        assert_eq!(
            route(&about, &BTreeSet::new(), &office(true)).destination,
            Destination::Desk
        );
        about.about = vec![Concern::Profession(ProfessionId(3))];
        assert_eq!(
            route(&about, &BTreeSet::new(), &office(true)).destination,
            Destination::Desk
        );
    }

    #[test]
    fn what_the_desk_passes_on_goes_to_the_association_that_raised_it() {
        let mut passed = issue(Tier::One, Origin::Desk, Some(HOSPITAL));
        passed.passed_on = true;
        let found = route(&passed, &BTreeSet::new(), &office(true));
        assert_eq!(
            found,
            Route {
                destination: Destination::Tier1(HOSPITAL),
                why: Why::PassedOn
            }
        );
    }
}
