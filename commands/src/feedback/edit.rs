//! The desk's words before and after a feedback, and issues it leaves out. A draft is changed at once; what
//! was sent is shown as it will be and then corrected, which the post says (訂正).

use super::{desk, record, send, undo};
use crate::{
    answer::{Answer, Field, Form},
    custom_id::{self, Action},
    dispatch::Fields,
    error::Error,
    issue::{draft as drafts, privacy},
    option::{clean_optional, issue_number},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    feedback::{Feedback, LEFT_OUT_MAX, State, WORDS_UNITS_MAX, Words},
    id::{DraftId, FeedbackId, IssueId},
    personal_data,
    setting::names,
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const OPENING: &str = "opening";
const CLOSING: &str = "closing";
const LEFT_OUT: &str = "left-out";
/// Most characters of the numbers that are left out.
const LEFT_OUT_CHARACTERS_MAX: u16 = 800;
/// The step of a correction that waits.
const STEP: &str = "feedback-correction";

/// A correction that waits to be sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Correction {
    feedback: FeedbackId,
    /// The revision that was corrected.
    revision: i64,
    opening: Option<String>,
    closing: Option<String>,
    left_out: BTreeSet<IssueId>,
}

/// The button with which a correction is sent.
pub(super) fn correcting(draft: DraftId) -> custom_id::Feedback {
    custom_id::Feedback::Correct(draft)
}

/// *編集* or *訂正* was pressed: the form opens with what stands there.
pub(super) async fn ask(request: &Request, id: FeedbackId, seen: i64) -> Result<Answer, Error> {
    let feedback = editable(request, id, seen).await?;
    let say = |key: &str| request.say(&Text::new(key));
    let words = |id, label, hint, value: Option<&String>| Field {
        id,
        label: say(label),
        placeholder: say(hint),
        value: value.cloned(),
        required: false,
        long: true,
        characters_max: u16::try_from(WORDS_UNITS_MAX).unwrap_or(u16::MAX),
    };
    let numbers: Vec<String> = feedback.left_out.iter().map(ToString::to_string).collect();
    let numbers = numbers.join(&say("list-separator"));
    let fields = vec![
        words(
            OPENING,
            "form-feedback-opening",
            "form-feedback-opening-hint",
            feedback.words.opening.as_ref(),
        ),
        words(
            CLOSING,
            "form-feedback-closing",
            "form-feedback-closing-hint",
            feedback.words.closing.as_ref(),
        ),
        Field {
            id: LEFT_OUT,
            label: say("form-feedback-left-out"),
            placeholder: say("form-feedback-left-out-hint"),
            value: (!numbers.is_empty()).then_some(numbers),
            required: false,
            long: false,
            characters_max: LEFT_OUT_CHARACTERS_MAX,
        },
    ];
    let press = custom_id::Feedback::Edited(id, seen);
    Ok(Answer::Ask(Form {
        custom_id: Action::Feedback(press).custom_id(),
        title: request.say(&text!("form-feedback", number = id.0)),
        fields,
    }))
}

/// A feedback that may be edited, as the person saw it.
async fn editable(request: &Request, id: FeedbackId, seen: i64) -> Result<Feedback, Error> {
    let feedback = desk(request, id).await?;
    let open = matches!(feedback.state, State::Draft | State::Sent);
    if open && feedback.revision == seen {
        return Ok(feedback);
    }
    Err(record::changed(id.0))
}

/// The form was sent.
pub(super) async fn submitted(
    request: &Request,
    (id, seen): (FeedbackId, i64),
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let (words, numbers) = read(fields)?;
    let before = match editable(request, id, seen).await {
        // What was typed is not lost because somebody else was faster.
        Err(Error::Refusal(_)) => return Err(too_late(&words, id)),
        found => found?,
    };
    let left_out = left_out(&before, numbers)?;
    if words == before.words && left_out == before.left_out {
        return Err(Error::refuse(text!(
            "refused-feedback-unchanged",
            number = id.0
        )));
    }
    let after = Feedback {
        words,
        left_out,
        ..before.clone()
    };
    if before.state == State::Sent {
        return asked(request, after).await;
    }
    let (stored, draft) = record::record(request, (&before, after), "feedback.edit", true).await?;
    let said = Text::new("feedback-edited");
    let reply = send::preview(request, &stored, Some(&said)).await?;
    Ok(Answer::Say(match draft {
        Some(draft) => reply.row(undo::button(request, draft)),
        None => reply,
    }))
}

