//! By chance: whatever an office, its people and its shares look like, nobody reads more than they
//! may, and no channel shows what one of its readers could not read otherwise.

use crate::town::{REPORTER, issue, office, role, share};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, Group, Shown, State, shown_at},
    id::{AssociationId, ChannelId, CircleId, RoleId},
    issue::{Issue, Origin},
    office::{Circle, Office, Talk},
    person::{Person, Rank},
    setting::AdviserGrant,
    visibility::{Seen, view},
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeSet;

const ASSOCIATIONS: std::ops::RangeInclusive<i64> = 1..=4;
const CIRCLES: std::ops::RangeInclusive<i64> = 1..=3;

fn some_associations() -> impl Strategy<Value = BTreeSet<AssociationId>> {
    vec(ASSOCIATIONS.prop_map(AssociationId), 0..4).prop_map(|ids| ids.into_iter().collect())
}

/// Circles of any associations, one of them perhaps unbound; talks open or not; any grant.
pub(crate) fn some_office() -> impl Strategy<Value = Office> {
    let grant = (any::<bool>(), any::<bool>(), some_associations());
    let circles = vec((any::<bool>(), some_associations()), 3);
    let talks = vec((any::<bool>(), any::<bool>()), 4);
    (circles, talks, grant, any::<bool>()).prop_map(|(circles, talks, grant, region)| {
        let mut office = office();
        office.circles = CIRCLES
            .zip(circles)
            .filter(|(_, (bound, _))| *bound)
            .map(|(id, (_, associations))| Circle {
                id: CircleId(id),
                channel: ChannelId(100 + id.unsigned_abs()),
                associations,
                fixed: false,
            })
            .collect();
        for (association, (open, channel)) in office.associations.iter_mut().zip(talks) {
            association.talk = if open { Talk::Members } else { Talk::Officers };
            association.channel = association.channel.filter(|_| channel);
        }
        let (desk, tier2, associations) = grant;
        office.settings.adviser_sees = AdviserGrant {
            desk,
            tier2,
            associations,
        };
        if !region {
            office.channels.truncate(1);
        }
        office
    })
}

/// A person with any roles; each seventh wrote the issue down.
fn some_roles() -> impl Strategy<Value = (bool, Vec<RoleId>)> {
    let ranked = (ASSOCIATIONS, select(Rank::ALL)).prop_map(|(id, rank)| role(id.into(), rank));
    let capacity = (91_u64..=93).prop_map(RoleId);
    let any_role = prop_oneof![4 => ranked, 1 => capacity];
    (prop::bool::weighted(0.15), vec(any_role, 0..4))
}

fn some_audience() -> impl Strategy<Value = Audience> {
    let group = select(vec![Group::Everyone, Group::Officers, Group::Contacts]);
    prop_oneof![
        Just(Audience::Desk),
        Just(Audience::Region),
        CIRCLES.prop_map(|id| Audience::Circle(CircleId(id))),
        (ASSOCIATIONS, group).prop_map(|(id, group)| Audience::Association(id.into(), group)),
    ]
}

/// At most one approved version per audience, as the database has it.
pub(crate) fn some_disclosures() -> impl Strategy<Value = Vec<Disclosure>> {
    vec((some_audience(), select(State::ALL), 0..20_i64), 0..6).prop_map(|made| {
        let mut told = BTreeSet::new();
        (1..)
            .zip(made)
            .map(|(version, (audience, state, minute))| {
                let again = state == State::Approved && !told.insert(audience);
                let state = if again { State::Replaced } else { state };
                share(version, audience, state, minute)
            })
            .collect()
    })
}

fn some_place() -> impl Strategy<Value = Destination> {
    prop_oneof![
        Just(Destination::Desk),
        Just(Destination::Tier3),
        ASSOCIATIONS.prop_map(|id| Destination::Tier1(id.into())),
        CIRCLES.prop_map(|id| Destination::Tier2(CircleId(id))),
    ]
}

pub(crate) fn some_issue() -> impl Strategy<Value = Issue> {
    let raised_by = proptest::option::of(ASSOCIATIONS.prop_map(AssociationId));
    let retracted = prop::bool::weighted(0.1);
    (some_place(), raised_by, retracted).prop_map(|(destination, association, retracted)| Issue {
        origin: Origin::Open,
        destination,
        association,
        retracted,
        ..issue()
    })
}

