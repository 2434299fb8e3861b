//! Disclosures (共有): a wording of a confidential issue that somebody wrote for a stated audience and
//! a coordinator approved (seed 000, chapter 2 (1) and Q4; DESIGN section 2, rules 2 and 3).
//!
//! An audience here is a group of people, with or without a channel of its own; the proof that a
//! channel holds nobody else is in [`crate::audience`]. Which of several shares a person reads is in
//! [`crate::visibility`].

use crate::{
    audience::Destination,
    id::{AssociationId, CircleId, IssueId, UserId},
    issue::Issue,
    office::Office,
    person::{Person, Rank},
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

mod offer;

pub use offer::offered_audience;

/// Most disclosures one issue may have, whatever became of them.
pub const PER_ISSUE_MAX: usize = 100;

/// Whom of an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Officers, contacts and members.
    Everyone,
    /// 三役.
    Officers,
    /// 連携担当, officers who hold that role as well among them.
    Contacts,
}

/// For whom a wording is written. The desk reads everything, so coordinators are in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// 相談窓口
    Desk,
    /// 二次連携: the associations of a circle.
    Circle(CircleId),
    /// 三次連携: everybody the office knows.
    Region,
    /// Some or all of an association.
    Association(AssociationId, Group),
}

impl Audience {
    /// The stable word under which it is stored: `desk`, `tier2:1`, `tier3`, `association:3`,
    /// `association:3:officers`, `association:3:contacts`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Desk => "desk".to_owned(),
            Self::Circle(id) => format!("tier2:{id}"),
            Self::Region => "tier3".to_owned(),
            Self::Association(id, Group::Everyone) => format!("association:{id}"),
            Self::Association(id, Group::Officers) => format!("association:{id}:officers"),
            Self::Association(id, Group::Contacts) => format!("association:{id}:contacts"),
        }
    }

    /// The audience of a stored word; `None` for a word this version does not know.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.split(':');
        let name = parts.next()?;
        let id = match parts.next() {
            Some(id) => Some(id.parse::<i64>().ok()?),
            None => None,
        };
        let group = parts.next();
        if parts.next().is_some() {
            return None;
        }
        Some(match (name, id, group) {
            ("desk", None, None) => Self::Desk,
            ("tier2", Some(id), None) => Self::Circle(CircleId(id)),
            ("tier3", None, None) => Self::Region,
            ("association", Some(id), group) => Self::Association(
                AssociationId(id),
                match group {
                    None => Group::Everyone,
                    Some("officers") => Group::Officers,
                    Some("contacts") => Group::Contacts,
                    Some(_) => return None,
                },
            ),
            _ => return None,
        })
    }

    /// The channel whose readers all belong to it, while it is bound. Officers or contacts alone have
    /// none: they read with `/issue show`.
    #[must_use]
    pub fn destination(self, office: &Office) -> Option<Destination> {
        let destination = match self {
            Self::Desk => Destination::Desk,
            Self::Circle(id) => Destination::Tier2(id),
            Self::Region => Destination::Tier3,
            Self::Association(id, Group::Everyone) => Destination::Tier1(id),
            Self::Association(_, Group::Officers | Group::Contacts) => return None,
        };
        destination.channel(office).map(|_| destination)
    }

    /// Whether a person belongs to it: coordinators always, the adviser where the office lets the
    /// adviser take part. A grant for an association's talk is one for what the whole association is
    /// told, never for what is meant for its officers or its contacts alone.
    #[must_use]
    pub fn includes(self, person: &Person, office: &Office) -> bool {
        let (association, group) = match self {
            Self::Desk => return Destination::Desk.is_for(person, office),
            Self::Circle(id) => return Destination::Tier2(id).is_for(person, office),
            Self::Region => return Destination::Tier3.is_for(person, office),
            Self::Association(association, group) => (association, group),
        };
        let theirs = person
            .memberships
            .iter()
            .filter(|membership| membership.association == association)
            .any(|membership| match group {
                Group::Everyone => true,
                Group::Officers => membership.rank == Rank::Officer,
                Group::Contacts => membership.contact,
            });
        let granted = group == Group::Everyone
            && person.adviser
            && office
                .settings
                .adviser_sees
                .associations
                .contains(&association);
        person.coordinator || theirs || granted
    }

    /// How wide it is: of two audiences the one with the smaller number is the narrower. An audience
    /// that lies within another is never wider than it.
    #[must_use]
    pub fn width(self, office: &Office) -> usize {
        match self {
            Self::Desk => 0,
            Self::Association(_, Group::Officers | Group::Contacts) => 1,
            Self::Association(_, Group::Everyone) => 2,
            // A circle of one association is as wide as that association.
            Self::Circle(id) => 1 + office.circle(id).map_or(0, |c| c.associations.len()),
            Self::Region => usize::MAX,
        }
    }

    /// Every audience of the office a person belongs to, with its width.
    #[must_use]
    pub fn of(person: &Person, office: &Office) -> BTreeMap<Self, usize> {
        let circles = office.circles.iter().map(|circle| Self::Circle(circle.id));
        let associations = office.associations.iter().flat_map(|association| {
            [Group::Everyone, Group::Officers, Group::Contacts]
                .map(|group| Self::Association(association.id, group))
        });
        [Self::Desk, Self::Region]
            .into_iter()
            .chain(circles)
            .chain(associations)
            .filter(|audience| audience.includes(person, office))
            .map(|audience| (audience, audience.width(office)))
            .collect()
    }

    /// Whether everybody of this audience belongs to the other: the way a share is narrowed. The
    /// adviser is left out of account, because where the adviser sits is a setting of the office and
    /// says nothing about how wide an audience is; the desk, which reads everything, is within all.
    #[must_use]
    pub fn is_within(self, other: Self, office: &Office) -> bool {
        if self == other || self == Self::Desk || other == Self::Region {
            return true;
        }
        let of_circle = |id| {
            office
                .circle(id)
                .map(|circle| circle.associations.clone())
                .unwrap_or_default()
        };
        let associations = match self {
            Self::Circle(id) => of_circle(id),
            Self::Association(id, _) => BTreeSet::from([id]),
            Self::Desk | Self::Region => return false,
        };
        match other {
            Self::Circle(id) => associations.is_subset(&of_circle(id)),
            Self::Association(id, Group::Everyone) => associations.iter().all(|one| *one == id),
            Self::Association(_, Group::Officers | Group::Contacts) | Self::Desk => false,
            Self::Region => true,
        }
    }
}

