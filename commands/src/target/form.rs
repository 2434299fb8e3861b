//! The form of a record, and what was written in it so far: as written, to be read only when it is sent.

use crate::{
    answer::{Field, Form},
    card::frame::cut,
    custom_id::{Action, Target as Press},
    dispatch::Fields,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, RecordId, SessionId},
    target::record::TEXT_UNITS_MAX,
};
use serde::{Deserialize, Serialize};

const NUMBER: &str = "number";
const TEXT: &str = "text";
const AMOUNT: &str = "amount";
const DATE: &str = "date";
const MARK: &str = "mark";
const WHY: &str = "why";
/// Most letters of the short fields.
const SHORT_UNITS_MAX: usize = 40;
/// Most letters of several numbers.
const NUMBERS_UNITS_MAX: usize = 300;
/// Most letters of a reason, which is not kept.
const WHY_UNITS_MAX: usize = 200;

/// What was written so far, as written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Written {
    /// The targets as named; empty until a form asks.
    pub(super) numbers: String,
    /// Whether a form asks for them.
    pub(super) asks_numbers: bool,
    pub(super) text: String,
    pub(super) amount: String,
    pub(super) date: String,
    pub(super) mark: String,
    /// The session it comes from.
    pub(super) session: Option<SessionId>,
    /// The record that is corrected, and the revision that was seen.
    pub(super) corrects: Option<(RecordId, i64)>,
    /// Something doubtful was found, which a coordinator may override.
    pub(super) may_override: bool,
}

/// The form, with what is known so far.
pub(super) fn form(request: &Request, draft: DraftId, written: &Written) -> Form {
    let field = |id, (label, hint): (&str, &str), units: usize, value: &str| Field {
        id,
        label: request.say(&Text::new(label)),
        placeholder: request.say(&Text::new(hint)),
        value: Some(cut(value, units)).filter(|value| !value.is_empty()),
        required: false,
        long: id == TEXT,
        characters_max: u16::try_from(units).unwrap_or(u16::MAX),
    };
    let mut fields = Vec::new();
    if written.asks_numbers {
        fields.push(Field {
            required: true,
            ..field(
                NUMBER,
                ("form-record-number", "form-record-number-hint"),
                NUMBERS_UNITS_MAX,
                &written.numbers,
            )
        });
    }
    fields.push(field(
        TEXT,
        ("form-record-text", "form-record-text-hint"),
        TEXT_UNITS_MAX,
        &written.text,
    ));
    fields.push(field(
        AMOUNT,
        ("form-record-amount", "form-record-amount-hint"),
        SHORT_UNITS_MAX,
        &written.amount,
    ));
    fields.push(field(
        DATE,
        ("form-record-date", "form-record-date-hint"),
        SHORT_UNITS_MAX,
        &written.date,
    ));
    // A form holds five fields, so the mark stays as it is where a reason is asked for.
    fields.push(if written.may_override {
        field(
            WHY,
            ("form-record-why", "form-record-why-hint"),
            WHY_UNITS_MAX,
            "",
        )
    } else {
        field(
            MARK,
            ("form-record-mark", "form-record-mark-hint"),
            SHORT_UNITS_MAX,
            &written.mark,
        )
    });
    let title = match written.corrects {
        Some((id, _)) => text!("form-record-correct", number = id.0),
        None => Text::new("form-record"),
    };
    Form {
        custom_id: Action::Target(Press::Noted(draft)).custom_id(),
        title: request.say(&title),
        fields,
    }
}

/// What the form brought, in the place of what waited, and why what is doubtful is no personal data.
pub(super) fn filled(fields: &Fields, waiting: Written) -> (Written, String) {
    let field = |id: &str, known: &str| fields.get(id).map_or(known, String::as_str).to_owned();
    let why = field(WHY, "");
    let written = Written {
        numbers: field(NUMBER, &waiting.numbers),
        text: field(TEXT, &waiting.text),
        amount: field(AMOUNT, &waiting.amount),
        date: field(DATE, &waiting.date),
        mark: field(MARK, &waiting.mark),
        ..waiting
    };
    (written, why)
}
