//! What is due of feedback: once a month the desk gets the drafts as one list, in a post of its own.
//! Nothing is sent by itself.

use super::{Due, Press, month};
use crate::{
    custom_id::{self, Action},
    feedback::draft,
    session::told::today,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{audience::Destination, occurrence::Matter, office::Office, progress::YearMonth};
use serenity::all::ButtonStyle;
use storage::{Subject, Transaction, occurrence::Occurrence, reminder::Content};

/// The button that opens the list.
pub(super) fn press() -> Press {
    Press {
        action: Action::Feedback(custom_id::Feedback::Open),
        label: Text::new("button-feedback-open"),
        style: ButtonStyle::Secondary,
    }
}

/// Makes the month's drafts, lays them on the desk, and plans the next. After a long absence one list is
/// enough: it tells of everything since.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    month::plan(tx, office, Matter::FeedbackMonth, now.max(item.due_at)).await?;
    if office.settings.feedback.is_none() {
        return Ok(Due::Done);
    }
    let month = YearMonth::of(today(office, now)).previous();
    draft::monthly(tx, office, month, now).await?;
    let desk = Destination::Desk;
    let waits = !storage::feedback::drafts(tx, office.id).await?.is_empty();
    if !waits || desk.channel(office).is_none() {
        return Ok(Due::Done);
    }
    let content = Content {
        items: std::slice::from_ref(item),
        passed: &[],
    };
    let made = storage::reminder::insert(tx, office.id, desk, content, now).await?;
    if let Some(made) = made {
        let about = Subject::from(made.id);
        storage::outbox::want(tx, office.id, about, desk, made.revision, made.due_at).await?;
    }
    Ok(Due::Done)
}
