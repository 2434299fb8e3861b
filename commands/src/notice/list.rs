//! `/notice list` 一覧: notices by scope and state, the newest first, ten a page.

use super::{known, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::frame::{Frame, cut},
    custom_id::{Action, Notice as Press},
    dispatch::{May, answer},
    error::Error,
    issue::draft as drafts,
    option::NoticeStateChoice,
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::DraftId,
    notice::{State, scope},
};
use serde::{Deserialize, Serialize};
use storage::notice::{Filter, Page};

/// Notices a page.
pub(super) const PAGE: i64 = 10;
/// UTF-16 units of a line, so that all lines of a page fit an embed's description.
pub(super) const LINE_UNITS_MAX: usize = 380;
const STEP: &str = "notice-list";

/// What a list shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    scope: Option<String>,
    state: Option<String>,
}

/// `/notice list` 一覧
#[poise::command(slash_command)]
pub(crate) async fn list(
    ctx: Context<'_>,
    #[autocomplete = "super::digest::scopes"] scope: Option<String>,
    state: Option<NoticeStateChoice>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        known(&request)?;
        let wanted = Wanted {
            scope,
            state: state.map(|state| state.0.code().to_owned()),
        };
        Ok(Answer::Say(shown(&request, &wanted, None, 0).await?))
    })
    .await
}

/// A page button was pressed. Rights are asked anew: roles may have changed.
pub(crate) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    let shown = shown(request, &wanted, Some(draft), number).await?;
    Ok(Answer::Replace(shown))
}

fn filter(request: &Request, wanted: &Wanted) -> Filter {
    let tags = wanted.scope.as_deref().map(scope::read);
    let kin = tags
        .filter(|tags| !tags.is_empty())
        .map(|tags| scope::kin(&tags));
    Filter {
        state: wanted.state.as_deref().and_then(State::from_code),
        tags: kin.map(|kin| match kin {
            scope::Kin::Of(tags) => tags,
            // Asked for by name, they are meant, and not everything.
            scope::Kin::All => [scope::EVERYBODY.to_owned()].into(),
        }),
        drafts: request.person.coordinator,
        ..Filter::on(request.today())
    }
}

async fn shown(
    request: &Request,
    wanted: &Wanted,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    known(request)?;
    let filter = filter(request, wanted);
    let (found, at) = page::read(
        number,
        PAGE,
        |number| read(request, &filter, number),
        |found| found.total,
    )
    .await?;
    if found.total == 0 {
        let narrowed = wanted.scope.is_some() || wanted.state.is_some();
        let key = match (narrowed, request.person.coordinator) {
            (true, _) => "notice-list-none",
            (false, true) => "notice-list-empty-desk",
            (false, false) => "notice-list-empty",
        };
        return Ok(Reply::of(&Text::new(key), request.language));
    }
    let lines = found
        .items
        .iter()
        .map(|it| cut(&word::line(request, it), LINE_UNITS_MAX));
    let frame = Frame::titled(request.say(&text!("notice-list-title", total = found.total)))
        .words(lines.collect::<Vec<_>>().join("\n"))
        .footer(at.footer(request, &Text::new("notice-list-next")));
    let reply = Reply::default().embed(frame.draw());
    at.below(request, reply, (STEP, wanted, draft), |draft, page| {
        Action::Notice(Press::List(draft, page))
    })
    .await
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
                storage::notice::list(connection, office, &filter, offset, PAGE).await
            })
        })
        .await?;
    Ok(found)
}
