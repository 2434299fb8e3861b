//! REST: one request from the socket to the answer, with everything that happens on every route:
//! faults, authority, rate limits, the OpenAPI description, and the log.
//!
//! What a route does is in the file of its noun.

mod answer;
mod body;
mod callback;
mod cdn;
mod channel;
mod command;
mod draft;
mod message;
mod route;
mod scheduled_event;
mod server;
mod thread;
mod thread_list;
mod webhook;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::{ConnectInfo, IntoMakeServiceWithConnectInfo};
use axum::extract::{DefaultBodyLimit, Request as HttpRequest, State as Extract};
use axum::http::{HeaderMap, Response};
use serde_json::Value;

pub(crate) use answer::{Answer, Outcome, Refusal};
pub(crate) use body::Upload;
pub(crate) use message::open_again as open_thread;
pub(crate) use route::Route;
pub(crate) use scheduled_event::all_json as events_json;
pub(crate) use thread::open_by_hand;

use crate::complaint::{Complaint, Side};
use crate::fake::Inner;
use crate::fault::{Line, Strike, Trouble};
use crate::rate_limit;
use crate::request::{REQUESTS_KEPT_MAX, Request};
use crate::schema;
use crate::state::State;
use crate::tls::Scissors;

/// A request, read.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// `None` where no route matches.
    pub(crate) route: Option<Route>,
    /// The route with placeholders, or the path.
    pub(crate) spelled: String,
    pub(crate) path: String,
    pub(crate) raw_query: String,
    pub(crate) query: HashMap<String, String>,
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
    pub(crate) headers: HeaderMap,
}

impl Call {
    fn line(&self) -> Line<'_> {
        Line {
            method: &self.method,
            route: &self.spelled,
            path: &self.path,
            body: &self.body,
        }
    }

    /// A parameter of the query as an id or number.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.query.get(name)?.parse().ok()
    }

    /// Whether a switch of the query is on.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.query
            .get(name)
            .is_some_and(|value| value == "true" || value == "1")
    }
}

/// The service of the TLS port.
pub(crate) fn service(house: Arc<Inner>) -> IntoMakeServiceWithConnectInfo<Router, Scissors> {
    Router::new()
        .fallback(serve)
        .layer(DefaultBodyLimit::disable())
        .with_state(house)
        .into_make_service_with_connect_info::<Scissors>()
}

async fn serve(
    Extract(house): Extract<Arc<Inner>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: HttpRequest,
) -> Response<Body> {
    if request.uri().path().starts_with("/attachments/") {
        return cdn::serve(&house, request.uri());
    }
    let call = match body::read(request).await {
        Ok(call) => call,
        Err(refused) => {
            let (call, refusal) = *refused;
            log(&house, &call, refusal.status, Some(&refusal));
            return refusal.into_response(&[]);
        }
    };
    let strike = house.change(|state| state.faults.strike(&call.line()));
    match strike {
        Some(strike) => serve_struck(&house, &scissors, &call, strike).await,
        None => serve_plainly(&house, &call),
    }
}

fn serve_plainly(house: &Inner, call: &Call) -> Response<Body> {
    let (headers, outcome) = house.change(|state| process(state, house, call));
    match outcome {
        Ok(answer) => {
            log(house, call, answer.status, None);
            answer.into_response(&headers)
        }
        Err(refusal) => {
            log(house, call, refusal.status, Some(&refusal));
            refusal.into_response(&headers)
        }
    }
}

/// A request that meets a fault, before or after it took effect.
async fn serve_struck(
    house: &Inner,
    scissors: &Scissors,
    call: &Call,
    strike: Strike,
) -> Response<Body> {
    if let Trouble::Slow(span) = strike.trouble {
        if strike.after_effect {
            let response = serve_plainly(house, call);
            tokio::time::sleep(span).await;
            return response;
        }
        tokio::time::sleep(span).await;
        return serve_plainly(house, call);
    }
    if strike.after_effect {
        // Its outcome is what the caller never learns.
        let _lost = house.change(|state| process(state, house, call));
    }
    match strike.trouble {
        Trouble::Reset => {
            log(house, call, 0, None);
            scissors.cut();
            answer::plain(502, "text/plain", &[], String::new())
        }
        Trouble::Status(status) => {
            log(house, call, status, None);
            let text = format!("upstream connect error or disconnect, status {status}");
            answer::plain(status, "text/plain", &[], text)
        }
        Trouble::Html429(seconds) => {
            log(house, call, 429, None);
            house.change(|state| state.rate_limits.note_answer(429, None));
            let page = "<!DOCTYPE html><title>Access denied | discord.com</title>".to_owned();
            answer::plain(
                429,
                "text/html",
                &[("retry-after", seconds.to_string())],
                page,
            )
        }
        Trouble::RateLimited(seconds) => {
            let refusal = rate_limit::limited(seconds, "user");
            log(house, call, 429, Some(&refusal));
            refusal.into_response(&[])
        }
        Trouble::Refused(status, code, message) => {
            let refusal = Refusal::new(status, code, &message);
            log(house, call, status, Some(&refusal));
            refusal.into_response(&[])
        }
        Trouble::Slow(_) => answer::plain(500, "text/plain", &[], String::new()),
    }
}

