//! `/notice search` 検索: notices that hold the words, wherever they stand: title, number, issuer, topic,
//! wording.

use super::{known, list, show, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::frame::{Frame, cut},
    custom_id::{Action, Notice as Press},
    dispatch::{May, answer},
    error::Error,
    issue::{draft as drafts, search::refused},
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, NoticeId},
    search::{Asked, Query},
};
use serde::{Deserialize, Serialize};
use storage::notice::{Found, LOOKED_THROUGH_MAX};

const STEP: &str = "notice-search";

/// What was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    query: String,
}

/// `/notice search` 検索
#[poise::command(slash_command)]
pub(crate) async fn search(ctx: Context<'_>, query: String) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let wanted = Wanted { query };
        match read(&request, &wanted)? {
            Asked::Number(number) => show::answer(&request, NoticeId(number.0)).await,
            Asked::Words(query) => {
                let shown = shown(&request, &wanted, &query, None, 0).await?;
                Ok(Answer::Say(shown))
            }
        }
    })
    .await
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    match read(request, &wanted)? {
        Asked::Words(query) => {
            let shown = shown(request, &wanted, &query, Some(draft), number).await?;
            Ok(Answer::Replace(shown))
        }
        Asked::Number(_) => Err(drafts::gone()),
    }
}

fn read(request: &Request, wanted: &Wanted) -> Result<Asked, Error> {
    known(request)?;
    Query::read(&wanted.query, &request.office.professions).map_err(refused)
}

async fn shown(
    request: &Request,
    wanted: &Wanted,
    query: &Query,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    let (found, at) = page::read(
        number,
        list::PAGE,
        |number| looked_up(request, query, number),
        |found| found.total,
    )
    .await?;
    if found.total == 0 {
        return Ok(Reply::of(
            &Text::new("notice-search-empty"),
            request.language,
        ));
    }
    let lines = found.items.iter();
    let lines = lines.map(|it| cut(&word::line(request, it), list::LINE_UNITS_MAX));
    let mut lines: Vec<String> = lines.collect();
    if found.is_cut {
        lines.push(request.say(&text!("search-cut", limit = LOOKED_THROUGH_MAX)));
    }
    let frame = Frame::titled(request.say(&text!("notice-search-title", total = found.total)))
        .words(lines.join("\n"))
        .footer(at.said(request));
    let reply = Reply::default().embed(frame.draw());
    at.below(request, reply, (STEP, wanted, draft), |draft, page| {
        Action::Notice(Press::Search(draft, page))
    })
    .await
}

async fn looked_up(request: &Request, query: &Query, number: i64) -> Result<Found, Error> {
    let (office, query) = (request.office_id(), query.clone());
    let (today, drafts) = (request.today(), request.person.coordinator);
    let offset = number.saturating_mul(list::PAGE);
    let found = request
        .app
        .store
        .read(move |connection| {
            let query = query.clone();
            Box::pin(async move {
                let asked = (&query, today, drafts);
                storage::notice::search(connection, office, asked, offset, list::PAGE).await
            })
        })
        .await?;
    Ok(found)
}
