//! The preview of a plan table: how much of it is understood, what was guessed, and what differs from what
//! is kept. It is read page by page, from the draft.

use super::{line, seen::Seen};
use crate::{
    answer::Reply,
    card::{self, frame::Frame, year_name},
    custom_id::{Action, Plan, plan::Group},
    issue::list::PAGE,
    request::Request,
    target::word::with_legend,
    text,
    text::Text,
};
use domain::{
    id::DraftId,
    target::plan::{PlanRow, TableDoubt, ToldColumn},
    text::{escape_markdown, one_line},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// Most areas whose rows are counted by name.
const AREAS_MAX: usize = 15;
/// Most doubts about the table as a whole that are told.
const DOUBTS_MAX: usize = 5;
/// UTF-16 units of a heading or a name of an area.
const NAME_UNITS_MAX: usize = 40;

/// The rows of each group, as places in the lists they come from.
fn count(seen: &Seen, group: Group) -> usize {
    let fates = seen.compared.fates.iter();
    match group {
        Group::Unread => seen.plan.unread.len() + seen.compared.left.len(),
        Group::Guessed => guessed(seen).count(),
        Group::New => fates.filter(|fate| fate.is_new).count(),
        Group::Changed => fates
            .filter(|fate| !fate.is_new && !fate.changes.is_empty())
            .count(),
        Group::Gone => seen.compared.gone.len(),
    }
}

/// The rows of which something was guessed, but for those that are left out.
fn guessed(seen: &Seen) -> impl Iterator<Item = &PlanRow> {
    let rows = seen.plan.rows.iter().zip(&seen.compared.fates);
    rows.filter(|(row, fate)| !row.doubts.is_empty() && !fate.is_left)
        .map(|(row, _)| row)
}

/// The group that is looked at first: what needs somebody most.
pub(super) fn first(seen: &Seen) -> Group {
    let mut groups = Group::ALL.iter().copied();
    groups
        .find(|group| count(seen, *group) > 0)
        .unwrap_or(Group::Unread)
}

/// A page of a group; one beyond the last is the last one.
pub(super) fn page(
    request: &Request,
    seen: &Seen,
    draft: DraftId,
    group: Group,
    page: i64,
) -> Reply {
    let total = i64::try_from(count(seen, group)).unwrap_or(i64::MAX);
    let last = crate::page::last(total, PAGE);
    let page = page.clamp(0, last);
    let mut words = vec![request.say(&text!(
        format!("plan-group-{}", group.code()),
        count = count(seen, group)
    ))];
    words.extend(lines(request, seen, group, page));
    let frame = Frame::titled(request.say(&Text::new("plan-preview-title")))
        .words(words.join("\n"))
        .field(
            request.say(&Text::new("field-plan-areas")),
            areas(request, seen),
            false,
        )
        .field(
            request.say(&Text::new("field-plan-columns")),
            columns(request, seen),
            false,
        )
        .field(
            request.say(&Text::new("field-import-counts")),
            summary(request, seen),
            false,
        )
        .footer(crate::page::place(request, page, last));
    let frame = with_legend(frame, &request.office.settings.marks, request.language);
    let key = if seen.compared.difference.is_nothing() {
        "plan-preview-nothing"
    } else {
        "plan-preview"
    };
    let mut reply = Reply {
        content: request.say(&Text::new(key)),
        ..Reply::default()
    }
    .embed(frame.draw())
    .row(groups(request, seen, draft, (group, last)));
    if last > 0 {
        reply = reply.row(crate::page::turning(request, page, last, |page| {
            Action::Plan(Plan::Page(draft, group, page))
        }));
    }
    reply.row(decision(request, seen, draft))
}

fn lines(request: &Request, seen: &Seen, group: Group, page: i64) -> Vec<String> {
    let skipped = usize::try_from(page.saturating_mul(PAGE)).unwrap_or(usize::MAX);
    let taken = usize::try_from(PAGE).unwrap_or_default();
    let rows = || seen.plan.rows.iter().enumerate();
    let fate = |at: usize| &seen.compared.fates[at];
    match group {
        Group::Unread => {
            let unread = seen
                .plan
                .unread
                .iter()
                .map(|it| line::unread(request, seen, it));
            let left = seen
                .compared
                .left
                .iter()
                .map(|it| line::left(request, seen, it));
            unread.chain(left).skip(skipped).take(taken).collect()
        }
        Group::Guessed => guessed(seen)
            .skip(skipped)
            .take(taken)
            .map(|row| line::guessed(request, seen, row))
            .collect(),
        Group::New => rows()
            .filter(|(at, _)| fate(*at).is_new)
            .skip(skipped)
            .take(taken)
            .map(|(at, _)| line::new(request, seen, at))
            .collect(),
        Group::Changed => rows()
            .filter(|(at, _)| !fate(*at).is_new && !fate(*at).changes.is_empty())
            .skip(skipped)
            .take(taken)
            .map(|(at, _)| line::changed(request, seen, at))
            .collect(),
        Group::Gone => {
            let gone = seen.compared.gone.iter();
            let gone = gone.skip(skipped).take(taken);
            gone.map(|it| line::gone(request, seen, *it)).collect()
        }
    }
}

/// How many rows were understood, area by area.
fn areas(request: &Request, seen: &Seen) -> String {
    let plan = &seen.plan;
    let named = |area: &String| {
        let rows = plan.rows.iter().filter(|row| row.area == *area).count();
        let area = escape_markdown(&one_line(area, NAME_UNITS_MAX));
        request.say(&text!("plan-area", area = area, count = rows))
    };
    let mut lines: Vec<String> = plan.areas.iter().take(AREAS_MAX).map(named).collect();
    let more = plan.areas.len().saturating_sub(AREAS_MAX);
    if more > 0 {
        lines.push(request.say(&text!("plan-more", count = more)));
    }
    lines.join("\n")
}

/// What the columns were taken for, and what is doubtful about the table as a whole.
fn columns(request: &Request, seen: &Seen) -> String {
    let separator = request.say(&Text::new("list-separator"));
    let years: Vec<String> = seen
        .plan
        .years
        .iter()
        .map(|year| year_name(*year, request.language))
        .collect();
    let mut lines = Vec::new();
    if !years.is_empty() {
        lines.push(request.say(&text!("plan-goals-of", years = years.join(&separator))));
    }
    lines.extend(seen.plan.columns.iter().map(|it| column(request, it)));
    let doubts = &seen.plan.doubts;
    lines.extend(doubts.iter().take(DOUBTS_MAX).map(|doubt| {
        let quoted = |words: &str| escape_markdown(&one_line(words, NAME_UNITS_MAX));
        request.say(&match doubt {
            TableDoubt::HeadingsDiffer(taken, other) => text!(
                "plan-doubt-headings",
                taken = quoted(taken),
                other = quoted(other)
            ),
            TableDoubt::YearGuessed(heading, year) => text!(
                "plan-doubt-year",
                heading = quoted(heading),
                year = year_name(*year, request.language)
            ),
            TableDoubt::SheetLeft(name) => text!("plan-doubt-sheet", name = quoted(name)),
        })
    }));
    let more = doubts.len().saturating_sub(DOUBTS_MAX);
    if more > 0 {
        lines.push(request.say(&text!("plan-more", count = more)));
    }
    lines.join("\n")
}

fn column(request: &Request, column: &ToldColumn) -> String {
    let year = year_name(column.year, request.language);
    request.say(&match (column.planned, column.as_of) {
        (true, _) => text!("plan-column-planned", year = year),
        (false, Some(day)) => text!(
            "plan-column-done-as-of",
            year = year,
            date = card::date(day, request.language)
        ),
        (false, None) => text!("plan-column-done", year = year),
    })
}

fn summary(request: &Request, seen: &Seen) -> String {
    let fates = seen.compared.fates.iter();
    request.say(&text!(
        "plan-counts",
        rows = seen.plan.rows.len(),
        guessed = count(seen, Group::Guessed),
        unread = count(seen, Group::Unread),
        new = count(seen, Group::New),
        changed = count(seen, Group::Changed),
        same = fates.filter(|fate| fate.is_unchanged()).count(),
        gone = count(seen, Group::Gone),
    ))
}

fn groups(
    request: &Request,
    seen: &Seen,
    draft: DraftId,
    (shown, last): (Group, i64),
) -> CreateActionRow {
    let button = |group: &Group| {
        let count = count(seen, *group);
        let key = format!("button-plan-{}", group.code());
        // Custom ids must differ within a message: the button of what is shown points beyond the pages.
        let page = if *group == shown { last + 3 } else { 0 };
        let action = Action::Plan(Plan::Page(draft, *group, page));
        CreateButton::new(action.custom_id())
            .label(request.say(&text!(key, count = count)))
            .style(ButtonStyle::Secondary)
            .disabled(count == 0 || *group == shown)
    };
    CreateActionRow::Buttons(Group::ALL.iter().map(button).collect())
}

fn decision(request: &Request, seen: &Seen, draft: DraftId) -> CreateActionRow {
    let mut buttons = Vec::new();
    if !seen.compared.difference.is_nothing() {
        let store = Action::Plan(Plan::Store(draft, seen.number));
        buttons.push(
            CreateButton::new(store.custom_id())
                .label(request.say(&Text::new("button-plan-store")))
                .style(ButtonStyle::Success),
        );
    }
    buttons.push(
        CreateButton::new(Action::Plan(Plan::Discard(draft)).custom_id())
            .label(request.say(&Text::new("button-plan-discard")))
            .style(ButtonStyle::Secondary),
    );
    CreateActionRow::Buttons(buttons)
}
