//! The desk's weekly digest (週のまとめ): what waits, what is coming, what has been forgotten, by number,
//! with the command that shows the rest. Drawn when it is sent; the button below it shows it as it is
//! then.

pub(crate) mod schedule;
mod section;
pub(crate) mod week;

use crate::{
    answer::{Answer, Reply},
    custom_id,
    error::Error,
    permission,
    request::Request,
    text::Text,
};
use chrono::NaiveTime;
use domain::occurrence::Moment;

pub(crate) use section::frame;
pub(crate) use week::Week;

/// The button below a digest, pressed by whoever reads the desk: as it is now.
pub(crate) async fn now(request: &Request) -> Result<Answer, Error> {
    permission::read_stoppage(request)?;
    let moment = Moment {
        date: request.today(),
        time: NaiveTime::MIN,
    };
    let (app, office) = (&request.app, &request.office);
    let week = week::read(app, office, moment, moment.date, request.now).await?;
    let framed = frame(&request.office, &week, request.language);
    Ok(Answer::Say(Reply::default().embed(framed.draw())))
}

/// A button of the digest, of its schedule or of the yearly round was pressed.
pub(crate) async fn pressed(request: &Request, action: custom_id::Round) -> Result<Answer, Error> {
    match action {
        custom_id::Round::Digest => now(request).await,
        custom_id::Round::Handover => crate::handover::made(request).await,
        custom_id::Round::Undo(draft) => schedule::take_back(request, draft).await,
        custom_id::Round::Ask(gathering) => crate::round::ask(request, gathering),
        custom_id::Round::Plan(_) => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}
