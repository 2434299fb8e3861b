//! How rules are kept, and how they decide.
//!
//! Every rule that finds its words speaks once, with its weight, for its tier; the tier with the most weight is suggested.
//! Before the rules look, each profession in the text is replaced by a sign for who it is to the speaker (their own, another,
//! a public body), so that one pattern says "to another profession" for all of them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::lesson::Lesson;
use super::{
    Certainty, OFFICE_PATTERN_BYTES_MAX, OFFICE_PATTERN_MAX, OFFICE_RULES_MAX, OfficeRule, Reason,
    RuleCode, RuleFault, Statement, Suggestion, Tier, standard,
};
use crate::profession::Vocabulary;
use crate::text::Normalised;

/// Weight of an office's own rule: more than the standard rules can bring together.
const OFFICE_WEIGHT: i32 = 1000;

/// The lead in weight from which a suggestion with words against it still counts as sure.
const CLEAR_LEAD: i32 = 40;

/// The lead from which what is learned decides where no rule spoke.
const LEARNED_LEAD: i32 = 5;

/// Signs for professions in a marked text, from the private use area of Unicode.
const OWN: char = '\u{E000}';
const OTHER: char = '\u{E001}';
const PUBLIC: char = '\u{E002}';
const SILENT: char = '\u{E003}';

/// The rules of an office: the standard ones and its own.
#[derive(Debug, Clone)]
pub struct Rules {
    rules: Vec<Rule>,
    lesson: &'static Lesson,
}

#[derive(Debug, Clone)]
struct Rule {
    code: RuleCode,
    tier: Tier,
    weight: i32,
    pattern: Regex,
    /// Office patterns are written for the text as it is, standard ones for the marked text.
    marked: bool,
}

impl Rules {
    /// The rules of seed 000, chapter 3, with the vocabulary of the field.
    #[must_use]
    pub fn standard() -> Self {
        static STANDARD: LazyLock<Vec<Rule>> =
            LazyLock::new(|| standard::rules().map(Rule::from_line).collect());
        Self {
            rules: STANDARD.clone(),
            lesson: Lesson::standard(),
        }
    }

    /// The standard rules and those an office adds, which weigh more than any standard one.
    ///
    /// # Errors
    /// [`RuleFault`] names the first rule that is refused and why.
    pub fn with_office(extra: &[OfficeRule]) -> Result<Self, RuleFault> {
        let Self { mut rules, lesson } = Self::standard();
        if extra.len() > OFFICE_RULES_MAX {
            return Err(RuleFault::TooMany {
                actual: extra.len(),
            });
        }
        for (index, rule) in extra.iter().enumerate() {
            let pattern = office_pattern(index, &rule.pattern)?;
            let code = RuleCode(format!("office.{}", index + 1).into());
            rules.push(Rule {
                code,
                tier: rule.tier,
                weight: OFFICE_WEIGHT,
                pattern,
                marked: false,
            });
        }
        Ok(Self { rules, lesson })
    }
}

impl Rule {
    fn from_line((code, tier, weight, patterns): &standard::Line) -> Self {
        let source = patterns
            .join("|")
            .replace("<自>", &OWN.to_string())
            .replace("<他>", &OTHER.to_string())
            .replace("<公>", &PUBLIC.to_string())
            .replace("<職>", &format!("[{OWN}{OTHER}]"));
        let pattern = Regex::new(&source).expect("the standard patterns compile");
        Self {
            code: RuleCode((*code).into()),
            tier: *tier,
            weight: *weight,
            pattern,
            marked: true,
        }
    }
}

fn office_pattern(index: usize, source: &str) -> Result<Regex, RuleFault> {
    let actual = source.chars().count();
    if actual > OFFICE_PATTERN_MAX {
        return Err(RuleFault::TooLong { index, actual });
    }
    let built = RegexBuilder::new(source)
        .size_limit(OFFICE_PATTERN_BYTES_MAX)
        .build();
    let pattern = built.map_err(|fault| match fault {
        regex::Error::CompiledTooBig(_) => RuleFault::TooBig { index },
        other => RuleFault::Malformed {
            index,
            reason: other.to_string(),
        },
    })?;
    if pattern.is_match("") {
        Err(RuleFault::MatchesEverything { index })
    } else {
        Ok(pattern)
    }
}

