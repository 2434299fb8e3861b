//! The trail: what was done last, told when a simulation fails, with what is needed to live it again.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// Steps that are told.
const STEPS_TOLD: usize = 40;
/// Letters of an answer that are told.
const ANSWER_LETTERS: usize = 90;

/// The last steps of one simulation.
#[derive(Clone, Debug)]
pub(crate) struct Trail {
    seed: u64,
    steps: usize,
    last: Arc<Mutex<VecDeque<String>>>,
}

/// Tells the trail when the simulation it belongs to fails.
#[derive(Debug)]
pub(crate) struct Teller(Trail);

impl Trail {
    pub(crate) fn of(seed: u64, steps: usize) -> Self {
        Self {
            seed,
            steps,
            last: Arc::default(),
        }
    }

    pub(crate) fn teller(&self) -> Teller {
        Teller(self.clone())
    }

    /// Notes one step.
    pub(crate) fn note(&self, step: usize, what: &str) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let line: String = what.replace('\n', " ⏎ ");
        last.push_back(format!("{step:>4}  {line}"));
        if last.len() > STEPS_TOLD {
            last.pop_front();
        }
    }
}

impl Drop for Teller {
    #[expect(
        clippy::print_stderr,
        reason = "a failed test tells how to run it again"
    )]
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let Trail { seed, steps, last } = &self.0;
        let last = last.lock().unwrap_or_else(PoisonError::into_inner);
        eprintln!("the last steps:");
        for line in last.iter() {
            eprintln!("{line}");
        }
        eprintln!("again: RENKEI_SIMULATION_SEED={seed} RENKEI_SIMULATION_STEPS={steps}");
    }
}

/// The first letters of what somebody was told.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(ANSWER_LETTERS).collect()
}