type Headers = Vec<(&'static str, String)>;

/// Everything between reading and answering; effects happen here.
fn process(state: &mut State, house: &Inner, call: &Call) -> (Headers, Outcome) {
    let mut headers = Headers::new();
    let outcome = admit(state, call, &mut headers).and_then(|route| {
        check_against_description(state, house, call)?;
        let answer = handle(state, call, route)?;
        check_answer(state, house, call, &answer);
        Ok(answer)
    });
    (headers, outcome)
}

/// Authority and limits.
fn admit<'a>(
    state: &mut State,
    call: &'a Call,
    headers: &mut Headers,
) -> Result<&'a Route, Refusal> {
    let agent = call
        .headers
        .get("user-agent")
        .and_then(|agent| agent.to_str().ok());
    if !agent.is_some_and(|agent| agent.starts_with("DiscordBot (")) {
        return Err(Refusal::new(403, 40333, "internal network error"));
    }
    let route = call.route.as_ref().ok_or_else(Refusal::no_route)?;
    let given = call
        .headers
        .get("authorization")
        .and_then(|given| given.to_str().ok());
    let given = given.and_then(|given| given.strip_prefix("Bot "));
    let is_open = route.is_interaction() || *route == Route::Gateway;
    if !is_open && given != Some(state.token.as_str()) {
        return Err(Refusal::new(401, 0, "401: Unauthorized"));
    }
    if let Some(limit) = state.switches.global_limit_per_second
        && !route.is_interaction()
        && let Some(refusal) = state.rate_limits.count_global(limit)
    {
        return Err(refusal);
    }
    let (counted, refusal) = state
        .rate_limits
        .count(&call.method, &call.spelled, route.major());
    headers.extend(counted.pairs());
    refusal.map_or(Ok(route), Err)
}

/// The bot's request against Discord's description. Documentation first: its rules are checked by
/// the routes with better words, so a difference is answered here only when there is one.
fn check_against_description(state: &mut State, house: &Inner, call: &Call) -> Result<(), Refusal> {
    let Some(schema) = house.schema.filter(|_| !call.body.is_null()) else {
        return Ok(());
    };
    let differences = schema.check_request(&call.method, &call.spelled, &call.body);
    if differences.is_empty() {
        return Ok(());
    }
    // Where the documentation refuses it too, its words are given.
    if let Some(route) = &call.route {
        validate(state, call, route)?;
    }
    complain(state, call, Side::Request, &differences);
    schema::as_errors(&differences).finish()
}

fn check_answer(state: &mut State, house: &Inner, call: &Call, answer: &Answer) {
    let Some(schema) = house.schema else { return };
    if !schema.knows_status(&call.method, &call.spelled, answer.status) {
        state.complaints.push(Complaint {
            side: Side::Response,
            route: format!("{} {}", call.method, call.spelled),
            detail: format!("status {} is not in the description", answer.status),
        });
    }
    if let Some(body) = &answer.body {
        let differences = schema.check_response(&call.method, &call.spelled, answer.status, body);
        complain(state, call, Side::Response, &differences);
    }
}

fn complain(state: &mut State, call: &Call, side: Side, differences: &[schema::Difference]) {
    let route = format!("{} {}", call.method, call.spelled);
    state
        .complaints
        .extend(differences.iter().map(|difference| Complaint {
            side,
            route: route.clone(),
            detail: format!("{}: {}", difference.place, difference.message),
        }));
}

/// The documentation's rules for bodies that depend on nothing but the body.
fn validate(state: &State, call: &Call, route: &Route) -> Result<(), Refusal> {
    match (call.method.as_str(), route) {
        ("POST", Route::Messages(_)) => message::validate_new(call),
        ("PATCH", Route::Message(..) | Route::WebhookMessage(..)) => message::validate_edit(call),
        ("POST", Route::Events(_)) | ("PATCH", Route::Event(..)) => scheduled_event::validate(call),
        ("POST", Route::Webhook(..)) => webhook::validate(call),
        ("POST", Route::Callback(id, _)) => callback::validate(state, call, *id),
        ("POST", Route::Threads(_) | Route::MessageThreads(..)) => thread::validate_new(call),
        ("POST" | "PUT" | "PATCH", Route::Commands(..) | Route::Command(..)) => {
            command::validate(call)
        }
        _ => Ok(()),
    }
}

