//! The preview of a catalogue: how much of it is understood, what was guessed, and what differs from what is
//! kept. It is read page by page, from the draft.

use super::{Seen, line};
use crate::{
    answer::Reply,
    card::{
        frame::{Frame, cut},
        year_name,
    },
    custom_id::{Action, Fund as Press, plan::Group},
    issue::list::PAGE,
    page as pages,
    request::Request,
    text,
    text::Text,
};
use domain::{
    fund::{
        catalogue::Line,
        difference::{Fate, Part},
    },
    id::{DraftId, FundId},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of a line.
const LINE_UNITS_MAX: usize = 330;
/// Most numbers that are named as missing.
const MISSING_SHOWN: usize = 10;

/// The lines that say something else than what is kept. That only their place among the others has moved is
/// not worth a look.
fn changed(seen: &Seen) -> impl Iterator<Item = (&Line, FundId, &[Part])> {
    let lines = seen.catalogue().lines.iter().zip(&seen.difference.fates);
    lines.filter_map(|(line, fate)| match fate {
        Fate::Changed(id, parts) if parts.as_slice() != [Part::Position] => {
            Some((line, *id, parts.as_slice()))
        }
        _ => None,
    })
}

fn new(seen: &Seen) -> impl Iterator<Item = &Line> {
    let lines = seen.catalogue().lines.iter().zip(&seen.difference.fates);
    lines
        .filter(|(_, fate)| **fate == Fate::New)
        .map(|(line, _)| line)
}

fn count(seen: &Seen, group: Group) -> usize {
    match group {
        Group::Unread => seen.catalogue().unread.len(),
        Group::Guessed => seen.catalogue().doubtful().count(),
        Group::Changed => changed(seen).count(),
        Group::New => new(seen).count(),
        Group::Gone => seen.difference.gone.len(),
    }
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
    let last = pages::last(total, PAGE);
    let page = page.clamp(0, last);
    let mut words = vec![request.say(&text!(
        format!("fund-group-{}", group.code()),
        count = count(seen, group)
    ))];
    let lines = lines(request, seen, group, page);
    words.extend(lines.iter().map(|line| cut(line, LINE_UNITS_MAX)));
    let frame = Frame::titled(request.say(&text!(
        "fund-preview-title",
        year = year_name(seen.waiting.year, request.language)
    )))
    .words(words.join("\n"))
    .field(
        request.say(&Text::new("field-import-counts")),
        summary(request, seen),
        false,
    )
    .footer(pages::place(request, page, last));
    let key = if seen.difference.is_nothing() {
        "fund-preview-nothing"
    } else {
        "fund-preview"
    };
    let mut reply = Reply {
        content: request.say(&Text::new(key)),
        ..Reply::default()
    }
    .embed(frame.draw())
    .row(groups(request, seen, draft, (group, last)));
    if last > 0 {
        reply = reply.row(pages::turning(request, page, last, |page| {
            Action::Fund(Press::Page(draft, group, page))
        }));
    }
    reply.row(decision(request, seen, draft))
}

fn lines(request: &Request, seen: &Seen, group: Group, page: i64) -> Vec<String> {
    let skipped = usize::try_from(page.saturating_mul(PAGE)).unwrap_or(usize::MAX);
    let taken = usize::try_from(PAGE).unwrap_or_default();
    match group {
        Group::Unread => {
            let unread = seen.catalogue().unread.iter().skip(skipped).take(taken);
            unread.map(|it| line::unread(request, it)).collect()
        }
        Group::Guessed => {
            let guessed = seen.catalogue().doubtful().skip(skipped).take(taken);
            guessed.map(|it| line::guessed(request, it)).collect()
        }
        Group::New => new(seen)
            .skip(skipped)
            .take(taken)
            .map(|it| line::new(request, it))
            .collect(),
        Group::Changed => changed(seen)
            .skip(skipped)
            .take(taken)
            .map(|it| line::changed(request, seen, it))
            .collect(),
        Group::Gone => seen
            .difference
            .gone
            .iter()
            .filter_map(|id| seen.kept.iter().find(|fund| fund.id == *id))
            .skip(skipped)
            .take(taken)
            .map(|fund| line::gone(request, fund))
            .collect(),
    }
}

fn summary(request: &Request, seen: &Seen) -> String {
    let catalogue = seen.catalogue();
    let (items, subs) = catalogue.counts();
    let same = seen.difference.fates.len() - count(seen, Group::New) - count(seen, Group::Changed);
    let mut words = request.say(&text!(
        "fund-counts",
        items = items,
        subs = subs,
        guessed = count(seen, Group::Guessed),
        unread = count(seen, Group::Unread),
        new = count(seen, Group::New),
        changed = count(seen, Group::Changed),
        same = same,
        gone = count(seen, Group::Gone),
    ));
    let missing: Vec<String> = catalogue
        .missing
        .iter()
        .take(MISSING_SHOWN)
        .map(ToString::to_string)
        .collect();
    if !missing.is_empty() {
        let separator = request.say(&Text::new("list-separator"));
        let missing = text!("fund-missing", numbers = missing.join(&separator));
        words = format!("{words}\n{}", request.say(&missing));
    }
    if let Some(named) = catalogue.year.filter(|named| *named != seen.waiting.year) {
        let other = text!("fund-other-year", year = year_name(named, request.language));
        words = format!("{words}\n{}", request.say(&other));
    }
    words
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
        CreateButton::new(Action::Fund(Press::Page(draft, *group, page)).custom_id())
            .label(request.say(&text!(key, count = count)))
            .style(ButtonStyle::Secondary)
            .disabled(count == 0 || *group == shown)
    };
    CreateActionRow::Buttons(Group::ALL.iter().map(button).collect())
}

fn decision(request: &Request, seen: &Seen, draft: DraftId) -> CreateActionRow {
    let mut buttons = Vec::new();
    if !seen.difference.is_nothing() {
        let store = Action::Fund(Press::Store(draft, seen.number));
        buttons.push(
            CreateButton::new(store.custom_id())
                .label(request.say(&Text::new("button-plan-store")))
                .style(ButtonStyle::Success),
        );
    }
    buttons.push(
        CreateButton::new(Action::Fund(Press::Discard(draft)).custom_id())
            .label(request.say(&Text::new("button-plan-discard")))
            .style(ButtonStyle::Secondary),
    );
    CreateActionRow::Buttons(buttons)
}
