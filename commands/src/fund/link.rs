//! `/fund link` 関連: a project is paid from a fund in a fiscal year, with the amount where it is known; taken
//! away again with `remove`, and taken back within the time of every undo. For coordinators, and so are the
//! answers: what is paid from where stays at the desk.

use super::{find, option, show};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit,
    card::year_name,
    custom_id::{Action, Fund as Press},
    dispatch::{May, answer},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, button_of, is_late},
    },
    permission, project,
    request::Request,
    target::this_year,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    era::FiscalYear,
    fund::Use,
    id::{DraftId, OfficeId, UserId},
    project::{Budget, Project},
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{Conflict, Subject, Transaction};

const STEP: &str = "fund-undo";
/// The acts in audit and history.
const LINK: &str = "fund.link";
const UNLINK: &str = "fund.unlink";
const UNDO: &str = "fund.undo";

/// What waits behind the button: a link as it was before, or none, and as it was left.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Undoing {
    before: Option<Use>,
    after: Option<Use>,
    /// When, in microseconds.
    at: i64,
}

/// `/fund link` 関連
#[poise::command(slash_command)]
pub(crate) async fn link(
    ctx: Context<'_>,
    #[autocomplete = "option::numbers"] number: String,
    #[autocomplete = "project::suggest::numbers"] project: String,
    amount: Option<String>,
    year: Option<String>,
    remove: Option<bool>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let fund = find(&request, option::number(&number)?).await?;
        let project = project::option::number(&project)?;
        let project = project::find(&request, project).await?;
        let year = match option::year(year.as_deref())? {
            Some(year) => year,
            None => year_of(&request, &project),
        };
        let yen = amount.as_deref().map(yen).transpose()?;
        let wanted = Use {
            fund: fund.id,
            project: project.id,
            year,
            yen,
        };
        let wanted = (!remove.unwrap_or_default()).then_some(wanted);
        let of = (fund.id, project.id, year);
        let (before, undo) = change(&request, of, wanted.clone()).await?;
        let key = match (&before, &wanted) {
            (_, None) => "fund-unlinked",
            (None, Some(_)) => "fund-linked",
            (Some(_), Some(_)) => "fund-linked-anew",
        };
        let told = Text::new(key)
            .with("fund", escape_markdown(&fund.entry.name()))
            .with("number", project.id.0)
            .with("title", escape_markdown(&project.title))
            .with("year", year_name(year, request.language))
            .with("yen", show::yen(&request, yen));
        let reply = Reply::of(&told, request.language);
        Ok(Answer::Say(
            reply.row(button_of(&request, Action::Fund(Press::Undo(undo)))),
        ))
    })
    .await
}

/// The fiscal year of the project's day, or the one that runs.
fn year_of(request: &Request, project: &Project) -> FiscalYear {
    let start = request.office.settings.fiscal_year_start;
    project
        .date
        .map_or_else(|| this_year(request), |date| FiscalYear::of(date, start))
}

fn yen(written: &str) -> Result<i64, Error> {
    let read = Budget::read(written).map(|budget| budget.yen);
    read.map_err(|_| Error::refuse(Text::new("refused-fund-amount")))
}

type Of = (domain::id::FundId, domain::id::ProjectId, FiscalYear);

/// Stores the link as it is to be; `None` takes it away.
async fn change(
    request: &Request,
    of: Of,
    wanted: Option<Use>,
) -> Result<(Option<Use>, DraftId), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let done = request
        .record(move |tx| {
            let wanted = wanted.clone();
            Box::pin(async move {
                let before = storage::fund::used(tx, office, of).await?;
                if before == wanted {
                    // Nothing to do, and nothing to take back.
                    return Ok(None);
                }
                let act = if wanted.is_some() { LINK } else { UNLINK };
                put(
                    tx,
                    office,
                    (of, before.as_ref(), wanted.as_ref()),
                    (who, now),
                    act,
                )
                .await?;
                let undoing = Undoing {
                    before: before.clone(),
                    after: wanted,
                    at: now.timestamp_micros(),
                };
                let draft = storage::draft::NewDraft {
                    person: who,
                    step: STEP,
                    body: serde_json::to_value(undoing)?,
                    now,
                    // Longer than it can be used, so that a late press is told what to do instead.
                    expires_at: now + Duration::hours(drafts::DRAFT_HOURS),
                };
                let draft = storage::draft::put(tx, office, &draft).await?;
                Ok(Some((before, draft)))
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(Conflict::Full)) => {
                Error::refuse(text!("refused-fund-uses", limit = domain::fund::USES_MAX))
            }
            other => other,
        })?;
    done.ok_or_else(|| Error::refuse(Text::new("refused-fund-link-same")))
}

async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    (of, before, after): (Of, Option<&Use>, Option<&Use>),
    (who, now): (UserId, DateTime<Utc>),
    act: &'static str,
) -> storage::Result<()> {
    match after {
        Some(wanted) => storage::fund::link(tx, office, wanted, (who, now)).await?,
        None => drop(storage::fund::unlink(tx, office, of).await?),
    }
    let about = Subject::from(of.0);
    let details = [
        ("project", of.1.to_string()),
        ("year", of.2.western().to_string()),
    ];
    audit::note(tx, office, Some(about), act, who, now, &details).await?;
    let (was, is) = (before.map(state), after.map_or_else(|| json!({}), state));
    storage::history::append(tx, office, about, now, who, act, was, is).await
}

fn state(of: &Use) -> Value {
    json!({ "project": of.project.0, "year": of.year.western(), "yen": of.yen })
}

/// The button was pressed.
pub(super) async fn undo(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(gone()),
        found => found?,
    };
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-fund-undo-late",
            minutes = UNDO_MINUTES
        )));
    }
    let of = undoing.before.as_ref().or(undoing.after.as_ref());
    let of = of.ok_or_else(gone)?;
    let of = (of.fund, of.project, of.year);
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let done = request
        .record(move |tx| {
            let undoing = undoing.clone();
            Box::pin(async move {
                if storage::draft::take(tx, office, draft, who, STEP, now)
                    .await?
                    .is_none()
                {
                    return Ok(false);
                }
                let found = storage::fund::used(tx, office, of).await?;
                if found != undoing.after {
                    return Err(Conflict::StaleRevision.into());
                }
                let (was, is) = (found.as_ref(), undoing.before.as_ref());
                put(tx, office, (of, was, is), (who, now), UNDO).await?;
                Ok(true)
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => {
                Error::refuse(Text::new("refused-fund-undo-changed"))
            }
            other => other,
        })?;
    if !done {
        return Err(gone());
    }
    let reply = Reply::of(&Text::new("fund-undone"), request.language);
    Ok(Answer::Replace(reply))
}

fn gone() -> Error {
    Error::refuse(Text::new("refused-fund-undo-gone"))
}
