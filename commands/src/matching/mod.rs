//! `/match` 連携提案: issues of different associations whose needs meet, for the desk.
//!
//! A pair shows what two associations said in confidence, so everything here asks for a coordinator: each command, button,
//! form and suggestion. What is found is shown in answers only; of what is said in a pair nothing goes into a session's
//! title, a custom id, the audit or a log.

pub(crate) mod accept;
pub(crate) mod dismiss;
pub(crate) mod find;
mod line;
mod plan;
mod undo;

use crate::{
    Context,
    answer::Answer,
    custom_id::Matching as Press,
    dispatch::{Fields, May, Suggestion, suggest},
    error::Error,
    issue,
    option::issue_number,
    permission,
    request::Request,
    text::Text,
};
use domain::{
    id::MatchingId,
    issue::Issue,
    matching::{Matching, Need, Statement},
    text::fold,
};
use serenity::all::CreateAutocompleteResponse;

/// `/match` 連携提案
#[poise::command(
    slash_command,
    rename = "match",
    subcommands("find::find", "accept::accept", "dismiss::dismiss"),
    subcommand_required
)]
pub(crate) async fn matching(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// How the answer to a button is deferred.
pub(crate) fn may(press: Press) -> May {
    match press {
        Press::Page(..) | Press::Undo(_) | Press::Plan(_) => May::Replace,
        Press::Dismiss(_) => May::Ask,
        Press::Accept(_) | Press::Dismissed(_) => May::Say,
    }
}

/// A button was pressed.
pub(crate) async fn pressed(request: &Request, press: Press) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    match press {
        Press::Page(draft, page) => find::turn(request, draft, page).await,
        Press::Accept(id) => accept::record(request, id, None).await,
        Press::Dismiss(id) => dismiss::ask(request, id).await,
        Press::Plan(id) => plan::answer(request, id).await,
        Press::Undo(draft) => undo::answer(request, draft).await,
        Press::Dismissed(_) => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

/// A form was sent.
pub(crate) async fn submitted(
    request: &Request,
    press: Press,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    match press {
        Press::Dismissed(id) => dismiss::sent(request, id, fields).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

/// A pair as it is kept, with both issues as they are now.
struct Met {
    matching: Matching,
    first: Issue,
    second: Issue,
}

/// Reads a pair.
///
/// # Errors
/// Refused when there is none of the number, or one of its issues was taken back.
async fn met(request: &Request, id: MatchingId) -> Result<Met, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let Some(matching) = storage::matching::find(connection, office, id).await? else {
                    return Ok(None);
                };
                let first = storage::issue::find(connection, office, matching.first).await?;
                let second = storage::issue::find(connection, office, matching.second).await?;
                Ok(first.zip(second).map(|(first, second)| Met {
                    matching,
                    first,
                    second,
                }))
            })
        })
        .await?;
    found
        .filter(|met| !met.first.retracted && !met.second.retracted)
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-matching")))
}

/// An issue as the rule looks at it.
fn need(request: &Request, issue: &Issue) -> Option<Need> {
    let said = Statement {
        issue: issue.id,
        text: &issue.text,
        profession: issue.profession,
        association: issue.association,
        about: &issue.about,
    };
    Need::of(&said, &request.office)
}

/// Who raised an issue: the association, else the profession.
fn side(request: &Request, issue: &Issue) -> String {
    let office = &request.office;
    let association = issue.association.and_then(|id| office.association(id));
    let profession = || issue.profession.and_then(|id| office.profession(id));
    association
        .map(|association| association.name.clone())
        .or_else(|| profession().map(|profession| profession.name.clone()))
        .unwrap_or_default()
}

/// Reads `3`, `提案3`, `提案 3`.
///
/// # Errors
/// Refused with the forms that work.
fn number(written: &str) -> Result<MatchingId, Error> {
    let plain = domain::text::normalise(written);
    // What people read before the number is theirs to leave out.
    let bare = plain.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    issue_number(bare).map(|id| MatchingId(id.0))
}

/// Numbers of issues, for coordinators only.
async fn issues(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        permission::coordinate(&request)?;
        issue::suggest::issues(&request, &partial).await
    })
    .await
}

/// Names of associations, for coordinators only.
pub(crate) async fn associations(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = fold(partial.trim());
    suggest(
        ctx,
        async move |request: Request| -> Result<Vec<Suggestion>, Error> {
            permission::coordinate(&request)?;
            Ok(issue::suggest::named(&request, &partial))
        },
    )
    .await
}
