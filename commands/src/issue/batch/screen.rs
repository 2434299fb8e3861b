//! What a person reads of a batch: the preview, page by page, and where everything went.

use super::{
    Batch, keep,
    line::{Held, Said},
};
use crate::{
    answer::Reply,
    card::{
        self,
        frame::{Frame, cut},
    },
    custom_id::{self, Action},
    issue::{add::Composed, change, chosen::Chosen},
    option::{joined, listed},
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    batch::LINES_MAX,
    id::DraftId,
    issue::Issue,
    text::{escape_markdown, one_line},
    tier::Tier,
};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption,
};
use std::collections::BTreeMap;

/// Lines a page. Each has two other tiers, and a select holds 25 options (Discord, components/reference).
const PAGE: usize = 10;
/// UTF-16 units of the wording of a line; escaping may triple them.
const WORDING_UNITS_MAX: usize = 70;
/// UTF-16 units of a line with all that is said of it, so that a page fits an embed's description.
const LINE_UNITS_MAX: usize = 390;
/// UTF-16 units of a line of the answer; [`LINES_MAX`] of them fit an embed's description.
const KEPT_UNITS_MAX: usize = 70;
/// UTF-16 units of the wording in it.
const KEPT_WORDING_UNITS_MAX: usize = 24;
/// UTF-16 units of the words of an option of the select.
const OPTION_UNITS_MAX: usize = 90;
/// UTF-16 units of the numbers listed for one place.
const PLACES_UNITS_MAX: usize = 1_000;

/// The preview: what becomes of each line, and the buttons that decide.
pub(super) fn preview(request: &Request, draft: DraftId, batch: &Batch, number: i64) -> Reply {
    let rows = i64::try_from(batch.lines.len()).unwrap_or(i64::MAX);
    let last = page::last(rows, i64::try_from(PAGE).unwrap_or(1));
    let number = number.clamp(0, last);
    let first = usize::try_from(number).unwrap_or_default() * PAGE;
    let on_page: Vec<(usize, &Said)> = (1..).zip(&batch.lines).skip(first).take(PAGE).collect();
    let fit: Vec<(usize, Composed)> = batch
        .fit()
        .filter_map(|(at, said)| Some((at, keep::composed(request, batch, said).ok()?)))
        .collect();
    let lines: Vec<String> = on_page
        .iter()
        .map(|(at, said)| {
            let composed = fit.iter().find(|(fits, _)| fits == at);
            let line = line(request, *at, said, composed.map(|(_, composed)| composed));
            cut(&line, LINE_UNITS_MAX)
        })
        .collect();
    let held = batch.lines.len() - fit.len();
    let mut frame = Frame::titled(request.say(&title(fit.len(), held)))
        .words(lines.join("\n"))
        .field(
            request.say(&Text::new("field-batch-places")),
            places(request, &fit),
            false,
        )
        .field(
            request.say(&Text::new("field-batch-all")),
            for_all(request, batch),
            false,
        );
    let mut footer = vec![request.say(&Text::new("batch-next"))];
    if last > 0 {
        footer.insert(0, page::place(request, number, last));
    }
    frame = frame.footer(footer.join("\u{3000}"));
    let mut reply =
        Reply::default()
            .embed(frame.draw())
            .row(deciding(request, draft, batch, fit.len()));
    let options = options(request, &on_page, &fit);
    if !options.is_empty() {
        reply = reply.row(tiers(request, draft, number, options));
    }
    if last > 0 {
        reply = reply.row(page::turning(request, number, last, |page| {
            Action::Batch(custom_id::Batch::Page(draft, page))
        }));
    }
    reply
}

fn title(fit: usize, held: usize) -> Text {
    match (fit, held) {
        (_, 0) => text!("batch-title", count = fit),
        (0, _) => text!("batch-title-none", held = held),
        _ => text!("batch-title-held", count = fit, held = held),
    }
}

