//! The roles of a check: duties without a role, roles that are gone, associations nobody belongs to,
//! roles that people come by themselves.

use super::{Block, Look};
use crate::{hindrance::self_assigned, text, text::Text};
use domain::{
    id::RoleId,
    office::{Association, Capacity},
    person::Rank,
    server::{ServerRole, Way},
};
use std::collections::{BTreeMap, BTreeSet};

impl Look<'_> {
    /// A block for each duty or association whose roles have to be mended. That coordinators have no
    /// role stands on the first page.
    pub(super) fn duties(&self) -> Vec<Block> {
        let gone = self
            .duty_roles()
            .into_iter()
            .filter(|(role, _)| !self.server.roles.contains_key(role))
            .map(|(_, duty)| self.ill(&text!("check-role-gone", duty = duty)));
        let empty = self.office.associations.iter().filter(|association| {
            let mut ranks = Rank::ALL.iter();
            ranks.all(|rank| association.role(*rank).is_none())
        });
        let empty = empty.map(|association| {
            self.ill(&text!(
                "check-association-without-roles",
                association = domain::text::escape_markdown(&association.name),
            ))
        });
        gone.chain(empty).chain(self.open_roles()).collect()
    }

    fn ill(&self, text: &Text) -> Block {
        Block {
            ill: true,
            words: self.say(text),
        }
    }

    /// Every role that means something to the office, with its duty.
    fn duty_roles(&self) -> Vec<(RoleId, Text)> {
        let capacities = Capacity::ALL.iter().filter_map(|capacity| {
            let role = self.office.role(*capacity)?;
            Some((
                role,
                Text::new(format!("word-capacity-{}", capacity.code())),
            ))
        });
        let of = |association: &Association, rank: Rank| {
            let role = association.role(rank)?;
            let duty = text!(
                "association-rank",
                association = domain::text::escape_markdown(&association.name),
                rank = Text::new(format!("word-rank-{}", rank.code())),
            );
            Some((role, duty))
        };
        let ranks = self.office.associations.iter().flat_map(|association| {
            Rank::ALL
                .iter()
                .filter_map(move |rank| of(association, *rank))
        });
        capacities.chain(ranks).collect()
    }

    /// Roles of duties, or of administrators, that people come by themselves: whoever takes one reads
    /// by commands too.
    fn open_roles(&self) -> Option<Block> {
        let duties: BTreeSet<RoleId> = self.duty_roles().into_iter().map(|(id, _)| id).collect();
        let way = |(id, role): (&RoleId, &ServerRole)| {
            let matters = duties.contains(id) || role.administers();
            Some((*id, role.self_assigned.filter(|_| matters)?))
        };
        let open: BTreeMap<RoleId, Way> = self.server.roles.iter().filter_map(way).collect();
        if open.is_empty() {
            return None;
        }
        let head = self.say(&Text::new("check-roles-open"));
        let told = self_assigned(&open, &self.server, self.reader());
        let steps = told.into_iter().map(|told| self.step(told)).collect();
        Some(self.block(head, steps))
    }
}
