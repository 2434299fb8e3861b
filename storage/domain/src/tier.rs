//! The tier rule: where an issue can be solved, and the words that say so (seed 000, chapter 3).
//!
//! It asks whose matter it is, not who speaks: one profession's inner matters are tier 1, dealings between professions
//! tier 2, matters of the whole region tier 3. The rules are data ([`Rules::standard`], extended by the office) and every
//! suggestion names the words that decided; a person may always decide otherwise.
//!
//! ```
//! use domain::{profession::Vocabulary, tier::{Rules, Statement, Tier, suggest}};
//! let said = Statement { text: "薬局によって在宅医療への姿勢がバラバラだ", speaker_professions: &[], about: &[] };
//! let suggestion = suggest(&said, &Vocabulary::standard(), &Rules::standard());
//! assert_eq!(suggestion.tier, Tier::One);
//! ```

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where an issue can be solved (①②③ of seed 000, chapter 3). Stored and sent as its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub enum Tier {
    /// ① 職種内 (一次連携): within one profession.
    One = 1,
    /// ② 職種間 (二次連携): between professions.
    Two = 2,
    /// ③ 地域全体 (三次連携): the whole region.
    Three = 3,
}

/// A number that is no tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0} is not a tier (1 to 3)")]
pub struct NoSuchTier(pub i64);

impl Tier {
    /// All tiers, in order.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// The tier of a number, if it is 1, 2 or 3.
    #[must_use]
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            3 => Some(Self::Three),
            _ => None,
        }
    }

    /// 1, 2 or 3.
    #[must_use]
    pub const fn number(self) -> i64 {
        self as i64
    }
}

impl TryFrom<i64> for Tier {
    type Error = NoSuchTier;

    fn try_from(number: i64) -> Result<Self, NoSuchTier> {
        Self::from_number(number).ok_or(NoSuchTier(number))
    }
}

impl From<Tier> for i64 {
    fn from(tier: Tier) -> Self {
        tier.number()
    }
}

/// What was said, as the rule looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// The wording.
    pub text: &'a str,
    /// Names (or aliases) of the professions of the person who said it; may be empty.
    pub speaker_professions: &'a [String],
    /// Names (or aliases) of the professions it was said to be about; may be empty.
    pub about: &'a [String],
}

/// The stable name of a rule (`region.disaster`); people's texts for it are looked up by it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleCode(Cow<'static, str>);

impl RuleCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A rule an office adds: a pattern that speaks for a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeRule {
    /// The tier it speaks for.
    pub tier: Tier,
    /// A regular expression (syntax of the crate `regex`) over the normalised text: one width, lower case.
    pub pattern: String,
}

/// Why an office's rule is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RuleFault {
    /// More than [`OFFICE_RULES_MAX`] rules.
    #[error("{actual} rules, {OFFICE_RULES_MAX} are allowed")]
    TooMany {
        /// How many there were.
        actual: usize,
    },
    /// The pattern is longer than [`OFFICE_PATTERN_MAX`] characters.
    #[error("rule {index}: the pattern has {actual} characters, {OFFICE_PATTERN_MAX} are allowed")]
    TooLong {
        /// Which rule, counted from 0.
        index: usize,
        /// Its length in characters.
        actual: usize,
    },
    /// The pattern would take too much memory (more than [`OFFICE_PATTERN_BYTES_MAX`]).
    #[error("rule {index}: the pattern is too big")]
    TooBig {
        /// Which rule, counted from 0.
        index: usize,
    },
    /// The pattern matches the empty text, and so everything.
    #[error("rule {index}: the pattern matches everything")]
    MatchesEverything {
        /// Which rule, counted from 0.
        index: usize,
    },
    /// The pattern is not a regular expression.
    #[error("rule {index}: {reason}")]
    Malformed {
        /// Which rule, counted from 0.
        index: usize,
        /// What the regex compiler says (English).
        reason: String,
    },
}

/// The most rules an office may add.
pub const OFFICE_RULES_MAX: usize = 100;

/// The longest pattern of an office, in characters.
pub const OFFICE_PATTERN_MAX: usize = 200;

/// The biggest compiled pattern of an office, in bytes.
pub const OFFICE_PATTERN_BYTES_MAX: usize = 64 * 1024;

/// How sure a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// No word decided; it is the rule for the rest.
    Low,
    /// Words decided, others spoke against them.
    Medium,
    /// Words decided, and nothing spoke against them.
    High,
}

/// One rule that spoke, with the words of the text it spoke on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule.
    pub rule: RuleCode,
    /// The tier it spoke for.
    pub tier: Tier,
    /// The words as they stand in the text; empty for a rule that speaks on what is absent.
    pub words: Vec<String>,
}

impl Reason {
    /// Whether it was learned from examples rather than written as a rule.
    #[must_use]
    pub fn is_learned(&self) -> bool {
        self.rule.as_str().ends_with(".learned")
    }
}

/// The tier suggested, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The tier.
    pub tier: Tier,
    /// The rules that decided, the weightiest first. Never empty.
    pub reasons: Vec<Reason>,
    /// How sure it is.
    pub certainty: Certainty,
}

/// Makes ready what the first suggestion would otherwise wait for: patterns and what the examples
/// teach (tens of milliseconds, once per process).
pub fn warm_up() {
    let statement = Statement {
        text: "連携",
        speaker_professions: &[],
        about: &[],
    };
    // Only what stays behind is wanted.
    drop(suggest(
        &statement,
        &crate::profession::Vocabulary::standard(),
        &Rules::standard(),
    ));
}

mod lesson;
mod rule;
mod standard;

pub use rule::{Rules, suggest};
