//! One row of a preview in words: what was guessed, what is not taken and why, what was and what is to be.

use super::seen::Seen;
use crate::{
    card::{self, year_name},
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{RecordId, TargetId},
    personal_data::{self, mask},
    target::plan::{
        Doubt, Place, PlanRow, Unread, WhyUnread,
        compared::{Change, Gone, Left, What, WhyLeft},
        written::goal_cell,
    },
    text::{escape_markdown, one_line},
};

/// UTF-16 units of an item in a line.
const ITEM_UNITS_MAX: usize = 32;
/// UTF-16 units of words that were, and of those that are to be.
const WORDS_UNITS_MAX: usize = 40;
/// UTF-16 units of what was written in a cell.
const WRITTEN_UNITS_MAX: usize = 30;
/// Most changes or guesses of a row that are told.
const PARTS_MAX: usize = 3;

/// Words of the file, short, on one line. What is personal is not repeated, wherever it stood.
fn quoted(words: &str, units: usize) -> String {
    let masked = mask(words, &personal_data::check(words).hits);
    escape_markdown(&one_line(&masked, units))
}

/// Where a row stands in the file.
fn place(request: &Request, seen: &Seen, place: Place) -> String {
    let name = seen.sheets.get(place.sheet).and_then(Option::as_deref);
    let name = name.filter(|_| seen.sheets.len() > 1);
    request.say(&match name {
        Some(name) => text!(
            "import-place-in-sheet",
            sheet = quoted(name, WRITTEN_UNITS_MAX),
            row = place.line
        ),
        None => text!("import-place", row = place.line),
    })
}

fn label(row: &PlanRow) -> String {
    escape_markdown(&format!("{} {}", row.area, row.number))
}

/// Some parts with their separator, and how many more there are.
fn joined(request: &Request, parts: impl Iterator<Item = Text>) -> String {
    let parts: Vec<Text> = parts.collect();
    let more = parts.len().saturating_sub(PARTS_MAX);
    let mut words: Vec<String> = parts
        .iter()
        .take(PARTS_MAX)
        .map(|part| request.say(part))
        .collect();
    if more > 0 {
        words.push(request.say(&text!("plan-more", count = more)));
    }
    words.join(&request.say(&Text::new("plan-separator")))
}

/// A row that was not understood.
pub(super) fn unread(request: &Request, seen: &Seen, unread: &Unread) -> String {
    let why = match unread.why {
        WhyUnread::NoNumber => Text::new("plan-unread-no-number"),
        WhyUnread::NoItem => Text::new("plan-unread-no-item"),
        WhyUnread::Twice(first) => {
            text!("plan-unread-twice", place = place(request, seen, first))
        }
        WhyUnread::BeforeHeading => Text::new("plan-unread-before-heading"),
        WhyUnread::Faulty => Text::new("plan-unread-faulty"),
        WhyUnread::Beyond => {
            text!(
                "plan-unread-beyond",
                limit = domain::target::plan::ITEMS_MAX
            )
        }
    };
    request.say(&text!(
        "plan-line-unread",
        place = place(request, seen, unread.place),
        why = why,
        words = quoted(&unread.words, ITEM_UNITS_MAX),
    ))
}

/// A piece of a row that is not taken. What is personal is not repeated.
pub(super) fn left(request: &Request, seen: &Seen, left: &Left) -> String {
    let row = &seen.plan.rows[left.row];
    let year = |year| year_name(year, request.language);
    let what = match left.what {
        What::Row => Text::new("plan-what-row"),
        What::Goal(of) => text!("plan-what-goal", year = year(of)),
        What::Plan(of) => text!("plan-what-plan", year = year(of)),
        What::Done => Text::new("plan-what-done"),
    };
    let why = match left.why {
        WhyLeft::TooLong { limit } => text!("plan-left-too-long", limit = limit),
        WhyLeft::PersonalData => Text::new("plan-left-personal-data"),
        WhyLeft::Full => Text::new("plan-left-full"),
    };
    request.say(&text!(
        "plan-line-left",
        place = place(request, seen, row.place),
        label = label(row),
        what = what,
        why = why,
    ))
}

/// A row of which something was guessed.
pub(super) fn guessed(request: &Request, seen: &Seen, row: &PlanRow) -> String {
    let doubts = row
        .doubts
        .iter()
        .map(|doubt| doubted(request, seen, row, doubt));
    request.say(&text!(
        "plan-line-guessed",
        place = place(request, seen, row.place),
        label = label(row),
        item = quoted(&row.item, ITEM_UNITS_MAX),
        guesses = joined(request, doubts),
    ))
}

