//! `/api/clock`: the clock of the office, which people may move forward.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use chrono::SecondsFormat;
use serde::{Deserialize, Serialize};

use super::Page;
use super::refusal::Refusal;

/// Farthest single move: a little more than a year.
const MOVE_SECONDS_MAX: u64 = 400 * 86_400;
/// Farthest from the machine's clock, all moves together: ten years.
const AHEAD_SECONDS_MAX: u64 = 3_653 * 86_400;

#[derive(Serialize)]
pub(super) struct Shown {
    now: String,
    /// How far it is ahead of the machine's clock.
    ahead_seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    seconds: u64,
}

pub(super) async fn look(State(page): State<Page>) -> Json<Shown> {
    Json(shown(&page))
}

pub(super) async fn advance(
    State(page): State<Page>,
    body: Result<Json<Move>, JsonRejection>,
) -> Result<Json<Shown>, Refusal> {
    let Json(Move { seconds }) = body?;
    if !(1..=MOVE_SECONDS_MAX).contains(&seconds) {
        return Err(Refusal::bad_value(
            "一度に進められるのは、1秒から400日までです。",
        ));
    }
    if page.stage().ahead().as_secs() + seconds > AHEAD_SECONDS_MAX {
        return Err(Refusal::bad_value(
            "これより先へは進められません（10年まで）。",
        ));
    }
    page.stage().advance(Duration::from_secs(seconds));
    Ok(Json(shown(&page)))
}

fn shown(page: &Page) -> Shown {
    Shown {
        now: page
            .stage()
            .now()
            .to_rfc3339_opts(SecondsFormat::Secs, true),
        ahead_seconds: page.stage().ahead().as_secs(),
    }
}
