//! The log of REST requests.

use chrono::{DateTime, Utc};
use serde_json::Value;

/// Requests kept; older ones are forgotten.
pub(crate) const REQUESTS_KEPT_MAX: usize = 50_000;

/// One request and how it ended.
#[derive(Clone, Debug)]
pub struct Request {
    /// When it was answered, on Discord's clock.
    pub at: DateTime<Utc>,
    /// `GET`, `POST`, …
    pub method: String,
    /// The route with placeholders, such as `/channels/{channel_id}/messages`; the path itself
    /// where no route matches.
    pub route: String,
    /// The path, without `/api/v10` and without query.
    pub path: String,
    /// The query, as sent.
    pub query: String,
    /// The JSON body (`payload_json` of a multipart request); null without one.
    pub body: Value,
    /// Names of uploaded files.
    pub files: Vec<String>,
    /// HTTP status; 0 when the connection was reset.
    pub status: u16,
    /// Discord's error code, if the answer was an error.
    pub code: Option<u64>,
    /// `X-Audit-Log-Reason`, still percent-encoded.
    pub audit_reason: Option<String>,
}
