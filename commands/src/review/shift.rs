//! `/review move` 変更, and the button: another day. What was planned for the old one is taken back.

use super::{
    own,
    plan::check,
    record::{self, Change},
    suggest, undo, word,
};
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    custom_id::{Action, Review as Button},
    dispatch::{Fields, May, answer},
    error::Error,
    issue::privacy,
    option::{clean_optional, day, time},
    request::Request,
    text,
    text::Text,
};
use chrono::{NaiveDate, NaiveTime};
use domain::{id::ReviewId, issue::REASON_UNITS_MAX, review::Review};
use std::sync::Arc;

const DATE: &str = "date";
const START: &str = "start";
const REASON: &str = "reason";

/// `/review move` 変更
#[poise::command(slash_command, rename = "move")]
pub(crate) async fn shift(
    ctx: Context<'_>,
    #[autocomplete = "suggest::planned"] number: String,
    date: String,
    start: Option<String>,
    reason: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let id = super::number(&number)?;
        let (before, _) = own(&request, id, None).await?;
        let date = day(&request, &date)?;
        // As with a session, the time stays unless another is given.
        let start = start.as_deref().map(time).transpose()?.or(before.start);
        keep(&request, before, date, start, reason.as_deref()).await
    })
    .await
}

/// The form opens.
pub(super) async fn ask(request: &Request, id: ReviewId, dated: i64) -> Result<Answer, Error> {
    let (review, _) = own(request, id, Some(dated)).await?;
    let field = |id, label: &str, hint: &str, value, required, characters_max| Field {
        id,
        label: request.say(&Text::new(label)),
        placeholder: request.say(&Text::new(hint)),
        value,
        required,
        long: false,
        characters_max,
    };
    let start = review.start.map(|start| start.format("%H:%M").to_string());
    Ok(Answer::Ask(Form {
        custom_id: Action::Review(Button::Moved(id, dated)).custom_id(),
        title: request.say(&text!("form-review-move-title", number = id.0)),
        fields: vec![
            field(
                DATE,
                "form-review-date",
                "form-review-date-hint",
                None,
                true,
                40,
            ),
            field(
                START,
                "form-review-start",
                "form-review-start-hint",
                start,
                false,
                20,
            ),
            field(
                REASON,
                "form-review-reason",
                "form-review-reason-hint",
                None,
                false,
                u16::try_from(REASON_UNITS_MAX).unwrap_or(u16::MAX),
            ),
        ],
    }))
}

/// The form was sent.
pub(super) async fn submitted(
    request: &Request,
    id: ReviewId,
    dated: i64,
    fields: &Fields,
) -> Result<Answer, Error> {
    let (before, _) = own(request, id, Some(dated)).await?;
    let written = |id: &str| {
        fields
            .get(id)
            .map(|written| written.trim())
            .filter(|written| !written.is_empty())
    };
    let date = day(request, written(DATE).unwrap_or_default())?;
    let start = written(START).map(time).transpose()?;
    keep(request, before, date, start, written(REASON)).await
}

async fn keep(
    request: &Request,
    before: Review,
    date: NaiveDate,
    start: Option<NaiveTime>,
    reason: Option<&str>,
) -> Result<Answer, Error> {
    check(request, date, start)?;
    if (before.date, before.start) == (Some(date), start) {
        return Err(Error::refuse(text!(
            "refused-review-same-day",
            date = word::when(&before, request.language)
        )));
    }
    let reason = clean_optional(reason, REASON_UNITS_MAX, "what-reason")?;
    if let Some(reason) = &reason {
        privacy::refuse_single_case(reason)?;
        privacy::refuse_personal_data(reason)?;
    }
    let was = word::when(&before, request.language);
    let after = before.clone().moved(date, start);
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let (stored, undo) = request
        .record(move |tx| {
            let (before, after, set_up) = (before.clone(), after.clone(), Arc::clone(&set_up));
            let reason = reason.clone();
            Box::pin(async move {
                let details = [("of", after.of.to_string())];
                let pair = (Some(&before), &after);
                let change = Change {
                    act: "review.move",
                    details: &details,
                    reason: reason.as_deref(),
                };
                let stored = record::write(tx, &set_up, (who, now), pair, change).await?;
                let offer = undo::Offer::of("review.move", Some(&before));
                let undo = offer.keep(tx, set_up.id, (who, now), &stored).await?;
                Ok((stored, undo))
            })
        })
        .await
        .map_err(record::conflicting)?;
    let text = text!(
        "review-moved",
        name = word::name(&stored),
        from = was,
        to = word::when(&stored, request.language)
    );
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(reply.row(undo::button(request, undo))))
}
