//! Yearly targets (年度目標): what an office has set itself per area and item, and how it gets on
//! (DESIGN section 5; seed 001 is a city's real table).
//!
//! | module | what |
//! |---|---|
//! | [`number`] | the number of an item within its area (1-①) |
//! | [`goal`] | what a target wants in one fiscal year; has versions |
//! | [`record`] | one entry of progress, and sums of them |
//! | [`count`] | what a target counts by itself |
//! | [`standing`] | a target as it stands at a date |
//! | [`pace`] | whether a target is behind |
//! | [`sight`] | who may know of a target |
//! | [`bullet`] | marked lines of a cell (● ○) and 再掲 |
//! | [`figure`] | figures that stand in words (年12回, 2か月に1回, 各120件) |
//! | [`plan`] | a plan table as cities keep it: what was understood, guessed, and not |
//! | [`difference`] | what a plan table brings that the office does not have yet |

pub mod bullet;
pub mod count;
pub mod difference;
pub mod figure;
pub mod goal;
pub mod mark;
pub mod number;
pub mod pace;
pub mod plan;
pub mod record;
pub mod sight;
pub mod standing;

pub use count::Count;
pub use goal::Goal;
pub use record::Record;
pub use sight::Sight;
pub use standing::Standing;

use crate::id::{AssociationId, TargetId, UserId};
use chrono::{DateTime, Utc};
use number::ItemNumber;
use serde::{Deserialize, Serialize};

/// Most targets of an office that stand at a time. A city's table has some fifty (seed 001); they are
/// all looked at whenever one asks how the year gets on.
pub const TARGETS_MAX: usize = 500;
/// Longest name of an area, in UTF-16 units.
pub const AREA_UNITS_MAX: usize = 60;
/// Longest item, in UTF-16 units.
pub const ITEM_UNITS_MAX: usize = 600;
/// Longest name of an owner that is no association, in UTF-16 units.
pub const OWNER_UNITS_MAX: usize = 60;

/// One line of an office's plan: what it has set itself, year after year.
///
/// Area and number are its identity in the plan table; its own number (`#12`) is that of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The number within the office, by which commands name it.
    pub id: TargetId,
    /// Counts every change of it; starts at 1. Goals and records count for themselves.
    pub revision: i64,
    /// The area (領域), without spaces.
    pub area: String,
    /// Its number within the area.
    pub number: ItemNumber,
    /// The item: what is to be done.
    pub item: String,
    /// Its place in the order of the table, from 0.
    pub position: i64,
    /// Who sees to it; `None` for the office itself.
    pub owner: Option<Owner>,
    /// What it counts by itself beside what is recorded by hand.
    pub counts: Option<Count>,
    /// Taken back: it stands nowhere, and its area and number are free again.
    pub withdrawn: bool,
    /// Who wrote it down.
    pub added_by: UserId,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

/// Who sees to a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// An association of the office. Its target is known to it and the desk only.
    Association(AssociationId),
    /// Somebody else, in the office's own words (産業振興課).
    Named(String),
}

impl Target {
    /// Area and number as people name it: 医療・看護 1-①.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.area, self.number)
    }

    /// The association that sees to it, if it is one.
    #[must_use]
    pub fn association(&self) -> Option<AssociationId> {
        match self.owner {
            Some(Owner::Association(id)) => Some(id),
            Some(Owner::Named(_)) | None => None,
        }
    }
}
