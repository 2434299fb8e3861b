//! An office (連携拠点) and what it has set up: professions, associations, channels, roles, settings.
//!
//! The whole set-up is small (some dozens of rows) and is handled as one value, so that every rule can
//! be a plain function of it.

use crate::{
    audience::Destination,
    calendar::Calendar,
    category::{self, Category},
    id::{
        AssociationId, CategoryId, ChannelId, CircleId, OfficeId, ProfessionId, RoleId, ServerId,
        UserId,
    },
    person::{Membership, Person, Rank},
    profession::{ProfessionWords, Vocabulary},
    server::OverseerKind,
    setting::Settings,
    stoppage::Stopped,
    tier::Rules,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::OnceLock};

/// A profession (職種) of the office, with the other words people use for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profession {
    /// Our id.
    pub id: ProfessionId,
    /// 薬剤師, 介護支援専門員, …
    pub name: String,
    /// ケアマネ, ケアマネジャー, …: texts are searched for them.
    pub aliases: Vec<String>,
}

/// Who of an association takes part in its tier 1 talk (key `circle`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Talk {
    /// Officers and contacts (the manual's 三役 and 連携担当).
    #[default]
    Officers,
    /// Every member.
    Members,
}

crate::codes!(Talk { Officers = "officers", Members = "members" });

/// An association (職能団体): the unit of tier 1 (seed 000, chapter 2 (1)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Association {
    /// Our id.
    pub id: AssociationId,
    /// 薬剤師会, 病院連携室, …
    pub name: String,
    /// The professions it speaks for.
    pub professions: Vec<ProfessionId>,
    /// Service scopes for notices (居宅介護支援, 訪問系, …).
    pub scopes: Vec<String>,
    /// Its private tier 1 channel.
    pub channel: Option<ChannelId>,
    /// The channel its feedback goes to.
    pub feedback: Option<ChannelId>,
    /// Role of the officers (三役).
    pub officers: Option<RoleId>,
    /// Role of the contacts (連携担当).
    pub contacts: Option<RoleId>,
    /// Role of the members (会員).
    pub members: Option<RoleId>,
    /// Who takes part in its tier 1 talk.
    pub talk: Talk,
    /// Set by the configuration file: commands refuse to change it.
    pub fixed: bool,
}

impl Association {
    /// The role that carries a rank here.
    #[must_use]
    pub fn role(&self, rank: Rank) -> Option<RoleId> {
        match rank {
            Rank::Officer => self.officers,
            Rank::Contact => self.contacts,
            Rank::Member => self.members,
        }
    }

    /// The one profession it speaks for; `None` when it speaks for several, or none.
    #[must_use]
    pub fn only_profession(&self) -> Option<ProfessionId> {
        match self.professions.as_slice() {
            [profession] => Some(*profession),
            _ => None,
        }
    }

    /// Whether somebody of this rank takes part in the association's tier 1 talk.
    #[must_use]
    pub fn talks_with(&self, rank: Rank) -> bool {
        rank != Rank::Member || self.talk == Talk::Members
    }
}

/// A tier 2 circle: a channel of 二次連携 with the associations that read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// Our id.
    pub id: CircleId,
    /// Its channel.
    pub channel: ChannelId,
    /// The associations in it.
    pub associations: BTreeSet<AssociationId>,
    /// Set by the configuration file.
    pub fixed: bool,
}

/// A role mapped to a capacity, or a channel bound to a use; `fixed` when the configuration set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding<T> {
    /// The role or channel.
    pub to: T,
    /// Set by the configuration file: commands refuse to change it.
    pub fixed: bool,
}

/// Uses of `/office role`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// 連携コーディネーター
    Coordinator,
    /// アドバイザー
    Adviser,
    /// オブザーバー
    Observer,
}

crate::codes!(Capacity { Coordinator = "coordinator", Adviser = "adviser", Observer = "observer" });

/// Uses of `/office channel` that are bound once per office (tier 2 circles and the channels of
/// associations are kept with those).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// 相談窓口: the coordinators' own channel.
    Desk,
    /// 三次連携: the whole region.
    Tier3,
    /// 進捗: the monthly post.
    Progress,
    /// 行政通知.
    Notice,
}

