//! The bot came back to a server it was removed from (退出と復帰): the desk is told what would have happened,
//! and is offered its data.

use crate::{
    custom_id::{Action, Keeping},
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{audience::Destination, id::OfficeId, setting::Language};
use serenity::all::{ButtonStyle, CreateButton};
use storage::{Subject, Transaction};

/// Notes that the bot was removed from the server of an office: the time until it is deleted begins, once.
///
/// # Errors
/// Storage failed.
pub async fn note_departure(
    tx: &mut Transaction,
    office: OfficeId,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let before = storage::office::left(tx, office, Some(now)).await?;
    if before.is_some() {
        return Ok(());
    }
    let who = storage::audit::CALENDAR;
    crate::audit::note(tx, office, None, "office.left", who, now, &[]).await
}

/// Notes that the bot is back in the server of an office: the time until it is deleted stops, and the desk
/// is told. Does nothing where it was not away.
///
/// # Errors
/// Storage failed.
pub async fn note_return(
    tx: &mut Transaction,
    office: OfficeId,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some(left_at) = storage::office::left(tx, office, None).await? else {
        return Ok(());
    };
    let back = storage::departure::insert(tx, office, left_at, now).await?;
    let about = Subject::from(back.id);
    let who = storage::audit::CALENDAR;
    crate::audit::note(tx, office, Some(about), "office.return", who, now, &[]).await?;
    storage::outbox::want(tx, office, about, Destination::Desk, back.revision, now).await
}

/// The button that hands out everything of the office.
pub(crate) fn export_button(language: Language) -> CreateButton {
    CreateButton::new(Action::Keeping(Keeping::Export).custom_id())
        .label(Text::new("button-office-export").say(language))
        .style(ButtonStyle::Secondary)
}
