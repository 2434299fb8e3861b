//! `/session cancel` 中止: a gathering does not take place. Who is told, and why, is shown first.

use super::{
    change::{self, Act},
    find, ics, option, plan, show, told, undo, word,
};
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    custom_id::{self, Action},
    dispatch::{Fields, May, answer},
    error::Error,
    issue::draft as drafts,
    option::clean,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, SessionId},
    session::{REASON_UNITS_MAX, Session, State},
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

const STEP: &str = "session-cancel";
const REASON: &str = "reason";

/// What waits for the confirmation.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wish {
    session: SessionId,
    /// The revision it was shown with.
    revision: i64,
    reason: String,
}

/// `/session cancel` 中止
#[poise::command(slash_command)]
pub(crate) async fn cancel(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::changeable"] number: String,
    reason: String,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let session = find(&request, option::number(&number)?).await?;
        preview(&request, session, &reason).await
    })
    .await
}

/// The button of a reminder was pressed: the form opens.
pub(super) async fn ask(request: &Request, id: SessionId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let session = find(request, id).await?;
    Ok(Answer::Ask(Form {
        custom_id: Action::Session(custom_id::Session::CancelSent(session.id)).custom_id(),
        title: request.say(&text!("form-session-cancel", number = session.id.0)),
        fields: vec![Field {
            id: REASON,
            label: request.say(&Text::new("form-session-reason")),
            placeholder: request.say(&Text::new("form-session-cancel-hint")),
            value: None,
            required: true,
            long: false,
            characters_max: u16::try_from(REASON_UNITS_MAX).unwrap_or(u16::MAX),
        }],
    }))
}

/// The form was sent.
pub(super) async fn submitted(
    request: &Request,
    id: SessionId,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let session = find(request, id).await?;
    let reason = fields.get(REASON).map(String::as_str).unwrap_or_default();
    preview(request, session, reason).await
}

/// Shows what would be said to whom.
async fn preview(request: &Request, session: Session, reason: &str) -> Result<Answer, Error> {
    let reason = clean(reason, REASON_UNITS_MAX, "what-reason")?;
    plan::screen(&reason, false)?;
    session
        .cancelled(reason.clone(), request.now)
        .map_err(change::refused)?;
    let wish = Wish {
        session: session.id,
        revision: session.revision,
        reason,
    };
    let draft = drafts::put(request, STEP, &wish).await?;
    let language = request.language;
    let asked = text!(
        "session-cancel-asked",
        name = word::heading(&session, language),
        when = word::when(&session, language),
    );
    let reason = text!("session-reason", reason = escape_markdown(&wish.reason));
    let effect = if session.state == State::Draft {
        Text::new("session-cancel-draft")
    } else {
        text!(
            "session-cancel-told",
            places = told::places(request, &session)
        )
    };
    let lines = [asked, reason, effect].map(|text| request.say(&text));
    let button = CreateButton::new(Action::Session(custom_id::Session::Cancel(draft)).custom_id())
        .label(request.say(&Text::new("button-session-cancel")))
        .style(ButtonStyle::Danger);
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Ok(Answer::Say(
        reply.row(CreateActionRow::Buttons(vec![button])),
    ))
}

/// The button was pressed.
pub(super) async fn confirmed(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let wish: Wish = drafts::find(request, draft, STEP).await?;
    let before = find(request, wish.session).await?;
    if before.revision != wish.revision {
        return Err(change::changed_meanwhile());
    }
    let after = before
        .cancelled(wish.reason, request.now)
        .map_err(change::refused)?;
    let act = Act {
        code: "session.cancel",
        details: Vec::new(),
    };
    let (stored, undo) = change::apply(request, (draft, STEP), (before, after), act).await?;
    let said = text!("session-cancel-done", number = stored.id.0);
    let mut reply = Reply::of(&said, request.language)
        .embed(show::frame(request, &stored).draw())
        .row(undo::button(request, undo));
    if stored.date.is_some() {
        reply = reply.file(ics::file(request, &stored)?);
    }
    Ok(Answer::Replace(reply))
}
