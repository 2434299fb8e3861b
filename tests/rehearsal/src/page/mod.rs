//! The page: the server of the city as each of its people sees it, and their hands in it.
//!
//! A JSON interface over the clients of the stand-in, a few files, and one stream of events per open
//! page. It adds no rule of its own: what a person sees and may do is what the stand-in's client
//! shows and lets them do. Ids are text in JSON, because a script's numbers are too short for them.

mod act;
mod asset;
mod clock;
mod guard;
mod live;
mod modal;
mod people;
mod refusal;
mod room;
mod seen;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use anyhow::Context;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use fake_discord::Person;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::stage::Stage;
use modal::OpenModals;
use refusal::Refusal;

/// Largest request, in bytes: a message of 2,000 characters, or a form of five long fields.
const BODY_BYTES_MAX: usize = 128 * 1024;
/// Largest command, in bytes: a file of 10 MiB in base64, and its options.
const COMMAND_BYTES_MAX: usize = 15 * 1024 * 1024;

/// What every request needs.
#[derive(Clone)]
struct Page(Arc<Inner>);

struct Inner {
    stage: Arc<Stage>,
    modals: Mutex<OpenModals>,
    stop: CancellationToken,
}

impl Page {
    fn stage(&self) -> &Stage {
        &self.0.stage
    }

    /// The client of a person of the city.
    fn person(&self, id: &str) -> Result<Person, Refusal> {
        let stage = self.stage();
        let id: u64 = id.parse().map_err(|_| Refusal::unknown_person())?;
        let known = stage.city.people().iter().any(|person| person.id == id);
        known
            .then(|| stage.fake.person(stage.city.guild, id))
            .ok_or_else(Refusal::unknown_person)
    }

    /// A person's client, and a channel or thread it shows.
    fn room(&self, id: &str, channel: &str) -> Result<(Person, u64), Refusal> {
        let person = self.person(id)?;
        let channel: u64 = channel.parse().map_err(|_| Refusal::unknown_channel())?;
        if self.stage().fake.can_view(channel, person.id()) {
            Ok((person, channel))
        } else {
            Err(Refusal::unknown_channel())
        }
    }
}

/// Opens the page's port on loopback; 0 takes a free one.
///
/// # Errors
/// When the port cannot be had.
pub async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.with_context(|| {
        format!(
            "ポート {port} を使えません。ほかで使われていないか確かめるか、--port 0 で空いているポートを使ってください"
        )
    })
}

/// Serves the page until it is told to stop; open streams of events end then too.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    stage: Arc<Stage>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let page = Page(Arc::new(Inner {
        stage,
        modals: Mutex::new(OpenModals::default()),
        stop: stop.clone(),
    }));
    axum::serve(listener, router(page))
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
        .context("the page stopped serving")
}

fn router(page: Page) -> Router {
    let commands = DefaultBodyLimit::max(COMMAND_BYTES_MAX);
    let room = Router::new()
        .route("/messages", get(room::messages))
        .route("/files/{file}", get(room::file))
        .route("/commands", get(room::commands))
        .route("/slash", post(act::slash).layer(commands))
        .route("/autocomplete", post(act::autocomplete))
        .route("/press", post(act::press))
        .route("/select", post(act::select))
        .route("/submit", post(act::submit))
        .route("/menu", post(act::menu))
        .route("/say", post(act::say))
        .route("/dismiss", post(act::dismiss));
    Router::new()
        .route("/", get(asset::index))
        .route("/page/{name}", get(asset::file))
        .route("/api/people", get(people::list))
        .route("/api/people/{person}/channels", get(room::channels))
        .route("/api/people/{person}/events", get(live::events))
        .nest("/api/people/{person}/channels/{channel}", room)
        .route("/api/clock", get(clock::look).post(clock::advance))
        .route("/api/seen", get(seen::who))
        .fallback(async || Refusal::nothing_here())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn(guard::keep_strangers_out))
        .with_state(page)
}
