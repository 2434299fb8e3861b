//! By chance: whatever an office, its people, its issues and its shares look like, an association's
//! feedback never carries words of another that were not disclosed to it.

use crate::{
    chance::{some_disclosures, some_issue, some_office},
    town::{REPORTER, role},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, State},
    feedback::{Change, Item, Occasion, Own, Readers, Window, gather},
    id::{AssociationId, IssueId, UserId},
    issue::{Issue, Status},
    office::{Office, Talk},
    person::{Person, Rank},
    visibility::{Seen, view},
};
use proptest::{collection::vec, prelude::*, sample::select};

/// Issues with what was shared of them: each with words of its own, so that whose they are is seen.
fn some_history() -> impl Strategy<Value = Vec<(Issue, Vec<Disclosure>)>> {
    let one = (some_issue(), some_disclosures(), 0..40_i64);
    vec(one, 1..6).prop_map(|drawn| {
        (1..)
            .zip(drawn)
            .map(|(number, (issue, disclosures, minute))| {
                let id = IssueId(number);
                let issue = Issue {
                    id,
                    text: format!("{number}の元の文"),
                    created_at: at(minute),
                    ..issue
                };
                let disclosures = disclosures.into_iter().map(|one| Disclosure {
                    issue: id,
                    wording: format!("{number}の{}つめの文", one.version),
                    ..one
                });
                (issue, disclosures.collect())
            })
            .collect()
    })
}

fn some_changes() -> impl Strategy<Value = Vec<Change>> {
    let one = (
        1..6_i64,
        0..40_i64,
        select(Status::ALL),
        select(Status::ALL),
    );
    let change = |(issue, minute, from, to)| Change {
        issue: IssueId(issue),
        at: at(minute),
        from,
        to,
    };
    vec(one.prop_map(change), 0..12)
}

fn some_window() -> impl Strategy<Value = Window> {
    (proptest::option::of(0..20_i64), 10..40_i64).prop_map(|(since, until)| Window {
        since: since.map(at),
        until: at(until),
    })
}

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

/// Everybody who can see the association's feedback channel, said once more and plainly: officers and
/// contacts, members where the talk is theirs, the adviser where granted.
fn channel(office: &Office, association: AssociationId) -> Vec<Person> {
    let known = office.association(association).expect("it exists");
    let mut ranks = vec![Rank::Officer, Rank::Contact];
    if known.talk == Talk::Members {
        ranks.push(Rank::Member);
    }
    let of = |roles: &[_]| office.person(UserId(1), roles, false);
    let mut people: Vec<Person> = ranks
        .into_iter()
        .map(|rank| of(&[role(association, rank)]))
        .collect();
    if office
        .settings
        .adviser_sees
        .associations
        .contains(&association)
    {
        people.push(of(&[domain::id::RoleId(92)]));
    }
    for person in &people {
        assert!(Destination::Feedback(association).is_for(person, office));
    }
    people
}

/// The words a feedback carries, each with the issue they are of.
fn carried(
    readers: &Readers<'_>,
    items: &[Item],
    history: &[(Issue, Vec<Disclosure>)],
) -> Vec<(IssueId, String)> {
    let mut words = Vec::new();
    for id in items.iter().filter_map(Item::issue) {
        let (issue, disclosures) = history
            .iter()
            .find(|(issue, _)| issue.id == id)
            .expect("what was chosen is on record");
        if let Some(Own::Wording(text)) = readers.read_own(issue, disclosures) {
            words.push((id, text.to_owned()));
        }
        if let Some(shared) = readers.read_other(issue, disclosures) {
            words.push((id, shared.wording));
        }
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn feedback_to_one_association_never_carries_undisclosed_words_of_another(
        office in some_office(),
        history in some_history(),
        changes in some_changes(),
        window in some_window(),
        to in 1..=4_i64,
    ) {
        let to = AssociationId(to);
        let readers = Readers::of(&office, to).expect("it exists");
        let items = gather(&readers, window, Occasion::default(), &history, &changes);
        let people = channel(&office, to);
        for (id, words) in carried(&readers, &items, &history) {
            let (issue, disclosures) = history.iter().find(|(one, _)| one.id == id).expect("it is");
            prop_assert!(!issue.retracted);
            if issue.association == Some(to) {
                prop_assert_eq!(&words, &issue.text);
                for person in &people {
                    let seen = view(issue.clone(), disclosures, person, &office);
                    prop_assert!(matches!(seen, Some(Seen::Whole(..))), "{person:?}");
                }
                continue;
            }
            prop_assert_ne!(&words, &issue.text, "the words of another");
            let told = disclosures.iter().find(|one| one.wording == words);
            let told = told.expect("these words are a disclosure's");
            prop_assert_eq!(told.state, State::Approved);
            prop_assert_ne!(told.audience, Audience::Desk);
            for person in &people {
                prop_assert!(told.audience.includes(person, &office), "{person:?}");
            }
            prop_assert!(window.holds(told.decided_at.expect("it was approved")));
        }
    }

    #[test]
    fn feedback_is_about_what_its_association_raised_or_was_told_and_nothing_else(
        office in some_office(),
        history in some_history(),
        changes in some_changes(),
        window in some_window(),
        to in 1..=4_i64,
    ) {
        let to = AssociationId(to);
        let readers = Readers::of(&office, to).expect("it exists");
        for item in gather(&readers, window, Occasion::default(), &history, &changes) {
            let id = item.issue().expect("only issues were drawn");
            let (issue, _) = history.iter().find(|(one, _)| one.id == id).expect("it is");
            prop_assert!(!issue.retracted);
            match item {
                Item::Raised(_) => {
                    prop_assert_eq!(issue.association, Some(to));
                    prop_assert!(window.holds(issue.created_at));
                }
                Item::Moved { from, to: after, .. } => {
                    prop_assert_eq!(issue.association, Some(to));
                    prop_assert_ne!(from, after);
                }
                Item::Answer(_) => prop_assert_ne!(issue.association, Some(to)),
                Item::Session(_) | Item::Review(_) => prop_assert!(false, "{item:?}"),
            }
        }
    }

    #[test]
    fn whoever_wrote_it_down_lends_nobody_their_eyes(
        office in some_office(),
        history in some_history(),
        to in 1..=4_i64,
    ) {
        let readers = Readers::of(&office, AssociationId(to)).expect("it exists");
        let reporter = readers.all(|person, _| person.user == REPORTER);
        prop_assert!(!reporter);
        for (issue, disclosures) in &history {
            if issue.association != Some(AssociationId(to)) {
                prop_assert_eq!(readers.read_own(issue, disclosures), None);
            }
        }
    }
}
