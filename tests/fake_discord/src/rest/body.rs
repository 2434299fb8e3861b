//! Reading a request: JSON, or multipart with `payload_json` and `files[n]` (reference, "Uploading
//! Files").

use std::collections::HashMap;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Query, Request as HttpRequest};
use axum::http::{Extensions, HeaderMap};
use serde_json::Value;

use super::{Call, Refusal, Route};
use crate::validation::invalid;

/// Bytes of a whole request (reference: 25 MiB).
const REQUEST_BYTES_MAX: usize = 25 * 1024 * 1024;

/// An uploaded file.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// The `n` of `files[n]`.
    pub(crate) number: Option<u64>,
    pub(crate) filename: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

/// Reads everything. A refusal comes with the call as far as it was read, for the log.
pub(crate) async fn read(request: HttpRequest) -> Result<Call, Box<(Call, Refusal)>> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let path = path.strip_prefix("/api/v10").unwrap_or(path).to_owned();
    let found = Route::of(&path);
    let query = Query::<HashMap<String, String>>::try_from_uri(&parts.uri);
    let mut call = Call {
        method: parts.method.to_string(),
        spelled: found
            .as_ref()
            .map_or(path.clone(), |(_, spelled)| (*spelled).to_owned()),
        route: found.map(|(route, _)| route),
        path,
        raw_query: parts.uri.query().unwrap_or_default().to_owned(),
        query: query.map(|Query(query)| query).unwrap_or_default(),
        body: Value::Null,
        files: Vec::new(),
        headers: parts.headers,
    };
    let Ok(bytes) = to_bytes(body, REQUEST_BYTES_MAX).await else {
        return Err(Box::new((
            call,
            Refusal::new(413, 40005, "Request entity too large"),
        )));
    };
    match understand(&call.headers, parts.extensions, bytes).await {
        Ok((body, files)) => {
            call.body = body;
            call.files = files;
            Ok(call)
        }
        Err(refusal) => Err(Box::new((call, refusal))),
    }
}

fn broken_json() -> Refusal {
    Refusal::new(400, 50109, "The request body contains invalid JSON.")
}

async fn understand(
    headers: &HeaderMap,
    extensions: Extensions,
    bytes: Bytes,
) -> Result<(Value, Vec<Upload>), Refusal> {
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    let kind = headers
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if kind.starts_with("application/json") {
        let body = serde_json::from_slice(&bytes).map_err(|_| broken_json())?;
        Ok((body, Vec::new()))
    } else if kind.starts_with("multipart/form-data") {
        understand_multipart(kind, extensions, bytes).await
    } else {
        let message = "Expected \"Content-Type\" header to be one of {'application/json'}.";
        Err(invalid("", "CONTENT_TYPE_INVALID", message))
    }
}

async fn understand_multipart(
    kind: &str,
    extensions: Extensions,
    bytes: Bytes,
) -> Result<(Value, Vec<Upload>), Refusal> {
    let broken = |_| {
        invalid(
            "",
            "MULTIPART_INVALID",
            "The multipart body cannot be read.",
        )
    };
    let mut request = HttpRequest::builder()
        .header("content-type", kind)
        .body(Body::from(bytes))
        .map_err(|_| broken_json())?;
    // They say that the limit of the whole request, checked above, is the only one.
    *request.extensions_mut() = extensions;
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| {
        invalid(
            "",
            "MULTIPART_INVALID",
            "The multipart body cannot be read.",
        )
    })?;
    let mut body = Value::Null;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "payload_json" {
            let text = field.text().await.map_err(broken)?;
            body = serde_json::from_str(&text).map_err(|_| broken_json())?;
            continue;
        }
        let number = name
            .strip_prefix("files[")
            .and_then(|rest| rest.strip_suffix(']'))
            .and_then(|number| number.parse().ok());
        let Some(filename) = field.file_name().map(str::to_owned) else {
            continue;
        };
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(broken)?;
        files.push(Upload {
            number,
            filename,
            content_type,
            bytes,
        });
    }
    Ok((body, files))
}
