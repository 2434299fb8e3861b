//! Stoppages (送信の停止) as far as rules and answers need them: which channels nothing is sent to now.
//!
//! What hinders, and what is told at the desk, is kept by storage; an office carries only what is open.

use crate::{audience::Destination, id::StoppageId};

/// A channel use that nothing is sent to now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// The stoppage; people read it as 停止 3.
    pub id: StoppageId,
    /// The use of the channel.
    pub destination: Destination,
    /// Why: a stable word such as `drift-everyone`.
    pub code: String,
    /// Others can read what stands in the channel (DESIGN section 2, rule 5).
    pub widens: bool,
}
