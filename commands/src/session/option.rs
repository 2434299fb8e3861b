//! The option `session` of commands about issues: read in one way by all of them.

use crate::{error::Error, request::Request, text, text::Text};
use domain::{id::SessionId, session::Session};

/// Reads the option `session`: the session of a number, as suggestions give it.
///
/// # Errors
/// Refused when there is none the person may know of, whichever of the two it is.
pub(crate) async fn chosen(
    request: &Request,
    written: Option<&str>,
) -> Result<Option<Session>, Error> {
    match written.map(str::trim).filter(|written| !written.is_empty()) {
        Some(written) => super::find(request, number(written)?).await.map(Some),
        None => Ok(None),
    }
}

/// As [`chosen`], for issues that are about to be written down as said there.
///
/// # Errors
/// As [`chosen`], and when the session is only proposed or was cancelled.
pub(crate) async fn taking_issues(
    request: &Request,
    written: Option<&str>,
) -> Result<Option<Session>, Error> {
    let session = chosen(request, written).await?;
    session.map(|session| checked(request, session)).transpose()
}

/// Asked again when a form or a preview comes back: the session may have been cancelled meanwhile, and
/// the person's roles may have changed.
///
/// # Errors
/// As [`taking_issues`].
pub(crate) async fn still_takes_issues(
    request: &Request,
    session: Option<SessionId>,
) -> Result<(), Error> {
    if let Some(id) = session {
        checked(request, super::find(request, id).await?)?;
    }
    Ok(())
}

fn checked(request: &Request, session: Session) -> Result<Session, Error> {
    if session.takes_issues() {
        return Ok(session);
    }
    Err(Error::refuse(text!(
        "refused-session-takes-no-issues",
        name = super::word::name(&session, request.language),
        state = Text::new(format!("word-session-state-{}", session.state.code())),
    )))
}

/// Reads `3`, `#3`, `session:3`.
///
/// # Errors
/// Refused with what works.
pub(crate) fn number(written: &str) -> Result<SessionId, Error> {
    let plain = domain::text::normalise(written);
    let plain = plain.trim();
    let digits = plain
        .strip_prefix("session:")
        .unwrap_or(plain)
        .trim_start_matches('#');
    digits
        .parse::<i64>()
        .ok()
        .filter(|number| *number > 0)
        .map(SessionId)
        .ok_or_else(|| Error::refuse(Text::new("refused-not-a-session")))
}
