//! The form of a project's end: what people answered (アンケート), and what remains to be said.

use super::{option, record, record::Change, undo, word};
use crate::{
    answer::{Answer, FIELD_CHARACTERS_MAX, Field, Form, Reply},
    card::frame::cut,
    custom_id::{Action, Project as Press},
    dispatch::Fields,
    error::Error,
    issue::{draft as drafts, privacy},
    option::clean_optional,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, ProjectId},
    project::{NOTE_UNITS_MAX, Project, State},
    survey::{COUNT_MAX, Fault, Survey, UNITS_MAX},
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateButton};

const ANSWERS: &str = "answers";
const NOTE: &str = "note";
const STEP: &str = "project-survey";
/// The act in audit and history.
const ACT: &str = "project.survey";

/// What was typed, masked where it held personal data.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Typed {
    /// The project.
    project: i64,
    answers: String,
    note: String,
}

/// The button that opens the form.
pub(super) fn button(request: &Request, id: ProjectId) -> CreateButton {
    CreateButton::new(Action::Project(Press::Survey(id)).custom_id())
        .label(request.say(&Text::new("button-project-survey")))
        .style(ButtonStyle::Primary)
}

/// Reads a survey, and refuses what is personal in it.
pub(super) fn read(written: &str) -> Result<Survey, Error> {
    option::screen(written)?;
    Survey::read(written).map_err(refusal)
}

/// The button was pressed: the form opens with what is known so far.
pub(super) async fn ask(request: &Request, id: ProjectId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let project = ended(request, id).await?;
    let known = project.survey.as_ref().map(Survey::written);
    let typed = Typed {
        project: id.0,
        answers: known.unwrap_or_default(),
        note: project.note.unwrap_or_default(),
    };
    Ok(form(request, &typed))
}

/// *書き直す* was pressed: the form opens with the masked words.
pub(super) async fn reword(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let typed: Typed = drafts::find(request, draft, STEP).await?;
    Ok(form(request, &typed))
}

fn form(request: &Request, typed: &Typed) -> Answer {
    let field = |id, (label, hint): (Text, Text), units: usize, value: &str| Field {
        id,
        label: request.say(&label),
        placeholder: request.say(&hint),
        value: Some(cut(value, units)).filter(|value| !value.is_empty()),
        required: false,
        long: true,
        characters_max: u16::try_from(units).unwrap_or(FIELD_CHARACTERS_MAX),
    };
    let answers = (
        Text::new("form-project-answers"),
        Text::new("form-project-answers-hint"),
    );
    let note = (
        Text::new("form-project-note"),
        Text::new("form-project-note-hint"),
    );
    Answer::Ask(Form {
        custom_id: Action::Project(Press::Surveyed(ProjectId(typed.project))).custom_id(),
        title: request.say(&text!("form-project-survey-title", number = typed.project)),
        fields: vec![
            field(ANSWERS, answers, UNITS_MAX, &typed.answers),
            field(NOTE, note, NOTE_UNITS_MAX, &typed.note),
        ],
    })
}

/// The form was sent. What was left blank is taken away.
pub(super) async fn sent(
    request: &Request,
    id: ProjectId,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let before = ended(request, id).await?;
    let typed = |field| fields.get(field).map(String::as_str).unwrap_or_default();
    let answers = clean_optional(Some(typed(ANSWERS)), UNITS_MAX, "what-survey")?;
    let note = clean_optional(Some(typed(NOTE)), NOTE_UNITS_MAX, "what-note")?;
    screened(request, id, [answers.as_deref(), note.as_deref()]).await?;
    let survey = match answers.as_deref().map(Survey::read) {
        None => None,
        Some(Ok(survey)) => Some(survey),
        // What was typed is not lost: the form opens again with it.
        Some(Err(fault)) => {
            let typed = Typed {
                project: id.0,
                answers: answers.unwrap_or_default(),
                note: note.unwrap_or_default(),
            };
            let Error::Refusal(refusal) = refusal(fault) else {
                return Err(Error::Fault("a survey is refused by its words"));
            };
            return Err(again(request, &typed, refusal.text).await?);
        }
    };
    let after = Project {
        survey,
        note,
        ..before.clone()
    };
    if after == before {
        return Err(Error::refuse(text!(
            "refused-project-unchanged",
            number = id.0
        )));
    }
    let (stored, draft) = record::record(request, Change::of(before, after, ACT)).await?;
    let text = text!(
        "project-surveyed",
        name = word::name(&stored, request.language)
    );
    let mut reply = Reply::of(&text, request.language);
    if let Some(survey) = &stored.survey {
        reply = reply.line(&summary(request, survey));
    }
    Ok(Answer::Say(reply.row(undo::button(request, draft))))
}

