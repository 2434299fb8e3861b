//! Surveys (アンケート): what people answered at the end of an event, as somebody has counted it.
//!
//! A question, below it its answers with how many gave each, and what people wrote in their own words.
//! Who answered is never here. Checking free words for personal data is the caller's matter.
//!
//! ```
//! use domain::survey::Survey;
//! let survey = Survey::read("研修は参考になりましたか\n参考になった 12\nふつう　３人\n\n感想\n・また開いてほしい")
//!     .expect("two questions");
//! assert_eq!(survey.questions[0].answers[1].count, 3);
//! assert_eq!(survey.questions[1].opinions, ["また開いてほしい"]);
//! ```

use crate::text::{normalise, one_line, utf16_len};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::{fmt::Write as _, sync::LazyLock};

/// Longest text of a survey that is read, in UTF-16 units: a field of a form holds no more.
pub const UNITS_MAX: usize = 4_000;
/// Most questions.
pub const QUESTIONS_MAX: usize = 20;
/// Most answers of one question.
pub const ANSWERS_MAX: usize = 20;
/// Most opinions of one question.
pub const OPINIONS_MAX: usize = 50;
/// Longest question or answer, in UTF-16 units.
pub const WORDING_UNITS_MAX: usize = 120;
/// Longest opinion, in UTF-16 units.
pub const OPINION_UNITS_MAX: usize = 400;
/// Highest count: beyond it somebody has typed too many noughts.
pub const COUNT_MAX: u32 = 99_999;

/// What was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// The questions, in the order they were written.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What was asked.
    pub wording: String,
    /// What could be ticked, with how many did.
    pub answers: Vec<Counted>,
    /// What people wrote in their own words.
    pub opinions: Vec<String>,
}

/// One answer with how many gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The answer.
    pub wording: String,
    /// How many gave it, at most [`COUNT_MAX`].
    pub count: u32,
}

/// Why a survey could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is nothing in it.
    #[error("nothing to read")]
    Empty,
    /// The text is longer than [`UNITS_MAX`].
    #[error("too long")]
    TooLong,
    /// The line of this number (from 1) has a count, but no question stands above it.
    #[error("line {0} has no question")]
    NoQuestion(usize),
    /// The line of this number is longer than such a line may be.
    #[error("line {0} is too long")]
    LineTooLong(usize),
    /// The count in the line of this number is more than [`COUNT_MAX`].
    #[error("the count in line {0} is too high")]
    TooHigh(usize),
    /// More questions, answers or opinions than there may be; the line where that begins.
    #[error("too many from line {0} on")]
    TooMany(usize),
}

/// What a line is.
enum Line<'l> {
    Blank,
    Counted(&'l str, &'l str),
    Opinion(&'l str),
    Plain(&'l str),
}

impl Survey {
    /// Whether nothing was asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// Reads a survey: a question stands on a line of its own, below it answers that end with a count
    /// (参考になった 12, 参考になった：12人), and opinions, each on a line that begins with ・. A line
    /// without either is a question where a blank line or answers stand above it, else an opinion.
    ///
    /// # Errors
    /// [`Fault`], with the line.
    pub fn read(written: &str) -> Result<Self, Fault> {
        if utf16_len(written) > UNITS_MAX {
            return Err(Fault::TooLong);
        }
        let even = normalise(written);
        let mut questions: Vec<Question> = Vec::new();
        // Whether a plain line would be the next question.
        let mut between = true;
        for (at, line) in even.lines().enumerate() {
            let number = at + 1;
            match read_line(line) {
                Line::Blank => between = true,
                Line::Counted(wording, count) => {
                    let question = questions.last_mut().ok_or(Fault::NoQuestion(number))?;
                    let count = count
                        .replace(',', "")
                        .parse()
                        .ok()
                        .filter(|count| *count <= COUNT_MAX)
                        .ok_or(Fault::TooHigh(number))?;
                    let wording = fitting(wording, WORDING_UNITS_MAX, number)?;
                    question.answers.push(Counted { wording, count });
                    within(question.answers.len(), ANSWERS_MAX, number)?;
                    between = true;
                }
                Line::Plain(wording) if between => {
                    questions.push(Question {
                        wording: fitting(wording, WORDING_UNITS_MAX, number)?,
                        ..Question::default()
                    });
                    within(questions.len(), QUESTIONS_MAX, number)?;
                    between = false;
                }
                Line::Opinion(wording) | Line::Plain(wording) => {
                    let question = questions.last_mut().ok_or(Fault::NoQuestion(number))?;
                    let opinion = fitting(wording, OPINION_UNITS_MAX, number)?;
                    question.opinions.push(opinion);
                    within(question.opinions.len(), OPINIONS_MAX, number)?;
                }
            }
        }
        if questions.is_empty() {
            return Err(Fault::Empty);
        }
        Ok(Self { questions })
    }

    /// The survey as [`Self::read`] reads it: for the form in which it is corrected.
    #[must_use]
    pub fn written(&self) -> String {
        let mut written = String::new();
        for question in &self.questions {
            if !written.is_empty() {
                written.push('\n');
            }
            written.push_str(&question.wording);
            written.push('\n');
            for answer in &question.answers {
                // Writing to a string never fails.
                let _ = writeln!(written, "{} {}", answer.wording, answer.count);
            }
            for opinion in &question.opinions {
                let _ = writeln!(written, "・{opinion}");
            }
        }
        written
    }
}

impl Question {
    /// How many answers were counted in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.answers
            .iter()
            .map(|answer| u64::from(answer.count))
            .sum()
    }
}

fn read_line(line: &str) -> Line<'_> {
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(.*[^\s0-9,:])(?:\s*:\s*|\s+)([0-9][0-9,]*)\s*(?:人|名|件|票)?$")
            .expect("a pattern of this module compiles")
    });
    let line = line.trim();
    if line.is_empty() {
        return Line::Blank;
    }
    if let Some(opinion) = line.strip_prefix(['・', '･', '●', '○', '-', '‐', '*']) {
        return match opinion.trim() {
            "" => Line::Blank,
            opinion => Line::Opinion(opinion),
        };
    }
    match COUNTED.captures(line) {
        Some(found) => {
            let (wording, count) = (found.get(1), found.get(2));
            match wording.zip(count) {
                Some((wording, count)) => Line::Counted(wording.as_str().trim(), count.as_str()),
                None => Line::Plain(line),
            }
        }
        None => Line::Plain(line),
    }
}

fn fitting(wording: &str, units_max: usize, line: usize) -> Result<String, Fault> {
    if utf16_len(wording) > units_max {
        return Err(Fault::LineTooLong(line));
    }
    Ok(one_line(wording, units_max))
}

fn within(count: usize, limit: usize, line: usize) -> Result<(), Fault> {
    if count > limit {
        return Err(Fault::TooMany(line));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
