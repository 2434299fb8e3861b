//! Every sentence people read, in Japanese and English, looked up by key.
//!
//! One Fluent catalogue per language, split by noun (`ja/issue.ftl` …). A [`Text`] is a key with its
//! values; it becomes words only when the reader's language is known. A key that is missing is a
//! fault of ours: the tests look up every key the sources use, in both languages.

use domain::setting::Language;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

const JA: &[&str] = &[
    include_str!("ja/account.ftl"),
    include_str!("ja/answer.ftl"),
    include_str!("ja/batch.ftl"),
    include_str!("ja/card.ftl"),
    include_str!("ja/category.ftl"),
    include_str!("ja/chart.ftl"),
    include_str!("ja/check.ftl"),
    include_str!("ja/command.ftl"),
    include_str!("ja/comparison.ftl"),
    include_str!("ja/course.ftl"),
    include_str!("ja/event.ftl"),
    include_str!("ja/feed.ftl"),
    include_str!("ja/feedback.ftl"),
    include_str!("ja/form.ftl"),
    include_str!("ja/fund.ftl"),
    include_str!("ja/handover.ftl"),
    include_str!("ja/import.ftl"),
    include_str!("ja/issue.ftl"),
    include_str!("ja/keeping.ftl"),
    include_str!("ja/matching.ftl"),
    include_str!("ja/memo.ftl"),
    include_str!("ja/notice.ftl"),
    include_str!("ja/office.ftl"),
    include_str!("ja/plan.ftl"),
    include_str!("ja/printout.ftl"),
    include_str!("ja/progress.ftl"),
    include_str!("ja/project.ftl"),
    include_str!("ja/reminder.ftl"),
    include_str!("ja/review.ftl"),
    include_str!("ja/round.ftl"),
    include_str!("ja/rule.ftl"),
    include_str!("ja/session.ftl"),
    include_str!("ja/setting.ftl"),
    include_str!("ja/search.ftl"),
    include_str!("ja/stoppage.ftl"),
    include_str!("ja/target.ftl"),
    include_str!("ja/share.ftl"),
    include_str!("ja/word.ftl"),
];
const EN: &[&str] = &[
    include_str!("en/account.ftl"),
    include_str!("en/answer.ftl"),
    include_str!("en/batch.ftl"),
    include_str!("en/card.ftl"),
    include_str!("en/category.ftl"),
    include_str!("en/chart.ftl"),
    include_str!("en/check.ftl"),
    include_str!("en/command.ftl"),
    include_str!("en/comparison.ftl"),
    include_str!("en/course.ftl"),
    include_str!("en/event.ftl"),
    include_str!("en/feed.ftl"),
    include_str!("en/feedback.ftl"),
    include_str!("en/form.ftl"),
    include_str!("en/fund.ftl"),
    include_str!("en/handover.ftl"),
    include_str!("en/import.ftl"),
    include_str!("en/issue.ftl"),
    include_str!("en/keeping.ftl"),
    include_str!("en/matching.ftl"),
    include_str!("en/memo.ftl"),
    include_str!("en/notice.ftl"),
    include_str!("en/office.ftl"),
    include_str!("en/plan.ftl"),
    include_str!("en/printout.ftl"),
    include_str!("en/progress.ftl"),
    include_str!("en/project.ftl"),
    include_str!("en/reminder.ftl"),
    include_str!("en/review.ftl"),
    include_str!("en/round.ftl"),
    include_str!("en/rule.ftl"),
    include_str!("en/session.ftl"),
    include_str!("en/setting.ftl"),
    include_str!("en/search.ftl"),
    include_str!("en/stoppage.ftl"),
    include_str!("en/target.ftl"),
    include_str!("en/share.ftl"),
    include_str!("en/word.ftl"),
];

type Bundle = FluentBundle<FluentResource>;

static CATALOGUES: LazyLock<[Bundle; 2]> = LazyLock::new(|| [bundle("ja", JA), bundle("en", EN)]);

