//! Ideas that associations bring (持込み企画): the desk takes one up, or declines it with a reason that
//! the association reads.

use super::{drop::record_dropped, offer, record, record::Change, undo, word};
use crate::{
    answer::{Answer, Field, Form, Reply},
    custom_id::{Action, Project as Press},
    dispatch::Fields,
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::ProjectId,
    project::{Project, REASON_UNITS_MAX, State},
};

const REASON: &str = "reason";
/// The act in audit and history.
const ACT: &str = "project.take-up";

/// *取り上げる* was pressed.
pub(super) async fn take_up(request: &Request, id: ProjectId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let before = idea(request, id).await?;
    let after = Project {
        state: State::Planned,
        taken_up: true,
        ..before.clone()
    };
    let (stored, draft) = record::record(request, Change::of(before, after, ACT)).await?;
    let text = text!(
        "project-taken-up",
        name = word::name(&stored, request.language)
    );
    let mut reply = Reply::of(&text, request.language);
    let offered = offer::words(request, &stored);
    if !offered.is_empty() {
        reply = reply.line(&offered);
    }
    let mut rows = offer::rows(request, &stored);
    rows.push(undo::button(request, draft));
    Ok(Answer::Say(Reply { rows, ..reply }))
}

/// *見送る* was pressed: the form for the reason opens.
pub(super) async fn ask(request: &Request, id: ProjectId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    idea(request, id).await?;
    Ok(Answer::Ask(Form {
        custom_id: Action::Project(Press::Declined(id)).custom_id(),
        title: request.say(&text!("form-project-decline-title", number = id.0)),
        fields: vec![Field {
            id: REASON,
            label: request.say(&Text::new("form-project-reason")),
            placeholder: request.say(&Text::new("form-project-reason-hint")),
            value: None,
            required: true,
            long: true,
            characters_max: u16::try_from(REASON_UNITS_MAX).unwrap_or(u16::MAX),
        }],
    }))
}

/// The form was sent.
pub(super) async fn declined(
    request: &Request,
    id: ProjectId,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let project = idea(request, id).await?;
    let reason = fields.get(REASON).map(String::as_str).unwrap_or_default();
    record_dropped(request, project, reason).await
}

/// An idea that still waits for an answer.
async fn idea(request: &Request, id: ProjectId) -> Result<Project, Error> {
    let project = super::find(request, id).await?;
    if project.state == State::Idea {
        return Ok(project);
    }
    Err(Error::refuse(text!(
        "refused-project-answered",
        number = id.0,
        state = word::state(&project)
    )))
}