/// Who is named, as seen from the speaker.
struct Cast {
    /// The text with signs in place of professions.
    marked: Normalised,
    /// Words for professions other than the speaker's, one word for each house.
    others: Vec<String>,
    /// Whether the speaker's own is named too, or at least known.
    own: bool,
    /// Whether the speaker is a public body.
    public: bool,
}

/// The tier of a statement, with the words that decided.
#[must_use]
pub fn suggest(statement: &Statement<'_>, vocabulary: &Vocabulary, rules: &Rules) -> Suggestion {
    let even = Normalised::new(statement.text);
    let cast = cast(statement, vocabulary, &even);
    let mut spoken: Vec<(i32, Reason)> = Vec::new();
    for rule in &rules.rules {
        let looked_at = if rule.marked { &cast.marked } else { &even };
        let mut words: Vec<String> = Vec::new();
        for hit in rule.pattern.find_iter(looked_at.as_str()) {
            let word = &statement.text[looked_at.original(hit.range())];
            if !word.is_empty() && words.iter().all(|known| known != word) {
                words.push(word.to_owned());
            }
        }
        if !words.is_empty() {
            spoken.push((
                rule.weight,
                Reason {
                    rule: rule.code.clone(),
                    tier: rule.tier,
                    words,
                },
            ));
        }
    }
    spoken.extend(by_number(&cast));
    if cast.public {
        let rule = RuleCode("region.public_speaker".into());
        let words = statement.speaker_professions.to_vec();
        spoken.push((
            standard::PUBLIC_WEIGHT,
            Reason {
                rule,
                tier: Tier::Three,
                words,
            },
        ));
    }
    let learned = learned(statement, &cast, rules);
    decide(spoken, learned)
}

/// The marked text of a statement, as rules and lesson look at it.
pub(super) fn marked(statement: &Statement<'_>, vocabulary: &Vocabulary) -> String {
    let even = Normalised::new(statement.text);
    cast(statement, vocabulary, &even)
        .marked
        .as_str()
        .to_owned()
}

/// What the labelled statements say: points for each tier, with the words that speak most for it.
fn learned(statement: &Statement<'_>, cast: &Cast, rules: &Rules) -> Vec<(i32, Reason)> {
    let opinion = rules.lesson.opinion(cast.marked.as_str());
    let codes = ["inside.learned", "between.learned", "region.learned"];
    let mut learned = Vec::new();
    for (index, places) in opinion.words.into_iter().enumerate() {
        let words: Vec<String> = places
            .into_iter()
            .map(|place| statement.text[cast.marked.original(place)].to_owned())
            .collect();
        let telling: Vec<String> = words
            .iter()
            .filter(|word| is_telling(word))
            .cloned()
            .collect();
        let words = if telling.is_empty() { words } else { telling };
        if !words.is_empty() && opinion.points[index] > 0 {
            let reason = Reason {
                rule: RuleCode(codes[index].into()),
                tier: Tier::ALL[index],
                words,
            };
            learned.push((opinion.points[index], reason));
        }
    }
    learned
}

fn cast(statement: &Statement<'_>, vocabulary: &Vocabulary, even: &Normalised) -> Cast {
    let house = |index: usize| standard::house(vocabulary.name(index));
    let speakers: Vec<&str> = statement
        .speaker_professions
        .iter()
        .filter_map(|name| vocabulary.find(name))
        .map(house)
        .collect();
    let mut signs = Vec::new();
    let mut others: Vec<(&str, String)> = Vec::new();
    let (mentions, silent) = apart_from_compounds(vocabulary.spans(even.as_str()), even.as_str());
    signs.extend(silent.into_iter().map(|span| (span, SILENT)));
    for (profession, span) in mentions {
        let name = house(profession);
        let colleague = standard::STAFF.iter().any(|(house, words)| {
            speakers.contains(house) && words.contains(&&even.as_str()[span.clone()])
        });
        let sign = if speakers.contains(&name) || colleague {
            OWN
        } else if standard::PUBLIC.contains(&name) {
            PUBLIC
        } else {
            if others.iter().all(|(known, _)| *known != name) {
                others.push((name, statement.text[even.original(span.clone())].to_owned()));
            }
            OTHER
        };
        signs.push((span, sign));
    }
    signs.sort_by_key(|(span, _)| span.start);
    for index in statement
        .about
        .iter()
        .filter_map(|name| vocabulary.find(name))
    {
        let name = house(index);
        if !speakers.contains(&name) && others.iter().all(|(known, _)| *known != name) {
            others.push((name, vocabulary.name(index).to_owned()));
        }
    }
    Cast {
        marked: even.with_signs(&signs),
        others: others.into_iter().map(|(_, word)| word).collect(),
        own: !speakers.is_empty(),
        public: speakers.iter().any(|name| standard::PUBLIC.contains(name)),
    }
}