fn doubted(request: &Request, seen: &Seen, row: &PlanRow, doubt: &Doubt) -> Text {
    let written = |key: &str, written: &str| {
        text!(
            key,
            written = quoted(written, WRITTEN_UNITS_MAX),
            area = escape_markdown(&row.area)
        )
    };
    match doubt {
        Doubt::AreaSpaced(words) => written("plan-guess-area-spaced", words),
        Doubt::AreaGarbled(words) => written("plan-guess-area-garbled", words),
        Doubt::AreaEarly(words) => written("plan-guess-area-early", words),
        Doubt::AreaMissing => written("plan-guess-area-missing", ""),
        Doubt::Shifted(columns) if *columns > 0 => {
            text!("plan-guess-shifted-left", columns = *columns)
        }
        Doubt::Shifted(columns) => text!("plan-guess-shifted-right", columns = columns.abs()),
        Doubt::MaybeShared => Text::new("plan-guess-maybe-shared"),
        Doubt::Continued(line) => text!("plan-guess-continued", row = *line),
        Doubt::AgainWithoutFirst => Text::new("plan-guess-again-without-first"),
        Doubt::AgainGuessed(first) => {
            let first = seen.plan.rows.get(*first).map(label).unwrap_or_default();
            text!("plan-guess-again", first = first)
        }
        Doubt::FigureFromPlan(year) => {
            let figure = row.figure(&seen.plan.columns, *year);
            let each = figure.as_ref().is_some_and(|(it, _)| it.each);
            let (amount, unit) = figure.map_or((0, String::new()), |(it, _)| (it.amount, it.unit));
            let key = if each {
                "plan-guess-figure-each"
            } else {
                "plan-guess-figure"
            };
            text!(
                key,
                year = year_name(*year, request.language),
                amount = amount,
                unit = escape_markdown(&unit)
            )
        }
        Doubt::FiguresOpen(year) => {
            text!(
                "plan-guess-figures-open",
                year = year_name(*year, request.language)
            )
        }
        Doubt::Faulty(fault) => written("plan-guess-faulty", fault),
        Doubt::Formula => Text::new("plan-guess-formula"),
    }
}

/// A new row, with how much it brings.
pub(super) fn new(request: &Request, seen: &Seen, at: usize) -> String {
    let (row, changes) = (&seen.plan.rows[at], &seen.compared.fates[at].changes);
    let count = |wanted: fn(&Change) -> bool| changes.iter().filter(|it| wanted(it)).count();
    request.say(&text!(
        "plan-line-new",
        place = place(request, seen, row.place),
        label = label(row),
        item = quoted(&row.item, ITEM_UNITS_MAX),
        goals = count(|it| matches!(it, Change::Goal { .. })),
        plans = count(|it| matches!(it, Change::Plan { .. })),
        records = count(|it| matches!(it, Change::Done { .. } | Change::Shared(_))),
    ))
}

/// A row that differs from what is kept: what was, and what is to be.
pub(super) fn changed(request: &Request, seen: &Seen, at: usize) -> String {
    let row = &seen.plan.rows[at];
    let changes = seen.compared.fates[at].changes.iter();
    let changes = changes.map(|it| change(request, it));
    request.say(&text!(
        "plan-line-changed",
        place = place(request, seen, row.place),
        label = label(row),
        changes = joined(request, changes),
    ))
}

fn change(request: &Request, change: &Change) -> Text {
    let short = |words: &str| quoted(words, WORDS_UNITS_MAX);
    let turned = |what: Text, from: Option<&str>, to: &str| match from {
        Some(from) => text!(
            "plan-change",
            what = what,
            from = short(from),
            to = short(to)
        ),
        None => text!("plan-change-new", what = what, to = short(to)),
    };
    match change {
        Change::Item { from, to } => turned(Text::new("plan-what-item"), Some(from), to),
        Change::Moved => Text::new("plan-change-moved"),
        Change::Goal { year, from, to } => turned(
            text!("plan-what-goal", year = year_name(*year, request.language)),
            from.as_deref(),
            to,
        ),
        Change::Plan { year, from, to } => turned(
            text!("plan-what-plan", year = year_name(*year, request.language)),
            from.as_deref(),
            to,
        ),
        Change::Done { from, to } => turned(Text::new("plan-what-done"), from.as_deref(), to),
        Change::Shared(record) => text!("plan-change-shared", record = record.0),
    }
}

/// What is kept and not in the table any more.
pub(super) fn gone(request: &Request, seen: &Seen, gone: Gone) -> String {
    let short = |words: &str| quoted(words, WORDS_UNITS_MAX);
    let target = |id: TargetId| {
        let mut targets = seen.kept.targets.iter();
        let found = targets.find(|target| target.id == id);
        found
            .map(|target| escape_markdown(&target.label()))
            .unwrap_or_default()
    };
    let goal = |id: TargetId, year| seen.kept.goals.get(&(id, year));
    request.say(&match gone {
        Gone::Target(id) => text!("plan-gone-target", label = target(id), number = id.0),
        Gone::Goal(id, year) => text!(
            "plan-gone-part",
            label = target(id),
            number = id.0,
            what = text!("plan-what-goal", year = year_name(year, request.language)),
            words = short(
                &goal(id, year)
                    .map(|it| goal_cell(&it.content))
                    .unwrap_or_default()
            ),
        ),
        Gone::Plan(id, year) => text!(
            "plan-gone-part",
            label = target(id),
            number = id.0,
            what = text!("plan-what-plan", year = year_name(year, request.language)),
            words = short(seen.kept.plan(id, year)),
        ),
        Gone::Record(id) => {
            let record = record(seen, id);
            let of = record.and_then(|it| it.targets.first()).copied();
            let date = record.map(|it| card::date(it.date, request.language));
            let words = record.and_then(|it| it.text.as_deref()).unwrap_or_default();
            text!(
                "plan-gone-record",
                label = of.map(target).unwrap_or_default(),
                date = date.unwrap_or_default(),
                words = short(words),
            )
        }
    })
}

fn record(seen: &Seen, id: RecordId) -> Option<&domain::target::Record> {
    seen.kept.records.iter().find(|record| record.id == id)
}
