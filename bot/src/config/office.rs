//! `[[office]]`: an office set up by the configuration file, as it is written and as it is meant.
//!
//! What stands here wins over `/office`, which refuses to change it.

use super::{
    fault::Message,
    value::{Id, Name, Parsed},
};
use domain::{
    id::{ChannelId, RoleId, ServerId},
    office::{Capacity, Talk, Use},
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most associations of one office in the file.
pub(super) const ASSOCIATIONS_MAX: usize = 50;
/// Most tier 2 circles of one office in the file.
pub(super) const CIRCLES_MAX: usize = 20;
/// Most entries of one list (professions, scopes, accepted ids).
pub(super) const ENTRIES_MAX: usize = 100;

/// One office as the file sets it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeTable {
    /// Its Discord server.
    pub server: ServerId,
    /// Channels bound once per office.
    pub channels: BTreeMap<Use, ChannelId>,
    /// Roles mapped to capacities.
    pub roles: BTreeMap<Capacity, RoleId>,
    /// Tier 2 circles.
    pub circles: Vec<CircleTable>,
    /// Associations.
    pub associations: Vec<AssociationTable>,
    /// Owner, administrators and bots whose view of everything the office has accepted.
    pub accepted: BTreeSet<u64>,
}

/// `[[office.tier2]]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CircleTable {
    /// Its channel.
    pub channel: ChannelId,
    /// Names of associations of the same table.
    pub associations: Vec<String>,
}

/// `[[office.association]]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssociationTable {
    /// 薬剤師会, …
    pub name: String,
    /// Names of its professions; one the office does not know yet is added to it.
    pub professions: Vec<String>,
    /// Service scopes for notices.
    pub scopes: Vec<String>,
    /// Its private channel.
    pub channel: Option<ChannelId>,
    /// Where its feedback goes.
    pub feedback: Option<ChannelId>,
    /// Role of the officers.
    pub officers: Option<RoleId>,
    /// Role of the contacts.
    pub contacts: Option<RoleId>,
    /// Role of the members.
    pub members: Option<RoleId>,
    /// Who takes part in its tier 1 talk (key `circle`).
    pub talk: Talk,
}

