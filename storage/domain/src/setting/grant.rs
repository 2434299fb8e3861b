//! Where an office lets its adviser take part besides tier 3 (key `adviser_sees`).

use super::{SettingFault, names};
use crate::id::AssociationId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where the office lets its adviser take part besides tier 3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviserGrant {
    /// The desk.
    pub desk: bool,
    /// Every tier 2 circle.
    pub tier2: bool,
    /// The tier 1 talks of these associations.
    pub associations: BTreeSet<AssociationId>,
}

impl AdviserGrant {
    pub(super) fn parse(
        value: &str,
        association: &dyn Fn(&str) -> Option<AssociationId>,
    ) -> Result<Self, SettingFault> {
        let mut grant = Self::default();
        for word in names(value) {
            match word {
                "desk" | "相談窓口" => grant.desk = true,
                "tier2" | "二次連携" => grant.tier2 = true,
                name => {
                    let id = association(name)
                        .ok_or_else(|| SettingFault::NoSuchAssociation(name.to_owned()))?;
                    grant.associations.insert(id);
                }
            }
        }
        Ok(grant)
    }

    pub(super) fn stored(&self) -> String {
        let mut words = Vec::new();
        if self.desk {
            words.push("desk".to_owned());
        }
        if self.tier2 {
            words.push("tier2".to_owned());
        }
        words.extend(self.associations.iter().map(|id| format!("tier1:{id}")));
        words.join(",")
    }

    pub(super) fn from_stored(value: &str) -> Option<Self> {
        let mut grant = Self::default();
        for word in value.split(',').filter(|word| !word.is_empty()) {
            match word {
                "desk" => grant.desk = true,
                "tier2" => grant.tier2 = true,
                other => {
                    let id = other.strip_prefix("tier1:")?.parse().ok()?;
                    grant.associations.insert(AssociationId(id));
                }
            }
        }
        Some(grant)
    }
}
