//! `GET /api/seen?text=…`: who has got a text, from what each client was sent.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::Page;
use super::refusal::Refusal;
use crate::stage::Stage;

/// Longest text that is looked for, in bytes: an embed's description of 4,096 characters.
const TEXT_BYTES_MAX: usize = 16 * 1024;

#[derive(Deserialize)]
pub(super) struct Question {
    text: String,
}

#[derive(Serialize)]
pub(super) struct Answer {
    people: Vec<Reader>,
}

#[derive(Serialize)]
struct Reader {
    id: String,
    name: String,
    group: String,
    capacity: String,
    seen: bool,
}

pub(super) async fn who(
    State(page): State<Page>,
    question: Result<Query<Question>, QueryRejection>,
) -> Result<Json<Answer>, Refusal> {
    let Query(Question { text }) = question?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::bad_value("ことばを入れてください。"));
    }
    if text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::bad_value("ことばが長すぎます。"));
    }
    let stage = page.stage();
    let seen: BTreeSet<u64> = stage.fake.who_saw(text);
    let reader = |person: &tests::city::CityPerson| Reader {
        id: person.id.to_string(),
        name: person.name.clone(),
        group: person.group.clone(),
        capacity: Stage::capacity(person).to_owned(),
        seen: seen.contains(&person.id),
    };
    Ok(Json(Answer {
        people: stage.city.people().iter().map(reader).collect(),
    }))
}
