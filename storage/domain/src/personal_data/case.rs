//! One patient's condition, which goes to the doctor, dentist or pharmacist and not into the list (seed 002, item 13).

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Normalised;

/// A text that reports one patient's condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleCase {
    /// The words that say so, as they stand in the text.
    pub words: Vec<String>,
}

/// Tells a report on one patient from a matter of the field; nothing for the latter.
#[must_use]
pub fn single_case(text: &str) -> Option<SingleCase> {
    static SIGN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("薬が大量に余っている").expect("the pattern compiles"));
    let even = Normalised::new(text);
    let words: Vec<String> = SIGN
        .find_iter(even.as_str())
        .map(|hit| text[even.original(hit.range())].to_owned())
        .collect();
    (!words.is_empty()).then_some(SingleCase { words })
}
