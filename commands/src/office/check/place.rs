//! The channels of a check: each bound use with who sees it, who should, and what to mend.

use super::{Block, Look, ROLES_UNITS_MAX};
use crate::{
    card::place_word,
    hindrance::told,
    option::{NAMES_UNITS_MAX, joined},
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    id::{ChannelId, RoleId},
    proof::{self, Hindrance},
    server::drift::Drift,
};
use std::collections::BTreeSet;

impl Look<'_> {
    /// A block for each use that has a channel, then what has none.
    pub(super) fn places(&self) -> Vec<Block> {
        let bound = proof::destinations(&self.office)
            .into_iter()
            .filter_map(|destination| {
                let channel = destination.channel(&self.office)?;
                let place = self.place(destination, channel);
                Some([Some(place), self.extra(destination, channel)])
            });
        let bound = bound.flatten().flatten();
        bound
            .chain(self.shared())
            .chain(self.events())
            .chain(self.unbound())
            .collect()
    }

    fn place(&self, destination: Destination, channel: ChannelId) -> Block {
        let proof = proof::prove(&self.office, destination, &self.server);
        let hindrances = proof.err().unwrap_or_default();
        let place = || place_word(&self.office, destination);
        let link = format!("<#{channel}>");
        let head = if !self.server.channels.contains_key(&channel) {
            text!("check-place-unknown", place = place(), channel = link)
        } else if hindrances.is_empty() {
            let roles = self.seeing(channel);
            text!(
                "check-place-well",
                place = place(),
                channel = link,
                roles = roles
            )
        } else {
            text!(
                "check-place-ill",
                place = place(),
                channel = link,
                roles = self.seeing(channel)
            )
        };
        let mut head = self.say(&head);
        if self.is_seen_by_others(destination, channel) {
            let roles = self.declared(destination);
            head = format!(
                "{head}\n{}",
                self.say(&text!("check-declared", roles = roles))
            );
        }
        self.block(head, self.steps(&hindrances))
    }

    /// Whether others see a channel than those who should: then both are named.
    fn is_seen_by_others(&self, destination: Destination, channel: ChannelId) -> bool {
        let declared = destination.declared_roles(&self.office).unwrap_or_default();
        let there = |role: &RoleId| self.server.roles.contains_key(role);
        let seeing = self.server.seeing_roles(channel);
        seeing.is_some_and(|seeing| !self.people(seeing).eq(declared.into_iter().filter(there)))
    }

    /// What hinders, step by step. What is of the whole server is mended above: those who see
    /// everything stand on the first page, roles that people come by themselves among the roles.
    fn steps(&self, hindrances: &[Hindrance]) -> Vec<String> {
        let mut here = Vec::new();
        let mut steps = Vec::new();
        for hindrance in hindrances {
            match hindrance {
                Hindrance::Drift(Drift::Unaccepted(overseers)) => {
                    let words = overseers
                        .iter()
                        .map(|o| self.reader().overseer(&self.server, *o));
                    let names = joined(words, self.request.language, ROLES_UNITS_MAX);
                    steps.push(self.say(&text!("check-unaccepted-here", names = names)));
                }
                Hindrance::Drift(Drift::SelfAssigned(roles)) => {
                    let roles = self.reader().roles(&self.server, roles.keys().copied());
                    steps.push(self.say(&text!("check-self-assigned-here", roles = roles)));
                }
                other => here.push(other.clone()),
            }
        }
        let told = told(&here, &self.server, self.reader());
        told.into_iter()
            .map(|told| self.step(told))
            .chain(steps)
            .collect()
    }

    /// Roles that see a channel by its permissions; who sees everything stands on the first page.
    fn seeing(&self, channel: ChannelId) -> String {
        let seeing = self.server.seeing_roles(channel).unwrap_or_default();
        let everyone = self.server.everyone();
        if seeing.contains(&everyone) {
            return self.reader().role(&self.server, everyone);
        }
        self.listed(self.people(seeing))
    }

    /// Of these roles those that people hold to see this channel, and not everything.
    fn people(&self, seeing: BTreeSet<RoleId>) -> impl Iterator<Item = RoleId> {
        seeing.into_iter().filter(|id| {
            let role = self.server.roles.get(id);
            role.is_some_and(|role| !role.administers() && role.of_bot.is_none())
        })
    }

    fn declared(&self, destination: Destination) -> String {
        let declared = destination.declared_roles(&self.office).unwrap_or_default();
        self.listed(declared.into_iter())
    }

    fn listed(&self, roles: impl Iterator<Item = RoleId>) -> String {
        let reader = self.reader();
        let words = roles.map(|role| reader.role(&self.server, role));
        let list = joined(words, self.request.language, ROLES_UNITS_MAX);
        if list.is_empty() {
            self.say(&Text::new("check-nobody-listed"))
        } else {
            list
        }
    }

    /// Channels with more than one use.
    fn shared(&self) -> Vec<Block> {
        let block = |(channel, uses): (ChannelId, Vec<Destination>)| {
            let places = uses
                .iter()
                .map(|used| self.say(&place_word(&self.office, *used)));
            let text = text!(
                "check-shared-channel",
                channel = format!("<#{channel}>"),
                places = joined(places, self.request.language, NAMES_UNITS_MAX),
            );
            Block {
                ill: true,
                words: self.say(&text),
            }
        };
        proof::shared_channels(&self.office)
            .into_iter()
            .map(block)
            .collect()
    }

    /// Uses without a channel: the desk must have one, the others may.
    fn unbound(&self) -> Vec<Block> {
        let unbound = |destination: &Destination| destination.channel(&self.office).is_none();
        let without: Vec<Destination> = proof::destinations(&self.office)
            .into_iter()
            .filter(unbound)
            .collect();
        let mut blocks = Vec::new();
        if without.contains(&Destination::Desk) {
            blocks.push(Block {
                ill: true,
                words: self.say(&Text::new("check-desk-unbound")),
            });
        }
        let uses = without.iter().filter(|destination| {
            matches!(
                destination,
                Destination::Tier3 | Destination::Progress | Destination::Notice
            )
        });
        let uses = uses.map(|used| self.say(&place_word(&self.office, *used)));
        let uses = joined(uses, self.request.language, NAMES_UNITS_MAX);
        if !uses.is_empty() {
            blocks.push(self.note(&text!("check-uses-unbound", uses = uses)));
        }
        let names = without.iter().filter_map(|destination| match destination {
            Destination::Tier1(id) => self.office.association(*id),
            _ => None,
        });
        let names = names.map(|association| domain::text::escape_markdown(&association.name));
        let names = joined(names, self.request.language, NAMES_UNITS_MAX);
        if !names.is_empty() {
            blocks.push(self.note(&text!("check-associations-unbound", names = names)));
        }
        blocks
    }

    fn note(&self, text: &Text) -> Block {
        Block {
            ill: false,
            words: self.say(text),
        }
    }
}
