//! `/reminder` リマインダー: memos, by which people have themselves and others reminded.
//!
//! A memo is seen and stopped by whoever may write one for its place ([`domain::memo::may_write`]), so
//! that it outlives the role of its maker. What happens when one is due is in [`crate::occurrence`].

pub(crate) mod add;
pub(crate) mod list;
pub(crate) mod state;
pub(crate) mod stop;
pub(crate) mod undo;
pub(crate) mod when;

use crate::{
    Context,
    answer::{Answer, Reply},
    card::{self, frame::Frame, place_word},
    custom_id::{self, Action},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::MemoId,
    memo::{self, Memo},
    setting::Language,
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// `/reminder` リマインダー
#[poise::command(
    slash_command,
    subcommands("add::add", "list::list", "stop::cancel"),
    subcommand_required
)]
pub(crate) async fn reminder(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// Making, seeing and stopping memos at all: coordinators, officers and contacts.
///
/// # Errors
/// Refused for everybody else.
pub(crate) fn permitted(request: &Request) -> Result<(), Error> {
    if memo::may_write_any(&request.person) {
        return Ok(());
    }
    Err(Error::refuse(Text::new(if request.person.is_known() {
        "refused-memo-at-all"
    } else {
        "refused-unknown-person"
    })))
}

/// Reads a memo of a place the person writes for. A number one may not see and a number that does not
/// exist are answered alike.
///
/// # Errors
/// Refused with the one sentence for both.
pub(crate) async fn find(request: &Request, id: MemoId) -> Result<Memo, Error> {
    permitted(request)?;
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::memo::find(connection, office, id)))
        .await?;
    found
        .filter(|memo| memo::may_write(&request.person, memo.destination))
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-memo")))
}

/// A button about memos was pressed.
pub(crate) async fn pressed(request: &Request, action: custom_id::Memo) -> Result<Answer, Error> {
    match action {
        custom_id::Memo::Keep(draft) => add::confirmed(request, draft).await,
        custom_id::Memo::Show(id) => show(request, id).await,
        custom_id::Memo::Stop(id) => stop::answer(request, id).await,
        custom_id::Memo::Undo(draft) => undo::answer(request, draft).await,
        custom_id::Memo::List(page) => list::turn(request, page).await,
    }
}

/// The button of a post: the memo as it is now.
async fn show(request: &Request, id: MemoId) -> Result<Answer, Error> {
    let memo = find(request, id).await?;
    let reply = Reply::default().embed(frame(request, &memo).draw());
    Ok(Answer::Say(match memo.state {
        memo::State::Waiting => reply.row(stop_button(request, memo.id)),
        _ => reply,
    }))
}

/// A memo as whoever may stop it sees it.
pub(crate) fn frame(request: &Request, memo: &Memo) -> Frame {
    let say = |key: &str| request.say(&Text::new(key));
    let next = memo.next.map_or_else(
        || request.say(&Text::new(format!("memo-state-{}", memo.state.code()))),
        |moment| when::moment(moment, request.language),
    );
    Frame::titled(request.say(&text!("subject-memo", number = memo.id.0)))
        .words(escape_markdown(&memo.words))
        .field(say("field-memo-next"), next, true)
        .field(
            say("field-memo-when"),
            cadence(memo, request.language),
            true,
        )
        .field(say("field-memo-place"), place(request, memo), true)
        .field(
            say("field-memo-by"),
            if request.person.coordinator {
                format!("<@{}>", memo.made_by)
            } else {
                String::new()
            },
            true,
        )
}

/// How often it is said.
pub(crate) fn cadence(memo: &Memo, language: Language) -> String {
    match &memo.cadence {
        memo::Cadence::Once => Text::new("memo-once").say(language),
        memo::Cadence::Repeated(schedule) => when::schedule(schedule, language),
    }
}

/// Where it is said; a place that is no more is said so.
pub(crate) fn place(request: &Request, memo: &Memo) -> String {
    if !memo::place_exists(memo.destination, &request.office) {
        return request.say(&Text::new("memo-place-gone"));
    }
    let place = request.say(&place_word(&request.office, memo.destination));
    match memo.destination.channel(&request.office) {
        Some(channel) => format!("{place} <#{channel}>"),
        None => place,
    }
}

/// The row with the button that stops a memo.
pub(crate) fn stop_button(request: &Request, id: MemoId) -> CreateActionRow {
    let button = CreateButton::new(Action::Memo(custom_id::Memo::Stop(id)).custom_id())
        .label(request.say(&Text::new("button-memo-stop")))
        .style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button])
}

/// A day on which the office does not work is pointed out: somebody may have meant the day before.
pub(crate) fn day_off(request: &Request, moment: domain::occurrence::Moment) -> Option<String> {
    let calendar = request.office.calendar();
    calendar.day_off(moment.date).map(|_| {
        request.say(&text!(
            "memo-day-off",
            date = card::date(moment.date, request.language)
        ))
    })
}
