//! What a person's client shows: the server's events, channels with their posts, messages, and what can
//! be typed.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use fake_discord::{
    AttachmentView, ChannelKind, ChannelView, CommandView, EventStatus, MessageView, OptionView,
    ScheduledEvent,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::Page;
use super::refusal::Refusal;
use crate::stage::Stage;

#[derive(Serialize)]
pub(super) struct Server {
    /// What stands in the server's own list, the next one first.
    events: Vec<Event>,
    categories: Vec<Category>,
    names: Names,
}

#[derive(Serialize)]
struct Category {
    name: Option<String>,
    channels: Vec<Channel>,
}

#[derive(Serialize)]
struct Channel {
    id: String,
    name: String,
    kind: &'static str,
    topic: Option<String>,
    writable: bool,
    threads: Vec<Thread>,
}

#[derive(Serialize)]
struct Thread {
    id: String,
    name: String,
    archived: bool,
    writable: bool,
    tags: Vec<String>,
    count: u64,
}

/// An event as everybody in the server sees it.
#[derive(Serialize)]
struct Event {
    id: String,
    name: String,
    description: Option<String>,
    location: String,
    start: String,
    end: String,
    /// Whether it has begun.
    active: bool,
}

/// What mentions are called, and what pickers offer.
#[derive(Serialize)]
struct Names {
    users: BTreeMap<String, String>,
    roles: BTreeMap<String, String>,
    /// Only channels this person sees; a client knows no more.
    channels: BTreeMap<String, String>,
}

pub(super) async fn channels(
    State(page): State<Page>,
    Path(person): Path<String>,
) -> Result<Json<Server>, Refusal> {
    let person = page.person(&person)?;
    let mut events = person.events();
    events.sort_by_key(|event| (event.start, event.id));
    let views = person.channels();
    let names = names(page.stage(), &views);
    let mut categories: Vec<Category> = Vec::new();
    let headings = |id: u64| {
        views
            .iter()
            .find(|view| view.id == id)
            .map(|view| view.name.clone())
    };
    let mut last = None;
    for view in views
        .iter()
        .filter(|view| view.kind != ChannelKind::Category)
    {
        if categories.is_empty() || last != view.category {
            last = view.category;
            categories.push(Category {
                name: last.and_then(headings),
                channels: Vec::new(),
            });
        }
        if let Some(category) = categories.last_mut() {
            category.channels.push(channel(view));
        }
    }
    Ok(Json(Server {
        events: events.into_iter().map(event).collect(),
        categories,
        names,
    }))
}

fn event(event: ScheduledEvent) -> Event {
    Event {
        id: event.id.to_string(),
        active: event.status == EventStatus::Active,
        start: event.start.to_rfc3339_opts(SecondsFormat::Secs, true),
        end: event.end.to_rfc3339_opts(SecondsFormat::Secs, true),
        name: event.name,
        description: event.description,
        location: event.location,
    }
}

fn names(stage: &Stage, views: &[ChannelView]) -> Names {
    let mut channels = BTreeMap::new();
    for view in views
        .iter()
        .filter(|view| view.kind != ChannelKind::Category)
    {
        channels.insert(view.id.to_string(), view.name.clone());
        channels.extend(
            view.threads
                .iter()
                .map(|thread| (thread.id.to_string(), thread.name.clone())),
        );
    }
    let people = stage.city.people().iter();
    let mut users: BTreeMap<String, String> = people
        .map(|person| (person.id.to_string(), person.name.clone()))
        .collect();
    users.insert(
        stage.fake.application_id().to_string(),
        Stage::BOT_NAME.to_owned(),
    );
    let roles = stage
        .roles()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    Names {
        users,
        roles,
        channels,
    }
}

fn channel(view: &ChannelView) -> Channel {
    Channel {
        id: view.id.to_string(),
        name: view.name.clone(),
        kind: kind(view.kind),
        topic: view.topic.clone(),
        writable: view.writable,
        // Newest first, as a client lists posts.
        threads: view.threads.iter().rev().map(thread).collect(),
    }
}

