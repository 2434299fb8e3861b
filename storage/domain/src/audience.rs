//! Audiences: who may read what stands in a channel.
//!
//! A destination (use of a channel) declares its audience as roles of the office. Before anything is
//! sent, the channel's real permissions are compared with that declaration ([`crate::proof`]).

use crate::{
    id::{AssociationId, CircleId, RoleId},
    office::{Capacity, Office, Use},
    person::{Person, Rank},
    speaker::Desk,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a channel is used for, and so who its audience is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Destination {
    /// 相談窓口
    Desk,
    /// The private channel of an association (一次連携).
    Tier1(AssociationId),
    /// The channel of a circle (二次連携).
    Tier2(CircleId),
    /// 三次連携
    Tier3,
    /// 進捗
    Progress,
    /// 行政通知
    Notice,
    /// The feedback channel of an association.
    Feedback(AssociationId),
    /// The server's own list of events: no channel, and every member of the server sees it.
    Event,
}

impl From<Use> for Destination {
    fn from(used: Use) -> Self {
        match used {
            Use::Desk => Self::Desk,
            Use::Tier3 => Self::Tier3,
            Use::Progress => Self::Progress,
            Use::Notice => Self::Notice,
        }
    }
}

impl Destination {
    /// The stable word under which it is stored: `desk`, `tier1:3`, `tier2:1`, `tier3` …
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Desk => "desk".to_owned(),
            Self::Tier1(id) => format!("tier1:{id}"),
            Self::Tier2(id) => format!("tier2:{id}"),
            Self::Tier3 => "tier3".to_owned(),
            Self::Progress => "progress".to_owned(),
            Self::Notice => "notice".to_owned(),
            Self::Feedback(id) => format!("feedback:{id}"),
            Self::Event => "event".to_owned(),
        }
    }

    /// The destination of a stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (name, id) = match code.split_once(':') {
            Some((name, id)) => (name, Some(id.parse::<i64>().ok()?)),
            None => (code, None),
        };
        Some(match (name, id) {
            ("desk", None) => Self::Desk,
            ("tier1", Some(id)) => Self::Tier1(AssociationId(id)),
            ("tier2", Some(id)) => Self::Tier2(CircleId(id)),
            ("tier3", None) => Self::Tier3,
            ("progress", None) => Self::Progress,
            ("notice", None) => Self::Notice,
            ("event", None) => Self::Event,
            ("feedback", Some(id)) => Self::Feedback(AssociationId(id)),
            _ => return None,
        })
    }

    /// Proof of the desk, for what is written to the desk's own channel.
    #[must_use]
    pub fn desk(self) -> Option<Desk> {
        (self == Self::Desk).then_some(Desk(()))
    }

    /// The channel bound to it now, if any.
    #[must_use]
    pub fn channel(self, office: &Office) -> Option<crate::id::ChannelId> {
        match self {
            Self::Desk => office.channel(Use::Desk),
            Self::Tier3 => office.channel(Use::Tier3),
            Self::Progress => office.channel(Use::Progress),
            Self::Notice => office.channel(Use::Notice),
            Self::Tier1(id) => office.association(id)?.channel,
            Self::Feedback(id) => office.association(id)?.feedback,
            Self::Tier2(id) => office.circle(id).map(|circle| circle.channel),
            Self::Event => None,
        }
    }

    /// Whether a person belongs to its audience.
    #[must_use]
    pub fn is_for(self, person: &Person, office: &Office) -> bool {
        let grant = &office.settings.adviser_sees;
        if person.coordinator {
            return true;
        }
        match self {
            Self::Desk => person.adviser && grant.desk,
            Self::Tier1(id) | Self::Feedback(id) => {
                let talks = office.association(id).is_some_and(|association| {
                    person
                        .rank_in(id)
                        .is_some_and(|rank| association.talks_with(rank))
                });
                talks || (person.adviser && grant.associations.contains(&id))
            }
            Self::Tier2(id) => {
                let within = office.circle(id).is_some_and(|circle| {
                    person
                        .memberships
                        .iter()
                        .any(|m| circle.associations.contains(&m.association))
                });
                within || (person.adviser && grant.tier2)
            }
            Self::Tier3 | Self::Progress | Self::Notice => person.is_known(),
            Self::Event => true,
        }
    }

    /// The roles that may see a channel of this use: exactly those whose holders belong to its
    /// audience. `None` when the association or circle no longer exists, and for what is no channel.
    #[must_use]
    pub fn declared_roles(self, office: &Office) -> Option<BTreeSet<RoleId>> {
        let grant = &office.settings.adviser_sees;
        let mut roles: BTreeSet<RoleId> = office.role(Capacity::Coordinator).into_iter().collect();
        let adviser = match self {
            Self::Desk => grant.desk,
            Self::Tier1(id) | Self::Feedback(id) => {
                let association = office.association(id)?;
                roles.extend(Rank::ALL.iter().copied().filter_map(|rank| {
                    association
                        .talks_with(rank)
                        .then(|| association.role(rank))
                        .flatten()
                }));
                grant.associations.contains(&id)
            }
            Self::Tier2(id) => {
                let circle = office.circle(id)?;
                roles.extend(
                    office
                        .associations
                        .iter()
                        .filter(|association| circle.associations.contains(&association.id))
                        .flat_map(|a| Rank::ALL.iter().filter_map(|rank| a.role(*rank))),
                );
                grant.tier2
            }
            Self::Tier3 | Self::Progress | Self::Notice => {
                roles.extend(office.associations.iter().flat_map(|association| {
                    Rank::ALL.iter().filter_map(|rank| association.role(*rank))
                }));
                roles.extend(office.role(Capacity::Observer));
                true
            }
            Self::Event => return None,
        };
        if adviser {
            roles.extend(office.role(Capacity::Adviser));
        }
        Some(roles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_destination_survives_being_stored() {
        for destination in [
            Destination::Desk,
            Destination::Tier1(AssociationId(3)),
            Destination::Tier2(CircleId(1)),
            Destination::Tier3,
            Destination::Progress,
            Destination::Notice,
            Destination::Feedback(AssociationId(3)),
            Destination::Event,
        ] {
            assert_eq!(
                Destination::from_code(&destination.code()),
                Some(destination)
            );
        }
        for code in ["", "tier1", "tier1:", "tier1:x", "desk:1", "tier4"] {
            assert_eq!(Destination::from_code(code), None, "{code}");
        }
    }
}
