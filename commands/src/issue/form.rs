//! The form of an issue: its words, as `/issue add` and `/issue edit` ask for them.

use crate::{
    answer::{FIELD_CHARACTERS_MAX, Field, Form},
    card::frame::cut,
    custom_id::Action,
    dispatch::Fields,
    request::Request,
    text::Text,
};
use domain::issue::{NOTE_UNITS_MAX, REASON_UNITS_MAX, SPEAKER_UNITS_MAX, TEXT_UNITS_MAX};

const TEXT: &str = "text";
const NOTE: &str = "note";
const SPEAKER: &str = "speaker";
const WHY: &str = "why";

/// What a person typed, not yet cleaned or checked. What the form did not ask for is `None`.
#[derive(Clone, Default)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) note: Option<String>,
    pub(crate) speaker: Option<String>,
}

/// What a form asks for besides wording and note.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asks {
    /// Who said it.
    pub(crate) speaker: bool,
    /// Why something doubtful is no personal data.
    pub(crate) why: bool,
    /// Several things may be said at once, a line each.
    pub(crate) several: bool,
}

/// The form; the words known so far stand in it.
pub(crate) fn form(
    request: &Request,
    action: Action,
    title: &Text,
    words: &Words,
    asks: Asks,
) -> Form {
    let field = |id, (label, hint): (&str, &str), units: usize, value: Option<&String>| Field {
        id,
        label: request.say(&Text::new(label)),
        placeholder: request.say(&Text::new(hint)),
        // A value longer than its field would make Discord refuse the whole form.
        value: value.filter(|v| !v.is_empty()).map(|v| cut(v, units)),
        required: id == TEXT,
        long: id == TEXT,
        characters_max: u16::try_from(units).unwrap_or(FIELD_CHARACTERS_MAX),
    };
    let (hint, text_units) = if asks.several {
        ("form-batch-text-hint", usize::from(FIELD_CHARACTERS_MAX))
    } else {
        ("form-issue-text-hint", TEXT_UNITS_MAX)
    };
    let mut fields = vec![
        field(
            TEXT,
            ("form-issue-text", hint),
            text_units,
            Some(&words.text),
        ),
        field(
            NOTE,
            ("form-issue-note", "form-issue-note-hint"),
            NOTE_UNITS_MAX,
            words.note.as_ref(),
        ),
    ];
    if asks.speaker {
        let speaker = words.speaker.as_ref();
        fields.push(field(
            SPEAKER,
            ("form-issue-speaker", "form-issue-speaker-hint"),
            SPEAKER_UNITS_MAX,
            speaker,
        ));
    }
    if asks.why {
        fields.push(field(
            WHY,
            ("form-issue-why", "form-issue-why-hint"),
            REASON_UNITS_MAX,
            None,
        ));
    }
    Form {
        custom_id: action.custom_id(),
        title: request.say(title),
        fields,
    }
}

/// The words of a form that was sent.
pub(crate) fn words_of(fields: &Fields) -> Words {
    let field = |id: &str| fields.get(id).cloned();
    Words {
        text: field(TEXT).unwrap_or_default(),
        note: field(NOTE),
        speaker: field(SPEAKER),
    }
}

/// Why something doubtful is no personal data, where somebody said so.
pub(crate) fn why_of(fields: &Fields) -> Option<&str> {
    fields
        .get(WHY)
        .map(|why| why.trim())
        .filter(|why| !why.is_empty())
}
