//! The check for personal data before anything is kept (DESIGN section 2, rule 7).
//!
//! A hit is kept nowhere: it comes back masked, and the draft behind the *reword* button holds the
//! masked text. A coordinator may override what is doubtful (a name, a date), never a number, by
//! writing in the form why it is no personal data; that is audited.

use super::form::Words;
use crate::{
    custom_id::Action,
    error::Error,
    option::{clean, clean_optional},
    request::Request,
    text,
    text::Text,
};
use domain::{
    issue::{NOTE_UNITS_MAX, SPEAKER_UNITS_MAX, TEXT_UNITS_MAX},
    personal_data::{self, Hit},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of the masked words a refusal shows; escaping may triple them.
const SHOWN_UNITS_MAX: usize = 500;

/// What the check of one text found.
#[derive(Debug)]
pub(crate) struct Found {
    /// The text with every hit masked.
    pub(crate) masked: String,
    /// Whether a number is among the hits: nobody may override those.
    pub(crate) certain: bool,
    /// Whether anything was found in this text; several are checked together.
    hit: bool,
}

/// Checks texts together; `None` when all are clean.
pub(crate) fn check(texts: &[&str]) -> Option<Vec<Found>> {
    let found: Vec<Found> = texts
        .iter()
        .map(|text| {
            let findings = personal_data::check(text);
            let certain = findings.has_certain();
            let hits: Vec<Hit> = findings.hits;
            Found {
                masked: personal_data::mask(text, &hits),
                certain: !hits.is_empty() && certain,
                hit: !hits.is_empty(),
            }
        })
        .collect();
    found.iter().any(|found| found.hit).then_some(found)
}

/// The texts in which something was found, masked, as a refusal shows them.
pub(crate) fn shown(found: &[Found]) -> String {
    let hits: Vec<&str> = found
        .iter()
        .filter(|found| found.hit)
        .map(|found| found.masked.as_str())
        .collect();
    domain::text::escape_markdown(&domain::text::one_line(&hits.join(" / "), SHOWN_UNITS_MAX))
}

/// The row with the *reword* button, which opens the form again.
pub(crate) fn reword_button(request: &Request, action: Action) -> CreateActionRow {
    let button = CreateButton::new(action.custom_id())
        .label(request.say(&Text::new("button-reword")))
        .style(ButtonStyle::Primary);
    CreateActionRow::Buttons(vec![button])
}

/// The words of a form, made fit to keep. What was left blank is `None`.
///
/// # Errors
/// Too long, empty, a number in the place of a speaker's name, or one patient's condition.
pub(crate) fn cleaned(words: &Words) -> Result<Words, Error> {
    let speaker = clean_optional(words.speaker.as_deref(), SPEAKER_UNITS_MAX, "what-speaker")?;
    if let Some(speaker) = &speaker
        && let Some(found) = check(&[speaker])
        && found[0].certain
    {
        return Err(Error::refuse(Text::new("refused-number-in-speaker")));
    }
    let text = clean(&words.text, TEXT_UNITS_MAX, "what-text")?;
    let note = clean_optional(words.note.as_deref(), NOTE_UNITS_MAX, "what-note")?;
    for written in [Some(&text), note.as_ref()].into_iter().flatten() {
        refuse_single_case(written)?;
    }
    Ok(Words {
        text,
        note,
        speaker,
    })
}

/// Refuses one patient's condition: it belongs to the doctor, dentist or pharmacist.
///
/// # Errors
/// The refusal, with the words that say so.
pub(crate) fn refuse_single_case(written: &str) -> Result<(), Error> {
    match personal_data::single_case(written) {
        None => Ok(()),
        Some(_) => Err(Error::refuse(Text::new("refused-single-case"))),
    }
}

/// Refuses a short text (a reason, a note) that holds personal data, showing it masked.
///
/// # Errors
/// The refusal.
pub(crate) fn refuse_personal_data(written: &str) -> Result<(), Error> {
    match check(&[written]) {
        None => Ok(()),
        Some(found) => Err(Error::refuse(text!(
            "refused-personal-data-in-reason",
            masked = shown(&found)
        ))),
    }
}
