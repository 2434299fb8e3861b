//! The house, checked: what ARCHITECTURE.md and CONTRIBUTING.md promise, read from the sources.
//!
//! Each check is a function from what it looks at to its complaints. Beside the test that holds it
//! against the house stands one that feeds it a bad sample: a check that cannot fail checks nothing.
//! Nothing here knows what Renkei does; that is what the other tests are for.

mod arrow;
mod catalogue;
mod clock;
mod command;
mod document;
mod family;
mod house;
mod licence;
mod migration;
mod point;
mod port;
mod purity;
mod sentence;
mod size;
mod source;
mod speaker;
mod wording;

use std::fmt;

/// One place where the house is not as promised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Complaint {
    /// The file, from the root of the checkout.
    path: String,
    /// The line, from 1; 0 where the whole file is meant.
    line: usize,
    /// What is wrong, and what to do instead.
    what: String,
}

impl Complaint {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Fails with every complaint on a line of its own.
#[track_caller]
fn hold(mut complaints: Vec<Complaint>) {
    complaints.sort();
    complaints.dedup();
    let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert!(
        lines.is_empty(),
        "the house is not as promised:\n{}",
        lines.join("\n")
    );
}

/// A bad sample must be found, and each place once.
#[track_caller]
fn finds(complaints: &[Complaint], words: &[&str]) {
    assert_eq!(complaints.len(), words.len(), "complaints: {complaints:#?}");
    for (complaint, word) in complaints.iter().zip(words) {
        assert!(
            complaint.what.contains(word),
            "{complaint} does not speak of {word}"
        );
    }
}
