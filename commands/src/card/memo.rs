//! The post of a memo (登録したリマインダー): its words, why it came, when it comes next, and how to stop
//! it. It is posted once each time; what was stopped before it could be sent is not said.

use super::{Drawn, Post, Tags, date, frame::Frame};
use crate::{
    custom_id::{self, Action},
    memo::when,
    text,
    text::Text,
};
use domain::{
    memo::{Cadence, Memo, State},
    office::Office,
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{outbox::Claimed, reminder::Reminder};

/// The colour of what somebody wanted to be reminded of.
const COLOUR: u32 = 0x31_82CE;

/// Draws the post of the one memo a reminder speaks of; nothing when it was stopped since.
pub(super) fn draw(office: &Office, reminder: &Reminder, memo: &Memo, claimed: &Claimed) -> Drawn {
    let is_said = memo.destination == claimed.destination
        && matches!(memo.state, State::Waiting | State::Over);
    if !is_said {
        return Drawn::Nothing;
    }
    Drawn::Post(Box::new(post(office, reminder, memo, &claimed.mark)))
}

fn post(office: &Office, reminder: &Reminder, memo: &Memo, mark: &str) -> Post {
    let language = office.settings.locale;
    let zone = office.settings.time_zone;
    let due = reminder.due_at.with_timezone(&zone).date_naive();
    let title = text!("memo-card-title", date = date(due, language)).say(language);
    let number = memo.id.0;
    let (why, action, label) = match (&memo.cadence, memo.next) {
        (Cadence::Repeated(schedule), Some(next)) => (
            text!(
                "memo-card-repeated",
                number = number,
                cadence = schedule_plain(schedule, language),
                next = when::moment(next, language),
            ),
            custom_id::Memo::Stop(memo.id),
            "button-memo-stop",
        ),
        (Cadence::Repeated(_), None) => (
            text!("memo-card-last", number = number),
            custom_id::Memo::Show(memo.id),
            "button-memo-show",
        ),
        (Cadence::Once, _) => (
            text!("memo-card-once", number = number),
            custom_id::Memo::Show(memo.id),
            "button-memo-show",
        ),
    };
    let button = CreateButton::new(Action::Memo(action).marked(mark))
        .label(Text::new(label).say(language))
        .style(ButtonStyle::Secondary);
    Post {
        revision: reminder.revision,
        title: title.clone(),
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![
            Frame::titled(title)
                .colour(COLOUR)
                .words(escape_markdown(&memo.words))
                .footer(why.say(language))
                .draw(),
        ],
        rows: vec![CreateActionRow::Buttons(vec![button])],
    }
}

/// A footer shows marks of markdown as they are.
fn schedule_plain(
    schedule: &domain::schedule::Schedule,
    language: domain::setting::Language,
) -> String {
    match language {
        domain::setting::Language::Ja => schedule.words(),
        domain::setting::Language::En => schedule.to_string(),
    }
}