fn read(fields: &Fields) -> Result<(Words, BTreeSet<IssueId>), Error> {
    let field = |id: &str| fields.get(id).map(String::as_str);
    let words = |id: &str, what| -> Result<Option<String>, Error> {
        let words = clean_optional(field(id), WORDS_UNITS_MAX, what)?;
        words.as_deref().map(screen).transpose()?;
        Ok(words)
    };
    let words = Words {
        opening: words(OPENING, "what-feedback-opening")?,
        closing: words(CLOSING, "what-feedback-closing")?,
    };
    let numbers = field(LEFT_OUT).into_iter().flat_map(names);
    let numbers = numbers.map(issue_number).collect::<Result<_, _>>()?;
    Ok((words, numbers))
}

/// Refuses personal data and one patient's condition.
fn screen(written: &str) -> Result<(), Error> {
    privacy::refuse_single_case(written)?;
    let hits = personal_data::check(written).hits;
    if hits.is_empty() {
        return Ok(());
    }
    let masked = personal_data::mask(written, &hits);
    Err(Error::refuse(text!(
        "refused-personal-data-in-feedback",
        masked = escape_markdown(&masked)
    )))
}

/// The issues to be left out; what the feedback does not tell of cannot be.
fn left_out(feedback: &Feedback, numbers: BTreeSet<IssueId>) -> Result<BTreeSet<IssueId>, Error> {
    if numbers.len() > LEFT_OUT_MAX {
        return Err(Error::refuse(text!(
            "refused-too-many",
            limit = LEFT_OUT_MAX
        )));
    }
    let told: BTreeSet<IssueId> = feedback
        .items
        .iter()
        .filter_map(domain::feedback::Item::issue)
        .collect();
    match numbers.iter().find(|number| !told.contains(number)) {
        Some(other) => Err(Error::refuse(text!(
            "refused-feedback-not-told",
            issue = other.0,
            number = feedback.id.0
        ))),
        None => Ok(numbers),
    }
}

fn too_late(words: &Words, id: FeedbackId) -> Error {
    let typed: Vec<String> = [&words.opening, &words.closing]
        .into_iter()
        .flatten()
        .map(|words| escape_markdown(words))
        .collect();
    if typed.is_empty() {
        return record::changed(id.0);
    }
    Error::refuse(text!(
        "refused-feedback-changed-words",
        number = id.0,
        words = typed.join("\n")
    ))
}

/// A correction is looked at before it is sent.
async fn asked(request: &Request, after: Feedback) -> Result<Answer, Error> {
    let correction = Correction {
        feedback: after.id,
        revision: after.revision,
        opening: after.words.opening.clone(),
        closing: after.words.closing.clone(),
        left_out: after.left_out.clone(),
    };
    let draft = drafts::put(request, STEP, &correction).await?;
    let candidate = Feedback {
        corrected_at: Some(request.now),
        ..after
    };
    let button = send::correct_button(request, draft);
    Ok(Answer::Say(
        send::correction(request, &candidate, button).await?,
    ))
}

/// *訂正を送る* was pressed.
pub(super) async fn corrected(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let waiting: Correction = drafts::find(request, draft, STEP).await?;
    let before = desk(request, waiting.feedback).await?;
    send::as_seen(&before, waiting.revision, State::Sent)?;
    let after = Feedback {
        words: Words {
            opening: waiting.opening,
            closing: waiting.closing,
        },
        left_out: waiting.left_out,
        corrected_at: Some(request.now),
        ..before.clone()
    };
    let states = (&before, after);
    let (stored, undo) = record::record(request, states, "feedback.correct", true).await?;
    let said = Text::new("feedback-corrected-sent");
    let reply = send::preview(request, &stored, Some(&said)).await?;
    Ok(Answer::Replace(match undo {
        Some(undo) => reply.row(undo::button(request, undo)),
        None => reply,
    }))
}