/// Refuses personal data, with the masked words behind a button.
async fn screened(request: &Request, id: ProjectId, texts: [Option<&str>; 2]) -> Result<(), Error> {
    let texts = texts.map(Option::unwrap_or_default);
    for written in texts {
        privacy::refuse_single_case(written)?;
    }
    let Some(found) = privacy::check(&texts) else {
        return Ok(());
    };
    let masked = |at: usize| {
        found
            .get(at)
            .map(|of| of.masked.clone())
            .unwrap_or_default()
    };
    let typed = Typed {
        project: id.0,
        answers: masked(0),
        note: masked(1),
    };
    let shown = privacy::shown(&found);
    let text = text!("refused-personal-data-in-survey", masked = shown);
    Err(again(request, &typed, text).await?)
}

/// A refusal with the button that opens the form again with what was typed.
async fn again(request: &Request, typed: &Typed, text: Text) -> Result<Error, Error> {
    let draft = drafts::put(request, STEP, typed).await?;
    let action = Action::Project(Press::SurveyReword(draft));
    Ok(Error::refuse_with(
        text,
        vec![privacy::reword_button(request, action)],
    ))
}

/// A project whose end may be told: one that is finished.
async fn ended(request: &Request, id: ProjectId) -> Result<Project, Error> {
    let project = super::find(request, id).await?;
    if project.state == State::Finished {
        return Ok(project);
    }
    Err(Error::refuse(text!(
        "refused-project-not-finished",
        number = id.0
    )))
}

/// What was understood of a survey, a line for each question.
pub(super) fn summary(request: &Request, survey: &Survey) -> String {
    let lines: Vec<String> = survey
        .questions
        .iter()
        .map(|question| {
            let answers: Vec<String> = question
                .answers
                .iter()
                .map(|answer| {
                    request.say(&text!(
                        "survey-answer",
                        answer = escape_markdown(&answer.wording),
                        count = i64::from(answer.count)
                    ))
                })
                .collect();
            let separator = request.say(&Text::new("list-separator"));
            let line = text!(
                "survey-question",
                question = escape_markdown(&question.wording),
                answers = answers.join(&separator),
                opinions = question.opinions.len(),
            );
            request.say(&line)
        })
        .collect();
    lines.join("\n")
}

fn refusal(fault: Fault) -> Error {
    Error::refuse(said(fault))
}

/// Why a survey cannot be read, with what to do.
pub(crate) fn said(fault: Fault) -> Text {
    let line = |key: &str, line: usize| Text::new(key).with("line", line);
    match fault {
        Fault::Empty => Text::new("refused-survey-empty"),
        Fault::TooLong => text!("refused-survey-too-long", limit = UNITS_MAX),
        Fault::NoQuestion(at) => line("refused-survey-no-question", at),
        Fault::LineTooLong(at) => line("refused-survey-line-too-long", at),
        Fault::TooHigh(at) => {
            line("refused-survey-too-high", at).with("most", i64::from(COUNT_MAX))
        }
        Fault::TooMany(at) => line("refused-survey-too-many", at),
    }
}
