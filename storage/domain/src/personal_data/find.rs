//! The finders, one per kind.

use std::sync::LazyLock;

use regex::Regex;

use super::{Certainty, Findings, Hit, Kind};
use crate::text::Normalised;

/// Finds personal data in `text`.
#[must_use]
pub fn check(text: &str) -> Findings {
    static PHONE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"0\d{1,4}-\d{1,4}-\d{3,4}").expect("the pattern compiles"));
    let even = Normalised::new(text);
    let hits = PHONE
        .find_iter(even.as_str())
        .map(|hit| Hit {
            kind: Kind::Phone,
            range: even.original(hit.range()),
            certainty: Certainty::Certain,
        })
        .collect();
    Findings { hits }
}