/// The table as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeFile {
    guild_id: Parsed<Id>,
    #[serde(default)]
    channel: ChannelFile,
    #[serde(default)]
    role: RoleFile,
    #[serde(default)]
    tier2: Vec<CircleFile>,
    #[serde(default)]
    association: Vec<AssociationFile>,
    #[serde(default)]
    accepted: Vec<Parsed<Id>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChannelFile {
    desk: Option<Parsed<Id>>,
    tier3: Option<Parsed<Id>>,
    progress: Option<Parsed<Id>>,
    notice: Option<Parsed<Id>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RoleFile {
    coordinator: Option<Parsed<Id>>,
    adviser: Option<Parsed<Id>>,
    observer: Option<Parsed<Id>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CircleFile {
    channel: Parsed<Id>,
    #[serde(default)]
    associations: Vec<Parsed<Name>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssociationFile {
    name: Parsed<Name>,
    #[serde(default)]
    professions: Vec<Parsed<Name>>,
    #[serde(default)]
    scopes: Vec<Parsed<Name>>,
    #[serde(default)]
    channel: Option<Parsed<Id>>,
    #[serde(default)]
    feedback: Option<Parsed<Id>>,
    #[serde(default)]
    role: RankFile,
    #[serde(default)]
    circle: Option<Parsed<Talk>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RankFile {
    officers: Option<Parsed<Id>>,
    contacts: Option<Parsed<Id>>,
    members: Option<Parsed<Id>>,
}

fn channel(id: Option<Parsed<Id>>) -> Option<ChannelId> {
    id.map(|id| ChannelId(id.0.0))
}

fn role(id: Option<Parsed<Id>>) -> Option<RoleId> {
    id.map(|id| RoleId(id.0.0))
}

fn names(written: Vec<Parsed<Name>>) -> Vec<String> {
    written.into_iter().map(|name| name.0.0).collect()
}

impl OfficeFile {
    /// What the table means.
    pub(super) fn meant(self) -> OfficeTable {
        let ChannelFile {
            desk,
            tier3,
            progress,
            notice,
        } = self.channel;
        let channels = [
            (Use::Desk, desk),
            (Use::Tier3, tier3),
            (Use::Progress, progress),
            (Use::Notice, notice),
        ];
        let RoleFile {
            coordinator,
            adviser,
            observer,
        } = self.role;
        let roles = [
            (Capacity::Coordinator, coordinator),
            (Capacity::Adviser, adviser),
            (Capacity::Observer, observer),
        ];
        OfficeTable {
            server: ServerId(self.guild_id.0.0),
            channels: channels
                .into_iter()
                .filter_map(|(u, id)| Some((u, channel(id)?)))
                .collect(),
            roles: roles
                .into_iter()
                .filter_map(|(c, id)| Some((c, role(id)?)))
                .collect(),
            circles: self.tier2.into_iter().map(CircleFile::meant).collect(),
            associations: self
                .association
                .into_iter()
                .map(AssociationFile::meant)
                .collect(),
            accepted: self.accepted.into_iter().map(|id| id.0.0).collect(),
        }
    }
}

impl CircleFile {
    fn meant(self) -> CircleTable {
        CircleTable {
            channel: ChannelId(self.channel.0.0),
            associations: names(self.associations),
        }
    }
}

impl AssociationFile {
    fn meant(self) -> AssociationTable {
        AssociationTable {
            name: self.name.0.0,
            professions: names(self.professions),
            scopes: names(self.scopes),
            channel: channel(self.channel),
            feedback: channel(self.feedback),
            officers: role(self.role.officers),
            contacts: role(self.role.contacts),
            members: role(self.role.members),
            talk: self.circle.map_or_else(Talk::default, |talk| talk.0),
        }
    }
}

impl OfficeTable {
    /// What does not fit together, with its key.
    pub(super) fn check(&self) -> Result<(), (String, Message)> {
        self.check_sizes()?;
        self.check_names()?;
        self.check_channels()
    }

    fn check_sizes(&self) -> Result<(), (String, Message)> {
        let longest = self
            .associations
            .iter()
            .flat_map(|a| [a.professions.len(), a.scopes.len()])
            .chain(self.circles.iter().map(|circle| circle.associations.len()))
            .max()
            .unwrap_or(0);
        for (key, size, most) in [
            ("association", self.associations.len(), ASSOCIATIONS_MAX),
            ("tier2", self.circles.len(), CIRCLES_MAX),
            ("accepted", self.accepted.len(), ENTRIES_MAX),
            ("association", longest, ENTRIES_MAX),
        ] {
            if size > most {
                let message = Message::new(
                    format!("{most} 個までです（今は {size} 個）。"),
                    format!("at most {most} (now {size})"),
                );
                return Err((key.to_owned(), message));
            }
        }
        Ok(())
    }

    fn check_names(&self) -> Result<(), (String, Message)> {
        let fold = |name: &str| domain::text::fold(name.trim());
        let mut known = BTreeSet::new();
        for association in &self.associations {
            if !known.insert(fold(&association.name)) {
                let name = &association.name;
                let message = Message::new(
                    format!("「{name}」が二度あります。一つにまとめてください。"),
                    format!("\"{name}\" occurs twice; make it one"),
                );
                return Err(("association.name".to_owned(), message));
            }
        }
        for name in self.circles.iter().flat_map(|circle| &circle.associations) {
            if !known.contains(&fold(name)) {
                let message = Message::new(
                    format!(
                        "「{name}」という [[office.association]] がありません。名前をそろえてください。"
                    ),
                    format!("there is no [[office.association]] named \"{name}\""),
                );
                return Err(("tier2.associations".to_owned(), message));
            }
        }
        Ok(())
    }

    /// A channel has one audience, so it can have one use; an association may read its feedback in
    /// its own channel.
    fn check_channels(&self) -> Result<(), (String, Message)> {
        let mut used = BTreeSet::new();
        let fixed = self
            .channels
            .iter()
            .map(|(u, id)| (format!("channel.{}", u.code()), *id));
        let circles = self
            .circles
            .iter()
            .map(|c| ("tier2.channel".to_owned(), c.channel));
        let associations = self.associations.iter().flat_map(|association| {
            let feedback = association
                .feedback
                .filter(|id| Some(*id) != association.channel);
            [
                association
                    .channel
                    .map(|id| ("association.channel".to_owned(), id)),
                feedback.map(|id| ("association.feedback".to_owned(), id)),
            ]
            .into_iter()
            .flatten()
        });
        for (key, id) in fixed.chain(circles).chain(associations) {
            if !used.insert(id) {
                let message = Message::new(
                    format!(
                        "チャンネル {id} は別の用途にも使われています。用途ごとに別のチャンネルにしてください。"
                    ),
                    format!("channel {id} has another use already; give each use its own channel"),
                );
                return Err((key, message));
            }
        }
        Ok(())
    }
}
