//! Answers that are no success: a status, a code for programs, Japanese words for people.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fake_discord::NotAllowed;
use serde_json::json;

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// Nobody in the city has this id.
    pub(super) fn unknown_person() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown-person",
            "その人はこの街にいません。",
        )
    }

    /// This person's client shows no such channel; whether it exists is not told.
    pub(super) fn unknown_channel() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown-channel",
            "そのチャンネルは、ないか、この人には見えません。",
        )
    }

    /// No such page or file.
    pub(super) fn nothing_here() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "nothing-here",
            "ここには何もありません。",
        )
    }

    /// The form was sent already, or is another person's.
    pub(super) fn unknown_modal() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown-modal",
            "この入力欄はもう使えません。はじめからもう一度お試しください。",
        )
    }

    /// A value that cannot be meant.
    pub(super) fn bad_value(message: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-value", message)
    }

    /// Not from this page.
    pub(super) fn foreign(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "foreign", message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (
            self.status,
            Json(json!({"code": self.code, "message": self.message})),
        )
            .into_response()
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        let message = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "送る内容が大きすぎます。",
            _ => "送られた内容を読みとれません。",
        };
        Self::new(rejection.status(), "bad-body", message)
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(
            rejection.status(),
            "bad-query",
            "アドレスの「?」から後を読みとれません。",
        )
    }
}

impl From<NotAllowed> for Refusal {
    fn from(refused: NotAllowed) -> Self {
        // The stand-in's reason is for programmers; the people of an office get the gist.
        tracing::debug!(reason = %refused, "the client of a person refused");
        Self::new(
            StatusCode::CONFLICT,
            "not-allowed",
            "この人には、ここでその操作はできません（Discord と同じ決まりです）。",
        )
    }
}
