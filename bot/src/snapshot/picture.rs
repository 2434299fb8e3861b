//! From a snapshot to what is asked of it: who can see a channel, and what the bot may do there.

use super::{Channel, Snapshot, permission};
use domain::{
    audience::{ChannelPicture, Overwrite, RolePicture},
    id::{ChannelId, RoleId, UserId},
};

/// An overwrite of a role (as opposed to a member).
const OF_ROLE: u8 = 0;

impl Snapshot {
    /// The @everyone role, which has the server's id.
    fn everyone(&self) -> RoleId {
        RoleId(self.server.0)
    }

    /// Who can see a channel; a forum post is seen by whoever sees its forum. `None` for a channel
    /// that is not known.
    ///
    /// Of the bot's roles only its own counts as the bot's: one that people hold as well opens the
    /// channel to people.
    pub(crate) fn picture(&self, channel: ChannelId) -> Option<ChannelPicture> {
        let channel = self.channels.get(&channel)?;
        Some(ChannelPicture {
            everyone: self.everyone(),
            roles: self
                .roles
                .iter()
                .map(|(id, role)| RolePicture {
                    id: *id,
                    views: role.permissions & permission::VIEW_CHANNEL != 0,
                    administers: role.permissions & permission::ADMINISTRATOR != 0,
                    self_assigned: role.self_assigned,
                    managed: role.managed,
                })
                .collect(),
            overwrites: channel.overwrites.iter().filter_map(of_viewing).collect(),
            bot: self.bot,
            bot_roles: self
                .bot_roles
                .iter()
                .copied()
                .filter(|id| {
                    self.roles
                        .get(id)
                        .is_some_and(|role| role.of_bot == Some(self.bot))
                })
                .collect(),
        })
    }

    /// What the bot may do in a channel, as bits (topics/permissions, "Permission Overwrites"); `None`
    /// for a channel that is not known.
    pub(crate) fn own_permissions(&self, channel: ChannelId) -> Option<u64> {
        let channel = self.channels.get(&channel)?;
        let of = |id: &RoleId| self.roles.get(id).map_or(0, |role| role.permissions);
        let base = self
            .bot_roles
            .iter()
            .fold(of(&self.everyone()), |bits, id| bits | of(id));
        if self.owner == self.bot || base & permission::ADMINISTRATOR != 0 {
            return Some(u64::MAX);
        }
        let bits = overwritten(base, channel, |o| {
            o.kind == OF_ROLE && o.id == self.server.0
        });
        let bits = overwritten(bits, channel, |o| {
            o.kind == OF_ROLE && o.id != self.server.0 && self.bot_roles.contains(&RoleId(o.id))
        });
        let bits = overwritten(bits, channel, |o| o.kind != OF_ROLE && o.id == self.bot.0);
        Some(if bits & permission::VIEW_CHANNEL == 0 {
            0
        } else {
            bits
        })
    }
}

/// All denies of a step together, then all its allows.
fn overwritten(
    bits: u64,
    channel: &Channel,
    counts: impl Fn(&crate::discord::RawOverwrite) -> bool,
) -> u64 {
    let of_step = channel
        .overwrites
        .iter()
        .filter(|overwrite| counts(overwrite));
    let (deny, allow) = of_step.fold((0, 0), |(deny, allow), o| (deny | o.deny, allow | o.allow));
    bits & !deny | allow
}

