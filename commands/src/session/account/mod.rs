//! `/session record` 記録: what came of a session that was held: minutes, who came, what a survey brought.
//!
//! What was written is checked and shown as it was understood before it is kept. It waits in a sealed
//! draft meanwhile, in which personal data stands masked only. A correction replaces what was left in the
//! form; what stood before is in the history.
//!
//! | module | what |
//! |---|---|
//! | [`written`] | what somebody wrote, checked |
//! | [`form`] | the form |
//! | [`file`] | minutes handed in as a file |
//! | [`preview`] | what was understood |
//! | [`keep`] | keeping it |
//! | [`reading`] | who reads what of it |

mod file;
mod form;
pub(super) mod keep;
mod preview;
pub(super) mod reading;
pub(super) mod state;
mod written;

use super::{change, find, option};
use crate::{
    Context,
    answer::Answer,
    dispatch::{Fields, May, answer},
    error::Error,
    issue::draft as drafts,
    permission,
    request::Request,
    text::Text,
};
use domain::{
    id::{DraftId, SessionId},
    session::Session,
};
use serenity::all::Attachment;
use written::Written;

/// The step of what waits to be kept.
const STEP: &str = "session-account";

/// `/session record` 記録
#[poise::command(slash_command)]
pub(crate) async fn record(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::accountable"] number: String,
    minutes: Option<String>,
    attendance: Option<String>,
    file: Option<Attachment>,
) -> Result<(), Error> {
    // A form cannot come late, and a file may take its time.
    let asks = minutes.is_none() && attendance.is_none() && file.is_none();
    let may = if asks { May::Ask } else { May::Say };
    answer(ctx, may, async move |request: Request| {
        permission::coordinate(&request)?;
        let session = held(&request, option::number(&number)?).await?;
        let mut written = Written::so_far(&request, &session).await?;
        if asks {
            return form::ask(&request, written).await;
        }
        if minutes.is_some() && file.is_some() {
            return Err(Error::refuse(Text::new("refused-account-both")));
        }
        if let Some(file) = &file {
            written.minutes = Some(file::minutes(&request, file).await?);
        }
        if let Some(minutes) = minutes {
            written.minutes = Some(minutes);
        }
        if let Some(attendance) = attendance {
            written.attendance = attendance;
        }
        preview::considered(&request, &session, written, None).await
    })
    .await
}

/// The button of a reminder was pressed: the form opens.
pub(super) async fn ask(request: &Request, id: SessionId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let session = held(request, id).await?;
    let written = Written::so_far(request, &session).await?;
    form::ask(request, written).await
}

/// The form opens again with what waits.
pub(super) async fn edit(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let written: Written = drafts::find(request, draft, STEP).await?;
    held(request, written.session).await?;
    Ok(Answer::Ask(form::form(request, draft, &written)))
}

/// The form was sent.
pub(super) async fn submitted(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let waiting: Written = drafts::find(request, draft, STEP).await?;
    let session = held(request, waiting.session).await?;
    let (written, why) = form::read(fields, waiting);
    preview::considered(request, &session, written, why.as_deref()).await
}

/// A session of which something may be written down.
async fn held(request: &Request, id: SessionId) -> Result<Session, Error> {
    let session = find(request, id).await?;
    session
        .held((request.today(), request.now))
        .map_err(change::refused)?;
    Ok(session)
}
