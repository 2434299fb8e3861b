//! Sentences: what people read stands in the catalogues, what is logged holds nothing of theirs.

use crate::{Complaint, finds, hold, house::HOUSE, source::Source};
use proc_macro2::{TokenStream, TokenTree};
use std::sync::LazyLock;

/// Rooms whose code holds no words for people. (The domain has vocabularies; the bot speaks to
/// administrators before any office, and so any language, is known.)
const SPEECHLESS: &[&str] = &["storage/src/", "commands/src/"];
/// A letter of Japanese; marks such as 、 and 「」 are none.
static LETTER: LazyLock<regex::Regex> = LazyLock::new(|| {
    regex::Regex::new(r"[\p{Hiragana}\p{Katakana}\p{Han}]").expect("a good pattern")
});

/// Macros that log.
const LOGS: &[&str] = &["error", "warn", "info", "debug", "trace"];
/// What a log must not be given.
const PRIVATE: &[&str] = &[
    "content", "masked", "note", "password", "secret", "speaker", "text", "token", "value",
    "wording",
];

/// Every `tracing::…!(…)` outside tests that is given something private.
fn logged(tokens: TokenStream, found: &mut Vec<(String, usize)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let word = |at: usize| tokens.get(at).map(ToString::to_string).unwrap_or_default();
    let mut at = 0;
    while at < tokens.len() {
        if word(at) == "mod" && word(at + 1) == "tests" {
            at += 3;
            continue;
        }
        let logs = word(at) == "tracing" && LOGS.contains(&word(at + 3).as_str());
        if let Some(TokenTree::Group(group)) = tokens.get(at + 5)
            && logs
            && word(at + 4) == "!"
        {
            private(group.stream(), found);
        }
        if let TokenTree::Group(group) = &tokens[at] {
            logged(group.stream(), found);
        }
        at += 1;
    }
}

/// Names of what is private among what is logged. The key of a text (`text.key`) is none.
fn private(tokens: TokenStream, found: &mut Vec<(String, usize)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => private(group.stream(), found),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let is_field = tokens
                    .get(at + 1)
                    .is_some_and(|next| next.to_string() == ".");
                if PRIVATE.contains(&name.as_str()) && !is_field {
                    found.push((name, token.span().start().line));
                }
            }
            _ => {}
        }
    }
}

/// Names that are the same in every language: the font of the manual's forms.
const NAMES: &[&str] = &["游ゴシック"];

fn check<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        let path = source.path.as_str();
        let mut complain = |line, what: String| complaints.push(Complaint::new(path, line, what));
        if SPEECHLESS.iter().any(|room| path.starts_with(room)) {
            for literal in source.literals.iter().filter(|literal| !literal.test) {
                let is_name = NAMES.contains(&literal.what.as_str());
                if LETTER.is_match(&literal.what) && !is_name {
                    let what = format!("`{}`: sentences stand in the catalogues", literal.what);
                    complain(literal.line, what);
                }
            }
        }
        if ["bot/", "commands/", "storage/"]
            .iter()
            .any(|room| path.starts_with(room))
        {
            let mut found = Vec::new();
            logged(
                source.text.parse().expect("a source that was read before"),
                &mut found,
            );
            for (name, line) in found {
                complain(line, format!("{name} must not be logged"));
            }
        }
    }
    complaints
}

#[test]
fn sentences_stand_in_catalogues_and_logs_hold_nothing_of_peoples() {
    hold(check(HOUSE.sources.iter()));
}

#[test]
fn a_sentence_in_code_and_a_wording_in_a_log_are_found() {
    let sources = [
        Source::read(
            "commands/src/a.rs",
            r#"fn f() { say("記録しました"); join("、"); }"#,
        ),
        Source::read(
            "storage/domain/src/b.rs",
            r#"const WORDS: &[&str] = &["薬剤師"];"#,
        ),
        Source::read(
            "bot/src/c.rs",
            r#"
            fn f() {
                tracing::warn!(wording = %issue.text, "said");
                tracing::error!(text.key = %self.key, number = issue.id.0, "text wording speaker");
                tracing::info!("{}", config.token);
            }
            #[cfg(test)]
            mod tests { fn g() { tracing::info!(speaker); } }
            "#,
        ),
    ];
    finds(
        &check(sources.iter()),
        &[
            "記録しました",
            "wording must not",
            "text must not",
            "token must not",
        ],
    );
}
