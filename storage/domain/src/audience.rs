//! Audiences: who may read what stands in a channel, and the proof that nobody else can.
//!
//! A destination (use of a channel) declares its audience as roles of the office. Before anything is
//! sent, the channel's real permissions are compared with that declaration (DESIGN section 2, rule 5).

use crate::{
    id::{AssociationId, CircleId, RoleId, UserId},
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
        }
    }

    /// The roles that may see a channel of this use: exactly those whose holders belong to its
    /// audience. `None` when the association or circle no longer exists.
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
        };
        if adviser {
            roles.extend(office.role(Capacity::Adviser));
        }
        Some(roles)
    }
}

/// One role of a server, as far as seeing is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolePicture {
    /// Discord's id. The @everyone role has the server's id.
    pub id: RoleId,
    /// May see channels by default.
    pub views: bool,
    /// Administrator: sees everything whatever a channel says.
    pub administers: bool,
    /// People can give it to themselves (onboarding prompt).
    pub self_assigned: bool,
    /// Belongs to a bot or an integration.
    pub managed: bool,
}

/// What one overwrite of a channel says about seeing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// A role is allowed (`true`) or denied (`false`) to see.
    Role(RoleId, bool),
    /// A single member is allowed or denied to see.
    Member(UserId, bool),
}

/// A channel's permissions as Discord last told them; threads carry those of their parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelPicture {
    /// The @everyone role.
    pub everyone: RoleId,
    /// All roles of the server, @everyone among them.
    pub roles: Vec<RolePicture>,
    /// The channel's overwrites that mention seeing.
    pub overwrites: Vec<Overwrite>,
    /// The bot itself: its overwrite is expected.
    pub bot: UserId,
    /// Roles the bot holds: they see what the bot must see.
    pub bot_roles: BTreeSet<RoleId>,
}

/// Why a channel is not what its use declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// The use is not bound, or its association or circle is gone.
    Unbound,
    /// Nothing is known of the channel (deleted, or the bot cannot see it).
    UnknownChannel,
    /// Everybody in the server can see it.
    Everyone,
    /// Roles outside the declared audience can see it.
    Roles(BTreeSet<RoleId>),
    /// People with an overwrite of their own can see it.
    Members(BTreeSet<UserId>),
    /// Roles of the audience that people can give themselves.
    SelfAssigned(BTreeSet<RoleId>),
}

impl ChannelPicture {
    fn overwrite_of(&self, role: RoleId) -> Option<bool> {
        self.overwrites
            .iter()
            .find_map(|overwrite| match overwrite {
                Overwrite::Role(id, allowed) if *id == role => Some(*allowed),
                _ => None,
            })
    }

    /// Whether somebody who holds only this role (and @everyone) sees the channel.
    ///
    /// That is enough for any set of roles: a set sees a channel only if one of its roles alone does,
    /// because role denies of others can only take away (Discord, topics/permissions).
    fn role_sees(&self, role: &RolePicture) -> bool {
        let base = role.views || self.roles.iter().any(|r| r.id == self.everyone && r.views);
        let after_everyone = self.overwrite_of(self.everyone).unwrap_or(base);
        if role.id == self.everyone {
            return after_everyone;
        }
        self.overwrite_of(role.id).unwrap_or(after_everyone)
    }

