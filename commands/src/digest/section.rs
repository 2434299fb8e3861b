//! The sections of a digest in words: what there is nothing of is left out, and where there is nothing
//! at all one line says so.

use super::week::{OPEN_DAYS, Week};
use crate::{
    card::{
        self,
        frame::{Frame, cut},
    },
    option::joined,
    progress::month_name,
    round::talk_line,
    session::word,
    text,
    text::Text,
};
use domain::{
    office::Office, round::TALKS_A_YEAR, session::Session, setting::Language, text::utf16_len,
};
use storage::digest::Waiting;

/// Most sessions that have a line of their own in a section.
const LINES_MAX: usize = 8;
/// UTF-16 units of a line, escaped.
const LINE_UNITS_MAX: usize = 100;
/// UTF-16 units of the lines of a section, with room for the line that counts the rest.
const LINES_UNITS_MAX: usize = 850;
/// The colour of what only tells.
const COLOUR: u32 = 0x38_A169;

/// The digest, framed.
pub(crate) fn frame(office: &Office, week: &Week, language: Language) -> Frame {
    let title = text!("digest-title", date = card::date(week.date, language)).say(language);
    let sections = sections(office, week, language);
    let words = if sections.is_empty() {
        Text::new("digest-nothing")
    } else {
        Text::new("digest-begin")
    };
    let frame = Frame::titled(title)
        .colour(COLOUR)
        .words(words.say(language))
        .footer(Text::new("digest-next").say(language));
    sections.into_iter().fold(frame, |frame, (name, value)| {
        frame.field(name, value, false)
    })
}

/// Name and words of each section there is something in.
fn sections(office: &Office, week: &Week, language: Language) -> Vec<(String, String)> {
    let mut sections = Vec::new();
    let mut put = |name: Text, value: String| {
        if !value.is_empty() {
            sections.push((name.say(language), value));
        }
    };
    let total = |sessions: &[Session]| i64::try_from(sessions.len()).unwrap_or(i64::MAX);
    for (key, sessions) in [
        ("digest-this-week", &week.this_week),
        ("digest-next-week", &week.next_week),
    ] {
        let count = total(sessions);
        put(
            text!(key, count = count),
            gatherings(sessions, count, language),
        );
    }
    for (name, next, mark, waiting) in [
        ("digest-reviews", "digest-reviews-next", "", &week.reviews),
        ("digest-tasks", "digest-tasks-next", "", &week.tasks),
        (
            "digest-unwritten",
            "digest-unwritten-next",
            "",
            &week.unwritten,
        ),
        (
            "digest-proposals",
            "digest-proposals-next",
            "#",
            &week.proposals,
        ),
        ("digest-open", "digest-open-next", "#", &week.open),
        ("digest-drafts", "digest-drafts-next", "", &week.drafts),
    ] {
        let name = text!(name, count = waiting.total, days = OPEN_DAYS);
        put(name, numbers((mark, next), waiting, language));
    }
    put(
        text!("digest-held", count = week.held.len()),
        held(week, language),
    );
    if week.lacks_targets {
        let next = Text::new("digest-no-target-next").say(language);
        put(Text::new("digest-no-target"), next);
    }
    put(Text::new("digest-adviser"), adviser(week, language));
    put(Text::new("digest-unmet"), unmet(office, week, language));
    sections
}

/// Sessions, a line each; those that have none are counted with the command that shows them.
fn gatherings(sessions: &[Session], total: i64, language: Language) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut room = LINES_UNITS_MAX;
    for session in sessions.iter().take(LINES_MAX) {
        let line = text!(
            "digest-session",
            number = session.id.0,
            when = word::when(session, language),
            name = word::name(session, language),
        );
        let line = cut(&line.say(language), LINE_UNITS_MAX);
        let Some(left) = room.checked_sub(utf16_len(&line) + 1) else {
            break;
        };
        room = left;
        lines.push(line);
    }
    let more = total - i64::try_from(lines.len()).unwrap_or(i64::MAX);
    if more > 0 {
        lines.push(text!("digest-sessions-more", count = more).say(language));
    }
    lines.join("\n")
}

/// Numbers in one line, each with its mark, and below them the command that shows all.
fn numbers((mark, next): (&str, &str), waiting: &Waiting, language: Language) -> String {
    if waiting.total == 0 {
        return String::new();
    }
    let named: Vec<String> = waiting
        .numbers
        .iter()
        .map(|number| format!("{mark}{number}"))
        .collect();
    let mut list = named.join(&Text::new("list-separator").say(language));
    let more = waiting.total - i64::try_from(named.len()).unwrap_or(i64::MAX);
    if more > 0 {
        list.push_str(&text!("list-more-of", count = more).say(language));
    }
    format!("{list}\n{}", Text::new(next).say(language))
}

/// The months that are held, and where they are let go.
fn held(week: &Week, language: Language) -> String {
    if week.held.is_empty() {
        return String::new();
    }
    let names = week.held.iter().map(|month| month_name(*month, language));
    let list = joined(names, language, LINES_UNITS_MAX);
    format!("{list}\n{}", Text::new("digest-held-next").say(language))
}

fn adviser(week: &Week, language: Language) -> String {
    let Some(meetings) = week.adviser else {
        return String::new();
    };
    match meetings.last {
        Some(last) => text!("digest-adviser-last", date = card::date(last, language)),
        None => Text::new("digest-adviser-never"),
    }
    .say(language)
}

fn unmet(office: &Office, week: &Week, language: Language) -> String {
    if week.unmet.is_empty() {
        return String::new();
    }
    let (least, most) = TALKS_A_YEAR;
    let mut lines: Vec<String> = week
        .unmet
        .iter()
        .filter_map(|unmet| talk_line(office, *unmet, language))
        .collect();
    lines.push(
        text!(
            "digest-unmet-met",
            met = week.met,
            least = least,
            most = most
        )
        .say(language),
    );
    lines.join("\n")
}
