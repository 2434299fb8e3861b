//! `GET /api/seen?text=…`: who has got a text, from what each client was sent.

use std::collections::BTreeSet;

use ::tests::city::CityPerson;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::Page;
use super::people::Someone;
use super::refusal::Refusal;

/// Longest text that is looked for, in bytes: an embed's description of 4,096 characters.
const TEXT_BYTES_MAX: usize = 16 * 1024;

#[derive(Deserialize)]
pub(super) struct Question {
    text: String,
}

/// A group of the city, and whether each of its people has got the text.
#[derive(Serialize)]
struct Group {
    name: String,
    people: Vec<Reader>,
}

#[derive(Serialize)]
pub(super) struct Answer {
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Reader {
    #[serde(flatten)]
    person: Someone,
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
    let group = |name: String| {
        let members = stage
            .city
            .people()
            .iter()
            .filter(|person| person.group == name);
        let reader = |person: &CityPerson| Reader {
            person: Someone::of(person),
            seen: seen.contains(&person.id),
        };
        Group {
            people: members.map(reader).collect(),
            name,
        }
    };
    Ok(Json(Answer {
        groups: stage.groups().into_iter().map(group).collect(),
    }))
}
