//! `/target list` 一覧: the office's plan in the order of its table, ten a page.
//!
//! What the reader may not know of is left out. The filter waits in a draft, so that the page buttons
//! outlive a restart.

use super::{day_of, known, option, sight, word, year_name};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{
        self,
        frame::{Frame, cut},
    },
    custom_id::{Action, Target as Press},
    dispatch::{May, answer},
    error::Error,
    issue::draft as drafts,
    option::PaceChoice,
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::DraftId,
    target::{AREA_UNITS_MAX, Standing, pace},
    text::{escape_markdown, fold, one_line},
};
use serde::{Deserialize, Serialize};
use storage::target::{Filter, Page};

/// Targets a page.
const PAGE: i64 = 10;
/// UTF-16 units of an item in its line.
const ITEM_UNITS_SHOWN: usize = 60;
/// UTF-16 units of a line, so that all lines of a page fit an embed's description.
const LINE_UNITS_MAX: usize = 330;
const STEP: &str = "target-list";

/// What a list shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    area: Option<String>,
    year: FiscalYear,
    state: Option<String>,
}

/// `/target list` 一覧
#[poise::command(slash_command)]
pub(crate) async fn list(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::areas"] area: Option<String>,
    #[autocomplete = "super::suggest::years"] year: Option<String>,
    state: Option<PaceChoice>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        known(&request)?;
        let wanted = Wanted {
            area: match area {
                None => None,
                Some(area) => Some(named_area(&request, &area).await?),
            },
            year: option::year(&request, year.as_deref())?,
            state: state.map(|state| state.0.code().to_owned()),
        };
        Ok(Answer::Say(shown(&request, &wanted, None, 0).await?))
    })
    .await
}

/// An area of a target the person may know of, as the table writes it.
async fn named_area(request: &Request, written: &str) -> Result<String, Error> {
    let wanted = fold(&one_line(written, AREA_UNITS_MAX));
    let all = super::seen(request).await?;
    let found = all.into_iter().find(|target| fold(&target.area) == wanted);
    found
        .map(|target| target.area)
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-area")))
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    Ok(Answer::Replace(
        shown(request, &wanted, Some(draft), number).await?,
    ))
}

async fn shown(
    request: &Request,
    wanted: &Wanted,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    known(request)?;
    let filter = Filter {
        year: wanted.year,
        start_month: request.office.settings.fiscal_year_start,
        on: day_of(request, wanted.year),
        area: wanted.area.clone(),
        state: wanted.state.as_deref().and_then(pace::State::from_code),
        sight: sight(request),
    };
    let (found, at) = page::read(
        number,
        PAGE,
        |number| read(request, &filter, number),
        |found| found.total,
    )
    .await?;
    if found.total == 0 {
        return Ok(Reply::of(&empty(request, wanted), request.language));
    }
    let title = text!(
        "target-list-title",
        year = year_name(wanted.year, request.language),
        total = found.total,
    );
    let footer = at.footer(
        request,
        &text!(
            "target-list-next",
            date = card::date(filter.on, request.language)
        ),
    );
    let frame = Frame::titled(request.say(&title))
        .words(lines(request, &found.items))
        .footer(footer);
    let reply = Reply::default().embed(frame.draw());
    at.below(request, reply, (STEP, wanted, draft), |draft, page| {
        Action::Target(Press::List(draft, page))
    })
    .await
}

/// Why nothing is shown, and what to do.
fn empty(request: &Request, wanted: &Wanted) -> Text {
    let narrowed = wanted.area.is_some() || wanted.state.is_some();
    Text::new(match (narrowed, request.person.coordinator) {
        (true, _) => "target-list-none",
        (false, true) => "target-list-empty-desk",
        (false, false) => "target-list-empty",
    })
}

async fn read(request: &Request, filter: &Filter, number: i64) -> Result<Page, Error> {
    let (office, filter) = (request.office_id(), filter.clone());
    let offset = number.saturating_mul(PAGE);
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::target::list(connection, office, &filter, offset, PAGE).await
            })
        })
        .await?;
    Ok(found)
}

/// The targets below the names of their areas.
fn lines(request: &Request, items: &[Standing]) -> String {
    let mut lines = Vec::new();
    let mut area: Option<&str> = None;
    for standing in items {
        let of = standing.target.area.as_str();
        if area != Some(of) {
            lines.push(request.say(&text!("target-list-area", area = escape_markdown(of))));
            area = Some(of);
        }
        lines.push(cut(&line(request, standing), LINE_UNITS_MAX));
    }
    lines.join("\n")
}

fn line(request: &Request, standing: &Standing) -> String {
    let done = word::done(standing).map(|done| format!(" {done}"));
    text!(
        "target-list-line",
        number = standing.target.id.0,
        place = standing.target.number.to_string(),
        state = word::state(standing.state),
        done = done.unwrap_or_default(),
        item = escape_markdown(&one_line(&standing.target.item, ITEM_UNITS_SHOWN)),
    )
    .say(request.language)
}
