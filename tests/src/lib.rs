//! The harness: a small city, a movable clock, real databases, and the world that holds them together.
//!
//! Tests that need more than one room of the house stand beside it: `end_to_end/`,
//! `storage_conformance/`, `tidy/`, `benches/`.

pub mod book;
pub mod city;
pub mod clock;
pub mod database;
pub mod dice;
pub mod due;
pub mod leak;
mod log;
pub mod news;
pub mod plan;
pub mod point;
pub mod region;
pub mod world;
