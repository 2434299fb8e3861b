//! For whom a wording is: stored words, channels, people, and which audience lies within which.

use crate::town::{
    CARE_MANAGERS, CLOSE, DENTISTS, HOSPITAL, PHARMACISTS, WIDE, all_of, contacts_of, office,
    officers_of, role, somebody,
};
use domain::{
    audience::Destination,
    disclosure::{Audience, State},
    id::{AssociationId, CircleId},
    office::Talk,
    person::Rank,
};

#[test]
fn every_audience_survives_being_stored() {
    let three = AssociationId(3);
    for (audience, code) in [
        (Audience::Desk, "desk"),
        (WIDE, "tier2:1"),
        (Audience::Region, "tier3"),
        (all_of(three), "association:3"),
        (officers_of(three), "association:3:officers"),
        (contacts_of(three), "association:3:contacts"),
    ] {
        assert_eq!(audience.code(), code);
        assert_eq!(Audience::from_code(code), Some(audience));
    }
    for word in [
        "",
        "desk:1",
        "tier2",
        "tier2:x",
        "tier2:1:officers",
        "tier3:1",
        "association",
        "association:",
        "association:3:",
        "association:3:members",
        "association:3:officers:1",
        "tier1:3",
        "everybody",
    ] {
        assert_eq!(Audience::from_code(word), None, "{word}");
    }
}

#[test]
fn a_channel_is_named_only_where_all_its_readers_belong_to_the_audience() {
    let mut office = office();
    for (audience, expected) in [
        (Audience::Desk, Some(Destination::Desk)),
        (WIDE, Some(Destination::Tier2(CircleId(1)))),
        (Audience::Circle(CircleId(8)), None),
        (Audience::Region, Some(Destination::Tier3)),
        (all_of(HOSPITAL), Some(Destination::Tier1(HOSPITAL))),
        (all_of(DENTISTS), None),
        (officers_of(HOSPITAL), None),
        (contacts_of(HOSPITAL), None),
    ] {
        assert_eq!(audience.destination(&office), expected, "{audience:?}");
    }
    office.channels.clear();
    assert_eq!(Audience::Region.destination(&office), None);
}

#[test]
fn whoever_is_officer_and_contact_belongs_to_both_groups() {
    let office = office();
    let both = [
        role(HOSPITAL, Rank::Officer),
        role(HOSPITAL, Rank::Contact),
        role(PHARMACISTS, Rank::Contact),
    ];
    let person = somebody(&office, &both);
    for (audience, expected) in [
        (officers_of(HOSPITAL), true),
        (contacts_of(HOSPITAL), true),
        (officers_of(PHARMACISTS), false),
        (contacts_of(PHARMACISTS), true),
        (contacts_of(CARE_MANAGERS), false),
    ] {
        assert_eq!(
            audience.includes(&person, &office),
            expected,
            "{audience:?}"
        );
    }
}

#[test]
fn members_are_told_what_everyone_is_told_whether_they_talk_along_or_not() {
    let mut office = office();
    for talk in [Talk::Officers, Talk::Members] {
        office.associations[0].talk = talk;
        let member = somebody(&office, &[role(PHARMACISTS, Rank::Member)]);
        assert!(all_of(PHARMACISTS).includes(&member, &office));
        assert!(!officers_of(PHARMACISTS).includes(&member, &office));
        assert!(!contacts_of(PHARMACISTS).includes(&member, &office));
    }
}

#[test]
fn an_audience_lies_within_another_when_everybody_of_it_belongs_there() {
    let office = office();
    let from_narrow_to_wide = [
        Audience::Desk,
        officers_of(HOSPITAL),
        all_of(HOSPITAL),
        CLOSE,
        WIDE,
        Audience::Region,
    ];
    for (at, narrow) in from_narrow_to_wide.iter().enumerate() {
        for (than, wide) in from_narrow_to_wide.iter().enumerate() {
            let within = narrow.is_within(*wide, &office);
            assert_eq!(within, at <= than, "{narrow:?} in {wide:?}");
        }
    }
    for (one, other) in [
        (officers_of(HOSPITAL), contacts_of(HOSPITAL)),
        (contacts_of(HOSPITAL), officers_of(HOSPITAL)),
        (all_of(HOSPITAL), contacts_of(HOSPITAL)),
        (all_of(HOSPITAL), all_of(PHARMACISTS)),
        (all_of(PHARMACISTS), CLOSE),
        (all_of(DENTISTS), WIDE),
        (WIDE, all_of(HOSPITAL)),
    ] {
        assert!(!one.is_within(other, &office), "{one:?} in {other:?}");
    }
}

#[test]
fn nothing_comes_back_once_it_was_decided() {
    use State::{Approved, Declined, Proposed, Replaced, Withdrawn};
    for (from, to) in [
        (Proposed, Approved),
        (Proposed, Declined),
        (Proposed, Replaced),
        (Approved, Withdrawn),
        (Approved, Replaced),
    ] {
        assert!(from.may_become(to), "{from:?} → {to:?}");
    }
    let moves = State::ALL
        .iter()
        .flat_map(|from| State::ALL.iter().map(move |to| from.may_become(*to)));
    assert_eq!(moves.filter(|may| *may).count(), 5, "and no other");
}
