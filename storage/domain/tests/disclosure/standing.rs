//! What of an issue stands where, through everything that can become of a disclosure.

use crate::town::{CLOSE, DENTISTS, HOSPITAL, WIDE, all_of, issue, office, officers_of, share};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, Shown, State, places, shown_at},
    id::CircleId,
    issue::Issue,
    office::Office,
};
use std::collections::BTreeSet;

use Destination::{Desk, Tier1, Tier2, Tier3};
use State::{Approved, Declined, Proposed, Replaced, Withdrawn};

const WIDE_CHANNEL: Destination = Tier2(CircleId(1));
const CLOSE_CHANNEL: Destination = Tier2(CircleId(2));

/// Every place an issue could stand at.
fn everywhere() -> Vec<Destination> {
    vec![
        Desk,
        Tier1(HOSPITAL),
        Tier1(DENTISTS),
        WIDE_CHANNEL,
        CLOSE_CHANNEL,
        Tier3,
        Destination::Progress,
        Destination::Notice,
        Destination::Feedback(HOSPITAL),
    ]
}

/// What stands at all, as `whole`, the version that is shown, or `withdrawn`.
fn standing(
    issue: &Issue,
    disclosures: &[Disclosure],
    office: &Office,
) -> Vec<(Destination, String)> {
    everywhere()
        .into_iter()
        .filter_map(|place| {
            let shown = match shown_at(issue, disclosures, place, office)? {
                Shown::Whole => "whole".to_owned(),
                Shown::Shared(disclosure) => disclosure.version.to_string(),
                Shown::Withdrawn => "withdrawn".to_owned(),
            };
            Some((place, shown))
        })
        .collect()
}

fn check(disclosures: &[Disclosure], shown: &[(Destination, &str)], right: &[Destination]) {
    let shown: Vec<(Destination, String)> = shown
        .iter()
        .map(|(place, what)| (*place, (*what).to_owned()))
        .collect();
    let office = office();
    let found = standing(&issue(), disclosures, &office);
    assert_eq!(found, shown, "{disclosures:?}");
    let found = places(&issue(), disclosures, &office);
    let right: BTreeSet<Destination> = right.iter().copied().collect();
    assert_eq!(found, right, "{disclosures:?}");
}

#[test]
fn the_way_of_a_share_from_the_proposal_to_its_end() {
    let desk = (Desk, "whole");
    let of = |version, audience, state, minute| share(version, audience, state, minute);
    check(&[], &[desk], &[Desk]);
    check(&[of(1, WIDE, Proposed, 0)], &[desk], &[Desk]);
    check(&[of(1, WIDE, Declined, 5)], &[desk], &[Desk]);
    check(
        &[of(1, WIDE, Approved, 5)],
        &[desk, (WIDE_CHANNEL, "1")],
        &[Desk, WIDE_CHANNEL],
    );
    // A better wording is proposed, and then approved.
    check(
        &[of(1, WIDE, Approved, 5), of(2, WIDE, Proposed, 0)],
        &[desk, (WIDE_CHANNEL, "1")],
        &[Desk, WIDE_CHANNEL],
    );
    check(
        &[of(1, WIDE, Replaced, 6), of(2, WIDE, Approved, 6)],
        &[desk, (WIDE_CHANNEL, "2")],
        &[Desk, WIDE_CHANNEL],
    );
    // Taken back, proposed again, approved again.
    check(
        &[of(1, WIDE, Withdrawn, 7)],
        &[desk, (WIDE_CHANNEL, "withdrawn")],
        &[Desk, WIDE_CHANNEL],
    );
    check(
        &[of(1, WIDE, Withdrawn, 7), of(2, WIDE, Declined, 8)],
        &[desk, (WIDE_CHANNEL, "withdrawn")],
        &[Desk, WIDE_CHANNEL],
    );
    check(
        &[of(1, WIDE, Withdrawn, 7), of(2, WIDE, Approved, 8)],
        &[desk, (WIDE_CHANNEL, "2")],
        &[Desk, WIDE_CHANNEL],
    );
    // An older proposal approved after a newer one, and then taken back: the last decision counts.
    check(
        &[of(1, WIDE, Withdrawn, 9), of(2, WIDE, Replaced, 8)],
        &[desk, (WIDE_CHANNEL, "withdrawn")],
        &[Desk, WIDE_CHANNEL],
    );
}

