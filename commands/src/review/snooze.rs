//! *Later* (あとで): the review is spoken of again some days later; it stays on its day.

use super::{own, word};
use crate::{
    answer::{Answer, Reply},
    audit::note,
    card,
    custom_id::{Action, Review as Button},
    error::Error,
    occurrence,
    request::Request,
    text,
};
use domain::{
    audience::Destination,
    id::ReviewId,
    review::{Review, SNOOZE_DAYS},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::Subject;

/// After how many days is asked.
pub(super) async fn ask(request: &Request, id: ReviewId, dated: i64) -> Result<Answer, Error> {
    let (review, _) = own(request, id, Some(dated)).await?;
    let buttons = SNOOZE_DAYS.iter().map(|days| {
        CreateButton::new(Action::Review(Button::Snoozed(id, dated, *days)).custom_id())
            .label(request.say(&text!("button-review-days", days = i64::from(*days))))
            .style(ButtonStyle::Secondary)
    });
    let text = text!("review-snooze-ask", name = word::name(&review));
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(
        reply.row(CreateActionRow::Buttons(buttons.collect())),
    ))
}

/// So many days were chosen.
pub(super) async fn snooze(
    request: &Request,
    id: ReviewId,
    dated: i64,
    days: u16,
) -> Result<Answer, Error> {
    let (review, about) = own(request, id, Some(dated)).await?;
    let until = occurrence::review::snoozed_until(&request.office, days, request.now);
    let ahead = is_ahead(request, &review);
    if ahead && review.date.is_some_and(|date| until >= date) {
        return Err(Error::refuse(text!(
            "refused-review-snooze-past",
            name = word::name(&review),
            date = word::when(&review, request.language)
        )));
    }
    // What is overdue is spoken of at the desk only; before it whoever pressed is told where they read.
    let places: Vec<Destination> = if ahead {
        let mut places = about.destinations(&request.office);
        let reads = |place: &Destination| place.is_for(&request.person, &request.office);
        if places.iter().any(reads) {
            places.retain(reads);
        }
        places
    } else {
        vec![Destination::Desk]
    };
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let name = word::name(&review);
    let until = request
        .record(move |tx| {
            let (review, set_up, places) = (review.clone(), Arc::clone(&set_up), places.clone());
            Box::pin(async move {
                let until =
                    occurrence::review::snooze(tx, &set_up, &review, days, &places, now).await?;
                let details = [("until", until.to_string())];
                let about = Some(Subject::from(review.id));
                note(tx, set_up.id, about, "review.snooze", who, now, &details).await?;
                Ok(until)
            })
        })
        .await?;
    let text = text!(
        "review-snoozed",
        name = name,
        date = card::date(until, request.language)
    );
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}

/// Whether it is still to come.
fn is_ahead(request: &Request, review: &Review) -> bool {
    let zone = request.office.settings.time_zone;
    let local = request.now.with_timezone(&zone).naive_local();
    review.is_before(local.date(), local.time())
}
