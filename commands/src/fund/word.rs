//! Funds in words: since when, who may apply, what is left out, what is doubtful.

use crate::{card::year_name, text, text::Text};
use domain::{
    fund::{Doubt, Entry, Since, applicant, applicant::Standing},
    setting::Language,
    text::{escape_markdown, one_line},
};

/// UTF-16 units of words that have no place in their line.
const STRAY_UNITS_SHOWN: usize = 60;

/// Since when: as written, with its year in full.
pub(super) fn since(since: &Since, language: Language) -> String {
    if since.raw.is_empty() {
        return Text::new("fund-since-none").say(language);
    }
    let raw = escape_markdown(&one_line(&since.raw, domain::fund::SINCE_UNITS_MAX));
    let Some(year) = since.year else {
        return raw;
    };
    let mut words = text!("fund-since", raw = raw, year = year_name(year, language)).say(language);
    if since.supplementary {
        words += &Text::new("fund-since-supplementary").say(language);
    }
    if let Some(widened) = since.widened {
        let widened = text!("fund-since-widened", year = year_name(widened, language));
        words += &widened.say(language);
    }
    words
}

/// Who may apply, one line each, with the words that say so.
pub(super) fn applicants(entry: &Entry, language: Language) -> String {
    let said = format!("{}\n{}", entry.title, entry.content);
    let lines: Vec<String> = applicant::read(&said)
        .into_iter()
        .map(|reading| {
            let key = match reading.standing {
                Standing::Acts => "fund-applicant-acts",
                Standing::Named => "fund-applicant-named",
            };
            Text::new(key)
                .with(
                    "who",
                    Text::new(format!("word-applicant-{}", reading.who.code())),
                )
                .with("words", escape_markdown(&reading.words))
                .say(language)
        })
        .collect();
    if lines.is_empty() {
        return Text::new("fund-applicant-none").say(language);
    }
    lines.join("\n")
}

/// Who may apply, in a few words for a list.
pub(super) fn applicants_short(entry: &Entry, language: Language) -> String {
    let said = format!("{}\n{}", entry.title, entry.content);
    let mut readings = applicant::read(&said);
    if readings.iter().any(|it| it.standing == Standing::Acts) {
        readings.retain(|it| it.standing == Standing::Acts);
    }
    let names: Vec<String> = readings
        .iter()
        .map(|it| Text::new(format!("word-applicant-{}", it.who.code())).say(language))
        .collect();
    if names.is_empty() {
        return Text::new("fund-applicant-unsaid").say(language);
    }
    names.join(&Text::new("list-separator").say(language))
}

/// What is left out and what is asked for, one line each.
pub(super) fn conditions(entry: &Entry, language: Language) -> String {
    let lines: Vec<String> = applicant::conditions(&entry.content)
        .into_iter()
        .map(|condition| {
            let key = if condition.excludes {
                "fund-condition-excludes"
            } else {
                "fund-condition-asks"
            };
            Text::new(key)
                .with("words", escape_markdown(&condition.words))
                .say(language)
        })
        .collect();
    lines.join("\n")
}

/// One doubt, with what was written.
pub(super) fn doubt(doubt: Doubt, entry: &Entry, language: Language) -> String {
    Text::new(format!("fund-doubt-{}", doubt.code()))
        .with(
            "since",
            escape_markdown(&one_line(&entry.since, STRAY_UNITS_SHOWN)),
        )
        .with(
            "stray",
            escape_markdown(&one_line(&entry.stray, STRAY_UNITS_SHOWN)),
        )
        .with("label", entry.label())
        .say(language)
}

/// Every doubt of a line, one below the other.
pub(super) fn doubts(entry: &Entry, language: Language) -> String {
    let doubts = entry.doubts.iter();
    let lines: Vec<String> = doubts
        .map(|it| format!("⚠ {}", doubt(*it, entry, language)))
        .collect();
    lines.join("\n")
}
