//! Changing an issue: one way for every command, so that audit, history, routing and the outbox are
//! never forgotten.

use super::{merge, place as places, put_off, source, state::State, subject, undo};
use crate::{error::Error, request::Request, review::propose, text, text::Text};
use chrono::{DateTime, Utc};
use domain::{
    id::{DraftId, UserId},
    issue::Issue,
    office::Office,
    routing::{self, Route},
    setting::Language,
    tier::{Suggestion, Tier},
};
use serde_json::{Value, json};
use serenity::all::CreateActionRow;
use std::sync::Arc;
use storage::Transaction;

/// Most words of the rules an answer lists.
const WORDS_LISTED_MAX: usize = 6;
/// UTF-16 units of each of them.
const WORD_UNITS_MAX: usize = 30;

/// A change about to be made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    /// Code of the act, for audit and history.
    pub(crate) act: &'static str,
    /// Codes that say what was done; never wording.
    pub(crate) details: Vec<(&'static str, String)>,
    /// The reason a person gave; kept in the history only.
    pub(crate) reason: Option<String>,
    /// The draft the change came from.
    pub(crate) draft: Option<DraftId>,
    /// The act that this one takes back.
    pub(crate) undone: Option<String>,
}

/// A change that was made.
pub(crate) struct Changed {
    /// The issue as it is kept now.
    pub(crate) issue: Issue,
    /// Where it stands, and why there.
    pub(crate) route: Route,
    /// The button that takes the change back.
    pub(crate) undo: CreateActionRow,
}

/// Makes the change: routes anew, updates, audits, keeps the state before and after, queues what must
/// stand where now, and keeps what taking it back needs. A change against an older revision is refused.
pub(crate) async fn apply(
    request: &Request,
    before: Issue,
    mut after: Issue,
    change: Change,
) -> Result<Changed, Error> {
    let route = reroute(request, &mut after);
    let offer = undo::Offer::of(request, change.act, &before, &after);
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let (issue, undo) = request
        .record(move |tx| {
            let (before, after, change) = (before.clone(), after.clone(), change.clone());
            let (offer, set_up) = (offer.clone(), Arc::clone(&set_up));
            Box::pin(async move {
                let stored = write(tx, &set_up, (who, now), &before, &after, &change).await?;
                if let Some(draft) = change.draft {
                    storage::draft::remove(tx, office, draft).await?;
                }
                let undo = offer.keep(tx, office, (who, now), &stored).await?;
                Ok((stored, undo))
            })
        })
        .await
        .map_err(stale)?;
    let undo = undo::button(request, undo);
    Ok(Changed { issue, route, undo })
}

/// Routes an issue as it is about to be, and dates the change.
pub(crate) fn reroute(request: &Request, after: &mut Issue) -> Route {
    let mentioned = source::mentioned(&request.office, &after.text);
    let route = routing::route(after, &mentioned, &request.office);
    after.destination = route.destination;
    after.changed_at = request.now;
    route
}

/// Stores a change, with audit, history and what must stand where now.
pub(crate) async fn write(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    before: &Issue,
    after: &Issue,
    change: &Change,
) -> storage::Result<Issue> {
    let office = set_up.id;
    let stored = storage::issue::update(tx, office, after).await?;
    let about = subject(stored.id);
    let (act, details) = (change.act, &change.details);
    crate::audit::note(tx, office, Some(about), act, who, now, details).await?;
    let state_before = State::of(before).to_value();
    let mut state_after = State::of(&stored).to_value();
    if let Some(reason) = &change.reason {
        state_after["reason"] = json!(reason);
    }
    if let Some(undone) = &change.undone {
        state_after["undone"] = json!(undone);
    }
    storage::history::append(
        tx,
        office,
        about,
        now,
        who,
        act,
        Some(state_before),
        state_after,
    )
    .await?;
    put_off::plan(tx, set_up, before, &stored).await?;
    propose::follow(tx, set_up, (who, now), before, &stored).await?;
    // A share follows its issue as the original does.
    let disclosures = storage::disclosure::of(tx, office, stored.id).await?;
    let (was, is) = ((before, &disclosures[..]), (&stored, &disclosures[..]));
    places::want(tx, set_up, was, is, now).await?;
    merge::follow(tx, set_up, (who, now), before, &stored).await?;
    Ok(stored)
}

