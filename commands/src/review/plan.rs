//! `/review plan` 予定: a day is settled for looking back on something, newly or for a proposal.

use super::{
    about,
    record::{self, Change},
    show, suggest, undo, word,
};
use crate::{
    Context,
    answer::{Answer, Reply},
    dispatch::{May, answer},
    error::Error,
    issue::privacy,
    option::{clean_optional, day, time},
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{NaiveDate, NaiveTime};
use domain::{
    id::ReviewId,
    personal_data,
    review::{DayFault, NOTE_UNITS_MAX, Of, PLACE_UNITS_MAX, Review, State, check_day},
};
use std::sync::Arc;

/// What was said besides the day.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) place: Option<String>,
    pub(super) note: Option<String>,
}

/// `/review plan` 予定
#[poise::command(slash_command)]
pub(crate) async fn plan(
    ctx: Context<'_>,
    #[autocomplete = "suggest::of"] of: String,
    date: String,
    note: Option<String>,
    start: Option<String>,
    place: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let of = Of::read(&of).ok_or_else(|| Error::refuse(Text::new("refused-not-an-of")))?;
        about::find(&request, of).await?;
        let start = start.as_deref().map(time).transpose()?;
        let date = day(&request, &date)?;
        let said = said(place.as_deref(), note.as_deref())?;
        let office = request.office_id();
        let ahead = request
            .app
            .store
            .read(move |connection| Box::pin(storage::review::ahead_of(connection, office, of)))
            .await?;
        let reply = match ahead {
            Some(planned) if planned.state == State::Planned => {
                return Err(Error::refuse(text!(
                    "refused-review-planned-already",
                    name = word::name(&planned),
                    number = planned.id.0,
                    date = word::when(&planned, request.language)
                )));
            }
            Some(proposed) => settle(&request, proposed, date, start, said).await?,
            None => settle(&request, new(&request, of), date, start, said).await?,
        };
        Ok(Answer::Say(reply))
    })
    .await
}

/// A review of which nothing has been said.
fn new(request: &Request, of: Of) -> Review {
    Review {
        id: ReviewId(0),
        revision: 0,
        of,
        state: State::Planned,
        date: None,
        start: None,
        dated: 1,
        place: None,
        note: None,
        outcome: None,
        planned_by: request.person.user,
        created_at: request.now,
        changed_at: request.now,
        retracted: false,
    }
}

fn said(place: Option<&str>, note: Option<&str>) -> Result<Said, Error> {
    let place = clean_optional(place, PLACE_UNITS_MAX, "what-session-place")?;
    if let Some(place) = &place {
        refuse_in_place(place)?;
    }
    let note = clean_optional(note, NOTE_UNITS_MAX, "what-note")?;
    if let Some(note) = &note {
        privacy::refuse_single_case(note)?;
        privacy::refuse_personal_data(note)?;
    }
    Ok(Said { place, note })
}

/// A place may have what everybody may know of it: its address, its phone.
fn refuse_in_place(place: &str) -> Result<(), Error> {
    use personal_data::Kind::{Address, Email, Phone};
    let hits = personal_data::check(place).hits;
    let public = hits
        .iter()
        .all(|hit| matches!(hit.kind, Address | Email | Phone));
    if public {
        return Ok(());
    }
    privacy::refuse_personal_data(place)
}

/// Refuses a day that has passed or is too far ahead.
///
/// # Errors
/// The refusal.
pub(super) fn check(
    request: &Request,
    date: NaiveDate,
    start: Option<NaiveTime>,
) -> Result<(), Error> {
    let zone = request.office.settings.time_zone;
    let local = request.now.with_timezone(&zone).naive_local();
    check_day(date, start, (local.date(), local.time())).map_err(|fault| {
        let day = word::day(date, start, request.language);
        Error::refuse(match fault {
            DayFault::Passed => text!("refused-review-passed", date = day),
            DayFault::TooFarAhead => text!("refused-review-too-far", date = day),
        })
    })
}

/// Settles the day of a new review (revision 0) or of a proposal.
pub(super) async fn settle(
    request: &Request,
    review: Review,
    date: NaiveDate,
    start: Option<NaiveTime>,
    said: Said,
) -> Result<Reply, Error> {
    check(request, date, start)?;
    let before = (review.revision > 0).then(|| review.clone());
    let moved = (review.date, review.start) != (Some(date), start) && before.is_some();
    let after = Review {
        state: State::Planned,
        date: Some(date),
        start,
        dated: review.dated + i64::from(moved),
        place: said.place,
        note: said.note,
        ..review
    };
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let (stored, undo) = request
        .record(move |tx| {
            let (before, after, set_up) = (before.clone(), after.clone(), Arc::clone(&set_up));
            Box::pin(async move {
                let details = [("of", after.of.to_string())];
                let pair = (before.as_ref(), &after);
                let change = Change::of("review.plan", &details);
                let stored = record::write(tx, &set_up, (who, now), pair, change).await?;
                let offer = undo::Offer::of("review.plan", before.as_ref());
                let undo = offer.keep(tx, set_up.id, (who, now), &stored).await?;
                Ok((stored, undo))
            })
        })
        .await
        .map_err(record::conflicting)?;
    let content = text!(
        "review-planned",
        name = word::name(&stored),
        date = word::when(&stored, request.language)
    );
    let reply = Reply::of(&content, request.language).embed(show::frame(request, &stored).draw());
    Ok(reply.row(undo::button(request, undo)))
}
