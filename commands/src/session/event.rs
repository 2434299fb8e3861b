//! The event of a session in the server's list: a coordinator lets it stand as the session says it.

use crate::{
    answer::{Answer, Reply},
    card, custom_id,
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    event::{Hand, Part},
    id::SessionId,
};
use storage::{Subject, event::Noticed};

/// A button of the desk's card was pressed.
pub(crate) async fn pressed(request: &Request, action: custom_id::Event) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    match action {
        custom_id::Event::Right(session) => right(request, session).await,
        custom_id::Event::Show(session) => show(request, session).await,
    }
}

/// It is put right again, or made again.
async fn right(request: &Request, session: SessionId) -> Result<Answer, Error> {
    super::find(request, session).await?;
    // What was changed by hand is not kept, so whoever puts it right is told how to have it after all.
    let noticed = noticed(request, session).await?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let done = request
        .record(move |tx| {
            Box::pin(async move {
                if !storage::event::put_right(tx, office, session, now).await? {
                    return Ok(false);
                }
                let about = Some(Subject::event(session));
                crate::audit::note(tx, office, about, "event.right", who, now, &[]).await?;
                Ok(true)
            })
        })
        .await?;
    if !done {
        return Err(Error::refuse(Text::new("refused-event-settled")));
    }
    let text = text!("event-righted", number = session.0);
    let reply = Reply::of(&text, request.language);
    let back = noticed.map(|noticed| back(request, session, &noticed));
    Ok(Answer::Say(match back {
        Some(back) => reply.line(&request.say(&back)),
        None => reply,
    }))
}

/// How what somebody did by hand is had after all.
fn back(request: &Request, session: SessionId, noticed: &Noticed) -> Text {
    let span = noticed
        .span
        .filter(|_| noticed.parts.contains(&Part::Time))
        .map(|span| card::event::span(&request.office, span, request.language));
    match (noticed.hand, span) {
        (Hand::Deleted, _) => Text::new("event-righted-again"),
        (Hand::Changed, None) => text!("event-righted-back", number = session.0),
        (Hand::Changed, Some(span)) => {
            text!("event-righted-back-span", number = session.0, span = span)
        }
    }
}

/// What is known of a change by hand that nobody has dealt with.
async fn noticed(request: &Request, session: SessionId) -> Result<Option<Noticed>, Error> {
    let office = request.office_id();
    let kept = request
        .app
        .store
        .read(move |connection| Box::pin(storage::event::find(connection, office, session)))
        .await?;
    Ok(kept.and_then(|kept| kept.noticed))
}

async fn show(request: &Request, session: SessionId) -> Result<Answer, Error> {
    super::find(request, session).await?;
    let noticed = noticed(request, session).await?;
    let key = match noticed.map(|noticed| noticed.hand) {
        None => "event-stands",
        Some(Hand::Changed) => "event-stands-changed",
        Some(Hand::Deleted) => "event-stands-deleted",
    };
    let text = text!(key, number = session.0);
    Ok(Answer::Say(Reply::of(&text, request.language)))
}
