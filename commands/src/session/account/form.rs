//! The form of an account. Minutes that are longer than a field stay as they are, and the form leaves
//! them out.

use super::{STEP, written::Written};
use crate::{
    answer::{Answer, FIELD_CHARACTERS_MAX, Field, Form},
    custom_id::{self, Action},
    dispatch::Fields,
    error::Error,
    issue::draft as drafts,
    request::Request,
    text,
    text::Text,
};
use domain::{id::DraftId, session::REASON_UNITS_MAX, text::utf16_len};

const MINUTES: &str = "minutes";
const ATTENDANCE: &str = "attendance";
const SURVEY: &str = "survey";
const WHY: &str = "why";
/// Most characters of who came.
const ATTENDANCE_CHARACTERS_MAX: u16 = 1_000;

/// Keeps what is known so far and opens the form with it.
pub(super) async fn ask(request: &Request, written: Written) -> Result<Answer, Error> {
    let draft = drafts::put(request, STEP, &written).await?;
    Ok(Answer::Ask(form(request, draft, &written)))
}

/// The form, with what waits in it.
pub(super) fn form(request: &Request, draft: DraftId, written: &Written) -> Form {
    let say = |key: &str| request.say(&Text::new(key));
    let field = |id, (label, hint): (&str, &str), value: &str, characters_max| Field {
        id,
        label: say(label),
        placeholder: say(hint),
        value: (!value.is_empty()).then(|| value.to_owned()),
        required: false,
        long: true,
        characters_max,
    };
    let minutes = written.minutes.as_deref().unwrap_or_default();
    let mut fields = Vec::new();
    if fits(minutes) {
        fields.push(field(
            MINUTES,
            ("form-account-minutes", "form-account-minutes-hint"),
            minutes,
            FIELD_CHARACTERS_MAX,
        ));
    }
    // What was kept once may be longer than what is typed; then the field takes all there is room for.
    let came = &written.attendance;
    let room = u16::try_from(utf16_len(came)).unwrap_or(FIELD_CHARACTERS_MAX);
    let room = room.clamp(ATTENDANCE_CHARACTERS_MAX, FIELD_CHARACTERS_MAX);
    fields.push(field(
        ATTENDANCE,
        ("form-account-attendance", "form-account-attendance-hint"),
        came,
        room,
    ));
    if fits(&written.survey) {
        fields.push(field(
            SURVEY,
            ("form-account-survey", "form-account-survey-hint"),
            &written.survey,
            FIELD_CHARACTERS_MAX,
        ));
    }
    fields.push(Field {
        long: false,
        ..field(
            WHY,
            ("form-account-why", "form-account-why-hint"),
            "",
            u16::try_from(REASON_UNITS_MAX).unwrap_or(u16::MAX),
        )
    });
    Form {
        custom_id: Action::Session(custom_id::Session::AccountSent(draft)).custom_id(),
        title: request.say(&text!("form-account", number = written.session.0)),
        fields,
    }
}

fn fits(text: &str) -> bool {
    utf16_len(text) <= usize::from(FIELD_CHARACTERS_MAX)
}

/// What the form brought, in the place of what waited; and why what is doubtful is no personal data.
pub(super) fn read(fields: &Fields, waiting: Written) -> (Written, Option<String>) {
    let field = |id: &str| fields.get(id).cloned();
    let written = Written {
        // What the form did not ask for stays.
        minutes: field(MINUTES).or(waiting.minutes),
        attendance: field(ATTENDANCE).unwrap_or(waiting.attendance),
        survey: field(SURVEY).unwrap_or(waiting.survey),
        passed: false,
        ..waiting
    };
    let why = field(WHY).map(|why| why.trim().to_owned());
    (written, why.filter(|why| !why.is_empty()))
}
