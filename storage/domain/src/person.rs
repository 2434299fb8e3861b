//! A person as one office knows them: what their roles in the server make them.
//!
//! Roles are mapped to capacities in the office's settings (DESIGN section 9); Discord's own command
//! permissions are never asked.

use crate::{
    id::{AssociationId, UserId},
    speaker::Desk,
};
use serde::{Deserialize, Serialize};

/// The place a person has in an association (職能団体).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// 三役: chair, deputies, treasurer.
    Officer,
    /// 連携担当: recommended by the chair to deal with other professions.
    Contact,
    /// 会員.
    Member,
}

crate::codes!(Rank { Officer = "officers", Contact = "contacts", Member = "members" });

/// One association a person belongs to, and as what (the highest rank where several roles match).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The association.
    pub association: AssociationId,
    /// The highest rank the person holds there.
    pub rank: Rank,
    /// Whether the person holds the role of the contacts (連携担当), whatever the highest rank is.
    pub contact: bool,
}

/// What a person is to the office at this moment; made by [`crate::office::Office::person`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Discord's id of the person.
    pub user: UserId,
    /// 連携コーディネーター: staff of the office, sees everything of it.
    pub coordinator: bool,
    /// アドバイザー: doctor sent by the medical association.
    pub adviser: bool,
    /// オブザーバー: reads tier 3, adds nothing.
    pub observer: bool,
    /// Administrator of the Discord server; may set up roles and channels, sees no content by it.
    pub administrator: bool,
    /// The associations the person belongs to, in the office's order.
    pub memberships: Vec<Membership>,
}

impl Person {
    /// Proof of sitting at the desk, for a coordinator.
    #[must_use]
    pub fn desk(&self) -> Option<Desk> {
        self.coordinator.then_some(Desk(()))
    }

    /// The rank in an association, if any.
    #[must_use]
    pub fn rank_in(&self, association: AssociationId) -> Option<Rank> {
        self.memberships
            .iter()
            .find(|m| m.association == association)
            .map(|m| m.rank)
    }

    /// The association a person speaks for when none is named: the only one, or the one where the
    /// rank is highest (the first in the office's order among equals).
    #[must_use]
    pub fn association(&self) -> Option<AssociationId> {
        self.memberships
            .iter()
            .min_by_key(|m| m.rank)
            .map(|m| m.association)
    }

    /// Whether the office knows this person in any capacity that may use its content.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.coordinator || self.adviser || self.observer || !self.memberships.is_empty()
    }

    /// Whether the person may add issues: coordinators, the adviser, and everybody of an association
    /// (DESIGN section 9).
    #[must_use]
    pub fn may_add(&self) -> bool {
        self.coordinator || self.adviser || !self.memberships.is_empty()
    }

    /// Whether the person may map roles and channels: coordinators, and in the first hour the
    /// administrators of the server.
    #[must_use]
    pub fn may_set_up(&self) -> bool {
        self.coordinator || self.administrator
    }
}
