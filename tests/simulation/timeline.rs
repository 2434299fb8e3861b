//! The timeline: which facts held when, so that what was sent is judged by the moment of sending.

use crate::fact::Facts;
use bot::clock::SystemClock;
use chrono::{DateTime, TimeDelta, Utc};
use commands::clock::Clock;

/// What a delivery may rest on is at most this old, unless the outbox was seen quiet since: its proof,
/// its request, and the tries of that request, all without a fault that makes it slower.
const PROOF_AGE: TimeDelta = TimeDelta::seconds(4);

/// A request that was proven just before a change arrives at most this long after it; the bot then
/// takes it back.
const ON_ITS_WAY: TimeDelta = TimeDelta::seconds(1);

/// The time on the wire, in which the stand-in tells when somebody got something.
pub(crate) fn now() -> DateTime<Utc> {
    SystemClock.now()
}

#[derive(Debug)]
struct Stage {
    from: DateTime<Utc>,
    /// The facts may have held until here: a change happens somewhere within its step.
    until: DateTime<Utc>,
    step: usize,
    facts: Facts,
}

/// The stages of a simulation, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    stages: Vec<Stage>,
    /// Moments at which nothing was on its way and the bot had heard of all changes.
    quiet: Vec<DateTime<Utc>>,
    /// Spans in which the server was changed: what a client gets then, Discord shows it of itself.
    changes: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Timeline {
    /// From a step on, which began and ended then, these facts hold.
    pub(crate) fn enter(&mut self, step: usize, began: DateTime<Utc>, facts: Facts) {
        let ended = now();
        if let Some(last) = self.stages.last_mut() {
            if last.facts == facts {
                return;
            }
            last.until = ended;
        }
        self.stages.push(Stage {
            from: began,
            until: DateTime::<Utc>::MAX_UTC,
            step,
            facts,
        });
    }

    /// Nothing is on its way now, and the bot has heard of all changes.
    pub(crate) fn is_quiet(&mut self) {
        self.quiet.push(now());
    }

    /// The server is changed by hand.
    pub(crate) fn change<T>(&mut self, change: impl FnOnce() -> T) -> T {
        let began = now();
        let done = change();
        self.changes.push((began, now()));
        done
    }

    /// Whether the server was being changed at a moment.
    pub(crate) fn was_changing(&self, at: DateTime<Utc>) -> bool {
        self.changes
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&at))
    }

    /// Whether the server had just been changed at a moment, so that what was on its way then may have
    /// arrived after it.
    pub(crate) fn had_just_changed(&self, at: DateTime<Utc>) -> bool {
        self.changes
            .iter()
            .any(|(from, to)| (*from..=*to + ON_ITS_WAY).contains(&at))
    }

    /// The facts that held at a moment.
    pub(crate) fn at(&self, at: DateTime<Utc>) -> Vec<&Facts> {
        self.between(at, at)
    }

    /// The facts on which something sent at a moment may rest.
    pub(crate) fn behind(&self, at: DateTime<Utc>) -> Vec<&Facts> {
        let quiet = self.quiet.iter().rev().find(|quiet| **quiet <= at);
        let oldest = at - PROOF_AGE;
        self.between(quiet.map_or(oldest, |quiet| oldest.max(*quiet)), at)
    }

    /// The step that had last changed something at a moment.
    pub(crate) fn step(&self, at: DateTime<Utc>) -> usize {
        let begun = self.stages.iter().rev().find(|stage| stage.from <= at);
        begun.map_or(0, |stage| stage.step)
    }

    fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<&Facts> {
        let meets = |stage: &&Stage| stage.from <= to && stage.until >= from;
        self.stages
            .iter()
            .filter(meets)
            .map(|stage| &stage.facts)
            .collect()
    }
}
