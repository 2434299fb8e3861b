//! Scheduled events over REST (resources/guild-scheduled-event). Only events elsewhere (EXTERNAL) are
//! built; an answer 501 says so of the others, of pictures and of recurrence.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Answer, Call, Outcome, Refusal};
use crate::permission::CREATE_EVENTS;
use crate::scheduled_event::{EventStatus, ScheduledEvent, may_change};
use crate::state::State;
use crate::validation::{Errors, invalid};

/// Most events of a server that are scheduled or active (30038).
const EVENTS_MAX: usize = 100;
/// The lengths of the documentation: name, description, location.
const NAME_MAX: usize = 100;
const DESCRIPTION_MAX: usize = 1000;
const LOCATION_MAX: usize = 100;
/// The number of an event elsewhere.
const EXTERNAL: u64 = 3;
/// The only level of privacy there is.
const GUILD_ONLY: u64 = 2;

/// The documentation's rules that depend on nothing but the body.
pub(crate) fn validate(call: &Call) -> Result<(), Refusal> {
    let (body, is_new) = (&call.body, call.method == "POST");
    let mut errors = Errors::default();
    errors.between("name", &body["name"], (1, NAME_MAX), is_new);
    errors.at_most("description", &body["description"], DESCRIPTION_MAX);
    let location = &body["entity_metadata"]["location"];
    let asks_location = is_new || !body["entity_metadata"].is_null();
    errors.between(
        "entity_metadata.location",
        location,
        (1, LOCATION_MAX),
        asks_location,
    );
    for field in ["scheduled_start_time", "scheduled_end_time"] {
        let given = &body[field];
        if given.is_null() && is_new {
            errors.required(field);
        } else if !given.is_null() && time(given).is_none() {
            errors.add(
                field,
                "BASE_TYPE_INVALID",
                "Not a well formed ISO8601 timestamp.",
            );
        }
    }
    if is_new && body["privacy_level"].as_u64() != Some(GUILD_ONLY) {
        errors.choices("privacy_level", &[GUILD_ONLY]);
    }
    errors.finish()
}

/// What is not built is said, and not guessed.
fn refuse_unbuilt(body: &Value) -> Result<(), Refusal> {
    let kind = body["entity_type"].as_u64().unwrap_or(EXTERNAL);
    let asks = |field: &str| !body[field].is_null();
    if kind != EXTERNAL || asks("channel_id") || asks("image") || asks("recurrence_rule") {
        return Err(Refusal::new(501, 0, "the stand-in does not build this"));
    }
    Ok(())
}

fn time(value: &Value) -> Option<DateTime<Utc>> {
    let read = DateTime::parse_from_rfc3339(value.as_str()?).ok()?;
    Some(read.with_timezone(&Utc))
}

fn reachable(state: &State, guild: u64) -> Result<(), Refusal> {
    if state.bot_in(guild) {
        Ok(())
    } else {
        Err(Refusal::new(404, 10004, "Unknown Guild"))
    }
}

fn found(state: &State, guild: u64, id: u64) -> Result<ScheduledEvent, Refusal> {
    reachable(state, guild)?;
    let event = state.events.get(&id).filter(|event| event.guild == guild);
    event
        .cloned()
        .ok_or_else(|| Refusal::new(404, 10070, "Unknown Guild Scheduled Event"))
}

/// `GET /guilds/{id}/scheduled-events`: what is over is not among them (experience).
pub(crate) fn list(state: &mut State, guild: u64) -> Outcome {
    reachable(state, guild)?;
    state.turn_events();
    let events = state.events_of(guild).map(|event| state.event_json(event));
    Answer::ok(events.collect::<Vec<Value>>().into())
}

/// `GET /guilds/{id}/scheduled-events/{event}`: what is over can still be read, unless it was deleted,
/// or the switch says that Discord has cleared it away (nothing is documented).
pub(crate) fn get(state: &mut State, guild: u64, id: u64) -> Outcome {
    state.turn_events();
    let event = found(state, guild, id)?;
    if event.status.is_final() && state.switches.events_cleared {
        return Err(Refusal::new(404, 10070, "Unknown Guild Scheduled Event"));
    }
    Answer::ok(state.event_json(&event))
}

