//! The state of a review, as its history keeps it and as an undo brings it back.

use chrono::{NaiveDate, NaiveTime, Timelike};
use domain::review::{Next, Outcome, Review, State as Stage};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What of a review a change may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    state: Stage,
    date: Option<NaiveDate>,
    /// Minutes of the day.
    start: Option<u32>,
    dated: i64,
    place: Option<String>,
    note: Option<String>,
    outcome: Option<Came>,
    retracted: bool,
    revision: i64,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Came {
    held_on: NaiveDate,
    done: String,
    worked: Option<String>,
    next: Next,
    year: Option<i32>,
}

impl State {
    /// The state of a review now.
    pub(crate) fn of(review: &Review) -> Self {
        Self {
            state: review.state,
            date: review.date,
            start: review
                .start
                .map(|start| start.num_seconds_from_midnight() / 60),
            dated: review.dated,
            place: review.place.clone(),
            note: review.note.clone(),
            outcome: review.outcome.clone().map(|outcome| Came {
                held_on: outcome.held_on,
                done: outcome.done,
                worked: outcome.worked,
                next: outcome.next,
                year: outcome.year,
            }),
            retracted: review.retracted,
            revision: review.revision,
        }
    }

    /// The state as the history keeps it.
    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a state is codes, numbers and texts")
    }

    /// A review as it stands, brought back to this state. It keeps its revision, for the change that is
    /// about to be stored; a day it had before counts anew, so that what is due by it has new keys.
    pub(crate) fn brought_back(self, review: &Review) -> Review {
        let start = self
            .start
            .and_then(|minute| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0));
        let same = (self.date, start) == (review.date, review.start);
        Review {
            state: self.state,
            date: self.date,
            start,
            dated: review.dated + i64::from(!same),
            place: self.place,
            note: self.note,
            outcome: self.outcome.map(|came| Outcome {
                held_on: came.held_on,
                done: came.done,
                worked: came.worked,
                next: came.next,
                year: came.year,
            }),
            retracted: self.retracted,
            ..review.clone()
        }
    }
}
