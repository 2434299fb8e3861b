//! Fetching attachments: whoever holds a signed address may, until it expires.

use axum::body::Body;
use axum::http::{Response, Uri};

use super::answer::plain;
use crate::fake::Inner;

/// Answers `GET /attachments/{channel}/{id}/{name}?ex&is&hm`.
pub(crate) fn serve(house: &Inner, uri: &Uri) -> Response<Body> {
    let gone = || {
        plain(
            404,
            "text/plain",
            &[],
            "This content is no longer available.",
        )
    };
    let mut path = uri.path().split('/').skip(2);
    let mut number = || path.next().and_then(|id| id.parse::<u64>().ok());
    let (channel, id) = (number(), number());
    let name = path.next().unwrap_or_default();
    let parameter = |wanted: &str| {
        let pairs = uri.query().unwrap_or_default().split('&');
        let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value.to_owned())
    };
    let (Some(id), Some(until), Some(since), Some(signature)) =
        (id, parameter("ex"), parameter("is"), parameter("hm"))
    else {
        return gone();
    };
    house.look(|state| match state.files.get(&id) {
        Some(file)
            if Some(file.channel) == channel
                && file.is_named(name)
                && state.file_opens(id, &since, &until, &signature) =>
        {
            let kind = file
                .content_type
                .as_deref()
                .unwrap_or("application/octet-stream");
            plain(200, kind, &[], file.bytes.clone())
        }
        _ => gone(),
    })
}
