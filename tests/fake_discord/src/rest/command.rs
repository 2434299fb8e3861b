//! Registration of commands, global and per server (interactions/application-commands).

use serde_json::Value;

use super::{Answer, Call, Outcome, Refusal};
use crate::command::{CREATED_PER_DAY_MAX, Scope, id_of, kind, kind_of};
use crate::state::State;
use crate::subscription::Change;
use crate::validation::{Errors, command as rules, invalid};

/// How many commands of one type a scope holds.
fn count_max(kind: u64) -> usize {
    // The limit of context menus was raised from 5 to 15 in March 2026.
    if kind == kind::CHAT_INPUT { 100 } else { 15 }
}

pub(crate) fn validate(call: &Call) -> Result<(), Refusal> {
    let mut errors = Errors::default();
    match (&call.body, call.method.as_str()) {
        (Value::Array(commands), "PUT") => rules::check_bulk(&mut errors, commands),
        (Value::Object(_), "POST") => rules::check(&mut errors, "", &call.body, true),
        (Value::Object(_), "PATCH") => rules::check(&mut errors, "", &call.body, false),
        _ => {
            let message = "Only dictionaries may be used in this type.";
            return Err(invalid("", "DICT_TYPE_CONVERT", message));
        }
    }
    errors.finish()
}

fn check_owner(state: &State, app: u64, scope: Scope) -> Result<(), Refusal> {
    if app != state.application {
        return Err(Refusal::new(
            403,
            20012,
            "You are not authorized to perform this action on this application",
        ));
    }
    match scope {
        Some(guild) if !state.bot_in(guild) => Err(Refusal::missing_access()),
        _ => Ok(()),
    }
}

/// GET, POST and PUT of all commands of a scope.
pub(crate) fn shelf(state: &mut State, call: &Call, app: u64, scope: Scope) -> Outcome {
    check_owner(state, app, scope)?;
    match call.method.as_str() {
        "GET" => {
            let full = call.is_set("with_localizations");
            let shown = state
                .commands
                .all(scope)
                .map(|command| shown(command, full));
            Answer::ok(shown.collect())
        }
        "POST" => create(state, &call.body, scope),
        "PUT" => overwrite(state, &call.body, scope),
        _ => Err(Refusal::new(405, 0, "405: Method Not Allowed")),
    }
}

/// A command as lists give it: without the translations unless they are asked for.
fn shown(command: &Value, full: bool) -> Value {
    let mut command = command.clone();
    if !full {
        strip_translations(&mut command);
    }
    command
}

fn strip_translations(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !name.ends_with("_localizations"));
            fields.values_mut().for_each(strip_translations);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_translations),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Keeps a command under the id of its namesake, or makes a new one; says whether it is new.
fn put(state: &mut State, body: &Value, scope: Scope) -> Result<(Value, bool), Refusal> {
    let kind = kind_of(body);
    let name = body["name"].as_str().unwrap_or_default();
    let kept = state.commands.named(scope, kind, name).map(id_of);
    let is_new = kept.is_none();
    if is_new {
        if state.commands.count(scope, kind) >= count_max(kind) {
            let message = "Maximum number of application commands reached";
            return Err(Refusal::new(400, 30032, message));
        }
        if state.commands.created(scope) >= CREATED_PER_DAY_MAX {
            let message = "Max number of daily application command creates has been reached (200)";
            return Err(Refusal::new(400, 30034, message));
        }
        state.commands.count_created(scope);
    }
    let command = state.command_from(scope, body, kept);
    state.commands.put(scope, command.clone());
    Ok((command, is_new))
}

fn create(state: &mut State, body: &Value, scope: Scope) -> Outcome {
    let (command, is_new) = put(state, body, scope)?;
    state.subscriptions.tell_all(Change::Server);
    if is_new {
        Answer::created(command)
    } else {
        Answer::ok(command)
    }
}

/// Replaces everything, of all types; namesakes keep their ids.
fn overwrite(state: &mut State, body: &Value, scope: Scope) -> Outcome {
    let wanted = body.as_array().map_or(&[][..], Vec::as_slice);
    for kind in kind::CHAT_INPUT..=kind::MESSAGE {
        if wanted.iter().filter(|one| kind_of(one) == kind).count() > count_max(kind) {
            let message = "Maximum number of application commands reached";
            return Err(Refusal::new(400, 30032, message));
        }
    }
    let named: Vec<(u64, &str)> = wanted
        .iter()
        .map(|one| (kind_of(one), one["name"].as_str().unwrap_or_default()))
        .collect();
    let kept: Vec<Value> = state
        .commands
        .all(scope)
        .filter(|old| {
            let name = old["name"].as_str().unwrap_or_default();
            named.contains(&(kind_of(old), name))
        })
        .cloned()
        .collect();
    state.commands.clear(scope);
    for old in kept {
        state.commands.put(scope, old);
    }
    let mut made = Vec::new();
    for one in wanted {
        made.push(put(state, one, scope)?.0);
    }
    state.subscriptions.tell_all(Change::Server);
    Answer::ok(Value::Array(made))
}

/// GET, PATCH and DELETE of one command.
pub(crate) fn one(state: &mut State, call: &Call, app: u64, scope: Scope, id: u64) -> Outcome {
    check_owner(state, app, scope)?;
    let found = state.commands.get(scope, id).cloned();
    let found = found.ok_or_else(|| Refusal::new(404, 10063, "Unknown application command"))?;
    match call.method.as_str() {
        "GET" => Answer::ok(found),
        "PATCH" => {
            let mut body = found;
            for (name, field) in call.body.as_object().into_iter().flatten() {
                body[name] = field.clone();
            }
            let mut errors = Errors::default();
            rules::check(&mut errors, "", &body, true);
            errors.finish()?;
            let command = state.command_from(scope, &body, Some(id));
            state.commands.put(scope, command.clone());
            state.subscriptions.tell_all(Change::Server);
            Answer::ok(command)
        }
        "DELETE" => {
            state.commands.remove(scope, id);
            state.subscriptions.tell_all(Change::Server);
            Answer::empty()
        }
        _ => Err(Refusal::new(405, 0, "405: Method Not Allowed")),
    }
}