/// `POST /guilds/{id}/scheduled-events`.
pub(crate) fn create(state: &mut State, call: &Call, guild: u64) -> Outcome {
    reachable(state, guild)?;
    state.turn_events();
    if state.guild_permissions(guild, state.application) & CREATE_EVENTS == 0 {
        return Err(Refusal::missing_permissions());
    }
    refuse_unbuilt(&call.body)?;
    if state.events_of(guild).count() >= EVENTS_MAX {
        let words = "Maximum number of uncompleted guild scheduled events reached (100)";
        return Err(Refusal::new(400, 30038, words));
    }
    let (id, creator) = (state.fresh_id(), state.application);
    let mut event = ScheduledEvent {
        id,
        guild,
        creator,
        name: String::new(),
        description: None,
        location: String::new(),
        start: state.event_now(),
        end: state.event_now(),
        status: EventStatus::Scheduled,
    };
    apply(state, &mut event, &call.body)?;
    let answer = state.event_json(&event);
    state.put_event(event, "GUILD_SCHEDULED_EVENT_CREATE");
    Answer::ok(answer)
}

/// `PATCH /guilds/{id}/scheduled-events/{event}`.
pub(crate) fn change(state: &mut State, call: &Call, guild: u64, id: u64) -> Outcome {
    state.turn_events();
    let mut event = changeable(state, guild, id)?;
    refuse_unbuilt(&call.body)?;
    if event.status.is_final() {
        return Err(finished());
    }
    if let Some(number) = call.body["status"].as_u64() {
        let next = EventStatus::of_number(number);
        let next = next.ok_or_else(|| invalid_status(number))?;
        if next != event.status && !event.status.may_become(next) {
            return Err(invalid_status(number));
        }
        event.status = next;
    }
    apply(state, &mut event, &call.body)?;
    let answer = state.event_json(&event);
    state.put_event(event, "GUILD_SCHEDULED_EVENT_UPDATE");
    Answer::ok(answer)
}

/// `DELETE /guilds/{id}/scheduled-events/{event}`.
pub(crate) fn delete(state: &mut State, guild: u64, id: u64) -> Outcome {
    state.turn_events();
    changeable(state, guild, id)?;
    state.remove_event(id);
    Answer::empty()
}

fn changeable(state: &State, guild: u64, id: u64) -> Result<ScheduledEvent, Refusal> {
    let event = found(state, guild, id)?;
    if may_change(state, &event, state.application) {
        Ok(event)
    } else {
        Err(Refusal::missing_permissions())
    }
}

fn finished() -> Refusal {
    Refusal::new(400, 180_000, "Cannot update a finished event")
}

/// The code word is experience.
fn invalid_status(number: u64) -> Refusal {
    let message = format!("Invalid Guild Scheduled Event Status Transition to {number}");
    invalid("status", "GUILD_SCHEDULED_EVENT_INVALID_STATUS", message)
}

/// Lays what the body says onto the event. A start that is sent must lie ahead while the event has not
/// begun; an end must come after its start. The code words are experience.
fn apply(state: &State, event: &mut ScheduledEvent, body: &Value) -> Result<(), Refusal> {
    if let Some(name) = body["name"].as_str() {
        name.trim().clone_into(&mut event.name);
    }
    if let Some(description) = body.get("description") {
        let words = description.as_str().map(str::trim);
        event.description = words.filter(|words| !words.is_empty()).map(str::to_owned);
    }
    if let Some(location) = body["entity_metadata"]["location"].as_str() {
        location.trim().clone_into(&mut event.location);
    }
    if let Some(start) = time(&body["scheduled_start_time"]) {
        if start != event.start {
            if event.status != EventStatus::Scheduled {
                let words = "Cannot change the start of an event that has begun";
                return Err(invalid(
                    "scheduled_start_time",
                    "GUILD_SCHEDULED_EVENT_ACTIVE",
                    words,
                ));
            }
            if start < state.event_now() {
                let words = "Cannot schedule event in the past.";
                return Err(invalid(
                    "scheduled_start_time",
                    "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
                    words,
                ));
            }
        }
        event.start = start;
    }
    if let Some(end) = time(&body["scheduled_end_time"]) {
        event.end = end;
    }
    if event.end <= event.start {
        let words = "Cannot schedule event to end before start.";
        return Err(invalid(
            "scheduled_end_time",
            "GUILD_SCHEDULED_EVENT_END_BEFORE_START",
            words,
        ));
    }
    Ok(())
}

/// Everything a member's client gets of the events of a server, in `GUILD_CREATE`.
pub(crate) fn all_json(state: &State, guild: u64) -> Value {
    let events = state.events_of(guild).map(|event| state.event_json(event));
    json!(events.collect::<Vec<Value>>())
}
