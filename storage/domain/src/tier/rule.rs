//! How rules are kept, and how their words decide.

use regex::{Regex, RegexBuilder};

use super::{
    Certainty, OFFICE_PATTERN_BYTES_MAX, OFFICE_PATTERN_MAX, OFFICE_RULES_MAX, OfficeRule, Reason,
    RuleCode, RuleFault, Statement, Suggestion, Tier, standard,
};
use crate::profession::Vocabulary;
use crate::text::Normalised;

/// The rules of an office: the standard ones and its own.
#[derive(Debug, Clone)]
pub struct Rules {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone)]
struct Rule {
    code: RuleCode,
    tier: Tier,
    weight: i32,
    pattern: Regex,
}

impl Rules {
    /// The rules of seed 000, chapter 3, with the vocabulary of the field.
    #[must_use]
    pub fn standard() -> Self {
        let rules = standard::TABLE
            .iter()
            .map(|(code, tier, weight, patterns)| Rule {
                code: RuleCode((*code).into()),
                tier: *tier,
                weight: *weight,
                pattern: Regex::new(&patterns.join("|")).expect("the standard patterns compile"),
            })
            .collect();
        Self { rules }
    }

    /// The standard rules and those an office adds, which weigh more than any standard one.
    ///
    /// # Errors
    /// [`RuleFault`] names the first rule that is refused and why.
    pub fn with_office(extra: &[OfficeRule]) -> Result<Self, RuleFault> {
        let mut rules = Self::standard().rules;
        if extra.len() > OFFICE_RULES_MAX {
            return Err(RuleFault::TooMany {
                actual: extra.len(),
            });
        }
        for (index, rule) in extra.iter().enumerate() {
            let actual = rule.pattern.chars().count();
            if actual > OFFICE_PATTERN_MAX {
                return Err(RuleFault::TooLong { index, actual });
            }
            let pattern = RegexBuilder::new(&rule.pattern)
                .size_limit(OFFICE_PATTERN_BYTES_MAX)
                .build()
                .map_err(|fault| match fault {
                    regex::Error::CompiledTooBig(_) => RuleFault::TooBig { index },
                    other => RuleFault::Malformed {
                        index,
                        reason: other.to_string(),
                    },
                })?;
            if pattern.is_match("") {
                return Err(RuleFault::MatchesEverything { index });
            }
            rules.push(Rule {
                code: RuleCode(format!("office.{}", index + 1).into()),
                tier: rule.tier,
                weight: 100,
                pattern,
            });
        }
        Ok(Self { rules })
    }
}

/// The tier of a statement, with the words that decided.
#[must_use]
pub fn suggest(statement: &Statement<'_>, vocabulary: &Vocabulary, rules: &Rules) -> Suggestion {
    let even = Normalised::new(statement.text);
    let mut reasons: Vec<(i32, Reason)> = Vec::new();
    for rule in &rules.rules {
        let words: Vec<String> = rule
            .pattern
            .find_iter(even.as_str())
            .map(|hit| statement.text[even.original(hit.range())].to_owned())
            .collect();
        if !words.is_empty() {
            reasons.push((
                rule.weight,
                Reason {
                    rule: rule.code.clone(),
                    tier: rule.tier,
                    words,
                },
            ));
        }
    }
    let mut named: Vec<usize> = vocabulary
        .mentions_in(&even, statement.text)
        .iter()
        .map(|mention| mention.profession)
        .collect();
    named.extend(
        statement
            .about
            .iter()
            .filter_map(|name| vocabulary.find(name)),
    );
    named.sort_unstable();
    named.dedup();
    if named.len() > 1 {
        let tier = if named.len() > 2 {
            Tier::Three
        } else {
            Tier::Two
        };
        let words = named
            .iter()
            .map(|index| vocabulary.name(*index).to_owned())
            .collect();
        reasons.push((
            10,
            Reason {
                rule: RuleCode("professions".into()),
                tier,
                words,
            },
        ));
    }
    reasons.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let Some(tier) = reasons.first().map(|(_, reason)| reason.tier) else {
        let rest = Reason {
            rule: RuleCode("rest".into()),
            tier: Tier::One,
            words: Vec::new(),
        };
        return Suggestion {
            tier: Tier::One,
            reasons: vec![rest],
            certainty: Certainty::Low,
        };
    };
    let certainty = if reasons.iter().all(|(_, reason)| reason.tier == tier) {
        Certainty::High
    } else {
        Certainty::Medium
    };
    let reasons = reasons
        .into_iter()
        .map(|(_, reason)| reason)
        .filter(|reason| reason.tier == tier)
        .collect();
    Suggestion {
        tier,
        reasons,
        certainty,
    }
}
