//! What a Rust source says, as plain lists: paths, calls, literals, attributes, functions.
//!
//! Read from tokens, so that comments and strings cannot be mistaken for code, and the insides of
//! macros are seen like everything else. Names are taken as written; nothing is resolved.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// Something seen in a source.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// What, as written: `tokio::time::sleep`, `reveal`, the value of a literal, …
    pub(crate) what: String,
    /// The line, from 1.
    pub(crate) line: usize,
    /// Whether it stands in test code.
    pub(crate) test: bool,
}

/// A function with a body.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// The line of `fn`, from 1.
    pub(crate) line: usize,
    /// Lines from `fn` to the closing brace, both included.
    pub(crate) lines: usize,
}

/// A type with what is derived for it.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    /// Its name.
    pub(crate) name: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// The derived traits, in order.
    pub(crate) derives: Vec<String>,
}

/// One Rust file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Source {
    /// From the root of the checkout, with `/`.
    pub(crate) path: String,
    /// The file.
    pub(crate) text: String,
    /// Paths and single identifiers (keywords too); `use` trees are spread out to whole paths.
    pub(crate) paths: Vec<Seen>,
    /// Names of methods called with a dot.
    pub(crate) calls: Vec<Seen>,
    /// Values of string literals; doc comments are none.
    pub(crate) literals: Vec<Seen>,
    /// Insides of attributes, without blanks: `cfg(test)`, `expect(lint,reason="…")`.
    pub(crate) attributes: Vec<Seen>,
    /// `Trait for Type` of each `impl`, generics left out.
    pub(crate) impls: Vec<Seen>,
    /// Functions with a body.
    pub(crate) functions: Vec<Function>,
    /// Structs and enums.
    pub(crate) types: Vec<Declared>,
}

