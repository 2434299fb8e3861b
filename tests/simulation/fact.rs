//! Facts: what is so at one moment, in the words of the contract rather than of the product.
//!
//! Set-up and issues are read from the records; who may read what is judged here anew (DESIGN section
//! 2), with none of the product's own rules.

use crate::work::Works;
use domain::{
    audience::Destination,
    issue::{Issue, Origin},
    office::{Capacity, Office, Talk, Use},
    person::Rank,
};
use std::collections::{BTreeMap, BTreeSet};
use tests::{leak::all_issues, world::World};

/// Where an issue's card belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// 相談窓口
    Desk,
    /// The private channel of the association of this name.
    Tier1(String),
    /// The circle whose channel this is.
    Tier2(u64),
    /// 三次連携
    Tier3,
}

/// An association as set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Association {
    pub(crate) channel: Option<u64>,
    /// Roles of officers, contacts and members.
    pub(crate) roles: [Option<u64>; 3],
    /// Members take part in the talk.
    pub(crate) members_talk: bool,
}

/// The set-up of the office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SetUp {
    /// Roles of coordinator, adviser, observer, by the words of `/office role`.
    pub(crate) capacities: BTreeMap<String, u64>,
    /// Channels by the words of `/office channel`.
    pub(crate) channels: BTreeMap<String, u64>,
    pub(crate) associations: BTreeMap<String, Association>,
    /// Associations of a circle, by its channel.
    pub(crate) circles: BTreeMap<u64, BTreeSet<String>>,
    /// Where the adviser takes part: `desk`, `tier2`, names of associations.
    pub(crate) grant: BTreeSet<String>,
}

/// An issue as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) text: String,
    pub(crate) note: Option<String>,
    pub(crate) speaker: Option<String>,
    pub(crate) tier: i64,
    pub(crate) status: String,
    pub(crate) origin: Origin,
    pub(crate) association: Option<String>,
    pub(crate) reporter: u64,
    pub(crate) passed_on: bool,
    pub(crate) place: Place,
    /// The issue that stands for it.
    pub(crate) merged_into: Option<i64>,
}

/// Everything at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) set_up: SetUp,
    /// Roles of the people in the server.
    pub(crate) roles: BTreeMap<u64, BTreeSet<u64>>,
    pub(crate) issues: BTreeMap<i64, Recorded>,
    /// Sessions, projects, reviews and memos.
    pub(crate) work: Works,
}

impl SetUp {
    fn of(office: &Office) -> Self {
        let grant = &office.settings.adviser_sees;
        let name = |id| {
            let found = office.association(id).expect("associations stay");
            found.name.clone()
        };
        let granted = grant.associations.iter().map(|id| name(*id));
        let desk = grant.desk.then(|| "desk".to_owned());
        let tier2 = grant.tier2.then(|| "tier2".to_owned());
        Self {
            capacities: Capacity::ALL
                .iter()
                .filter_map(|of| Some((of.code().to_owned(), office.role(*of)?.0)))
                .collect(),
            channels: Use::ALL
                .iter()
                .filter_map(|of| Some((of.code().to_owned(), office.channel(*of)?.0)))
                .collect(),
            associations: office
                .associations
                .iter()
                .map(|association| {
                    let role = |rank| association.role(rank).map(|role| role.0);
                    let set = Association {
                        channel: association.channel.map(|channel| channel.0),
                        roles: [Rank::Officer, Rank::Contact, Rank::Member].map(role),
                        members_talk: association.talk == Talk::Members,
                    };
                    (association.name.clone(), set)
                })
                .collect(),
            circles: office
                .circles
                .iter()
                .map(|circle| {
                    let names = circle.associations.iter().map(|id| name(*id));
                    (circle.channel.0, names.collect())
                })
                .collect(),
            grant: granted.chain(desk).chain(tier2).collect(),
        }
    }

    /// The channel of a place, if one is bound.
    pub(crate) fn channel(&self, place: &Place) -> Option<u64> {
        match place {
            Place::Desk => self.channels.get("desk").copied(),
            Place::Tier1(name) => self.associations.get(name)?.channel,
            Place::Tier2(channel) => Some(*channel),
            Place::Tier3 => self.channels.get("tier3").copied(),
        }
    }

    /// Every channel that is bound, with the place whose audience it has.
    pub(crate) fn bound(&self) -> Vec<(u64, Place)> {
        let once = self.channels.iter().map(|(used, channel)| {
            let place = if used == "desk" {
                Place::Desk
            } else {
                Place::Tier3
            };
            (*channel, place)
        });
        let own = self.associations.iter().filter_map(|(name, association)| {
            Some((association.channel?, Place::Tier1(name.clone())))
        });
        let circles = self
            .circles
            .keys()
            .map(|channel| (*channel, Place::Tier2(*channel)));
        once.chain(own).chain(circles).collect()
    }

    /// The roles whose holders belong to a place.
    pub(crate) fn roles_of(&self, place: &Place) -> BTreeSet<u64> {
        let capacity = |name: &str| self.capacities.get(name).copied();
        let all_ranks = |association: &Association| association.roles.into_iter().flatten();
        let mut roles: BTreeSet<u64> = capacity("coordinator").into_iter().collect();
        let granted = match place {
            Place::Desk => self.grant.contains("desk"),
            Place::Tier1(name) => {
                if let Some(association) = self.associations.get(name) {
                    let ranks = if association.members_talk { 3 } else { 2 };
                    roles.extend(association.roles[..ranks].iter().flatten());
                }
                self.grant.contains(name)
            }
            Place::Tier2(channel) => {
                let names = self.circles.get(channel).into_iter().flatten();
                roles.extend(
                    names
                        .filter_map(|name| self.associations.get(name))
                        .flat_map(all_ranks),
                );
                self.grant.contains("tier2")
            }
            Place::Tier3 => {
                roles.extend(self.associations.values().flat_map(all_ranks));
                roles.extend(capacity("observer"));
                true
            }
        };
        if granted {
            roles.extend(capacity("adviser"));
        }
        roles
    }
}

