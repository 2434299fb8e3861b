//! What is kept of a memo in its history: codes and days. Its words never change and stand with it only.

use domain::memo::Memo;
use serde_json::{Value, json};

/// The state of a memo, as the history keeps it.
pub(crate) fn of(memo: &Memo) -> Value {
    json!({
        "destination": memo.destination.code(),
        "schedule": memo.cadence.written(),
        "next": memo.next.map(|next| format!("{} {}", next.date, next.time.format("%H:%M"))),
        "turn": memo.turn,
        "state": memo.state.code(),
        "revision": memo.revision,
    })
}
