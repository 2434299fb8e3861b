//! Stoppages in answers: the button of their card, and the line that tells a coordinator that the desk
//! itself cannot be written to.

use crate::{
    answer::{Answer, Reply},
    card,
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{audience::Destination, id::StoppageId};

/// A stoppage as it is now, for the desk.
pub(crate) async fn answer(request: &Request, id: StoppageId) -> Result<Answer, Error> {
    permission::read_stoppage(request)?;
    let seen = card::stoppage::look(&request.app, request.office_id(), id).await?;
    let seen = seen.ok_or_else(|| Error::refuse(Text::new("refused-unknown-button")))?;
    let frame = card::stoppage::whole(&request.office, &seen, request.language);
    Ok(Answer::Say(Reply::default().embed(frame.draw())))
}

/// What a coordinator is told under any answer while the desk cannot be written to.
pub(crate) fn notice(request: &Request) -> Option<Text> {
    let stopped = request.office.stopped_at(Destination::Desk)?;
    let channel = Destination::Desk.channel(&request.office);
    request.person.coordinator.then(|| {
        text!(
            "desk-stopped",
            number = stopped.id.0,
            channel = channel.map_or_else(String::new, |channel| format!(" <#{channel}>")),
        )
    })
}

/// An answer or a refusal with the notice under it; a form has no room for it.
pub(crate) fn under(
    answer: Result<Answer, Error>,
    notice: Option<Text>,
    request_language: domain::setting::Language,
) -> Result<Answer, Error> {
    let Some(notice) = notice else {
        return answer;
    };
    let with = |reply: Reply| reply.line(&notice.say(request_language));
    match answer {
        Ok(Answer::Say(reply)) => Ok(Answer::Say(with(reply))),
        Ok(Answer::Replace(reply)) => Ok(Answer::Replace(with(reply))),
        Err(Error::Refusal(mut refusal)) => {
            refusal.text = text!(
                "refusal-and-notice",
                refusal = refusal.text,
                notice = notice
            );
            Err(Error::Refusal(refusal))
        }
        other => other,
    }
}
