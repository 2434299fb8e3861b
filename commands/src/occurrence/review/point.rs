//! What there is to say of a review that is due: its line, its buttons, and whether it still has a point.

use super::is_told_at;
use crate::{
    custom_id::{Action, Review as Button},
    occurrence::Press,
    review::{about, word},
    text,
    text::Text,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    audience::Destination,
    id::ReviewId,
    occurrence::{Lead, Matter, Series},
    office::Office,
    review::{Of, Review, State},
    setting::Language,
};
use serenity::all::ButtonStyle;
use storage::Connection;

/// Why there is still a point in speaking of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    review: ReviewId,
    of: Of,
    dated: i64,
    stage: Stage,
    date: NaiveDate,
    start: Option<NaiveTime>,
    /// As the office has set it: 7日ごと.
    rhythm: Option<Lead>,
}

/// What there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It is on a day to come.
    Ahead,
    /// It is today.
    Today,
    /// Its day has passed.
    Overdue,
    /// Its day is not settled.
    Proposed,
}

impl Point {
    pub(in crate::occurrence) fn review(&self) -> ReviewId {
        self.review
    }

    pub(in crate::occurrence) fn is_same(&self, other: &Self) -> bool {
        self.review == other.review
    }

    pub(in crate::occurrence) fn line(&self, language: Language) -> String {
        let (number, of) = (self.review.0, about::name(self.of));
        let day = word::day(self.date, self.start, language);
        let line = match self.stage {
            Stage::Ahead => text!(
                "reminder-review-ahead",
                number = number,
                of = of,
                date = day,
            ),
            Stage::Today => text!(
                "reminder-review-today",
                number = number,
                of = of,
                date = day,
            ),
            Stage::Overdue => text!(
                "reminder-review-overdue",
                number = number,
                of = of,
                date = day,
                rhythm = rhythm(self.rhythm)
            ),
            Stage::Proposed => text!(
                "reminder-review-proposed",
                number = number,
                of = of,
                date = day
            ),
        };
        line.say(language)
    }

    /// Its buttons; where there is little room the one that shows it with all of them.
    pub(in crate::occurrence) fn presses(&self, roomy: bool) -> Vec<Press> {
        if roomy {
            buttons(self.review, self.dated, self.stage == Stage::Proposed)
        } else {
            vec![press(self.review)]
        }
    }
}

/// The button that shows a review.
pub(in crate::occurrence) fn press(review: ReviewId) -> Press {
    Press {
        action: Action::Review(Button::Show(review)),
        label: text!("reminder-button-review", number = review.0),
        style: ButtonStyle::Secondary,
    }
}

/// What can be done with a review that is still to come. Each button names its review, because several
/// stand below one post.
pub(crate) fn buttons(review: ReviewId, dated: i64, proposed: bool) -> Vec<Press> {
    let number = review.0;
    let of = |action, label, style| Press {
        action: Action::Review(action),
        label,
        style,
    };
    if proposed {
        return vec![
            of(
                Button::Accept(review, dated),
                text!("button-review-accept", number = number),
                ButtonStyle::Primary,
            ),
            of(
                Button::Settle(review, dated),
                text!("button-review-settle", number = number),
                ButtonStyle::Secondary,
            ),
            of(
                Button::Drop(review, dated),
                text!("button-review-drop", number = number),
                ButtonStyle::Secondary,
            ),
        ];
    }
    vec![
        of(
            Button::Held(review, dated),
            text!("button-review-held", number = number),
            ButtonStyle::Primary,
        ),
        of(
            Button::Move(review, dated),
            text!("button-review-move", number = number),
            ButtonStyle::Secondary,
        ),
        of(
            Button::Snooze(review, dated),
            text!("button-review-snooze", number = number),
            ButtonStyle::Secondary,
        ),
    ]
}

/// Asks a review whether what is due by a series still has a point at a destination.
pub(in crate::occurrence) async fn point(
    connection: &mut Connection,
    office: &Office,
    (series, destination): (Series, Destination),
    now: DateTime<Utc>,
) -> storage::Result<Option<Point>> {
    let found = storage::review::find(connection, office.id, ReviewId(series.id)).await?;
    let Some(review) = found else {
        return Ok(None);
    };
    let places = about::destinations(connection, office, review.of).await?;
    let is_told = is_told_at(&places, destination);
    Ok(of(office, &review, series, now).filter(|_| is_told))
}

/// What there is to say of a review by a series; nothing when it has no point any more.
pub(super) fn of(
    office: &Office,
    review: &Review,
    series: Series,
    now: DateTime<Utc>,
) -> Option<Point> {
    let date = review.date.filter(|_| review.is_ahead())?;
    let local = now.with_timezone(&office.settings.time_zone).naive_local();
    let is_before = review.is_before(local.date(), local.time());
    let stands = match series.matter {
        Matter::ReviewProposed => review.state == State::Proposed,
        Matter::ReviewSnooze => review.state == State::Planned,
        Matter::ReviewBefore => {
            review.state == State::Planned && series.revision == review.dated && is_before
        }
        _ => review.state == State::Planned && series.revision == review.dated,
    };
    let stage = match review.state {
        State::Proposed => Stage::Proposed,
        _ if local.date() == date => Stage::Today,
        _ if is_before => Stage::Ahead,
        _ => Stage::Overdue,
    };
    stands.then(|| Point {
        review: review.id,
        of: review.of,
        dated: review.dated,
        stage,
        date,
        start: review.start,
        rhythm: office.settings.review.rhythm(),
    })
}

/// How often an overdue one comes again, in words.
fn rhythm(lead: Option<Lead>) -> Text {
    match lead {
        Some(lead) => text!("review-rhythm", days = i64::from(lead.length())),
        None => Text::new("review-rhythm-none"),
    }
}
