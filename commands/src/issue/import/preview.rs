//! The preview of an import: how much of it is understood, and every row with what was guessed of it or
//! why it is refused. It is read page by page, from the draft.

use super::waiting::Waiting;
use crate::{
    answer::Reply,
    card::{self, frame::Frame},
    custom_id::{Action, Group, Import},
    issue::list::PAGE,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::DraftId,
    import::{Guess, Place, Reason, Row, Title, Verdict},
    issue::Origin,
    text::{escape_markdown, one_line},
    tier::Tier,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of a wording in a line.
const WORDING_UNITS_MAX: usize = 40;
/// UTF-16 units of a name of a sheet in a line.
const SHEET_UNITS_MAX: usize = 20;
/// Most lists of a workbook that are described.
const TITLES_MAX: usize = 5;

/// How many rows are in each group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) refused: usize,
    pub(super) guessed: usize,
    pub(super) plain: usize,
    pub(super) there: usize,
}

impl Counts {
    pub(super) fn of(waiting: &Waiting) -> Self {
        let mut counts = Self::default();
        for row in &waiting.rows {
            *match group_of(row) {
                Group::Refused => &mut counts.refused,
                Group::Guessed => &mut counts.guessed,
                Group::Plain => &mut counts.plain,
                Group::There => &mut counts.there,
            } += 1;
        }
        counts
    }

    fn get(self, group: Group) -> usize {
        match group {
            Group::Refused => self.refused,
            Group::Guessed => self.guessed,
            Group::Plain => self.plain,
            Group::There => self.there,
        }
    }

    /// Rows that become issues.
    pub(super) fn taken(self) -> usize {
        self.guessed + self.plain
    }
}

fn group_of(row: &Row) -> Group {
    match &row.verdict {
        Verdict::Take(taken) if taken.guesses.is_empty() => Group::Plain,
        Verdict::Take(_) => Group::Guessed,
        Verdict::There { .. } => Group::There,
        Verdict::Refuse { .. } => Group::Refused,
    }
}

/// The group that is looked at first: what needs somebody most.
pub(super) fn first(waiting: &Waiting) -> Group {
    let counts = Counts::of(waiting);
    let mut groups = Group::ALL.iter().copied();
    groups
        .find(|group| counts.get(*group) > 0)
        .unwrap_or(Group::Refused)
}

/// A page of a group; one beyond the last is the last one.
pub(super) fn page(
    request: &Request,
    waiting: &Waiting,
    draft: DraftId,
    group: Group,
    page: i64,
) -> Reply {
    let counts = Counts::of(waiting);
    let total = i64::try_from(counts.get(group)).unwrap_or(i64::MAX);
    let last = crate::page::last(total, PAGE);
    let page = page.clamp(0, last);
    let skipped = usize::try_from(page.saturating_mul(PAGE)).unwrap_or(usize::MAX);
    let lines: Vec<String> = waiting
        .rows
        .iter()
        .filter(|row| group_of(row) == group)
        .skip(skipped)
        .take(usize::try_from(PAGE).unwrap_or_default())
        .map(|row| line(request, waiting, row))
        .collect();
    let mut words = vec![request.say(&text!(
        format!("import-group-{}", group.code()),
        count = counts.get(group)
    ))];
    words.extend(lines);
    let frame = Frame::titled(request.say(&Text::new("import-preview-title")))
        .words(words.join("\n"))
        .field(
            request.say(&Text::new("field-import-list")),
            titles(request, waiting),
            false,
        )
        .field(
            request.say(&Text::new("field-import-counts")),
            summary(request, counts),
            false,
        )
        .footer(crate::page::place(request, page, last));
    let mut reply = Reply {
        content: request.say(&Text::new(match waiting.origin {
            Origin::Open => "import-preview-open",
            Origin::Meeting | Origin::Desk => "import-preview-confidential",
        })),
        ..Reply::default()
    }
    .embed(frame.draw())
    .row(groups(request, counts, draft, (group, last)));
    if last > 0 {
        reply = reply.row(crate::page::turning(request, page, last, |page| {
            Action::Import(Import::Page(draft, group, page))
        }));
    }
    reply.row(decision(request, counts, draft))
}

