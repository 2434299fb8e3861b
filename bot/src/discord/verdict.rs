//! What an answer of Discord means for whoever asked.
//!
//! Nothing of an error but its code goes further: serenity's texts quote addresses (with tokens of
//! interactions in them) and parts of what was sent.

use serenity::{Error, all::HttpError};
use std::time::Duration;

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome<T> {
    /// It was done.
    Done(T),
    /// The message, thread, channel, event or member it is about does not exist.
    Gone,
    /// The thread is archived; it has to be opened first.
    Archived,
    /// Discord will not do it until a person changes something; a code such as `discord-50013`.
    Refused(String),
    /// It was not done; another time it may be.
    Again(Duration),
    /// It may or may not have been done. `true` when Discord has answered, so that nothing is on its
    /// way any more.
    Doubtful(bool),
}

/// The wait when Discord is not reached or asks for patience without saying how much.
const PATIENCE: Duration = Duration::from_secs(5);

/// Unknown Channel, Unknown Member, Unknown Message, Unknown User, Unknown Guild Scheduled Event
/// (topics/opcodes-and-status-codes).
const GONE: [isize; 5] = [10_003, 10_007, 10_008, 10_013, 10_070];
/// Thread is archived.
const ARCHIVED: isize = 50_083;

impl<T> Outcome<T> {
    /// The same with another value.
    pub(crate) fn map<U>(self, with: impl FnOnce(T) -> U) -> Outcome<U> {
        self.then(|value| Outcome::Done(with(value)))
    }

    /// What comes of the value; the same where there is none.
    pub(crate) fn then<U>(self, with: impl FnOnce(T) -> Outcome<U>) -> Outcome<U> {
        match self {
            Self::Done(value) => with(value),
            Self::Gone => Outcome::Gone,
            Self::Archived => Outcome::Archived,
            Self::Refused(code) => Outcome::Refused(code),
            Self::Again(after) => Outcome::Again(after),
            Self::Doubtful(answered) => Outcome::Doubtful(answered),
        }
    }

    /// A word for logs; no content.
    pub(crate) fn reason(&self) -> &str {
        match self {
            Self::Done(_) => "done",
            Self::Gone => "gone",
            Self::Archived => "archived",
            Self::Refused(code) => code,
            Self::Again(_) => "unreachable",
            Self::Doubtful(_) => "doubtful",
        }
    }

    /// Both, or the first that was not done.
    pub(crate) fn and<U>(self, other: Outcome<U>) -> Outcome<(T, U)> {
        self.then(|value| other.map(|also| (value, also)))
    }

    /// For requests that change nothing: doubt is only a reason to ask again.
    pub(crate) fn of_reading(self) -> Self {
        match self {
            Self::Doubtful(_) => Self::Again(PATIENCE),
            other => other,
        }
    }

    /// Judges what serenity returned.
    pub(crate) fn judge(result: Result<T, Error>) -> Self {
        match result {
            Ok(value) => Self::Done(value),
            Err(Error::Http(HttpError::UnsuccessfulRequest(answer))) => {
                Self::of_status(answer.status_code.as_u16(), answer.error.code)
            }
            Err(Error::Http(HttpError::Request(error))) => Self::of_transport(&error),
            // A success whose answer could not be read, or a header that could not be.
            Err(_) => Self::Doubtful(true),
        }
    }

    /// Judges an answer of Discord that is no success.
    pub(super) fn of_status(status: u16, code: isize) -> Self {
        match status {
            400 if code == ARCHIVED => Self::Archived,
            404 if GONE.contains(&code) => Self::Gone,
            // The token is refused; the gateway will say so too and end the program.
            401 => Self::Again(PATIENCE * 6),
            429 => Self::Again(PATIENCE),
            400..=499 if code > 0 => Self::Refused(format!("discord-{code}")),
            400..=499 => Self::Refused(format!("http-{status}")),
            _ => Self::Doubtful(true),
        }
    }

    /// Judges a request that got no answer.
    pub(super) fn of_transport(error: &reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() {
            Self::Again(PATIENCE)
        } else {
            Self::Doubtful(false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_of_discord_has_a_meaning() {
        for (status, code, meaning) in [
            (404, 10_008, Outcome::<()>::Gone),
            (404, 10_003, Outcome::Gone),
            (404, 10_070, Outcome::Gone),
            (404, 10_007, Outcome::Gone),
            (404, 10_013, Outcome::Gone),
            (400, 50_083, Outcome::Archived),
            (403, 50_013, Outcome::Refused("discord-50013".into())),
            (403, 50_001, Outcome::Refused("discord-50001".into())),
            (400, 50_035, Outcome::Refused("discord-50035".into())),
            (404, 10_004, Outcome::Refused("discord-10004".into())),
            (403, -1, Outcome::Refused("http-403".into())),
            (401, 0, Outcome::Again(Duration::from_secs(30))),
            (429, 0, Outcome::Again(Duration::from_secs(5))),
            (500, -1, Outcome::Doubtful(true)),
            (503, 0, Outcome::Doubtful(true)),
        ] {
            assert_eq!(
                Outcome::<()>::of_status(status, code),
                meaning,
                "{status} {code}"
            );
        }
    }

    #[test]
    fn doubt_about_reading_is_no_harm() {
        assert_eq!(
            Outcome::<()>::Doubtful(false).of_reading(),
            Outcome::Again(PATIENCE)
        );
        assert_eq!(Outcome::Done(1).of_reading(), Outcome::Done(1));
    }
}
