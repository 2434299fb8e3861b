//! Progress (進捗): what a month and a year look like as sheets (.xlsx).
//!
//! Both are written from the plain figures of [`domain::progress`] and hold nothing else.

pub mod month_sheet;
mod page;
pub mod year_sheet;

#[cfg(test)]
pub(crate) mod tests;
