//! The trail: what was done, told when a seed fails; and the marks by which words are found again.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};
use tests::dice::Dice;

/// Letters of marks: no run of them is a word of the tier rules, a profession or personal data.
const LETTERS: [char; 10] = ['b', 'd', 'f', 'g', 'h', 'j', 'k', 'v', 'w', 'x'];
/// How a mark begins; nothing else the bot writes has such a run of letters.
const BEGINNING: &str = "zz";
/// Letters of a mark.
const MARK_LETTERS: usize = 14;
/// Letters of an answer that are told.
const ANSWER_LETTERS: usize = 60;

/// All steps of one seed.
#[derive(Clone, Debug)]
pub(crate) struct Trail {
    seed: u64,
    steps: Arc<Mutex<Vec<String>>>,
}

impl Trail {
    pub(crate) fn of(seed: u64) -> Self {
        Self {
            seed,
            steps: Arc::default(),
        }
    }

    /// Notes what was done, and the first letters of what came back.
    pub(crate) fn note(&self, step: usize, what: &str) {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let letters = what.replace('\n', " ⏎ ");
        steps.push(format!("{step:>4}  {letters}"));
    }
}

/// Tells the trail when the test it belongs to fails.
#[derive(Debug)]
pub(crate) struct Teller(pub(crate) Trail);

impl Drop for Teller {
    #[expect(
        clippy::print_stderr,
        reason = "a failed test tells how to run it again"
    )]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let steps = self.0.steps.lock().unwrap_or_else(PoisonError::into_inner);
            eprintln!("seed {}:\n{}", self.0.seed, steps.join("\n"));
        }
    }
}

/// A mark nobody can guess.
pub(crate) fn coin(dice: &mut Dice) -> String {
    let letter = |_| LETTERS[dice.below(LETTERS.len())];
    BEGINNING
        .chars()
        .chain((BEGINNING.len()..MARK_LETTERS).map(letter))
        .collect()
}

/// The marks in a text.
pub(crate) fn marks(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_ascii_lowercase())
        .filter(|run| run.starts_with(BEGINNING) && run.len() >= MARK_LETTERS)
        .map(|run| run[..MARK_LETTERS].to_owned())
        .collect()
}

/// The first letters of what somebody was told.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(ANSWER_LETTERS).collect()
}