crate::codes!(Use { Desk = "desk", Tier3 = "tier3", Progress = "progress", Notice = "notice" });

/// The desk's word that somebody may see every channel: the owner, a role of administrators, another
/// bot (DESIGN section 2, rule 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// Discord's id of the person, the role or the bot.
    pub id: u64,
    /// What it was when it was accepted; the configuration file names the id alone.
    pub kind: Option<OverseerKind>,
    /// Set by the configuration file: commands refuse to change it.
    pub fixed: bool,
}

/// One office with everything it has set up.
#[derive(Clone, Debug)]
pub struct Office {
    /// Our id.
    pub id: OfficeId,
    /// Discord's server.
    pub server: ServerId,
    /// Counts every change of the set-up; a cached copy with the same revision is current.
    pub revision: i64,
    /// Settings by key.
    pub settings: Settings,
    /// Professions in the order of their ids.
    pub professions: Vec<Profession>,
    /// Associations in the order of their ids.
    pub associations: Vec<Association>,
    /// Categories in the order of their ids, those no longer offered included.
    pub categories: Vec<Category>,
    /// Tier 2 circles in the order of their ids.
    pub circles: Vec<Circle>,
    /// Channels bound once per office.
    pub channels: Vec<(Use, Binding<ChannelId>)>,
    /// Roles mapped to capacities.
    pub roles: Vec<(Capacity, Binding<RoleId>)>,
    /// Channel uses that nothing is sent to now, in the order in which that began.
    pub stopped: Vec<Stopped>,
    /// Whoever may see every channel, in the order of their ids.
    pub accepted: Vec<Acceptance>,
    /// What is made of the set-up at first use, and kept with it.
    pub derived: Derived,
}

/// What is made of an office's set-up at first use: the words texts are searched for, the tier
/// rules and the calendar. Every command asks for them, and making them takes longer than using them.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    vocabulary: OnceLock<Vocabulary>,
    rules: OnceLock<Rules>,
    calendar: OnceLock<Calendar>,
}

impl Office {
    /// The channel bound to a use.
    #[must_use]
    pub fn channel(&self, of: Use) -> Option<ChannelId> {
        self.channels
            .iter()
            .find(|(used, _)| *used == of)
            .map(|(_, binding)| binding.to)
    }

    /// The role mapped to a capacity.
    #[must_use]
    pub fn role(&self, capacity: Capacity) -> Option<RoleId> {
        self.roles
            .iter()
            .find(|(mapped, _)| *mapped == capacity)
            .map(|(_, binding)| binding.to)
    }

    /// The ids of all who may see every channel.
    #[must_use]
    pub fn accepted_ids(&self) -> BTreeSet<u64> {
        self.accepted
            .iter()
            .map(|acceptance| acceptance.id)
            .collect()
    }

    /// An association by id.
    #[must_use]
    pub fn association(&self, id: AssociationId) -> Option<&Association> {
        self.associations
            .iter()
            .find(|association| association.id == id)
    }

    /// An association by its exact name.
    #[must_use]
    pub fn association_named(&self, name: &str) -> Option<&Association> {
        let wanted = crate::text::fold(name.trim());
        self.associations
            .iter()
            .find(|association| crate::text::fold(&association.name) == wanted)
    }

    /// A profession by id.
    #[must_use]
    pub fn profession(&self, id: ProfessionId) -> Option<&Profession> {
        self.professions
            .iter()
            .find(|profession| profession.id == id)
    }

    /// A profession by its name or one of its aliases, width and case folded.
    #[must_use]
    pub fn profession_named(&self, name: &str) -> Option<&Profession> {
        let wanted = crate::text::fold(name.trim());
        self.professions
            .iter()
            .find(|profession| crate::text::fold(&profession.name) == wanted)
            .or_else(|| {
                self.professions.iter().find(|profession| {
                    profession
                        .aliases
                        .iter()
                        .any(|alias| crate::text::fold(alias) == wanted)
                })
            })
    }

