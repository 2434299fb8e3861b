//! Who reads what of an issue, by which audience and in which state of its disclosure.

use crate::town::{
    CARE_MANAGERS, CLOSE, DENTISTS, HOSPITAL, PHARMACISTS, REPORTER, WIDE, adviser, all_of,
    contacts_of, coordinator, issue, observer, of, office, officers_of, role, share, somebody,
};
use chrono::{DateTime, TimeDelta};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, State},
    id::ProfessionId,
    issue::{Issue, Status},
    office::Office,
    person::{Person, Rank},
    setting::AdviserGrant,
    visibility::{Seen, SharedIssue, View, view},
};
use std::collections::BTreeSet;

/// People in the order of the columns of the tables: coordinator; officer, contact and member of the
/// hospital, which raised it; of the pharmacists; a member of the dentists; the adviser without a
/// grant, with the desk, with tier 2, with the pharmacists' talk; an observer; an administrator of
/// the server without a role.
fn people() -> Vec<(&'static str, Office, Person)> {
    let with = |grant: AdviserGrant| {
        let mut office = office();
        office.settings.adviser_sees = grant;
        office
    };
    let desk = with(AdviserGrant {
        desk: true,
        ..AdviserGrant::default()
    });
    let tier2 = with(AdviserGrant {
        tier2: true,
        ..AdviserGrant::default()
    });
    let talk = with(AdviserGrant {
        associations: BTreeSet::from([PHARMACISTS]),
        ..AdviserGrant::default()
    });
    let plain = office();
    let rank = |association, rank| (plain.clone(), of(&plain, association, rank));
    let all = [
        ("coordinator", (plain.clone(), coordinator(&plain))),
        ("own officer", rank(HOSPITAL, Rank::Officer)),
        ("own contact", rank(HOSPITAL, Rank::Contact)),
        ("own member", rank(HOSPITAL, Rank::Member)),
        ("other officer", rank(PHARMACISTS, Rank::Officer)),
        ("other contact", rank(PHARMACISTS, Rank::Contact)),
        ("other member", rank(PHARMACISTS, Rank::Member)),
        ("member in no circle", rank(DENTISTS, Rank::Member)),
        ("adviser", (plain.clone(), adviser(&plain))),
        ("adviser at the desk", (desk.clone(), adviser(&desk))),
        ("adviser in the circles", (tier2.clone(), adviser(&tier2))),
        ("adviser in the talk", (talk.clone(), adviser(&talk))),
        ("observer", (plain.clone(), observer(&plain))),
        ("administrator", (plain.clone(), somebody(&plain, &[]))),
    ];
    all.into_iter()
        .map(|(name, (office, person))| (name, office, person))
        .collect()
}

/// D everything, o the original wording, s the share, - nothing; one letter per person.
fn readers(issue: &Issue, disclosures: &[Disclosure]) -> String {
    people()
        .iter()
        .map(
            |(_, office, person)| match view(issue.clone(), disclosures, person, office) {
                Some(Seen::Whole(_, View::Desk(_))) => 'D',
                Some(Seen::Whole(_, View::Wording)) => 'o',
                Some(Seen::Shared(_)) => 's',
                None => '-',
            },
        )
        .collect()
}

fn at(destination: Destination) -> Issue {
    Issue {
        destination,
        ..issue()
    }
}

const NOBODY_ELSE: &str = "Doo------o----";

#[test]
fn an_approved_share_is_read_by_its_audience_and_nobody_else() {
    for (audience, expected) in [
        (Audience::Desk, NOBODY_ELSE),
        (WIDE, "Doossss--os---"),
        (CLOSE, "Doos-----os---"),
        (Audience::Region, "Doossssssosss-"),
        (all_of(PHARMACISTS), "Doo-sss--o-s--"),
        (officers_of(PHARMACISTS), "Doo-s----o----"),
        (contacts_of(PHARMACISTS), "Doo--s---o----"),
        (all_of(HOSPITAL), "Doos-----o----"),
        (officers_of(HOSPITAL), NOBODY_ELSE),
        (all_of(DENTISTS), "Doo----s-o----"),
        (all_of(CARE_MANAGERS), NOBODY_ELSE),
    ] {
        let shared = [share(1, audience, State::Approved, 5)];
        assert_eq!(readers(&issue(), &shared), expected, "{audience:?}");
        for state in [
            State::Proposed,
            State::Declined,
            State::Withdrawn,
            State::Replaced,
        ] {
            let not_shared = [share(1, audience, state, 5)];
            let found = readers(&issue(), &not_shared);
            assert_eq!(found, NOBODY_ELSE, "{audience:?} {state:?}");
        }
    }
}