/// What stands above the lists of the file.
fn titles(request: &Request, waiting: &Waiting) -> String {
    let several = waiting.titles.len() > 1;
    let said_at = waiting.session.as_ref().map(|(id, name)| {
        let name = escape_markdown(name);
        request.say(&text!("import-said-at", number = id.0, name = name))
    });
    let titles = waiting
        .titles
        .iter()
        .take(TITLES_MAX)
        .map(|title| described(request, title, several))
        .filter(|line| !line.is_empty());
    let mut lines: Vec<String> = said_at.into_iter().chain(titles).collect();
    let more = waiting.titles.len().saturating_sub(TITLES_MAX);
    if more > 0 {
        lines.push(request.say(&text!("import-more-lists", count = more)));
    }
    // What is said in a gathering of several professions is not always open.
    let wide = |title: &Title| matches!(title.gathering, Some(Tier::Two | Tier::Three));
    if waiting.origin.is_confidential() && waiting.titles.iter().any(wide) {
        lines.push(request.say(&Text::new("import-wide-gathering")));
    }
    if !waiting.unread.is_empty() {
        let names = waiting.unread.iter().map(String::as_str);
        let names = crate::option::listed(request, names, WORDING_UNITS_MAX);
        lines.push(request.say(&text!("import-unread-sheets", names = names)));
    }
    lines.join("\n")
}

fn described(request: &Request, title: &Title, several: bool) -> String {
    let office = &request.office;
    let sheet = title.sheet.as_deref().filter(|_| several);
    let source = match (title.source.association, title.source.profession) {
        (Some(id), _) => office.association(id).map(|found| found.name.as_str()),
        (None, Some(id)) => office.profession(id).map(|found| found.name.as_str()),
        (None, None) => None,
    };
    let date = title.date.map(|date| card::date(date, request.language));
    let parts: Vec<String> = [sheet, title.words.as_deref(), source, date.as_deref()]
        .into_iter()
        .flatten()
        .map(escape_markdown)
        .collect();
    parts.join("　")
}

fn summary(request: &Request, counts: Counts) -> String {
    request.say(&text!(
        "import-counts",
        plain = counts.plain,
        guessed = counts.guessed,
        there = counts.there,
        refused = counts.refused,
    ))
}

fn groups(
    request: &Request,
    counts: Counts,
    draft: DraftId,
    (shown, last): (Group, i64),
) -> CreateActionRow {
    let button = |group: &Group| {
        let count = counts.get(*group);
        let key = format!("button-import-{}", group.code());
        // Custom ids must differ within a message: the button of what is shown points beyond the pages.
        let page = if *group == shown { last + 3 } else { 0 };
        let action = Action::Import(Import::Page(draft, *group, page));
        CreateButton::new(action.custom_id())
            .label(request.say(&text!(key, count = count)))
            .style(ButtonStyle::Secondary)
            .disabled(count == 0 || *group == shown)
    };
    CreateActionRow::Buttons(Group::ALL.iter().map(button).collect())
}

fn decision(request: &Request, counts: Counts, draft: DraftId) -> CreateActionRow {
    let mut buttons = Vec::new();
    if counts.taken() > 0 {
        buttons.push(
            CreateButton::new(Action::Import(Import::Confirm(draft)).custom_id())
                .label(request.say(&text!("button-import-confirm", count = counts.taken())))
                .style(ButtonStyle::Success),
        );
    }
    buttons.push(
        CreateButton::new(Action::Import(Import::Cancel(draft)).custom_id())
            .label(request.say(&Text::new("button-import-cancel")))
            .style(ButtonStyle::Secondary),
    );
    CreateActionRow::Buttons(buttons)
}