    /// Proves that only the declared roles can see the channel.
    ///
    /// Owner, administrators and the bot's own roles see everything and are not part of the proof;
    /// other managed roles are treated as any role.
    ///
    /// # Errors
    /// The first kind of drift found, with everybody it concerns.
    pub fn prove(&self, declared: &BTreeSet<RoleId>) -> Result<(), Drift> {
        let Some(everyone) = self.roles.iter().find(|role| role.id == self.everyone) else {
            return Err(Drift::UnknownChannel);
        };
        if self.role_sees(everyone) {
            return Err(Drift::Everyone);
        }
        let foreign: BTreeSet<RoleId> = self
            .roles
            .iter()
            .filter(|role| !role.administers && !declared.contains(&role.id))
            .filter(|role| !self.bot_roles.contains(&role.id) && self.role_sees(role))
            .map(|role| role.id)
            .collect();
        if !foreign.is_empty() {
            return Err(Drift::Roles(foreign));
        }
        let members: BTreeSet<UserId> = self
            .overwrites
            .iter()
            .filter_map(|overwrite| match overwrite {
                Overwrite::Member(user, true) if *user != self.bot => Some(*user),
                _ => None,
            })
            .collect();
        if !members.is_empty() {
            return Err(Drift::Members(members));
        }
        let self_assigned: BTreeSet<RoleId> = self
            .roles
            .iter()
            .filter(|role| role.self_assigned && declared.contains(&role.id))
            .map(|role| role.id)
            .collect();
        if !self_assigned.is_empty() {
            return Err(Drift::SelfAssigned(self_assigned));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYONE: RoleId = RoleId(1);
    const PHARMACISTS: RoleId = RoleId(2);
    const OTHERS: RoleId = RoleId(3);
    const ADMIN: RoleId = RoleId(4);
    const BOT_ROLE: RoleId = RoleId(5);
    const BOT: UserId = UserId(90);

    fn role(id: RoleId, views: bool) -> RolePicture {
        RolePicture {
            id,
            views,
            administers: id == ADMIN,
            self_assigned: false,
            managed: false,
        }
    }

    fn picture(everyone_views: bool, overwrites: &[Overwrite]) -> ChannelPicture {
        ChannelPicture {
            everyone: EVERYONE,
            roles: vec![
                role(EVERYONE, everyone_views),
                role(PHARMACISTS, true),
                role(OTHERS, true),
                role(ADMIN, true),
                role(BOT_ROLE, true),
            ],
            overwrites: overwrites.to_vec(),
            bot: BOT,
            bot_roles: BTreeSet::from([BOT_ROLE]),
        }
    }

    #[test]
    fn a_channel_is_proven_only_when_nobody_else_can_see_it() {
        use Overwrite::{Member, Role};
        let hidden = [
            Role(EVERYONE, false),
            Role(PHARMACISTS, true),
            Member(BOT, true),
        ];
        let with = |more: Overwrite| [&hidden[..], &[more]].concat();
        let check = |p: ChannelPicture| p.prove(&BTreeSet::from([PHARMACISTS]));

        assert_eq!(check(picture(true, &hidden)), Ok(()));
        assert_eq!(check(picture(true, &[])), Err(Drift::Everyone));
        assert_eq!(
            check(picture(
                false,
                &[Role(EVERYONE, true), Role(PHARMACISTS, true)]
            )),
            Err(Drift::Everyone)
        );
        // Hidden by the server's default only: a role that may view by default still sees it.
        assert_eq!(
            check(picture(false, &[Role(PHARMACISTS, true)])),
            Err(Drift::Roles(BTreeSet::from([OTHERS])))
        );
        assert_eq!(
            check(picture(true, &with(Role(OTHERS, true)))),
            Err(Drift::Roles(BTreeSet::from([OTHERS])))
        );
        assert_eq!(check(picture(true, &with(Role(OTHERS, false)))), Ok(()));
        assert_eq!(check(picture(true, &with(Role(BOT_ROLE, true)))), Ok(()));
        assert_eq!(
            check(picture(true, &with(Member(UserId(7), true)))),
            Err(Drift::Members(BTreeSet::from([UserId(7)])))
        );
        assert_eq!(
            check(picture(true, &with(Member(UserId(7), false)))),
            Ok(())
        );

        let mut open = picture(true, &hidden);
        open.roles[1].self_assigned = true;
        assert_eq!(
            check(open),
            Err(Drift::SelfAssigned(BTreeSet::from([PHARMACISTS])))
        );
    }

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
