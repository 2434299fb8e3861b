//! A review as it is now, with what the person may do about it.

use super::{about, find, new_issue, word};
use crate::{
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    error::Error,
    occurrence::{Press, review::buttons},
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::ReviewId,
    review::{Review, State},
    text::escape_markdown,
};
use serenity::all::{CreateActionRow, CreateButton};
use storage::Subject;

/// Orange, as everything that waits to be looked back on.
const COLOUR: u32 = 0xD6_9E2E;

/// *Show* was pressed.
pub(super) async fn answer(request: &Request, id: ReviewId) -> Result<Answer, Error> {
    let (review, about) = find(request, id).await?;
    let why = moved_because(request, id).await?;
    let frame = frame(request, &review).field(
        request.say(&Text::new("field-review-moved")),
        why.as_deref().map(escape_markdown).unwrap_or_default(),
        false,
    );
    let frame = frame.field(
        request.say(&Text::new("field-review-brought")),
        new_issue::brought_to_light(request, review.of).await?,
        false,
    );
    let reply = Reply::default().embed(frame.draw());
    let may = match review.state {
        State::Proposed => request.person.coordinator,
        State::Planned => about.is_own_of(&request.person),
        State::Held | State::Dropped => false,
    };
    if !may {
        return Ok(Answer::Say(reply));
    }
    let presses = buttons(review.id, review.dated, review.state == State::Proposed);
    Ok(Answer::Say(reply.row(row(request, presses))))
}

/// Why it was moved, the last time somebody said so.
async fn moved_because(request: &Request, id: ReviewId) -> Result<Option<String>, Error> {
    let (office, about) = (request.office_id(), Subject::from(id));
    let steps = request
        .app
        .store
        .read(move |connection| Box::pin(storage::history::of(connection, office, about)))
        .await?;
    let reasons = steps.iter().rev().filter(|step| step.act == "review.move");
    Ok(reasons
        .filter_map(|step| step.after.get("reason")?.as_str().map(str::to_owned))
        .next())
}

/// A row of buttons in the person's language.
pub(super) fn row(request: &Request, presses: Vec<Press>) -> CreateActionRow {
    let buttons = presses.into_iter().map(|press| {
        CreateButton::new(press.action.custom_id())
            .label(request.say(&press.label))
            .style(press.style)
    });
    CreateActionRow::Buttons(buttons.collect())
}

/// Everything of a review that whoever may know of it reads.
pub(super) fn frame(request: &Request, review: &Review) -> Frame {
    let language = request.language;
    let say = |key: &str| request.say(&Text::new(key));
    let words = |words: &Option<String>| words.as_deref().map(escape_markdown).unwrap_or_default();
    let mut frame = Frame::titled(request.say(&word::name(review)))
        .colour(COLOUR)
        .words(word::when(review, language))
        .field(say("field-status"), request.say(&word::state(review)), true)
        .field(
            say("field-review-of"),
            request.say(&about::name(review.of)),
            true,
        )
        .field(say("field-session-place"), words(&review.place), true)
        .field(say("field-note"), words(&review.note), false);
    if let Some(outcome) = &review.outcome {
        let next = Text::new(format!("word-review-next-{}", outcome.next.code()));
        frame = frame
            .field(
                say("field-review-held"),
                card::date(outcome.held_on, language),
                true,
            )
            .field(say("field-review-next"), request.say(&next), true)
            .field(
                say("field-review-done"),
                escape_markdown(&outcome.done),
                false,
            )
            .field(say("field-review-worked"), words(&outcome.worked), false);
    }
    let footer = match review.state {
        State::Planned => text!("review-next-planned", number = review.id.0),
        State::Proposed => text!("review-next-proposed", of = about::name(review.of)),
        State::Held | State::Dropped => Text::new("review-next-over"),
    };
    frame.footer(request.say(&footer))
}
