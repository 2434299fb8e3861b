//! Matching: the manual's own case, and how often the rule is right on a set made by hand.
//!
//! `statements.csv` holds 40 pairs of statements whose needs meet, among 200 others, as an office would hear them (all
//! invented). Half of them (`seen`) was looked at while the rule was made, the other half (`blind`) only measured. The others
//! are inner matters, matters of the region, and statements about another profession that has nothing to say to it on the
//! same matter; some of those an office might well bring together, and they count against the rule all the same.

#![expect(
    clippy::print_stdout,
    reason = "the tables print what they got right and what they missed"
)]

mod measured;
mod office;
mod rule;
