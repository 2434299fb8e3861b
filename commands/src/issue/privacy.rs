//! The check for personal data before anything is kept (DESIGN section 2, rule 7).
//!
//! A hit is kept nowhere: it comes back masked, and the draft behind the *reword* button holds the
//! masked text. A coordinator may override what is doubtful (a name, a date), never a number, by
//! writing in the form why it is no personal data; that is audited.

use crate::{error::Error, text, text::Text};
use domain::personal_data::{self, Hit};

/// What the check of one text found.
#[derive(Debug)]
pub(crate) struct Found {
    /// The text with every hit masked.
    pub(crate) masked: String,
    /// Whether a number is among the hits: nobody may override those.
    pub(crate) certain: bool,
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
            }
        })
        .collect();
    let clean = found
        .iter()
        .zip(texts)
        .all(|(found, text)| found.masked == **text);
    (!clean).then_some(found)
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
            masked = domain::text::escape_markdown(&found[0].masked)
        ))),
    }
}
