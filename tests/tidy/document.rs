//! Documents: links lead somewhere, decisions are listed, what is named exists, one sentence per line.

use crate::{
    Complaint, finds, hold,
    house::{HOUSE, Written, root},
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// Most lines of ARCHITECTURE.md: a map one can hold.
const MAP_LINES_MAX: usize = 200;
const DECISIONS: &str = "docs/decisions/";

/// First parts of places that are not in the checkout: beside it, or made by building.
const OUTSIDE: &[&str] = &["..", "target"];

static COMMENT: LazyLock<regex::Regex> = LazyLock::new(|| pattern(r"(?s)<!--.*?-->"));
static LINK: LazyLock<regex::Regex> = LazyLock::new(|| pattern(r"\]\(([^)\s]+)\)"));
static CODE: LazyLock<regex::Regex> = LazyLock::new(|| pattern(r"`([^`]+)`"));
static PLACE: LazyLock<regex::Regex> = LazyLock::new(|| pattern(r"^[.\w-]+(/[.\w-]+)*/?$"));
static NAME: LazyLock<regex::Regex> = LazyLock::new(|| pattern(r"^[A-Za-z_]\w*(::[A-Za-z_]\w*)*$"));
/// What is no sentence of its own: code, links, the number of a point in a list.
static ASIDE: LazyLock<regex::Regex> =
    LazyLock::new(|| pattern(r"`[^`]+`|\[[^\]]*\]\([^)]*\)|^\s*\d+\."));
static TWO_SENTENCES: LazyLock<regex::Regex> =
    LazyLock::new(|| pattern(r"[a-z)]\. +[A-Z]|。[^」』）)\s|*]"));

fn pattern(pattern: &str) -> regex::Regex {
    regex::Regex::new(pattern).expect("a good pattern")
}

/// The lines of a document outside code blocks and comments.
fn prose(text: &str) -> Vec<(usize, String)> {
    // A comment's lines stay, emptied, so that numbers hold.
    let text = COMMENT.replace_all(text, |found: &regex::Captures<'_>| {
        "\n".repeat(found[0].matches('\n').count())
    });
    let mut in_code = false;
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            lines.push((number + 1, line.to_owned()));
        }
    }
    lines
}

/// Where a link leads, from the root; `None` for links out of the house and within the page.
fn target(document: &str, link: &str) -> Option<PathBuf> {
    let path = link.split('#').next().unwrap_or_default();
    if path.is_empty() || link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let folder = Path::new(document).parent().unwrap_or(Path::new(""));
    Some(folder.join(path))
}

/// `there` says whether a path from the root exists; `names` are the names the sources declare or use.
fn check(
    files: &[Written],
    there: &dyn Fn(&Path) -> bool,
    names: &BTreeSet<String>,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        let mut complain = |line, what| complaints.push(Complaint::new(&file.path, line, what));
        for (number, line) in prose(&file.text) {
            for link in LINK.captures_iter(&line) {
                if target(&file.path, &link[1]).is_some_and(|path| !there(&path)) {
                    complain(number, format!("{} leads nowhere", &link[1]));
                }
            }
            for code in CODE.captures_iter(&line) {
                let code = &code[1];
                let first = code.split('/').next().unwrap_or_default();
                let names_a_place = code.contains('/') && PLACE.is_match(code);
                if names_a_place
                    && !OUTSIDE.contains(&first)
                    && there(Path::new(first))
                    && !there(Path::new(code))
                {
                    complain(number, format!("{code} is not there"));
                }
                let name = code.rsplit("::").next().unwrap_or_default();
                if file.path == "GLOSSARY.md" && NAME.is_match(code) && !names.contains(name) {
                    complain(number, format!("{code} is no name of the code"));
                }
            }
            let is_prose = !line.trim_start().starts_with(['|', '#']);
            if is_prose && TWO_SENTENCES.is_match(&ASIDE.replace_all(&line, "X")) {
                complain(number, "one sentence per line".to_owned());
            }
        }
        let lines = file.text.lines().count();
        if file.path == "ARCHITECTURE.md" && lines > MAP_LINES_MAX {
            complain(
                0,
                format!("{lines} lines; a map has at most {MAP_LINES_MAX}"),
            );
        }
    }
    complaints.extend(check_decisions(files));
    complaints
}

fn check_decisions(files: &[Written]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let index = files
        .iter()
        .find(|file| file.path == format!("{DECISIONS}README.md"));
    let listed = index.map_or("", |file| file.text.as_str());
    let records = files.iter().filter_map(|file| {
        let name = file.path.strip_prefix(DECISIONS)?;
        (name != "README.md").then_some((file, name))
    });
    for (place, (file, name)) in records.enumerate() {
        let number = format!("{:04}", place + 1);
        let mut complain = |what| complaints.push(Complaint::new(&file.path, 1, what));
        if !name.starts_with(&format!("{number}-")) {
            complain(format!("the number should be {number}"));
        }
        if !file.text.starts_with(&format!("# {number}. ")) {
            complain(format!("the heading should begin with `# {number}. `"));
        }
        if !listed.contains(&format!("]({name})")) {
            complain("it is not listed in docs/decisions/README.md".to_owned());
        }
    }
    complaints
}

fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for source in &HOUSE.sources {
        names.extend(source.types.iter().map(|declared| declared.name.clone()));
        names.extend(
            source
                .functions
                .iter()
                .map(|function| function.name.clone()),
        );
        names.extend(source.plain_names().map(|(name, _)| name.to_owned()));
        names.extend(source.literals.iter().map(|literal| literal.what.clone()));
        names.extend(
            Path::new(&source.path)
                .file_stem()
                .map(|stem| stem.to_string_lossy().into()),
        );
    }
    names
}

#[test]
fn documents_tell_the_truth() {
    hold(check(
        &HOUSE.files,
        &|path| root().join(path).exists(),
        &names(),
    ));
}

#[test]
fn the_readme_names_the_two_commands() {
    let readme = HOUSE.file("README.md");
    for command in ["cargo run --bin rehearsal", "tests/run"] {
        assert!(readme.contains(command), "{command} is missing");
    }
}

#[test]
fn a_document_that_is_wrong_is_found() {
    let file = |path: &str, text: &str| Written {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let files = [
        file(
            "README.md",
            "See [a](docs/a.md) and [b](b.md#x), <!-- [c](c.md) --> [d](https://d).\n",
        ),
        file("GLOSSARY.md", "| 階層 | `Tier` | `Level` |\n"),
        file(
            "ARCHITECTURE.md",
            "`bot/src/gone.rs` sends. It is short.\n```\n`bot/gone.rs` x. Y\n```\n",
        ),
        file(
            "docs/decisions/0002-late.md",
            "# 0001. Late\n\n今日。明日。\n",
        ),
        file("docs/decisions/README.md", "nothing\n"),
    ];
    let there = |path: &Path| ["bot", "b.md"].iter().any(|known| path == Path::new(known));
    let found = check(&files, &there, &BTreeSet::from(["Tier".to_owned()]));
    finds(
        &found,
        &[
            "docs/a.md leads nowhere",
            "Level",
            "bot/src/gone.rs",
            "one sentence",
            "one sentence",
            "should be 0001",
            "not listed",
        ],
    );
}
