//! One line of a batch: what it says, and why it cannot be kept as it is.

use crate::{
    error::Error,
    issue::{privacy, source},
    request::Request,
};
use domain::{
    batch::{self, Line},
    issue::{NOTE_UNITS_MAX, SPEAKER_UNITS_MAX, TEXT_UNITS_MAX},
    personal_data::{self, CASE_PLACEHOLDER, Hit},
    text::{Unclean, clean},
    tier::Tier,
};
use serde::{Deserialize, Serialize};

/// Why a line is kept back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Held {
    /// It holds personal data, which stands masked in it.
    PersonalData,
    /// It describes one patient's condition.
    SingleCase,
    /// It is longer than an issue may be.
    TooLong,
    /// Nobody knows the profession or association that its column names.
    UnknownSource,
    /// It names an association of which the person is not.
    OthersSource,
    /// It is beyond what can be kept at once.
    Beyond,
}

/// One line, cleaned; where it held personal data, masked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) text: String,
    /// The profession or association its column names.
    pub(super) source: Option<String>,
    pub(super) speaker: Option<String>,
    pub(super) note: Option<String>,
    /// The tier a person chose for it.
    pub(super) tier: Option<Tier>,
    pub(super) held: Option<Held>,
}

impl Said {
    /// Checks a line; none when there is nothing left of it to read.
    pub(super) fn of(line: Line) -> Option<Self> {
        let (text, held) = checked(Some(&line.text), TEXT_UNITS_MAX);
        let (note, note_held) = checked(line.note.as_deref(), NOTE_UNITS_MAX);
        let (speaker, speaker_held) = checked_speaker(line.speaker.as_deref(), SPEAKER_UNITS_MAX);
        // A name in the column of professions is masked as one in the text would be.
        let (source, source_held) = checked(line.source.as_deref(), SPEAKER_UNITS_MAX);
        Some(Self {
            text: text?,
            source,
            speaker,
            note,
            tier: None,
            held: held.or(note_held).or(speaker_held).or(source_held),
        })
    }

    /// Whether it came with columns of its own.
    pub(super) fn has_columns(&self) -> bool {
        self.source.is_some() || self.speaker.is_some() || self.note.is_some()
    }

    /// What is the matter with the profession or association that the line names, if anything.
    pub(super) fn source_trouble(&self, request: &Request) -> Option<Held> {
        let name = self.source.as_deref()?;
        let office = &request.office;
        let is_known =
            office.association_named(name).is_some() || office.profession_named(name).is_some();
        if !is_known {
            return Some(Held::UnknownSource);
        }
        match source::source(request, Some(name)) {
            Ok(_) => None,
            Err(_) => Some(Held::OthersSource),
        }
    }

    /// Who said it: what its column names, else what was chosen for all.
    ///
    /// # Errors
    /// A name that is no longer there.
    pub(super) fn source(
        &self,
        request: &Request,
        chosen: source::Source,
    ) -> Result<source::Source, Error> {
        match self.source.as_deref() {
            Some(name) => source::source(request, Some(name)),
            None => Ok(chosen),
        }
    }
}

/// The lines as a form shows them.
pub(super) fn written(lines: &[Said]) -> String {
    let lines: Vec<Line> = lines
        .iter()
        .map(|said| Line {
            text: said.text.clone(),
            source: said.source.clone(),
            speaker: said.speaker.clone(),
            note: said.note.clone(),
        })
        .collect();
    batch::written(&lines)
}

/// Cleans and checks what was written: fit to keep, or held back, personal data masked either way.
/// Blank counts as left out.
pub(super) fn checked(written: Option<&str>, units_max: usize) -> (Option<String>, Option<Held>) {
    let (text, long) = match written.map(|written| clean(written, units_max)) {
        None | Some(Err(Unclean::Empty)) => return (None, None),
        Some(Ok(text)) => (text, None),
        Some(Err(Unclean::TooLong { .. })) => {
            let all = clean(written.unwrap_or_default(), usize::MAX).unwrap_or_default();
            (all, Some(Held::TooLong))
        }
    };
    let hits: Vec<Hit> = personal_data::check(&text).hits;
    if !hits.is_empty() {
        let masked = personal_data::mask(&text, &hits);
        return (Some(masked), Some(Held::PersonalData));
    }
    // One patient's condition is kept nowhere; its place stays, so that it can be written anew.
    if text.contains(CASE_PLACEHOLDER) || privacy::refuse_single_case(&text).is_err() {
        return (Some(CASE_PLACEHOLDER.to_owned()), Some(Held::SingleCase));
    }
    (Some(text), long)
}

/// As [`checked`], for who said it: a name is what is asked for there, a number is not.
pub(super) fn checked_speaker(
    written: Option<&str>,
    units_max: usize,
) -> (Option<String>, Option<Held>) {
    let (text, long) = match written.map(|written| clean(written, units_max)) {
        None | Some(Err(Unclean::Empty)) => return (None, None),
        Some(Ok(text)) => (text, None),
        Some(Err(Unclean::TooLong { .. })) => return (None, Some(Held::TooLong)),
    };
    let found = personal_data::check(&text);
    if found.has_certain() {
        let masked = personal_data::mask(&text, &found.hits);
        return (Some(masked), Some(Held::PersonalData));
    }
    (Some(text), long)
}
