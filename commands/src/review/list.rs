//! `/review list` 一覧: those still to come first, ten a page. What the reader may not know of is left out
//! of the page and of the total.

use super::{about, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    custom_id::{Action, Review as Button},
    dispatch::{May, answer},
    error::Error,
    issue::{self, draft as drafts},
    option::ReviewStateChoice,
    page, project,
    request::Request,
    session, text,
    text::Text,
};
use domain::{
    id::DraftId,
    review::{Review, State},
};
use serde::{Deserialize, Serialize};
use serenity::all::{
    CreateActionRow, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};
use storage::review::{Filter, Page, Reader};

/// Reviews a page.
const PAGE: i64 = 10;
/// UTF-16 units of a line, so that all lines of a page fit an embed's description.
const LINE_UNITS_MAX: usize = 320;
/// UTF-16 units of a choice of a select (Discord, components/reference: 100).
const CHOICE_UNITS_MAX: usize = 90;
const STEP: &str = "review-list";

/// What a list shows; codes.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Wanted {
    state: Option<State>,
}

/// `/review list` 一覧
#[poise::command(slash_command)]
pub(crate) async fn list(ctx: Context<'_>, state: Option<ReviewStateChoice>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let wanted = Wanted {
            state: state.map(|state| state.0),
        };
        shown(&request, wanted, None, 0).await.map(Answer::Say)
    })
    .await
}

/// A page button was pressed.
pub(super) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    shown(request, wanted, Some(draft), number)
        .await
        .map(Answer::Replace)
}

async fn shown(
    request: &Request,
    wanted: Wanted,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    let filter = Filter {
        state: wanted.state,
        reader: reader(request),
    };
    let (found, at) = page::read(
        number,
        PAGE,
        |number| read(request, &filter, number),
        |found| found.total,
    )
    .await?;
    if found.total == 0 {
        let key = match (wanted.state, request.person.coordinator) {
            (Some(_), _) => "review-list-empty-state",
            (None, true) => "review-list-empty-desk",
            (None, false) => "review-list-empty",
        };
        return Ok(Reply::of(&Text::new(key), request.language));
    }
    let lines: Vec<String> = found
        .items
        .iter()
        .map(|review| card::frame::cut(&line(request, review), LINE_UNITS_MAX))
        .collect();
    let title = text!("review-list-title", total = found.total);
    let frame = Frame::titled(request.say(&title))
        .words(lines.join("\n"))
        .footer(at.footer(request, &Text::new("review-list-next")));
    let reply = Reply::default()
        .embed(frame.draw())
        .row(picking(request, &found.items));
    at.below(request, reply, (STEP, &wanted, draft), |draft, page| {
        Action::Review(Button::List(draft, page))
    })
    .await
}

/// The select by which one of the page is opened.
fn picking(request: &Request, reviews: &[Review]) -> CreateActionRow {
    let options = reviews.iter().map(|review| {
        let label = word::suggested(request, review, CHOICE_UNITS_MAX);
        CreateSelectMenuOption::new(label, review.id.to_string())
    });
    let options = options.collect();
    CreateActionRow::SelectMenu(
        CreateSelectMenu::new(
            Action::Review(Button::Pick).custom_id(),
            CreateSelectMenuKind::String { options },
        )
        .placeholder(request.say(&Text::new("select-review"))),
    )
}

async fn read(request: &Request, filter: &Filter, number: i64) -> Result<Page, Error> {
    let (office, filter) = (request.office_id(), filter.clone());
    let offset = number.saturating_mul(PAGE);
    let found = request
        .app
        .store
        .read(move |connection| {
            let filter = filter.clone();
            Box::pin(async move {
                storage::review::list(connection, office, &filter, offset, PAGE).await
            })
        })
        .await?;
    Ok(found)
}

/// What the person may know of, of all that is looked back on; `None` is everything.
pub(super) fn reader(request: &Request) -> Option<Reader> {
    (!request.person.coordinator).then(|| Reader {
        issues: issue::list::readable(request),
        sessions: session::sight(request),
        projects: project::sight(request),
    })
}

fn line(request: &Request, review: &Review) -> String {
    let overdue = review.is_planned() && review.date.is_some_and(|date| date < request.today());
    let key = if overdue {
        Text::new("review-overdue")
    } else {
        word::state(review)
    };
    request.say(&text!(
        "review-list-line",
        number = review.id.0,
        of = about::name(review.of),
        date = word::when(review, request.language),
        state = key
    ))
}