impl Source {
    /// Reads a file.
    ///
    /// # Panics
    /// It is not Rust; the compiler would have said so before.
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|fault| panic!("{path} cannot be read: {fault}"));
        let mut source = Self {
            path: path.to_owned(),
            text: text.to_owned(),
            ..Self::default()
        };
        let is_test = |part: &str| matches!(part, "tests" | "tests.rs" | "benches");
        // The two programs under `tests/` are no test code themselves; a module `tests` of a room is.
        let below = path.split_once("/src/").map_or(path, |(_, below)| below);
        let test = below.split('/').any(is_test);
        source.walk(tokens, test);
        source
    }

    /// Paths outside test code.
    pub(crate) fn plain_paths(&self) -> impl Iterator<Item = &Seen> {
        self.paths.iter().filter(|seen| !seen.test)
    }

    /// Every name outside test code: of paths, part by part, and of called methods.
    pub(crate) fn plain_names(&self) -> impl Iterator<Item = (&str, usize)> {
        self.plain_paths()
            .chain(self.calls.iter().filter(|seen| !seen.test))
            .flat_map(|seen| seen.what.split("::").map(|name| (name, seen.line)))
    }

    fn walk(&mut self, tokens: TokenStream, test: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        // Attributes since the last item; they belong to the item that follows.
        let mut attributes: Vec<String> = Vec::new();
        while at < tokens.len() {
            let test = test || attributes.iter().any(|a| a == "cfg(test)" || a == "test");
            match &tokens[at] {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    let group = tokens[at + 1..].iter().take(2).position(is_bracket);
                    if let Some(offset) = group {
                        at += offset + 1;
                        if let TokenTree::Group(inner) = &tokens[at] {
                            attributes.push(self.attribute(inner, test));
                        }
                    }
                }
                TokenTree::Punct(mark) if mark.as_char() == '.' && !is_range(&tokens, at) => {
                    if let Some(TokenTree::Ident(name)) = tokens.get(at + 1) {
                        if is_called(&tokens[at + 2..]) {
                            self.calls.push(seen(name.to_string(), name.span(), test));
                        }
                        // A field is no path; `await` is a keyword.
                        at += usize::from(name != "await");
                    }
                }
                TokenTree::Punct(mark) if mark.as_char() == ';' => attributes.clear(),
                TokenTree::Punct(_) => {}
                TokenTree::Literal(literal) => {
                    if let Some(value) = string_value(&literal.to_string()) {
                        self.literals.push(seen(value, literal.span(), test));
                    }
                }
                TokenTree::Group(group) => {
                    self.walk(group.stream(), test);
                    if group.delimiter() == Delimiter::Brace {
                        attributes.clear();
                    }
                }
                TokenTree::Ident(name) if name == "use" => {
                    at = self.spread_use(&tokens, at, test);
                    attributes.clear();
                }
                TokenTree::Ident(name) => {
                    match name.to_string().as_str() {
                        "fn" => self.function(&tokens, at),
                        "impl" => self.implementation(&tokens, at, test),
                        "struct" | "enum" => self.declared(&tokens, at, &attributes),
                        _ => {}
                    }
                    at = self.path(&tokens, at, test);
                }
            }
            at += 1;
        }
    }

    fn attribute(&mut self, inner: &Group, test: bool) -> String {
        let tokens: Vec<TokenTree> = inner.stream().into_iter().collect();
        let is_doc = matches!(tokens.first(), Some(TokenTree::Ident(name)) if name == "doc");
        let plain: String = inner.stream().to_string().split_whitespace().collect();
        if !is_doc {
            self.attributes
                .push(seen(plain.clone(), inner.span_open(), test));
            // What an attribute names is used: `#[autocomplete = "super::suggest::numbers"]`.
            self.walk(inner.stream(), test);
        }
        plain
    }

    /// Collects `a::b::c` from `at` on and returns the place of its last token.
    fn path(&mut self, tokens: &[TokenTree], at: usize, test: bool) -> usize {
        let mut names = Vec::new();
        let mut here = at;
        while let Some(TokenTree::Ident(name)) = tokens.get(here) {
            names.push(name.to_string());
            if !(is_colon(tokens.get(here + 1)) && is_colon(tokens.get(here + 2))) {
                break;
            }
            here += 3;
        }
        // `a::<T>` and `a::{` end in two colons: the last name is before them.
        let last = here.min(at + (names.len() - 1) * 3);
        self.paths
            .push(seen(names.join("::"), tokens[at].span(), test));
        last
    }

    /// Spreads a `use` tree and returns the place of its last token.
    fn spread_use(&mut self, tokens: &[TokenTree], at: usize, test: bool) -> usize {
        let end = (at..tokens.len())
            .find(|place| matches!(&tokens[*place], TokenTree::Punct(p) if p.as_char() == ';'))
            .unwrap_or(tokens.len() - 1);
        self.spread("", &tokens[at + 1..end], test);
        end
    }

    fn spread(&mut self, before: &str, tokens: &[TokenTree], test: bool) {
        let is_comma =
            |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
        for branch in tokens.split(is_comma) {
            let mut path = before.to_owned();
            let mut line = None;
            for token in branch {
                match token {
                    TokenTree::Ident(name) if name == "as" => break,
                    TokenTree::Ident(name) => {
                        path.push_str(&name.to_string());
                        line = Some(name.span());
                    }
                    TokenTree::Punct(mark) if is_double_colon(mark) => path.push_str("::"),
                    TokenTree::Punct(mark) if mark.as_char() == '*' => path.push('*'),
                    TokenTree::Group(group) => {
                        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                        self.spread(&path, &inner, test);
                        line = None;
                    }
                    _ => {}
                }
            }
            if let Some(span) = line {
                self.paths.push(seen(path, span, test));
            }
        }
    }

    fn function(&mut self, tokens: &[TokenTree], at: usize) {
        let Some(TokenTree::Ident(name)) = tokens.get(at + 1) else {
            return;
        };
        let line = tokens[at].span().start().line;
        for token in &tokens[at + 2..] {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ';' => return,
                TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                    let lines = body.span_close().end().line + 1 - line;
                    self.functions.push(Function {
                        name: name.to_string(),
                        line,
                        lines,
                    });
                    return;
                }
                _ => {}
            }
        }
    }

    fn implementation(&mut self, tokens: &[TokenTree], at: usize, test: bool) {
        let mut names: Vec<String> = Vec::new();
        let mut depth = 0_usize;
        for token in &tokens[at + 1..] {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '<' => depth += 1,
                TokenTree::Punct(mark) if mark.as_char() == '>' => depth = depth.saturating_sub(1),
                TokenTree::Ident(name) if depth == 0 => names.push(name.to_string()),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break,
                TokenTree::Punct(mark) if matches!(mark.as_char(), ';' | ',' | '=') => return,
                _ => {}
            }
        }
        let Some(middle) = names.iter().position(|name| name == "for") else {
            return;
        };
        let (Some(of), Some(of_type)) = (names[..middle].last(), names.get(middle + 1..)) else {
            return;
        };
        let end = of_type
            .iter()
            .position(|name| name == "where")
            .unwrap_or(of_type.len());
        if let Some(of_type) = of_type[..end].last() {
            self.impls
                .push(seen(format!("{of} for {of_type}"), tokens[at].span(), test));
        }
    }

    fn declared(&mut self, tokens: &[TokenTree], at: usize, attributes: &[String]) {
        let Some(TokenTree::Ident(name)) = tokens.get(at + 1) else {
            return;
        };
        let derives = attributes
            .iter()
            .filter_map(|attribute| attribute.strip_prefix("derive(")?.strip_suffix(')'))
            .flat_map(|list| list.split(','))
            .map(|name| name.rsplit("::").next().unwrap_or(name).to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        let line = name.span().start().line;
        self.types.push(Declared {
            name: name.to_string(),
            line,
            derives,
        });
    }
}

