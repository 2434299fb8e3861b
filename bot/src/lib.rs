//! Renkei as a running program: configuration, gateway, outbox, health.
//!
//! The library starts the whole bot ([`start`]) and the binary `renkei` is a thin skin over it; tests
//! and the rehearsal start the same thing against a stand-in for Discord.
//!
//! It holds no rule of the office. What people do is in `commands`, what an office is in `domain`,
//! what is kept in `storage`; here is how the bot hears (`gateway`, `reception`), what it knows of
//! servers (`snapshot`), how it fetches files (`attachment`), what it must not forget (`occurrence`), and how it speaks (`outbox`,
//! `discord`).
//!
//! Feeds that offices watch are read by `feed`.
//!
//! Not here: backup.

pub mod address;
mod attachment;
mod backoff;
pub mod check;
pub mod clock;
pub mod config;
mod discord;
pub mod error;
pub mod export;
pub mod feed;
mod gateway;
mod health;
mod housekeeping;
mod key;
mod occurrence;
mod office;
mod outbox;
mod reception;
mod registration;
pub mod run;
mod snapshot;
pub mod telemetry;

pub use clock::SystemClock;
pub use config::Config;
pub use error::{Error, Result};
pub use run::{Running, start};
