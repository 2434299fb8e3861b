//! `/review` 反省会: looking back on what was done, so that it is never forgotten (DESIGN section 4; seed
//! 000, support projects).
//!
//! The desk plans; officers and contacts of the associations it is about say that it was held, or move
//! it. Its outcome moves the issues it looked back on.

pub(crate) mod about;
mod done;
mod list;
pub(crate) mod new_issue;
mod plan;
pub(crate) mod propose;
mod record;
mod shift;
mod show;
mod snooze;
pub(crate) mod state;
mod suggest;
mod undo;
pub(crate) mod word;

use crate::{
    Context,
    answer::Answer,
    custom_id::Review as Button,
    dispatch::{Fields, May},
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use about::About;
use domain::{
    id::ReviewId,
    review::{Review, State},
    setting::Language,
};

/// `/review` 反省会
#[poise::command(
    slash_command,
    subcommands("plan::plan", "done::done", "shift::shift", "list::list"),
    subcommand_required
)]
pub(crate) async fn review(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// Reads a review the person may know of, with what it looks back on. A number one may not know and a
/// number that does not exist are answered alike.
///
/// # Errors
/// Refused with the one sentence for both.
pub(crate) async fn find(request: &Request, id: ReviewId) -> Result<(Review, About), Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let Some(review) = storage::review::find(connection, office, id).await? else {
                    return Ok(None);
                };
                let about = about::read(connection, office, review.of).await?;
                Ok(about.map(|about| (review, about)))
            })
        })
        .await?;
    found
        .filter(|(review, about)| {
            !review.retracted && about.is_for(&request.person, &request.office)
        })
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-review")))
}

/// As [`find`], for whoever may say that it was held, or move it, while it is planned for the day the
/// button was drawn for; `None` is whatever day it has.
async fn own(
    request: &Request,
    id: ReviewId,
    dated: Option<i64>,
) -> Result<(Review, About), Error> {
    let (review, about) = find(request, id).await?;
    permission::deal_with_review(request, &about)?;
    match review.state {
        State::Planned if dated.is_none_or(|dated| dated == review.dated) => Ok((review, about)),
        State::Planned => Err(Error::refuse(text!(
            "refused-review-moved",
            name = word::name(&review),
            date = word::when(&review, request.language)
        ))),
        State::Proposed => Err(Error::refuse(text!(
            "refused-review-not-settled",
            name = word::name(&review)
        ))),
        State::Held | State::Dropped => Err(over(request, &review)),
    }
}

/// Why nothing is to be done about a review any more.
fn over(request: &Request, review: &Review) -> Error {
    let name = word::name(review);
    Error::refuse(match (review.state, &review.outcome) {
        (State::Held, Some(outcome)) => text!(
            "refused-review-held",
            name = name,
            number = review.id.0,
            date = crate::card::date(outcome.held_on, request.language)
        ),
        (State::Planned, _) => text!(
            "refused-review-planned",
            name = name,
            number = review.id.0,
            date = word::when(review, request.language)
        ),
        _ => text!("refused-review-dropped", name = name),
    })
}

/// Reads the option `number`: `3`, `#3`, `review:3`, and what a suggestion shows.
fn number(written: &str) -> Result<ReviewId, Error> {
    let plain = domain::text::normalise(written);
    let plain = plain.trim();
    let called = text!("subject-review", number = "").say(Language::Ja);
    let digits = ["review:", called.trim()]
        .iter()
        .find_map(|before| plain.strip_prefix(before))
        .unwrap_or(plain)
        .trim()
        .trim_start_matches('#');
    let digits = digits.split(['(', ' ']).next().unwrap_or_default();
    digits
        .parse::<i64>()
        .ok()
        .filter(|number| *number > 0)
        .map(ReviewId)
        .ok_or_else(|| Error::refuse(Text::new("refused-not-a-review")))
}

/// What the answer to a button may be.
pub(crate) fn may(button: Button) -> May {
    match button {
        Button::Next(..) | Button::Move(..) | Button::Settle(..) | Button::NewIssue(_) => May::Ask,
        Button::Snoozed(..) | Button::List(..) | Button::Undo(_) => May::Replace,
        _ => May::Say,
    }
}

/// A button was pressed, or something chosen in a select; values are hostile.
pub(crate) async fn pressed(
    request: &Request,
    button: Button,
    values: &[String],
) -> Result<Answer, Error> {
    match button {
        Button::Pick => {
            let chosen = values.first().map(String::as_str).unwrap_or_default();
            show::answer(request, number(chosen)?).await
        }
        Button::Show(id) => show::answer(request, id).await,
        Button::Held(id, dated) => done::choose(request, id, dated).await,
        Button::Next(id, dated, next) => done::ask(request, id, Some(dated), next).await,
        Button::Move(id, dated) => shift::ask(request, id, dated).await,
        Button::Snooze(id, dated) => snooze::ask(request, id, dated).await,
        Button::Snoozed(id, dated, days) => snooze::snooze(request, id, dated, days).await,
        Button::Accept(id, dated) => propose::accept(request, id, dated).await,
        Button::Settle(id, dated) => propose::ask(request, id, dated).await,
        Button::Drop(id, dated) => propose::decline(request, id, dated).await,
        Button::NewIssue(id) => new_issue::ask(request, id).await,
        Button::List(draft, page) => list::turn(request, draft, page).await,
        Button::Undo(draft) => undo::answer(request, draft).await,
        Button::Outcome(..) | Button::Moved(..) | Button::Settled(..) => {
            Err(Error::refuse(Text::new("refused-unknown-button")))
        }
    }
}

/// A form was sent.
pub(crate) async fn submitted(
    request: &Request,
    button: Button,
    fields: &Fields,
) -> Result<Answer, Error> {
    match button {
        Button::Outcome(id, dated, next) => done::submitted(request, id, dated, next, fields).await,
        Button::Moved(id, dated) => shift::submitted(request, id, dated, fields).await,
        Button::Settled(id, dated) => propose::settled(request, id, dated, fields).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}
