//! The event of a session in the server's list: a coordinator lets it stand as the session says it.

use crate::{
    answer::{Answer, Reply},
    custom_id,
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{event::Hand, id::SessionId};
use storage::Subject;

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
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

async fn show(request: &Request, session: SessionId) -> Result<Answer, Error> {
    super::find(request, session).await?;
    let office = request.office_id();
    let kept = request
        .app
        .store
        .read(move |connection| Box::pin(storage::event::find(connection, office, session)))
        .await?;
    let noticed = kept.and_then(|kept| kept.noticed);
    let key = match noticed.map(|noticed| noticed.hand) {
        None => "event-stands",
        Some(Hand::Changed) => "event-stands-changed",
        Some(Hand::Deleted) => "event-stands-deleted",
    };
    let text = text!(key, number = session.0);
    Ok(Answer::Say(Reply::of(&text, request.language)))
}
