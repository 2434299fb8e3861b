//! Drift: what makes a channel something else than its use declares, and the proof that nothing does.
//!
//! Everybody who can see the channel must hold a declared role, or see everything and be accepted by
//! name (DESIGN section 2, rule 5). It is decided without looking at a single member: what any holder
//! of any roles could see is what counts.

use super::{Overseer, Server, Way};
use crate::id::{ChannelId, RoleId, UserId};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The owner, administrators or other bots can see it, and the desk has not accepted them.
    Unaccepted(BTreeSet<Overseer>),
    /// Roles of the audience, or of administrators, that people can come by without anybody's word.
    SelfAssigned(BTreeMap<RoleId, Way>),
    /// Nobody of the declared audience can see it: no role is mapped, or none sees the channel. A
    /// proof about nobody would prove nothing.
    Nobody,
}

impl Drift {
    /// The stable word for the outbox, logs and texts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unbound => "unbound",
            Self::UnknownChannel => "drift-unknown-channel",
            Self::Everyone => "drift-everyone",
            Self::Roles(_) => "drift-roles",
            Self::Members(_) => "drift-members",
            Self::Unaccepted(_) => "drift-unaccepted",
            Self::SelfAssigned(_) => "drift-self-assigned",
            Self::Nobody => "drift-nobody",
        }
    }
}

impl Server {
    /// Proves that a channel is seen by nobody but holders of declared roles, our bot, and overseers
    /// that are accepted.
    ///
    /// # Errors
    /// Every drift that holds, the gravest first, each with everybody it concerns.
    pub fn prove(
        &self,
        channel: ChannelId,
        declared: &BTreeSet<RoleId>,
        accepted: &BTreeSet<u64>,
    ) -> Result<(), Vec<Drift>> {
        let (Some(seeing), Some(members)) =
            (self.seeing_roles(channel), self.seeing_members(channel))
        else {
            return Err(vec![Drift::UnknownChannel]);
        };
        // Without @everyone the picture is not one of a server; nothing may rest on it.
        if !self.roles.contains_key(&self.everyone()) {
            return Err(vec![Drift::UnknownChannel]);
        }
        let mut drifts = Vec::new();
        if seeing.contains(&self.everyone()) {
            drifts.push(Drift::Everyone);
        } else {
            drifts.extend(some(self.strangers(&seeing, declared)).map(Drift::Roles));
        }
        drifts.extend(some(members).map(Drift::Members));
        let overseers = self.overseers_of(channel).into_iter();
        let unaccepted = overseers.filter(|overseer| !overseer.is_accepted(accepted));
        drifts.extend(some(unaccepted.collect()).map(Drift::Unaccepted));
        let open = self.self_assigned(declared);
        if !open.is_empty() {
            drifts.push(Drift::SelfAssigned(open));
        }
        let anybody = declared
            .iter()
            .any(|role| *role != self.everyone() && seeing.contains(role));
        if !anybody {
            drifts.push(Drift::Nobody);
        }
        if drifts.is_empty() {
            Ok(())
        } else {
            Err(drifts)
        }
    }

    /// Roles that see though nobody declared them; overseers are judged apart.
    fn strangers(
        &self,
        seeing: &BTreeSet<RoleId>,
        declared: &BTreeSet<RoleId>,
    ) -> BTreeSet<RoleId> {
        let stranger = |id: &RoleId| {
            let role = self.roles.get(id);
            !declared.contains(id)
                && role.is_some_and(|role| !role.administers() && role.of_bot.is_none())
        };
        seeing.iter().copied().filter(stranger).collect()
    }

    /// Roles, among the declared ones and those of administrators, that people can come by themselves.
    fn self_assigned(&self, declared: &BTreeSet<RoleId>) -> BTreeMap<RoleId, Way> {
        let matters = |(id, role): (&RoleId, &super::ServerRole)| {
            let way = role.self_assigned?;
            (declared.contains(id) || role.administers()).then_some((*id, way))
        };
        self.roles.iter().filter_map(matters).collect()
    }
}

fn some<T>(found: BTreeSet<T>) -> Option<BTreeSet<T>> {
    (!found.is_empty()).then_some(found)
}
