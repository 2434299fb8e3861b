//! `/feedback send` 送付: the desk looks at a feedback exactly as its association will see it, and approves,
//! drops or withdraws it. Two coordinators at once: whoever comes second is shown what has changed.

use super::{desk, draft, edit, name, record, told, undo};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    custom_id::{self, Action},
    dispatch::{May, answer},
    error::Error,
    option::joined,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    feedback::{Feedback, State},
    id::FeedbackId,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of the numbers that were left out.
const LEFT_OUT_UNITS_MAX: usize = 300;

/// `/feedback send` 送付
#[poise::command(slash_command)]
pub(crate) async fn send(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let feedback = desk(&request, super::number(&number)?).await?;
        Ok(Answer::Say(preview(&request, &feedback, None).await?))
    })
    .await
}

/// A feedback as its association will see it, with what the desk may do about it.
pub(super) async fn preview(
    request: &Request,
    feedback: &Feedback,
    said: Option<&Text>,
) -> Result<Reply, Error> {
    let told = told(request, feedback).await?;
    // Posts are in the office's language, whoever looks at them beforehand.
    let language = request.office.settings.locale;
    let frame = card::feedback::frame(&request.office, feedback, &told, language);
    let mut lines: Vec<String> = said.map(|said| request.say(said)).into_iter().collect();
    lines.push(request.say(&standing(request, feedback)));
    if feedback.state == State::Draft && draft::is_stale(request, feedback).await? {
        lines.push(request.say(&Text::new("feedback-stale")));
    }
    if !feedback.left_out.is_empty() {
        let numbers = feedback.left_out.iter().map(|issue| format!("#{issue}"));
        let numbers = joined(numbers, request.language, LEFT_OUT_UNITS_MAX);
        lines.push(request.say(&text!("feedback-left-out", numbers = numbers)));
    }
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    let reply = match feedback.state {
        // What was taken back or not sent is looked at without being mistaken for what stands.
        State::Withdrawn | State::Dropped => return Ok(reply),
        State::Draft | State::Sent => reply.embed(frame.draw()),
    };
    Ok(reply.row(presses(request, feedback)))
}

/// Where it stands, and what can be done.
fn standing(request: &Request, feedback: &Feedback) -> Text {
    let place = Destination::Feedback(feedback.association);
    let key = format!("feedback-is-{}", feedback.state.code());
    let channel = place.channel(&request.office);
    let key = match (feedback.state, channel) {
        (State::Draft, None) => "feedback-is-draft-unbound".to_owned(),
        _ => key,
    };
    let association = card::feedback::plain_name(&request.office, feedback.association);
    Text::new(key)
        .with("name", name(request, feedback))
        .with("association", domain::text::escape_markdown(&association))
        .with(
            "channel",
            channel.map_or_else(String::new, |channel| format!("<#{channel}>")),
        )
}

fn presses(request: &Request, feedback: &Feedback) -> CreateActionRow {
    use custom_id::Feedback as Press;
    let (id, seen) = (feedback.id, feedback.revision);
    let button = |press: Press, key: &str, style| {
        CreateButton::new(Action::Feedback(press).custom_id())
            .label(request.say(&Text::new(key)))
            .style(style)
    };
    let (primary, plain, danger) = (
        ButtonStyle::Success,
        ButtonStyle::Secondary,
        ButtonStyle::Danger,
    );
    CreateActionRow::Buttons(match feedback.state {
        State::Draft => vec![
            button(Press::Send(id, seen), "button-feedback-send", primary),
            button(Press::Edit(id, seen), "button-feedback-edit", plain),
            button(Press::Renew(id, seen), "button-feedback-renew", plain),
            button(Press::Drop(id, seen), "button-feedback-drop", plain),
        ],
        _ => vec![
            button(Press::Edit(id, seen), "button-feedback-correct", plain),
            button(
                Press::Withdraw(id, seen),
                "button-feedback-withdraw",
                danger,
            ),
        ],
    })
}

/// Checks that a feedback is as the person saw it.
///
/// # Errors
/// Refused when somebody has changed it since.
pub(super) fn as_seen(feedback: &Feedback, seen: i64, state: State) -> Result<(), Error> {
    if feedback.state == state && feedback.revision == seen {
        return Ok(());
    }
    Err(record::changed(feedback.id.0))
}

/// *承認して送る* was pressed.
pub(super) async fn approved(
    request: &Request,
    id: FeedbackId,
    seen: i64,
) -> Result<Answer, Error> {
    let before = desk(request, id).await?;
    as_seen(&before, seen, State::Draft)?;
    let place = Destination::Feedback(before.association);
    let Some(channel) = place.channel(&request.office) else {
        let association = card::feedback::plain_name(&request.office, before.association);
        return Err(Error::refuse(text!(
            "refused-feedback-unbound",
            association = domain::text::escape_markdown(&association),
            number = id.0,
        )));
    };
    let after = Feedback {
        state: State::Sent,
        sent_at: Some(request.now),
        ..before.clone()
    };
    let (stored, _) = record::record(request, (&before, after), "feedback.send", false).await?;
    let said = text!(
        "feedback-sent",
        name = name(request, &stored),
        channel = format!("<#{channel}>"),
    );
    let reply = Reply::of(&said, request.language).row(presses(request, &stored));
    Ok(Answer::Replace(reply))
}

/// *送らない* was pressed.
pub(super) async fn dropped(request: &Request, id: FeedbackId, seen: i64) -> Result<Answer, Error> {
    let before = desk(request, id).await?;
    as_seen(&before, seen, State::Draft)?;
    let after = Feedback {
        state: State::Dropped,
        ..before.clone()
    };
    ended(
        request,
        (&before, after),
        "feedback.drop",
        "feedback-dropped",
    )
    .await
}

/// *取り下げる* was pressed.
pub(super) async fn withdrawn(
    request: &Request,
    id: FeedbackId,
    seen: i64,
) -> Result<Answer, Error> {
    let before = desk(request, id).await?;
    as_seen(&before, seen, State::Sent)?;
    let after = Feedback {
        state: State::Withdrawn,
        ..before.clone()
    };
    ended(
        request,
        (&before, after),
        "feedback.withdraw",
        "feedback-was-withdrawn",
    )
    .await
}

async fn ended(
    request: &Request,
    states: (&Feedback, Feedback),
    act: &'static str,
    key: &'static str,
) -> Result<Answer, Error> {
    let (stored, draft) = record::record(request, states, act, true).await?;
    let said = text!(key, name = name(request, &stored));
    let reply = Reply::of(&said, request.language);
    Ok(Answer::Replace(match draft {
        Some(draft) => reply.row(undo::button(request, draft)),
        None => reply,
    }))
}

/// A correction of what was sent, as the association will see it, before it is made.
pub(super) async fn correction(
    request: &Request,
    candidate: &Feedback,
    button: CreateActionRow,
) -> Result<Reply, Error> {
    let told = told(request, candidate).await?;
    let language = request.office.settings.locale;
    let frame = card::feedback::frame(&request.office, candidate, &told, language);
    let said = text!("feedback-correction", name = name(request, candidate));
    Ok(Reply::of(&said, request.language)
        .embed(frame.draw())
        .row(button))
}

/// The row of the correction's button.
pub(super) fn correct_button(request: &Request, draft: domain::id::DraftId) -> CreateActionRow {
    let press = edit::correcting(draft);
    let button = CreateButton::new(Action::Feedback(press).custom_id())
        .label(request.say(&Text::new("button-feedback-send-correction")))
        .style(ButtonStyle::Success);
    CreateActionRow::Buttons(vec![button])
}
