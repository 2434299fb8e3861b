//! How a review is named wherever people read of it: by numbers and dates, never by a wording.

use super::about;
use crate::{card, error::Error, request::Request, text, text::Text};
use chrono::{NaiveDate, NaiveTime};
use domain::{
    review::{Of, Review},
    setting::Language,
    text::one_line,
};

/// 反省会 3（#12）
pub(crate) fn name(review: &Review) -> Text {
    text!(
        "review-name",
        number = review.id.0,
        of = about::name(review.of)
    )
}

/// 反省会 3（#12）令和8年11月21日(土), on one line, cut to fit.
pub(crate) fn suggested(request: &Request, review: &Review, units_max: usize) -> String {
    let text = text!(
        "suggested-review",
        number = review.id.0,
        of = about::name(review.of),
        date = when(review, request.language)
    );
    one_line(&request.say(&text), units_max)
}

/// 令和8年11月21日(土) 18:30; what is not settled is said so.
pub(crate) fn when(review: &Review, language: Language) -> String {
    match review.date {
        Some(date) => day(date, review.start, language),
        None => Text::new("session-undated").say(language),
    }
}

/// The same of a day and a time.
pub(crate) fn day(date: NaiveDate, start: Option<NaiveTime>, language: Language) -> String {
    let day = card::date(date, language);
    match start {
        Some(start) => format!("{day} {}", start.format("%H:%M")),
        None => day,
    }
}

/// What the details of something say of the review that is to look back on it; nothing where none is
/// ahead.
///
/// # Errors
/// Storage failed.
pub(crate) async fn told(request: &Request, of: Of) -> Result<String, Error> {
    let office = request.office_id();
    let ahead = request
        .app
        .store
        .read(move |connection| Box::pin(storage::review::ahead_of(connection, office, of)))
        .await?;
    Ok(ahead
        .map(|review| {
            request.say(&text!(
                "review-told",
                number = review.id.0,
                date = when(&review, request.language),
                state = state(&review)
            ))
        })
        .unwrap_or_default())
}

/// 予定, 実施済 …
pub(crate) fn state(review: &Review) -> Text {
    Text::new(format!("word-review-state-{}", review.state.code()))
}
