//! A month in words: how the targets stand, what has changed, issues with their change, reviews overdue,
//! next month's dates, what was corrected. One that has not changed says so in one line.

use crate::{
    card::{
        self,
        frame::{Frame, cut},
    },
    option::joined,
    target::word::with_legend,
    text,
    text::{Text, grouped},
};
use domain::{
    progress::{Ahead, AheadOf, Corrected, Headline, Issues, Month, Row, Told},
    setting::Language,
    tally::Totals,
    target::pace::State,
    text::{escape_markdown, one_line, utf16_len},
};

/// Most targets, reviews or dates that have a line of their own in a section.
const LINES_MAX: usize = 8;
/// UTF-16 units of a line.
const LINE_UNITS_MAX: usize = 110;
/// UTF-16 units of an item or of what was done last, in a line.
const NAME_UNITS_MAX: usize = 40;
/// UTF-16 units of the lines of a section, with room for the line that counts the rest.
const LINES_UNITS_MAX: usize = 900;
/// UTF-16 units of the targets that were corrected.
const CORRECTED_UNITS_MAX: usize = 600;
/// The colour of what only tells.
const COLOUR: u32 = 0x2B_6CB0;

/// 令和8年11月の進捗
pub(crate) fn title(month: &Month, language: Language) -> String {
    let name = super::page::month_name(month.month, language);
    text!("month-title", month = name).say(language)
}

/// The month, framed.
pub(crate) fn frame(month: &Month, language: Language) -> Frame {
    let mut words = vec![
        text!(
            "month-as-of",
            day = card::date(month.as_of, language),
            year = card::year_name(month.year, language),
        )
        .say(language),
        headline(month).say(language),
    ];
    words.extend(corrected(&month.corrected, language));
    let mut frame = Frame::titled(title(month, language))
        .colour(COLOUR)
        .words(words.join("\n"));
    let unchanged = matches!(month.headline(), Headline::Unchanged);
    if !unchanged {
        frame = targets(frame, month, language);
        frame = issues(frame, &month.issues, language);
    }
    let overdue = month.overdue.iter().map(|review| {
        text!(
            "month-overdue-line",
            number = review.number,
            day = card::date(review.date, language),
        )
        .say(language)
    });
    let ahead = month.ahead.iter().map(|one| ahead(one, language));
    let count = month.overdue.len();
    let frame = frame
        .field(
            text!("month-overdue", count = count).say(language),
            lines(overdue, language),
            false,
        )
        .field(
            text!(
                "month-ahead",
                month = super::page::month_name(month.month.next(), language)
            )
            .say(language),
            lines(ahead, language),
            false,
        );
    with_legend(frame, &month.marks, language)
}

fn headline(month: &Month) -> Text {
    match month.headline() {
        Headline::NoTarget => Text::new("month-no-target"),
        Headline::Begins => Text::new("month-begins"),
        Headline::Unchanged => Text::new("month-unchanged"),
        Headline::Changed { targets: 0, .. } => Text::new("month-changed-issues"),
        Headline::Changed { targets, .. } => text!("month-changed", count = targets),
    }
}

fn targets(frame: Frame, month: &Month, language: Language) -> Frame {
    if month.rows.is_empty() {
        return frame;
    }
    let counts = State::ALL.iter().filter_map(|state| {
        let count = month.rows.iter().filter(|row| row.state == *state).count();
        (count > 0).then(|| {
            text!(
                "month-state",
                state = Text::new(format!("word-pace-{}", state.code())),
                count = count,
            )
            .say(language)
        })
    });
    let of = |wanted: fn(&&Row) -> bool| month.rows.iter().filter(wanted);
    let behind = of(|row| row.state == State::Behind);
    let changed = of(|row| row.is_changed());
    let behind_count = behind.clone().count();
    frame
        .field(
            text!("month-targets", count = month.rows.len()).say(language),
            joined(counts, language, LINES_UNITS_MAX),
            false,
        )
        .field(
            text!("month-behind", count = behind_count).say(language),
            lines(behind.map(|row| line(row, None, language)), language),
            false,
        )
        .field(
            Text::new("month-moved").say(language),
            lines(
                changed.map(|row| line(row, row.latest(), language)),
                language,
            ),
            false,
        )
}

