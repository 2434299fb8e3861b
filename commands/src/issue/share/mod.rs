//! `/issue share` 共有, and the buttons of the desk's card: a wording of an issue for a stated audience
//! (DESIGN section 2, rules 2 and 3; seed 000, chapter 2 (1) and Q4).
//!
//! Officers, contacts and members propose, the desk decides. What a coordinator writes for an audience
//! is approved at once; the original itself needs a second screen with a tick that its source agreed.
//!
//! Not here: which of several shares stands where (`domain::disclosure`), how a share is drawn
//! ([`crate::card::share`]).

pub(crate) mod audience;
mod categories;
mod form;
pub(crate) mod found;
pub(crate) mod log;
mod narrow;
pub(crate) mod offer;
mod private;
mod proposal;
mod record;
mod screen;
pub(crate) mod told;
mod withdraw;
mod wording;

use crate::{
    Context,
    answer::Answer,
    custom_id::Share,
    dispatch::{Fields, May, answer},
    error::Error,
    option::issue_number,
    permission,
    request::Request,
    text::Text,
};
use domain::{audience::Destination, issue::Issue, tier::Tier};
use form::Asked;

/// `/issue share` 共有
#[poise::command(slash_command)]
pub(crate) async fn share(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
    #[autocomplete = "audience::suggested"] audience: String,
    wording: Option<String>,
    name_source: Option<bool>,
) -> Result<(), Error> {
    let may = if wording.is_some() {
        May::Say
    } else {
        May::Ask
    };
    answer(ctx, may, async move |request: Request| {
        let found = found::found(&request, issue_number(&number)?).await?;
        permission::propose_disclosure(&request, &found.issue)?;
        let audience = audience::read(&request, &found, &audience)?;
        audience::refuse_known(&request, &found.issue, audience)?;
        let asked = Asked::new(found.issue.id, audience, name_source.unwrap_or_default());
        match wording {
            None => form::ask(&request, &asked, None).await,
            Some(wording) => wording::keep(&request, &asked, &wording, None, None).await,
        }
    })
    .await
}

/// What the answer to a button may be.
pub(crate) fn may(share: Share) -> May {
    match share {
        Share::Write(_) | Share::Reword(_) | Share::Correct(..) | Share::Decline(..) => May::Ask,
        Share::Screen(..) | Share::Send(..) | Share::LogPage(..) => May::Replace,
        _ => May::Say,
    }
}

/// A button was pressed, or something was chosen.
pub(crate) async fn pressed(
    request: &Request,
    share: Share,
    chosen: Option<&str>,
) -> Result<Answer, Error> {
    match share {
        Share::Categories(issue) => categories::open(request, issue).await,
        Share::CategoriesInstead(draft) => categories::instead(request, draft).await,
        Share::CategoriesSend(draft) => categories::send(request, draft).await,
        Share::Write(issue) => form::write(request, issue).await,
        Share::Reword(draft) => form::reword(request, draft).await,
        Share::AsWritten(issue) => screen::open(request, issue).await,
        Share::Screen(draft, ticks) => screen::tick(request, draft, ticks).await,
        Share::Send(draft, ticks) => screen::send(request, draft, ticks).await,
        Share::KeepPrivate(issue) => private::keep(request, issue).await,
        Share::TakeUp(issue) => private::take_up(request, issue).await,
        Share::Approve(issue, version) => proposal::approve(request, issue, version).await,
        Share::Correct(issue, version) => form::correct(request, issue, version).await,
        Share::Decline(issue, version) => form::decline(request, issue, version).await,
        Share::Withdraw(issue, version) => withdraw::withdraw(request, issue, version).await,
        Share::Narrow(issue, version) => narrow::choose(request, issue, version).await,
        Share::Narrowed(issue, version) => narrow::narrow(request, issue, version, chosen).await,
        Share::Log(issue) => log::open(request, issue).await,
        Share::LogPage(issue, version) => log::turn(request, issue, version).await,
        Share::Written(_) | Share::Declined(..) => {
            Err(Error::refuse(Text::new("refused-unknown-button")))
        }
    }
}

/// A form was sent.
pub(crate) async fn submitted(
    request: &Request,
    share: Share,
    fields: &Fields,
) -> Result<Answer, Error> {
    match share {
        Share::Written(draft) => wording::submitted(request, draft, fields).await,
        Share::Declined(issue, version) => {
            proposal::declined(request, issue, version, fields).await
        }
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

/// How an issue that was told in confidence goes further, for whoever wrote it down and may act on it.
pub(crate) fn how(request: &Request, issue: &Issue) -> Option<Text> {
    let waits = issue.origin.is_confidential()
        && issue.tier != Tier::One
        && issue.destination == Destination::Desk;
    if !waits || permission::propose_disclosure(request, issue).is_err() {
        return None;
    }
    Some(Text::new(if request.person.coordinator {
        "issue-added-share-desk"
    } else {
        "issue-added-share"
    }))
}

/// Whether an act is the desk's dealing with whoever raised an issue: other readers are not told of it.
pub(crate) fn is_inner(act: &str) -> bool {
    act.starts_with("issue.share") || matches!(act, "issue.keep-private" | "issue.take-up")
}
