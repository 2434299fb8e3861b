//! Rules (基準): what a dated standard asks of the offices of an association, and by when (seed 002).
//!
//! Rules come in packs, one per standard, which are shipped with the program and checked when they are read.
//! A coordinator switches a rule on for associations; then its deadline comes to them as a reminder month by
//! month, and its dates are announced before they come. What has passed is told as past and not announced.
//! What one patient's condition asks for belongs to the doctor and is in no pack.
//!
//! ```
//! use domain::rule;
//! let (_, rule) = rule::find("care-management", "plan-notification").expect("it is shipped");
//! let month = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day");
//! let due = rule.deadline.as_ref().and_then(|it| it.due(month, &Default::default()));
//! assert_eq!(due, chrono::NaiveDate::from_ymd_opt(2026, 11, 30));
//! ```

mod pack;
mod step;

pub use pack::{
    CODE_BYTES_MAX, Change, Day, Deadline, KEEPING_YEARS_MAX, LEADS_MAX, Pack, PackFault, Phrase,
    RULES_MAX, Rule, read,
};
pub use step::{Event, Step, is_announced, next};

use crate::id::{AssociationId, RuleId, UserId};
use chrono::{DateTime, Utc};
use std::sync::LazyLock;

/// The packs as they are shipped.
const SHIPPED: [&str; 1] = [include_str!("rule/care_management.toml")];

/// The packs that are shipped, in the order they are offered.
///
/// # Panics
/// Never: the tests read every pack that is shipped.
pub fn packs() -> &'static [Pack] {
    static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
        let read = |written: &&str| read(written).expect("a pack that is shipped can be read");
        SHIPPED.iter().map(read).collect()
    });
    &PACKS
}

/// A rule by the codes of its pack and its own.
#[must_use]
pub fn find(pack: &str, rule: &str) -> Option<(&'static Pack, &'static Rule)> {
    let pack = packs().iter().find(|known| known.code == pack)?;
    let rule = pack.rules.iter().find(|known| known.code == rule)?;
    Some((pack, rule))
}

/// That a rule was switched on for an association, or off again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleAssociation {
    /// The number within the office.
    pub id: RuleId,
    /// Counts its changes; starts at 1.
    pub revision: i64,
    /// The code of the pack.
    pub pack: String,
    /// The code of the rule.
    pub rule: String,
    /// For whom.
    pub association: AssociationId,
    /// Whether it is on.
    pub active: bool,
    /// Who said so last (Discord's id).
    pub set_by: UserId,
    /// When it was first switched on.
    pub created_at: DateTime<Utc>,
    /// When it was last switched.
    pub changed_at: DateTime<Utc>,
}

impl RuleAssociation {
    /// The pack and the rule; `None` for one that is shipped no more.
    #[must_use]
    pub fn shipped(&self) -> Option<(&'static Pack, &'static Rule)> {
        find(&self.pack, &self.rule)
    }
}

#[cfg(test)]
mod tests;
