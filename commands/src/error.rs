//! Why there is no ordinary answer: a refusal (their situation) or a fault (ours).
//!
//! A refusal is a polite sentence that says what to do next. A fault is logged once, where it is
//! handled, with a number the person is shown; its text never carries wording or names.

use crate::text::Text;
use serenity::all::CreateActionRow;

/// What ends a handler without its ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person can do something about it.
    #[error("refused")]
    Refusal(Box<Refusal>),
    /// Another delivery of the same interaction has done the work and gives the answer.
    #[error("the interaction was handled already")]
    HandledAlready,
    /// The database failed us.
    #[error("storage: {0}")]
    Storage(#[from] storage::Error),
    /// What cannot be, short and without content.
    #[error("{0}")]
    Fault(&'static str),
}

/// A refusal, with the buttons that lead on.
#[derive(Debug)]
pub struct Refusal {
    /// What is the matter, and what to do next.
    pub text: Text,
    /// Buttons that lead on.
    pub rows: Vec<CreateActionRow>,
}

impl Error {
    /// A refusal with words only.
    #[must_use]
    pub fn refuse(text: Text) -> Self {
        Self::Refusal(Box::new(Refusal {
            text,
            rows: Vec::new(),
        }))
    }

    /// A refusal with buttons that lead on.
    #[must_use]
    pub fn refuse_with(text: Text, rows: Vec<CreateActionRow>) -> Self {
        Self::Refusal(Box::new(Refusal { text, rows }))
    }
}