fn bundle(language: &str, sources: &[&str]) -> Bundle {
    let language: LanguageIdentifier = language.parse().expect("a language of ours");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolating marks are invisible characters around values; they would end up in names and sheets.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, faults)| panic!("a catalogue cannot be read: {faults:?}"));
        bundle
            .add_resource(resource)
            .expect("every key stands once in its catalogue");
    }
    bundle
}

fn catalogue(language: Language) -> &'static Bundle {
    match language {
        Language::Ja => &CATALOGUES[0],
        Language::En => &CATALOGUES[1],
    }
}

/// The language of a person from Discord's locale (`ja`, `en-US`, …): Japanese, or English for
/// everybody else.
#[must_use]
pub fn language_of(locale: &str) -> Language {
    if locale == "ja" {
        Language::Ja
    } else {
        Language::En
    }
}

/// A number with its digits in threes, as Japanese and English papers write it: 2,000.
#[must_use]
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut written = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// A value within a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Number(i64),
    /// Words as they are. Words of people must be escaped by the caller ([`domain::text::escape_markdown`]).
    Words(String),
    /// Another text, put into the same language.
    Text(Box<Text>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Value {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Text(Box::new(text))
    }
}

/// A text not yet put into a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    key: String,
    values: Vec<(&'static str, Value)>,
}

impl Text {
    /// The text of a key.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            values: Vec::new(),
        }
    }

    /// With a value for one of its places.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The words in a language.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        self.find(language).unwrap_or_else(|| {
            tracing::error!(text.key = %self.key, "a text is missing from the catalogue");
            self.key.clone()
        })
    }

    /// The words in a language, if the catalogue has the key.
    #[must_use]
    pub fn find(&self, language: Language) -> Option<String> {
        let bundle = catalogue(language);
        let pattern = bundle.get_message(&self.key)?.value()?;
        let mut values = FluentArgs::new();
        for (name, value) in &self.values {
            values.set(
                *name,
                match value {
                    Value::Number(number) => FluentValue::from(*number),
                    Value::Words(words) => FluentValue::from(words.clone()),
                    Value::Text(text) => FluentValue::from(text.say(language)),
                },
            );
        }
        let mut faults = Vec::new();
        let words = bundle
            .format_pattern(pattern, Some(&values), &mut faults)
            .into_owned();
        if !faults.is_empty() {
            tracing::error!(text.key = %self.key, "a text lacks one of its values");
        }
        Some(words)
    }
}

/// `text!("issue-added", number = 12)`: a [`Text`] with its values.
#[macro_export]
macro_rules! text {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Text::new($key)$(.with(stringify!($name), $value))*
    };
}

/// Every key of a language's catalogue, for the tests that compare both.
#[must_use]
pub fn keys(language: Language) -> std::collections::BTreeSet<String> {
    let sources = match language {
        Language::Ja => JA,
        Language::En => EN,
    };
    sources
        .iter()
        .flat_map(|source| source.lines())
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_figures_are_parted_for_the_eye() {
        for (number, written) in [
            (0, "0"),
            (999, "999"),
            (2_000, "2,000"),
            (-12_345, "-12,345"),
            (1_234_567, "1,234,567"),
            (i64::MIN, "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(grouped(number), written);
        }
    }

    #[test]
    fn both_catalogues_can_be_read_and_hold_the_same_keys() {
        assert_eq!(keys(Language::Ja), keys(Language::En));
        for key in keys(Language::Ja) {
            for language in [Language::Ja, Language::En] {
                assert!(
                    catalogue(language).has_message(&key),
                    "{key} in {language:?}"
                );
            }
        }
    }

    #[test]
    fn a_text_within_a_text_is_said_in_the_same_language() {
        let text = crate::text!("refused-same-tier", tier = Text::new("word-tier-2"));
        assert_eq!(
            text.say(Language::Ja),
            "すでに ②職種間（二次） です。ほかの階層を選んでください。"
        );
        assert!(text.say(Language::En).contains("② between professions"));
    }
}
