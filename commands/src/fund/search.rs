//! `/fund search` 検索: lines of the newest catalogue (or of a year) by their words, ten a page.
//!
//! What was typed waits in a draft, so that the page buttons outlive a restart; the answer does not repeat it.

use super::{catalogue, known, line, nothing_yet, option, show};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{frame::Frame, year_name},
    custom_id::{Action, Fund as Press},
    dispatch::{May, answer},
    error::Error,
    issue::draft as drafts,
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    fund::find::find,
    id::{DraftId, FundId},
    search::{Asked, Fault, QUERY_UNITS_MAX, Query, WORDS_MAX},
    text::{escape_markdown, one_line},
};
use serde::{Deserialize, Serialize};

/// Funds a page.
const PAGE: usize = 10;
/// UTF-16 units of a word that is too short, as the refusal names it.
const SHORT_WORD_UNITS_MAX: usize = 10;
const STEP: &str = "fund-search";

/// What was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    query: String,
    year: Option<FiscalYear>,
}

/// `/fund search` 検索
#[poise::command(slash_command)]
pub(crate) async fn search(
    ctx: Context<'_>,
    query: String,
    #[autocomplete = "option::years"] year: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        known(&request)?;
        let year = option::year(year.as_deref())?;
        let wanted = Wanted { query, year };
        match read(&request, &wanted.query)? {
            Asked::Number(number) => {
                Ok(Answer::Say(show::shown(&request, FundId(number.0)).await?))
            }
            Asked::Words(query) => Ok(Answer::Say(
                shown(&request, (&wanted, &query), None, 0).await?,
            )),
        }
    })
    .await
}

/// A page button was pressed.
pub(super) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    known(request)?;
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    match read(request, &wanted.query)? {
        Asked::Words(query) => Ok(Answer::Replace(
            shown(request, (&wanted, &query), Some(draft), number).await?,
        )),
        Asked::Number(_) => Err(drafts::gone()),
    }
}

fn read(request: &Request, query: &str) -> Result<Asked, Error> {
    Query::read(query, &request.office.professions).map_err(|fault| {
        Error::refuse(match fault {
            Fault::Empty => Text::new("refused-search-empty"),
            Fault::TooLong => text!("refused-search-too-long", limit = QUERY_UNITS_MAX),
            Fault::TooManyWords => text!("refused-search-too-many", limit = WORDS_MAX),
            Fault::TooShort(word) => text!(
                "refused-search-too-short",
                word = escape_markdown(&one_line(&word, SHORT_WORD_UNITS_MAX))
            ),
            Fault::OnlyLeftOut => Text::new("refused-search-only-left-out"),
        })
    })
}

async fn shown(
    request: &Request,
    (wanted, query): (&Wanted, &Query),
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    let (year, funds) = catalogue(request, wanted.year).await?;
    let Some(year) = year.filter(|_| !funds.is_empty()) else {
        let empty = nothing_yet(request, wanted.year);
        return Ok(Reply::of(&empty, request.language));
    };
    let found = find(query, &funds);
    let named = year_name(year, request.language);
    if found.is_empty() {
        let none = text!("fund-search-none", year = named);
        return Ok(Reply::of(&none, request.language));
    }
    let rows = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let last = page::last(rows(found.len()), rows(PAGE));
    let number = number.clamp(0, last);
    let skipped = usize::try_from(number).unwrap_or_default() * PAGE;
    let lines: Vec<String> = found
        .iter()
        .skip(skipped)
        .take(PAGE)
        .map(|fund| line::listed(request, fund))
        .collect();
    let title = text!("fund-search-title", year = named, total = found.len());
    let footer = format!(
        "{}\u{3000}{}",
        page::place(request, number, last),
        request.say(&Text::new("fund-search-next"))
    );
    let frame = Frame::titled(request.say(&title))
        .words(lines.join("\n"))
        .footer(footer);
    let mut reply = Reply::default().embed(frame.draw());
    if last > 0 {
        let draft = match draft {
            Some(draft) => draft,
            None => drafts::put(request, STEP, wanted).await?,
        };
        reply = reply.row(page::turning(request, number, last, |page| {
            Action::Fund(Press::Search(draft, page))
        }));
    }
    Ok(reply)
}
