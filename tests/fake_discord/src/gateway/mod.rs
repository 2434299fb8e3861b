//! The gateway: sessions, what is replayed to those that resume, and the switches
//! (events/gateway).
//!
//! One connection's conversation is in `connection`; which event goes where is in `crate::event`.

mod connection;
mod switch;

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::sync::mpsc::UnboundedSender;

use crate::event::Event;

pub(crate) use connection::router;
pub use switch::Gateway;

/// What is put on a connection.
#[derive(Clone, Debug)]
pub(crate) enum Outgoing {
    Text(String),
    /// A close frame with this code.
    Close(u16),
    /// The connection ends without a close frame.
    Cut,
}

/// What happens to an event on its way (FAKE: events may come 0, 1 or N times, late, in any
/// order; reference, "Consistency").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twist {
    /// It is lost.
    Drop,
    /// It comes this many times.
    Repeat(u32),
    /// It comes later.
    Delay(Duration),
    /// It is kept until [`Gateway::release`].
    Hold,
}

#[derive(Debug)]
struct TwistRule {
    event: String,
    twist: Twist,
    left: u64,
}

/// One login that can be resumed.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) intents: u64,
    /// Which shard of how many.
    pub(crate) shard: (u64, u64),
    pub(crate) sequence: u64,
    pub(crate) replay: VecDeque<(u64, String)>,
    /// The connection that carries it now.
    pub(crate) line: Option<UnboundedSender<Outgoing>>,
}

/// One IDENTIFY that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identify {
    /// When, on Discord's clock.
    pub at: DateTime<Utc>,
    /// Intents asked for.
    pub intents: u64,
    /// Which shard of how many.
    pub shard: (u64, u64),
}

/// Everything about the gateway.
#[derive(Debug)]
pub(crate) struct GatewayState {
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) identifies: Vec<Identify>,
    pub(crate) resumes: u64,
    /// Every open connection, those without a session too.
    pub(crate) lines: BTreeMap<u64, UnboundedSender<Outgoing>>,
    pub(crate) held: Vec<Event>,
    pub(crate) heartbeat_interval: Duration,
    pub(crate) withhold_acks: bool,
    pub(crate) refuse_resumes: bool,
    /// Intents the portal has not allowed (4014).
    pub(crate) disallowed_intents: u64,
    /// IDENTIFYs a day (4004 beyond it, and the token is reset).
    pub(crate) identify_budget: usize,
    /// Least time between IDENTIFYs (`max_concurrency` 1: five seconds); `None` does not ask.
    pub(crate) identify_spacing: Option<Duration>,
    identified_at: Option<Instant>,
    twists: Vec<TwistRule>,
}

impl GatewayState {
    pub(crate) fn new(heartbeat_interval: Duration) -> Self {
        Self {
            sessions: BTreeMap::new(),
            identifies: Vec::new(),
            resumes: 0,
            lines: BTreeMap::new(),
            held: Vec::new(),
            heartbeat_interval,
            withhold_acks: false,
            refuse_resumes: false,
            disallowed_intents: crate::event::intent::PRIVILEGED,
            identify_budget: 1000,
            identify_spacing: None,
            identified_at: None,
            twists: Vec::new(),
        }
    }

    /// The twist an event meets now; the first rule that is not used up.
    pub(crate) fn twist_for(&mut self, event: &str) -> Option<Twist> {
        let fits = |rule: &&mut TwistRule| rule.left > 0 && rule.event == event;
        let rule = self.twists.iter_mut().find(fits)?;
        if rule.left != u64::MAX {
            rule.left -= 1;
        }
        Some(rule.twist)
    }
}