fn handle(state: &mut State, call: &Call, route: &Route) -> Outcome {
    validate(state, call, route)?;
    match (call.method.as_str(), route) {
        ("GET", Route::Gateway) => server::gateway(state),
        ("GET", Route::GatewayBot) => server::gateway_bot(state),
        ("GET", Route::Application | Route::OauthApplication) => server::application(state),
        ("GET", Route::Me) => server::me(state),
        ("GET", Route::MyGuilds) => server::my_guilds(state),
        ("DELETE", Route::LeaveGuild(guild)) => server::leave(state, *guild),
        ("GET", Route::User(user)) => server::user(state, *user),
        ("GET", Route::Guild(guild)) => server::guild(state, call, *guild),
        ("GET", Route::GuildChannels(guild)) => server::channels(state, *guild),
        ("GET", Route::GuildRoles(guild)) => server::roles(state, *guild),
        ("GET", Route::GuildMember(guild, user)) => server::member(state, *guild, *user),
        ("GET", Route::ActiveThreads(guild)) => thread_list::active(state, *guild),
        ("GET", Route::Events(guild)) => scheduled_event::list(state, *guild),
        ("POST", Route::Events(guild)) => scheduled_event::create(state, call, *guild),
        ("GET", Route::Event(guild, id)) => scheduled_event::get(state, *guild, *id),
        ("PATCH", Route::Event(guild, id)) => scheduled_event::change(state, call, *guild, *id),
        ("DELETE", Route::Event(guild, id)) => scheduled_event::delete(state, *guild, *id),
        ("GET", Route::Channel(channel)) => channel::get(state, *channel),
        ("PATCH", Route::Channel(channel)) => channel::change(state, call, *channel),
        ("DELETE", Route::Channel(channel)) => channel::delete(state, *channel),
        ("POST", Route::Typing(channel)) => channel::typing(state, *channel),
        ("GET", Route::Messages(channel)) => message::list(state, call, *channel),
        ("POST", Route::Messages(channel)) => message::create(state, call, *channel),
        ("GET", Route::Message(channel, id)) => message::get(state, *channel, *id),
        ("PATCH", Route::Message(channel, id)) => message::edit(state, call, *channel, *id),
        ("DELETE", Route::Message(channel, id)) => message::delete(state, *channel, *id),
        ("POST", Route::MessageThreads(channel, id)) => {
            thread::from_message(state, call, *channel, *id)
        }
        ("POST", Route::Threads(channel)) => thread::create(state, call, *channel),
        ("GET", Route::ArchivedThreads(channel)) => thread_list::archived(state, call, *channel),
        ("GET", Route::ThreadMembers(thread)) => thread_list::members(state, *thread),
        ("PUT" | "DELETE", Route::OwnThreadMember(thread)) => {
            thread_list::join(state, call, *thread, state.application)
        }
        ("PUT" | "DELETE", Route::ThreadMember(thread, user)) => {
            thread_list::join(state, call, *thread, *user)
        }
        (_, Route::Commands(app, scope)) => command::shelf(state, call, *app, *scope),
        (_, Route::Command(app, scope, id)) => command::one(state, call, *app, *scope, *id),
        ("POST", Route::Callback(id, token)) => callback::answer(state, call, *id, token),
        ("POST", Route::Webhook(app, token)) => webhook::follow_up(state, call, *app, token),
        (_, Route::WebhookMessage(app, token, message)) => {
            webhook::message(state, call, *app, token, *message)
        }
        _ => Err(Refusal::new(405, 0, "405: Method Not Allowed")),
    }
}

fn log(house: &Inner, call: &Call, status: u16, refusal: Option<&Refusal>) {
    let reason = call
        .headers
        .get("x-audit-log-reason")
        .and_then(|reason| reason.to_str().ok());
    house.change(|state| {
        if let Some(refusal) = refusal {
            state.rate_limits.note_answer(status, refusal.scope());
        }
        if state.requests.len() >= REQUESTS_KEPT_MAX {
            state.requests.pop_front();
        }
        let at = state.now();
        state.requests.push_back(Request {
            at,
            method: call.method.clone(),
            route: call.spelled.clone(),
            path: call.path.clone(),
            query: call.raw_query.clone(),
            body: call.body.clone(),
            files: call
                .files
                .iter()
                .map(|file| file.filename.clone())
                .collect(),
            status,
            code: refusal.and_then(|refusal| refusal.code),
            audit_reason: reason.map(str::to_owned),
        });
    });
}
