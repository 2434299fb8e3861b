//! How far a long handler has come: it says so whenever it likes, and the dispatcher shows the latest
//! word while the answer is still awaited.

use crate::answer::Reply;
use std::sync::{Arc, Mutex, PoisonError};

/// The latest word of a handler that takes long. Only an answer that was asked more time for shows it.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Mutex<Option<Reply>>>);

impl Progress {
    /// Says how far it is; an earlier word that was not shown yet is forgotten.
    pub(crate) fn tell(&self, reply: Reply) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(reply);
    }

    /// What was said since it was last asked.
    pub(super) fn latest(&self) -> Option<Reply> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
