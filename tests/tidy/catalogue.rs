//! Catalogues: both languages have the same texts with the same values, every text that is asked for
//! exists, every text that exists is asked for.

use crate::{
    Complaint, command,
    family::{DIFFERENT, families},
    finds, hold,
    house::{HOUSE, House},
    source::Source,
};
use domain::setting::Language;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The values of each text, by key.
type Catalogue = BTreeMap<String, BTreeSet<String>>;

static VALUE: LazyLock<regex::Regex> =
    LazyLock::new(|| regex::Regex::new(r"\$([a-z_]+)").expect("a good pattern"));
static PREFIX: LazyLock<regex::Regex> =
    LazyLock::new(|| regex::Regex::new(r"^([a-z]+(?:-[a-z]+)*-)\{").expect("a good pattern"));

/// Reads a language's files; a key that stands twice is a complaint of the program at its start.
fn catalogue(house: &House, language: &str) -> Catalogue {
    let folder = format!("commands/src/text/{language}/");
    let files = house
        .files
        .iter()
        .filter(|file| file.path.starts_with(&folder));
    let mut catalogue = Catalogue::new();
    for file in files {
        let mut key = None;
        for line in file.text.lines() {
            if line.starts_with(|first: char| first.is_ascii_lowercase())
                && let Some((name, _)) = line.split_once('=')
            {
                key = Some(name.trim().to_owned());
                catalogue.entry(name.trim().to_owned()).or_default();
            }
            if let Some(key) = &key
                && let Some(values) = catalogue.get_mut(key)
            {
                values.extend(VALUE.captures_iter(line).map(|found| found[1].to_owned()));
            }
        }
    }
    catalogue
}

/// A text as the sources ask for it.
#[derive(Debug)]
struct Asked {
    key: String,
    values: BTreeSet<String>,
    line: usize,
}

/// Every `text!("key", value = …)` and `Text::new("key").with("value", …)` outside tests.
fn asked(source: &Source) -> Vec<Asked> {
    let mut found = Vec::new();
    let tokens = source.text.parse().expect("a source that was read before");
    collect(tokens, &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<Asked>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, word: &str| {
        tokens
            .get(at)
            .is_some_and(|token| token.to_string() == word)
    };
    let mut at = 0;
    while at < tokens.len() {
        if is(at, "mod") && is(at + 1, "tests") {
            at += 3;
            continue;
        }
        let arguments = if is(at, "text") && is(at + 1, "!") {
            Some(at + 2)
        } else if is(at, "Text") && is(at + 1, ":") && is(at + 3, "new") {
            Some(at + 4)
        } else {
            None
        };
        if let Some(place) = arguments
            && let Some(TokenTree::Group(group)) = tokens.get(place)
        {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let mut parts = inner.split(|token| token.to_string() == ",");
            let keys = parts.next().map(literals).unwrap_or_default();
            let mut values: BTreeSet<String> = parts
                .filter(|part| part.get(1).is_some_and(|token| token.to_string() == "="))
                .map(|part| part[0].to_string())
                .collect();
            values.extend(chained(&tokens[place + 1..]));
            let line = tokens[at].span().start().line;
            found.extend(keys.into_iter().map(|key| Asked {
                key,
                values: values.clone(),
                line,
            }));
        }
        if let TokenTree::Group(group) = &tokens[at] {
            collect(group.stream(), found);
        }
        at += 1;
    }
}

/// The names of `.with("name", …).with(…)` right after a text.
fn chained(after: &[TokenTree]) -> Vec<String> {
    let mut names = Vec::new();
    for step in after.chunks(3) {
        match step {
            [dot, with, TokenTree::Group(group)]
                if dot.to_string() == "." && with.to_string() == "with" =>
            {
                let inner: Vec<TokenTree> = group.stream().into_iter().take(1).collect();
                names.extend(literals(&inner));
            }
            _ => break,
        }
    }
    names
}

/// The string literals of an expression, inside its blocks too (`if … { "a" } else { "b" }`), but not
/// inside what it calls.
fn literals(tokens: &[TokenTree]) -> Vec<String> {
    let mut values = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if let Some(value) = text
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'))
                {
                    values.push(value.to_owned());
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                values.extend(literals(&inner));
            }
            _ => {}
        }
    }
    values
}

/// The catalogue by which askers are checked: each text with the values of both languages.
fn both(japanese: &Catalogue, english: &Catalogue) -> Catalogue {
    let mut both = japanese.clone();
    for (key, values) in english {
        both.entry(key.clone())
            .or_default()
            .extend(values.iter().cloned());
    }
    both
}