/// How far a disclosure has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It waits for a coordinator.
    Proposed,
    /// Its audience reads it.
    Approved,
    /// A coordinator said no; its audience never read it.
    Declined,
    /// Taken back after it was read: a sign without words stays where it stood.
    Withdrawn,
    /// A newer version, or one for a narrower audience, stands in its place.
    Replaced,
}

crate::codes!(State {
    Proposed = "proposed",
    Approved = "approved",
    Declined = "declined",
    Withdrawn = "withdrawn",
    Replaced = "replaced",
});

impl State {
    /// Whether a disclosure may go from this state to another. Nothing comes back: what was taken
    /// back is proposed anew, as a version of its own.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (
                Self::Proposed,
                Self::Approved | Self::Declined | Self::Replaced
            ) | (Self::Approved, Self::Withdrawn | Self::Replaced)
        )
    }
}

/// One version of what an audience is told about an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// The issue.
    pub issue: IssueId,
    /// Counts the versions of one issue, from 1. The words of a version never change.
    pub version: i64,
    /// For whom.
    pub audience: Audience,
    /// What they are told.
    pub wording: String,
    /// The wording is the original one; the source agreed to it.
    pub as_written: bool,
    /// Who raised the issue is named beside it (seed 000, Q4: only where it was ticked).
    pub names_source: bool,
    /// How far it has come.
    pub state: State,
    /// Who wrote it (Discord's id).
    pub proposed_by: UserId,
    /// When it was written.
    pub proposed_at: DateTime<Utc>,
    /// The coordinator who decided last.
    pub decided_by: Option<UserId>,
    /// When that was.
    pub decided_at: Option<DateTime<Utc>>,
}

impl Disclosure {
    /// Whether its audience reads it now.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.state == State::Approved
    }

    /// Whether it waits for a coordinator.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.state == State::Proposed
    }

    /// Whether its audience reads it, or once did.
    fn was_read(&self) -> bool {
        matches!(
            self.state,
            State::Approved | State::Withdrawn | State::Replaced
        )
    }
}

/// What of an issue stands at a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// The original, as far as the destination may read it.
    Whole,
    /// A shared wording, and nothing else of it.
    Shared(&'a Disclosure),
    /// A sign that something stood here and was taken back; drawn only where a post stands.
    Withdrawn,
}

/// What of an issue stands at a destination now; nothing for most.
///
/// The original stands where it is read ([`is_read_at`]), until another issue stands for it; what was
/// shared of it stands all the same. A replaced share leaves nothing, a withdrawn one its sign.
#[must_use]
pub fn shown_at<'a>(
    issue: &Issue,
    disclosures: &'a [Disclosure],
    destination: Destination,
    office: &Office,
) -> Option<Shown<'a>> {
    if issue.retracted {
        return None;
    }
    if issue.merged_into.is_none() && is_read_at(issue, disclosures, destination) {
        return Some(Shown::Whole);
    }
    let here = || {
        disclosures
            .iter()
            .filter(|disclosure| disclosure.audience.destination(office) == Some(destination))
    };
    if let Some(shared) = here()
        .filter(|disclosure| disclosure.is_approved())
        .max_by_key(|disclosure| disclosure.version)
    {
        return Some(Shown::Shared(shared));
    }
    here()
        .filter(|disclosure| disclosure.was_read())
        .max_by_key(|disclosure| (disclosure.decided_at, disclosure.version))
        .filter(|latest| latest.state == State::Withdrawn)
        .map(|_| Shown::Withdrawn)
}

/// Whether the readers of a destination read the original: where the issue was routed, and at the desk
/// as long as a proposal waits there or the issue is shared with the desk. That its card gave way to the
/// one of an issue that stands for it takes nothing from them.
#[must_use]
pub fn is_read_at(issue: &Issue, disclosures: &[Disclosure], destination: Destination) -> bool {
    let asks_desk = |disclosure: &Disclosure| {
        disclosure.is_waiting()
            || (disclosure.is_approved() && disclosure.audience == Audience::Desk)
    };
    let for_desk = destination == Destination::Desk && disclosures.iter().any(asks_desk);
    destination == issue.destination || for_desk
}

/// Every destination where something of the issue stands, or stood by a disclosure: what has to be
/// made right when a disclosure changes. Places that are no longer bound are not among them.
#[must_use]
pub fn places(issue: &Issue, disclosures: &[Disclosure], office: &Office) -> BTreeSet<Destination> {
    let shared = disclosures
        .iter()
        .filter(|disclosure| disclosure.was_read())
        .filter_map(|disclosure| disclosure.audience.destination(office));
    // The desk's card shows proposals and what became of them, wherever the issue itself stands.
    let desk = (!disclosures.is_empty()).then_some(Destination::Desk);
    shared.chain(desk).chain([issue.destination]).collect()
}