/// One line: its words, and its tier with the words that decided, or why it is kept back.
fn line(request: &Request, at: usize, said: &Said, composed: Option<&Composed>) -> String {
    let wording = escape_markdown(&one_line(&said.text, WORDING_UNITS_MAX));
    let mut line = request.say(&text!("batch-line", line = at, wording = wording));
    if let Some(source) = &said.source {
        let source = escape_markdown(&one_line(source, WORDING_UNITS_MAX));
        line.push_str(&request.say(&text!("batch-line-source", source = source)));
    }
    let below = match (composed, said.held) {
        (Some(composed), None) => {
            let suggestion = composed.suggestion.as_ref();
            let tier = change::tier_and_reason(request, composed.issue.tier, suggestion);
            request.say(&text!("batch-line-tier", tier = tier))
        }
        (_, Some(held)) => request.say(&why(held)),
        (None, None) => request.say(&Text::new("batch-held-all")),
    };
    format!("{line}\n{below}")
}

fn why(held: Held) -> Text {
    match held {
        Held::PersonalData => Text::new("batch-held-personal-data"),
        Held::SingleCase => Text::new("batch-held-single-case"),
        Held::TooLong => text!("batch-held-too-long", limit = domain::issue::TEXT_UNITS_MAX),
        Held::UnknownSource => Text::new("batch-held-unknown-source"),
        Held::OthersSource => Text::new("batch-held-others-source"),
        Held::Beyond => text!("batch-held-beyond", limit = LINES_MAX),
    }
}

/// How many go where.
fn places(request: &Request, fit: &[(usize, Composed)]) -> String {
    let mut counts: BTreeMap<Destination, usize> = BTreeMap::new();
    for (_, composed) in fit {
        *counts.entry(composed.route.destination).or_default() += 1;
    }
    let lines: Vec<String> = counts
        .into_iter()
        .map(|(destination, count)| {
            let place = change::place(request, destination);
            request.say(&text!("batch-place", place = place, count = count))
        })
        .collect();
    lines.join("\n")
}