fn line(request: &Request, waiting: &Waiting, row: &Row) -> String {
    let place = place(request, waiting, row.place);
    let quoted = |wording: &str| escape_markdown(&one_line(wording, WORDING_UNITS_MAX));
    request.say(&match &row.verdict {
        Verdict::Take(taken) => {
            let tier = Text::new(format!("word-tier-short-{}", taken.tier.number()));
            let guesses: Vec<String> = taken
                .guesses
                .iter()
                .map(|guess| request.say(&guessed(guess)))
                .collect();
            let separator = request.say(&Text::new("list-separator"));
            let key = if guesses.is_empty() {
                "import-line-plain"
            } else {
                "import-line-guessed"
            };
            text!(
                key,
                place = place,
                tier = tier,
                kind = card::issue::kind_word(taken.kind),
                wording = quoted(&taken.text),
                guesses = guesses.join(&separator),
            )
        }
        Verdict::There { issue, excerpt } => text!(
            "import-line-there",
            place = place,
            number = issue.0,
            wording = quoted(excerpt)
        ),
        Verdict::Refuse { reason, excerpt } => {
            let reason = request.say(&refused(request, waiting, reason));
            if excerpt.is_empty() {
                text!("import-line-refused-unseen", place = place, reason = reason)
            } else {
                text!(
                    "import-line-refused",
                    place = place,
                    reason = reason,
                    wording = quoted(excerpt)
                )
            }
        }
    })
}

/// A row as the spreadsheet counts it, with its sheet where there are several.
fn place(request: &Request, waiting: &Waiting, place: Place) -> String {
    let sheet = waiting
        .titles
        .get(place.sheet)
        .and_then(|title| title.sheet.as_deref())
        .filter(|_| waiting.titles.len() > 1);
    request.say(&match sheet {
        Some(name) => text!(
            "import-place-in-sheet",
            sheet = escape_markdown(&one_line(name, SHEET_UNITS_MAX)),
            row = place.row
        ),
        None => text!("import-place", row = place.row),
    })
}

fn guessed(guess: &Guess) -> Text {
    let written = |key: &str, written: &str| text!(key, written = escape_markdown(written));
    match guess {
        Guess::Tier { words } if words.is_empty() => Text::new("import-guess-tier-by-rest"),
        Guess::Tier { words } => {
            let words: Vec<String> = words.iter().map(|word| escape_markdown(word)).collect();
            text!("import-guess-tier", words = words.join("・"))
        }
        Guess::Source { written: source } => written("import-guess-source", source),
        Guess::SourceFromTitle => Text::new("import-guess-source-from-title"),
        Guess::NoSource => Text::new("import-guess-no-source"),
        Guess::Ditto => Text::new("import-guess-ditto"),
        Guess::Kind => Text::new("import-guess-kind"),
        Guess::Category { written: category } => written("import-guess-category", category),
        Guess::Formula => Text::new("import-guess-formula"),
    }
}

fn refused(request: &Request, waiting: &Waiting, reason: &Reason) -> Text {
    let long = |key: &str, limit: usize, actual: usize| text!(key, limit = limit, actual = actual);
    match reason {
        Reason::NoWording => Text::new("import-refused-no-wording"),
        Reason::TooLong { limit, actual } => long("import-refused-too-long", *limit, *actual),
        Reason::NoteTooLong { limit, actual } => {
            long("import-refused-note-too-long", *limit, *actual)
        }
        Reason::SpeakerTooLong { limit, actual } => {
            long("import-refused-speaker-too-long", *limit, *actual)
        }
        Reason::Faulty { shown } => text!("import-refused-faulty", shown = escape_markdown(shown)),
        Reason::UnknownSource { written, nearest } => match nearest {
            Some(nearest) => text!(
                "import-refused-source-near",
                written = escape_markdown(written),
                nearest = escape_markdown(nearest)
            ),
            None => text!("import-refused-source", written = escape_markdown(written)),
        },
        Reason::PersonalData => Text::new("import-refused-personal-data"),
        Reason::NumberInSpeaker => Text::new("import-refused-number-in-speaker"),
        Reason::SingleCase => Text::new("import-refused-single-case"),
        Reason::Repeated { first } => text!(
            "import-refused-repeated",
            place = place(request, waiting, *first)
        ),
        Reason::Beyond => text!("import-refused-beyond", limit = domain::import::ROWS_MAX),
    }
}
