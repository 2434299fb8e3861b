//! `/session move` 変更: a gathering goes to another day or hour; one that is only proposed is planned by it.
//!
//! What would change, and who is told, is shown first. The form of a reminder leads here too.

use super::{
    change::{self, Act},
    find, ics, option, plan, show,
    state::{minute, time as time_of},
    told, undo, word,
};
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    card,
    custom_id::{self, Action},
    dispatch::{Fields, May, answer},
    error::Error,
    issue::draft as drafts,
    option::{clean_optional, day, time},
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    id::{DraftId, SessionId},
    session::{self, Fault, REASON_UNITS_MAX, Session, State},
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

const STEP: &str = "session-move";
const DATE: &str = "date";
const START: &str = "start";
const REASON: &str = "reason";
/// Most characters of a day or a time in the form.
const SHORT_MAX: u16 = 40;

/// What waits for the confirmation.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wish {
    session: SessionId,
    /// The revision it was shown with.
    revision: i64,
    date: String,
    /// The minute of the day.
    start: Option<u32>,
    reason: Option<String>,
}

/// `/session move` 変更
#[poise::command(slash_command, rename = "move")]
pub(crate) async fn change_date(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::changeable"] number: String,
    date: String,
    start: Option<String>,
    reason: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let session = find(&request, option::number(&number)?).await?;
        let (start, reason) = (start.as_deref(), reason.as_deref());
        preview(&request, session, &date, start, reason).await
    })
    .await
}

/// The button of a reminder was pressed: the form opens.
pub(super) async fn ask(request: &Request, id: SessionId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let session = find(request, id).await?;
    let say = |key: &str| request.say(&Text::new(key));
    let field = |id, label: &str, hint: &str, required, characters_max| Field {
        id,
        label: say(label),
        placeholder: say(hint),
        value: None,
        required,
        long: false,
        characters_max,
    };
    let reason_max = u16::try_from(REASON_UNITS_MAX).unwrap_or(u16::MAX);
    Ok(Answer::Ask(Form {
        custom_id: Action::Session(custom_id::Session::MoveSent(session.id)).custom_id(),
        title: request.say(&text!("form-session-move", number = session.id.0)),
        fields: vec![
            field(
                DATE,
                "form-session-date",
                "form-session-date-hint",
                true,
                SHORT_MAX,
            ),
            field(
                START,
                "form-session-start",
                "form-session-start-hint",
                false,
                SHORT_MAX,
            ),
            field(
                REASON,
                "form-session-reason",
                "form-session-reason-hint",
                false,
                reason_max,
            ),
        ],
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
    let field = |id: &str| {
        fields
            .get(id)
            .map(|value| value.trim())
            .filter(|v| !v.is_empty())
    };
    let date = field(DATE).unwrap_or_default();
    preview(request, session, date, field(START), field(REASON)).await
}

/// Shows what would change.
async fn preview(
    request: &Request,
    session: Session,
    date: &str,
    start: Option<&str>,
    reason: Option<&str>,
) -> Result<Answer, Error> {
    let date = day(request, date)?;
    let start = start.map(time).transpose()?;
    let reason = clean_optional(reason, REASON_UNITS_MAX, "what-reason")?;
    if let Some(reason) = &reason {
        plan::screen(reason, false)?;
    }
    let wish = Wish {
        session: session.id,
        revision: session.revision,
        date: date.to_string(),
        start: start.map(minute),
        reason,
    };
    let moved = moved(request, &session, &wish)?;
    let draft = drafts::put(request, STEP, &wish).await?;
    let language = request.language;
    let mut lines = vec![
        request.say(&text!(
            "session-move-asked",
            name = word::heading(&session, language)
        )),
        request.say(&text!(
            "session-move-from",
            when = word::when(&session, language)
        )),
        request.say(&text!(
            "session-move-to",
            when = word::when(&moved, language)
        )),
    ];
    if session.end.is_some() && moved.end.is_none() {
        lines.push(request.say(&Text::new("session-move-no-end")));
    }
    if let Some(reason) = &wish.reason {
        let reason = escape_markdown(reason);
        lines.push(request.say(&text!("session-reason", reason = reason)));
    }
    lines.push(request.say(&match (session.state, moved.state) {
        (_, State::Held) => Text::new("session-move-past"),
        (State::Draft, _) => text!(
            "session-move-planned",
            places = told::places(request, &moved)
        ),
        _ => text!("session-move-told", places = told::places(request, &moved)),
    }));
    let button = CreateButton::new(Action::Session(custom_id::Session::Move(draft)).custom_id())
        .label(request.say(&Text::new("button-session-move")))
        .style(ButtonStyle::Primary);
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Ok(Answer::Say(
        reply.row(CreateActionRow::Buttons(vec![button])),
    ))
}

/// The session as it would be.
fn moved(request: &Request, session: &Session, wish: &Wish) -> Result<Session, Error> {
    let unreadable = || Error::Fault("a draft holds a day that cannot be read");
    let date: NaiveDate = wish.date.parse().map_err(|_| unreadable())?;
    let start = wish.start.and_then(time_of);
    let today = request.today();
    let moved = session
        .moved(
            (date, start),
            wish.reason.clone(),
            request.office.settings.fiscal_year_start,
            (today, request.now),
        )
        .map_err(change::refused)?;
    session::check_time(date, moved.start, moved.end, today).map_err(|fault| {
        Error::refuse(match fault {
            Fault::EndWithoutStart => Text::new("refused-session-end-without-start"),
            Fault::EndNotAfterStart => Text::new("refused-session-end-before-start"),
            Fault::TooFarAhead | Fault::TooFarBack => text!(
                "refused-session-too-far",
                date = card::date(date, request.language)
            ),
        })
    })?;
    Ok(moved)
}

/// The button was pressed.
pub(super) async fn confirmed(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let wish: Wish = drafts::find(request, draft, STEP).await?;
    let before = find(request, wish.session).await?;
    if before.revision != wish.revision {
        return Err(change::changed_meanwhile());
    }
    let after = moved(request, &before, &wish)?;
    let from = before.date.map(|date| ("from", date.to_string()));
    let act = Act {
        code: "session.move",
        details: from
            .into_iter()
            .chain([("to", wish.date.clone())])
            .collect(),
    };
    let (stored, undo) =
        change::apply(request, (draft, STEP), (before.clone(), after), act).await?;
    let key = if before.state == State::Draft {
        "session-move-planned-done"
    } else {
        "session-moved"
    };
    let mut lines = vec![request.say(&text!(
        key,
        number = stored.id.0,
        when = word::when(&stored, request.language)
    ))];
    lines.extend(told::words(request, &stored));
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Ok(Answer::Replace(
        reply
            .embed(show::frame(request, &stored).draw())
            .row(undo::button(request, undo))
            .file(ics::file(request, &stored)?),
    ))
}
