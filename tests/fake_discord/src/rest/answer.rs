//! Answers and refusals as HTTP.

use axum::body::Body;
use axum::http::Response;
use serde_json::{Value, json};

/// What a route gives.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// A successful answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Answer {
    /// 200 with a body.
    pub(crate) fn ok(body: Value) -> Outcome {
        Ok(Self {
            status: 200,
            body: Some(body),
        })
    }

    /// 201 with a body.
    pub(crate) fn created(body: Value) -> Outcome {
        Ok(Self {
            status: 201,
            body: Some(body),
        })
    }

    /// 204.
    pub(crate) fn empty() -> Outcome {
        Ok(Self {
            status: 204,
            body: None,
        })
    }

    pub(crate) fn into_response(self, headers: &[(&'static str, String)]) -> Response<Body> {
        match self.body {
            Some(body) => plain(self.status, "application/json", headers, body.to_string()),
            None => plain(self.status, "text/plain", headers, String::new()),
        }
    }
}

/// An error answer: `{"message", "code"}` and, for 50035, `errors`.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: Option<u64>,
    pub(crate) body: Value,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal with Discord's code and words.
    pub(crate) fn new(status: u16, code: u64, message: &str) -> Self {
        let body = json!({"message": message, "code": code});
        Self {
            status,
            code: Some(code),
            body,
            headers: Vec::new(),
        }
    }

    pub(crate) fn no_route() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    pub(crate) fn unknown_channel() -> Self {
        Self::new(404, 10003, "Unknown Channel")
    }

    pub(crate) fn unknown_message() -> Self {
        Self::new(404, 10008, "Unknown Message")
    }

    pub(crate) fn archived() -> Self {
        Self::new(400, 50083, "Thread is archived")
    }

    /// Whose limit a 429 was.
    pub(crate) fn scope(&self) -> Option<&str> {
        let scope = self
            .headers
            .iter()
            .find(|(name, _)| *name == "x-ratelimit-scope");
        scope.map(|(_, value)| value.as_str())
    }

    pub(crate) fn into_response(self, headers: &[(&'static str, String)]) -> Response<Body> {
        let all: Vec<_> = headers.iter().cloned().chain(self.headers).collect();
        plain(self.status, "application/json", &all, self.body.to_string())
    }
}

/// A response of any kind.
pub(crate) fn plain(
    status: u16,
    content_type: &str,
    headers: &[(&'static str, String)],
    body: impl Into<Body>,
) -> Response<Body> {
    let mut response = Response::builder()
        .status(status)
        .header("content-type", content_type);
    for (name, value) in headers {
        response = response.header(*name, value);
    }
    response
        .body(body.into())
        .expect("statuses and headers here are valid")
}