/// What is said when somebody changed the issue between reading and writing.
pub(crate) fn stale(error: Error) -> Error {
    stale_as(error, "refused-changed-meanwhile")
}

/// As [`stale`], in other words.
pub(crate) fn stale_as(error: Error, key: &'static str) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::StaleRevision)) => {
            Error::refuse(Text::new(key))
        }
        other => other,
    }
}

/// The state of an issue for history and undo. The speaker stays in its sealed column.
pub(crate) fn state(issue: &Issue) -> Value {
    State::of(issue).to_value()
}

/// The tier in words, with the words of the text that decided.
pub(crate) fn tier_and_reason(
    request: &Request,
    tier: Tier,
    suggestion: Option<&Suggestion>,
) -> String {
    let language = request.language;
    let name = Text::new(format!("word-tier-{}", tier.number())).say(language);
    let Some(suggestion) = suggestion else {
        return text!("tier-by-person", tier = name).say(language);
    };
    let words = deciding_words(suggestion, language);
    if words.is_empty() {
        return text!("tier-by-rest", tier = name).say(language);
    }
    text!("tier-by-words", tier = name, words = words).say(language)
}

fn deciding_words(suggestion: &Suggestion, language: Language) -> String {
    let mut words: Vec<&str> = Vec::new();
    let deciding = || {
        suggestion
            .reasons
            .iter()
            .filter(|reason| reason.tier == suggestion.tier)
    };
    // What was learned from examples may be pieces of words; it is named when no rule names its own.
    let by_rule = deciding().any(|reason| !reason.is_learned() && !reason.words.is_empty());
    let named = deciding().filter(|reason| !(by_rule && reason.is_learned()));
    for word in named.flat_map(|reason| &reason.words) {
        // A learned piece may begin with its statement's punctuation.
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        // 「ケアマネジャーに」 says no more than 「ケアマネジャー」.
        let known = words
            .iter()
            .any(|known| known.contains(word) || word.contains(known));
        if !known && !word.is_empty() && words.len() < WORDS_LISTED_MAX {
            words.push(word);
        }
    }
    if words.is_empty() {
        return String::new();
    }
    let words: Vec<String> = words
        .into_iter()
        // An office's own rule may catch a whole text.
        .map(|word| domain::text::one_line(word, WORD_UNITS_MAX))
        .map(|word| domain::text::escape_markdown(&word))
        .collect();
    match language {
        Language::Ja => format!("「{}」", words.join("」「")),
        Language::En => format!("“{}”", words.join("”, “")),
    }
}

/// Where an issue went, why there, and what is still missing for it to arrive.
pub(crate) fn arrival(request: &Request, route: &Route) -> String {
    let language = request.language;
    let place = place(request, route.destination);
    let why = Text::new(format!("why-{}", route.why.code())).say(language);
    let mut lines = vec![text!("arrival", place = place, why = why).say(language)];
    if route.destination.channel(&request.office).is_none() {
        lines.push(Text::new("arrival-unbound").say(language));
    } else if request.office.stopped_at(route.destination).is_some() {
        lines.push(Text::new("arrival-stopped").say(language));
    }
    lines.join("\n")
}

/// A destination in words; its channel is linked only for people who can open it.
pub(crate) fn place(request: &Request, destination: domain::audience::Destination) -> String {
    let words = crate::card::issue::place(&request.office, destination, request.language);
    match destination.channel(&request.office) {
        Some(channel) if destination.is_for(&request.person, &request.office) => {
            format!("{words} <#{channel}>")
        }
        _ => words,
    }
}