/// The mentions, and the compounds no rule looks at; of a mention and a compound in the same place the longer stays.
#[expect(clippy::type_complexity, reason = "two plain lists, used once")]
fn apart_from_compounds(
    mentions: Vec<(usize, Range<usize>)>,
    even: &str,
) -> (Vec<(usize, Range<usize>)>, Vec<Range<usize>>) {
    let meet =
        |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
    let compounds = standard::NEUTRAL
        .iter()
        .flat_map(|phrase| even.match_indices(phrase));
    let silent: Vec<Range<usize>> = compounds
        .map(|(at, phrase)| at..at + phrase.len())
        .filter(|span| {
            mentions
                .iter()
                .all(|(_, mention)| !meet(span, mention) || span.len() > mention.len())
        })
        .collect();
    let kept = mentions
        .into_iter()
        .filter(|(_, mention)| silent.iter().all(|span| !meet(span, mention)));
    (kept.collect(), silent)
}

/// What the mere number of professions says: two are a matter between them, three and more one of the region.
fn by_number(cast: &Cast) -> Option<(i32, Reason)> {
    let houses = cast.others.len() + usize::from(cast.own);
    let (weight, code, tier) = match (cast.others.len(), houses) {
        (0, _) | (_, 0 | 1) => return None,
        (3.., _) => (standard::THREE_WEIGHT, "region.professions", Tier::Three),
        _ => (standard::TWO_WEIGHT, "between.professions", Tier::Two),
    };
    Some((
        weight,
        Reason {
            rule: RuleCode(code.into()),
            tier,
            words: cast.others.clone(),
        },
    ))
}

/// Whether a stretch of text says something by itself: endings in hiragana do not.
fn is_telling(word: &str) -> bool {
    word.chars()
        .any(|letter| letter.is_alphanumeric() && !matches!(letter, 'ぁ'..='ん' | 'ー'))
}

/// The tier with most points. What is learned is named after the rules, and alone it makes nothing sure.
fn decide(mut spoken: Vec<(i32, Reason)>, learned: Vec<(i32, Reason)>) -> Suggestion {
    spoken.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let by_rule = !spoken.is_empty();
    spoken.extend(learned);
    let sum = |tier: Tier| -> i32 {
        spoken
            .iter()
            .filter(|(_, reason)| reason.tier == tier)
            .map(|(weight, _)| weight)
            .sum()
    };
    let mut ranked = Tier::ALL.map(|tier| (sum(tier), tier));
    ranked.sort_by_key(|(weight, tier)| std::cmp::Reverse((*weight, *tier)));
    let [(most, tier), (next, _), _] = ranked;
    if most == 0 || !by_rule && most - next < LEARNED_LEAD {
        let rest = Reason {
            rule: RuleCode("inside.rest".into()),
            tier: Tier::One,
            words: Vec::new(),
        };
        return Suggestion {
            tier: Tier::One,
            reasons: vec![rest],
            certainty: Certainty::Low,
        };
    }
    let certainty = match most - next {
        _ if !by_rule => Certainty::Low,
        CLEAR_LEAD.. => Certainty::High,
        _ => Certainty::Medium,
    };
    let reasons = spoken
        .into_iter()
        .map(|(_, reason)| reason)
        .filter(|reason| reason.tier == tier);
    Suggestion {
        tier,
        reasons: reasons.collect(),
        certainty,
    }
}
