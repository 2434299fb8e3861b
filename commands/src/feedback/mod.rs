//! `/feedback` フィードバック: what an association is told of its own issues and of what became of them
//! (DESIGN section 6).
//!
//! A draft is made after a session, once a month, or when somebody asks. The desk looks at it exactly as
//! the association will see it, puts words before and after it, leaves single issues out, and approves.
//! The outbox posts it in the association's feedback channel, drawn from what everybody there may read
//! at that moment.
//!
//! | module | what |
//! |---|---|
//! | [`draft`] | making drafts, and taking in what came since |
//! | [`reading`] | what is chosen, and what it says |
//! | [`send`] | the preview, sending, withdrawing, not sending |
//! | [`edit`] | the desk's words, corrections |
//! | [`list`] | the desk's list, and what an association got |

pub(crate) mod draft;
mod edit;
pub(crate) mod list;
pub(crate) mod reading;
mod record;
mod send;
mod state;
mod suggest;
mod undo;

use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    custom_id::{self, Action},
    dispatch::{Fields, May},
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    feedback::{Feedback, State},
    id::FeedbackId,
};
use reading::Told;
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// `/feedback` フィードバック
#[poise::command(
    slash_command,
    subcommands("draft::draft", "send::send", "list::list"),
    subcommand_required
)]
pub(crate) async fn feedback(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// What a button about feedback may answer.
pub(crate) fn may(action: custom_id::Feedback) -> May {
    use custom_id::Feedback::{
        Correct, Drop, Edit, Edited, List, Open, Renew, Send, Show, Undo, Withdraw,
    };
    match action {
        // They may stand below a post.
        Show(_) | Open => May::Say,
        Edit(..) => May::Ask,
        Edited(..) => May::Say,
        Send(..) | Correct(_) | Renew(..) | Drop(..) | Withdraw(..) | Undo(_) | List(_) => {
            May::Replace
        }
    }
}

/// A button about feedback was pressed.
pub(crate) async fn pressed(
    request: &Request,
    action: custom_id::Feedback,
) -> Result<Answer, Error> {
    use custom_id::Feedback as Press;
    match action {
        Press::Show(id) => show(request, id).await,
        Press::Send(id, seen) => send::approved(request, id, seen).await,
        Press::Edit(id, seen) => edit::ask(request, id, seen).await,
        Press::Correct(draft) => edit::corrected(request, draft).await,
        Press::Renew(id, seen) => draft::renewed(request, id, seen).await,
        Press::Drop(id, seen) => send::dropped(request, id, seen).await,
        Press::Withdraw(id, seen) => send::withdrawn(request, id, seen).await,
        Press::Undo(draft) => undo::answer(request, draft).await,
        Press::Open => list::open(request).await,
        Press::List(page) => list::turn(request, page).await,
        Press::Edited(..) => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

/// A form about feedback was sent.
pub(crate) async fn submitted(
    request: &Request,
    action: custom_id::Feedback,
    fields: &Fields,
) -> Result<Answer, Error> {
    match action {
        custom_id::Feedback::Edited(id, seen) => edit::submitted(request, (id, seen), fields).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

/// Reads a feedback for whoever decides about it.
///
/// # Errors
/// Refused for everybody but coordinators, and when there is none.
async fn desk(request: &Request, id: FeedbackId) -> Result<Feedback, Error> {
    permission::coordinate(request)?;
    find(request, id).await?.ok_or_else(no_such)
}

async fn find(request: &Request, id: FeedbackId) -> Result<Option<Feedback>, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::feedback::find(connection, office, id)))
        .await?;
    Ok(found)
}

/// The one refusal for a number one may not see and one that does not exist.
fn no_such() -> Error {
    Error::refuse(Text::new("refused-no-such-feedback"))
}

/// One feedback: the desk's preview with what it may do, or what stands in the channel for whoever reads
/// there.
async fn show(request: &Request, id: FeedbackId) -> Result<Answer, Error> {
    let found = find(request, id).await?.filter(|feedback| {
        let place = Destination::Feedback(feedback.association);
        let is_sent = feedback.state == State::Sent;
        request.person.coordinator || (is_sent && place.is_for(&request.person, &request.office))
    });
    let feedback = found.ok_or_else(no_such)?;
    if request.person.coordinator {
        return Ok(Answer::Say(send::preview(request, &feedback, None).await?));
    }
    let told = told(request, &feedback).await?;
    let frame = card::feedback::frame(&request.office, &feedback, &told, request.language);
    Ok(Answer::Say(Reply::default().embed(frame.draw())))
}

/// What a feedback says, as its association may read it now.
async fn told(request: &Request, feedback: &Feedback) -> Result<Told, Error> {
    let (office, feedback) = (std::sync::Arc::clone(&request.office), feedback.clone());
    let told = request
        .app
        .store
        .read(move |connection| {
            let (office, feedback) = (std::sync::Arc::clone(&office), feedback.clone());
            Box::pin(async move { reading::told(connection, &office, &feedback).await })
        })
        .await?;
    Ok(told)
}

/// Reads `3`, `#3`, as suggestions give it.
fn number(written: &str) -> Result<FeedbackId, Error> {
    let plain = domain::text::normalise(written);
    let digits = plain.trim().trim_start_matches('#').trim();
    digits
        .parse::<i64>()
        .ok()
        .filter(|number| *number > 0)
        .map(FeedbackId)
        .ok_or_else(|| Error::refuse(Text::new("refused-not-a-feedback")))
}

/// フィードバック 3（薬剤師会）
fn name(request: &Request, feedback: &Feedback) -> Text {
    let association = card::feedback::plain_name(&request.office, feedback.association);
    text!(
        "feedback-name",
        number = feedback.id.0,
        association = domain::text::escape_markdown(&association)
    )
}

/// The row with the button that opens the list.
pub(crate) fn open_button(request: &Request) -> CreateActionRow {
    let button = CreateButton::new(Action::Feedback(custom_id::Feedback::Open).custom_id())
        .label(request.say(&Text::new("button-feedback-open")))
        .style(ButtonStyle::Primary);
    CreateActionRow::Buttons(vec![button])
}
