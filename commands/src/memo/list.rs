//! `/reminder list` 一覧: what is still to come at the places one writes for, the next first.

use super::{cadence, permitted, place, when};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::frame::{Frame, cut},
    custom_id::{self, Action},
    dispatch::{May, answer},
    error::Error,
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    memo::{self, Memo},
    text::{escape_markdown, one_line},
};
use storage::memo::Page;

/// Memos a page.
const PAGE: i64 = 10;
/// UTF-16 units of the words of a memo in its line.
const WORDS_UNITS_SHOWN: usize = 60;
/// UTF-16 units of a line, so that all lines of a page fit an embed's description.
const LINE_UNITS_MAX: usize = 380;

/// `/reminder list` 一覧
#[poise::command(slash_command)]
pub(crate) async fn list(ctx: Context<'_>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        Ok(Answer::Say(shown(&request, 0).await?))
    })
    .await
}

/// A page button was pressed. Rights are asked anew: roles may have changed.
pub(crate) async fn turn(request: &Request, number: i64) -> Result<Answer, Error> {
    Ok(Answer::Replace(shown(request, number).await?))
}

async fn shown(request: &Request, number: i64) -> Result<Reply, Error> {
    permitted(request)?;
    let (found, at) = page::read(
        number,
        PAGE,
        |number| read(request, number),
        |found| found.total,
    )
    .await?;
    if found.total == 0 {
        return Ok(Reply::of(&Text::new("memo-list-empty"), request.language));
    }
    let lines: Vec<String> = found.items.iter().map(|memo| line(request, memo)).collect();
    let title = request.say(&text!("memo-list-title", total = found.total));
    let footer = at.footer(request, &Text::new("memo-list-next"));
    let frame = Frame::titled(title).words(lines.join("\n")).footer(footer);
    let reply = Reply::default().embed(frame.draw());
    Ok(at.turned(request, reply, |page| {
        Action::Memo(custom_id::Memo::List(page))
    }))
}

async fn read(request: &Request, number: i64) -> Result<Page, Error> {
    let office = request.office_id();
    let places: Option<Vec<Destination>> = (!request.person.coordinator).then(|| {
        let own = memo::own(&request.person);
        own.into_iter().map(Destination::Tier1).collect()
    });
    let offset = number.saturating_mul(PAGE);
    let found = request
        .app
        .store
        .read(move |connection| {
            let places = places.clone();
            Box::pin(async move {
                storage::memo::list(connection, office, places.as_deref(), offset, PAGE).await
            })
        })
        .await?;
    Ok(found)
}

fn line(request: &Request, memo: &Memo) -> String {
    let next = memo
        .next
        .map(|next| when::moment(next, request.language))
        .unwrap_or_default();
    let words = escape_markdown(&one_line(&memo.words, WORDS_UNITS_SHOWN));
    let line = text!(
        "memo-list-line",
        number = memo.id.0,
        next = next,
        cadence = cadence(memo, request.language),
        place = place(request, memo),
        words = words,
    );
    cut(&request.say(&line), LINE_UNITS_MAX)
}