fn everywhere() -> impl Iterator<Item = Destination> {
    let tier1 = ASSOCIATIONS.map(|id| Destination::Tier1(id.into()));
    let tier2 = CIRCLES.map(|id| Destination::Tier2(CircleId(id)));
    [
        Destination::Desk,
        Destination::Tier3,
        Destination::Progress,
        Destination::Notice,
    ]
    .into_iter()
    .chain(tier1)
    .chain(tier2)
    .chain(ASSOCIATIONS.map(|id| Destination::Feedback(id.into())))
}

/// Whom the original was meant for, said once more and plainly.
fn is_meant_for(issue: &Issue, person: &Person, office: &Office, desk_decides: bool) -> bool {
    let talks = issue.association.is_some_and(|id| {
        let open = office.association(id).expect("it exists").talk == Talk::Members;
        person
            .rank_in(id)
            .is_some_and(|rank| open || rank != Rank::Member)
    });
    person.coordinator
        || (person.user == REPORTER && person.may_add())
        || talks
        || issue.destination.is_for(person, office)
        || (desk_decides && Destination::Desk.is_for(person, office))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nobody_reads_more_than_they_may(
        office in some_office(),
        issue in some_issue(),
        disclosures in some_disclosures(),
        (wrote_it, roles) in some_roles(),
    ) {
        let user = if wrote_it { REPORTER } else { domain::id::UserId(1) };
        let person = office.person(user, &roles, false);
        let desk_decides = disclosures.iter().any(|one| {
            one.state == State::Proposed
                || (one.state == State::Approved && one.audience == Audience::Desk)
        });
        let meant_for = is_meant_for(&issue, &person, &office, desk_decides);
        let told: Vec<&Disclosure> = disclosures
            .iter()
            .filter(|one| one.state == State::Approved)
            .filter(|one| one.audience.includes(&person, &office))
            .collect();
        match view(issue.clone(), &disclosures, &person, &office) {
            _ if issue.retracted => {
                prop_assert!(view(issue, &disclosures, &person, &office).is_none());
            }
            Some(Seen::Whole(..)) => prop_assert!(meant_for),
            Some(Seen::Shared(shared)) => {
                prop_assert!(!meant_for, "the original was to be read");
                let by = told.iter().find(|one| one.version == shared.version);
                let by = by.expect("it was told to this person");
                prop_assert_eq!(&shared.wording, &by.wording);
                let narrower = told.iter().any(|one| {
                    one.audience.is_within(by.audience, &office)
                        && !by.audience.is_within(one.audience, &office)
                });
                prop_assert!(!narrower, "a narrower one was to be read");
            }
            None => prop_assert!(!meant_for && told.is_empty()),
        }
    }

    #[test]
    fn whoever_reads_a_channel_may_read_what_stands_there(
        office in some_office(),
        issue in some_issue(),
        disclosures in some_disclosures(),
        (_, roles) in some_roles(),
    ) {
        let person = office.person(domain::id::UserId(1), &roles, false);
        let seen = view(issue.clone(), &disclosures, &person, &office);
        for place in everywhere().filter(|place| place.is_for(&person, &office)) {
            match shown_at(&issue, &disclosures, place, &office) {
                Some(Shown::Whole) => {
                    prop_assert!(matches!(seen, Some(Seen::Whole(..))), "{place:?}");
                }
                Some(Shown::Shared(shared)) => {
                    prop_assert!(shared.audience.includes(&person, &office));
                    prop_assert!(seen.is_some(), "{place:?}");
                }
                Some(Shown::Withdrawn) | None => {}
            }
        }
    }

    #[test]
    fn whoever_is_in_an_audience_is_in_every_wider_one(
        office in some_office(),
        narrow in some_audience(),
        wide in some_audience(),
        (_, roles) in some_roles(),
    ) {
        let person = office.person(domain::id::UserId(1), &roles, false);
        if narrow.is_within(wide, &office) {
            prop_assert!(narrow.width(&office) <= wide.width(&office));
            if !person.adviser && narrow.includes(&person, &office) {
                prop_assert!(wide.includes(&person, &office));
            }
        }
    }
}