fn thread(view: &fake_discord::ThreadView) -> Thread {
    Thread {
        id: view.id.to_string(),
        name: view.name.clone(),
        archived: view.archived,
        writable: !view.locked,
        tags: view.tags.clone(),
        count: view.message_count,
    }
}

fn kind(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Forum | ChannelKind::Media => "forum",
        ChannelKind::Voice | ChannelKind::Stage => "voice",
        ChannelKind::Announcement => "announcement",
        kind if kind.is_thread() => "thread",
        _ => "text",
    }
}

pub(super) async fn messages(
    State(page): State<Page>,
    Path((person, channel)): Path<(String, String)>,
) -> Result<Json<Value>, Refusal> {
    let (person, channel) = page.room(&person, &channel)?;
    let bot = page.stage().fake.application_id();
    let files = format!("/api/people/{}/channels/{channel}/files", person.id());
    let messages: Vec<Value> = person
        .messages(channel)
        .iter()
        .map(|message| message_json(message, bot, &files))
        .collect();
    Ok(Json(json!({"messages": messages})))
}

/// A message for the page.
fn message_json(message: &MessageView, bot: u64, files: &str) -> Value {
    let is_bot = message.author == bot;
    let name = if is_bot {
        Stage::BOT_NAME
    } else {
        &message.author_name
    };
    let file = |file: &AttachmentView| {
        json!({
            "name": file.filename,
            "description": file.description,
            "bytes": file.size,
            "picture": is_picture(file),
            "address": format!("{files}/{}", file.id),
        })
    };
    json!({
        "id": message.id.to_string(),
        "author": {"id": message.author.to_string(), "name": name, "bot": is_bot},
        "at": message.sent_at,
        "edited": message.edited,
        "ephemeral": message.ephemeral,
        "loading": message.loading,
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "files": message.attachments.iter().map(file).collect::<Vec<_>>(),
        "thread": message.thread.map(|thread| thread.to_string()),
        "replies_to": message.replies_to.map(|message| message.to_string()),
    })
}

/// Whether a client shows it instead of offering it.
fn is_picture(file: &AttachmentView) -> bool {
    file.filename.ends_with(".png")
}

/// `GET …/files/{file}`: a file of a message that the person sees in the channel.
pub(super) async fn file(
    State(page): State<Page>,
    Path((person, channel, file)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let (person, channel) = page.room(&person, &channel)?;
    let seen = person.messages(channel);
    let mut files = seen.iter().flat_map(|message| &message.attachments);
    let found = files.find(|one| one.id.to_string() == file);
    let found = found.ok_or_else(Refusal::nothing_here)?;
    let kept = page.stage().fake.file(found.id);
    let kept = kept.ok_or_else(Refusal::nothing_here)?;
    // Whatever a person has attached is never opened by the browser, but for pictures.
    let (kind, disposition) = if is_picture(found) {
        ("image/png", "inline")
    } else {
        ("application/octet-stream", "attachment")
    };
    let headers = [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, kept.bytes).into_response())
}

pub(super) async fn commands(
    State(page): State<Page>,
    Path((person, channel)): Path<(String, String)>,
) -> Result<Json<Value>, Refusal> {
    let (person, channel) = page.room(&person, &channel)?;
    let commands: Vec<Value> = person.commands(channel).iter().map(command_json).collect();
    Ok(Json(json!({"commands": commands})))
}

fn command_json(command: &CommandView) -> Value {
    json!({
        "kind": match command.kind { 2 => "user", 3 => "message", _ => "slash" },
        "path": command.path,
        "display": command.display,
        "description": command.description,
        "options": command.options.iter().map(option_json).collect::<Vec<_>>(),
    })
}

fn option_json(option: &OptionView) -> Value {
    let choice = |(display, value): &(String, Value)| json!({"display": display, "value": value});
    json!({
        "name": option.name,
        "display": option.display,
        "description": option.description,
        "kind": option.kind,
        "required": option.required,
        "autocomplete": option.autocomplete,
        "choices": option.choices.iter().map(choice).collect::<Vec<_>>(),
    })
}
