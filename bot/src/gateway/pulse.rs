//! The pulse of a gateway session: whether it lives, and so whether anything may be sent.
//!
//! A session lives while it is connected, its last heartbeat was acknowledged within
//! [`ACKNOWLEDGED_SECONDS_MAX`], and its thread answers (serenity is known to spin on a stream that
//! has ended without a word).

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Longest time since the last acknowledged heartbeat (DESIGN section 2, rule 5).
pub(crate) const ACKNOWLEDGED_SECONDS_MAX: u64 = 60;
/// Longest time in which the session's thread may say nothing.
pub(crate) const SILENT_SECONDS_MAX: u64 = 10;

/// What is known of the session, for all who ask.
#[derive(Debug, Default)]
pub(crate) struct Pulse(Mutex<State>);

#[derive(Clone, Copy, Debug, Default)]
struct State {
    connected: bool,
    acknowledged: Option<Instant>,
    beaten: Option<Instant>,
}

impl Pulse {
    /// A session begins: nothing is known yet.
    pub(crate) fn begin(&self, now: Instant) {
        *self.state() = State {
            connected: false,
            acknowledged: Some(now),
            beaten: Some(now),
        };
    }

    /// The session ended.
    pub(crate) fn end(&self) {
        *self.state() = State::default();
    }

    /// The connection stands, or does not.
    pub(crate) fn connected(&self, connected: bool) {
        self.state().connected = connected;
    }

    /// Discord answered: a heartbeat was acknowledged, or the session was opened.
    pub(crate) fn acknowledged(&self, now: Instant) {
        self.state().acknowledged = Some(now);
    }

    /// The session's thread answered.
    pub(crate) fn beat(&self, now: Instant) {
        self.state().beaten = Some(now);
    }

    /// Whether the session lives.
    pub(crate) fn is_live(&self, now: Instant) -> bool {
        let state = *self.state();
        state.connected && Self::sound(state, now).is_ok()
    }

    /// Whether the session should be given up, and why; it need not be connected yet.
    pub(crate) fn is_sound(&self, now: Instant) -> Result<(), &'static str> {
        Self::sound(*self.state(), now)
    }

    fn sound(state: State, now: Instant) -> Result<(), &'static str> {
        let within = |then: Option<Instant>, seconds| {
            then.is_some_and(|then| {
                now.saturating_duration_since(then) <= Duration::from_secs(seconds)
            })
        };
        if !within(state.beaten, SILENT_SECONDS_MAX) {
            return Err("its thread does not answer");
        }
        if !within(state.acknowledged, ACKNOWLEDGED_SECONDS_MAX) {
            return Err("no heartbeat was acknowledged for a minute");
        }
        Ok(())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_lives_while_heartbeats_are_acknowledged() {
        let pulse = Pulse::default();
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(!pulse.is_live(start), "before it began");

        pulse.begin(start);
        assert!(!pulse.is_live(start), "before it is connected");
        pulse.connected(true);
        assert!(pulse.is_live(start));

        pulse.beat(at(55));
        assert!(pulse.is_live(at(60)));
        assert!(!pulse.is_live(at(61)), "no heartbeat was acknowledged");
        pulse.acknowledged(at(61));
        assert!(pulse.is_live(at(62)));
        assert!(!pulse.is_live(at(66)), "the thread is silent");
        pulse.beat(at(66));
        assert!(pulse.is_live(at(66)));

        pulse.connected(false);
        assert!(!pulse.is_live(at(66)));
        assert_eq!(
            pulse.is_sound(at(66)),
            Ok(()),
            "it may connect again by itself"
        );
        pulse.end();
        assert!(pulse.is_sound(at(66)).is_err());
    }
}