#[test]
fn what_was_narrowed_leaves_nothing_where_it_stood() {
    let desk = (Desk, "whole");
    check(
        &[share(1, WIDE, Replaced, 6), share(2, CLOSE, Approved, 6)],
        &[desk, (CLOSE_CHANNEL, "2")],
        &[Desk, WIDE_CHANNEL, CLOSE_CHANNEL],
    );
    // Narrowed to people without a channel: they read with `/issue show`.
    check(
        &[
            share(1, all_of(HOSPITAL), Replaced, 6),
            share(2, officers_of(HOSPITAL), Approved, 6),
        ],
        &[desk],
        &[Desk, Tier1(HOSPITAL)],
    );
}

#[test]
fn shares_of_several_audiences_stand_side_by_side() {
    check(
        &[
            share(1, WIDE, Approved, 5),
            share(2, Audience::Region, Approved, 6),
            share(3, all_of(DENTISTS), Approved, 7),
            share(4, all_of(HOSPITAL), Withdrawn, 8),
        ],
        &[
            (Desk, "whole"),
            (Tier1(HOSPITAL), "withdrawn"),
            (WIDE_CHANNEL, "1"),
            (Tier3, "2"),
        ],
        &[Desk, Tier1(HOSPITAL), WIDE_CHANNEL, Tier3],
    );
}

#[test]
fn the_desk_has_the_card_while_it_has_to_decide_or_is_told() {
    let in_the_talk = Issue {
        destination: Tier1(HOSPITAL),
        ..issue()
    };
    let talk = (Tier1(HOSPITAL), "whole".to_owned());
    let desk = |what: &str| (Desk, what.to_owned());
    for (disclosures, expected) in [
        (vec![], vec![talk.clone()]),
        (
            vec![share(1, WIDE, Proposed, 0)],
            vec![desk("whole"), talk.clone()],
        ),
        (vec![share(1, WIDE, Declined, 5)], vec![talk.clone()]),
        (
            vec![share(1, Audience::Desk, Approved, 5)],
            vec![desk("whole"), talk.clone()],
        ),
        (
            vec![share(1, Audience::Desk, Withdrawn, 6)],
            vec![desk("withdrawn"), talk.clone()],
        ),
        // The association's own channel has the original; a share to it changes nothing there.
        (
            vec![share(1, all_of(HOSPITAL), Approved, 5)],
            vec![talk.clone()],
        ),
    ] {
        let found = standing(&in_the_talk, &disclosures, &office());
        assert_eq!(found, expected, "{disclosures:?}");
        let right = places(&in_the_talk, &disclosures, &office());
        assert!(right.contains(&Tier1(HOSPITAL)));
        assert_eq!(right.contains(&Desk), !disclosures.is_empty());
    }
}

#[test]
fn where_the_original_moves_the_share_gives_way_and_comes_back() {
    let shared = [share(1, WIDE, Approved, 5)];
    let opened = Issue {
        destination: WIDE_CHANNEL,
        ..issue()
    };
    assert_eq!(
        standing(&opened, &shared, &office()),
        [(WIDE_CHANNEL, "whole".to_owned())]
    );
    let back = standing(&issue(), &shared, &office());
    assert_eq!(
        back,
        [(Desk, "whole".to_owned()), (WIDE_CHANNEL, "1".to_owned())]
    );
}

#[test]
fn a_circle_that_is_no_longer_bound_shows_nothing() {
    let mut office = office();
    let shared = [share(1, WIDE, Approved, 5), share(2, CLOSE, Withdrawn, 6)];
    office.circles.clear();
    assert_eq!(
        standing(&issue(), &shared, &office),
        [(Desk, "whole".to_owned())]
    );
    assert_eq!(places(&issue(), &shared, &office), BTreeSet::from([Desk]));
}

#[test]
fn an_issue_that_was_taken_back_stands_nowhere_and_is_taken_down_everywhere() {
    let retracted = Issue {
        retracted: true,
        ..issue()
    };
    let shared = [share(1, WIDE, Approved, 5), share(2, CLOSE, Proposed, 0)];
    assert_eq!(standing(&retracted, &shared, &office()), []);
    assert_eq!(
        places(&retracted, &shared, &office()),
        BTreeSet::from([Desk, WIDE_CHANNEL])
    );
}