/// What stands for every line: who said it, whom it is about, where it was said, the note.
fn for_all(request: &Request, batch: &Batch) -> String {
    let (office, language) = (&request.office, request.language);
    let chosen = &batch.chosen;
    let said = |key: &str, value: String| {
        (!value.is_empty()).then(|| {
            request.say(&text!(
                "batch-all-line",
                name = Text::new(key),
                value = value
            ))
        })
    };
    let source = chosen.source();
    let source = card::issue::source_names(office, source.association, source.profession);
    let about = card::issue::concern_names(office, &chosen.about).into_iter();
    let plain = |words: &Option<String>| words.as_deref().map(escape_markdown).unwrap_or_default();
    let origin = Text::new(format!("word-origin-{}", chosen.origin.code()));
    let ids = chosen.categories(request);
    let named = ids.iter().filter_map(|id| office.category(*id));
    let categories = listed(
        request,
        named.map(|category| category.name.as_str()),
        PLACES_UNITS_MAX / 4,
    );
    let mut lines: Vec<String> = [
        said("field-source", source.unwrap_or_default()),
        said("field-origin", request.say(&origin)),
        said("field-about", joined(about, language, PLACES_UNITS_MAX / 4)),
        said("field-category", categories),
        said("field-speaker", plain(&batch.speaker)),
        said("field-note", plain(&batch.note)),
        said(
            "field-session",
            chosen
                .session_name()
                .map(escape_markdown)
                .unwrap_or_default(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(held) = batch.trouble {
        lines.push(request.say(&why(held)));
    }
    lines.join("\n")
}

/// *n件として記録*, *1件の文章として記録*, *直す*.
fn deciding(request: &Request, draft: DraftId, batch: &Batch, fit: usize) -> CreateActionRow {
    let button = |action: custom_id::Batch, label: Text, style| {
        CreateButton::new(Action::Batch(action).custom_id())
            .label(request.say(&label))
            .style(style)
    };
    let mut buttons = Vec::new();
    if fit > 0 {
        buttons.push(button(
            custom_id::Batch::Keep(draft),
            text!("button-batch-keep", count = fit),
            ButtonStyle::Primary,
        ));
    }
    if batch.whole.is_some() {
        buttons.push(button(
            custom_id::Batch::One(draft),
            Text::new("button-batch-one"),
            ButtonStyle::Secondary,
        ));
    }
    buttons.push(button(
        custom_id::Batch::Reword(draft),
        Text::new("button-batch-reword"),
        ButtonStyle::Secondary,
    ));
    CreateActionRow::Buttons(buttons)
}

/// The two other tiers of every line on the page that fits.
fn options(
    request: &Request,
    on_page: &[(usize, &Said)],
    fit: &[(usize, Composed)],
) -> Vec<CreateSelectMenuOption> {
    let is_here = |at: &usize| on_page.iter().any(|(here, _)| here == at);
    fit.iter()
        .filter(|(at, _)| is_here(at))
        .flat_map(|(at, composed)| {
            let others = Tier::ALL
                .into_iter()
                .filter(|tier| *tier != composed.issue.tier);
            others.map(move |tier| {
                let label = text!(
                    "option-batch-tier",
                    line = *at,
                    tier = Text::new(format!("word-tier-{}", tier.number())),
                );
                CreateSelectMenuOption::new(request.say(&label), format!("{at}:{}", tier.number()))
                    .description(one_line(&composed.issue.text, OPTION_UNITS_MAX))
            })
        })
        .collect()
}

fn tiers(
    request: &Request,
    draft: DraftId,
    number: i64,
    options: Vec<CreateSelectMenuOption>,
) -> CreateActionRow {
    let action = Action::Batch(custom_id::Batch::Tier(draft, number));
    // One for each line: both tiers of a line cannot be meant.
    let most = u8::try_from(options.len() / 2).unwrap_or(1).max(1);
    let menu = CreateSelectMenu::new(action.custom_id(), CreateSelectMenuKind::String { options })
        .placeholder(request.say(&Text::new("batch-tier-hint")))
        .min_values(1)
        .max_values(most);
    CreateActionRow::SelectMenu(menu)
}

/// The answer once they are kept: the numbers, and where each went and why.
pub(super) fn kept(
    request: &Request,
    stored: &[Issue],
    ready: &[Composed],
    chosen: &Chosen,
) -> Reply {
    let number = |issue: Option<&Issue>| issue.map_or(0, |issue| issue.id.0);
    let title = text!(
        "batch-kept",
        count = stored.len(),
        first = number(stored.first()),
        last = number(stored.last()),
    );
    let mut by_place: BTreeMap<Destination, Vec<(&Issue, &Composed)>> = BTreeMap::new();
    for (issue, composed) in stored.iter().zip(ready) {
        let place = by_place.entry(composed.route.destination).or_default();
        place.push((issue, composed));
    }
    let mut lines = Vec::new();
    for issues in by_place.values() {
        let Some((_, first)) = issues.first() else {
            continue;
        };
        let arrival = change::arrival(request, &first.route);
        lines.push(request.say(&text!("batch-kept-place", place = arrival)));
        lines.extend(issues.iter().map(|(issue, _)| {
            let wording = one_line(&issue.text, KEPT_WORDING_UNITS_MAX);
            let line = text!(
                "batch-kept-line",
                number = issue.id.0,
                tier = Text::new(format!("word-tier-short-{}", issue.tier.number())),
                wording = escape_markdown(&wording),
            );
            cut(&request.say(&line), KEPT_UNITS_MAX)
        }));
    }
    let session = chosen
        .session_name()
        .map(escape_markdown)
        .unwrap_or_default();
    let new = chosen.asked().new;
    if !new.is_empty() {
        let names = listed(
            request,
            new.iter().map(String::as_str),
            PLACES_UNITS_MAX / 4,
        );
        lines.push(request.say(&text!("batch-kept-new-category", names = names)));
    }
    let frame = Frame::titled(request.say(&title))
        .words(lines.join("\n"))
        .field(request.say(&Text::new("field-session")), session, false)
        .footer(request.say(&Text::new("batch-kept-next")));
    Reply::default().embed(frame.draw())
}
