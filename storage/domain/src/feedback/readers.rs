//! Who reads the feedback of an association, and what all of them may read.
//!
//! A post in a channel is read by everybody there. So an issue is quoted only where every kind of person
//! in the audience of the feedback channel may read the words by themselves ([`crate::visibility`]): the
//! ranks that take part in the association's talk, and the adviser where the office lets the adviser in.

use crate::{
    audience::Destination,
    disclosure::Disclosure,
    id::{AssociationId, UserId},
    issue::Issue,
    office::Office,
    person::{Membership, Person, Rank},
    visibility::{Seen, SharedIssue, view},
};
use std::cmp::Reverse;

/// One person of every kind that reads an association's feedback.
#[derive(Clone, Debug)]
pub struct Readers<'o> {
    office: &'o Office,
    association: AssociationId,
    people: Vec<Person>,
}

/// What the readers are told of an issue of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Own<'i> {
    /// Its wording as given.
    Wording(&'i str),
    /// It is counted only: somebody in the channel may not read its words.
    Counted,
}

/// Nobody's id: Discord's are never 0, so that nobody is taken for whoever wrote an issue down.
const NOBODY: UserId = UserId(0);

impl<'o> Readers<'o> {
    /// The readers of an association's feedback; `None` when the office has no such association.
    #[must_use]
    pub fn of(office: &'o Office, association: AssociationId) -> Option<Self> {
        let known = office.association(association)?;
        let person = |rank: Option<Rank>| Person {
            user: NOBODY,
            coordinator: false,
            adviser: rank.is_none(),
            observer: false,
            administrator: false,
            memberships: rank
                .map(|rank| Membership {
                    association,
                    rank,
                    contact: rank == Rank::Contact,
                })
                .into_iter()
                .collect(),
        };
        let ranks = Rank::ALL.iter().filter(|rank| known.talks_with(**rank));
        let mut people: Vec<Person> = ranks.map(|rank| person(Some(*rank))).collect();
        let adviser = person(None);
        if Destination::Feedback(association).is_for(&adviser, office) {
            people.push(adviser);
        }
        Some(Self {
            office,
            association,
            people,
        })
    }

    /// The association.
    #[must_use]
    pub fn association(&self) -> AssociationId {
        self.association
    }

    /// Whether something holds for everybody who reads it.
    #[must_use]
    pub fn all(&self, may: impl Fn(&Person, &Office) -> bool) -> bool {
        // An association without anybody would read everything.
        !self.people.is_empty() && self.people.iter().all(|person| may(person, self.office))
    }

    /// Whether an issue is the association's own, and still stands.
    #[must_use]
    pub fn own(&self, issue: &Issue) -> bool {
        issue.association == Some(self.association) && !issue.retracted
    }

    /// What they are told of an issue of their own; `None` for any other.
    #[must_use]
    pub fn read_own<'i>(&self, issue: &'i Issue, disclosures: &[Disclosure]) -> Option<Own<'i>> {
        if !self.own(issue) {
            return None;
        }
        let is_read = self.all(|person, office| {
            let seen = view(issue.clone(), disclosures, person, office);
            matches!(seen, Some(Seen::Whole(..)))
        });
        Some(if is_read {
            Own::Wording(&issue.text)
        } else {
            Own::Counted
        })
    }

    /// What they are told of an issue of another association, or of nobody's: the wording that was
    /// approved for an audience all of them are in, the narrowest, of equally narrow ones the newest.
    /// Never an original, not even one that was said openly.
    #[must_use]
    pub fn read_other(&self, issue: &Issue, disclosures: &[Disclosure]) -> Option<SharedIssue> {
        if issue.retracted || issue.association == Some(self.association) {
            return None;
        }
        disclosures
            .iter()
            .filter(|disclosure| disclosure.issue == issue.id && disclosure.is_approved())
            .filter(|disclosure| self.all(|one, office| disclosure.audience.includes(one, office)))
            .min_by_key(|disclosure| {
                let width = disclosure.audience.width(self.office);
                (width, Reverse(disclosure.version))
            })
            .map(|disclosure| SharedIssue::of(issue, disclosure))
    }
}
