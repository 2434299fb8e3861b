//! Yearly targets (年度目標): what an office has set itself per area and item, and how it gets on
//! (DESIGN section 5; seed 001 is a city's real table).
//!
//! | module | what |
//! |---|---|
//! | [`number`] | the number of an item within its area (1-①) |
//! | [`bullet`] | marked lines of a cell (● ○) and 再掲 |
//! | [`figure`] | figures that stand in words (年12回, 2か月に1回, 各120件) |
//! | [`plan`] | a plan table as cities keep it: what was understood, guessed, and not |
//! | [`pace`] | whether a target is behind |

pub mod bullet;
pub mod figure;
pub mod number;
pub mod pace;
pub mod plan;
