//! `GET /api/people/{person}/events`: "something you can see has changed", as server-sent events.
//!
//! Carries no content, only `server`, or `messages` with a channel's id; the page asks for the new
//! view, which is made for the same person.

use std::convert::Infallible;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use fake_discord::Change;
use futures::{Stream, StreamExt};

use super::Page;
use super::refusal::Refusal;

pub(super) async fn events(
    State(page): State<Page>,
    Path(person): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>> + use<>>, Refusal> {
    let person = page.person(&person)?;
    let changes = page
        .stage()
        .fake
        .subscribe(&person)
        .map(|change| Ok(event(change)));
    // A stream that goes on would hold up the end of the program.
    let until_the_end = changes.take_until(page.0.stop.clone().cancelled_owned());
    Ok(Sse::new(until_the_end).keep_alive(KeepAlive::default()))
}

fn event(change: Change) -> Event {
    match change {
        Change::Server => Event::default().event("server").data(""),
        Change::Messages(channel) => Event::default().event("messages").data(channel.to_string()),
    }
}
