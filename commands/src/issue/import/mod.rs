//! `/issue import` 取込: a list kept in a spreadsheet becomes issues, after a preview of every row.
//!
//! Nothing is stored before the preview is confirmed. Then rows are stored in small steps, so that other
//! people get in between; the steps are counted with what they store, so that an import that is cut short
//! goes on where it stopped and a second press stores nothing twice. Coordinators only.
//!
//! | module | what |
//! |---|---|
//! | [`waiting`] | the sealed draft the rows wait in |
//! | [`preview`] | what was understood, guessed, refused, page by page |
//! | [`step`] | some rows in one transaction |
//! | [`run`] | step after step, with progress |
//! | [`undo`] | the whole import taken back |
//! | [`told`] | the answers |

mod preview;
mod run;
mod step;
mod told;
mod undo;
mod waiting;

pub use run::end_abandoned;

use super::list;
use crate::{
    Context,
    answer::{Answer, Reply},
    custom_id::{Group, Import},
    dispatch::{May, answer},
    error::Error,
    handed,
    option::OriginChoice,
    permission,
    request::Request,
    session::{self, word::plain_name},
    text::Text,
};
use domain::{
    id::{DraftId, ImportId, IssueId, OfficeId},
    import::{Known, NoList, Plan, Same, Source, plan},
    issue::Origin,
    session::Session,
    sheet::Sheet,
};
use serenity::all::Attachment;
use std::{collections::HashMap, sync::Arc};
use storage::Store;
use waiting::Waiting;

/// Wordings looked through at a time for what is there already.
const WORDINGS_AT_ONCE: i64 = 2_000;

/// `/issue import` 取込
#[poise::command(slash_command)]
pub(crate) async fn import(
    ctx: Context<'_>,
    file: Attachment,
    #[autocomplete = "session::suggest::taking_issues"] session: Option<String>,
    origin: Option<OriginChoice>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let session = session::option::taking_issues(&request, session.as_deref()).await?;
        let plan = understood(&request, &file, session.as_ref()).await?;
        if plan.rows.is_empty() {
            return Err(Error::refuse(Text::new("import-nothing-to-take")));
        }
        // What a list holds is taken as said in confidence, wherever it was said, unless somebody says otherwise.
        let origin = origin.map_or(Origin::Meeting, |origin| origin.0);
        let said_at = session.map(|it| (it.id, plain_name(&it, request.language)));
        let waiting = Waiting::of(&request, plan, origin, said_at)?;
        let draft = waiting.keep(&request).await?;
        let group = preview::first(&waiting);
        Ok(Answer::Say(preview::page(
            &request, &waiting, draft, group, 0,
        )))
    })
    .await
}

/// How an action may be answered.
pub(crate) fn may(action: Import) -> May {
    match action {
        Import::List(_) => May::Say,
        _ => May::Replace,
    }
}

/// A button was pressed.
pub(crate) async fn pressed(request: &Request, action: Import) -> Result<Answer, Error> {
    if let Import::List(_) = action {
        return list::newest(request).await;
    }
    permission::coordinate(request)?;
    match action {
        Import::Page(draft, group, page) => turn(request, draft, group, page).await,
        Import::Confirm(draft) => run::confirm(request, draft).await,
        Import::Cancel(draft) => cancel(request, draft).await,
        Import::Resume(import) => run::resume(request, import).await,
        Import::Undo(import) => undo::answer(request, import).await,
        Import::List(_) => Err(Error::Fault("a list was asked for twice")),
    }
}

async fn turn(request: &Request, draft: DraftId, group: Group, page: i64) -> Result<Answer, Error> {
    let waiting = Waiting::find(request, draft).await?;
    let page = preview::page(request, &waiting, draft, group, page);
    Ok(Answer::Replace(page))
}

async fn cancel(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    Waiting::remove(request, draft).await?;
    let reply = Reply::of(&Text::new("import-cancelled"), request.language);
    Ok(Answer::Replace(reply))
}

/// Finds an import of the person.
async fn find(request: &Request, id: ImportId) -> Result<storage::import::Import, Error> {
    let (office, person) = (request.office_id(), request.person.user);
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::import::find(connection, office, id)))
        .await?;
    found
        .filter(|import| import.person == person)
        .ok_or_else(|| Error::refuse(Text::new("refused-import-gone")))
}

/// Fetches a file and understands it.
async fn understood(
    request: &Request,
    file: &Attachment,
    session: Option<&Session>,
) -> Result<Plan, Error> {
    let there = there(&request.app.store, request.office_id()).await?;
    let (office, today) = (Arc::clone(&request.office), request.today());
    // A talk of one association is its list, where the list does not say whose it is.
    let source = session
        .and_then(Session::talk_of)
        .and_then(|id| office.association(id))
        .map_or_else(Source::default, Source::association);
    let session = session.map(|it| it.id);
    let understand = move |sheets: Vec<Sheet>| {
        let known = Known {
            office: &office,
            session,
            source,
            there: &there.known,
            today,
        };
        plan(&sheets, &known)
    };
    handed::understood(request, file, understand)
        .await?
        .map_err(|NoList| Error::refuse(Text::new("import-no-list")))
}

/// What is there already, and the highest number among it.
struct There {
    known: HashMap<Same, IssueId>,
    last: IssueId,
}

/// Reads what is there already, a page at a time.
async fn there(store: &Store, office: OfficeId) -> Result<There, Error> {
    let mut there = There {
        known: HashMap::new(),
        last: IssueId(0),
    };
    loop {
        let after = there.last;
        let found = store
            .read(move |connection| {
                Box::pin(storage::issue::wordings(
                    connection,
                    office,
                    after,
                    WORDINGS_AT_ONCE,
                ))
            })
            .await?;
        let Some(last) = found.last() else {
            return Ok(there);
        };
        there.last = last.id;
        for worded in found {
            let same = Same::of(worded.profession, worded.session, &worded.folded);
            // The oldest of several is the one people know.
            there.known.entry(same).or_insert(worded.id);
        }
    }
}