/// What an overwrite says about seeing; an allow beats a deny of the same overwrite.
fn of_viewing(overwrite: &crate::discord::RawOverwrite) -> Option<Overwrite> {
    let allowed = overwrite.allow & permission::VIEW_CHANNEL != 0;
    if !allowed && overwrite.deny & permission::VIEW_CHANNEL == 0 {
        return None;
    }
    Some(if overwrite.kind == OF_ROLE {
        Overwrite::Role(RoleId(overwrite.id), allowed)
    } else {
        Overwrite::Member(UserId(overwrite.id), allowed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        discord::RawOverwrite,
        snapshot::{Kind, Role},
    };
    use domain::{audience::Drift, id::ServerId};
    use permission::{ADMINISTRATOR, EMBED_LINKS, SEND_MESSAGES, VIEW_CHANNEL};
    use std::collections::{BTreeMap, BTreeSet};

    const SERVER: u64 = 1;
    const PHARMACISTS: u64 = 2;
    const STAFF: u64 = 3;
    const BOT_ROLE: u64 = 4;
    const ADMIN: u64 = 5;
    const BOT: UserId = UserId(90);
    const CHANNEL: ChannelId = ChannelId(50);
    /// A bit that no library knows yet.
    const UNHEARD_OF: u64 = 1 << 60;

    fn role(permissions: u64) -> Role {
        Role {
            permissions,
            self_assigned: false,
            managed: false,
            of_bot: None,
        }
    }

    fn overwrite(kind: u8, id: u64, allow: u64, deny: u64) -> RawOverwrite {
        RawOverwrite {
            id,
            kind,
            allow,
            deny,
        }
    }

    fn snapshot(overwrites: Vec<RawOverwrite>) -> Snapshot {
        let of_bot = Role {
            of_bot: Some(BOT),
            managed: true,
            ..role(EMBED_LINKS | UNHEARD_OF)
        };
        Snapshot {
            server: ServerId(SERVER),
            owner: UserId(91),
            bot: BOT,
            bot_roles: BTreeSet::from([RoleId(BOT_ROLE)]),
            roles: BTreeMap::from([
                (RoleId(SERVER), role(VIEW_CHANNEL)),
                (RoleId(PHARMACISTS), role(0)),
                (RoleId(STAFF), role(SEND_MESSAGES)),
                (RoleId(BOT_ROLE), of_bot),
                (RoleId(ADMIN), role(ADMINISTRATOR)),
            ]),
            channels: BTreeMap::from([(
                CHANNEL,
                Channel {
                    kind: Kind::Text,
                    parent: None,
                    overwrites,
                    tags: Vec::new(),
                },
            )]),
        }
    }

    fn hidden() -> Vec<RawOverwrite> {
        vec![
            overwrite(0, SERVER, 0, VIEW_CHANNEL),
            overwrite(0, PHARMACISTS, VIEW_CHANNEL, 0),
            overwrite(0, BOT_ROLE, VIEW_CHANNEL | SEND_MESSAGES, 0),
        ]
    }

    fn proof(snapshot: &Snapshot) -> Result<(), Drift> {
        let picture = snapshot.picture(CHANNEL).expect("a known channel");
        picture.prove(&BTreeSet::from([RoleId(PHARMACISTS)]))
    }

    #[test]
    fn a_hidden_channel_is_proven_by_its_picture() {
        assert_eq!(proof(&snapshot(hidden())), Ok(()));
        assert_eq!(proof(&snapshot(Vec::new())), Err(Drift::Everyone));
        let with = |more| snapshot([hidden(), vec![more]].concat());
        assert_eq!(proof(&with(overwrite(1, BOT.0, VIEW_CHANNEL, 0))), Ok(()));
        assert_eq!(
            proof(&with(overwrite(1, 7, VIEW_CHANNEL, 0))),
            Err(Drift::Members(BTreeSet::from([UserId(7)])))
        );
        // An overwrite that does not speak of seeing changes nothing.
        assert_eq!(proof(&with(overwrite(1, 7, SEND_MESSAGES, 0))), Ok(()));
    }

    #[test]
    fn a_role_that_people_share_with_the_bot_is_not_the_bots_own() {
        let mut shared = snapshot([hidden(), vec![overwrite(0, STAFF, VIEW_CHANNEL, 0)]].concat());
        shared.bot_roles.insert(RoleId(STAFF));
        assert_eq!(
            proof(&shared),
            Err(Drift::Roles(BTreeSet::from([RoleId(STAFF)])))
        );
    }

    #[test]
    fn a_role_from_the_onboarding_prompt_is_told() {
        let mut open = snapshot(hidden());
        if let Some(role) = open.roles.get_mut(&RoleId(PHARMACISTS)) {
            role.self_assigned = true;
        }
        assert_eq!(
            proof(&open),
            Err(Drift::SelfAssigned(BTreeSet::from([RoleId(PHARMACISTS)])))
        );
    }

    #[test]
    fn an_unknown_channel_has_no_picture() {
        assert_eq!(snapshot(hidden()).picture(ChannelId(51)), None);
        assert_eq!(snapshot(hidden()).own_permissions(ChannelId(51)), None);
    }

    #[test]
    fn the_bots_own_permissions_follow_discords_order() {
        let may = |overwrites| {
            snapshot(overwrites)
                .own_permissions(CHANNEL)
                .expect("known")
        };
        assert_eq!(
            may(hidden()),
            VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | UNHEARD_OF
        );
        assert_eq!(
            may(vec![overwrite(0, SERVER, 0, VIEW_CHANNEL)]),
            0,
            "it does not see it"
        );
        // A member's overwrite comes last.
        let mut denied = hidden();
        denied.push(overwrite(1, BOT.0, 0, EMBED_LINKS));
        assert_eq!(may(denied), VIEW_CHANNEL | SEND_MESSAGES | UNHEARD_OF);

        let mut administrator = snapshot(Vec::new());
        administrator.bot_roles.insert(RoleId(ADMIN));
        assert_eq!(administrator.own_permissions(CHANNEL), Some(u64::MAX));
    }
}