#[test]
fn whoever_sits_at_the_desk_reads_along_while_the_desk_has_to_decide() {
    let in_the_talk = at(Destination::Tier1(HOSPITAL));
    for (audience, state, expected) in [
        (CLOSE, State::Proposed, "Doo------o----"),
        (CLOSE, State::Declined, "Doo-----------"),
        (Audience::Desk, State::Approved, "Doo------o----"),
        (Audience::Desk, State::Withdrawn, "Doo-----------"),
        (CLOSE, State::Approved, "Doos------s---"),
    ] {
        let found = readers(&in_the_talk, &[share(1, audience, state, 5)]);
        assert_eq!(found, expected, "{audience:?} {state:?}");
    }
}

#[test]
fn where_the_original_stands_a_share_takes_nothing_away() {
    let open = at(Destination::Tier3);
    let shared = [share(1, WIDE, State::Approved, 5)];
    assert_eq!(readers(&open, &shared), "Doooooooooooo-");
}

#[test]
fn what_was_taken_back_is_found_by_nobody() {
    let retracted = Issue {
        retracted: true,
        ..at(Destination::Tier3)
    };
    let shared = [share(1, Audience::Region, State::Approved, 5)];
    assert_eq!(readers(&retracted, &shared), "--------------");
}

#[test]
fn what_the_desk_keeps_private_is_read_by_the_same_people() {
    let kept = Issue {
        kept_private: true,
        ..issue()
    };
    assert_eq!(readers(&kept, &[]), NOBODY_ELSE);
}

#[test]
fn whoever_wrote_it_down_reads_the_original_while_they_may_write() {
    let office = office();
    let shared = [share(1, Audience::Region, State::Approved, 5)];
    let member = office.person(REPORTER, &[role(DENTISTS, Rank::Member)], false);
    let found = view(issue(), &shared, &member, &office);
    assert!(matches!(found, Some(Seen::Whole(_, View::Wording))));
    let left = office.person(REPORTER, &[], false);
    assert!(view(issue(), &shared, &left, &office).is_none());
}

/// What a person who may not read the original is told.
fn told(disclosures: &[Disclosure], association: domain::id::AssociationId) -> SharedIssue {
    let office = office();
    let member = of(&office, association, Rank::Member);
    match view(issue(), disclosures, &member, &office) {
        Some(Seen::Shared(shared)) => shared,
        other => panic!("a share was expected, not {other:?}"),
    }
}

#[test]
fn of_several_shares_the_narrowest_counts_and_then_the_newest() {
    use State::{Approved, Proposed, Replaced};
    let one = |version, audience, state| share(version, audience, state, version);
    let region = one(4, Audience::Region, Approved);
    for (disclosures, expected) in [
        (vec![one(1, WIDE, Approved), region.clone()], 1),
        (vec![one(1, WIDE, Replaced), region.clone()], 4),
        (vec![one(1, CLOSE, Approved), one(2, WIDE, Approved)], 1),
        (vec![one(1, WIDE, Approved), one(2, CLOSE, Approved)], 2),
        (
            vec![one(1, all_of(HOSPITAL), Approved), one(2, CLOSE, Approved)],
            1,
        ),
        (vec![one(1, WIDE, Approved), one(5, WIDE, Proposed)], 1),
        (vec![one(1, officers_of(HOSPITAL), Approved), region], 4),
    ] {
        let told = told(&disclosures, HOSPITAL);
        assert_eq!(told.version, expected, "{disclosures:?}");
        assert_eq!(told.wording, format!("{expected}つめの文"));
    }
    let mut office = office();
    office.circles[0].associations.remove(&CARE_MANAGERS);
    let both = [one(1, WIDE, Approved), one(2, CLOSE, Approved)];
    let member = of(&office, HOSPITAL, Rank::Member);
    let Some(Seen::Shared(newest)) = view(issue(), &both, &member, &office) else {
        panic!("both circles hold the hospital");
    };
    assert_eq!(newest.version, 2, "two circles of two associations each");
}

#[test]
fn a_share_tells_its_wording_and_how_far_it_has_come_and_nothing_else() {
    let mut shared = share(3, WIDE, State::Approved, 60);
    let nine = DateTime::UNIX_EPOCH + TimeDelta::minutes(60);
    let expected = SharedIssue {
        id: issue().id,
        revision: 4,
        kind: issue().kind,
        tier: issue().tier,
        status: Status::Open,
        later_year: None,
        wording: "3つめの文".to_owned(),
        source: None,
        version: 3,
        told_at: nine,
        changed_at: issue().changed_at,
    };
    assert_eq!(told(&[shared.clone()], PHARMACISTS), expected);
    shared.names_source = true;
    assert_eq!(
        told(&[shared], PHARMACISTS).source,
        Some((Some(HOSPITAL), Some(ProfessionId(2))))
    );
}
