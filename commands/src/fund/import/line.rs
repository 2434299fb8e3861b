//! One line of a preview: a row that was not understood, guessed, new, changed or gone.

use super::Seen;
use crate::{fund::word, request::Request, text, text::Text};
use domain::{
    fund::{
        Entry, Fund,
        catalogue::{Line, Unread},
        difference::Part,
    },
    id::FundId,
    text::{escape_markdown, one_line},
};

/// UTF-16 units of a name.
const NAME_UNITS_MAX: usize = 50;
/// UTF-16 units of words as they stand in the file.
const WORDS_UNITS_MAX: usize = 60;

pub(super) fn unread(request: &Request, unread: &Unread) -> String {
    request.say(&text!(
        "fund-line-unread",
        line = unread.place.line,
        why = Text::new(format!("fund-why-{}", unread.why.code())),
        words = short(&unread.words, WORDS_UNITS_MAX),
    ))
}

pub(super) fn guessed(request: &Request, line: &Line) -> String {
    let doubts = line.entry.doubts.iter();
    let doubts: Vec<String> = doubts
        .map(|doubt| word::doubt(*doubt, &line.entry, request.language))
        .collect();
    request.say(&text!(
        "fund-line-guessed",
        line = line.place.line,
        name = name(&line.entry),
        doubts = doubts.join(&request.say(&Text::new("fund-doubt-separator"))),
    ))
}

pub(super) fn new(request: &Request, line: &Line) -> String {
    let entry = &line.entry;
    request.say(&text!(
        "fund-line-new",
        name = name(entry),
        of = of(request, entry),
    ))
}

/// Since when a line is paid and who answers for it, in brackets; empty when neither is written.
fn of(request: &Request, entry: &Entry) -> String {
    let written = [short(&entry.since, 30), short(&entry.department, 40)];
    let written: Vec<String> = written
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    if written.is_empty() {
        return String::new();
    }
    request.say(&text!("fund-line-of", what = written.join("　")))
}

pub(super) fn changed(
    request: &Request,
    seen: &Seen,
    (line, id, parts): (&Line, FundId, &[Part]),
) -> String {
    let before = seen.kept.iter().find(|fund| fund.id == id);
    let parts: Vec<String> = parts
        .iter()
        .map(|part| part_of(request, *part, before, &line.entry))
        .collect();
    request.say(&text!(
        "fund-line-changed",
        number = id.0,
        name = name(&line.entry),
        parts = parts.join(&request.say(&Text::new("list-separator"))),
    ))
}

/// What is different, with the words where they are short.
fn part_of(request: &Request, part: Part, before: Option<&Fund>, entry: &Entry) -> String {
    let what = Text::new(format!("fund-part-{}", part.code()));
    let words = |of: &Entry| match part {
        Part::Title => of.title.clone(),
        Part::Department => of.department.clone(),
        Part::Since => of.since.clone(),
        Part::Heading => format!("{} {}", of.large, of.middle),
        Part::Content | Part::Doubt | Part::Position | Part::Withdrawn => String::new(),
    };
    let (was, is) = (before.map(|fund| words(&fund.entry)), words(entry));
    let was = was.unwrap_or_default();
    if was.is_empty() && is.is_empty() {
        return request.say(&what);
    }
    request.say(&text!(
        "fund-part-words",
        what = what,
        was = short(&was, 40),
        is = short(&is, 40)
    ))
}

pub(super) fn gone(request: &Request, fund: &Fund) -> String {
    request.say(&text!(
        "fund-line-gone",
        number = fund.id.0,
        name = name(&fund.entry)
    ))
}

fn name(entry: &Entry) -> String {
    short(&entry.name(), NAME_UNITS_MAX)
}

fn short(words: &str, units_max: usize) -> String {
    escape_markdown(&one_line(words, units_max))
}
