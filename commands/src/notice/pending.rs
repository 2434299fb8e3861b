//! `/notice pending` 未確認: for the desk, which association has confirmed which bulletin, the newest first.

use super::bulletin::confirmed;
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    custom_id::{Action, Notice as Press},
    dispatch::{May, answer},
    error::Error,
    page, permission,
    request::Request,
    text,
    text::Text,
};
use domain::text::escape_markdown;
use storage::notice::bulletin::Bulletin;

/// Bulletins a page.
const PAGE: i64 = 15;

/// `/notice pending` 未確認
#[poise::command(slash_command)]
pub(crate) async fn pending(ctx: Context<'_>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        Ok(Answer::Say(shown(&request, 0).await?))
    })
    .await
}

/// A page button was pressed.
pub(super) async fn turn(request: &Request, number: i64) -> Result<Answer, Error> {
    Ok(Answer::Replace(shown(request, number).await?))
}

async fn shown(request: &Request, number: i64) -> Result<Reply, Error> {
    permission::coordinate(request)?;
    let office = request.office_id();
    let mut all = request
        .app
        .store
        .read(move |connection| Box::pin(storage::notice::bulletin::latest(connection, office)))
        .await?;
    if all.is_empty() {
        return Ok(Reply::of(&Text::new("pending-empty"), request.language));
    }
    // Those nobody has confirmed first; the newest posting first among them.
    all.sort_by_key(|it| (it.confirmed.is_some(), std::cmp::Reverse(it.id)));
    let waiting = all.iter().filter(|it| it.confirmed.is_none()).count();
    let last = page::last(i64::try_from(all.len()).unwrap_or(i64::MAX), PAGE);
    let number = number.clamp(0, last);
    let skipped = usize::try_from(number * PAGE).unwrap_or_default();
    let page_of = all
        .iter()
        .skip(skipped)
        .take(usize::try_from(PAGE).unwrap_or_default());
    let lines: Vec<String> = page_of.map(|it| line(request, it)).collect();
    let title = text!("pending-title", waiting = waiting, total = all.len());
    let frame = Frame::titled(request.say(&title))
        .words(lines.join("\n"))
        .footer(page::place(request, number, last));
    let reply = Reply::default().embed(frame.draw());
    if last == 0 {
        return Ok(reply);
    }
    Ok(reply.row(page::turning(request, number, last, |page| {
        Action::Notice(Press::Pending(page))
    })))
}

fn line(request: &Request, bulletin: &Bulletin) -> String {
    let name = request
        .office
        .association(bulletin.association)
        .map(|it| it.name.as_str());
    let zone = request.office.settings.time_zone;
    let posted = bulletin.posted_at.with_timezone(&zone).date_naive();
    let by = confirmed(bulletin, &request.office, request.language);
    let state = if by.is_empty() {
        request.say(&Text::new("pending-not-yet"))
    } else {
        by
    };
    request.say(&text!(
        "pending-line",
        date = card::date(posted, request.language),
        association = escape_markdown(name.unwrap_or_default()),
        count = bulletin.notices.len(),
        state = state,
    ))
}