fn seen(what: String, span: proc_macro2::Span, test: bool) -> Seen {
    Seen {
        what,
        line: span.start().line,
        test,
    }
}

fn is_bracket(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

/// Whether the dot at `at` is part of `..`.
fn is_range(tokens: &[TokenTree], at: usize) -> bool {
    let is_dot =
        |place: usize| matches!(tokens.get(place), Some(TokenTree::Punct(p)) if p.as_char() == '.');
    is_dot(at + 1) || at.checked_sub(1).is_some_and(is_dot)
}

/// The first half of `::`.
fn is_double_colon(mark: &proc_macro2::Punct) -> bool {
    mark.as_char() == ':' && mark.spacing() == Spacing::Joint
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == ':')
}

/// Whether what follows a name calls it: `(…)` or `::<T>(…)`.
fn is_called(after: &[TokenTree]) -> bool {
    let is_call = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
    match after.first() {
        Some(token) if is_call(token) => true,
        token => is_colon(token) && after.iter().take(12).any(is_call),
    }
}

/// The value of a string literal, plain or raw; `None` for numbers, characters and bytes.
fn string_value(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let raw = raw.trim_matches('#');
        return Some(raw.strip_prefix('"')?.strip_suffix('"')?.to_owned());
    }
    let plain = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut value = String::new();
    let mut letters = plain.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, false) => value.push(letter),
            // Escapes matter for line ends and quotes only; a rare one stays as written.
            _ => match letters.next() {
                Some('n') => value.push('\n'),
                Some('"') => value.push('"'),
                Some('\n') => {
                    let rest = letters.as_str().trim_start();
                    letters = rest.chars();
                }
                Some(other) => value.extend(['\\', other]),
                None => {}
            },
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r##"
        //! Says `std::fs::write` in words only.
        use domain::{tier::Tier, issue::{self, Status as State}};
        #[derive(Clone, serde::Serialize)]
        pub struct Name(String);
        impl<T: Into<u8>> std::fmt::Display for Name where T: Copy { }
        /// Talks of tokio::time::sleep.
        pub async fn run(name: &Name) -> bool {
            let said = format!("word-{}", name.0.clone());
            matches!(Tier::One, tokio::time::sleep) || vec.iter::<u8>().any(|x| x) || said == r#"raw"#
        }
        #[cfg(test)]
        mod tests { fn inner() { std::fs::read("x"); } }
        fn after() { std::env::var("A"); }
    "##;

    fn words(seen: &[Seen], test: bool) -> Vec<&str> {
        seen.iter()
            .filter(|s| s.test == test)
            .map(|s| s.what.as_str())
            .collect()
    }

    #[test]
    fn what_a_source_says_is_seen_and_what_it_talks_of_is_not() {
        let source = Source::read("bot/src/sample.rs", SAMPLE);
        let plain = words(&source.paths, false);
        for path in [
            "domain::tier::Tier",
            "domain::issue::self",
            "domain::issue::Status",
            "Tier::One",
            "tokio::time::sleep",
            "std::env::var",
            "async",
        ] {
            assert!(plain.contains(&path), "{path} is missing from {plain:?}");
        }
        assert!(!plain.contains(&"std::fs::write") && !plain.contains(&"std::fs::read"));
        assert!(words(&source.paths, true).contains(&"std::fs::read"));
        assert_eq!(words(&source.calls, false), ["clone", "iter", "any"]);
        assert_eq!(words(&source.literals, false), ["word-{}", "raw", "A"]);
        assert_eq!(words(&source.impls, false), ["Display for Name"]);
        let name = &source.types[0];
        assert_eq!(
            (name.name.as_str(), name.derives.join("+").as_str()),
            ("Name", "Clone+Serialize")
        );
        let run = &source.functions[0];
        assert_eq!((run.name.as_str(), run.line, run.lines), ("run", 8, 4));
    }

    #[test]
    fn a_file_of_tests_is_test_code_and_a_program_under_tests_is_not() {
        let is_test = |path| Source::read(path, "fn a() { b(); }").paths[0].test;
        assert!(is_test("storage/domain/tests/tier.rs"));
        assert!(is_test("tests/tidy/main.rs"));
        assert!(!is_test("tests/fake_discord/src/state.rs"));
    }
}