fn check_twins(japanese: &Catalogue, english: &Catalogue) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (mine, others, other) in [(japanese, english, "en"), (english, japanese, "ja")] {
        let path = format!("commands/src/text/{other}");
        for (key, values) in mine {
            match others.get(key) {
                None => complaints.push(Complaint::new(&path, 0, format!("{key} is missing"))),
                Some(twin) if twin != values && !DIFFERENT.iter().any(|(of, _)| of == key) => {
                    let what = format!("{key} has other values: {twin:?}, not {values:?}");
                    complaints.push(Complaint::new(&path, 0, what));
                }
                Some(_) => {}
            }
        }
    }
    complaints
}

fn check_asked<'s>(
    sources: impl Iterator<Item = &'s Source>,
    catalogue: &Catalogue,
    families: &BTreeMap<&'static str, BTreeSet<String>>,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for source in sources {
        for Asked { key, values, line } in asked(source) {
            let mut complain = |what| complaints.push(Complaint::new(&source.path, line, what));
            match catalogue.get(&key) {
                None => complain(format!("{key} stands in no catalogue")),
                Some(wanted) if *wanted != values => {
                    complain(format!("{key} wants the values {wanted:?}, not {values:?}"));
                }
                Some(_) => {}
            }
        }
        for literal in source.literals.iter().filter(|literal| !literal.test) {
            if catalogue.contains_key(&literal.what) {
                used.insert(literal.what.clone());
            }
            if let Some(prefix) = PREFIX.captures(&literal.what)
                && catalogue.keys().any(|key| key.starts_with(&prefix[1]))
                && !families.contains_key(&prefix[1])
            {
                let what = format!("{}… is a family of keys unknown to the tests", &prefix[1]);
                complaints.push(Complaint::new(&source.path, literal.line, what));
            }
        }
    }
    let of_families = families
        .iter()
        .flat_map(|(prefix, codes)| codes.iter().map(move |code| format!("{prefix}{code}")));
    for key in of_families {
        if !catalogue.contains_key(&key) {
            let what = format!("{key} is missing");
            complaints.push(Complaint::new("commands/src/text", 0, what));
        }
        used.insert(key);
    }
    for key in catalogue.keys().filter(|key| !used.contains(*key)) {
        complaints.push(Complaint::new(
            "commands/src/text",
            0,
            format!("nobody asks for {key}"),
        ));
    }
    complaints
}

#[test]
fn both_languages_say_the_same_things() {
    let (japanese, english) = (catalogue(&HOUSE, "ja"), catalogue(&HOUSE, "en"));
    assert!(japanese.len() > 100, "the catalogue was read");
    hold(check_twins(&japanese, &english));
    let known: BTreeSet<String> = japanese.keys().cloned().collect();
    assert_eq!(
        commands::text::keys(Language::Ja),
        known,
        "the program reads every file"
    );
}

#[test]
fn every_text_that_is_asked_for_exists_and_the_other_way_round() {
    let families = families(&HOUSE, &command::payload(true));
    let catalogue = both(&catalogue(&HOUSE, "ja"), &catalogue(&HOUSE, "en"));
    hold(check_asked(
        HOUSE.below("commands/src/"),
        &catalogue,
        &families,
    ));
}

#[test]
fn a_text_that_is_missing_or_left_over_is_found() {
    let of = |entries: &[(&str, &[&str])]| -> Catalogue {
        entries
            .iter()
            .map(|(key, values)| {
                (
                    (*key).to_owned(),
                    values.iter().map(|value| (*value).to_owned()).collect(),
                )
            })
            .collect()
    };
    let japanese = of(&[
        ("added", &["number"]),
        ("left", &[]),
        ("word-kind-issue", &[]),
        ("odd-a", &[]),
    ]);
    let english = of(&[
        ("added", &["count"]),
        ("left", &[]),
        ("word-kind-issue", &[]),
    ]);
    finds(
        &check_twins(&japanese, &english),
        &["added has other values", "odd-a is missing", "added"],
    );

    let source = Source::read(
        "commands/src/bad.rs",
        r#"
        fn f() {
            text!("added", number = 1);
            Text::new("added");
            Text::new(if a { "gone" } else { "added" }).with("number", 1);
            Text::new(format!("odd-{}", a));
        }
        #[cfg(test)]
        mod tests { fn g() { Text::new("only-in-a-test"); } }
        "#,
    );
    let families = BTreeMap::from([(
        "word-kind-",
        BTreeSet::from(["issue".into(), "idea".into()]),
    )]);
    let mut found = check_asked([&source].into_iter(), &japanese, &families);
    found.sort();
    finds(
        &found,
        &[
            "added wants the values",
            "gone stands in no catalogue",
            "odd-… is a family",
            "nobody asks for left",
            "nobody asks for odd-a",
            "word-kind-idea is missing",
        ],
    );
}
