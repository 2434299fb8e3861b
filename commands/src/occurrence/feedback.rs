//! What is due of feedback: once a month the desk gets the drafts as one list. Nothing is sent by itself.

use super::{Due, Press, month};
use crate::{
    card,
    custom_id::{self, Action},
    feedback::draft,
    option::joined,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    feedback::Feedback,
    id::{AssociationId, FeedbackId},
    occurrence::Matter,
    office::Office,
    progress::YearMonth,
    setting::Language,
    text::escape_markdown,
};
use serenity::all::ButtonStyle;
use storage::{Connection, Subject, Transaction, occurrence::Occurrence};

/// UTF-16 units of the drafts that are named in one line.
const NAMES_UNITS_MAX: usize = 900;

/// Drafts that wait at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    /// The first of them, by which the line is told apart.
    first: FeedbackId,
    /// Their numbers, with whom they are for.
    drafts: Vec<(FeedbackId, AssociationId)>,
}

impl Point {
    fn of(drafts: &[Feedback]) -> Option<Self> {
        let first = drafts.first()?.id;
        let drafts = drafts.iter().map(|one| (one.id, one.association)).collect();
        Some(Self { first, drafts })
    }

    pub(super) fn subject(&self) -> Subject {
        self.first.into()
    }

    pub(super) fn line(&self, office: &Office, language: Language) -> String {
        let names = self.drafts.iter().map(|(id, association)| {
            let association = card::feedback::plain_name(office, *association);
            text!(
                "feedback-name",
                number = id.0,
                association = escape_markdown(&association)
            )
            .say(language)
        });
        text!(
            "reminder-feedback",
            count = self.drafts.len(),
            names = joined(names, language, NAMES_UNITS_MAX),
        )
        .say(language)
    }
}

/// The button that opens the list.
pub(super) fn press() -> Press {
    Press {
        action: Action::Feedback(custom_id::Feedback::Open),
        label: Text::new("button-feedback-open"),
        style: ButtonStyle::Secondary,
    }
}

/// Makes the month's drafts, and plans the next.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let id = item.key.series.id;
    // After a long absence one list is enough: what was missed comes due at once and finds it.
    month::plan(tx, office, Matter::FeedbackMonth, item.due_at).await?;
    let (Some(_), Some(month)) = (&office.settings.feedback, YearMonth::from_number(id)) else {
        return Ok(Due::Done);
    };
    draft::monthly(tx, office, month, now).await?;
    let point = point(tx, office).await?;
    Ok(if point.is_some() { Due::Say } else { Due::Done })
}

/// The drafts that still wait; none where nothing waits any more.
pub(super) async fn point(
    connection: &mut Connection,
    office: &Office,
) -> storage::Result<Option<Point>> {
    let drafts = storage::feedback::drafts(connection, office.id).await?;
    Ok(Point::of(&drafts))
}