impl Facts {
    /// Reads set-up and issues; who holds which role is the caller's to know.
    pub(crate) async fn read(world: &World, roles: BTreeMap<u64, BTreeSet<u64>>) -> Self {
        let server = domain::id::ServerId(world.city.guild);
        let office = world.store().office(server).await.expect("it can be read");
        let Some(office) = office else {
            return Self {
                roles,
                ..Self::default()
            };
        };
        // Issue by issue: a list leaves out those for which another one stands.
        let issues = all_issues(world.store(), &office).await;
        let issues = issues
            .iter()
            .filter(|issue| !issue.retracted)
            .map(|issue| (issue.id.0, recorded(issue, &office)))
            .collect();
        let id = office.id;
        let work = world
            .store()
            .read(move |connection| Box::pin(crate::work::read(connection, id)))
            .await
            .expect("records can be read");
        Self {
            set_up: SetUp::of(&office),
            roles,
            issues,
            work,
        }
    }

    /// Whether somebody speaks for an association: its officers and contacts.
    pub(crate) fn leads(&self, user: u64) -> bool {
        let mut all = self.set_up.associations.values();
        all.any(|found| found.roles[..2].iter().any(|role| self.holds(user, *role)))
    }

    fn holds(&self, user: u64, role: Option<u64>) -> bool {
        let held = self.roles.get(&user);
        role.is_some_and(|role| held.is_some_and(|held| held.contains(&role)))
    }

    fn is(&self, user: u64, capacity: &str) -> bool {
        self.holds(user, self.set_up.capacities.get(capacity).copied())
    }

    /// Staff of the office.
    pub(crate) fn coordinates(&self, user: u64) -> bool {
        self.is(user, "coordinator")
    }

    /// Whether somebody belongs to an association at all.
    pub(crate) fn belongs(&self, user: u64, association: &str) -> bool {
        let found = self.set_up.associations.get(association);
        found.is_some_and(|found| found.roles.iter().any(|role| self.holds(user, *role)))
    }

    /// Whether somebody may write issues down (DESIGN section 9).
    pub(crate) fn may_add(&self, user: u64) -> bool {
        let mut names = self.set_up.associations.keys();
        self.coordinates(user)
            || self.is(user, "adviser")
            || names.any(|name| self.belongs(user, name))
    }

    pub(crate) fn is_in(&self, user: u64, place: &Place) -> bool {
        let roles = self.set_up.roles_of(place);
        self.coordinates(user) || roles.iter().any(|role| self.holds(user, Some(*role)))
    }

    /// Whether somebody may read the wording of an issue.
    pub(crate) fn reads(&self, user: u64, issue: &Recorded) -> bool {
        let own_talk = issue.association.as_ref().is_some_and(|name| {
            self.set_up.associations.get(name).is_some_and(|found| {
                let ranks = if found.members_talk { 3 } else { 2 };
                found.roles[..ranks]
                    .iter()
                    .any(|role| self.holds(user, *role))
            })
        });
        own_talk || (issue.reporter == user && self.may_add(user)) || self.is_in(user, &issue.place)
    }

    /// Whether somebody may read the reasons of its changes: whoever raised it, the desk, and in its
    /// channel whom the office lets in.
    pub(crate) fn reads_reasons(&self, user: u64, issue: &Recorded, in_channel: bool) -> bool {
        let raised = issue
            .association
            .as_ref()
            .is_some_and(|name| self.belongs(user, name));
        let own = self.reads(user, issue) && (raised || issue.reporter == user);
        self.reads_the_desk(user, issue, in_channel) || own
    }

    /// Whether somebody may read who said it: the desk, and in its channel whom the office lets in.
    pub(crate) fn reads_speaker(&self, user: u64, issue: &Recorded, in_channel: bool) -> bool {
        self.reads_the_desk(user, issue, in_channel)
    }

    fn reads_the_desk(&self, user: u64, issue: &Recorded, in_channel: bool) -> bool {
        let let_in = in_channel && issue.place == Place::Desk && self.is_in(user, &Place::Desk);
        self.coordinates(user) || let_in
    }
}

fn recorded(issue: &Issue, office: &Office) -> Recorded {
    let desk = Destination::Desk.desk().expect("the desk is the desk");
    let name = |id| {
        let found = office.association(id).expect("associations stay");
        found.name.clone()
    };
    Recorded {
        text: issue.text.clone(),
        note: issue.note.clone(),
        speaker: issue.speaker.as_ref().map(|s| s.reveal(desk).to_owned()),
        tier: issue.tier.number(),
        status: issue.status.code().to_owned(),
        origin: issue.origin,
        association: issue.association.map(name),
        reporter: issue.reporter.0,
        passed_on: issue.passed_on,
        merged_into: issue.merged_into.map(|into| into.0),
        place: match issue.destination {
            Destination::Tier1(id) => Place::Tier1(name(id)),
            Destination::Tier2(id) => {
                Place::Tier2(office.circle(id).expect("circles stay").channel.0)
            }
            Destination::Tier3 => Place::Tier3,
            _ => Place::Desk,
        },
    }
}
