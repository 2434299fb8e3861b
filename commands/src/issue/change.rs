//! Changing an issue: one way for every command, so that audit, history, routing and the outbox are
//! never forgotten.

use super::{place, source, subject};
use crate::{error::Error, request::Request, text, text::Text};
use domain::{
    id::DraftId,
    issue::Issue,
    routing::{self, Route},
    setting::Language,
    tier::{Suggestion, Tier},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Most words of the rules an answer lists.
const WORDS_LISTED_MAX: usize = 6;
/// UTF-16 units of each of them.
const WORD_UNITS_MAX: usize = 30;

/// A change about to be made.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// Code of the act, for audit and history.
    pub(crate) act: &'static str,
    /// Codes that say what was done; never wording.
    pub(crate) details: Vec<(&'static str, String)>,
    /// The reason a person gave; kept in the history only.
    pub(crate) reason: Option<String>,
    /// The draft the change came from.
    pub(crate) draft: Option<DraftId>,
}

/// Makes the change: routes anew, updates, audits, keeps the state before and after, and queues what
/// must stand where now. A change against an older revision is refused.
pub(crate) async fn apply(
    request: &Request,
    before: Issue,
    mut after: Issue,
    change: Change,
) -> Result<(Issue, Route), Error> {
    let mentioned = source::mentioned(&request.office, &after.text);
    let route = routing::route(&after, &mentioned, &request.office);
    after.destination = route.destination;
    after.changed_at = request.now;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let stored = request
        .record(move |tx| {
            let (before, after, change) = (before.clone(), after.clone(), change.clone());
            let set_up = Arc::clone(&set_up);
            Box::pin(async move {
                let stored = storage::issue::update(tx, office, &after).await?;
                let about = subject(stored.id);
                crate::audit::note(
                    tx,
                    office,
                    Some(about),
                    change.act,
                    who,
                    now,
                    &change.details,
                )
                .await?;
                let mut state_after = state(&stored);
                if let Some(reason) = &change.reason {
                    state_after["reason"] = json!(reason);
                }
                storage::history::append(
                    tx,
                    office,
                    about,
                    now,
                    who,
                    change.act,
                    Some(state(&before)),
                    state_after,
                )
                .await?;
                // A share follows its issue as the original does.
                let disclosures = storage::disclosure::of(tx, office, stored.id).await?;
                let (was, is) = ((&before, &disclosures[..]), (&stored, &disclosures[..]));
                place::want(tx, &set_up, was, is, now).await?;
                if let Some(draft) = change.draft {
                    storage::draft::remove(tx, office, draft).await?;
                }
                Ok(stored)
            })
        })
        .await
        .map_err(stale)?;
    Ok((stored, route))
}

/// What is said when somebody changed the issue between reading and writing.
pub(crate) fn stale(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::StaleRevision)) => {
            Error::refuse(Text::new("refused-changed-meanwhile"))
        }
        other => other,
    }
}

/// The state of an issue for history and undo. The speaker stays in its sealed column.
pub(crate) fn state(issue: &Issue) -> Value {
    json!({
        "kind": issue.kind,
        "origin": issue.origin,
        "tier": issue.tier,
        "tier_by": issue.tier_by,
        "status": issue.status,
        "later_year": issue.later_year,
        "measure_open": issue.measure_open,
        "text": issue.text,
        "note": issue.note,
        "profession": issue.profession,
        "association": issue.association,
        "about": issue.about,
        "passed_on": issue.passed_on,
        "kept_private": issue.kept_private,
        "retracted": issue.retracted,
        "destination": issue.destination.code(),
        "revision": issue.revision,
    })
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
