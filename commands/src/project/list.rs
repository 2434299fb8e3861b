//! `/project list` 一覧: what there is to do first, ten a page.
//!
//! What the reader may not know of is left out in the query. The filter waits in a draft, so that the
//! page buttons outlive a restart.

use super::{sight, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::frame::{Frame, cut},
    custom_id::{self, Action},
    dispatch::{May, answer},
    error::Error,
    issue::draft as drafts,
    option::ProjectStateChoice,
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::DraftId,
    project::{Project, State},
};
use serde::{Deserialize, Serialize};
use storage::project::{Filter, Page};

/// Projects a page.
const PAGE: i64 = 10;
/// UTF-16 units of a line, so that all lines of a page fit an embed's description.
const LINE_UNITS_MAX: usize = 380;
const STEP: &str = "project-list";

/// What a list shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    state: Option<State>,
}

/// `/project list` 一覧
#[poise::command(slash_command)]
pub(crate) async fn list(ctx: Context<'_>, state: Option<ProjectStateChoice>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let wanted = Wanted {
            state: state.map(|state| state.0),
        };
        Ok(Answer::Say(shown(&request, &wanted, None, 0).await?))
    })
    .await
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
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    let filter = Filter {
        state: wanted.state,
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
        let key = match (request.person.coordinator, wanted.state) {
            (_, Some(_)) => "project-list-none",
            (true, None) => "project-list-empty-desk",
            (false, None) => "project-list-empty",
        };
        return Ok(Reply::of(&Text::new(key), request.language));
    }
    let lines: Vec<String> = found
        .items
        .iter()
        .map(|project| cut(&line(request, project), LINE_UNITS_MAX))
        .collect();
    let frame = Frame::titled(request.say(&text!("project-list-title", total = found.total)))
        .words(lines.join("\n"))
        .footer(at.footer(request, &Text::new("project-list-next")));
    let reply = Reply::default().embed(frame.draw());
    at.below(request, reply, (STEP, wanted, draft), |draft, page| {
        Action::Project(custom_id::Project::List(draft, page))
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
            Box::pin(async move {
                storage::project::list(connection, office, &filter, offset, PAGE).await
            })
        })
        .await?;
    Ok(found)
}

fn line(request: &Request, project: &Project) -> String {
    let language = request.language;
    text!(
        "project-list-line",
        number = project.id.0,
        date = word::day(project, language),
        title = domain::text::escape_markdown(&project.title),
        state = word::state(project),
        progress = word::progress(project),
        associations = word::associations(&request.office, project, language),
    )
    .say(language)
}
