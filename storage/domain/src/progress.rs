//! Progress (進捗): what a month or a year of the office's targets consists of, as plain figures and words.
//!
//! Whoever has read the records fills a [`Month`] or a [`Year`]; a chart, a sheet or a message is drawn from
//! it and from nothing else. So what a wide audience may not know must not get into one: there is no
//! place here for a speaker, a wording of an issue, or what belongs to one association. What the desk alone
//! may know (a budget) stands in an `Option` that is empty for everybody else.
//!
//! | module | what |
//! |---|---|
//! | [`row`] | one target as it stands on a day |
//! | [`month`] | a month: rows, issues, reviews, dates |
//! | [`year`] | a year for the council, with next year's draft |
//! | [`posting`] | when a month is posted, and seen before |
//! | [`selection`] | which areas and targets have room on a picture |
//!
//! Nothing is read, counted from records, or said in words here.

pub mod month;
pub mod posting;
pub mod row;
pub mod selection;
pub mod year;

#[cfg(test)]
mod tests;

pub use month::{Ahead, AheadOf, Corrected, Counted, Headline, Issues, Month, Overdue, YearMonth};
pub use posting::Period;
pub use row::{Before, Figure, Goal, Row, Told, Wish};
pub use selection::{AREAS_MAX, Area, FIGURES_MAX, NAME_LETTERS_MAX, areas, figures};
pub use year::{Balance, Carry, Draft, FundUse, Gathered, Helped, Year, carry};
