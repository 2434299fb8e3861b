//! What a test may do to the gateway.

use std::time::Duration;

use serde_json::json;

use super::{GatewayState, Outgoing, Twist, TwistRule};
use crate::fake::Fake;

/// The switches of one stand-in's gateway; see [`Fake::gateway`].
#[derive(Clone, Debug)]
pub struct Gateway {
    pub(crate) fake: Fake,
}

impl Gateway {
    fn change<R>(&self, act: impl FnOnce(&mut GatewayState) -> R) -> R {
        self.fake.inner.change(|state| act(&mut state.gateway))
    }

    fn look<R>(&self, ask: impl FnOnce(&GatewayState) -> R) -> R {
        self.fake.inner.look(|state| ask(&state.gateway))
    }

    /// Sessions that have a connection now.
    pub fn connected(&self) -> usize {
        self.look(|gateway| {
            gateway
                .sessions
                .values()
                .filter(|s| s.line.is_some())
                .count()
        })
    }

    /// How often a session was resumed.
    pub fn resumes(&self) -> u64 {
        self.look(|gateway| gateway.resumes)
    }

    /// Makes the next `times` events of this name (`INTERACTION_CREATE`, …) go another way.
    pub fn twist(&self, event: &str, twist: Twist, times: u64) {
        let rule = TwistRule {
            event: event.to_owned(),
            twist,
            left: times,
        };
        self.change(|gateway| gateway.twists.push(rule));
    }

    /// Ends all twists; what is held stays held.
    pub fn straighten(&self) {
        self.change(|gateway| gateway.twists.clear());
    }

    /// Sends what was held, in order or last first.
    pub fn release(&self, last_first: bool) {
        self.fake.inner.change(|state| {
            let mut held = std::mem::take(&mut state.gateway.held);
            if last_first {
                held.reverse();
            }
            held.iter().for_each(|event| state.deliver(event));
        });
    }

    /// Asks every connection for a heartbeat at once (opcode 1).
    pub fn request_heartbeat(&self) {
        self.send_all(Outgoing::Text(json!({"op": 1, "d": null}).to_string()));
    }

    /// Asks every connection to reconnect and resume (opcode 7).
    pub fn reconnect(&self) {
        self.send_all(Outgoing::Text(json!({"op": 7, "d": null}).to_string()));
    }

    /// Declares every session invalid (opcode 9); those that are not resumable are forgotten.
    pub fn invalidate(&self, resumable: bool) {
        self.send_all(Outgoing::Text(json!({"op": 9, "d": resumable}).to_string()));
        if !resumable {
            self.forget_sessions();
        }
    }

    /// Closes every connection with this code.
    pub fn close(&self, code: u16) {
        self.send_all(Outgoing::Close(code));
    }

    /// Ends every connection without a close frame.
    pub fn cut(&self) {
        self.send_all(Outgoing::Cut);
    }

    /// Sends this text as it is on every connection.
    pub fn send_raw(&self, text: &str) {
        self.send_all(Outgoing::Text(text.to_owned()));
    }

    /// Forgets every session: a resume gets opcode 9, false.
    pub fn forget_sessions(&self) {
        self.change(|gateway| gateway.sessions.clear());
    }

    /// Leaves heartbeats unanswered, so that the client must notice a dead connection.
    pub fn withhold_acks(&self, withhold: bool) {
        self.change(|gateway| gateway.withhold_acks = withhold);
    }

    /// Answers every resume with opcode 9, false.
    pub fn refuse_resumes(&self, refuse: bool) {
        self.change(|gateway| gateway.refuse_resumes = refuse);
    }

    /// Intents that the developer portal does not allow (close code 4014). At first: the three
    /// privileged ones.
    pub fn disallow_intents(&self, intents: u64) {
        self.change(|gateway| gateway.disallowed_intents = intents);
    }

    /// IDENTIFYs allowed; beyond them the token counts as reset (close code 4004).
    pub fn identify_budget(&self, budget: usize) {
        self.change(|gateway| gateway.identify_budget = budget);
    }

    /// Least time between IDENTIFYs; one that comes sooner gets opcode 9, false. Discord's own
    /// number is five seconds; at first they are not counted, for several processes in one test.
    pub fn identify_spacing(&self, spacing: Option<Duration>) {
        self.change(|gateway| gateway.identify_spacing = spacing);
    }

    /// Interval between heartbeats, for connections made from now on.
    pub fn heartbeat_interval(&self, interval: Duration) {
        self.change(|gateway| gateway.heartbeat_interval = interval);
    }

    fn send_all(&self, outgoing: Outgoing) {
        self.change(|gateway| {
            // A line whose task has just ended is taken out by that task.
            gateway
                .lines
                .retain(|_, line| line.send(outgoing.clone()).is_ok());
        });
    }
}
