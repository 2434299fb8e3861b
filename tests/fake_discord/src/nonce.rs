//! Nonces: the same one by the same author within the window names the message that is already
//! there, if the sender asked for that (resources/message, "Create Message", `enforce_nonce`).
//!
//! Only Create Message knows them; whether the channel counts is not published, so it does not.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

/// Messages by author and nonce.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    sent: HashMap<(u64, String), (u64, DateTime<Utc>)>,
}

/// Numbers and strings name the same nonce.
fn key(author: u64, nonce: &Value) -> (u64, String) {
    let text = nonce
        .as_str()
        .map_or_else(|| nonce.to_string(), str::to_owned);
    (author, text)
}

impl Nonces {
    /// The message sent with this nonce within the window before `now`.
    pub(crate) fn find(
        &self,
        author: u64,
        nonce: &Value,
        now: DateTime<Utc>,
        window: Duration,
    ) -> Option<u64> {
        let (message, at) = self.sent.get(&key(author, nonce))?;
        let age = (now - *at).to_std().unwrap_or_default();
        (age <= window).then_some(*message)
    }

    pub(crate) fn remember(&mut self, author: u64, nonce: &Value, message: u64, at: DateTime<Utc>) {
        self.sent.insert(key(author, nonce), (message, at));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_nonce_is_forgotten_after_the_window() {
        let mut nonces = Nonces::default();
        let start = crate::clock::machine_now();
        let window = Duration::from_secs(120);
        nonces.remember(1, &json!("a"), 9, start);
        let at = |seconds| start + chrono::Duration::seconds(seconds);
        assert_eq!(nonces.find(1, &json!("a"), at(120), window), Some(9));
        assert_eq!(nonces.find(1, &json!("a"), at(121), window), None);
        assert_eq!(nonces.find(2, &json!("a"), at(1), window), None);
        assert_eq!(nonces.find(1, &json!("b"), at(1), window), None);
    }
}