    /// A category by id.
    #[must_use]
    pub fn category(&self, id: CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// A category by its name, as names are told apart ([`category::key`]); those no longer offered included.
    #[must_use]
    pub fn category_named(&self, name: &str) -> Option<&Category> {
        let wanted = category::key(name);
        self.categories
            .iter()
            .find(|category| category::key(&category.name) == wanted)
    }

    /// The association that speaks for a profession, when it is the only one.
    #[must_use]
    pub fn speaking_for(&self, profession: ProfessionId) -> Option<&Association> {
        let mut speaking = self
            .associations
            .iter()
            .filter(|association| association.professions.contains(&profession));
        match (speaking.next(), speaking.next()) {
            (only, None) => only,
            _ => None,
        }
    }

    /// Why nothing is sent to a use of a channel now, if so.
    #[must_use]
    pub fn stopped_at(&self, destination: Destination) -> Option<&Stopped> {
        self.stopped
            .iter()
            .find(|stopped| stopped.destination == destination)
    }

    /// A tier 2 circle by id.
    #[must_use]
    pub fn circle(&self, id: CircleId) -> Option<&Circle> {
        self.circles.iter().find(|circle| circle.id == id)
    }

    /// The words by which texts are searched for professions.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        self.derived.vocabulary.get_or_init(|| {
            let words = self.professions.iter().map(|profession| ProfessionWords {
                name: profession.name.clone(),
                aliases: profession.aliases.clone(),
            });
            Vocabulary::new(words.collect())
        })
    }

    /// The tier rules: the standard ones and the office's own. Own rules that this version cannot use
    /// (an older one stored them) are left out.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        self.derived.rules.get_or_init(|| {
            Rules::with_office(&self.settings.tier_rules).unwrap_or_else(|_| Rules::standard())
        })
    }

    /// Which days the office works.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        self.derived.calendar.get_or_init(|| {
            let settings = &self.settings;
            Calendar::new(settings.holidays.clone(), settings.closed_days.clone())
        })
    }

    /// What a channel is bound to, if anything.
    #[must_use]
    pub fn destination_of(&self, channel: ChannelId) -> Option<Destination> {
        let association = |pick: fn(&Association) -> Option<ChannelId>| {
            self.associations
                .iter()
                .find(|a| pick(a) == Some(channel))
                .map(|a| a.id)
        };
        if let Some((used, _)) = self.channels.iter().find(|(_, b)| b.to == channel) {
            return Some(Destination::from(*used));
        }
        if let Some(circle) = self.circles.iter().find(|c| c.channel == channel) {
            return Some(Destination::Tier2(circle.id));
        }
        association(|a| a.channel)
            .map(Destination::Tier1)
            .or_else(|| association(|a| a.feedback).map(Destination::Feedback))
    }

    /// Every destination the office has a channel for.
    #[must_use]
    pub fn destinations(&self) -> Vec<Destination> {
        let once = self
            .channels
            .iter()
            .map(|(used, _)| Destination::from(*used));
        let circles = self
            .circles
            .iter()
            .map(|circle| Destination::Tier2(circle.id));
        let associations = self.associations.iter().flat_map(|association| {
            [
                association
                    .channel
                    .map(|_| Destination::Tier1(association.id)),
                association
                    .feedback
                    .map(|_| Destination::Feedback(association.id)),
            ]
        });
        once.chain(circles).chain(associations.flatten()).collect()
    }

    /// What a person's roles make them here.
    #[must_use]
    pub fn person(&self, user: UserId, roles: &[RoleId], administrator: bool) -> Person {
        let holds = |role: Option<RoleId>| role.is_some_and(|role| roles.contains(&role));
        let memberships = self
            .associations
            .iter()
            .filter_map(|association| {
                let rank = Rank::ALL
                    .iter()
                    .copied()
                    .find(|rank| holds(association.role(*rank)))?;
                Some(Membership {
                    association: association.id,
                    rank,
                    contact: holds(association.contacts),
                })
            })
            .collect();
        Person {
            user,
            coordinator: holds(self.role(Capacity::Coordinator)),
            adviser: holds(self.role(Capacity::Adviser)),
            observer: holds(self.role(Capacity::Observer)),
            administrator,
            memberships,
        }
    }
}