/// ・医療・看護 1-① 多職種連携研修を開催する（6／12回）：第3回を開いた
fn line(row: &Row, latest: Option<&Told>, language: Language) -> String {
    let literal = |words: &str| escape_markdown(&one_line(words, NAME_UNITS_MAX));
    let figure = row.figure.as_ref().map(|figure| {
        text!(
            "month-figure",
            done = grouped(figure.done),
            goal = grouped(figure.goal),
            unit = escape_markdown(&figure.unit),
        )
        .say(language)
    });
    let latest = latest
        .filter(|told| !told.text.is_empty())
        .map(|told| format!("{}{}", told.mark.as_deref().unwrap_or_default(), told.text))
        .map(|words| text!("month-latest", words = literal(&words)).say(language));
    text!(
        "month-target-line",
        area = literal(&row.area),
        number = row.number.to_string(),
        item = literal(&row.item),
        figure = figure.unwrap_or_default(),
        latest = latest.unwrap_or_default(),
    )
    .say(language)
}

fn issues(frame: Frame, issues: &Issues, language: Language) -> Frame {
    if issues.now.total() == 0 && issues.before.total() == 0 {
        return frame;
    }
    let change = |key: &str, name: Text, now: u64, before: u64| {
        text!(
            key.to_owned(),
            name = name,
            count = number(now),
            change = changed(now, before),
        )
        .say(language)
    };
    let tiers = [
        domain::tier::Tier::One,
        domain::tier::Tier::Two,
        domain::tier::Tier::Three,
    ];
    let by_tier = tiers.into_iter().filter_map(|tier| {
        let count = |totals: &Totals| totals.of_tier(tier).total();
        let (now, before) = (count(&issues.now), count(&issues.before));
        let name = Text::new(format!("word-session-tier-{}", tier.number()));
        (now + before > 0).then(|| change("month-count", name, now, before))
    });
    let status = |totals: &Totals, wanted| {
        let found = totals.tally();
        let found = found.by_status().find(|(status, _)| *status == wanted);
        found.map_or(0, |(_, count)| count)
    };
    let by_status = domain::issue::Status::ALL.iter().filter_map(|of| {
        let (now, before) = (status(&issues.now, *of), status(&issues.before, *of));
        let name = Text::new(format!("word-status-{}", of.code()));
        (now + before > 0).then(|| change("month-count", name, now, before))
    });
    let by_category = issues.categories.iter().map(|counted| {
        let name = match &counted.name {
            Some(name) => text!("month-literal", words = escape_markdown(name)),
            None => Text::new("sheet-other-categories"),
        };
        change("month-count", name, counted.now, counted.before)
    });
    let rows = [
        joined(by_tier, language, LINES_UNITS_MAX / 3),
        joined(by_status, language, LINES_UNITS_MAX / 3),
        joined(by_category, language, LINES_UNITS_MAX / 3),
    ];
    let rows: Vec<String> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    frame.field(
        text!(
            "month-issues",
            count = number(issues.now.total()),
            change = changed(issues.now.total(), issues.before.total()),
        )
        .say(language),
        rows.join("\n"),
        false,
    )
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// +2, −1, ±0
fn changed(now: u64, before: u64) -> String {
    match number(now) - number(before) {
        0 => "±0".to_owned(),
        more @ 1.. => format!("+{more}"),
        fewer => format!("−{}", fewer.unsigned_abs()),
    }
}

/// ・12月8日(火) 14:00　第2回 多職種連携研修会
fn ahead(one: &Ahead, language: Language) -> String {
    let what = match (&one.name, one.of) {
        (_, AheadOf::Review(number)) => text!("month-ahead-review", number = number),
        (Some(name), AheadOf::Session(..)) => {
            text!(
                "month-literal",
                words = escape_markdown(&one_line(name, NAME_UNITS_MAX * 2))
            )
        }
        (Some(name), AheadOf::Project) => text!(
            "month-ahead-project",
            name = escape_markdown(&one_line(name, NAME_UNITS_MAX * 2))
        ),
        (None, AheadOf::Session(_, kind)) => {
            Text::new(format!("word-session-kind-{}", kind.code()))
        }
        (None, AheadOf::Project) => Text::new("month-ahead-some-project"),
    };
    let start = one.start.map(|start| start.format(" %H:%M").to_string());
    text!(
        "month-ahead-line",
        day = card::date(one.date, language),
        start = start.unwrap_or_default(),
        what = what,
    )
    .say(language)
}

/// 訂正あり：令和8年12月3日(木) 医療・看護 1-①
fn corrected(corrected: &[Corrected], language: Language) -> Option<String> {
    let last = corrected.iter().map(|one| one.on).max()?;
    let named = corrected.iter().rev().map(|one| {
        text!(
            "month-corrected-target",
            area = escape_markdown(&one_line(&one.area, NAME_UNITS_MAX)),
            number = one.number.to_string(),
        )
        .say(language)
    });
    Some(
        text!(
            "month-corrected",
            day = card::date(last, language),
            targets = joined(named, language, CORRECTED_UNITS_MAX),
        )
        .say(language),
    )
}

/// Lines as far as there is room, and how many more there are.
fn lines(all: impl Iterator<Item = String>, language: Language) -> String {
    let all: Vec<String> = all.collect();
    let mut shown: Vec<String> = Vec::new();
    let mut room = LINES_UNITS_MAX;
    for line in all.iter().take(LINES_MAX) {
        let line = cut(line, LINE_UNITS_MAX);
        let Some(left) = room.checked_sub(utf16_len(&line) + 1) else {
            break;
        };
        room = left;
        shown.push(line);
    }
    let more = all.len() - shown.len();
    if more > 0 {
        shown.push(text!("month-more", count = more).say(language));
    }
    shown.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{card::frame::TOTAL_UNITS_MAX, progress::tests::sample};

    fn drawn(month: &Month, language: Language) -> serde_json::Value {
        serde_json::to_value(frame(month, language).draw()).expect("an embed is JSON")
    }

    fn units(embed: &serde_json::Value) -> usize {
        let part = |value: &serde_json::Value| utf16_len(value.as_str().unwrap_or_default());
        let fields = embed["fields"].as_array().cloned().unwrap_or_default();
        let fields = fields.iter().map(|field| {
            assert!(part(&field["value"]) <= 1_024, "{field}");
            part(&field["name"]) + part(&field["value"])
        });
        part(&embed["title"]) + part(&embed["description"]) + fields.sum::<usize>()
    }

    #[test]
    fn a_month_of_any_size_fits_a_message() {
        for count in [0, 1, 51, 100, 500] {
            for language in [Language::Ja, Language::En] {
                let month = sample::month(sample::rows(count));
                let embed = drawn(&month, language);
                assert!(units(&embed) <= TOTAL_UNITS_MAX, "{count} targets");
            }
        }
    }

    #[test]
    fn what_has_no_line_is_counted() {
        let lines = lines(
            (1..=1_000).map(|number| format!("・{number}")),
            Language::Ja,
        );
        assert_eq!(lines.lines().count(), LINES_MAX + 1);
        assert!(
            lines.ends_with("Excel の表と、それぞれの一覧で見られます。"),
            "{lines}"
        );
        assert!(lines.contains("992"), "{lines}");
    }

    #[test]
    fn changes_are_said_with_their_sign() {
        for (now, before, expected) in [(3, 1, "+2"), (1, 3, "−2"), (2, 2, "±0")] {
            assert_eq!(changed(now, before), expected);
        }
    }
}
