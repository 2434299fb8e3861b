//! `/feedback list` 一覧: the desk's drafts and what was sent; for officers and contacts what their own
//! association got.

use crate::{
    Context,
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    custom_id::{self, Action},
    dispatch::{May, answer},
    error::Error,
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    feedback::{Feedback, State},
    id::AssociationId,
    person::Rank,
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::collections::BTreeSet;
use storage::feedback::Page;

/// Feedbacks a page: each has a button, and a row holds five (Discord, components/reference).
const PAGE: i64 = 5;

/// `/feedback list` 一覧
#[poise::command(slash_command)]
pub(crate) async fn list(ctx: Context<'_>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        open(&request).await
    })
    .await
}

/// The first page, in an answer of its own.
pub(super) async fn open(request: &Request) -> Result<Answer, Error> {
    Ok(Answer::Say(shown(request, 0).await?))
}

/// A page button was pressed. Rights are asked anew: roles may have changed.
pub(super) async fn turn(request: &Request, number: i64) -> Result<Answer, Error> {
    Ok(Answer::Replace(shown(request, number).await?))
}

async fn shown(request: &Request, number: i64) -> Result<Reply, Error> {
    let (found, at) = page::read(
        number,
        PAGE,
        |number| read(request, number.saturating_mul(PAGE), PAGE),
        |found| found.total,
    )
    .await?;
    if found.total == 0 {
        let key = if request.person.coordinator {
            "feedback-list-empty"
        } else {
            "feedback-list-empty-own"
        };
        return Ok(Reply::of(&Text::new(key), request.language));
    }
    let lines: Vec<String> = found.items.iter().map(|one| line(request, one)).collect();
    let frame = Frame::titled(request.say(&text!("feedback-list-title", total = found.total)))
        .words(lines.join("\n"))
        .footer(at.footer(request, &Text::new("feedback-list-next")));
    let reply = Reply::default()
        .embed(frame.draw())
        .row(numbers(request, &found.items));
    Ok(at.turned(request, reply, |page| {
        Action::Feedback(custom_id::Feedback::List(page))
    }))
}

/// A button for each, which shows it.
fn numbers(request: &Request, items: &[Feedback]) -> CreateActionRow {
    let button = |feedback: &Feedback| {
        let press = custom_id::Feedback::Show(feedback.id);
        CreateButton::new(Action::Feedback(press).custom_id())
            .label(request.say(&text!("button-feedback-number", number = feedback.id.0)))
            .style(ButtonStyle::Secondary)
    };
    CreateActionRow::Buttons(items.iter().map(button).collect())
}

/// What the person may list: everything for the desk, else what was sent to one's own association.
///
/// # Errors
/// Refused for everybody but coordinators, officers and contacts.
pub(super) async fn read(request: &Request, offset: i64, limit: i64) -> Result<Page, Error> {
    let own = own(request)?;
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| {
            let own = own.clone();
            Box::pin(async move {
                storage::feedback::list(connection, office, own.as_ref(), offset, limit).await
            })
        })
        .await?;
    Ok(found)
}

fn own(request: &Request) -> Result<Option<BTreeSet<AssociationId>>, Error> {
    let person = &request.person;
    if person.coordinator {
        return Ok(None);
    }
    let own: BTreeSet<AssociationId> = person
        .memberships
        .iter()
        .filter(|membership| membership.rank != Rank::Member)
        .map(|membership| membership.association)
        .collect();
    if own.is_empty() {
        let key = if person.is_known() {
            "refused-feedback-list"
        } else {
            "refused-unknown-person"
        };
        return Err(Error::refuse(Text::new(key)));
    }
    Ok(Some(own))
}

/// How far it has come; a corrected one says so.
pub(super) fn state(feedback: &Feedback) -> Text {
    if feedback.state == State::Sent && feedback.corrected_at.is_some() {
        return Text::new("word-feedback-corrected");
    }
    Text::new(format!("word-feedback-state-{}", feedback.state.code()))
}

fn line(request: &Request, feedback: &Feedback) -> String {
    let zone = request.office.settings.time_zone;
    let at = feedback.sent_at.unwrap_or(feedback.made_at);
    let date = card::date(at.with_timezone(&zone).date_naive(), request.language);
    let association = card::feedback::plain_name(&request.office, feedback.association);
    request.say(&text!(
        "feedback-list-line",
        number = feedback.id.0,
        association = escape_markdown(&association),
        state = state(feedback),
        date = date,
    ))
}
